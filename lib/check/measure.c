/* What a text comes to in numbers. */
#include "check/inner.h"

#include <string.h>

#include "base/utf8.h"
#include "record/hashtag.h"
#include "text/fold.h"
#include "text/token.h"

static int64_t
tokens(struct gp_span s, enum gp_token_kind kind)
{
	struct gp_tokens in;
	struct gp_token t;
	int64_t n = 0;

	gp_tokens_init(&in, s);
	while (gp_tokens_next(&in, &t))
		n += t.kind == kind;
	return n;
}

static struct gp_span
part(const struct gp_checker *c, struct gp_check_place p)
{
	return (struct gp_span){ c->item->text.p + p.from, p.to - p.from };
}

/* The longest one; it has no place where there is none. */
static int64_t
sentence(struct gp_checker *c, struct gp_check_place *where)
{
	int64_t best = 0, n;
	size_t i;

	gp_check_sentences(c);
	for (i = 0; i < c->sentences; i++) {
		/* a word has a letter and a space at the least */
		if ((int64_t)(c->sentence[i].to - c->sentence[i].from) / 2 <
		    best)
			continue;
		n = tokens(part(c, c->sentence[i]), GP_TOKEN_WORD);
		if (n > best) {
			best = n;
			*where = c->sentence[i];
		}
	}
	return best;
}

static int64_t
paragraph(struct gp_checker *c, struct gp_check_place *where)
{
	struct gp_span text = c->item->text;
	const char *p = text.p, *end = gp_span_end(text), *nl;
	struct gp_check_place at;
	int64_t best = 0, n;

	for (; p < end; p = nl + 1) {
		nl = memchr(p, '\n', (size_t)(end - p));
		if (nl == NULL)
			nl = end;
		at.from = (size_t)(p - text.p);
		at.to = (size_t)(nl - text.p);
		n = (int64_t)gp_utf8_count(part(c, at));
		if (n > best) {
			best = n;
			*where = at;
		}
		if (nl == end)
			break;
	}
	return best;
}

/* Per cent of the letters; a few of them shout at nobody. */
static int64_t
capitals(const struct gp_checker *c)
{
	const struct gp_match *m = c->match;

	return m->letters < 12 ? 0 : 100 * (int64_t)m->capitals / m->letters;
}

/* Networks take hashtags in any case for one. */
static int
same_tag(struct gp_span a, struct gp_span b)
{
	struct gp_buf x, y;
	int r;

	gp_buf_init(&x, 0);
	gp_buf_init(&y, 0);
	gp_fold_text(&x, a);
	gp_fold_text(&y, b);
	r = gp_span_eq(gp_buf_span(&x), gp_buf_span(&y));
	gp_buf_release(&x);
	gp_buf_release(&y);
	return r;
}

static int
is_rubric(const struct gp_standard *s, struct gp_span tag)
{
	const char *const *rubric = s->rubrics.v;
	size_t i;

	for (i = 0; i < s->rubrics.n; i++)
		if (same_tag(tag, gp_span_of(rubric[i])))
			return 1;
	return 0;
}

static int64_t
hashtags(const struct gp_checker *c, int rubrics)
{
	const char *p = c->item->text.p, *end = gp_span_end(c->item->text);
	struct gp_span tag;
	int64_t n = 0;

	while (p < end && gp_hashtag_next(&p, end, &tag))
		n += !rubrics || is_rubric(c->s, tag);
	return n;
}

int
gp_check_measure(struct gp_checker *c, enum gp_measure m, int64_t *value,
    struct gp_check_place *where)
{
	struct gp_span text = c->item->text;

	switch (m) {
	case GP_MEASURE_LENGTH:
		*value = (int64_t)gp_utf8_count(text);
		return 1;
	case GP_MEASURE_WORDS:
		*value = tokens(text, GP_TOKEN_WORD);
		return 1;
	case GP_MEASURE_SENTENCE:
		*value = sentence(c, where);
		return 1;
	case GP_MEASURE_PARAGRAPH:
		*value = paragraph(c, where);
		return 1;
	case GP_MEASURE_CAPITALS:
		*value = capitals(c);
		return 1;
	case GP_MEASURE_HASHTAGS:
		*value = hashtags(c, 0);
		return 1;
	case GP_MEASURE_RUBRICS:
		*value = hashtags(c, 1);
		return c->s->rubrics.n > 0;
	case GP_MEASURE_LINKS:
		*value = tokens(text, GP_TOKEN_URL);
		return 1;
	case GP_MEASURE_PICTURES:
		*value = c->item->pictures;
		return c->item->has_parts;
	case GP_MEASURE_WITHOUT_ALT:
		*value = c->item->without_alt;
		return c->item->has_parts;
	default:
		return 0;
	}
}
