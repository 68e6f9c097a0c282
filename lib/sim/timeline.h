/* The scenario as things that happen, in the order of time. */
#ifndef GP_SIM_TIMELINE_H
#define GP_SIM_TIMELINE_H

#include "sim/world.h"

/* Fills events of the world. -1: no memory. */
int gp_sim_timeline(struct gp_sim_world *);

#endif
