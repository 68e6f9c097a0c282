/*
 * Posts of a channel. GET /messages gives them from the newest on, `from` being
 * the younger bound in milliseconds. The next page begins a millisecond behind
 * the last post, for it is not said whether the bound itself belongs to it:
 * what is of the same moment is met twice rather than lost.
 */
#include <inttypes.h>

#include "net/front.h"
#include "net/max.h"

struct posts {
	struct gp_max max;
	struct gp_front front;
	int64_t from; /* ms; 0: from the newest */
	int done;
};

static int
open_posts(struct gp_job *job, struct gp_why *why)
{
	struct posts *p = job->own;

	if (gp_max_open(&p->max, job, why) == -1)
		return -1;
	return gp_front_open(&p->front, &p->max.look, job, why);
}

static void
close_posts(struct gp_job *job)
{
	struct posts *p = job->own;

	gp_max_close(&p->max);
	gp_front_release(&p->front);
}

static int
next_posts(struct gp_job *job, struct gp_http_req *req)
{
	struct posts *p = job->own;

	if (p->done)
		return 0;
	if (p->max.chat == NULL) {
		gp_max_who(job, &p->max, req);
		return 1;
	}
	gp_max_get(job, &p->max, req, "messages");
	gp_http_param(&req->url, "chat_id", gp_span_of(p->max.chat));
	if (p->from != 0)
		gp_max_number(req, "from", p->from);
	gp_max_number(req, "count", GP_MAX_COUNT);
	return 1;
}

static int
who(struct gp_job *job, struct posts *p, const struct gp_json_obj *o)
{
	if (gp_max_take_who(job, &p->max, o) == -1)
		return -1;
	gp_front_release(&p->front);
	if (gp_front_open(&p->front, &p->max.look, job, &job->why) == -1)
		return gp_job_unopened(job);
	return 0;
}

static int
take_posts(struct gp_job *job, const struct gp_http_reply *reply)
{
	struct posts *p = job->own;
	enum gp_judge k = GP_TAKE;
	struct gp_json_obj o, list;
	struct gp_max_note n;
	struct gp_item it;
	int64_t oldest = 0;
	int end;
	size_t i;

	if (gp_max_reply(job, &p->max, reply, "read_all_messages", &o) == -1)
		return -1;
	if (p->max.chat == NULL)
		return who(job, p, &o);
	if (gp_max_list(job, &p->max, &o, "messages", "messages", &list) == -1)
		return -1;
	p->front.fresh = 0;
	for (i = 0; i < list.n && k != GP_STOP; i++) {
		if (gp_max_note(job, &p->max, &list, "messages", i, &n) == -1)
			return -1;
		oldest = oldest == 0 || n.at < oldest ? n.at : oldest;
		k = gp_front_judge(&p->front, job, n.mid, n.at / 1000, 0);
		if (k != GP_TAKE)
			continue;
		gp_max_post(&p->max, job->page, &n.o, &it);
		gp_job_item(job, &it);
	}
	if (p->max.look.pool.bad)
		return gp_job_fail(job, GP_RUN_LATER, "no memory");
	end = list.n < GP_MAX_COUNT || !p->front.fresh;
	p->from = oldest + 1;
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

	if (p->done)
		return 0;
	if (p->max.chat == NULL || p->from == 0)
		return GP_PLAN_MORE;
	return job->want->limit != 0 ? job->want->limit / GP_MAX_COUNT : -1;
}

const struct gp_stream gp_max_posts = {
	.name = "posts",
	.size = sizeof(struct posts),
	.needs = GP_BIT(GP_TOKEN_BOT),
	.open = open_posts,
	.next = next_posts,
	.take = take_posts,
	.close = close_posts,
	.plan = plan_posts,
};
