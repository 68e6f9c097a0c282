/*
 * What a bot hears: posts, comments of the linked group, private messages.
 *
 * An update is confirmed, and gone from the server, as soon as getUpdates is
 * called with a higher offset. So a run asks for one batch and leaves the next
 * offset in its cursor; only where the caller keeps the state within the run
 * (want->confirm) are further batches asked for.
 */
#include "net/tg_updates.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* Its settings; the page may have none but the token. */
static const struct gp_bot_conf *
bot_of(const struct gp_job *job)
{
	static const struct gp_bot_conf none;

	return job->of->bot != NULL ? job->of->bot : &none;
}

static int
open_updates(struct gp_job *job, struct gp_why *why)
{
	struct gp_tg_updates *u = job->own;

	gp_pool_init(&u->world.pool);
	u->world.json = gp_json_new();
	if (u->world.json == NULL)
		return gp_because(why, "no memory");
	u->world.name = job->name;
	u->world.bot = strtoll(job->token[GP_TOKEN_BOT], NULL, 10);
	if (bot_of(job)->channel != NULL)
		u->world.channel = strtoll(bot_of(job)->channel, NULL, 10);
	if (job->cursor != NULL && gp_tg_cursor_read(u, job->cursor) == -1)
		return gp_job_damaged(why);
	return 0;
}

static void
close_updates(struct gp_job *job)
{
	struct gp_tg_updates *u = job->own;

	gp_pool_release(&u->world.pool);
	gp_json_free(u->world.json);
	free(u->title);
	free(u->about);
}

static void
chat_param(struct gp_http_req *req, int64_t id, const char *name)
{
	struct gp_buf b;

	gp_buf_init(&b, 0);
	if (id != 0)
		gp_buf_add64(&b, id);
	else
		gp_buf_addf(&b, "@%s", name);
	gp_http_param(&req->body, "chat_id", gp_buf_span(&b));
	gp_buf_release(&b);
}

static int
next_updates(struct gp_job *job, struct gp_http_req *req)
{
	static const char kinds[] = "[\"message\",\"edited_message\","
				    "\"channel_post\",\"edited_channel_post\","
				    "\"poll\",\"message_reaction_count\"]";
	struct gp_tg_updates *u = job->own;
	struct gp_buf b;

	switch (u->phase) {
	case GP_TG_CHANNEL:
		gp_tg_method(job, req, "getChat");
		chat_param(req, u->world.channel, job->name);
		return 1;
	case GP_TG_MEMBERS:
		gp_tg_method(job, req, "getChatMemberCount");
		chat_param(req, u->world.channel, job->name);
		return 1;
	case GP_TG_ADMINS:
		gp_tg_method(job, req, "getChatAdministrators");
		chat_param(req, u->world.group, "");
		return 1;
	case GP_TG_UPDATES:
		gp_tg_method(job, req, "getUpdates");
		gp_buf_init(&b, 0);
		gp_buf_add64(&b, u->offset);
		if (u->offset != 0)
			gp_http_param(&req->body, "offset", gp_buf_span(&b));
		gp_buf_release(&b);
		/* What is left of an album is a moment away. */
		if (u->again)
			req->delay = 1;
		gp_http_param(&req->body, "limit", gp_span_of("100"));
		gp_http_param(&req->body, "timeout",
		    gp_span_of(job->want->follow && !u->again ? "50" : "0"));
		if (job->want->follow)
			req->timeout = 60;
		gp_http_param(&req->body, "allowed_updates", gp_span_of(kinds));
		return 1;
	case GP_TG_DONE:
		break;
	}
	return 0;
}

static char *
dup_text(struct gp_json v)
{
	struct gp_buf b;

	gp_buf_init(&b, 0);
	gp_json_text(v, &b);
	return gp_buf_detach(&b);
}

static int
take_channel(struct gp_job *job, struct gp_tg_updates *u, struct gp_json result)
{
	struct gp_json_obj o;
	struct gp_json name;
	int64_t linked = 0;

	gp_json_enter(u->world.json, result, &o);
	if (gp_json_int(gp_json_get(&o, "id"), &u->world.channel) == -1)
		return gp_job_fail(
		    job, GP_RUN_LATER, "getChat gives no id of the channel");
	name = gp_json_get(&o, "username");
	if (name.type != GP_JSON_STRING)
		u->world.name = NULL; /* no public name: ids by number */
	free(u->title);
	free(u->about);
	u->title = dup_text(gp_json_get(&o, "title"));
	u->about = dup_text(gp_json_get(&o, "description"));
	gp_json_int(gp_json_get(&o, "linked_chat_id"), &linked);
	if (bot_of(job)->group != NULL)
		linked = strtoll(bot_of(job)->group, NULL, 10);
	u->world.group = linked;
	u->phase = GP_TG_MEMBERS;
	return 0;
}

static int
take_members(struct gp_job *job, struct gp_tg_updates *u, struct gp_json result)
{
	struct gp_page page = { .network = job->net->name };

	page.id = page.page = gp_span_of(job->page);
	if (u->title != NULL)
		page.title = gp_span_of(u->title);
	if (u->about != NULL)
		page.about = gp_span_of(u->about);
	page.seen = job->want->now;
	page.source = gp_span_of("bot");
	page.subscribers.set = gp_json_int(result, &page.subscribers.n) == 0;
	gp_page_write(&job->out, &page);
	job->pages++;
	u->phase = u->world.group != 0 ? GP_TG_ADMINS : GP_TG_UPDATES;
	return 0;
}

static int
take_admins(struct gp_tg_updates *u, struct gp_json result)
{
	struct gp_tg_world *w = &u->world;
	const size_t max = sizeof(w->admin) / sizeof(w->admin[0]);
	struct gp_json_obj list, one;
	int64_t id;
	size_t i;

	gp_json_enter(w->json, result, &list);
	for (i = 0; i < list.n && w->admins < max; i++) {
		gp_json_enter(w->json, list.m[i].value, &one);
		if (gp_json_int(gp_json_at(w->json, &one, "user", "id", NULL),
			&id) == 0)
			w->admin[w->admins++] = id;
	}
	u->phase = GP_TG_UPDATES;
	return 0;
}

/* Its figures come by the poll's own number later. */
static void
note_poll(struct gp_tg_updates *u, struct gp_json v)
{
	struct gp_json_obj m, poll;
	int64_t id;

	gp_json_enter(u->world.json, v, &m);
	gp_json_enter(u->world.json, gp_json_get(&m, "poll"), &poll);
	if (poll.n > 0 && gp_json_int(gp_json_get(&m, "message_id"), &id) == 0)
		gp_tg_pair_put(
		    &u->polls, gp_json_bare(gp_json_get(&poll, "id")), id);
}

static void
take_message(
    struct gp_job *job, struct gp_tg_updates *u, struct gp_json v, int edited)
{
	struct gp_item *it = gp_pool_alloc(&u->world.pool, sizeof(*it));
	struct gp_span part;

	if (it == NULL)
		return;
	switch (gp_tg_message(&u->world, v, it, &part)) {
	case GP_TG_COMMENT:
		break;
	case GP_TG_POST:
		note_poll(u, v);
		/* An edit of an older post is seen nowhere else. */
		if (!job->posts_elsewhere || edited)
			break;
		job->skipped++;
		return;
	case GP_TG_PRIVATE:
		if (bot_of(job)->messages || job->of->messages)
			break;
		job->skipped++;
		return;
	case GP_TG_FORWARD:
	case GP_TG_OTHER:
		job->skipped++;
		return;
	}
	if (edited && part.n > 0) {
		gp_tg_album_go(job, u); /* what is newer comes behind it */
		if (gp_tg_album_edit(u, it, part))
			gp_job_item(job, it);
		return;
	}
	if (gp_tg_album_join(u, it, part))
		return;
	gp_tg_album_go(job, u);
	if (part.n > 0)
		gp_tg_album_hold(u, it, part);
	else
		gp_job_item(job, it);
}

static void
take_poll(struct gp_job *job, struct gp_tg_updates *u, struct gp_json v)
{
	struct gp_item it = { .type = "poll" };
	struct gp_json_obj o;
	struct gp_buf id;
	int64_t post;

	gp_json_enter(u->world.json, v, &o);
	it.poll = gp_tg_poll(&u->world, v);
	gp_buf_init(&id, 0);
	gp_buf_adds(&id, "telegram:poll/");
	gp_json_text(gp_json_get(&o, "id"), &id);
	it.id = gp_buf_span(&id);
	post = gp_tg_pair_get(&u->polls, gp_json_bare(gp_json_get(&o, "id")));
	if (post != 0)
		it.post = gp_tg_id(&u->world, u->world.channel, post);
	it.at = job->want->now;
	it.source = gp_span_of("bot");
	if (it.poll != NULL)
		gp_job_item(job, &it);
	gp_buf_release(&id);
}

/* How many of each there are under a message now; who they are of is not told,
 * nor asked for. */
static void
take_reactions(struct gp_job *job, struct gp_tg_updates *u, struct gp_json v)
{
	struct gp_item it = { .type = "reactions" };

	if (gp_tg_reactions(&u->world, v, &it) == -1) {
		job->skipped++;
		return;
	}
	gp_job_item(job, &it);
}

static void
take_update(struct gp_job *job, struct gp_tg_updates *u, struct gp_json v)
{
	/* By turns new and edited. */
	static const char *const messages[] = { "message", "edited_message",
		"channel_post", "edited_channel_post" };
	struct gp_json_obj o;
	struct gp_json m;
	int64_t id;
	size_t i;

	gp_json_enter(u->world.json, v, &o);
	if (gp_json_int(gp_json_get(&o, "update_id"), &id) == 0) {
		u->update = id;
		if (id >= u->offset)
			u->offset = id + 1;
	}
	for (i = 0; i < sizeof(messages) / sizeof(messages[0]); i++) {
		m = gp_json_get(&o, messages[i]);
		if (m.type == GP_JSON_OBJECT) {
			take_message(job, u, m, i % 2 == 1);
			return;
		}
	}
	m = gp_json_get(&o, "poll");
	if (m.type == GP_JSON_OBJECT) {
		take_poll(job, u, m);
		return;
	}
	m = gp_json_get(&o, "message_reaction_count");
	if (m.type == GP_JSON_OBJECT)
		take_reactions(job, u, m);
	else
		job->skipped++;
}

static int
take_batch(struct gp_job *job, struct gp_tg_updates *u, struct gp_json result)
{
	const int64_t before = u->offset;
	struct gp_json_obj list;
	size_t i;

	if (result.type != GP_JSON_ARRAY)
		return gp_job_fail(
		    job, GP_RUN_LATER, "getUpdates gives no list");
	gp_json_enter(u->world.json, result, &list);
	for (i = 0; i < list.n; i++)
		take_update(job, u, list.m[i].value);
	u->again = gp_tg_album_later(job, u);
	gp_tg_album_go(job, u);
	if (u->world.pool.bad || gp_json_lacked(u->world.json))
		return gp_job_fail(job, GP_RUN_LATER, "no memory");
	gp_pool_reset(&u->world.pool);
	if (list.n > 0 && u->offset == before && !u->again)
		return gp_job_fail(job, GP_RUN_LATER,
		    "getUpdates gives what was confirmed already");
	if (list.n > 0)
		gp_tg_cursor_leave(job, u);
	/* A short batch is the last one; so is the only one that is safe. */
	job->more = list.n == 100;
	if (u->again)
		return 0;
	if (!job->want->follow && (list.n < 100 || !job->want->confirm))
		u->phase = GP_TG_DONE;
	if (u->phase == GP_TG_DONE &&
	    job->posts + job->comments + job->messages + job->polls == 0)
		job->outcome = GP_RUN_EMPTY;
	if (u->phase == GP_TG_DONE && u->lacked.msg[0] != '\0')
		gp_job_fail(job, GP_RUN_PARTIAL, "the updates alone: %s",
		    u->lacked.msg);
	return 0;
}

/* A server that knows the updates but not the chats, as some do that others
 * wrote: with the numbers of the config the updates can be read all the same. */
static int
does_without(struct gp_job *job, struct gp_tg_updates *u)
{
	const struct gp_bot_conf *bot = bot_of(job);

	if (u->phase >= GP_TG_UPDATES || bot->channel == NULL ||
	    bot->group == NULL ||
	    (job->outcome != GP_RUN_LATER && job->outcome != GP_RUN_REFUSED))
		return -1;
	u->lacked = job->why;
	job->outcome = GP_RUN_OK;
	job->why.msg[0] = '\0';
	u->world.group = strtoll(bot->group, NULL, 10);
	u->phase = GP_TG_UPDATES;
	return 0;
}

static int
take_updates(struct gp_job *job, const struct gp_http_reply *reply)
{
	struct gp_tg_updates *u = job->own;
	struct gp_json result;

	if (gp_tg_result(job, u->world.json, reply, &result) == -1)
		return does_without(job, u);
	switch (u->phase) {
	case GP_TG_CHANNEL:
		return take_channel(job, u, result);
	case GP_TG_MEMBERS:
		return take_members(job, u, result);
	case GP_TG_ADMINS:
		return take_admins(u, result);
	case GP_TG_UPDATES:
		return take_batch(job, u, result);
	case GP_TG_DONE:
		break;
	}
	return 0;
}

const struct gp_stream gp_telegram_updates = {
	.name = "updates",
	.size = sizeof(struct gp_tg_updates),
	.needs = GP_BIT(GP_TOKEN_BOT),
	.follows = 1,
	.of_token = GP_OF_ONE,
	.open = open_updates,
	.next = next_updates,
	.take = take_updates,
	.close = close_updates,
};
