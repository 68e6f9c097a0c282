/*
 * One message of the preview, nested and named as the real pages do it; what
 * its parts share. Inside lib/sim.
 */
#ifndef GP_SIM_BUBBLE_H
#define GP_SIM_BUBBLE_H

#include "sim/page.h"

struct gp_sim_part {
	struct gp_buf *b;
	const struct gp_sim_view *v;
	const struct gp_sim_message *m;
	size_t i;
	int embed;
};

void gp_sim_bubble_media(const struct gp_sim_part *);
void gp_sim_bubble_poll(const struct gp_sim_part *);
void gp_sim_bubble_link(const struct gp_sim_part *);
void gp_sim_bubble_reactions(const struct gp_sim_part *);

#endif
