/*
 * The time a report is of, cut into days, weeks or months of the zone, each
 * with the one that it is compared with.
 */
#ifndef GP_REPORT_PERIOD_H
#define GP_REPORT_PERIOD_H

#include <stddef.h>

#include "base/instant.h"

enum gp_by {
	GP_BY_ALL, /* one piece */
	GP_BY_DAY,
	GP_BY_WEEK, /* from Monday */
	GP_BY_MONTH,
};

enum gp_against {
	GP_AGAINST_NONE,
	/*
	 * So many days, or, of whole months, so many months, before the
	 * piece; of a piece that is no whole days, so many seconds.
	 */
	GP_AGAINST_PREVIOUS,
	GP_AGAINST_YEAR, /* the same dates a year before; 29.02 is 01.03 */
};

enum {
	GP_MOST_PIECES = 400
};

/* Half open. */
struct gp_range {
	gp_instant from, to;
};

struct gp_period {
	int open; /* no bounds: all that was read, one piece */
	struct gp_range all;
	size_t n; /* pieces */
	struct gp_range *piece;
	struct gp_range *before; /* of each; NULL: compared with nothing */
};

/* 0; -1 with the reason (empty, too many pieces, no memory). */
int gp_period_init(struct gp_period *, struct gp_range, enum gp_by,
    enum gp_against, struct gp_why *);
/* All time, one piece. 0; -1: no memory. */
int gp_period_open(struct gp_period *);
void gp_period_release(struct gp_period *);

/* The piece that holds the instant, or -1. */
int gp_period_of(const struct gp_period *, gp_instant);
/* 1: the instant lies in what piece i is compared with. */
int gp_period_before(const struct gp_period *, size_t i, gp_instant);

/* The month of the zone that holds the instant. */
struct gp_range gp_month_of(gp_instant);
/* 0 to 23 by the clock of the zone. */
int gp_hour_of(gp_instant);

#endif
