/* Whether a post stands on the wall of VK, or waits to: by its words. */
#include <inttypes.h>

#include "net/publish.h"
#include "net/vk.h"

#define SEES (GP_BIT(GP_TOKEN_USER) | GP_BIT(GP_TOKEN_SERVICE))

struct seek {
	struct gp_vk vk;
	int waiting, done; /* those that wait are looked through as well */
	int pages;
};

static int
open_seek(struct gp_job *job, struct gp_why *why)
{
	struct seek *s = job->own;

	return gp_vk_open(&s->vk, job, why);
}

static void
close_seek(struct gp_job *job)
{
	struct seek *s = job->own;

	gp_vk_close(&s->vk);
}

static int
next_seek(struct gp_job *job, struct gp_http_req *req)
{
	struct gp_vk_call c = { .method = "wall.get" };
	struct seek *s = job->own;

	if (s->done)
		return 0;
	if (s->vk.group == 0) {
		gp_vk_who(job, req, SEES);
		return 1;
	}
	gp_vk_int(&c, "owner_id", -s->vk.group);
	gp_vk_int(&c, "count", GP_VK_PAGE);
	gp_vk_int(&c, "offset", (int64_t)s->pages * GP_VK_PAGE);
	if (s->waiting)
		gp_vk_text(&c, "filter", "postponed");
	gp_vk_request(
	    job, req, s->waiting ? GP_BIT(GP_TOKEN_USER) : SEES, &c, 1);
	return 1;
}

static int
is_ours(struct gp_job *job, struct seek *s, const struct gp_json_obj *o)
{
	struct gp_buf b;
	int r;

	if (!gp_publish_time(job->act, gp_look_int(o, "date")))
		return 0;
	gp_buf_init(&b, 0);
	gp_said_plain(&b, &job->act->publish->said);
	r = gp_publish_same(
	    gp_look_str(&s->vk.look, o, "text"), gp_buf_span(&b));
	gp_buf_release(&b);
	return r;
}

static int
take_seek(struct gp_job *job, const struct gp_http_reply *reply)
{
	struct seek *s = job->own;
	struct gp_json_obj answer, list, o;
	struct gp_json v;
	int64_t id;
	size_t i;

	if (s->vk.group == 0)
		return gp_vk_take_who(job, &s->vk, reply);
	if (gp_vk_response(job, &s->vk, reply, &v) == -1)
		return -1;
	answer = gp_look_in(&s->vk.look, v);
	list = gp_look_at(&s->vk.look, &answer, "items");
	for (i = 0; i < list.n; i++) {
		o = gp_look_in(&s->vk.look, list.m[i].value);
		id = gp_look_int(&o, "id");
		if (!is_ours(job, s, &o) ||
		    gp_publish_taken(job->act,
			gp_pool_fmt(&s->vk.look.pool,
			    "vk:-%" PRId64 "/%" PRId64, s->vk.group, id)
			    .p))
			continue;
		job->act->found = GP_SEEK_FOUND;
		gp_buf_addf(&job->act->result, "vk:-%" PRId64 "/%" PRId64,
		    s->vk.group, id);
		gp_buf_addf(&job->act->url,
		    "https://vk.com/wall-%" PRId64 "_%" PRId64, s->vk.group,
		    id);
		s->done = 1;
		return 0;
	}
	/* What is asked for might stand behind a full list of newer ones. */
	if (list.n >= GP_VK_PAGE &&
	    !gp_act_before(job->act, gp_look_int(&o, "date"))) {
		s->done = ++s->pages == GP_SEEK_PAGES;
		return 0;
	}
	s->pages = 0;
	s->done = s->waiting || job->act->publish->when == 0;
	s->waiting = 1;
	if (s->done)
		job->act->found = GP_SEEK_ABSENT;
	return 0;
}

const struct gp_stream gp_vk_published = {
	.name = "published",
	.needs = SEES,
	.size = sizeof(struct seek),
	.open = open_seek,
	.next = next_seek,
	.take = take_seek,
	.close = close_seek,
};
