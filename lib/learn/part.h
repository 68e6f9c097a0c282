/*
 * A part of a corpus: the rows that are learnt from choose the features, as if
 * there were no others. What is held out would otherwise have a say in which
 * words are known, and would seem easier than a new text is.
 */
#ifndef GP_LEARN_PART_H
#define GP_LEARN_PART_H

#include "learn/corpus.h"

/*
 * The same rows and labels, borrowed, and features of its own, chosen by the
 * rows that `leave` does not mark. whole->raw must be there. -1: no memory.
 */
int gp_part_init(
    struct gp_corpus *, const struct gp_corpus *whole, const uint8_t *leave);
/* A copy of what choosing changes; the rest is borrowed. -1: no memory. */
int gp_part_copy(struct gp_corpus *, const struct gp_corpus *);
void gp_part_release(struct gp_corpus *);

#endif
