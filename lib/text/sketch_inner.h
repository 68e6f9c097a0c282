/* Words on their way into a sketch: shared by sketch.c and place.c. */
#ifndef GP_TEXT_SKETCH_INNER_H
#define GP_TEXT_SKETCH_INNER_H

#include "text/sketch.h"
#include "text/wordclass.h"

struct gp_sketch_step {
	struct gp_sketch_word w;
	uint8_t class;                   /* enum gp_wordclass */
	uint8_t number, capital, begins; /* ... a sentence */
	uint8_t digits;
};

/* The places named in n words; their number, at most GP_SKETCH_PLACES. */
unsigned gp_sketch_places(
    const struct gp_sketch_step *, size_t n, struct gp_sketch_place *);

#endif
