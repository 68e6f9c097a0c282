/*
 * Answers on OK: discussions.addDiscussionComment as the group, and the Graph
 * Bot API for its messages. OK knows no key to tell a second time by, so what
 * is unknown is looked for among the newest of the discussion or talk.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "net/act.h"
#include "net/ok.h"

enum {
	LOOKED = 100 /* of a talk, at a time */
};

struct act {
	struct gp_ok ok;
	char *anchor; /* of the list that is looked through; NULL: its start */
	gp_instant oldest; /* of a talk, that was seen; 0: none was */
	int unsure;        /* something of the page that may be it was seen */
	int pages, done;
};

static int
open_act(struct gp_job *job, struct gp_why *why)
{
	struct act *a = job->own;

	return gp_ok_open(&a->ok, job, why);
}

static void
close_act(struct gp_job *job)
{
	struct act *a = job->own;

	free(a->anchor);
	gp_ok_close(&a->ok);
}

static const char *
part(struct act *a, const char *id, int place)
{
	return gp_act_part(&a->ok.look.pool, id, place);
}

/* "ok:55/imC1/mid": the talk C1. */
static const char *
talk(struct act *a, const char *id)
{
	const char *s = part(a, id, 1);

	return s != NULL && strncmp(s, "im", 2) == 0 ? s + 2 : NULL;
}

/* 1: the tokens for it are there; else the act has failed. */
static int
may(struct gp_job *job)
{
	int private = job->act->kind == GP_ACT_MESSAGE;

	if (private ? job->token[GP_TOKEN_BOT] != NULL
		    : job->token[GP_TOKEN_ACCESS] != NULL &&
		    job->of->application_key != NULL &&
		    (job->token[GP_TOKEN_SESSION] != NULL ||
			job->token[GP_TOKEN_APPLICATION] != NULL))
		return 1;
	gp_act_undone(job, GP_RUN_AUTH,
	    private ? "the page has no token 'bot'"
		    : "the page has no token 'access' with what signs its "
		      "calls (application_key, and 'session' or "
		      "'application')");
	return 0;
}

static void
graph(struct gp_job *job, struct act *a, struct gp_http_req *req)
{
	struct gp_buf path;

	gp_buf_init(&path, 0);
	gp_buf_addf(&path, "me/messages/chat:%s", talk(a, job->act->to));
	gp_ok_graph(job, req, gp_buf_str(&path));
	gp_buf_release(&path);
}

static void
letter(struct gp_job *job, struct act *a, struct gp_http_req *req)
{
	struct gp_jw w;

	graph(job, a, req);
	req->method = "POST";
	req->type = "application/json;charset=utf-8";
	gp_jw_init(&w, &req->body);
	gp_jw_open(&w, '{');
	gp_jw_key(&w, "recipient");
	gp_jw_open(&w, '{');
	gp_jw_key(&w, "chat_id");
	gp_buf_addf(&req->body, "\"chat:%s\"", talk(a, job->act->to));
	gp_jw_close(&w, '}');
	gp_jw_key(&w, "message");
	gp_jw_open(&w, '{');
	gp_jw_ktext(&w, "text", job->act->text);
	gp_jw_close(&w, '}');
	gp_jw_close(&w, '}');
}

static int
next_act(struct gp_job *job, struct gp_http_req *req)
{
	struct gp_ok_call call = { .n = 0 };
	struct gp_act *act = job->act;
	struct act *a = job->own;

	if (a->done || act->kind == GP_ACT_WHO || !may(job))
		return 0;
	if (!gp_act_of_page(job)) {
		gp_act_undone(job, GP_RUN_CONFIG, "'%s' is not of the page %s",
		    act->to, job->page);
		return 0;
	}
	if (act->kind == GP_ACT_MESSAGE ? talk(a, act->to) == NULL
					: part(a, act->to, 2) == NULL) {
		gp_act_undone(job, GP_RUN_CONFIG,
		    "'%s' is nothing that can be answered on OK", act->to);
		return 0;
	}
	act->visible = 1;
	if (act->kind == GP_ACT_MESSAGE) {
		letter(job, a, req);
		return 1;
	}
	gp_ok_param(&call, "entityId", part(a, act->to, 1));
	gp_ok_param(&call, "entityType", "GROUP_TOPIC");
	gp_ok_param(
	    &call, "comment", gp_pool_copy(&a->ok.look.pool, act->text).p);
	gp_ok_param(&call, "reply_to_comment_id", part(a, act->to, 2));
	gp_ok_param(&call, "as_admin", "true");
	gp_ok_request(
	    job, &a->ok, req, "discussions.addDiscussionComment", &call);
	return 1;
}

static void
put_result(struct gp_job *job, struct act *a, struct gp_span id)
{
	struct gp_act *act = job->act;

	if (act->kind == GP_ACT_MESSAGE) {
		gp_buf_addf(&act->result, "%s/im%s/%.*s", job->page,
		    talk(a, act->to), (int)id.n, id.p);
		return;
	}
	gp_buf_addf(&act->result, "%s/%s/%.*s", job->page, part(a, act->to, 1),
	    (int)id.n, id.p);
	gp_buf_addf(&act->url, "https://ok.ru/group/%s/topic/%s", job->name,
	    part(a, act->to, 1));
}

/* What it answers to what was made: a bare string or number, or an object. */
static struct gp_span
made(struct act *a, const struct gp_http_reply *reply)
{
	static const char *const keys[] = { "message_id", "comment_id", "id" };
	struct gp_span s = gp_buf_span(&reply->body), none = { NULL, 0 };
	struct gp_json_obj o;
	size_t i;

	while (s.n > 0 && (unsigned char)s.p[s.n - 1] <= ' ')
		s.n--;
	if (s.n > 2 && s.p[0] == '"' && s.p[s.n - 1] == '"')
		return gp_ok_bare((struct gp_span){ s.p + 1, s.n - 2 });
	if (s.n > 0 && s.p[0] >= '0' && s.p[0] <= '9')
		return s;
	if (gp_look_open(&a->ok.look, s, &o, NULL) == -1)
		return none;
	for (i = 0; i < 3; i++)
		if (gp_json_get(&o, keys[i]).type != GP_JSON_NONE)
			return gp_ok_id(&a->ok.look, &o, keys[i]);
	return none;
}

static int
take_act(struct gp_job *job, const struct gp_http_reply *reply)
{
	int code = gp_ok_error(gp_buf_span(&reply->body));
	struct act *a = job->own;
	struct gp_json_obj o;
	struct gp_span id;

	if (code != 0 || reply->status != 200) {
		/* 1 and 2: it broke within OK, perhaps behind the act. */
		job->act->undone = code > 2 ||
		    (code == 0 && reply->status >= 400 && reply->status < 500);
		if (gp_ok_reply(job, &a->ok, reply, &o) == 0)
			gp_job_fail(job, GP_RUN_LATER, "OK is in trouble");
		return -1;
	}
	id = made(a, reply);
	if (id.n == 0)
		return gp_job_fail(
		    job, GP_RUN_LATER, "the reply does not name what was made");
	put_result(job, a, id);
	a->done = 1;
	return 0;
}

static int
next_seek(struct gp_job *job, struct gp_http_req *req)
{
	struct gp_ok_call call = { .n = 0 };
	struct act *a = job->own;

	if (a->done || !may(job))
		return 0;
	if (job->act->kind == GP_ACT_MESSAGE) {
		graph(job, a, req);
		gp_http_param(&req->url, "count", gp_span_of("100"));
		/* Not before the end of the second that was reached. */
		if (a->oldest != 0)
			gp_http_param(&req->url, "from",
			    gp_pool_fmt(&a->ok.look.pool, "%" PRId64,
				a->oldest * 1000 + 999));
		return 1;
	}
	gp_ok_param(&call, "discussionId", part(a, job->act->to, 1));
	gp_ok_param(&call, "discussionType", "GROUP_TOPIC");
	gp_ok_param(&call, "anchor", a->anchor != NULL ? a->anchor : "FIRST");
	gp_ok_param(&call, "direction", "FORWARD");
	gp_ok_param(&call, "count", "100");
	gp_ok_param(&call, "mark_as_read", "false");
	gp_ok_request(job, &a->ok, req, "discussions.getComments", &call);
	return 1;
}

/* 1: it is what was sent; -1: it may be. */
static int
is_ours(struct gp_job *job, struct act *a, const struct gp_item *it)
{
	const struct gp_act *act = job->act;

	if (!it->author.official || it->deleted || gp_act_before(act, it->at) ||
	    (act->kind == GP_ACT_COMMENT && !gp_span_is(it->parent, act->to)))
		return 0;
	return gp_act_judge(
	    act, gp_pool_copy(&a->ok.look.pool, it->id).p, it->text);
}

/* 1: it is among these; the oldest instant of them is noted. */
static int
among(struct gp_job *job, struct act *a, const struct gp_json_obj *list,
    gp_instant *oldest)
{
	int private = job->act->kind == GP_ACT_MESSAGE;
	struct gp_json_obj in;
	struct gp_item it;
	int ours;
	size_t i;

	for (i = 0; i < list->n; i++) {
		in = gp_look_in(&a->ok.look, list->m[i].value);
		if (private) {
			if (gp_ok_message(job, &a->ok.look, &in, &it) == -1)
				continue;
		} else {
			gp_ok_comment(job, &a->ok.look, &in,
			    part(a, job->act->to, 1), &it);
		}
		job->act->met |= gp_span_is(it.id, job->act->to) && !it.deleted;
		if (it.at != 0 && (*oldest == 0 || it.at < *oldest))
			*oldest = it.at;
		ours = is_ours(job, a, &it);
		a->unsure |= ours == -1;
		if (ours != 1)
			continue;
		job->act->found = GP_SEEK_FOUND;
		gp_buf_add(&job->act->result, it.id.p, it.id.n);
		gp_buf_add(&job->act->url, it.url.p, it.url.n);
		return 1;
	}
	return 0;
}

/* Whether a talk is to be read on: not where no page leads further back. */
static int
reads_on(const struct gp_job *job, struct act *a, size_t n, gp_instant oldest)
{
	if (n < LOOKED || gp_act_before(job->act, oldest))
		return 0;
	a->unsure |= oldest == a->oldest || ++a->pages == GP_SEEK_PAGES;
	a->oldest = oldest;
	return !a->unsure;
}

/* A talk comes from the newest on; a discussion only from its first comment,
 * so it is read to its end. */
static int
take_seek(struct gp_job *job, const struct gp_http_reply *reply)
{
	static const char method[] = "discussions.getComments";
	int private = job->act->kind == GP_ACT_MESSAGE, more;
	struct act *a = job->own;
	struct gp_json_obj o, list;
	gp_instant oldest = 0;

	if (gp_ok_reply(job, &a->ok, reply, &o) == -1 ||
	    gp_ok_list(job, &a->ok, &o, private ? "me/messages" : method,
		private ? "messages" : "comments", &list) == -1)
		return -1;
	if (among(job, a, &list, &oldest)) {
		a->done = 1;
		return 0;
	}
	more = private
	    ? reads_on(job, a, list.n, oldest)
	    : gp_ok_more(job, &a->ok, &o, method, list.n, &a->anchor);
	if (more == -1)
		return -1;
	a->done = !more;
	if (!more && !a->unsure)
		gp_act_absent(job->act);
	return 0;
}

#define NEEDS (GP_BIT(GP_TOKEN_ACCESS) | GP_BIT(GP_TOKEN_BOT))

const struct gp_stream gp_ok_act = {
	.name = "act",
	.needs = NEEDS,
	.size = sizeof(struct act),
	.open = open_act,
	.next = next_act,
	.take = take_act,
	.close = close_act,
};

const struct gp_stream gp_ok_seek = {
	.name = "seek",
	.needs = NEEDS,
	.size = sizeof(struct act),
	.open = open_act,
	.next = next_seek,
	.take = take_seek,
	.close = close_act,
};
