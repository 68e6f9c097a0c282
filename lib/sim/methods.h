/*
 * The methods of the Bot API with their parameters, by the published list of
 * version 10.1. What is not in it does not exist for gp-sim.
 */
#ifndef GP_SIM_METHODS_H
#define GP_SIM_METHODS_H

#include "base/buf.h"

struct gp_sim_method {
	const char *name;
	/*
	 * "chat_id* text* i:message_thread_id ...": * is required; i: whole
	 * number, b: boolean, f: number, j: JSON, none: any text or file.
	 */
	const char *params;
};

/* In any case of letters; NULL: unknown. */
const struct gp_sim_method *gp_sim_method(struct gp_span name);

struct gp_sim_param_kind {
	struct gp_span name;
	int type; /* 'i', 'b', 'f', 'j', or 0: text */
	int required;
};

/* Takes the next parameter off *params; 0 at the end. */
int gp_sim_param_next(const char **params, struct gp_sim_param_kind *);

#endif
