/*
 * What is written to a group, by long polling of the Graph Bot API, which has
 * to be subscribed to first. It has no memory.
 */

#include "net/ok.h"

struct updates {
	struct gp_ok ok;
	int subscribed, done;
};

static int
open_updates(struct gp_job *job, struct gp_why *why)
{
	struct updates *u = job->own;

	return gp_ok_open(&u->ok, job, why);
}

static void
close_updates(struct gp_job *job)
{
	struct updates *u = job->own;

	gp_ok_close(&u->ok);
}

static int
next_updates(struct gp_job *job, struct gp_http_req *req)
{
	struct updates *u = job->own;

	if (u->done)
		return 0;
	if (!u->subscribed) {
		gp_ok_graph(job, req, "me/subscribe");
		req->method = "POST";
		req->type = "application/json;charset=utf-8";
		gp_buf_adds(&req->body,
		    "{\"types\":[\"MESSAGE_CREATED\"],\"longPolling\":true}");
		return 1;
	}
	gp_ok_graph(job, req, "me/updates");
	req->timeout = 100; /* the server holds it back */
	return 1;
}

/* One event by itself, or a list of them, with a name or without. */
static int
take_events(struct gp_job *job, struct updates *u, const struct gp_json_obj *o)
{
	struct gp_json_obj list = *o, v;
	int single = gp_json_get(o, "sender").type == GP_JSON_OBJECT ||
	    gp_json_get(o, "webhookType").type == GP_JSON_STRING;
	struct gp_item it;
	size_t i;

	if (!single && o->text.n > 0 && o->text.p[0] == '{' && o->n > 0 &&
	    gp_ok_list(job, &u->ok, o, "me/updates", "updates", &list) == -1)
		return -1;
	for (i = 0; i < (single ? 1 : list.n); i++) {
		v = single ? *o : gp_look_in(&u->ok.look, list.m[i].value);
		if (gp_ok_message(job, &u->ok.look, &v, &it) == 0)
			gp_job_item(job, &it);
		else
			job->skipped++; /* of another kind */
	}
	return 0;
}

static int
take_updates(struct gp_job *job, const struct gp_http_reply *reply)
{
	struct updates *u = job->own;
	struct gp_json_obj o;

	if (gp_ok_reply(job, &u->ok, reply, &o) == -1)
		return -1;
	if (!u->subscribed) {
		if (!gp_look_true(&o, "success"))
			return gp_job_fail(job, GP_RUN_REFUSED,
			    "me/subscribe: long polling is not given");
		u->subscribed = 1;
		return 0;
	}
	if (take_events(job, u, &o) == -1)
		return -1;
	if (u->ok.look.pool.bad)
		return gp_job_fail(job, GP_RUN_LATER, "no memory");
	if (job->want->follow)
		return 0;
	u->done = 1;
	if (job->messages == 0)
		job->outcome = GP_RUN_EMPTY;
	return 0;
}

const struct gp_stream gp_ok_updates = {
	.name = "updates",
	.size = sizeof(struct updates),
	.needs = GP_BIT(GP_TOKEN_BOT),
	.follows = 2, /* it has no memory: `messages` has what was missed */
	.open = open_updates,
	.next = next_updates,
	.take = take_updates,
	.close = close_updates,
};
