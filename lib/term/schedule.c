#include "term/schedule.h"

#include <string.h>

struct file {
	const char *title;
	int always;
	const char *every, *weekdays, *day[7];
};

#define AT(m) offsetof(struct file, m)
#define DAY(word, i)                                                          \
	{                                                                     \
		word, GP_Y_TEXT, AT(day) + i * sizeof(char *), 0, NULL, NULL, \
		    0                                                         \
	}

/* clang-format off */
static const struct gp_yaml_field fields[] = {
	{ "title", GP_Y_TEXT, AT(title), 0, NULL, NULL, 0 },
	{ "always", GP_Y_BOOL, AT(always), 0, NULL, NULL, 0 },
	{ "every", GP_Y_TEXT, AT(every), 0, NULL, NULL, 0 },
	{ "weekdays", GP_Y_TEXT, AT(weekdays), 0, NULL, NULL, 0 },
	DAY("mon", 0),
	DAY("tue", 1),
	DAY("wed", 2),
	DAY("thu", 3),
	DAY("fri", 4),
	DAY("sat", 5),
	DAY("sun", 6),
	{ NULL, GP_Y_END, 0, 0, NULL, NULL, 0 },
};
/* clang-format on */

/* "09:00", moved over; -1: it is none. */
static int32_t
clock_of(const char **p)
{
	const char *s = *p;
	int h, m, i;

	for (i = 0; i < 5; i++)
		if (i == 2 ? s[i] != ':' : s[i] < '0' || s[i] > '9')
			return -1;
	h = (s[0] - '0') * 10 + s[1] - '0';
	m = (s[3] - '0') * 10 + s[4] - '0';
	*p += 5;
	if (m > 59 || h > 24 || (h == 24 && m > 0))
		return -1;
	return h * 3600 + m * 60;
}

static void
spaces(const char **p)
{
	while (**p == ' ')
		(*p)++;
}

/* How many intervals; -1: not of this form, or not in order. */
static int
intervals(const char *s, struct gp_open to[GP_OPEN_MAX])
{
	int32_t open, close, last = -1;
	int n = 0;

	if (strcmp(s, "closed") == 0)
		return 0;
	for (;;) {
		spaces(&s);
		open = clock_of(&s);
		if (open == -1 || *s++ != '-')
			return -1;
		close = clock_of(&s);
		if (close <= open || open <= last || n == GP_OPEN_MAX)
			return -1;
		to[n++] = (struct gp_open){ open, close };
		last = close;
		spaces(&s);
		if (*s == '\0')
			return n;
		if (*s++ != ',')
			return -1;
	}
}

/* The text of the weekday: its own, else that of more days. */
static const char *
text_of(const struct file *f, int day)
{
	if (f->day[day] != NULL)
		return f->day[day];
	if (day < 5 && f->weekdays != NULL)
		return f->weekdays;
	return f->every;
}

int
gp_schedule_fill(struct gp_yaml_doc *doc, const struct gp_yaml *map,
    struct gp_schedule *s, struct gp_why *why)
{
	struct file f = { 0 };
	const char *text;
	int day, n, any = 0;

	if (gp_yaml_fill(doc, map, fields, &f, why) == -1)
		return -1;
	s->title = f.title;
	s->always = f.always;
	for (day = 0; day < 7; day++) {
		text = text_of(&f, day);
		if (text != NULL && f.always)
			return gp_yaml_because(doc, map, why,
			    "what is open always has no hours of a day");
		n = text != NULL ? intervals(text, s->day[day]) : 0;
		if (n == -1)
			return gp_yaml_because(doc, map, why,
			    "'%s' are no hours: write them as 09:00-13:00, "
			    "14:00-18:00, in order, or 'closed'",
			    text);
		s->n[day] = (unsigned char)n;
		any |= n > 0;
	}
	if (!any && !f.always)
		return gp_yaml_because(
		    doc, map, why, "this schedule is never open");
	return 0;
}

size_t
gp_schedule_day(const struct gp_schedule *s, int weekday, int is_short,
    struct gp_open to[GP_OPEN_MAX])
{
	size_t n = s->n[weekday];
	int32_t cut = is_short ? 3600 : 0, len;

	memcpy(to, s->day[weekday], sizeof(s->day[weekday]));
	for (; cut > 0 && n > 0; cut -= len) {
		len = to[n - 1].close - to[n - 1].open;
		if (len > cut) {
			to[n - 1].close -= cut;
			break;
		}
		n--;
	}
	return n;
}
