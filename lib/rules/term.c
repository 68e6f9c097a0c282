#include "rules/term.h"

#include <stdlib.h>
#include <string.h>

#include "text/fold.h"
#include "text/token.h"

struct parsing {
	struct gp_atoms *atoms;
	struct gp_stem *stem;
	struct gp_term *term;
	struct gp_why *why;
};

static int
digit(char c)
{
	return c >= '0' && c <= '9';
}

int
gp_weight_parse(const char *s, int *weight)
{
	long v = 0;
	int scale = GP_WEIGHT;

	if (!digit(*s))
		return -1;
	for (; digit(*s) && v <= GP_WEIGHT_MAX; s++)
		v = v * 10 + (*s - '0') * GP_WEIGHT;
	if (*s == '.' && digit(s[1]))
		for (s++; digit(*s) && scale > 1; s++)
			v += (*s - '0') * (scale /= 10);
	if (*s != '\0' || v <= 0 || v > GP_WEIGHT_MAX)
		return -1;
	*weight = (int)v;
	return 0;
}

static int
add(struct parsing *ps, long atom)
{
	struct gp_term *t = ps->term;

	if (atom == -1)
		return gp_because(ps->why, "no memory");
	if (t->n == GP_TERM_WORDS)
		return gp_because(ps->why, "more than %d words", GP_TERM_WORDS);
	t->atom[t->n++] = (unsigned)atom;
	return 0;
}

static int
add_word(struct parsing *ps, enum gp_atom_kind kind, struct gp_span raw)
{
	struct gp_span s;
	struct gp_buf b;
	int r;

	gp_buf_init(&b, 0);
	gp_fold_word(&b, raw);
	s = gp_buf_span(&b);
	if (kind == GP_ATOM_STEM)
		s = gp_stem_word(ps->stem, s);
	if (s.n == 0 || memchr(s.p, '\0', s.n) != NULL)
		r = gp_because(ps->why, "'%.*s' is no word", (int)raw.n, raw.p);
	else
		r = add(ps, gp_atom_make(ps->atoms, kind, s));
	gp_buf_release(&b);
	return r;
}

/* A piece without spaces: one word, or several parted by hyphens. */
static int
add_tokens(struct parsing *ps, enum gp_atom_kind kind, struct gp_span s)
{
	enum gp_atom_kind here;
	struct gp_tokens in;
	struct gp_token t;
	size_t n = 0;
	int r = 0;

	gp_tokens_init(&in, s);
	for (; r == 0 && gp_tokens_next(&in, &t); n++) {
		/* of "a-b*" only b is a beginning */
		here = kind == GP_ATOM_PREFIX && in.p != in.end ? GP_ATOM_STEM
								: kind;
		if (t.kind == GP_TOKEN_WORD)
			r = add_word(ps, here, t.raw);
		else if (t.kind == GP_TOKEN_ASK)
			r = add(ps, GP_ATOM_ASK);
		else if (t.kind == GP_TOKEN_CRY)
			r = add(ps, GP_ATOM_CRY);
		else
			r = gp_because(ps->why, "'%.*s' is %s", (int)s.n, s.p,
			    t.kind == GP_TOKEN_URL
				? "a link: write :url for any"
				: "a telephone: write :phone for any");
	}
	if (r == 0 && n == 0)
		r = gp_because(ps->why, "no word in '%.*s'", (int)s.n, s.p);
	return r;
}

static int
add_special(struct parsing *ps, struct gp_span s)
{
	struct gp_span name = { s.p + 1, s.n - 1 };
	long atom = -1;

	if (memchr(s.p, '\0', s.n) == NULL)
		atom = gp_atom_find(ps->atoms, GP_ATOM_SPECIAL, name);
	if (atom == -1)
		return gp_because(ps->why,
		    "'%.*s' is none of :url, :phone, :caps", (int)s.n, s.p);
	return add(ps, atom);
}

static int
add_piece(struct parsing *ps, struct gp_span s)
{
	int exact = s.p[0] == '=', prefix = s.p[s.n - 1] == '*';

	if (s.p[0] == ':')
		return add_special(ps, s);
	if (exact && prefix)
		return gp_because(
		    ps->why, "'%.*s' is both = and *", (int)s.n, s.p);
	s.p += exact;
	s.n -= (size_t)(exact + prefix);
	return add_tokens(ps,
	    exact        ? GP_ATOM_EXACT
		: prefix ? GP_ATOM_PREFIX
			 : GP_ATOM_STEM,
	    s);
}

/* The next piece of text between spaces and &; n 0: none is left. */
static struct gp_span
piece(const char **p, const char *end, int *sides)
{
	struct gp_span s;

	while (*p < end && (**p == ' ' || **p == '&')) {
		*sides += **p == '&';
		(*p)++;
	}
	s.p = *p;
	while (*p < end && **p != ' ' && **p != '&')
		(*p)++;
	s.n = (size_t)(*p - s.p);
	return s;
}

static int
by_number(const void *a, const void *b)
{
	unsigned x = *(const unsigned *)a, y = *(const unsigned *)b;

	return (x > y) - (x < y);
}

/* Sides are put in order, so that the same ones are the same term. */
static int
judge_sides(struct parsing *ps, int sides)
{
	struct gp_term *t = ps->term;
	size_t i;

	if (sides > GP_TERM_SIDES)
		return gp_because(
		    ps->why, "more than %d sides of &", GP_TERM_SIDES);
	if (t->n != (size_t)sides)
		return gp_because(ps->why, "a side of & must be one word");
	qsort(t->atom, t->n, sizeof(t->atom[0]), by_number);
	for (i = 1; i < t->n; i++)
		if (t->atom[i] == t->atom[i - 1])
			return gp_because(
			    ps->why, "two sides of & are the same");
	return 0;
}

static int
judge(struct parsing *ps, int sides)
{
	struct gp_term *t = ps->term;
	size_t i;

	if (t->n == 0)
		return gp_because(ps->why, "there is no word");
	t->all = sides > 1;
	if (t->all)
		return judge_sides(ps, sides);
	for (i = 0; i < t->n && t->n > 1; i++)
		if (t->atom[i] == GP_ATOM_CAPS)
			return gp_because(ps->why,
			    ":caps has no place among words: join it by &");
	return 0;
}

int
gp_term_parse(struct gp_atoms *atoms, struct gp_stem *stem, const char *text,
    struct gp_term *term, struct gp_why *why)
{
	struct parsing ps = { atoms, stem, term, why };
	const char *p = text, *end = strrchr(text, '^');
	struct gp_span s;
	int sides = 1;

	memset(term, 0, sizeof(*term));
	term->weight = GP_WEIGHT;
	if (end == NULL)
		end = text + strlen(text);
	else if (gp_weight_parse(end + 1, &term->weight) == -1)
		return gp_because(why, "'%s' is not a weight", end);
	while ((s = piece(&p, end, &sides)).n > 0)
		if (add_piece(&ps, s) == -1)
			return -1;
	return judge(&ps, sides);
}
