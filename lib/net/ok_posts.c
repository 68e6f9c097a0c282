/*
 * Topics of a group. mediatopic.getTopics lists from the newest on and leads on
 * by an anchor, which does not shift when topics come or go.
 */
#include <stdlib.h>

#include "net/front.h"
#include "net/ok.h"
#include "net/wall.h"

struct posts {
	struct gp_ok ok;
	struct gp_front front;
	char *anchor;
	int second; /* the first page has been listed */
	int done;
};

static const char method[] = "mediatopic.getTopics";

void
gp_ok_topics_call(struct gp_job *job, struct gp_ok *ok, struct gp_http_req *req,
    const char *anchor)
{
	struct gp_ok_call c = { .n = 0 };

	gp_ok_param(&c, "gid", job->name);
	gp_ok_param(&c, "count", "100");
	gp_ok_param(&c, "fields", "media_topic.*");
	if (anchor != NULL)
		gp_ok_param(&c, "anchor", anchor);
	gp_ok_request(job, ok, req, method, &c);
}

/* All of the page are topics, and have ids. */
int
gp_ok_topics(struct gp_job *job, struct gp_ok *ok, const struct gp_json_obj *o,
    struct gp_json_obj *list)
{
	struct gp_json_obj t;
	size_t i;

	if (gp_ok_list(job, ok, o, method, "media_topics", list) == -1)
		return -1;
	for (i = 0; i < list->n; i++) {
		t = gp_look_in(&ok->look, list->m[i].value);
		if (gp_ok_id(&ok->look, &t, "id").n == 0)
			return gp_job_fail(job, GP_RUN_REFUSED,
			    "%s: media_topics[%zu] has no 'id'", method, i);
	}
	return 0;
}

static int
open_posts(struct gp_job *job, struct gp_why *why)
{
	struct posts *p = job->own;

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
}

static int
next_posts(struct gp_job *job, struct gp_http_req *req)
{
	struct posts *p = job->own;

	if (p->done)
		return 0;
	gp_ok_topics_call(job, &p->ok, req, p->anchor);
	return 1;
}

/* For the job that reads their comments. */
static void
share(struct gp_job *job, struct posts *p, const struct gp_json_obj *list,
    int more)
{
	struct gp_json_obj t;
	size_t i;

	for (i = 0; i < list->n && job->heir != NULL; i++) {
		t = gp_look_in(&p->ok.look, list->m[i].value);
		gp_wall_put(job,
		    &(struct gp_wall_post){
			.id = gp_ok_id(&p->ok.look, &t, "id"),
			.at = gp_ok_topic_at(&p->ok.look, &t),
			.comments = gp_ok_topic_count(&p->ok.look, &t),
			.pinned = gp_look_true(&t, "pinned") });
	}
	gp_wall_listed(job, !more, more ? p->anchor : NULL);
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
	int more;

	if (gp_ok_reply(job, &p->ok, reply, &o) == -1 ||
	    gp_ok_topics(job, &p->ok, &o, &list) == -1)
		return -1;
	for (i = 0; i < list.n && k != GP_STOP; i++) {
		t = gp_look_in(&p->ok.look, list.m[i].value);
		id = gp_ok_id(&p->ok.look, &t, "id");
		gp_ok_topic(job, &p->ok.look, &t, &it);
		k = gp_front_judge(&p->front, job, id, it.at, it.pinned);
		if (k == GP_TAKE)
			gp_job_item(job, &it);
	}
	if (p->ok.look.pool.bad)
		return gp_job_fail(job, GP_RUN_LATER, "no memory");
	more = gp_ok_more(job, &p->ok, &o, method, list.n, &p->anchor);
	if (more == -1)
		return -1;
	if (job->wall == NULL && !p->second)
		share(job, p, &list, more);
	p->second = 1;
	if (k != GP_STOP && more && gp_front_goes_back(&p->front, job))
		return 0;
	p->done = 1;
	gp_front_finish(&p->front, job, k != GP_STOP && !more);
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
	.of_wall = 1,
	.size = sizeof(struct posts),
	.needs = GP_BIT(GP_TOKEN_ACCESS),
	.open = open_posts,
	.next = next_posts,
	.take = take_posts,
	.close = close_posts,
	.plan = plan_posts,
};
