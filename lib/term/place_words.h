/* Words for kinds of places, and prepositions before them. Of the gazetteer. */
#ifndef GP_TERM_PLACE_WORDS_H
#define GP_TERM_PLACE_WORDS_H

#include "term/place.h"
#include "text/stem.h"

/* Codes of words: the kind + 1, and for streets which sort of one, so that
 * переулок Садовый is not улица Садовая. */
enum {
	GP_WORD_KIND = 7,
	GP_WORD_SORT = 8, /* times the sort: 0 улица */
};

/* Marks of single words, in `prep`. */
enum {
	GP_PREP = 1,    /* на, по, в ... */
	GP_HOUSE = 2,   /* дом, д */
	GP_BETWEEN = 4, /* имени, им: between the word and the name */
	GP_TAIL = 8, /* т, н, р: the second half of пр-т, р-н, б-р */
	GP_MONTH = 16, /* мая: what stands before it is no house */
};

/* The code of a folded word; 0: it is none. */
int gp_place_word(struct gp_span folded);
/* The code of a name's own word, "переулок Садовый"; 0: it has none. */
int gp_place_has_word(const char *name);
/* Makes the atoms and the tables `word` and `prep`. -1: no memory. */
int gp_place_words_make(struct gp_places *, struct gp_stem *);

#endif
