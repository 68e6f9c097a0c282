#include "plan/when.h"

#include <string.h>

/* "07.11.2026 9:00", as tables show it, in the other order; 0: it is none. */
static int
turned(const char *s, char to[32])
{
	size_t n = strlen(s);
	int short_hour = n > 12 && s[12] == ':';

	if (n < 10 || n >= 30 || s[2] != '.' || s[5] != '.')
		return 0;
	memcpy(to, s + 6, 4);
	to[4] = to[7] = '-';
	memcpy(to + 5, s + 3, 2);
	memcpy(to + 8, s, 2);
	if (short_hour) {
		to[10] = s[10];
		to[11] = '0';
		memcpy(to + 12, s + 11, n - 11 + 1);
	} else {
		memcpy(to + 10, s + 10, n - 10 + 1);
	}
	return 1;
}

/* The minute that the instant has on the clocks of the zone. */
static int
shows(gp_instant t, const char *minute)
{
	char local[GP_INSTANT_LEN];

	gp_instant_local(t, local);
	return strlen(minute) >= 16 && memcmp(local, minute, 10) == 0 &&
	    memcmp(local + 11, minute + 11, 5) == 0;
}

/* No zone has moved its clocks by another step since 1970. */
static const int step[] = { 1800, 3600, 7200 };

static int
twice(gp_instant t, const char *minute)
{
	size_t i;

	for (i = 0; i < sizeof(step) / sizeof(step[0]); i++)
		if (shows(t - step[i], minute) || shows(t + step[i], minute))
			return 1;
	return 0;
}

int
gp_when_read(const char *s, gp_instant *to, struct gp_why *why)
{
	char iso[32];

	if (gp_instant_parse(gp_span_of(s), to) == 0)
		return 0;
	if (!turned(s, iso)) {
		if (strlen(s) >= sizeof(iso))
			return gp_because(why, "no time: '%.32s...'", s);
		memcpy(iso, s, strlen(s) + 1);
	}
	if (gp_instant_civil(iso, to) == -1)
		return gp_because(why, "no time: '%s'", s);
	if (strlen(iso) == 10)
		return gp_because(why, "'%s' has no time of day", s);
	if (!shows(*to, iso))
		return gp_because(
		    why, "'%s' does not exist: the clocks go past it", s);
	if (twice(*to, iso))
		return gp_because(why,
		    "'%s' comes twice, as the clocks go back: write it with "
		    "its offset",
		    s);
	return 0;
}
