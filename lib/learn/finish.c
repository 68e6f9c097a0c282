#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "learn/part.h"
#include "learn/stand.h"

struct place {
	uint64_t key;
	uint32_t old;
};

static int
by_key(const void *a, const void *b)
{
	uint64_t x = ((const struct place *)a)->key;
	uint64_t y = ((const struct place *)b)->key;

	return x < y ? -1 : x > y;
}

static int
name_order(const void *a, const void *b)
{
	const struct gp_span *x = a, *y = b;
	size_t n = x->n < y->n ? x->n : y->n;
	int r = memcmp(x->p, y->p, n);

	if (r != 0)
		return r;
	return x->n < y->n ? -1 : x->n > y->n;
}

/* Names that no row has any more are none: nothing could be learnt of them. */
static int
sort_names(struct gp_corpus *c, size_t h)
{
	struct gp_names *t = &c->names[h];
	struct gp_span *sorted = malloc((t->n + 1) * sizeof(*sorted)), *at;
	int32_t *to = calloc(t->n + 1, sizeof(*to));
	size_t i, n = 0;

	if (sorted != NULL && to != NULL) {
		for (i = 0; i < c->rows; i++)
			if (c->label[h][i] != GP_UNLABELLED)
				to[c->label[h][i]] = 1;
		for (i = 0; i < t->n; i++)
			if (to[i])
				sorted[n++] = t->name[i];
		qsort(sorted, n, sizeof(*sorted), name_order);
		for (i = 0; i < t->n; i++) {
			at = bsearch(&t->name[i], sorted, n, sizeof(*sorted),
			    name_order);
			to[i] =
			    at != NULL ? (int32_t)(at - sorted) : GP_UNLABELLED;
		}
		t->n = n;
		for (i = 0; i < c->rows; i++)
			if (c->label[h][i] != GP_UNLABELLED)
				c->label[h][i] = to[c->label[h][i]];
		if (t->n > 0)
			memcpy(t->name, sorted, t->n * sizeof(*sorted));
	}
	c->bad |= sorted == NULL || to == NULL;
	free(sorted);
	free(to);
	return c->bad ? -1 : 0;
}

/* Takes the rows away, and their features out of what is counted. */
static void
drop(struct gp_corpus *c, const uint8_t *gone)
{
	size_t i, k, h, from, to = 0, n = 0;

	for (i = 0; i < c->rows; i++) {
		from = c->row[i].at;
		c->row[to].at = n;
		for (k = from; k < c->row[i + 1].at; k++)
			if (gone[i])
				c->df[c->entry[k] >> 8]--;
			else
				c->entry[n++] = c->entry[k];
		if (gone[i])
			continue;
		for (h = 0; h < c->heads; h++)
			c->label[h][to] = c->label[h][i];
		c->id[to++] = c->id[i];
	}
	c->rows = to;
	c->entries = n;
	if (c->row != NULL)
		c->row[to].at = n;
}

/* Of records that came twice only the last counts. */
static int
drop_repeats(struct gp_corpus *c)
{
	size_t slots = 1024, i, k;
	uint8_t *gone = calloc(c->rows + 1, 1);
	uint64_t *seen;

	while (slots < 2 * c->rows)
		slots *= 2;
	seen = calloc(slots, sizeof(*seen));
	if (seen == NULL || gone == NULL) {
		free(seen);
		free(gone);
		return -1;
	}
	for (i = c->rows; i-- > 0;) {
		if (c->id[i] == 0)
			continue;
		k = c->id[i] & (slots - 1);
		while (seen[k] != 0 && seen[k] != c->id[i])
			k = (k + 1) & (slots - 1);
		gone[i] = seen[k] == c->id[i];
		seen[k] = c->id[i];
	}
	drop(c, gone);
	free(seen);
	free(gone);
	return 0;
}

static float
idf(const struct gp_corpus *c, size_t i)
{
	if (gp_feature_block(c->key[i]) >= GP_BLOCK_SIDE)
		return 1;
	return (float)(log((1.0 + (double)c->texts) / (1.0 + c->df[i])) + 1.0);
}

/* The features that stay, by key; to[] from old numbers to new ones. */
static void
renumber(struct gp_corpus *c, struct place *keep, size_t n,
    const struct gp_stand *stand, uint32_t *to)
{
	uint32_t *df = malloc((n + 1) * sizeof(*df));
	size_t i, b = 0;

	c->idf = malloc((n + 1) * sizeof(*c->idf));
	if (df == NULL || c->idf == NULL) {
		c->bad = 1;
		free(df);
		return;
	}
	qsort(keep, n, sizeof(*keep), by_key);
	memset(to, 0xff, (c->n + 1) * sizeof(*to));
	for (i = 0; i < n; i++) {
		to[keep[i].old] = (uint32_t)i;
		df[i] = c->df[keep[i].old];
	}
	for (i = 0; i < n; i++)
		c->key[i] = keep[i].key;
	free(c->back);
	c->back = NULL;
	for (i = 0; i < stand->n; i++)
		if (stand->in[i] != GP_NO_FEATURE)
			to[i] = to[stand->in[i]];
	free(c->df);
	c->df = df;
	c->n = n;
	for (i = 0; i < n; i++) {
		c->idf[i] = idf(c, i);
		while (b <= (size_t)gp_feature_block(c->key[i]))
			c->first[b++] = (uint32_t)i;
	}
	while (b <= GP_BLOCKS)
		c->first[b++] = (uint32_t)n;
}

static void
norm(const struct gp_corpus *c, struct gp_row *r, const uint32_t *e, size_t n)
{
	float sum[GP_BLOCKS] = { 0 }, x;
	size_t i;
	int b;

	for (i = 0; i < n; i++) {
		b = (int)gp_feature_block(c->key[e[i] >> 8]);
		x = gp_feature_tf(e[i] & 0xff) * c->idf[e[i] >> 8];
		sum[b] += x * x;
	}
	r->square = sum[GP_BLOCK_SIDE];
	for (b = 0; b < 2; b++) {
		r->norm[b] = sum[b] > 0 ? 1 / sqrtf(sum[b]) : 0;
		r->square += sum[b] > 0;
	}
}

static int
by_number(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return x < y ? -1 : x > y;
}

/* A sorted row, in which features that became one are one; returns how many. */
static size_t
join(uint32_t *e, size_t n)
{
	size_t i, to = 0;
	uint32_t times;

	for (i = 0; i < n; i++) {
		if (to == 0 || e[to - 1] >> 8 != e[i] >> 8) {
			e[to++] = e[i];
			continue;
		}
		times = (e[to - 1] & 0xff) + (e[i] & 0xff);
		e[to - 1] = (e[i] & ~0xffu) | (times < 255 ? times : 255);
	}
	return to;
}

static void
rewrite(struct gp_corpus *c, const uint32_t *to)
{
	size_t i, k, from, end, n = 0;
	uint32_t id;

	for (i = 0; i < c->rows; i++) {
		from = c->row[i].at;
		end = c->row[i + 1].at;
		c->row[i].at = n;
		for (k = from; k < end; k++) {
			id = to[c->entry[k] >> 8];
			if (id != GP_NO_FEATURE)
				c->entry[n++] = id << 8 | (c->entry[k] & 0xff);
		}
		from = c->row[i].at;
		if (n > from)
			qsort(c->entry + from, n - from, sizeof(*c->entry),
			    by_number);
		n = from + join(c->entry + from, n - from);
		norm(c, &c->row[i], c->entry + from, n - from);
	}
	if (c->rows > 0)
		c->row[c->rows].at = n;
	c->entries = n;
}

/* A feature for each label of the head that others see. */
static void
score_features(struct gp_corpus *c, uint32_t df)
{
	const struct gp_names *t = &c->names[c->seen];
	uint32_t id;
	size_t i;

	for (i = 0; i < t->n; i++) {
		while (c->n > c->slots / 4 && !c->bad)
			gp_corpus_widen(c);
		id = gp_corpus_number(c,
		    gp_feature_key(GP_BLOCK_SCORE, gp_span_of(c->head[c->seen]),
			t->name[i]),
		    0);
		if (id == GP_NO_FEATURE)
			c->bad = 1;
		else
			c->df[id] = df;
	}
}

static int
keep_features(struct gp_corpus *c)
{
	struct gp_stand stand;
	struct place *keep;
	uint32_t *to;
	size_t i, n = 0;

	if (gp_stand_init(&stand, c, c->least, c->most) == -1)
		return -1;
	keep = malloc((c->n + 1) * sizeof(*keep));
	to = malloc((c->n + 1) * sizeof(*to));
	c->bad |= keep == NULL || to == NULL;
	if (!c->bad) {
		for (i = 0; i < c->n; i++)
			if (c->df[i] >=
			    (i < stand.n ? stand.least : stand.least_in))
				keep[n++] =
				    (struct place){ c->key[i], (uint32_t)i };
		renumber(c, keep, n, &stand, to);
	}
	if (!c->bad)
		rewrite(c, to);
	free(keep);
	free(to);
	gp_stand_release(&stand);
	return c->bad ? -1 : 0;
}

int
gp_corpus_choose(struct gp_corpus *c)
{
	const struct gp_names *t = &c->names[c->seen != -1 ? c->seen : 0];
	size_t h, i;

	if (keep_features(c) == -1)
		return -1;
	for (i = c->first[GP_BLOCK_SCORE]; i < c->n && c->seen != -1; i++)
		for (h = 0; h < t->n; h++)
			if (gp_feature_key(GP_BLOCK_SCORE,
				gp_span_of(c->head[c->seen]),
				t->name[h]) == c->key[i])
				c->score_id[h] = (uint32_t)i;
	free(c->slot);
	c->slot = NULL;
	return 0;
}

static int
keep_raw(struct gp_corpus *c)
{
	c->raw = malloc(sizeof(*c->raw));
	return c->raw != NULL ? gp_part_copy(c->raw, c) : -1;
}

int
gp_corpus_finish(struct gp_corpus *c, uint32_t least, size_t most, size_t raw)
{
	size_t h;

	if (c->bad || drop_repeats(c) == -1)
		return -1;
	for (h = 0; h < c->heads; h++)
		if (sort_names(c, h) == -1)
			return -1;
	c->least = least;
	c->most = most;
	c->texts = c->rows;
	if (c->seen != -1)
		score_features(c, UINT32_MAX);
	if (c->bad || (c->rows <= raw && keep_raw(c) == -1) ||
	    gp_corpus_choose(c) == -1)
		return -1;
	gp_features_free(c->features);
	c->features = NULL;
	return 0;
}
