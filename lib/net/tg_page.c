/*
 * What a public page says of itself. The landing card alone has the exact
 * number of subscribers, the preview's header alone the numbers of photos,
 * videos, files and links: both are asked for, one record comes of them.
 */
#include <stdlib.h>

#include "net/preview.h"
#include "net/telegram.h"

enum phase {
	CARD,
	HEADER,
	DONE
};

struct card {
	struct gp_preview *preview;
	enum phase phase;
	struct gp_pool pool; /* of what the card said */
	struct gp_page page;
};

static int
open_card(struct gp_job *job, struct gp_why *why)
{
	struct card *c = job->own;

	gp_pool_init(&c->pool);
	c->preview = gp_preview_new();
	return c->preview != NULL ? 0 : gp_because(why, "no memory");
}

static void
close_card(struct gp_job *job)
{
	struct card *c = job->own;

	gp_preview_free(c->preview);
	gp_pool_release(&c->pool);
}

static int
next_card(struct gp_job *job, struct gp_http_req *req)
{
	struct card *c = job->own;

	if (c->phase == DONE)
		return 0;
	gp_buf_addf(&req->url, "%s/%s%s", job->preview,
	    c->phase == HEADER ? "s/" : "", job->name);
	gp_tg_preview(job, req);
	return 1;
}

static int
done(struct gp_job *job, struct card *c)
{
	c->page.network = job->net->name;
	c->page.id = c->page.page = gp_span_of(job->page);
	c->page.url = gp_pool_fmt(&c->pool, "https://t.me/%s", job->name);
	c->page.seen = job->want->now;
	gp_page_write(&job->out, &c->page);
	job->pages++;
	c->phase = DONE;
	return 0;
}

static int
take_landing(struct gp_job *job, struct card *c)
{
	const struct gp_preview *v = c->preview;

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
	c->page = v->page;
	c->page.title = gp_pool_copy(&c->pool, v->page.title);
	c->page.about = gp_pool_copy(&c->pool, v->page.about);
	if (v->kind == GP_PREVIEW_LANDING_GROUP) /* it has no preview */
		return done(job, c);
	c->phase = HEADER;
	return 0;
}

/* A preview that is switched off sends us back: the card is all there is. */
static int
take_header(struct gp_job *job, struct card *c)
{
	const struct gp_page *h = &c->preview->page;

	if (c->preview->kind != GP_PREVIEW_PAGE || !c->preview->whole) {
		done(job, c);
		return gp_job_fail(job, GP_RUN_PARTIAL,
		    "the preview does not come whole: photos, videos, files "
		    "and links are not known");
	}
	c->page.photos = h->photos;
	c->page.videos = h->videos;
	c->page.files = h->files;
	c->page.links = h->links;
	c->page.verified |= h->verified;
	return done(job, c);
}

static int
take_card(struct gp_job *job, const struct gp_http_reply *reply)
{
	struct card *c = job->own;
	struct gp_why why;

	if (c->phase == HEADER && reply->status == 302)
		return done(job, c);
	if (gp_tg_status(job, reply) == -1)
		return -1;
	if (gp_preview_read(c->preview, gp_buf_span(&reply->body), &why) == -1)
		return gp_job_fail(job, GP_RUN_LATER, "%s", why.msg);
	return c->phase == HEADER ? take_header(job, c) : take_landing(job, c);
}

static long
plan_card(struct gp_job *job)
{
	const struct card *c = job->own;

	return c->phase == DONE ? 0 : 1;
}

const struct gp_stream gp_telegram_page = {
	.name = "page",
	.size = sizeof(struct card),
	.plan = plan_card,
	.open = open_card,
	.next = next_card,
	.take = take_card,
	.close = close_card,
};
