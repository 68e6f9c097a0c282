/* How long a term is: "9 working hours", "30 days", gp-routes(5). */
#ifndef GP_TERM_LIMIT_H
#define GP_TERM_LIMIT_H

#include <stdint.h>

enum gp_unit {
	GP_UNIT_HOURS,      /* of the clock, day and night */
	GP_UNIT_WORK_HOURS, /* of the schedule and the calendar */
	GP_UNIT_DAYS,       /* of the year, the day of the start not counted */
	GP_UNIT_WORK_DAYS,  /* days that have hours, likewise */
};

/* What becomes of a last day that is not worked (GP_UNIT_DAYS). */
enum gp_last {
	GP_LAST_NEXT,     /* the next worked day: Civil Code, article 193 */
	GP_LAST_PREVIOUS, /* the one before */
	GP_LAST_SAME,     /* it stays; until the end of that day */
};

struct gp_limit {
	enum gp_unit unit;
	long n; /* seconds for the hours, days for the days */
	enum gp_last last;
	long cap; /* days of the year it may take at most; 0: no cap */
};

enum {
	GP_LIMIT_HOURS = 20000,
	GP_LIMIT_DAYS = 3660
};

/* Sets unit and n: 0, or -1, it is no term. */
int gp_limit_parse(const char *, struct gp_limit *);

#endif
