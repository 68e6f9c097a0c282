/*
 * A standard, gp-standard(5), read and made ready: rules of texts, posts and
 * pages. It is not changed after; any number of threads check by it.
 */
#ifndef GP_CHECK_STANDARD_H
#define GP_CHECK_STANDARD_H

#include <stdint.h>

#include "config/yaml.h"
#include "rules/taxonomy.h"
#include "text/personal.h"

/* What a rule is for; bits. */
enum gp_check_kind {
	GP_CHECK_DRAFT = 1,
	GP_CHECK_REPLY = 2,
	GP_CHECK_POST = 4,
	GP_CHECK_PAGE = 8,
};

enum gp_check_level {
	GP_CHECK_UNKNOWN, /* the record cannot tell */
	GP_CHECK_NOTE,
	GP_CHECK_WARNING,
	GP_CHECK_ERROR,
};

/* How far around a match what would excuse it is looked for. */
enum gp_check_within {
	GP_WITHIN_TEXT,
	GP_WITHIN_NEAR, /* its sentence and those beside it */
	GP_WITHIN_SENTENCE,
};

enum gp_measure {
	GP_MEASURE_NONE,
	GP_MEASURE_LENGTH,
	GP_MEASURE_WORDS,
	GP_MEASURE_SENTENCE,
	GP_MEASURE_PARAGRAPH,
	GP_MEASURE_CAPITALS,
	GP_MEASURE_HASHTAGS,
	GP_MEASURE_RUBRICS,
	GP_MEASURE_LINKS,
	GP_MEASURE_PICTURES,
	GP_MEASURE_WITHOUT_ALT,
	/* Those from here on are of all posts of a page together. */
	GP_MEASURE_POSTS_A_WEEK,
	GP_MEASURE_POSTS_A_DAY,
	GP_MEASURE_SECONDS_BETWEEN,
	GP_MEASURES
};

enum {
	GP_CHECK_FACTS = 8,  /* named by one rule in one list */
	GP_CHECK_SETS = 4096 /* in all */
};

/* Phrases and patterns that say one thing: a fact's or a rule's own. */
struct gp_check_set {
	const char *name;           /* of a fact; NULL: a rule's */
	unsigned pattern, patterns; /* of the standard's */
	int terms;                  /* 1: it has some */
};

/* A pattern; its terms, where it has any, call it. */
struct gp_check_pattern {
	struct gp_pattern *code;
	int raw;    /* over the text as it is written */
	int called; /* run only where a term calls it */
};

/* Numbers of sets. */
struct gp_check_facts {
	unsigned v[GP_CHECK_FACTS];
	size_t n;
};

struct gp_check_rule {
	const char *id, *title, *why, *better, *source;
	unsigned kinds; /* bits of gp_check_kind */
	enum gp_check_level level;
	long set, except; /* -1: none */
	struct gp_check_facts needs, without, missing;
	enum gp_check_within within;
	size_t least;
	int once;
	enum gp_measure measure;
	int has_over, has_under;
	int64_t over, under;
	unsigned personal;  /* bits of kinds */
	const char *member; /* of a page */
	int is_private;     /* 1: in messages only; -1: in public only */
	int is_final;       /* 1: final answers only; -1: interim ones only */
	struct gp_yaml_list networks, told_by, appeals; /* of const char * */
	int off;
};

struct gp_standard {
	struct gp_yaml_doc **doc;
	size_t docs;
	const char *dated;
	/* Terms of all sets, one owner a set; those that call a pattern
	 * belong to owner sets + number of the pattern. */
	struct gp_taxonomy *tax;
	struct gp_check_set *set;
	size_t sets;
	struct gp_check_pattern *pattern;
	size_t patterns;
	struct gp_check_rule *rule;
	size_t rules;
	struct gp_yaml_list rubrics; /* of const char *, without # */
	unsigned uses;               /* bits of measures over all posts */
	struct gp_personal *personal;
};

/*
 * Reads files one upon another: a rule or fact of a later one takes the place
 * of its namesake. Without any: the shipped one. NULL with the reason.
 */
struct gp_standard *gp_standard_load(
    const char *const *path, size_t n, struct gp_why *);
/* The same from bytes; name stands in messages. */
struct gp_standard *gp_standard_parse(
    struct gp_span, const char *name, struct gp_why *);
void gp_standard_free(struct gp_standard *);

/*
 * Text that is no personal data though it looks so, a map from kinds to lists,
 * as gp-redact(1) --allow reads it. -1 with the reason.
 */
int gp_standard_allow(struct gp_standard *, const char *path, struct gp_why *);

/*
 * Switches rules off: those named "reply.tone", or "reply.*"; with `only` all
 * others. -1 with the reason: there is no such rule.
 */
int gp_standard_pick(
    struct gp_standard *, const char *ids, int only, struct gp_why *);

/* "error" ...; "length" ...; NULL and GP_MEASURES: none of them. */
const char *gp_check_level_name(enum gp_check_level);
const char *gp_measure_name(enum gp_measure);
enum gp_measure gp_measure_find(const char *);

#endif
