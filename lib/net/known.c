#include "net/known.h"

#include <stdlib.h>
#include <string.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

void
gp_known_init(struct gp_known *k)
{
	memset(k, 0, sizeof(*k));
}

void
gp_known_release(struct gp_known *k)
{
	size_t i;

	for (i = 0; i < k->n; i++)
		free((char *)k->v[i].id.p);
	free(k->v);
	free(k->slot);
	gp_known_init(k);
}

/* The slot that has the id, or the empty one where it belongs. */
static uint32_t *
slot_of(const struct gp_known *k, struct gp_span id)
{
	size_t i = XXH3_64bits(id.p, id.n) & (k->slots - 1);

	while (k->slot[i] != 0 && !gp_span_eq(k->v[k->slot[i] - 1].id, id))
		i = (i + 1) & (k->slots - 1);
	return &k->slot[i];
}

struct gp_known_id *
gp_known_find(const struct gp_known *k, struct gp_span id)
{
	uint32_t *s = k->slots > 0 ? slot_of(k, id) : NULL;

	return s != NULL && *s != 0 ? &k->v[*s - 1] : NULL;
}

/* Room for one more, the table at most half full. -1: no memory. */
static int
room(struct gp_known *k)
{
	size_t cap = k->cap > 0 ? k->cap * 2 : 16, i;
	struct gp_known_id *v;
	uint32_t *slot;

	if (k->n < k->cap)
		return 0;
	v = realloc(k->v, cap * sizeof(*v));
	if (v == NULL)
		return -1;
	k->v = v;
	slot = calloc(cap * 2, sizeof(*slot));
	if (slot == NULL)
		return -1;
	free(k->slot);
	k->slot = slot;
	k->slots = cap * 2;
	k->cap = cap;
	for (i = 0; i < k->n; i++)
		*slot_of(k, k->v[i].id) = (uint32_t)i + 1;
	return 0;
}

struct gp_known_id *
gp_known_put(struct gp_known *k, struct gp_span id, gp_instant at)
{
	struct gp_known_id *v = gp_known_find(k, id);

	if (v != NULL) {
		if (at != 0)
			v->at = at;
		return v;
	}
	if (room(k) == -1) {
		k->bad = 1;
		return NULL;
	}
	v = &k->v[k->n];
	memset(v, 0, sizeof(*v));
	v->id = (struct gp_span){ gp_span_dup(id), id.n };
	v->at = at;
	if (v->id.p == NULL) {
		k->bad = 1;
		return NULL;
	}
	*slot_of(k, id) = (uint32_t)++k->n;
	return v;
}

void
gp_known_load(struct gp_known *k, struct gp_look *l, struct gp_json list)
{
	struct gp_json_obj all = gp_look_in(l, list), pair;
	struct gp_known_id *v;
	int64_t at;
	size_t i;

	for (i = 0; i < all.n; i++) {
		pair = gp_look_in(l, all.m[i].value);
		at = 0;
		if (pair.n > 1)
			gp_json_int(pair.m[1].value, &at);
		if (pair.n == 0)
			continue;
		v = gp_known_put(k, gp_look_text(l, pair.m[0].value), at);
		if (v != NULL)
			v->before = 1;
	}
}

void
gp_known_save(const struct gp_known *k, struct gp_jw *w, int unseen, size_t max)
{
	size_t i, n = 0, skip;

	for (i = 0; i < k->n; i++)
		n += k->v[i].seen || unseen;
	skip = n > max ? n - max : 0;
	gp_jw_open(w, '[');
	for (i = 0; i < k->n; i++) {
		if (!k->v[i].seen && !unseen)
			continue;
		if (skip > 0) {
			skip--;
			continue;
		}
		gp_jw_open(w, '[');
		gp_jw_text(w, k->v[i].id);
		gp_jw_int(w, k->v[i].at);
		gp_jw_close(w, ']');
	}
	gp_jw_close(w, ']');
}
