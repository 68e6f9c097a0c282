/*
 * The parts of an answer as templates, gp-templates(5). Read, they are not
 * changed: any number of threads may look.
 */
#ifndef GP_SUGGEST_TEMPLATES_H
#define GP_SUGGEST_TEMPLATES_H

#include "config/yaml.h"
#include "rules/finding.h"
#include "rules/taxonomy.h"

/* In the order in which they stand in an answer. */
enum gp_answer_part {
	GP_PART_GREETING,
	GP_PART_THANKS,
	GP_PART_MATTER, /* what was or will be done */
	GP_PART_WHO,    /* by whom */
	GP_PART_WHEN,
	GP_PART_WHERE, /* to turn: telephone, link */
	GP_PART_CLOSING,
	GP_PARTS
};
const char *gp_part_name(enum gp_answer_part);

/* One wording of a part, and when it fits. Lists may be one word. */
struct gp_wording {
	const char *name; /* "matter/ямы"; in the origin of a draft */
	const char *text, *answer; /* answer: final, interim; NULL: both */
	const struct gp_yaml *kind, *group, *topic;
	const struct gp_yaml *need; /* slots that must be known */
	unsigned line;
};

/* Values of slots for a page or an assignee. */
struct gp_slots_of {
	const char *name;
	const struct gp_yaml *slots; /* a map */
};

struct gp_templates {
	struct gp_yaml_doc *doc;
	const char *path; /* for messages; borrowed */
	const char *dated;
	int64_t version;
	const struct gp_yaml *slots; /* a map, or NULL */
	const struct gp_yaml *holes; /* what people fill in; a list, or NULL */
	struct gp_slots_of *page, *assignee;
	size_t pages, assignees;
	struct gp_yaml_list part[GP_PARTS]; /* of struct gp_wording */
};

/* NULL with the reason. */
struct gp_templates *gp_templates_load(const char *path, struct gp_why *);
struct gp_templates *gp_templates_parse(
    struct gp_span, const char *name, struct gp_why *);
void gp_templates_free(struct gp_templates *);

/* 1: that word is in the list (or is the one word); NULL is no list. */
int gp_words_have(const struct gp_yaml *, struct gp_span);

/*
 * What is wrong though it can be read: unknown slots and unclosed holes, names
 * that the taxonomy does not know, wordings that are never chosen, and parts of
 * which some appeal gets no wording. Adds findings.
 */
void gp_templates_prove(const struct gp_templates *, const struct gp_taxonomy *,
    struct gp_findings *);

#endif
