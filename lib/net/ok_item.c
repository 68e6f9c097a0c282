/* Topics, comments and messages of OK as items. */
#include <inttypes.h>
#include <string.h>

#include "net/ok.h"

gp_instant
gp_ok_topic_at(struct gp_look *l, const struct gp_json_obj *o)
{
	return gp_ok_time(l, o, "created_ms", "created");
}

int64_t
gp_ok_topic_count(struct gp_look *l, const struct gp_json_obj *o)
{
	struct gp_json_obj d = gp_look_at(l, o, "discussion_summary");
	struct gp_figure n = gp_look_figure(&d, "comments_count");

	return n.set ? n.n : -1;
}

/* The words of all text blocks, in their order. */
static struct gp_span
words(struct gp_look *l, const struct gp_json_obj *media)
{
	struct gp_span s, all = { NULL, 0 };
	struct gp_json_obj o;
	size_t i;

	for (i = 0; i < media->n; i++) {
		o = gp_look_in(l, media->m[i].value);
		if (!gp_json_is(gp_json_get(&o, "type"), "text"))
			continue;
		s = gp_look_str(l, &o, "text");
		if (s.n > 0)
			all = all.n == 0
			    ? s
			    : gp_pool_fmt(&l->pool, "%.*s\n%.*s", (int)all.n,
				  all.p, (int)s.n, s.p);
	}
	return all;
}

static const struct gp_poll *
poll(struct gp_look *l, const struct gp_json_obj *o)
{
	struct gp_json_obj list = gp_look_at(l, o, "answers"), v;
	struct gp_poll *p = gp_pool_alloc(&l->pool, sizeof(*p));
	struct gp_poll_option *option =
	    gp_pool_alloc(&l->pool, (list.n + 1) * sizeof(*option));
	size_t i;

	if (p == NULL || option == NULL)
		return NULL;
	for (i = 0; i < list.n; i++) {
		v = gp_look_in(l, list.m[i].value);
		option[i].text = gp_look_str(l, &v, "text");
		option[i].votes = gp_look_figure(&v, "votes_count");
	}
	p->question = gp_look_str(l, o, "question");
	p->option = option;
	p->n = list.n;
	p->voters = gp_look_figure(o, "votes_count");
	return p;
}

static const struct {
	const char *type, *kind;
} kinds[] = { { "photo", "photo" }, { "movie", "video" }, { "music", "audio" },
	{ "link", "link" }, { "doc", "file" }, { NULL, "other" } };

/* A block of photos is as many photos; a reference is one as well. */
static size_t
pieces(struct gp_look *l, const struct gp_json_obj *o, struct gp_json_obj *list)
{
	static const char *const lists[] = { "photos", "photo_refs", "list",
		"movies", "movie_refs", "tracks" };
	size_t i;

	for (i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
		*list = gp_look_at(l, o, lists[i]);
		if (list->n > 0)
			return list->n < 64 ? list->n : 64;
	}
	return 1;
}

static struct gp_span
piece_url(struct gp_look *l, const struct gp_json_obj *o,
    const struct gp_json_obj *list, size_t i)
{
	static const char *const keys[] = { "pic_max", "standard_url", "url" };
	struct gp_json_obj piece;
	struct gp_span s = { NULL, 0 };
	size_t k;

	if (i >= list->n)
		return gp_look_str(l, o, "url");
	piece = gp_look_in(l, list->m[i].value);
	for (k = 0; k < sizeof(keys) / sizeof(keys[0]) && s.n == 0; k++)
		s = gp_look_str(l, &piece, keys[k]);
	return s;
}

static size_t
attach(struct gp_look *l, const struct gp_json_obj *o, struct gp_attachment *a)
{
	struct gp_json_obj list;
	size_t n = pieces(l, o, &list), i, k = 0;
	struct gp_json type = gp_json_get(o, "type");

	while (kinds[k].type != NULL && !gp_json_is(type, kinds[k].type))
		k++;
	for (i = 0; i < n && a != NULL; i++) {
		a[i].kind = kinds[k].kind;
		a[i].title = gp_look_str(l, o, "title");
		a[i].description = gp_look_str(l, o, "description");
		a[i].url = piece_url(l, o, &list, i);
	}
	return n;
}

static void
media(struct gp_look *l, const struct gp_json_obj *list, struct gp_item *it)
{
	struct gp_attachment *a = NULL;
	struct gp_json_obj o;
	struct gp_json type;
	size_t i, n, pass;

	/* Counted first, then written. */
	for (pass = 0; pass < 2; pass++) {
		for (i = 0, n = 0; i < list->n; i++) {
			o = gp_look_in(l, list->m[i].value);
			type = gp_json_get(&o, "type");
			if (gp_json_is(type, "text"))
				continue;
			if (gp_json_is(type, "poll"))
				it->poll = pass == 1 && it->poll == NULL
				    ? poll(l, &o)
				    : it->poll;
			else
				n += attach(l, &o, a != NULL ? a + n : NULL);
		}
		if (pass == 0) {
			a = gp_pool_alloc(&l->pool, (n + 1) * sizeof(*a));
			if (a == NULL)
				return;
		}
		it->attachment = a;
		it->attachments = n;
	}
}

static struct gp_figure
summary(struct gp_look *l, const struct gp_json_obj *o, const char *name,
    const char *count)
{
	struct gp_json_obj in = gp_look_at(l, o, name);

	return gp_look_figure(&in, count);
}

/* "group:55" of the page itself: ids of users have numbers like it. */
static int
is_group(const struct gp_job *job, struct gp_span ref)
{
	return ref.n > 6 && memcmp(ref.p, "group:", 6) == 0 &&
	    gp_span_is(gp_ok_bare(ref), job->name);
}

void
gp_ok_topic(struct gp_job *job, struct gp_look *l, const struct gp_json_obj *o,
    struct gp_item *it)
{
	struct gp_json_obj list = gp_look_at(l, o, "media");
	struct gp_span id = gp_ok_id(l, o, "id");
	struct gp_span by = gp_look_str(l, o, "author_ref");

	memset(it, 0, sizeof(*it));
	it->type = "post";
	it->id = gp_pool_fmt(&l->pool, "%s/%.*s", job->page, (int)id.n, id.p);
	it->url = gp_pool_fmt(&l->pool, "https://ok.ru/group/%s/topic/%.*s",
	    job->name, (int)id.n, id.p);
	it->at = gp_ok_topic_at(l, o);
	it->text = words(l, &list);
	it->pinned = gp_look_true(o, "pinned");
	it->comments = summary(l, o, "discussion_summary", "comments_count");
	it->reacted = summary(l, o, "like_summary", "count");
	it->reposts = summary(l, o, "reshare_summary", "count");
	it->source = gp_span_of("mediatopic");
	if (by.n > 0 && !is_group(job, by)) /* a member's, or suggested */
		it->author.id = gp_ok_bare(by);
	media(l, &list, it);
}

void
gp_ok_comment(struct gp_job *job, struct gp_look *l,
    const struct gp_json_obj *o, const char *topic, struct gp_item *it)
{
	struct gp_span id = gp_ok_id(l, o, "id");
	struct gp_span to = gp_ok_id(l, o, "reply_to_comment_id");
	struct gp_span by = gp_look_str(l, o, "author_ref");

	memset(it, 0, sizeof(*it));
	it->type = "comment";
	it->id = gp_pool_fmt(
	    &l->pool, "%s/%s/%.*s", job->page, topic, (int)id.n, id.p);
	it->post = gp_pool_fmt(&l->pool, "%s/%s", job->page, topic);
	it->url = gp_pool_fmt(
	    &l->pool, "https://ok.ru/group/%s/topic/%s", job->name, topic);
	if (to.n > 0 && !gp_span_is(to, "0"))
		it->parent = gp_pool_fmt(
		    &l->pool, "%s/%s/%.*s", job->page, topic, (int)to.n, to.p);
	it->at = gp_look_int(o, "created_ms") / 1000;
	if (it->at == 0)
		it->at = gp_ok_time(l, o, "date_ms", "date");
	it->deleted = gp_json_is(gp_json_get(o, "type"), "REMOVED_MESSAGE");
	it->source = gp_span_of("discussions");
	if (it->deleted)
		return;
	it->text = gp_look_str(l, o, "text");
	it->author.id = gp_look_id(l, o, "author_id");
	if (it->author.id.n == 0)
		it->author.id = gp_ok_bare(by);
	it->author.name = gp_look_str(l, o, "author_name");
	it->author.official = gp_look_true(o, "as_admin") ||
	    (by.n > 0 ? is_group(job, by)
		      : gp_span_is(it->author.id, job->name));
	it->reacted = gp_look_figure(o, "like_count");
	if (!it->reacted.set)
		it->reacted = gp_look_figure(o, "likes_count");
}

/* What hangs on a message is told otherwise than blocks of a topic. */
static void
payloads(struct gp_look *l, const struct gp_json_obj *list, struct gp_item *it)
{
	static const struct {
		const char *type, *kind;
	} all[] = { { "IMAGE", "photo" }, { "VIDEO", "video" },
		{ "AUDIO", "audio" }, { "FILE", "file" }, { "SHARE", "link" },
		{ "STICKER", "sticker" }, { "LOCATION", "location" },
		{ "CONTACT", "contact" }, { NULL, "other" } };
	struct gp_attachment *a =
	    gp_pool_alloc(&l->pool, (list->n + 1) * sizeof(*a));
	struct gp_json_obj o, payload;
	size_t i, k;

	if (a == NULL)
		return;
	for (i = 0; i < list->n; i++) {
		o = gp_look_in(l, list->m[i].value);
		payload = gp_look_at(l, &o, "payload");
		for (k = 0; all[k].type != NULL; k++)
			if (gp_json_is(gp_json_get(&o, "type"), all[k].type))
				break;
		a[i].kind = all[k].kind;
		a[i].url = gp_look_str(l, &payload, "url");
	}
	it->attachment = a;
	it->attachments = list->n;
}

/* 0; -1: it is no message of a chat. */
int
gp_ok_message(struct gp_job *job, struct gp_look *l,
    const struct gp_json_obj *o, struct gp_item *it)
{
	struct gp_json_obj from = gp_look_at(l, o, "sender");
	struct gp_json_obj to = gp_look_at(l, o, "recipient");
	struct gp_json_obj m = gp_look_at(l, o, "message");
	struct gp_json_obj list = gp_look_at(l, &m, "attachments");
	struct gp_span chat = gp_ok_id(l, &to, "chat_id");
	struct gp_span mid = gp_ok_id(l, &m, "mid");
	struct gp_span by = gp_look_str(l, &from, "user_id");

	if (chat.n == 0 || mid.n == 0)
		return -1;
	memset(it, 0, sizeof(*it));
	it->type = "message";
	it->chat =
	    gp_pool_fmt(&l->pool, "%s/im%.*s", job->page, (int)chat.n, chat.p);
	it->id = gp_pool_fmt(&l->pool, "%s/im%.*s/%.*s", job->page, (int)chat.n,
	    chat.p, (int)mid.n, mid.p);
	it->at = gp_look_int(o, "timestamp") / 1000;
	it->text = gp_look_str(l, &m, "text");
	it->author.id = gp_ok_bare(by);
	it->author.name = gp_look_str(l, &from, "name");
	it->author.official = is_group(job, by);
	it->source = gp_span_of("graph");
	payloads(l, &list, it);
	return 0;
}
