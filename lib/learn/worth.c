#include "learn/worth.h"

#include <stdlib.h>
#include <string.h>

/* The figure is 8 hexadecimal digits of a billionth each, and a space. */
enum {
	FIGURE = 9
};

struct gp_pick {
	unsigned long figure;
	unsigned long long no;
	char *line;
	size_t n;
};

int
gp_worth_init(struct gp_worth *w, size_t most)
{
	memset(w, 0, sizeof(*w));
	w->most = most;
	w->pick = calloc(most + 1, sizeof(*w->pick));
	return w->pick != NULL ? 0 : -1;
}

void
gp_worth_release(struct gp_worth *w)
{
	size_t i;

	for (i = 0; i < w->n; i++)
		free(w->pick[i].line);
	free(w->pick);
	w->pick = NULL;
	w->n = 0;
}

void
gp_worth_mark(struct gp_buf *b, float worth)
{
	gp_buf_addf(b, "%08lx ", (unsigned long)((double)worth * 1e9));
}

static int
order(const void *a, const void *b)
{
	const struct gp_pick *x = a, *y = b;

	if (x->figure != y->figure)
		return x->figure < y->figure ? -1 : 1;
	return x->no < y->no ? -1 : x->no > y->no;
}

static void
swap(struct gp_pick *a, struct gp_pick *b)
{
	struct gp_pick t = *a;

	*a = *b;
	*b = t;
}

static void
sink_down(struct gp_worth *w)
{
	size_t i = 0, k;

	for (;; i = k) {
		k = 2 * i + 1;
		if (k >= w->n)
			return;
		if (k + 1 < w->n && order(&w->pick[k + 1], &w->pick[k]) > 0)
			k++;
		if (order(&w->pick[k], &w->pick[i]) <= 0)
			return;
		swap(&w->pick[k], &w->pick[i]);
	}
}

static int
take(struct gp_worth *w, struct gp_pick new, const char *line)
{
	size_t i;

	if (w->most == 0 || (w->n == w->most && order(&new, &w->pick[0]) > 0))
		return 0;
	new.line = malloc(new.n + 1);
	if (new.line == NULL)
		return -1;
	memcpy(new.line, line, new.n);
	if (w->n == w->most) {
		free(w->pick[0].line);
		w->pick[0] = new;
		sink_down(w);
		return 0;
	}
	w->pick[w->n] = new;
	for (i = w->n++; i > 0 && order(&w->pick[i], &w->pick[(i - 1) / 2]) > 0;
	     i = (i - 1) / 2)
		swap(&w->pick[i], &w->pick[(i - 1) / 2]);
	return 0;
}

int
gp_worth_take(struct gp_worth *w, struct gp_span s)
{
	const char *p = s.p, *end = gp_span_end(s), *nl;
	struct gp_pick new = { 0, 0, NULL, 0 };

	while (p < end) {
		nl = memchr(p, '\n', (size_t)(end - p));
		nl = nl != NULL ? nl + 1 : end;
		if (nl - p > FIGURE) {
			new.figure = strtoul(p, NULL, 16);
			new.no = w->seen++;
			new.n = (size_t)(nl - p) - FIGURE;
			if (take(w, new, p + FIGURE) == -1)
				return -1;
		}
		p = nl;
	}
	return 0;
}

void
gp_worth_put(struct gp_worth *w, struct gp_buf *b)
{
	size_t i;

	qsort(w->pick, w->n, sizeof(*w->pick), order);
	for (i = 0; i < w->n; i++)
		gp_buf_add(b, w->pick[i].line, w->pick[i].n);
}
