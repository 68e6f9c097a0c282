/* One row an appeal: what stands behind any figure. */
#include "report/listing.h"
#include "report/reports.h"

static const enum gp_dim no_dims[] = { GP_DIM_ALL };
static const enum gp_measure no_measures[] = { GP_MEASURES };

static const struct gp_listing_plan plan = {
	.report = "items",
	.title = { "Обращения", "Appeals" },
	.empty = { "таких обращений нет", "no such appeals" },
	.only = GP_STATES,
	.order = GP_LISTED_BY_AT,
	.hides = GP_LISTED_LATE | GP_LISTED_PROMISED,
	.sum = { .report = "items",
	    .dim = no_dims,
	    .measure = no_measures,
	    .all_time = 1 },
};

static void *
make(const struct gp_report_how *how, struct gp_why *why)
{
	return gp_listing_make(how, &plan, why);
}

const struct gp_report gp_report_items = GP_LISTING_REPORT("items", NULL, make);
