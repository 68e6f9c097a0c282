/*
 * What stands in for features that are too rare to be kept: those that they
 * name in the corpus' back[]. Several may share one, which so may be frequent
 * enough.
 */
#ifndef GP_LEARN_STAND_H
#define GP_LEARN_STAND_H

#include "learn/corpus.h"

struct gp_stand {
	uint32_t *in;      /* by feature, of the first n: or GP_NO_FEATURE */
	size_t n;          /* those behind stand in for others */
	uint32_t least;    /* texts that one of the first n is kept for */
	uint32_t least_in; /* and one of the others */
};

/*
 * Adds the features that stand in for those in fewer than `least` texts, with
 * their df; of all at most `most` are to be kept. -1: no memory.
 */
int gp_stand_init(
    struct gp_stand *, struct gp_corpus *, uint32_t least, size_t most);
void gp_stand_release(struct gp_stand *);

#endif
