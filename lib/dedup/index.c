#include "dedup/index.h"

#include <stdlib.h>
#include <string.h>

enum {
	WALK = 1024, /* links looked at under one key */
};

void
gp_dedup_index_init(struct gp_dedup_index *x)
{
	memset(x, 0, sizeof(*x));
	gp_pool_init(&x->pool);
	x->newest = INT64_MIN;
}

void
gp_dedup_index_release(struct gp_dedup_index *x)
{
	free(x->item);
	free(x->asked);
	gp_pool_release(&x->pool);
	gp_chain_release(&x->id);
	gp_chain_release(&x->like);
	gp_chain_release(&x->author);
	gp_chain_release(&x->reply);
}

static int
grow(struct gp_dedup_index *x)
{
	size_t cap = x->cap + x->cap / 2 + 1024;
	struct gp_dedup_item *item;
	uint32_t *asked;

	if (x->n < x->cap)
		return 0;
	item = realloc(x->item, cap * sizeof(*item));
	if (item == NULL)
		return -1;
	x->item = item;
	asked = realloc(x->asked, cap * sizeof(*asked));
	if (asked == NULL)
		return -1;
	x->asked = asked;
	x->cap = cap;
	return 0;
}

/* What is empty takes no memory. */
static const void *
copy(struct gp_pool *p, const void *from, size_t n)
{
	void *to = n > 0 ? gp_pool_alloc(p, n) : NULL;

	if (to != NULL)
		memcpy(to, from, n);
	return to;
}

static struct gp_span
copy_span(struct gp_pool *p, struct gp_span s)
{
	s.p = copy(p, s.p, s.n);
	return s;
}

static uint32_t
like_key(uint32_t key, const struct gp_dedup_item *it, int across)
{
	return across ? key : key ^ (uint32_t)it->page;
}

static int
link_all(struct gp_dedup_index *x, const struct gp_dedup_item *it,
    const struct gp_sketch *s, uint32_t n, int across)
{
	int bad, i;

	bad = gp_chain_add(&x->id, (uint32_t)gp_dedup_hash(it->id, 0), n);
	if (it->kind == GP_DEDUP_REPLY) {
		if (it->direct != 0)
			bad |= gp_chain_add(&x->reply, (uint32_t)it->direct, n);
		if (it->thread != 0 && it->thread != it->direct)
			bad |= gp_chain_add(&x->reply, (uint32_t)it->thread, n);
		return bad;
	}
	if (it->author != 0)
		bad |= gp_chain_add(&x->author, (uint32_t)it->author, n);
	if (it->duplicate_of.n == 0)
		for (i = 0; i < s->keys && !bad; i++)
			bad |= gp_chain_add(
			    &x->like, like_key(s->key[i], it, across), n);
	return bad;
}

struct gp_dedup_item *
gp_dedup_index_add(
    struct gp_dedup_index *x, const struct gp_dedup_item *from, int across)
{
	const struct gp_sketch *s = &from->sketch;
	struct gp_dedup_item *it;

	if (grow(x) == -1)
		return NULL;
	it = &x->item[x->n];
	*it = *from;
	it->id = copy_span(&x->pool, from->id);
	it->duplicate_of = copy_span(&x->pool, from->duplicate_of);
	it->repeat_of = copy_span(&x->pool, from->repeat_of);
	it->sketch.word = copy(&x->pool, s->word, s->words * sizeof(*s->word));
	it->sketch.place =
	    copy(&x->pool, s->place, s->places * sizeof(*s->place));
	/* Those of a duplicate are asked for by nobody. */
	if (from->duplicate_of.n > 0)
		it->sketch.keys = 0;
	it->sketch.key =
	    copy(&x->pool, s->key, it->sketch.keys * sizeof(*s->key));
	x->asked[x->n] = x->question;
	if (x->pool.bad ||
	    link_all(x, it, &it->sketch, (uint32_t)x->n, across) != 0)
		return NULL;
	x->n++;
	if (it->at > x->newest)
		x->newest = it->at;
	return it;
}

const struct gp_dedup_item *
gp_dedup_index_find(const struct gp_dedup_index *x, struct gp_span id)
{
	const struct gp_chain *c = &x->id;
	uint32_t i = gp_chain_first(c, (uint32_t)gp_dedup_hash(id, 0));

	for (; i != GP_CHAIN_END; i = gp_chain_next(c, i))
		if (gp_span_eq(x->item[c->link[i].item].id, id))
			return &x->item[c->link[i].item];
	return NULL;
}

size_t
gp_dedup_index_like(struct gp_dedup_index *x, const struct gp_dedup_item *it,
    int across, uint32_t *to, size_t most)
{
	const struct gp_chain *c = &x->like;
	uint32_t key[GP_SKETCH_KEYS];
	unsigned k, walked;
	uint32_t i, item;
	size_t n = 0;

	x->question++;
	for (k = 0; k < it->sketch.keys; k++)
		key[k] = like_key(it->sketch.key[k], it, across);
	gp_chain_ahead(c, key, it->sketch.keys);
	/* The sets of words stand last and say the most. */
	for (k = it->sketch.keys; k-- > 0 && n < most;) {
		i = gp_chain_first(c, key[k]);
		for (walked = 0; i != GP_CHAIN_END && n < most && walked < WALK;
		     i = gp_chain_next(c, i), walked++) {
			item = c->link[i].item;
			if (x->asked[item] == x->question)
				continue;
			x->asked[item] = x->question;
			__builtin_prefetch(&x->item[item].sketch);
			to[n++] = item;
		}
	}
	return n;
}
