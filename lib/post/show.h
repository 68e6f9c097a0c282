/* What is wrong with a plan, and what would be done, for people and pipes. */
#ifndef GP_POST_SHOW_H
#define GP_POST_SHOW_H

#include "plan/check.h"
#include "post/post.h"
#include "show/show.h"

/* Findings as a table, or as records (gp-record(5)); the gravest first. */
void gp_post_findings(
    struct gp_buf *, const struct gp_plan_check *, const struct gp_show_how *);

/* A table of what would be done, a row an act. */
void gp_post_diff_begin(struct gp_show *, const struct gp_show_how *);
void gp_post_diff(
    struct gp_show *, const struct gp_plan_post *, const struct gp_todo *);

#endif
