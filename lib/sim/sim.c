#include "sim/sim.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "sim/network.h"
#include "sim/page.h"

/* A one-pixel picture, for getFile. */
static const unsigned char pixel[] = { 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0,
	0, 0, 13, 'I', 'H', 'D', 'R', 0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0,
	0x3a, 0x7e, 0x9b, 0x55, 0, 0, 0, 10, 'I', 'D', 'A', 'T', 0x78, 0x9c,
	0x63, 0x60, 0, 0, 0, 2, 0, 1, 0x48, 0xaf, 0xa4, 0x71, 0, 0, 0, 0, 'I',
	'E', 'N', 'D', 0xae, 0x42, 0x60, 0x82 };

static int
country_init(struct gp_sim *sim, struct gp_why *why)
{
	const struct gp_sim_options *o = &sim->o;
	int net;

	if (o->country == 0)
		return 0;
	for (net = 0; net < GP_SIM_NETS; net++)
		gp_sim_landing_init(&sim->landing[net], &sim->country);
	return gp_sim_country_init(&sim->country, o->country, o->snow, o->texts,
	    sim->s, &sim->crowd, why);
}

int
gp_sim_init(struct gp_sim *sim, const struct gp_sim_scenario *s,
    const struct gp_sim_options *o, struct gp_why *why)
{
	memset(sim, 0, sizeof(*sim));
	sim->s = s;
	sim->o = *o;
	pthread_mutex_init(&sim->lock, NULL);
	pthread_cond_init(&sim->news, NULL);
	gp_buf_init(&sim->webhook, 0);
	gp_buf_init(&sim->log, GP_MAX_STATE);
	gp_sim_book_init(&sim->book);
	gp_sim_shelf_init(&sim->shelf);
	gp_sim_tokens_make(&sim->tokens, s);
	if (gp_sim_crowd_init(&sim->crowd) == -1 ||
	    gp_sim_world_init(&sim->w, s) == -1 ||
	    gp_sim_networks_init(sim) == -1 ||
	    gp_sim_clock(sim, o->now) == -1 || gp_sim_clones_init(sim) == -1 ||
	    (o->pages > 0 && gp_sim_bench_init(sim, o->pages) == -1))
		return gp_because(why, "no memory");
	gp_sim_speed(sim, o->speed);
	return country_init(sim, why);
}

void
gp_sim_release(struct gp_sim *sim)
{
	int net;

	gp_sim_bench_release(sim);
	gp_sim_networks_release(sim);
	for (net = 0; net < GP_SIM_NETS; net++)
		gp_sim_landing_release(&sim->landing[net]);
	gp_sim_country_release(&sim->country);
	gp_sim_book_release(&sim->book);
	gp_sim_shelf_release(&sim->shelf);
	gp_sim_crowd_release(&sim->crowd);
	gp_sim_world_release(&sim->w);
	gp_buf_release(&sim->webhook);
	gp_buf_release(&sim->log);
	pthread_cond_destroy(&sim->news);
	pthread_mutex_destroy(&sim->lock);
}

void
gp_sim_stop(struct gp_sim *sim)
{
	pthread_mutex_lock(&sim->lock);
	sim->stopping = 1;
	pthread_cond_broadcast(&sim->news);
	pthread_mutex_unlock(&sim->lock);
}

int
gp_sim_clock(struct gp_sim *sim, gp_instant to)
{
	return gp_sim_play(&sim->w, to) == -1 ||
		gp_sim_networks_play(sim, to) == -1
	    ? -1
	    : 0;
}

void
gp_sim_speed(struct gp_sim *sim, double speed)
{
	sim->o.speed = speed;
	sim->clock_from = sim->w.now;
	sim->clock_at = gp_clock();
}

/* Where the clock runs: to the moment that it is. */
static void
tick(struct gp_sim *sim)
{
	gp_instant now = sim->clock_from +
	    (gp_instant)((gp_clock() - sim->clock_at) * sim->o.speed);

	if (now > sim->w.now && gp_sim_clock(sim, now) == -1)
		sim->o.speed = 0; /* no memory: it stands from here on */
}

const struct gp_sim_person *
gp_sim_known(const struct gp_sim *sim, int64_t id)
{
	const struct gp_sim_person *p = gp_sim_person_by_id(sim->s, id);

	return p != NULL ? p : gp_sim_crowd_by_id(&sim->crowd, id);
}

struct timespec
gp_sim_after(long ms)
{
	struct timespec t;

	clock_gettime(CLOCK_REALTIME, &t);
	t.tv_nsec += ms % 1000 * 1000000;
	t.tv_sec += ms / 1000 + t.tv_nsec / 1000000000;
	t.tv_nsec %= 1000000000;
	return t;
}

int
gp_sim_wait(struct gp_sim *sim, const struct timespec *until)
{
	if (sim->stopping)
		return -1;
	return pthread_cond_timedwait(&sim->news, &sim->lock, until) ==
		    ETIMEDOUT ||
		sim->stopping
	    ? -1
	    : 0;
}

int
gp_sim_sleep(struct gp_sim *sim, long ms)
{
	struct timespec until = gp_sim_after(ms);
	int stopped;

	pthread_mutex_lock(&sim->lock);
	while (gp_sim_wait(sim, &until) == 0)
		continue;
	stopped = sim->stopping;
	pthread_mutex_unlock(&sim->lock);
	return stopped;
}

static void
redirect(struct gp_sim_reply *a, struct gp_span name)
{
	a->status = 302;
	snprintf(
	    a->location, sizeof(a->location), "/%.*s", (int)name.n, name.p);
}

/* The channel of that name: the scenario's, or a clone of it. */
static const struct gp_sim_channel *
channel_of(const struct gp_sim *sim, struct gp_span name)
{
	size_t n = strlen(sim->s->channel.name);
	long k;

	if (name.n < n || strncasecmp(name.p, sim->s->channel.name, n) != 0)
		return NULL;
	if (name.n == n)
		return &sim->s->channel;
	k = name.p[n] == '_' ? strtol(name.p + n + 1, NULL, 10) : 0;
	if (k < 1 || k > sim->o.clones)
		return NULL;
	return strncasecmp(name.p, sim->clone[k - 1].name, name.n) == 0 &&
		sim->clone[k - 1].name[name.n] == '\0'
	    ? &sim->clone[k - 1]
	    : NULL;
}

/* 1: the name is that of a channel; its view is filled in. */
static int
view_of(struct gp_sim *sim, struct gp_span name, struct gp_sim_view *v)
{
	struct gp_sim_chat *c = &sim->w.chat[GP_SIM_IN_CHANNEL];
	const struct gp_sim_channel *channel = channel_of(sim, name);

	if (channel != NULL) {
		*v = (struct gp_sim_view){ channel, c->m, c->n, sim->w.now };
		return 1;
	}
	if (sim->bench_n == 0 || !gp_span_is(name, sim->bench.name))
		return 0;
	*v = (struct gp_sim_view){ &sim->bench, sim->bench_m, sim->bench_n,
		sim->w.now };
	return 1;
}

static int
is_group(const struct gp_sim *sim, struct gp_span name)
{
	const struct gp_sim_group *g = sim->s->group;

	return g != NULL && g->name != NULL && strlen(g->name) == name.n &&
	    strncasecmp(name.p, g->name, name.n) == 0;
}

static int64_t
number(const char *s)
{
	char *end;
	long long v = s != NULL ? strtoll(s, &end, 10) : 0;

	return s != NULL && *end == '\0' && v > 0 ? v : 0;
}

/* "NAME" or "NAME/ID" */
static struct gp_span
split(const char *path, int64_t *id)
{
	const char *slash = strchr(path, '/');

	*id = slash != NULL ? number(slash + 1) : 0;
	return (struct gp_span){ path,
		slash != NULL ? (size_t)(slash - path) : strlen(path) };
}

/* How a page is shown to a client. */
enum shape {
	LIST,
	CARD,
	EMBED /* one post, ask->around */
};

/* 1: it is a page of the country, and was shown. */
static int
country_page(struct gp_sim *sim, struct gp_span name, enum shape shape,
    const struct gp_sim_ask *ask, struct gp_sim_reply *a)
{
	int64_t k = gp_sim_country_by_name(&sim->country, name);
	struct gp_sim_country_view v;
	struct gp_sim_view view;
	int shown;

	if (k == -1)
		return 0;
	shown = gp_sim_country_view(&v, &sim->country, k, sim->w.now, ask) == 0;
	view = (struct gp_sim_view){ &v.channel, v.v, v.n, sim->w.now };
	if (shown && shape == LIST)
		gp_sim_page(&a->body, &view, ask);
	else if (shown && shape == EMBED)
		gp_sim_embed(&a->body, &view, ask->around);
	else if (shown)
		gp_sim_landing_channel(&a->body, &v.channel);
	gp_sim_country_view_release(&v);
	return shown;
}

static void
preview(struct gp_sim *sim, const struct gp_sim_request *r,
    struct gp_sim_reply *a, int none)
{
	struct gp_sim_ask ask = { .none = none };
	const char *q = gp_sim_arg(r, "q");
	struct gp_sim_view v;
	struct gp_span name;

	name = split(r->path + 3, &ask.around);
	ask.before = number(gp_sim_arg(r, "before"));
	ask.after = number(gp_sim_arg(r, "after"));
	if (q != NULL && *q != '\0')
		ask.search = gp_span_of(q);
	if (country_page(sim, name, LIST, &ask, a))
		return;
	if (view_of(sim, name, &v) && v.c->preview)
		gp_sim_page(&a->body, &v, &ask);
	else
		redirect(a, name);
}

static void
landing(
    struct gp_sim *sim, const struct gp_sim_request *r, struct gp_sim_reply *a)
{
	int embed = gp_sim_arg(r, "embed") != NULL;
	struct gp_sim_ask ask = { 0 };
	struct gp_sim_view v;
	struct gp_span name;
	char missing[80];
	int64_t id;

	name = split(r->path + 1, &id);
	ask.around = id;
	if (country_page(sim, name, embed && id != 0 ? EMBED : CARD, &ask, a))
		return;
	if (view_of(sim, name, &v)) {
		if (embed && id != 0)
			gp_sim_embed(&a->body, &v, id);
		else
			gp_sim_landing_channel(&a->body, v.c);
	} else if (is_group(sim, name)) {
		if (embed && id != 0)
			gp_sim_embed_group(&a->body, &sim->w, id);
		else
			gp_sim_landing_group(&a->body, sim->s->group);
	} else if (name.n > 0 && name.n < sizeof(missing) &&
	    strspn(name.p,
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUV"
		"WXYZ0123456789_") >= name.n) {
		snprintf(missing, sizeof(missing), "%.*s", (int)name.n, name.p);
		gp_sim_landing_missing(&a->body, missing);
	} else {
		a->status = 404;
		gp_buf_adds(&a->body,
		    "<html><body>404 Not Found</body></html>"
		    "\n");
	}
}

static void
download(
    struct gp_sim *sim, const struct gp_sim_request *r, struct gp_sim_reply *a)
{
	const char *token = sim->tokens.v[GP_SIM_T_TELEGRAM];
	size_t n = strlen(token);

	if (strncmp(r->path + 9, token, n) != 0 || r->path[9 + n] != '/') {
		gp_sim_bot_error(a, 401, "Unauthorized", 0);
		return;
	}
	a->type = "image/png";
	gp_buf_add(&a->body, pixel, sizeof(pixel));
}

/* A body that cannot be read, in Telegram's words. */
static void
refuse(const struct gp_sim_request *r, struct gp_sim_reply *a)
{
	gp_sim_bot_error(a, r->refused,
	    r->refused == 413 ? "Request Entity Too Large"
			      : "Bad Request: can't parse JSON object",
	    0);
}

static void
route(struct gp_sim *sim, const struct gp_sim_request *r,
    struct gp_sim_reply *a, int none)
{
	const struct gp_sim_network *net = gp_sim_network_of(r->path);

	if (net != NULL)
		net->answer(sim, r, a);
	else if (r->refused)
		refuse(r, a);
	else if (strncmp(r->path, "/_sim/", 6) == 0)
		gp_sim_control_answer(sim, r, a);
	else if (strncmp(r->path, "/bot", 4) == 0 && strchr(r->path, ':'))
		gp_sim_bot_answer(sim, r, a);
	else if (strncmp(r->path, "/file/bot", 9) == 0)
		download(sim, r, a);
	else if (strncmp(r->path, "/s/", 3) == 0)
		preview(sim, r, a, none);
	else
		landing(sim, r, a);
}

/*
 * "POST /path?query", for faults to match; of a call whose method stands in
 * the body that one as well.
 */
static void
address(struct gp_buf *b, const struct gp_sim_request *r)
{
	int first = 1;
	size_t i;

	gp_buf_addf(b, "%s %s", r->method, r->path);
	for (i = 0; i < r->n; i++) {
		if (!r->param[i].query &&
		    strcmp(r->param[i].name, "method") != 0)
			continue;
		gp_buf_addf(b, "%c%s=%s", first ? '?' : '&', r->param[i].name,
		    gp_buf_str(&r->param[i].value));
		first = 0;
	}
}

static const struct gp_sim_fault *
fault_for(struct gp_sim *sim, const struct gp_sim_request *r)
{
	const struct gp_sim_fault *f;
	struct gp_buf where;

	if (strncmp(r->path, "/_sim/", 6) == 0 || sim->faults.n == 0)
		return NULL;
	gp_buf_init(&where, 0);
	address(&where, r);
	f = gp_sim_fault_hits(&sim->faults, gp_buf_str(&where));
	gp_buf_release(&where);
	return f;
}

/* Carries it out and throws the answer away. */
static void
in_vain(struct gp_sim *sim, const struct gp_sim_request *r)
{
	struct gp_sim_reply a;

	gp_sim_reply_init(&a);
	route(sim, r, &a, 0);
	gp_sim_reply_release(&a);
}

static void
play(struct gp_sim *sim, const struct gp_sim_fault *f,
    const struct gp_sim_request *r, struct gp_sim_reply *a)
{
	enum gp_sim_fault_kind kind = f != NULL ? f->kind : GP_SIM_SOUND;

	if (kind == GP_SIM_F_TWICE || kind == GP_SIM_F_DONE_500 ||
	    kind == GP_SIM_F_DONE_502)
		in_vain(sim, r);
	if (kind == GP_SIM_F_DONE_500 || kind == GP_SIM_F_DONE_502)
		gp_sim_fault_answer(sim, f, r, a);
	else if (kind == GP_SIM_SOUND || kind == GP_SIM_F_NOPOSTS ||
	    gp_sim_fault_done(kind))
		route(sim, r, a, kind == GP_SIM_F_NOPOSTS);
	else
		gp_sim_fault_answer(sim, f, r, a);
}

void
gp_sim_answer(
    struct gp_sim *sim, const struct gp_sim_request *r, struct gp_sim_reply *a)
{
	const struct gp_sim_fault *f;
	int64_t hold = 0;

	if (sim->o.delay > 0 && strncmp(r->path, "/_sim/", 6) != 0)
		gp_sim_sleep(sim, sim->o.delay);
	pthread_mutex_lock(&sim->lock);
	if (sim->o.speed > 0)
		tick(sim);
	sim->asked += strncmp(r->path, "/_sim/", 6) != 0;
	f = fault_for(sim, r);
	a->damage = f != NULL ? f->kind : GP_SIM_SOUND;
	play(sim, f, r, a);
	gp_sim_log(sim, r, a, f);
	if (a->damage == GP_SIM_F_STALL || a->damage == GP_SIM_F_HANG)
		hold = f->hold;
	pthread_mutex_unlock(&sim->lock);
	if (hold > 0)
		gp_sim_sleep(sim, (long)hold * 1000);
}
