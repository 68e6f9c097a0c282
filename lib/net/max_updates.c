/*
 * What a bot of MAX hears: new, edited and removed messages of its channels
 * and dialogs. What is taken is taken for good, so posts of all its channels
 * are written, of whichever page the job is. The marker of the last answer is
 * the cursor; without one the network gives what it likes to, so it is always
 * kept. A bot with a webhook gets nothing here, and would not be told so.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "net/max.h"

enum phase {
	WHO,
	ME,
	HOOKS,
	UPDATES,
	DONE
};

struct updates {
	struct gp_max max;
	char *marker;
	enum phase phase;
	struct gp_max_ids channels; /* others that were met */
};

static int
open_updates(struct gp_job *job, struct gp_why *why)
{
	struct updates *u = job->own;

	if (job->cursor != NULL && !gp_max_is_number(job->cursor))
		return gp_job_damaged(why);
	if (job->cursor != NULL)
		u->marker = strdup(job->cursor);
	if (gp_max_open(&u->max, job, why) == -1)
		return -1;
	u->phase = u->max.chat != NULL ? ME : WHO;
	return 0;
}

static void
close_updates(struct gp_job *job)
{
	struct updates *u = job->own;

	gp_max_close(&u->max);
	gp_max_ids_release(&u->channels);
	free(u->marker);
}

static int
next_updates(struct gp_job *job, struct gp_http_req *req)
{
	struct updates *u = job->own;

	switch (u->phase) {
	case WHO:
		gp_max_who(job, &u->max, req);
		return 1;
	case ME:
		gp_max_get(job, &u->max, req, "me");
		return 1;
	case HOOKS:
		gp_max_get(job, &u->max, req, "subscriptions");
		return 1;
	case UPDATES:
		break;
	case DONE:
		return 0;
	}
	gp_max_get(job, &u->max, req, "updates");
	gp_max_number(req, "limit", 1000);
	gp_max_number(req, "timeout", job->want->follow ? 50 : 0);
	if (u->marker != NULL)
		gp_http_param(&req->url, "marker", gp_span_of(u->marker));
	gp_http_param(&req->url, "types",
	    gp_span_of("message_created,message_edited,message_removed"));
	req->timeout = job->want->follow ? 60 : 0;
	return 1;
}

/* The page's own channel, or another one that was met. */
static int
is_channel(const struct updates *u, struct gp_span chat)
{
	return gp_span_is(chat, u->max.chat) ||
	    gp_max_ids_have(&u->channels, chat);
}

static struct gp_span
page_of(struct updates *u, struct gp_span chat)
{
	return gp_pool_fmt(&u->max.look.pool, "max:%.*s", (int)chat.n,
	    chat.n > 0 ? chat.p : "");
}

static void
removed(struct gp_job *job, struct updates *u, const struct gp_json_obj *o)
{
	struct gp_span chat = gp_look_id(&u->max.look, o, "chat_id");
	struct gp_span mid = gp_look_str(&u->max.look, o, "message_id");
	int post = is_channel(u, chat);
	struct gp_item it = { .type = post ? "post" : "message", .deleted = 1 };

	if (mid.n == 0 ||
	    (!post && (chat.n == 0 || *chat.p == '-' || !job->of->messages))) {
		job->skipped++;
		return;
	}
	*(post ? &it.page : &it.chat) = page_of(u, chat);
	it.id = gp_pool_fmt(&u->max.look.pool, "max:%.*s/%.*s", (int)chat.n,
	    chat.p, (int)mid.n, mid.p);
	it.source = gp_span_of("bot");
	gp_job_item(job, &it);
}

/* A post of any channel, a message of a dialog. 0: it is neither, or not to be
 * read here. */
static int
said(struct gp_job *job, struct updates *u, const struct gp_json_obj *m,
    int edited, struct gp_item *it)
{
	struct gp_json_obj to = gp_look_at(&u->max.look, m, "recipient");
	struct gp_span chat = gp_look_id(&u->max.look, &to, "chat_id");
	struct gp_json type = gp_json_get(&to, "chat_type");
	int own = gp_span_is(chat, u->max.chat);

	if (!own && gp_json_is(type, "channel"))
		gp_max_ids_add(&u->channels, chat);
	if (own || gp_json_is(type, "channel")) {
		struct gp_span page = page_of(u, chat);

		if (page.n == 0 || (own && !edited && job->posts_elsewhere))
			return 0;
		gp_max_post(&u->max, page.p, m, it);
		it->page = page;
		return 1;
	}
	if (!gp_json_is(type, "dialog") || !job->of->messages)
		return 0;
	gp_max_message(&u->max, m, it);
	return 1;
}

static int
one_update(struct gp_job *job, struct updates *u,
    const struct gp_json_obj *list, size_t i)
{
	struct gp_json_obj o = gp_look_in(&u->max.look, list->m[i].value);
	struct gp_json_obj m = gp_look_at(&u->max.look, &o, "message");
	struct gp_json type = gp_json_get(&o, "update_type");
	int edited = gp_json_is(type, "message_edited");
	struct gp_item it;

	if (type.type != GP_JSON_STRING)
		return gp_job_fail(job, GP_RUN_REFUSED,
		    "updates: updates[%zu] has no 'update_type'", i);
	if (gp_json_is(type, "message_removed")) {
		removed(job, u, &o);
		return 0;
	}
	if ((!edited && !gp_json_is(type, "message_created")) ||
	    !said(job, u, &m, edited, &it)) {
		job->skipped++;
		return 0;
	}
	if (gp_max_mid(&u->max.look, &m).n == 0)
		return gp_job_fail(job, GP_RUN_REFUSED,
		    "updates: updates[%zu] has no 'message.body.mid'", i);
	if (edited) {
		it.edited = 1;
		it.edited_at = gp_look_int(&o, "timestamp") / 1000;
	}
	gp_job_item(job, &it);
	return 0;
}

/* 1: it leads on; 0: it is null or as it was; -1: the job has failed. */
static int
keep_marker(struct gp_job *job, struct updates *u, struct gp_span marker)
{
	if (marker.n == 0 ||
	    (u->marker != NULL && gp_span_is(marker, u->marker)))
		return 0;
	free(u->marker);
	u->marker = gp_span_dup(marker);
	if (u->marker == NULL)
		return gp_job_fail(job, GP_RUN_LATER, "no memory");
	if (!gp_max_is_number(u->marker))
		return gp_job_fail(
		    job, GP_RUN_REFUSED, "updates: 'marker' is not a number");
	gp_job_cursor(job, marker);
	return 1;
}

static int
take_batch(struct gp_job *job, struct updates *u, const struct gp_json_obj *o)
{
	struct gp_span marker = gp_look_id(&u->max.look, o, "marker");
	struct gp_json_obj list;
	size_t i;
	int on;

	if (gp_max_list(job, &u->max, o, "updates", "updates", &list) == -1)
		return -1;
	for (i = 0; i < list.n; i++)
		if (one_update(job, u, &list, i) == -1)
			return -1;
	if (u->max.look.pool.bad)
		return gp_job_fail(job, GP_RUN_LATER, "no memory");
	on = keep_marker(job, u, marker);
	if (on == -1)
		return -1;
	/* The same marker again would bring the same again. */
	if (job->want->follow || (list.n > 0 && on))
		return 0;
	u->phase = DONE;
	if (job->posts + job->messages + job->deleted == 0)
		job->outcome = GP_RUN_EMPTY;
	return 0;
}

/* The number is known, and with it the cursor. */
static int
who(struct gp_job *job, struct updates *u, const struct gp_json_obj *o)
{
	const char *cursor = job->cursor;

	u->phase = ME;
	if (gp_max_take_who(job, &u->max, o) == -1)
		return -1;
	if (job->cursor != cursor && job->cursor != NULL) {
		free(u->marker);
		u->marker = strdup(job->cursor);
	}
	return 0;
}

static int
hooks(struct gp_job *job, struct updates *u, const struct gp_json_obj *o)
{
	struct gp_json_obj list, hook;
	struct gp_span url;

	u->phase = UPDATES;
	if (gp_max_list(
		job, &u->max, o, "subscriptions", "subscriptions", &list) == -1)
		return -1;
	if (list.n == 0)
		return 0;
	hook = gp_look_in(&u->max.look, list.m[0].value);
	url = gp_look_str(&u->max.look, &hook, "url");
	return gp_job_fail(job, GP_RUN_CONFIG,
	    "a webhook takes the updates of this bot (%.*s): delete it, or "
	    "read them there",
	    (int)url.n, url.n > 0 ? url.p : "");
}

static int
take_updates(struct gp_job *job, const struct gp_http_reply *reply)
{
	struct updates *u = job->own;
	struct gp_json_obj o;

	if (gp_max_reply(job, &u->max, reply, "read_all_messages", &o) == -1)
		return -1;
	switch (u->phase) {
	case WHO:
		return who(job, u, &o);
	case ME:
		u->phase = HOOKS;
		return gp_max_me(job, &u->max, &o);
	case HOOKS:
		return hooks(job, u, &o);
	case UPDATES:
	case DONE:
		break;
	}
	return take_batch(job, u, &o);
}

const struct gp_stream gp_max_updates = {
	.name = "updates",
	.size = sizeof(struct updates),
	.needs = GP_BIT(GP_TOKEN_BOT),
	.follows = 1,
	.of_token = GP_OF_ALL,
	.open = open_updates,
	.next = next_updates,
	.take = take_updates,
	.close = close_updates,
};
