/*
 * Posts of a wall. wall.get lists them from the newest on, a pinned one first.
 * Offsets shift while one reads: what is new pushes posts on, which are met
 * twice; what is deleted pulls them back, and one would be passed over. So a
 * page begins with the last post of the page before, and where nothing of it
 * was seen before, reading steps back.
 */
#include <inttypes.h>

#include "net/front.h"
#include "net/vk.h"
#include "net/wall.h"

#define KINDS (GP_BIT(GP_TOKEN_SERVICE) | GP_BIT(GP_TOKEN_USER))

enum {
	STEP_BACK = 20,
	STEPS = 5
};

struct posts {
	struct gp_vk vk;
	struct gp_front front;
	int64_t offset, total;
	int steps, done;
};

static int
open_posts(struct gp_job *job, struct gp_why *why)
{
	struct posts *p = job->own;

	if (gp_vk_open(&p->vk, job, why) == -1)
		return -1;
	return p->vk.group != 0
	    ? gp_front_open(&p->front, &p->vk.look, job, why)
	    : 0;
}

static void
close_posts(struct gp_job *job)
{
	struct posts *p = job->own;

	gp_vk_close(&p->vk);
	gp_front_release(&p->front);
}

static int
next_posts(struct gp_job *job, struct gp_http_req *req)
{
	struct posts *p = job->own;
	struct gp_vk_call c = { .method = "wall.get" };

	if (p->done)
		return 0;
	if (p->vk.group == 0) {
		gp_vk_who(job, req, KINDS);
		return 1;
	}
	gp_vk_int(&c, "owner_id", -p->vk.group);
	gp_vk_int(&c, "offset", p->offset);
	gp_vk_int(&c, "count", GP_VK_PAGE);
	gp_vk_int(&c, "extended", 1);
	gp_vk_request(job, req, KINDS, &c, 1);
	return 1;
}

/* 1: the end of what is wanted was met. */
static int
take_list(struct gp_job *job, struct posts *p, const struct gp_json_obj *list,
    const struct gp_vk_names *names, int *met)
{
	enum gp_judge k = GP_TAKE;
	struct gp_json_obj o;
	struct gp_item it;
	struct gp_span id;
	int pinned;
	size_t i;

	*met = 0;
	for (i = 0; i < list->n && k != GP_STOP; i++) {
		o = gp_look_in(&p->vk.look, list->m[i].value);
		id = gp_look_id(&p->vk.look, &o, "id");
		pinned = gp_look_true(&o, "is_pinned");
		if (id.n == 0)
			return gp_job_fail(job, GP_RUN_REFUSED,
			    "wall.get: items[%zu] has no 'id'", i);
		k = gp_front_judge(
		    &p->front, job, id, gp_look_int(&o, "date"), pinned);
		*met |= k == GP_SKIP;
		if (k != GP_TAKE)
			continue;
		gp_vk_post(&p->vk, &o, names, &it);
		gp_job_item(job, &it);
	}
	return k == GP_STOP;
}

/* For the job that reads their comments. */
static void
share(struct gp_job *job, struct posts *p, const struct gp_json_obj *list)
{
	struct gp_json_obj o, n;
	size_t i;

	for (i = 0; i < list->n && job->heir != NULL; i++) {
		o = gp_look_in(&p->vk.look, list->m[i].value);
		n = gp_look_at(&p->vk.look, &o, "comments");
		gp_wall_put(job,
		    &(struct gp_wall_post){
			.id = gp_look_id(&p->vk.look, &o, "id"),
			.at = gp_look_int(&o, "date"),
			.comments = gp_look_int(&n, "count"),
			.pinned = gp_look_true(&o, "is_pinned") });
	}
	gp_wall_listed(job, list->n < 2 || (int64_t)list->n >= p->total, NULL);
}

static int
finish(struct gp_job *job, struct posts *p, int end)
{
	gp_front_finish(&p->front, job, end);
	p->done = 1;
	return job->outcome == GP_RUN_LATER ? -1 : 0;
}

static int
take_posts(struct gp_job *job, const struct gp_http_reply *reply)
{
	struct posts *p = job->own;
	struct gp_json_obj answer, list;
	struct gp_vk_names names;
	struct gp_json v;
	int stop, met;

	if (p->vk.group == 0) {
		if (gp_vk_take_who(job, &p->vk, reply) == -1)
			return -1;
		return gp_front_open(&p->front, &p->vk.look, job, &job->why) ==
			-1
		    ? gp_job_unopened(job)
		    : 0;
	}
	if (gp_vk_response(job, &p->vk, reply, &v) == -1)
		return -1;
	answer = gp_look_in(&p->vk.look, v);
	list = gp_look_at(&p->vk.look, &answer, "items");
	p->total = gp_look_int(&answer, "count");
	gp_vk_names(&p->vk, &answer, &names);
	stop = take_list(job, p, &list, &names, &met);
	if (stop == -1)
		return -1;
	if (p->offset == 0 && job->wall == NULL)
		share(job, p, &list);
	if (p->vk.look.pool.bad)
		return gp_job_fail(job, GP_RUN_LATER, "no memory");
	if (stop)
		return finish(job, p, 0);
	if (p->offset > 0 && !met && list.n > 0 && p->steps++ < STEPS) {
		p->offset = p->offset > STEP_BACK ? p->offset - STEP_BACK : 0;
		return 0;
	}
	if (!gp_front_goes_back(&p->front, job))
		return finish(job, p, list.n == 0);
	if (list.n < 2 || p->offset + (int64_t)list.n >= p->total) {
		if (job->want->all) {
			job->expect_posts.n = p->total;
			job->expect_posts.set = 1;
			if ((int64_t)p->front.known.n < p->total &&
			    job->want->since == 0 && job->want->limit == 0)
				gp_job_gap(job, "posts", gp_span_of(job->page),
				    p->total, (int64_t)p->front.known.n, NULL);
		}
		return finish(job, p, 1);
	}
	p->offset += (int64_t)list.n - 1;
	return 0;
}

/* As many a day as on the newest page. */
static long
plan_posts(struct gp_job *job)
{
	const struct posts *p = job->own;
	const struct gp_want *want = job->want;
	gp_instant span = p->front.newest - p->front.oldest;
	long rest = (long)((p->total - p->offset) / (GP_VK_PAGE - 1));

	if (p->vk.group == 0 || p->total == 0)
		return p->done ? 0 : GP_PLAN_MORE;
	if (p->done)
		return 0;
	if (want->limit != 0)
		return (want->limit - p->front.taken) / (GP_VK_PAGE - 1) + 1;
	if (want->since != 0 && span > 0) {
		long n = (long)((p->front.oldest - want->since) / span) + 1;

		return n < rest ? n : rest;
	}
	return rest;
}

const struct gp_stream gp_vk_posts = {
	.name = "posts",
	.of_wall = 1,
	.size = sizeof(struct posts),
	.needs = KINDS,
	.open = open_posts,
	.next = next_posts,
	.take = take_posts,
	.close = close_posts,
	.plan = plan_posts,
};
