/*
 * Reports of one row an appeal. All that are listed are held in memory, a few
 * hundred bytes each.
 */
#ifndef GP_REPORT_LISTING_H
#define GP_REPORT_LISTING_H

#include "report/counted.h"

enum gp_listed_order {
	GP_LISTED_BY_AT,
	GP_LISTED_BY_DUE,
	GP_LISTED_BY_PROMISED,
};

struct gp_listing_plan {
	const char *report, *title[GP_LANGS], *empty[GP_LANGS];
	enum gp_state only; /* GP_STATES: all */
	enum gp_listed_order order;
	unsigned hides; /* bits of the columns that say nothing here */
	struct gp_counted_plan sum; /* a second table; report NULL: none */
};

/* What a plan may hide. */
enum {
	GP_LISTED_TOOK = 1,
	GP_LISTED_LATE = 2,
	GP_LISTED_PROMISED = 4,
};

struct gp_listing {
	struct gp_counted counted; /* first: all but make and show is its own */
	const struct gp_listing_plan *plan;
	struct gp_listed {
		const struct gp_case *c;
		const char *text;
	} * list;
	size_t n, cap;
	int bad;
};

void *gp_listing_make(const struct gp_report_how *,
    const struct gp_listing_plan *, struct gp_why *);
void gp_listing_free(void *);
int gp_listing_lacks(const void *, struct gp_why *);
int gp_listing_show(void *, struct gp_show *);

#define GP_LISTING_REPORT(word, words, maker)                       \
	{                                                           \
		.name = (word), .tables = (words), .make = (maker), \
		.free = gp_listing_free, GP_COUNTED_READS,          \
		.lacks = gp_listing_lacks, .show = gp_listing_show  \
	}

#endif
