/* MAX: not played yet. */
#include "sim/network.h"

static void
answer(
    struct gp_sim *sim, const struct gp_sim_request *r, struct gp_sim_reply *a)
{
	(void)sim;
	(void)r;
	a->status = 501;
}

const struct gp_sim_network gp_sim_max = { "max", "/max/", NULL, NULL, answer,
	NULL, NULL };
