/*
 * By when a record is to be answered: the terms of its rule over the hours of
 * its centre.
 */
#ifndef GP_TERM_ANSWER_H
#define GP_TERM_ANSWER_H

#include "term/choose.h"

/* The record's own times; those that are not there are not set. */
struct gp_times {
	unsigned has; /* bits: 1 << GP_FROM_AT ... */
	gp_instant at[GP_FROMS];
};

struct gp_answer {
	const struct gp_hours *hours;
	const struct gp_terms *terms; /* NULL: no terms are said */
	int important;                /* these are the shorter ones */
	struct gp_due first, final;   /* where terms->first.set ... */
	/* From what they really run: what a record lacks is taken from `at`. */
	enum gp_from first_from, final_from;
};

/*
 * -1 with the reason: the record has no `at`, or a calendar is missing.
 */
int gp_answer_of(const struct gp_routes *, const struct gp_choice *,
    const struct gp_times *, struct gp_answer *, struct gp_why *);

#endif
