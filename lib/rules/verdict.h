/* What the scores of a text say it is, by the rules of gp-taxonomy(5). */
#ifndef GP_RULES_VERDICT_H
#define GP_RULES_VERDICT_H

#include "rules/match.h"

enum {
	GP_REASONS = 8,
	GP_NONE = -1
};

/* Owners and rules by their numbers in the taxonomy; GP_NONE: none. */
struct gp_verdict {
	long kind, group, topic;
	int complaint;            /* no kind was found, and none is needed */
	int confidence;           /* hundredths; 0 without a group */
	int review;               /* a person should look at it */
	unsigned why[GP_REASONS]; /* what decided, the strongest first */
	size_t whys;
};

/* Of the text matched last. */
void gp_verdict_of(const struct gp_match *, struct gp_verdict *);
/* The kind alone. */
long gp_verdict_kind(const struct gp_match *);

#endif
