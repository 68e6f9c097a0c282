#include "report/period.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/day.h"

/* The date of the zone that holds the instant, as a number of days. */
static int64_t
date_of(gp_instant t, int *year, int *month, int *mday)
{
	time_t tt = (time_t)t;
	struct tm tm;

	if (localtime_r(&tt, &tm) == NULL)
		memset(&tm, 0, sizeof(tm));
	*year = tm.tm_year + 1900;
	*month = tm.tm_mon + 1;
	*mday = tm.tm_mday;
	return gp_day_of(*year, *month, *mday);
}

int
gp_hour_of(gp_instant t)
{
	time_t tt = (time_t)t;
	struct tm tm;

	return localtime_r(&tt, &tm) != NULL ? tm.tm_hour : 0;
}

/* The first instant of a date; a month of 13 is next year's first. */
static gp_instant
start_of(int year, int month, int mday)
{
	struct tm tm = { .tm_year = year - 1900,
		.tm_mon = month - 1,
		.tm_mday = mday,
		.tm_isdst = -1 };

	return (gp_instant)mktime(&tm);
}

struct gp_range
gp_month_of(gp_instant t)
{
	int y, m, d;

	date_of(t, &y, &m, &d);
	return (struct gp_range){ start_of(y, m, 1), start_of(y, m + 1, 1) };
}

/* Where the piece that holds t ends. */
static gp_instant
end_of(gp_instant t, enum gp_by by)
{
	int y, m, d;
	int64_t day = date_of(t, &y, &m, &d);

	switch (by) {
	case GP_BY_DAY:
		return start_of(y, m, d + 1);
	case GP_BY_WEEK:
		return start_of(y, m, d + 7 - gp_day_week(day));
	case GP_BY_MONTH:
		return start_of(y, m + 1, 1);
	default:
		return INT64_MAX;
	}
}

static int
is_midnight(gp_instant t)
{
	return gp_instant_midnight(t, 0) == t;
}

static struct gp_range
previous(struct gp_range r)
{
	int y, m, d, y2, m2, d2, months;
	int64_t days;

	if (!is_midnight(r.from) || !is_midnight(r.to))
		return (struct gp_range){ r.from - (r.to - r.from), r.from };
	days = -date_of(r.from, &y, &m, &d);
	days += date_of(r.to, &y2, &m2, &d2);
	months = (y2 - y) * 12 + m2 - m;
	if (d == 1 && d2 == 1 && months > 0)
		return (struct gp_range){ start_of(y, m - months, 1), r.from };
	return (struct gp_range){ start_of(y, m, d - (int)days), r.from };
}

/* The same date and time of the clock a year before. */
static gp_instant
year_before(gp_instant t)
{
	time_t tt = (time_t)t;
	struct tm tm;

	if (localtime_r(&tt, &tm) == NULL)
		return t;
	tm.tm_year--;
	tm.tm_isdst = -1;
	return (gp_instant)mktime(&tm);
}

static struct gp_range
before(struct gp_range r, enum gp_against against)
{
	if (against == GP_AGAINST_PREVIOUS)
		return previous(r);
	return (struct gp_range){ year_before(r.from), year_before(r.to) };
}

int
gp_period_open(struct gp_period *p)
{
	memset(p, 0, sizeof(*p));
	p->open = 1;
	p->n = 1;
	p->all = (struct gp_range){ INT64_MIN, INT64_MAX };
	p->piece = malloc(sizeof(*p->piece));
	if (p->piece == NULL)
		return -1;
	p->piece[0] = p->all;
	return 0;
}

static int
cut(struct gp_period *p, enum gp_by by, struct gp_why *why)
{
	gp_instant t = p->all.from, end;

	while (t < p->all.to) {
		if (p->n == GP_MOST_PIECES)
			return gp_because(why,
			    "the period has more than %d pieces",
			    GP_MOST_PIECES);
		end = end_of(t, by);
		if (end > p->all.to || end <= t)
			end = p->all.to;
		p->piece[p->n++] = (struct gp_range){ t, end };
		t = end;
	}
	return 0;
}

int
gp_period_init(struct gp_period *p, struct gp_range all, enum gp_by by,
    enum gp_against against, struct gp_why *why)
{
	size_t i;

	memset(p, 0, sizeof(*p));
	p->all = all;
	if (all.from >= all.to)
		return gp_because(why, "the period ends before it begins");
	p->piece = calloc(GP_MOST_PIECES, sizeof(*p->piece));
	if (against != GP_AGAINST_NONE)
		p->before = calloc(GP_MOST_PIECES, sizeof(*p->before));
	if (p->piece == NULL ||
	    (against != GP_AGAINST_NONE && p->before == NULL)) {
		gp_period_release(p);
		return gp_because(why, "no memory");
	}
	if (cut(p, by, why) == -1) {
		gp_period_release(p);
		return -1;
	}
	for (i = 0; i < p->n && p->before != NULL; i++)
		p->before[i] = before(p->piece[i], against);
	return 0;
}

void
gp_period_release(struct gp_period *p)
{
	free(p->piece);
	free(p->before);
	p->piece = p->before = NULL;
	p->n = 0;
}

static int
holds(const struct gp_range *r, gp_instant t)
{
	return t >= r->from && t < r->to;
}

int
gp_period_of(const struct gp_period *p, gp_instant t)
{
	size_t i;

	if (p->n == 0 || !holds(&p->all, t))
		return -1;
	if (p->n == 1)
		return 0;
	/* As if all were of one length; the few steps that it is out by. */
	i = (size_t)((double)(t - p->all.from) /
	    (double)(p->all.to - p->all.from) * (double)p->n);
	if (i >= p->n)
		i = p->n - 1;
	while (i > 0 && t < p->piece[i].from)
		i--;
	while (i + 1 < p->n && t >= p->piece[i + 1].from)
		i++;
	return (int)i;
}

int
gp_period_before(const struct gp_period *p, size_t i, gp_instant t)
{
	return p->before != NULL && holds(&p->before[i], t);
}
