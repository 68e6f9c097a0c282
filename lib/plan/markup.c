#include "plan/markup.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <utf8proc.h>

#include "base/grow.h"
#include "base/utf8.h"

struct marking {
	const char *begin; /* of the block, for what stands before a mark */
	struct gp_buf text;
	struct gp_said_span *span;
	size_t spans, cap;
	int open; /* bits of the kinds we are within */
	int bad;
};

/* -- spans ----------------------------------------------------------------- */

/* Taken when the span begins, so that the outer one stands first. */
static size_t
span_begin(struct marking *m, enum gp_said_kind kind)
{
	struct gp_said_span *v;

	v = gp_room(&m->span, m->spans, &m->cap, sizeof(*v));
	if (v == NULL) {
		m->bad = 1;
		return SIZE_MAX;
	}
	m->span[m->spans] =
	    (struct gp_said_span){ .kind = kind, .from = m->text.n };
	return m->spans++;
}

static void
span_end(struct marking *m, size_t i)
{
	if (i != SIZE_MAX)
		m->span[i].n = m->text.n - m->span[i].from;
}

/* -- signs ----------------------------------------------------------------- */

static int
is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static int
is_mark(char c)
{
	return c != '\0' && strchr("\\*_`[]()>#~", c) != NULL;
}

static int
is_word(uint32_t c)
{
	utf8proc_category_t k = utf8proc_category((utf8proc_int32_t)c);

	return c == '_' ||
	    (k >= UTF8PROC_CATEGORY_LU && k <= UTF8PROC_CATEGORY_NO);
}

static int
word_before(const char *begin, const char *p)
{
	const char *q = p;

	if (p == begin)
		return 0;
	do
		q--;
	while (q > begin && ((unsigned char)*q & 0xc0) == 0x80);
	return is_word(gp_utf8_next(&q, p));
}

static int
word_after(const char *p, const char *end)
{
	return p < end && is_word(gp_utf8_next(&p, end));
}

static int
begins(const char *p, const char *end, const char *with)
{
	size_t n = strlen(with);

	return (size_t)(end - p) >= n && memcmp(p, with, n) == 0;
}

/* Two stars end a bold address; within it they are a part of it. */
static int
bold_ends(const char *p, const char *end)
{
	return begins(p, end, "**") && !word_after(p + 2, end) &&
	    !begins(p + 2, end, "/");
}

/* An address that stands by itself; its end, or NULL. */
static const char *
address(const char *begin, const char *p, const char *end)
{
	static const char *const scheme[] = { "https://", "http://",
		"mailto:" };
	size_t i;

	if ((*p != 'h' && *p != 'm') || word_before(begin, p))
		return NULL;
	for (i = 0; i < sizeof(scheme) / sizeof(scheme[0]); i++)
		if (begins(p, end, scheme[i]))
			break;
	if (i == sizeof(scheme) / sizeof(scheme[0]))
		return NULL;
	while (p < end && !is_space(*p) && !bold_ends(p, end) && *p != ')' &&
	    *p != ']' && *p != '\\')
		p++;
	/* The end of what is set in italics is no part of it either. */
	while (p[-1] == '_')
		p--;
	return p;
}

/* -- marks ----------------------------------------------------------------- */

struct mark {
	const char *sign;
	enum gp_said_kind kind;
	int word; /* stands at the edges of words only */
};

static const struct mark marks[] = {
	{ "**", GP_SAID_BOLD, 0 },
	{ "_", GP_SAID_ITALIC, 1 },
};

enum {
	MARKS = sizeof(marks) / sizeof(marks[0]),
	LINK_MAX = 2048 /* bytes of the words, or the address, of a link */
};

/* Behind a piece that is passed over when the other half is looked for. */
static const char *
past(const struct marking *m, const char *p, const char *end)
{
	const char *q;

	if (*p == '\\' && p + 1 < end && is_mark(p[1]))
		return p + 2;
	if (*p == '`' && (q = memchr(p + 1, '`', (size_t)(end - p - 1))))
		return q + 1;
	q = address(m->begin, p, end);
	return q != NULL ? q : p + 1;
}

static const char *
other_half(const struct marking *m, const struct mark *k, const char *p,
    const char *end)
{
	size_t n = strlen(k->sign);
	const char *from = p;

	while (p < end)
		if (p > from && begins(p, end, k->sign) && !is_space(p[-1]) &&
		    (!k->word || !word_after(p + n, end)))
			return p;
		else
			p = past(m, p, end);
	return NULL;
}

struct link {
	const char *words, *words_end, *url, *url_end;
};

/* The bracket that closes; NULL: there is none near enough. */
static const char *
closing(const char *p, const char *end, char open, char close)
{
	int depth = 0;

	if (end - p > LINK_MAX)
		end = p + LINK_MAX;
	for (; p < end; p++)
		if (*p == '\\' && p + 1 < end && is_mark(p[1]))
			p++;
		else if (*p == open)
			depth++;
		else if (*p == close && depth-- == 0)
			return p;
	return NULL;
}

static int
is_address(const char *p, const char *end)
{
	const char *q;

	if (!begins(p, end, "https://") && !begins(p, end, "http://") &&
	    !begins(p, end, "mailto:") && !begins(p, end, "tel:"))
		return 0;
	for (q = p; q < end; q++)
		if ((unsigned char)*q <= ' ' || *q == 0x7f)
			return 0;
	return 1;
}

static int
link_at(const char *p, const char *end, struct link *l)
{
	if (*p != '[')
		return 0;
	l->words = p + 1;
	l->words_end = closing(p + 1, end, '[', ']');
	if (l->words_end == NULL || l->words_end == l->words ||
	    !begins(l->words_end, end, "]("))
		return 0;
	l->url = l->words_end + 2;
	l->url_end = closing(l->url, end, '(', ')');
	return l->url_end != NULL && is_address(l->url, l->url_end);
}

/* -- reading --------------------------------------------------------------- */

static void inlines(struct marking *, const char *p, const char *end);

static void
within(struct marking *m, enum gp_said_kind kind, const char *p,
    const char *end, struct gp_span url)
{
	size_t i = span_begin(m, kind);

	m->open |= 1 << kind;
	inlines(m, p, end);
	m->open &= ~(1 << kind);
	span_end(m, i);
	if (i != SIZE_MAX)
		m->span[i].url = url;
}

static const char *
code(struct marking *m, const char *p, const char *end)
{
	const char *q = memchr(p + 1, '`', (size_t)(end - p - 1));
	size_t i;

	if (q == NULL || q == p + 1)
		return NULL;
	i = span_begin(m, GP_SAID_CODE);
	gp_buf_add(&m->text, p + 1, (size_t)(q - p - 1));
	span_end(m, i);
	return q + 1;
}

/* What was not found from here on is not there further on either: without
 * `lacks` a text of nothing but opening marks would cost its square. */
static const char *
emphasis(struct marking *m, const char *p, const char *end, int *lacks)
{
	const struct mark *k;
	const char *q;
	size_t i, n;

	for (i = 0; i < MARKS; i++) {
		k = &marks[i];
		n = strlen(k->sign);
		if (!begins(p, end, k->sign) || (m->open & 1 << k->kind) != 0 ||
		    (*lacks & 1 << k->kind) != 0 || p + n == end ||
		    is_space(p[n]) || (k->word && word_before(m->begin, p)))
			continue;
		q = other_half(m, k, p + n, end);
		if (q == NULL) {
			*lacks |= 1 << k->kind;
			continue;
		}
		within(m, k->kind, p + n, q, gp_span_of(""));
		return q + n;
	}
	return NULL;
}

static const char *
link_words(struct marking *m, const char *p, const char *end, int *lacks)
{
	struct link l;

	if (*p != '[' || (m->open & 1 << GP_SAID_LINK) != 0 ||
	    (*lacks & 1 << GP_SAID_LINK) != 0)
		return NULL;
	if (memchr(p, ']', (size_t)(end - p)) == NULL)
		*lacks |= 1 << GP_SAID_LINK;
	if (!link_at(p, end, &l))
		return NULL;
	within(m, GP_SAID_LINK, l.words, l.words_end,
	    (struct gp_span){ l.url, (size_t)(l.url_end - l.url) });
	return l.url_end + 1;
}

static void
inlines(struct marking *m, const char *p, const char *end)
{
	const char *q;
	int lacks = 0;

	while (p < end) {
		if (*p == '\\' && p + 1 < end && is_mark(p[1])) {
			gp_buf_addc(&m->text, p[1]);
			p += 2;
		} else if ((*p == '`' && (q = code(m, p, end))) ||
		    (q = emphasis(m, p, end, &lacks)) ||
		    (q = link_words(m, p, end, &lacks))) {
			p = q;
		} else {
			q = address(m->begin, p, end);
			if (q == NULL)
				q = p + 1;
			gp_buf_add(&m->text, p, (size_t)(q - p));
			p = q;
		}
	}
}

/* -- lines ----------------------------------------------------------------- */

static int
is_quote(const char *p, const char *end)
{
	return *p == '>' && (p + 1 == end || is_space(p[1]));
}

static const char *
line_end(const char *p, const char *end)
{
	const char *q = memchr(p, '\n', (size_t)(end - p));

	return q != NULL ? q : end;
}

static int
is_blank(const char *p, const char *end)
{
	for (; p < end; p++)
		if (!is_space(*p))
			return 0;
	return 1;
}

/* The lines from p on that belong together: all quoted or none, no empty one
 * among them. Their words, without the signs of quoting, into b. */
static const char *
block(struct gp_buf *b, const char *p, const char *end, int quote)
{
	const char *e;

	for (; p < end; p = e < end ? e + 1 : e) {
		e = line_end(p, end);
		if (is_quote(p, end) != quote || (!quote && is_blank(p, e)))
			break;
		if (b->n > 0)
			gp_buf_addc(b, '\n');
		if (quote)
			p += p + 1 < e ? 2 : 1;
		gp_buf_add(b, p, (size_t)(e - p));
		if (b->n > 0 && b->p[b->n - 1] == '\r')
			b->n--;
	}
	return p;
}

static const char *
one_block(
    struct marking *m, struct gp_pool *pool, const char *p, const char *end)
{
	int quote = is_quote(p, end);
	const char *e = line_end(p, end);
	struct gp_buf b;
	struct gp_span s;

	if (!quote && is_blank(p, e)) {
		gp_buf_addc(&m->text, '\n');
		return e < end ? e + 1 : e;
	}
	gp_buf_init(&b, 0);
	p = block(&b, p, end, quote);
	s = gp_pool_copy(pool, gp_buf_span(&b)); /* addresses point into it */
	m->bad |= b.bad || pool->bad;
	gp_buf_release(&b);
	m->begin = s.p;
	if (quote)
		within(m, GP_SAID_QUOTE, s.p, s.p + s.n, gp_span_of(""));
	else
		inlines(m, s.p, s.p + s.n);
	gp_buf_addc(&m->text, '\n');
	return p;
}

/* White space at the ends is cut by the networks; spans then would reach too
 * far. Empty ones are left out. */
static void
trim(struct marking *m)
{
	size_t i, k = 0;
	struct gp_said_span *s;

	while (m->text.n > 0 && is_space(m->text.p[m->text.n - 1]))
		m->text.n--;
	for (i = 0; i < m->spans; i++) {
		s = &m->span[i];
		if (s->from + s->n > m->text.n)
			s->n = s->from < m->text.n ? m->text.n - s->from : 0;
		if (s->n > 0)
			m->span[k++] = *s;
	}
	m->spans = k;
}

static int
finish(struct marking *m, struct gp_pool *pool, struct gp_said *said)
{
	struct gp_said_span *v = NULL;

	trim(m);
	said->text = gp_pool_copy(pool, gp_buf_span(&m->text));
	if (m->spans > 0)
		v = gp_pool_alloc(pool, m->spans * sizeof(*v));
	if (m->bad || m->text.bad || pool->bad)
		return -1;
	if (v != NULL)
		memcpy(v, m->span, m->spans * sizeof(*v));
	said->span = v;
	said->spans = m->spans;
	return 0;
}

int
gp_markup_read(struct gp_span in, struct gp_pool *pool, struct gp_said *said,
    struct gp_why *why)
{
	struct marking m = { .span = NULL };
	const char *p = in.p, *end = gp_span_end(in);
	int r;

	*said = gp_said_of(gp_span_of(""));
	if (in.n > GP_MARKUP_MAX)
		return gp_because(why, "a text of %zu bytes is too long", in.n);
	if (in.n > 0 && !gp_utf8_valid(in))
		return gp_because(why, "the text is not UTF-8");
	if (in.n > 0 && memchr(in.p, '\0', in.n) != NULL)
		return gp_because(why, "the text holds a zero byte");
	gp_buf_init(&m.text, 0);
	while (p < end && (*p == '\n' || *p == '\r'))
		p++;
	while (p < end)
		p = one_block(&m, pool, p, end);
	r = finish(&m, pool, said);
	gp_buf_release(&m.text);
	free(m.span);
	return r == 0 ? 0 : gp_because(why, "no memory");
}

void
gp_markup_escape(struct gp_buf *to, struct gp_span s)
{
	size_t i;

	/* Within an address too, which then ends there for the reader. */
	for (i = 0; i < s.n; i++) {
		if ((s.p[i] != '\0' && strchr("\\*_`[", s.p[i]) != NULL) ||
		    (s.p[i] == '>' && (i == 0 || s.p[i - 1] == '\n')))
			gp_buf_addc(to, '\\');
		gp_buf_addc(to, s.p[i]);
	}
}
