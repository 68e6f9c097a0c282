#include "suggest/mark.h"

#include <stdlib.h>
#include <string.h>

#include "suggest/terms.h"
#include "text/token.h"

static int
by_place(const void *a, const void *b)
{
	const struct gp_mark *x = a, *y = b;

	if (x->from != y->from)
		return x->from < y->from ? -1 : 1;
	return x->to > y->to ? -1 : x->to < y->to;
}

/* Nothing but marks, spaces and short words that bind dates and addresses. */
static int
is_between(const struct gp_marks *f, size_t from, size_t to)
{
	static const char *const binds[] = { "г", "года", "году", "д", "кв",
		"корп", "ул", "дом", "и" };
	struct gp_tokens in;
	struct gp_token t;
	size_t i;

	if (to <= from)
		return 1;
	if (to - from > 16 || memchr(f->text.p + from, '\n', to - from) != NULL)
		return 0;
	gp_tokens_init(&in, (struct gp_span){ f->text.p + from, to - from });
	while (gp_tokens_next(&in, &t)) {
		for (i = 0; i < sizeof(binds) / sizeof(binds[0]); i++)
			if (gp_span_is(t.raw, binds[i]))
				break;
		if (i == sizeof(binds) / sizeof(binds[0]))
			return 0;
	}
	return memchr(f->text.p + from, '!', to - from) == NULL &&
	    memchr(f->text.p + from, ';', to - from) == NULL &&
	    !gp_sentence_begins(f->text.p, f->text.p + to);
}

/* "5 мая" is one date, whatever its parts were taken for. */
static const char *
stronger(const char *a, const char *b)
{
	return strcmp(a, "число") == 0 ? b : a;
}

static int
may_join(const char *a, const char *b)
{
	if (strcmp(a, b) == 0)
		return 1;
	if (strcmp(a, "число") == 0)
		return strcmp(b, "когда") == 0;
	return strcmp(b, "число") == 0 &&
	    (strcmp(a, "когда") == 0 || strcmp(a, "адрес") == 0);
}

/* "до 15 мая 2026 года": the last word belongs to the date. */
static size_t
with_year(const struct gp_marks *f, const struct gp_mark *m)
{
	static const char *const year[] = { " года", " году", " г." };
	size_t i, n;

	for (i = 0; i < sizeof(year) / sizeof(year[0]); i++) {
		n = strlen(year[i]);
		if (f->text.n - m->to > n &&
		    memcmp(f->text.p + m->to, year[i], n) == 0)
			return m->to + n - (year[i][n - 1] == '.');
	}
	return m->to;
}

/* Marks in order, those that touch made one. */
void
gp_marks_join(struct gp_marks *f)
{
	size_t i, n = 0;

	qsort(f->v, f->n, sizeof(*f->v), by_place);
	for (i = 0; i < f->n; i++) {
		struct gp_mark *m = &f->v[i], *last;

		last = n > 0 ? &f->v[n - 1] : NULL;
		if (last != NULL && m->from < last->to) {
			if (m->to > last->to)
				last->to = m->to;
		} else if (last != NULL && may_join(last->hole, m->hole) &&
		    is_between(f, last->to, m->from)) {
			last->to = m->to;
			last->hole = stronger(last->hole, m->hole);
		} else {
			f->v[n++] = *m;
		}
	}
	f->n = n;
	for (i = 0; i < n; i++)
		if (strcmp(f->v[i].hole, "когда") == 0)
			f->v[i].to = with_year(f, &f->v[i]);
}
