/*
 * The newest posts of a page on a network that lists them from the newest on:
 * what of a list is wanted, where the list is left, what has gone, and the
 * cursor, {"at":N,"known":[["ID",AT],...]}. It is never the greatest id: ids
 * of posts that were planned are older than the posts.
 */
#ifndef GP_NET_FRONT_H
#define GP_NET_FRONT_H

#include "net/known.h"
#include "net/net.h"

struct gp_front {
	struct gp_known known;
	gp_instant at;     /* newest of the runs before; 0: there were none */
	gp_instant newest; /* of this run */
	gp_instant oldest; /* read in this run, pinned ones apart */
	long taken;
	int hole;  /* something newer than the cursor was left out */
	int fresh; /* this page of the list held something not seen yet */
};

enum gp_judge {
	GP_TAKE,
	GP_SKIP, /* seen in this run, or not wanted */
	GP_KEEP, /* known from a run before and not looked at again */
	GP_STOP, /* neither this one nor what is older */
};

/* From the job's cursor. -1 with the reason. */
int gp_front_open(
    struct gp_front *, struct gp_look *, struct gp_job *, struct gp_why *);
void gp_front_release(struct gp_front *);
/* `apart`: a pinned post, whose age says nothing of the list's order. */
enum gp_judge gp_front_judge(struct gp_front *, const struct gp_job *,
    struct gp_span id, gp_instant at, int apart);
/* 1: with bounds as they are, a run reads more than one page of the list. */
int gp_front_goes_back(const struct gp_front *, const struct gp_job *);
/*
 * The list was read as far as wanted (`end`: to its end). Posts that have gone
 * from what was looked at again are written as deleted, their ids made of the
 * page's and their own; the cursor is left. Where nothing came the outcome is
 * empty.
 */
void gp_front_finish(struct gp_front *, struct gp_job *, int end);

#endif
