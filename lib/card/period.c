#include "card/period.h"

#include "base/day.h"
#include "card/number.h"

#define DASH "\xe2\x80\x93"

static const char *const month_of[GP_LANGS][12] = {
	[GP_RU] = { "января", "февраля", "марта", "апреля", "мая", "июня",
	    "июля", "августа", "сентября", "октября", "ноября", "декабря" },
	[GP_EN] = { "January", "February", "March", "April", "May", "June",
	    "July", "August", "September", "October", "November", "December" },
};

static const char *const month_short[GP_LANGS][12] = {
	[GP_RU] = { "янв", "фев", "мар", "апр", "мая", "июн", "июл", "авг",
	    "сен", "окт", "ноя", "дек" },
	[GP_EN] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug",
	    "Sep", "Oct", "Nov", "Dec" },
};

/* A whole month has no day before it: the nominative. */
static const char *const month_whole[12] = { "январь", "февраль", "март",
	"апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь",
	"ноябрь", "декабрь" };

struct date {
	int year, month, day;
};

static int
number(const char *p, size_t n, int *to)
{
	for (*to = 0; n > 0; n--, p++) {
		if (*p < '0' || *p > '9')
			return -1;
		*to = *to * 10 + (*p - '0');
	}
	return 0;
}

static int
read_day(struct gp_span s, struct date *d)
{
	if (s.n != 10 || s.p[4] != '-' || s.p[7] != '-')
		return -1;
	if (number(s.p, 4, &d->year) == -1 ||
	    number(s.p + 5, 2, &d->month) == -1 ||
	    number(s.p + 8, 2, &d->day) == -1)
		return -1;
	return d->month < 1 || d->month > 12 || d->day < 1 || d->day > 31 ? -1
									  : 0;
}

static struct date
date_of(gp_instant at)
{
	char day[GP_INSTANT_LEN];
	struct date d = { 1970, 1, 1 };

	read_day(gp_span_of(gp_instant_day(at, day)), &d);
	return d;
}

int
gp_period_day(struct gp_buf *b, struct gp_span s, int is_short, enum gp_lang l)
{
	struct date d;
	const char *m;

	if (read_day(s, &d) == -1)
		return -1;
	m = (is_short ? month_short : month_of)[l][d.month - 1];
	if (l == GP_RU)
		gp_buf_addf(b, "%d" GP_NBSP "%s", d.day, m);
	else
		gp_buf_addf(b, "%s" GP_NBSP "%d", m, d.day);
	return 0;
}

static int
is_whole_month(struct date a, struct date z)
{
	int y, m, d;

	if (a.day != 1 || a.year != z.year || a.month != z.month)
		return 0;
	gp_day_date(gp_day_of(z.year, z.month, z.day) + 1, &y, &m, &d);
	return d == 1;
}

static void
russian(struct gp_buf *b, struct date a, struct date z)
{
	const char *const *m = month_of[GP_RU];

	if (a.year != z.year)
		gp_buf_addf(b, "%d" GP_NBSP "%s %d" GP_NBSP "года " DASH " ",
		    a.day, m[a.month - 1], a.year);
	else if (a.month != z.month)
		gp_buf_addf(b, "%d" GP_NBSP "%s" GP_NBSP DASH " ", a.day,
		    m[a.month - 1]);
	else if (a.day != z.day)
		gp_buf_addf(b, "%d" DASH, a.day);
	gp_buf_addf(b, "%d" GP_NBSP "%s %d" GP_NBSP "года", z.day,
	    m[z.month - 1], z.year);
}

static void
english(struct gp_buf *b, struct date a, struct date z)
{
	const char *const *m = month_of[GP_EN];

	gp_buf_addf(b, "%s" GP_NBSP "%d", m[a.month - 1], a.day);
	if (a.year != z.year)
		gp_buf_addf(b, ", %d", a.year);
	if (a.year != z.year || a.month != z.month)
		gp_buf_addf(
		    b, " " DASH " %s" GP_NBSP "%d", m[z.month - 1], z.day);
	else if (a.day != z.day)
		gp_buf_addf(b, DASH "%d", z.day);
	gp_buf_addf(b, ", %d", z.year);
}

void
gp_period_put(
    struct gp_buf *b, gp_instant since, gp_instant until, enum gp_lang lang)
{
	struct date a = date_of(since), z = date_of(until - 1);

	if (a.year == z.year && a.month == 1 && a.day == 1 && z.month == 12 &&
	    z.day == 31)
		gp_buf_addf(
		    b, lang == GP_RU ? "%d" GP_NBSP "год" : "%d", a.year);
	else if (is_whole_month(a, z) && lang == GP_RU)
		gp_buf_addf(b, "%s %d" GP_NBSP "года", month_whole[a.month - 1],
		    a.year);
	else if (is_whole_month(a, z))
		gp_buf_addf(b, "%s %d", month_of[GP_EN][a.month - 1], a.year);
	else if (lang == GP_RU)
		russian(b, a, z);
	else
		english(b, a, z);
}
