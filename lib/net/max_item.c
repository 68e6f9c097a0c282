/* Messages of MAX, be they posts, comments or private, as items. */
#include <string.h>

#include "net/max.h"

int
gp_max_list(struct gp_job *job, struct gp_max *m, const struct gp_json_obj *o,
    const char *call, const char *key, struct gp_json_obj *list)
{
	if (gp_json_get(o, key).type != GP_JSON_ARRAY)
		return gp_job_fail(
		    job, GP_RUN_REFUSED, "%s: '%s' is not a list", call, key);
	*list = gp_look_at(&m->look, o, key);
	return 0;
}

int
gp_max_note(struct gp_job *job, struct gp_max *m,
    const struct gp_json_obj *list, const char *call, size_t i,
    struct gp_max_note *n)
{
	const char *lacks = NULL;

	n->o = gp_look_in(&m->look, list->m[i].value);
	n->mid = gp_max_mid(&m->look, &n->o);
	n->at = gp_look_int(&n->o, "timestamp");
	if (n->mid.n == 0)
		lacks = "body.mid";
	else if (n->at <= 0)
		lacks = "timestamp";
	return lacks == NULL
	    ? 0
	    : gp_job_fail(job, GP_RUN_REFUSED, "%s: messages[%zu] has no '%s'",
		  call, i, lacks);
}

struct gp_span
gp_max_mid(struct gp_look *l, const struct gp_json_obj *o)
{
	struct gp_json_obj body = gp_look_at(l, o, "body"), link;
	struct gp_span mid = gp_look_str(l, &body, "mid");

	if (mid.n > 0)
		return mid;
	/* A forward without words of its own has no body. */
	link = gp_look_at(l, o, "link");
	body = gp_look_at(l, &link, "message");
	return gp_look_str(l, &body, "mid");
}

static const struct {
	const char *type, *kind;
} kinds[] = { { "image", "photo" }, { "video", "video" }, { "audio", "voice" },
	{ "file", "file" }, { "sticker", "sticker" }, { "contact", "contact" },
	{ "share", "link" }, { "location", "location" }, { NULL, "other" } };

static void
attachments(
    struct gp_look *l, const struct gp_json_obj *body, struct gp_item *it)
{
	struct gp_json_obj list = gp_look_at(l, body, "attachments"), o, in;
	struct gp_attachment *a;
	struct gp_json type;
	size_t i, k;

	if (list.n == 0)
		return;
	a = gp_pool_alloc(&l->pool, list.n * sizeof(*a));
	for (i = 0; a != NULL && i < list.n; i++) {
		o = gp_look_in(l, list.m[i].value);
		type = gp_json_get(&o, "type");
		if (gp_json_is(type, "inline_keyboard"))
			continue; /* buttons of a bot */
		for (k = 0; kinds[k].type != NULL; k++)
			if (gp_json_is(type, kinds[k].type))
				break;
		in = gp_look_at(l, &o, "payload");
		a[it->attachments].kind = kinds[k].kind;
		a[it->attachments].url = gp_look_str(l, &in, "url");
		a[it->attachments].title = gp_look_str(l, &o, "filename");
		if (a[it->attachments].title.n == 0)
			a[it->attachments].title = gp_look_str(l, &o, "title");
		a[it->attachments].description =
		    gp_look_str(l, &o, "description");
		a[it->attachments].width = gp_look_int(&o, "width");
		a[it->attachments].height = gp_look_int(&o, "height");
		a[it->attachments].duration = gp_look_int(&o, "duration");
		a[it->attachments++].size = gp_look_int(&o, "size");
	}
	it->attachment = a;
}

/* Where nobody is named the channel itself speaks. */
static void
author(struct gp_max *m, const struct gp_json_obj *o, struct gp_author *a)
{
	struct gp_json_obj by = gp_look_at(&m->look, o, "sender");
	struct gp_span first, last;

	if (by.n == 0) {
		a->id = gp_span_of(m->chat != NULL ? m->chat : "");
		a->official = 1;
		return;
	}
	a->id = gp_look_id(&m->look, &by, "user_id");
	a->name = gp_look_str(&m->look, &by, "name");
	a->official = gp_max_ids_have(&m->official, a->id);
	if (a->name.n > 0)
		return;
	first = gp_look_str(&m->look, &by, "first_name");
	last = gp_look_str(&m->look, &by, "last_name");
	a->name = last.n == 0
	    ? first
	    : gp_pool_fmt(&m->look.pool, "%.*s %.*s", (int)first.n,
		  first.n > 0 ? first.p : "", (int)last.n, last.p);
}

/* A forward: its words are the message's where that has none of its own. */
static void
forwarded(struct gp_max *m, const struct gp_json_obj *o, struct gp_item *it)
{
	struct gp_json_obj link = gp_look_at(&m->look, o, "link");
	struct gp_json_obj in = gp_look_at(&m->look, &link, "message");
	struct gp_json_obj by = gp_look_at(&m->look, &link, "sender");
	struct gp_span chat = gp_look_id(&m->look, &link, "chat_id");
	struct gp_span mid = gp_look_str(&m->look, &in, "mid");

	if (!gp_json_is(gp_json_get(&link, "type"), "forward"))
		return;
	if (it->text.n == 0)
		it->text = gp_look_str(&m->look, &in, "text");
	if (it->attachments == 0)
		attachments(&m->look, &in, it);
	it->repost_name = gp_look_str(&m->look, &by, "name");
	if (it->repost_name.n == 0)
		it->repost_name = gp_look_str(&m->look, &by, "first_name");
	if (it->repost_name.n == 0)
		it->repost_name = chat;
	if (chat.n > 1 && mid.n > 0)
		it->repost_id = gp_pool_fmt(&m->look.pool, "max:%.*s/%.*s",
		    (int)chat.n, chat.p, (int)mid.n, mid.p);
}

static void
common(struct gp_max *m, const struct gp_json_obj *o, struct gp_item *it)
{
	struct gp_json_obj body = gp_look_at(&m->look, o, "body");

	memset(it, 0, sizeof(*it));
	it->at = gp_look_int(o, "timestamp") / 1000;
	it->text = gp_look_str(&m->look, &body, "text");
	it->url = gp_look_str(&m->look, o, "url");
	it->source = gp_span_of("bot");
	attachments(&m->look, &body, it);
	forwarded(m, o, it);
}

/* The mid of what it answers. */
static struct gp_span
answered(struct gp_max *m, const struct gp_json_obj *o)
{
	struct gp_json_obj link = gp_look_at(&m->look, o, "link");
	struct gp_json_obj in = gp_look_at(&m->look, &link, "message");
	struct gp_span none = { NULL, 0 };

	return gp_json_is(gp_json_get(&link, "type"), "reply")
	    ? gp_look_str(&m->look, &in, "mid")
	    : none;
}

void
gp_max_post(struct gp_max *m, const char *page, const struct gp_json_obj *o,
    struct gp_item *it)
{
	struct gp_json_obj stat = gp_look_at(&m->look, o, "stat");
	struct gp_span mid = gp_max_mid(&m->look, o), to = answered(m, o);

	common(m, o, it);
	it->type = "post";
	it->id = gp_pool_fmt(
	    &m->look.pool, "%s/%.*s", page, (int)mid.n, mid.n > 0 ? mid.p : "");
	if (to.n > 0)
		it->parent = gp_pool_fmt(
		    &m->look.pool, "%s/%.*s", page, (int)to.n, to.p);
	it->views = gp_look_figure(&stat, "views");
	if (gp_json_get(o, "sender").type == GP_JSON_OBJECT)
		author(m, o, &it->author);
}

void
gp_max_comment(struct gp_job *job, struct gp_max *m,
    const struct gp_json_obj *o, const char *post, struct gp_item *it)
{
	struct gp_span mid = gp_max_mid(&m->look, o), to = answered(m, o);

	common(m, o, it);
	it->type = "comment";
	it->id = gp_pool_fmt(&m->look.pool, "%s/%s/%.*s", job->page, post,
	    (int)mid.n, mid.n > 0 ? mid.p : "");
	it->post = gp_pool_fmt(&m->look.pool, "%s/%s", job->page, post);
	if (to.n > 0)
		it->parent = gp_pool_fmt(&m->look.pool, "%s/%s/%.*s", job->page,
		    post, (int)to.n, to.p);
	author(m, o, &it->author);
}

void
gp_max_message(
    struct gp_max *m, const struct gp_json_obj *o, struct gp_item *it)
{
	struct gp_json_obj to = gp_look_at(&m->look, o, "recipient");
	struct gp_span chat = gp_look_id(&m->look, &to, "chat_id");
	struct gp_span mid = gp_max_mid(&m->look, o), re = answered(m, o);

	common(m, o, it);
	it->type = "message";
	it->chat = gp_pool_fmt(
	    &m->look.pool, "max:%.*s", (int)chat.n, chat.n > 0 ? chat.p : "");
	it->id = gp_pool_fmt(&m->look.pool, "%s/%.*s", it->chat.p, (int)mid.n,
	    mid.n > 0 ? mid.p : "");
	if (re.n > 0)
		it->parent = gp_pool_fmt(
		    &m->look.pool, "%s/%.*s", it->chat.p, (int)re.n, re.p);
	it->url = (struct gp_span){ NULL, 0 };
	author(m, o, &it->author);
}
