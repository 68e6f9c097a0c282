/* The reports that there are. */
#ifndef GP_REPORT_REPORTS_H
#define GP_REPORT_REPORTS_H

#include "report/report.h"

extern const struct gp_report gp_report_queue;
extern const struct gp_report gp_report_week;

#endif
