#include "http/http.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/instant.h"
#include "http/bucket.h"
#include "http/tape.h"
#include "http/transfer.h"
#include "http/url.h"

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

void
gp_http_call_init(struct gp_http_call *c)
{
	memset(c, 0, sizeof(*c));
	gp_buf_init(&c->req.url, 2 * GP_MAX_URL);
}

void
gp_http_call_reset(struct gp_http_call *c)
{
	struct gp_http_call keep = *c;

	gp_http_call_init(c);
	c->user = keep.user;
	c->inner = keep.inner;
	c->req.url = keep.req.url;
	c->req.body = keep.req.body;
	c->reply.body = keep.reply.body;
	c->reply.location = keep.reply.location;
	c->reply.type = keep.reply.type;
	gp_buf_reset(&c->req.url);
	gp_buf_reset(&c->req.body);
	gp_buf_reset(&c->reply.body);
	gp_buf_reset(&c->reply.location);
	gp_buf_reset(&c->reply.type);
}

static void
inner_free(struct gp_http_inner *in)
{
	if (in == NULL)
		return;
	if (in->easy != NULL)
		curl_easy_cleanup(in->easy);
	curl_slist_free_all(in->headers);
	gp_buf_release(&in->url);
	gp_buf_release(&in->host);
	free(in);
}

void
gp_http_call_release(struct gp_http_call *c)
{
	inner_free(c->inner);
	c->inner = NULL;
	gp_buf_release(&c->req.url);
	gp_buf_release(&c->req.body);
	gp_buf_release(&c->reply.body);
	gp_buf_release(&c->reply.location);
	gp_buf_release(&c->reply.type);
}

struct gp_http *
gp_http_new(const struct gp_http_conf *conf, struct gp_why *why)
{
	struct gp_http *h = calloc(1, sizeof(*h));

	if (h == NULL || curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
		free(h);
		gp_because(why, "cannot start libcurl");
		return NULL;
	}
	h->conf = *conf;
	h->multi = curl_multi_init();
	h->unpacker = gp_unpacker_new();
	h->tape = gp_tape_new();
	h->seed = (unsigned)time(NULL);
	h->buckets.share = conf->share;
	h->buckets.table = conf->table;
	if (h->multi != NULL && conf->connections > 0)
		curl_multi_setopt(h->multi, CURLMOPT_MAX_TOTAL_CONNECTIONS,
		    conf->connections);
	if (h->multi != NULL && h->tape != NULL && h->unpacker != NULL)
		return h;
	gp_http_free(h);
	gp_because(why, "no memory");
	return NULL;
}

void
gp_http_free(struct gp_http *h)
{
	if (h == NULL)
		return;
	if (h->multi != NULL)
		curl_multi_cleanup(h->multi);
	gp_tape_free(h->tape);
	gp_unpacker_free(h->unpacker);
	gp_buckets_release(&h->buckets);
	free(h);
	curl_global_cleanup();
}

int
gp_http_skew(const struct gp_http *h, double *skew)
{
	if (h->dated)
		*skew = h->skew;
	return h->dated;
}

static void
finish(struct gp_http *h, struct gp_http_inner *in, enum gp_http_end end)
{
	struct gp_http_call *c = in->call;
	struct gp_why why;

	c->end = end;
	c->reply.waited = in->waited;
	c->reply.tries = in->tries;
	if (end == GP_HTTP_OK && h->conf.record != NULL &&
	    gp_tape_write(h->tape, h->conf.record, c, &why) == -1) {
		c->end = GP_HTTP_DISK;
		c->why = why;
	}
	in->next = h->done;
	h->done = in;
}

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
	finish(h, in, GP_HTTP_WAIT);
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
	finish(h, in, GP_HTTP_WAIT);
	return 1;
}

/* Among the waiting, with a slot or until one is to be asked for. */
static void
pace(struct gp_http *h, struct gp_http_inner *in, const char *what)
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

/* A slot of a table is for its own instant: missed, it has lapsed. */
static int
lapsed(const struct gp_http *h, const struct gp_http_inner *in, double now)
{
	return h->conf.table != NULL &&
	    (!in->slot ||
		(in->call->req.rate > 0 && now > in->when + GP_BUCKET_GRACE));
}

static void
queue(struct gp_http *h, struct gp_http_inner *in)
{
	double delay = in->call->req.delay, when;

	if (gp_url_check(gp_buf_str(&in->url), &in->host, &in->plain,
		&in->call->why) == -1) {
		finish(h, in, GP_HTTP_BAD);
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
launch(struct gp_http *h, struct gp_http_inner *in)
{
	in->tries++;
	if (gp_transfer_start(in, &h->conf) == -1 ||
	    curl_multi_add_handle(h->multi, in->easy) != CURLM_OK)
		return -1;
	in->next = h->air;
	h->air = in;
	h->flying++;
	return 0;
}

/* Starts what is due; returns the seconds until the next one, or 60. */
static double
launch_due(struct gp_http *h)
{
	struct gp_http_inner **p = &h->waiting, *in;
	double now = gp_clock(), next = 60;

	while ((in = *p) != NULL) {
		if (in->when > now) {
			next = fmin(next, in->when - now);
			p = &in->next;
			continue;
		}
		*p = in->next;
		if (lapsed(h, in, now)) {
			pace(h, in, "pacing");
			next = fmin(next, fmax(0, in->when - now));
			continue;
		}
		if (launch(h, in) == -1)
			finish(h, in, GP_HTTP_BAD);
	}
	return next;
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

/* 1: it waits for another try. */
static int
try_again(struct gp_http *h, struct gp_http_inner *in, enum gp_http_end *end)
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
	pace(h, in, "the network asks to wait");
	return 1;
}

/* Scheme, host and port: up to where the path begins. */
static struct gp_span
origin(const struct gp_buf *url)
{
	const char *p = strstr(gp_buf_str(url), "://");
	size_t scheme = p != NULL ? (size_t)(p + 3 - url->p) : 0;

	return (struct gp_span){ gp_buf_str(url),
		scheme + strcspn(gp_buf_str(url) + scheme, "/?#") };
}

/* 1: it goes to another address. */
static int
redirected(struct gp_http *h, struct gp_http_inner *in, enum gp_http_end *end)
{
	struct gp_http_call *c = in->call;

	if (*end != GP_HTTP_OK || c->reply.location.n == 0 ||
	    c->req.follow == 0 ||
	    (c->req.method != NULL && strcmp(c->req.method, "GET") != 0))
		return 0;
	if (in->hops++ >= c->req.follow || in->hops > GP_MAX_REDIRECTS) {
		*end = GP_HTTP_LIMIT;
		gp_because(
		    &c->why, "redirected more than %d times", in->hops - 1);
		return 0;
	}
	if (c->req.secret != NULL &&
	    !gp_span_eq(origin(&in->url), origin(&c->reply.location))) {
		*end = GP_HTTP_BAD;
		gp_because(&c->why,
		    "a redirect would carry the secret to "
		    "another host");
		return 0;
	}
	gp_buf_reset(&in->url);
	gp_buf_add(&in->url, c->reply.location.p, c->reply.location.n);
	queue(h, in);
	return 1;
}

static void
land(struct gp_http *h, struct gp_http_inner *in)
{
	struct gp_http_inner **p = &h->air;

	while (*p != NULL && *p != in)
		p = &(*p)->next;
	if (*p != NULL)
		*p = in->next;
	h->flying--;
}

static void
ended(struct gp_http *h, struct gp_http_inner *in, CURLcode code)
{
	enum gp_http_end end;

	curl_multi_remove_handle(h->multi, in->easy);
	land(h, in);
	end = gp_transfer_end(in, code, h->unpacker);
	if (end == GP_HTTP_OK && in->date != 0) {
		double skew = (double)in->date - (double)time(NULL);

		if (!h->dated || fabs(skew) < fabs(h->skew))
			h->skew = skew;
		h->dated = 1;
	}
	if (redirected(h, in, &end) || try_again(h, in, &end))
		return;
	finish(h, in, end);
}

/* Stopped: what waits and what flies ends here, but what is to be whole. */
static void
stop_all(struct gp_http *h)
{
	struct gp_http_inner *in, *next;

	while ((in = h->waiting) != NULL) {
		h->waiting = in->next;
		finish(h, in, GP_HTTP_STOPPED);
	}
	for (in = h->air; in != NULL; in = next) {
		next = in->next;
		if (in->call->req.whole)
			continue;
		in->call->reply.sent = 1;
		curl_multi_remove_handle(h->multi, in->easy);
		land(h, in);
		finish(h, in, GP_HTTP_STOPPED);
	}
}

static void
turn(struct gp_http *h)
{
	double secs;
	CURLMsg *msg;
	int running, left;
	char *in;

	if (h->conf.stop != NULL && *h->conf.stop)
		stop_all(h);
	secs = launch_due(h);
	if (h->done != NULL)
		return;
	curl_multi_perform(h->multi, &running);
	while ((msg = curl_multi_info_read(h->multi, &left)) != NULL)
		if (msg->msg == CURLMSG_DONE) {
			CURLcode code = msg->data.result;

			curl_easy_getinfo(
			    msg->easy_handle, CURLINFO_PRIVATE, &in);
			ended(h, (struct gp_http_inner *)(void *)in, code);
		}
	if (h->done == NULL && (h->flying > 0 || h->waiting != NULL))
		curl_multi_poll(
		    h->multi, NULL, 0, (int)ceil(fmin(secs, 1) * 1000), NULL);
}

int
gp_http_send(struct gp_http *h, struct gp_http_call *c)
{
	struct gp_http_inner *in = c->inner;

	if (in == NULL)
		in = c->inner = calloc(1, sizeof(*in));
	if (in == NULL)
		return gp_because(&c->why, "no memory");
	in->call = c;
	in->hops = 0;
	in->tries = 0;
	in->waited = 0;
	in->away = 0;
	c->reply.sent = 0;
	gp_buf_reset(&in->url);
	gp_buf_add(&in->url, gp_buf_str(&c->req.url), c->req.url.n);
	if (h->conf.replay != NULL)
		finish(h, in,
		    gp_tape_read(h->tape, h->conf.replay, c, &c->why) == 0
			? GP_HTTP_OK
			: GP_HTTP_BAD);
	else
		queue(h, in);
	return 0;
}

struct gp_http_call *
gp_http_next(struct gp_http *h)
{
	struct gp_http_inner *in;

	while (h->done == NULL && (h->flying > 0 || h->waiting != NULL))
		turn(h);
	in = h->done;
	if (in == NULL)
		return NULL;
	h->done = in->next;
	return in->call;
}

enum gp_http_end
gp_http_do(struct gp_http *h, struct gp_http_call *c)
{
	if (gp_http_send(h, c) == -1) {
		c->end = GP_HTTP_BAD;
		return c->end;
	}
	while (gp_http_next(h) != c)
		continue;
	return c->end;
}
