#include "report/listing.h"

#include <stdlib.h>
#include <string.h>

static void
fold(void *arg, const struct gp_case *c, const char *text)
{
	struct gp_listing *l = arg;
	struct gp_counted *k = &l->counted;
	unsigned states = gp_case_states(c, k->how.now);
	struct gp_listed *list;

	gp_rows_fold(&k->rows, c, text);
	if (!gp_where_holds(&k->where, c, states) ||
	    (l->plan->only != GP_STATES && !(states >> l->plan->only & 1)))
		return;
	if (!k->period.open &&
	    (c->at == 0 || gp_period_of(&k->period, c->at) == -1))
		return;
	list = gp_grown(l->list, l->n, &l->cap, sizeof(*list));
	if (list == NULL) {
		l->bad = 1;
		return;
	}
	l->list = list;
	l->list[l->n++] = (struct gp_listed){ c, text };
}

void *
gp_listing_make(const struct gp_report_how *how,
    const struct gp_listing_plan *plan, struct gp_why *why)
{
	struct gp_listing *l = calloc(1, sizeof(*l));

	if (l == NULL) {
		gp_because(why, "no memory");
		return NULL;
	}
	if (gp_counted_init(&l->counted, how, &plan->sum, why) == -1) {
		gp_listing_free(l);
		return NULL;
	}
	l->plan = plan;
	l->counted.ledger.most = UINT32_MAX / 4; /* nothing is settled */
	l->counted.ledger.texts = 1;
	l->counted.ledger.fold = fold;
	l->counted.ledger.ctx = l;
	return l;
}

void
gp_listing_free(void *arg)
{
	struct gp_listing *l = arg;

	if (l == NULL)
		return;
	free(l->list);
	gp_counted_release(&l->counted);
	free(l);
}

int
gp_listing_lacks(const void *arg, struct gp_why *why)
{
	struct gp_listing *l = (struct gp_listing *)(uintptr_t)arg;

	gp_counted_close(&l->counted);
	if (l->bad || l->counted.rows.bad)
		return -1;
	return gp_ledger_lacks(
	    &l->counted.ledger, l->counted.rows.undated, why);
}
