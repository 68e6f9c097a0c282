/*
 * The landing card of a public name: the only place of the preview with the
 * exact number of subscribers.
 */
#include <stdlib.h>

#include "net/preview.h"
#include "net/telegram.h"

struct card {
	struct gp_preview *preview;
	int asked;
};

static int
open_card(struct gp_job *job, struct gp_why *why)
{
	struct card *c = calloc(1, sizeof(*c));

	if (c == NULL)
		return gp_because(why, "no memory");
	job->own = c;
	c->preview = gp_preview_new();
	return c->preview != NULL ? 0 : gp_because(why, "no memory");
}

static void
close_card(struct gp_job *job)
{
	struct card *c = job->own;

	gp_preview_free(c->preview);
	free(c);
	job->own = NULL;
}

static int
next_card(struct gp_job *job, struct gp_http_req *req)
{
	struct card *c = job->own;

	if (c->asked++)
		return 0;
	gp_tg_preview(job, req);
	gp_buf_addf(&req->url, "%s/%s", job->preview, job->name);
	return 1;
}

static int
take_card(struct gp_job *job, const struct gp_http_reply *reply)
{
	struct card *c = job->own;
	struct gp_preview *v = c->preview;
	struct gp_why why;

	if (gp_tg_status(job, reply) == -1)
		return -1;
	if (gp_preview_read(v, gp_buf_span(&reply->body), &why) == -1)
		return gp_job_fail(job, GP_RUN_LATER, "%s", why.msg);
	if (v->kind == GP_PREVIEW_LANDING_MISSING)
		return gp_job_fail(
		    job, GP_RUN_REFUSED, "no channel or group of that name");
	if (v->kind != GP_PREVIEW_LANDING_CHANNEL &&
	    v->kind != GP_PREVIEW_LANDING_GROUP)
		return gp_job_fail(
		    job, GP_RUN_LATER, "the page is none of those known");
	if (!v->whole)
		return gp_job_fail(job, GP_RUN_LATER,
		    "the page is cut short: its end is missing");
	v->page.network = job->net->name;
	v->page.id = v->page.page = gp_span_of(job->page);
	v->page.seen = job->want->now;
	gp_page_write(&job->out, &v->page);
	job->pages++;
	return 0;
}

const struct gp_stream gp_telegram_page = {
	.name = "page",
	.open = open_card,
	.next = next_card,
	.take = take_card,
	.close = close_card,
};
