/* What a group says of itself, and its counters: two calls, one record. */

#include "net/ok.h"

struct card {
	struct gp_ok ok;
	enum {
		INFO,
		COUNTERS,
		DONE
	} phase;
	struct gp_pool pool; /* of what the first call said */
	struct gp_page page;
};

static int
open_card(struct gp_job *job, struct gp_why *why)
{
	struct card *c = job->own;

	gp_pool_init(&c->pool);
	return gp_ok_open(&c->ok, job, why);
}

static void
close_card(struct gp_job *job)
{
	struct card *c = job->own;

	gp_ok_close(&c->ok);
	gp_pool_release(&c->pool);
}

static int
next_card(struct gp_job *job, struct gp_http_req *req)
{
	struct card *c = job->own;
	struct gp_ok_call call = { .n = 0 };

	switch (c->phase) {
	case INFO:
		gp_ok_param(&call, "uids", job->name);
		gp_ok_param(&call, "fields",
		    "uid,name,description,shortname,members_count,main_page_tab"
		    ",homepage_url,phone,address,city,premium");
		gp_ok_request(job, &c->ok, req, "group.getInfo", &call);
		return 1;
	case COUNTERS:
		gp_ok_param(&call, "group_id", job->name);
		gp_ok_param(&call, "counterTypes",
		    "members,themes,photos,videos,links");
		gp_ok_request(job, &c->ok, req, "group.getCounters", &call);
		return 1;
	case DONE:
		break;
	}
	return 0;
}

static struct gp_span
kept(struct card *c, const struct gp_json_obj *o, const char *key)
{
	struct gp_span s = gp_look_str(&c->ok.look, o, key);

	return s.n > 0 ? gp_pool_copy(&c->pool, s) : s;
}

static int
take_info(struct gp_job *job, struct card *c, const struct gp_json_obj *list)
{
	struct gp_json_obj o;
	struct gp_span id;

	if (list->text.n == 0 || list->text.p[0] != '[')
		return gp_job_fail(job, GP_RUN_REFUSED,
		    "group.getInfo: the reply is not a list");
	if (list->n == 0)
		return gp_job_fail(job, GP_RUN_REFUSED, "no such group");
	o = gp_look_in(&c->ok.look, list->m[0].value);
	id = gp_ok_id(&c->ok.look, &o, "uid");
	if (!gp_span_is(id, job->name))
		return gp_job_fail(job, GP_RUN_REFUSED,
		    "group.getInfo: [0] has no 'uid' of the group");
	c->page = (struct gp_page){ .network = "ok" };
	c->page.id = c->page.page = gp_span_of(job->page);
	c->page.title = kept(c, &o, "name");
	c->page.about = kept(c, &o, "description");
	c->page.site = kept(c, &o, "homepage_url");
	c->page.phone = kept(c, &o, "phone");
	c->page.address = kept(c, &o, "address");
	c->page.verified = gp_look_true(&o, "premium");
	c->page.subscribers = gp_look_figure(&o, "members_count");
	c->page.url =
	    gp_pool_fmt(&c->pool, "https://ok.ru/group/%s", job->name);
	c->page.seen = job->want->now;
	c->page.source = gp_span_of("group");
	c->phase = COUNTERS;
	return 0;
}

static int
take_card(struct gp_job *job, const struct gp_http_reply *reply)
{
	struct card *c = job->own;
	struct gp_json_obj o, n;

	if (gp_ok_reply(job, &c->ok, reply, &o) == -1)
		return -1;
	if (c->phase == INFO)
		return take_info(job, c, &o);
	if (gp_json_get(&o, "counters").type != GP_JSON_OBJECT)
		return gp_job_fail(job, GP_RUN_REFUSED,
		    "group.getCounters: 'counters' is missing");
	n = gp_look_at(&c->ok.look, &o, "counters");
	if (gp_look_figure(&n, "members").set)
		c->page.subscribers = gp_look_figure(&n, "members");
	c->page.photos = gp_look_figure(&n, "photos");
	c->page.videos = gp_look_figure(&n, "videos");
	c->page.links = gp_look_figure(&n, "links");
	gp_page_write(&job->out, &c->page);
	job->pages++;
	c->phase = DONE;
	return 0;
}

static long
plan_card(struct gp_job *job)
{
	(void)job;
	return 1;
}

const struct gp_stream gp_ok_page = {
	.name = "page",
	.size = sizeof(struct card),
	.needs = GP_BIT(GP_TOKEN_ACCESS),
	.open = open_card,
	.next = next_card,
	.take = take_card,
	.close = close_card,
	.plan = plan_card,
};
