/*
 * MAX: uploads. An address is asked for; what it answers depends on the kind:
 * of films and sounds the token was given before, and the answer is XML.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim/markup.h"
#include "sim/max.h"

static const struct {
	const char *type;
	enum gp_sim_item_kind kind;
} kinds[] = { { "image", GP_SIM_I_PHOTO }, { "video", GP_SIM_I_VIDEO },
	{ "audio", GP_SIM_I_AUDIO }, { "file", GP_SIM_I_FILE } };

void
gp_sim_max_uploads(struct gp_sim_max_call *c)
{
	const char *type = gp_sim_arg(c->r, "type");
	const char *host = gp_sim_header(c->r, "Host");
	struct gp_sim_item like = { .net = GP_SIM_MAX, .at = c->f->now };
	const struct gp_sim_item *it;
	char url[160], token[48];
	size_t i = 0;

	if (gp_sim_max_params(c, "type") == -1)
		return;
	while (i < 4 && (type == NULL || strcmp(kinds[i].type, type) != 0))
		i++;
	if (i == 4) {
		gp_sim_max_fail(c, 400, "proto.payload",
		    "type: image, video, audio or file");
		return;
	}
	like.kind = kinds[i].kind;
	it = gp_sim_shelf_put(&c->sim->shelf, &like);
	if (it == NULL) {
		gp_sim_max_fail(c, 503, "service.unavailable", "no memory");
		return;
	}
	snprintf(url, sizeof(url), "http://%s/max/upload/%lld?sig=%016llx",
	    host != NULL ? host : "127.0.0.1", (long long)it->number,
	    (unsigned long long)gp_sim_mix((uint64_t)it->number));
	gp_jw_open(&c->jw, '{');
	gp_jw_kstr(&c->jw, "url", url);
	gp_sim_item_token(token, it);
	if (it->kind == GP_SIM_I_VIDEO || it->kind == GP_SIM_I_AUDIO)
		gp_jw_kstr(&c->jw, "token", token);
	gp_jw_close(&c->jw, '}');
}

static void
image(struct gp_jw *w, const char *token)
{
	gp_jw_open(w, '{');
	gp_jw_key(w, "photos");
	gp_jw_open(w, '{');
	gp_jw_key(w, "eUtxLzk3");
	gp_jw_open(w, '{');
	gp_jw_kstr(w, "token", token);
	gp_jw_close(w, '}');
	gp_jw_close(w, '}');
	gp_jw_close(w, '}');
}

static struct gp_sim_document *
document(struct gp_sim_max_call *c, int64_t size)
{
	struct gp_sim_document *d =
	    gp_pool_alloc(&c->sim->shelf.pool, sizeof(*d));

	if (d != NULL)
		*d = (struct gp_sim_document){ "file", size };
	return d;
}

void
gp_sim_max_upload(struct gp_sim_max_call *c, const char *path)
{
	const struct gp_sim_param *p = gp_sim_param(c->r, "data");
	const char *sig = gp_sim_arg(c->r, "sig");
	struct gp_sim_item *it = gp_sim_shelf_item(
	    &c->sim->shelf, GP_SIM_MAX, strtoll(path, NULL, 10));
	char token[48], want[24] = "";

	if (it != NULL)
		snprintf(want, sizeof(want), "%016llx",
		    (unsigned long long)gp_sim_mix((uint64_t)it->number));
	if (it == NULL || sig == NULL || strcmp(sig, want) != 0 ||
	    strcmp(c->r->method, "POST") != 0) {
		gp_sim_max_fail(c, 404, "not.found", "no such upload");
		return;
	}
	if (p == NULL || !p->file || p->value.n == 0 ||
	    (it->kind == GP_SIM_I_PHOTO &&
		gp_sim_picture(gp_buf_span(&p->value)) == NULL)) {
		gp_sim_max_fail(
		    c, 400, "proto.payload", "data: no file of that kind");
		return;
	}
	it->ready = 1;
	it->size = (int64_t)p->value.n;
	it->document =
	    it->kind != GP_SIM_I_PHOTO ? document(c, it->size) : NULL;
	gp_sim_item_token(token, it);
	if (it->kind == GP_SIM_I_PHOTO) {
		image(&c->jw, token);
	} else if (it->kind == GP_SIM_I_FILE) {
		gp_jw_open(&c->jw, '{');
		gp_jw_kint(&c->jw, "fileId", it->number);
		gp_jw_kstr(&c->jw, "token", token);
		gp_jw_close(&c->jw, '}');
	} else {
		c->a->type = "text/xml; charset=utf-8";
		gp_buf_adds(&c->a->body,
		    "<?xml version=\"1.0\" encoding=\"UTF-8\" "
		    "standalone=\"no\"?>\n<retval>1</retval>");
	}
}
