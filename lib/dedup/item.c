#include "dedup/item.h"

#include <string.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

uint64_t
gp_dedup_hash(struct gp_span s, uint64_t seed)
{
	uint64_t h = XXH3_64bits_withSeed(s.p, s.n, seed);

	return h + (h == 0);
}

/* Little-endian on every machine: rows outlive the one that wrote them. */
static void
put(struct gp_buf *b, uint64_t v, size_t bytes)
{
	unsigned char *to = (unsigned char *)gp_buf_room(b, bytes);
	size_t i;

	if (to == NULL)
		return;
	for (i = 0; i < bytes; i++, v >>= 8)
		to[i] = v & 0xff;
	gp_buf_used(b, bytes);
}

void
gp_dedup_pack(const struct gp_dedup_item *it, struct gp_buf *b)
{
	const struct gp_sketch *s = &it->sketch;
	unsigned i;

	put(b, GP_DEDUP_VERSION, 1);
	put(b, it->kind, 1);
	put(b, it->similarity, 1);
	put(b, s->thanks, 1);
	put(b, (uint64_t)it->at, 8);
	put(b, it->page, 8);
	put(b, it->author, 8);
	put(b, it->thread, 8);
	put(b, it->direct, 8);
	put(b, it->topic, 4);
	put(b, it->group, 4);
	put(b, s->words, 2);
	put(b, s->places, 2);
	put(b, s->keys, 2);
	put(b, it->id.n, 2);
	put(b, it->duplicate_of.n, 2);
	put(b, it->repeat_of.n, 2);
	for (i = 0; i < s->words; i++) {
		put(b, s->word[i].hash, 4);
		put(b, s->word[i].shape, 4);
	}
	for (i = 0; i < s->places; i++) {
		put(b, s->place[i].name, 4);
		put(b, s->place[i].house, 4);
	}
	for (i = 0; i < s->keys; i++)
		put(b, s->key[i], 4);
	gp_buf_add(b, it->id.p, it->id.n);
	gp_buf_add(b, it->duplicate_of.p, it->duplicate_of.n);
	gp_buf_add(b, it->repeat_of.p, it->repeat_of.n);
}

enum {
	HEAD = 4 + 8 * 5 + 4 * 2 + 2 * 6,
};

static uint64_t
get(const char **p, size_t bytes)
{
	uint64_t v = 0;
	size_t i;

	for (i = 0; i < bytes; i++)
		v |= (uint64_t)(unsigned char)(*p)[i] << 8 * i;
	*p += bytes;
	return v;
}

static int
head(const char **p, struct gp_dedup_item *it)
{
	if (get(p, 1) != GP_DEDUP_VERSION)
		return -1;
	it->kind = (uint8_t)get(p, 1);
	it->similarity = (uint8_t)get(p, 1);
	it->sketch.thanks = (uint8_t)get(p, 1);
	it->at = (gp_instant)get(p, 8);
	it->page = get(p, 8);
	it->author = get(p, 8);
	it->thread = get(p, 8);
	it->direct = get(p, 8);
	it->topic = (uint32_t)get(p, 4);
	it->group = (uint32_t)get(p, 4);
	it->sketch.words = (uint16_t)get(p, 2);
	it->sketch.places = (uint16_t)get(p, 2);
	it->sketch.keys = (uint16_t)get(p, 2);
	it->id.n = get(p, 2);
	it->duplicate_of.n = get(p, 2);
	it->repeat_of.n = get(p, 2);
	if (it->kind != GP_DEDUP_APPEAL && it->kind != GP_DEDUP_REPLY)
		return -1;
	/* Such instants can be subtracted without a thought. */
	return it->at > -(1ll << 40) && it->at < 1ll << 40 ? 0 : -1;
}

static int
fits(const struct gp_dedup_item *it, size_t left)
{
	const struct gp_sketch *s = &it->sketch;

	return s->words <= GP_SKETCH_WORDS && s->places <= GP_SKETCH_PLACES &&
	    s->keys <= GP_SKETCH_KEYS && it->id.n > 0 &&
	    it->id.n <= GP_DEDUP_ID && it->duplicate_of.n <= GP_DEDUP_ID &&
	    it->repeat_of.n <= GP_DEDUP_ID && it->similarity <= 100 &&
	    left ==
	    (s->words + s->places) * 8u + s->keys * 4u + it->id.n +
		it->duplicate_of.n + it->repeat_of.n;
}

static struct gp_span
text(const char **p, size_t n)
{
	struct gp_span s = { *p, n };

	*p += n;
	return s;
}

int
gp_dedup_unpack(
    struct gp_span row, struct gp_dedup_room *r, struct gp_dedup_item *it)
{
	const char *p = row.p;
	unsigned i;

	memset(it, 0, sizeof(*it));
	if (row.n < HEAD || head(&p, it) == -1 || !fits(it, row.n - HEAD))
		return -1;
	for (i = 0; i < it->sketch.words; i++) {
		r->word[i].hash = (uint32_t)get(&p, 4);
		r->word[i].shape = (uint32_t)get(&p, 4);
	}
	for (i = 0; i < it->sketch.places; i++) {
		r->place[i].name = (uint32_t)get(&p, 4);
		r->place[i].house = (uint32_t)get(&p, 4);
	}
	for (i = 0; i < it->sketch.keys; i++)
		r->key[i] = (uint32_t)get(&p, 4);
	it->sketch.word = r->word;
	it->sketch.place = r->place;
	it->sketch.key = r->key;
	it->id = text(&p, it->id.n);
	it->duplicate_of = text(&p, it->duplicate_of.n);
	it->repeat_of = text(&p, it->repeat_of.n);
	return 0;
}
