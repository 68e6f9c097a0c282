/* What the bot wrote, into the book; and parameters of sending that are JSON. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "sim/botapi.h"

/* The id of a message as gp-record(5) has it. */
static void
id_of(char to[96], const struct gp_sim_call *c, enum gp_sim_place place,
    const struct gp_sim_person *peer, int64_t id)
{
	const struct gp_sim_scenario *s = c->w->s;

	if (place == GP_SIM_IN_CHANNEL && s->channel.name != NULL)
		snprintf(
		    to, 96, "telegram:%.60s/%" PRId64, s->channel.name, id);
	else
		snprintf(to, 96, "telegram:%" PRId64 "/%" PRId64,
		    place == GP_SIM_IN_CHANNEL     ? s->channel.id
			: place == GP_SIM_IN_GROUP ? s->group->id
						   : peer->id,
		    id);
}

/* Of talk in the group: the post it stands under, and what it answers. */
static void
place_of(struct gp_sim_call *c, const struct gp_sim_message *m, char post[96],
    char parent[96])
{
	const struct gp_sim_message *root = m->place == GP_SIM_IN_GROUP
	    ? gp_sim_find(c->w, m->place, m->thread)
	    : NULL;

	*post = *parent = '\0';
	if (root != NULL && root->source != 0)
		id_of(post, c, GP_SIM_IN_CHANNEL, NULL, root->source);
	if (m->reply_to != 0 && (root == NULL || m->reply_to != root->id))
		id_of(parent, c, m->place, m->from, m->reply_to);
}

void
gp_sim_bot_wrote(
    struct gp_sim_call *c, const char *action, struct gp_sim_message *m)
{
	char id[96], page[96], post[96], parent[96], chat[96];
	struct gp_sim_entry e = { .network = "telegram",
		.action = action,
		.id = id,
		.page = page,
		.at = c->w->now,
		.number = m->id,
		.message = m };

	if (action == NULL)
		e.action = m->place == GP_SIM_IN_CHANNEL ? "post"
		    : m->place == GP_SIM_IN_GROUP        ? "comment"
							 : "message";
	id_of(id, c, m->place, m->from, m->id);
	place_of(c, m, post, parent);
	id_of(page, c, GP_SIM_IN_CHANNEL, NULL, 0);
	*strchr(page, '/') = '\0';
	if (m->place != GP_SIM_IN_CHANNEL) {
		id_of(chat, c, m->place, m->from, 0);
		*strchr(chat, '/') = '\0';
		e.chat = chat;
	}
	e.post = *post != '\0' ? post : NULL;
	e.parent = *parent != '\0' ? parent : NULL;
	if (action == NULL)
		m->written = gp_sim_book_add(&c->sim->book, &e);
	else
		gp_sim_book_change(&c->sim->book, m->written, &e);
}

/* Members that the published list has, of their types. */
static int
members(struct gp_sim_call *c, const struct gp_json_obj *o, const char *what,
    const char *list)
{
	char name[48];
	size_t i, n;
	const char *p;
	int type;

	for (i = 0; i < o->n; i++) {
		n = o->m[i].key.n < 40 ? o->m[i].key.n : 40;
		snprintf(name, sizeof(name), " %.*s:", (int)n, o->m[i].key.p);
		p = strstr(list, name);
		if (p == NULL)
			return gp_sim_fail(c, 400,
			    "unknown member '%.*s' of %s (gp-sim is strict)",
			    (int)n, o->m[i].key.p, what);
		type = p[strlen(name)];
		if (type != '*' && type != (int)o->m[i].value.type)
			return gp_sim_fail(c, 400,
			    "'%.*s' of %s is of another type (gp-sim is "
			    "strict)",
			    (int)n, o->m[i].key.p, what);
	}
	return 0;
}

/* quote: words of what is answered. */
static int
quoted(struct gp_sim_call *c, const struct gp_json_obj *o,
    const struct gp_sim_message *to)
{
	struct gp_buf b;
	int found;

	gp_buf_init(&b, 0);
	found = gp_json_text(gp_json_get(o, "quote"), &b) == -1 ||
	    (to->text.s != NULL && b.n > 0 &&
		strstr(to->text.s, gp_buf_str(&b)) != NULL);
	gp_buf_release(&b);
	return found ? 0 : gp_sim_fail(c, 400, "QUOTE_TEXT_INVALID");
}

/* chat_id of the reply: another chat cannot be answered into a group here. */
static int
same_chat(struct gp_sim_call *c, struct gp_json chat)
{
	const char *there = gp_sim_arg(c->r, "chat_id");
	struct gp_buf b;
	int same;

	if (chat.type == GP_JSON_NONE)
		return 0;
	gp_buf_init(&b, 0);
	if (gp_json_text(chat, &b) == -1)
		gp_buf_add(&b, chat.text.p, chat.text.n);
	same = strcmp(gp_buf_str(&b), there) == 0;
	gp_buf_release(&b);
	return same ? 0
		    : gp_sim_fail(c, 400, "message to be replied not found");
}

int
gp_sim_call_reply(struct gp_sim_call *c, const struct gp_json_obj *o)
{
	return members(c, o, "reply_parameters",
		   " message_id:0 chat_id:* allow_sending_without_reply:b"
		   " quote:\" quote_parse_mode:\" quote_entities:["
		   " quote_position:0 checklist_task_id:0 poll_option_id:\"") ==
		    -1 ||
		same_chat(c, gp_json_get(o, "chat_id")) == -1
	    ? -1
	    : 0;
}

int
gp_sim_call_quote(struct gp_sim_call *c, const struct gp_json_obj *o,
    const struct gp_sim_message *to)
{
	return quoted(c, o, to);
}

int
gp_sim_call_preview(struct gp_sim_call *c)
{
	const struct gp_sim_param *p =
	    gp_sim_param(c->r, "link_preview_options");
	struct gp_json_reader *rd;
	struct gp_json_obj o;
	struct gp_why why;
	int r;

	if (p == NULL)
		return 0;
	rd = gp_json_new();
	if (rd == NULL ||
	    gp_json_open(rd, gp_buf_span(&p->value), 0, &o, &why) == -1)
		r = gp_sim_fail(
		    c, 400, "can't parse link preview options JSON object");
	else
		r = members(c, &o, "link_preview_options",
		    " is_disabled:b url:\" prefer_small_media:b"
		    " prefer_large_media:b show_above_text:b");
	gp_json_free(rd);
	return r;
}
