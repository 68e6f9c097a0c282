/* MAX: posts of a channel and comments under them, in lists and one by one. */
#include <stdio.h>
#include <string.h>

#include "sim/max.h"

#define COUNT_MAX 100

/* Where a mid leads: a note of that kind that stands. NULL: nowhere. */
static const struct gp_sim_note *
standing(struct gp_sim_max_call *c, struct gp_span mid,
    enum gp_sim_note_kind kind, struct gp_sim_note *tmp)
{
	const struct gp_sim_note *n =
	    gp_sim_feed_note(c->f, gp_sim_max_note(mid), tmp);

	return n != NULL && n->kind == kind && !gp_sim_feed_gone(c->f, n)
	    ? n
	    : NULL;
}

static void
lists(struct gp_sim_max_call *c, int bracket)
{
	if (bracket == '[') {
		gp_jw_open(&c->jw, '{');
		gp_jw_key(&c->jw, "messages");
		gp_jw_open(&c->jw, '[');
	} else {
		gp_jw_close(&c->jw, ']');
		gp_jw_close(&c->jw, '}');
	}
}

/* The newest of the walk between two moments in ms, both of them included. */
static void
newest(
    struct gp_sim_max_call *c, struct gp_sim_walk *w, int64_t from, int64_t to)
{
	const struct gp_sim_note *n;
	int64_t left = 50;

	gp_sim_arg_int(c->r, "count", &left);
	if (left < 1 || left > COUNT_MAX) {
		gp_sim_max_fail(c, 400, "proto.payload", "count: 1 to 100");
		return;
	}
	lists(c, '[');
	while (left > 0 && (n = gp_sim_walk_next(w)) != NULL) {
		if (n->deleted || n->at * 1000 > from || n->at * 1000 < to)
			continue;
		gp_sim_max_json_message(c, n, 1);
		left--;
	}
	lists(c, ']');
}

/* Those of the mids, with commas between, that stand; under the post alone
 * where one is given. */
static void
named(
    struct gp_sim_max_call *c, const char *mids, const struct gp_sim_note *post)
{
	const struct gp_sim_note *n;
	struct gp_sim_note tmp;
	struct gp_span mid;

	lists(c, '[');
	for (;; mids = mid.p + mid.n + 1) {
		mid = (struct gp_span){ mids, strcspn(mids, ",") };
		n = standing(
		    c, mid, post != NULL ? GP_SIM_COMMENT : GP_SIM_POST, &tmp);
		if (n != NULL && (post == NULL || n->post == post->id))
			gp_sim_max_json_message(c, n, 1);
		if (mid.p[mid.n] == '\0')
			break;
	}
	lists(c, ']');
}

/* `before` and `after` are moments in ms here, neither included. */
static void
comments(struct gp_sim_max_call *c, const struct gp_sim_note *post)
{
	int64_t before = INT64_MAX, after = -1;
	const char *ids = gp_sim_arg(c->r, "comment_ids");
	struct gp_sim_walk w;

	if (gp_sim_max_params(c, "i:count i:before i:after comment_ids") == -1)
		return;
	gp_sim_arg_int(c->r, "before", &before);
	gp_sim_arg_int(c->r, "after", &after);
	if (ids != NULL) {
		named(c, ids, post);
		return;
	}
	gp_sim_walk_all(&w, c->f, post, 1);
	newest(c, &w, before > 0 ? before - 1 : 0,
	    after < INT64_MAX ? after + 1 : after);
}

/* The talk with somebody who wrote to the bot; NULL: there is none. */
static const struct gp_sim_person *
talk(struct gp_sim_max_call *c, int64_t chat)
{
	const struct gp_sim_person *p = gp_sim_known(c->sim, chat - 1000000);
	struct gp_sim_walk w;

	gp_sim_walk_letters(&w, c->f, p, 0);
	return p != NULL && gp_sim_walk_next(&w) != NULL ? p : NULL;
}

static void
posts(struct gp_sim_max_call *c)
{
	int64_t from = INT64_MAX, to = 0;
	const char *ids = gp_sim_arg(c->r, "message_ids");
	const struct gp_sim_person *peer;
	struct gp_sim_walk w;

	c->chat = c->f->page != NULL ? c->f->page->id : 0;
	if (gp_sim_max_params(c, "i:chat_id i:from i:to i:count message_ids") ==
	    -1)
		return;
	if (ids != NULL && gp_sim_arg(c->r, "chat_id") == NULL) {
		named(c, ids, NULL);
		return;
	}
	peer = gp_sim_arg_int(c->r, "chat_id", &c->chat) == 1 && c->chat > 0
	    ? talk(c, c->chat)
	    : NULL;
	if (peer == NULL)
		c->f = gp_sim_arg(c->r, "chat_id") != NULL
		    ? gp_sim_feed_by_id(c->sim, GP_SIM_MAX, c->chat)
		    : NULL;
	if (c->f == NULL) {
		gp_sim_max_fail(c, 404, "chat.not.found", "Chat not found");
		return;
	}
	gp_sim_arg_int(c->r, "from", &from);
	gp_sim_arg_int(c->r, "to", &to);
	if (peer != NULL)
		gp_sim_walk_letters(&w, c->f, peer, 1);
	else
		gp_sim_walk_posts(&w, c->f);
	newest(c, &w, from, to);
}

static void
one(struct gp_sim_max_call *c, const struct gp_sim_note *n)
{
	if (n == NULL)
		gp_sim_max_fail(
		    c, 404, "message.not.found", "Message not found");
	else if (gp_sim_max_params(c, "") == 0)
		gp_sim_max_json_message(c, n, 1);
}

/* "" | "/MID" | "/MID/comments" | "/MID/comments/CID" */
void
gp_sim_max_messages(struct gp_sim_max_call *c, const char *path)
{
	struct gp_span mid = { path + 1, strcspn(path + 1, "/") };
	const char *rest = *path == '/' ? mid.p + mid.n : "";
	const struct gp_sim_note *post, *n;
	struct gp_sim_note tmp, own;

	if (*path == '\0') {
		posts(c);
		return;
	}
	c->chat = c->f->page != NULL ? c->f->page->id : 0;
	post = *path == '/' ? standing(c, mid, GP_SIM_POST, &tmp) : NULL;
	if (post == NULL && *rest == '\0')
		post = standing(c, mid, GP_SIM_LETTER, &tmp);
	if (post == NULL || *rest == '\0') {
		one(c, post);
	} else if (strcmp(rest, "/comments") == 0) {
		comments(c, post);
	} else if (strncmp(rest, "/comments/", 10) == 0) {
		n = standing(c, gp_span_of(rest + 10), GP_SIM_COMMENT, &own);
		one(c, n != NULL && n->post == post->id ? n : NULL);
	} else {
		gp_sim_max_fail(c, 404, "not.found", "no such path");
	}
}
