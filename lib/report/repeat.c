/* Who had to ask again, about what. */
#include "report/counted.h"
#include "report/reports.h"

static const enum gp_dim dims[] = { GP_DIM_PAGE, GP_DIM_ASSIGNEE, GP_DIM_GROUP,
	GP_DIM_TOPIC, GP_DIM_ALL };

static const enum gp_measure measures[] = { GP_M_N, GP_M_REPEAT,
	GP_M_REPEAT_SHARE, GP_M_OPEN, GP_MEASURES };

static const struct gp_counted_plan plan = {
	.report = "repeat",
	.title = { "Повторные обращения", "Repeated appeals" },
	.dim = dims,
	.measure = measures,
	.total = 1,
	.all_time = 1,
	.chart = GP_M_REPEAT,
};

static void *
make(const struct gp_report_how *how, struct gp_why *why)
{
	return gp_counted_make(how, &plan, why);
}

const struct gp_report gp_report_repeat =
    GP_COUNTED_REPORT("repeat", "all|page|assignee|group|topic", make);
