/*
 * The fence of gp-work: what is put under a lease is written while the lease
 * holds, by the clock of the database, and not after. The tables are those of
 * lib/work.
 */
#ifndef GP_STORE_LEASE_H
#define GP_STORE_LEASE_H

#include "base/err.h"

struct gp_store;

/*
 * The store writes under this lease from now on ("3:1207", $GP_LEASE). -1 with
 * the reason: it is none, or this database knows no leases.
 */
int gp_store_lease(struct gp_store *, const char *word, struct gp_why *);

/*
 * Within the transaction of a batch, which has these rows. The first holds the
 * lease until the end of the transaction, -1 where it has run out; the second
 * tells the pages of the lease how much new was in the batch.
 */
int gp_lease_hold(struct gp_store *, struct gp_why *);
int gp_lease_count(struct gp_store *, struct gp_why *);

#endif
