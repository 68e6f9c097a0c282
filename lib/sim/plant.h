/* Citizens who write all at once: as many open appeals as a trial wants. */
#ifndef GP_SIM_PLANT_H
#define GP_SIM_PLANT_H

#include "sim/sim.h"

struct gp_sim_planting {
	int64_t n;           /* how many */
	int64_t post;        /* under which post; 0: the newest */
	int private;         /* letters instead, of one person after another */
	int64_t first, last; /* the ids they got */
};

/* net NULL: Telegram. -1 with the reason; what was planted so far stands. */
int gp_sim_plant(struct gp_sim *, struct gp_sim_feed *net,
    struct gp_sim_planting *, struct gp_why *);

#endif
