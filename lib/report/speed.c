/* How soon appeals are answered: first response by who, what and when. */
#include "report/counted.h"
#include "report/reports.h"

static const enum gp_dim dims[] = { GP_DIM_PAGE, GP_DIM_ASSIGNEE, GP_DIM_GROUP,
	GP_DIM_TOPIC, GP_DIM_HOUR, GP_DIM_ALL };

static const enum gp_measure measures[] = { GP_M_N, GP_M_ANSWERED, GP_M_OPEN,
	GP_M_MEDIAN, GP_M_P90, GP_M_DAY, GP_M_DAY_SHARE, GP_M_WITH_TERM,
	GP_M_IN_TERM, GP_M_IN_TERM_SHARE, GP_M_LATE, GP_M_OVERDUE,
	GP_MEASURES };

static const struct gp_counted_plan plan = {
	.report = "speed",
	.title = { "Скорость первого ответа", "Speed of the first answer" },
	.dim = dims,
	.measure = measures,
	.total = 1,
	.chart = GP_M_MEDIAN,
};

static void *
make(const struct gp_report_how *how, struct gp_why *why)
{
	return gp_counted_make(how, &plan, why);
}

const struct gp_report gp_report_speed =
    GP_COUNTED_REPORT("speed", "all|page|assignee|group|topic|hour", make);
