#include "import/desktop_inner.h"

#include <string.h>

enum {
	MOST_LIST = 1024
};

static struct gp_attachment *
attach(struct gp_attachment *list, size_t *n, const char *kind)
{
	list[*n].kind = kind;
	return &list[(*n)++];
}

/* "(File not included. ...)" stands where the export has no file. */
static struct gp_span
path(struct gp_desktop *d, struct gp_json v)
{
	struct gp_span s = gp_desktop_str(d, v);

	return s.n > 0 && s.p[0] == '(' ? (struct gp_span){ NULL, 0 } : s;
}

static const char *
kind_of_file(struct gp_json type)
{
	static const char *const kinds[][2] = { { "video_file", "video" },
		{ "video_message", "round_video" },
		{ "voice_message", "voice" }, { "audio_file", "audio" },
		{ "animation", "animation" }, { "sticker", "sticker" } };
	size_t i;

	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (gp_json_is(type, kinds[i][0]))
			return kinds[i][1];
	return "file";
}

static void
sizes(struct gp_desktop *d, struct gp_attachment *a, const char *size)
{
	a->width = gp_desktop_number(gp_desktop_get(d, "width"));
	a->height = gp_desktop_number(gp_desktop_get(d, "height"));
	a->duration = gp_desktop_number(gp_desktop_get(d, "duration_seconds"));
	a->size = gp_desktop_number(gp_desktop_get(d, size));
}

static void
file(struct gp_desktop *d, struct gp_attachment *a)
{
	a->path = path(d, gp_desktop_get(d, "file"));
	a->title = gp_desktop_str(d, gp_desktop_get(d, "title"));
	a->description = gp_desktop_str(d, gp_desktop_get(d, "performer"));
	if (a->title.n == 0)
		a->title = gp_desktop_str(d, gp_desktop_get(d, "file_name"));
	if (a->description.n == 0)
		a->description =
		    gp_desktop_str(d, gp_desktop_get(d, "sticker_emoji"));
	sizes(d, a, "file_size");
}

static void
location(struct gp_desktop *d, struct gp_json v, struct gp_attachment *a)
{
	struct gp_json x = gp_desktop_in(d, v, "latitude");
	struct gp_json y = gp_desktop_in(d, v, "longitude");

	a->title = gp_desktop_str(d, gp_desktop_get(d, "place_name"));
	a->description = gp_desktop_str(d, gp_desktop_get(d, "address"));
	if (x.type == GP_JSON_NUMBER && y.type == GP_JSON_NUMBER)
		a->url = gp_pool_fmt(&d->pool, "geo:%.*s,%.*s", (int)x.text.n,
		    x.text.p, (int)y.text.n, y.text.p);
}

/* The name alone: the number is nobody's business here. */
static void
contact(struct gp_desktop *d, struct gp_json v, struct gp_attachment *a)
{
	struct gp_span first, last;

	first = gp_desktop_str(d, gp_desktop_in(d, v, "first_name"));
	last = gp_desktop_str(d, gp_desktop_in(d, v, "last_name"));
	a->title = first;
	if (first.n > 0 && last.n > 0)
		a->title = gp_pool_fmt(&d->pool, "%s %s", first.p, last.p);
	else if (last.n > 0)
		a->title = last;
}

/* Links whose words hide where they lead. */
static void
links(struct gp_desktop *d, struct gp_json text, struct gp_attachment *list,
    size_t *n)
{
	struct gp_json_obj o;
	struct gp_span words, url;
	struct gp_attachment *a;
	size_t i, count = 0;

	gp_json_enter(d->json, text, &o);
	for (i = 0; i < o.n && count < MOST_LIST; i++) {
		struct gp_json v = o.m[i].value;

		if (!gp_json_is(gp_desktop_in(d, v, "type"), "text_link"))
			continue;
		url = gp_desktop_str(d, gp_desktop_in(d, v, "href"));
		words = gp_desktop_str(d, gp_desktop_in(d, v, "text"));
		if (url.n == 0)
			continue;
		a = attach(list, n, "link");
		a->url = url;
		if (!gp_span_eq(words, url))
			a->title = words;
		count++;
	}
}

static int
attachments(struct gp_desktop *d, struct gp_item *it)
{
	struct gp_json v, text = gp_desktop_get(d, "text_entities");
	struct gp_attachment *list;
	struct gp_json_obj o;
	size_t n = 0;

	if (text.type != GP_JSON_ARRAY)
		text = gp_desktop_get(d, "text");
	if (text.type != GP_JSON_ARRAY)
		text = (struct gp_json){ .type = GP_JSON_NONE };
	gp_json_enter(d->json, text, &o);
	list = gp_pool_alloc(&d->pool,
	    ((o.n < MOST_LIST ? o.n : MOST_LIST) + 4) * sizeof(*list));
	if (list == NULL)
		return -1;
	links(d, text, list, &n);
	if (gp_desktop_get(d, "photo").type == GP_JSON_STRING) {
		struct gp_attachment *a = attach(list, &n, "photo");

		a->path = path(d, gp_desktop_get(d, "photo"));
		sizes(d, a, "photo_file_size");
	}
	if (gp_desktop_get(d, "file").type == GP_JSON_STRING)
		file(d,
		    attach(list, &n,
			kind_of_file(gp_desktop_get(d, "media_type"))));
	v = gp_desktop_get(d, "location_information");
	if (v.type == GP_JSON_OBJECT)
		location(d, v, attach(list, &n, "location"));
	v = gp_desktop_get(d, "contact_information");
	if (v.type == GP_JSON_OBJECT)
		contact(d, v, attach(list, &n, "contact"));
	it->attachment = list;
	it->attachments = n;
	return 0;
}

static int
reactions(struct gp_desktop *d, struct gp_item *it)
{
	struct gp_reaction *list, *r;
	struct gp_json_obj o;
	size_t i, n;

	gp_json_enter(d->json, gp_desktop_get(d, "reactions"), &o);
	n = o.n < MOST_LIST ? o.n : MOST_LIST;
	if (n == 0)
		return 0;
	list = gp_pool_alloc(&d->pool, n * sizeof(*list));
	if (list == NULL)
		return -1;
	for (i = 0; i < n; i++) {
		struct gp_json v = o.m[i].value;
		struct gp_json type = gp_desktop_in(d, v, "type");

		r = &list[it->reactions];
		r->n = gp_desktop_number(gp_desktop_in(d, v, "count"));
		if (r->n == 0)
			continue;
		r->paid = gp_json_is(type, "paid");
		if (gp_json_is(type, "custom_emoji"))
			r->custom = path(d, gp_desktop_in(d, v, "document_id"));
		else if (!r->paid)
			r->emoji =
			    gp_desktop_str(d, gp_desktop_in(d, v, "emoji"));
		it->reactions++;
	}
	it->reaction = list;
	return 0;
}

static struct gp_figure
figure(struct gp_json v)
{
	struct gp_figure f = { gp_desktop_number(v), 0, 0 };

	f.set = f.n > 0 || gp_span_is(v.text, "0");
	return f;
}

static int
poll(struct gp_desktop *d, struct gp_item *it)
{
	struct gp_json v = gp_desktop_get(d, "poll");
	struct gp_poll_option *list;
	struct gp_json_obj o;
	struct gp_poll *p;
	size_t i;

	if (v.type != GP_JSON_OBJECT)
		return 0;
	gp_json_enter(d->json, gp_desktop_in(d, v, "answers"), &o);
	p = gp_pool_alloc(&d->pool, sizeof(*p));
	list = gp_pool_alloc(&d->pool, (o.n + 1) * sizeof(*list));
	if (p == NULL || list == NULL)
		return -1;
	for (i = 0; i < o.n; i++) {
		struct gp_json a = o.m[i].value;

		list[i].text = gp_desktop_text(d, gp_desktop_in(d, a, "text"));
		if (list[i].text.p == NULL)
			list[i].text = gp_span_of("");
		list[i].votes = figure(gp_desktop_in(d, a, "voters"));
	}
	p->question = gp_desktop_text(d, gp_desktop_in(d, v, "question"));
	if (p->question.p == NULL)
		p->question = gp_span_of("");
	p->voters = figure(gp_desktop_in(d, v, "total_voters"));
	p->closed = gp_json_true(gp_desktop_in(d, v, "closed"));
	p->quiz = gp_json_true(gp_desktop_in(d, v, "quiz"));
	p->option = list;
	p->n = o.n;
	it->poll = p;
	return 0;
}

int
gp_desktop_media(struct gp_desktop *d, struct gp_item *it)
{
	if (attachments(d, it) == -1 || reactions(d, it) == -1)
		return -1;
	return poll(d, it);
}
