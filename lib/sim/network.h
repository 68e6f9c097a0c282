/*
 * The networks beside Telegram that are played: a table each, in a file of
 * its own, reached under a path of its own.
 */
#ifndef GP_SIM_NETWORK_H
#define GP_SIM_NETWORK_H

#include "sim/sim.h"

struct gp_sim_network {
	const char *name;   /* as in the scenario */
	const char *prefix; /* of its paths: "/vk/" */
	/* What it keeps besides its feed goes to sim->state[net]. -1: no
	 * memory. Both may be NULL. */
	int (*init)(struct gp_sim *);
	void (*release)(struct gp_sim *);
	/* The lock is held; it may wait for sim->news. */
	void (*answer)(struct gp_sim *, const struct gp_sim_request *,
	    struct gp_sim_reply *);
	/*
	 * A bad day in the network's own form: of the kinds GP_SIM_F_429,
	 * GP_SIM_F_500 and GP_SIM_F_CODE, as "vk6" (then f->code is 6). 0:
	 * answered; -1: it has no form for it, and a page of HTML is given.
	 */
	int (*fault)(struct gp_sim *, const struct gp_sim_fault *,
	    const struct gp_sim_request *, struct gp_sim_reply *);
	/* POST /_sim/NAME/WORD; 0: done; -1: there is no such word. May be
	 * NULL. */
	int (*control)(
	    struct gp_sim *, const char *word, const struct gp_sim_request *);
};

extern const struct gp_sim_network gp_sim_vk, gp_sim_ok, gp_sim_max;

/* By number; by the start of a path or by name, NULL: none of them. */
const struct gp_sim_network *gp_sim_network(enum gp_sim_net);
const struct gp_sim_network *gp_sim_network_of(const char *path);
const struct gp_sim_network *gp_sim_network_named(
    const char *name, enum gp_sim_net *);

/*
 * The feed that shows the page of that id or name, also one computed for
 * benchmarks or a clone; NULL: there is none.
 */
struct gp_sim_feed *gp_sim_feed_by_id(
    struct gp_sim *, enum gp_sim_net, int64_t id);
struct gp_sim_feed *gp_sim_feed_by_name(
    struct gp_sim *, enum gp_sim_net, struct gp_span, int64_t *id);
/* Where notes of all pages have ids of one kind: the feed of that page of the
 * country, or that of the scenario. */
struct gp_sim_feed *gp_sim_feed_by_note(
    struct gp_sim *, enum gp_sim_net, int64_t note);

/* All feeds of a simulator, for sim.c. -1: no memory. */
int gp_sim_networks_init(struct gp_sim *);
void gp_sim_networks_release(struct gp_sim *);
int gp_sim_networks_play(struct gp_sim *, gp_instant);

#endif
