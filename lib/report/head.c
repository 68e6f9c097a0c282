/*
 * The week on a page, for the head: how appeals were answered against the
 * week before, by page, by who answers and by what they are about, then the
 * tables of the report "week". A line is read by both; what each makes of it
 * stands in one mark, their lengths before it.
 */
#include <stdlib.h>
#include <string.h>

#include "report/counted.h"
#include "report/reports.h"

struct head {
	struct gp_counted counted;
	void *week;
};

struct state {
	struct gp_ledger_reader *reader;
	void *week;
};

static const enum gp_dim dims[] = { GP_DIM_PAGE, GP_DIM_ASSIGNEE, GP_DIM_GROUP,
	GP_DIM_ALL };
static const enum gp_dim only_all[] = { GP_DIM_ALL };
static const enum gp_dim only_page[] = { GP_DIM_PAGE, GP_DIM_ALL };
static const enum gp_dim only_assignee[] = { GP_DIM_ASSIGNEE, GP_DIM_ALL };
static const enum gp_dim only_group[] = { GP_DIM_GROUP, GP_DIM_ALL };

static const enum gp_measure answers[] = { GP_M_N, GP_M_BEFORE, GP_M_CHANGE,
	GP_M_ANSWERED, GP_M_ANSWERED_SHARE, GP_M_MEDIAN, GP_M_DAY_SHARE,
	GP_M_IN_TERM_SHARE, GP_M_OPEN, GP_M_OVERDUE, GP_M_REPEAT, GP_M_DANGER,
	GP_MEASURES };
static const enum gp_measure about[] = { GP_M_N, GP_M_SHARE, GP_M_BEFORE,
	GP_M_CHANGE, GP_M_COMPLAINT, GP_M_DANGER, GP_M_OPEN, GP_MEASURES };

static const struct gp_counted_plan plan = { .report = "week",
	.dim = dims,
	.measure = answers,
	.against = GP_AGAINST_PREVIOUS };

static const struct gp_counted_plan parts[] = {
	{ "week", "head", { "Неделя коротко", "The week in short" }, only_all,
	    answers, 1, 0, GP_AGAINST_PREVIOUS, GP_MEASURES, 0 },
	{ "week", "topics", { "О чём пишут", "What people write about" },
	    only_group, about, 0, 0, GP_AGAINST_PREVIOUS, GP_M_N, 0 },
	{ "week", "pages", { "Страницы", "Pages" }, only_page, answers, 0, 0,
	    GP_AGAINST_PREVIOUS, GP_MEASURES, 0 },
	{ "week", "assignees", { "Кто отвечает", "Who answers" }, only_assignee,
	    answers, 0, 0, GP_AGAINST_PREVIOUS, GP_MEASURES, 0 },
};

static void
release(void *arg)
{
	struct head *h = arg;

	if (h == NULL)
		return;
	gp_counted_release(&h->counted);
	if (h->week != NULL)
		gp_report_week.free(h->week);
	free(h);
}

static void *
make(const struct gp_report_how *how, struct gp_why *why)
{
	struct head *h = calloc(1, sizeof(*h));

	if (h == NULL) {
		gp_because(why, "no memory");
		return NULL;
	}
	if (gp_counted_init(&h->counted, how, &plan, why) == 0) {
		h->week = gp_report_week.make(how, why);
		if (h->week != NULL)
			return h;
	}
	release(h);
	return NULL;
}

static void
stop(void *arg)
{
	struct state *st = arg;

	gp_ledger_stop(st->reader);
	if (st->week != NULL)
		gp_report_week.stop(st->week);
	free(st);
}

static void *
start(void *arg)
{
	struct head *h = arg;
	struct state *st = calloc(1, sizeof(*st));

	if (st == NULL)
		return NULL;
	st->reader = gp_ledger_start(&h->counted.ledger);
	st->week = gp_report_week.start(h->week);
	if (st->reader != NULL && st->week != NULL)
		return st;
	stop(st);
	return NULL;
}

static int
line(void *arg, struct gp_span in, struct gp_buf *out, struct gp_why *why)
{
	struct state *st = arg;
	uint64_t n[2] = { 0, 0 };
	size_t at = out->n;

	gp_buf_add(out, n, sizeof(n));
	if (gp_report_week.line(st->week, in, out, why) == -1)
		return -1;
	n[0] = out->n - at - sizeof(n);
	if (gp_counted_line(st->reader, in, out, why) == -1)
		return -1;
	n[1] = out->n - at - sizeof(n) - n[0];
	if (!out->bad)
		memcpy(out->p + at, n, sizeof(n));
	return 0;
}

static int
sink(void *arg, struct gp_span out)
{
	struct head *h = arg;
	const char *p = out.p, *end = gp_span_end(out);
	uint64_t n[2];

	while (p < end) {
		memcpy(n, p, sizeof(n));
		p += sizeof(n);
		if (gp_report_week.sink(h->week, (struct gp_span){ p, n[0] }) ==
			-1 ||
		    gp_counted_sink(
			&h->counted, (struct gp_span){ p + n[0], n[1] }) == -1)
			return -1;
		p += n[0] + n[1];
	}
	return 0;
}

static int
lacks(const void *arg, struct gp_why *why)
{
	const struct head *h = arg;
	int r = gp_counted_lacks(&h->counted, why);

	return r != 0 ? r : gp_report_week.lacks(h->week, why);
}

static int
show(void *arg, struct gp_show *s)
{
	struct head *h = arg;
	size_t i;
	int r = 0;

	for (i = 0; i < sizeof(parts) / sizeof(parts[0]) && r == 0; i++) {
		h->counted.plan = &parts[i];
		r = gp_counted_show(&h->counted, s);
	}
	return r == 0 ? gp_report_week.show(h->week, s) : r;
}

const struct gp_report gp_report_head = {
	.name = "week",
	.make = make,
	.free = release,
	.start = start,
	.stop = stop,
	.line = line,
	.sink = sink,
	.lacks = lacks,
	.show = show,
};
