/* OK: photosV2.getUploadUrl, and what stands at the address it gives. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim/markup.h"
#include "sim/ok.h"

#define COUNT_MAX 10

/* The id of a photo that is to come. */
static void
photo_id(char to[24], int64_t number)
{
	snprintf(to, 24, "%016" PRIx64, gp_sim_mix((uint64_t)number + 41));
}

int
gp_sim_ok_upload_url(struct gp_sim_ok_call *c)
{
	const char *host = gp_sim_header(c->r, "Host");
	struct gp_sim_item like = { .net = GP_SIM_OK };
	const struct gp_sim_item *it = NULL;
	int64_t n = 1, i, first = 0;
	char text[160];

	if (gp_sim_ok_group(c, "gid") == -1)
		return -1;
	gp_sim_arg_int(c->r, "count", &n);
	if (n < 1 || n > COUNT_MAX)
		return gp_sim_ok_fail(c, 100, "PARAM : count");
	gp_jw_open(&c->jw, '{');
	gp_jw_key(&c->jw, "photo_ids");
	gp_jw_open(&c->jw, '[');
	for (i = 0; i < n; i++) {
		like.at = c->f->now;
		like.owner = c->group;
		it = gp_sim_shelf_put(&c->sim->shelf, &like);
		if (it == NULL)
			return gp_sim_ok_fail(c, 2, "SERVICE : no memory");
		if (first == 0)
			first = it->number;
		photo_id(text, it->number);
		gp_jw_str(&c->jw, text);
	}
	gp_jw_close(&c->jw, ']');
	snprintf(text, sizeof(text),
	    "http://%s/ok/upload/%" PRId64 "/%" PRId64 "?sig=%016" PRIx64,
	    host != NULL ? host : "127.0.0.1", first, n,
	    gp_sim_mix((uint64_t)(first * 16 + n)));
	gp_jw_kstr(&c->jw, "upload_url", text);
	gp_jw_kint(&c->jw, "expires_ms", (c->f->now + 86400) * 1000);
	gp_jw_close(&c->jw, '}');
	return 0;
}

/* The files that came, under any names, are the photos in their order; told
 * of last first, for who relies on an order. */
static void
came(struct gp_sim_ok_call *c, int64_t first, int64_t n)
{
	struct gp_sim_item *got[COUNT_MAX];
	const struct gp_sim_param *p;
	char id[24], token[48];
	int64_t k = 0;
	size_t i;

	for (i = 0; i < c->r->n && k < n; i++) {
		p = &c->r->param[i];
		if (!p->file || gp_sim_picture(gp_buf_span(&p->value)) == NULL)
			continue;
		got[k] =
		    gp_sim_shelf_item(&c->sim->shelf, GP_SIM_OK, first + k);
		if (got[k] == NULL)
			break;
		got[k]->ready = 1;
		got[k]->size = (int64_t)p->value.n;
		k++;
	}
	if (k == 0) {
		gp_sim_ok_fail(c, 500, "SIZE : no picture in the request");
		return;
	}
	gp_jw_open(&c->jw, '{');
	gp_jw_key(&c->jw, "photos");
	gp_jw_open(&c->jw, '{');
	while (k-- > 0) {
		photo_id(id, got[k]->number);
		gp_jw_key(&c->jw, id);
		gp_jw_open(&c->jw, '{');
		gp_sim_item_token(token, got[k]);
		gp_jw_kstr(&c->jw, "token", token);
		gp_jw_close(&c->jw, '}');
	}
	gp_jw_close(&c->jw, '}');
	gp_jw_close(&c->jw, '}');
}

void
gp_sim_ok_upload(struct gp_sim_ok_call *c, const char *path)
{
	const char *sig = gp_sim_arg(c->r, "sig");
	char *end, want[24];
	int64_t first = strtoll(path, &end, 10);
	int64_t n = *end == '/' ? strtoll(end + 1, NULL, 10) : 0;

	snprintf(want, sizeof(want), "%016" PRIx64,
	    gp_sim_mix((uint64_t)(first * 16 + n)));
	if (strcmp(c->r->method, "POST") != 0 || sig == NULL ||
	    strcmp(sig, want) != 0 || n < 1 || n > COUNT_MAX) {
		gp_sim_ok_fail(c, 100, "PARAM : no such upload");
		return;
	}
	gp_jw_init(&c->jw, &c->a->body);
	came(c, first, n);
}
