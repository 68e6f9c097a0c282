/*
 * Pacing: one bucket of tokens for whom a network counts (a token, a host).
 * Times are seconds of the monotonic clock.
 */
#ifndef GP_HTTP_BUCKET_H
#define GP_HTTP_BUCKET_H

#include <stddef.h>

struct gp_buckets {
	struct gp_bucket *v;
	size_t n, cap;
};

/*
 * Takes a token at `now`: the time at which the request may go, `now` or
 * later; the token is spent at once. -1: no memory.
 */
double gp_bucket_take(struct gp_buckets *, const char *key, double rate,
    double burst, double now);
/* Nothing may go before `until`: the server said so. */
void gp_bucket_hold(struct gp_buckets *, const char *key, double until);
void gp_buckets_release(struct gp_buckets *);

double gp_clock(void); /* monotonic, in seconds */

#endif
