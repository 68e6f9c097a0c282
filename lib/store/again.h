/*
 * A server that goes away and comes back, or another takes its place: how
 * long it is waited for, and what was given out before.
 */
#ifndef GP_STORE_AGAIN_H
#define GP_STORE_AGAIN_H

#include <stdint.h>

#include "base/buf.h"

enum {
	GP_WAIT_SECONDS = 60,   /* where $GP_DB_WAIT says nothing */
	GP_MAX_GIVEN = 16 << 20 /* rows of one search that can be repeated */
};

/* One outage, all zeroes at its beginning. */
struct gp_outage {
	double until; /* gp_clock(); 0: it has not begun */
	long pause;   /* milliseconds, before the next try */
	double back;  /* gp_clock() when a connection was there again; 0 */
	int tries, said;
};

/* -1: $GP_DB_WAIT is no span. */
int gp_outage_limit(long *seconds, struct gp_why *);
/* The connection has broken: where it had held again for as long as one may
 * wait, it is another outage. */
void gp_outage_begin(struct gp_outage *);
/*
 * Waits before a try to connect; not at all before the first one. 1: try; 0:
 * the time is over, or a signal said to stop. `why` is said the first time
 * that there is something to wait for.
 */
int gp_outage_wait(struct gp_outage *, const char *name, const struct gp_why *);

/* What a search has given to whoever asked, by hashes: it is not given twice
 * where the search is begun anew. */
struct gp_given {
	uint64_t *v;
	size_t n, cap, before; /* before: of earlier tries, sorted */
	int bad;               /* too much to be remembered */
};

void gp_given_release(struct gp_given *);
/* Another try begins. 0; -1: it cannot be told what was given. */
int gp_given_anew(struct gp_given *);
/* 1: it was given by an earlier try; 0: not, and it is noted. */
int gp_given_has(struct gp_given *, struct gp_span, uint64_t seed);

#endif
