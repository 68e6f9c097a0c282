#include "http/wait.h"

#include <math.h>
#include <stdlib.h>

#include "base/instant.h"
#include "http/url.h"

/* Who is counted: what was named, the secret, or the host. */
static void
bucket_of(const struct gp_http_inner *in, struct gp_buf *to)
{
	const struct gp_http_req *req = &in->call->req;

	if (req->bucket != NULL)
		gp_buf_adds(to, req->bucket);
	else if (req->secret != NULL)
		gp_buf_addf(to, "secret %s", req->secret);
	else
		gp_buf_adds(to, gp_buf_str(&in->host));
}

static enum gp_bucket_answer
take_token(struct gp_http *h, const struct gp_http_inner *in, double *when,
    struct gp_why *why)
{
	const struct gp_http_req *req = &in->call->req;
	enum gp_bucket_answer r;
	struct gp_buf key;

	gp_buf_init(&key, 0);
	bucket_of(in, &key);
	r = gp_bucket_ask(&h->buckets, gp_buf_str(&key), req->rate, req->burst,
	    gp_clock(), when, why);
	gp_buf_wipe(&key);
	return r;
}

static void
hold(struct gp_http *h, const struct gp_http_inner *in, double until)
{
	struct gp_buf key;

	gp_buf_init(&key, 0);
	bucket_of(in, &key);
	gp_bucket_hold(&h->buckets, gp_buf_str(&key), until);
	gp_buf_wipe(&key);
}

/* Puts a call among the waiting until `when`. */
static void
wait_until(
    struct gp_http *h, struct gp_http_inner *in, double when, const char *what)
{
	double now = gp_clock(), secs = when - now;

	if (secs > 0)
		in->waited += secs;
	if (secs >= 2 && h->conf.say != NULL)
		h->conf.say(h->conf.ctx, what, secs);
	in->when = when;
	in->next = h->waiting;
	h->waiting = in;
}

/* The buckets cannot be asked: without them nothing goes, for so long. */
static void
away(struct gp_http *h, struct gp_http_inner *in, const struct gp_why *why)
{
	double now = gp_clock();

	if (in->away == 0)
		in->away = now;
	in->slot = 0;
	if (now - in->away < (double)h->conf.max_wait) {
		wait_until(h, in, now + 1, "limits");
		return;
	}
	in->call->why = *why;
	gp_http_finish(h, in, GP_HTTP_WAIT);
}

/* 1: others have been told to wait for longer than we may. */
static int
too_long(struct gp_http *h, struct gp_http_inner *in, double secs)
{
	if ((h->conf.share == NULL && h->conf.table == NULL) ||
	    secs <= (double)h->conf.max_wait)
		return 0;
	gp_because(&in->call->why,
	    "the network asked %s to wait %.0f s, more than the %ld s allowed",
	    h->conf.table != NULL ? "us" : "this machine", secs,
	    h->conf.max_wait);
	gp_http_finish(h, in, GP_HTTP_WAIT);
	return 1;
}

void
gp_wait_pace(struct gp_http *h, struct gp_http_inner *in, const char *what)
{
	enum gp_bucket_answer r;
	struct gp_why why;
	double when = 0;

	r = take_token(h, in, &when, &why);
	if (r == GP_BUCKET_AWAY) {
		away(h, in, &why);
		return;
	}
	in->away = 0;
	in->slot = r == GP_BUCKET_GO;
	if (h->conf.table == NULL || !too_long(h, in, when - gp_clock()))
		wait_until(h, in, when, what);
}

int
gp_wait_lapsed(
    const struct gp_http *h, const struct gp_http_inner *in, double now)
{
	return h->conf.table != NULL &&
	    (!in->slot ||
		(in->call->req.rate > 0 && now > in->when + GP_BUCKET_GRACE));
}

void
gp_wait_queue(struct gp_http *h, struct gp_http_inner *in)
{
	double delay = in->call->req.delay, when;

	if (gp_url_check(gp_buf_str(&in->url), &in->host, &in->plain,
		&in->call->why) == -1) {
		gp_http_finish(h, in, GP_HTTP_BAD);
		return;
	}
	in->slot = 0;
	if (h->conf.table != NULL) { /* asked for when its time has come */
		wait_until(h, in, gp_clock() + delay, "pacing");
		return;
	}
	take_token(h, in, &when, &in->call->why);
	if (!too_long(h, in, when - gp_clock()))
		wait_until(h, in, when + delay, "pacing");
}

static int
passing(int status)
{
	return status == 429 || status == 500 || status == 502 ||
	    status == 503 || status == 504;
}

/* 1, 2, 4 ... seconds, each between half of it and the whole. */
static double
back_off(struct gp_http *h, unsigned tries)
{
	double secs = ldexp(1, tries < 8 ? (int)tries - 1 : 7);

	return secs * (0.5 + 0.5 * rand_r(&h->seed) / RAND_MAX);
}

int
gp_wait_again(
    struct gp_http *h, struct gp_http_inner *in, enum gp_http_end *end)
{
	struct gp_http_call *c = in->call;
	long ask = -1;

	if (*end == GP_HTTP_OK && c->req.wait_hint != NULL)
		ask = c->req.wait_hint(
		    c->reply.status, gp_buf_span(&c->reply.body));
	if (*end != GP_HTTP_NET &&
	    !(*end == GP_HTTP_OK && (passing(c->reply.status) || ask != -1)))
		return 0;
	if (*end == GP_HTTP_OK && c->reply.retry_after > ask)
		ask = c->reply.retry_after;
	c->reply.retry_after = ask;
	if (c->req.once || in->tries > (unsigned)h->conf.retries)
		return 0;
	if (ask > h->conf.max_wait) {
		*end = GP_HTTP_WAIT;
		gp_because(&c->why,
		    "it asks to wait %ld s, more than the "
		    "%ld s allowed",
		    ask, h->conf.max_wait);
		return 0;
	}
	in->slot = 0;
	if (ask < 0) {
		wait_until(
		    h, in, gp_clock() + back_off(h, in->tries), "another try");
		return 1;
	}
	/* One more second: the server counts whole ones. */
	hold(h, in, gp_clock() + (double)ask + 1);
	gp_wait_pace(h, in, "the network asks to wait");
	return 1;
}

/* Scheme, host and port: up to where the path begins. */
