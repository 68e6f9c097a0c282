/*
 * A lease from its beginning to its end: the pipeline runs, the lease is
 * renewed, and what came of it is told to the table.
 */
#ifndef GP_WORK_SHIFT_H
#define GP_WORK_SHIFT_H

#include <signal.h>

#include "config/excerpt.h"
#include "work/work.h"

struct gp_shift {
	struct gp_work *work;
	char *const *command;
	/* The config, for GP_CONFIG of the command; NULL: it is what it is. */
	const struct gp_excerpt *excerpt;
	long term;    /* seconds that a lease holds */
	long ceiling; /* that a pipeline may run */
	long wait;    /* between looks at a database that is away */
	/* How often we were told to stop; twice: the pages are handed back. */
	const volatile sig_atomic_t *stops;
	sigset_t open; /* signals that come through while we wait */
	int verbose;
	void (*say)(void *ctx, const char *what);
	void *ctx;

	int away;   /* it has been said that the database is; set to 0 when it
		       is back */
	int failed; /* some pipeline has */
};

/*
 * Runs the command over the pages of the lease. GP_OK, also where it failed;
 * GP_TEMPFAIL: handed back; GP_USAGE: it cannot be run at all; or the status
 * of the database. All has been said.
 */
enum gp_exit gp_shift_run(struct gp_shift *, const struct gp_work_lease *);
/* The database did not answer: waits and connects anew. -1: that is of no
 * use, which has been said. */
int gp_shift_away(struct gp_shift *, const struct gp_why *);
/* Sleeps; signals end it. */
void gp_shift_rest(const struct gp_shift *, double seconds);

#endif
