/*
 * What an entry is on one page: the entry's own words and files, or what the
 * plan says instead for that network or that page.
 */
#ifndef GP_PLAN_POST_H
#define GP_PLAN_POST_H

#include "config/config.h"
#include "net/net.h"
#include "net/said.h"
#include "plan/plan.h"

struct gp_plan_post {
	const struct gp_plan_entry *entry;
	const struct gp_page_conf *of;
	const struct gp_net *net;
	const char *key; /* "ID@PAGE": makes it happen once */
	gp_instant at;   /* 0: at once */
	int skip;        /* it does not go to this page */
	int gone;        /* it is to be taken back */
	struct gp_said said;
	const char *link;
	struct gp_plan_files file; /* paths as they can be opened */
	const struct gp_plan_poll *poll;
	struct gp_said explanation; /* of a quiz */
	int poll_as_text; /* the network has none: it stands in `said` */
};

/*
 * The entry for the page of that name (of the config, or its id). What is
 * handed out stands in the pool. -1 with the reason.
 */
int gp_plan_post(struct gp_plan_post *, const struct gp_plan *,
    const struct gp_plan_entry *, const char *page, const struct gp_config *,
    struct gp_pool *, struct gp_why *);

/* What follows when the poll closes, where the network shows no right answer
 * itself: which it was, and why. */
int gp_plan_answer(const struct gp_plan_post *, struct gp_pool *,
    struct gp_said *, struct gp_why *);

#endif
