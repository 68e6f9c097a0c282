/* Methods about who is who: pages, people, polls, tokens. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "sim/vk.h"

#define BARE       5150 /* older versions have a bare array */
#define GROUPS_MAX 500
#define USERS_MAX  1000

int
gp_sim_vk_groups_get_by_id(struct gp_sim_vk_call *c)
{
	const char *list = gp_sim_arg(c->r, "group_ids");
	int bare = c->version < BARE, n = 0, found = 0;
	struct gp_sim_vk_page p;
	struct gp_span word;
	char own[32];

	if (list == NULL || *list == '\0')
		list = gp_sim_arg(c->r, "group_id");
	if ((list == NULL || *list == '\0') &&
	    c->token == GP_SIM_T_VK_COMMUNITY) {
		snprintf(own, sizeof(own), "%lld",
		    (long long)c->sim->feed[GP_SIM_VK].page->id);
		list = own;
	}
	if (!bare) {
		gp_jw_open(&c->jw, '{');
		gp_jw_key(&c->jw, "groups");
	}
	gp_jw_open(&c->jw, '[');
	while (gp_sim_vk_each(&list, &word)) {
		if (++n > GROUPS_MAX)
			return gp_sim_vk_fail(c, 100, "group_ids: too many");
		if (!gp_sim_vk_named(c, word, &p))
			continue;
		gp_sim_vk_json_group(c, &p);
		found++;
	}
	gp_jw_close(&c->jw, ']');
	if (found == 0)
		return gp_sim_vk_fail(c, 100, "group_ids is undefined");
	if (!bare) {
		gp_jw_key(&c->jw, "profiles");
		gp_jw_open(&c->jw, '[');
		gp_jw_close(&c->jw, ']');
		gp_jw_close(&c->jw, '}');
	}
	return 0;
}

int
gp_sim_vk_get_server_time(struct gp_sim_vk_call *c)
{
	gp_jw_int(&c->jw, c->sim->w.now);
	return 0;
}

/* By number, "id12" or name; NULL: nobody. */
static const struct gp_sim_person *
person(const struct gp_sim_vk_call *c, struct gp_span word)
{
	const struct gp_sim_person *p = c->sim->s->people.v;
	char name[64], *end;
	size_t i;
	int64_t id;

	snprintf(name, sizeof(name), "%.*s", (int)word.n, word.p);
	id = strtoll(strncmp(name, "id", 2) == 0 ? name + 2 : name, &end, 10);
	if (id > 0 && *end == '\0')
		return gp_sim_known(c->sim, id);
	for (i = 0; i < c->sim->s->people.n; i++)
		if (p[i].username != NULL &&
		    strcasecmp(p[i].username, name) == 0)
			return &p[i];
	return NULL;
}

/* A name that nobody has is an empty array, where an object is promised. */
int
gp_sim_vk_resolve_screen_name(struct gp_sim_vk_call *c)
{
	struct gp_span name = gp_span_of(gp_sim_arg(c->r, "screen_name"));
	const struct gp_sim_person *who = person(c, name);
	struct gp_sim_vk_page p;
	int page = who == NULL && gp_sim_vk_named(c, name, &p);

	if (who == NULL && !page) {
		gp_jw_open(&c->jw, '[');
		gp_jw_close(&c->jw, ']');
		return 0;
	}
	gp_jw_open(&c->jw, '{');
	gp_jw_kint(&c->jw, "object_id", page ? p.id : who->id);
	gp_jw_kstr(&c->jw, "type", page ? "group" : "user");
	gp_jw_close(&c->jw, '}');
	return 0;
}

int
gp_sim_vk_get_token_permissions(struct gp_sim_vk_call *c)
{
	static const struct {
		const char *name;
		int bit;
	} rights[] = { { "photos", 1 << 2 }, { "messages", 1 << 12 },
		{ "wall", 1 << 13 }, { "docs", 1 << 17 },
		{ "manage", 1 << 18 } };
	int mask = 0;
	size_t i;

	gp_jw_open(&c->jw, '{');
	gp_jw_key(&c->jw, "permissions");
	gp_jw_open(&c->jw, '[');
	for (i = 0; i < sizeof(rights) / sizeof(rights[0]); i++) {
		mask |= rights[i].bit;
		gp_jw_open(&c->jw, '{');
		gp_jw_kstr(&c->jw, "name", rights[i].name);
		gp_jw_kint(&c->jw, "setting", rights[i].bit);
		gp_jw_close(&c->jw, '}');
	}
	gp_jw_close(&c->jw, ']');
	gp_jw_kint(&c->jw, "mask", mask);
	gp_jw_close(&c->jw, '}');
	return 0;
}

/* Without ids it is who the token belongs to: an admin of the page. */
const struct gp_sim_person *
gp_sim_vk_myself(const struct gp_sim_vk_call *c)
{
	const struct gp_sim_person *p = c->sim->s->people.v;
	size_t i;

	for (i = 0; i < c->sim->s->people.n; i++)
		if (p[i].admin)
			return &p[i];
	return NULL;
}

int
gp_sim_vk_users_get(struct gp_sim_vk_call *c)
{
	const char *list = gp_sim_arg(c->r, "user_ids");
	const struct gp_sim_person *p = NULL;
	struct gp_span word;
	int n = 0;

	gp_jw_open(&c->jw, '[');
	if (list == NULL && c->token == GP_SIM_T_VK_USER)
		p = gp_sim_vk_myself(c);
	if (p != NULL)
		gp_sim_vk_json_user(c, p);
	while (gp_sim_vk_each(&list, &word)) {
		if (++n > USERS_MAX)
			return gp_sim_vk_fail(c, 100, "user_ids: too many");
		p = person(c, word);
		if (p != NULL)
			gp_sim_vk_json_user(c, p);
	}
	gp_jw_close(&c->jw, ']');
	return 0;
}
