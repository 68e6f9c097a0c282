/* When a call may go: its slot of the limits, and another try after trouble. */
#ifndef GP_HTTP_WAIT_H
#define GP_HTTP_WAIT_H

#include "http/bucket.h"
#include "http/http.h"
#include "http/tape.h"
#include "http/transfer.h"

struct gp_http {
	struct gp_http_conf conf;
	CURLM *multi;
	struct gp_unpacker *unpacker;
	struct gp_buckets buckets;
	struct gp_tape *tape;
	struct gp_http_inner *waiting; /* for their time */
	struct gp_http_inner *done;    /* ended, not yet fetched */
	struct gp_http_inner *air;     /* on their way */
	size_t flying;
	unsigned seed;
	double skew; /* least of the servers' clocks against ours */
	int dated;
};

/* It has ended, and is to be fetched; http.c. */
void gp_http_finish(struct gp_http *, struct gp_http_inner *, enum gp_http_end);

/*
 * Each of these leaves a call among the waiting, or ends it: its url is wrong,
 * or it would have to wait for longer than it may.
 */
void gp_wait_queue(struct gp_http *, struct gp_http_inner *);
/* With a slot, or until one is to be asked for; what: said of a long wait. */
void gp_wait_pace(struct gp_http *, struct gp_http_inner *, const char *what);
/* 1: it waits for another try. */
int gp_wait_again(struct gp_http *, struct gp_http_inner *, enum gp_http_end *);
/* A slot of a table is for its own instant: missed, it has lapsed. */
int gp_wait_lapsed(
    const struct gp_http *, const struct gp_http_inner *, double now);

#endif
