/*
 * Records as they pass gp-route(1): which are appeals, and the members `route`
 * and `due` of gp-record(5). A router is of one thread.
 */
#ifndef GP_TERM_ROUTER_H
#define GP_TERM_ROUTER_H

#include "term/steps.h"

struct gp_router_how {
	const struct gp_routes *routes;
	enum gp_steps_lang lang;
	int again; /* even what a person has decided */
};

struct gp_router;

/* Both are borrowed. NULL: no memory. */
struct gp_router *gp_router_new(const struct gp_router_how *);
void gp_router_free(struct gp_router *);

/*
 * Appends the record, routed or as it came, and a newline. GP_PAD bytes behind
 * it must be readable. -1: refused, with the reason.
 */
int gp_router_line(
    struct gp_router *, struct gp_span, struct gp_buf *out, struct gp_why *);

/* One row of what happened to a record. */
struct gp_trail {
	struct gp_span what, text; /* live as long as the pool */
};

/*
 * The trail of a record, if it has this id: rows into the pool. How many; 0:
 * it has another id; -1: refused.
 */
long gp_router_trail(struct gp_router *, struct gp_span, const char *id,
    struct gp_pool *, struct gp_trail **, struct gp_why *);

#endif
