/*
 * Working time: a schedule over a calendar in a zone, worked out once into a
 * list of intervals between instants, so that a term is a look-up and two
 * additions. All is counted in whole seconds that really pass; a day on which
 * the clock is turned has an hour more or less.
 *
 * The rules (those of the Civil Code, articles 191 to 194, where it has one):
 *
 * hours: start + n. Working hours: the first instant, not before the start,
 * that lies in an interval (its end included) with n seconds worked since the
 * start; so a term that fills a day ends at its closing, and a term of 0 that
 * starts at night ends when the office opens.
 *
 * Working days: the day of the start is the first one whose closing is not
 * before the start; the term ends at the closing of the nth worked day behind
 * it. Days: the day of the start is that of the wall clock; the term ends at
 * the closing of the nth day behind it, moved as `last` says if that day is not
 * worked; unmoved (GP_LAST_SAME) it ends at 23:59:59.
 *
 * A cap of n days ends, if it is sooner, at the last closing within these.
 */
#ifndef GP_TERM_HOURS_H
#define GP_TERM_HOURS_H

#include "term/calendar.h"
#include "term/limit.h"
#include "term/schedule.h"
#include "term/zone.h"

struct gp_interval {
	gp_instant open, close;
	int64_t before; /* seconds worked in all intervals before */
	int32_t day;    /* number of the day from the first one */
};

/* All are borrowed but the tables. */
struct gp_hours {
	const struct gp_zone *zone;
	const struct gp_calendar *calendar;
	const struct gp_schedule *schedule;
	int64_t first; /* day */
	size_t days;
	uint32_t *at;                /* by day, one more: its first interval */
	const struct gp_mark **mark; /* by day */
	int gaps;                    /* some year between is missing */
	struct gp_interval *v;
	size_t n;
};

/* How a term came out, for those who have to tell. */
struct gp_due {
	gp_instant start; /* as given */
	gp_instant from;  /* moved into working time, where that counts */
	gp_instant end;   /* the term's end */
	int64_t day;      /* from which days were counted */
	int64_t last;     /* the last day, before it was moved */
	int moved;        /* the last day was not worked */
	int capped;
	gp_instant uncapped; /* what it would have been */
};

/* 0; -1: no memory. */
int gp_hours_build(struct gp_hours *, const struct gp_zone *,
    const struct gp_calendar *, const struct gp_schedule *);
void gp_hours_release(struct gp_hours *);

/*
 * The end of a term. -1 with the reason where a calendar is missing: "no
 * calendar of 2028: calendar-2028.yaml".
 */
int gp_hours_due(const struct gp_hours *, gp_instant start,
    const struct gp_limit *, struct gp_due *, struct gp_why *);

/* Seconds worked between two instants within the calendars at hand. */
int64_t gp_hours_worked(const struct gp_hours *, gp_instant, gp_instant);

/* 1: some interval, its ends included, holds the instant. */
int gp_hours_open(const struct gp_hours *, gp_instant);
/* NULL: nothing is special on that day. */
const struct gp_mark *gp_hours_mark(const struct gp_hours *, int64_t day);
/* The intervals of a day: how many, the first into *to. */
size_t gp_hours_of_day(
    const struct gp_hours *, int64_t day, const struct gp_interval **to);

#endif
