/* A plan as YAML. */
#include <stddef.h>
#include <string.h>

#include "plan/plan.h"

#define AT(type, member) offsetof(struct type, member)

/* clang-format off */
static const struct gp_yaml_field poll[] = {
	{ "question", GP_Y_TEXT, AT(gp_plan_poll, question), 1, NULL, NULL, 0 },
	{ "options", GP_Y_TEXTS, AT(gp_plan_poll, option), 1, NULL, NULL, 0 },
	{ "correct", GP_Y_INT, AT(gp_plan_poll, correct), 0, NULL, NULL, 0 },
	{ "explanation", GP_Y_TEXT, AT(gp_plan_poll, explanation), 0, NULL, NULL, 0 },
	{ "multiple", GP_Y_BOOL, AT(gp_plan_poll, multiple), 0, NULL, NULL, 0 },
	{ "open", GP_Y_BOOL, AT(gp_plan_poll, open_names), 0, NULL, NULL, 0 },
	{ "close", GP_Y_TEXT, AT(gp_plan_poll, close), 0, NULL, NULL, 0 },
	{ "", GP_Y_LINE, AT(gp_plan_poll, line), 0, NULL, NULL, 0 },
	{ NULL, GP_Y_END, 0, 0, NULL, NULL, 0 },
};

static const struct gp_yaml_field over[] = {
	{ "skip", GP_Y_BOOL, AT(gp_plan_over, skip), 0, NULL, NULL, 0 },
	{ "text", GP_Y_TEXT, AT(gp_plan_over, text), 0, NULL, NULL, 0 },
	{ "at", GP_Y_TEXT, AT(gp_plan_over, at), 0, NULL, NULL, 0 },
	{ "link", GP_Y_TEXT, AT(gp_plan_over, link), 0, NULL, NULL, 0 },
	{ "tags", GP_Y_TEXTS, AT(gp_plan_over, tag), 0, NULL, NULL, 0 },
	{ "files", GP_Y_NODE, AT(gp_plan_over, file_node), 0, NULL, NULL, 0 },
	{ "poll", GP_Y_OPT, AT(gp_plan_over, poll), 0, NULL, poll, sizeof(struct gp_plan_poll) },
	{ "", GP_Y_LINE, AT(gp_plan_over, line), 0, NULL, NULL, 0 },
	{ NULL, GP_Y_END, 0, 0, NULL, NULL, 0 },
};

static const struct gp_yaml_field entry[] = {
	{ "id", GP_Y_TEXT, AT(gp_plan_entry, id), 1, NULL, NULL, 0 },
	{ "at", GP_Y_TEXT, AT(gp_plan_entry, at), 0, NULL, NULL, 0 },
	{ "pages", GP_Y_TEXTS, AT(gp_plan_entry, page), 0, NULL, NULL, 0 },
	{ "text", GP_Y_TEXT, AT(gp_plan_entry, text), 0, NULL, NULL, 0 },
	{ "link", GP_Y_TEXT, AT(gp_plan_entry, link), 0, NULL, NULL, 0 },
	{ "tags", GP_Y_TEXTS, AT(gp_plan_entry, tag), 0, NULL, NULL, 0 },
	{ "files", GP_Y_NODE, AT(gp_plan_entry, file_node), 0, NULL, NULL, 0 },
	{ "poll", GP_Y_OPT, AT(gp_plan_entry, poll), 0, NULL, poll, sizeof(struct gp_plan_poll) },
	{ "per", GP_Y_NAMED, AT(gp_plan_entry, over), 0, NULL, over, sizeof(struct gp_plan_over) },
	{ "delete", GP_Y_BOOL, AT(gp_plan_entry, gone), 0, NULL, NULL, 0 },
	{ "", GP_Y_LINE, AT(gp_plan_entry, line), 0, NULL, NULL, 0 },
	{ NULL, GP_Y_END, 0, 0, NULL, NULL, 0 },
};

static const struct gp_yaml_field plan[] = {
	{ "zone", GP_Y_TEXT, AT(gp_plan, zone), 0, NULL, NULL, 0 },
	{ "late", GP_Y_SPAN, AT(gp_plan, late), 0, NULL, NULL, 0 },
	{ "pages", GP_Y_TEXTS, AT(gp_plan, page), 0, NULL, NULL, 0 },
	{ "posts", GP_Y_MAPS, AT(gp_plan, entry), 1, NULL, entry, sizeof(struct gp_plan_entry) },
	{ NULL, GP_Y_END, 0, 0, NULL, NULL, 0 },
};

static const struct gp_yaml_field file[] = {
	{ "path", GP_Y_TEXT, AT(gp_plan_file, path), 1, NULL, NULL, 0 },
	{ "kind", GP_Y_WORD, AT(gp_plan_file, kind), 0, "photo|video", NULL, 0 },
	{ "alt", GP_Y_TEXT, AT(gp_plan_file, alt), 0, NULL, NULL, 0 },
	{ NULL, GP_Y_END, 0, 0, NULL, NULL, 0 },
};
/* clang-format on */

/* A list of names, or of maps with the name in them. */
static int
files(struct gp_plan *p, const struct gp_yaml *node, struct gp_plan_files *to,
    struct gp_why *why)
{
	const struct gp_yaml *v;
	size_t i;

	if (node == NULL)
		return 0;
	if (node->type != GP_YAML_LIST)
		return gp_yaml_because(
		    p->doc, node, why, "'files' must be a list");
	to->v = gp_yaml_alloc(p->doc, (node->n + 1) * sizeof(*to->v));
	if (to->v == NULL)
		return gp_because(why, "no memory");
	to->n = node->n;
	to->set = 1;
	for (i = 0; i < node->n; i++) {
		v = &node->item[i];
		if (v->type == GP_YAML_SCALAR && v->text.p != NULL)
			to->v[i].path = v->text.p;
		else if (v->type != GP_YAML_MAP)
			return gp_yaml_because(p->doc, v, why,
			    "a file is a name or a map with 'path'");
		else if (gp_yaml_fill(p->doc, v, file, &to->v[i], why) == -1)
			return -1;
	}
	return 0;
}

static int
all_files(struct gp_plan *p, struct gp_plan_entry *e, struct gp_why *why)
{
	struct gp_plan_over *o = e->over.v;
	size_t i;

	if (files(p, e->file_node, &e->file, why) == -1)
		return -1;
	for (i = 0; i < e->over.n; i++)
		if (files(p, o[i].file_node, &o[i].file, why) == -1)
			return -1;
	return 0;
}

int
gp_plan_yaml(struct gp_plan *p, struct gp_span text, const char *name,
    struct gp_why *why)
{
	struct gp_plan_entry *e;
	struct gp_why because;
	size_t i;

	gp_plan_begin(p, name);
	p->doc = gp_yaml_parse(text, name, why);
	if (p->doc == NULL ||
	    gp_yaml_fill(p->doc, gp_yaml_root(p->doc), plan, p, why) == -1)
		return -1;
	if (p->zone != NULL && gp_zone_set(p->zone, &because) == -1)
		return gp_because(why, "%s: %s", name, because.msg);
	e = p->entry.v;
	for (i = 0; i < p->entry.n; i++) {
		if (all_files(p, &e[i], why) == -1)
			return -1;
		if (gp_plan_entry(p, &e[i], &because) == -1)
			return gp_because(
			    why, "%s:%u: %s", name, e[i].line, because.msg);
	}
	return gp_plan_unique(p, why);
}
