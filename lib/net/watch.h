/*
 * Comments under a page's posts: which posts are to be looked into, which
 * comments are known from runs before, what has gone, and the cursor.
 *
 * Each run lists the posts of the watched time (conf: watch, 30 days) with the
 * numbers of their comments. A post is due when its number is not that of the
 * run before, or when it or its newest comment lies within the overlap.
 */
#ifndef GP_NET_WATCH_H
#define GP_NET_WATCH_H

#include "net/known.h"
#include "net/net.h"

struct gp_watched {
	char *id;        /* of the post, without its page */
	gp_instant at;   /* of the post */
	gp_instant last; /* its newest comment */
	int64_t was;     /* comments by the network's counter; -1: never read */
	int64_t count;   /* the same as listed now; -1: not told */
	int64_t got;     /* comments met while it was read */
	int64_t wanted;  /* what the network says while it is read; -1 */
	struct gp_known known;
	int listed, due, whole;
	int open;    /* requests for it that are still to be made or answered */
	int forgets; /* the cursor has no room for its comments' ids */
};

struct gp_watch {
	struct gp_job *job;
	struct gp_watched **post; /* in the order they were listed */
	size_t n, cap;
	struct gp_known index; /* of ids of posts: `at` is the place in post */
	size_t next;           /* looked for due ones from there on */
	size_t remembered;     /* ids of comments */
	int changed, bad;
};

/* From the job's cursor. -1 with the reason. */
int gp_watch_open(
    struct gp_watch *, struct gp_look *, struct gp_job *, struct gp_why *);
void gp_watch_release(struct gp_watch *);

/* 1: posts of that age are not watched, nor older ones. */
int gp_watch_ends(const struct gp_watch *, gp_instant at);
/* A post is listed. count -1: the network does not tell it, so it is due. */
void gp_watch_list(
    struct gp_watch *, struct gp_span id, gp_instant at, int64_t count);
/* All are listed. How many are due. */
size_t gp_watch_listed(struct gp_watch *);
/* The next post that is due, NULL: there is none. */
struct gp_watched *gp_watch_next(struct gp_watch *);

/*
 * A comment was met. 1: it is to be written; 0: it was met before in this run,
 * is known from before, or lies outside --since and --until.
 */
int gp_watch_met(
    struct gp_watch *, struct gp_watched *, struct gp_span id, gp_instant at);
/* 1: the comment was met in this run. */
int gp_watch_has(const struct gp_watched *, struct gp_span id);
/*
 * The post has been read, `whole` or not: comments that have gone are written
 * as deleted ("PAGE/POST/ID"), too few are a gap, and the account is kept.
 */
void gp_watch_done(
    struct gp_watch *, struct gp_watched *, int whole, const char *why_not);
/* All due posts are read: leaves the cursor. */
void gp_watch_finish(struct gp_watch *);

#endif
