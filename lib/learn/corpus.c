#include "learn/corpus.h"

#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

#include "learn/part.h"

/* Room for one more of an array that doubles. */
static void *
grown(void *p, size_t n, size_t *cap, size_t size)
{
	size_t want = *cap;

	if (n < *cap)
		return p;
	want = want ? 2 * want : 1024;
	p = realloc(p, want * size);
	if (p != NULL)
		*cap = want;
	return p;
}

/* A new key gets the next number; in a full table it is left out. */
uint32_t
gp_corpus_number(void *ctx, uint64_t key, uint64_t back)
{
	struct gp_corpus *c = ctx;
	size_t i, cap = c->n_cap;
	void *p;

	/* One text may bring more than the table was widened for. */
	if (c->n >= c->slots / 2 && !c->bad)
		gp_corpus_widen(c);
	if (c->bad)
		return GP_NO_FEATURE;
	for (i = key & (c->slots - 1); c->slot[i] != 0;
	     i = (i + 1) & (c->slots - 1))
		if (c->key[c->slot[i] - 1] == key)
			return c->slot[i] - 1;
	if (c->n == GP_MOST_FEATURES)
		return GP_NO_FEATURE;
	p = grown(c->key, c->n, &cap, sizeof(*c->key));
	if (p != NULL) {
		c->key = p;
		cap = c->n_cap;
		p = grown(c->back, c->n, &cap, sizeof(*c->back));
	}
	if (p != NULL) {
		c->back = p;
		p = grown(c->df, c->n, &c->n_cap, sizeof(*c->df));
	}
	if (p == NULL) {
		c->bad = 1;
		return GP_NO_FEATURE;
	}
	c->df = p;
	c->key[c->n] = key;
	c->back[c->n] = back;
	c->df[c->n] = 0;
	c->slot[i] = (uint32_t)++c->n;
	return (uint32_t)(c->n - 1);
}

void
gp_corpus_widen(struct gp_corpus *c)
{
	size_t slots = 2 * c->slots, i, k;
	uint32_t *slot = calloc(slots, sizeof(*slot));

	if (slot == NULL) {
		c->bad = 1;
		return;
	}
	for (k = 0; k < c->n; k++) {
		i = c->key[k] & (slots - 1);
		while (slot[i] != 0)
			i = (i + 1) & (slots - 1);
		slot[i] = (uint32_t)k + 1;
	}
	free(c->slot);
	c->slot = slot;
	c->slots = slots;
}

int
gp_corpus_init(struct gp_corpus *c, int what)
{
	memset(c, 0, sizeof(*c));
	gp_pool_init(&c->pool);
	c->what = what;
	c->seen = -1;
	c->slots = 1 << 16;
	c->slot = calloc(c->slots, sizeof(*c->slot));
	c->features = gp_features_new(what, gp_corpus_number, c);
	if (c->slot != NULL && c->features != NULL)
		return 0;
	gp_corpus_release(c);
	return -1;
}

void
gp_corpus_release(struct gp_corpus *c)
{
	size_t h;

	for (h = 0; h < GP_MOST_HEADS; h++) {
		free(c->names[h].name);
		free(c->names[h].slot);
		free(c->label[h]);
	}
	if (c->raw != NULL)
		gp_part_release(c->raw);
	free(c->raw);
	free(c->entry);
	free(c->row);
	free(c->id);
	free(c->key);
	free(c->back);
	free(c->df);
	free(c->idf);
	free(c->slot);
	gp_features_free(c->features);
	gp_pool_release(&c->pool);
	memset(c, 0, sizeof(*c));
}

/* Names are few; the slots are made once and hold all there may be. */
static int32_t
name(struct gp_corpus *c, struct gp_names *t, struct gp_span s)
{
	size_t i;
	void *p;

	if (t->slot == NULL) {
		t->slots = 4 * GP_MOST_CLASSES;
		t->slot = calloc(t->slots, sizeof(*t->slot));
		if (t->slot == NULL) {
			c->bad = 1;
			return GP_UNLABELLED;
		}
	}
	i = XXH64(s.p, s.n, 0) & (t->slots - 1);
	for (; t->slot[i] != 0; i = (i + 1) & (t->slots - 1))
		if (gp_span_eq(t->name[t->slot[i] - 1], s))
			return (int32_t)t->slot[i] - 1;
	if (t->n == GP_MOST_CLASSES) {
		c->full = 1;
		return GP_UNLABELLED;
	}
	p = grown(t->name, t->n, &t->cap, sizeof(*t->name));
	if (p == NULL) {
		c->bad = 1;
		return GP_UNLABELLED;
	}
	t->name = p;
	t->name[t->n] = gp_pool_copy(&c->pool, s);
	t->slot[i] = (uint32_t)++t->n;
	return (int32_t)t->n - 1;
}

static void
entry(struct gp_corpus *c, uint32_t id, uint32_t n)
{
	uint32_t *p =
	    grown(c->entry, c->entries, &c->entries_cap, sizeof(*c->entry));

	if (p == NULL) {
		c->bad = 1;
		return;
	}
	c->entry = p;
	c->entry[c->entries++] = id << 8 | (n < 255 ? n : 255);
	c->df[id]++;
}

static int
room(struct gp_corpus *c)
{
	size_t cap = c->rows_cap, old = cap, h;
	void *p;

	if (c->rows + 1 < cap)
		return 0;
	p = grown(c->row, cap, &cap, sizeof(*c->row));
	if (p == NULL)
		return -1;
	c->row = p;
	for (h = 0; h < c->heads; h++) {
		p = realloc(c->label[h], cap * sizeof(*c->label[h]));
		if (p == NULL)
			return -1;
		c->label[h] = p;
	}
	p = realloc(c->id, cap * sizeof(*c->id));
	if (p == NULL)
		return -1;
	c->id = p;
	if (old == 0)
		c->row[0].at = 0;
	c->rows_cap = cap;
	return 0;
}

void
gp_corpus_add(struct gp_corpus *c, const struct gp_lesson *in)
{
	struct gp_bag bag;
	size_t i, h;
	uint32_t id;

	while (c->n > c->slots / 4 && !c->bad)
		gp_corpus_widen(c);
	if (c->bad || room(c) == -1 ||
	    gp_features_text(c->features, in->text, &bag) == -1) {
		c->bad = 1;
		return;
	}
	for (i = 0; i < bag.n && !c->bad; i++)
		entry(c, bag.hit[i].id, bag.hit[i].n);
	for (i = 0; i < in->sides && !c->bad; i++) {
		id = gp_corpus_number(c, in->side[i], 0);
		if (id != GP_NO_FEATURE)
			entry(c, id, 1);
	}
	for (h = 0; h < c->heads; h++)
		c->label[h][c->rows] = in->label[h].p != NULL
		    ? name(c, &c->names[h], in->label[h])
		    : GP_UNLABELLED;
	c->id[c->rows] = in->id;
	c->row[++c->rows].at = c->entries;
	if (c->pool.bad)
		c->bad = 1;
}
