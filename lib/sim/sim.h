/*
 * The simulator without its server: a world, its bad days, its log, and one
 * function that answers a request. Many threads may ask at once.
 */
#ifndef GP_SIM_SIM_H
#define GP_SIM_SIM_H

#include <pthread.h>

#include "sim/answer.h"
#include "sim/world.h"

struct gp_sim_options {
	gp_instant now; /* the moment played */
	int strict_24h; /* updates older than a day are gone */
	long pages;     /* of the channel "bench"; 0: there is none */
	int log_fd;     /* -1: the log is kept in memory alone */
};

struct gp_sim {
	const struct gp_sim_scenario *s;
	struct gp_sim_options o;
	struct gp_sim_world w;
	struct gp_sim_faults faults;
	struct gp_sim_channel bench;
	struct gp_sim_message **bench_m; /* one block behind all of them */
	size_t bench_n;
	char token[64];

	pthread_mutex_t lock; /* all below and the world */
	pthread_cond_t news;  /* an update came, a reader came, or the end */
	unsigned long reader; /* the getUpdates that counts is the last one */
	int stopping;
	struct gp_buf webhook; /* its address; empty: none */
	struct gp_buf log;
};

/* -1: no memory. Release also after a failure. */
int gp_sim_init(struct gp_sim *, const struct gp_sim_scenario *,
    const struct gp_sim_options *);
void gp_sim_release(struct gp_sim *);

/* Answers, and writes the log. May wait (getUpdates) until gp_sim_stop. */
void gp_sim_answer(
    struct gp_sim *, const struct gp_sim_request *, struct gp_sim_reply *);
/* Wakes all who wait; they answer at once from now on. */
void gp_sim_stop(struct gp_sim *);
/* Sleeps so many milliseconds, less if it is stopped: then 1. */
int gp_sim_sleep(struct gp_sim *, long ms);

/* Parts of gp_sim_answer; the lock is held. */
void gp_sim_bot_answer(
    struct gp_sim *, const struct gp_sim_request *, struct gp_sim_reply *);
void gp_sim_control_answer(
    struct gp_sim *, const struct gp_sim_request *, struct gp_sim_reply *);
void gp_sim_fault_answer(struct gp_sim *, const struct gp_sim_fault *,
    const struct gp_sim_request *, struct gp_sim_reply *);
void gp_sim_log(struct gp_sim *, const struct gp_sim_request *,
    const struct gp_sim_reply *, const struct gp_sim_fault *);
/* {"ok":false,...} */
void gp_sim_bot_error(
    struct gp_sim_reply *, int code, const char *what, int64_t retry_after);

/* The messages of the channel "bench". -1: no memory. */
int gp_sim_bench_init(struct gp_sim *, long pages);
void gp_sim_bench_release(struct gp_sim *);

#endif
