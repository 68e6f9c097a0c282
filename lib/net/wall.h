/*
 * The newest posts of a page, as the job that reads posts has listed them: the
 * job that reads comments begins when that one has ended, and need not list
 * them again. Of a page where nothing is new that is one call of two.
 */
#ifndef GP_NET_WALL_H
#define GP_NET_WALL_H

#include "base/pool.h"
#include "net/net.h"

struct gp_wall_post {
	struct gp_span id;
	gp_instant at;
	int64_t comments; /* by the network's counter; -1: not told */
	int pinned;
};

struct gp_wall {
	struct gp_wall_post *v; /* as they were listed, newest first */
	size_t n, cap;
	int whole;    /* there are no others */
	char *anchor; /* where a list goes on, of networks that say so */
	struct gp_pool pool;
	int bad;
};

/* The second begins after the first, and finds its list. Not with --plan,
 * which reads nothing. */
void gp_wall_share(struct gp_job *posts, struct gp_job *comments);
/* Takes a post down; nothing where nobody will ask. */
void gp_wall_put(struct gp_job *posts, const struct gp_wall_post *);
/* The first page is listed. */
void gp_wall_listed(struct gp_job *posts, int whole, const char *anchor);
/* What the other has listed; NULL: it has not, or did not end well. */
const struct gp_wall *gp_wall_of(const struct gp_job *comments);
void gp_wall_free(struct gp_wall *);

#endif
