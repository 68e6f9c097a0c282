/* MAX as gp-sim plays it: what its parts share. Inside lib/sim. */
#ifndef GP_SIM_MAX_H
#define GP_SIM_MAX_H

#include "sim/network.h"

#define GP_SIM_MAX_BOT_ID 229000229 /* the bot itself */

/* The webhook: while there is one, the long poll brings nothing. */
struct gp_sim_max_state {
	struct gp_buf hook; /* its address; empty: none */
	int64_t since;      /* ms */
};

struct gp_sim_max_call {
	struct gp_sim *sim;
	const struct gp_sim_request *r;
	struct gp_sim_reply *a;
	struct gp_sim_feed *f;
	int64_t chat; /* of the channel that is asked for */
	struct gp_jw jw;
};

/* {"code":...,"message":...} with its status; returns -1. */
int gp_sim_max_fail(
    struct gp_sim_max_call *, int status, const char *code, const char *what);
/* Query parameters beside those in the list are refused. -1: answered. */
int gp_sim_max_params(struct gp_sim_max_call *, const char *list);

/* The mid of a note, and the note of a mid (0: it is none of ours). */
void gp_sim_max_mid(char to[40], const struct gp_sim_note *);
int64_t gp_sim_max_note(struct gp_span mid);
void gp_sim_max_json_message(
    struct gp_sim_max_call *, const struct gp_sim_note *, int stat);
/* The members of a user, within braces of the caller's. NULL: the bot. */
void gp_sim_max_json_user(
    struct gp_sim_max_call *, const struct gp_sim_person *);

/* The paths: what stands behind /max/messages. */
void gp_sim_max_messages(struct gp_sim_max_call *, const char *path);
/* The same by POST, PUT and DELETE. */
void gp_sim_max_write(struct gp_sim_max_call *, const char *path);
/* POST /uploads, and what it leads to, behind /max/upload/. */
void gp_sim_max_uploads(struct gp_sim_max_call *);
void gp_sim_max_upload(struct gp_sim_max_call *, const char *path);
void gp_sim_max_updates(struct gp_sim_max_call *);
void gp_sim_max_hooks(struct gp_sim_max_call *);

#endif
