/* Which page a method of VK is about; and lists with commas. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim/vk.h"

int64_t
gp_sim_vk_number(
    const struct gp_sim_vk_call *c, const char *name, int64_t unset)
{
	int64_t v = unset;

	return gp_sim_arg_int(c->r, name, &v) == 1 ? v : unset;
}

int
gp_sim_vk_window(struct gp_sim_vk_call *c, int64_t unset, int64_t max,
    int64_t *offset, int64_t *count)
{
	*offset = gp_sim_vk_number(c, "offset", 0);
	*count = gp_sim_vk_number(c, "count", unset);
	if (*offset < 0)
		*offset = 0;
	if (*count > max)
		return gp_sim_vk_fail(c, 100,
		    "count should be less or equal to %lld", (long long)max);
	return 0;
}

int
gp_sim_vk_each(const char **list, struct gp_span *word)
{
	const char *p = *list;

	if (p == NULL)
		return 0;
	p += strspn(p, ", ");
	word->p = p;
	word->n = strcspn(p, ", ");
	*list = p + word->n;
	return word->n > 0;
}

int
gp_sim_vk_field(const struct gp_sim_vk_call *c, const char *word)
{
	const char *list = gp_sim_arg(c->r, "fields");
	struct gp_span w;

	while (gp_sim_vk_each(&list, &w))
		if (gp_span_is(w, word))
			return 1;
	return 0;
}

static int
by_id(struct gp_sim_vk_call *c, int64_t id, struct gp_sim_vk_page *to)
{
	to->f = gp_sim_feed_by_id(c->sim, GP_SIM_VK, id);
	to->id = id;
	return to->f != NULL;
}

int
gp_sim_vk_group(struct gp_sim_vk_call *c, struct gp_sim_vk_page *to)
{
	if (!by_id(c, gp_sim_vk_number(c, "group_id", 0), to))
		return gp_sim_vk_error(c, 125);
	if (to->f->page->deactivated != NULL)
		return gp_sim_vk_error(c, 203);
	return 0;
}

int
gp_sim_vk_owner(
    struct gp_sim_vk_call *c, int64_t owner, struct gp_sim_vk_page *to)
{
	if (owner == 0)
		return gp_sim_vk_fail(c, 100, "owner_id is undefined");
	if (owner > 0 || owner < -INT64_MAX || !by_id(c, -owner, to))
		return gp_sim_vk_fail(c, 15, "wall is disabled");
	return 0;
}

int
gp_sim_vk_named(
    struct gp_sim_vk_call *c, struct gp_span name, struct gp_sim_vk_page *to)
{
	static const char *const heads[] = { "", "club", "public" };
	char word[64], *end;
	size_t i, n;
	int64_t id;

	snprintf(word, sizeof(word), "%.*s", (int)name.n, name.p);
	for (i = 0; i < sizeof(heads) / sizeof(heads[0]); i++) {
		n = strlen(heads[i]);
		id = strncmp(word, heads[i], n) == 0
		    ? strtoll(word + n, &end, 10)
		    : 0;
		if (id > 0 && *end == '\0')
			return by_id(c, id, to);
	}
	to->f = gp_sim_feed_by_name(c->sim, GP_SIM_VK, name, &to->id);
	return to->f != NULL;
}

int
gp_sim_vk_open(struct gp_sim_vk_call *c, const struct gp_sim_vk_page *p)
{
	if (p->f->page->deactivated != NULL)
		return gp_sim_vk_error(c, 18);
	/* Who runs the page sees it. */
	if (p->f->page->closed && c->token != GP_SIM_T_VK_USER)
		return gp_sim_vk_fail(
		    c, 15, "this wall available only for community members");
	return 0;
}
