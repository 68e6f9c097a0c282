/*
 * Rules while they are read: from the maps of the files to lists that point
 * at each other by number. Of routes*.c alone.
 */
#ifndef GP_TERM_ROUTES_LOAD_H
#define GP_TERM_ROUTES_LOAD_H

#include "term/routes.h"

/* The top of a file as it is written. */
struct gp_root {
	int64_t version;
	const char *dated;
	const struct gp_yaml *match, *zone, *schedule, *calendar, *term;
	const struct gp_yaml *include, *places, *skip;
	const struct gp_yaml *schedules, *calendars, *terms, *assignees,
	    *centres, *rules, *important, *otherwise;
};

/* What a centre says about rules, until they are read. */
struct gp_centre_nodes {
	const struct gp_yaml *rules, *important, *otherwise;
};

struct gp_route_loading {
	struct gp_routes *r;
	struct gp_root root[GP_ROUTE_FILES]; /* by file */
	struct gp_findings *all;
	struct gp_why *why;
	struct gp_stem *stem;
	struct gp_centre_nodes *centre; /* by centre */
	size_t word_rules;              /* room in r->words->rule */
};

/* An error at a place: kept in the list, 0; without one the load ends, -1. */
int gp_route_wrong(struct gp_route_loading *, unsigned file,
    const struct gp_yaml *, const char *, ...) GP_PRINTF(4, 5);
int gp_route_no_memory(struct gp_route_loading *);
/* The same of rules that have been read. */
void gp_route_say(const struct gp_routes *, struct gp_findings *, int error,
    unsigned file, const struct gp_yaml *, const char *, ...) GP_PRINTF(6, 7);

/* A word, not empty. NULL: said (see *r: 0 or -1). */
const char *gp_route_text(struct gp_route_loading *, unsigned file,
    const struct gp_yaml *, const char *key, int *r);

/* Names in an array of structs whose member at `off` is the name. */
struct gp_names {
	const void *v;
	size_t n, size, off;
	const char *what; /* "assignee" */
};

#define GP_NAMES(list, count, what)                                         \
	((struct gp_names){ list, count, sizeof((list)[0]),                 \
	    (size_t)((const char *)&(list)[0].name - (const char *)(list)), \
	    what })

long gp_route_lookup(const struct gp_names *, const char *name);
/* The number of what a node names; GP_NO for no node, or said (see *r). */
long gp_route_ref(struct gp_route_loading *, unsigned file,
    const struct gp_yaml *, const struct gp_names *, int *r);
/* Says that a name stands twice. */
int gp_route_twice(struct gp_route_loading *, unsigned file,
    const struct gp_yaml *, const struct gp_names *, const char *name);

/* Items of a map or list node; NULL is an empty one. -1: it is none. */
long gp_route_items(struct gp_route_loading *, unsigned file,
    const struct gp_yaml *, enum gp_yaml_type, const char *key);

/* In this order. */
int gp_route_calendars(struct gp_route_loading *);
int gp_route_schedules(struct gp_route_loading *);
int gp_route_terms(struct gp_route_loading *);
int gp_route_assignees(struct gp_route_loading *);
int gp_route_centres(struct gp_route_loading *);
int gp_route_rules(struct gp_route_loading *);

/* Ends that rules take from others: 0, or -1; loops are left to be found. */
int gp_route_same(struct gp_route_loading *);

/* The conditions of a rule, from its nodes. */
struct gp_when_nodes {
	const struct gp_yaml *topic, *group, *kind, *page, *place, *words;
};
int gp_route_when(struct gp_route_loading *, unsigned file,
    const struct gp_when_nodes *, struct gp_when *);
/* Pages or other names, made atoms. */
int gp_route_ids(struct gp_route_loading *, unsigned file,
    const struct gp_yaml *, const char *key, struct gp_atoms *,
    struct gp_ids *);

#endif
