#include "term/steps_write.h"

#include <stdlib.h>

static const char *const week_days[2][7] = {
	{ "пн", "вт", "ср", "чт", "пт", "сб", "вс" },
	{ "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" },
};

void
gp_step_name(struct gp_step_text *s, const char *text)
{
	size_t at = s->out->n;

	gp_json_quote(s->out, gp_span_of(text));
	if (s->out->bad)
		return;
	/* its quotes go */
	memmove(s->out->p + at, s->out->p + at + 1, s->out->n - at - 2);
	s->out->n -= 2;
	s->out->p[s->out->n] = '\0';
}

static char *
two(char *to, int n)
{
	*to++ = (char)('0' + n / 10);
	*to++ = (char)('0' + n % 10);
	return to;
}

/* Returns how many bytes, at most GP_DATE_LEN. */
static size_t
date(char *to, int64_t day, enum gp_steps_lang lang)
{
	const char *week = week_days[lang][gp_day_week(day)];
	size_t n = strlen(week);
	int y, m, d;
	char *p = to + n;

	memcpy(to, week, n);
	gp_day_date(day, &y, &m, &d);
	*p++ = ' ';
	p = two(p, d);
	*p++ = '.';
	p = two(p, m);
	*p++ = '.';
	p = two(p, y / 100 % 100);
	p = two(p, y % 100);
	return (size_t)(p - to);
}

int
gp_dates_make(
    struct gp_dates *d, int64_t first, size_t n, enum gp_steps_lang lang)
{
	size_t i;

	d->first = first;
	d->n = n;
	d->text = calloc(n + 1, GP_DATE_LEN + 1);
	if (d->text == NULL)
		return -1;
	for (i = 0; i < n; i++)
		date(d->text + i * (GP_DATE_LEN + 1), first + (int64_t)i, lang);
	return 0;
}

void
gp_dates_release(struct gp_dates *d)
{
	free(d->text);
	memset(d, 0, sizeof(*d));
}

void
gp_step_date(struct gp_step_text *s, int64_t day)
{
	char text[GP_DATE_LEN + 1];
	int64_t no = day - s->dates->first;

	if (no >= 0 && no < (int64_t)s->dates->n)
		gp_step_add(s, s->dates->text + (size_t)no * (GP_DATE_LEN + 1),
		    GP_DATE_LEN - (size_t)(s->lang == GP_STEPS_EN));
	else
		gp_step_add(s, text, date(text, day, s->lang));
}

void
gp_step_clock(struct gp_step_text *s, int64_t wall)
{
	int n = (int)(wall - gp_day_at(wall) * GP_DAY);
	char text[8], *p = two(text, n / 3600);

	*p++ = ':';
	p = two(p, n / 60 % 60);
	if (n % 60 != 0) {
		*p++ = ':';
		p = two(p, n % 60);
	}
	gp_step_add(s, text, (size_t)(p - text));
}

void
gp_step_moment(struct gp_step_text *s, const struct gp_zone *zone, gp_instant t)
{
	int64_t wall = gp_zone_wall(zone, t);

	gp_step_date(s, gp_day_at(wall));
	GP_STEP_BOTH(s, " ");
	gp_step_clock(s, wall);
}

void
gp_step_number(struct gp_step_text *s, long n)
{
	char text[24], *p = text + sizeof(text);

	do
		*--p = (char)('0' + n % 10);
	while ((n /= 10) > 0);
	gp_step_add(s, p, (size_t)(text + sizeof(text) - p));
}

void
gp_step_span(struct gp_step_text *s, int64_t n)
{
	if (n >= 3600 || n == 0) {
		gp_step_number(s, (long)(n / 3600));
		GP_STEP(s, " ч", " h");
		n %= 3600;
		if (n > 0)
			GP_STEP_BOTH(s, " ");
	}
	if (n >= 60) {
		gp_step_number(s, (long)(n / 60));
		GP_STEP(s, " мин", " min");
		n %= 60;
		if (n > 0)
			GP_STEP_BOTH(s, " ");
	}
	if (n > 0) {
		gp_step_number(s, (long)n);
		GP_STEP(s, " с", " s");
	}
}

/* The form of a noun that a number asks for: 1 час, 2 часа, 5 часов. */
static int
form(long n)
{
	if (n % 100 >= 11 && n % 100 <= 14)
		return 2;
	if (n % 10 == 1)
		return 0;
	return n % 10 >= 2 && n % 10 <= 4 ? 1 : 2;
}

void
gp_step_length(struct gp_step_text *s, const struct gp_limit *l)
{
	static const char *const ru[4][3] = {
		{ " час", " часа", " часов" },
		{ " рабочий час", " рабочих часа", " рабочих часов" },
		{ " день", " дня", " дней" },
		{ " рабочий день", " рабочих дня", " рабочих дней" },
	};
	static const char *const en[4][2] = {
		{ " hour", " hours" },
		{ " working hour", " working hours" },
		{ " day", " days" },
		{ " working day", " working days" },
	};
	long n = l->unit == GP_UNIT_HOURS || l->unit == GP_UNIT_WORK_HOURS
	    ? l->n / 3600
	    : l->n;
	const char *text =
	    s->lang == GP_STEPS_RU ? ru[l->unit][form(n)] : en[l->unit][n != 1];

	gp_step_number(s, n);
	gp_step_add(s, text, strlen(text));
}
