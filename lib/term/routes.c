#include "term/routes.h"

#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "term/routes_load.h"

#define AT(m) offsetof(struct gp_root, m)
#define NODE(key, m)                                    \
	{                                               \
		key, GP_Y_NODE, AT(m), 0, NULL, NULL, 0 \
	}

/* clang-format off */
static const struct gp_yaml_field fields[] = {
	{ "routes", GP_Y_INT, AT(version), 1, NULL, NULL, 0 },
	{ "dated", GP_Y_TEXT, AT(dated), 0, NULL, NULL, 0 },
	NODE("match", match),
	NODE("zone", zone),
	NODE("schedule", schedule),
	NODE("calendar", calendar),
	NODE("term", term),
	NODE("include", include),
	NODE("places", places),
	NODE("skip", skip),
	NODE("schedules", schedules),
	NODE("calendars", calendars),
	NODE("terms", terms),
	NODE("assignees", assignees),
	NODE("centres", centres),
	NODE("rules", rules),
	NODE("important", important),
	NODE("default", otherwise),
	{ NULL, GP_Y_END, 0, 0, NULL, NULL, 0 },
};

struct gazetteer {
	int64_t version;
	const char *dated;
	const struct gp_yaml *places;
};

static const struct gp_yaml_field gazetteer_fields[] = {
	{ "gazetteer", GP_Y_INT, offsetof(struct gazetteer, version), 1, NULL, NULL, 0 },
	{ "dated", GP_Y_TEXT, offsetof(struct gazetteer, dated), 0, NULL, NULL, 0 },
	{ "places", GP_Y_NODE, offsetof(struct gazetteer, places), 1, NULL, NULL, 0 },
	{ NULL, GP_Y_END, 0, 0, NULL, NULL, 0 },
};
/* clang-format on */

int
gp_routes_skips(const struct gp_routes *r, long kind)
{
	size_t i;

	for (i = 0; i < r->skips; i++)
		if ((long)r->skip[i] == kind)
			return 1;
	return 0;
}

long
gp_routes_centre(const struct gp_routes *r, long page)
{
	size_t i, k;

	for (i = 1; page != GP_NO && i < r->centres; i++)
		for (k = 0; k < r->centre[i].page.n; k++)
			if ((long)r->centre[i].page.v[k] == page)
				return (long)i;
	return 0;
}

long
gp_routes_assignee(const struct gp_routes *r, long no)
{
	size_t hops;

	/* A loop is an error of the load; this ends in any case. */
	for (hops = 0; no != GP_NO && hops <= r->assignees; hops++) {
		if (r->assignee[no].same_as == GP_NO)
			return no;
		no = r->assignee[no].same_as;
	}
	return no;
}

/* "name" beside the file. */
static char *
beside(const char *path, const char *name)
{
	const char *slash = strrchr(path, '/');
	struct gp_buf b;

	gp_buf_init(&b, 0);
	if (*name != '/' && slash != NULL)
		gp_buf_add(&b, path, (size_t)(slash - path) + 1);
	gp_buf_adds(&b, name);
	return gp_buf_detach(&b);
}

static const char *
base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash != NULL ? slash + 1 : path;
}

static int
is_same(const char *a, const char *b)
{
	char *x = realpath(a, NULL), *y = realpath(b, NULL);
	int r = x != NULL && y != NULL ? strcmp(x, y) == 0 : strcmp(a, b) == 0;

	free(x);
	free(y);
	return r;
}

/* The files that are being read, each included by the one before. */
struct chain {
	const struct chain *by;
	unsigned file;
};

static int add_file(struct gp_route_loading *, char *path, const struct chain *,
    const struct gp_yaml *at);

static int
include(struct gp_route_loading *ld, const struct chain *c)
{
	const struct gp_yaml *list = ld->root[c->file].include;
	const char *name;
	char *path;
	size_t i;
	int r = 0;

	if (list == NULL)
		return 0;
	if (gp_route_items(ld, c->file, list, GP_YAML_LIST, "include") == -1)
		return -1;
	for (i = 0; r == 0 && i < list->n; i++) {
		name =
		    gp_route_text(ld, c->file, &list->item[i], "include", &r);
		if (name == NULL)
			continue;
		path = beside(ld->r->file[c->file].path, name);
		r = path == NULL ? gp_route_no_memory(ld)
				 : add_file(ld, path, c, &list->item[i]);
	}
	return r;
}

/* What belongs to the whole and not to a part of it. */
static int
only_first(struct gp_route_loading *ld, unsigned no)
{
	const struct gp_root *f = &ld->root[no];
	const struct {
		const char *key;
		const struct gp_yaml *node;
	} keys[] = { { "match", f->match }, { "zone", f->zone },
		{ "schedule", f->schedule }, { "calendar", f->calendar },
		{ "term", f->term }, { "places", f->places },
		{ "skip", f->skip }, { "default", f->otherwise } };
	size_t i;

	for (i = 0; no > 0 && i < sizeof(keys) / sizeof(keys[0]); i++)
		if (keys[i].node != NULL &&
		    gp_route_wrong(ld, no, keys[i].node,
			"'%s' stands in the first file only",
			keys[i].key) == -1)
			return -1;
	return 0;
}

/* Takes the path. */
static int
add_file(struct gp_route_loading *ld, char *path, const struct chain *by,
    const struct gp_yaml *at)
{
	struct gp_routes *r = ld->r;
	struct chain me = { by, (unsigned)r->files };
	const struct chain *c;
	struct gp_root *root;
	size_t i;

	for (c = by; c != NULL; c = c->by)
		if (is_same(r->file[c->file].path, path)) {
			i = (size_t)gp_route_wrong(ld, by->file, at,
			    "'%s' includes itself", base_name(path));
			free(path);
			return (int)i;
		}
	for (i = 0; i < r->files; i++)
		if (is_same(r->file[i].path, path)) {
			free(path);
			return 0; /* by another way already */
		}
	if (r->files == GP_ROUTE_FILES) {
		free(path);
		return gp_because(
		    ld->why, "more than %d files of rules", GP_ROUTE_FILES);
	}
	r->file[r->files] = (struct gp_route_file){ path, base_name(path),
		gp_yaml_read(path, ld->why) };
	if (r->file[r->files++].doc == NULL)
		return -1;
	root = &ld->root[me.file];
	if (gp_yaml_fill(r->file[me.file].doc,
		gp_yaml_root(r->file[me.file].doc), fields, root,
		ld->why) == -1)
		return -1;
	if (root->version != 1)
		return gp_yaml_because(r->file[me.file].doc,
		    gp_yaml_root(r->file[me.file].doc), ld->why,
		    "'routes' must be 1, the form this program knows");
	return only_first(ld, me.file) == -1 ? -1 : include(ld, &me);
}

/* The gazetteer stands in the file itself or in one that it names. */
static int
places(struct gp_route_loading *ld)
{
	struct gp_routes *r = ld->r;
	const struct gp_yaml *node = ld->root[0].places;
	struct gazetteer g = { 0 };
	struct gp_route_file *f;
	char *path;

	if (node == NULL || r->files == GP_ROUTE_FILES)
		return 0;
	if (node->type != GP_YAML_SCALAR || node->text.p == NULL)
		return gp_places_fill(&r->places, &r->words->atoms,
		    r->file[0].doc, node, ld->why);
	path = beside(r->file[0].path, node->text.p);
	if (path == NULL)
		return gp_route_no_memory(ld);
	f = &r->file[r->files++];
	*f = (struct gp_route_file){ path, base_name(path),
		gp_yaml_read(path, ld->why) };
	if (f->doc == NULL ||
	    gp_yaml_fill(f->doc, gp_yaml_root(f->doc), gazetteer_fields, &g,
		ld->why) == -1)
		return -1;
	if (g.version != 1)
		return gp_yaml_because(f->doc, gp_yaml_root(f->doc), ld->why,
		    "'gazetteer' must be 1, the form this program knows");
	return gp_places_fill(
	    &r->places, &r->words->atoms, f->doc, g.places, ld->why);
}

static int
head(struct gp_route_loading *ld)
{
	struct gp_routes *r = ld->r;
	const struct gp_yaml *match = ld->root[0].match;
	struct gp_ids skip = { NULL, 0 };
	const char *word;
	int st = 0;

	word = match != NULL ? gp_route_text(ld, 0, match, "match", &st) : NULL;
	if (word != NULL && strcmp(word, "best") != 0 &&
	    strcmp(word, "first") != 0)
		st = gp_route_wrong(ld, 0, match,
		    "'match' must be first or best, not '%s'", word);
	r->best = word != NULL && strcmp(word, "best") == 0;
	if (st == 0)
		st = gp_route_ids(
		    ld, 0, ld->root[0].skip, "skip", &r->kind, &skip);
	r->skip = skip.v;
	r->skips = skip.n;
	return st;
}

static int
init(struct gp_route_loading *ld)
{
	struct gp_routes *r = ld->r;

	gp_pool_init(&r->pool);
	r->words = calloc(1, sizeof(*r->words));
	ld->stem = gp_stem_new("ru");
	if (r->words == NULL || ld->stem == NULL ||
	    gp_atoms_init(&r->words->atoms) == -1 ||
	    gp_atoms_init(&r->topic) == -1 || gp_atoms_init(&r->group) == -1 ||
	    gp_atoms_init(&r->kind) == -1 || gp_atoms_init(&r->page) == -1)
		return gp_route_no_memory(ld);
	r->words->language = "ru";
	return 0;
}

static int
fill(struct gp_route_loading *ld, const char *path)
{
	char *copy = strdup(path);

	if (copy == NULL)
		return gp_route_no_memory(ld);
	if (add_file(ld, copy, NULL, NULL) == -1 || head(ld) == -1 ||
	    gp_route_calendars(ld) == -1 || gp_route_schedules(ld) == -1 ||
	    gp_route_terms(ld) == -1 || gp_route_assignees(ld) == -1 ||
	    places(ld) == -1 || gp_route_centres(ld) == -1 ||
	    gp_route_rules(ld) == -1 || gp_route_same(ld) == -1)
		return -1;
	return ld->r->pool.bad || gp_index_build(ld->r->words) == -1
	    ? gp_route_no_memory(ld)
	    : 0;
}

struct gp_routes *
gp_routes_load(const char *path, struct gp_findings *all, struct gp_why *why)
{
	struct gp_findings own;
	struct gp_route_loading *ld = calloc(1, sizeof(*ld));
	struct gp_routes *r = calloc(1, sizeof(*r));
	int st;

	if (r == NULL || ld == NULL) {
		free(r);
		free(ld);
		gp_because(why, "no memory");
		return NULL;
	}
	gp_findings_init(&own);
	ld->r = r;
	ld->all = all;
	ld->why = why;
	st = init(ld) == 0 ? fill(ld, path) : -1;
	/* Loops would not end, so they end the load. */
	if (st == 0 && all == NULL) {
		gp_routes_loops(r, &own);
		if (own.errors > 0) {
			*why = own.v[0].why;
			st = -1;
		}
	}
	gp_findings_release(&own);
	gp_stem_free(ld->stem);
	free(ld);
	if (st == 0)
		return r;
	gp_routes_free(r);
	return NULL;
}

void
gp_routes_free(struct gp_routes *r)
{
	size_t i;

	if (r == NULL)
		return;
	for (i = 0; i < r->hour_sets; i++)
		gp_hours_release(&r->hours[i]);
	for (i = 0; i < r->zones; i++)
		gp_zone_release(&r->zone[i]);
	for (i = r->calendars; i-- > 1;) {
		/* A region's years are the country's. */
		free(r->calendar[i].own);
	}
	if (r->calendars > 0)
		gp_calendar_release(&r->calendar[0]);
	gp_places_release(&r->places);
	gp_taxonomy_free(r->words);
	gp_atoms_release(&r->topic);
	gp_atoms_release(&r->group);
	gp_atoms_release(&r->kind);
	gp_atoms_release(&r->page);
	for (i = 0; i < r->rules; i++)
		free(r->rule[i].label);
	for (i = 0; i < r->files; i++) {
		gp_yaml_free(r->file[i].doc);
		free(r->file[i].path);
	}
	gp_pool_release(&r->pool);
	free(r);
}
