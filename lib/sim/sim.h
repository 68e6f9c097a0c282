/*
 * The simulator without its server: a world, its bad days, its log, and one
 * function that answers a request. Many threads may ask at once.
 */
#ifndef GP_SIM_SIM_H
#define GP_SIM_SIM_H

#include <pthread.h>
#include <time.h>

#include "sim/answer.h"
#include "sim/book.h"
#include "sim/countryfeed.h"
#include "sim/crowd.h"
#include "sim/feed.h"
#include "sim/token.h"

#define GP_SIM_FASTEST 100000.0 /* times as fast as the wall */

struct gp_sim_options {
	gp_instant now;  /* the moment played */
	int strict_24h;  /* updates older than a day are gone */
	long pages;      /* of the channel "bench"; 0: there is none */
	long clones;     /* further pages of each network that show the same */
	long delay;      /* milliseconds before each answer */
	int strict_rate; /* networks count requests per second */
	int64_t bench[GP_SIM_NETS][2]; /* posts and comments of each; 0: none */
	int log_fd;                    /* -1: the log is kept in memory alone */
	double speed;      /* so many times as fast as the wall; 0: it stands */
	int64_t country;   /* pages of it; 0: there is none */
	gp_instant snow;   /* 0:00 UTC of its date of snow; 0: none */
	const char *texts; /* the path of labelled.ndjson, for a country */
};

struct gp_sim {
	const struct gp_sim_scenario *s;
	struct gp_sim_options o;
	struct gp_sim_world w;
	struct gp_sim_faults faults;
	struct gp_sim_channel bench;
	struct gp_sim_message **bench_m; /* one block behind all of them */
	size_t bench_n;
	struct gp_sim_channel *clone; /* of the channel; o.clones of them */
	struct gp_sim_tokens tokens;

	pthread_mutex_t lock; /* all below and the world */
	pthread_cond_t news;  /* an update came, a reader came, or the end */
	unsigned long reader; /* the getUpdates that counts is the last one */
	int stopping;
	struct gp_buf webhook; /* its address; empty: none */
	struct gp_sim_feed feed[GP_SIM_NETS];
	struct gp_sim_feed mill[GP_SIM_NETS]; /* computed, for benchmarks */
	struct gp_sim_own mill_page[GP_SIM_NETS];
	struct gp_sim_country country;
	struct gp_sim_landing landing[GP_SIM_NETS];
	struct gp_sim_feed land[GP_SIM_NETS]; /* of the page asked for last */
	gp_instant clock_from; /* the moment played at that of gp_clock() */
	double clock_at;
	uint64_t asked;            /* requests, but for those under /_sim/ */
	void *state[GP_SIM_NETS];  /* each network's own */
	struct gp_sim_book book;   /* what clients wrote */
	struct gp_sim_shelf shelf; /* what they uploaded */
	struct gp_sim_crowd crowd; /* citizens beside those of the scenario */
	uint64_t planted;          /* so many of them have spoken */
	struct gp_buf log;
};

/* -1 with the reason. Release also after a failure. */
int gp_sim_init(struct gp_sim *, const struct gp_sim_scenario *,
    const struct gp_sim_options *, struct gp_why *);
void gp_sim_release(struct gp_sim *);

/* Answers, and writes the log. May wait (getUpdates) until gp_sim_stop. */
void gp_sim_answer(
    struct gp_sim *, const struct gp_sim_request *, struct gp_sim_reply *);
/* Wakes all who wait; they answer at once from now on. */
void gp_sim_stop(struct gp_sim *);
/* Lets happen what lies up to the moment, in all networks. -1: no memory. */
int gp_sim_clock(struct gp_sim *, gp_instant);
/* From now on the clock runs so many times as fast as the wall; 0: it stands. */
void gp_sim_speed(struct gp_sim *, double);
/* Waits for news until that moment of CLOCK_REALTIME; the lock is held. 0:
 * something came; -1: the time is over, or the simulator stops. */
int gp_sim_wait(struct gp_sim *, const struct timespec *until);
/* The moment so many milliseconds from now. */
struct timespec gp_sim_after(long ms);
/* Sleeps so many milliseconds, less if it is stopped: then 1. */
int gp_sim_sleep(struct gp_sim *, long ms);

/* Of the scenario or of the crowd; NULL: nobody of that number. */
const struct gp_sim_person *gp_sim_known(const struct gp_sim *, int64_t id);

/* Parts of gp_sim_answer; the lock is held. */
void gp_sim_bot_answer(
    struct gp_sim *, const struct gp_sim_request *, struct gp_sim_reply *);
void gp_sim_control_answer(
    struct gp_sim *, const struct gp_sim_request *, struct gp_sim_reply *);
/* {"ok":true,"KEY":ID}, the id where it is not 0; wakes who waits. */
void gp_sim_control_yes(
    struct gp_sim *, struct gp_sim_reply *, const char *key, int64_t id);
/* /_sim/written, /_sim/plant. */
void gp_sim_control_written(
    struct gp_sim *, const struct gp_sim_request *, struct gp_sim_reply *);
void gp_sim_control_plant(
    struct gp_sim *, const struct gp_sim_request *, struct gp_sim_reply *);
/* GET /_sim/country: what was written on its pages. */
void gp_sim_control_country(
    struct gp_sim *, const struct gp_sim_request *, struct gp_sim_reply *);
/* /_sim/message and its like, for a network beside Telegram. */
void gp_sim_feed_control(
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
/* The channels NAME_1, NAME_2 ... -1: no memory. */
int gp_sim_clones_init(struct gp_sim *);

#endif
