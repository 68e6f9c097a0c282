/* A plan as a calendar, iCalendar (RFC 5545): an event an entry. */
#ifndef GP_PLAN_ICS_H
#define GP_PLAN_ICS_H

#include "plan/plan.h"

void gp_plan_ics_begin(struct gp_buf *);
/* An entry that has a time; times stand in UTC, long lines are folded. Where
 * a page's time differs, it has an event of its own. */
void gp_plan_ics_entry(
    struct gp_buf *, const struct gp_plan_entry *, gp_instant now);
void gp_plan_ics_end(struct gp_buf *);

#endif
