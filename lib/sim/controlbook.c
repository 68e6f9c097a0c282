/* /_sim/written and /_sim/plant: what clients wrote, and whom they answer. */
#include <string.h>

#include "sim/network.h"
#include "sim/plant.h"

#define PLANT_MAX 100000

void
gp_sim_control_written(
    struct gp_sim *sim, const struct gp_sim_request *r, struct gp_sim_reply *a)
{
	const char *net = gp_sim_arg(r, "network");
	const char *action = gp_sim_arg(r, "action");
	const struct gp_sim_entry *e = sim->book.v;
	size_t i;

	a->type = "application/x-ndjson";
	a->body.max = GP_MAX_STATE;
	for (i = 0; i < sim->book.n; i++) {
		if (net != NULL && strcmp(net, e[i].network) != 0)
			continue;
		if (action == NULL || strcmp(action, e[i].action) == 0)
			gp_sim_book_json(&a->body, &e[i]);
	}
}

/* The feed of `network`; -1: there is no such page. */
static int
feed_of(struct gp_sim *sim, const char *name, struct gp_sim_feed **f)
{
	enum gp_sim_net net;

	*f = NULL;
	if (name == NULL || strcmp(name, "telegram") == 0)
		return 0;
	if (gp_sim_network_named(name, &net) == NULL ||
	    sim->feed[net].page == NULL)
		return -1;
	*f = &sim->feed[net];
	return 0;
}

void
gp_sim_control_plant(
    struct gp_sim *sim, const struct gp_sim_request *r, struct gp_sim_reply *a)
{
	struct gp_sim_planting p = { .private = gp_sim_arg_true(r, "private") };
	struct gp_sim_feed *f;
	struct gp_why why;
	struct gp_jw w;

	if (feed_of(sim, gp_sim_arg(r, "network"), &f) == -1) {
		gp_sim_bot_error(
		    a, 400, "'network' is none of the scenario", 0);
		return;
	}
	if (gp_sim_arg_int(r, "n", &p.n) != 1 || p.n < 1 || p.n > PLANT_MAX ||
	    gp_sim_arg_int(r, "post", &p.post) == -1) {
		gp_sim_bot_error(a, 400, "'n' is 1 to 100000", 0);
		return;
	}
	if (gp_sim_plant(sim, f, &p, &why) == -1) {
		gp_sim_bot_error(a, 400, why.msg, 0);
		return;
	}
	a->type = "application/json";
	gp_jw_init(&w, &a->body);
	gp_jw_open(&w, '{');
	gp_jw_kbool(&w, "ok", 1);
	gp_jw_kint(&w, "n", p.n);
	gp_jw_kint(&w, "first", p.first);
	gp_jw_kint(&w, "last", p.last);
	gp_jw_close(&w, '}');
}
