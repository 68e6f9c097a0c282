/* Plates of cars, birth dates, numbers of flats: digits among words. */
#include <string.h>

#include "text/personal_inner.h"

/* Letters that both alphabets have, as windows-1251 and as Latin. */
static int
plate_letters(const struct gp_personal_run *r, size_t i, size_t n)
{
	static const uint8_t may[] = "abekmhopctyx"
				     "\xe0\xe2\xe5\xea\xec\xed\xee\xf0\xf1\xf2"
				     "\xf3\xf5";
	const struct pd_tok *t = &r->t[i];
	size_t k;

	if (t->digits || t->n != n)
		return 0;
	for (k = 0; k < n; k++)
		if (memchr(may, r->low[t->low + k], sizeof(may) - 1) == NULL)
			return 0;
	return 1;
}

static int
near(const struct pd_tok *t)
{
	return t->gapn == 0 ||
	    (t->gapn <= 2 && !(t->gap & ~(PD_SPACE | PD_DASH)));
}

static int
region(const struct gp_personal_run *r, size_t i)
{
	return i < r->n && r->t[i].digits &&
	    (r->t[i].n == 2 || r->t[i].n == 3) && near(&r->t[i]) &&
	    !(i + 1 < r->n && r->t[i + 1].digits && r->t[i + 1].gapn == 0);
}

/* The last token of a plate: its letters, region, or "RUS" glued to that. */
static size_t
plate_end(const struct gp_personal_run *r, size_t letters, int has)
{
	size_t i = letters + (unsigned)has;

	if (has && i + 1 < r->n && r->t[i + 1].gapn <= 1 &&
	    r->t[i + 1].n == 3 &&
	    memcmp(r->low + r->t[i + 1].low, "rus", 3) == 0)
		i++;
	return i;
}

/* А123ВС 77: a letter, i at the digits, two letters, the region. */
static void
car(struct gp_personal_run *r, size_t i)
{
	const struct pd_tok *a = &r->t[i - 1], *b = &r->t[i + 1];
	int close, said, has, loud;

	if (r->t[i].n != 3 || !plate_letters(r, i - 1, 1) || i + 1 >= r->n ||
	    !plate_letters(r, i + 1, 2) || !near(&r->t[i]) || !near(b) ||
	    memcmp(r->low + r->t[i].low, "000", 3) == 0)
		return;
	if (i > 1 && a->gapn == 0)
		return;
	has = region(r, i + 2);
	close = r->t[i].gapn == 0 && b->gapn == 0;
	loud = a->capitals == 1 && b->capitals == 2;
	said = pd_before(r, i - 1, PD_W_CAR, 5) != 0;
	if ((has && (close || loud || said)) || (!has && close && loud) ||
	    (!has && said && (close || loud)))
		pd_hit(
		    r, a->from, r->t[plate_end(r, i + 1, has)].to, GP_PD_PLATE);
}

/* Two letters before the digits: taxis (3), trailers (4); said by a word. */
static void
taxi(struct gp_personal_run *r, size_t i)
{
	size_t k;

	if ((r->t[i].n != 3 && r->t[i].n != 4) || !near(&r->t[i]) ||
	    !plate_letters(r, i - 1, 2) || !region(r, i + 1) ||
	    r->t[i - 1].capitals != 2)
		return;
	k = pd_before(r, i - 1, PD_W_CAR, 4);
	if (k > 0)
		pd_hit(r, r->t[i - 1].from, r->t[i + 1].to, GP_PD_PLATE);
}

void
pd_plate(struct gp_personal_run *r, size_t i)
{
	if (i == 0)
		return;
	car(r, i);
	taxi(r, i);
}

static int
number(const struct gp_personal_run *r, size_t i)
{
	size_t k;
	int v = 0;

	for (k = 0; k < r->t[i].n && k < 4; k++)
		v = v * 10 + r->low[r->t[i].low + k] - '0';
	return v;
}

static int
is_number(const struct gp_personal_run *r, size_t i, int min, int max, size_t n)
{
	return i < r->n && r->t[i].digits && r->t[i].n <= n &&
	    number(r, i) >= min && number(r, i) <= max;
}

static int
is_year(const struct gp_personal_run *r, size_t i, int shortly)
{
	if (i >= r->n || !r->t[i].digits)
		return 0;
	return (r->t[i].n == 4 && is_number(r, i, 1900, 2099, 4)) ||
	    (shortly && r->t[i].n == 2);
}

static int
tight(const struct gp_personal_run *r, size_t i)
{
	return i < r->n && r->t[i].gapn <= 2 &&
	    r->t[i].gap & (PD_DOT | PD_SLASH | PD_DASH) &&
	    !(r->t[i].gap & ~(PD_DOT | PD_SLASH | PD_DASH | PD_SPACE));
}

/* Tokens of the date that begins at i; 0: none does. */
size_t
pd_date(const struct gp_personal_run *r, size_t i)
{
	if (i > 0 && r->t[i - 1].digits && r->t[i].gapn <= 1 &&
	    r->t[i].gap & (PD_DOT | PD_SLASH | PD_DASH))
		return 0;
	if (is_number(r, i, 1, 31, 2)) {
		if (tight(r, i + 1) && is_number(r, i + 1, 1, 12, 2) &&
		    tight(r, i + 2) && is_year(r, i + 2, 1))
			return 3;
		if (i + 2 < r->n && !r->t[i + 1].digits &&
		    r->t[i + 1].gapn <= 2 && pd_is(r, i + 1, PD_W_MONTH) &&
		    is_year(r, i + 2, 0) && r->t[i + 2].gapn <= 2)
			return 3;
	}
	if (is_year(r, i, 0) && tight(r, i + 1) &&
	    is_number(r, i + 1, 1, 12, 2) && tight(r, i + 2) &&
	    is_number(r, i + 2, 1, 31, 2))
		return 3;
	return 0;
}

/* Letters of two tokens with a stop between: "г.р.", "д.р.". */
static int
pair(const struct gp_personal_run *r, size_t i, uint8_t a, uint8_t b)
{
	return i + 1 < r->n && r->t[i].n == 1 && r->t[i + 1].n == 1 &&
	    r->low[r->t[i].low] == a && r->low[r->t[i + 1].low] == b &&
	    r->t[i + 1].gapn <= 2 && r->t[i + 1].gap & (PD_DOT | PD_SLASH);
}

/* "г.р.", "года рождения", behind the date. */
static int
born_after(const struct gp_personal_run *r, size_t i)
{
	if (i >= r->n || r->t[i].gapn > 3 || r->t[i].gap & PD_LINE)
		return 0;
	if (pair(r, i, 0xe3, 0xf0))
		return 1;
	if (r->t[i].n == 2 && r->low[r->t[i].low] == 0xe3 &&
	    r->low[r->t[i].low + 1] == 0xf0)
		return 1;
	if (r->t[i].digits)
		return 0;
	if (pd_is(r, i, PD_W_BORN))
		return 1;
	return pd_is(r, i, PD_W_YEAR) && i + 1 < r->n && !r->t[i + 1].digits &&
	    pd_is(r, i + 1, PD_W_BORN) && r->t[i + 1].gapn <= 2;
}

static int
born_before(const struct gp_personal_run *r, size_t i)
{
	size_t k;

	for (k = 2; k <= 4 && k <= i; k++)
		if (pair(r, i - k, 0xe4, 0xf0))
			return 1;
	return pd_before(r, i, PD_W_BORN, 4) != 0;
}

void
pd_birth(struct gp_personal_run *r, size_t i)
{
	size_t n = pd_date(r, i);

	if (n > 0 && (born_before(r, i) || born_after(r, i + n)))
		pd_hit(r, r->t[i].from, r->t[i + n - 1].to, GP_PD_BIRTH);
	else if (n == 0 && is_year(r, i, 0) && born_after(r, i + 1) &&
	    !(i > 0 && r->t[i - 1].digits && r->t[i].gapn < 2))
		pd_hit(r, r->t[i].from, r->t[i].to, GP_PD_BIRTH);
}

/* Behind the number and a letter that belongs to it, as 7а. */
static size_t
with_letter(const struct gp_personal_run *r, size_t i)
{
	if (i + 1 < r->n && !r->t[i + 1].digits && r->t[i + 1].n == 1 &&
	    r->t[i + 1].gapn == 0)
		return i + 2;
	return i + 1;
}

/* What is counted or measured is no flat: "в квартире 15 градусов". */
static int
measured(const struct gp_personal_run *r, size_t after)
{
	const char *p = r->s.p + r->t[after - 1].to;
	const char *end = gp_span_end(r->s);

	while (p < end && *p == ' ')
		p++;
	if (p < end &&
	    (*p == '%' || (*p == '\302' && p + 1 < end && p[1] == '\260')))
		return 1;
	if (after >= r->n)
		return 0;
	if (r->t[after].digits)
		return r->t[after].gapn == 1 &&
		    (is_year(r, after, 0) ||
			(r->t[after].gap & (PD_COMMA | PD_DOT)));
	return r->t[after].gapn <= 1 && r->t[after].gap == PD_SPACE &&
	    pd_is(r, after, PD_W_NOFLAT);
}

/* "кв. 12", "квартира №12", "кв-ра 12"; a list goes on with "и". */
static int
flat_after(struct gp_personal_run *r, size_t i)
{
	const unsigned may = PD_SPACE | PD_DOT | PD_NUMERO | PD_COLON;
	size_t w = i - 1, after = with_letter(r, i);

	if (r->t[i].gap & ~may || r->t[i].gapn > 3 || r->t[w].digits)
		return 0;
	if (w > 0 && r->t[w].n == 2 && r->t[w].gap == PD_DASH)
		w--; /* кв-ра */
	if (r->t[w].digits || !pd_is(r, w, PD_W_FLAT) || measured(r, after))
		return 0;
	/* Square metres, and quarters of a year. */
	if (r->t[i].n == 4 && is_year(r, i, 0))
		return 0;
	pd_hit(r, r->t[i].from, r->t[after - 1].to, GP_PD_FLAT);
	while (after + 1 < r->n && !r->t[after].digits &&
	    pd_is(r, after, PD_W_AND) && r->t[after].gapn == 1 &&
	    r->t[after + 1].digits && r->t[after + 1].n <= 4 &&
	    r->t[after + 1].gapn <= 2 && !measured(r, after + 2)) {
		pd_hit(r, r->t[after + 1].from, r->t[after + 1].to, GP_PD_FLAT);
		after += 2;
	}
	return 1;
}

/* "в 56 квартире", "4-я квартира" */
static void
flat_before(struct gp_personal_run *r, size_t i)
{
	size_t w = i + 1;

	if (r->t[i].n > 3 ||
	    (r->t[i].gapn == 1 && r->t[i].gap & (PD_COMMA | PD_DOT)) ||
	    (i > 0 && r->t[i - 1].digits && r->t[i].gapn == 1))
		return;
	if (w < r->n && !r->t[w].digits && r->t[w].gapn <= 1 &&
	    (r->t[w].gap == PD_DASH || r->t[w].gap == 0) &&
	    pd_is(r, w, PD_W_ORDINAL))
		w++;
	if (w < r->n && !r->t[w].digits && r->t[w].gapn == 1 &&
	    r->t[w].gap == PD_SPACE && pd_is(r, w, PD_W_FLATS) &&
	    !(w + 1 < r->n && r->t[w + 1].digits && r->t[w + 1].gapn <= 3))
		pd_hit(r, r->t[i].from, r->t[i].to, GP_PD_FLAT);
}

/* A street's name: an adjective with a capital. */
static int
street_name(const struct gp_personal_run *r, size_t i)
{
	const struct pd_tok *t = &r->t[i];
	const uint8_t *e = r->low + t->low + t->n - 2;

	return !t->digits && t->capital && t->n > 4 &&
	    ((e[0] == 0xe0 && e[1] == 0xff) || (e[0] == 0xee && e[1] == 0xe9));
}

/* "Садовая 5-12", "д. 40-102": house and flat; 5-9 are houses from to. */
static void
house_flat(struct gp_personal_run *r, size_t i)
{
	size_t h = i - 1;
	int a, b;

	if (!r->t[h].digits || r->t[i].n > 3 || r->t[h].n > 3 || h == 0 ||
	    !(r->t[i].gap & PD_DASH) || r->t[i].gap & ~(PD_DASH | PD_SPACE) ||
	    r->t[i].gapn > 3 || r->t[h - 1].digits || r->t[h].gapn > 2)
		return;
	if (i + 1 < r->n && r->t[i + 1].digits && r->t[i + 1].gapn == 1)
		return;
	a = number(r, h);
	b = number(r, i);
	if (b > a && b <= a + 8 && (b - a) % 2 == 0)
		return;
	if (b == 0 || r->low[r->t[i].low] == '0')
		return;
	if (pd_is(r, h - 1, PD_W_HOUSE) || street_name(r, h - 1) ||
	    pd_before(r, h, PD_W_STREET, 3) ||
	    (r->t[h].gap & PD_COMMA && r->t[h - 1].capital))
		pd_hit(r, r->t[i].from, r->t[i].to, GP_PD_FLAT);
}

void
pd_flat(struct gp_personal_run *r, size_t i)
{
	if (r->t[i].n > 4)
		return;
	if (i > 0 && flat_after(r, i))
		return;
	flat_before(r, i);
	if (i > 0)
		house_flat(r, i);
}
