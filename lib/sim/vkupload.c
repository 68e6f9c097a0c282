/*
 * Uploads of VK: an address to send a file to, what that address answers, and
 * the method that keeps what was sent. The answer of a picture must come back
 * as it was: its `photo` is JSON text, its `hash` seals it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim/markup.h"
#include "sim/vk.h"

#define SERVER    857224
#define PHOTO_MAX (50 * GP_MIB)
#define CAPTION   2048

static void
address(struct gp_sim_vk_call *c, char to[160], const char *kind, int64_t n)
{
	const char *host = gp_sim_header(c->r, "Host");

	snprintf(to, 160, "http://%s%s%s/%lld",
	    host != NULL ? host : "127.0.0.1", GP_SIM_VK_UPLOAD, kind,
	    (long long)n);
}

/* group_id, where it is given, must be the page's. */
static int
page_of(struct gp_sim_vk_call *c, struct gp_sim_vk_page *p)
{
	p->f = &c->sim->feed[GP_SIM_VK];
	p->id = p->f->page->id;
	return gp_sim_vk_number(c, "group_id", 0) != 0 ? gp_sim_vk_group(c, p)
						       : 0;
}

static int64_t
owner(const struct gp_sim_vk_call *c, const struct gp_sim_vk_page *p)
{
	const struct gp_sim_person *me = gp_sim_vk_myself(c);

	/* A picture sent by an admin is the admin's. */
	return c->token == GP_SIM_T_VK_USER && me != NULL ? me->id : -p->id;
}

int
gp_sim_vk_photos_server(struct gp_sim_vk_call *c)
{
	int wall = strstr(c->method, "Wall") != NULL;
	struct gp_sim_vk_page p;
	char url[160];

	if (page_of(c, &p) == -1)
		return -1;
	address(c, url, "photo", p.id);
	gp_jw_open(&c->jw, '{');
	gp_jw_kint(&c->jw, "album_id", wall ? -14 : -64);
	gp_jw_kstr(&c->jw, "upload_url", url);
	gp_jw_kint(&c->jw, "user_id", owner(c, &p) > 0 ? owner(c, &p) : 0);
	if (!wall)
		gp_jw_kint(&c->jw, "group_id", 0);
	gp_jw_close(&c->jw, '}');
	return 0;
}

static void
seal(char to[24], struct gp_span photo)
{
	snprintf(
	    to, 24, "%016llx", (unsigned long long)gp_sim_hash(photo, 0x9e37));
}

/* What the upload server says; "[]" is its way to say no. */
static void
photo_came(
    struct gp_sim *sim, const struct gp_sim_request *r, struct gp_sim_reply *a)
{
	const struct gp_sim_param *p = gp_sim_param(r, "photo");
	struct gp_sim_item like = {
		.kind = GP_SIM_I_PHOTO, .net = GP_SIM_VK, .at = sim->w.now
	};
	const struct gp_sim_item *it = NULL;
	char photo[96] = "[]", hash[24];
	struct gp_jw w;

	if (p != NULL && p->file && p->value.n <= PHOTO_MAX &&
	    gp_sim_picture(gp_buf_span(&p->value)) != NULL) {
		like.size = (int64_t)p->value.n;
		it = gp_sim_shelf_put(&sim->shelf, &like);
	}
	if (it != NULL)
		snprintf(photo, sizeof(photo),
		    "[{\"photo\":\"%lld:w\",\"sizes\":[],\"kid\":\"%016llx\"}]",
		    (long long)it->number,
		    (unsigned long long)gp_sim_mix((uint64_t)it->number));
	seal(hash, gp_span_of(photo));
	a->type = "text/html; charset=utf-8"; /* though it is JSON */
	gp_jw_init(&w, &a->body);
	gp_jw_open(&w, '{');
	gp_jw_kint(&w, "server", SERVER);
	gp_jw_kstr(&w, "photo", photo);
	gp_jw_kstr(&w, "hash", hash);
	gp_jw_close(&w, '}');
}

static void
video_came(struct gp_sim *sim, const struct gp_sim_request *r,
    struct gp_sim_reply *a, int64_t number)
{
	struct gp_sim_item *it =
	    gp_sim_shelf_item(&sim->shelf, GP_SIM_VK, number);
	const struct gp_sim_param *p = gp_sim_param(r, "video_file");
	struct gp_jw w;

	a->type = "application/json; charset=utf-8";
	gp_jw_init(&w, &a->body);
	gp_jw_open(&w, '{');
	if (it == NULL || it->kind != GP_SIM_I_VIDEO || p == NULL || !p->file ||
	    p->value.n == 0) {
		gp_jw_kstr(&w, "error", "invalid file");
	} else {
		it->ready = 1;
		it->size = (int64_t)p->value.n;
		gp_jw_kstr(&w, "video_hash", "0a1b2c3d4e5f60718293");
		gp_jw_kint(&w, "size", it->size);
		gp_jw_kint(&w, "owner_id", it->owner);
		gp_jw_kint(&w, "video_id", GP_SIM_VK_ITEMS + it->number);
	}
	gp_jw_close(&w, '}');
}

static void
file_came(
    struct gp_sim *sim, const struct gp_sim_request *r, struct gp_sim_reply *a)
{
	const struct gp_sim_param *p = gp_sim_param(r, "file");
	struct gp_sim_item like = {
		.kind = GP_SIM_I_FILE, .net = GP_SIM_VK, .at = sim->w.now
	};
	const struct gp_sim_item *it = NULL;
	char token[48];
	struct gp_jw w;

	if (p != NULL && p->file && p->value.n > 0) {
		like.size = (int64_t)p->value.n;
		it = gp_sim_shelf_put(&sim->shelf, &like);
	}
	a->type = "text/html; charset=utf-8";
	gp_jw_init(&w, &a->body);
	gp_jw_open(&w, '{');
	if (it != NULL) {
		gp_sim_item_token(token, it);
		gp_jw_kstr(&w, "file", token);
	} else {
		gp_jw_kstr(&w, "error", "no_file");
		gp_jw_kstr(&w, "error_descr", "file is empty");
	}
	gp_jw_close(&w, '}');
}

void
gp_sim_vk_upload(struct gp_sim *sim, const struct gp_sim_request *r,
    struct gp_sim_reply *a, const char *path)
{
	const char *slash = strchr(path, '/');

	if (strcmp(r->method, "POST") != 0 || slash == NULL)
		a->status = 404;
	else if (strncmp(path, "photo/", 6) == 0)
		photo_came(sim, r, a);
	else if (strncmp(path, "video/", 6) == 0)
		video_came(sim, r, a, strtoll(slash + 1, NULL, 10));
	else if (strncmp(path, "doc/", 4) == 0)
		file_came(sim, r, a);
	else
		a->status = 404;
}

int
gp_sim_vk_photos_save(struct gp_sim_vk_call *c)
{
	const char *photo = gp_sim_arg(c->r, "photo");
	const char *caption = gp_sim_arg(c->r, "caption"), *number;
	struct gp_sim_vk_photo as = { .page = 1 };
	struct gp_sim_vk_page p;
	struct gp_sim_item *it;
	char hash[24];

	if (page_of(c, &p) == -1)
		return -1;
	if (gp_sim_vk_number(c, "server", 0) != SERVER)
		return gp_sim_vk_error(c, 118);
	seal(hash, gp_span_of(photo));
	if (strcmp(hash, gp_sim_arg(c->r, "hash")) != 0)
		return gp_sim_vk_error(c, 121);
	number = strstr(photo, "\"photo\":\"");
	it = number != NULL ? gp_sim_shelf_item(&c->sim->shelf, GP_SIM_VK,
				  strtoll(number + 9, NULL, 10))
			    : NULL;
	if (it == NULL || it->kind != GP_SIM_I_PHOTO)
		return gp_sim_vk_fail(c, 100, "photos_list is invalid");
	if (caption != NULL && strlen(caption) > CAPTION * 4)
		return gp_sim_vk_fail(c, 100, "caption is too long");
	it->owner = owner(c, &p);
	it->ready = 1;
	if (caption != NULL && *caption != '\0')
		it->title =
		    gp_pool_copy(&c->sim->shelf.pool, gp_span_of(caption)).p;
	as.id = GP_SIM_VK_ITEMS + it->number;
	as.owner = it->owner;
	as.at = it->at;
	as.text = it->title;
	gp_jw_open(&c->jw, '[');
	gp_jw_open(&c->jw, '{');
	gp_sim_vk_json_photo(&c->jw, &as);
	gp_jw_close(&c->jw, '}');
	gp_jw_close(&c->jw, ']');
	return 0;
}

int
gp_sim_vk_video_save(struct gp_sim_vk_call *c)
{
	struct gp_sim_item like = { .kind = GP_SIM_I_VIDEO,
		.net = GP_SIM_VK,
		.at = c->sim->w.now,
		.title = gp_sim_arg(c->r, "name") };
	const struct gp_sim_item *it;
	struct gp_sim_vk_page p;
	char url[160];

	if (page_of(c, &p) == -1)
		return -1;
	like.owner =
	    gp_sim_vk_number(c, "group_id", 0) != 0 ? -p.id : owner(c, &p);
	it = gp_sim_shelf_put(&c->sim->shelf, &like);
	if (it == NULL)
		return gp_sim_vk_error(c, 10);
	address(c, url, "video", it->number);
	gp_jw_open(&c->jw, '{');
	gp_jw_kstr(&c->jw, "upload_url", url);
	gp_jw_kint(&c->jw, "video_id", GP_SIM_VK_ITEMS + it->number);
	gp_jw_kint(&c->jw, "owner_id", it->owner);
	gp_jw_kstr(&c->jw, "title", it->title != NULL ? it->title : "");
	gp_jw_kstr(&c->jw, "description",
	    gp_sim_arg(c->r, "description") != NULL
		? gp_sim_arg(c->r, "description")
		: "");
	gp_jw_kstr(&c->jw, "access_key", "a1b2c3d4e5f60718");
	gp_jw_close(&c->jw, '}');
	return 0;
}

int
gp_sim_vk_docs_server(struct gp_sim_vk_call *c)
{
	struct gp_sim_vk_page p;
	char url[160];

	if (page_of(c, &p) == -1)
		return -1;
	address(c, url, "doc", p.id);
	gp_jw_open(&c->jw, '{');
	gp_jw_kstr(&c->jw, "upload_url", url);
	gp_jw_close(&c->jw, '}');
	return 0;
}

int
gp_sim_vk_docs_save(struct gp_sim_vk_call *c)
{
	const char *title = gp_sim_arg(c->r, "title");
	struct gp_pool *pool = &c->sim->shelf.pool;
	struct gp_sim_item *it = gp_sim_shelf_token(
	    &c->sim->shelf, GP_SIM_VK, gp_sim_arg(c->r, "file"));
	struct gp_sim_document *d;
	struct gp_sim_vk_page p;

	if (page_of(c, &p) == -1)
		return -1;
	if (it == NULL || it->kind != GP_SIM_I_FILE)
		return gp_sim_vk_error(c, 105);
	d = gp_pool_alloc(pool, sizeof(*d));
	if (d == NULL)
		return gp_sim_vk_error(c, 10);
	d->title = gp_pool_copy(pool,
	    gp_span_of(title != NULL && *title != '\0' ? title : "file.pdf"))
		       .p;
	d->size = it->size;
	it->document = d;
	it->title = d->title;
	it->owner = -p.id;
	it->ready = 1;
	gp_jw_open(&c->jw, '{');
	gp_jw_kstr(&c->jw, "type", "doc");
	gp_jw_key(&c->jw, "doc");
	gp_jw_open(&c->jw, '{');
	gp_sim_vk_json_file(
	    &c->jw, it->owner, GP_SIM_VK_ITEMS + it->number, it->at, d);
	gp_jw_close(&c->jw, '}');
	gp_jw_close(&c->jw, '}');
	return 0;
}
