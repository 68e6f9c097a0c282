/* What is open though its term is over, the longest overdue first. */
#include "report/listing.h"
#include "report/reports.h"

static const enum gp_dim dims[] = { GP_DIM_ASSIGNEE, GP_DIM_PAGE, GP_DIM_ALL };
static const enum gp_measure measures[] = { GP_M_N, GP_M_WITH_TERM, GP_M_OPEN,
	GP_M_OVERDUE, GP_M_LATE, GP_M_OLDEST, GP_MEASURES };

static const struct gp_listing_plan plan = {
	.report = "overdue",
	.title = { "Просрочено", "Overdue" },
	.empty = { "просроченных обращений нет", "nothing is overdue" },
	.only = GP_S_OVERDUE,
	.order = GP_LISTED_BY_DUE,
	.hides = GP_LISTED_TOOK | GP_LISTED_PROMISED,
	.sum = { .report = "overdue",
	    .table = "sum",
	    .title = { "У кого просрочено", "Whose are overdue" },
	    .dim = dims,
	    .measure = measures,
	    .total = 1,
	    .all_time = 1,
	    .chart = GP_MEASURES },
};

static void *
make(const struct gp_report_how *how, struct gp_why *why)
{
	return gp_listing_make(how, &plan, why);
}

const struct gp_report gp_report_overdue =
    GP_LISTING_REPORT("overdue", "list|sum", make);
