/*
 * Working time: vectors worked out by hand on the calendar, and properties
 * that hold for all terms.
 */
#include "unit.h"

#include "term/hours.h"

/* Schedules of the vectors, by letter. */
static const char *const schedules[] = {
	['L'] = "{weekdays: '09:00-13:00, 14:00-18:00'}", /* lunch; 40 hours */
	['O'] = "{weekdays: 09:00-18:00}",
	['F'] = "{weekdays: '09:00-13:00, 13:45-18:00', fri: '09:00-13:00, "
		"13:45-16:45'}",
	['N'] = "{tue: 10:00-19:00, wed: 10:00-19:00, thu: 10:00-19:00, fri: "
		"10:00-19:00, sat: 10:00-16:00}", /* no Monday */
	['S'] = "{weekdays: 09:00-18:00, sat: 10:00-14:00}",
	['T'] = "{weekdays: '08:00-11:00, 12:00-15:00, 16:00-18:00'}",
	['H'] = "{weekdays: '09:00-13:00, 13:30-14:00'}", /* short last one */
	['D'] = "{always: yes}",
	['X'] = "{every: '00:00-08:00, 20:00-24:00'}", /* nights */
};

#define MOSCOW    "Europe/Moscow"
#define KAMCHATKA "Asia/Kamchatka"
#define CRIMEA    "Europe/Simferopol"
#define BERLIN    "Europe/Berlin"

struct world {
	struct gp_calendar calendar;
	struct gp_yaml_doc *doc[128];
	struct gp_schedule schedule[128];
	struct gp_zone zone[4];
	struct gp_hours hours[4][128];
};

static const char *const zones[4] = { MOSCOW, KAMCHATKA, CRIMEA, BERLIN };
static struct world *w;

static int
set_up(void **state)
{
	struct gp_why why = { "" };
	size_t i, z;

	(void)state;
	setenv("GP_DATA", "lib/data", 0);
	w = calloc(1, sizeof(*w));
	assert_non_null(w);
	if (gp_calendar_load(&w->calendar, NULL, &why) == -1)
		fail_msg("%s", why.msg);
	for (z = 0; z < 4; z++)
		if (gp_zone_read(zones[z], &w->zone[z], &why) == -1)
			fail_msg("%s", why.msg);
	for (i = 0; i < COUNT(schedules); i++) {
		if (schedules[i] == NULL)
			continue;
		w->doc[i] = gp_yaml_parse(gp_span_of(schedules[i]), "s", &why);
		if (w->doc[i] == NULL ||
		    gp_schedule_fill(w->doc[i], gp_yaml_root(w->doc[i]),
			&w->schedule[i], &why) == -1)
			fail_msg("%s", why.msg);
		for (z = 0; z < 4; z++)
			assert_int_equal(
			    gp_hours_build(&w->hours[z][i], &w->zone[z],
				&w->calendar, &w->schedule[i]),
			    0);
	}
	return 0;
}

static int
tear_down(void **state)
{
	size_t i, z;

	(void)state;
	for (i = 0; i < 128; i++) {
		for (z = 0; z < 4; z++)
			gp_hours_release(&w->hours[z][i]);
		gp_yaml_free(w->doc[i]);
	}
	for (z = 0; z < 4; z++)
		gp_zone_release(&w->zone[z]);
	gp_calendar_release(&w->calendar);
	free(w);
	return 0;
}

/* "2026-11-02 09:00[:00]" on the wall of a zone. */
static gp_instant
at(const struct gp_zone *z, const char *s)
{
	int y, mo, d, h, mi, sec = 0;

	if (sscanf(s, "%d-%d-%d %d:%d:%d", &y, &mo, &d, &h, &mi, &sec) < 5)
		fail_msg("'%s' is no time", s);
	return gp_zone_instant(
	    z, gp_day_of(y, mo, d) * GP_DAY + h * 3600 + mi * 60 + sec);
}

static const char *
wall(const struct gp_zone *z, gp_instant t, char to[80])
{
	int64_t n = gp_zone_wall(z, t), day = gp_day_at(n),
		s = n - day * GP_DAY;
	int y, m, d;

	gp_day_date(day, &y, &m, &d);
	snprintf(to, 80, "%04d-%02d-%02d %02d:%02d:%02d", y, m, d,
	    (int)(s / 3600), (int)(s / 60 % 60), (int)(s % 60));
	return to;
}

/* -- vectors --------------------------------------------------------------- */

struct vector {
	char schedule;
	const char *zone, *start, *term;
	enum gp_last last;
	long cap;
	const char *end; /* or "!" and a part of the reason */
};

#define N GP_LAST_NEXT
#define P GP_LAST_PREVIOUS
#define E GP_LAST_SAME
#define M MOSCOW

/* clang-format off */
static const struct vector vectors[] = {
	/* 2026-11-02 is a Monday; Tuesday the 3rd is short, the 4th a holiday */
	/* eight hours on Monday, the ninth on Tuesday morning */
	{ 'L', M, "2026-11-02 09:00", "9 working hours", N, 0, "2026-11-03 10:00:00" },
	/* one second of Monday is left, 3599 of Tuesday are needed */
	{ 'L', M, "2026-11-02 17:59:59", "1 working hours", N, 0, "2026-11-03 09:59:59" },
	/* exactly at closing: nothing of Monday is left */
	{ 'L', M, "2026-11-02 18:00", "1 working hour", N, 0, "2026-11-03 10:00:00" },
	/* a term of 0 at closing: the interval's end still belongs to it */
	{ 'L', M, "2026-11-02 18:00", "0 working hours", N, 0, "2026-11-02 18:00:00" },
	/* a second later it does not */
	{ 'L', M, "2026-11-02 18:00:01", "0 working hours", N, 0, "2026-11-03 09:00:00" },
	/* a term of 0 within an interval is over at once */
	{ 'L', M, "2026-11-02 10:11:12", "0 working hours", N, 0, "2026-11-02 10:11:12" },
	/* Sunday moves to Monday's opening */
	{ 'L', M, "2026-11-01 12:00", "0 working hours", N, 0, "2026-11-02 09:00:00" },
	/* four hours fill the morning: the end is 13:00, not 14:00 */
	{ 'L', M, "2026-11-01 12:00", "4 working hours", N, 0, "2026-11-02 13:00:00" },
	/* the fifth is the first one after lunch */
	{ 'L', M, "2026-11-01 12:00", "5 working hours", N, 0, "2026-11-02 15:00:00" },
	/* lunch parts the hour: 12:30-13:00 and 14:00-14:30 */
	{ 'L', M, "2026-11-02 12:30", "1 working hour", N, 0, "2026-11-02 14:30:00" },
	/* it came at lunch */
	{ 'L', M, "2026-11-02 13:30", "0 working hours", N, 0, "2026-11-02 14:00:00" },
	{ 'L', M, "2026-11-02 13:30", "1 working hour", N, 0, "2026-11-02 15:00:00" },
	/* exactly when lunch begins */
	{ 'L', M, "2026-11-02 13:00", "0 working hours", N, 0, "2026-11-02 13:00:00" },
	/* exactly when it ends */
	{ 'L', M, "2026-11-02 14:00", "1 working hour", N, 0, "2026-11-02 15:00:00" },
	/* before opening */
	{ 'L', M, "2026-11-02 03:00", "1 working hour", N, 0, "2026-11-02 10:00:00" },
	/* the short Tuesday ends at 17:00; over the holiday to Thursday */
	{ 'L', M, "2026-11-03 16:00", "2 working hours", N, 0, "2026-11-05 10:00:00" },
	{ 'L', M, "2026-11-03 17:30", "1 working hour", N, 0, "2026-11-05 10:00:00" },
	/* the holiday itself */
	{ 'L', M, "2026-11-04 11:00", "1 working hour", N, 0, "2026-11-05 10:00:00" },

	/* New Year: 31 December 2026 is off (for 4 January), 1 to 8 January
	 * holidays, 9 and 10 a weekend, work begins on Monday 11 January */
	{ 'L', M, "2026-12-30 17:00", "2 working hours", N, 0, "2027-01-11 10:00:00" },
	{ 'L', M, "2026-12-30 18:30", "9 working hours", N, 0, "2027-01-12 10:00:00" },
	{ 'L', M, "2027-01-05 12:00", "0 working hours", N, 0, "2027-01-11 09:00:00" },
	{ 'L', M, "2026-12-30 12:00", "1 working day", N, 0, "2027-01-11 18:00:00" },
	/* the 31st is not worked: its start is that of the 11th, which is not
	 * counted */
	{ 'L', M, "2026-12-31 12:00", "1 working day", N, 0, "2027-01-12 18:00:00" },
	/* 11, 12, 13, 14, 15, 18, 19 January */
	{ 'L', M, "2026-12-30 12:00", "7 working days", N, 0, "2027-01-19 18:00:00" },
	/* 2025/26: 31 December off, 9 January off, so Monday 12 January */
	{ 'L', M, "2025-12-30 17:30", "1 working hour", N, 0, "2026-01-12 09:30:00" },

	/* Saturday 2025-11-01 is worked for Monday the 3rd, and short */
	{ 'L', M, "2025-10-31 17:00", "2 working hours", N, 0, "2025-11-01 10:00:00" },
	/* 12-13 and 14-17 make four; 2, 3, 4 November are off; four on the 5th */
	{ 'L', M, "2025-11-01 12:00", "8 working hours", N, 0, "2025-11-05 13:00:00" },
	{ 'L', M, "2025-11-01 17:00", "0 working hours", N, 0, "2025-11-01 17:00:00" },
	{ 'L', M, "2025-11-01 17:00:01", "0 working hours", N, 0, "2025-11-05 09:00:00" },
	{ 'L', M, "2025-10-31 12:00", "1 working day", N, 0, "2025-11-01 17:00:00" },
	{ 'L', M, "2025-10-31 12:00", "2 working days", N, 0, "2025-11-05 18:00:00" },
	/* it has the hours of a Monday (to 18:00, short 17:00), not a Friday's */
	{ 'F', M, "2025-11-01 16:30", "1 working hour", N, 0, "2025-11-05 09:30:00" },
	/* 2024-04-27: worked for Monday the 29th, not short */
	{ 'F', M, "2024-04-27 17:30", "1 working hour", N, 0, "2024-05-02 09:30:00" },

	/* Friday ends at 16:45 */
	{ 'F', M, "2026-10-30 16:00", "1 working hour", N, 0, "2026-11-02 09:15:00" },
	/* at its closing it still is Friday's: the next worked day counts */
	{ 'F', M, "2026-10-30 16:45", "1 working day", N, 0, "2026-11-02 18:00:00" },
	/* a second later it is Monday's, and Tuesday, short, is the first day */
	{ 'F', M, "2026-10-30 16:45:01", "1 working day", N, 0, "2026-11-03 17:00:00" },
	/* 0 working days: the closing of the day itself */
	{ 'F', M, "2026-10-30 10:00", "0 working days", N, 0, "2026-10-30 16:45:00" },
	{ 'F', M, "2026-10-31 10:00", "0 working days", N, 0, "2026-11-02 18:00:00" },

	/* a week without Monday: Saturday's last hour, then short Tuesday */
	{ 'N', M, "2026-10-31 15:00", "2 working hours", N, 0, "2026-11-03 11:00:00" },
	{ 'N', M, "2026-11-02 12:00", "0 working hours", N, 0, "2026-11-03 10:00:00" },
	{ 'N', M, "2026-10-31 12:00", "1 working day", N, 0, "2026-11-03 18:00:00" },
	{ 'N', M, "2026-11-02 12:00", "1 working day", N, 0, "2026-11-05 19:00:00" },
	/* a Saturday of one's own */
	{ 'S', M, "2026-10-30 17:00", "2 working hours", N, 0, "2026-10-31 11:00:00" },
	/* over 23 February, a Monday in 2026 */
	{ 'S', M, "2026-02-21 13:30", "1 working hour", N, 0, "2026-02-24 09:30:00" },

	/* three intervals a day */
	{ 'T', M, "2026-11-02 10:30", "2 working hours", N, 0, "2026-11-02 13:30:00" },
	{ 'T', M, "2026-11-02 10:30", "6 working hours", N, 0, "2026-11-03 08:30:00" },
	{ 'T', M, "2026-11-02 15:00", "0 working hours", N, 0, "2026-11-02 15:00:00" },
	{ 'T', M, "2026-11-02 11:30", "0 working hours", N, 0, "2026-11-02 12:00:00" },
	/* the short day loses the last hour of its last interval */
	{ 'T', M, "2026-11-03 14:00", "3 working hours", N, 0, "2026-11-05 09:00:00" },
	/* half an hour is all the last one has: the rest is cut before lunch */
	{ 'H', M, "2026-11-03 12:00", "1 working hour", N, 0, "2026-11-05 09:30:00" },
	{ 'H', M, "2026-11-03 12:45", "0 working hours", N, 0, "2026-11-05 09:00:00" },

	/* day and night: no calendar, no minute lost */
	{ 'D', M, "2026-11-03 23:30", "9 working hours", N, 0, "2026-11-04 08:30:00" },
	{ 'D', M, "2026-12-31 23:59:59", "1 working hour", N, 0, "2027-01-01 00:59:59" },
	{ 'D', M, "2026-11-01 12:00", "240 working hours", N, 0, "2026-11-11 12:00:00" },
	{ 'D', M, "2026-12-31 12:00", "1 working day", N, 0, "2027-01-01 23:59:59" },
	{ 'D', M, "2031-05-01 12:00", "3 working days", N, 0, "2031-05-04 23:59:59" },
	/* nights touch at midnight and are one stretch; a closing at 24:00 */
	{ 'X', M, "2026-11-05 22:00", "3 working hours", N, 0, "2026-11-06 01:00:00" },
	{ 'X', M, "2026-11-05 22:00", "2 working hours", N, 0, "2026-11-06 00:00:00" },
	{ 'X', M, "2026-11-05 22:00", "1 working day", N, 0, "2026-11-07 00:00:00" },

	/* hours of the clock */
	{ 'L', M, "2026-11-03 16:00", "24 hours", N, 0, "2026-11-04 16:00:00" },
	{ 'L', M, "2026-11-01 05:06:07", "0 hours", N, 0, "2026-11-01 05:06:07" },

	/* 30 days from 5 October end on 4 November, a holiday */
	{ 'L', M, "2026-10-05 10:00", "30 days", N, 0, "2026-11-05 18:00:00" },
	{ 'L', M, "2026-10-05 10:00", "30 days", P, 0, "2026-11-03 17:00:00" },
	{ 'L', M, "2026-10-05 10:00", "30 days", E, 0, "2026-11-04 23:59:59" },
	{ 'L', M, "2026-10-06 10:00", "30 days", N, 0, "2026-11-05 18:00:00" },
	/* Saturday the 31st moves to Monday */
	{ 'L', M, "2026-10-01 23:00", "30 days", N, 0, "2026-11-02 18:00:00" },
	{ 'L', M, "2026-12-15 09:00", "30 days", P, 0, "2027-01-14 18:00:00" },
	/* 4 January is in the holidays: after them, or before */
	{ 'L', M, "2026-12-05 12:00", "30 days", N, 0, "2027-01-11 18:00:00" },
	{ 'L', M, "2026-12-05 12:00", "30 days", P, 0, "2026-12-30 18:00:00" },
	/* redirect within 7 days: Thursday to Thursday */
	{ 'L', M, "2026-10-15 15:00", "7 days", N, 0, "2026-10-22 18:00:00" },
	{ 'L', M, "2026-11-02 10:00", "0 days", N, 0, "2026-11-02 18:00:00" },
	/* closed already: never before the start */
	{ 'L', M, "2026-11-02 19:00", "0 days", N, 0, "2026-11-03 17:00:00" },
	{ 'L', M, "2026-11-02 19:00", "0 days", P, 0, "2026-11-02 23:59:59" },
	/* Saturday's previous closing is before the start: the day itself */
	{ 'L', M, "2026-10-30 19:00", "1 days", P, 0, "2026-10-31 23:59:59" },

	/* caps: Jan 15 would be too late for 10 days, which end on 7 January */
	{ 'L', M, "2026-12-28 12:00", "7 working days", N, 10, "2026-12-30 18:00:00" },
	{ 'L', M, "2026-12-28 12:00", "7 working days", N, 30, "2027-01-15 18:00:00" },
	{ 'L', M, "2026-11-02 10:00", "40 working days", N, 30, "2026-12-02 18:00:00" },
	/* nothing is worked within the cap: the end of its last day */
	{ 'L', M, "2027-01-01 12:00", "1 working day", N, 3, "2027-01-04 23:59:59" },
	/* a term that ends on the cap's day is within it */
	{ 'L', M, "2026-11-02 10:00", "30 days", N, 30, "2026-12-02 18:00:00" },
	/* and so is one that ends at the end of that day */
	{ 'L', M, "2026-10-05 10:00", "30 days", E, 30, "2026-11-04 23:59:59" },
	/* the last day moves on, the cap holds it: 31 October is a Saturday */
	{ 'L', M, "2026-10-01 10:00", "30 days", N, 30, "2026-10-30 18:00:00" },

	/* Sevastopol: 9 working hours, 4 for what is important, 7 working days */
	{ 'O', CRIMEA, "2026-10-30 16:00", "9 working hours", N, 0, "2026-11-02 16:00:00" },
	{ 'O', CRIMEA, "2026-10-30 16:00", "4 working hours", N, 0, "2026-11-02 11:00:00" },
	{ 'O', CRIMEA, "2026-10-30 16:00", "7 working days", N, 0, "2026-11-11 18:00:00" },
	/* Bashkortostan's 8 working hours for a draft are one whole day */
	{ 'L', M, "2026-10-27 18:30", "8 working hours", N, 0, "2026-10-28 18:00:00" },
	/* Kamchatka: the same wall, nine hours before Moscow's */
	{ 'L', KAMCHATKA, "2026-11-02 09:00", "9 working hours", N, 0, "2026-11-03 10:00:00" },
	{ 'L', KAMCHATKA, "2026-12-30 17:00", "2 working hours", N, 0, "2027-01-11 10:00:00" },

	/* where the clock is turned: 02:00 to 03:00 is not there, or there twice */
	{ 'X', BERLIN, "2026-03-29 00:00", "6 working hours", N, 0, "2026-03-29 07:00:00" },
	{ 'X', BERLIN, "2026-10-25 00:00", "6 working hours", N, 0, "2026-10-25 05:00:00" },
	{ 'D', BERLIN, "2026-03-28 12:00", "24 working hours", N, 0, "2026-03-29 13:00:00" },
	{ 'L', BERLIN, "2026-03-27 17:00", "2 working hours", N, 0, "2026-03-30 10:00:00" },

	/* whole years: the norm of 2026, 1972 hours and 247 days */
	{ 'L', M, "2026-01-01 00:00", "1972 working hours", N, 0, "2026-12-30 18:00:00" },
	{ 'L', M, "2025-12-30 10:00", "247 working days", N, 0, "2026-12-30 18:00:00" },

	/* a missing year is said, never guessed */
	{ 'L', M, "2027-12-30 17:00", "40 working hours", N, 0, "!calendar-2028.yaml" },
	{ 'L', M, "2027-12-29 17:00", "3 working days", N, 0, "!calendar-2028.yaml" },
	{ 'L', M, "2027-12-15 10:00", "30 days", N, 0, "!no calendar of 2028" },
	{ 'L', M, "2027-12-15 10:00", "30 days", E, 0, "2028-01-14 23:59:59" },
	{ 'L', M, "2021-12-31 10:00", "1 working hour", N, 0, "!calendar-2021.yaml" },
	{ 'L', M, "2040-12-31 10:00", "1 working day", N, 0, "!calendar-2040.yaml" },
	{ 'L', M, "2027-12-31 10:00", "0 working hours", N, 0, "!calendar-2028.yaml" },
};
/* clang-format on */

static const struct gp_hours *
hours_of(const struct vector *v)
{
	size_t z;

	for (z = 0; strcmp(zones[z], v->zone) != 0;)
		z++;
	return &w->hours[z][(unsigned char)v->schedule];
}

static void
by_hand(void **state)
{
	const struct vector *v;
	const struct gp_hours *h;
	struct gp_limit limit;
	struct gp_why why;
	struct gp_due due;
	const char *got;
	char text[80];
	size_t i;

	(void)state;
	assert_true(COUNT(vectors) >= 60);
	for (i = 0; i < COUNT(vectors); i++) {
		v = &vectors[i];
		h = hours_of(v);
		memset(&limit, 0, sizeof(limit));
		assert_int_equal(gp_limit_parse(v->term, &limit), 0);
		limit.last = v->last;
		limit.cap = v->cap;
		if (gp_hours_due(
			h, at(h->zone, v->start), &limit, &due, &why) == -1) {
			if (v->end[0] != '!' ||
			    strstr(why.msg, v->end + 1) == NULL)
				fail_msg(
				    "%s + %s: %s", v->start, v->term, why.msg);
			continue;
		}
		got = wall(h->zone, due.end, text);
		if (strcmp(got, v->end) != 0)
			fail_msg("%c %s %s + %s: got %s, want %s", v->schedule,
			    v->zone, v->start, v->term, got, v->end);
	}
}

/* Nine hours in the sun: Monday in Kamchatka is Sunday in Moscow. */
static void
far_away(void **state)
{
	const struct gp_limit hour = { GP_UNIT_WORK_HOURS, 3600, N, 0 };
	const gp_instant t = gp_day_of(2026, 11, 1) * GP_DAY + 21 * 3600 + 1800;
	struct gp_why why;
	struct gp_due due;

	(void)state;
	assert_int_equal(
	    gp_hours_due(&w->hours[1]['L'], t, &hour, &due, &why), 0);
	assert_int_equal(due.end, t + 3600); /* 10:30 there */
	assert_int_equal(
	    gp_hours_due(&w->hours[0]['L'], t, &hour, &due, &why), 0);
	/* 00:30 of Monday in Moscow: from 09:00 */
	assert_int_equal(due.end, t + 8 * 3600 + 1800 + 3600);
}

/* -- the parts ------------------------------------------------------------- */

static void
norms(void **state)
{
	static const struct {
		int year;
		int64_t days, hours;
	} known[] = { { 2022, 247, 1973 }, { 2023, 247, 1973 },
		{ 2024, 248, 1979 }, { 2025, 247, 1972 }, { 2026, 247, 1972 },
		{ 2027, 247, 1972 } };
	const struct gp_hours *h = &w->hours[0]['L'];
	int64_t days, hours;
	char from[32], to[32];
	size_t i;

	(void)state;
	assert_int_equal(w->calendar.first, 2022);
	assert_int_equal(w->calendar.n, COUNT(known));
	for (i = 0; i < COUNT(known); i++) {
		assert_int_equal(w->calendar.year[i]->year, known[i].year);
		assert_non_null(w->calendar.year[i]->act);
		gp_year_norm(w->calendar.year[i], &days, &hours);
		assert_int_equal(days, known[i].days);
		assert_int_equal(hours, known[i].hours);
		/* and by the hours of an office of 40 a week */
		snprintf(from, sizeof(from), "%d-01-01 00:00", known[i].year);
		snprintf(to, sizeof(to), "%d-12-31 23:59:59", known[i].year);
		assert_int_equal(
		    gp_hours_worked(h, at(h->zone, from), at(h->zone, to)),
		    known[i].hours * 3600);
	}
}

static void
offsets(void **state)
{
	static const struct {
		const char *zone;
		int y, m, d;
		int hours;
	} cases[] = {
		{ MOSCOW, 2010, 1, 15, 3 }, /* summer time until 2011 */
		{ MOSCOW, 2010, 7, 1, 4 },
		{ MOSCOW, 2012, 1, 15, 4 }, /* summer all year */
		{ MOSCOW, 2015, 7, 1, 3 },
		{ MOSCOW, 2026, 7, 1, 3 },
		{ KAMCHATKA, 2009, 1, 15, 12 },
		{ KAMCHATKA, 2010, 12, 15, 11 },
		{ KAMCHATKA, 2026, 1, 15, 12 },
		{ "Europe/Volgograd", 2019, 6, 1, 4 },
		{ "Europe/Volgograd", 2021, 6, 1, 3 },
		{ CRIMEA, 2013, 7, 1, 3 },
		{ CRIMEA, 2026, 1, 1, 3 },
		{ BERLIN, 2026, 1, 1, 1 },
		{ BERLIN, 2026, 7, 1, 2 },
		{ BERLIN, 2050, 7, 1, 2 },
		{ "+05:00", 2026, 7, 1, 5 },
		{ "-03:00", 1980, 7, 1, -3 },
	};
	struct gp_zone z;
	struct gp_why why;
	gp_instant t;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		assert_int_equal(gp_zone_read(cases[i].zone, &z, &why), 0);
		t = gp_day_of(cases[i].y, cases[i].m, cases[i].d) * GP_DAY;
		if (gp_zone_wall(&z, t) - t != cases[i].hours * 3600)
			fail_msg("%s in %d: %d", cases[i].zone, cases[i].y,
			    (int)(gp_zone_wall(&z, t) - t));
		assert_int_equal(gp_zone_instant(&z, gp_zone_wall(&z, t)), t);
		gp_zone_release(&z);
	}
	assert_int_equal(gp_zone_read("Europe/Nowhere", &z, &why), -1);
	assert_string_equal(why.msg, "no such zone: 'Europe/Nowhere'");
}

/* Where the clock is turned: what is jumped over is the jump; what is shown
 * twice is the first of the two. */
static void
turned(void **state)
{
	const gp_instant spring = gp_day_of(2026, 3, 29) * GP_DAY;
	const gp_instant autumn = gp_day_of(2026, 10, 25) * GP_DAY;
	const struct gp_zone *z = &w->zone[3];

	(void)state;
	assert_int_equal(gp_zone_instant(z, spring + 7199), spring + 3599);
	assert_int_equal(gp_zone_instant(z, spring + 7200), spring + 3600);
	assert_int_equal(gp_zone_instant(z, spring + 9000), spring + 3600);
	assert_int_equal(gp_zone_instant(z, spring + 10800), spring + 3600);
	assert_int_equal(gp_zone_instant(z, autumn + 7199), autumn - 1);
	assert_int_equal(gp_zone_instant(z, autumn + 9000), autumn + 1800);
	assert_int_equal(gp_zone_instant(z, autumn + 10800), autumn + 7200);
}

/* The process's own zone is as it was after another has been read. */
static void
zone_stays(void **state)
{
	struct gp_zone z, again;
	struct gp_why why;

	(void)state;
	assert_int_equal(gp_zone_set("Asia/Yekaterinburg", &why), 0);
	assert_int_equal(gp_zone_read(KAMCHATKA, &z, &why), 0);
	assert_int_equal(gp_zone_read(NULL, &again, &why), 0);
	assert_int_equal(gp_zone_wall(&again, 1780000000), 1780018000);
	gp_zone_release(&z);
	gp_zone_release(&again);
	assert_int_equal(gp_zone_set("UTC", &why), 0);
}

static void
days(void **state)
{
	int64_t day, back;
	int y, m, d;

	(void)state;
	for (day = gp_day_of(1965, 1, 1); day < gp_day_of(2101, 1, 1); day++) {
		gp_day_date(day, &y, &m, &d);
		assert_int_equal(gp_day_of(y, m, d), day);
		assert_int_equal(gp_day_week(day + 7), gp_day_week(day));
	}
	assert_int_equal(gp_day_week(gp_day_of(2026, 11, 2)), 0);
	assert_int_equal(gp_day_at(-1), -1);
	assert_int_equal(gp_day_at(-86400), -1);
	assert_int_equal(gp_day_at(-86401), -2);
	assert_int_equal(gp_day_parse("2026-02-28", 0, &back), 0);
	assert_int_equal(gp_day_parse("02-29", 2024, &back), 0);
	assert_int_equal(gp_day_parse("02-29", 2026, &back), -1);
	assert_int_equal(gp_day_parse("2026-13-01", 0, &back), -1);
	assert_int_equal(gp_day_parse("2-1", 2026, &back), -1);
}

static void
lengths(void **state)
{
	static const char *const wrong[] = { "", "9", "hours", "9hours",
		"-1 days", "9 weeks", "9  hours", "9.5 hours", "99999 hours",
		"4000 days", "9 working", "9 working hours " };
	struct gp_limit l;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(wrong); i++)
		if (gp_limit_parse(wrong[i], &l) != -1)
			fail_msg("'%s' is no term", wrong[i]);
	assert_int_equal(gp_limit_parse("20000 hours", &l), 0);
	assert_int_equal(l.n, 72000000);
	assert_int_equal(gp_limit_parse("3660 days", &l), 0);
	assert_int_equal(l.unit, GP_UNIT_DAYS);
}

static void
bad_schedules(void **state)
{
	static const char *const wrong[] = { "{}", "{mon: closed}",
		"{mon: 18:00-09:00}", "{mon: '9:00-18:00'}",
		"{mon: 09:00-09:00}", "{mon: '09:00-13:00, 12:00-14:00'}",
		"{mon: '09:00-13:00, 13:00-14:00'}", "{mon: 09:00-24:01}",
		"{mon: 09:60-10:00}", "{always: yes, mon: 09:00-10:00}",
		"{monday: 09:00-10:00}", "{mon: '09:00-10:00,'}",
		("{mon: '01:00-02:00,03:00-04:00,05:00-06:00,07:00-08:00,"
		 "09:00-10:00,11:00-12:00,13:00-14:00'}") };
	struct gp_schedule s;
	struct gp_yaml_doc *doc;
	struct gp_why why;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(wrong); i++) {
		memset(&s, 0, sizeof(s));
		doc = gp_yaml_parse(gp_span_of(wrong[i]), "s", &why);
		assert_non_null(doc);
		if (gp_schedule_fill(doc, gp_yaml_root(doc), &s, &why) != -1)
			fail_msg("taken: %s", wrong[i]);
		assert_int_equal(strncmp(why.msg, "s:1:", 4), 0);
		gp_yaml_free(doc);
	}
}

#define HEAD "{calendar: 1, year: 2026, act: a, holidays: {01-01: x}"

static void
bad_years(void **state)
{
	static const struct {
		const char *yaml, *why;
	} wrong[] = {
		{ HEAD ", norm: {days: 260, hours: 2000}}",
		    "the norm is 260 days and 2000 hours, the days listed give "
		    "260 and 2080" },
		{ HEAD ", short: [01-01]}", "not worked" },
		{ HEAD ", short: [02-30]}", "'02-30' is not a day of 2026" },
		{ HEAD ", moved: [{day: 01-03, from: 01-04}]}",
		    "01-03 is off already" },
		{ HEAD ", moved: [{day: 01-05, from: 01-06}]}",
		    "01-06 is no day off" },
		{ HEAD ", moved: [{dey: 01-05, from: 01-06}]}",
		    "unknown key 'dey'" },
		{ "{calendar: 2, year: 2026, act: a, holidays: {}}",
		    "'calendar' must be 1" },
		{ "{calendar: 1, year: 1026, act: a, holidays: {}}", "1990" },
		{ "{calendar: 1, year: 2026, holidays: {}}",
		    "'act' is missing" },
	};
	struct gp_why why;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(wrong); i++) {
		assert_null(
		    gp_year_parse(gp_span_of(wrong[i].yaml), "y", &why));
		if (strstr(why.msg, wrong[i].why) == NULL)
			fail_msg("%s: %s", wrong[i].yaml, why.msg);
	}
}

/* -- properties ------------------------------------------------------------ */

enum {
	CASES = 30000
};

static const char letters[] = "LOFNSTHDX";

struct sample {
	const struct gp_hours *h;
	gp_instant t;
	struct gp_limit a, b;
};

static struct gp_limit
any_limit(uint64_t *seed, enum gp_unit unit)
{
	struct gp_limit l = { unit, 0, GP_LAST_SAME, 0 };
	uint32_t n = unit_random(seed);

	if (unit == GP_UNIT_HOURS || unit == GP_UNIT_WORK_HOURS)
		l.n = n % 8 == 0 ? 0 : (long)(n % (60 * 3600));
	else
		l.n = n % 40;
	return l;
}

/* Starts are near edges as often as anywhere. */
static struct sample
any(uint64_t *seed, enum gp_unit unit)
{
	const gp_instant from = gp_day_of(2022, 2, 1) * GP_DAY;
	struct sample s;
	uint32_t n = unit_random(seed);
	const struct gp_interval *v;

	s.h = &w->hours[n % 4][(unsigned char)letters[n / 4 % 9]];
	s.t = from + (gp_instant)(unit_random(seed) % (1700u * GP_DAY));
	if (n % 3 == 0 && s.h->n > 0) {
		v = &s.h->v[100 + unit_random(seed) % (s.h->n - 600)];
		s.t = (n % 2 == 0 ? v->open : v->close) +
		    (gp_instant)(unit_random(seed) % 3) - 1;
	}
	s.a = any_limit(seed, unit);
	s.b = any_limit(seed, unit);
	return s;
}

static gp_instant
due(const struct gp_hours *h, gp_instant t, struct gp_limit l)
{
	struct gp_why why;
	struct gp_due d;

	if (gp_hours_due(h, t, &l, &d, &why) == -1)
		fail_msg("%s", why.msg);
	return d.end;
}

static void
monotone(void **state)
{
	uint64_t seed = 1;
	struct sample s;
	gp_instant later;
	size_t i;

	(void)state;
	for (i = 0; i < CASES; i++) {
		s = any(&seed, (enum gp_unit)(i % 4));
		s.a.last = s.b.last = (enum gp_last)(unit_random(&seed) % 3);
		later = s.t + (gp_instant)(unit_random(&seed) % (3 * GP_DAY));
		assert_true(due(s.h, s.t, s.a) >= s.t);
		assert_true(due(s.h, s.t, s.a) <= due(s.h, later, s.a));
		if (s.a.n <= s.b.n)
			assert_true(due(s.h, s.t, s.a) <= due(s.h, s.t, s.b));
		/* and a cap only ever makes it sooner, within its days */
		s.b = s.a;
		s.b.cap = 1 + (long)(unit_random(&seed) % 40);
		assert_true(due(s.h, s.t, s.b) <= due(s.h, s.t, s.a));
		assert_true(
		    due(s.h, s.t, s.b) < s.t + (s.b.cap + 1) * GP_DAY + 3600);
	}
}

static void
never_outside(void **state)
{
	uint64_t seed = 2;
	struct sample s;
	size_t i;

	(void)state;
	for (i = 0; i < CASES; i++) {
		s = any(
		    &seed, i % 2 == 0 ? GP_UNIT_WORK_HOURS : GP_UNIT_WORK_DAYS);
		assert_true(gp_hours_open(s.h, due(s.h, s.t, s.a)));
		s = any(&seed, GP_UNIT_DAYS);
		s.a.last = GP_LAST_NEXT;
		assert_true(gp_hours_open(s.h, due(s.h, s.t, s.a)));
	}
}

static void
additive(void **state)
{
	uint64_t seed = 3;
	struct gp_limit sum;
	struct sample s;
	size_t i;

	(void)state;
	for (i = 0; i < CASES; i++) {
		s = any(&seed, (enum gp_unit)(i % 4));
		sum = s.a;
		sum.n += s.b.n;
		if (due(s.h, due(s.h, s.t, s.a), s.b) != due(s.h, s.t, sum))
			fail_msg("case %zu: %ld + %ld of unit %d", i, s.a.n,
			    s.b.n, (int)s.a.unit);
	}
}

static void
inverse(void **state)
{
	uint64_t seed = 4;
	struct sample s;
	gp_instant end;
	size_t i;

	(void)state;
	for (i = 0; i < CASES; i++) {
		s = any(&seed, GP_UNIT_WORK_HOURS);
		end = due(s.h, s.t, s.a);
		assert_int_equal(gp_hours_worked(s.h, s.t, end), s.a.n);
		/* and no sooner: a second before, less is worked */
		if (s.a.n > 0)
			assert_int_equal(
			    gp_hours_worked(s.h, s.t, end - 1), s.a.n - 1);
	}
}

/* The same by minutes, one after another, from the schedule itself. */
static int
is_open_minute(const struct gp_hours *h, gp_instant t)
{
	int64_t n = gp_zone_wall(h->zone, t), day = gp_day_at(n);
	const struct gp_mark *m = gp_calendar_mark(h->calendar, day);
	struct gp_open open[GP_OPEN_MAX];
	int64_t sec = n - day * GP_DAY;
	int week = gp_day_week(day);
	size_t k, i;

	if (h->schedule->always)
		return 1;
	if (m != NULL &&
	    (m->kind == GP_MARK_HOLIDAY || m->kind == GP_MARK_MOVED))
		return 0;
	if (m != NULL && m->kind == GP_MARK_WORK)
		week = gp_day_week(m->other);
	k = gp_schedule_day(h->schedule, week, m != NULL && m->is_short, open);
	for (i = 0; i < k; i++)
		if (sec >= open[i].open && sec < open[i].close)
			return 1;
	return 0;
}

static void
by_minutes(void **state)
{
	uint64_t seed = 5;
	struct sample s;
	gp_instant t;
	long left;
	int i;

	(void)state;
	for (i = 0; i < 600; i++) {
		s = any(&seed, GP_UNIT_WORK_HOURS);
		s.t -= s.t % 60;
		s.a.n = 60 + s.a.n % 36000 / 60 * 60;
		for (t = s.t, left = s.a.n; left > 0; t += 60)
			if (is_open_minute(s.h, t))
				left -= 60;
		if (due(s.h, s.t, s.a) != t)
			fail_msg("case %d of '%c'", i, letters[i % 9]);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(by_hand),
		cmocka_unit_test(far_away),
		cmocka_unit_test(norms),
		cmocka_unit_test(offsets),
		cmocka_unit_test(turned),
		cmocka_unit_test(zone_stays),
		cmocka_unit_test(days),
		cmocka_unit_test(lengths),
		cmocka_unit_test(bad_schedules),
		cmocka_unit_test(bad_years),
		cmocka_unit_test(monotone),
		cmocka_unit_test(never_outside),
		cmocka_unit_test(additive),
		cmocka_unit_test(inverse),
		cmocka_unit_test(by_minutes),
	};

	return cmocka_run_group_tests_name("term", tests, set_up, tear_down);
}
