/* A sheet that was edited, read back. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "review/sheet.h"

#include "base/grow.h"

enum where {
	OUTSIDE,
	HEADER,
	TEXT,
	BEHIND, /* the end */
};

struct parsing {
	struct gp_pool *pool;
	struct gp_review_sheet *sheet;
	struct gp_review_wrongs *wrong;
	size_t cap, line;
	enum where where;
	struct gp_buf text; /* of the block at hand */
};

void
gp_review_wrong_add(
    struct gp_review_wrongs *w, size_t line, size_t draft, const char *fmt, ...)
{
	struct gp_review_wrong *v;
	va_list ap;

	v = gp_grow(&w->v, &w->n, &w->cap, sizeof(*v));
	if (v == NULL) {
		w->bad = 1;
		return;
	}
	v->line = line;
	v->draft = draft;
	va_start(ap, fmt);
	vsnprintf(v->why.msg, sizeof(v->why.msg), fmt, ap);
	va_end(ap);
}

void
gp_review_wrongs_release(struct gp_review_wrongs *w)
{
	free(w->v);
	memset(w, 0, sizeof(*w));
}

static struct gp_span
trim(struct gp_span s)
{
	while (s.n > 0 && strchr(" \t\r", s.p[s.n - 1]) != NULL)
		s.n--;
	while (s.n > 0 && (*s.p == ' ' || *s.p == '\t')) {
		s.p++;
		s.n--;
	}
	return s;
}

static int
begins(struct gp_span s, const char *with)
{
	size_t n = strlen(with);

	return s.n >= n && memcmp(s.p, with, n) == 0;
}

static struct gp_review_block *
last(struct parsing *in)
{
	return in->sheet->n > 0 ? &in->sheet->v[in->sheet->n - 1] : NULL;
}

static void
end_block(struct parsing *in)
{
	struct gp_review_block *b = last(in);

	if (in->where == HEADER)
		gp_review_wrong_add(in->wrong, b->line, b->no,
		    "the line --- before the text is missing");
	if (in->where != TEXT)
		return;
	b->text = gp_sheet_plain(in->pool, gp_buf_span(&in->text));
	if (b->word_line == 0)
		gp_review_wrong_add(in->wrong, b->line, b->no,
		    "no decision: approve, edit, skip or return "
		    "\"why\"");
}

/* Room for one more in memory that lives as long as the pool. */
static struct gp_review_block *
add(struct parsing *in)
{
	struct gp_review_sheet *s = in->sheet;
	struct gp_review_block *v;

	if (s->n == in->cap) {
		in->cap = in->cap * 2 + 16;
		v = gp_pool_alloc(in->pool, in->cap * sizeof(*v));
		if (v == NULL)
			return NULL;
		if (s->n > 0)
			memcpy(v, s->v, s->n * sizeof(*v));
		s->v = v;
	}
	v = &s->v[s->n++];
	memset(v, 0, sizeof(*v));
	return v;
}

/* "@@ 12 draft:..." */
static void
header(struct parsing *in, struct gp_span s)
{
	struct gp_review_block *b;
	size_t n = 0, i = 3;

	end_block(in);
	gp_buf_reset(&in->text);
	if (gp_span_is(trim(s), "@@ end")) {
		in->where = BEHIND;
		return;
	}
	for (; i < s.n && i < 12 && s.p[i] >= '0' && s.p[i] <= '9'; i++)
		n = n * 10 + (size_t)(s.p[i] - '0');
	in->where = OUTSIDE;
	if (n == 0 || i >= s.n || s.p[i] != ' ') {
		gp_review_wrong_add(in->wrong, in->line, 0,
		    "not the header of a draft; a line of a text that "
		    "begins with @@ needs a \\ before it");
		return;
	}
	b = add(in);
	if (b == NULL)
		return;
	b->no = n;
	b->line = in->line;
	b->id = gp_pool_copy(
	    in->pool, trim((struct gp_span){ s.p + i + 1, s.n - i - 1 }));
	in->where = HEADER;
}

/* A word, and words in quotes behind it. */
static void
decision(struct parsing *in, struct gp_span s)
{
	struct gp_review_block *b = last(in);
	struct gp_span rest;
	size_t n = 0;

	if (b->word_line != 0) {
		gp_review_wrong_add(in->wrong, in->line, b->no,
		    "a second decision; is the line --- missing "
		    "before the text?");
		return;
	}
	while (n < s.n && s.p[n] != ' ' && s.p[n] != '\t')
		n++;
	rest = trim((struct gp_span){ s.p + n, s.n - n });
	if (rest.n > 1 && rest.p[0] == '"' && rest.p[rest.n - 1] == '"') {
		rest.p++;
		rest.n -= 2;
	}
	b->word = gp_pool_copy(in->pool, (struct gp_span){ s.p, n });
	b->why = gp_sheet_plain(in->pool, rest);
	b->word_line = in->line;
}

static void
take_line(struct parsing *in, struct gp_span s)
{
	if (in->where == BEHIND)
		return;
	if (begins(s, "@@")) {
		header(in, s);
	} else if (in->where == TEXT) {
		if (begins(s, "\\@@") || begins(s, "\\\\")) {
			s.p++;
			s.n--;
		}
		gp_buf_add(&in->text, s.p, s.n);
		gp_buf_addc(&in->text, '\n');
	} else if (s.n == 0 || *s.p == '#' || trim(s).n == 0) {
		return;
	} else if (in->where == OUTSIDE) {
		gp_review_wrong_add(
		    in->wrong, in->line, 0, "stands under no draft");
	} else if (begins(s, "---")) {
		in->where = TEXT;
		last(in)->text_line = in->line + 1;
	} else {
		decision(in, trim(s));
	}
}

int
gp_sheet_read(struct gp_span text, struct gp_pool *pool,
    struct gp_review_sheet *sheet, struct gp_review_wrongs *wrong)
{
	struct parsing in = { .pool = pool, .sheet = sheet, .wrong = wrong };
	struct gp_span s;
	const char *nl;
	int bad;

	*sheet = (struct gp_review_sheet){ NULL, 0 };
	gp_buf_init(&in.text, 0);
	if (begins(text, "\xef\xbb\xbf")) {
		text.p += 3;
		text.n -= 3;
	}
	while (text.n > 0 && !pool->bad) {
		nl = memchr(text.p, '\n', text.n);
		s = text;
		if (nl != NULL)
			s.n = (size_t)(nl - text.p);
		text.n -= s.n + (nl != NULL);
		text.p += s.n + (nl != NULL);
		if (s.n > 0 && s.p[s.n - 1] == '\r')
			s.n--;
		in.line++;
		take_line(&in, s);
	}
	if (in.where != BEHIND && !pool->bad)
		gp_review_wrong_add(wrong, in.line, 0,
		    "the line '@@ end' is missing: the text has been "
		    "cut");
	bad = pool->bad || in.text.bad || wrong->bad;
	gp_buf_release(&in.text);
	return bad ? -1 : 0;
}
