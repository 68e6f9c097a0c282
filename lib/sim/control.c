/* /_sim/: the hand of the test. Citizens speak, things go wrong. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim/botjson.h"
#include "sim/sim.h"

struct control {
	struct gp_sim *sim;
	const struct gp_sim_request *r;
	struct gp_sim_reply *a;
	struct gp_jw jw;
};

static void
refuse(struct control *c, int status, const char *what)
{
	gp_sim_bot_error(c->a, status, what, 0);
}

void
gp_sim_control_yes(
    struct gp_sim *sim, struct gp_sim_reply *a, const char *key, int64_t id)
{
	struct gp_jw w;

	a->type = "application/json";
	gp_jw_init(&w, &a->body);
	gp_jw_open(&w, '{');
	gp_jw_kbool(&w, "ok", 1);
	if (id != 0)
		gp_jw_kint(&w, key, id);
	gp_jw_close(&w, '}');
	pthread_cond_broadcast(&sim->news);
}

static void
yes(struct control *c, int64_t message)
{
	gp_sim_control_yes(c->sim, c->a, "message_id", message);
}

/* Under a post, as an answer, or by itself. -1: refused. */
static int
where(struct control *c, struct gp_sim_message *m)
{
	struct gp_sim_message *root;
	int64_t id = 0;

	if (gp_sim_arg_int(c->r, "reply_to", &id) == 1) {
		root = gp_sim_find(&c->sim->w, m->place, id);
		if (root == NULL || root->deleted)
			return -1;
		m->reply_to = id;
		m->thread = root->thread != 0 ? root->thread : root->id;
	} else if (gp_sim_arg_int(c->r, "post", &id) == 1) {
		root = gp_sim_forward_of(&c->sim->w, id);
		if (root == NULL)
			return -1;
		m->reply_to = m->thread = root->id;
	}
	if (m->place == GP_SIM_IN_PRIVATE)
		m->thread = 0;
	return 0;
}

static void
message(struct control *c)
{
	const char *from = gp_sim_arg(c->r, "from");
	const char *as = gp_sim_arg(c->r, "as");
	const char *text = gp_sim_arg(c->r, "text");
	int private = gp_sim_arg_true(c->r, "private");
	struct gp_sim_message m = {
		.place = private ? GP_SIM_IN_PRIVATE : GP_SIM_IN_GROUP,
		.at = c->sim->w.now,
	};
	struct gp_sim_message *made;

	if (from != NULL)
		m.from = gp_sim_person(c->sim->s, from);
	else if (as != NULL && !private)
		m.as =
		    strcmp(as, "channel") == 0 ? GP_SIM_CHANNEL : GP_SIM_GROUP;
	if ((m.from == NULL && m.as == GP_SIM_PERSON) || text == NULL) {
		refuse(c, 400,
		    "a message has 'from' (a key of people) or "
		    "'as', and 'text'");
		return;
	}
	if ((!private && c->sim->s->group == NULL) || where(c, &m) == -1) {
		refuse(c, 400, "there is no such post or message");
		return;
	}
	made = gp_sim_text_read(&m.text, gp_span_of(text)) == -1
	    ? NULL
	    : gp_sim_add(&c->sim->w, &m);
	if (made == NULL ||
	    gp_sim_tell(&c->sim->w, GP_SIM_U_MESSAGE, made) == -1) {
		gp_sim_message_release(&m);
		refuse(c, 500, "no memory");
		return;
	}
	yes(c, made->id);
}

/* "post" is of the channel; "message_id" of the group, or private. */
static struct gp_sim_message *
meant(struct control *c)
{
	struct gp_sim_message *m = NULL;
	int64_t id;

	if (gp_sim_arg_int(c->r, "message_id", &id) == 1)
		m = gp_sim_find(&c->sim->w,
		    gp_sim_arg_true(c->r, "private") ? GP_SIM_IN_PRIVATE
						     : GP_SIM_IN_GROUP,
		    id);
	else if (gp_sim_arg_int(c->r, "post", &id) == 1)
		m = gp_sim_find(&c->sim->w, GP_SIM_IN_CHANNEL, id);
	if (m == NULL || m->deleted) {
		refuse(c, 400, "there is no such post or message");
		return NULL;
	}
	return m;
}

static void
edit(struct control *c)
{
	const char *text = gp_sim_arg(c->r, "text");
	struct gp_sim_message *m = meant(c);

	if (m == NULL)
		return;
	if (text == NULL ||
	    gp_sim_text_read(&m->text, gp_span_of(text)) == -1) {
		refuse(c, 400, "'text' is missing");
		return;
	}
	m->edited = c->sim->w.now;
	if (gp_sim_tell(&c->sim->w,
		m->place == GP_SIM_IN_CHANNEL ? GP_SIM_U_EDITED_CHANNEL_POST
					      : GP_SIM_U_EDITED_MESSAGE,
		m) == -1)
		refuse(c, 500, "no memory");
	else
		yes(c, m->id);
}

/* An album goes whole. No update tells of it, as on the real network. */
static void delete (struct control *c)
{
	struct gp_sim_message *m = meant(c), *part;
	int i, n;

	if (m == NULL)
		return;
	n = gp_sim_parts(&c->sim->w, m);
	for (i = 0; i < n; i++) {
		part = gp_sim_find(&c->sim->w, m->place, m->id + i);
		if (part != NULL)
			part->deleted = 1;
	}
	yes(c, m->id);
}

static void
fault(struct control *c)
{
	const char *kind = gp_sim_arg(c->r, "kind");
	const char *match = gp_sim_arg(c->r, "match");
	static const char *const settings[] = { "times", "after", "retry_after",
		"hold", "p", "seed" };
	struct gp_sim_fault f = GP_SIM_FAULT_ONCE;
	const char *value;
	struct gp_why why;
	size_t i;

	if (gp_sim_arg_true(c->r, "clear")) {
		c->sim->faults.n = 0;
		yes(c, 0);
		return;
	}
	for (i = 0; i < sizeof(settings) / sizeof(settings[0]); i++) {
		value = gp_sim_arg(c->r, settings[i]);
		if (value != NULL &&
		    gp_sim_fault_set(&f, settings[i], value, &why) == -1) {
			refuse(c, 400, why.msg);
			return;
		}
	}
	snprintf(f.match, sizeof(f.match), "%s", match != NULL ? match : "");
	if (gp_sim_fault_add(
		&c->sim->faults, kind != NULL ? kind : "", &f, &why) == -1)
		refuse(c, 400, why.msg);
	else
		yes(c, 0);
}

static void
clock_now(struct control *c)
{
	char at[GP_INSTANT_LEN];
	struct gp_jw w;

	gp_jw_init(&w, &c->a->body);
	gp_jw_open(&w, '{');
	gp_jw_kbool(&w, "ok", 1);
	gp_jw_kstr(&w, "now", gp_instant_utc(c->sim->w.now, at));
	gp_jw_key(&w, "speed");
	gp_jw_real(&w, c->sim->o.speed, 3);
	gp_jw_kint(&w, "asked", (int64_t)c->sim->asked);
	gp_jw_close(&w, '}');
}

/* The clock goes forward only: what lies between happens. */
static void
clock_to(struct control *c)
{
	const char *word = gp_sim_arg(c->r, "now");
	const char *speed = gp_sim_arg(c->r, "speed");
	gp_instant to = c->sim->w.now;
	char *end = NULL;
	double x = speed != NULL ? strtod(speed, &end) : c->sim->o.speed;

	if ((word == NULL && speed == NULL) ||
	    (word != NULL && gp_instant_word(word, to, &to) == -1) ||
	    to < c->sim->w.now) {
		refuse(c, 400, "'now' must be a moment that is not past");
	} else if (speed != NULL &&
	    (end == speed || *end != '\0' ||
		!(x >= 0 && x <= GP_SIM_FASTEST))) {
		refuse(c, 400, "'speed' is a number from 0 to 100000");
	} else if (gp_sim_clock(c->sim, to) == -1) {
		refuse(c, 500, "no memory");
	} else {
		gp_sim_speed(c->sim, x);
		yes(c, 0);
	}
}

/* All that stands in the world, as Bot API messages, one a line. */
static void
messages(struct control *c)
{
	struct gp_sim_chat *chat;
	size_t i;

	c->a->type = "application/x-ndjson";
	for (chat = c->sim->w.chat; chat < c->sim->w.chat + 3; chat++)
		for (i = 0; i < chat->n; i++) {
			if (chat->m[i]->deleted)
				continue;
			gp_jw_init(&c->jw, &c->a->body);
			gp_sim_json_message(&c->jw, &c->sim->w, chat->m[i]);
			gp_buf_addc(&c->a->body, '\n');
		}
}

static void
log_so_far(struct control *c)
{
	c->a->type = "application/x-ndjson";
	c->a->body.max = GP_MAX_STATE;
	gp_buf_add(&c->a->body, gp_buf_str(&c->sim->log), c->sim->log.n);
}

static void
loop(struct control *c)
{
	int64_t n = 0;

	gp_sim_arg_int(c->r, "n", &n);
	c->a->status = 302;
	snprintf(c->a->location, sizeof(c->a->location), "/_sim/loop?n=%lld",
	    (long long)n + 1);
}

void
gp_sim_control_answer(
    struct gp_sim *sim, const struct gp_sim_request *r, struct gp_sim_reply *a)
{
	static const struct {
		const char *method, *path;
		void (*answer)(struct control *);
	} routes[] = {
		{ "POST", "/_sim/message", message },
		{ "POST", "/_sim/edit", edit },
		{ "POST", "/_sim/delete", delete },
		{ "POST", "/_sim/fault", fault },
		{ "POST", "/_sim/clock", clock_to },
		{ "GET", "/_sim/clock", clock_now },
		{ "GET", "/_sim/messages", messages },
		{ "GET", "/_sim/log", log_so_far },
		{ "GET", "/_sim/loop", loop },
	};
	static const struct {
		const char *method, *path; /* of whatever network */
		void (*answer)(struct gp_sim *, const struct gp_sim_request *,
		    struct gp_sim_reply *);
	} all[] = {
		{ "GET", "/_sim/written", gp_sim_control_written },
		{ "GET", "/_sim/country", gp_sim_control_country },
		{ "POST", "/_sim/plant", gp_sim_control_plant },
	};
	struct control c = { .sim = sim, .r = r, .a = a };
	const char *net = gp_sim_arg(r, "network");
	size_t i;

	for (i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		if (strcmp(r->path, all[i].path) == 0 &&
		    strcmp(r->method, all[i].method) == 0) {
			all[i].answer(sim, r, a);
			return;
		}
	if (strncmp(r->path, "/_sim/net/", 10) == 0 ||
	    (net != NULL && strcmp(net, "telegram") != 0)) {
		gp_sim_feed_control(sim, r, a);
		return;
	}

	for (i = 0; i < sizeof(routes) / sizeof(routes[0]); i++)
		if (strcmp(r->path, routes[i].path) == 0 &&
		    strcmp(r->method, routes[i].method) == 0) {
			routes[i].answer(&c);
			return;
		}
	refuse(&c, 404, "there is no such thing under /_sim/");
}
