/*
 * Comments under the posts of a wall. First the wall is listed, then each post
 * that is due is read to its end: its comments by pages, and what their
 * threads hold beyond the ten replies that come with them. With a token that
 * can pack calls, many posts at once.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "net/vk.h"
#include "net/wall.h"
#include "net/watch.h"

#define KINDS (GP_BIT(GP_TOKEN_SERVICE) | GP_BIT(GP_TOKEN_USER))

enum {
	INLINE = 10,    /* replies that come with a comment */
	BUDGET = 2500,  /* comments in one packed answer, as far as is known */
	TRIES = 5,      /* of one call within answers that came */
	STEP_BACK = 10, /* where deletions pulled comments back */
};

/* A call that is still to be made. */
struct ask {
	struct gp_watched *post;
	int64_t comment; /* whose thread; 0: the post's own comments */
	int64_t offset;
	int tries;
};

struct comments {
	struct gp_vk vk;
	struct gp_watch watch;
	enum {
		LIST,
		READ
	} phase;
	int64_t offset; /* of the list */
	long listed;
	struct ask *queue; /* the last one goes first */
	size_t n, cap;
	struct ask sent[GP_VK_PACKED];
	size_t nsent;
	int64_t budget;
};

/* A post of the list; 1: the rest is not looked at. */
static int
listed(struct gp_job *job, struct comments *c, const struct gp_wall_post *p)
{
	if (gp_watch_ends(&c->watch, p->at))
		return !p->pinned;
	if (job->want->limit != 0 && c->listed >= job->want->limit)
		return 1;
	c->listed++;
	gp_watch_list(&c->watch, p->id, p->at, p->comments);
	return 0;
}

/* What the job of the posts has listed, so far as it goes. */
static void
inherit(struct gp_job *job, struct comments *c)
{
	const struct gp_wall *w = gp_wall_of(job);
	int end;
	size_t i;

	if (w == NULL)
		return;
	end = w->whole;
	for (i = 0; i < w->n; i++)
		if (listed(job, c, &w->v[i])) {
			end = 1;
			break;
		}
	c->offset = w->n > 0 ? (int64_t)w->n - 1 : 0;
	if (end) {
		c->phase = READ;
		gp_watch_listed(&c->watch);
	}
}

static int
open_comments(struct gp_job *job, struct gp_why *why)
{
	struct comments *c = job->own;

	c->budget = BUDGET;
	if (gp_vk_open(&c->vk, job, why) == -1)
		return -1;
	if (c->vk.group == 0)
		return 0;
	if (gp_watch_open(&c->watch, &c->vk.look, job, why) == -1)
		return -1;
	inherit(job, c);
	return 0;
}

static void
close_comments(struct gp_job *job)
{
	struct comments *c = job->own;

	gp_vk_close(&c->vk);
	gp_watch_release(&c->watch);
	free(c->queue);
}

static int
push(struct comments *c, struct ask ask)
{
	struct ask *v;

	v = gp_grow(&c->queue, &c->n, &c->cap, sizeof(*v));
	if (v == NULL) {
		c->watch.bad = 1;
		return -1;
	}
	*v = ask;
	ask.post->open++;
	return 0;
}

/* How many comments its answer may hold. */
static int64_t
weight(const struct ask *a)
{
	int64_t n = a->post->count - a->post->got;

	if (a->comment != 0 || n < 0 || n > GP_VK_PAGE)
		return GP_VK_PAGE;
	return n;
}

static void
build(struct gp_vk_call *call, const struct comments *c, const struct ask *a)
{
	*call = (struct gp_vk_call){ .method = "wall.getComments" };
	gp_vk_int(call, "owner_id", -c->vk.group);
	gp_vk_int(call, "post_id", strtoll(a->post->id, NULL, 10));
	if (a->comment != 0)
		gp_vk_int(call, "comment_id", a->comment);
	gp_vk_int(call, "offset", a->offset);
	gp_vk_int(call, "count", GP_VK_PAGE);
	gp_vk_text(call, "sort", "asc");
	gp_vk_int(call, "need_likes", 1);
	gp_vk_int(call, "preview_length", 0); /* whole texts */
	gp_vk_int(call, "extended", 1);
	if (a->comment == 0)
		gp_vk_int(call, "thread_items_count", INLINE);
}

static int
next_read(struct gp_job *job, struct comments *c, struct gp_http_req *req)
{
	size_t max = gp_vk_packs(job, KINDS) ? GP_VK_PACKED : 1;
	struct gp_vk_call call[GP_VK_PACKED];
	struct gp_watched *p;
	int64_t sum = 0;

	c->nsent = 0;
	while (c->nsent < max) {
		if (c->n == 0) {
			p = gp_watch_next(&c->watch);
			if (p == NULL ||
			    push(c, (struct ask){ .post = p }) == -1)
				break;
		}
		sum += weight(&c->queue[c->n - 1]);
		if (c->nsent > 0 && sum > c->budget)
			break;
		c->sent[c->nsent] = c->queue[--c->n];
		build(&call[c->nsent], c, &c->sent[c->nsent]);
		c->nsent++;
	}
	if (c->nsent == 0) {
		gp_watch_finish(&c->watch);
		return 0;
	}
	gp_vk_request(job, req, KINDS, call, c->nsent);
	return 1;
}

static int
next_comments(struct gp_job *job, struct gp_http_req *req)
{
	struct comments *c = job->own;
	struct gp_vk_call call = { .method = "wall.get" };

	if (c->vk.group == 0) {
		gp_vk_who(job, req, KINDS);
		return 1;
	}
	if (c->phase == READ)
		return next_read(job, c, req);
	gp_vk_int(&call, "owner_id", -c->vk.group);
	gp_vk_int(&call, "offset", c->offset);
	gp_vk_int(&call, "count", GP_VK_PAGE);
	gp_vk_request(job, req, KINDS, &call, 1);
	return 1;
}

static int
take_list(struct gp_job *job, struct comments *c, struct gp_json v)
{
	struct gp_json_obj answer = gp_look_in(&c->vk.look, v), o, n;
	struct gp_json_obj list = gp_look_at(&c->vk.look, &answer, "items");
	int end = list.n < 2;
	struct gp_wall_post p;
	size_t i;

	for (i = 0; i < list.n; i++) {
		o = gp_look_in(&c->vk.look, list.m[i].value);
		n = gp_look_at(&c->vk.look, &o, "comments");
		p.id = gp_look_id(&c->vk.look, &o, "id");
		p.at = gp_look_int(&o, "date");
		p.comments = gp_look_int(&n, "count");
		p.pinned = gp_look_true(&o, "is_pinned");
		if (listed(job, c, &p)) {
			end = 1;
			break;
		}
	}
	c->offset += (int64_t)list.n - 1; /* one again: see vk_posts.c */
	if (end || c->offset + 1 >= gp_look_int(&answer, "count")) {
		c->phase = READ;
		gp_watch_listed(&c->watch);
	}
	return 0;
}

/* What the comments of one answer have in common. */
struct reading {
	struct gp_job *job;
	struct comments *c;
	struct gp_watched *p;
	struct gp_vk_under under;
	struct gp_vk_names names;
};

static void
one_comment(struct reading *r, const struct gp_vk_said *said)
{
	struct gp_span id = gp_look_name(&r->c->vk.look, said->m[GP_VK_ID]);
	const struct gp_known_id *k = gp_known_find(&r->p->known, id);
	int before = k != NULL && k->before, new;
	struct gp_item it;

	new = gp_watch_met(
	    &r->c->watch, r->p, id, gp_look_number(said->m[GP_VK_DATE]));
	/* Of one that was deleted before it was seen there is nothing to tell. */
	if (gp_look_truth(said->m[GP_VK_DELETED]) ? !before : !new)
		return;
	gp_vk_comment(&r->c->vk, said, &r->under, &r->names, &it);
	gp_job_item(r->job, &it);
}

/* Its replies as far as they came; a call for the rest. */
static void
thread(struct reading *r, const struct gp_vk_said *top)
{
	enum {
		COUNT,
		ITEMS,
		ALL
	};
	static const struct gp_json_name wanted[ALL] = { GP_JSON_NAME("count"),
		GP_JSON_NAME("items") };
	struct gp_look *look = &r->c->vk.look;
	struct gp_json m[ALL];
	struct gp_vk_said said;
	struct gp_json_obj list;
	size_t i;

	gp_json_pick(look->json, top->m[GP_VK_THREAD], wanted, ALL, m);
	list = gp_look_in(look, m[ITEMS]);
	for (i = 0; i < list.n; i++) {
		gp_vk_said(&r->c->vk, list.m[i].value, &said);
		one_comment(r, &said);
	}
	if (gp_look_number(m[COUNT]) > (int64_t)list.n)
		push(r->c,
		    (struct ask){ .post = r->p,
			.comment = gp_look_number(top->m[GP_VK_ID]),
			.offset = list.n > 0 ? (int64_t)list.n - 1 : 0 });
}

static void
one_answer(
    struct gp_job *job, struct comments *c, struct ask *a, struct gp_json v)
{
	struct gp_json_obj answer = gp_look_in(&c->vk.look, v);
	struct gp_json_obj list = gp_look_at(&c->vk.look, &answer, "items");
	int64_t level = gp_look_int(&answer, "current_level_count");
	struct reading r = { .job = job, .c = c, .p = a->post };
	struct gp_vk_said said;
	int met = 0;
	size_t i;

	gp_vk_under(&c->vk, strtoll(a->post->id, NULL, 10), &r.under);
	gp_vk_names(&c->vk, &answer, &r.names);
	if (a->comment == 0)
		a->post->wanted = gp_look_int(&answer, "count");
	for (i = 0; i < list.n; i++) {
		gp_vk_said(&c->vk, list.m[i].value, &said);
		if (a->offset > 0 && !met)
			met = gp_watch_has(a->post,
			    gp_look_name(&c->vk.look, said.m[GP_VK_ID]));
		one_comment(&r, &said);
		if (a->comment == 0)
			thread(&r, &said);
	}
	if (a->offset > 0 && !met && list.n > 0 && a->tries < TRIES) {
		a->offset = a->offset > STEP_BACK ? a->offset - STEP_BACK : 0;
		a->tries++;
		push(c, *a);
	} else if (a->offset + (int64_t)list.n < level && list.n > 1) {
		a->offset += (int64_t)list.n - 1;
		a->tries = 0;
		push(c, *a);
	}
}

/* A call of which VK says an error. -1: the job has failed. */
static int
refused(struct gp_job *job, struct comments *c, struct ask *a,
    const struct gp_vk_result *r)
{
	struct gp_why why;

	if (r->code == 13 && c->budget > GP_VK_PAGE) { /* too large at once */
		c->budget /= 2;
		return push(c, *a);
	}
	if (gp_vk_passes(r->code) && a->tries < TRIES) {
		a->tries++;
		return push(c, *a);
	}
	switch (r->code) {
	case 15: /* what a single post may say */
	case 18:
	case 19:
	case 100:
	case 104:
	case 210:
	case 211:
	case 212:
		gp_because(&why, "%s (%d)",
		    r->code == 212 ? "the comments are closed"
				   : "VK does not show the comments",
		    r->code);
		gp_watch_done(
		    &c->watch, a->post, 0, a->post->count > 0 ? why.msg : NULL);
		return 0;
	}
	return gp_vk_refused(job, r->code, r->said, NULL);
}

static int
take_read(
    struct gp_job *job, struct comments *c, const struct gp_http_reply *reply)
{
	struct gp_vk_result result[GP_VK_PACKED];
	struct ask *a;
	size_t i;

	if (gp_vk_results(job, &c->vk, reply, result, c->nsent) == -1)
		return -1;
	for (i = 0; i < c->nsent; i++) {
		a = &c->sent[i];
		a->post->open--;
		if (result[i].code != 0) {
			if (refused(job, c, a, &result[i]) == -1)
				return -1;
			continue;
		}
		one_answer(job, c, a, result[i].value);
		if (a->post->open == 0)
			gp_watch_done(&c->watch, a->post, 1, NULL);
	}
	if (c->watch.bad || c->vk.look.pool.bad ||
	    gp_json_lacked(c->vk.look.json))
		return gp_job_fail(job, GP_RUN_LATER, "no memory");
	return 0;
}

static int
take_comments(struct gp_job *job, const struct gp_http_reply *reply)
{
	struct comments *c = job->own;
	struct gp_json v;

	if (c->vk.group == 0) {
		if (gp_vk_take_who(job, &c->vk, reply) == -1)
			return -1;
		return gp_watch_open(&c->watch, &c->vk.look, job, &job->why) ==
			-1
		    ? gp_job_unopened(job)
		    : 0;
	}
	if (c->phase == READ)
		return take_read(job, c, reply);
	if (gp_vk_response(job, &c->vk, reply, &v) == -1)
		return -1;
	return take_list(job, c, v);
}

/* Once all is listed: pages of each post that is due, packed. */
static long
plan_comments(struct gp_job *job)
{
	const struct comments *c = job->own;
	const struct gp_watched *p;
	long calls = 0;
	size_t i;

	if (c->phase == LIST)
		return GP_PLAN_MORE;
	for (i = 0; i < c->watch.n; i++) {
		p = c->watch.post[i];
		if (p->due)
			calls += 1 +
			    (p->count > 0 ? (long)(p->count / GP_VK_PAGE) : 0);
	}
	return gp_vk_packs(job, KINDS)
	    ? (calls + GP_VK_PACKED - 1) / GP_VK_PACKED
	    : calls;
}

const struct gp_stream gp_vk_comments = {
	.name = "comments",
	.of_wall = 1,
	.size = sizeof(struct comments),
	.needs = KINDS,
	.open = open_comments,
	.next = next_comments,
	.take = take_comments,
	.close = close_comments,
	.plan = plan_comments,
};
