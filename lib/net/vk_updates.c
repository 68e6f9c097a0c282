/*
 * Events of a community by Bots Long Poll. The server's address and key are
 * asked for, then events from a number on, which is the cursor. The network
 * keeps them for a short time: when it says that some are gone, that is a gap,
 * which the streams of posts, comments and messages fill.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "net/vk.h"

#define KINDS (GP_BIT(GP_TOKEN_COMMUNITY))

struct updates {
	struct gp_vk vk;
	char *server, *key, *ts;
	int done, lost;
	int told; /* the cursor of this run is out */
	int keys; /* asked for in a row */
};

static int
open_updates(struct gp_job *job, struct gp_why *why)
{
	struct updates *u = job->own;

	if (gp_vk_open(&u->vk, job, why) == -1)
		return -1;
	u->told = job->cursor != NULL;
	if (job->cursor == NULL)
		return 0;
	if (strspn(job->cursor, "0123456789") != strlen(job->cursor))
		return gp_job_damaged(why);
	u->ts = strdup(job->cursor);
	return u->ts != NULL ? 0 : gp_because(why, "no memory");
}

static void
close_updates(struct gp_job *job)
{
	struct updates *u = job->own;

	gp_vk_close(&u->vk);
	gp_secret_free(u->key);
	free(u->server);
	free(u->ts);
}

static int
next_updates(struct gp_job *job, struct gp_http_req *req)
{
	struct updates *u = job->own;
	struct gp_vk_call c = { .method = "groups.getLongPollServer" };

	if (u->done)
		return 0;
	if (u->vk.group == 0) {
		gp_vk_who(job, req, KINDS);
		return 1;
	}
	if (u->key == NULL) {
		gp_vk_int(&c, "group_id", u->vk.group);
		gp_vk_request(job, req, KINDS, &c, 1);
		req->hide = "key";
		return 1;
	}
	gp_buf_adds(&req->url, u->server);
	gp_http_param(&req->url, "act", gp_span_of("a_check"));
	gp_http_param(&req->url, "key", gp_span_of(u->key));
	gp_http_param(&req->url, "ts", gp_span_of(u->ts));
	gp_http_param(
	    &req->url, "wait", gp_span_of(job->want->follow ? "25" : "1"));
	req->secret = u->key;
	req->timeout = 40;
	req->ca_file = job->conf->ca_file;
	return 1;
}

static char *
dup_id(struct gp_vk *vk, const struct gp_json_obj *o, const char *key)
{
	struct gp_span s = gp_look_id(&vk->look, o, key);

	return s.n > 0 ? gp_span_dup(s) : NULL;
}

static int
take_server(
    struct gp_job *job, struct updates *u, const struct gp_http_reply *reply)
{
	struct gp_json_obj o;
	struct gp_json v;

	if (gp_vk_response(job, &u->vk, reply, &v) == -1)
		return -1;
	o = gp_look_in(&u->vk.look, v);
	free(u->server);
	u->server = gp_span_dup(gp_look_str(&u->vk.look, &o, "server"));
	u->key = dup_id(&u->vk, &o, "key");
	if (u->ts == NULL)
		u->ts = dup_id(&u->vk, &o, "ts");
	if (u->server == NULL || u->key == NULL || u->ts == NULL ||
	    strspn(u->ts, "0123456789") != strlen(u->ts))
		return gp_job_fail(job, GP_RUN_REFUSED,
		    "groups.getLongPollServer: no 'server', 'key' or 'ts'");
	if (++u->keys > 3)
		return gp_job_fail(job, GP_RUN_LATER,
		    "long polling asks for one key after another");
	return 0;
}

static void
comment_of(struct updates *u, const struct gp_json_obj *o, struct gp_item *it)
{
	struct gp_vk_under under;
	struct gp_vk_said said;

	gp_vk_under(&u->vk, gp_look_int(o, "post_id"), &under);
	gp_vk_said(&u->vk, gp_json_of(o), &said);
	gp_vk_comment(&u->vk, &said, &under, NULL, it);
}

/* What an event tells; the words are VK's. */
static void
post_event(struct updates *u, const struct gp_json_obj *o, struct gp_item *it)
{
	gp_vk_post(&u->vk, o, NULL, it);
}

static void
reply_event(struct updates *u, const struct gp_json_obj *o, struct gp_item *it)
{
	comment_of(u, o, it);
}

static void
edit_event(struct updates *u, const struct gp_json_obj *o, struct gp_item *it)
{
	comment_of(u, o, it);
	it->edited = 1; /* the event does not say when */
}

static void
delete_event(struct updates *u, const struct gp_json_obj *o, struct gp_item *it)
{
	comment_of(u, o, it);
	it->deleted = 1;
	it->at = 0;
	it->text = (struct gp_span){ NULL, 0 };
}

/* Since 5.103 the message stands within; before, it is the object itself. */
static void
message_event(
    struct updates *u, const struct gp_json_obj *o, struct gp_item *it)
{
	struct gp_json_obj in = gp_look_at(&u->vk.look, o, "message");

	gp_vk_message(&u->vk, in.n > 0 ? &in : o, NULL, it);
}

static const struct {
	const char *type;
	void (*read)(
	    struct updates *, const struct gp_json_obj *, struct gp_item *);
	enum {
		POST,
		COMMENT,
		MESSAGE
	} what;
	int new; /* another stream has it, with names */
} kinds[] = {
	{ "wall_post_new", post_event, POST, 1 },
	{ "wall_repost", post_event, POST, 0 },
	{ "wall_reply_new", reply_event, COMMENT, 1 },
	{ "wall_reply_edit", edit_event, COMMENT, 0 },
	{ "wall_reply_restore", reply_event, COMMENT, 0 },
	{ "wall_reply_delete", delete_event, COMMENT, 0 },
	{ "message_new", message_event, MESSAGE, 1 },
	{ "message_reply", message_event, MESSAGE, 1 },
	{ "message_edit", message_event, MESSAGE, 0 },
};

static int
unwanted(const struct gp_job *job, size_t i, const struct gp_json_obj *o)
{
	switch (kinds[i].what) {
	case POST:
		return kinds[i].new && job->posts_elsewhere;
	case COMMENT:
		return gp_look_int(o, "post_id") == 0 ||
		    (kinds[i].new && job->comments_elsewhere);
	case MESSAGE:
		break;
	}
	return !job->of->messages || (kinds[i].new && job->messages_elsewhere);
}

static void
one_update(struct gp_job *job, struct updates *u, struct gp_json v)
{
	struct gp_json_obj update = gp_look_in(&u->vk.look, v);
	struct gp_json_obj o = gp_look_at(&u->vk.look, &update, "object");
	struct gp_json type = gp_json_get(&update, "type");
	struct gp_item it;
	size_t i;

	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (gp_json_is(type, kinds[i].type))
			break;
	if (i == sizeof(kinds) / sizeof(kinds[0]) || o.n == 0 ||
	    unwanted(job, i, &o)) {
		job->skipped++;
		return;
	}
	kinds[i].read(u, &o, &it);
	it.source = gp_span_of("longpoll");
	gp_job_item(job, &it);
}

/* The key is old, or events are gone. 0, or -1: the job has failed. */
static int
failed(struct gp_job *job, struct updates *u, int64_t how,
    const struct gp_json_obj *o)
{
	char *ts;

	if (how == 2 || how == 3) {
		gp_secret_free(u->key);
		u->key = NULL;
	}
	if (how == 3) {
		free(u->ts);
		u->ts = NULL;
	} else if (how == 1) {
		ts = dup_id(&u->vk, o, "ts");
		if (ts == NULL)
			return gp_job_fail(job, GP_RUN_REFUSED,
			    "long polling: failed 1 without 'ts'");
		free(u->ts);
		u->ts = ts;
		u->told = 0;
	} else if (how != 2) {
		return gp_job_fail(
		    job, GP_RUN_REFUSED, "long polling: failed %" PRId64, how);
	}
	u->lost |= how != 2;
	return 0;
}

static void
finish(struct gp_job *job, struct updates *u)
{
	u->done = 1;
	if (u->lost)
		gp_job_fail(job, GP_RUN_PARTIAL,
		    "VK no longer had all events since the last run: the "
		    "streams posts, comments and messages have what is "
		    "missing");
	else if (job->posts + job->comments + job->messages + job->deleted == 0)
		job->outcome = GP_RUN_EMPTY;
}

static int
take_events(
    struct gp_job *job, struct updates *u, const struct gp_http_reply *reply)
{
	struct gp_json_obj o, list;
	struct gp_why why;
	int64_t how;
	char *ts;
	size_t i;

	if (reply->status != 200 ||
	    gp_look_open(&u->vk.look, gp_buf_span(&reply->body), &o, &why) ==
		-1)
		return gp_job_fail(job, GP_RUN_LATER,
		    "long polling: the reply is none (%d)", reply->status);
	how = gp_look_int(&o, "failed");
	if (how != 0)
		return failed(job, u, how, &o);
	list = gp_look_at(&u->vk.look, &o, "updates");
	ts = dup_id(&u->vk, &o, "ts");
	if (ts == NULL)
		return gp_job_fail(job, GP_RUN_REFUSED,
		    "long polling: no 'ts' and no 'failed'");
	u->keys = 0;
	for (i = 0; i < list.n; i++)
		one_update(job, u, list.m[i].value);
	free(u->ts);
	u->ts = ts;
	if (u->vk.look.pool.bad)
		return gp_job_fail(job, GP_RUN_LATER, "no memory");
	/* Also where nothing came: without a number to go on from, the next
	 * run would begin at its own time. Once is enough. */
	if (list.n > 0 || !u->told) {
		gp_job_cursor(job, gp_span_of(u->ts));
		u->told = 1;
	}
	if (list.n == 0 && !job->want->follow)
		finish(job, u);
	return 0;
}

static int
take_updates(struct gp_job *job, const struct gp_http_reply *reply)
{
	struct updates *u = job->own;
	char *cursor = job->cursor;

	if (u->vk.group == 0) {
		if (gp_vk_take_who(job, &u->vk, reply) == -1)
			return -1;
		if (job->cursor != NULL && job->cursor != cursor)
			u->ts = strdup(job->cursor);
		return 0;
	}
	if (u->key == NULL)
		return take_server(job, u, reply);
	return take_events(job, u, reply);
}

const struct gp_stream gp_vk_updates = {
	.name = "updates",
	.size = sizeof(struct updates),
	.needs = KINDS,
	.follows = 1,
	.of_token = GP_OF_PAGE,
	.open = open_updates,
	.next = next_updates,
	.take = take_updates,
	.close = close_updates,
};
