/*
 * Pacing: one bucket of tokens for whom a network counts (a token, a host).
 * Times are seconds of the monotonic clock, which all programs of a machine
 * read alike; so a bucket can lie in a file that they share. The file's name
 * is a hash of the key. Where the files cannot be used, each program counts
 * for itself.
 */
#ifndef GP_HTTP_BUCKET_H
#define GP_HTTP_BUCKET_H

#include "base/buf.h"

struct gp_buckets {
	struct gp_bucket *v;
	size_t n, cap;
	const char *share; /* folder where they lie, a file each; NULL: not */
};

/*
 * Takes a token at `now`: the time at which the request may go, `now` or
 * later; the token is spent at once. -1: no memory.
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
