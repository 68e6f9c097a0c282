/* How those who answer keep their terms. */
#include "report/counted.h"
#include "report/reports.h"

static const enum gp_dim dims[] = { GP_DIM_ASSIGNEE, GP_DIM_CENTRE,
	GP_DIM_ALL };

static const enum gp_measure measures[] = { GP_M_N, GP_M_ANSWERED,
	GP_M_ANSWERED_SHARE, GP_M_OPEN, GP_M_OVERDUE, GP_M_OLDEST, GP_M_LATE,
	GP_M_IN_TERM_SHARE, GP_M_MEDIAN, GP_M_P90, GP_M_INTERIM, GP_M_BROKEN,
	GP_M_REPEAT, GP_MEASURES };

static const struct gp_counted_plan plan = {
	.report = "executors",
	.title = { "Исполнители", "Those who answer" },
	.dim = dims,
	.measure = measures,
	.total = 1,
	.chart = GP_M_N,
};

static void *
make(const struct gp_report_how *how, struct gp_why *why)
{
	return gp_counted_make(how, &plan, why);
}

const struct gp_report gp_report_executors =
    GP_COUNTED_REPORT("executors", "all|assignee|centre", make);
