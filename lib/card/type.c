#include "card/type.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/utf8.h"

enum {
	NBSP = 0xa0,
	NNBSP = 0x202f,
	MINUS = 0x2212,
	EN_DASH = 0x2013,
	EM_DASH = 0x2014,
	ELLIPSIS = 0x2026,
	NUMERO = 0x2116,
	MOST_MARKS = 1, /* over one letter, which is composed: a stress */
	LONG_RUN = 26,  /* characters kept on one line by our spaces */
	SHORT_LAST = 6, /* letters of a last word that is not left alone */
};

struct text {
	uint32_t *c;
	size_t n;
};

static int
is_digit(uint32_t c)
{
	return c >= '0' && c <= '9';
}

static int
is_letter(uint32_t c)
{
	utf8proc_category_t k = utf8proc_category((utf8proc_int32_t)c);

	return k >= UTF8PROC_CATEGORY_LU && k <= UTF8PROC_CATEGORY_LO;
}

static int
is_mark(uint32_t c)
{
	utf8proc_category_t k = utf8proc_category((utf8proc_int32_t)c);

	return k == UTF8PROC_CATEGORY_MN || k == UTF8PROC_CATEGORY_ME;
}

static int
is_space(uint32_t c)
{
	return c == ' ' || c == NBSP || c == NNBSP;
}

/* What may stand before an opening quote or a minus. */
static int
opens(uint32_t c)
{
	return c == 0 || is_space(c) || c == '(' || c == '[' || c == 0xab ||
	    c == 0x201e || c == 0x201c || c == EM_DASH || c == EN_DASH;
}

/* -- characters -- */

struct setter {
	struct text in, *out;
	size_t i;
	enum gp_lang lang;
	int depth; /* of quotes */
	int marks; /* over this letter so far */
};

static uint32_t
at(const struct text *t, size_t i)
{
	return i < t->n ? t->c[i] : 0;
}

static uint32_t
last(const struct text *t)
{
	return t->n > 0 ? t->c[t->n - 1] : 0;
}

static uint32_t
quote(struct setter *s)
{
	static const uint32_t sign[GP_LANGS][2][2] = {
		[GP_RU] = { { 0xab, 0xbb }, { 0x201e, 0x201c } },
		[GP_EN] = { { 0x201c, 0x201d }, { 0x2018, 0x2019 } },
	};
	int close =
	    s->depth > 0 && (!opens(last(s->out)) || at(&s->in, s->i + 1) == 0);
	int level;

	if (close)
		s->depth--;
	level = s->depth > 0;
	if (!close)
		s->depth++;
	return sign[s->lang][level][close];
}

/* A hyphen between spaces is a dash, before a number a minus. */
static uint32_t
hyphen(struct setter *s)
{
	uint32_t before = last(s->out), next;

	while (at(&s->in, s->i + 1) == '-')
		s->i++;
	next = at(&s->in, s->i + 1);
	if (opens(before) && is_digit(next))
		return MINUS;
	if ((before == 0 || is_space(before)) && is_space(next))
		return s->lang == GP_RU ? EM_DASH : EN_DASH;
	return '-';
}

static void
percent(struct setter *s)
{
	struct text *out = s->out;

	if (s->lang == GP_EN)
		return;
	if (out->n > 1 && is_space(last(out)) && is_digit(out->c[out->n - 2]))
		out->c[out->n - 1] = NNBSP;
	else if (is_digit(last(out)))
		out->c[out->n++] = NNBSP;
}

static void
one(struct setter *s)
{
	uint32_t c = s->in.c[s->i];

	s->marks = is_mark(c) ? s->marks + 1 : 0;
	if (s->marks > MOST_MARKS)
		return;
	if (c == '%')
		percent(s);
	else if (c == '"')
		c = quote(s);
	else if (c == 0xab)
		s->depth++;
	else if (c == 0xbb && s->depth > 0)
		s->depth--;
	else if (c == '-')
		c = hyphen(s);
	else if (c == '.' && at(&s->in, s->i + 1) == '.' &&
	    at(&s->in, s->i + 2) == '.') {
		c = ELLIPSIS;
		s->i += 2;
	}
	s->out->c[s->out->n++] = c;
}

/* -- spaces -- */

struct word {
	const uint32_t *c;
	size_t n;
};

static struct word
word_before(const struct text *t, size_t space)
{
	size_t from = space;

	while (from > 0 && !is_space(t->c[from - 1]))
		from--;
	while (from < space && opens(t->c[from]))
		from++;
	return (struct word){ t->c + from, space - from };
}

static struct word
word_behind(const struct text *t, size_t space)
{
	size_t to = space + 1;

	while (to < t->n && !is_space(t->c[to]))
		to++;
	return (struct word){ t->c + space + 1, to - space - 1 };
}

static size_t
letters(struct word w)
{
	size_t n = 0;

	while (n < w.n && is_letter(w.c[n]))
		n++;
	return n;
}

/* 1: the word is one of those in "a b c", whatever its case. */
static int
among(struct word w, const char *list)
{
	const char *p = list, *end = list + strlen(list);
	size_t i;

	while (p < end) {
		for (i = 0; p < end && *p != ' '; i++) {
			utf8proc_int32_t c =
			    (utf8proc_int32_t)gp_utf8_next(&p, end);

			if (i >= w.n ||
			    utf8proc_tolower((utf8proc_int32_t)w.c[i]) != c)
				i = SIZE_MAX / 2;
		}
		if (i == w.n)
			return 1;
		p += p < end;
	}
	return 0;
}

static int
is_short(struct word w, enum gp_lang lang)
{
	if (w.n == 0 || letters(w) != w.n)
		return 0;
	if (lang == GP_EN)
		return among(w, "a an the of to in on at by is");
	return w.n <= 2 || among(w, "без для при про над под изо или что как");
}

static int
is_abbreviation(struct word w)
{
	if (w.n == 1 && (w.c[0] == NUMERO || w.c[0] == 0xa7))
		return 1;
	if (w.n < 2 || w.c[w.n - 1] != '.')
		return 0;
	w.n--;
	if (w.n == 1 &&
	    utf8proc_category((utf8proc_int32_t)w.c[0]) == UTF8PROC_CATEGORY_LU)
		return 1; /* an initial */
	return among(w,
	    "г ул д кв пр пер пос с п ст ч стр рис им т обл р наб пл ш корп "
	    "см");
}

static int
is_number(struct word w)
{
	size_t i;

	for (i = 0; i < w.n; i++)
		if (!is_digit(w.c[i]) && w.c[i] != ',' && w.c[i] != '.' &&
		    w.c[i] != EN_DASH && w.c[i] != MINUS)
			return 0;
	return w.n > 0 && is_digit(w.c[w.n - 1]);
}

/* Three digits behind others: "12 500". A telephone's go on differently. */
static int
is_thousand(const struct text *t, size_t space)
{
	size_t i, from = space;

	while (from > 0 && is_digit(t->c[from - 1]))
		from--;
	if (from == space || space - from > 3)
		return 0;
	if (from > 0 &&
	    (t->c[from - 1] == '-' || t->c[from - 1] == ')' ||
		t->c[from - 1] == '+'))
		return 0;
	for (i = 1; i <= 3; i++)
		if (!is_digit(at(t, space + i)))
			return 0;
	if (is_digit(at(t, space + 4)) || at(t, space + 4) == '-')
		return 0;
	return !is_space(at(t, space + 4)) || !is_digit(at(t, space + 5)) ||
	    is_thousand(t, space + 4);
}

/* 1: these words belong together. */
static int
ties(struct word a, struct word b, enum gp_lang lang)
{
	if (b.n == 1 &&
	    (b.c[0] == EM_DASH || b.c[0] == EN_DASH || b.c[0] == NUMERO))
		return 1;
	if (is_short(a, lang) || is_abbreviation(a))
		return 1;
	if (is_number(a) && letters(b) > 0)
		return 1;
	return lang == GP_RU && letters(b) == b.n &&
	    among(b, "бы ли же б ж ль");
}

static int
is_last(const struct text *t, size_t space, struct word b)
{
	return space + 1 + b.n == t->n && letters(b) <= SHORT_LAST;
}

static void
spaces(struct text *t, enum gp_lang lang)
{
	size_t i, words = 0, run = 0;

	for (i = 0; i < t->n; i++, run++) {
		struct word a, b;

		if (t->c[i] != ' ')
			continue;
		a = word_before(t, i);
		b = word_behind(t, i);
		words++;
		if (is_thousand(t, i))
			t->c[i] = NNBSP;
		else if (run + 1 + b.n <= LONG_RUN &&
		    (ties(a, b, lang) || (words > 2 && is_last(t, i, b))))
			t->c[i] = NBSP;
		else
			run = 0;
	}
}

/* -- the whole -- */

static int
decode(struct gp_span s, struct text *t)
{
	const char *p = s.p, *end = gp_span_end(s);

	t->c = calloc(s.n + 1, sizeof(*t->c));
	if (t->c == NULL)
		return -1;
	while (p < end)
		t->c[t->n++] = gp_utf8_next(&p, end);
	while (t->n > 0 && t->c[t->n - 1] == ' ')
		t->n--;
	return 0;
}

static int
set(struct gp_buf *to, struct gp_span plain, enum gp_lang lang)
{
	struct text out = { NULL, 0 };
	struct setter s = { .out = &out, .lang = lang };
	size_t i;

	while (plain.n > 0 && *plain.p == ' ') {
		plain.p++;
		plain.n--;
	}
	if (decode(plain, &s.in) == -1)
		return -1;
	/* A percent sign may bring a space. */
	out.c = calloc(2 * s.in.n + 1, sizeof(*out.c));
	for (s.i = 0; out.c != NULL && s.i < s.in.n; s.i++)
		one(&s);
	free(s.in.c);
	if (out.c == NULL)
		return -1;
	spaces(&out, lang);
	for (i = 0; i < out.n; i++)
		gp_utf8_put(to, out.c[i]);
	free(out.c);
	return to->bad ? -1 : 0;
}

int
gp_type_set(struct gp_buf *to, struct gp_span text, enum gp_lang lang,
    struct gp_why *why)
{
	struct gp_buf whole, plain;
	int r;

	if (text.n > 4 * GP_TYPE_MOST)
		return gp_because(
		    why, "a text of %zu bytes fits no card", text.n);
	gp_buf_init(&whole, 0);
	gp_buf_init(&plain, 0);
	gp_utf8_mend(&whole, text);
	if (text.n > 0 && !whole.bad)
		gp_utf8_nfc(&plain, gp_buf_span(&whole));
	gp_buf_reset(&whole);
	gp_utf8_plain(&whole, gp_buf_span(&plain));
	r = whole.bad || plain.bad ? -1 : set(to, gp_buf_span(&whole), lang);
	gp_buf_release(&plain);
	gp_buf_release(&whole);
	return r == 0 ? 0 : gp_because(why, "no memory");
}
