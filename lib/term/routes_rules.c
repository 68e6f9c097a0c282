/* Rules and what they lead to; conditions of what is important; defaults. */
#include <stdlib.h>
#include <string.h>

#include "term/routes_load.h"

#define AT(m) offsetof(struct entry, m)
#define NODE(key, m)                                    \
	{                                               \
		key, GP_Y_NODE, AT(m), 0, NULL, NULL, 0 \
	}

struct entry {
	const struct gp_yaml *name, *to, *centre, *term, *redirect, *same_as;
	int important;
	struct gp_when_nodes when;
};

/* clang-format off */
#define WHEN                         \
	NODE("topic", when.topic),   \
	NODE("group", when.group),   \
	NODE("kind", when.kind),     \
	NODE("page", when.page),     \
	NODE("place", when.place),   \
	NODE("words", when.words)
#define ENDS                         \
	NODE("to", to),              \
	NODE("centre", centre),      \
	NODE("term", term),          \
	NODE("redirect", redirect)

static const struct gp_yaml_field rule_fields[] = {
	NODE("name", name),
	WHEN,
	ENDS,
	NODE("same_as", same_as),
	{ "important", GP_Y_BOOL, AT(important), 0, NULL, NULL, 0 },
	{ NULL, GP_Y_END, 0, 0, NULL, NULL, 0 },
};
static const struct gp_yaml_field default_fields[] = {
	ENDS,
	{ NULL, GP_Y_END, 0, 0, NULL, NULL, 0 },
};
static const struct gp_yaml_field important_fields[] = {
	WHEN,
	{ NULL, GP_Y_END, 0, 0, NULL, NULL, 0 },
};
/* clang-format on */

static char *
label(const struct gp_routes *r, const struct gp_route_rule *rule)
{
	const char *centre =
	    rule->of != GP_NO ? r->centre[rule->of].name : NULL;
	struct gp_buf b;

	gp_buf_init(&b, 0);
	gp_buf_addf(&b, "%s/", r->file[rule->file].name);
	if (rule->name == NULL && centre != NULL)
		gp_buf_addf(&b, "%s/", centre);
	gp_buf_adds(&b, rule->name != NULL ? rule->name : "default");
	return gp_buf_detach(&b);
}

/* A new rule, of a centre or of all; room has been made for all. */
static struct gp_route_rule *
new_rule(struct gp_routes *r, unsigned file, const struct gp_yaml *at, long of)
{
	struct gp_route_rule *rule = &r->rule[r->rules++];

	rule->assignee = rule->centre = rule->terms = rule->redirect =
	    rule->same_as = GP_NO;
	rule->of = of;
	rule->file = file;
	rule->node = at;
	return rule;
}

static int
ends(struct gp_route_loading *ld, const struct entry *e,
    struct gp_route_rule *rule)
{
	struct gp_routes *r = ld->r;
	struct gp_names assignees =
	    GP_NAMES(r->assignee, r->assignees, "assignee");
	struct gp_names centres = GP_NAMES(r->centre, r->centres, "centre");
	struct gp_names terms = GP_NAMES(r->terms, r->term_sets, "term");
	unsigned f = rule->file;
	int st;

	rule->assignee = gp_route_ref(ld, f, e->to, &assignees, &st);
	if (st == -1)
		return -1;
	rule->centre = gp_route_ref(ld, f, e->centre, &centres, &st);
	if (st == -1)
		return -1;
	rule->redirect = gp_route_ref(ld, f, e->redirect, &centres, &st);
	if (st == -1)
		return -1;
	rule->terms = gp_route_ref(ld, f, e->term, &terms, &st);
	rule->same_node = e->same_as;
	if (st == -1)
		return -1;
	if ((e->to != NULL) + (e->redirect != NULL) == 2)
		return gp_route_wrong(
		    ld, f, rule->node, "a rule has either 'to' or 'redirect'");
	if (e->to == NULL && e->redirect == NULL && e->same_as == NULL)
		return gp_route_wrong(ld, f, rule->node,
		    "the rule leads nowhere: 'to', 'redirect' or 'same_as' is "
		    "missing");
	return 0;
}

static int
name_of(struct gp_route_loading *ld, struct gp_route_rule *rule,
    const struct gp_yaml *node)
{
	struct gp_names names = GP_NAMES(ld->r->rule, ld->r->rules - 1, "rule");
	int st = 0;

	if (node == NULL)
		return gp_route_wrong(
		    ld, rule->file, rule->node, "the rule has no 'name'");
	rule->name = gp_route_text(ld, rule->file, node, "name", &st);
	if (rule->name == NULL)
		return st;
	if (strcmp(rule->name, "default") == 0)
		return gp_route_wrong(
		    ld, rule->file, node, "'default' is no name for a rule");
	return gp_route_twice(ld, rule->file, node, &names, rule->name);
}

static int
add_rule(struct gp_route_loading *ld, unsigned file, const struct gp_yaml *map,
    long of)
{
	struct gp_routes *r = ld->r;
	struct gp_route_rule *rule;
	struct entry e = { 0 };
	size_t errors;

	if (gp_yaml_fill(r->file[file].doc, map, rule_fields, &e, ld->why) ==
	    -1)
		return -1;
	errors = ld->all != NULL ? ld->all->errors : 0;
	rule = new_rule(r, file, map, of);
	rule->important = e.important;
	rule->topic_node = e.when.topic;
	rule->group_node = e.when.group;
	rule->kind_node = e.when.kind;
	rule->place_node = e.when.place;
	if (name_of(ld, rule, e.name) == -1 || ends(ld, &e, rule) == -1 ||
	    gp_route_when(ld, file, &e.when, &rule->when) == -1)
		return -1;
	rule->broken = ld->all != NULL && ld->all->errors > errors;
	rule->label = label(r, rule);
	return rule->label == NULL ? gp_route_no_memory(ld) : 0;
}

static int
add_default(struct gp_route_loading *ld, unsigned file,
    const struct gp_yaml *map, long of)
{
	struct gp_routes *r = ld->r;
	struct gp_route_rule *rule;
	struct entry e = { 0 };

	if (map == NULL)
		return 0;
	if (gp_yaml_fill(r->file[file].doc, map, default_fields, &e, ld->why) ==
	    -1)
		return -1;
	r->centre[of].otherwise = (long)r->rules;
	rule = new_rule(r, file, map, of);
	if (ends(ld, &e, rule) == -1)
		return -1;
	rule->label = label(r, rule);
	return rule->label == NULL ? gp_route_no_memory(ld) : 0;
}

static int
add_important(struct gp_route_loading *ld, unsigned file,
    const struct gp_yaml *map, long of)
{
	struct gp_routes *r = ld->r;
	struct gp_route_rule *rule;
	struct entry e = { 0 };

	if (gp_yaml_fill(
		r->file[file].doc, map, important_fields, &e, ld->why) == -1)
		return -1;
	rule = new_rule(r, file, map, of);
	rule->topic_node = e.when.topic;
	rule->group_node = e.when.group;
	rule->kind_node = e.when.kind;
	return gp_route_when(ld, file, &e.when, &rule->when);
}

/* Adds the items of a list; their numbers, one after another, into `to`. */
static int
add_list(struct gp_route_loading *ld, unsigned file, const struct gp_yaml *list,
    const char *key, long of,
    int (*add)(
	struct gp_route_loading *, unsigned, const struct gp_yaml *, long),
    struct gp_rule_list *to)
{
	size_t i;

	if (gp_route_items(ld, file, list, GP_YAML_LIST, key) == -1)
		return -1;
	for (i = 0; list != NULL && i < list->n; i++) {
		to->v[to->n++] = (unsigned)ld->r->rules;
		if (add(ld, file, &list->item[i], of) == -1)
			return -1;
	}
	return 0;
}

static size_t
items(const struct gp_yaml *list)
{
	return list != NULL ? list->n : 0;
}

/* Lists of a centre: its own, then the common ones. */
static int
list_room(struct gp_route_loading *ld, struct gp_centre *c,
    const struct gp_centre_nodes *n, size_t rules, size_t weighty)
{
	struct gp_pool *pool = &ld->r->pool;

	c->rules.v =
	    gp_pool_alloc(pool, (items(n->rules) + rules) * sizeof(unsigned));
	c->weighty.v = gp_pool_alloc(
	    pool, (items(n->important) + weighty) * sizeof(unsigned));
	return pool->bad ? gp_route_no_memory(ld) : 0;
}

static void
append(struct gp_rule_list *to, const struct gp_rule_list *more)
{
	memcpy(to->v + to->n, more->v, more->n * sizeof(*more->v));
	to->n += more->n;
}

static int
own_rules(struct gp_route_loading *ld, size_t no)
{
	struct gp_centre *c = &ld->r->centre[no];
	const struct gp_centre_nodes *n = &ld->centre[no];

	if (add_list(ld, c->file, n->rules, "rules", (long)no, add_rule,
		&c->rules) == -1 ||
	    add_list(ld, c->file, n->important, "important", (long)no,
		add_important, &c->weighty) == -1)
		return -1;
	return add_default(ld, c->file, n->otherwise, (long)no);
}

int
gp_route_rules(struct gp_route_loading *ld)
{
	struct gp_routes *r = ld->r;
	size_t rules = 0, weighty = 0, all = 1, i;
	struct gp_rule_list *common = &r->centre[0].rules;
	struct gp_rule_list *serious = &r->centre[0].weighty;

	for (i = 0; i < r->files; i++) {
		rules += items(ld->root[i].rules);
		weighty += items(ld->root[i].important);
	}
	for (i = 0; i < r->centres; i++) {
		all += items(ld->centre[i].rules) +
		    items(ld->centre[i].important) + 1;
		if (list_room(ld, &r->centre[i], &ld->centre[i], rules,
			weighty) == -1)
			return -1;
	}
	r->rule =
	    gp_pool_alloc(&r->pool, (rules + weighty + all) * sizeof(*r->rule));
	if (r->rule == NULL)
		return gp_route_no_memory(ld);
	for (i = 1; i < r->centres; i++)
		if (own_rules(ld, i) == -1)
			return -1;
	for (i = 0; i < r->files; i++)
		if (add_list(ld, (unsigned)i, ld->root[i].rules, "rules", GP_NO,
			add_rule, common) == -1 ||
		    add_list(ld, (unsigned)i, ld->root[i].important,
			"important", GP_NO, add_important, serious) == -1)
			return -1;
	for (i = 1; i < r->centres; i++) {
		append(&r->centre[i].rules, common);
		append(&r->centre[i].weighty, serious);
	}
	return add_default(ld, 0, ld->centre[0].otherwise, 0);
}

/* Follows same_as as far as it leads; a loop ends after as many steps as
 * there are rules, and is found by gp_routes_loops. */
static void
take_ends(struct gp_routes *r, struct gp_route_rule *rule)
{
	const struct gp_route_rule *from = rule;
	size_t hops;

	for (hops = 0; from->same_as != GP_NO && hops < r->rules; hops++) {
		from = &r->rule[from->same_as];
		if (rule->assignee == GP_NO && rule->redirect == GP_NO) {
			rule->assignee = from->assignee;
			rule->redirect = from->redirect;
		}
		if (rule->centre == GP_NO)
			rule->centre = from->centre;
		if (rule->terms == GP_NO)
			rule->terms = from->terms;
	}
}

int
gp_route_same(struct gp_route_loading *ld)
{
	struct gp_routes *r = ld->r;
	struct gp_names names = GP_NAMES(r->rule, r->rules, "rule");
	size_t i;
	int st;

	for (i = 0; i < r->rules; i++) {
		r->rule[i].same_as = gp_route_ref(
		    ld, r->rule[i].file, r->rule[i].same_node, &names, &st);
		if (st == -1)
			return -1;
	}
	for (i = 0; i < r->rules; i++)
		take_ends(r, &r->rule[i]);
	return 0;
}
