#include "term/zone.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* The years whose shifts are looked for, and how often: no zone has kept an
 * offset for less than a few weeks. */
enum {
	FIRST_YEAR = 1970,
	LAST_YEAR = 2100,
	STEP = 4 * GP_DAY
};

static int
two_digits(const char *s)
{
	if (s[0] < '0' || s[0] > '9' || s[1] < '0' || s[1] > '9')
		return -1;
	return (s[0] - '0') * 10 + s[1] - '0';
}

int
gp_day_parse(const char *s, int year, int64_t *day)
{
	int m, d, y2, m2, d2;

	if (strlen(s) == 10 && s[4] == '-') {
		m = two_digits(s);
		d = two_digits(s + 2);
		if (m == -1 || d == -1)
			return -1;
		year = m * 100 + d;
		s += 5;
	}
	if (strlen(s) != 5 || s[2] != '-' || year < FIRST_YEAR ||
	    year > LAST_YEAR)
		return -1;
	m = two_digits(s);
	d = two_digits(s + 3);
	if (m < 1 || m > 12 || d < 1)
		return -1;
	*day = gp_day_of(year, m, d);
	gp_day_date(*day, &y2, &m2, &d2);
	return m2 == m && d2 == d ? 0 : -1; /* no 31st of June */
}

static int32_t
ahead(gp_instant t)
{
	time_t tt = (time_t)t;
	struct tm tm;

	return localtime_r(&tt, &tm) != NULL ? (int32_t)tm.tm_gmtoff : 0;
}

static int
add(struct gp_zone *z, gp_instant from, int32_t off)
{
	size_t cap = z->cap == 0 ? 16 : z->cap * 2;
	struct gp_shift *v;

	if (z->n == z->cap) {
		v = realloc(z->shift, cap * sizeof(*v));
		if (v == NULL)
			return -1;
		z->shift = v;
		z->cap = cap;
	}
	z->shift[z->n++] = (struct gp_shift){ from, off };
	return 0;
}

/* The first second with the offset of `to`, between two with different. */
static gp_instant
jump(gp_instant from, gp_instant to)
{
	int32_t was = ahead(from);
	gp_instant mid;

	while (to - from > 1) {
		mid = from + (to - from) / 2;
		if (ahead(mid) == was)
			from = mid;
		else
			to = mid;
	}
	return to;
}

static int
scan(struct gp_zone *z)
{
	gp_instant t = gp_day_of(FIRST_YEAR, 1, 1) * GP_DAY, at;
	gp_instant end = gp_day_of(LAST_YEAR + 1, 1, 1) * GP_DAY;

	if (add(z, INT64_MIN, ahead(t)) == -1)
		return -1;
	for (; t < end; t += STEP)
		/* Two jumps within a step: the first, then what follows it. */
		for (at = t; ahead(at) != ahead(t + STEP);) {
			at = jump(at, t + STEP);
			if (add(z, at, ahead(at)) == -1)
				return -1;
		}
	return 0;
}

/* What people call the zone of the process: its name, if it has one. */
static const char *
own_name(const char *tz)
{
	if (tz == NULL || *tz == '<')
		return "";
	return tz + (*tz == ':');
}

int
gp_zone_read(const char *name, struct gp_zone *z, struct gp_why *why)
{
	const char *tz = getenv("TZ");
	char *was = tz != NULL ? strdup(tz) : NULL;
	int r = 0;

	memset(z, 0, sizeof(*z));
	if (tz != NULL && was == NULL)
		return gp_because(why, "no memory");
	if (name != NULL)
		r = gp_zone_set(name, why);
	else
		tzset();
	z->name = strdup(name != NULL ? name : own_name(was));
	if (r == 0 && (z->name == NULL || scan(z) == -1))
		r = gp_because(why, "no memory");
	if (name != NULL) {
		if (was != NULL)
			setenv("TZ", was, 1);
		else
			unsetenv("TZ");
		tzset();
	}
	free(was);
	if (r == -1)
		gp_zone_release(z);
	return r;
}

void
gp_zone_release(struct gp_zone *z)
{
	free(z->name);
	free(z->shift);
	memset(z, 0, sizeof(*z));
}

int64_t
gp_zone_wall(const struct gp_zone *z, gp_instant t)
{
	size_t i = z->n - 1, low = 0, mid;

	/* Nearly always the last one. */
	if (t < z->shift[i].from) {
		while (low + 1 < i) {
			mid = low + (i - low) / 2;
			if (t < z->shift[mid].from)
				i = mid;
			else
				low = mid;
		}
		i = low;
	}
	return t + z->shift[i].ahead;
}

gp_instant
gp_zone_instant(const struct gp_zone *z, int64_t wall)
{
	const struct gp_shift *s = z->shift;
	size_t i = z->n - 1;

	/* The last shift after which the wall can show this. */
	while (i > 0 && wall - s[i].ahead < s[i].from)
		i--;
	if (i + 1 < z->n && wall - s[i].ahead >= s[i + 1].from)
		return s[i + 1].from; /* jumped over */
	if (i > 0 && wall - s[i - 1].ahead < s[i].from)
		i--; /* shown before the clock was turned back, too */
	return wall - s[i].ahead;
}
