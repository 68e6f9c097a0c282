/*
 * What the words of texts mean to a taxonomy or a model, remembered by the bytes they
 * are written with, so that folding and stemming are done once for each. Of
 * one thread. Bounded: when it is full it starts anew.
 */
#ifndef GP_TEXT_WORDS_H
#define GP_TEXT_WORDS_H

#include <stdint.h>

#include "text/stem.h"

struct gp_word {
	const unsigned *atom; /* until the next call */
	unsigned char n;
	unsigned char letters, capitals;
	unsigned char odd; /* not plain, see gp_fold_is_plain */
};

struct gp_words;

enum {
	GP_WORD_ATOMS = 127 /* at most, of one word */
};

/* Puts the atoms of a folded word into atom[]; returns how many. */
typedef size_t gp_words_learn(void *ctx, struct gp_stem *,
    struct gp_span folded, unsigned atom[GP_WORD_ATOMS]);

/* language: of the stemmer. NULL: no memory. */
struct gp_words *gp_words_new(const char *language, gp_words_learn *, void *);
void gp_words_free(struct gp_words *);

/*
 * In two steps, since the memory is large: gp_words_seek asks for the place of
 * a word, and some words later gp_words_find, given what it returned, finds
 * that it has come. Words longer than 255 bytes have no atoms.
 */
uint32_t gp_words_seek(const struct gp_words *, struct gp_span raw);
struct gp_word gp_words_find(struct gp_words *, struct gp_span raw, uint32_t);

#endif
