/* Figures of a trial, as tables of lib/show. */
#ifndef GP_LEARN_FIGURES_H
#define GP_LEARN_FIGURES_H

#include "learn/judge.h"
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

/* What got better and worse; `p` of the paired test. */
struct gp_compared {
	const char *head;
	struct gp_paired t;
	const char *verdict; /* "better", "worse", "same" */
};
int gp_compared_show(struct gp_show *, const struct gp_compared *, size_t n);

#endif
