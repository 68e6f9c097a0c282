/*
 * Judging on texts that were not learnt from: folds, and what follows from
 * them for how sure a head may be.
 */
#ifndef GP_LEARN_FOLD_H
#define GP_LEARN_FOLD_H

#include "learn/model.h"

enum {
	/* Up to so many texts each is judged once; of more, only some are. */
	GP_FOLD_ROWS = 50000,
	GP_FOLD_LEARN = 100000, /* then learnt from, at most */
	GP_FOLD_JUDGE = 20000   /* and judged */
};

/* What was held out and how it scored when it was. */
struct gp_held {
	uint32_t *row;
	size_t n, cols;
	float *score; /* n times cols */
};

void gp_held_release(struct gp_held *);

/*
 * Learns `how->heads` k times, each time without one fold, and scores that.
 * how->leave must be NULL. -1: no memory.
 */
int gp_fold_run(struct gp_held *, const struct gp_fit_how *, unsigned k);

/*
 * The temperature by which the probabilities of a head fit what is true best
 * (the least log loss), what makes of that how sure it is of the likeliest
 * label, and how sure it is of how many.
 */
int gp_fold_calibrate(const struct gp_held *, const struct gp_fit *layout,
    size_t head, struct gp_calibration *);

/*
 * The scores other heads are to see, for all rows, each as it was held out: in
 * the folds that were judged; of more than GP_FOLD_ROWS, where those are some
 * only, each half by what is learnt of the other. how: as for gp_fold_run.
 * NULL: no memory. The caller frees.
 */
struct gp_row_score *gp_fold_scores(const struct gp_held *,
    const struct gp_fit *layout, const struct gp_fit_how *, float temperature);

#endif
