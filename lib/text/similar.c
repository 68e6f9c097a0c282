#include "text/similar.h"

#include <string.h>

/* By the part `dev` of tests/dedup_set.py. */
enum {
	LONG = 20,   /* words: from here on some may differ */
	MIDDLE = 14, /* one may be replaced */
	ALIKE = 70,  /* hundredths in common of a long text's words */
	WITHIN = 90, /* ... of the shorter one, if it is half the longer */
	EQUAL =
	    60, /* hundredths of the shorter one's words that are no typos */
	ENOUGH = 5, /* words; with a place: */
	ENOUGH_AT = 3,
	ENOUGH_OWN = 2,
	TYPO_LEAST = 5, /* letters of a word with a typo */
	LONG_WORD = 8,  /* ... with one or two */
	NONE = 2, /* of a word: no equal one is there; 1: it has its pair */
};

int
gp_similar_fit(const struct gp_sketch *s)
{
	return !s->thanks && s->words >= (s->places > 0 ? ENOUGH_AT : ENOUGH);
}

int
gp_similar_fit_own(const struct gp_sketch *s)
{
	return !s->thanks && s->words >= ENOUGH_OWN;
}

static int
meet(const struct gp_sketch_place *a, const struct gp_sketch_place *b)
{
	if (a->name == 0 || b->name == 0)
		return a->house == b->house;
	return a->name == b->name &&
	    (a->house == b->house || a->house == 0 || b->house == 0);
}

/* 1: all places of a are in b. */
static int
within(const struct gp_sketch *a, const struct gp_sketch *b)
{
	unsigned i, j;

	for (i = 0; i < a->places; i++) {
		for (j = 0; j < b->places; j++)
			if (meet(&a->place[i], &b->place[j]))
				break;
		if (j == b->places)
			return 0;
	}
	return 1;
}

enum gp_where
gp_similar_where(const struct gp_sketch *a, const struct gp_sketch *b)
{
	if (a->places == 0 || b->places == 0)
		return GP_WHERE_UNKNOWN;
	return within(a, b) || within(b, a) ? GP_WHERE_SAME : GP_WHERE_OTHER;
}

static int
letters(uint32_t shape)
{
	return (int)(shape >> GP_SHAPE_LETTERS & 31);
}

static int
is_typo(uint32_t a, uint32_t b)
{
	int la = letters(a), lb = letters(b);
	int most = la >= LONG_WORD && lb >= LONG_WORD ? 2 : 1;
	uint32_t other = (a ^ b) & ((1u << GP_SHAPE_LETTERS) - 1);

	if (la < TYPO_LEAST || lb < TYPO_LEAST || la - lb > most ||
	    lb - la > most)
		return 0;
	other &= other - 1; /* two of them may differ */
	other &= other - 1;
	return other == 0;
}

#define NAMED (GP_SHAPE_NAME | GP_SHAPE_PLACE)

/* Words of each that the other has not. */
struct rest {
	unsigned a, b;             /* all */
	unsigned plain, bplain;    /* those that are no names of people */
	unsigned aplaced, bplaced; /* that say where */
	unsigned anamed, bnamed;   /* ... by a name */
	int turned;                /* a "not" is among them */
};

static void
count(const struct gp_sketch *s, const uint8_t *met, unsigned *all,
    unsigned *plain, unsigned *placed, unsigned *named, int *turned)
{
	unsigned i;

	for (i = 0; i < s->words; i++)
		if (met[i] != 1) {
			(*all)++;
			*plain += (s->word[i].shape & NAMED) != GP_SHAPE_NAME;
			*named += (s->word[i].shape & NAMED) == NAMED;
			*placed += (s->word[i].shape & GP_SHAPE_PLACE) != 0;
			*turned |= (s->word[i].shape & GP_SHAPE_NOT) != 0;
		}
}

/*
 * Pairs up equal words, until more than `most` of a have none; -1 then. They
 * mostly stand in the same order, so the search goes on behind the last pair
 * found, and round.
 */
static int
pair_equal(const struct gp_sketch *a, uint8_t *ma, const struct gp_sketch *b,
    uint8_t *mb, unsigned most)
{
	unsigned i, j, k = 0;

	for (i = 0; i < a->words; i++) {
		for (j = 0; ma[i] != NONE && j < b->words; j++, k++) {
			if (k == b->words)
				k = 0;
			if (!mb[k] && a->word[i].hash == b->word[k].hash) {
				ma[i] = mb[k++] = 1;
				break;
			}
		}
		if (ma[i] != 1 && most-- == 0)
			return -1;
	}
	return 0;
}

/* The same of words a typo apart; few are left, and fewer long enough. */
static void
pair_typos(const struct gp_sketch *a, uint8_t *ma, const struct gp_sketch *b,
    uint8_t *mb)
{
	uint16_t left[GP_SKETCH_WORDS];
	unsigned i, j, k = 0, n = 0;

	for (i = 0; i < b->words; i++)
		if (!mb[i] && letters(b->word[i].shape) >= TYPO_LEAST)
			left[n++] = (uint16_t)i;
	for (i = 0; n > 0 && i < a->words; i++) {
		if (ma[i] == 1 || letters(a->word[i].shape) < TYPO_LEAST)
			continue;
		for (j = 0; j < n; j++, k++) {
			if (k == n)
				k = 0;
			if (!mb[left[k]] &&
			    is_typo(a->word[i].shape, b->word[left[k]].shape)) {
				ma[i] = mb[left[k++]] = 1;
				break;
			}
		}
	}
}

/*
 * Marks the words of a that b cannot have, by 256 bits of all its hashes: most
 * candidates have nothing to do with each other, and end here. Counts them.
 */
static unsigned
mark(const struct gp_sketch *a, uint8_t *ma, const struct gp_sketch *b)
{
	uint64_t bits[4] = { 0, 0, 0, 0 };
	unsigned i, n = 0;
	uint32_t h;

	for (i = 0; i < b->words; i++) {
		h = b->word[i].hash;
		bits[h >> 6 & 3] |= (uint64_t)1 << (h & 63);
	}
	for (i = 0; i < a->words; i++) {
		h = a->word[i].hash;
		ma[i] = bits[h >> 6 & 3] >> (h & 63) & 1 ? 0 : NONE;
		n += ma[i] == NONE;
	}
	return n;
}

/* Words without a pair that are too short for a typo, and no names. */
static unsigned
hopeless(const struct gp_sketch *s, const uint8_t *met, int *turned)
{
	unsigned i, n = 0;

	for (i = 0; i < s->words; i++) {
		uint32_t shape = s->word[i].shape;

		if (met[i] == 1 || letters(shape) >= TYPO_LEAST)
			continue;
		n += (shape & NAMED) != GP_SHAPE_NAME;
		*turned |= (shape & GP_SHAPE_NOT) != 0;
	}
	return n;
}

/* 1: whatever the typos are, short_same() will say no: a short text. */
static int
is_lost(const struct gp_sketch *a, const uint8_t *ma, const struct gp_sketch *b,
    const uint8_t *mb)
{
	unsigned least = a->words < b->words ? a->words : b->words, na, nb;
	int turned = 0;

	if (least >= LONG)
		return 0;
	na = hopeless(a, ma, &turned);
	nb = hopeless(b, mb, &turned);
	return turned ||
	    (na > 0 && nb > 0 && (least < MIDDLE || na > 1 || nb > 1));
}

/*
 * -1: less than so many words of a are in b, but for typos; with `strict`
 * also: they are not the same for another reason.
 */
static int
compare(const struct gp_sketch *a, const struct gp_sketch *b, unsigned least,
    int strict, struct rest *r)
{
	uint8_t ma[GP_SKETCH_WORDS], mb[GP_SKETCH_WORDS];

	if (mark(a, ma, b) > a->words - least)
		return -1;
	memset(mb, 0, b->words);
	memset(r, 0, sizeof(*r));
	if (pair_equal(a, ma, b, mb, a->words - least) == -1)
		return -1;
	if (strict && is_lost(a, ma, b, mb))
		return -1;
	pair_typos(a, ma, b, mb);
	count(a, ma, &r->a, &r->plain, &r->aplaced, &r->anamed, &r->turned);
	count(b, mb, &r->b, &r->bplain, &r->bplaced, &r->bnamed, &r->turned);
	return 0;
}

/* Of a short text nothing may be replaced, and little added. */
static int
short_same(const struct rest *r, unsigned least)
{
	unsigned more = r->plain > r->bplain ? r->plain : r->bplain;

	if (r->turned || (r->aplaced > 0 && r->bplaced > 0) ||
	    r->a > least / 2 || r->b > least / 2)
		return 0;
	if (r->plain > 0 && r->bplain > 0)
		return least >= MIDDLE && r->plain == 1 && r->bplain == 1;
	return more <= (least + 3) / 4;
}

unsigned
gp_similar(const struct gp_sketch *a, const struct gp_sketch *b)
{
	unsigned least = a->words < b->words ? a->words : b->words;
	unsigned most = a->words < b->words ? b->words : a->words, in, sum;
	struct rest r;

	/* Cheap things first: many candidates end here. */
	if (least == 0 || least * 2 < most ||
	    gp_similar_where(a, b) == GP_WHERE_OTHER)
		return 0;
	if (compare(a, b, (least * EQUAL + 99) / 100, 1, &r) == -1)
		return 0;
	in = a->words - r.a;
	sum = in + r.a + r.b;
	if (r.anamed > 0 && r.bnamed > 0)
		return 0;
	if (least < LONG) {
		if (!short_same(&r, least))
			return 0;
	} else if (in * 100 < ALIKE * sum && in * 100 < WITHIN * least) {
		return 0;
	}
	return in * 100 / sum;
}

int
gp_similar_matter(const struct gp_sketch *a, const struct gp_sketch *b)
{
	unsigned least = a->words < b->words ? a->words : b->words, in;
	struct rest r;

	compare(a, b, 0, 0, &r);
	in = a->words - r.a;
	return in >= 2 && in * 3 >= least;
}
