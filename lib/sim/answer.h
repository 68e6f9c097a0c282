/*
 * A request as gp-sim understands it and the answer it gives, both without a
 * socket, so that all of it can be tried without a server.
 */
#ifndef GP_SIM_ANSWER_H
#define GP_SIM_ANSWER_H

#include "sim/fault.h"
#include "sim/page.h"

struct gp_sim_param {
	char *name;
	struct gp_buf value; /* a JSON string already without quotes */
	int file;            /* came as an upload */
	int query;           /* came in the address */
};

struct gp_sim_header {
	const char *name, *value;
};

#define GP_SIM_HEADERS 64

struct gp_sim_request {
	const char *method, *path; /* borrowed; the path without its query */
	struct gp_sim_header header[GP_SIM_HEADERS]; /* borrowed */
	size_t headers;
	struct gp_span body; /* as it came; borrowed */
	int refused; /* the status of the refusal of a body that cannot be
			read; 0: it could */
	struct gp_sim_param *param;
	size_t n, cap;
	int bad; /* no memory */
};

/* Adds a parameter; a later one of the same name replaces it. */
struct gp_sim_param *gp_sim_request_add(
    struct gp_sim_request *, struct gp_span name, struct gp_span value);
/* Members of a JSON object become parameters. -1 with the reason. */
int gp_sim_request_json(
    struct gp_sim_request *, const struct gp_buf *, struct gp_why *);
void gp_sim_request_release(struct gp_sim_request *);

/* The value of a header, by its name in any case of letters; NULL: not given. */
const char *gp_sim_header(const struct gp_sim_request *, const char *name);

/* NULL: not given. */
const struct gp_sim_param *gp_sim_param(
    const struct gp_sim_request *, const char *name);
/* Its text; NULL: not given. Borrowed from the request. */
const char *gp_sim_arg(const struct gp_sim_request *, const char *name);
/* 1: a whole number; 0: not given; -1: given, but no whole number. */
int gp_sim_arg_int(const struct gp_sim_request *, const char *name, int64_t *);
int gp_sim_arg_true(const struct gp_sim_request *, const char *name);

struct gp_sim_reply {
	int status;
	const char *type; /* of the content */
	struct gp_buf body;
	char location[256];            /* of a redirect; "" for none */
	int64_t retry_after;           /* 0: no such header */
	int code;                      /* of an error in the body; 0: none */
	enum gp_sim_fault_kind damage; /* done to the body on its way */
};

void gp_sim_reply_init(struct gp_sim_reply *);
void gp_sim_reply_release(struct gp_sim_reply *);

#endif
