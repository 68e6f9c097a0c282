#include "net/telegram.h"

#include <inttypes.h>
#include <string.h>

void
gp_tg_thread_put(struct gp_tg_threads *t, int64_t message, int64_t post)
{
	if (gp_tg_thread_post(t, message) != 0)
		return;
	t->v[t->next] = (struct gp_tg_thread){ message, post };
	t->next = (t->next + 1) % GP_TG_THREADS;
	t->n += t->n < GP_TG_THREADS;
}

int64_t
gp_tg_thread_post(const struct gp_tg_threads *t, int64_t message)
{
	size_t i;

	for (i = 0; i < t->n; i++)
		if (t->v[i].message == message)
			return t->v[i].post;
	return 0;
}

static struct gp_json
get(struct gp_tg_world *w, struct gp_json v, const char *key)
{
	struct gp_json_obj o;

	gp_json_enter(w->json, v, &o);
	return gp_json_get(&o, key);
}

static int64_t
number(struct gp_tg_world *w, struct gp_json v, const char *key)
{
	int64_t n;

	return gp_json_int(get(w, v, key), &n) == 0 ? n : 0;
}

static struct gp_span
text(struct gp_tg_world *w, struct gp_json v)
{
	struct gp_span s = { NULL, 0 };
	struct gp_buf b;

	gp_buf_init(&b, 0);
	if (gp_json_text(v, &b) == 0)
		s = gp_pool_copy(&w->pool, gp_buf_span(&b));
	w->pool.bad |= b.bad;
	gp_buf_release(&b);
	return s;
}

static struct gp_span
field(struct gp_tg_world *w, struct gp_json v, const char *key)
{
	return text(w, get(w, v, key));
}

struct gp_span
gp_tg_id(struct gp_tg_world *w, int64_t chat, int64_t message)
{
	if (chat == w->channel && w->name != NULL)
		return gp_pool_fmt(
		    &w->pool, "telegram:%s/%" PRId64, w->name, message);
	return gp_pool_fmt(
	    &w->pool, "telegram:%" PRId64 "/%" PRId64, chat, message);
}

/* t.me/NAME/N, or t.me/c/N/N for members only where there is no name. */
static struct gp_span
url(struct gp_tg_world *w, struct gp_json chat, int64_t id, int64_t message)
{
	struct gp_span name = field(w, chat, "username");
	const int64_t base = -1000000000000;

	if (name.n > 0)
		return gp_pool_fmt(
		    &w->pool, "https://t.me/%s/%" PRId64, name.p, message);
	if (id < base)
		return gp_pool_fmt(&w->pool,
		    "https://t.me/c/%" PRId64 "/%" PRId64, base - id, message);
	return (struct gp_span){ NULL, 0 };
}

static int
is_admin(const struct gp_tg_world *w, int64_t id)
{
	size_t i;

	for (i = 0; i < w->admins; i++)
		if (w->admin[i] == id)
			return 1;
	return id != 0 && id == w->bot;
}

/* The page speaks as the channel, as the group, or by an administrator. */
static void
author(struct gp_tg_world *w, struct gp_json m, struct gp_author *a)
{
	struct gp_json from = get(w, m, "from");
	struct gp_json as = get(w, m, "sender_chat");
	struct gp_span first, last;
	int64_t id;

	if (as.type == GP_JSON_OBJECT) {
		id = number(w, as, "id");
		a->name = field(w, as, "title");
		a->official = id != 0 && (id == w->channel || id == w->group);
	} else if (from.type == GP_JSON_OBJECT) {
		id = number(w, from, "id");
		first = field(w, from, "first_name");
		last = field(w, from, "last_name");
		a->name = last.n > 0 ? gp_pool_fmt(&w->pool, "%s %s",
					   first.n > 0 ? first.p : "", last.p)
				     : first;
		a->official = is_admin(w, id);
	} else {
		return;
	}
	a->id = gp_pool_fmt(&w->pool, "%" PRId64, id);
}

/* The largest of a photo's sizes. */
static void
photo(struct gp_tg_world *w, struct gp_json sizes, struct gp_attachment *a)
{
	struct gp_json_obj o;

	gp_json_enter(w->json, sizes, &o);
	a->kind = "photo";
	if (o.n == 0)
		return;
	a->width = number(w, o.m[o.n - 1].value, "width");
	a->height = number(w, o.m[o.n - 1].value, "height");
	a->size = number(w, o.m[o.n - 1].value, "file_size");
}

static void
media(struct gp_tg_world *w, const struct gp_json_obj *m, struct gp_item *it)
{
	static const struct {
		const char *key, *kind;
	} kinds[] = { { "photo", "photo" }, { "video", "video" },
		{ "video_note", "round_video" }, { "voice", "voice" },
		{ "audio", "audio" }, { "animation", "animation" },
		{ "document", "file" }, { "sticker", "sticker" },
		{ "location", "location" }, { "venue", "location" },
		{ "contact", "contact" } };
	struct gp_attachment *a;
	struct gp_json v;
	size_t i;

	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		v = gp_json_get(m, kinds[i].key);
		if (v.type == GP_JSON_NONE)
			continue;
		a = gp_pool_alloc(&w->pool, sizeof(*a));
		if (a == NULL)
			return;
		it->attachment = a;
		it->attachments = 1;
		a->kind = kinds[i].kind;
		if (v.type == GP_JSON_ARRAY) {
			photo(w, v, a);
			return;
		}
		a->title = field(w, v, "file_name");
		if (a->title.n == 0)
			a->title = field(w, v, "title");
		a->width = number(w, v, "width");
		a->height = number(w, v, "height");
		a->duration = number(w, v, "duration");
		a->size = number(w, v, "file_size");
		return; /* an animation comes as a document as well */
	}
}

struct gp_poll *
gp_tg_poll(struct gp_tg_world *w, struct gp_json v)
{
	struct gp_poll *p;
	struct gp_poll_option *option;
	struct gp_json right = get(w, v, "correct_option_ids");
	struct gp_json_obj o, ids;
	int64_t n;
	size_t i, k;

	if (v.type != GP_JSON_OBJECT)
		return NULL;
	gp_json_enter(w->json, get(w, v, "options"), &o);
	gp_json_enter(w->json, right, &ids);
	p = gp_pool_alloc(&w->pool, sizeof(*p));
	option = gp_pool_alloc(&w->pool, (o.n + 1) * sizeof(*option));
	if (p == NULL || option == NULL)
		return NULL;
	for (i = 0; i < o.n; i++) {
		option[i].text = field(w, o.m[i].value, "text");
		option[i].votes.n = number(w, o.m[i].value, "voter_count");
		option[i].votes.set = 1;
		for (k = 0; k < ids.n; k++)
			option[i].correct |=
			    gp_json_int(ids.m[k].value, &n) == 0 &&
			    n == (int64_t)i;
		if (gp_json_int(get(w, v, "correct_option_id"), &n) == 0)
			option[i].correct |= n == (int64_t)i;
	}
	p->question = field(w, v, "question");
	p->explanation = field(w, v, "explanation");
	p->option = option;
	p->n = o.n;
	p->voters.n = number(w, v, "total_voter_count");
	p->voters.set = 1;
	p->quiz = gp_json_is(get(w, v, "type"), "quiz");
	p->closed = gp_json_true(get(w, v, "is_closed"));
	return p;
}

static void
forwarded(struct gp_tg_world *w, struct gp_json origin, struct gp_item *it)
{
	struct gp_json chat = get(w, origin, "chat");
	int64_t post = number(w, origin, "message_id");
	struct gp_span name;

	if (origin.type != GP_JSON_OBJECT)
		return;
	if (chat.type == GP_JSON_NONE)
		chat = get(w, origin, "sender_chat");
	it->repost_name = field(w, chat, "title");
	if (it->repost_name.n == 0)
		it->repost_name = field(w, origin, "sender_user_name");
	if (it->repost_name.n == 0)
		it->repost_name =
		    field(w, get(w, origin, "sender_user"), "first_name");
	name = gp_pool_lower(&w->pool, field(w, chat, "username"));
	if (name.n == 0 || post == 0)
		return;
	it->repost_id =
	    gp_pool_fmt(&w->pool, "telegram:%s/%" PRId64, name.p, post);
	it->repost_url = url(w, chat, 0, post);
}

/* What a service message says, by the member that it has. */
static void
service(struct gp_tg_world *w, const struct gp_json_obj *m, struct gp_item *it)
{
	static const char *const kinds[] = { "new_chat_members",
		"left_chat_member", "new_chat_title", "new_chat_photo",
		"delete_chat_photo", "group_chat_created",
		"supergroup_chat_created", "channel_chat_created",
		"message_auto_delete_timer_changed", "pinned_message",
		"video_chat_started", "video_chat_ended", "boost_added",
		"forum_topic_created", "giveaway_created" };
	size_t i;

	(void)w;
	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (gp_json_get(m, kinds[i]).type != GP_JSON_NONE)
			it->service = gp_span_of(kinds[i]);
}

/* Where a comment stands: its thread, its post, what it answers. */
static void
place(struct gp_tg_world *w, struct gp_json m, int64_t chat, struct gp_item *it)
{
	struct gp_json to = get(w, m, "reply_to_message");
	int64_t thread = number(w, m, "message_thread_id"), post = 0;
	int64_t answered = number(w, to, "message_id");
	struct gp_json origin = get(w, to, "forward_origin");

	if (gp_json_true(get(w, to, "is_automatic_forward"))) {
		post = number(w, origin, "message_id");
		if (post != 0)
			gp_tg_thread_put(&w->threads, answered, post);
		if (thread == 0)
			thread = answered;
	} else if (answered != 0) {
		it->parent = gp_tg_id(w, chat, answered);
	}
	if (thread != 0) {
		it->thread = gp_tg_id(w, chat, thread);
		if (post == 0)
			post = gp_tg_thread_post(&w->threads, thread);
	}
	if (post != 0)
		it->post = gp_tg_id(w, w->channel, post);
}

/* Seconds; a server that others wrote may count in milliseconds, which as
 * seconds would lie beyond the year 2100. */
static gp_instant
moment(int64_t n)
{
	return n > 4102444800 ? n / 1000 : n;
}

static void
common(struct gp_tg_world *w, struct gp_json v, const struct gp_json_obj *m,
    struct gp_json chat, int64_t id, struct gp_item *it)
{
	int64_t message = number(w, v, "message_id");

	it->id = gp_tg_id(w, id, message);
	it->url = url(w, chat, id, message);
	it->at = moment(number(w, v, "date"));
	it->edited_at = moment(number(w, v, "edit_date"));
	it->text = text(w, gp_json_get(m, "text"));
	if (it->text.p == NULL)
		it->text = text(w, gp_json_get(m, "caption"));
	it->poll = gp_tg_poll(w, gp_json_get(m, "poll"));
	media(w, m, it);
	service(w, m, it);
	it->source = gp_span_of("bot");
	it->page = w->name != NULL
	    ? gp_pool_fmt(&w->pool, "telegram:%s", w->name)
	    : gp_pool_fmt(&w->pool, "telegram:%" PRId64, w->channel);
}

enum gp_tg_what
gp_tg_message(struct gp_tg_world *w, struct gp_json v, struct gp_item *it,
    struct gp_span *part)
{
	struct gp_json chat = get(w, v, "chat");
	int64_t id = number(w, chat, "id"), post;
	struct gp_json type = get(w, chat, "type");
	struct gp_json origin = get(w, v, "forward_origin");
	struct gp_json_obj m;

	gp_json_enter(w->json, v, &m);
	memset(it, 0, sizeof(*it));
	*part = field(w, v, "media_group_id");
	if (gp_json_is(type, "channel") && id == w->channel) {
		common(w, v, &m, chat, id, it);
		it->type = "post";
		it->signature = field(w, v, "author_signature");
		post = number(w, get(w, v, "reply_to_message"), "message_id");
		if (post != 0)
			it->parent = gp_tg_id(w, id, post);
		forwarded(w, origin, it);
		return GP_TG_POST;
	}
	if (id == w->group && id != 0) {
		if (gp_json_true(get(w, v, "is_automatic_forward"))) {
			post = number(w, origin, "message_id");
			gp_tg_thread_put(
			    &w->threads, number(w, v, "message_id"), post);
			return GP_TG_FORWARD;
		}
		common(w, v, &m, chat, id, it);
		it->type = "comment";
		it->chat = gp_pool_fmt(&w->pool, "telegram:%" PRId64, id);
		author(w, v, &it->author);
		place(w, v, id, it);
		forwarded(w, origin, it);
		return GP_TG_COMMENT;
	}
	if (!gp_json_is(type, "private"))
		return GP_TG_OTHER;
	common(w, v, &m, chat, id, it);
	it->type = "message";
	it->url = (struct gp_span){ NULL, 0 };
	it->chat = gp_pool_fmt(&w->pool, "telegram:%" PRId64, id);
	author(w, v, &it->author);
	it->author.official = 0;
	post = number(w, get(w, v, "reply_to_message"), "message_id");
	if (post != 0)
		it->parent = gp_tg_id(w, id, post);
	return GP_TG_PRIVATE;
}
