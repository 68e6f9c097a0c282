/*
 * The rule for a record. A chooser is of one thread; which rules its names
 * allow is remembered, so that a record costs a look-up and its text.
 */
#ifndef GP_TERM_CHOOSE_H
#define GP_TERM_CHOOSE_H

#include "term/find.h"
#include "term/routes.h"

enum {
	GP_TIES = 8,
	GP_HOPS = 8 /* redirects followed; there are no loops */
};

/* What counts of a record; p NULL: it has none. Text is valid UTF-8. */
struct gp_case {
	struct gp_span page, topic, group, kind, text;
};

struct gp_choice {
	long rule;        /* GP_NO: none, and there is no default */
	long page_centre; /* by the page; 0: none */
	long centre;      /* that answers; 0: none */
	long place;       /* GP_PLACE_NONE: none */
	int important;
	int skipped;           /* a kind that is not routed */
	unsigned tie[GP_TIES]; /* under match: best, rules as good */
	size_t ties;
	unsigned hop[GP_HOPS]; /* rules that redirected */
	size_t hops;
};

/* Why a rule does not hold. */
enum gp_miss {
	GP_HOLDS,
	GP_MISS_TOPIC,
	GP_MISS_GROUP,
	GP_MISS_KIND,
	GP_MISS_PAGE,
	GP_MISS_PLACE,
	GP_MISS_WORDS,
};

struct gp_chooser;

/* The routes are borrowed. NULL: no memory. */
struct gp_chooser *gp_chooser_new(const struct gp_routes *);
void gp_chooser_free(struct gp_chooser *);

/* -1: no memory. */
int gp_choose(struct gp_chooser *, const struct gp_case *, struct gp_choice *);

/* Of the case chosen for last: does this rule hold? */
enum gp_miss gp_choose_tell(struct gp_chooser *, unsigned rule);
/* How exact a rule is, under match: best; place: that made it hold. */
unsigned gp_rule_weight(
    const struct gp_routes *, const struct gp_route_rule *, long place);

#endif
