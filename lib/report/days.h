/* A period cut into days of the zone, so that no record asks for the zone. */
#ifndef GP_REPORT_DAYS_H
#define GP_REPORT_DAYS_H

#include "base/instant.h"

enum {
	GP_MOST_DAYS = 400
};

struct gp_days {
	gp_instant since, until; /* half open */
	gp_instant *start; /* of the days; the first one's is the midnight */
	size_t n;
};

/* 0; -1 with the reason (empty, or too long, or no memory). */
int gp_days_init(
    struct gp_days *, gp_instant since, gp_instant until, struct gp_why *);
void gp_days_release(struct gp_days *);
/* The number of the day, or -1: outside the period. */
int gp_days_of(const struct gp_days *, gp_instant);

#endif
