/*
 * Ids that were seen, in this run or by the cursor of the one before: what
 * tells new things from known ones, and what has gone.
 */
#ifndef GP_NET_KNOWN_H
#define GP_NET_KNOWN_H

#include "base/instant.h"
#include "net/look.h"

struct gp_known_id {
	struct gp_span id; /* a copy */
	gp_instant at;     /* 0: not known */
	int before;        /* the cursor had it */
	int seen;          /* it was there in this run */
};

struct gp_known {
	struct gp_known_id *v; /* in the order in which they came */
	size_t n, cap;
	uint32_t *slot; /* hash table of places in v, from 1 */
	size_t slots;
	int bad; /* no memory; latched */
};

void gp_known_init(struct gp_known *);
void gp_known_release(struct gp_known *);
/* NULL: not known. */
struct gp_known_id *gp_known_find(const struct gp_known *, struct gp_span id);
/* The entry, made where there was none; NULL: no memory. */
struct gp_known_id *gp_known_put(
    struct gp_known *, struct gp_span id, gp_instant at);
/* [["ID",AT],...]: reads entries as known before. */
void gp_known_load(struct gp_known *, struct gp_look *, struct gp_json);
/* Writes those that were seen, or not looked for if `unseen` says so, the
 * newest `max` of them. */
void gp_known_save(
    const struct gp_known *, struct gp_jw *, int unseen, size_t max);

#endif
