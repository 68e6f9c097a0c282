#include "http/http.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/instant.h"
#include "http/url.h"
#include "http/wait.h"

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

void
gp_http_finish(
    struct gp_http *h, struct gp_http_inner *in, enum gp_http_end end)
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
		if (gp_wait_lapsed(h, in, now)) {
			gp_wait_pace(h, in, "pacing");
			next = fmin(next, fmax(0, in->when - now));
			continue;
		}
		if (launch(h, in) == -1)
			gp_http_finish(h, in, GP_HTTP_BAD);
	}
	return next;
}

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
	gp_wait_queue(h, in);
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
	if (redirected(h, in, &end) || gp_wait_again(h, in, &end))
		return;
	gp_http_finish(h, in, end);
}

/* Stopped: what waits and what flies ends here, but what is to be whole. */
static void
stop_all(struct gp_http *h)
{
	struct gp_http_inner *in, *next;

	while ((in = h->waiting) != NULL) {
		h->waiting = in->next;
		gp_http_finish(h, in, GP_HTTP_STOPPED);
	}
	for (in = h->air; in != NULL; in = next) {
		next = in->next;
		if (in->call->req.whole)
			continue;
		in->call->reply.sent = 1;
		curl_multi_remove_handle(h->multi, in->easy);
		land(h, in);
		gp_http_finish(h, in, GP_HTTP_STOPPED);
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
		gp_http_finish(h, in,
		    gp_tape_read(h->tape, h->conf.replay, c, &c->why) == 0
			? GP_HTTP_OK
			: GP_HTTP_BAD);
	else
		gp_wait_queue(h, in);
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
