/*
 * Topics of a group, and the comments under them. mediatopic.getTopics lists
 * from the newest on and leads on by an anchor, which does not shift when
 * topics come or go.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "net/front.h"
#include "net/ok.h"
#include "net/watch.h"

struct posts {
	struct gp_ok ok;
	struct gp_front front;
	char *anchor;
	long pages;
	int done;
};

/* The next page's anchor; -1: there is no more of the list. */
static int
lead_on(struct gp_ok *ok, const struct gp_json_obj *o, char **anchor)
{
	struct gp_span s = gp_look_str(&ok->look, o, "anchor");
	char *next = s.n > 0 ? gp_span_dup(s) : NULL;
	int on = gp_look_true(o, "has_more") && next != NULL &&
	    (*anchor == NULL || strcmp(*anchor, next) != 0);

	free(*anchor);
	*anchor = next;
	return on ? 0 : -1;
}

static void
list_call(struct gp_job *job, struct gp_ok *ok, struct gp_http_req *req,
    const char *anchor)
{
	struct gp_ok_call c = { .n = 0 };

	gp_ok_param(&c, "gid", job->name);
	gp_ok_param(&c, "count", "100");
	gp_ok_param(&c, "fields", "media_topic.*");
	if (anchor != NULL)
		gp_ok_param(&c, "anchor", anchor);
	gp_ok_request(job, ok, req, "mediatopic.getTopics", &c);
}

/* The list, or why there is none: an empty page and a strange one differ. */
static int
topics(struct gp_job *job, struct gp_ok *ok, const struct gp_json_obj *o,
    struct gp_json_obj *list)
{
	struct gp_json v = gp_json_get(o, "media_topics");

	*list = gp_look_in(&ok->look, v);
	if (v.type == GP_JSON_ARRAY ||
	    (v.type == GP_JSON_NONE &&
		gp_json_get(o, "has_more").type == GP_JSON_BOOL))
		return 0;
	return gp_job_fail(job, GP_RUN_REFUSED,
	    "mediatopic.getTopics: 'media_topics' is not a list");
}

static int
open_posts(struct gp_job *job, struct gp_why *why)
{
	struct posts *p = calloc(1, sizeof(*p));

	if (p == NULL)
		return gp_because(why, "no memory");
	job->own = p;
	if (job->want->forward)
		return gp_because(why,
		    "--forward: OK lists from the newest on; --all reads back "
		    "to the first");
	if (gp_ok_open(&p->ok, job, why) == -1)
		return -1;
	return gp_front_open(&p->front, &p->ok.look, job, why);
}

static void
close_posts(struct gp_job *job)
{
	struct posts *p = job->own;

	gp_ok_close(&p->ok);
	gp_front_release(&p->front);
	free(p->anchor);
	free(p);
	job->own = NULL;
}

static int
next_posts(struct gp_job *job, struct gp_http_req *req)
{
	struct posts *p = job->own;

	if (p->done)
		return 0;
	list_call(job, &p->ok, req, p->anchor);
	return 1;
}

static int
take_posts(struct gp_job *job, const struct gp_http_reply *reply)
{
	struct posts *p = job->own;
	enum gp_judge k = GP_TAKE;
	struct gp_json_obj o, list, t;
	struct gp_item it;
	struct gp_span id;
	size_t i;
	int end;

	if (gp_ok_reply(job, &p->ok, reply, &o) == -1 ||
	    topics(job, &p->ok, &o, &list) == -1)
		return -1;
	for (i = 0; i < list.n && k != GP_STOP; i++) {
		t = gp_look_in(&p->ok.look, list.m[i].value);
		id = gp_ok_topic_id(&p->ok.look, &t);
		if (id.n == 0)
			return gp_job_fail(job, GP_RUN_REFUSED,
			    "mediatopic.getTopics: media_topics[%zu] has no "
			    "'id'",
			    i);
		gp_ok_topic(job, &p->ok.look, &t, &it);
		k = gp_front_judge(&p->front, job, id, it.at, it.pinned);
		if (k == GP_TAKE)
			gp_job_item(job, &it);
	}
	if (p->ok.look.pool.bad)
		return gp_job_fail(job, GP_RUN_LATER, "no memory");
	p->pages++;
	end = lead_on(&p->ok, &o, &p->anchor) == -1;
	if (k != GP_STOP && !end && gp_front_goes_back(&p->front, job))
		return 0;
	p->done = 1;
	gp_front_finish(&p->front, job, k != GP_STOP && end);
	return job->outcome == GP_RUN_LATER ? -1 : 0;
}

static long
plan_posts(struct gp_job *job)
{
	const struct posts *p = job->own;

	/* There is no number of all topics. */
	if (p->done)
		return 0;
	return job->want->limit != 0 ? job->want->limit / GP_OK_PAGE + 1 : -1;
}

const struct gp_stream gp_ok_posts = {
	.name = "posts",
	.needs = GP_BIT(GP_TOKEN_ACCESS),
	.open = open_posts,
	.next = next_posts,
	.take = take_posts,
	.close = close_posts,
	.plan = plan_posts,
};

struct comments {
	struct gp_ok ok;
	struct gp_watch watch;
	char *anchor;
	long listed;
	int all; /* topics are listed */
	struct gp_watched *post;
};

static int
open_comments(struct gp_job *job, struct gp_why *why)
{
	struct comments *c = calloc(1, sizeof(*c));

	if (c == NULL)
		return gp_because(why, "no memory");
	job->own = c;
	if (gp_ok_open(&c->ok, job, why) == -1)
		return -1;
	return gp_watch_open(&c->watch, &c->ok.look, job, why);
}

static void
close_comments(struct gp_job *job)
{
	struct comments *c = job->own;

	gp_ok_close(&c->ok);
	gp_watch_release(&c->watch);
	free(c->anchor);
	free(c);
	job->own = NULL;
}

static int
next_comments(struct gp_job *job, struct gp_http_req *req)
{
	struct comments *c = job->own;
	struct gp_ok_call call = { .n = 0 };

	if (!c->all) {
		list_call(job, &c->ok, req, c->anchor);
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
	gp_ok_request(job, &c->ok, req, "discussions.getComments", &call);
	return 1;
}

static int
take_list(struct gp_job *job, struct comments *c, const struct gp_json_obj *o)
{
	struct gp_json_obj list, t;
	int end = 0;
	gp_instant at;
	size_t i;

	if (topics(job, &c->ok, o, &list) == -1)
		return -1;
	for (i = 0; i < list.n && !end; i++) {
		t = gp_look_in(&c->ok.look, list.m[i].value);
		at = gp_ok_time(&c->ok.look, &t, "created_ms", "created");
		if (gp_watch_ends(&c->watch, at) && gp_look_true(&t, "pinned"))
			continue;
		end = gp_watch_ends(&c->watch, at) ||
		    (job->want->limit != 0 && c->listed++ >= job->want->limit);
		if (!end)
			gp_watch_list(&c->watch,
			    gp_ok_topic_id(&c->ok.look, &t), at,
			    gp_ok_topic_count(&c->ok.look, &t));
	}
	if (lead_on(&c->ok, o, &c->anchor) == 0 && !end)
		return 0;
	free(c->anchor);
	c->anchor = NULL;
	c->all = 1;
	gp_watch_listed(&c->watch);
	return 0;
}

static void
one_comment(struct gp_job *job, struct comments *c, struct gp_json v)
{
	struct gp_json_obj o = gp_look_in(&c->ok.look, v);
	struct gp_span id = gp_look_id(&c->ok.look, &o, "id");
	const struct gp_known_id *k = gp_known_find(&c->post->known, id);
	int before = k != NULL && k->before, new;
	struct gp_item it;

	gp_ok_comment(job, &c->ok.look, &o, c->post->id, &it);
	new = gp_watch_met(&c->watch, c->post, id, it.at);
	if (it.deleted ? before : new)
		gp_job_item(job, &it);
}

static int
take_comments(struct gp_job *job, const struct gp_http_reply *reply)
{
	struct comments *c = job->own;
	struct gp_json_obj o, list;
	size_t i;

	if (gp_ok_reply(job, &c->ok, reply, &o) == -1)
		return -1;
	if (!c->all)
		return take_list(job, c, &o);
	if (gp_json_get(&o, "comments").type == GP_JSON_NONE &&
	    gp_json_get(&o, "has_more").type == GP_JSON_NONE)
		return gp_job_fail(job, GP_RUN_REFUSED,
		    "discussions.getComments: 'comments' is missing");
	list = gp_look_at(&c->ok.look, &o, "comments");
	for (i = 0; i < list.n; i++)
		one_comment(job, c, list.m[i].value);
	if (c->watch.bad || c->ok.look.pool.bad)
		return gp_job_fail(job, GP_RUN_LATER, "no memory");
	if (lead_on(&c->ok, &o, &c->anchor) == 0)
		return 0;
	free(c->anchor);
	c->anchor = NULL;
	gp_watch_done(&c->watch, c->post, 1, NULL);
	c->post = NULL;
	return 0;
}

static long
plan_comments(struct gp_job *job)
{
	const struct comments *c = job->own;
	long n = 0;
	size_t i;

	if (!c->all)
		return GP_PLAN_MORE;
	for (i = 0; i < c->watch.n; i++)
		if (c->watch.post[i]->due)
			n += 1 +
			    (c->watch.post[i]->count > 0
				    ? (long)(c->watch.post[i]->count /
					  GP_OK_PAGE)
				    : 0);
	return n;
}

const struct gp_stream gp_ok_comments = {
	.name = "comments",
	.needs = GP_BIT(GP_TOKEN_ACCESS),
	.open = open_comments,
	.next = next_comments,
	.take = take_comments,
	.close = close_comments,
	.plan = plan_comments,
};
