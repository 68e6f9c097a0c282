/* What a scenario must hold to be played; and the moments in it, read. */
#ifndef GP_SIM_SCENARIO_PROVE_H
#define GP_SIM_SCENARIO_PROVE_H

#include "sim/scenario.h"

/* Fills in what is derived and sets the zone. -1 with the reason. */
int gp_sim_scenario_prove(struct gp_sim_scenario *, struct gp_why *);

#endif
