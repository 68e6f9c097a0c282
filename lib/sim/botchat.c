/* Who the bot is, where it is, and who is there with it. */
#include <stdio.h>
#include <string.h>

#include "sim/botapi.h"

int
gp_sim_yes(struct gp_sim_call *c)
{
	gp_jw_bool(&c->jw, 1);
	return 0;
}

int
gp_sim_get_me(struct gp_sim_call *c)
{
	gp_jw_open(&c->jw, '{');
	gp_jw_kint(&c->jw, "id", c->w->s->bot.id);
	gp_jw_kbool(&c->jw, "is_bot", 1);
	gp_jw_kstr(&c->jw, "first_name", c->w->s->bot.name);
	gp_jw_kstr(&c->jw, "username", c->w->s->bot.username);
	gp_jw_kbool(&c->jw, "can_join_groups", 1);
	gp_jw_kbool(&c->jw, "can_read_all_group_messages", 1);
	gp_jw_kbool(&c->jw, "supports_inline_queries", 0);
	gp_jw_close(&c->jw, '}');
	return 0;
}

int
gp_sim_get_chat(struct gp_sim_call *c)
{
	const struct gp_sim_scenario *s = c->w->s;
	struct gp_sim_target t;

	if (gp_sim_target(c, "chat_id", &t) == -1)
		return -1;
	gp_jw_open(&c->jw, '{');
	gp_sim_json_chat(&c->jw, c->w, t.place, t.peer);
	if (t.place == GP_SIM_IN_CHANNEL) {
		gp_jw_kstr(&c->jw, "description", s->channel.about);
		if (s->group != NULL)
			gp_jw_kint(&c->jw, "linked_chat_id", s->group->id);
	} else if (t.place == GP_SIM_IN_GROUP) {
		gp_jw_kint(&c->jw, "linked_chat_id", s->channel.id);
	}
	gp_jw_kint(&c->jw, "accent_color_id", 2);
	gp_jw_kint(&c->jw, "max_reaction_count", 11);
	gp_jw_close(&c->jw, '}');
	return 0;
}

int
gp_sim_get_chat_member_count(struct gp_sim_call *c)
{
	struct gp_sim_target t;

	if (gp_sim_target(c, "chat_id", &t) == -1)
		return -1;
	if (t.place == GP_SIM_IN_PRIVATE)
		gp_jw_int(&c->jw, 2);
	else
		gp_jw_int(&c->jw,
		    t.place == GP_SIM_IN_CHANNEL ? c->w->s->channel.subscribers
						 : c->w->s->group->members);
	return 0;
}

static void
administrator(struct gp_sim_call *c, const struct gp_sim_person *p)
{
	static const char *const rights[] = { "can_be_edited", "is_anonymous",
		"can_manage_chat", "can_delete_messages",
		"can_manage_video_chats", "can_restrict_members",
		"can_promote_members", "can_change_info", "can_invite_users",
		"can_post_stories", "can_edit_stories", "can_delete_stories",
		"can_post_messages", "can_edit_messages", "can_pin_messages" };
	size_t i;

	gp_jw_open(&c->jw, '{');
	gp_jw_key(&c->jw, "user");
	if (p != NULL)
		gp_sim_json_person(&c->jw, p);
	else
		gp_sim_json_bot(&c->jw, c->w);
	gp_jw_kstr(&c->jw, "status", "administrator");
	for (i = 0; i < sizeof(rights) / sizeof(rights[0]); i++)
		gp_jw_kbool(&c->jw, rights[i],
		    i >= 2 && strcmp(rights[i], "can_promote_members") != 0);
	gp_jw_close(&c->jw, '}');
}

int
gp_sim_get_chat_administrators(struct gp_sim_call *c)
{
	const struct gp_sim_person *p = c->w->s->people.v;
	struct gp_sim_target t;
	size_t i;

	if (gp_sim_target(c, "chat_id", &t) == -1)
		return -1;
	if (t.place == GP_SIM_IN_PRIVATE)
		return gp_sim_fail(
		    c, 400, "there are no administrators in the private chat");
	gp_jw_open(&c->jw, '[');
	administrator(c, NULL);
	for (i = 0; i < c->w->s->people.n; i++)
		if (p[i].admin)
			administrator(c, &p[i]);
	gp_jw_close(&c->jw, ']');
	return 0;
}

int
gp_sim_get_chat_member(struct gp_sim_call *c)
{
	const struct gp_sim_person *p;
	struct gp_sim_target t;
	int64_t id = 0;

	if (gp_sim_target(c, "chat_id", &t) == -1)
		return -1;
	gp_sim_arg_int(c->r, "user_id", &id);
	p = gp_sim_known(c->sim, id);
	if (p == NULL && id != c->w->s->bot.id)
		return gp_sim_fail(c, 400, "PARTICIPANT_ID_INVALID");
	if (p == NULL || p->admin) {
		administrator(c, p);
		return 0;
	}
	gp_jw_open(&c->jw, '{');
	gp_jw_key(&c->jw, "user");
	gp_sim_json_person(&c->jw, p);
	gp_jw_kstr(&c->jw, "status", "member");
	gp_jw_close(&c->jw, '}');
	return 0;
}

int
gp_sim_get_file(struct gp_sim_call *c)
{
	const char *id = gp_sim_arg(c->r, "file_id");
	char path[160];

	if (strncmp(id, "AgACsim-", 8) != 0 ||
	    strspn(id, "abcdefghijklmnopqrstuvwxyzACgA0123456789-") !=
		strlen(id))
		return gp_sim_fail(c, 400,
		    "wrong file_id or the file is temporarily unavailable");
	snprintf(path, sizeof(path), "%s/file-%s.%s",
	    strncmp(id + 8, "video", 5) == 0          ? "videos"
		: strncmp(id + 8, "document", 8) == 0 ? "documents"
						      : "photos",
	    id + 8, "png");
	gp_jw_open(&c->jw, '{');
	gp_jw_kstr(&c->jw, "file_id", id);
	gp_jw_kstr(&c->jw, "file_unique_id", id + 3);
	gp_jw_kint(&c->jw, "file_size", 68);
	gp_jw_kstr(&c->jw, "file_path", path);
	gp_jw_close(&c->jw, '}');
	return 0;
}

int
gp_sim_send_chat_action(struct gp_sim_call *c)
{
	struct gp_sim_target t;

	return gp_sim_target(c, "chat_id", &t) == -1 ? -1 : gp_sim_yes(c);
}
