#include "reply/hours.h"

#include <stdio.h>
#include <string.h>

/* "09:00-18:00" at p: minutes of the day; returns behind it, NULL: it is none. */
static const char *
interval(const char *p, int *from, int *to)
{
	int h1, m1, h2, m2, n = 0;

	if (sscanf(p, "%2d:%2d-%2d:%2d%n", &h1, &m1, &h2, &m2, &n) != 4 ||
	    n == 0 || h1 < 0 || m1 < 0 || h2 < 0 || m2 < 0 || h1 > 23 ||
	    h2 > 24 || m1 > 59 || m2 > 59)
		return NULL;
	*from = h1 * 60 + m1;
	*to = h2 * 60 + m2;
	if (*from >= *to || *to > 24 * 60)
		return NULL;
	return p + n;
}

int
gp_hours_prove(const char *hours, struct gp_why *why)
{
	const char *p = hours;
	int from, to;

	for (;; p++) {
		p = interval(p, &from, &to);
		if (p == NULL || (*p != ',' && *p != '\0'))
			return gp_because(why,
			    "'%s' are no hours: write 09:00-18:00, or "
			    "09:00-13:00,14:00-18:00",
			    hours);
		if (*p == '\0')
			return 0;
	}
}

int
gp_hours_has(const char *hours, gp_instant t)
{
	int minute = (int)((t - gp_instant_midnight(t, 0)) / 60), from, to;
	const char *p;

	for (p = interval(hours, &from, &to); p != NULL;
	     p = *p == ',' ? interval(p + 1, &from, &to) : NULL)
		if (minute >= from && minute < to)
			return 1;
	return 0;
}
