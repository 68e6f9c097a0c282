#include "term/hours.h"

#include <stdlib.h>
#include <string.h>

/* The intervals of one day, as seconds of the wall clock. */
static size_t
wall_day(const struct gp_hours *h, int64_t day, struct gp_open to[GP_OPEN_MAX])
{
	const struct gp_mark *m = gp_calendar_mark(h->calendar, day);
	int y, mo, d, week = gp_day_week(day);

	gp_day_date(day, &y, &mo, &d);
	if (!gp_calendar_knows(h->calendar, y))
		return 0;
	if (m != NULL &&
	    (m->kind == GP_MARK_HOLIDAY || m->kind == GP_MARK_MOVED))
		return 0;
	/* A worked Saturday has the hours of the day it is worked for. */
	if (m != NULL && m->kind == GP_MARK_WORK)
		week = gp_day_week(m->other);
	return gp_schedule_day(h->schedule, week, m != NULL && m->is_short, to);
}

static void
fill_day(struct gp_hours *h, size_t no, int64_t *worked)
{
	struct gp_open open[GP_OPEN_MAX];
	int64_t midnight = (h->first + (int64_t)no) * GP_DAY;
	size_t n = wall_day(h, h->first + (int64_t)no, open), i;
	struct gp_interval *v;

	h->at[no] = (uint32_t)h->n;
	for (i = 0; i < n; i++) {
		v = &h->v[h->n];
		v->open = gp_zone_instant(h->zone, midnight + open[i].open);
		v->close = gp_zone_instant(h->zone, midnight + open[i].close);
		/* An interval the clock jumps over is not there; what touches
		 * the one before at midnight still is an interval. */
		if (h->n > 0 && v->open < h->v[h->n - 1].close)
			v->open = h->v[h->n - 1].close;
		if (v->close <= v->open)
			continue;
		v->before = *worked;
		v->day = (int32_t)no;
		*worked += v->close - v->open;
		h->n++;
	}
}

int
gp_hours_build(struct gp_hours *h, const struct gp_zone *zone,
    const struct gp_calendar *calendar, const struct gp_schedule *schedule)
{
	int64_t worked = 0;
	size_t i;

	memset(h, 0, sizeof(*h));
	h->zone = zone;
	h->calendar = calendar;
	h->schedule = schedule;
	if (schedule->always || calendar->n == 0)
		return 0;
	h->first = gp_day_of(calendar->first, 1, 1);
	h->days = (size_t)(gp_day_of(calendar->first + (int)calendar->n, 1, 1) -
	    h->first);
	h->at = calloc(h->days + 1, sizeof(*h->at));
	h->mark = calloc(h->days, sizeof(*h->mark));
	h->v = calloc(h->days * GP_OPEN_MAX, sizeof(*h->v));
	if (h->at == NULL || h->v == NULL || h->mark == NULL) {
		gp_hours_release(h);
		return -1;
	}
	for (i = 0; i < h->days; i++) {
		h->mark[i] = gp_calendar_mark(calendar, h->first + (int64_t)i);
		fill_day(h, i, &worked);
	}
	for (i = 0; i < calendar->n; i++)
		h->gaps |= calendar->year[i] == NULL;
	h->at[h->days] = (uint32_t)h->n;
	return 0;
}

void
gp_hours_release(struct gp_hours *h)
{
	free(h->at);
	free(h->mark);
	free(h->v);
	memset(h, 0, sizeof(*h));
}

const struct gp_mark *
gp_hours_mark(const struct gp_hours *h, int64_t day)
{
	int64_t no = day - h->first;

	return no >= 0 && no < (int64_t)h->days ? h->mark[no] : NULL;
}

static int64_t
day_of(const struct gp_hours *h, gp_instant t)
{
	return gp_day_at(gp_zone_wall(h->zone, t));
}

static int
missing(const struct gp_hours *h, int year, struct gp_why *why)
{
	return gp_because(why,
	    "no calendar of %d: calendar-%d.yaml is neither beside the rules "
	    "nor among the data (calendar '%s')",
	    year, year, h->calendar->name);
}

/* All years from one day to another are at hand. */
static int
known(const struct gp_hours *h, int64_t from, int64_t to, struct gp_why *why)
{
	int y, end, m, d;

	if (h->schedule->always ||
	    (!h->gaps && from >= h->first && to < h->first + (int64_t)h->days))
		return 0;
	gp_day_date(from, &y, &m, &d);
	gp_day_date(to, &end, &m, &d);
	for (; y <= end; y++)
		if (!gp_calendar_knows(h->calendar, y))
			return missing(h, y, why);
	return 0;
}

/* The first interval that closes at t or later; n: none. */
static size_t
interval(const struct gp_hours *h, gp_instant t)
{
	int64_t no = day_of(h, t) - h->first;
	size_t i;

	if (no < 0 || h->days == 0)
		return 0;
	if (no >= (int64_t)h->days)
		return h->n > 0 && h->v[h->n - 1].close >= t ? h->n - 1 : h->n;
	i = h->at[no];
	if (i > 0 && h->v[i - 1].close >= t) /* one that ends at midnight */
		i--;
	while (i < h->n && h->v[i].close < t)
		i++;
	return i;
}

static int64_t
worked_until(const struct gp_hours *h, gp_instant t, size_t i)
{
	const struct gp_interval *v = &h->v[i];

	if (h->n == 0)
		return 0;
	if (i == h->n)
		return v[-1].before + v[-1].close - v[-1].open;
	return v->before + (t > v->open ? t - v->open : 0);
}

int64_t
gp_hours_worked(const struct gp_hours *h, gp_instant a, gp_instant b)
{
	if (h->schedule->always)
		return b - a;
	return worked_until(h, b, interval(h, b)) -
	    worked_until(h, a, interval(h, a));
}

int
gp_hours_open(const struct gp_hours *h, gp_instant t)
{
	size_t i;

	if (h->schedule->always)
		return 1;
	i = interval(h, t);
	return i < h->n && h->v[i].open <= t;
}

size_t
gp_hours_of_day(
    const struct gp_hours *h, int64_t day, const struct gp_interval **to)
{
	int64_t no = day - h->first;

	*to = NULL;
	if (no < 0 || no >= (int64_t)h->days)
		return 0;
	*to = h->v + h->at[no];
	return h->at[no + 1] - h->at[no];
}

/* Running off the end of the last year, or the start of the first. */
static int
off_the_end(const struct gp_hours *h, gp_instant t, struct gp_why *why)
{
	int y, m, d;

	gp_day_date(day_of(h, t), &y, &m, &d);
	if (gp_calendar_knows(h->calendar, y))
		y = h->calendar->first + (int)h->calendar->n;
	return missing(h, y, why);
}

/* The interval in which so many seconds have been worked in all. */
static size_t
reach(const struct gp_hours *h, size_t i, int64_t target)
{
	size_t low, high = h->n, mid;
	int near;

	for (near = 0; near < 16 && i < h->n; near++, i++)
		if (h->v[i].before + h->v[i].close - h->v[i].open >= target)
			return i;
	for (low = i; low < high;) {
		mid = low + (high - low) / 2;
		if (h->v[mid].before + h->v[mid].close - h->v[mid].open >=
		    target)
			high = mid;
		else
			low = mid + 1;
	}
	return low;
}

static int
work_hours(
    const struct gp_hours *h, long n, struct gp_due *due, struct gp_why *why)
{
	int64_t target;
	size_t i;

	if (h->schedule->always) {
		due->end = due->start + n;
		return 0;
	}
	if (known(h, day_of(h, due->start), day_of(h, due->start), why) == -1)
		return -1;
	i = interval(h, due->start);
	if (i == h->n)
		return off_the_end(h, due->start, why);
	due->from = due->start > h->v[i].open ? due->start : h->v[i].open;
	target = worked_until(h, due->start, i) + n;
	if (n > 0)
		i = reach(h, i, target);
	if (i == h->n)
		return known(h, due->day, h->first + (int64_t)h->days, why);
	due->end = n > 0 ? h->v[i].open + (target - h->v[i].before) : due->from;
	return known(h, due->day, h->first + h->v[i].day, why);
}

/* When a day ends: its last closing; without hours, a second to midnight. */
static gp_instant
end_of(const struct gp_hours *h, int64_t day, int by_clock)
{
	const struct gp_interval *v;
	size_t n =
	    by_clock || h->schedule->always ? 0 : gp_hours_of_day(h, day, &v);

	if (n > 0)
		return v[n - 1].close;
	return gp_zone_instant(h->zone, (day + 1) * GP_DAY) - 1;
}

static int
is_worked(const struct gp_hours *h, int64_t day)
{
	const struct gp_interval *v;

	return h->schedule->always || gp_hours_of_day(h, day, &v) > 0;
}

/* The nth worked day behind `day`; the calendar may end before. */
static int
nth_day(const struct gp_hours *h, int64_t day, long n, int64_t *to,
    struct gp_why *why)
{
	int64_t end = h->first + (int64_t)h->days;

	*to = day + n;
	if (h->schedule->always)
		return 0;
	for (*to = day; n > 0; n -= is_worked(h, *to))
		if (++*to >= end)
			return known(h, day, end, why);
	return known(h, day, *to, why);
}

static int
work_days(
    const struct gp_hours *h, long n, struct gp_due *due, struct gp_why *why)
{
	size_t i;

	if (!h->schedule->always) {
		if (known(h, due->day, due->day, why) == -1)
			return -1;
		i = interval(h, due->start);
		if (i == h->n)
			return off_the_end(h, due->start, why);
		due->from =
		    due->start > h->v[i].open ? due->start : h->v[i].open;
		if (known(h, due->day, h->first + h->v[i].day, why) == -1)
			return -1;
		due->day = h->first + h->v[i].day;
	}
	if (nth_day(h, due->day, n, &due->last, why) == -1)
		return -1;
	due->end = end_of(h, due->last, 0);
	return 0;
}

/* The last worked day that is not after `day`; -1: none is known. */
static int64_t
worked_before(const struct gp_hours *h, int64_t day)
{
	while (day >= h->first && !is_worked(h, day))
		day--;
	return day >= h->first || h->schedule->always ? day : -1;
}

static int
days(const struct gp_hours *h, const struct gp_limit *limit, struct gp_due *due,
    struct gp_why *why)
{
	int64_t day = due->last = due->day + limit->n;

	if (limit->last == GP_LAST_SAME) {
		due->end = end_of(h, day, 1);
		return 0;
	}
	if (known(h, day, day, why) == -1)
		return -1;
	due->moved = !is_worked(h, day);
	if (due->moved && limit->last == GP_LAST_NEXT &&
	    nth_day(h, day, 1, &day, why) == -1)
		return -1;
	if (due->moved && limit->last == GP_LAST_PREVIOUS)
		day = worked_before(h, day);
	due->end = day == -1 ? due->start - 1 : end_of(h, day, 0);
	if (due->end >= due->start)
		return 0;
	/* The office has closed already: the day itself, or the next one. */
	if (limit->last == GP_LAST_PREVIOUS) {
		due->moved = 0;
		due->end = end_of(h, due->last, 1);
		return 0;
	}
	due->moved = 1;
	if (nth_day(h, day, 1, &day, why) == -1)
		return -1;
	due->end = end_of(h, day, 0);
	return 0;
}

/* No later than the last closing within the days of the cap. */
static int
cap(const struct gp_hours *h, long n, struct gp_due *due, struct gp_why *why)
{
	int64_t start, last, day;
	gp_instant end;

	if (due->end + 2 * GP_DAY < due->start + n * GP_DAY)
		return 0; /* far from it, whatever clocks do */
	start = day_of(h, due->start);
	last = start + n;
	if (due->end <= end_of(h, last, 1))
		return 0;
	if (known(h, start, last, why) == -1)
		return -1;
	day = worked_before(h, last);
	end = day == -1 ? due->start - 1 : end_of(h, day, 0);
	if (end < due->start)
		end = end_of(h, last, 1);
	due->uncapped = due->end;
	due->capped = end < due->end;
	if (due->capped)
		due->end = end;
	return 0;
}

int
gp_hours_due(const struct gp_hours *h, gp_instant start,
    const struct gp_limit *limit, struct gp_due *due, struct gp_why *why)
{
	int r = 0;

	memset(due, 0, sizeof(*due));
	due->start = due->from = start;
	due->day = day_of(h, start);
	switch (limit->unit) {
	case GP_UNIT_HOURS:
		due->end = start + limit->n;
		break;
	case GP_UNIT_WORK_HOURS:
		r = work_hours(h, limit->n, due, why);
		break;
	case GP_UNIT_DAYS:
		r = days(h, limit, due, why);
		break;
	case GP_UNIT_WORK_DAYS:
		r = work_days(h, limit->n, due, why);
		break;
	}
	if (r == 0 && limit->cap > 0)
		r = cap(h, limit->cap, due, why);
	return r;
}
