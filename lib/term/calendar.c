#include "term/calendar.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "term/zone.h"

enum {
	FIRST_YEAR = 1990,
	LAST_YEAR = 2090
};

const struct gp_mark *
gp_calendar_mark(const struct gp_calendar *c, int64_t day)
{
	const struct gp_mark *m;
	int y, mo, d;

	gp_day_date(day, &y, &mo, &d);
	if (!gp_calendar_knows(c, y))
		return NULL;
	if (c->own != NULL) {
		m = &c->own[day - gp_day_of(c->first, 1, 1)];
		if (m->kind != GP_MARK_NONE || m->is_short)
			return m;
	}
	m = &c->year[y - c->first]->mark[day - gp_day_of(y, 1, 1)];
	return m->kind != GP_MARK_NONE || m->is_short ? m : NULL;
}

int
gp_calendar_knows(const struct gp_calendar *c, int year)
{
	return year >= c->first && year < c->first + (int)c->n &&
	    c->year[year - c->first] != NULL;
}

/* Puts the year that was read among the others. */
static int
keep(struct gp_calendar *c, struct gp_year *y, struct gp_why *why)
{
	size_t want = c->n == 0 ? 1 : (size_t)(y->year - c->first) + 1;
	struct gp_year **v = realloc(c->year, want * sizeof(*v));

	if (v == NULL) {
		gp_year_free(y);
		return gp_because(why, "no memory");
	}
	if (c->n == 0)
		c->first = y->year;
	for (; c->n < want; c->n++)
		v[c->n] = NULL;
	c->year = v;
	v[want - 1] = y;
	return 0;
}

/* 1: the path of the year's file is in b; 0: there is none. */
static int
find(const char *folder, int year, struct gp_buf *b)
{
	struct gp_why why;
	char name[32];
	FILE *fp;

	snprintf(name, sizeof(name), "calendar-%04d.yaml", year);
	gp_buf_reset(b);
	if (folder != NULL) {
		gp_buf_addf(b, "%s/%s", folder, name);
		fp = b->bad ? NULL : fopen(b->p, "re");
		if (fp != NULL) {
			fclose(fp);
			return 1;
		}
		gp_buf_reset(b);
	}
	return gp_file_data(name, b, &why) == 0;
}

int
gp_calendar_load(struct gp_calendar *c, const char *folder, struct gp_why *why)
{
	struct gp_year *y;
	struct gp_buf path;
	int year, r = 0;

	memset(c, 0, sizeof(*c));
	c->name = "russia";
	c->title = "Россия";
	gp_buf_init(&path, 0);
	for (year = FIRST_YEAR; r == 0 && year <= LAST_YEAR; year++) {
		if (!find(folder, year, &path))
			continue;
		y = gp_year_read(gp_buf_str(&path), why);
		if (y != NULL && y->year != year) {
			gp_because(why, "%s: this is the calendar of %d",
			    gp_buf_str(&path), y->year);
			gp_year_free(y);
			y = NULL;
		}
		r = y == NULL ? -1 : keep(c, y, why);
	}
	gp_buf_release(&path);
	if (r == -1)
		gp_calendar_release(c);
	return r;
}

void
gp_calendar_release(struct gp_calendar *c)
{
	size_t i;

	for (i = 0; i < c->n; i++)
		gp_year_free(c->year[i]);
	free(c->year);
	free(c->own);
	memset(c, 0, sizeof(*c));
}

/* The place of a date among the own marks; NULL: refused, or (with r 0) its
 * year is not at hand, which is said when a term needs it. */
static struct gp_mark *
own(struct gp_calendar *c, struct gp_yaml_doc *doc, const struct gp_yaml *at,
    const char *date, int *r, struct gp_why *why)
{
	int64_t day;
	int y, m, d;

	*r = 0;
	if (date == NULL || strlen(date) != 10 ||
	    gp_day_parse(date, 0, &day) == -1) {
		*r = gp_yaml_because(doc, at, why,
		    "'%s' is not a date of the form 2026-03-20",
		    date != NULL ? date : "");
		return NULL;
	}
	gp_day_date(day, &y, &m, &d);
	return gp_calendar_knows(c, y)
	    ? &c->own[day - gp_day_of(c->first, 1, 1)]
	    : NULL;
}

/* A place for messages of the list's members. */
static struct gp_yaml
place(const struct gp_own_days *o, unsigned line)
{
	return (struct gp_yaml){ .line = line != 0 ? line : o->line, .col = 1 };
}

static int
lay_holidays(struct gp_calendar *c, struct gp_yaml_doc *doc,
    const struct gp_own_days *o, struct gp_why *why)
{
	const struct gp_yaml *h = o->holidays;
	struct gp_mark *m;
	size_t i;
	int r = 0;

	if (h == NULL)
		return 0;
	if (h->type != GP_YAML_MAP)
		return gp_yaml_because(
		    doc, h, why, "'holidays' must be a map of dates to names");
	for (i = 0; r == 0 && i < h->n; i++) {
		m = own(c, doc, &h->key[i], h->key[i].text.p, &r, why);
		if (r == 0 &&
		    (h->item[i].type != GP_YAML_SCALAR ||
			h->item[i].text.p == NULL))
			r = gp_yaml_because(doc, &h->item[i], why,
			    "the name of the holiday is missing");
		if (r == 0 && m != NULL)
			*m = (struct gp_mark){ .kind = GP_MARK_HOLIDAY,
				.name = h->item[i].text.p,
				.act = o->act };
	}
	return r;
}

static int
lay_moved(struct gp_calendar *c, struct gp_yaml_doc *doc,
    const struct gp_own_days *o, struct gp_why *why)
{
	const struct gp_moved *v = o->moved.v;
	const char *act;
	const struct gp_mark *was;
	struct gp_mark *off, *from;
	struct gp_yaml at;
	int64_t day, to;
	size_t i;
	int r = 0;

	for (i = 0; i < o->moved.n; i++) {
		at = place(o, v[i].line);
		off = own(c, doc, &at, v[i].off, &r, why);
		if (r == -1)
			return -1;
		from = own(c, doc, &at, v[i].from, &r, why);
		if (r == -1)
			return -1;
		if (off == NULL || from == NULL)
			continue;
		gp_day_parse(v[i].from, 0, &day);
		gp_day_parse(v[i].off, 0, &to);
		act = v[i].act != NULL ? v[i].act : o->act;
		was = gp_calendar_mark(c, day);
		*off = (struct gp_mark){ GP_MARK_MOVED, 0, day, NULL, act };
		if (was == NULL || was->kind != GP_MARK_HOLIDAY)
			*from =
			    (struct gp_mark){ GP_MARK_WORK, 0, to, NULL, act };
	}
	return 0;
}

int
gp_calendar_lay(struct gp_calendar *c, struct gp_yaml_doc *doc,
    const struct gp_own_days *o, struct gp_why *why)
{
	const char *const *date = o->shorter.v;
	const struct gp_mark *was;
	struct gp_yaml at = place(o, 0);
	struct gp_mark *m;
	int64_t day;
	size_t i;
	int r = 0;

	if (lay_holidays(c, doc, o, why) == -1 ||
	    lay_moved(c, doc, o, why) == -1)
		return -1;
	for (i = 0; i < o->shorter.n; i++) {
		m = own(c, doc, &at, date[i], &r, why);
		if (r == -1)
			return -1;
		if (m == NULL)
			continue;
		gp_day_parse(date[i], 0, &day);
		was = gp_calendar_mark(c, day);
		if (was != NULL)
			*m = *was; /* a worked Saturday stays one */
		m->is_short = 1;
	}
	return 0;
}
