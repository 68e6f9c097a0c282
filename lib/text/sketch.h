/*
 * What of a text is compared with others: its words as hashes of their stems,
 * in order, the places it names, and the keys under which texts like it are
 * looked for. The text itself cannot be had back.
 *
 * Words that carry nothing are left out, and so is a signature behind "с
 * уважением". The keys are MinHash (A. Broder, On the resemblance and
 * containment of documents, 1997) over the words and their pairs, in bands of
 * four; and for a text of at most GP_SKETCH_SHORT words the whole set and the
 * set less each one word, for a band rarely survives a typo there.
 */
#ifndef GP_TEXT_SKETCH_H
#define GP_TEXT_SKETCH_H

#include <stdint.h>

#include "base/buf.h"

enum {
	GP_SKETCH_WORDS = 512, /* of a longer text the first */
	GP_SKETCH_PLACES = 12,
	GP_SKETCH_SHORT = 12,
	GP_SKETCH_KEYS = 33,
};

struct gp_sketch_word {
	uint32_t hash;  /* of the stem */
	uint32_t shape; /* which letters, how many, and what is below */
};
#define GP_SHAPE_LETTERS 24 /* bits of letters; the next 5: how many */
#define GP_SHAPE_NAME \
	0x80000000u /* capital inside a sentence: with PLACE it
				     names a place, alone it may sign */
#define GP_SHAPE_NOT   0x40000000u
#define GP_SHAPE_PLACE 0x20000000u /* behind "на", "улица", "село" */

/* A street, a settlement; or what a number belongs to: "дом 5", "школа 7". */
struct gp_sketch_place {
	uint32_t name;  /* 0: a house alone */
	uint32_t house; /* 0: none */
};

struct gp_sketch {
	const struct gp_sketch_word *word; /* borrowed */
	const struct gp_sketch_place *place;
	const uint32_t *key;
	uint16_t words, places, keys;
	uint8_t thanks; /* 1: short, thanks or assents, and names no place */
};

struct gp_sketcher; /* one a thread */

struct gp_sketcher *gp_sketcher_new(void); /* NULL: no memory */
void gp_sketcher_free(struct gp_sketcher *);
/* The sketch stands until the next call. -1: no memory. */
int gp_sketch_text(struct gp_sketcher *, struct gp_span, struct gp_sketch *);

/* The keys of these words into `key`; their number. */
unsigned gp_sketch_keys(
    const struct gp_sketch_word *, size_t n, uint32_t key[GP_SKETCH_KEYS]);

#endif
