/*
 * What is wrong with a plan, seen before the day comes: findings, as
 * gp-record(5) has them. Nothing is asked of any network.
 */
#ifndef GP_PLAN_CHECK_H
#define GP_PLAN_CHECK_H

#include "plan/post.h"

struct gp_plan_finding {
	int error;        /* 0: a warning */
	const char *rule; /* "file.missing" */
	const char *of;   /* key of the post, or id of the entry */
	const char *page; /* name in the config, or NULL */
	const char *file; /* the plan's name, and line */
	unsigned line;
	const char *message;
};

struct gp_plan_check {
	int english;
	gp_instant now;
	long late; /* seconds after which a post is not sent any more */
	struct gp_plan_finding *v;
	size_t n, cap, errors;
	struct gp_plan_slot *slot; /* who posts when, for clashes */
	size_t slots, slots_cap;
	struct gp_pool pool;
	int bad; /* no memory */
};

void gp_plan_check_init(struct gp_plan_check *);
void gp_plan_check_release(struct gp_plan_check *);

/* One post. `out`: it has gone out already, so its time is past by right. */
void gp_plan_check_post(struct gp_plan_check *, const struct gp_plan *,
    const struct gp_plan_post *, int out);
/* An entry that cannot be made a post of that page: the reason. */
void gp_plan_check_page(struct gp_plan_check *, const struct gp_plan *,
    const struct gp_plan_entry *, const char *page, const char *why);
/* An address of the post that does not answer. */
void gp_plan_check_link(struct gp_plan_check *, const struct gp_plan *,
    const struct gp_plan_post *, const char *url, const char *why);
/* Behind the last one: two posts of one page in one minute. */
void gp_plan_check_clashes(struct gp_plan_check *);

/* The addresses in a post: of its text, its links, its own. Told of each. */
void gp_plan_links(const struct gp_plan_post *, struct gp_pool *,
    void (*told)(void *ctx, const char *url), void *ctx);

#endif
