/*
 * Requests to the networks: sent, paced, waited for and repeated here, so that
 * an adapter only builds requests and reads replies.
 *
 * - Plain http goes to loopback addresses only, redirects included.
 * - Every ceiling of base/limits.h holds: bytes (unpacked), header, redirects,
 *   seconds.
 * - 429 waits as long as the server asks, 500, 502, 503, 504 and a broken
 *   connection back off 1, 2, 4 ... s with jitter; only for requests that may
 *   be repeated.
 * - The secrets of a request never stand in a message or a recording, and a
 *   request that has one is not redirected to another host.
 * - Pacing counts by secret, else by host. With `share` the buckets lie in
 *   files there, so that all programs of this machine keep to them together;
 *   with `table` all programs of all machines do.
 */
#ifndef GP_HTTP_HTTP_H
#define GP_HTTP_HTTP_H

#include "base/buf.h"

struct gp_bucket_table;

struct gp_http_conf {
	const char *agent;
	const char *ca_file; /* extra roots, or NULL */
	const char *record;  /* folder to write exchanges to, or NULL */
	const char *replay;  /* folder to answer from, no network; or NULL */
	const char *share;   /* folder of shared buckets, or NULL */
	const struct gp_bucket_table *table; /* those of machines, or NULL */
	long connections; /* open at once at the most; 0: no limit */
	long timeout;     /* seconds a request; 0: GP_TOTAL_SECS */
	long retries;     /* after the first try */
	long max_wait;    /* seconds one wait may last at the most */
	/* Told before a wait of 2 s or more; may be NULL. */
	void (*say)(void *ctx, const char *what, double seconds);
	void *ctx;
	const volatile int *stop; /* not 0: all calls end; may be NULL */
};

enum {
	GP_HTTP_HEADERS = 6,
	GP_HTTP_BACK_OFF = -2
};

struct gp_http_req {
	const char *method; /* GET, POST, PUT or DELETE; NULL: GET */
	struct gp_buf url, body;
	const char *type;                    /* of the body */
	const char *header[GP_HTTP_HEADERS]; /* "Name: value", NULL ends */
	const char *secret;                  /* NULL: none */
	const char *also;    /* what follows from the secret, hidden as well */
	const char *hide;    /* member of the reply that is a secret, or NULL */
	const char *ca_file; /* more roots for this one; NULL: those of conf */
	const char *bucket;  /* whom pacing counts; NULL: the secret or host */
	double rate;         /* requests a second of the bucket; 0: no limit */
	double burst;        /* 0: 1 */
	double delay;        /* seconds to wait first */
	int follow;          /* redirects followed: at most so many */
	int once;            /* never repeated by itself */
	int whole;           /* a signal does not end it once it has left */
	long timeout;        /* 0: that of the conf */
	size_t max_reply;    /* 0: GP_MAX_REPLY */
	/*
	 * Seconds that a refusal asks to wait, -1: not told, GP_HTTP_BACK_OFF:
	 * not told, but it passes. Asked of every reply, of status 200 too, as
	 * some networks refuse there; may be NULL.
	 */
	long (*wait_hint)(int status, struct gp_span body);
};

struct gp_http_reply {
	int status;
	struct gp_buf body;
	struct gp_buf location; /* whole URL of a redirect not followed */
	struct gp_buf type;     /* Content-Type */
	long retry_after;       /* seconds; -1: not said */
	double waited;          /* seconds slept for pacing and refusals */
	unsigned tries;
	int sent; /* of some try something may have left this machine */
};

/* How a call ended. OK is a reply of any status that was left at the end. */
enum gp_http_end {
	GP_HTTP_OK = 0,
	GP_HTTP_NET,     /* no connection, reset, cut off, too slow */
	GP_HTTP_WAIT,    /* the server asks for more than max_wait */
	GP_HTTP_LIMIT,   /* over a ceiling */
	GP_HTTP_DISK,    /* the recording cannot be written */
	GP_HTTP_STOPPED, /* conf.stop was set */
	GP_HTTP_BAD,     /* the URL may not be asked, or no such recording */
};

struct gp_http_call {
	struct gp_http_req req;
	struct gp_http_reply reply;
	enum gp_http_end end;
	struct gp_why why; /* unless OK */
	void *user;
	struct gp_http_inner *inner;
};

struct gp_http;

/* NULL with the reason. The conf is copied, its words are borrowed. */
struct gp_http *gp_http_new(const struct gp_http_conf *, struct gp_why *);
void gp_http_free(struct gp_http *);

void gp_http_call_init(struct gp_http_call *);
void gp_http_call_release(struct gp_http_call *);
/* Ready for another request; keeps the memory. */
void gp_http_call_reset(struct gp_http_call *);

/* Hands a call in; it is the engine's until gp_http_next returns it. */
int gp_http_send(struct gp_http *, struct gp_http_call *);
/* The next call that has ended; NULL: none is under way. */
struct gp_http_call *gp_http_next(struct gp_http *);
/* Both: one call, waited for. */
enum gp_http_end gp_http_do(struct gp_http *, struct gp_http_call *);

/*
 * By how many seconds the clocks of the servers were ahead of this machine's
 * in the replies so far, by their Date header: the least of them. 0: none had
 * one, *skew is not set.
 */
int gp_http_skew(const struct gp_http *, double *skew);

/* Appends `key=value` to a query or form, escaped; sets & or ?. */
void gp_http_param(struct gp_buf *, const char *key, struct gp_span value);
/* The text with every occurrence of the secret as TOKEN. */
void gp_http_scrub(struct gp_buf *to, struct gp_span, const char *secret);
/* The same for both secrets of the request. */
void gp_http_scrub_req(
    struct gp_buf *to, struct gp_span, const struct gp_http_req *);

#endif
