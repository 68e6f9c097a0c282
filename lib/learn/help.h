/*
 * One head helps another: where the labels of one are parts of those of the
 * other, as topics are of groups, a label is the likelier the likelier that is
 * of which it is a part. Scores are sums over features, so this is a sum of
 * weights too, made once in training: it costs nothing when a text is scored.
 */
#ifndef GP_LEARN_HELP_H
#define GP_LEARN_HELP_H

#include "learn/fit.h"

/* Adds to the weights learnt. -1: no memory. */
int gp_help(struct gp_fit *, const struct gp_fit_how *);

#endif
