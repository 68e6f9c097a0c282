/*
 * Patterns: PCRE2 with JIT and limits, over folded text, without case; a dot
 * takes line ends too. One that reaches its limit does not match.
 */
#ifndef GP_RULES_PATTERN_H
#define GP_RULES_PATTERN_H

#include "base/buf.h"

struct gp_pattern;     /* compiled; may be used by many threads at once */
struct gp_pattern_run; /* of one thread */

/* NULL with the reason: "... at offset 12 of '...'". */
struct gp_pattern *gp_pattern_new(const char *re, struct gp_why *);
void gp_pattern_free(struct gp_pattern *);

struct gp_pattern_run *gp_pattern_run_new(void); /* NULL: no memory */
void gp_pattern_run_free(struct gp_pattern_run *);

/* 1: it matches valid UTF-8. */
int gp_pattern_matches(
    const struct gp_pattern *, struct gp_pattern_run *, struct gp_span text);

#endif
