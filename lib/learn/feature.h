/*
 * What a learner sees of a text. Words are folded as text/fold.h says and
 * stemmed by Snowball; with GP_CHAR4 the runs of four letters of each word are
 * features too, the word's ends counting as letters. With GP_BACK a stem that
 * is not known stands for its first five letters: a word that is rare, or
 * misspelt towards its end, still says something. A feature is known by a
 * key of 64 bits: XXH64 of its bytes, its block in the two highest bits.
 * Links and telephones are no features.
 *
 * One a thread. What a word means is remembered by the bytes it is written
 * with, so that folding, stemming and hashing are done once for each.
 */
#ifndef GP_LEARN_FEATURE_H
#define GP_LEARN_FEATURE_H

#include <stdint.h>

#include "base/buf.h"
#include "text/token.h"
#include "text/words.h"

enum {
	GP_STEMS = 1,
	GP_CHAR4 = 2,
	GP_BACK = 4
};

/* Blocks are normed each by itself. Keys of one block stand together. */
enum gp_block {
	GP_BLOCK_STEM,
	GP_BLOCK_CHAR,
	GP_BLOCK_SIDE,  /* a member of the record and its value */
	GP_BLOCK_SCORE, /* how probable a label is that another head gives */
	GP_BLOCKS
};

#define GP_NO_FEATURE ((uint32_t)-1)

uint64_t gp_feature_key(
    enum gp_block, struct gp_span name, struct gp_span value);
static inline enum gp_block
gp_feature_block(uint64_t key)
{
	return (enum gp_block)(key >> 62);
}

/* The number of a key or, where it is not known, of the one that stands in for
 * it (0: none does); or GP_NO_FEATURE. */
typedef uint32_t gp_feature_find(void *ctx, uint64_t key, uint64_t back);

struct gp_hit {
	uint32_t id;
	uint32_t n;    /* how often */
	uint32_t word; /* the first token that has it */
};

struct gp_features;

/*
 * Who else looks at the words, so that they are sought once for both: `atoms`
 * gives a folded word's atoms, below GP_LOOK_MOST, when it is met for the
 * first time; `word` and `mark` (any other token) are called in the order of
 * the text.
 */
#define GP_LOOK_MOST (1u << 31)
struct gp_look {
	void *ctx;
	size_t (*atoms)(
	    void *ctx, struct gp_span folded, unsigned atom[GP_WORD_ATOMS]);
	void (*word)(void *ctx, const struct gp_word *);
	void (*mark)(void *ctx, enum gp_token_kind);
};

/* what: GP_STEMS, GP_CHAR4 or both, GP_BACK with stems. NULL: no memory. */
struct gp_features *gp_features_new(int what, gp_feature_find *, void *ctx);
void gp_features_free(struct gp_features *);
/* Before the first text; borrowed. */
void gp_features_look(struct gp_features *, const struct gp_look *);

/* What stands in a text, in the order of its words, until the next call. */
struct gp_bag {
	const struct gp_hit *hit;
	size_t n;
	const struct gp_token *token; /* borrow the text */
	size_t tokens;
	size_t words; /* of the tokens */
	size_t known; /* words with at least one feature that is known */
};

/* -1: no memory. */
int gp_features_text(struct gp_features *, struct gp_span, struct gp_bag *);

/* 1 + ln(n) for n from 1 to 255; more counts as 255. */
float gp_feature_tf(uint32_t n);

#endif
