/* Answers as bytes on the wire: whole and packed, or damaged on the way. */
#ifndef GP_SIM_DAMAGE_H
#define GP_SIM_DAMAGE_H

#include <microhttpd.h>

#include "sim/sim.h"

/* NULL: no memory. The body of the reply may be taken. */
struct MHD_Response *gp_sim_damage_response(
    struct gp_sim *, struct gp_sim_reply *, int gzip);
/* Resets the connection: the peer sees ECONNRESET, not a clean end. */
void gp_sim_damage_reset(int fd);
/* Packs with gzip; -1: no memory, and nothing is added. */
int gp_sim_gzip(struct gp_buf *to, struct gp_span from);

#endif
