/*
 * A taxonomy, gp-taxonomy(5), read and made ready. It is not changed after:
 * any number of threads may match texts against it.
 */
#ifndef GP_RULES_TAXONOMY_H
#define GP_RULES_TAXONOMY_H

#include "config/yaml.h"
#include "rules/atom.h"
#include "rules/finding.h"
#include "rules/index.h"
#include "rules/pattern.h"

enum gp_owner_type {
	GP_KIND,
	GP_GROUP,
	GP_TOPIC
};

/* What collects a score. All stand in the order of the file. */
struct gp_owner {
	enum gp_owner_type type;
	const char *name;
	unsigned group;             /* of a topic: its owner's number */
	double priority;            /* of a kind */
	const struct gp_yaml *node; /* of the name */
};

/* Least scores, in thousandths. */
struct gp_least {
	int kind, group, topic;
};

struct gp_taxonomy {
	struct gp_yaml_doc *doc;
	const char *dated, *language;
	struct gp_least least;
	struct gp_atoms atoms;

	struct gp_owner *owner;
	size_t owners;
	size_t kinds, groups, topics;

	struct gp_rule *rule; /* all terms and patterns, in order */
	size_t rules;
	size_t calls; /* of them those that only call a pattern */
	struct gp_pattern **pattern;
	size_t patterns;

	struct gp_index index;
};

/*
 * Reads a file. NULL with the reason. With `all` errors in terms and patterns
 * are collected there, the rest is read, and NULL is only for what is not YAML
 * of this form, or no memory.
 */
struct gp_taxonomy *gp_taxonomy_load(
    const char *path, struct gp_findings *all, struct gp_why *);
/* The same from bytes; name stands in messages. */
struct gp_taxonomy *gp_taxonomy_parse(
    struct gp_span, const char *name, struct gp_findings *all, struct gp_why *);
void gp_taxonomy_free(struct gp_taxonomy *);

/*
 * The same with the rules of kinds alone, which finds a text's kind as the
 * whole would, and sooner. It borrows all else. -1: no memory.
 */
int gp_taxonomy_kinds(struct gp_taxonomy *, const struct gp_taxonomy *whole);
void gp_taxonomy_kinds_release(struct gp_taxonomy *);

#endif
