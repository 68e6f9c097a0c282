/*
 * The limits of networks, shared by all machines: buckets (http/bucket.h) in
 * the table gp_budget of a database of PostgreSQL, by its clock.
 *
 * A reservation is one statement. Slots lie a twentieth further apart than the
 * rate says, as calls arrive a little sooner or later than they left, and at
 * most two seconds ahead: so long it takes at most until a hold, which another
 * one was told of, is heeded by all.
 */
#ifndef GP_BUDGET_BUDGET_H
#define GP_BUDGET_BUDGET_H

#include "base/exit.h"
#include "http/bucket.h"

struct gp_budget;

/*
 * That which $GP_BUDGET names, else the one of the config (may be NULL). GP_OK,
 * with *to NULL where neither does; or the exit status, with the reason.
 */
enum gp_exit gp_budget_open(
    struct gp_budget **to, const char *configured, struct gp_why *);
void gp_budget_close(struct gp_budget *);
/* NULL of NULL. It stands as long as the budget. */
const struct gp_bucket_table *gp_budget_table(struct gp_budget *);

#endif
