/*
 * A plan that is asked about, not carried out: what is wrong with it, or what
 * would be done.
 */
#ifndef GP_POST_PROVE_H
#define GP_POST_PROVE_H

#include "post/show.h"

struct gp_prover {
	struct gp_plan_check found;
	struct gp_show table; /* of what would be done */
	struct gp_post_how *how;
	struct gp_outbox *outbox; /* NULL: nothing is out */
	struct gp_http *http;     /* NULL: links are not opened */
	struct gp_pool *pool;     /* of the post */
};

/* Each adds one post; -1 with the reason: the journal failed. */
int gp_prove_check(struct gp_prover *, const struct gp_plan *,
    const struct gp_plan_post *, struct gp_why *);
int gp_prove_diff(
    struct gp_prover *, const struct gp_plan_post *, struct gp_why *);

#endif
