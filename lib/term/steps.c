#include "term/steps.h"

#include <string.h>

#include "json/write.h"

enum {
	DAYS_SHOWN = 6 /* of those worked, and of those that are not */
};

/* One step is written; it is quoted when it is whole. */
struct steps {
	const struct gp_answer *a;
	enum gp_steps_lang lang;
	struct gp_buf *out;
	int any;
};

static const char *const week_days[2][7] = {
	{ "пн", "вт", "ср", "чт", "пт", "сб", "вс" },
	{ "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" },
};

static void
say(struct steps *s, const char *ru, const char *en)
{
	gp_buf_adds(s->out, s->lang == GP_STEPS_RU ? ru : en);
}

static void
begin(struct steps *s)
{
	if (s->any)
		gp_buf_addc(s->out, ',');
	s->any = 1;
	gp_buf_addc(s->out, '"');
}

static void
end(struct steps *s)
{
	gp_buf_addc(s->out, '"');
}

/* A name out of a file: what JSON would escape is. */
static void
name(struct steps *s, const char *text)
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

static void
date(struct steps *s, int64_t day)
{
	char text[16], *p = text;
	int y, m, d;

	gp_day_date(day, &y, &m, &d);
	p = two(p, d);
	*p++ = '.';
	p = two(p, m);
	*p++ = '.';
	p = two(p, y / 100 % 100);
	p = two(p, y % 100);
	gp_buf_adds(s->out, week_days[s->lang][gp_day_week(day)]);
	gp_buf_addc(s->out, ' ');
	gp_buf_add(s->out, text, (size_t)(p - text));
}

static void
clock_at(struct steps *s, int64_t wall)
{
	int n = (int)(wall - gp_day_at(wall) * GP_DAY);
	char text[8], *p = two(text, n / 3600);

	*p++ = ':';
	p = two(p, n / 60 % 60);
	if (n % 60 != 0) {
		*p++ = ':';
		p = two(p, n % 60);
	}
	gp_buf_add(s->out, text, (size_t)(p - text));
}

static void
moment(struct steps *s, gp_instant t)
{
	int64_t wall = gp_zone_wall(s->a->hours->zone, t);

	date(s, gp_day_at(wall));
	gp_buf_addc(s->out, ' ');
	clock_at(s, wall);
}

/* Seconds as hours, minutes, seconds: what is not 0. */
static void
span(struct steps *s, int64_t n)
{
	static const struct {
		int secs;
		const char *ru, *en;
	} units[] = { { 3600, " ч", " h" }, { 60, " мин", " min" },
		{ 1, " с", " s" } };
	size_t i;
	int any = 0;

	for (i = 0; i < 3; i++) {
		if (n / units[i].secs == 0 && (i > 0 || n > 0))
			continue;
		if (any)
			gp_buf_addc(s->out, ' ');
		gp_buf_add64(s->out, n / units[i].secs);
		say(s, units[i].ru, units[i].en);
		n %= units[i].secs;
		any = 1;
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

static void
length(struct steps *s, const struct gp_limit *l)
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

	gp_buf_add64(s->out, n);
	say(s, ru[l->unit][form(n)], en[l->unit][n != 1]);
}

/* -- the steps ------------------------------------------------------------- */

static void
zone_of(struct steps *s)
{
	const char *zone = s->a->hours->zone->name;

	if (*zone == '\0')
		return;
	gp_buf_adds(s->out, " (");
	name(s, zone);
	gp_buf_addc(s->out, ')');
}

static void
term_step(struct steps *s, const struct gp_part *p, int final)
{
	const struct gp_terms *t = s->a->terms;

	begin(s);
	if (final)
		say(s, "окончательный ответ: ", "final answer: ");
	else
		say(s, "первый ответ: ", "first answer: ");
	length(s, &p->limit);
	if (p->limit.cap > 0) {
		say(s, ", но не позже ", ", but at most ");
		length(s,
		    &(const struct gp_limit){ GP_UNIT_DAYS, p->limit.cap,
			GP_LAST_SAME, 0 });
	}
	say(s, ", срок «", ", term '");
	name(s, t->title != NULL ? t->title : t->name);
	say(s, "»", "'");
	if (s->a->important)
		say(s, ", важное", ", important");
	if (t->act != NULL) {
		gp_buf_adds(s->out, " (");
		name(s, t->act);
		gp_buf_addc(s->out, ')');
	}
	end(s);
}

static void
start_step(struct steps *s, const struct gp_part *p, enum gp_from from,
    const struct gp_due *due)
{
	static const char *const ru[GP_FROMS] = { "отсчёт от поступления: ",
		"отсчёт от прочтения: ", "отсчёт от регистрации: ",
		"отсчёт от срока первого ответа: " };
	static const char *const en[GP_FROMS] = { "counted from its coming: ",
		"counted from its reading: ",
		"counted from its registration: ",
		"counted from the first answer's term: " };

	begin(s);
	say(s, ru[from], en[from]);
	moment(s, due->start);
	zone_of(s);
	if (from != p->from)
		say(s,
		    p->from == GP_FROM_SEEN
			? "; когда прочитано, не сказано"
			: "; дата регистрации не сказана",
		    p->from == GP_FROM_SEEN
			? "; when it was read is not told"
			: "; when it was registered is not told");
	end(s);
	if (due->from == due->start)
		return;
	begin(s);
	say(s, "нерабочее время, отсчёт с ",
	    "outside working hours, counted from ");
	moment(s, due->from);
	end(s);
}

/* Why a day is not worked; "" for a weekend. */
static void
day_off(struct steps *s, int64_t day)
{
	const struct gp_mark *m =
	    gp_calendar_mark(s->a->hours->calendar, day);

	date(s, day);
	if (m != NULL && m->kind == GP_MARK_HOLIDAY) {
		gp_buf_adds(s->out, " (");
		name(s, m->name);
		gp_buf_addc(s->out, ')');
	} else if (m != NULL && m->kind == GP_MARK_MOVED) {
		say(s, " (выходной, перенесён с ", " (day off, moved from ");
		date(s, m->other);
		gp_buf_addc(s->out, ')');
	} else {
		say(s, " (выходной)", " (day off)");
	}
}

/* Days in a row that are not worked, told by their ends. */
static void
days_off(struct steps *s, int64_t from, int64_t to)
{
	day_off(s, from);
	if (to == from)
		return;
	gp_buf_adds(s->out, to == from + 1 ? ", " : " – ");
	day_off(s, to);
}

static void
off_step(struct steps *s, int64_t from, int64_t to)
{
	const struct gp_interval *v;
	int64_t day, first;
	int rows = 0;

	for (day = from; day <= to; day++) {
		if (gp_hours_of_day(s->a->hours, day, &v) > 0)
			continue;
		first = day;
		while (day < to &&
		    gp_hours_of_day(s->a->hours, day + 1, &v) == 0)
			day++;
		if (rows == DAYS_SHOWN) {
			gp_buf_adds(s->out, "; ...");
			break;
		}
		if (rows++ == 0) {
			begin(s);
			say(s, "не рабочие: ", "not worked: ");
		} else {
			gp_buf_adds(s->out, "; ");
		}
		days_off(s, first, day);
	}
	if (rows > 0)
		end(s);
}

static void
mark_of(struct steps *s, int64_t day)
{
	const struct gp_mark *m =
	    gp_calendar_mark(s->a->hours->calendar, day);

	if (m == NULL)
		return;
	if (m->kind == GP_MARK_WORK)
		say(s, " (рабочий за ", " (worked for ");
	if (m->kind == GP_MARK_WORK) {
		date(s, m->other);
		gp_buf_addc(s->out, ')');
	}
	if (m->is_short)
		say(s, " (короткий)", " (short)");
}

/* Each interval of a day as far as it counts, and how much that is. */
static int64_t
day_hours(struct steps *s, int64_t day, gp_instant from, gp_instant to)
{
	const struct gp_interval *v;
	size_t n = gp_hours_of_day(s->a->hours, day, &v), i;
	const struct gp_zone *z = s->a->hours->zone;
	gp_instant a, b;
	int64_t sum = 0;

	for (i = 0; i < n; i++) {
		a = v[i].open > from ? v[i].open : from;
		b = v[i].close < to ? v[i].close : to;
		if (a >= b)
			continue;
		if (sum == 0) {
			date(s, day);
			mark_of(s, day);
		}
		gp_buf_adds(s->out, sum > 0 ? ", " : " ");
		clock_at(s, gp_zone_wall(z, a));
		gp_buf_addc(s->out, '-');
		clock_at(s, gp_zone_wall(z, b));
		sum += b - a;
	}
	if (sum > 0) {
		gp_buf_adds(s->out, " = ");
		span(s, sum);
	}
	return sum;
}

static void
hours_step(struct steps *s, const struct gp_due *due, gp_instant to)
{
	const struct gp_zone *z = s->a->hours->zone;
	int64_t day = gp_day_at(gp_zone_wall(z, due->from));
	int64_t last = gp_day_at(gp_zone_wall(z, to - 1));
	size_t shown = 0, at;
	int64_t sum = 0, one;

	begin(s);
	say(s, "считаем: ", "count: ");
	for (; day <= last && shown < DAYS_SHOWN; day++) {
		at = s->out->n;
		if (shown > 0)
			gp_buf_adds(s->out, "; ");
		one = day_hours(s, day, due->from, to);
		if (one == 0 && !s->out->bad)
			s->out->n = at; /* a day off */
		shown += one > 0;
		sum += one;
	}
	if (day <= last) {
		say(s, "; и дальше ещё ", "; and then ");
		span(s, gp_hours_worked(s->a->hours, due->from, to) - sum);
	}
	end(s);
}

static void
count_step(struct steps *s, const struct gp_limit *l, const struct gp_due *due,
    gp_instant to)
{
	const struct gp_zone *z = s->a->hours->zone;

	if (s->a->hours->schedule->always &&
	    (l->unit == GP_UNIT_WORK_HOURS || l->unit == GP_UNIT_WORK_DAYS)) {
		begin(s);
		say(s, "круглосуточно и без выходных",
		    "day and night, without days off");
		end(s);
		return;
	}
	if (l->unit == GP_UNIT_WORK_HOURS && l->n > 0) {
		hours_step(s, due, to);
		off_step(s, gp_day_at(gp_zone_wall(z, due->start)),
		    gp_day_at(gp_zone_wall(z, to)));
	} else if (l->unit == GP_UNIT_WORK_DAYS && l->n > 0) {
		begin(s);
		say(s, "день отсчёта ", "the day of the start, ");
		date(s, due->day);
		say(s, " не входит; последний рабочий день срока ",
		    ", is not counted; the last worked day of the term is ");
		date(s, due->last);
		mark_of(s, due->last);
		end(s);
		off_step(s, due->day, due->last);
	} else if (l->unit == GP_UNIT_DAYS) {
		begin(s);
		say(s, "день отсчёта ", "the day of the start, ");
		date(s, due->day);
		say(s, " не входит; последний день срока ",
		    ", is not counted; the last day of the term is ");
		date(s, due->last);
		end(s);
		if (due->moved)
			off_step(s, due->last, due->last);
	}
}

/* The acts of the years that the term touches. */
static void
act_step(struct steps *s, gp_instant from, gp_instant to)
{
	const struct gp_calendar *c = s->a->hours->calendar;
	const struct gp_zone *z = s->a->hours->zone;
	int y, last, m, d;

	if (s->a->hours->schedule->always)
		return;
	gp_day_date(gp_day_at(gp_zone_wall(z, from)), &y, &m, &d);
	gp_day_date(gp_day_at(gp_zone_wall(z, to)), &last, &m, &d);
	begin(s);
	say(s, "календарь: ", "calendar: ");
	name(s, c->title);
	for (; y <= last; y++) {
		if (!gp_calendar_knows(c, y))
			continue;
		gp_buf_adds(s->out, ", ");
		gp_buf_add64(s->out, y);
		gp_buf_adds(s->out, ": ");
		name(s, c->year[y - c->first]->act);
	}
	if (c->own != NULL) {
		gp_buf_adds(s->out, "; ");
		name(s, c->act);
	}
	end(s);
}

static void
end_step(struct steps *s, const struct gp_part *p, const struct gp_due *due)
{
	if (due->capped) {
		begin(s);
		say(s, "вышло бы ", "it would be ");
		moment(s, due->uncapped);
		say(s, ", но не позже ", ", but at most ");
		length(s,
		    &(const struct gp_limit){ GP_UNIT_DAYS, p->limit.cap,
			GP_LAST_SAME, 0 });
		end(s);
	}
	begin(s);
	say(s, "срок до ", "due by ");
	moment(s, due->end);
	end(s);
}

static void
part(struct steps *s, const struct gp_part *p, enum gp_from from,
    const struct gp_due *due, int final)
{
	if (!p->set)
		return;
	term_step(s, p, final);
	start_step(s, p, from, due);
	count_step(s, &p->limit, due, due->capped ? due->uncapped : due->end);
	end_step(s, p, due);
}

void
gp_steps_put(const struct gp_answer *a, enum gp_steps_lang lang,
    struct gp_buf *out)
{
	struct steps s = { a, lang, out, 0 };
	const struct gp_terms *t = a->terms;
	gp_instant from, to;

	gp_buf_addc(out, '[');
	part(&s, &t->first, a->first_from, &a->first, 0);
	part(&s, &t->final, a->final_from, &a->final, 1);
	from = t->first.set ? a->first.start : a->final.start;
	to = t->first.set ? a->first.end : a->final.end;
	if (t->final.set && a->final.end > to)
		to = a->final.end;
	act_step(&s, from, to);
	gp_buf_addc(out, ']');
}
