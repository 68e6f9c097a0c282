/* What the showing of the report "week" shares between its tables. */
#ifndef GP_REPORT_WEEK_SHOW_H
#define GP_REPORT_WEEK_SHOW_H

#include "report/frame.h"
#include "report/week.h"

/* A group with its sum. */
struct gp_week_line {
	unsigned group;
	const char *title;
	struct gp_tally sum;
};

/* The most appeals first. */
struct gp_week_lines {
	struct gp_week_line v[GP_GROUPS];
	size_t n;
	struct gp_tally sum; /* of all, shown or not */
};

/* The frame of each day, and at the number of days that of all. */
struct gp_week_frame {
	struct gp_range range[GP_MOST_DAYS + 1];
	struct gp_period period;
	struct gp_frame frame; /* gp_frame_release it */
};
/* appeals: with the calendars of their terms. */
void gp_week_frame_init(
    struct gp_week_frame *, const struct gp_week *, int appeals);

struct gp_tally gp_week_day_sum(const struct gp_week *, size_t day);
struct gp_cell gp_week_day_cell(
    const struct gp_week *, size_t day, char to[GP_INSTANT_LEN]);

void gp_week_records(
    struct gp_week *, const struct gp_week_lines *, struct gp_show *);
void gp_week_people(
    struct gp_week *, const struct gp_week_lines *, struct gp_show *);
void gp_week_posts(const struct gp_week *, struct gp_show *);

#endif
