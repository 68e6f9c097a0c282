/*
 * Which appeal came before: the index in memory, and the decisions in the
 * order of the records.
 *
 * An id that was seen gets the answer it got before. Only what is no
 * duplicate is compared with later ones, so that a petition copied a thousand
 * times costs one comparison a copy and all copies name the first one.
 */
#ifndef GP_DEDUP_DEDUP_H
#define GP_DEDUP_DEDUP_H

#include "dedup/item.h"
#include "dedup/keep.h"

struct gp_dedup_limits {
	long window; /* seconds between duplicates, at most */
	long repeat; /* ... between an official reply and what repeats */
	int across;  /* pages */
	gp_instant now;
};

struct gp_dedup;

/* NULL: no memory. */
struct gp_dedup *gp_dedup_new(const struct gp_dedup_limits *);
void gp_dedup_free(struct gp_dedup *);

/*
 * Sets the item's answer, whose spans stand until the next gp_dedup_save, and
 * remembers it. -1: no memory.
 */
int gp_dedup_judge(struct gp_dedup *, struct gp_dedup_item *);

/* Remembers what is kept. -1: see the fault. */
int gp_dedup_load(struct gp_dedup *, const struct gp_dedup_engine *,
    void *handle, struct gp_dedup_fault *);
/* How many wait for a save. */
size_t gp_dedup_waiting(const struct gp_dedup *);
/*
 * Keeps what is new (engine NULL: only forgets in memory), then forgets what
 * is too old to matter. -1: see the fault.
 */
int gp_dedup_save(struct gp_dedup *, const struct gp_dedup_engine *,
    void *handle, struct gp_dedup_fault *);

#endif
