#include "report/quantile.h"

#include <math.h>
#include <stdlib.h>

/* The bounds of class k are GROWTH^(k-1), not in it, and GROWTH^k. */
#define GROWTH ((1 + GP_QUANTILE_ERROR) / (1 - GP_QUANTILE_ERROR))

enum {
	CLASSES = 2222, /* ln(2^32) / ln(GROWTH), and that of 0 */
};

unsigned
gp_quantile_class(uint32_t v)
{
	unsigned k;

	if (v == 0)
		return 0;
	k = 1 + (unsigned)ceil(log((double)v) / log(GROWTH));
	return k < CLASSES ? k : CLASSES - 1;
}

/* The middle by ratio: as far from one bound as from the other. */
static double
value_of(size_t class)
{
	if (class == 0)
		return 0;
	return 2 * pow(GROWTH, (double)class - 1) / (GROWTH + 1);
}

static void
spread(struct gp_quantile *q)
{
	uint64_t i;

	q->class = calloc(CLASSES, sizeof(*q->class));
	if (q->class == NULL) {
		q->bad = 1;
		return;
	}
	for (i = 0; i < q->n; i++)
		q->class[gp_quantile_class(q->exact[i])]++;
	free(q->exact);
	q->exact = NULL;
}

void
gp_quantile_add(struct gp_quantile *q, uint32_t v)
{
	gp_quantile_put(q, v, gp_quantile_class(v));
}

void
gp_quantile_put(struct gp_quantile *q, uint32_t v, unsigned class)
{
	uint32_t *p;
	size_t cap;

	if (q->class == NULL && q->n == GP_EXACT && !q->bad)
		spread(q);
	if (q->bad)
		return;
	if (q->class != NULL) {
		q->class[class]++;
		q->n++;
		return;
	}
	if (q->n == q->cap) {
		cap = q->cap == 0 ? 8 : q->cap * 2;
		p = realloc(q->exact, cap * sizeof(*p));
		if (p == NULL) {
			q->bad = 1;
			return;
		}
		q->exact = p;
		q->cap = cap;
	}
	q->exact[q->n++] = v;
}

void
gp_quantile_release(struct gp_quantile *q)
{
	free(q->exact);
	free(q->class);
	*q = (struct gp_quantile){ .n = 0 };
}

static int
by_size(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

double
gp_quantile_at(struct gp_quantile *to, double q, uint64_t of)
{
	uint64_t rank = (uint64_t)ceil(q * (double)of - 1e-9), sum = 0;
	size_t i;

	if (rank == 0)
		rank = 1;
	if (rank > to->n || to->bad)
		return -1;
	if (to->class == NULL) {
		qsort(to->exact, to->n, sizeof(*to->exact), by_size);
		return to->exact[rank - 1];
	}
	for (i = 0; i < CLASSES; i++) {
		sum += to->class[i];
		if (sum >= rank)
			break;
	}
	return value_of(i);
}
