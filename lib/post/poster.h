/*
 * What of a post is due on its page is done, in its order: what stands behind
 * waits for what is before it. Receipts and words go to who calls.
 */
#ifndef GP_POST_POSTER_H
#define GP_POST_POSTER_H

#include "plan/check.h"
#include "post/post.h"

struct gp_poster {
	struct gp_post_how how;
	long wait; /* seconds for another sender of the page */
	int english;
	int records; /* what is out already gets a receipt too */
	struct gp_pages *pages;
	struct gp_outbox *outbox; /* NULL: a rehearsal */
	struct gp_send *send;
	struct gp_pool *pool; /* of the post */
	/* Takes a receipt with its newline; -1: nothing more may be sent. */
	int (*put)(void *ctx, struct gp_span);
	/* Something a person should read: about what, and what. */
	void (*say)(void *ctx, const char *key, const char *text);
	void *ctx;
	const volatile int *stop;
	/* Of what is being sent; NULL: nothing is. */
	const struct gp_todo *todo;
	enum gp_exit status; /* how it all went so far */
	struct gp_buf out;   /* its own; release it */
};

/* The first trouble of a kind says how the run ended; more kinds: partial. */
void gp_poster_worst(struct gp_poster *, enum gp_exit);
/* -1: nothing more may be sent; the status says why, and it was said. */
int gp_poster_post(
    struct gp_poster *, const struct gp_plan *, const struct gp_plan_post *);

#endif
