/*
 * Tables that others keep in a database of PostgreSQL, with a version of their
 * own: it stands in gp_own by the name of the part. The store's schema knows
 * nothing of them.
 */
#ifndef GP_STORE_OWN_H
#define GP_STORE_OWN_H

#include "base/err.h"

struct gp_store;

/* What gp-work and its leases have; lib/work has the steps. */
#define GP_OWN_WORK         "work"
#define GP_OWN_WORK_VERSION 1

/* 0: none of it is there. -1 with the reason. */
int gp_own_version(
    struct gp_store *, const char *part, int *version, struct gp_why *);
/*
 * Brings the part up to the newest of the steps (statements, NULL at the end;
 * one that was ever released is never changed). -1 with the reason: a newer
 * one is there, or the database fails.
 */
int gp_own_ready(struct gp_store *, const char *part, const char *const *step,
    struct gp_why *);
/* -1: the version that is there is newer, with both in the reason. */
int gp_own_knows(struct gp_store *, const char *part, int version, int known,
    struct gp_why *);

#endif
