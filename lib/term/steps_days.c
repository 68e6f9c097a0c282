/* The steps that count: hours of each day, days off, days of a term. */
#include "term/steps_write.h"

enum {
	DAYS_SHOWN =
	    6 /* of those worked, and stretches of those that are not */
};

/* Why a day is not worked. */
static void
day_off(struct gp_step_text *s, const struct gp_hours *h, int64_t day)
{
	const struct gp_mark *m = gp_hours_mark(h, day);

	gp_step_date(s, day);
	if (m != NULL && m->kind == GP_MARK_HOLIDAY) {
		GP_STEP_BOTH(s, " (");
		gp_step_name(s, m->name);
		GP_STEP_BOTH(s, ")");
	} else if (m != NULL && m->kind == GP_MARK_MOVED) {
		GP_STEP(
		    s, " (выходной, перенесён с ", " (day off, moved from ");
		gp_step_date(s, m->other);
		GP_STEP_BOTH(s, ")");
	} else {
		GP_STEP(s, " (выходной)", " (day off)");
	}
}

/* 1: both are holidays of one name, or both plain days off. */
static int
is_alike(const struct gp_hours *h, int64_t a, int64_t b)
{
	const struct gp_mark *x = gp_hours_mark(h, a);
	const struct gp_mark *y = gp_hours_mark(h, b);
	int kx = x != NULL ? x->kind : GP_MARK_NONE;
	int ky = y != NULL ? y->kind : GP_MARK_NONE;

	if (kx == GP_MARK_MOVED || kx != ky)
		return 0;
	return kx != GP_MARK_HOLIDAY || strcmp(x->name, y->name) == 0;
}

/* Days in a row that are off for one reason are told by their ends. */
void
gp_step_days_off(
    struct gp_step_text *s, const struct gp_hours *h, int64_t from, int64_t to)
{
	const struct gp_interval *v;
	int64_t day, first;
	int rows = 0;

	for (day = from; day <= to; day++) {
		if (gp_hours_of_day(h, day, &v) > 0)
			continue;
		first = day;
		while (day < to && gp_hours_of_day(h, day + 1, &v) == 0 &&
		    is_alike(h, first, day + 1))
			day++;
		if (rows == 2 * DAYS_SHOWN) {
			GP_STEP_BOTH(s, ", ...");
			break;
		}
		if (rows++ == 0) {
			gp_step_begin(s);
			GP_STEP(s, "не рабочие: ", "not worked: ");
		} else {
			GP_STEP_BOTH(s, ", ");
		}
		if (day > first) {
			gp_step_date(s, first);
			GP_STEP_BOTH(s, " - ");
		}
		day_off(s, h, day);
	}
	if (rows > 0)
		gp_step_end(s);
}

void
gp_step_mark(struct gp_step_text *s, const struct gp_hours *h, int64_t day)
{
	const struct gp_mark *m = gp_hours_mark(h, day);

	if (m == NULL)
		return;
	if (m->kind == GP_MARK_WORK) {
		GP_STEP(s, " (рабочий за ", " (worked for ");
		gp_step_date(s, m->other);
		GP_STEP_BOTH(s, ")");
	}
	if (m->is_short)
		GP_STEP(s, " (короткий)", " (short)");
}

/* Each interval of a day as far as it counts, and how much that is. */
static int64_t
day_hours(struct gp_step_text *s, const struct gp_hours *h, int64_t day,
    gp_instant from, gp_instant to)
{
	const struct gp_interval *v;
	size_t n = gp_hours_of_day(h, day, &v), i;
	gp_instant a, b;
	int64_t sum = 0;

	for (i = 0; i < n; i++) {
		a = v[i].open > from ? v[i].open : from;
		b = v[i].close < to ? v[i].close : to;
		if (a >= b)
			continue;
		if (sum == 0) {
			gp_step_date(s, day);
			gp_step_mark(s, h, day);
			GP_STEP_BOTH(s, " ");
		} else {
			GP_STEP_BOTH(s, ", ");
		}
		gp_step_clock(s, gp_zone_wall(h->zone, a));
		GP_STEP_BOTH(s, "-");
		gp_step_clock(s, gp_zone_wall(h->zone, b));
		sum += b - a;
	}
	if (sum > 0) {
		GP_STEP_BOTH(s, " = ");
		gp_step_span(s, sum);
	}
	return sum;
}

void
gp_step_count_hours(struct gp_step_text *s, const struct gp_hours *h,
    const struct gp_due *due, gp_instant to, int64_t worked)
{
	int64_t day = gp_day_at(gp_zone_wall(h->zone, due->from));
	int64_t last = gp_day_at(gp_zone_wall(h->zone, to - 1));
	const struct gp_interval *v;
	int64_t sum = 0;
	int shown = 0;

	gp_step_begin(s);
	GP_STEP(s, "считаем: ", "count: ");
	for (; day <= last && shown < DAYS_SHOWN; day++) {
		/* On a day off, and where all is over, nothing is counted. */
		if (gp_hours_of_day(h, day, &v) == 0 || v->open >= to)
			continue;
		if (shown++ > 0)
			GP_STEP_BOTH(s, "; ");
		sum += day_hours(s, h, day, due->from, to);
	}
	if (sum < worked) {
		GP_STEP(s, "; и дальше ещё ", "; and then ");
		gp_step_span(s, worked - sum);
	}
	gp_step_end(s);
}

void
gp_step_count_days(struct gp_step_text *s, const struct gp_hours *h,
    const struct gp_limit *l, const struct gp_due *due)
{
	int work = l->unit == GP_UNIT_WORK_DAYS;

	gp_step_begin(s);
	GP_STEP(s, "день отсчёта ", "the day of the start, ");
	gp_step_date(s, due->day);
	GP_STEP(s, " не входит; последний ", ", is not counted; the last ");
	if (work)
		GP_STEP(s, "рабочий ", "worked ");
	GP_STEP(s, "день срока ", "day of the term is ");
	gp_step_date(s, due->last);
	if (work)
		gp_step_mark(s, h, due->last);
	gp_step_end(s);
	if (work)
		gp_step_days_off(s, h, due->day, due->last);
	else if (due->moved)
		gp_step_days_off(s, h, due->last, due->last);
}
