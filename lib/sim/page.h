/*
 * The public preview: t.me/s/NAME and its pages, landing cards, single posts.
 */
#ifndef GP_SIM_PAGE_H
#define GP_SIM_PAGE_H

#include "sim/world.h"

#define GP_SIM_PAGE_POSTS 20

/* A channel as the pages show it: the scenario's, or one made for trials. */
struct gp_sim_view {
	const struct gp_sim_channel *c;
	struct gp_sim_message *const *m; /* by id */
	size_t n;
	gp_instant now;
};

/* Which posts; the first that is set counts. */
struct gp_sim_ask {
	int64_t before, after, around; /* 0: not asked */
	struct gp_span search;         /* p NULL: not asked */
	int none;                      /* pretend there are no posts */
};

void gp_sim_page(
    struct gp_buf *, const struct gp_sim_view *, const struct gp_sim_ask *);
/* One message with its wrap (on a page) or alone (embed). */
void gp_sim_bubble(
    struct gp_buf *, const struct gp_sim_view *, size_t i, int embed);
/* A post by itself: ?embed=1. id unknown or gone: "Post not found". */
void gp_sim_embed(struct gp_buf *, const struct gp_sim_view *, int64_t id);
/* A message of the open group by itself. */
void gp_sim_embed_group(struct gp_buf *, struct gp_sim_world *, int64_t id);

void gp_sim_landing_channel(struct gp_buf *, const struct gp_sim_channel *);
void gp_sim_landing_group(struct gp_buf *, const struct gp_sim_group *);
void gp_sim_landing_missing(struct gp_buf *, const char *name);

/* The first letter of a title, for pictures that do not load. */
struct gp_span gp_sim_initial(const char *title);

/* The post of that id in the view, its index in *i; NULL: none, or deleted. */
const struct gp_sim_message *gp_sim_view_find(
    const struct gp_sim_view *, int64_t id, size_t *i);
/* 1: a message that stands on a page: not deleted, not a further photo. */
int gp_sim_shown(const struct gp_sim_message *);
/* The last id that belongs to the message at i: of an album its last photo. */
int64_t gp_sim_last_id(const struct gp_sim_view *, size_t i);

#endif
