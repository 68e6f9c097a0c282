/*
 * Answers on VK: wall.createComment with a guid, messages.send with a
 * random_id. Both are made of the key, and VK does what comes twice with the
 * same one once (of guid the schema says so; for about an hour, clients say).
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "net/act.h"
#include "net/vk.h"

#define KINDS (GP_BIT(GP_TOKEN_USER) | GP_BIT(GP_TOKEN_COMMUNITY))
#define SEES  (KINDS | GP_BIT(GP_TOKEN_SERVICE))
#define READS (GP_BIT(GP_TOKEN_SERVICE) | GP_BIT(GP_TOKEN_USER))

enum {
	LOOKED = 100 /* of a thread or talk, at a time */
};

struct act {
	struct gp_vk vk;
	struct gp_buf id; /* of what is made */
	int done;
	int pages, unsure, rooted; /* of the look-up */
};

static int
open_act(struct gp_job *job, struct gp_why *why)
{
	struct act *a = job->own;

	gp_buf_init(&a->id, 0);
	return gp_vk_open(&a->vk, job, why);
}

static void
close_act(struct gp_job *job)
{
	struct act *a = job->own;

	gp_vk_close(&a->vk);
	gp_buf_release(&a->id);
}

static int64_t
part(struct act *a, const char *id, int place)
{
	const char *s = gp_act_part(&a->vk.look.pool, id, place);

	return s != NULL ? strtoll(s, NULL, 10) : 0;
}

/* "vk:-1/im2000/5": with whom the page talks. */
static int64_t
peer(struct act *a, const char *id)
{
	const char *s = gp_act_part(&a->vk.look.pool, id, 1);

	return s != NULL && strncmp(s, "im", 2) == 0 ? strtoll(s + 2, NULL, 10)
						     : 0;
}

/* The calls have no room for a text of their own. */
static const char *
text_of(struct act *a, const struct gp_job *job)
{
	return gp_pool_copy(&a->vk.look.pool, job->act->text).p;
}

static int
next_act(struct gp_job *job, struct gp_http_req *req)
{
	struct gp_vk_call c = { .method = "wall.createComment" };
	struct act *a = job->own;
	unsigned kinds = KINDS;

	if (a->done)
		return 0;
	if (a->vk.group == 0) {
		gp_vk_who(job, req, SEES);
		return 1;
	}
	if (job->act->kind == GP_ACT_WHO)
		return 0;
	if (!gp_act_of_page(job)) {
		gp_act_undone(job, GP_RUN_CONFIG, "'%s' is not of the page %s",
		    job->act->to, job->page);
		return 0;
	}
	if (job->act->kind == GP_ACT_MESSAGE) {
		kinds = GP_BIT(GP_TOKEN_COMMUNITY);
		c.method = "messages.send";
		/* Of one peer it would not tell the number within the talk. */
		gp_vk_int(&c, "peer_ids", peer(a, job->act->to));
		gp_vk_int(&c, "random_id", gp_act_number(job->act->key));
		gp_vk_int(&c, "group_id", a->vk.group);
	} else {
		gp_vk_int(&c, "owner_id", -a->vk.group);
		gp_vk_int(&c, "post_id", part(a, job->act->to, 1));
		gp_vk_int(&c, "from_group", a->vk.group);
		gp_vk_int(&c, "reply_to_comment", part(a, job->act->to, 2));
		gp_vk_text(&c, "guid", job->act->key);
	}
	gp_vk_text(&c, "message", text_of(a, job));
	if (gp_vk_token(job, kinds) == NULL) {
		gp_act_undone(job, GP_RUN_AUTH,
		    kinds == KINDS
			? "the page has no token 'user' or 'community'"
			: "the page has no token 'community'");
		return 0;
	}
	gp_vk_request(job, req, kinds, &c, 1);
	job->act->visible = job->act->idempotent = 1;
	return 1;
}

/* The number of what was made: of a comment, or within a talk. 0: VK did not
 * tell, or says an error of that peer, which is put into *code. */
static int64_t
made(struct act *a, struct gp_json v, int message, struct gp_vk_result *r)
{
	struct gp_json_obj o = gp_look_in(&a->vk.look, v), e;

	if (!message)
		return gp_look_int(&o, "comment_id");
	if (v.type == GP_JSON_ARRAY && o.n > 0)
		o = gp_look_in(&a->vk.look, o.m[0].value);
	e = gp_look_at(&a->vk.look, &o, "error");
	r->code = (int)gp_look_int(&e, "code");
	r->said = gp_look_str(&a->vk.look, &e, "description");
	return gp_look_int(&o, "conversation_message_id");
}

static void
put_message(struct gp_job *job, struct act *a, struct gp_buf *to, int64_t id)
{
	gp_buf_addf(to, "vk:-%" PRId64 "/im%" PRId64 "/%" PRId64, a->vk.group,
	    peer(a, job->act->to), id);
}

static void
put_comment(struct gp_job *job, struct act *a, int64_t id)
{
	struct gp_act *act = job->act;
	int64_t post = part(a, act->to, 1);

	gp_buf_addf(&act->result, "vk:%" PRId64 "/%" PRId64 "/%" PRId64,
	    -a->vk.group, post, id);
	gp_buf_addf(&act->url,
	    "https://vk.com/wall%" PRId64 "_%" PRId64 "?reply=%" PRId64,
	    -a->vk.group, post, id);
}

static int
take_act(struct gp_job *job, const struct gp_http_reply *reply)
{
	struct gp_vk_result r;
	struct act *a = job->own;
	int64_t id;

	if (a->vk.group == 0)
		return gp_vk_take_who(job, &a->vk, reply);
	if (gp_vk_results(job, &a->vk, reply, &r, 1) == -1)
		return -1;
	if (r.code != 0) {
		/* What went wrong within VK may have been done before. */
		job->act->undone = r.code != 1 && r.code != 10;
		return gp_vk_refused(job, r.code, r.said, NULL);
	}
	id = made(a, r.value, job->act->kind == GP_ACT_MESSAGE, &r);
	if (r.code != 0) {
		job->act->undone = 1;
		return gp_vk_refused(job, r.code, r.said, NULL);
	}
	if (id == 0)
		return gp_job_fail(
		    job, GP_RUN_LATER, "the reply does not name what was made");
	if (job->act->kind == GP_ACT_MESSAGE)
		put_message(job, a, &job->act->result, id);
	else
		put_comment(job, a, id);
	a->done = 1;
	return 0;
}

static int64_t
root_of(struct act *a, const struct gp_act *act)
{
	int64_t root = part(a, act->thread, 2);

	return root != 0 ? root : part(a, act->to, 2);
}

/* 1: a token is there that lists what is looked at. */
static int
sees(const struct gp_job *job)
{
	return gp_vk_token(job,
		   job->act->kind == GP_ACT_MESSAGE ? GP_BIT(GP_TOKEN_COMMUNITY)
						    : READS) != NULL;
}

/* A thread is listed without what it hangs on. */
static int
looks_at_root(const struct gp_job *job, struct act *a)
{
	return job->act->look && job->act->kind == GP_ACT_COMMENT &&
	    !a->rooted && root_of(a, job->act) == part(a, job->act->to, 2);
}

static int
next_seek(struct gp_job *job, struct gp_http_req *req)
{
	struct gp_vk_call c = { .method = "wall.getComments" };
	struct act *a = job->own;
	unsigned kinds = SEES;

	if (a->done || (job->act->look && !sees(job)))
		return 0;
	if (a->vk.group == 0) {
		gp_vk_who(job, req, SEES);
		return 1;
	}
	if (looks_at_root(job, a)) {
		gp_vk_int(&c, "owner_id", -a->vk.group);
		gp_vk_int(&c, "post_id", part(a, job->act->to, 1));
		gp_vk_int(&c, "start_comment_id", part(a, job->act->to, 2));
		gp_vk_int(&c, "count", 1);
		gp_vk_request(job, req, READS, &c, 1);
		return 1;
	}
	if (job->act->kind == GP_ACT_MESSAGE) {
		kinds = GP_BIT(GP_TOKEN_COMMUNITY);
		c.method = "messages.getHistory";
		gp_vk_int(&c, "peer_id", peer(a, job->act->to));
		gp_vk_int(&c, "group_id", a->vk.group);
	} else {
		if (gp_vk_token(job, READS) != NULL)
			kinds = READS;
		gp_vk_int(&c, "owner_id", -a->vk.group);
		gp_vk_int(&c, "post_id", part(a, job->act->to, 1));
		gp_vk_int(&c, "comment_id", root_of(a, job->act));
		gp_vk_text(&c, "sort", "desc");
		gp_vk_int(&c, "preview_length", 0);
	}
	gp_vk_int(&c, "count", LOOKED);
	gp_vk_int(&c, "offset", (int64_t)a->pages * LOOKED);
	gp_vk_request(job, req, kinds, &c, 1);
	return 1;
}

/* By its number where VK tells it, else by its words: see gp_act_judge. */
static int
judge(struct gp_job *job, struct act *a, const struct gp_json_obj *o)
{
	struct gp_act *act = job->act;
	int64_t number = gp_look_int(o, "random_id");
	struct gp_buf id;
	int r;

	if (act->kind == GP_ACT_MESSAGE && number != 0 && !act->look)
		return number == gp_act_number(act->key);
	gp_buf_init(&id, 0);
	if (act->kind == GP_ACT_MESSAGE)
		put_message(
		    job, a, &id, gp_look_int(o, "conversation_message_id"));
	else
		gp_buf_addf(&id, "vk:%" PRId64 "/%" PRId64 "/%" PRId64,
		    -a->vk.group, part(a, act->to, 1), gp_look_int(o, "id"));
	r = gp_act_judge(
	    act, gp_buf_str(&id), gp_look_str(&a->vk.look, o, "text"));
	gp_buf_release(&id);
	return r;
}

/* Is it what was sent? By the page, since then, in answer to that: 1; -1: it
 * may be. */
static int
is_ours(struct gp_job *job, struct act *a, const struct gp_json_obj *o)
{
	struct gp_json_obj stack = gp_look_at(&a->vk.look, o, "parents_stack");
	int64_t to = gp_look_int(o, "reply_to_comment");
	struct gp_act *act = job->act;

	if (gp_look_int(o, "from_id") != -a->vk.group ||
	    gp_act_before(act, gp_look_int(o, "date")))
		return 0;
	if (to == 0 && stack.n > 0)
		gp_json_int(stack.m[stack.n - 1].value, &to);
	if (act->kind == GP_ACT_COMMENT && to != part(a, act->to, 2))
		return 0;
	return judge(job, a, o);
}

static void
found(struct gp_job *job, struct act *a, const struct gp_json_obj *o)
{
	int64_t id = gp_look_int(o, "conversation_message_id");

	if (id == 0)
		id = gp_look_int(o, "id");
	job->act->found = GP_SEEK_FOUND;
	if (job->act->kind == GP_ACT_COMMENT) {
		put_comment(job, a, id);
		return;
	}
	put_message(job, a, &job->act->result, id);
}

static int
take_seek(struct gp_job *job, const struct gp_http_reply *reply)
{
	struct act *a = job->own;
	struct gp_json_obj answer, list, o;
	struct gp_json v;
	int ours, older = 0;
	size_t i;

	if (a->vk.group == 0)
		return gp_vk_take_who(job, &a->vk, reply);
	if (gp_vk_response(job, &a->vk, reply, &v) == -1)
		return -1;
	answer = gp_look_in(&a->vk.look, v);
	list = gp_look_at(&a->vk.look, &answer, "items");
	for (i = 0; i < list.n; i++) {
		o = gp_look_in(&a->vk.look, list.m[i].value);
		job->act->met |=
		    gp_look_int(&o, "id") == part(a, job->act->to, 2) &&
		    !gp_look_true(&o, "deleted");
		ours = is_ours(job, a, &o);
		if (ours == 1) {
			a->done = 1;
			found(job, a, &o);
			return 0;
		}
		a->unsure |= ours;
		/* So far back nothing of ours can stand. */
		older |= gp_act_before(job->act, gp_look_int(&o, "date"));
	}
	if (looks_at_root(job, a)) {
		a->rooted = 1;
		a->done = !job->act->met;
		if (a->done)
			job->act->found = GP_SEEK_GONE;
		return 0;
	}
	a->pages++;
	a->done = older || list.n < LOOKED || a->pages == GP_SEEK_PAGES;
	if ((older || list.n < LOOKED) && !a->unsure)
		gp_act_absent(job->act);
	return 0;
}

const struct gp_stream gp_vk_act = {
	.name = "act",
	.needs = KINDS,
	.size = sizeof(struct act),
	.open = open_act,
	.next = next_act,
	.take = take_act,
	.close = close_act,
};

const struct gp_stream gp_vk_seek = {
	.name = "seek",
	.needs = SEES,
	.size = sizeof(struct act),
	.open = open_act,
	.next = next_seek,
	.take = take_seek,
	.close = close_act,
};
