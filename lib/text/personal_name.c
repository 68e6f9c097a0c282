/*
 * Names of people: at least two of surname, name and patronymic, in any order
 * and case, or a surname with initials. A surname, a name alone stays.
 */
#include <string.h>

#include "text/personal_inner.h"

static int
is_word(const struct gp_personal_run *r, size_t i)
{
	return i < r->n && !r->t[i].digits && r->t[i].script & PD_CYRILLIC;
}

/* -ович, -евна and the like, in all cases. */
static int
is_patronymic(const struct gp_personal_run *r, size_t i)
{
	const struct pd_tok *t = &r->t[i];
	const uint8_t *low = r->low + t->low;
	size_t k;

	/* Most words have neither ч nor вн near their end. */
	if (t->n < 5)
		return 0;
	for (k = t->n - 4; k < t->n; k++)
		if (low[k] == 0xf7 || (low[k] == 0xed && low[k - 1] == 0xe2))
			break;
	if (k == t->n)
		return 0;
	return pd_ends(r, i, PD_E_PATRONYMIC, 2) ||
	    pd_ends(r, i, PD_E_ILYICH, 0);
}

/* As surnames end, in all cases. */
static int
is_surname(const struct gp_personal_run *r, size_t i)
{
	const struct pd_tok *t = &r->t[i];

	if (t->n < 3 || t->n > 24 || !t->capital || pd_is(r, i, PD_W_NOSURNAME))
		return 0;
	return pd_ends(r, i, PD_E_SURNAME, 2) ||
	    pd_ends(r, i, PD_E_SURNAME2, 2);
}

/* Between parts of a name: one space or a line's end. */
static int
joined(const struct gp_personal_run *r, size_t i)
{
	const struct pd_tok *t = &r->t[i];

	return t->gapn >= 1 && t->gapn <= 2 && t->gap == PD_SPACE;
}

static int
is_initial(const struct gp_personal_run *r, size_t i)
{
	return is_word(r, i) && r->t[i].n == 1 && r->t[i].capital;
}

/* A stop (and perhaps a space) before token i. */
static int
stopped(const struct gp_personal_run *r, size_t i)
{
	return i < r->n && r->t[i].gapn >= 1 && r->t[i].gapn <= 2 &&
	    r->t[i].gap & PD_DOT && !(r->t[i].gap & ~(PD_DOT | PD_SPACE));
}

/* "Цой-Громов": the whole of a surname with a dash, to the right or left. */
static size_t
dash_right(const struct gp_personal_run *r, size_t i)
{
	while (i + 1 < r->n && is_word(r, i + 1) && r->t[i + 1].gapn == 1 &&
	    r->t[i + 1].gap == PD_DASH && r->t[i + 1].capital)
		i++;
	return i;
}

static size_t
dash_left(const struct gp_personal_run *r, size_t i)
{
	while (i > 0 && is_word(r, i - 1) && r->t[i].gapn == 1 &&
	    r->t[i].gap == PD_DASH && r->t[i - 1].capital)
		i--;
	return i;
}

/* Streets, parks and books bear names of people too. */
static int
of_place(const struct gp_personal_run *r, size_t first)
{
	return first > 0 && !r->t[first - 1].digits && r->t[first].gapn <= 3 &&
	    !(r->t[first].gap & (PD_COMMA | PD_LINE)) &&
	    pd_is(r, first - 1, PD_W_PLACE);
}

/* A day right behind three parts of a name is that of the birth. */
static void
birth(struct gp_personal_run *r, size_t first, size_t i)
{
	size_t n;

	if (i - first < 3 || i >= r->n || r->t[i].gapn > 2 ||
	    r->t[i].gap & ~(PD_SPACE | PD_COMMA))
		return;
	n = pd_date(r, i);
	if (n > 0)
		pd_hit(r, r->t[i].from, r->t[i + n - 1].to, GP_PD_BIRTH);
}

static void
whole(struct gp_personal_run *r, size_t first, size_t last)
{
	size_t from = r->t[first].from, to;
	const char *p = r->s.p;

	if (of_place(r, first))
		return;
	/* [id123|Name] of VK: the number says who it is. */
	if (first > 1 && r->t[first].gapn == 1 && from > 0 &&
	    p[from - 1] == '|' && r->t[first - 1].digits &&
	    r->t[first - 2].n == 2 &&
	    memcmp(r->low + r->t[first - 2].low, "id", 2) == 0)
		from = r->t[first - 2].from;
	to = r->t[last].to;
	if (r->t[last].n == 1 && to < r->s.n && p[to] == '.')
		to++;
	pd_hit(r, from, to, GP_PD_NAME);
	birth(r, first, last + 1);
}

/* Nobody's surname begins a sentence unless it looks like one. */
static int
surname_at(const struct gp_personal_run *r, size_t i, int sure)
{
	if (!is_word(r, i) || !r->t[i].capital || r->t[i].n < 2)
		return 0;
	if (is_surname(r, i))
		return 1;
	return sure && !pd_is(r, i, PD_W_NOSURNAME) &&
	    !pd_first_of(r->p, r->low + r->t[i].low, r->t[i].n) &&
	    !pd_is(r, i, PD_W_PLACE);
}

/* Without capitals only what stands by a patronymic counts. */
static int
small_surname(const struct gp_personal_run *r, size_t i)
{
	const struct pd_tok *t = &r->t[i];

	return is_word(r, i) && !t->capital && t->n > 4 &&
	    !pd_is(r, i, PD_W_NOSURNAME) && pd_ends(r, i, PD_E_SMALL, 2);
}

/* Token i is a patronymic. Returns the last token of the name, or i. */
static size_t
by_patronymic(struct gp_personal_run *r, size_t i)
{
	size_t first = i, last = i;
	const struct pd_tok *t = &r->t[i];

	if (i == 0 || !joined(r, i) || !is_word(r, i - 1))
		return i;
	if (!pd_first_of(r->p, r->low + r->t[i - 1].low, r->t[i - 1].n) &&
	    !(t->capital && r->t[i - 1].capital && r->t[i - 1].n > 2 &&
		!pd_is(r, i - 1, PD_W_NOSURNAME)))
		return i;
	first = i - 1;
	if (first > 0 && joined(r, first) &&
	    (surname_at(r, first - 1,
		 first > 1 && !(r->t[first - 1].gap & ~PD_SPACE)) ||
		(!t->capital && small_surname(r, first - 1))))
		first = dash_left(r, first - 1);
	else if (i + 1 < r->n && joined(r, i + 1) &&
	    (surname_at(r, i + 1, t->capitals == 1) ||
		(!t->capital && small_surname(r, i + 1))))
		last = dash_right(r, i + 1);
	whole(r, first, last);
	return last;
}

/* Token i is a first name with a capital and no patronymic behind it. */
static size_t
by_first(struct gp_personal_run *r, size_t i, const struct pd_first *f)
{
	size_t s = i;

	if (i > 0 && joined(r, i) && is_word(r, i - 1) &&
	    is_surname(r, i - 1) && !pd_is(r, i - 1, PD_W_FAMOUS) &&
	    !pd_first_of(r->p, r->low + r->t[i - 1].low, r->t[i - 1].n)) {
		s = i;
		if (i + 2 < r->n && is_word(r, i + 1) &&
		    pd_is(r, i + 1, PD_W_AND) && joined(r, i + 1) &&
		    joined(r, i + 2) && is_word(r, i + 2) &&
		    pd_first_of(
			r->p, r->low + r->t[i + 2].low, r->t[i + 2].n) &&
		    r->t[i + 2].capital)
			s = i + 2;
		whole(r, dash_left(r, i - 1), s);
		return s;
	}
	if (i + 1 < r->n && joined(r, i + 1) && is_word(r, i + 1) &&
	    r->t[i + 1].capital && !pd_is(r, i + 1, PD_W_FAMOUS) &&
	    (is_surname(r, i + 1) ||
		(!f->doubtful && dash_right(r, i + 1) > i + 1))) {
		s = dash_right(r, i + 1);
		whole(r, i, s);
	}
	return s;
}

/* "И. П. Зайцева", "Л.Н. Орлова": token i is the first initial. */
static size_t
by_initials(struct gp_personal_run *r, size_t i)
{
	size_t k = i + 1;
	int two;

	if (!stopped(r, k))
		return i;
	two = is_initial(r, k) && stopped(r, k + 1);
	k += (unsigned)two;
	if (!is_word(r, k) || !r->t[k].capital || r->t[k].n < 3 ||
	    (!two && !is_surname(r, k)) || pd_is(r, k, PD_W_FAMOUS))
		return i;
	k = dash_right(r, k);
	whole(r, i, k);
	return k;
}

/* "Баранов С.В.", "Куприянова Д.": token i has a capital. */
static size_t
before_initials(struct gp_personal_run *r, size_t i)
{
	size_t k = i + 1, from = i;
	const char *dot;

	if (!is_initial(r, k) || !joined(r, k))
		return i;
	dot = r->s.p + r->t[k].to;
	if (dot == gp_span_end(r->s) || *dot != '.' ||
	    (!is_surname(r, i) &&
		(pd_is(r, i, PD_W_NOSURNAME) || pd_is(r, i, PD_W_PLACE) ||
		    !(is_initial(r, k + 1) && stopped(r, k + 1)))))
		return i;
	if (is_initial(r, k + 1) && stopped(r, k + 1))
		k++;
	/* "Отвечает Л. А. Строева" */
	if (!is_surname(r, i) && stopped(r, k + 1) && is_word(r, k + 1) &&
	    is_surname(r, k + 1))
		return i;
	from = dash_left(r, i);
	whole(r, from, k);
	return k;
}

void
pd_names(struct gp_personal_run *r)
{
	const struct pd_first *f;
	size_t i, k;

	for (i = 0; i < r->n; i++) {
		const struct pd_tok *t = &r->t[i];

		if (t->digits || !(t->script & PD_CYRILLIC))
			continue;
		if (is_patronymic(r, i)) {
			i = by_patronymic(r, i);
			continue;
		}
		if (!t->capital)
			continue;
		if (t->n == 1) {
			i = by_initials(r, i);
			continue;
		}
		k = before_initials(r, i);
		if (k > i) {
			i = k;
			continue;
		}
		f = pd_first_of(r->p, r->low + t->low, t->n);
		if (f == NULL ||
		    (i + 1 < r->n && is_word(r, i + 1) &&
			is_patronymic(r, i + 1) && joined(r, i + 1)))
			continue;
		i = by_first(r, i, f);
	}
}
