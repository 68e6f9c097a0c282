/*
 * Weights of all labels of some heads, each label against the rest and each
 * head for itself. A label costs C (n / (K n_c))^.5 an error: rare ones more.
 */
#ifndef GP_LEARN_FIT_H
#define GP_LEARN_FIT_H

#include "learn/svm.h"

struct gp_fit_how {
	const struct gp_corpus *corpus;
	double c;
	long jobs;
	unsigned heads;       /* bits: which to learn */
	const uint8_t *leave; /* by row: 1 is not learnt from; or NULL */
	const struct gp_row_score *score; /* or NULL */
	/* After each label; may be NULL. From one thread at a time. */
	void (*progress)(void *ctx, size_t done, size_t all);
	void *ctx;
};

struct gp_fit {
	const struct gp_corpus *corpus;
	size_t col[GP_MOST_HEADS + 1]; /* first column of a head */
	size_t cols;
	float *w; /* by feature, then column */
	float *bias;
};

/* 1: this head sees the scores of the seen one (it is not under "class."). */
int gp_head_sees(const struct gp_corpus *, size_t head);

/* Columns of all heads; those not learnt are 0. -1: no memory. */
int gp_fit_init(struct gp_fit *, const struct gp_corpus *);
void gp_fit_release(struct gp_fit *);
int gp_fit_learn(struct gp_fit *, const struct gp_fit_how *);
/* The scores of a row, as many as there are columns. */
void gp_fit_row(const struct gp_fit *, uint32_t row,
    const struct gp_row_score *, float *score);

/* Scores of n labels become probabilities, softmax of score / temperature. */
void gp_softmax(const float *score, size_t n, float temperature, float *p);
/*
 * How sure a head may be of its likeliest label, of which softmax says p:
 * logistic of slope * logit(p) + offset. Softmax alone, by whatever
 * temperature, is too sure at one end if it is right at the other.
 */
float gp_sure(float p, float slope, float offset);
/* The likeliest labels, as heads that see them are given them. */
struct gp_row_score gp_row_score_of(const float *p, size_t n);

#endif
