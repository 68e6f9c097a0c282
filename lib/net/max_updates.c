/*
 * What a bot of MAX hears: new, edited and removed messages of the channel and
 * of its dialogs. The marker of the last answer is the cursor; without one the
 * network gives what it likes to, so it is always kept.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "net/max.h"

struct updates {
	struct gp_max max;
	char *marker;
	int me, done;
};

static int
open_updates(struct gp_job *job, struct gp_why *why)
{
	struct updates *u = calloc(1, sizeof(*u));

	if (u == NULL)
		return gp_because(why, "no memory");
	job->own = u;
	if (job->cursor != NULL &&
	    (*job->cursor == '\0' ||
		strspn(job->cursor, "-0123456789") != strlen(job->cursor)))
		return gp_because(
		    why, "the cursor is damaged; --no-cursor starts anew");
	if (job->cursor != NULL)
		u->marker = strdup(job->cursor);
	return gp_max_open(&u->max, job, why);
}

static void
close_updates(struct gp_job *job)
{
	struct updates *u = job->own;

	gp_max_close(&u->max);
	free(u->marker);
	free(u);
	job->own = NULL;
}

static int
next_updates(struct gp_job *job, struct gp_http_req *req)
{
	struct updates *u = job->own;

	if (u->done)
		return 0;
	if (u->max.chat == NULL) {
		gp_max_who(job, &u->max, req);
		return 1;
	}
	if (!u->me) {
		gp_max_get(job, &u->max, req, "me");
		return 1;
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

/* Whose message: the channel's own, a dialog's, or of a chat that is not ours.
 */
static int
is_channel(struct updates *u, const struct gp_json_obj *recipient)
{
	return gp_span_is(
	    gp_look_id(&u->max.look, recipient, "chat_id"), u->max.chat);
}

static int
is_dialog(const struct gp_json_obj *recipient)
{
	return gp_json_is(gp_json_get(recipient, "chat_type"), "dialog");
}

static void
removed(struct gp_job *job, struct updates *u, const struct gp_json_obj *o)
{
	struct gp_span chat = gp_look_id(&u->max.look, o, "chat_id");
	struct gp_span mid = gp_look_str(&u->max.look, o, "message_id");
	int post = gp_span_is(chat, u->max.chat);
	struct gp_item it = { .type = post ? "post" : "message", .deleted = 1 };

	if (mid.n == 0 ||
	    (!post && (chat.n == 0 || *chat.p == '-' || !job->of->messages))) {
		job->skipped++;
		return;
	}
	it.id = gp_pool_fmt(&u->max.look.pool, "max:%.*s/%.*s", (int)chat.n,
	    chat.p, (int)mid.n, mid.p);
	if (!post)
		it.chat = gp_pool_fmt(
		    &u->max.look.pool, "max:%.*s", (int)chat.n, chat.p);
	it.source = gp_span_of("bot");
	gp_job_item(job, &it);
}

static void
one_update(struct gp_job *job, struct updates *u, struct gp_json v)
{
	struct gp_json_obj o = gp_look_in(&u->max.look, v);
	struct gp_json_obj m = gp_look_at(&u->max.look, &o, "message");
	struct gp_json_obj to = gp_look_at(&u->max.look, &m, "recipient");
	struct gp_json type = gp_json_get(&o, "update_type");
	int edited = gp_json_is(type, "message_edited");
	struct gp_item it;

	if (gp_json_is(type, "message_removed")) {
		removed(job, u, &o);
		return;
	}
	if ((!edited && !gp_json_is(type, "message_created")) ||
	    gp_max_mid(&u->max.look, &m).n == 0) {
		job->skipped++;
		return;
	}
	if (is_channel(u, &to) && (edited || !job->posts_elsewhere))
		gp_max_post(job, &u->max, &m, &it);
	else if (!is_channel(u, &to) && is_dialog(&to) && job->of->messages)
		gp_max_message(job, &u->max, &m, &it);
	else {
		job->skipped++;
		return;
	}
	if (edited) {
		it.edited = 1;
		it.edited_at = gp_look_int(&o, "timestamp") / 1000;
	}
	gp_job_item(job, &it);
}

static int
take_batch(struct gp_job *job, struct updates *u, const struct gp_json_obj *o)
{
	struct gp_json_obj list = gp_look_at(&u->max.look, o, "updates");
	struct gp_span marker = gp_look_id(&u->max.look, o, "marker");
	size_t i;

	if (gp_json_get(o, "updates").type != GP_JSON_ARRAY)
		return gp_job_fail(
		    job, GP_RUN_REFUSED, "updates: 'updates' is not a list");
	for (i = 0; i < list.n; i++)
		one_update(job, u, list.m[i].value);
	if (u->max.look.pool.bad)
		return gp_job_fail(job, GP_RUN_LATER, "no memory");
	/* null means: as before. */
	if (marker.n > 0 &&
	    (u->marker == NULL || !gp_span_is(marker, u->marker))) {
		free(u->marker);
		u->marker = gp_span_dup(marker);
		if (u->marker == NULL)
			return gp_job_fail(job, GP_RUN_LATER, "no memory");
		gp_job_cursor(job, marker);
	}
	if (job->want->follow || list.n > 0)
		return 0;
	u->done = 1;
	if (job->posts + job->messages + job->deleted == 0)
		job->outcome = GP_RUN_EMPTY;
	return 0;
}

static int
take_updates(struct gp_job *job, const struct gp_http_reply *reply)
{
	struct updates *u = job->own;
	const char *cursor = job->cursor;
	struct gp_json_obj o;

	if (gp_max_reply(job, &u->max, reply, "read_all_messages", &o) == -1)
		return -1;
	if (u->max.chat == NULL) {
		if (gp_max_take_who(job, &u->max, &o) == -1)
			return -1;
		if (job->cursor != cursor && job->cursor != NULL) {
			free(u->marker);
			u->marker = strdup(job->cursor);
		}
		return 0;
	}
	if (!u->me) {
		gp_max_officials(&u->max, &o);
		u->me = 1;
		return 0;
	}
	return take_batch(job, u, &o);
}

const struct gp_stream gp_max_updates = {
	.name = "updates",
	.needs = GP_BIT(GP_TOKEN_BOT),
	.follows = 1,
	.of_token = GP_OF_ALL,
	.open = open_updates,
	.next = next_updates,
	.take = take_updates,
	.close = close_updates,
};
