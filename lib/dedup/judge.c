#include "dedup/dedup.h"

#include <stdlib.h>
#include <string.h>

#include "dedup/index.h"
#include "text/similar.h"

enum {
	CANDIDATES = 256, /* compared word by word, for one appeal */
	AHEAD = 8,        /* candidates fetched from memory before */
	EARLIER = 64,     /* appeals of one person that are looked at */
	ANSWERS = 256,    /* replies in one thread that are looked at */
	LEAST_TRIM = 65536,
};

struct gp_dedup {
	struct gp_dedup_limits limit;
	struct gp_dedup_index index;
	size_t saved;   /* items before it are kept, or need not be */
	size_t trim_at; /* items in memory at which the old ones go */
};

struct gp_dedup *
gp_dedup_new(const struct gp_dedup_limits *limit)
{
	struct gp_dedup *d = calloc(1, sizeof(*d));

	if (d == NULL)
		return NULL;
	d->limit = *limit;
	d->trim_at = LEAST_TRIM;
	gp_dedup_index_init(&d->index);
	return d;
}

void
gp_dedup_free(struct gp_dedup *d)
{
	if (d == NULL)
		return;
	gp_dedup_index_release(&d->index);
	free(d);
}

static int
apart(gp_instant a, gp_instant b, long most)
{
	return (a > b ? a - b : b - a) > most;
}

/* Hundredths; 0: it duplicates nothing of that. */
static unsigned
duplicates(const struct gp_dedup *d, const struct gp_dedup_item *it,
    const struct gp_dedup_item *old)
{
	int own = it->author != 0 && it->author == old->author;

	if (apart(it->at, old->at, d->limit.window) ||
	    (!d->limit.across && it->page != old->page))
		return 0;
	if (gp_similar_fit(&it->sketch) && gp_similar_fit(&old->sketch))
		return gp_similar(&it->sketch, &old->sketch);
	/* A person who sends the same few words again. */
	if (own && gp_similar_fit_own(&it->sketch) &&
	    gp_similar(&it->sketch, &old->sketch) == 100)
		return 100;
	return 0;
}

static int
is_earlier(const struct gp_dedup_item *a, const struct gp_dedup_item *b)
{
	size_t n = a->id.n < b->id.n ? a->id.n : b->id.n;
	int order = memcmp(a->id.p, b->id.p, n);

	if (a->at != b->at)
		return a->at < b->at;
	return order != 0 ? order < 0 : a->id.n < b->id.n;
}

static void
find_duplicate(struct gp_dedup *d, struct gp_dedup_item *it)
{
	const struct gp_dedup_item *best = NULL, *old;
	uint32_t like[CANDIDATES];
	size_t n, i;
	unsigned r;

	if (!gp_similar_fit_own(&it->sketch))
		return;
	n = gp_dedup_index_like(
	    &d->index, it, d->limit.across, like, CANDIDATES);
	for (i = 0; i < n; i++) {
		old = &d->index.item[like[i]];
		if (i + AHEAD < n)
			__builtin_prefetch(
			    d->index.item[like[i + AHEAD]].sketch.word);
		if (best != NULL && !is_earlier(old, best))
			continue;
		r = duplicates(d, it, old);
		if (r == 0)
			continue;
		best = old;
		it->similarity = (uint8_t)r;
	}
	if (best != NULL)
		it->duplicate_of = best->id;
}

/* 1: the page replied under that key, between the two and lately. */
static int
replied_at(const struct gp_dedup *d, uint64_t key,
    const struct gp_dedup_item *old, const struct gp_dedup_item *it)
{
	const struct gp_chain *c = &d->index.reply;
	uint32_t i = gp_chain_first(c, (uint32_t)key);
	const struct gp_dedup_item *r;
	int n = 0;

	for (; i != GP_CHAIN_END && n < ANSWERS; i = gp_chain_next(c, i), n++) {
		r = &d->index.item[c->link[i].item];
		if ((r->direct == key || r->thread == key) &&
		    r->at >= old->at && r->at <= it->at &&
		    it->at - r->at <= d->limit.repeat)
			return 1;
	}
	return 0;
}

static int
replied(const struct gp_dedup *d, const struct gp_dedup_item *old,
    const struct gp_dedup_item *it)
{
	return replied_at(d, gp_dedup_hash(old->id, 0), old, it) ||
	    (old->thread != 0 && replied_at(d, old->thread, old, it));
}

static int
same_topic(const struct gp_dedup_item *a, const struct gp_dedup_item *b)
{
	if (a->topic != 0 && b->topic != 0)
		return a->topic == b->topic;
	if (a->group != 0 && b->group != 0)
		return a->group == b->group;
	return gp_similar_matter(&a->sketch, &b->sketch);
}

static int
repeats(const struct gp_dedup *d, const struct gp_dedup_item *it,
    const struct gp_dedup_item *old)
{
	enum gp_where where;

	if (old->author != it->author || old->at >= it->at ||
	    old->sketch.thanks || !gp_similar_fit_own(&old->sketch))
		return 0;
	where = gp_similar_where(&it->sketch, &old->sketch);
	return where != GP_WHERE_OTHER &&
	    (where == GP_WHERE_SAME || it->page == old->page) &&
	    same_topic(it, old) && replied(d, old, it);
}

/* The latest of the person's appeals that was answered. */
static void
find_repeat(const struct gp_dedup *d, struct gp_dedup_item *it)
{
	const struct gp_chain *c = &d->index.author;
	const struct gp_dedup_item *best = NULL, *old;
	uint32_t i = gp_chain_first(c, (uint32_t)it->author);
	int n;

	if (it->author == 0 || !gp_similar_fit_own(&it->sketch))
		return;
	for (n = 0; i != GP_CHAIN_END && n < EARLIER;
	     i = gp_chain_next(c, i), n++) {
		old = &d->index.item[c->link[i].item];
		if ((best == NULL || is_earlier(best, old)) &&
		    repeats(d, it, old))
			best = old;
	}
	if (best != NULL)
		it->repeat_of = best->id;
}

int
gp_dedup_judge(struct gp_dedup *d, struct gp_dedup_item *it)
{
	const struct gp_dedup_item *old =
	    gp_dedup_index_find(&d->index, it->id);

	it->duplicate_of = it->repeat_of = (struct gp_span){ NULL, 0 };
	it->similarity = 0;
	if (old == NULL) {
		/* Who asks again after an answer waits for one: that is not
		 * the same as a copy, even in the same words. */
		if (it->kind == GP_DEDUP_APPEAL) {
			find_repeat(d, it);
			if (it->repeat_of.n == 0)
				find_duplicate(d, it);
		}
		old = gp_dedup_index_add(&d->index, it, d->limit.across);
	}
	if (old == NULL)
		return -1;
	it->duplicate_of = old->duplicate_of;
	it->repeat_of = old->repeat_of;
	it->similarity = old->similarity;
	return 0;
}

int
gp_dedup_load(struct gp_dedup *d, const struct gp_dedup_engine *engine,
    void *handle, struct gp_dedup_fault *f)
{
	struct gp_dedup_row row;
	struct gp_dedup_room room;
	struct gp_dedup_item it;
	int r;

	while ((r = engine->next(handle, GP_DEDUP_VERSION, &row, f)) == 1) {
		if (gp_dedup_unpack(row.data, &room, &it) == -1 ||
		    !gp_span_eq(it.id, row.id)) {
			f->exit = GP_DATA;
			return gp_because(&f->why,
			    "the row of '%.*s' in the index is damaged",
			    (int)(row.id.n < 99 ? row.id.n : 99), row.id.p);
		}
		if (gp_dedup_index_add(&d->index, &it, d->limit.across) ==
		    NULL) {
			f->exit = GP_SOFTWARE;
			return gp_because(&f->why, "no memory");
		}
	}
	d->saved = d->index.n;
	return r;
}

size_t
gp_dedup_waiting(const struct gp_dedup *d)
{
	return d->index.n - d->saved;
}

/* Twice what is compared: what the edge was decided by is still there. */
static gp_instant
horizon(const struct gp_dedup *d)
{
	long span = d->limit.window > d->limit.repeat ? d->limit.window
						      : d->limit.repeat;
	gp_instant newest = d->index.newest;

	/* One record out of the future must not empty the index. */
	if (newest > d->limit.now)
		newest = d->limit.now;
	return newest == INT64_MIN ? newest : newest - 2 * (gp_instant)span;
}

static int
trim(struct gp_dedup *d, gp_instant before)
{
	struct gp_dedup_index young;
	size_t i;

	gp_dedup_index_init(&young);
	for (i = 0; i < d->index.n; i++)
		if (d->index.item[i].at >= before &&
		    gp_dedup_index_add(
			&young, &d->index.item[i], d->limit.across) == NULL) {
			gp_dedup_index_release(&young);
			return -1;
		}
	young.newest = d->index.newest;
	gp_dedup_index_release(&d->index);
	d->index = young;
	d->saved = young.n;
	d->trim_at = young.n * 2 > LEAST_TRIM ? young.n * 2 : LEAST_TRIM;
	return 0;
}

static int
keep(struct gp_dedup *d, const struct gp_dedup_engine *engine, void *handle,
    struct gp_dedup_fault *f)
{
	size_t n = gp_dedup_waiting(d), i, from;
	struct gp_dedup_row *row = calloc(n + 1, sizeof(*row));
	struct gp_dedup_item *it = d->index.item + d->saved;
	struct gp_buf all;
	int r = -1;

	gp_buf_init(&all, 1024 * GP_MIB);
	f->exit = GP_SOFTWARE;
	gp_because(&f->why, "no memory");
	for (i = 0; row != NULL && i < n; i++) {
		from = all.n;
		gp_dedup_pack(&it[i], &all);
		row[i] = (struct gp_dedup_row){ it[i].id, it[i].at,
			{ NULL, all.n - from } };
	}
	if (row != NULL && !all.bad) {
		for (i = 0, from = 0; i < n; from += row[i++].data.n)
			row[i].data.p = all.p + from;
		r = engine->save(
		    handle, GP_DEDUP_VERSION, row, n, horizon(d), f);
	}
	free(row);
	gp_buf_release(&all);
	return r;
}

int
gp_dedup_save(struct gp_dedup *d, const struct gp_dedup_engine *engine,
    void *handle, struct gp_dedup_fault *f)
{
	if (engine != NULL && gp_dedup_waiting(d) > 0 &&
	    keep(d, engine, handle, f) == -1)
		return -1;
	d->saved = d->index.n;
	if (d->index.n >= d->trim_at && trim(d, horizon(d)) == -1) {
		f->exit = GP_SOFTWARE;
		return gp_because(&f->why, "no memory");
	}
	return 0;
}
