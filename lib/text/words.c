#include "text/words.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "text/fold.h"

enum {
	FEW = 1 << 12, /* slots at first */
	SLOTS = 1 << 16,
	/* Hostile words may meet in one place; the search stays short. */
	PROBES = 64,
	KEYS = 1 << 20,
	ATOMS = 1 << 17,
	LONGEST = 255,
	KEY_HERE = 32,
	ATOMS_HERE = 5,
	LINE = 64,
};

/* One line of a processor's cache. */
struct slot {
	uint32_t hash;
	uint8_t len; /* 0: free */
	uint8_t n : 7, odd : 1;
	uint8_t letters, capitals;
	union {
		char here[KEY_HERE];
		uint32_t far; /* place in keys, of a longer one */
	} key;
	union {
		unsigned here[ATOMS_HERE];
		uint32_t far; /* place in atoms, of more */
	} atom;
	uint32_t pad;
};
_Static_assert(sizeof(struct slot) == LINE, "a slot is a line");

struct gp_words {
	gp_words_learn *learn;
	void *ctx;
	struct gp_stem *stem;
	struct gp_buf folded;
	struct slot *slot; /* within room, at a line's beginning */
	void *room;
	char *keys;
	unsigned *atoms;
	size_t slots; /* a power of two */
	size_t used, keys_n, atoms_n;
};

static void
forget(struct gp_words *w)
{
	if (w->used > 0)
		memset(w->slot, 0, w->slots * sizeof(*w->slot));
	w->used = w->keys_n = w->atoms_n = 0;
}

/* Slots anew, none taken; the old ones are the caller's. */
static int
make_slots(struct gp_words *w, size_t n)
{
	void *room = calloc(n + 1, sizeof(*w->slot));

	if (room == NULL)
		return -1;
	w->room = room;
	w->slot = (struct slot *)(((uintptr_t)room + LINE - 1) / LINE * LINE);
	w->slots = n;
	return 0;
}

struct gp_words *
gp_words_new(const char *language, gp_words_learn *how, void *ctx)
{
	struct gp_words *w = calloc(1, sizeof(*w));

	if (w == NULL)
		return NULL;
	w->learn = how;
	w->ctx = ctx;
	gp_buf_init(&w->folded, 0);
	w->stem = gp_stem_new(language);
	w->keys = malloc(KEYS);
	w->atoms = malloc(ATOMS * sizeof(*w->atoms));
	if (w->stem == NULL || make_slots(w, FEW) == -1 || w->keys == NULL ||
	    w->atoms == NULL) {
		gp_words_free(w);
		return NULL;
	}
	return w;
}

void
gp_words_free(struct gp_words *w)
{
	if (w == NULL)
		return;
	gp_buf_release(&w->folded);
	gp_stem_free(w->stem);
	free(w->room);
	free(w->keys);
	free(w->atoms);
	free(w);
}

static const char *
key_of(const struct gp_words *w, const struct slot *s)
{
	return s->len <= KEY_HERE ? s->key.here : w->keys + s->key.far;
}

static void
set_key(struct gp_words *w, struct slot *s, struct gp_span raw)
{
	char *to = s->key.here;

	if (raw.n > KEY_HERE) {
		s->key.far = (uint32_t)w->keys_n;
		to = w->keys + w->keys_n;
		w->keys_n += raw.n;
	}
	memcpy(to, raw.p, raw.n);
	s->len = (uint8_t)raw.n;
}

static void
set_atoms(struct gp_words *w, struct slot *s, const unsigned *atom, size_t n)
{
	unsigned *to = s->atom.here;

	if (n > ATOMS_HERE) {
		s->atom.far = (uint32_t)w->atoms_n;
		to = w->atoms + w->atoms_n;
		w->atoms_n += n;
	}
	memcpy(to, atom, n * sizeof(*atom));
	s->n = n & 0x7f;
}

/* Learns a word into a free slot. */
static void
learn(struct gp_words *w, struct slot *s, uint32_t hash, struct gp_span raw)
{
	struct gp_letters letters = gp_fold_letters(raw);
	unsigned atom[GP_WORD_ATOMS] = { 0 };

	gp_buf_reset(&w->folded);
	gp_fold_word(&w->folded, raw);
	s->hash = hash;
	s->letters = letters.all;
	s->capitals = letters.capital;
	s->odd = !gp_fold_is_plain(raw);
	set_key(w, s, raw);
	set_atoms(w, s, atom,
	    w->learn(w->ctx, w->stem, gp_buf_span(&w->folded), atom));
	w->used++;
}

/* The word's slot, or the free one that it gets; NULL: no room. */
static struct slot *
slot_of(const struct gp_words *w, uint32_t hash, struct gp_span raw)
{
	size_t i = hash & (w->slots - 1), n;
	struct slot *s;

	for (n = 0; n < PROBES; n++, i = (i + 1) & (w->slots - 1)) {
		s = &w->slot[i];
		if (s->len == 0 ||
		    (s->hash == hash && s->len == raw.n &&
			memcmp(key_of(w, s), raw.p, raw.n) == 0))
			return s;
	}
	return NULL;
}

static int
is_full(const struct gp_words *w)
{
	return w->used >= w->slots / 4 * 3 || w->keys_n + LONGEST > KEYS ||
	    w->atoms_n + GP_WORD_ATOMS > ATOMS;
}

/* Up to eight bytes as a number; the parts may overlap. */
static uint64_t
few(const char *p, size_t n)
{
	uint32_t a, b;

	if (n >= 4) {
		memcpy(&a, p, 4);
		memcpy(&b, p + n - 4, 4);
		return (uint64_t)a << 32 | b;
	}
	return (uint64_t)(unsigned char)p[0] << 16 |
	    (uint64_t)(unsigned char)p[n / 2] << 8 | (unsigned char)p[n - 1];
}

static uint32_t
hash_of(struct gp_span s)
{
	const uint64_t mix = 0x9e3779b97f4a7c15u;
	uint64_t h = s.n * mix, v;

	for (; s.n > 8; s.p += 8, s.n -= 8) {
		memcpy(&v, s.p, 8);
		h = (h ^ v) * mix;
		h ^= h >> 32;
	}
	h = (h ^ few(s.p, s.n)) * mix;
	h ^= h >> 29;
	return (uint32_t)(h * mix >> 32);
}

/* Twice the slots; a word that finds no place near its own is learnt anew. */
static void
grow(struct gp_words *w)
{
	struct slot *old = w->slot, *s;
	size_t n = w->slots, i, k;
	void *room = w->room;

	if (n == SLOTS || make_slots(w, 2 * n) == -1)
		return;
	for (i = w->used = 0; i < n; i++) {
		if (old[i].len == 0)
			continue;
		s = &w->slot[old[i].hash & (w->slots - 1)];
		for (k = 0; k < PROBES && s->len != 0; k++)
			s = &w->slot[(old[i].hash + k + 1) & (w->slots - 1)];
		if (s->len != 0)
			continue;
		*s = old[i];
		w->used++;
	}
	free(room);
}

uint32_t
gp_words_seek(const struct gp_words *w, struct gp_span raw)
{
	uint32_t hash;

	if (raw.n == 0 || raw.n > LONGEST)
		return 0;
	hash = hash_of(raw);
	__builtin_prefetch(&w->slot[hash & (w->slots - 1)]);
	return hash;
}

struct gp_word
gp_words_find(struct gp_words *w, struct gp_span raw, uint32_t hash)
{
	struct slot *s;

	if (raw.n == 0 || raw.n > LONGEST)
		return (struct gp_word){ .odd = 1 };
	s = slot_of(w, hash, raw);
	/* half full at the most, while it grows: searches stay short */
	if (s == NULL || (s->len == 0 && w->used >= w->slots / 2)) {
		grow(w);
		s = slot_of(w, hash, raw);
	}
	if (s == NULL || (s->len == 0 && is_full(w))) {
		forget(w);
		s = slot_of(w, hash, raw);
	}
	if (s->len == 0)
		learn(w, s, hash, raw);
	return (struct gp_word){ s->n <= ATOMS_HERE ? s->atom.here
						    : w->atoms + s->atom.far,
		s->n, s->letters, s->capitals, s->odd };
}
