/* Posts, comments and messages of VK as items. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "net/vk.h"

static int
by_id(const void *a, const void *b)
{
	const struct gp_vk_name *x = a, *y = b;

	return x->id < y->id ? -1 : x->id > y->id;
}

void
gp_vk_names(struct gp_vk *vk, const struct gp_json_obj *answer,
    struct gp_vk_names *names)
{
	struct gp_json_obj people = gp_look_at(&vk->look, answer, "profiles");
	struct gp_json_obj groups = gp_look_at(&vk->look, answer, "groups");
	struct gp_span first, last;
	struct gp_json_obj o;
	size_t i;

	names->n = 0;
	names->v = gp_pool_alloc(
	    &vk->look.pool, (people.n + groups.n + 1) * sizeof(*names->v));
	if (names->v == NULL)
		return;
	for (i = 0; i < people.n; i++) {
		o = gp_look_in(&vk->look, people.m[i].value);
		first = gp_look_str(&vk->look, &o, "first_name");
		last = gp_look_str(&vk->look, &o, "last_name");
		names->v[names->n].id = gp_look_int(&o, "id");
		names->v[names->n++].name = last.n == 0
		    ? first
		    : gp_pool_fmt(&vk->look.pool, "%.*s %.*s", (int)first.n,
			  first.n > 0 ? first.p : "", (int)last.n, last.p);
	}
	for (i = 0; i < groups.n; i++) {
		o = gp_look_in(&vk->look, groups.m[i].value);
		names->v[names->n].id = -gp_look_int(&o, "id");
		names->v[names->n++].name = gp_look_str(&vk->look, &o, "name");
	}
	qsort(names->v, names->n, sizeof(*names->v), by_id);
}

struct gp_span
gp_vk_name(const struct gp_vk_names *names, int64_t id)
{
	struct gp_vk_name key = { id, { NULL, 0 } }, *v = NULL;

	if (names != NULL && names->n > 0)
		v = bsearch(&key, names->v, names->n, sizeof(*names->v), by_id);
	return v != NULL ? v->name : key.name;
}

static void
author(struct gp_vk *vk, int64_t id, const struct gp_vk_names *names,
    struct gp_author *a)
{
	if (id == 0)
		return;
	a->id = gp_pool_fmt(&vk->look.pool, "%" PRId64, id);
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

/* The last of parents_stack: what is answered where nothing else tells. */
static int64_t
top_of(struct gp_vk *vk, const struct gp_json_obj *o)
{
	struct gp_json_obj stack = gp_look_at(&vk->look, o, "parents_stack");
	int64_t n = 0;

	if (stack.n > 0)
		gp_json_int(stack.m[0].value, &n);
	return n;
}

void
gp_vk_comment(struct gp_vk *vk, const struct gp_json_obj *o, int64_t post,
    const struct gp_vk_names *names, struct gp_item *it)
{
	int64_t owner = -vk->group, id = gp_look_int(o, "id");
	int64_t root = top_of(vk, o);
	int64_t to = gp_look_int(o, "reply_to_comment");
	struct gp_pool *pool = &vk->look.pool;

	memset(it, 0, sizeof(*it));
	it->type = "comment";
	it->id = gp_pool_fmt(
	    pool, "vk:%" PRId64 "/%" PRId64 "/%" PRId64, owner, post, id);
	it->post = gp_pool_fmt(pool, "vk:%" PRId64 "/%" PRId64, owner, post);
	it->url = gp_pool_fmt(pool,
	    "https://vk.com/wall%" PRId64 "_%" PRId64 "?reply=%" PRId64, owner,
	    post, id);
	if (to == 0)
		to = root;
	if (to != 0)
		it->parent = gp_pool_fmt(pool,
		    "vk:%" PRId64 "/%" PRId64 "/%" PRId64, owner, post, to);
	if (root != 0)
		it->thread = gp_pool_fmt(pool,
		    "vk:%" PRId64 "/%" PRId64 "/%" PRId64, owner, post, root);
	it->at = gp_look_int(o, "date");
	it->deleted = gp_look_true(o, "deleted");
	it->source = gp_span_of("wall");
	if (it->deleted)
		return;
	author(vk, gp_look_int(o, "from_id"), names, &it->author);
	it->text = plain(vk, gp_look_str(&vk->look, o, "text"));
	it->reacted = count(vk, o, "likes");
	gp_vk_attachments(vk, o, it);
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
