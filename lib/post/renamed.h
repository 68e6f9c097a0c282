/*
 * A page of the network that is called otherwise in the config now: what went
 * out there under its old name is out.
 */
#ifndef GP_POST_RENAMED_H
#define GP_POST_RENAMED_H

#include "outbox/outbox.h"
#include "plan/post.h"

/*
 * Gives the post the key under which the journal has it for the same page, by
 * the id that the config tells, if the name in that key is no page any more.
 * The key is put in the pool. 0; -1: the journal failed.
 */
int gp_post_renamed(struct gp_plan_post *, const struct gp_config *,
    struct gp_outbox *, struct gp_pool *, struct gp_why *);

#endif
