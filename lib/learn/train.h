/*
 * From a corpus to a model: each head is judged on folds first, which gives
 * it its temperature and the scores that other heads see, then all rows are
 * learnt.
 */
#ifndef GP_LEARN_TRAIN_H
#define GP_LEARN_TRAIN_H

#include "learn/fold.h"
#include "learn/judge.h"

struct gp_train_how {
	double c;
	unsigned folds;
	long jobs;
	const char *side[GP_MOST_SIDES];
	size_t sides;
	void (*progress)(void *ctx, const char *what, size_t done, size_t all);
	void *ctx;
};

struct gp_trained {
	struct gp_calibration cal[GP_MOST_HEADS];
	struct gp_held held[2]; /* of heads that see no scores, and that do */
	struct gp_fit layout;   /* columns */
	struct gp_buf model;    /* the file's bytes */
};

/* The corpus is finished. -1: no memory, or the model is over its ceiling. */
int gp_train_run(
    struct gp_trained *, const struct gp_corpus *, const struct gp_train_how *);
void gp_trained_release(struct gp_trained *);

/* What a head said of what was held out. -1: no memory. */
int gp_trained_trial(const struct gp_trained *, size_t head, struct gp_trial *);

#endif
