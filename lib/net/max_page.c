/* What a channel says of itself. */
#include <string.h>

#include "net/max.h"

struct card {
	struct gp_max max;
	int done;
};

static int
open_card(struct gp_job *job, struct gp_why *why)
{
	struct card *c = job->own;

	return gp_max_open(&c->max, job, why);
}

static void
close_card(struct gp_job *job)
{
	struct card *c = job->own;

	gp_max_close(&c->max);
}

static int
next_card(struct gp_job *job, struct gp_http_req *req)
{
	struct card *c = job->own;

	if (c->done)
		return 0;
	gp_max_who(job, &c->max, req);
	return 1;
}

static int
take_card(struct gp_job *job, const struct gp_http_reply *reply)
{
	struct card *c = job->own;
	struct gp_page page = { .network = "max" };
	struct gp_json_obj o;
	struct gp_json status;

	if (gp_max_reply(job, &c->max, reply, "read_all_messages", &o) == -1 ||
	    gp_max_take_who(job, &c->max, &o) == -1)
		return -1;
	status = gp_json_get(&o, "status");
	if (status.type == GP_JSON_STRING && !gp_json_is(status, "active"))
		return gp_job_fail(job, GP_RUN_REFUSED,
		    "the bot is no longer in the channel: let it in again");
	page.id = page.page = gp_span_of(job->page);
	page.title = gp_look_str(&c->max.look, &o, "title");
	page.about = gp_look_str(&c->max.look, &o, "description");
	page.url = gp_look_str(&c->max.look, &o, "link");
	page.subscribers = gp_look_figure(&o, "participants_count");
	page.seen = job->want->now;
	page.source = gp_span_of("bot");
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

const struct gp_stream gp_max_page = {
	.name = "page",
	.size = sizeof(struct card),
	.needs = GP_BIT(GP_TOKEN_BOT),
	.open = open_card,
	.next = next_card,
	.take = take_card,
	.close = close_card,
	.plan = plan_card,
};
