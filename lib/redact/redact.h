/*
 * Personal data masked in records: what gp-redact does to a line.
 *
 * Set up once (gp_redact_init, the loads, gp_redact_keep), then shared by
 * threads, each with a run of its own.
 */
#ifndef GP_REDACT_REDACT_H
#define GP_REDACT_REDACT_H

#include <stdint.h>

#include "base/buf.h"
#include "config/yaml.h"
#include "rules/pattern.h"
#include "text/personal.h"

enum {
	GP_REDACT_OWN = 50, /* kinds of a rules file, at most */
	GP_REDACT_KINDS = GP_PD_KINDS + GP_REDACT_OWN,
	GP_REDACT_MEMBERS = 16
};

/* A rule of the user's. */
struct gp_redact_rule {
	unsigned kind; /* from GP_PD_KINDS on */
	struct gp_pattern *pattern;
};

/* Keys by year; year 0: any. Secret. */
struct gp_redact_key {
	int year;
	size_t n;
	unsigned char *key;
};

struct gp_redact {
	struct gp_personal *personal;
	const char *kind[GP_REDACT_KINDS]; /* its name */
	char *mask[GP_REDACT_KINDS];       /* with brackets */
	size_t kinds;
	uint64_t keep; /* bits of kinds that stay */
	struct gp_redact_rule *rule;
	size_t rules;
	struct gp_redact_key *key;
	size_t keys;
	const char *member[GP_REDACT_MEMBERS]; /* more that hold text */
	size_t members;
	int russian;
	struct gp_yaml_doc *doc; /* the rules' */
};

/* -1: no memory. */
int gp_redact_init(struct gp_redact *, int russian);
void gp_redact_release(struct gp_redact *);

/* Files of rules and of what is allowed; -1 with the reason. */
int gp_redact_load_rules(struct gp_redact *, const char *path, struct gp_why *);
int gp_redact_load_allow(struct gp_redact *, const char *path, struct gp_why *);
/*
 * Keys for pseudonyms: a file of mode 0600 with a key, or lines of a year and
 * a key. -1 with the reason, which never shows one.
 */
int gp_redact_load_keys(struct gp_redact *, const char *path, struct gp_why *);

/*
 * "phone,email": these stay, or (only) all others do. After the rules. -1
 * with the reason.
 */
int gp_redact_keep(
    struct gp_redact *, const char *kinds, int only, struct gp_why *);

struct gp_redact_run; /* of one thread */
struct gp_redact_run *gp_redact_run_new(const struct gp_redact *);
void gp_redact_run_free(struct gp_redact_run *);

/* A record, GP_PAD bytes behind it, to its redacted self; no newline. */
int gp_redact_line(struct gp_redact_run *, struct gp_span, struct gp_buf *out,
    struct gp_why *);

#endif
