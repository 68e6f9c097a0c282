/*
 * Answers by the Bot API: sendMessage with reply_parameters, to the linked
 * group or to a private chat. Telegram knows no key by which to tell a second
 * time, and a bot cannot read its own messages: what is unknown stays so until
 * a person decides.
 */
#include <inttypes.h>
#include <stdlib.h>

#include "net/act.h"
#include "net/telegram.h"

struct act {
	struct gp_pool pool;
	struct gp_json_reader *json;
	int done;
};

static int
open_act(struct gp_job *job, struct gp_why *why)
{
	struct act *a = job->own;

	gp_pool_init(&a->pool);
	a->json = gp_json_new();
	return a->json != NULL ? 0 : gp_because(why, "no memory");
}

static void
close_act(struct gp_job *job)
{
	struct act *a = job->own;

	gp_pool_release(&a->pool);
	gp_json_free(a->json);
}

static int
next_act(struct gp_job *job, struct gp_http_req *req)
{
	struct act *a = job->own;
	const char *chat = gp_act_part(&a->pool, job->act->to, 0);
	const char *message = gp_act_part(&a->pool, job->act->to, 1);
	struct gp_buf reply;
	struct gp_jw w;

	if (a->done || job->act->kind == GP_ACT_WHO)
		return 0;
	if (job->token[GP_TOKEN_BOT] == NULL) {
		gp_act_undone(job, GP_RUN_AUTH, "the page has no bot");
		return 0;
	}
	if (chat == NULL || message == NULL || strtoll(chat, NULL, 10) == 0) {
		gp_act_undone(job, GP_RUN_CONFIG,
		    "'%s' is no message of a chat that a bot can answer",
		    job->act->to);
		return 0;
	}
	gp_tg_method(job, req, "sendMessage");
	gp_http_param(&req->body, "chat_id", gp_span_of(chat));
	gp_http_param(&req->body, "text", job->act->text);
	gp_buf_init(&reply, 0);
	gp_jw_init(&w, &reply);
	gp_jw_open(&w, '{');
	gp_jw_kint(&w, "message_id", strtoll(message, NULL, 10));
	gp_jw_close(&w, '}');
	gp_http_param(&req->body, "reply_parameters", gp_buf_span(&reply));
	gp_buf_release(&reply);
	job->act->visible = 1;
	return 1;
}

static int
take_act(struct gp_job *job, const struct gp_http_reply *reply)
{
	struct act *a = job->own;
	struct gp_json_obj o;
	struct gp_json result;
	int64_t id = 0;

	if (gp_tg_result(job, a->json, reply, &result) == -1) {
		/* It says no; in trouble it may have done it first. */
		job->act->undone = reply->status >= 400 && reply->status < 500;
		return -1;
	}
	gp_json_enter(a->json, result, &o);
	if (gp_json_int(gp_json_get(&o, "message_id"), &id) == -1 || id == 0)
		return gp_job_fail(
		    job, GP_RUN_LATER, "the reply does not name what was made");
	gp_buf_addf(&job->act->result, "telegram:%s/%" PRId64,
	    gp_act_part(&a->pool, job->act->to, 0), id);
	a->done = 1;
	return 0;
}

const struct gp_stream gp_tg_act = {
	.name = "act",
	.needs = GP_BIT(GP_TOKEN_BOT),
	.size = sizeof(struct act),
	.open = open_act,
	.next = next_act,
	.take = take_act,
	.close = close_act,
};
