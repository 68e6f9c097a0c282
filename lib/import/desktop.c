#include "import/desktop.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "import/desktop_inner.h"

int
gp_desktop_init(struct gp_desktop *d)
{
	gp_pool_init(&d->pool);
	d->json = gp_json_new();
	d->threads = gp_threads_new();
	return d->json != NULL && d->threads != NULL ? 0 : -1;
}

void
gp_desktop_release(struct gp_desktop *d)
{
	gp_json_free(d->json);
	gp_threads_free(d->threads);
	gp_pool_release(&d->pool);
	d->json = NULL;
	d->threads = NULL;
}

struct gp_json
gp_desktop_get(struct gp_desktop *d, const char *key)
{
	return gp_json_get(&d->m, key);
}

struct gp_json
gp_desktop_in(struct gp_desktop *d, struct gp_json v, const char *key)
{
	struct gp_json_obj o;

	if (v.type != GP_JSON_OBJECT)
		return (struct gp_json){ .type = GP_JSON_NONE };
	gp_json_enter(d->json, v, &o);
	return gp_json_get(&o, key);
}

/* Appends what a string says. */
static void
say(struct gp_json v, struct gp_buf *b)
{
	struct gp_span s = gp_json_bare(v);

	if (s.p != NULL)
		gp_buf_add(b, s.p, s.n);
	else
		gp_json_text(v, b);
}

struct gp_span
gp_desktop_str(struct gp_desktop *d, struct gp_json v)
{
	struct gp_span s = gp_json_bare(v);
	struct gp_buf b;

	if (v.type != GP_JSON_STRING)
		return (struct gp_span){ NULL, 0 };
	if (s.p != NULL)
		return gp_pool_copy(&d->pool, s);
	gp_buf_init(&b, 0);
	gp_json_text(v, &b);
	s = gp_pool_copy(&d->pool, gp_buf_span(&b));
	d->pool.bad |= b.bad;
	gp_buf_release(&b);
	return s;
}

int64_t
gp_desktop_number(struct gp_json v)
{
	struct gp_span s = gp_json_bare(v);
	int64_t n = 0;
	size_t i;

	if (s.p == NULL && gp_json_int(v, &n) == -1)
		return 0;
	for (i = 0; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9' || n > GP_DESKTOP_MOST)
			return 0;
		n = n * 10 + (s.p[i] - '0');
	}
	return n > 0 && n < GP_DESKTOP_MOST ? n : 0;
}

struct gp_span
gp_desktop_text(struct gp_desktop *d, struct gp_json v)
{
	struct gp_json_obj o;
	struct gp_span s;
	struct gp_buf b;
	size_t i;

	if (v.type == GP_JSON_STRING)
		return gp_desktop_str(d, v);
	if (v.type == GP_JSON_OBJECT) /* later exports: {"text":..} */
		return gp_desktop_text(d, gp_desktop_in(d, v, "text"));
	if (v.type != GP_JSON_ARRAY)
		return (struct gp_span){ NULL, 0 };
	gp_json_enter(d->json, v, &o);
	gp_buf_init(&b, 0);
	for (i = 0; i < o.n; i++)
		say(o.m[i].value.type == GP_JSON_OBJECT
			? gp_desktop_in(d, o.m[i].value, "text")
			: o.m[i].value,
		    &b);
	s = gp_pool_copy(&d->pool, gp_buf_span(&b));
	d->pool.bad |= b.bad;
	gp_buf_release(&b);
	return s;
}

/* "channel3" -> -1000000000003, "chat3" -> -3, "user3" -> 3; 0: none. */
static int64_t
peer(struct gp_json v)
{
	static const char *const kinds[] = { "channel", "chat", "user" };
	struct gp_span s = gp_json_bare(v);
	size_t i, n;
	int64_t id;
	char *end;

	for (i = 0; i < 3; i++) {
		n = strlen(kinds[i]);
		if (s.n <= n || memcmp(s.p, kinds[i], n) != 0)
			continue;
		id = strtoll(s.p + n, &end, 10); /* the quote ends it */
		if (end != s.p + s.n || id <= 0 || id >= GP_DESKTOP_MOST)
			return 0;
		return i == 0 ? -GP_DESKTOP_MOST - id : i == 1 ? -id : id;
	}
	return 0;
}

static struct gp_span
id_of(struct gp_desktop *d, int64_t chat, const char *name, int64_t message)
{
	if (name != NULL && name[0] != '\0')
		return gp_pool_fmt(&d->pool, "telegram:%s/%" PRId64,
		    gp_pool_lower(&d->pool, gp_span_of(name)).p, message);
	return gp_pool_fmt(
	    &d->pool, "telegram:%" PRId64 "/%" PRId64, chat, message);
}

static struct gp_span
page_of(struct gp_desktop *d)
{
	if (d->kind == GP_DESKTOP_CHANNEL && d->name[0] != '\0')
		return gp_pool_fmt(&d->pool, "telegram:%s",
		    gp_pool_lower(&d->pool, gp_span_of(d->name)).p);
	if (d->kind != GP_DESKTOP_CHANNEL && d->channel != NULL)
		return gp_pool_fmt(&d->pool, "telegram:%s",
		    gp_pool_lower(&d->pool, gp_span_of(d->channel)).p);
	return gp_pool_fmt(&d->pool, "telegram:%" PRId64, d->chat);
}

/* t.me/NAME/N, or t.me/c/N/N for members only. */
static struct gp_span
url_of(struct gp_desktop *d, int64_t message)
{
	if (d->name[0] != '\0')
		return gp_pool_fmt(
		    &d->pool, "https://t.me/%s/%" PRId64, d->name, message);
	if (d->chat < -GP_DESKTOP_MOST)
		return gp_pool_fmt(&d->pool,
		    "https://t.me/c/%" PRId64 "/%" PRId64,
		    -GP_DESKTOP_MOST - d->chat, message);
	return (struct gp_span){ NULL, 0 };
}

/* One of --official: a number as in author.id, or "user5" as exported. */
static int
is_official(struct gp_desktop *d, int64_t id, struct gp_json from)
{
	struct gp_span raw = gp_json_bare(from);
	size_t i;

	if (id == d->chat || (d->linked != 0 && id == d->linked))
		return d->kind != GP_DESKTOP_PRIVATE;
	for (i = 0; d->official != NULL && i < d->official->n; i++)
		if (strtoll(d->official->word[i], NULL, 10) == id ||
		    gp_span_is(raw, d->official->word[i]))
			return 1;
	return 0;
}

static void
author(struct gp_desktop *d, struct gp_item *it)
{
	struct gp_json from = gp_desktop_get(d, "from_id");
	struct gp_json name = gp_desktop_get(d, "from");
	int64_t id;

	if (from.type == GP_JSON_NONE) { /* of a service message */
		from = gp_desktop_get(d, "actor_id");
		name = gp_desktop_get(d, "actor");
	}
	id = peer(from);
	it->author.name = gp_desktop_str(d, name);
	if (id == 0)
		return;
	it->author.id = gp_pool_fmt(&d->pool, "%" PRId64, id);
	it->author.official = is_official(d, id, from);
}

/*
 * Is it copied from the channel `from` itself? What the channel had reposted
 * is forwarded from its first source: the copy then says where it was saved
 * from, or stands among the channel's posts that are known.
 */
static int
is_copy(struct gp_desktop *d, int64_t id, struct gp_json from,
    const struct gp_item *it)
{
	struct gp_json source = gp_desktop_get(d, "forwarded_from");

	return gp_span_eq(source.text, from.text) ||
	    gp_span_eq(gp_desktop_get(d, "saved_from").text, from.text) ||
	    (id == d->linked && source.type != GP_JSON_NONE &&
		gp_threads_find(d->threads, id, it->at, it->text) != 0);
}

/*
 * The channel's post, as the network copies it into the group: by the channel,
 * answering nothing. The first one tells which channel is the group's.
 */
static int
is_automatic(struct gp_desktop *d, const struct gp_item *it)
{
	struct gp_json from = gp_desktop_get(d, "from");
	int64_t id = peer(gp_desktop_get(d, "from_id"));

	if (d->kind != GP_DESKTOP_GROUP || id >= -GP_DESKTOP_MOST ||
	    id == d->chat || from.type != GP_JSON_STRING ||
	    gp_desktop_get(d, "reply_to_message_id").type != GP_JSON_NONE ||
	    !is_copy(d, id, from, it))
		return 0;
	if (d->linked == 0)
		d->linked = id;
	return id == d->linked;
}

/* Its thread, its post and what it answers. */
static void
place(struct gp_desktop *d, int64_t id, struct gp_item *it)
{
	int64_t answers =
	    gp_desktop_number(gp_desktop_get(d, "reply_to_message_id"));
	struct gp_json other = gp_desktop_get(d, "reply_to_peer_id");
	const struct gp_thread *to, *t;

	if (other.type == GP_JSON_STRING && peer(other) != d->chat) {
		if (answers != 0 && peer(other) != 0)
			it->parent = id_of(d, peer(other),
			    gp_desktop_name(d, peer(other)), answers);
		answers = 0;
	} else if (answers != 0) {
		it->parent = id_of(d, d->chat, d->name, answers);
	}
	if (d->kind != GP_DESKTOP_GROUP)
		return;
	to = gp_threads_get(d->threads, answers);
	if (to != NULL && to->automatic)
		it->parent = (struct gp_span){ NULL, 0 };
	t = gp_threads_add(d->threads, id, answers);
	if (answers == 0 || t->root == 0)
		return;
	it->thread = id_of(d, d->chat, NULL, t->root);
	if (t->post != 0)
		it->post =
		    id_of(d, d->linked, gp_desktop_name(d, d->linked), t->post);
}

static void
forwarded(struct gp_desktop *d, struct gp_item *it)
{
	it->repost_name =
	    gp_desktop_str(d, gp_desktop_get(d, "forwarded_from"));
	if (it->repost_name.n == 0)
		it->repost_name =
		    gp_desktop_str(d, gp_desktop_get(d, "saved_from"));
}

/* "pin_message", "edit_group_title: words". */
static void
service(struct gp_desktop *d, struct gp_item *it)
{
	struct gp_span title = gp_desktop_str(d, gp_desktop_get(d, "title"));

	it->service = gp_desktop_str(d, gp_desktop_get(d, "action"));
	if (it->service.n == 0)
		it->service = gp_span_of("service");
	if (title.n > 0)
		it->service =
		    gp_pool_fmt(&d->pool, "%s: %s", it->service.p, title.p);
	it->text = (struct gp_span){ NULL, 0 };
}

static void
words(struct gp_desktop *d, struct gp_item *it)
{
	struct gp_json list = gp_desktop_get(d, "text_entities");

	it->text = gp_desktop_text(
	    d, list.type == GP_JSON_ARRAY ? list : gp_desktop_get(d, "text"));
	if (it->text.n == 0 && list.type == GP_JSON_ARRAY)
		it->text = gp_desktop_text(d, gp_desktop_get(d, "text"));
	if (it->text.n == 0)
		it->text.p = NULL;
}

static int
required(
    struct gp_desktop *d, int64_t *id, struct gp_item *it, struct gp_why *why)
{
	struct gp_json v = gp_desktop_get(d, "id");
	struct gp_json at = gp_desktop_get(d, "date_unixtime");

	*id = gp_desktop_number(v);
	if (v.type == GP_JSON_NONE)
		return gp_because(why, "no 'id'");
	if (*id == 0)
		return gp_because(why, "'id' is not a message's number: %.*s",
		    v.text.n < 40 ? (int)v.text.n : 40, v.text.p);
	if (at.type == GP_JSON_NONE)
		return gp_because(
		    why, "message %" PRId64 ": no 'date_unixtime'", *id);
	it->at = gp_desktop_number(at);
	if (it->at == 0 || it->at > INT64_C(253402300799))
		return gp_because(why,
		    "message %" PRId64
		    ": 'date_unixtime' is not an instant: %.*s",
		    *id, at.text.n < 40 ? (int)at.text.n : 40, at.text.p);
	return 0;
}

/* What all three kinds have. */
static void
common(struct gp_desktop *d, int64_t id, struct gp_item *it)
{
	it->id = id_of(d, d->chat, d->name, id);
	it->page = page_of(d);
	it->url = url_of(d, id);
	it->chat = gp_pool_fmt(&d->pool, "telegram:%" PRId64, d->chat);
	it->edited_at = gp_desktop_number(gp_desktop_get(d, "edited_unixtime"));
	if (it->edited_at > INT64_C(253402300799))
		it->edited_at = 0;
	it->source = gp_span_of("export");
	forwarded(d, it);
	place(d, id, it);
}

int
gp_desktop_message(struct gp_desktop *d, struct gp_span s, struct gp_item *it,
    struct gp_why *why)
{
	int64_t id;

	memset(it, 0, sizeof(*it));
	gp_pool_reset(&d->pool);
	if (gp_json_open(d->json, s, 0, &d->m, why) == -1 ||
	    required(d, &id, it, why) == -1)
		return -1;
	words(d, it);
	if (is_automatic(d, it)) {
		gp_threads_start(d->threads, id,
		    gp_threads_find(d->threads, d->linked, it->at, it->text));
		return 0;
	}
	it->network = "telegram";
	common(d, id, it);
	if (d->kind == GP_DESKTOP_CHANNEL) {
		it->type = "post";
		it->signature = gp_desktop_str(d, gp_desktop_get(d, "author"));
	} else {
		it->type = d->kind == GP_DESKTOP_GROUP ? "comment" : "message";
		author(d, it);
	}
	if (gp_json_is(gp_desktop_get(d, "type"), "service"))
		service(d, it);
	else if (d->kind == GP_DESKTOP_CHANNEL)
		gp_threads_post(d->threads, d->chat, id, it->at, it->text);
	if (gp_desktop_media(d, it) == -1 || d->pool.bad)
		return gp_because(why, "no memory");
	return 1;
}
