/* --plan: what a run would need, told from the jobs after their first calls. */
#ifndef GP_NET_PLAN_H
#define GP_NET_PLAN_H

#include "net/net.h"

/*
 * Appends a record a job, {"type":"plan",...,"calls":N,"seconds":N}, and one
 * of all, without `page`; or, as a table, lines for people. Jobs of one token
 * wait for each other, tokens do not: the whole lasts as long as the longest.
 */
void gp_plan_write(
    struct gp_buf *, struct gp_job *const *, size_t n, int table);

#endif
