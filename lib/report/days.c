#include "report/days.h"

#include <stdlib.h>

int
gp_days_init(
    struct gp_days *d, gp_instant since, gp_instant until, struct gp_why *why)
{
	*d = (struct gp_days){ .since = since, .until = until };
	if (since >= until)
		return gp_because(why, "the period ends before it begins");
	if (until - since > (gp_instant)(GP_MOST_DAYS - 1) * 86400)
		return gp_because(
		    why, "the period is longer than %d days", GP_MOST_DAYS - 1);
	d->start = calloc(GP_MOST_DAYS + 1, sizeof(*d->start));
	if (d->start == NULL)
		return gp_because(why, "no memory");
	do
		d->start[d->n] = gp_instant_midnight(since, (int)d->n);
	while (d->start[d->n] < until && ++d->n < GP_MOST_DAYS);
	return 0;
}

void
gp_days_release(struct gp_days *d)
{
	free(d->start);
	d->start = NULL;
	d->n = 0;
}

int
gp_days_of(const struct gp_days *d, gp_instant t)
{
	size_t i;

	if (t < d->since || t >= d->until)
		return -1;
	/* Days of 23 and 25 hours put the guess out by one. */
	i = (size_t)(t - d->start[0]) / 86400;
	if (i >= d->n)
		i = d->n - 1;
	while (i > 0 && t < d->start[i])
		i--;
	while (i + 1 < d->n && t >= d->start[i + 1])
		i++;
	return (int)i;
}
