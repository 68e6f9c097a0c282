/*
 * Texts that are nearly the same, so that none of them judges what was learnt
 * from another: A. Z. Broder's min-hashes in 32 bands of 3, of more than 50,000
 * texts in 8, and then at least 6 of 10 features in common.
 */
#ifndef GP_LEARN_NEAR_H
#define GP_LEARN_NEAR_H

#include "learn/corpus.h"

/* group[row]: the number of its first row. -1: no memory. */
int gp_near_groups(const struct gp_corpus *, uint32_t *group);

/*
 * Parts the rows into k folds of like size; groups stay whole, and the labels
 * of the head that has most are spread evenly. fold[row] from 0 to k - 1. -1:
 * no memory.
 */
int gp_near_folds(const struct gp_corpus *, unsigned k, uint8_t *fold);

#endif
