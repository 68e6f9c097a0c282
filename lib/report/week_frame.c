/* What the figures of a week carry, alike for appeals and posts. */
#include "report/week_show.h"

#include <stdlib.h>
#include <string.h>

static int
by_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Those by which the terms of the appeals that count were worked out. */
static void
calendars(const struct gp_week *w, struct gp_frame *f)
{
	const char *name[GP_CALENDARS] = { NULL };
	size_t n = 0, i;

	for (i = 1; i < GP_CALENDAR_REST; i++)
		if (w->with_calendar[i] > 0 && w->calendar[i] != NULL)
			name[n++] = w->calendar[i];
	qsort(name, n, sizeof(name[0]), by_name);
	for (i = 0; i < n; i++)
		gp_frame_calendar_add(f, gp_span_of(name[i]));
	if (w->with_calendar[GP_CALENDAR_REST] > 0)
		gp_frame_calendar_add(f, gp_span_of("…"));
}

/* The days, cut to the period, and behind them the whole of it. */
void
gp_week_frame_init(
    struct gp_week_frame *f, const struct gp_week *w, int appeals)
{
	size_t d, n = w->days.n;

	for (d = 0; d < n; d++)
		f->range[d] = (struct gp_range){ d == 0 ? w->days.since
							: w->days.start[d],
			d + 1 == n ? w->days.until : w->days.start[d + 1] };
	f->range[n] = (struct gp_range){ w->days.since, w->days.until };
	f->period = (struct gp_period){
		.n = n + 1, .piece = f->range, .all = f->range[n]
	};
	gp_frame_init(&f->frame, &w->how, &f->period);
	if (appeals)
		calendars(w, &f->frame);
}
