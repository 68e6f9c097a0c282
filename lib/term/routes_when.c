/* Conditions: names made numbers, places found, words made terms. */
#include <stdlib.h>
#include <string.h>

#include "term/routes_load.h"

/* One or a list, as nodes; n 0: none. */
static const struct gp_yaml *
nodes(const struct gp_yaml *node, size_t *n)
{
	*n = 0;
	if (node == NULL ||
	    (node->type == GP_YAML_SCALAR && node->text.p == NULL))
		return NULL;
	*n = node->type == GP_YAML_LIST ? node->n : 1;
	return node->type == GP_YAML_LIST ? node->item : node;
}

static int
places(struct gp_route_loading *ld, unsigned file, const struct gp_yaml *node,
    struct gp_when *when)
{
	const struct gp_yaml *v;
	const char *name;
	size_t n, i;
	long no;
	int st = 0;

	v = nodes(node, &n);
	if (n == 0)
		return 0;
	when->place = gp_pool_alloc(&ld->r->pool, n * sizeof(*when->place));
	if (when->place == NULL)
		return gp_route_no_memory(ld);
	for (i = 0; st == 0 && i < n; i++) {
		name = gp_route_text(ld, file, &v[i], "place", &st);
		if (name == NULL)
			continue;
		no = gp_places_find(&ld->r->places, name);
		if (no >= 0)
			when->place[when->places++] = no;
		else if (ld->r->places.n == 0)
			st = gp_route_wrong(ld, file, &v[i],
			    "a place, but there is no gazetteer: 'places' is "
			    "missing");
		else
			st = gp_route_wrong(ld, file, &v[i],
			    no == -1 ? "unknown place '%s'"
				     : "there are several '%s': write "
				       "'settlement/name'",
			    name);
	}
	return st;
}

/* An owner of r->words for the words of one rule. */
static int
add_owner(struct gp_route_loading *ld, struct gp_when *when,
    const struct gp_yaml *node)
{
	struct gp_taxonomy *w = ld->r->words;
	struct gp_owner *v;

	v = realloc(w->owner, (w->owners + 1) * sizeof(*v));
	if (v == NULL)
		return gp_route_no_memory(ld);
	w->owner = v;
	v[w->owners] = (struct gp_owner){ GP_GROUP, "words", 0, 0, node };
	when->owner = (unsigned)w->owners++;
	return 0;
}

static int
add_term(struct gp_route_loading *ld, unsigned file, const struct gp_yaml *v,
    const struct gp_when *when, const char *text)
{
	struct gp_taxonomy *w = ld->r->words;
	size_t room = ld->word_rules == 0 ? 64 : ld->word_rules * 2;
	struct gp_term term = { 0 };
	struct gp_rule *rule;
	struct gp_why why = { "" };

	if (gp_term_parse(&w->atoms, ld->stem, text, &term, &why) == -1)
		return gp_route_wrong(
		    ld, file, v, "words '%s': %s", text, why.msg);
	if (w->rules == ld->word_rules) {
		rule = realloc(w->rule, room * sizeof(*rule));
		if (rule == NULL)
			return gp_route_no_memory(ld);
		w->rule = rule;
		ld->word_rules = room;
	}
	w->rule[w->rules++] = (struct gp_rule){ .term = term,
		.owner = when->owner,
		.weight = term.weight,
		.text = text,
		.why = text,
		.node = v };
	return 0;
}

static int
words(struct gp_route_loading *ld, unsigned file, const struct gp_yaml *node,
    struct gp_when *when)
{
	const struct gp_yaml *v;
	const char *text;
	size_t n, i;
	int st = 0;

	v = nodes(node, &n);
	if (n == 0)
		return 0;
	when->word = gp_pool_alloc(&ld->r->pool, n * sizeof(*when->word));
	if (when->word == NULL)
		return gp_route_no_memory(ld);
	if (add_owner(ld, when, node) == -1)
		return -1;
	for (i = 0; st == 0 && i < n; i++) {
		text = gp_route_text(ld, file, &v[i], "words", &st);
		if (text == NULL)
			continue;
		when->word[when->words++] = text;
		st = add_term(ld, file, &v[i], when, text);
	}
	return st;
}

int
gp_route_when(struct gp_route_loading *ld, unsigned file,
    const struct gp_when_nodes *n, struct gp_when *to)
{
	struct gp_routes *r = ld->r;

	if (gp_route_ids(ld, file, n->topic, "topic", &r->topic, &to->topic) ==
		-1 ||
	    gp_route_ids(ld, file, n->group, "group", &r->group, &to->group) ==
		-1 ||
	    gp_route_ids(ld, file, n->kind, "kind", &r->kind, &to->kind) ==
		-1 ||
	    gp_route_ids(ld, file, n->page, "page", &r->page, &to->page) == -1)
		return -1;
	if (places(ld, file, n->place, to) == -1)
		return -1;
	return words(ld, file, n->words, to);
}
