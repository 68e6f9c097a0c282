/*
 * A term of a taxonomy, as gp-taxonomy(5) describes them: words that follow
 * each other, or sides that are all somewhere in the text.
 */
#ifndef GP_RULES_TERM_H
#define GP_RULES_TERM_H

#include "rules/atom.h"

enum {
	GP_TERM_WORDS = 8,
	GP_TERM_SIDES = 4
};

/* Weights and scores are whole thousandths, so that sums are exact. */
enum {
	GP_WEIGHT = 1000,
	GP_WEIGHT_MAX = 1000 * GP_WEIGHT
};

struct gp_term {
	int all; /* sides of &, each somewhere; otherwise in this order */
	unsigned atom[GP_TERM_WORDS];
	size_t n;
	int weight;
};

/* 0; or -1 with the reason, without a place. New atoms are made. */
int gp_term_parse(struct gp_atoms *, struct gp_stem *, const char *text,
    struct gp_term *, struct gp_why *);

/* "3", "2.5": 0, or -1 if it is no number above 0 with three decimals. */
int gp_weight_parse(const char *, int *weight);

#endif
