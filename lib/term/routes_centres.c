/* Centres: pages, hours, calendar and terms of each; the first is of none. */
#include <stdlib.h>
#include <string.h>

#include "term/routes_load.h"

#define AT(m) offsetof(struct entry, m)
#define NODE(key, m)                                    \
	{                                               \
		key, GP_Y_NODE, AT(m), 0, NULL, NULL, 0 \
	}

struct entry {
	const char *title;
	const struct gp_yaml *pages, *home, *zone, *schedule, *calendar, *term,
	    *important, *rules, *otherwise;
};

/* clang-format off */
static const struct gp_yaml_field fields[] = {
	{ "title", GP_Y_TEXT, AT(title), 0, NULL, NULL, 0 },
	NODE("pages", pages),
	NODE("home", home),
	NODE("zone", zone),
	NODE("schedule", schedule),
	NODE("calendar", calendar),
	NODE("term", term),
	NODE("important", important),
	NODE("rules", rules),
	NODE("default", otherwise),
	{ NULL, GP_Y_END, 0, 0, NULL, NULL, 0 },
};
/* clang-format on */

/* The number of a zone, read when it is named first; NULL: the process's. */
static int
zone(struct gp_route_loading *ld, unsigned file, const struct gp_yaml *node,
    long *to)
{
	struct gp_routes *r = ld->r;
	const char *name = NULL;
	struct gp_why why;
	int st = 0;

	if (node != NULL)
		name = gp_route_text(ld, file, node, "zone", &st);
	if (st == -1)
		return -1;
	for (*to = 0; *to < (long)r->zones; ++*to)
		if (strcmp(r->zone[*to].name, name != NULL ? name : "") == 0)
			return 0;
	if (gp_zone_read(name, &r->zone[r->zones], &why) == 0) {
		r->zones++;
		return 0;
	}
	*to = 0; /* that of the whole, if errors are only collected */
	if (ld->all != NULL && r->zones == 0 &&
	    gp_zone_read(NULL, &r->zone[0], ld->why) == 0)
		r->zones = 1;
	return node == NULL || r->zones == 0
	    ? gp_because(ld->why, "%s", why.msg)
	    : gp_route_wrong(ld, file, node, "%s", why.msg);
}

static int
place(struct gp_route_loading *ld, unsigned file, const struct gp_yaml *node,
    long *to)
{
	const char *name;
	int st = 0;

	*to = GP_PLACE_NONE;
	if (node == NULL)
		return 0;
	name = gp_route_text(ld, file, node, "home", &st);
	if (name == NULL)
		return st;
	*to = gp_places_find(&ld->r->places, name);
	if (*to >= 0)
		return 0;
	st = gp_route_wrong(ld, file, node,
	    *to == GP_PLACE_NONE ? "unknown place '%s'"
				 : "there are several '%s': write "
				   "'settlement/name'",
	    name);
	*to = GP_PLACE_NONE;
	return st;
}

/* What the centre says, else what the whole says. */
static int
refs(struct gp_route_loading *ld, unsigned file, const struct entry *e,
    struct gp_centre *c)
{
	struct gp_routes *r = ld->r;
	struct gp_names schedules =
	    GP_NAMES(r->schedule, r->schedules, "schedule");
	struct gp_names calendars =
	    GP_NAMES(r->calendar, r->calendars, "calendar");
	struct gp_names terms = GP_NAMES(r->terms, r->term_sets, "term");
	int st;

	c->schedule = gp_route_ref(ld, file, e->schedule, &schedules, &st);
	if (st == -1)
		return -1;
	c->calendar = gp_route_ref(ld, file, e->calendar, &calendars, &st);
	if (st == -1)
		return -1;
	c->terms = gp_route_ref(ld, file, e->term, &terms, &st);
	if (st == -1 || place(ld, file, e->home, &c->home) == -1)
		return -1;
	if (e->zone != NULL || c == r->centre)
		return zone(ld, file, e->zone, &c->zone);
	c->zone = r->centre[0].zone;
	return 0;
}

static void
inherit(struct gp_centre *c, const struct gp_centre *whole)
{
	if (c->schedule == GP_NO)
		c->schedule = whole->schedule;
	if (c->calendar == GP_NO)
		c->calendar = whole->calendar;
	if (c->terms == GP_NO)
		c->terms = whole->terms;
}

/* What stands at the top of the first file is that of no centre. */
static int
whole(struct gp_route_loading *ld)
{
	const struct gp_root *f = &ld->root[0];
	struct entry e = { .zone = f->zone,
		.schedule = f->schedule,
		.calendar = f->calendar,
		.term = f->term };
	struct gp_centre *c = &ld->r->centre[0];

	c->otherwise = GP_NO;
	if (refs(ld, 0, &e, c) == -1)
		return -1;
	if (c->calendar == GP_NO)
		c->calendar = 0;
	if (c->schedule == GP_NO) {
		c->schedule = 0;
		if (f->schedule == NULL && ld->r->schedules > 1 &&
		    gp_route_wrong(ld, 0, gp_yaml_root(ld->r->file[0].doc),
			"'schedule' is missing: there are several") == -1)
			return -1;
	}
	ld->centre[0] = (struct gp_centre_nodes){ NULL, NULL, f->otherwise };
	return 0;
}

static int
pages_once(struct gp_route_loading *ld, unsigned file,
    const struct gp_yaml *node, const struct gp_centre *c)
{
	const struct gp_routes *r = ld->r;
	size_t i;
	long of;

	for (i = 0; i < c->page.n; i++) {
		of = gp_routes_centre(r, (long)c->page.v[i]);
		if (of > 0 && &r->centre[of] != c &&
		    gp_route_wrong(ld, file, node,
			"a page of '%s' belongs to '%s' already", c->name,
			r->centre[of].name) == -1)
			return -1;
	}
	return 0;
}

static int
add_centre(struct gp_route_loading *ld, unsigned file,
    const struct gp_yaml *key, const struct gp_yaml *map)
{
	struct gp_routes *r = ld->r;
	struct gp_names names = GP_NAMES(r->centre, r->centres, "centre");
	struct gp_centre *c = &r->centre[r->centres];
	struct entry e = { 0 };

	if (gp_yaml_fill(r->file[file].doc, map, fields, &e, ld->why) == -1 ||
	    gp_route_twice(ld, file, key, &names, key->text.p) == -1)
		return -1;
	c->name = key->text.p;
	c->title = e.title;
	c->file = file;
	c->node = key;
	c->otherwise = GP_NO;
	if (refs(ld, file, &e, c) == -1 ||
	    gp_route_ids(ld, file, e.pages, "pages", &r->page, &c->page) == -1)
		return -1;
	inherit(c, &r->centre[0]);
	ld->centre[r->centres++] =
	    (struct gp_centre_nodes){ e.rules, e.important, e.otherwise };
	return pages_once(ld, file, e.pages, c);
}

/* Hours are worked out once for each different set of three. */
static int
hours(struct gp_route_loading *ld, struct gp_centre *c)
{
	struct gp_routes *r = ld->r;
	const struct gp_zone *z = &r->zone[c->zone];
	const struct gp_calendar *cal = &r->calendar[c->calendar];
	const struct gp_schedule *s = &r->schedule[c->schedule];
	struct gp_hours *h;
	size_t i;

	for (i = 0; i < r->hour_sets; i++) {
		h = &r->hours[i];
		if (h->zone == z && h->calendar == cal && h->schedule == s) {
			c->hours = h;
			return 0;
		}
	}
	h = &r->hours[r->hour_sets];
	if (gp_hours_build(h, z, cal, s) == -1)
		return gp_route_no_memory(ld);
	r->hour_sets++;
	c->hours = h;
	return 0;
}

static int
make_room(struct gp_route_loading *ld, size_t n)
{
	struct gp_routes *r = ld->r;

	r->centre = gp_pool_alloc(&r->pool, n * sizeof(*r->centre));
	r->zone = gp_pool_alloc(&r->pool, n * sizeof(*r->zone));
	r->hours = gp_pool_alloc(&r->pool, n * sizeof(*r->hours));
	ld->centre = gp_pool_alloc(&r->pool, n * sizeof(*ld->centre));
	return r->pool.bad ? gp_route_no_memory(ld) : 0;
}

int
gp_route_centres(struct gp_route_loading *ld)
{
	struct gp_routes *r = ld->r;
	const struct gp_yaml *map;
	size_t n = 1, k;
	unsigned i;

	for (i = 0; i < r->files; i++) {
		if (gp_route_items(ld, i, ld->root[i].centres, GP_YAML_MAP,
			"centres") == -1)
			return -1;
		n += ld->root[i].centres != NULL ? ld->root[i].centres->n : 0;
	}
	if (n > GP_ROUTE_CENTRES)
		return gp_because(
		    ld->why, "more than %d centres", GP_ROUTE_CENTRES);
	if (make_room(ld, n) == -1)
		return -1;
	r->centres = 1;
	if (whole(ld) == -1)
		return -1;
	for (i = 0; i < r->files; i++) {
		map = ld->root[i].centres;
		for (k = 0; map != NULL && k < map->n; k++)
			if (add_centre(ld, i, &map->key[k], &map->item[k]) ==
			    -1)
				return -1;
	}
	for (k = 0; k < r->centres; k++)
		if (hours(ld, &r->centre[k]) == -1)
			return -1;
	return 0;
}
