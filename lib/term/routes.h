/*
 * Who answers, and by when: the rules of gp-routes(5), read and made ready.
 * They are not changed after: any number of threads may look at them.
 */
#ifndef GP_TERM_ROUTES_H
#define GP_TERM_ROUTES_H

#include "base/pool.h"
#include "rules/finding.h"
#include "rules/taxonomy.h"
#include "term/hours.h"
#include "term/place.h"

enum {
	GP_NO = -1, /* no number of anything */
	GP_ROUTE_FILES = 64,
	GP_ROUTE_CENTRES = 4096,
};

/* From what instant of the record a term runs. */
enum gp_from {
	GP_FROM_AT,
	GP_FROM_SEEN,
	GP_FROM_REGISTERED,
	GP_FROM_FIRST, /* the end of the first term: an interim answer came */
	GP_FROMS
};

/* A file of rules; the first one is that which was named. */
struct gp_route_file {
	char *path;
	const char *name; /* without folders */
	struct gp_yaml_doc *doc;
};

struct gp_part {
	int set;
	struct gp_limit limit;
	enum gp_from from;
};

struct gp_terms {
	const char *name, *title, *act;
	const char *label; /* "routes.yaml/usual" */
	struct gp_part first, final;
	long important; /* terms for what is important; GP_NO: these */
	unsigned file;
	const struct gp_yaml *node, *important_node;
};

struct gp_assignee {
	const char *name, *title;
	long same_as; /* GP_NO: itself */
	unsigned file;
	const struct gp_yaml *node, *same_node;
	int used;
};

struct gp_ids {
	unsigned *v;
	size_t n; /* 0: any */
};

/* Conditions; those that are there must all hold. */
struct gp_when {
	struct gp_ids topic, group, kind, page;
	long *place;
	size_t places;
	const char **word;
	size_t words;
	unsigned owner; /* of the words, in routes->words */
};

struct gp_route_rule {
	const char *name; /* NULL: a default */
	char *label;      /* "routes.yaml/ямы" */
	struct gp_when when;
	long assignee, centre, terms; /* GP_NO: not said */
	long redirect;                /* a centre whose rules go on */
	long same_as;                 /* a rule whose ends are taken */
	const struct gp_yaml *same_node;
	long of; /* the centre that owns it, or GP_NO */
	int important;
	int broken; /* something in it is wrong, and has been said */
	unsigned file;
	const struct gp_yaml *node; /* of the rule */
	/* What the file says, for messages. */
	const struct gp_yaml *topic_node, *group_node, *kind_node, *place_node;
};

/* A list of rules, in the order in which they are tried. */
struct gp_rule_list {
	unsigned *v;
	size_t n;
};

struct gp_centre {
	const char *name, *title; /* name NULL: what is of no centre */
	struct gp_ids page;
	long home; /* a place */
	long zone, schedule, calendar, terms;
	struct gp_rule_list rules;   /* own ones, then the common ones */
	struct gp_rule_list weighty; /* conditions of what is important */
	long otherwise;              /* the default's rule */
	const struct gp_hours *hours;
	unsigned file;
	const struct gp_yaml *node;
};

struct gp_routes {
	struct gp_pool pool;
	struct gp_route_file file[GP_ROUTE_FILES];
	size_t files;
	int best; /* match: best */

	struct gp_calendar *calendar; /* [0] is the country's */
	struct gp_zone *zone;
	struct gp_schedule *schedule;
	struct gp_terms *terms;
	struct gp_assignee *assignee;
	struct gp_route_rule *rule;
	struct gp_centre *centre; /* [0]: what is of none */
	struct gp_hours *hours;
	size_t calendars, zones, schedules, term_sets, assignees, rules,
	    centres, hour_sets;

	struct gp_atoms topic, group, kind, page; /* names of conditions */
	unsigned *skip; /* kinds that are not routed */
	size_t skips;
	struct gp_taxonomy *words; /* its owners: lists of words of rules */
	struct gp_places places;   /* n 0: no gazetteer */
};

/* 1: as it says, a kind that is not routed. */
int gp_routes_skips(const struct gp_routes *, long kind);
/* The centre of a page, [0] for one that none has. */
long gp_routes_centre(const struct gp_routes *, long page);
/* The assignee behind one who stands in for another. */
long gp_routes_assignee(const struct gp_routes *, long assignee);

/*
 * Reads a file of rules, what it includes, its gazetteer and the calendars.
 * NULL with the reason. With `all` what is wrong among the rules is collected
 * there, and NULL is only for what cannot be read at all. Zones are looked up:
 * before threads begin.
 */
struct gp_routes *gp_routes_load(
    const char *path, struct gp_findings *all, struct gp_why *);
void gp_routes_free(struct gp_routes *);

/* Rules, assignees and terms that lead back to themselves. Adds findings. */
void gp_routes_loops(const struct gp_routes *, struct gp_findings *);

/*
 * What is wrong though it can be read: loops, rules that can never be chosen,
 * names that the taxonomy (NULL: not asked) does not know. Adds findings.
 */
void gp_routes_prove(
    const struct gp_routes *, const struct gp_taxonomy *, struct gp_findings *);

#endif
