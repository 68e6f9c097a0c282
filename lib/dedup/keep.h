/*
 * Where the index is kept between runs: a table of functions, as a network
 * is. lib/store has the two that there are.
 */
#ifndef GP_DEDUP_KEEP_H
#define GP_DEDUP_KEEP_H

#include "base/err.h"
#include "base/instant.h"

struct gp_dedup_row {
	struct gp_span id;
	gp_instant at;
	struct gp_span data; /* gp_dedup_pack */
};

/* Each returns with the reason and, in `exit`, a status of base/exit.h. */
struct gp_dedup_fault {
	enum gp_exit exit;
	struct gp_why why;
};

struct gp_dedup_engine {
	/* Makes the table if it is missing. NULL: failed. */
	void *(*open)(const char *url, struct gp_dedup_fault *);
	/*
	 * All rows of this version, by `at` and id, one a call, until the next
	 * one. 1, 0 at the end, -1. No save before the end.
	 */
	int (*next)(void *, int version, struct gp_dedup_row *,
	    struct gp_dedup_fault *);
	/*
	 * In one transaction: keeps those whose id is not there yet in this
	 * version, and forgets all that happened before an instant. 0 or -1.
	 */
	int (*save)(void *, int version, const struct gp_dedup_row *, size_t n,
	    gp_instant before, struct gp_dedup_fault *);
	void (*close)(void *);
};

#endif
