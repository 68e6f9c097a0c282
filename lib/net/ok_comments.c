/*
 * Comments under the topics of a group. The topics are listed with the numbers
 * of their comments; where one comes without, the number is asked for. Then
 * each topic that is due is read to its end.
 */
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "net/ok.h"
#include "net/wall.h"
#include "net/watch.h"

static const char reads[] = "discussions.getComments";

/* A topic that was listed without the number of its comments. */
struct bare {
	char *id;
	gp_instant at;
};

struct comments {
	struct gp_ok ok;
	struct gp_watch watch;
	char *anchor;
	long listed;
	enum {
		LIST,
		COUNT,
		READ
	} phase;
	struct bare *bare; /* the last one is counted first */
	size_t n, cap;
	struct gp_watched *post;
};

static void
close_comments(struct gp_job *job)
{
	struct comments *c = job->own;

	while (c->n > 0)
		free(c->bare[--c->n].id);
	free(c->bare);
	gp_ok_close(&c->ok);
	gp_watch_release(&c->watch);
	free(c->anchor);
}

static void
count_call(struct gp_job *job, struct comments *c, struct gp_http_req *req)
{
	struct gp_ok_call call = { .n = 0 };

	gp_ok_param(&call, "entityId", c->bare[c->n - 1].id);
	gp_ok_param(&call, "entityType", "GROUP_TOPIC");
	gp_ok_request(
	    job, &c->ok, req, "discussions.getDiscussionCommentsCount", &call);
}

static int
next_comments(struct gp_job *job, struct gp_http_req *req)
{
	struct comments *c = job->own;
	struct gp_ok_call call = { .n = 0 };

	if (c->phase == LIST) {
		gp_ok_topics_call(job, &c->ok, req, c->anchor);
		return 1;
	}
	if (c->phase == COUNT) {
		count_call(job, c, req);
		return 1;
	}
	if (c->post == NULL)
		c->post = gp_watch_next(&c->watch);
	if (c->post == NULL) {
		gp_watch_finish(&c->watch);
		return 0;
	}
	gp_ok_param(&call, "discussionId", c->post->id);
	gp_ok_param(&call, "discussionType", "GROUP_TOPIC");
	gp_ok_param(&call, "anchor", c->anchor != NULL ? c->anchor : "FIRST");
	gp_ok_param(&call, "direction", "FORWARD");
	gp_ok_param(&call, "count", "100");
	gp_ok_param(&call, "mark_as_read", "false");
	gp_ok_request(job, &c->ok, req, reads, &call);
	return 1;
}

static void
add_bare(struct comments *c, struct gp_span id, gp_instant at)
{
	struct bare *v;

	v = gp_room(&c->bare, c->n, &c->cap, sizeof(*v));
	if (v == NULL) {
		c->watch.bad = 1;
		return;
	}
	v->at = at;
	v->id = gp_span_dup(id);
	if (v->id != NULL)
		c->n++;
	else
		c->watch.bad = 1;
}

/* All topics are known; their numbers may not be. */
static void
listed(struct comments *c)
{
	c->phase = c->n > 0 ? COUNT : READ;
	if (c->phase == READ)
		gp_watch_listed(&c->watch);
}

/* A topic of the list; 1: the rest is not looked at. */
static int
one_topic(struct gp_job *job, struct comments *c, const struct gp_wall_post *t)
{
	if (gp_watch_ends(&c->watch, t->at))
		return !t->pinned;
	if (job->want->limit != 0 && c->listed++ >= job->want->limit)
		return 1;
	if (t->comments < 0)
		add_bare(c, t->id, t->at);
	else
		gp_watch_list(&c->watch, t->id, t->at, t->comments);
	return 0;
}

/* What the job of the posts has listed, so far as it goes. */
static int
inherit(struct gp_job *job, struct comments *c, struct gp_why *why)
{
	const struct gp_wall *w = gp_wall_of(job);
	int end;
	size_t i;

	if (w == NULL || (!w->whole && w->anchor == NULL))
		return 0;
	end = w->whole;
	for (i = 0; i < w->n; i++)
		if (one_topic(job, c, &w->v[i])) {
			end = 1;
			break;
		}
	if (end)
		listed(c);
	else if ((c->anchor = strdup(w->anchor)) == NULL)
		return gp_because(why, "no memory");
	return 0;
}

static int
open_comments(struct gp_job *job, struct gp_why *why)
{
	struct comments *c = job->own;

	if (gp_ok_open(&c->ok, job, why) == -1)
		return -1;
	if (gp_watch_open(&c->watch, &c->ok.look, job, why) == -1)
		return -1;
	return inherit(job, c, why);
}

static int
take_list(struct gp_job *job, struct comments *c, const struct gp_json_obj *o)
{
	struct gp_json_obj list, t;
	struct gp_wall_post p;
	int end = 0, more;
	size_t i;

	if (gp_ok_topics(job, &c->ok, o, &list) == -1)
		return -1;
	for (i = 0; i < list.n && !end; i++) {
		t = gp_look_in(&c->ok.look, list.m[i].value);
		p.id = gp_ok_id(&c->ok.look, &t, "id");
		p.at = gp_ok_topic_at(&c->ok.look, &t);
		p.comments = gp_ok_topic_count(&c->ok.look, &t);
		p.pinned = gp_look_true(&t, "pinned");
		end = one_topic(job, c, &p);
	}
	if (c->watch.bad || c->ok.look.pool.bad)
		return gp_job_fail(job, GP_RUN_LATER, "no memory");
	more = end ? 0
		   : gp_ok_more(job, &c->ok, o, "mediatopic.getTopics", list.n,
			 &c->anchor);
	if (more != 0)
		return more == 1 ? 0 : -1;
	free(c->anchor);
	c->anchor = NULL;
	listed(c);
	return 0;
}

/* 1: the reply says that the topic or its discussion has gone meanwhile. */
static int
gone(const struct gp_http_reply *reply)
{
	int code = gp_ok_error(gp_buf_span(&reply->body));

	return code == 140 || code == 300 || code == 700;
}

static int
take_count(
    struct gp_job *job, struct comments *c, const struct gp_http_reply *reply)
{
	struct bare *b = &c->bare[c->n - 1];
	int64_t n = 0;

	if (!gone(reply)) {
		if (gp_ok_number(job, &c->ok, reply, "commentsCount", &n) == -1)
			return -1;
		gp_watch_list(&c->watch, gp_span_of(b->id), b->at, n);
	}
	free(b->id);
	c->n--;
	listed(c);
	return 0;
}

static int
one_comment(struct gp_job *job, struct comments *c, const struct gp_json_obj *o)
{
	struct gp_span id = gp_ok_id(&c->ok.look, o, "id");
	const struct gp_known_id *k = gp_known_find(&c->post->known, id);
	int before = k != NULL && k->before, new;
	struct gp_item it;

	if (id.n == 0)
		return -1;
	gp_ok_comment(job, &c->ok.look, o, c->post->id, &it);
	new = gp_watch_met(&c->watch, c->post, id, it.at);
	if (it.deleted ? before : new)
		gp_job_item(job, &it);
	return 0;
}

static int
done(struct comments *c, int whole, const char *why_not)
{
	free(c->anchor);
	c->anchor = NULL;
	gp_watch_done(&c->watch, c->post, whole, why_not);
	c->post = NULL;
	return 0;
}

static int
take_page(struct gp_job *job, struct comments *c, const struct gp_json_obj *o)
{
	struct gp_json_obj list, v;
	size_t i;
	int more;

	if (gp_ok_list(job, &c->ok, o, reads, "comments", &list) == -1)
		return -1;
	for (i = 0; i < list.n; i++) {
		v = gp_look_in(&c->ok.look, list.m[i].value);
		if (one_comment(job, c, &v) == -1)
			return gp_job_fail(job, GP_RUN_REFUSED,
			    "%s: comments[%zu] has no 'id'", reads, i);
	}
	if (c->watch.bad || c->ok.look.pool.bad)
		return gp_job_fail(job, GP_RUN_LATER, "no memory");
	more = gp_ok_more(job, &c->ok, o, reads, list.n, &c->anchor);
	if (more != 0)
		return more == 1 ? 0 : -1;
	return done(c, 1, NULL);
}

static int
take_comments(struct gp_job *job, const struct gp_http_reply *reply)
{
	struct comments *c = job->own;
	struct gp_json_obj o;

	if (c->phase == COUNT)
		return take_count(job, c, reply);
	if (c->phase == READ && gone(reply))
		return done(c, 0,
		    c->post->count > 0 ? "OK does not show the discussion"
				       : NULL);
	if (gp_ok_reply(job, &c->ok, reply, &o) == -1)
		return -1;
	return c->phase == LIST ? take_list(job, c, &o) : take_page(job, c, &o);
}

static long
plan_comments(struct gp_job *job)
{
	const struct comments *c = job->own;
	const struct gp_watched *p;
	long n = 0;
	size_t i;

	if (c->phase != READ)
		return GP_PLAN_MORE;
	for (i = 0; i < c->watch.n; i++) {
		p = c->watch.post[i];
		if (p->due)
			n += 1 + (long)(p->count / GP_OK_PAGE);
	}
	return n;
}

const struct gp_stream gp_ok_comments = {
	.name = "comments",
	.of_wall = 1,
	.size = sizeof(struct comments),
	.needs = GP_BIT(GP_TOKEN_ACCESS),
	.open = open_comments,
	.next = next_comments,
	.take = take_comments,
	.close = close_comments,
	.plan = plan_comments,
};
