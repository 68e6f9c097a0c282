/*
 * Answers on MAX: a comment under a post of the channel, or a message of a
 * dialog, both with a link to what they answer. MAX knows no key to tell a
 * second time by, so what is unknown is looked for among the newest.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "net/act.h"
#include "net/max.h"

struct act {
	struct gp_max max;
	int done;
	/* Of the look-up: what was met last, in ms and by its number. */
	int64_t oldest, seq;
	int by_seq, refuted; /* what `before` is, how many it is not */
	int pages, unsure;
};

static int
open_act(struct gp_job *job, struct gp_why *why)
{
	struct act *a = job->own;

	return gp_max_open(&a->max, job, why);
}

static void
close_act(struct gp_job *job)
{
	struct act *a = job->own;

	gp_max_close(&a->max);
}

static const char *
part(struct act *a, const char *id, int place)
{
	return gp_act_part(&a->max.look.pool, id, place);
}

/* Where comments of a post stand; messages of a chat are told by a parameter. */
static void
path_of(struct gp_job *job, struct act *a, struct gp_buf *path)
{
	gp_buf_adds(path, "messages");
	if (job->act->kind == GP_ACT_MESSAGE)
		return;
	gp_buf_addc(path, '/');
	gp_max_escape(path, part(a, job->act->to, 1));
	gp_buf_adds(path, "/comments");
}

static void
call(struct gp_job *job, struct act *a, struct gp_http_req *req)
{
	struct gp_buf path;

	gp_buf_init(&path, 0);
	path_of(job, a, &path);
	gp_max_get(job, &a->max, req, gp_buf_str(&path));
	gp_buf_release(&path);
	if (job->act->kind == GP_ACT_MESSAGE)
		gp_http_param(
		    &req->url, "chat_id", gp_span_of(part(a, job->act->to, 0)));
}

static int
next_act(struct gp_job *job, struct gp_http_req *req)
{
	int private = job->act->kind == GP_ACT_MESSAGE;
	struct act *a = job->own;
	const char *mid;
	struct gp_jw w;

	if (a->max.chat == NULL) {
		gp_max_who(job, &a->max, req);
		return 1;
	}
	if (a->done || job->act->kind == GP_ACT_WHO)
		return 0;
	/* A dialog has a number of its own. */
	if (!private && !gp_act_of_page(job)) {
		gp_act_undone(job, GP_RUN_CONFIG, "'%s' is not of the page %s",
		    job->act->to, job->page);
		return 0;
	}
	mid = part(a, job->act->to, private ? 1 : 2);
	if (mid == NULL) {
		gp_act_undone(job, GP_RUN_CONFIG,
		    "'%s' is nothing that can be answered on MAX",
		    job->act->to);
		return 0;
	}
	call(job, a, req);
	req->method = "POST";
	req->type = "application/json";
	gp_jw_init(&w, &req->body);
	gp_jw_open(&w, '{');
	gp_jw_ktext(&w, "text", job->act->text);
	gp_jw_key(&w, "link");
	gp_jw_open(&w, '{');
	gp_jw_kstr(&w, "type", "reply");
	gp_jw_kstr(&w, "mid", mid);
	gp_jw_close(&w, '}');
	gp_jw_close(&w, '}');
	job->act->visible = 1;
	return 1;
}

static void
put_result(
    struct gp_job *job, struct act *a, struct gp_buf *to, struct gp_span mid)
{
	struct gp_act *act = job->act;

	if (act->kind == GP_ACT_MESSAGE)
		gp_buf_addf(
		    to, "max:%s/%.*s", part(a, act->to, 0), (int)mid.n, mid.p);
	else
		gp_buf_addf(to, "max:%s/%s/%.*s", part(a, act->to, 0),
		    part(a, act->to, 1), (int)mid.n, mid.p);
}

static int
take_act(struct gp_job *job, const struct gp_http_reply *reply)
{
	struct gp_json_obj o, in;
	struct act *a = job->own;
	struct gp_span mid;

	if (gp_max_reply(job, &a->max, reply, "write", &o) == -1) {
		job->act->undone = reply->status >= 400 && reply->status < 500;
		return -1;
	}
	if (a->max.chat == NULL)
		return gp_max_take_who(job, &a->max, &o);
	in = gp_look_at(&a->max.look, &o, "message");
	mid = gp_max_mid(&a->max.look, in.n > 0 ? &in : &o);
	if (mid.n == 0)
		return gp_job_fail(
		    job, GP_RUN_LATER, "the reply does not name what was made");
	put_result(job, a, &job->act->result, mid);
	a->done = 1;
	return 0;
}

static int
next_seek(struct gp_job *job, struct gp_http_req *req)
{
	struct act *a = job->own;

	if (a->max.chat == NULL) {
		gp_max_who(job, &a->max, req);
		return 1;
	}
	if (a->done)
		return 0;
	call(job, a, req);
	gp_max_number(req, "count", GP_MAX_COUNT);
	if (a->oldest == 0)
		return 1;
	if (job->act->kind == GP_ACT_MESSAGE)
		gp_max_number(req, "from", a->oldest + 1);
	else
		gp_max_number(
		    req, "before", (a->by_seq ? a->seq : a->oldest) + 1);
	return 1;
}

/* 1: it is what is answered. */
static int
answered(const struct gp_job *job, struct act *a, struct gp_span mid)
{
	const char *to =
	    part(a, job->act->to, job->act->kind == GP_ACT_MESSAGE ? 1 : 2);

	return to != NULL && gp_span_is(mid, to);
}

/*
 * 1: it is what was sent, by its words and what it answers; -1: it may be, for
 * it is the bot's and has other words.
 */
static int
is_ours(struct gp_job *job, struct act *a, const struct gp_max_note *n)
{
	struct gp_json_obj body = gp_look_at(&a->max.look, &n->o, "body");
	struct gp_json_obj link = gp_look_at(&a->max.look, &n->o, "link");
	struct gp_json_obj who = gp_look_at(&a->max.look, &n->o, "sender");
	struct gp_json_obj in = gp_look_at(&a->max.look, &link, "message");
	struct gp_span to = gp_look_str(&a->max.look, &in, "mid");
	struct gp_buf id;
	int r;

	if (to.n == 0)
		to = gp_look_str(&a->max.look, &link, "mid");
	if (!answered(job, a, to))
		return 0;
	gp_buf_init(&id, 0);
	put_result(job, a, &id, n->mid);
	r = gp_act_judge(job->act, gp_buf_str(&id),
	    gp_look_str(&a->max.look, &body, "text"));
	gp_buf_release(&id);
	if (who.n == 0 || gp_look_true(&who, "is_bot"))
		return r;
	/* Citizens answer one another, and may repeat what was said. */
	return r == 1 ? -1 : 0;
}

/* What a page of the look-up held. */
struct page {
	size_t n;
	int64_t oldest, seq; /* ms, and the number of that one */
	int again;           /* the last one of the page before */
};

/*
 * Whether the list is to be read on. A page proves that its bound is one by
 * the last of the page before, which comes again. It is not said what `before`
 * of comments is: where milliseconds lead no further, the number is tried
 * (max_comments.c).
 */
static int
reads_on(struct gp_job *job, struct act *a, const struct page *p)
{
	int first = a->oldest == 0;
	int leads = first || (p->again && p->oldest < a->oldest);

	if (p->n < GP_MAX_COUNT && (first || p->again))
		return 0;
	if (leads && gp_act_before(job->act, p->oldest / 1000))
		return 0;
	if (leads) {
		a->oldest = p->oldest;
		a->seq = p->seq;
		a->refuted = 0;
	} else {
		a->by_seq = !a->by_seq;
		a->refuted++;
	}
	a->unsure |= ++a->pages == GP_SEEK_PAGES ||
	    a->refuted > (job->act->kind == GP_ACT_COMMENT);
	return !a->unsure;
}

static int
take_seek(struct gp_job *job, const struct gp_http_reply *reply)
{
	struct act *a = job->own;
	struct gp_json_obj o, list, body;
	struct page page = { 0 };
	struct gp_max_note n;
	int ours;

	if (gp_max_reply(job, &a->max, reply, "read_all_messages", &o) == -1)
		return -1;
	if (a->max.chat == NULL)
		return gp_max_take_who(job, &a->max, &o);
	if (gp_max_list(job, &a->max, &o, "messages", "messages", &list) == -1)
		return -1;
	for (; page.n < list.n; page.n++) {
		if (gp_max_note(job, &a->max, &list, "messages", page.n, &n) ==
		    -1)
			return -1;
		job->act->met |= answered(job, a, n.mid);
		page.again |= n.at == a->oldest;
		if (page.oldest == 0 || n.at < page.oldest) {
			body = gp_look_at(&a->max.look, &n.o, "body");
			page.seq = gp_look_int(&body, "seq");
			page.oldest = n.at;
		}
		ours = gp_act_before(job->act, n.at / 1000)
		    ? 0
		    : is_ours(job, a, &n);
		a->unsure |= ours == -1;
		if (ours != 1)
			continue;
		a->done = 1;
		job->act->found = GP_SEEK_FOUND;
		put_result(job, a, &job->act->result, n.mid);
		return 0;
	}
	a->done = !reads_on(job, a, &page);
	if (a->done && !a->unsure)
		gp_act_absent(job->act);
	return 0;
}

const struct gp_stream gp_max_act = {
	.name = "act",
	.needs = GP_BIT(GP_TOKEN_BOT),
	.size = sizeof(struct act),
	.open = open_act,
	.next = next_act,
	.take = take_act,
	.close = close_act,
};

const struct gp_stream gp_max_seek = {
	.name = "seek",
	.needs = GP_BIT(GP_TOKEN_BOT),
	.size = sizeof(struct act),
	.open = open_act,
	.next = next_seek,
	.take = take_seek,
	.close = close_act,
};
