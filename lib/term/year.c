/* A year's file: holidays, moved days, short days, and the norm as a proof. */
#include <stdlib.h>
#include <string.h>

#include "term/calendar.h"
#include "term/zone.h"

struct norm {
	int64_t days, hours;
};

struct file {
	int64_t version, year;
	const char *act, *dated;
	struct norm *norm;
	const struct gp_yaml *holidays;
	struct gp_yaml_list moved;
	const struct gp_yaml *shorter;
};

#define AT(s, m) offsetof(struct s, m)

/* clang-format off */
const struct gp_yaml_field gp_moved_fields[] = {
	{ "day", GP_Y_TEXT, AT(gp_moved, off), 1, NULL, NULL, 0 },
	{ "from", GP_Y_TEXT, AT(gp_moved, from), 1, NULL, NULL, 0 },
	{ "act", GP_Y_TEXT, AT(gp_moved, act), 0, NULL, NULL, 0 },
	{ NULL, GP_Y_LINE, AT(gp_moved, line), 0, NULL, NULL, 0 },
	{ NULL, GP_Y_END, 0, 0, NULL, NULL, 0 },
};

static const struct gp_yaml_field norm_fields[] = {
	{ "days", GP_Y_INT, AT(norm, days), 1, NULL, NULL, 0 },
	{ "hours", GP_Y_INT, AT(norm, hours), 1, NULL, NULL, 0 },
	{ NULL, GP_Y_END, 0, 0, NULL, NULL, 0 },
};

static const struct gp_yaml_field file_fields[] = {
	{ "calendar", GP_Y_INT, AT(file, version), 1, NULL, NULL, 0 },
	{ "year", GP_Y_INT, AT(file, year), 1, NULL, NULL, 0 },
	{ "act", GP_Y_TEXT, AT(file, act), 1, NULL, NULL, 0 },
	{ "dated", GP_Y_TEXT, AT(file, dated), 0, NULL, NULL, 0 },
	{ "norm", GP_Y_OPT, AT(file, norm), 0, NULL, norm_fields, sizeof(struct norm) },
	{ "holidays", GP_Y_NODE, AT(file, holidays), 1, NULL, NULL, 0 },
	{ "moved", GP_Y_MAPS, AT(file, moved), 0, NULL, gp_moved_fields, sizeof(struct gp_moved) },
	{ "short", GP_Y_NODE, AT(file, shorter), 0, NULL, NULL, 0 },
	{ NULL, GP_Y_END, 0, 0, NULL, NULL, 0 },
};
/* clang-format on */

/* The mark of "11-03"; NULL: refused. */
static struct gp_mark *
mark(struct gp_year *y, const struct gp_yaml *at, const char *date,
    int64_t *day, struct gp_why *why)
{
	if (date == NULL || strlen(date) != 5 ||
	    gp_day_parse(date, y->year, day) == -1) {
		gp_yaml_because(y->doc, at, why,
		    "'%s' is not a day of %d, as 11-03",
		    date != NULL ? date : "", y->year);
		return NULL;
	}
	return &y->mark[*day - gp_day_of(y->year, 1, 1)];
}

static int
holidays(struct gp_year *y, const struct gp_yaml *h, struct gp_why *why)
{
	struct gp_mark *m;
	int64_t day;
	size_t i;

	if (h->type != GP_YAML_MAP)
		return gp_yaml_because(y->doc, h, why,
		    "'holidays' must be a map of days to names");
	for (i = 0; i < h->n; i++) {
		m = mark(y, &h->key[i], h->key[i].text.p, &day, why);
		if (m == NULL)
			return -1;
		if (h->item[i].type != GP_YAML_SCALAR ||
		    h->item[i].text.p == NULL)
			return gp_yaml_because(y->doc, &h->item[i], why,
			    "the name of the holiday is missing");
		m->kind = GP_MARK_HOLIDAY;
		m->name = h->item[i].text.p;
	}
	return 0;
}

/* A day off that was no holiday becomes a day of work, in place of the other */
static int
moved(struct gp_year *y, const struct gp_yaml_list *list, struct gp_why *why)
{
	const struct gp_moved *v = list->v;
	struct gp_mark *off, *from;
	struct gp_yaml at = { .col = 1 };
	int64_t to, day;
	size_t i;

	for (i = 0; i < list->n; i++) {
		at.line = v[i].line;
		off = mark(y, &at, v[i].off, &to, why);
		from = off != NULL ? mark(y, &at, v[i].from, &day, why) : NULL;
		if (from == NULL)
			return -1;
		if (off->kind != GP_MARK_NONE || gp_day_week(to) > 4)
			return gp_yaml_because(
			    y->doc, &at, why, "%s is off already", v[i].off);
		if (gp_day_week(day) < 5 && from->kind != GP_MARK_HOLIDAY)
			return gp_yaml_because(y->doc, &at, why,
			    "%s is no day off that could be moved", v[i].from);
		*off =
		    (struct gp_mark){ GP_MARK_MOVED, 0, day, NULL, v[i].act };
		if (from->kind != GP_MARK_HOLIDAY)
			*from = (struct gp_mark){ GP_MARK_WORK, 0, to, NULL,
				v[i].act };
	}
	return 0;
}

static int
is_worked(const struct gp_year *y, int64_t day)
{
	const struct gp_mark *m = &y->mark[day - gp_day_of(y->year, 1, 1)];

	if (m->kind == GP_MARK_NONE)
		return gp_day_week(day) < 5;
	return m->kind == GP_MARK_WORK;
}

static int
shorter(struct gp_year *y, const struct gp_yaml *list, struct gp_why *why)
{
	struct gp_mark *m;
	int64_t day;
	size_t i;

	if (list == NULL)
		return 0;
	if (list->type != GP_YAML_LIST)
		return gp_yaml_because(
		    y->doc, list, why, "'short' must be a list of days");
	for (i = 0; i < list->n; i++) {
		m = mark(y, &list->item[i],
		    list->item[i].type == GP_YAML_SCALAR ? list->item[i].text.p
							 : NULL,
		    &day, why);
		if (m == NULL)
			return -1;
		if (!is_worked(y, day))
			return gp_yaml_because(y->doc, &list->item[i], why,
			    "%s is not worked: it cannot be short",
			    list->item[i].text.p);
		m->is_short = 1;
	}
	return 0;
}

void
gp_year_norm(const struct gp_year *y, int64_t *days, int64_t *hours)
{
	int64_t day = gp_day_of(y->year, 1, 1);
	int64_t end = gp_day_of(y->year + 1, 1, 1);
	size_t i;

	*days = *hours = 0;
	for (i = 0; day < end; day++, i++)
		if (is_worked(y, day)) {
			++*days;
			*hours += 8 - y->mark[i].is_short;
		}
}

/* Who wrote the file down has missed a day if the norm does not come out. */
static int
proven(struct gp_year *y, const struct norm *norm, struct gp_why *why)
{
	int64_t days, hours;

	if (norm == NULL)
		return 0;
	y->days = norm->days;
	y->hours = norm->hours;
	gp_year_norm(y, &days, &hours);
	if (days == y->days && hours == y->hours)
		return 0;
	return gp_yaml_because(y->doc, gp_yaml_root(y->doc), why,
	    "the norm is %lld days and %lld hours, the days listed give %lld "
	    "and %lld",
	    (long long)y->days, (long long)y->hours, (long long)days,
	    (long long)hours);
}

static int
fill(struct gp_year *y, struct gp_why *why)
{
	const struct gp_yaml *root = gp_yaml_root(y->doc);
	struct file f = { 0 };

	if (gp_yaml_fill(y->doc, root, file_fields, &f, why) == -1)
		return -1;
	if (f.version != 1)
		return gp_yaml_because(y->doc, root, why,
		    "'calendar' must be 1, the form this program knows");
	if (f.year < 1990 || f.year > 2090)
		return gp_yaml_because(
		    y->doc, root, why, "'year' must be from 1990 to 2090");
	y->year = (int)f.year;
	y->act = f.act;
	if (holidays(y, f.holidays, why) == -1 ||
	    moved(y, &f.moved, why) == -1 || shorter(y, f.shorter, why) == -1)
		return -1;
	return proven(y, f.norm, why);
}

static struct gp_year *
from(struct gp_yaml_doc *doc, struct gp_why *why)
{
	struct gp_year *y = calloc(1, sizeof(*y));

	if (y == NULL) {
		gp_because(why, "no memory");
		gp_yaml_free(doc);
		return NULL;
	}
	y->doc = doc;
	if (fill(y, why) == 0)
		return y;
	gp_year_free(y);
	return NULL;
}

struct gp_year *
gp_year_read(const char *path, struct gp_why *why)
{
	struct gp_yaml_doc *doc = gp_yaml_read(path, why);

	return doc != NULL ? from(doc, why) : NULL;
}

struct gp_year *
gp_year_parse(struct gp_span s, const char *name, struct gp_why *why)
{
	struct gp_yaml_doc *doc = gp_yaml_parse(s, name, why);

	return doc != NULL ? from(doc, why) : NULL;
}

void
gp_year_free(struct gp_year *y)
{
	if (y == NULL)
		return;
	gp_yaml_free(y->doc);
	free(y);
}
