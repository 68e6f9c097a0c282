#include "report/dict.h"

#include <stdlib.h>
#include <string.h>

#include "report/hash.h"

void
gp_dict_init(struct gp_dict *d, size_t most)
{
	memset(d, 0, sizeof(*d));
	pthread_mutex_init(&d->lock, NULL);
	d->most = most;
}

void
gp_dict_release(struct gp_dict *d)
{
	size_t i;

	for (i = 1; i <= d->n; i++)
		free((char *)(uintptr_t)d->name[i].p);
	free(d->hash);
	free(d->name);
	free(d->slot);
	pthread_mutex_destroy(&d->lock);
	memset(d, 0, sizeof(*d));
}

static uint32_t *
slot_of(const struct gp_dict *d, uint64_t hash)
{
	size_t i = hash & d->mask;

	while (d->slot[i] != 0 && d->hash[d->slot[i]] != hash)
		i = (i + 1) & d->mask;
	return &d->slot[i];
}

/* Number 0 is taken by no name, so there is one place more than names. */
static int
grow(struct gp_dict *d)
{
	size_t cap = d->cap == 0 ? 64 : d->cap * 2, i;
	uint64_t *hash = realloc(d->hash, (cap + 1) * sizeof(*hash));
	struct gp_span *name;
	uint32_t *slot;

	if (hash != NULL)
		d->hash = hash;
	name = realloc(d->name, (cap + 1) * sizeof(*name));
	if (name != NULL)
		d->name = name;
	slot = calloc(cap * 2, sizeof(*slot));
	if (hash == NULL || name == NULL || slot == NULL) {
		free(slot);
		return -1;
	}
	free(d->slot);
	d->slot = slot;
	d->cap = cap;
	d->mask = cap * 2 - 1;
	for (i = 1; i <= d->n; i++)
		*slot_of(d, d->hash[i]) = (uint32_t)i;
	return 0;
}

/* Whoever asks for a name cuts it the same way; never inside a sign. */
static struct gp_span
cut(struct gp_span name)
{
	if (name.n <= GP_DICT_BYTES)
		return name;
	name.n = GP_DICT_BYTES;
	while (name.n > 0 && ((unsigned char)name.p[name.n] & 0xc0) == 0x80)
		name.n--;
	return name;
}

static uint32_t
put(struct gp_dict *d, uint64_t hash, struct gp_span name)
{
	uint32_t *slot = d->cap > 0 ? slot_of(d, hash) : NULL;

	if (slot != NULL && *slot != 0)
		return *slot;
	if (d->n == d->most)
		return (uint32_t)d->most + 1;
	if (d->n == d->cap && grow(d) == -1) {
		d->bad = 1;
		return 0;
	}
	name.p = gp_span_dup(name);
	if (name.p == NULL) {
		d->bad = 1;
		return 0;
	}
	d->name[++d->n] = name;
	d->hash[d->n] = hash;
	*slot_of(d, hash) = (uint32_t)d->n;
	return (uint32_t)d->n;
}

void
gp_dict_cache_init(struct gp_dict_cache *c, struct gp_dict *d)
{
	memset(c, 0, sizeof(*c));
	c->dict = d;
}

void
gp_dict_cache_release(struct gp_dict_cache *c)
{
	free(c->hash);
	free(c->no);
	c->hash = NULL;
	c->no = NULL;
	c->n = c->mask = 0;
}

static size_t
place(const struct gp_dict_cache *c, uint64_t hash)
{
	size_t i = hash & c->mask;

	while (c->no[i] != 0 && c->hash[i] != hash)
		i = (i + 1) & c->mask;
	return i;
}

/* A cache without memory asks the dict each time: slower, and right. */
static void
remember(struct gp_dict_cache *c, uint64_t hash, uint32_t no)
{
	struct gp_dict_cache to = *c;
	size_t i, j;

	if (c->no == NULL || c->n * 2 > c->mask) {
		to.mask = c->no == NULL ? 127 : c->mask * 2 + 1;
		to.hash = calloc(to.mask + 1, sizeof(*to.hash));
		to.no = calloc(to.mask + 1, sizeof(*to.no));
		if (to.hash == NULL || to.no == NULL) {
			gp_dict_cache_release(&to);
			return;
		}
		for (i = 0; c->no != NULL && i <= c->mask; i++) {
			if (c->no[i] == 0)
				continue;
			j = place(&to, c->hash[i]);
			to.hash[j] = c->hash[i];
			to.no[j] = c->no[i];
		}
		gp_dict_cache_release(c);
		*c = to;
	}
	i = place(c, hash);
	c->hash[i] = hash;
	c->no[i] = no;
	c->n++;
}

uint32_t
gp_dict_no(struct gp_dict_cache *c, struct gp_span name)
{
	uint64_t hash;
	uint32_t no;

	if (name.n == 0)
		return 0;
	name = cut(name);
	hash = gp_hash(name);
	if (hash == c->last && c->last_no != 0)
		return c->last_no;
	no = c->no != NULL ? c->no[place(c, hash)] : 0;
	if (no == 0) {
		pthread_mutex_lock(&c->dict->lock);
		no = put(c->dict, hash, name);
		pthread_mutex_unlock(&c->dict->lock);
		if (no != 0)
			remember(c, hash, no);
	}
	c->last = hash;
	c->last_no = no;
	return no;
}

struct gp_span
gp_dict_name(const struct gp_dict *d, uint32_t no)
{
	if (no == 0 || no > d->n)
		return (struct gp_span){ NULL, 0 };
	return d->name[no];
}

uint32_t
gp_dict_find(const struct gp_dict *d, struct gp_span name)
{
	if (name.n == 0 || d->cap == 0)
		return 0;
	return *slot_of(d, gp_hash(cut(name)));
}
