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
/* For texts that are not folded: as it is written, without case. */
struct gp_pattern *gp_pattern_new_raw(const char *re, struct gp_why *);
void gp_pattern_free(struct gp_pattern *);

struct gp_pattern_run *gp_pattern_run_new(void); /* NULL: no memory */
void gp_pattern_run_free(struct gp_pattern_run *);

/* 1: it matches valid UTF-8. */
int gp_pattern_matches(
    const struct gp_pattern *, struct gp_pattern_run *, struct gp_span text);
/*
 * The next match from an offset on: at[0] and at[1] are the bytes of its first
 * group, or of the whole where there is none; at[2] is behind the whole. 1; 0:
 * none; -1: it reached its limit.
 */
int gp_pattern_find(const struct gp_pattern *, struct gp_pattern_run *,
    struct gp_span text, size_t from, size_t at[3]);

#endif
