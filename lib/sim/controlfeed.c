/* /_sim/ with a network: the hand of the test in VK, OK and MAX. */
#include <stdio.h>
#include <string.h>

#include "sim/network.h"

struct control {
	struct gp_sim *sim;
	struct gp_sim_feed *f;
	const struct gp_sim_network *net;
	const struct gp_sim_request *r;
	struct gp_sim_reply *a;
};

static void
refuse(struct control *c, int status, const char *what)
{
	gp_sim_bot_error(c->a, status, what, 0);
}

static void
yes(struct control *c, int64_t id)
{
	gp_sim_control_yes(c->sim, c->a, "id", id);
}

/* The note that a parameter names; NULL: none that stands. */
static const struct gp_sim_note *
named(struct control *c, const char *param)
{
	const struct gp_sim_note *n = NULL;
	int64_t id;

	if (gp_sim_arg_int(c->r, param, &id) == 1 && c->f->mill_posts == 0)
		n = gp_sim_feed_note(c->f, id, NULL);
	return n == NULL || gp_sim_feed_gone(c->f, n) ? NULL : n;
}

/* As what and under what; -1: there is no such thing. */
static int
where(struct control *c, struct gp_sim_note *n)
{
	const struct gp_sim_note *to = named(c, "reply_to");
	const struct gp_sim_note *post = named(c, "post");

	if (n->kind != GP_SIM_COMMENT)
		return 0;
	if (to != NULL && to->kind == GP_SIM_COMMENT) {
		n->post = to->post;
		n->reply_to = to->id;
		return 0;
	}
	if (post == NULL || post->kind != GP_SIM_POST)
		return -1;
	n->post = post->id;
	return 0;
}

/* A comment, a letter; and the page's own post, under nothing. */
static void
message(struct control *c)
{
	const char *from = gp_sim_arg(c->r, "from");
	const char *as = gp_sim_arg(c->r, "as");
	struct gp_sim_note n = { .kind = GP_SIM_COMMENT,
		.at = c->f->now,
		.text = gp_sim_arg(c->r, "text") };
	const struct gp_sim_note *made;

	if (gp_sim_arg_true(c->r, "private"))
		n.kind = GP_SIM_LETTER;
	else if (as != NULL && gp_sim_arg(c->r, "post") == NULL &&
	    gp_sim_arg(c->r, "reply_to") == NULL)
		n.kind = GP_SIM_POST;
	if (from != NULL)
		n.from = gp_sim_person(c->sim->s, from);
	if (as != NULL)
		n.as = n.kind == GP_SIM_LETTER ? GP_SIM_BOT : GP_SIM_CHANNEL;
	if (n.text == NULL || (from != NULL ? n.from == NULL : as == NULL) ||
	    (n.kind == GP_SIM_LETTER && n.from == NULL)) {
		refuse(c, 400,
		    "a message has 'from' (a key of people) or 'as', and "
		    "'text'; a letter has 'from'");
		return;
	}
	if (where(c, &n) == -1) {
		refuse(c, 400, "there is no such post or message");
		return;
	}
	gp_sim_arg_int(c->r, "photos", &n.photos);
	made = gp_sim_feed_add(c->f, &n);
	if (made == NULL)
		refuse(c, 500, "no memory");
	else
		yes(c, made->id);
}

/* What "message_id" or "post" means; NULL: refused. */
static const struct gp_sim_note *
meant(struct control *c)
{
	const struct gp_sim_note *n = named(c, "message_id");

	if (n == NULL)
		n = named(c, "post");
	if (n == NULL)
		refuse(c, 400, "there is no such post or message");
	return n;
}

static void
edit(struct control *c)
{
	const char *text = gp_sim_arg(c->r, "text");
	const struct gp_sim_note *n = meant(c);

	if (n == NULL)
		return;
	if (text == NULL)
		refuse(c, 400, "'text' is missing");
	else if (gp_sim_feed_edit(c->f, n->id, gp_span_of(text)) == -1)
		refuse(c, 500, "no memory");
	else
		yes(c, n->id);
}

static void delete (struct control *c)
{
	const struct gp_sim_note *n = meant(c);

	if (n == NULL)
		return;
	if (gp_sim_feed_delete(c->f, n->id) == -1)
		refuse(c, 500, "no memory");
	else
		yes(c, n->id);
}

/* All that stands, oldest first. */
static void
notes(struct control *c)
{
	const struct gp_sim_note *n;
	size_t i;

	c->a->type = "application/x-ndjson";
	for (i = 0; i < c->f->notes.n; i++) {
		n = c->f->notes.v[i];
		if (!gp_sim_feed_gone(c->f, n))
			gp_sim_note_json(&c->a->body, c->f, n);
	}
}

/* /_sim/net/WORD: what only that network has. */
static void
own(struct control *c, const char *word)
{
	if (c->net->control != NULL && c->net->control(c->sim, word, c->r) == 0)
		yes(c, 0);
	else
		refuse(c, 404, "there is no such thing under /_sim/net/");
}

void
gp_sim_feed_control(
    struct gp_sim *sim, const struct gp_sim_request *r, struct gp_sim_reply *a)
{
	static const struct {
		const char *method, *path;
		void (*answer)(struct control *);
	} routes[] = {
		{ "POST", "/_sim/message", message },
		{ "POST", "/_sim/edit", edit },
		{ "POST", "/_sim/delete", delete },
		{ "GET", "/_sim/notes", notes },
	};
	struct control c = { sim, NULL, NULL, r, a };
	const char *name = gp_sim_arg(r, "network");
	enum gp_sim_net net = GP_SIM_VK;
	size_t i;

	c.net = name != NULL ? gp_sim_network_named(name, &net) : NULL;
	c.f = &sim->feed[net];
	if (c.net == NULL || c.f->page == NULL) {
		refuse(&c, 400, "'network' is none of the scenario");
		return;
	}
	for (i = 0; i < sizeof(routes) / sizeof(routes[0]); i++)
		if (strcmp(r->path, routes[i].path) == 0 &&
		    strcmp(r->method, routes[i].method) == 0) {
			routes[i].answer(&c);
			return;
		}
	if (strncmp(r->path, "/_sim/net/", 10) == 0)
		own(&c, r->path + 10);
	else
		refuse(&c, 404, "there is no such thing under /_sim/");
}
