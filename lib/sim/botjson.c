#include "sim/botjson.h"

#include <string.h>

static void
names(struct gp_jw *w, const char *name)
{
	const char *space = strchr(name, ' ');
	struct gp_span first = gp_span_of(name);

	if (space != NULL)
		first.n = (size_t)(space - name);
	gp_jw_ktext(w, "first_name", first);
	if (space != NULL)
		gp_jw_kstr(w, "last_name", space + 1);
}

void
gp_sim_json_person(struct gp_jw *w, const struct gp_sim_person *p)
{
	gp_jw_open(w, '{');
	gp_jw_kint(w, "id", p->id);
	gp_jw_kbool(w, "is_bot", 0);
	names(w, p->name);
	gp_jw_kstr(w, "username", p->username);
	gp_jw_kstr(w, "language_code", "ru");
	gp_jw_close(w, '}');
}

void
gp_sim_json_bot(struct gp_jw *w, const struct gp_sim_world *world)
{
	gp_jw_open(w, '{');
	gp_jw_kint(w, "id", world->s->bot.id);
	gp_jw_kbool(w, "is_bot", 1);
	gp_jw_kstr(w, "first_name", world->s->bot.name);
	gp_jw_kstr(w, "username", world->s->bot.username);
	gp_jw_close(w, '}');
}

/* The users of Telegram's own that stand for channels and groups. */
static void
stand_in(struct gp_jw *w, int64_t id, int bot, const char *name,
    const char *username)
{
	gp_jw_open(w, '{');
	gp_jw_kint(w, "id", id);
	gp_jw_kbool(w, "is_bot", bot);
	gp_jw_kstr(w, "first_name", name);
	gp_jw_kstr(w, "username", username);
	gp_jw_close(w, '}');
}

void
gp_sim_json_chat(struct gp_jw *w, const struct gp_sim_world *world,
    enum gp_sim_place place, const struct gp_sim_person *peer)
{
	const struct gp_sim_scenario *s = world->s;

	if (place == GP_SIM_IN_PRIVATE) {
		gp_jw_kint(w, "id", peer->id);
		names(w, peer->name);
		gp_jw_kstr(w, "username", peer->username);
		gp_jw_kstr(w, "type", "private");
	} else if (place == GP_SIM_IN_CHANNEL) {
		gp_jw_kint(w, "id", s->channel.id);
		gp_jw_kstr(w, "title", s->channel.title);
		gp_jw_kstr(w, "username", s->channel.name);
		gp_jw_kstr(w, "type", "channel");
	} else {
		gp_jw_kint(w, "id", s->group->id);
		gp_jw_kstr(w, "title", s->group->title);
		gp_jw_kstr(w, "username", s->group->name);
		gp_jw_kstr(w, "type", "supergroup");
	}
}

static void
chat(struct gp_jw *w, const char *key, const struct gp_sim_world *world,
    enum gp_sim_place place, const struct gp_sim_person *peer)
{
	gp_jw_key(w, key);
	gp_jw_open(w, '{');
	gp_sim_json_chat(w, world, place, peer);
	gp_jw_close(w, '}');
}

static void
sender(struct gp_jw *w, const struct gp_sim_world *world,
    const struct gp_sim_message *m)
{
	if (m->place == GP_SIM_IN_CHANNEL) {
		chat(w, "sender_chat", world, GP_SIM_IN_CHANNEL, NULL);
		return;
	}
	gp_jw_key(w, "from");
	switch (m->as) {
	case GP_SIM_PERSON:
		gp_sim_json_person(w, m->from);
		break;
	case GP_SIM_BOT:
		gp_sim_json_bot(w, world);
		break;
	case GP_SIM_GROUP:
		stand_in(
		    w, GP_SIM_ID_ANONYMOUS, 1, "Group", "GroupAnonymousBot");
		chat(w, "sender_chat", world, GP_SIM_IN_GROUP, NULL);
		break;
	case GP_SIM_CHANNEL:
		stand_in(w, GP_SIM_ID_CHANNEL_BOT, 1, "Channel", "Channel_Bot");
		chat(w, "sender_chat", world, GP_SIM_IN_CHANNEL, NULL);
		break;
	case GP_SIM_TELEGRAM:
		stand_in(w, GP_SIM_ID_TELEGRAM, 0, "Telegram", NULL);
		chat(w, "sender_chat", world, GP_SIM_IN_CHANNEL, NULL);
		break;
	}
}

static void
origin(struct gp_jw *w, const struct gp_sim_world *world,
    const struct gp_sim_message *m)
{
	const struct gp_sim_forward *f =
	    m->post != NULL ? m->post->forward : NULL;

	if (m->source == 0 && f == NULL)
		return;
	gp_jw_key(w, "forward_origin");
	gp_jw_open(w, '{');
	if (m->source != 0) {
		gp_jw_kstr(w, "type", "channel");
		chat(w, "chat", world, GP_SIM_IN_CHANNEL, NULL);
		gp_jw_kint(w, "message_id", m->source);
		gp_jw_kstr(w, "author_signature",
		    m->post != NULL ? m->post->signature : NULL);
	} else if (f->name != NULL) {
		gp_jw_kstr(w, "type", "channel");
		gp_jw_key(w, "chat");
		gp_jw_open(w, '{');
		gp_jw_kint(w, "id", -1001000000000 - (int64_t)strlen(f->name));
		gp_jw_kstr(w, "title", f->title);
		gp_jw_kstr(w, "username", f->name);
		gp_jw_kstr(w, "type", "channel");
		gp_jw_close(w, '}');
		gp_jw_kint(w, "message_id", f->post);
	} else {
		gp_jw_kstr(w, "type", "hidden_user");
		gp_jw_kstr(w, "sender_user_name", f->title);
	}
	gp_jw_kint(w, "date", m->at);
	gp_jw_close(w, '}');
}

static void service(struct gp_jw *, struct gp_sim_world *,
    const struct gp_sim_message *, int nested);

static void
message(struct gp_jw *w, struct gp_sim_world *world,
    const struct gp_sim_message *m, int nested)
{
	struct gp_sim_message *to = NULL;

	gp_jw_open(w, '{');
	gp_jw_kint(w, "message_id", m->id);
	if (m->thread != 0)
		gp_jw_kint(w, "message_thread_id", m->thread);
	sender(w, world, m);
	chat(w, "chat", world, m->place, m->from);
	gp_jw_kint(w, "date", m->at);
	if (m->edited != 0)
		gp_jw_kint(w, "edit_date", m->edited);
	origin(w, world, m);
	if (m->source != 0)
		gp_jw_kbool(w, "is_automatic_forward", 1);
	if (m->place == GP_SIM_IN_CHANNEL && m->post != NULL)
		gp_jw_kstr(w, "author_signature", m->post->signature);
	if (m->post != NULL && m->post->service != NULL) {
		service(w, world, m, nested);
		gp_jw_close(w, '}');
		return;
	}
	if (m->reply_to != 0 && !nested)
		to = gp_sim_find(world, m->place, m->reply_to);
	if (to != NULL && !to->deleted) {
		gp_jw_key(w, "reply_to_message");
		message(w, world, to, 1);
	}
	gp_sim_json_content(w, m);
	gp_jw_close(w, '}');
}

static void
service(struct gp_jw *w, struct gp_sim_world *world,
    const struct gp_sim_message *m, int nested)
{
	struct gp_sim_message *to;

	if (strcmp(m->post->service, "photo_changed") == 0) {
		gp_jw_key(w, "new_chat_photo");
		gp_jw_open(w, '[');
		gp_jw_open(w, '{');
		gp_sim_json_file_ids(w, "chatphoto", m, "c");
		gp_jw_kint(w, "width", 640);
		gp_jw_kint(w, "height", 640);
		gp_jw_close(w, '}');
		gp_jw_close(w, ']');
		return;
	}
	to = gp_sim_find(world, m->place, m->reply_to);
	if (to == NULL || nested)
		return;
	gp_jw_key(w, "pinned_message");
	message(w, world, to, 1);
}

void
gp_sim_json_message(
    struct gp_jw *w, struct gp_sim_world *world, const struct gp_sim_message *m)
{
	message(w, world, m, 0);
}

static void
reaction_count(struct gp_jw *w, const struct gp_sim_world *world,
    const struct gp_sim_message *m)
{
	const struct gp_sim_reaction *r = m->post->reactions.v;
	size_t i;

	gp_jw_open(w, '{');
	chat(w, "chat", world, m->place, NULL);
	gp_jw_kint(w, "message_id", m->id);
	gp_jw_kint(w, "date", world->now);
	gp_jw_key(w, "reactions");
	gp_jw_open(w, '[');
	for (i = 0; i < m->post->reactions.n; i++) {
		int custom = strncmp(r[i].emoji, "custom:", 7) == 0;
		int paid = strcmp(r[i].emoji, "paid") == 0;

		gp_jw_open(w, '{');
		gp_jw_key(w, "type");
		gp_jw_open(w, '{');
		gp_jw_kstr(w, "type",
		    paid         ? "paid"
			: custom ? "custom_emoji"
				 : "emoji");
		if (custom)
			gp_jw_kstr(w, "custom_emoji_id", r[i].emoji + 7);
		else if (!paid)
			gp_jw_kstr(w, "emoji", r[i].emoji);
		gp_jw_close(w, '}');
		gp_jw_kint(w, "total_count", r[i].n);
		gp_jw_close(w, '}');
	}
	gp_jw_close(w, ']');
	gp_jw_close(w, '}');
}

void
gp_sim_json_update(struct gp_buf *b, struct gp_sim_world *world,
    const struct gp_sim_update *u, const struct gp_sim_message *m)
{
	struct gp_jw w;

	gp_jw_init(&w, b);
	gp_jw_open(&w, '{');
	gp_jw_kint(&w, "update_id", u->id);
	gp_jw_key(&w, gp_sim_kind_name(u->kind));
	if (u->kind == GP_SIM_U_POLL)
		gp_sim_json_poll(&w, m);
	else if (u->kind == GP_SIM_U_REACTION_COUNT)
		reaction_count(&w, world, m);
	else
		message(&w, world, m, 0);
	gp_jw_close(&w, '}');
}
