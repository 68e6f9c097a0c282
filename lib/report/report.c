#include "report/report.h"

#include <string.h>

#include "report/reports.h"

static const struct gp_report *const reports[] = {
	&gp_report_queue,
	&gp_report_items,
	&gp_report_overdue,
	&gp_report_speed,
	&gp_report_topics,
	&gp_report_repeat,
	&gp_report_promises,
	&gp_report_executors,
	&gp_report_pages,
	&gp_report_month,
	&gp_report_posts,
	&gp_report_audience,
	&gp_report_polls,
	&gp_report_survey,
	&gp_report_quality,
	&gp_report_week,
};

const struct gp_report *
gp_report_document(const struct gp_report *report)
{
	return report == &gp_report_week ? &gp_report_head : report;
}

const struct gp_report *
gp_report_behind_of(const struct gp_report *report)
{
	return report == &gp_report_items ? &gp_report_behind : NULL;
}

int
gp_report_plain_only(
    const struct gp_report_how *how, const char *report, struct gp_why *why)
{
	if (how->where.n > 0)
		return gp_because(why, "--where: '%s' counts all", report);
	if (how->by != GP_BY_ALL || how->against != GP_AGAINST_NONE)
		return gp_because(
		    why, "'%s' has neither --by nor --against", report);
	return 0;
}

const struct gp_report *
gp_report_find(const char *name)
{
	size_t i;

	for (i = 0; i < sizeof(reports) / sizeof(reports[0]); i++)
		if (strcmp(reports[i]->name, name) == 0)
			return reports[i];
	return NULL;
}
