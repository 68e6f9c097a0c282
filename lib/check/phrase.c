/* Where the terms and patterns of a set match. */
#include "check/inner.h"

#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "text/token.h"

/* As gp-taxonomy(5) has it: two other words may stand between. Words have even
 * places. */
enum {
	NEXT = 2,
	FAR = 6,
	PLACES = 32 /* of one set in one text */
};

void
gp_check_see(void *ctx, const struct gp_token *t, const struct gp_word *word)
{
	struct gp_checker *c = ctx;
	struct gp_check_word *w;
	unsigned i, *to;

	if (word->n == 0)
		return;
	w = gp_grow(&c->word, &c->words, &c->word_cap, sizeof(*w));
	if (w == NULL) {
		c->bad = 1;
		return;
	}
	w->raw = t->raw;
	w->at = c->match->at;
	w->atom = (unsigned)c->atoms;
	w->atoms = 0;
	for (i = 0; i < word->n; i++) {
		to = gp_grow(&c->atom, &c->atoms, &c->atom_cap, sizeof(*to));
		if (to == NULL) {
			c->bad = 1;
			return;
		}
		*to = word->atom[i];
		w->atoms++;
	}
}

static int
has_atom(
    const struct gp_checker *c, const struct gp_check_word *w, unsigned atom)
{
	unsigned i;

	for (i = 0; i < w->atoms; i++)
		if (c->atom[w->atom + i] == atom)
			return 1;
	return 0;
}

static void
add_place(struct gp_checker *c, size_t from, size_t to)
{
	struct gp_check_place *p;

	p = gp_grow(&c->place, &c->places, &c->place_cap, sizeof(*p));
	if (p == NULL)
		c->bad = 1;
	else
		*p = (struct gp_check_place){ from, to };
}

/* The word with which the phrase ends that goes on behind word i, or NULL. */
static const struct gp_check_word *
end_of(const struct gp_checker *c, const struct gp_term *t, size_t k, size_t i)
{
	const struct gp_check_word *w = &c->word[i], *end;
	size_t j;

	if (k == t->n)
		return w;
	for (j = i + 1; j < c->words && c->word[j].at - w->at <= FAR; j++) {
		if (c->word[j].at - w->at < NEXT ||
		    !has_atom(c, &c->word[j], t->atom[k]))
			continue;
		end = end_of(c, t, k + 1, j);
		if (end != NULL)
			return end;
	}
	return NULL;
}

/* Of sides the first stands for all. */
static void
place_term(struct gp_checker *c, const struct gp_term *t, unsigned first)
{
	const struct gp_check_word *end;
	const char *text = c->item->text.p;
	size_t i;

	for (i = 0; i < c->words && c->places - first < PLACES; i++) {
		if (!has_atom(c, &c->word[i], t->atom[0]))
			continue;
		end = t->all ? &c->word[i] : end_of(c, t, 1, i);
		if (end == NULL)
			continue;
		add_place(c, (size_t)(c->word[i].raw.p - text),
		    (size_t)(end->raw.p + end->raw.n - text));
		if (t->all)
			return;
	}
}

static int
is_called(const struct gp_checker *c, unsigned pattern)
{
	const struct gp_match *m = c->match;

	return !c->s->pattern[pattern].called ||
	    m->score[c->s->sets + pattern].epoch == m->epoch;
}

static void
place_pattern(struct gp_checker *c, unsigned no, unsigned first)
{
	const struct gp_check_pattern *p = &c->s->pattern[no];
	struct gp_span text;
	struct gp_check_place at;
	size_t v[3], from = 0;

	if (!is_called(c, no))
		return;
	text = p->raw ? c->item->text : gp_check_folded(c);
	while (from <= text.n && c->places - first < PLACES &&
	    gp_pattern_find(p->code, c->run, text, from, v) == 1) {
		at = p->raw ? (struct gp_check_place){ v[0], v[1] }
			    : gp_check_unfold(c, v[0], v[1]);
		add_place(c, at.from, at.to);
		/* the next character, behind a match of nothing */
		for (from = v[2] > from ? v[2] : from + 1;
		     from < text.n && (text.p[from] & 0xc0) == 0x80; from++)
			;
	}
}

static int
by_place(const void *a, const void *b)
{
	const struct gp_check_place *x = a, *y = b;

	if (x->from != y->from)
		return x->from < y->from ? -1 : 1;
	return (x->to < y->to) - (x->to > y->to);
}

/* What overlaps is one. */
static unsigned
merge(struct gp_check_place *p, size_t n)
{
	size_t i, to = 0;

	qsort(p, n, sizeof(*p), by_place);
	for (i = 1; i < n; i++) {
		if (p[i].from >= p[to].to)
			p[++to] = p[i];
		else if (p[i].to > p[to].to)
			p[to].to = p[i].to;
	}
	return (unsigned)(n > 0 ? to + 1 : 0);
}

struct gp_check_found
gp_check_find(struct gp_checker *c, unsigned set)
{
	const struct gp_check_set *s = &c->s->set[set];
	struct gp_check_found *f = &c->found[set];
	const struct gp_taxonomy *tax = c->s->tax;
	const struct gp_match *m = c->match;
	unsigned i;
	size_t k;

	if (f->epoch == c->epoch)
		return *f;
	f->epoch = c->epoch;
	f->at = (unsigned)c->places;
	f->n = 0;
	if (s->terms && m->score[set].epoch == m->epoch)
		for (k = 0; k < m->hits; k++)
			if (tax->rule[m->hit[k]].owner == set)
				place_term(
				    c, &tax->rule[m->hit[k]].term, f->at);
	for (i = 0; i < s->patterns; i++)
		place_pattern(c, s->pattern + i, f->at);
	if (c->bad)
		c->places = f->at;
	f->n = merge(c->place + f->at, c->places - f->at);
	c->places = f->at + f->n;
	return *f;
}

int
gp_check_has(struct gp_checker *c, unsigned set)
{
	const struct gp_check_set *s = &c->s->set[set];
	const struct gp_check_pattern *p;
	unsigned i;

	if (c->found[set].epoch == c->epoch)
		return c->found[set].n > 0;
	if (s->terms && c->match->score[set].epoch == c->match->epoch)
		return 1;
	for (i = 0; i < s->patterns; i++) {
		p = &c->s->pattern[s->pattern + i];
		if (is_called(c, s->pattern + i) &&
		    gp_pattern_matches(p->code, c->run,
			p->raw ? c->item->text : gp_check_folded(c)))
			return 1;
	}
	return 0;
}
