#include "term/answer.h"

#include <string.h>

/* The first start the record has: the wanted one, else when it came. */
static int
start(const struct gp_times *t, enum gp_from want, enum gp_from *from,
    gp_instant *at, struct gp_why *why)
{
	*from = t->has >> want & 1 ? want : GP_FROM_AT;
	*at = t->at[*from];
	if (!(t->has >> *from & 1))
		return gp_because(why, "there is no 'at': no term can run");
	return 0;
}

static int
part(const struct gp_answer *a, const struct gp_part *p,
    const struct gp_times *t, enum gp_from *from, struct gp_due *due,
    struct gp_why *why)
{
	gp_instant at;

	if (!p->set)
		return 0;
	if (start(t, p->from, from, &at, why) == -1)
		return -1;
	return gp_hours_due(a->hours, at, &p->limit, due, why);
}

int
gp_answer_of(const struct gp_routes *r, const struct gp_choice *c,
    const struct gp_times *times, struct gp_answer *a, struct gp_why *why)
{
	const struct gp_centre *centre = &r->centre[c->centre];
	struct gp_times t = *times;
	long terms = centre->terms;

	memset(a, 0, sizeof(*a));
	a->hours = centre->hours;
	if (c->rule != GP_NO && r->rule[c->rule].terms != GP_NO)
		terms = r->rule[c->rule].terms;
	if (terms == GP_NO)
		return 0;
	if (c->important && r->terms[terms].important != GP_NO) {
		terms = r->terms[terms].important;
		a->important = 1;
	}
	a->terms = &r->terms[terms];
	if (part(a, &a->terms->first, &t, &a->first_from, &a->first, why) == -1)
		return -1;
	if (a->terms->first.set) {
		t.has |= 1u << GP_FROM_FIRST;
		t.at[GP_FROM_FIRST] = a->first.end;
	}
	return part(a, &a->terms->final, &t, &a->final_from, &a->final, why);
}
