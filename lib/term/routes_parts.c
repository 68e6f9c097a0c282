/* The parts that rules refer to: calendars, schedules, assignees. */
#include <stdlib.h>
#include <string.h>

#include "term/routes_load.h"

#define AT(s, m) offsetof(struct s, m)

struct assignee {
	const char *title;
	const struct gp_yaml *same_as;
};

/* clang-format off */
static const struct gp_yaml_field calendar_fields[] = {
	{ "title", GP_Y_TEXT, AT(gp_own_days, title), 0, NULL, NULL, 0 },
	{ "act", GP_Y_TEXT, AT(gp_own_days, act), 1, NULL, NULL, 0 },
	{ "base", GP_Y_TEXT, AT(gp_own_days, base), 0, NULL, NULL, 0 },
	{ "holidays", GP_Y_NODE, AT(gp_own_days, holidays), 0, NULL, NULL, 0 },
	{ "moved", GP_Y_MAPS, AT(gp_own_days, moved), 0, NULL, gp_moved_fields, sizeof(struct gp_moved) },
	{ "short", GP_Y_TEXTS, AT(gp_own_days, shorter), 0, NULL, NULL, 0 },
	{ NULL, GP_Y_LINE, AT(gp_own_days, line), 0, NULL, NULL, 0 },
	{ NULL, GP_Y_END, 0, 0, NULL, NULL, 0 },
};

static const struct gp_yaml_field assignee_fields[] = {
	{ "title", GP_Y_TEXT, AT(assignee, title), 0, NULL, NULL, 0 },
	{ "same_as", GP_Y_NODE, AT(assignee, same_as), 0, NULL, NULL, 0 },
	{ NULL, GP_Y_END, 0, 0, NULL, NULL, 0 },
};
/* clang-format on */

/* How many entries the maps of all files have together; -1: one is no map. */
static long
count(struct gp_route_loading *ld, size_t off, const char *key)
{
	const struct gp_yaml *node;
	long n = 0, k;
	unsigned i;

	for (i = 0; i < ld->r->files; i++) {
		node = *(const struct gp_yaml *const *)(const void
			*)((const char *)&ld->root[i] + off);
		k = gp_route_items(ld, i, node, GP_YAML_MAP, key);
		if (k == -1)
			return -1;
		n += k;
	}
	return n;
}

static void *
room(struct gp_route_loading *ld, long n, size_t size)
{
	return gp_pool_alloc(&ld->r->pool, ((size_t)n + 1) * size);
}

/* -- calendars ------------------------------------------------------------- */

/* A region's calendar: the base's marks with its own laid over. */
static int
add_calendar(struct gp_route_loading *ld, unsigned file,
    const struct gp_yaml *key, const struct gp_yaml *map)
{
	struct gp_routes *r = ld->r;
	struct gp_names names = GP_NAMES(r->calendar, r->calendars, "calendar");
	struct gp_calendar *c = &r->calendar[r->calendars];
	const struct gp_calendar *base = &r->calendar[0];
	struct gp_own_days own = { .base = "russia" };
	size_t days;
	long no;

	if (gp_yaml_fill(
		r->file[file].doc, map, calendar_fields, &own, ld->why) == -1 ||
	    gp_route_twice(ld, file, key, &names, key->text.p) == -1)
		return -1;
	no = gp_route_lookup(&names, own.base);
	if (no == GP_NO)
		return gp_yaml_because(r->file[file].doc, map, ld->why,
		    "'base' must be a calendar that stands before, not '%s'",
		    own.base);
	base = &r->calendar[no];
	*c = *base;
	c->name = own.name = key->text.p;
	c->title = own.title != NULL ? own.title : c->name;
	c->act = own.act;
	days = c->n * 366 + 1;
	c->own = calloc(days, sizeof(*c->own));
	if (c->own == NULL)
		return gp_route_no_memory(ld);
	r->calendars++; /* it is freed from now on */
	if (base->own != NULL)
		memcpy(c->own, base->own, days * sizeof(*c->own));
	return gp_calendar_lay(c, r->file[file].doc, &own, ld->why);
}

int
gp_route_calendars(struct gp_route_loading *ld)
{
	struct gp_routes *r = ld->r;
	long n = count(ld, AT(gp_root, calendars), "calendars");
	const char *slash = strrchr(r->file[0].path, '/');
	const struct gp_yaml *map;
	char *folder;
	unsigned i;
	size_t k;
	int st;

	if (n == -1)
		return -1;
	r->calendar = room(ld, n + 1, sizeof(*r->calendar));
	folder = slash != NULL
	    ? strndup(r->file[0].path, (size_t)(slash - r->file[0].path))
	    : strdup(".");
	if (r->calendar == NULL || folder == NULL) {
		free(folder);
		return gp_route_no_memory(ld);
	}
	st = gp_calendar_load(&r->calendar[0], folder, ld->why);
	free(folder);
	if (st == -1)
		return -1;
	r->calendars = 1;
	for (i = 0; i < r->files; i++) {
		map = ld->root[i].calendars;
		for (k = 0; map != NULL && k < map->n; k++)
			if (add_calendar(ld, i, &map->key[k], &map->item[k]) ==
			    -1)
				return -1;
	}
	return 0;
}

/* -- schedules ------------------------------------------------------------- */

int
gp_route_schedules(struct gp_route_loading *ld)
{
	struct gp_routes *r = ld->r;
	long n = count(ld, AT(gp_root, schedules), "schedules");
	struct gp_names names;
	const struct gp_yaml *map;
	struct gp_schedule *s;
	unsigned i;
	size_t k;

	if (n == -1)
		return -1;
	r->schedule = room(ld, n, sizeof(*r->schedule));
	if (r->schedule == NULL)
		return gp_route_no_memory(ld);
	for (i = 0; i < r->files; i++) {
		map = ld->root[i].schedules;
		for (k = 0; map != NULL && k < map->n; k++) {
			names = GP_NAMES(r->schedule, r->schedules, "schedule");
			s = &r->schedule[r->schedules];
			if (gp_route_twice(ld, i, &map->key[k], &names,
				map->key[k].text.p) == -1 ||
			    gp_schedule_fill(r->file[i].doc, &map->item[k], s,
				ld->why) == -1)
				return -1;
			s->name = map->key[k].text.p;
			r->schedules++;
		}
	}
	if (r->schedules > 0)
		return 0;
	return gp_yaml_because(r->file[0].doc, gp_yaml_root(r->file[0].doc),
	    ld->why, "'schedules' is missing: there are no working hours");
}

/* -- assignees ------------------------------------------------------------- */

static int
add_assignee(struct gp_route_loading *ld, unsigned file,
    const struct gp_yaml *key, const struct gp_yaml *v)
{
	struct gp_routes *r = ld->r;
	struct gp_names names = GP_NAMES(r->assignee, r->assignees, "assignee");
	struct gp_assignee *a = &r->assignee[r->assignees];
	struct assignee e = { 0 };

	/* A title alone may stand in place of the map. */
	if (v->type == GP_YAML_SCALAR)
		e.title = v->text.p;
	else if (gp_yaml_fill(
		     r->file[file].doc, v, assignee_fields, &e, ld->why) == -1)
		return -1;
	if (gp_route_twice(ld, file, key, &names, key->text.p) == -1)
		return -1;
	a->name = key->text.p;
	a->title = e.title;
	a->same_as = GP_NO;
	a->same_node = e.same_as;
	a->file = file;
	a->node = key;
	r->assignees++;
	return 0;
}

int
gp_route_assignees(struct gp_route_loading *ld)
{
	struct gp_routes *r = ld->r;
	long n = count(ld, AT(gp_root, assignees), "assignees");
	const struct gp_yaml *map;
	struct gp_names names;
	struct gp_assignee *a;
	unsigned i;
	size_t k;
	int st;

	if (n == -1)
		return -1;
	r->assignee = room(ld, n, sizeof(*r->assignee));
	if (r->assignee == NULL)
		return gp_route_no_memory(ld);
	for (i = 0; i < r->files; i++) {
		map = ld->root[i].assignees;
		for (k = 0; map != NULL && k < map->n; k++)
			if (add_assignee(ld, i, &map->key[k], &map->item[k]) ==
			    -1)
				return -1;
	}
	names = GP_NAMES(r->assignee, r->assignees, "assignee");
	for (k = 0; k < r->assignees; k++) {
		a = &r->assignee[k];
		a->same_as =
		    gp_route_ref(ld, a->file, a->same_node, &names, &st);
		if (st == -1)
			return -1;
	}
	return 0;
}
