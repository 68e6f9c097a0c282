/* Posts, comments and messages of VK as items. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "net/vk.h"

/* The slot of an id, or the empty one where it belongs. */
static struct gp_vk_name *
slot_of(const struct gp_vk_names *names, int64_t id)
{
	size_t mask = names->slots - 1;
	size_t i = ((uint64_t)id * 0x9e3779b97f4a7c15u) >> 32 & mask;

	while (names->v[i].id != 0 && names->v[i].id != id)
		i = (i + 1) & mask;
	return &names->v[i];
}

static void
put_name(struct gp_vk_names *names, int64_t id, struct gp_span name)
{
	struct gp_vk_name *slot;

	if (id == 0)
		return;
	slot = slot_of(names, id);
	slot->id = id;
	slot->name = name;
}

static void
put_people(struct gp_vk *vk, struct gp_vk_names *names,
    const struct gp_json_obj *people)
{
	enum {
		ID,
		FIRST,
		LAST,
		ALL
	};
	static const struct gp_json_name wanted[ALL] = { GP_JSON_NAME("id"),
		GP_JSON_NAME("first_name"), GP_JSON_NAME("last_name") };
	struct gp_json m[ALL];
	struct gp_span first, last;
	size_t i;

	for (i = 0; i < people->n; i++) {
		gp_json_pick(vk->look.json, people->m[i].value, wanted, ALL, m);
		first = gp_look_text(&vk->look, m[FIRST]);
		last = gp_look_text(&vk->look, m[LAST]);
		if (last.n > 0 && first.n > 0)
			first = gp_pool_join(
			    &vk->look.pool, first, gp_span_of(" "));
		put_name(names, gp_look_number(m[ID]),
		    last.n == 0 ? first
				: gp_pool_join(&vk->look.pool, first, last));
	}
}

void
gp_vk_names(struct gp_vk *vk, const struct gp_json_obj *answer,
    struct gp_vk_names *names)
{
	struct gp_json_obj people = gp_look_at(&vk->look, answer, "profiles");
	struct gp_json_obj groups = gp_look_at(&vk->look, answer, "groups");
	struct gp_json_obj o;
	size_t i;

	for (names->slots = 2; names->slots < 2 * (people.n + groups.n);)
		names->slots *= 2;
	names->v =
	    gp_pool_alloc(&vk->look.pool, names->slots * sizeof(*names->v));
	if (names->v == NULL) {
		names->slots = 0;
		return;
	}
	put_people(vk, names, &people);
	for (i = 0; i < groups.n; i++) {
		o = gp_look_in(&vk->look, groups.m[i].value);
		put_name(names, -gp_look_int(&o, "id"),
		    gp_look_str(&vk->look, &o, "name"));
	}
}

struct gp_span
gp_vk_name(const struct gp_vk_names *names, int64_t id)
{
	if (names == NULL || names->slots == 0 || id == 0)
		return (struct gp_span){ NULL, 0 };
	return slot_of(names, id)->name;
}

static void
author(struct gp_vk *vk, int64_t id, const struct gp_vk_names *names,
    struct gp_author *a)
{
	if (id == 0)
		return;
	a->id = gp_pool_int(&vk->look.pool, gp_span_of(""), id);
	a->name = gp_vk_name(names, id);
	a->official = id == -vk->group;
}

/* "[id1|Anna]" or "[club7|Town]" at p: how long it is, and its words. */
static size_t
mention(const char *p, const char *end, struct gp_span *words)
{
	static const char *const kinds[] = { "[id", "[club", "[public",
		"[event" };
	const char *q, *close;
	size_t i, n;

	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		n = strlen(kinds[i]);
		if ((size_t)(end - p) < n || memcmp(p, kinds[i], n) != 0)
			continue;
		for (q = p + n; q < end && *q >= '0' && *q <= '9'; q++)
			continue;
		if (q == p + n || q == end || *q != '|')
			continue;
		close = memchr(q, ']', (size_t)(end - q));
		if (close == NULL)
			return 0;
		*words = (struct gp_span){ q + 1, (size_t)(close - q) - 1 };
		return (size_t)(close + 1 - p);
	}
	return 0;
}

/* Texts as they are shown: of a mention its words. */
static struct gp_span
plain(struct gp_vk *vk, struct gp_span s)
{
	const char *p, *end = gp_span_end(s);
	struct gp_span words, clean;
	struct gp_buf b;
	size_t n;

	if (s.n == 0 || memchr(s.p, '[', s.n) == NULL)
		return s;
	gp_buf_init(&b, 0);
	for (p = s.p; p < end; p += n) {
		n = *p == '[' ? mention(p, end, &words) : 0;
		if (n > 0) {
			gp_buf_add(&b, words.p, words.n);
		} else {
			n = 1;
			gp_buf_addc(&b, *p);
		}
	}
	clean = gp_pool_copy(&vk->look.pool, gp_buf_span(&b));
	gp_buf_release(&b);
	return clean;
}

static struct gp_figure
count(struct gp_vk *vk, const struct gp_json_obj *o, const char *key)
{
	struct gp_json_obj in = gp_look_at(&vk->look, o, key);

	return gp_look_figure(&in, "count");
}

static void
repost(struct gp_vk *vk, const struct gp_json_obj *o,
    const struct gp_vk_names *names, struct gp_item *it)
{
	struct gp_json_obj list = gp_look_at(&vk->look, o, "copy_history");
	struct gp_json_obj from;
	int64_t owner, id;

	if (list.n == 0)
		return;
	from = gp_look_in(&vk->look, list.m[0].value);
	owner = gp_look_int(&from, "owner_id");
	id = gp_look_int(&from, "id");
	if (owner == 0 || id == 0)
		return;
	it->repost_id =
	    gp_pool_fmt(&vk->look.pool, "vk:%" PRId64 "/%" PRId64, owner, id);
	it->repost_url = gp_pool_fmt(&vk->look.pool,
	    "https://vk.com/wall%" PRId64 "_%" PRId64, owner, id);
	it->repost_name = gp_vk_name(names, owner);
	if (it->text.n == 0)
		it->text = plain(vk, gp_look_str(&vk->look, &from, "text"));
	if (gp_json_get(o, "attachments").type == GP_JSON_NONE)
		gp_vk_attachments(vk, &from, it);
}

void
gp_vk_post(struct gp_vk *vk, const struct gp_json_obj *o,
    const struct gp_vk_names *names, struct gp_item *it)
{
	int64_t owner = -vk->group, id = gp_look_int(o, "id");
	int64_t from = gp_look_int(o, "from_id");
	int64_t signer = gp_look_int(o, "signer_id");

	memset(it, 0, sizeof(*it));
	it->type = "post";
	it->id =
	    gp_pool_fmt(&vk->look.pool, "vk:%" PRId64 "/%" PRId64, owner, id);
	it->url = gp_pool_fmt(&vk->look.pool,
	    "https://vk.com/wall%" PRId64 "_%" PRId64, owner, id);
	it->at = gp_look_int(o, "date");
	it->edited_at = gp_look_int(o, "edited");
	it->text = plain(vk, gp_look_str(&vk->look, o, "text"));
	it->pinned = gp_look_true(o, "is_pinned");
	it->deleted = gp_look_true(o, "is_deleted");
	if (from != owner) /* a person's post on the wall */
		author(vk, from, names, &it->author);
	if (signer != 0)
		it->signature = gp_vk_name(names, signer);
	it->views = count(vk, o, "views");
	it->reacted = count(vk, o, "likes");
	it->reposts = count(vk, o, "reposts");
	it->comments = count(vk, o, "comments");
	it->source = gp_span_of("wall");
	gp_vk_attachments(vk, o, it);
	repost(vk, o, names, it);
}

void
gp_vk_said(struct gp_vk *vk, struct gp_json v, struct gp_vk_said *to)
{
	static const struct gp_json_name wanted[GP_VK_MEMBERS] = {
		[GP_VK_ID] = GP_JSON_NAME("id"),
		[GP_VK_FROM] = GP_JSON_NAME("from_id"),
		[GP_VK_DATE] = GP_JSON_NAME("date"),
		[GP_VK_TEXT] = GP_JSON_NAME("text"),
		[GP_VK_LIKES] = GP_JSON_NAME("likes"),
		[GP_VK_STACK] = GP_JSON_NAME("parents_stack"),
		[GP_VK_THREAD] = GP_JSON_NAME("thread"),
		[GP_VK_TO] = GP_JSON_NAME("reply_to_comment"),
		[GP_VK_ATTACHED] = GP_JSON_NAME("attachments"),
		[GP_VK_GEO] = GP_JSON_NAME("geo"),
		[GP_VK_DELETED] = GP_JSON_NAME("deleted"),
	};

	to->whole = v;
	gp_json_pick(vk->look.json, v, wanted, GP_VK_MEMBERS, to->m);
}

void
gp_vk_under(struct gp_vk *vk, int64_t post, struct gp_vk_under *to)
{
	struct gp_pool *pool = &vk->look.pool;

	to->post =
	    gp_pool_fmt(pool, "vk:%" PRId64 "/%" PRId64, -vk->group, post);
	to->id = gp_pool_join(pool, to->post, gp_span_of("/"));
	to->url = gp_pool_fmt(pool,
	    "https://vk.com/wall%" PRId64 "_%" PRId64 "?reply=", -vk->group,
	    post);
}

/* The last of parents_stack: what is answered where nothing else tells. */
static int64_t
top_of(struct gp_vk *vk, struct gp_json v)
{
	struct gp_json_obj stack;
	int64_t n = 0;

	if (v.text.n <= 2) /* [], of most */
		return 0;
	stack = gp_look_in(&vk->look, v);
	if (stack.n > 0)
		gp_json_int(stack.m[0].value, &n);
	return n;
}

static void
attached(struct gp_vk *vk, const struct gp_vk_said *said, struct gp_item *it)
{
	struct gp_json_obj o;

	if (said->m[GP_VK_ATTACHED].type == GP_JSON_NONE &&
	    said->m[GP_VK_GEO].type == GP_JSON_NONE)
		return;
	o = gp_look_in(&vk->look, said->whole);
	gp_vk_attachments(vk, &o, it);
}

static struct gp_figure
likes(struct gp_vk *vk, struct gp_json v)
{
	static const struct gp_json_name count = GP_JSON_NAME("count");
	struct gp_json n;

	gp_json_pick(vk->look.json, v, &count, 1, &n);
	return gp_look_count(n);
}

void
gp_vk_comment(struct gp_vk *vk, const struct gp_vk_said *said,
    const struct gp_vk_under *under, const struct gp_vk_names *names,
    struct gp_item *it)
{
	int64_t id = gp_look_number(said->m[GP_VK_ID]);
	int64_t to = gp_look_number(said->m[GP_VK_TO]);
	int64_t root = top_of(vk, said->m[GP_VK_STACK]);
	struct gp_pool *pool = &vk->look.pool;

	memset(it, 0, sizeof(*it));
	it->type = "comment";
	it->sound = 1;
	it->id = gp_pool_int(pool, under->id, id);
	it->post = under->post;
	it->url = gp_pool_int(pool, under->url, id);
	if (root != 0)
		it->thread = gp_pool_int(pool, under->id, root);
	it->parent = it->thread;
	if (to != 0 && to != root)
		it->parent = gp_pool_int(pool, under->id, to);
	it->at = gp_look_number(said->m[GP_VK_DATE]);
	it->deleted = gp_look_truth(said->m[GP_VK_DELETED]);
	it->source = gp_span_of("wall");
	if (it->deleted)
		return;
	author(vk, gp_look_number(said->m[GP_VK_FROM]), names, &it->author);
	it->text = plain(vk, gp_look_text(&vk->look, said->m[GP_VK_TEXT]));
	it->reacted = likes(vk, said->m[GP_VK_LIKES]);
	attached(vk, said, it);
}

void
gp_vk_message(struct gp_vk *vk, const struct gp_json_obj *o,
    const struct gp_vk_names *names, struct gp_item *it)
{
	int64_t peer = gp_look_int(o, "peer_id");
	int64_t from = gp_look_int(o, "from_id");
	int64_t id = gp_look_int(o, "conversation_message_id");
	struct gp_json_obj to = gp_look_at(&vk->look, o, "reply_message");
	int64_t answered = gp_look_int(&to, "conversation_message_id");

	if (id == 0)
		id = gp_look_int(o, "id");
	memset(it, 0, sizeof(*it));
	it->type = "message";
	it->chat = gp_pool_fmt(
	    &vk->look.pool, "vk:-%" PRId64 "/im%" PRId64, vk->group, peer);
	it->id = gp_pool_fmt(&vk->look.pool, "%s/%" PRId64, it->chat.p, id);
	if (answered != 0)
		it->parent = gp_pool_fmt(
		    &vk->look.pool, "%s/%" PRId64, it->chat.p, answered);
	it->at = gp_look_int(o, "date");
	it->edited_at = gp_look_int(o, "update_time");
	if (gp_look_true(o, "out"))
		from = -vk->group;
	author(vk, from, names, &it->author);
	it->text = plain(vk, gp_look_str(&vk->look, o, "text"));
	it->deleted = gp_look_true(o, "deleted");
	it->source = gp_span_of("im");
	gp_vk_attachments(vk, o, it);
}
