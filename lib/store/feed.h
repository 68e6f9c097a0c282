/*
 * Lines into the database as they come: a batch is committed when it is full,
 * at most a second after its first record came, and when the input ends.
 */
#ifndef GP_STORE_FEED_H
#define GP_STORE_FEED_H

#include <signal.h>

#include "store/store.h"
#include "json/lines.h"

enum {
	GP_FEED_MS = 1000 /* the longest that a record waits for its commit */
};

struct gp_feed {
	struct gp_store *store;
	int strict; /* stop at the first line that is refused */
	volatile sig_atomic_t *stop; /* set: commit what is there, and end */
	void *ctx;
	/* A line that is no record; as in struct gp_map. */
	void (*refused)(void *ctx, const struct gp_line *, const char *why);
	/*
	 * A batch is in the database, and all lines up to `line` with it. 1
	 * ends the feed.
	 */
	int (*committed)(
	    void *ctx, const struct gp_store_counts *, unsigned long long line);
};

/*
 * Returns GP_OK at the end of the input; GP_DATA under strict; GP_TEMPFAIL
 * where it was told to stop; or the status that fits, with the reason.
 */
enum gp_exit gp_feed_run(const struct gp_feed *, int fd, struct gp_why *);

#endif
