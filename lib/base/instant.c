#include "base/instant.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>
#include <unistd.h>

#include "base/day.h"
#include "base/opt.h"

double
gp_clock(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

gp_instant
gp_now(void)
{
	const char *set = getenv("GP_NOW");
	gp_instant t;

	if (set == NULL || *set == '\0')
		return (gp_instant)time(NULL);
	if (gp_instant_parse(gp_span_of(set), &t) == -1)
		gp_die(GP_CONFIG, "$GP_NOW is not an instant: '%s'", set);
	return t;
}

/* Exactly n digits; -1 if they are not. */
static int
digits(const char **p, const char *end, int n)
{
	int v = 0;

	if (end - *p < n)
		return -1;
	for (; n > 0; n--, (*p)++) {
		if (**p < '0' || **p > '9')
			return -1;
		v = v * 10 + (**p - '0');
	}
	return v;
}

static int
month_days(int y, int m)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30,
		31 };

	return days[m - 1] +
	    (m == 2 && (y % 4 == 0 && (y % 100 != 0 || y % 400 == 0)));
}

static int
take(const char **p, const char *end, const char *set)
{
	for (; *p != end && *set != '\0'; set++)
		if (**p == *set)
			return *(*p)++;
	return -1;
}

/* The offset behind a time: Z, or hours and minutes. Seconds; -1 in *bad. */
static int
offset_of(const char **p, const char *end, int *bad)
{
	int sign = take(p, end, "Zz+-"), h, m;

	*bad = sign == -1;
	if (*bad || sign == 'Z' || sign == 'z')
		return 0;
	h = digits(p, end, 2);
	*bad = h < 0 || h > 23 || take(p, end, ":") == -1;
	m = *bad ? 0 : digits(p, end, 2);
	*bad |= m < 0 || m > 59;
	return (sign == '-' ? -1 : 1) * (h * 3600 + m * 60);
}

/* "+03:00" to the form of TZ, whose sign is the other way round. */
static int
fixed_zone(const char *name, char *to, size_t n)
{
	const char *p = name, *end = name + strlen(name);
	int bad, off = offset_of(&p, end, &bad);
	int h = abs(off) / 3600, m = abs(off) / 60 % 60;

	if (bad || p != end || h > 14)
		return -1;
	snprintf(to, n, "<%c%02d%02d>%c%d:%02d", name[0], h, m,
	    name[0] == '+' ? '-' : '+', h, m);
	return 0;
}

/* Beside the zones lie folders and tables; a zone begins with its magic. */
static int
is_zone(const char *name)
{
	char path[256], magic[4] = "";
	FILE *fp;
	int r;

	if (*name == '\0' || strstr(name, "..") != NULL)
		return 0;
	r = snprintf(path, sizeof(path), "/usr/share/zoneinfo/%s", name);
	if (r < 0 || (size_t)r >= sizeof(path))
		return 0;
	fp = fopen(path, "re");
	if (fp == NULL)
		return 0;
	r = fread(magic, 1, 4, fp) == 4 && memcmp(magic, "TZif", 4) == 0;
	fclose(fp);
	return r;
}

int
gp_zone_set(const char *name, struct gp_why *why)
{
	char tz[256];

	if (name[0] == '+' || name[0] == '-') {
		if (fixed_zone(name, tz, sizeof(tz)) == -1)
			return gp_because(why, "no such zone: '%s'", name);
	} else {
		if (strcmp(name, "UTC") != 0 && !is_zone(name))
			return gp_because(why, "no such zone: '%s'", name);
		snprintf(tz, sizeof(tz), ":%s", name);
	}
	setenv("TZ", tz, 1);
	tzset();
	return 0;
}

int
gp_instant_parse(struct gp_span s, gp_instant *to)
{
	const char *p = s.p, *end = gp_span_end(s);
	int y, mo, d, h, mi, sec, bad, off;

	if ((y = digits(&p, end, 4)) < 0 || take(&p, end, "-") == -1 ||
	    (mo = digits(&p, end, 2)) < 1 || mo > 12 ||
	    take(&p, end, "-") == -1 || (d = digits(&p, end, 2)) < 1 ||
	    d > month_days(y, mo) || take(&p, end, "Tt ") == -1 ||
	    (h = digits(&p, end, 2)) < 0 || h > 23 ||
	    take(&p, end, ":") == -1 || (mi = digits(&p, end, 2)) < 0 ||
	    mi > 59 || take(&p, end, ":") == -1 ||
	    (sec = digits(&p, end, 2)) < 0 || sec > 60)
		return -1;
	if (p < end && *p == '.') {
		if (++p == end || *p < '0' || *p > '9')
			return -1;
		while (p < end && *p >= '0' && *p <= '9')
			p++;
	}
	off = offset_of(&p, end, &bad);
	if (bad || p != end)
		return -1;
	*to = gp_day_of(y, mo, d) * GP_DAY + h * 3600 + mi * 60 + sec - off;
	return 0;
}

/* The seconds of the years that four digits can say. */
#define FIRST INT64_C(-62167219200)
#define LAST  INT64_C(253402300799)

/* Within the years that four digits can say; else 1970. */
static void
fields(gp_instant t, struct tm *tm)
{
	time_t tt = (time_t)t;

	if (localtime_r(&tt, tm) != NULL && tm->tm_year >= -1900 &&
	    tm->tm_year <= 8099)
		return;
	memset(tm, 0, sizeof(*tm));
	tm->tm_year = 70;
	tm->tm_mday = 1;
}

static void
two(char *to, int n)
{
	to[0] = (char)('0' + n / 10);
	to[1] = (char)('0' + n % 10);
}

/* Every record has two of them: strftime took a tenth of a run, and gmtime_r
 * still a thirtieth. */
const char *
gp_instant_utc(gp_instant t, char to[GP_INSTANT_LEN])
{
	int year, month, mday, sec;
	int64_t day;

	if (t < FIRST || t > LAST)
		t = 0;
	day = gp_day_at(t);
	sec = (int)(t - day * GP_DAY);
	gp_day_date(day, &year, &month, &mday);
	memcpy(to, "0000-00-00T00:00:00Z", GP_INSTANT_LEN);
	two(to, year / 100);
	two(to + 2, year % 100);
	two(to + 5, month);
	two(to + 8, mday);
	two(to + 11, sec / 3600);
	two(to + 14, sec / 60 % 60);
	two(to + 17, sec % 60);
	return to;
}

const char *
gp_instant_local(gp_instant t, char to[GP_INSTANT_LEN])
{
	struct tm tm;

	fields(t, &tm);
	strftime(to, GP_INSTANT_LEN, "%04Y-%m-%d %H:%M", &tm);
	return to;
}

const char *
gp_instant_day(gp_instant t, char to[GP_INSTANT_LEN])
{
	gp_instant_local(t, to);
	to[strcspn(to, " ")] = '\0';
	return to;
}

gp_instant
gp_instant_midnight(gp_instant t, int days)
{
	struct tm tm;
	time_t tt = (time_t)t;

	if (localtime_r(&tt, &tm) == NULL)
		return t;
	tm.tm_mday += days;
	tm.tm_hour = tm.tm_min = tm.tm_sec = 0;
	tm.tm_isdst = -1;
	return (gp_instant)mktime(&tm);
}

int
gp_instant_civil(const char *s, gp_instant *to)
{
	const char *p = s, *end = s + strlen(s);
	struct tm tm = { .tm_isdst = -1 };
	int y, m;

	if ((y = digits(&p, end, 4)) < 1 || take(&p, end, "-") == -1 ||
	    (m = digits(&p, end, 2)) < 1 || m > 12 ||
	    take(&p, end, "-") == -1 || (tm.tm_mday = digits(&p, end, 2)) < 1 ||
	    tm.tm_mday > month_days(y, m))
		return -1;
	if (p != end) {
		if (take(&p, end, "T ") == -1 ||
		    (tm.tm_hour = digits(&p, end, 2)) < 0 || tm.tm_hour > 23 ||
		    take(&p, end, ":") == -1 ||
		    (tm.tm_min = digits(&p, end, 2)) < 0 || tm.tm_min > 59)
			return -1;
		if (p != end &&
		    (take(&p, end, ":") == -1 ||
			(tm.tm_sec = digits(&p, end, 2)) < 0 || tm.tm_sec > 59))
			return -1;
	}
	tm.tm_year = y - 1900;
	tm.tm_mon = m - 1;
	*to = (gp_instant)mktime(&tm);
	return p == end ? 0 : -1;
}

static int
weekday(const char *word, gp_instant now, gp_instant *to)
{
	static const char *const names[] = { "sunday", "monday", "tuesday",
		"wednesday", "thursday", "friday", "saturday" };
	time_t tt = (time_t)now;
	struct tm tm;
	int i;

	if (localtime_r(&tt, &tm) == NULL)
		return -1;
	for (i = 0; i < 7; i++)
		if (strcasecmp(word, names[i]) == 0) {
			*to = gp_instant_midnight(
			    now, -((tm.tm_wday - i + 7) % 7));
			return 0;
		}
	return -1;
}

int
gp_instant_word(const char *word, gp_instant now, gp_instant *to)
{
	size_t n = strlen(word);
	long ago;

	if (gp_instant_parse(gp_span_of(word), to) == 0 ||
	    gp_instant_civil(word, to) == 0 || weekday(word, now, to) == 0)
		return 0;
	if (strcmp(word, "now") == 0)
		*to = now;
	else if (strcmp(word, "today") == 0)
		*to = gp_instant_midnight(now, 0);
	else if (strcmp(word, "yesterday") == 0)
		*to = gp_instant_midnight(now, -1);
	else if (n > 1 && isalpha((unsigned char)word[n - 1]) &&
	    gp_span_seconds(word, &ago) == 0)
		*to = now - ago;
	else
		return -1;
	return 0;
}
