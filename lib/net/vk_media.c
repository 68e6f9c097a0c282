/* What VK attaches to a text. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "net/vk.h"

/* The widest size there is; the letters of the sizes follow no order. */
static void
photo(struct gp_vk *vk, const struct gp_json_obj *o, struct gp_attachment *a)
{
	struct gp_json_obj sizes = gp_look_at(&vk->look, o, "sizes"), s;
	int64_t width, best = -1;
	size_t i;

	for (i = 0; i < sizes.n; i++) {
		s = gp_look_in(&vk->look, sizes.m[i].value);
		width = gp_look_int(&s, "width");
		if (width <= best)
			continue;
		best = width;
		a->width = width;
		a->height = gp_look_int(&s, "height");
		a->url = gp_look_str(&vk->look, &s, "url");
	}
	a->description = gp_look_str(&vk->look, o, "text");
}

static void
video(struct gp_vk *vk, const struct gp_json_obj *o, struct gp_attachment *a)
{
	a->title = gp_look_str(&vk->look, o, "title");
	a->duration = gp_look_int(o, "duration");
	a->width = gp_look_int(o, "width");
	a->height = gp_look_int(o, "height");
	a->url = gp_pool_fmt(&vk->look.pool,
	    "https://vk.com/video%" PRId64 "_%" PRId64,
	    gp_look_int(o, "owner_id"), gp_look_int(o, "id"));
}

static void
audio(struct gp_vk *vk, const struct gp_json_obj *o, struct gp_attachment *a)
{
	struct gp_span artist = gp_look_str(&vk->look, o, "artist");
	struct gp_span title = gp_look_str(&vk->look, o, "title");

	a->duration = gp_look_int(o, "duration");
	a->title = artist.n == 0
	    ? title
	    : gp_pool_fmt(&vk->look.pool, "%.*s — %.*s", (int)artist.n,
		  artist.p, (int)title.n, title.n > 0 ? title.p : "");
}

static void
other(struct gp_vk *vk, const struct gp_json_obj *o, struct gp_attachment *a)
{
	a->title = gp_look_str(&vk->look, o, "title");
	a->description = gp_look_str(&vk->look, o, "description");
	a->url = gp_look_str(&vk->look, o, "url");
	a->size = gp_look_int(o, "size");
	a->duration = gp_look_int(o, "duration");
}

static const struct {
	const char *type, *kind;
	void (*read)(
	    struct gp_vk *, const struct gp_json_obj *, struct gp_attachment *);
} kinds[] = {
	{ "photo", "photo", photo },
	{ "posted_photo", "photo", photo },
	{ "video", "video", video },
	{ "clip", "video", video },
	{ "audio", "audio", audio },
	{ "audio_message", "voice", other },
	{ "doc", "file", other },
	{ "link", "link", other },
	{ "article", "link", other },
	{ "page", "link", other },
	{ "graffiti", "photo", other },
	{ "sticker", "sticker", other },
	{ NULL, "other", other },
};

static const struct gp_poll *
poll(struct gp_vk *vk, const struct gp_json_obj *o)
{
	struct gp_json_obj list = gp_look_at(&vk->look, o, "answers"), v;
	struct gp_poll *p = gp_pool_alloc(&vk->look.pool, sizeof(*p));
	struct gp_poll_option *option =
	    gp_pool_alloc(&vk->look.pool, (list.n + 1) * sizeof(*option));
	size_t i;

	if (p == NULL || option == NULL)
		return NULL;
	for (i = 0; i < list.n; i++) {
		v = gp_look_in(&vk->look, list.m[i].value);
		option[i].text = gp_look_str(&vk->look, &v, "text");
		option[i].votes = gp_look_figure(&v, "votes");
	}
	p->question = gp_look_str(&vk->look, o, "question");
	p->option = option;
	p->n = list.n;
	p->voters = gp_look_figure(o, "votes");
	p->closed = gp_look_true(o, "closed");
	return p;
}

static void
place(struct gp_vk *vk, const struct gp_json_obj *o, struct gp_item *it,
    struct gp_attachment *a)
{
	struct gp_json_obj geo = gp_look_at(&vk->look, o, "geo"), at;

	if (geo.n == 0)
		return;
	at = gp_look_at(&vk->look, &geo, "place");
	a->kind = "location";
	a->title = gp_look_str(&vk->look, &at, "title");
	it->attachments++;
}

void
gp_vk_attachments(
    struct gp_vk *vk, const struct gp_json_obj *o, struct gp_item *it)
{
	struct gp_json_obj list = gp_look_at(&vk->look, o, "attachments");
	struct gp_attachment *a;
	struct gp_json_obj v, in;
	struct gp_json type;
	size_t i, k;
	char key[32];

	if (list.n == 0 && gp_json_get(o, "geo").type == GP_JSON_NONE)
		return;
	a = gp_pool_alloc(&vk->look.pool, (list.n + 1) * sizeof(*a));
	it->attachment = a;
	for (i = 0; a != NULL && i < list.n; i++) {
		v = gp_look_in(&vk->look, list.m[i].value);
		type = gp_json_get(&v, "type");
		if (gp_json_is(type, "poll") && it->poll == NULL) {
			in = gp_look_at(&vk->look, &v, "poll");
			it->poll = poll(vk, &in);
			continue;
		}
		for (k = 0; kinds[k].type != NULL; k++)
			if (gp_json_is(type, kinds[k].type))
				break;
		snprintf(key, sizeof(key), "%.*s", (int)gp_json_bare(type).n,
		    gp_json_bare(type).p);
		in = gp_look_at(&vk->look, &v, key);
		a[it->attachments].kind = kinds[k].kind;
		kinds[k].read(vk, &in, &a[it->attachments++]);
	}
	if (a != NULL)
		place(vk, o, it, &a[it->attachments]);
}
