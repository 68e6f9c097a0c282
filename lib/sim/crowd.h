/*
 * Citizens beside those of a scenario, and what they say: as many as a trial
 * wants, always the same.
 */
#ifndef GP_SIM_CROWD_H
#define GP_SIM_CROWD_H

#include "base/pool.h"
#include "sim/scenario.h"

struct gp_sim_crowd {
	const char **text;
	struct gp_sim_person *person;
	struct gp_pool pool;
};

/* -1: no memory; release also then. */
int gp_sim_crowd_init(struct gp_sim_crowd *);
void gp_sim_crowd_release(struct gp_sim_crowd *);

/* Any number will do: it goes round. */
const char *gp_sim_crowd_text(const struct gp_sim_crowd *, uint64_t);
const struct gp_sim_person *gp_sim_crowd_person(
    const struct gp_sim_crowd *, uint64_t);
/* NULL: nobody of that number. */
const struct gp_sim_person *gp_sim_crowd_by_id(
    const struct gp_sim_crowd *, int64_t id);

#endif
