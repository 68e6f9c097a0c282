/*
 * OK: video.getUploadUrl, the address it gives, and video.update, which makes
 * what came a video. A video that was put up without post_form becomes a topic
 * of the group by itself, as OK's does: who posts it too posts it twice.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim/markup.h"
#include "sim/okwrite.h"

#define LEAST INT64_C(16384)
#define MOST  INT64_C(1073741824)

static void
video_id(char to[24], const struct gp_sim_item *it)
{
	snprintf(to, 24, "%" PRId64, INT64_C(9000000000000) + it->number);
}

struct gp_sim_item *
gp_sim_ok_video(const struct gp_sim *sim, const char *id)
{
	int64_t n =
	    id != NULL ? strtoll(id, NULL, 10) - INT64_C(9000000000000) : 0;
	struct gp_sim_item *it =
	    n > 0 ? gp_sim_shelf_item(&sim->shelf, GP_SIM_OK, n) : NULL;

	return it != NULL && it->kind == GP_SIM_I_VIDEO ? it : NULL;
}

int
gp_sim_ok_video_url(struct gp_sim_ok_call *c)
{
	const char *host = gp_sim_header(c->r, "Host");
	const char *form = gp_sim_arg(c->r, "post_form");
	struct gp_sim_item like = { .net = GP_SIM_OK,
		.kind = GP_SIM_I_VIDEO,
		.title = gp_sim_arg(c->r, "file_name") };
	const struct gp_sim_item *it;
	char text[160], id[24];

	if (gp_sim_ok_group(c, "gid") == -1)
		return -1;
	gp_sim_arg_int(c->r, "file_size", &like.size);
	if (like.size != 0 && like.size < LEAST)
		return gp_sim_ok_fail(c, 100, "PARAM : FileToSmall");
	if (like.size > MOST)
		return gp_sim_ok_fail(c, 100, "PARAM : FileToLarge");
	like.at = c->f->now;
	like.owner = c->group;
	/* What is told is no topic of its own. */
	like.told = form != NULL && strcmp(form, "true") == 0;
	it = gp_sim_shelf_put(&c->sim->shelf, &like);
	if (it == NULL)
		return gp_sim_ok_fail(c, 2, "SERVICE : no memory");
	video_id(id, it);
	snprintf(text, sizeof(text),
	    "http://%s/ok/upload/video/%s?sig=%016" PRIx64,
	    host != NULL ? host : "127.0.0.1", id,
	    gp_sim_mix((uint64_t)it->number));
	gp_jw_open(&c->jw, '{');
	gp_jw_key(&c->jw, "video_id");
	gp_jw_raw(&c->jw, gp_span_of(id));
	gp_jw_kstr(&c->jw, "upload_url", text);
	gp_jw_close(&c->jw, '}');
	return 0;
}

void
gp_sim_ok_video_upload(struct gp_sim_ok_call *c, const char *id)
{
	struct gp_sim_item *it = gp_sim_ok_video(c->sim, id);
	const char *sig = gp_sim_arg(c->r, "sig");
	const struct gp_sim_param *p = NULL;
	char want[24];
	size_t i;

	snprintf(want, sizeof(want), "%016" PRIx64,
	    gp_sim_mix((uint64_t)(it != NULL ? it->number : 0)));
	if (it == NULL || strcmp(c->r->method, "POST") != 0 || sig == NULL ||
	    strcmp(sig, want) != 0) {
		gp_sim_ok_fail(c, 100, "PARAM : no such upload");
		return;
	}
	for (i = 0; i < c->r->n && p == NULL; i++)
		if (c->r->param[i].file)
			p = &c->r->param[i];
	if (p == NULL || (int64_t)p->value.n < LEAST ||
	    gp_sim_picture(gp_buf_span(&p->value)) != NULL) {
		gp_sim_ok_fail(c, 100, "PARAM : BadFormat");
		return;
	}
	it->size = (int64_t)p->value.n;
	it->ready = -1; /* video.update ends it */
	gp_buf_adds(&c->a->body, "<retval>1</retval>");
	c->a->type = "text/xml";
}

/* The topic that a video without post_form becomes. */
static int
topic(struct gp_sim_ok_call *c, const struct gp_sim_item *it)
{
	struct gp_sim_note like = {
		.kind = GP_SIM_POST, .at = c->f->now, .text = ""
	};
	struct gp_sim_note *made = NULL;

	if (gp_sim_note_attach(c->f, &like, it) == 0)
		made = gp_sim_feed_add(c->f, &like);
	if (made == NULL)
		return gp_sim_ok_fail(c, 2, "SERVICE : no memory");
	gp_sim_ok_wrote(c, "post", made);
	return 0;
}

int
gp_sim_ok_video_update(struct gp_sim_ok_call *c)
{
	struct gp_sim_item *it =
	    gp_sim_ok_video(c->sim, gp_sim_arg(c->r, "vid"));

	if (it == NULL)
		return gp_sim_ok_fail(c, 300, "NOT_FOUND : no such video");
	if (it->ready == 0)
		return gp_sim_ok_fail(
		    c, 100, "PARAM : vid: nothing was uploaded");
	c->group = it->owner;
	c->f = gp_sim_feed_by_id(c->sim, GP_SIM_OK, c->group);
	if (it->ready == -1 && !it->told && topic(c, it) == -1)
		return -1;
	it->ready = 1;
	gp_jw_raw(&c->jw, gp_span_of("null"));
	return 0;
}
