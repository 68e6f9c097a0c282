/*
 * Posts by the Bot API: text with entities, one file with a caption, an album,
 * a poll; core.telegram.org/bots/api. The request that carries the files is
 * the one that others see. Nothing tells a second time from the first, and a
 * bot cannot read its channel: what is unknown is looked for on the preview
 * page, which shows public channels.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "net/publish.h"
#include "net/telegram.h"

struct publish {
	struct gp_pool pool;
	struct gp_json_reader *json;
	struct gp_multipart form;
	int in_form, done;
};

static int
open_publish(struct gp_job *job, struct gp_why *why)
{
	struct publish *p = job->own;

	gp_pool_init(&p->pool);
	p->json = gp_json_new();
	return p->json != NULL ? 0 : gp_because(why, "no memory");
}

static void
close_publish(struct gp_job *job)
{
	struct publish *p = job->own;

	gp_pool_release(&p->pool);
	gp_json_free(p->json);
}

static void
param(struct publish *p, struct gp_http_req *req, const char *key,
    struct gp_span value)
{
	if (p->in_form)
		gp_multipart_field(&p->form, req, key, value);
	else
		gp_http_param(&req->body, key, value);
}

static void
number(struct publish *p, struct gp_http_req *req, const char *key, int64_t n)
{
	param(p, req, key, gp_pool_fmt(&p->pool, "%" PRId64, n));
}

/* The channel by its number where the config has it, else by its name. */
static void
chat(struct gp_job *job, struct publish *p, struct gp_http_req *req)
{
	const struct gp_bot_conf *bot = job->of != NULL ? job->of->bot : NULL;

	param(p, req, "chat_id",
	    bot != NULL && bot->channel != NULL
		? gp_span_of(bot->channel)
		: gp_pool_fmt(&p->pool, "@%s", job->name));
}

static void
said(struct publish *p, struct gp_http_req *req, const char *key,
    const char *entities, const struct gp_said *s)
{
	struct gp_buf b;
	struct gp_jw w;

	if (s->text.n > 0)
		param(p, req, key, s->text);
	if (s->spans == 0)
		return;
	gp_buf_init(&b, 0);
	gp_jw_init(&w, &b);
	gp_said_entities(&w, s);
	param(p, req, entities, gp_buf_span(&b));
	gp_buf_release(&b);
}

/* -- what is sent ---------------------------------------------------------- */

static int
begin_form(struct gp_job *job, struct publish *p, struct gp_http_req *req)
{
	struct gp_why why;

	p->in_form = 1;
	if (gp_multipart_begin(&p->form, req, &why) == 0)
		return 0;
	return gp_act_undone(job, GP_RUN_LATER, "%s", why.msg);
}

static int
one_file(struct gp_job *job, struct publish *p, struct gp_http_req *req)
{
	const struct gp_publish *what = job->act->publish;
	int video = what->file[0].video;

	gp_tg_method(job, req, video ? "sendVideo" : "sendPhoto");
	if (begin_form(job, p, req) == -1)
		return -1;
	chat(job, p, req);
	said(p, req, "caption", "caption_entities", &what->said);
	if (video)
		param(p, req, "supports_streaming", gp_span_of("true"));
	return gp_publish_part(
	    job, &p->form, req, video ? "video" : "photo", what->file);
}

/* The caption of the first is that of the album. */
static void
media(struct gp_jw *w, const struct gp_publish *what)
{
	char name[32];
	size_t i;

	gp_jw_open(w, '[');
	for (i = 0; i < what->files; i++) {
		snprintf(name, sizeof(name), "attach://f%zu", i);
		gp_jw_open(w, '{');
		gp_jw_kstr(w, "type", what->file[i].video ? "video" : "photo");
		gp_jw_kstr(w, "media", name);
		if (i == 0 && what->said.text.n > 0)
			gp_jw_ktext(w, "caption", what->said.text);
		if (i == 0 && what->said.spans > 0) {
			gp_jw_key(w, "caption_entities");
			gp_said_entities(w, &what->said);
		}
		gp_jw_close(w, '}');
	}
	gp_jw_close(w, ']');
}

static int
album(struct gp_job *job, struct publish *p, struct gp_http_req *req)
{
	const struct gp_publish *what = job->act->publish;
	struct gp_buf b;
	struct gp_jw w;
	char name[32];
	size_t i;

	gp_tg_method(job, req, "sendMediaGroup");
	if (begin_form(job, p, req) == -1)
		return -1;
	chat(job, p, req);
	gp_buf_init(&b, 0);
	gp_jw_init(&w, &b);
	media(&w, what);
	param(p, req, "media", gp_buf_span(&b));
	gp_buf_release(&b);
	for (i = 0; i < what->files; i++) {
		snprintf(name, sizeof(name), "f%zu", i);
		if (gp_publish_part(job, &p->form, req, name, &what->file[i]) ==
		    -1)
			return -1;
	}
	return 0;
}

/* A channel's polls show nobody's name. */
static void
poll(struct gp_job *job, struct publish *p, struct gp_http_req *req)
{
	const struct gp_publish_poll *q = job->act->publish->poll;
	struct gp_buf b;
	struct gp_jw w;
	size_t i;

	gp_tg_method(job, req, "sendPoll");
	chat(job, p, req);
	param(p, req, "question", gp_span_of(q->question));
	gp_buf_init(&b, 0);
	gp_jw_init(&w, &b);
	gp_jw_open(&w, '[');
	for (i = 0; i < q->n; i++) {
		gp_jw_open(&w, '{');
		gp_jw_kstr(&w, "text", q->option[i]);
		gp_jw_close(&w, '}');
	}
	gp_jw_close(&w, ']');
	param(p, req, "options", gp_buf_span(&b));
	gp_buf_release(&b);
	if (q->multiple)
		param(p, req, "allows_multiple_answers", gp_span_of("true"));
	if (q->correct == 0)
		return;
	param(p, req, "type", gp_span_of("quiz"));
	param(p, req, "correct_option_ids",
	    gp_pool_fmt(&p->pool, "[%zu]", q->correct - 1));
	said(p, req, "explanation", "explanation_entities", &q->explanation);
}

static int
post(struct gp_job *job, struct publish *p, struct gp_http_req *req)
{
	const struct gp_publish *what = job->act->publish;

	if (what->files > 1)
		return album(job, p, req);
	if (what->files == 1)
		return one_file(job, p, req);
	if (what->poll != NULL) {
		poll(job, p, req);
		return 0;
	}
	gp_tg_method(job, req, "sendMessage");
	chat(job, p, req);
	said(p, req, "text", "entities", &what->said);
	return 0;
}

/* -- what is changed ------------------------------------------------------- */

/* Messages of an album have numbers one after another. */
static void
many(struct gp_job *job, struct publish *p, struct gp_http_req *req, int64_t id)
{
	struct gp_buf b;
	size_t i;

	gp_tg_method(job, req, "deleteMessages");
	chat(job, p, req);
	gp_buf_init(&b, 0);
	for (i = 0; i < job->act->publish->files; i++)
		gp_buf_addf(
		    &b, "%c%" PRId64, i == 0 ? '[' : ',', id + (int64_t)i);
	gp_buf_addc(&b, ']');
	param(p, req, "message_ids", gp_buf_span(&b));
	gp_buf_release(&b);
}

static int
change(struct gp_job *job, struct publish *p, struct gp_http_req *req)
{
	const struct gp_publish *what = job->act->publish;
	const char *s = gp_act_part(&p->pool, job->act->to, 1);
	int64_t id = s != NULL ? strtoll(s, NULL, 10) : 0;
	int caption = what->files > 0;

	if (id == 0)
		return gp_act_undone(job, GP_RUN_CONFIG,
		    "'%s' is no post of a channel", job->act->to);
	if (job->act->kind == GP_ACT_DELETE && what->files > 1) {
		many(job, p, req, id);
		return 0;
	}
	gp_tg_method(job, req,
	    job->act->kind == GP_ACT_DELETE      ? "deleteMessage"
		: job->act->kind == GP_ACT_CLOSE ? "stopPoll"
		: caption                        ? "editMessageCaption"
						 : "editMessageText");
	chat(job, p, req);
	number(p, req, "message_id", id);
	if (job->act->kind == GP_ACT_EDIT)
		said(p, req, caption ? "caption" : "text",
		    caption ? "caption_entities" : "entities", &what->said);
	return 0;
}

static int
next_publish(struct gp_job *job, struct gp_http_req *req)
{
	struct publish *p = job->own;

	if (p->done)
		return 0;
	p->in_form = 0;
	if (job->token[GP_TOKEN_BOT] == NULL) {
		gp_act_undone(job, GP_RUN_AUTH, "the page has no bot");
		return 0;
	}
	if ((job->act->kind == GP_ACT_POST ? post : change)(job, p, req) == -1)
		return 0;
	if (p->in_form) {
		gp_multipart_end(&p->form, req);
		req->timeout = 600;
	}
	job->act->visible = 1;
	job->act->idempotent = job->act->kind != GP_ACT_POST;
	return 1;
}

/* What Telegram says of a wish that is fulfilled already. */
static int
is_so(const struct gp_job *job)
{
	static const char *const words[] = { "message is not modified",
		"message to delete not found", "poll has already been closed" };
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strstr(job->why.msg, words[i]) != NULL)
			return 1;
	return 0;
}

static int
take_publish(struct gp_job *job, const struct gp_http_reply *reply)
{
	struct publish *p = job->own;
	struct gp_act *act = job->act;
	struct gp_json_obj o, list;
	struct gp_json result;
	int64_t id = 0;

	if (gp_tg_result(job, p->json, reply, &result) == -1) {
		/* It says no; in trouble it may have done it first. */
		act->undone = reply->status >= 400 && reply->status < 500;
		if (act->kind == GP_ACT_POST || !is_so(job))
			return -1;
		job->outcome = GP_RUN_OK;
		result = (struct gp_json){ .type = GP_JSON_BOOL };
	}
	p->done = 1;
	if (act->kind != GP_ACT_POST) {
		gp_buf_adds(&act->result, act->to);
		return 0;
	}
	gp_json_enter(p->json, result, &list);
	if (result.type == GP_JSON_ARRAY && list.n > 0)
		result = list.m[0].value;
	gp_json_enter(p->json, result, &o);
	if (gp_json_int(gp_json_get(&o, "message_id"), &id) == -1 || id == 0)
		return gp_job_fail(
		    job, GP_RUN_LATER, "the reply does not name what was made");
	gp_buf_addf(&act->result, "%s/%" PRId64, job->page, id);
	gp_buf_addf(&act->url, "https://t.me/%s/%" PRId64, job->name, id);
	return 0;
}

const struct gp_stream gp_tg_publish = {
	.name = "publish",
	.needs = GP_BIT(GP_TOKEN_BOT),
	.size = sizeof(struct publish),
	.open = open_publish,
	.next = next_publish,
	.take = take_publish,
	.close = close_publish,
};
