/* What was promised in interim answers, and what became of it. */
#include "report/listing.h"
#include "report/reports.h"

static const enum gp_dim dims[] = { GP_DIM_ASSIGNEE, GP_DIM_PAGE, GP_DIM_ALL };
static const enum gp_measure measures[] = { GP_M_N, GP_M_INTERIM, GP_M_PROMISED,
	GP_M_KEPT, GP_M_KEPT_SHARE, GP_M_BROKEN, GP_M_WAITING, GP_MEASURES };

static const struct gp_listing_plan plan = {
	.report = "promises",
	.title = { "Обещания", "Promises" },
	.empty = { "обещаний нет", "nothing was promised" },
	.only = GP_S_PROMISED,
	.order = GP_LISTED_BY_PROMISED,
	.hides = GP_LISTED_TOOK | GP_LISTED_LATE,
	.sum = { .report = "promises",
	    .table = "sum",
	    .title = { "Как выполняют обещания", "How promises are kept" },
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

const struct gp_report gp_report_promises =
    GP_LISTING_REPORT("promises", "list|sum", make);
