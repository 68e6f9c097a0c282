/*
 * Quantiles of whole numbers of seconds, in little memory.
 *
 * Up to GP_EXACT values they are exact. Beyond that values are counted in
 * classes whose bounds grow by a hundredth, as DDSketch does (Masson, Rim,
 * Lee, VLDB 2019): what is told is within 0.5 % of the value that stands at
 * that rank, whatever the order in which the values came. 0 is exact always.
 */
#ifndef GP_REPORT_QUANTILE_H
#define GP_REPORT_QUANTILE_H

#include <stddef.h>
#include <stdint.h>

enum {
	GP_EXACT = 4096,
};
#define GP_QUANTILE_ERROR 0.005

struct gp_quantile {
	uint64_t n;
	uint32_t *exact; /* n of them; NULL: none yet, or too many */
	size_t cap;
	uint64_t *class; /* NULL: still exact */
	int bad;         /* no memory; latched */
};

/* All zero is an empty one. */
void gp_quantile_add(struct gp_quantile *, uint32_t seconds);
/* The same, with gp_quantile_class of it: for many that get the same value. */
void gp_quantile_put(struct gp_quantile *, uint32_t seconds, unsigned class);
unsigned gp_quantile_class(uint32_t seconds);
void gp_quantile_release(struct gp_quantile *);
/*
 * The value at rank ceil(q * of), the first being 1, `of` being n or more:
 * what has no value yet is thought to stand behind all others. -1: the rank
 * has no value. Sorts what it holds.
 */
double gp_quantile_at(struct gp_quantile *to, double q, uint64_t of);

#endif
