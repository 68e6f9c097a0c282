/* What a community says of itself. */
#include <inttypes.h>

#include "net/vk.h"

#define KINDS                                               \
	(GP_BIT(GP_TOKEN_SERVICE) | GP_BIT(GP_TOKEN_USER) | \
	    GP_BIT(GP_TOKEN_COMMUNITY))

struct card {
	struct gp_vk vk;
	int done;
};

static int
open_card(struct gp_job *job, struct gp_why *why)
{
	struct card *c = job->own;

	return gp_vk_open(&c->vk, job, why);
}

static void
close_card(struct gp_job *job)
{
	struct card *c = job->own;

	gp_vk_close(&c->vk);
}

static int
next_card(struct gp_job *job, struct gp_http_req *req)
{
	struct card *c = job->own;
	struct gp_vk_call call = { .method = "groups.getById" };

	if (c->done)
		return 0;
	if (c->vk.group != 0)
		gp_vk_int(&call, "group_id", c->vk.group);
	else
		gp_vk_text(&call, "group_id", job->name);
	gp_vk_text(&call, "fields",
	    "description,members_count,counters,site,contacts,addresses,"
	    "verified,status");
	gp_vk_request(job, req, KINDS, &call, 1);
	return 1;
}

/* The first contact that has a phone, the first that has an address. */
static void
contacts(struct gp_vk *vk, const struct gp_json_obj *o, struct gp_page *page)
{
	struct gp_json_obj list = gp_look_at(&vk->look, o, "contacts"), c;
	size_t i;

	for (i = list.n; i > 0; i--) {
		struct gp_span s;

		c = gp_look_in(&vk->look, list.m[i - 1].value);
		s = gp_look_str(&vk->look, &c, "phone");
		page->phone = s.n > 0 ? s : page->phone;
		s = gp_look_str(&vk->look, &c, "email");
		page->email = s.n > 0 ? s : page->email;
	}
}

static void
figures(struct gp_vk *vk, const struct gp_json_obj *o, struct gp_page *page)
{
	struct gp_json_obj n = gp_look_at(&vk->look, o, "counters");

	page->subscribers = gp_look_figure(o, "members_count");
	page->photos = gp_look_figure(&n, "photos");
	page->videos = gp_look_figure(&n, "videos");
	page->files = gp_look_figure(&n, "docs");
}

static int
gone(struct gp_job *job, struct gp_vk *vk, const struct gp_json_obj *o)
{
	struct gp_json v = gp_json_get(o, "deactivated");

	(void)vk;
	if (v.type != GP_JSON_STRING)
		return 0;
	return gp_job_fail(job, GP_RUN_REFUSED, "the community is %s",
	    gp_json_is(v, "banned") ? "banned" : "deleted");
}

static int
take_card(struct gp_job *job, const struct gp_http_reply *reply)
{
	struct card *c = job->own;
	struct gp_page page = { .network = "vk" };
	struct gp_json_obj o, site;
	struct gp_json v;
	struct gp_buf id;

	if (gp_vk_response(job, &c->vk, reply, &v) == -1)
		return -1;
	o = gp_vk_first_group(&c->vk, v);
	c->vk.group = gp_look_int(&o, "id");
	if (c->vk.group <= 0)
		return gp_job_fail(
		    job, GP_RUN_REFUSED, "no community of that name");
	gp_buf_init(&id, 0);
	gp_buf_addf(&id, "vk:-%" PRId64, c->vk.group);
	if (gp_job_page(job, gp_buf_str(&id)) == -1)
		gp_job_fail(job, GP_RUN_LATER, "no memory");
	gp_buf_release(&id);
	if (gone(job, &c->vk, &o) == -1)
		return -1;
	page.id = page.page = gp_span_of(job->page);
	page.title = gp_look_str(&c->vk.look, &o, "name");
	page.about = gp_look_str(&c->vk.look, &o, "description");
	page.site = gp_look_str(&c->vk.look, &o, "site");
	page.verified = gp_look_true(&o, "verified");
	site = gp_look_at(&c->vk.look, &o, "addresses");
	page.address = gp_look_str(&c->vk.look, &site, "main_address");
	page.url = gp_look_str(&c->vk.look, &o, "screen_name");
	page.url = page.url.n > 0
	    ? gp_pool_fmt(&c->vk.look.pool, "https://vk.com/%.*s",
		  (int)page.url.n, page.url.p)
	    : gp_pool_fmt(
		  &c->vk.look.pool, "https://vk.com/club%" PRId64, c->vk.group);
	page.seen = job->want->now;
	page.source = gp_span_of("groups");
	contacts(&c->vk, &o, &page);
	figures(&c->vk, &o, &page);
	gp_page_write(&job->out, &page);
	job->pages++;
	c->done = 1;
	return 0;
}

static long
plan_card(struct gp_job *job)
{
	(void)job;
	return 0;
}

const struct gp_stream gp_vk_page = {
	.name = "page",
	.size = sizeof(struct card),
	.needs = KINDS,
	.open = open_card,
	.next = next_card,
	.take = take_card,
	.close = close_card,
	.plan = plan_card,
};
