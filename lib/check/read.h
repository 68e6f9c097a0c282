/* A standard while it is read: the files as they are written. Of lib/check
 * alone. */
#ifndef GP_CHECK_READ_H
#define GP_CHECK_READ_H

#include "check/standard.h"

struct gp_check_pattern_in {
	const struct gp_yaml *re, *stems;
	int raw;
};

struct gp_check_fact_in {
	const char *name;
	const struct gp_yaml *any;
	struct gp_yaml_list patterns; /* of struct gp_check_pattern_in */
	const struct gp_yaml_doc *doc;
};

struct gp_check_rule_in {
	const struct gp_yaml *id;
	const char *title, *why, *better, *source, *level, *within, *measure,
	    *member, *where, *state;
	struct gp_yaml_list kinds, networks, told_by, appeals;
	struct gp_yaml_list needs, without, missing, personal;
	const struct gp_yaml *any, *except;
	struct gp_yaml_list patterns, except_patterns;
	const struct gp_yaml *over, *under;
	int64_t least;
	int once;
	const struct gp_yaml_doc *doc;
};

/* What the files say together; rules and facts are copies. */
struct gp_check_in {
	struct gp_check_rule_in *rule;
	size_t rules, rule_cap;
	struct gp_check_fact_in *fact;
	size_t facts, fact_cap;
	const char *language;
};

/* Reads one document into both. Takes it, also when it fails. -1 with the
 * reason. `extends` is set where it wants the shipped one below it. */
int gp_check_read(struct gp_standard *, struct gp_check_in *,
    struct gp_yaml_doc *, struct gp_why *);
/* 1: the document wants the shipped standard below itself; -1: the reason. */
int gp_check_extends(struct gp_yaml_doc *, struct gp_why *);

/* Makes sets, patterns, rules and the index. -1 with the reason. */
int gp_check_compile(
    struct gp_standard *, const struct gp_check_in *, struct gp_why *);

/* While sets, patterns and rules are made. */
struct gp_check_compiling {
	struct gp_standard *s;
	const struct gp_check_in *in;
	struct gp_stem *stem;
	struct gp_why *why;
	size_t set_cap, pattern_cap, rule_cap; /* rule_cap: of terms */
	unsigned *caller; /* of each term: set, or pattern with CALLS */
	size_t caller_cap;
};

/* compile.c: the number of a new set; -1 with the reason. */
long gp_check_add_set(struct gp_check_compiling *, const struct gp_yaml_doc *,
    const char *name, const struct gp_yaml *any,
    const struct gp_yaml_list *patterns);
/* rule.c: -1 with the reason. */
int gp_check_make_rule(struct gp_check_compiling *,
    const struct gp_check_rule_in *, struct gp_check_rule *);
/* 1: words, without a NUL among them. */
int gp_check_is_text(const struct gp_yaml *);

#endif
