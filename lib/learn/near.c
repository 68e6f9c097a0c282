#include "learn/near.h"

#include <stdlib.h>
#include <string.h>

enum {
	/* Of what has just 6 of 10 in common one pair in 2,400 is not met in any
	 * band; of large sets, whose judged part is small, one in seven. */
	BANDS = 32,
	BANDS_LARGE = 8,
	LARGE = 50000, /* rows */
	BAND = 3,
	SHARED = 60 /* of 100 */
};

struct mark {
	uint64_t hash;
	uint32_t row;
};

static uint64_t
mix(uint64_t x)
{
	x ^= x >> 33;
	x *= 0xff51afd7ed558ccdu;
	x ^= x >> 33;
	x *= 0xc4ceb9fe1a85ec53u;
	return x ^ x >> 33;
}

/* The least hashes of a row, joined for one band; 0: no text. */
static uint64_t
band_of(const struct gp_corpus *c, uint32_t row, int band)
{
	uint64_t least[BAND], h, sum = (uint64_t)band + 1;
	size_t i, from = c->row[row].at, end = c->row[row + 1].at;
	int k;

	memset(least, 0xff, sizeof(least));
	for (i = from; i < end && c->entry[i] >> 8 < c->first[GP_BLOCK_SIDE];
	     i++)
		for (k = 0; k < BAND; k++) {
			h = mix(c->key[c->entry[i] >> 8] +
			    (uint64_t)(band * BAND + k) * 0x9e3779b97f4a7c15u);
			if (h < least[k])
				least[k] = h;
		}
	if (i == from)
		return 0;
	for (k = 0; k < BAND; k++)
		sum = mix(sum ^ least[k]);
	return sum | 1;
}

/* Both rows are sorted. */
static int
alike(const struct gp_corpus *c, uint32_t a, uint32_t b)
{
	const uint32_t *p = c->entry + c->row[a].at;
	const uint32_t *q = c->entry + c->row[b].at;
	const uint32_t *pe = c->entry + c->row[a + 1].at;
	const uint32_t *qe = c->entry + c->row[b + 1].at;
	size_t both = 0, any = 0;

	while (p < pe && q < qe) {
		uint32_t x = *p >> 8, y = *q >> 8;

		both += x == y;
		any++;
		p += x <= y;
		q += y <= x;
	}
	any += (size_t)(pe - p) + (size_t)(qe - q);
	return 100 * both >= SHARED * any;
}

static uint32_t
root(uint32_t *group, uint32_t i)
{
	while (group[i] != i) {
		group[i] = group[group[i]];
		i = group[i];
	}
	return i;
}

static int
by_hash(const void *a, const void *b)
{
	const struct mark *x = a, *y = b;

	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	return x->row < y->row ? -1 : x->row > y->row;
}

static void
join(const struct gp_corpus *c, const struct mark *m, size_t n, uint32_t *group)
{
	size_t i, first = 0;
	uint32_t a, b;

	for (i = 1; i < n; i++) {
		if (m[i].hash != m[first].hash) {
			first = i;
			continue;
		}
		a = root(group, m[first].row);
		b = root(group, m[i].row);
		if (a == b || m[i].hash == 0 ||
		    !(alike(c, m[first].row, m[i].row) ||
			alike(c, m[i - 1].row, m[i].row)))
			continue;
		if (a < b)
			group[b] = a;
		else
			group[a] = b;
	}
}

int
gp_near_groups(const struct gp_corpus *c, uint32_t *group)
{
	struct mark *m = malloc((c->rows + 1) * sizeof(*m));
	const int bands = c->rows > LARGE ? BANDS_LARGE : BANDS;
	uint32_t i;
	int band;

	if (m == NULL)
		return -1;
	for (i = 0; i < c->rows; i++)
		group[i] = i;
	for (band = 0; band < bands; band++) {
		for (i = 0; i < c->rows; i++)
			m[i] = (struct mark){ band_of(c, i, band), i };
		qsort(m, c->rows, sizeof(*m), by_hash);
		join(c, m, c->rows, group);
	}
	for (i = 0; i < c->rows; i++)
		group[i] = root(group, i);
	free(m);
	return 0;
}

/* The labels that are to be spread over the folds: the finest head's. */
static size_t
finest(const struct gp_corpus *c)
{
	size_t h, best = 0;

	for (h = 1; h < c->heads; h++)
		if (c->names[h].n > c->names[best].n)
			best = h;
	return best;
}

/*
 * The fold with the fewest rows of this label and, of those, with the fewest
 * at all. A label has few rows often: had a fold several of them, what is held
 * out would seem harder than a new text is.
 */
static unsigned
fewest(const size_t *size, const uint32_t *mine, unsigned k)
{
	unsigned f, best = 0;

	for (f = 1; f < k; f++)
		if (mine[f] < mine[best] ||
		    (mine[f] == mine[best] && size[f] < size[best]))
			best = f;
	return best;
}

/* Rows in an order of chance, those of a group together. */
static void
deal(const struct gp_corpus *c, const struct mark *m, unsigned k,
    uint32_t *count, uint8_t *fold)
{
	const size_t head = finest(c);
	size_t size[256] = { 0 }, i;
	unsigned f = 0;
	uint32_t *mine;
	int32_t label;

	for (i = 0; i < c->rows; i++) {
		label = c->label[head][m[i].row];
		mine = count + (size_t)(label + 1) * k;
		if (i == 0 || m[i].hash != m[i - 1].hash)
			f = fewest(size, mine, k);
		fold[m[i].row] = (uint8_t)f;
		size[f]++;
		mine[f]++;
	}
}

int
gp_near_folds(const struct gp_corpus *c, unsigned k, uint8_t *fold)
{
	uint32_t *group = malloc((c->rows + 1) * sizeof(*group));
	struct mark *m = malloc((c->rows + 1) * sizeof(*m));
	uint32_t *count =
	    calloc((c->names[finest(c)].n + 1) * k + 1, sizeof(*count));
	size_t i;
	int r = -1;

	if (group != NULL && m != NULL && count != NULL &&
	    gp_near_groups(c, group) == 0) {
		for (i = 0; i < c->rows; i++)
			m[i] = (struct mark){ mix(group[i] + 1), (uint32_t)i };
		qsort(m, c->rows, sizeof(*m), by_hash);
		deal(c, m, k, count, fold);
		r = 0;
	}
	free(group);
	free(m);
	free(count);
	return r;
}
