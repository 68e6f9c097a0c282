/*
 * The rules of a taxonomy while they are read: from the maps of the file to
 * owners, rules and patterns. Of taxonomy.c alone.
 */
#ifndef GP_RULES_LOAD_H
#define GP_RULES_LOAD_H

#include "rules/taxonomy.h"

/* The file as it is written. */
struct gp_pattern_entry {
	const struct gp_yaml *re, *stems;
	double weight;
};

struct gp_entry {
	const struct gp_yaml *name, *include, *exclude;
	double priority;
	struct gp_yaml_list patterns, topics;
};

struct gp_loading {
	struct gp_taxonomy *tax;
	struct gp_stem *stem;
	struct gp_findings *all;
	struct gp_why *why;
	size_t owner_cap, rule_cap, pattern_cap;
};

/* Lists of struct gp_entry. 0; -1 with the reason in `why`. */
int gp_load_kinds(struct gp_loading *, const struct gp_yaml_list *);
int gp_load_groups(struct gp_loading *, const struct gp_yaml_list *);

#endif
