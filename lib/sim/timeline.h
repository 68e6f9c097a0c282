/* A scenario's month as things that happen, in the order of time. */
#ifndef GP_SIM_TIMELINE_H
#define GP_SIM_TIMELINE_H

#include "sim/world.h"

enum gp_sim_what {
	GP_SIM_POSTED,
	GP_SIM_POST_EDITED,
	GP_SIM_REACTED,
	GP_SIM_POLL_CLOSED,
	GP_SIM_SAID,
	GP_SIM_SAID_ANEW,
};

struct gp_sim_event {
	gp_instant at;
	size_t seq; /* as written, where moments are equal */
	enum gp_sim_what what;
	enum gp_sim_place place;
	const struct gp_sim_post *post; /* of a comment: under what */
	const struct gp_sim_line *line;
	const struct gp_sim_line *to;     /* what a line answers, or NULL */
	const struct gp_sim_person *peer; /* with whom the letters are */
	int64_t id;                       /* once it was said */
};

struct gp_sim_month {
	const struct gp_yaml_list *posts, *group, *letters; /* NULL: none */
	gp_instant now; /* until when closed polls are closed */
};

/* A new list of all that happens; the caller frees it. NULL: no memory. */
struct gp_sim_event *gp_sim_events(const struct gp_sim_month *, size_t *n);
/* The id under which the line was said, of the first n; 0: it is NULL. */
int64_t gp_sim_event_id(
    const struct gp_sim_event *, size_t n, const struct gp_sim_line *);
/* By whom, by the word of the scenario. */
enum gp_sim_as gp_sim_as_whom(const char *as);

/* Fills events of the world. -1: no memory. */
int gp_sim_timeline(struct gp_sim_world *);

#endif
