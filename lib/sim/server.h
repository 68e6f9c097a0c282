/*
 * The HTTP front, on 127.0.0.1 and nowhere else. One thread a connection, so
 * that a slow answer or a long poll stands in nobody's way.
 */
#ifndef GP_SIM_SERVER_H
#define GP_SIM_SERVER_H

#include "sim/sim.h"

struct gp_sim_server;

/*
 * port 0: any that is free; the one taken goes to *got. Borrows the simulator
 * until the stop. NULL with the reason.
 */
struct gp_sim_server *gp_sim_server_start(
    struct gp_sim *, int port, int *got, struct gp_why *);
/* Ends all connections and waits for them. */
void gp_sim_server_stop(struct gp_sim_server *);

#endif
