/*
 * When an office is open: intervals by weekday, gp-routes(5), as "09:00-13:00,
 * 13:45-18:00".
 */
#ifndef GP_TERM_SCHEDULE_H
#define GP_TERM_SCHEDULE_H

#include <stdint.h>

#include "config/yaml.h"

enum {
	GP_OPEN_MAX = 6 /* intervals of a day */
};

/* Seconds from midnight, open < close; in order, none touches the next. */
struct gp_open {
	int32_t open, close;
};

struct gp_schedule {
	const char *name, *title;
	int always; /* day and night; no calendar counts */
	struct gp_open day[7][GP_OPEN_MAX]; /* from Monday */
	unsigned char n[7];
};

/* From the map of a schedule. -1 with the reason. */
int gp_schedule_fill(struct gp_yaml_doc *, const struct gp_yaml *,
    struct gp_schedule *, struct gp_why *);

/*
 * The intervals of a weekday, an hour cut from the end where the day is short:
 * what the last interval lacks is taken from the one before. How many.
 */
size_t gp_schedule_day(const struct gp_schedule *, int weekday, int is_short,
    struct gp_open to[GP_OPEN_MAX]);

#endif
