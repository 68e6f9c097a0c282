#include "report/counted.h"

#include <stdlib.h>
#include <string.h>

int
gp_report_period(struct gp_period *p, const struct gp_report_how *how,
    int all_time, struct gp_why *why)
{
	struct gp_range r = { 0, how->has_until ? how->until : how->now };

	if (all_time && !how->has_since && !how->has_until) {
		if (how->by == GP_BY_ALL && how->against == GP_AGAINST_NONE)
			return gp_period_open(p) == 0
			    ? 0
			    : gp_because(why, "no memory");
		return gp_because(
		    why, "--by and --against want --since, or --until");
	}
	r.from = how->has_since ? how->since
				: gp_instant_midnight(r.to, -GP_DEFAULT_DAYS);
	if (!how->has_since && !how->has_until)
		r.from = r.to - GP_DEFAULT_DAYS * 86400;
	return gp_period_init(p, r, how->by, how->against, why);
}

int
gp_counted_init(struct gp_counted *c, const struct gp_report_how *how,
    const struct gp_counted_plan *plan, struct gp_why *why)
{
	size_t memory = how->memory != 0 ? how->memory : 256 * GP_MIB;
	unsigned dims = 0;
	size_t i;

	memset(c, 0, sizeof(*c));
	c->how = *how;
	c->plan = plan;
	if (c->how.against == GP_AGAINST_NONE)
		c->how.against = plan->against;
	gp_ledger_init(&c->ledger, &c->how, memory, 0, gp_rows_fold, &c->rows);
	for (i = 0; plan->dim[i] != GP_DIM_ALL; i++)
		dims |= 1u << plan->dim[i];
	gp_shelf_init(&c->shelf, plan->shelf, memory);
	if (plan->shelf != 0)
		c->ledger.shelf = &c->shelf;
	gp_rows_init(&c->rows, &c->ledger, &c->period, &c->where, dims);
	c->rows.times = 0;
	for (i = 0; plan->measure[i] != GP_MEASURES; i++)
		c->rows.times |= plan->measure[i] == GP_M_MEDIAN ||
		    plan->measure[i] == GP_M_P90;
	if (gp_report_period(&c->period, &c->how, plan->all_time, why) == -1)
		return -1;
	return gp_where_init(&c->where, &how->where, &c->ledger, why);
}

void
gp_counted_release(struct gp_counted *c)
{
	gp_rows_release(&c->rows);
	gp_shelf_release(&c->shelf);
	gp_period_release(&c->period);
	gp_ledger_release(&c->ledger);
}

struct gp_counted *
gp_counted_make(const struct gp_report_how *how,
    const struct gp_counted_plan *plan, struct gp_why *why)
{
	struct gp_counted *c = calloc(1, sizeof(*c));

	if (c == NULL)
		gp_because(why, "no memory");
	else if (gp_counted_init(c, how, plan, why) == 0)
		return c;
	gp_counted_free(c);
	return NULL;
}

void
gp_counted_free(void *arg)
{
	struct gp_counted *c = arg;

	if (c == NULL)
		return;
	gp_counted_release(c);
	free(c);
}

void *
gp_counted_start(void *arg)
{
	struct gp_counted *c = arg;

	return gp_ledger_start(&c->ledger);
}

void
gp_counted_stop(void *arg)
{
	gp_ledger_stop(arg);
}

int
gp_counted_line(
    void *arg, struct gp_span in, struct gp_buf *out, struct gp_why *why)
{
	struct gp_ledger_reader *r = arg;
	struct gp_fact f;

	if (gp_ledger_line(r, in, &f, out, why) == -1)
		return -1;
	if (r->ledger->shelf != NULL)
		gp_shelf_line(r->ledger->shelf, r, &f, out);
	return 0;
}

int
gp_counted_sink(void *arg, struct gp_span marks)
{
	struct gp_counted *c = arg;

	if (c->ledger.shelf != NULL && gp_shelf_sink(&c->shelf, marks) == -1)
		return -1;
	return gp_ledger_sink(&c->ledger, marks) == -1 || c->rows.bad ? -1 : 0;
}

void
gp_counted_close(struct gp_counted *c)
{
	if (!c->closed)
		gp_ledger_close(&c->ledger);
	c->closed = 1;
}

int
gp_ledger_lacks(const struct gp_ledger *l, uint64_t undated, struct gp_why *why)
{
	int d;

	for (d = 0; d < GP_DIMS; d++)
		if (l->dict[d].bad)
			return -1;
	if (l->bad)
		return -1;
	if (l->strays > 0) {
		gp_because(why,
		    "%llu answers came too late for appeals that were settled "
		    "to save memory; give more --memory",
		    (unsigned long long)l->strays);
		return 1;
	}
	if (undated == 0)
		return 0;
	gp_because(why, "%llu appeals without 'at' are counted apart",
	    (unsigned long long)undated);
	return 2;
}

int
gp_counted_lacks(const void *arg, struct gp_why *why)
{
	struct gp_counted *c = (struct gp_counted *)(uintptr_t)arg;
	int r = gp_shelf_lacks(&c->shelf, why);

	gp_counted_close(c);
	if (c->rows.bad || r == -1)
		return -1;
	if (r == 1)
		return 1;
	return gp_ledger_lacks(&c->ledger, c->rows.undated, why);
}
