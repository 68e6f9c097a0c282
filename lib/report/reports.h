/* The reports that there are. */
#ifndef GP_REPORT_REPORTS_H
#define GP_REPORT_REPORTS_H

#include "report/report.h"

extern const struct gp_report gp_report_queue;
extern const struct gp_report gp_report_items;
extern const struct gp_report gp_report_overdue;
extern const struct gp_report gp_report_speed;
extern const struct gp_report gp_report_topics;
extern const struct gp_report gp_report_repeat;
extern const struct gp_report gp_report_promises;
extern const struct gp_report gp_report_executors;
extern const struct gp_report gp_report_pages;
extern const struct gp_report gp_report_month;
extern const struct gp_report gp_report_posts;
extern const struct gp_report gp_report_audience;
extern const struct gp_report gp_report_polls;
extern const struct gp_report gp_report_survey;
extern const struct gp_report gp_report_quality;
extern const struct gp_report gp_report_week;
extern const struct gp_report gp_report_behind; /* items, of others */
extern const struct gp_report gp_report_head;   /* week, as a document */

#endif
