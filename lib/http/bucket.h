/*
 * Pacing: one bucket of tokens for whom a network counts (a token, a host).
 * Times are seconds of the monotonic clock, which all programs of a machine
 * read alike; so a bucket can lie in a file that they share. The file's name
 * is a hash of the key. Where the files cannot be used, each program counts
 * for itself.
 *
 * Of several machines they lie where a table of functions says: there slots
 * are reserved, each for its own instant. One that has not been used then has
 * lapsed, so that what others are given never adds up to more than the rate.
 */
#ifndef GP_HTTP_BUCKET_H
#define GP_HTTP_BUCKET_H

#include "base/buf.h"

/* Slot i is for max(from, first + i * step), seconds of gp_clock(). */
struct gp_bucket_grant {
	double from, first, step;
	int n;        /* 0: none yet */
	double again; /* then: when to ask again */
};

/* Where buckets of several machines lie. -1 with the reason. */
struct gp_bucket_table {
	void *ctx;
	int (*reserve)(void *ctx, const char *key, double rate, double burst,
	    int n, struct gp_bucket_grant *, struct gp_why *);
	int (*hold)(
	    void *ctx, const char *key, double seconds, struct gp_why *);
};

/* A slot may be used so much later than its instant, in seconds. */
#define GP_BUCKET_GRACE 0.025

struct gp_buckets {
	struct gp_bucket *v;
	size_t n, cap;
	const char *share; /* folder where they lie, a file each; NULL: not */
	const struct gp_bucket_table *table; /* goes before share; NULL: not */
};

enum gp_bucket_answer {
	GP_BUCKET_AWAY = -1, /* the table fails, with the reason */
	GP_BUCKET_GO,        /* at `when`, `now` or later; the slot is taken */
	GP_BUCKET_ASK,       /* nothing is taken; ask again at `when` */
};

/* As gp_bucket_take, wherever the buckets lie. */
enum gp_bucket_answer gp_bucket_ask(struct gp_buckets *, const char *key,
    double rate, double burst, double now, double *when, struct gp_why *);

/*
 * Takes a token at `now`: the time at which the request may go, `now` or
 * later; the token is spent at once. -1: no memory. Not from a table.
 */
double gp_bucket_take(struct gp_buckets *, const char *key, double rate,
    double burst, double now);
/* Nothing may go before `until`: the server said so. */
void gp_bucket_hold(struct gp_buckets *, const char *key, double until);
/*
 * The folder for shared buckets: gp in $XDG_RUNTIME_DIR, else in
 * /run/user/UID, else /tmp/gp-UID; made with mode 0700. -1: it cannot be made,
 * or belongs to somebody else.
 */
int gp_bucket_folder(struct gp_buf *);
void gp_buckets_release(struct gp_buckets *);

#endif
