/*
 * What the words of texts mean to a taxonomy, remembered by the bytes they
 * are written with, so that folding and stemming are done once for each. Of
 * one thread. Bounded: when it is full it starts anew.
 */
#ifndef GP_RULES_WORDS_H
#define GP_RULES_WORDS_H

#include <stdint.h>

#include "rules/atom.h"

struct gp_word {
	const unsigned *atom; /* until the next call */
	unsigned char n;
	unsigned char letters, capitals;
	unsigned char odd; /* not plain, see gp_fold_is_plain */
};

struct gp_words;

/* The atoms are borrowed. language: of the stemmer. NULL: no memory. */
struct gp_words *gp_words_new(const struct gp_atoms *, const char *language);
void gp_words_free(struct gp_words *);

/*
 * In two steps, since the memory is large: gp_words_seek asks for the place of
 * a word, and some words later gp_words_find, given what it returned, finds
 * that it has come. Words longer than 255 bytes have no atoms.
 */
uint32_t gp_words_seek(const struct gp_words *, struct gp_span raw);
struct gp_word gp_words_find(struct gp_words *, struct gp_span raw, uint32_t);

#endif
