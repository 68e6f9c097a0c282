/* Figures of a trial, as tables of lib/show. */
#ifndef GP_LEARN_FIGURES_H
#define GP_LEARN_FIGURES_H

#include "learn/train.h"
#include "show/show.h"

struct gp_scored {
	struct gp_trial *trial;
	struct gp_figures figures;
	const char *by; /* "test", "folds" */
	double temperature;
	size_t learnt; /* labels of the head */
};

/* All heads in one table, then what each of them is made of. -1: see bad. */
int gp_figures_show(struct gp_show *, const struct gp_scored *, size_t heads);

enum {
	GP_SHOW_MEMORY = -2
};

/* The same of trials; 0, -1 (see show->bad) or GP_SHOW_MEMORY. */
int gp_trials_show(struct gp_show *, struct gp_trial *,
    const float *temperature, const uint32_t *learnt, size_t heads,
    const char *by);
/* The same of what was held out in training. */
int gp_trained_show(struct gp_show *, const struct gp_trained *);

/* What got better and worse; `p` of the paired test. */
struct gp_compared {
	const char *head;
	struct gp_paired t;
	const char *verdict; /* "better", "worse", "same" */
	int worse;
};
/* Better or worse is what comes by chance once in twenty times at most. */
struct gp_compared gp_compared_of(const char *head, struct gp_paired *);
int gp_compared_show(struct gp_show *, const struct gp_compared *, size_t n);

#endif
