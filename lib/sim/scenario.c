#include "sim/scenario.h"

#include <stdlib.h>
#include <string.h>

#include "sim/scenario_prove.h"

/* clang-format off */
#define AT(s, m) offsetof(struct s, m)

static const struct gp_yaml_field person_fields[] = {
	{ "id", GP_Y_INT, AT(gp_sim_person, id), 1, NULL, NULL, 0 },
	{ "name", GP_Y_TEXT, AT(gp_sim_person, name), 1, NULL, NULL, 0 },
	{ "username", GP_Y_TEXT, AT(gp_sim_person, username), 0, NULL, NULL, 0 },
	{ "admin", GP_Y_BOOL, AT(gp_sim_person, admin), 0, NULL, NULL, 0 },
	{ NULL, GP_Y_LINE, AT(gp_sim_person, line), 0, NULL, NULL, 0 },
	{ NULL, GP_Y_END, 0, 0, NULL, NULL, 0 },
};
static const struct gp_yaml_field option_fields[] = {
	{ "text", GP_Y_TEXT, AT(gp_sim_option, text), 1, NULL, NULL, 0 },
	{ "votes", GP_Y_INT, AT(gp_sim_option, votes), 0, NULL, NULL, 0 },
	{ "correct", GP_Y_BOOL, AT(gp_sim_option, correct), 0, NULL, NULL, 0 },
	{ NULL, GP_Y_END, 0, 0, NULL, NULL, 0 },
};
static const struct gp_yaml_field poll_fields[] = {
	{ "question", GP_Y_TEXT, AT(gp_sim_poll, question), 1, NULL, NULL, 0 },
	{ "type", GP_Y_WORD, AT(gp_sim_poll, type), 1, "regular|quiz", NULL, 0 },
	{ "voters", GP_Y_INT, AT(gp_sim_poll, voters), 0, NULL, NULL, 0 },
	{ "closed", GP_Y_BOOL, AT(gp_sim_poll, closed), 0, NULL, NULL, 0 },
	{ "explanation", GP_Y_TEXT, AT(gp_sim_poll, explanation), 0, NULL, NULL,
	    0 },
	{ "options", GP_Y_MAPS, AT(gp_sim_poll, options), 1, NULL,
	    option_fields, sizeof(struct gp_sim_option) },
	{ NULL, GP_Y_END, 0, 0, NULL, NULL, 0 },
};
static const struct gp_yaml_field document_fields[] = {
	{ "title", GP_Y_TEXT, AT(gp_sim_document, title), 1, NULL, NULL, 0 },
	{ "size", GP_Y_INT, AT(gp_sim_document, size), 0, NULL, NULL, 0 },
	{ NULL, GP_Y_END, 0, 0, NULL, NULL, 0 },
};
static const struct gp_yaml_field location_fields[] = {
	{ "lat", GP_Y_REAL, AT(gp_sim_location, lat), 1, NULL, NULL, 0 },
	{ "lon", GP_Y_REAL, AT(gp_sim_location, lon), 1, NULL, NULL, 0 },
	{ "title", GP_Y_TEXT, AT(gp_sim_location, title), 0, NULL, NULL, 0 },
	{ NULL, GP_Y_END, 0, 0, NULL, NULL, 0 },
};
static const struct gp_yaml_field link_fields[] = {
	{ "url", GP_Y_TEXT, AT(gp_sim_link, url), 1, NULL, NULL, 0 },
	{ "site", GP_Y_TEXT, AT(gp_sim_link, site), 0, NULL, NULL, 0 },
	{ "title", GP_Y_TEXT, AT(gp_sim_link, title), 0, NULL, NULL, 0 },
	{ "description", GP_Y_TEXT, AT(gp_sim_link, description), 0, NULL, NULL,
	    0 },
	{ NULL, GP_Y_END, 0, 0, NULL, NULL, 0 },
};
static const struct gp_yaml_field forward_fields[] = {
	{ "name", GP_Y_TEXT, AT(gp_sim_forward, name), 0, NULL, NULL, 0 },
	{ "title", GP_Y_TEXT, AT(gp_sim_forward, title), 1, NULL, NULL, 0 },
	{ "post", GP_Y_INT, AT(gp_sim_forward, post), 0, NULL, NULL, 0 },
	{ NULL, GP_Y_END, 0, 0, NULL, NULL, 0 },
};
static const struct gp_yaml_field gold_fields[] = {
	{ "kind", GP_Y_WORD, AT(gp_sim_gold, kind), 1,
	    "complaint|question|suggestion|thanks|info|danger|insult|spam",
	    NULL, 0 },
	{ "group", GP_Y_TEXT, AT(gp_sim_gold, group), 0, NULL, NULL, 0 },
	{ "hard", GP_Y_BOOL, AT(gp_sim_gold, hard), 0, NULL, NULL, 0 },
	{ NULL, GP_Y_END, 0, 0, NULL, NULL, 0 },
};
static const struct gp_yaml_field edit_fields[] = {
	{ "at", GP_Y_TEXT, AT(gp_sim_edit, at_text), 1, NULL, NULL, 0 },
	{ "text", GP_Y_TEXT, AT(gp_sim_edit, text), 1, NULL, NULL, 0 },
	{ NULL, GP_Y_END, 0, 0, NULL, NULL, 0 },
};
static const struct gp_yaml_field line_fields[10] = {
	{ "from", GP_Y_TEXT, AT(gp_sim_line, from), 0, NULL, NULL, 0 },
	{ "as", GP_Y_WORD, AT(gp_sim_line, as), 0, "channel|bot|group", NULL,
	    0 },
	{ "at", GP_Y_TEXT, AT(gp_sim_line, at_text), 1, NULL, NULL, 0 },
	{ "text", GP_Y_TEXT, AT(gp_sim_line, text), 0, NULL, NULL, 0 },
	{ "photos", GP_Y_INT, AT(gp_sim_line, photos), 0, NULL, NULL, 0 },
	{ "gold", GP_Y_OPT, AT(gp_sim_line, gold), 0, NULL, gold_fields,
	    sizeof(struct gp_sim_gold) },
	{ "edited", GP_Y_OPT, AT(gp_sim_line, edited), 0, NULL, edit_fields,
	    sizeof(struct gp_sim_edit) },
	{ "replies", GP_Y_MAPS, AT(gp_sim_line, replies), 0, NULL, line_fields,
	    sizeof(struct gp_sim_line) },
	{ NULL, GP_Y_LINE, AT(gp_sim_line, line), 0, NULL, NULL, 0 },
	{ NULL, GP_Y_END, 0, 0, NULL, NULL, 0 },
};
static const struct gp_yaml_field post_fields[] = {
	{ "id", GP_Y_INT, AT(gp_sim_post, id), 1, NULL, NULL, 0 },
	{ "at", GP_Y_TEXT, AT(gp_sim_post, at_text), 1, NULL, NULL, 0 },
	{ "text", GP_Y_TEXT, AT(gp_sim_post, text), 0, NULL, NULL, 0 },
	{ "views", GP_Y_INT, AT(gp_sim_post, views), 0, NULL, NULL, 0 },
	{ "reactions", GP_Y_NODE, AT(gp_sim_post, reactions_node), 0, NULL,
	    NULL, 0 },
	{ "photos", GP_Y_INT, AT(gp_sim_post, photos), 0, NULL, NULL, 0 },
	{ "video", GP_Y_INT, AT(gp_sim_post, video), 0, NULL, NULL, 0 },
	{ "document", GP_Y_OPT, AT(gp_sim_post, document), 0, NULL,
	    document_fields, sizeof(struct gp_sim_document) },
	{ "location", GP_Y_OPT, AT(gp_sim_post, location), 0, NULL,
	    location_fields, sizeof(struct gp_sim_location) },
	{ "link", GP_Y_OPT, AT(gp_sim_post, link), 0, NULL, link_fields,
	    sizeof(struct gp_sim_link) },
	{ "forward", GP_Y_OPT, AT(gp_sim_post, forward), 0, NULL,
	    forward_fields, sizeof(struct gp_sim_forward) },
	{ "reply_to", GP_Y_INT, AT(gp_sim_post, reply_to), 0, NULL, NULL, 0 },
	{ "edited", GP_Y_TEXT, AT(gp_sim_post, edited_text), 0, NULL, NULL, 0 },
	{ "signature", GP_Y_TEXT, AT(gp_sim_post, signature), 0, NULL, NULL,
	    0 },
	{ "service", GP_Y_WORD, AT(gp_sim_post, service), 0,
	    "pinned|photo_changed", NULL, 0 },
	{ "poll", GP_Y_OPT, AT(gp_sim_post, poll), 0, NULL, poll_fields,
	    sizeof(struct gp_sim_poll) },
	{ "comments", GP_Y_MAPS, AT(gp_sim_post, comments), 0, NULL,
	    line_fields, sizeof(struct gp_sim_line) },
	{ NULL, GP_Y_LINE, AT(gp_sim_post, line), 0, NULL, NULL, 0 },
	{ NULL, GP_Y_END, 0, 0, NULL, NULL, 0 },
};
static const struct gp_yaml_field bot_fields[] = {
	{ "id", GP_Y_INT, AT(gp_sim_bot, id), 1, NULL, NULL, 0 },
	{ "name", GP_Y_TEXT, AT(gp_sim_bot, name), 1, NULL, NULL, 0 },
	{ "username", GP_Y_TEXT, AT(gp_sim_bot, username), 1, NULL, NULL, 0 },
	{ "token_file", GP_Y_TEXT, AT(gp_sim_bot, token_file), 0, NULL, NULL,
	    0 },
	{ NULL, GP_Y_END, 0, 0, NULL, NULL, 0 },
};
static const struct gp_yaml_field channel_fields[] = {
	{ "id", GP_Y_INT, AT(gp_sim_channel, id), 1, NULL, NULL, 0 },
	{ "name", GP_Y_TEXT, AT(gp_sim_channel, name), 1, NULL, NULL, 0 },
	{ "title", GP_Y_TEXT, AT(gp_sim_channel, title), 1, NULL, NULL, 0 },
	{ "about", GP_Y_TEXT, AT(gp_sim_channel, about), 0, NULL, NULL, 0 },
	{ "subscribers", GP_Y_INT, AT(gp_sim_channel, subscribers), 1, NULL,
	    NULL, 0 },
	{ "verified", GP_Y_BOOL, AT(gp_sim_channel, verified), 0, NULL, NULL,
	    0 },
	{ "preview", GP_Y_BOOL, AT(gp_sim_channel, preview), 0, NULL, NULL, 0 },
	{ "photos", GP_Y_INT, AT(gp_sim_channel, photos), 0, NULL, NULL, 0 },
	{ "videos", GP_Y_INT, AT(gp_sim_channel, videos), 0, NULL, NULL, 0 },
	{ "files", GP_Y_INT, AT(gp_sim_channel, files), 0, NULL, NULL, 0 },
	{ "links", GP_Y_INT, AT(gp_sim_channel, links), 0, NULL, NULL, 0 },
	{ NULL, GP_Y_END, 0, 0, NULL, NULL, 0 },
};
static const struct gp_yaml_field group_fields[] = {
	{ "id", GP_Y_INT, AT(gp_sim_group, id), 1, NULL, NULL, 0 },
	{ "name", GP_Y_TEXT, AT(gp_sim_group, name), 0, NULL, NULL, 0 },
	{ "title", GP_Y_TEXT, AT(gp_sim_group, title), 1, NULL, NULL, 0 },
	{ "members", GP_Y_INT, AT(gp_sim_group, members), 1, NULL, NULL, 0 },
	{ "online", GP_Y_INT, AT(gp_sim_group, online), 0, NULL, NULL, 0 },
	{ NULL, GP_Y_END, 0, 0, NULL, NULL, 0 },
};
static const struct gp_yaml_field telegram_fields[] = {
	{ "bot", GP_Y_MAP, AT(gp_sim_scenario, bot), 1, NULL, bot_fields, 0 },
	{ "channel", GP_Y_MAP, AT(gp_sim_scenario, channel), 1, NULL,
	    channel_fields, 0 },
	{ "group", GP_Y_OPT, AT(gp_sim_scenario, group), 0, NULL, group_fields,
	    sizeof(struct gp_sim_group) },
	{ "people", GP_Y_NAMED, AT(gp_sim_scenario, people), 0, NULL,
	    person_fields, sizeof(struct gp_sim_person) },
	{ "posts", GP_Y_MAPS, AT(gp_sim_scenario, posts), 1, NULL, post_fields,
	    sizeof(struct gp_sim_post) },
	{ "group_only", GP_Y_MAPS, AT(gp_sim_scenario, group_only), 0, NULL,
	    line_fields, sizeof(struct gp_sim_line) },
	{ "private", GP_Y_MAPS, AT(gp_sim_scenario, letters), 0, NULL,
	    line_fields, sizeof(struct gp_sim_line) },
	{ NULL, GP_Y_END, 0, 0, NULL, NULL, 0 },
};
static const struct gp_yaml_field own_fields[] = {
	{ "id", GP_Y_INT, AT(gp_sim_own, id), 1, NULL, NULL, 0 },
	{ "name", GP_Y_TEXT, AT(gp_sim_own, name), 1, NULL, NULL, 0 },
	{ "title", GP_Y_TEXT, AT(gp_sim_own, title), 1, NULL, NULL, 0 },
	{ "about", GP_Y_TEXT, AT(gp_sim_own, about), 0, NULL, NULL, 0 },
	{ "site", GP_Y_TEXT, AT(gp_sim_own, site), 0, NULL, NULL, 0 },
	{ "phone", GP_Y_TEXT, AT(gp_sim_own, phone), 0, NULL, NULL, 0 },
	{ "subscribers", GP_Y_INT, AT(gp_sim_own, subscribers), 1, NULL, NULL,
	    0 },
	{ "verified", GP_Y_BOOL, AT(gp_sim_own, verified), 0, NULL, NULL, 0 },
	{ "closed", GP_Y_BOOL, AT(gp_sim_own, closed), 0, NULL, NULL, 0 },
	{ "deactivated", GP_Y_WORD, AT(gp_sim_own, deactivated), 0,
	    "deleted|banned", NULL, 0 },
	{ "comments", GP_Y_NOT, AT(gp_sim_own, mute), 0, NULL, NULL, 0 },
	{ "long_poll", GP_Y_BOOL, AT(gp_sim_own, long_poll), 0, NULL, NULL, 0 },
	{ "posts", GP_Y_MAPS, AT(gp_sim_own, posts), 0, NULL, post_fields,
	    sizeof(struct gp_sim_post) },
	{ "private", GP_Y_MAPS, AT(gp_sim_own, letters), 0, NULL, line_fields,
	    sizeof(struct gp_sim_line) },
	{ NULL, GP_Y_END, 0, 0, NULL, NULL, 0 },
};
/* The map `telegram` is filled into the same struct: its offset is 0. */
static const struct gp_yaml_field fields[] = {
	{ "scenario", GP_Y_INT, AT(gp_sim_scenario, version), 1, NULL, NULL,
	    0 },
	{ "title", GP_Y_TEXT, AT(gp_sim_scenario, title), 0, NULL, NULL, 0 },
	{ "zone", GP_Y_TEXT, AT(gp_sim_scenario, zone), 0, NULL, NULL, 0 },
	{ "now", GP_Y_TEXT, AT(gp_sim_scenario, now_text), 1, NULL, NULL, 0 },
	{ "telegram", GP_Y_MAP, 0, 1, NULL, telegram_fields, 0 },
	{ "vk", GP_Y_OPT, AT(gp_sim_scenario, own[GP_SIM_VK]), 0, NULL,
	    own_fields, sizeof(struct gp_sim_own) },
	{ "ok", GP_Y_OPT, AT(gp_sim_scenario, own[GP_SIM_OK]), 0, NULL,
	    own_fields, sizeof(struct gp_sim_own) },
	{ "max", GP_Y_OPT, AT(gp_sim_scenario, own[GP_SIM_MAX]), 0, NULL,
	    own_fields, sizeof(struct gp_sim_own) },
	{ NULL, GP_Y_END, 0, 0, NULL, NULL, 0 },
};
/* clang-format on */

struct gp_sim_scenario *
gp_sim_scenario_read(const char *path, struct gp_why *why)
{
	struct gp_sim_scenario *s = calloc(1, sizeof(*s));

	if (s == NULL) {
		gp_because(why, "no memory");
		return NULL;
	}
	s->path = path;
	s->channel.preview = 1;
	s->doc = gp_yaml_read(path, why);
	if (s->doc == NULL ||
	    gp_yaml_fill(s->doc, gp_yaml_root(s->doc), fields, s, why) == -1 ||
	    gp_sim_scenario_prove(s, why) == -1) {
		gp_sim_scenario_free(s);
		return NULL;
	}
	return s;
}

void
gp_sim_scenario_free(struct gp_sim_scenario *s)
{
	if (s == NULL)
		return;
	gp_yaml_free(s->doc);
	free(s);
}

const struct gp_sim_person *
gp_sim_person(const struct gp_sim_scenario *s, const char *key)
{
	const struct gp_sim_person *p = s->people.v;
	size_t i;

	for (i = 0; i < s->people.n; i++)
		if (strcmp(p[i].key, key) == 0)
			return &p[i];
	return NULL;
}

const struct gp_sim_person *
gp_sim_person_by_id(const struct gp_sim_scenario *s, int64_t id)
{
	const struct gp_sim_person *p = s->people.v;
	size_t i;

	for (i = 0; i < s->people.n; i++)
		if (p[i].id == id)
			return &p[i];
	return NULL;
}

int64_t
gp_sim_post_ids(const struct gp_sim_post *post)
{
	return post->photos > 1 ? post->photos : 1;
}
