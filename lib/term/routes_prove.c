/* What is wrong with rules that can be read: what is never chosen, and names
 * that nobody knows. */
#include <string.h>

#include "term/routes_load.h"

enum {
	ONES_MAX = 2048 /* single cases of one rule that are looked at */
};

/* -- names of the taxonomy ------------------------------------------------- */

static int
has_name(
    const struct gp_taxonomy *tax, enum gp_owner_type type, const char *name)
{
	size_t i;

	for (i = 0; i < tax->owners; i++)
		if (tax->owner[i].type == type &&
		    strcmp(tax->owner[i].name, name) == 0)
			return 1;
	return 0;
}

static const char *
nearest(const struct gp_taxonomy *tax, enum gp_owner_type type,
    const char *name, char to[64])
{
	const char *like = NULL;
	struct gp_buf b;
	size_t i;

	gp_buf_init(&b, 0);
	for (i = 0; i < tax->owners; i++)
		if (tax->owner[i].type == type)
			gp_buf_addf(
			    &b, "%s%s", b.n > 0 ? "|" : "", tax->owner[i].name);
	if (b.n > 0 && !b.bad)
		like = gp_nearest(b.p, name, to);
	gp_buf_release(&b);
	return like;
}

static void
known(const struct gp_routes *r, const struct gp_taxonomy *tax, unsigned file,
    const struct gp_yaml *node, enum gp_owner_type type, const char *what,
    struct gp_findings *all)
{
	const struct gp_yaml *v = node;
	const char *like;
	size_t n = 1, i;
	char near[64];

	if (node == NULL)
		return;
	if (node->type == GP_YAML_LIST) {
		v = node->item;
		n = node->n;
	}
	for (i = 0; i < n; i++) {
		if (v[i].type != GP_YAML_SCALAR || v[i].text.p == NULL ||
		    has_name(tax, type, v[i].text.p))
			continue;
		like = nearest(tax, type, v[i].text.p, near);
		gp_route_say(r, all, 1, file, &v[i],
		    "the taxonomy has no %s '%s'%s%s%s", what, v[i].text.p,
		    like != NULL ? ": is '" : "", like != NULL ? like : "",
		    like != NULL ? "' meant?" : "");
	}
}

static void
names(const struct gp_routes *r, const struct gp_taxonomy *tax,
    struct gp_findings *all)
{
	const struct gp_route_rule *rule;
	size_t i;

	for (i = 0; i < r->rules; i++) {
		rule = &r->rule[i];
		known(r, tax, rule->file, rule->topic_node, GP_TOPIC, "topic",
		    all);
		known(r, tax, rule->file, rule->group_node, GP_GROUP, "group",
		    all);
		known(
		    r, tax, rule->file, rule->kind_node, GP_KIND, "kind", all);
	}
}

/* -- rules that are never chosen ------------------------------------------- */

/* One case of a rule: a value of each of its conditions; GP_NO: any. */
struct one {
	long topic, group, kind, page, place;
	const char *word;
};

struct proof {
	const struct gp_routes *r;
	const struct gp_taxonomy *tax;
	const struct gp_rule_list *list;
	size_t no;   /* the rule's place in the list */
	unsigned by; /* the first rule that takes a case */
	size_t left; /* cases that may still be looked at */
};

static int
has_id(const struct gp_ids *ids, long id)
{
	size_t i;

	for (i = 0; i < ids->n; i++)
		if ((long)ids->v[i] == id)
			return 1;
	return ids->n == 0;
}

static const char *
text_of(const struct gp_atoms *a, long no)
{
	return a->text.p + a->at[no] + 1;
}

/* A topic is always of its group: does the rule take all of these groups? */
static int
takes_groups_of(const struct proof *p, const struct gp_ids *groups, long topic)
{
	const struct gp_taxonomy *tax = p->tax;
	const char *name = text_of(&p->r->topic, topic);
	int any = 0;
	size_t i;
	long id;

	for (i = 0; tax != NULL && i < tax->owners; i++) {
		if (tax->owner[i].type != GP_TOPIC ||
		    strcmp(tax->owner[i].name, name) != 0)
			continue;
		id = gp_atom_find(&p->r->group, GP_ATOM_EXACT,
		    gp_span_of(tax->owner[tax->owner[i].group].name));
		if (id == -1 || !has_id(groups, id))
			return 0;
		any = 1;
	}
	return any;
}

static int
takes(const struct proof *p, const struct gp_when *w, const struct one *o)
{
	size_t i;
	int ok;

	if (!has_id(&w->topic, o->topic) || !has_id(&w->kind, o->kind) ||
	    !has_id(&w->page, o->page))
		return 0;
	if (!has_id(&w->group, o->group) &&
	    (o->group != GP_NO || o->topic == GP_NO ||
		!takes_groups_of(p, &w->group, o->topic)))
		return 0;
	for (ok = w->places == 0, i = 0; i < w->places && !ok; i++)
		ok = o->place != GP_NO &&
		    gp_place_within(&p->r->places, o->place, w->place[i]);
	if (!ok)
		return 0;
	for (ok = w->words == 0, i = 0; i < w->words && !ok; i++)
		ok = o->word != NULL && strcmp(o->word, w->word[i]) == 0;
	return ok;
}

static int
is_taken(struct proof *p, const struct one *o)
{
	const struct gp_when *w;
	size_t i;

	for (i = 0; i < p->no; i++) {
		if (p->r->rule[p->list->v[i]].broken)
			continue;
		w = &p->r->rule[p->list->v[i]].when;
		if (takes(p, w, o)) {
			p->by = p->list->v[i];
			return 1;
		}
	}
	return 0;
}

/* All cases, one condition after another; 1: each is taken before. */
static int
all_taken(struct proof *p, const struct gp_when *w, struct one *o, int step)
{
	const struct gp_ids *ids[4] = { &w->topic, &w->group, &w->kind,
		&w->page };
	long *to[4] = { &o->topic, &o->group, &o->kind, &o->page };
	size_t n, i;

	if (step == 6) {
		if (p->left == 0)
			return 0; /* too many: taken to be of use */
		p->left--;
		return is_taken(p, o);
	}
	n = step < 4 ? ids[step]->n : step == 4 ? w->places : w->words;
	if (n == 0)
		return all_taken(p, w, o, step + 1);
	for (i = 0; i < n; i++) {
		if (step < 4)
			*to[step] = (long)ids[step]->v[i];
		else if (step == 4)
			o->place = w->place[i];
		else
			o->word = w->word[i];
		if (!all_taken(p, w, o, step + 1))
			return 0;
	}
	return 1;
}

static int
ids_same(const struct gp_ids *a, const struct gp_ids *b)
{
	size_t i;

	for (i = 0; i < a->n; i++)
		if (!has_id(b, (long)a->v[i]))
			return 0;
	return a->n == b->n;
}

/* The same conditions: of two equally exact ones the first is chosen. */
static int
is_same(const struct gp_when *a, const struct gp_when *b)
{
	size_t i, k;

	if (!ids_same(&a->topic, &b->topic) ||
	    !ids_same(&a->group, &b->group) || !ids_same(&a->kind, &b->kind) ||
	    !ids_same(&a->page, &b->page) || a->places != b->places ||
	    a->words != b->words)
		return 0;
	for (i = 0; i < a->places; i++) {
		for (k = 0; k < b->places && a->place[i] != b->place[k];)
			k++;
		if (k == b->places)
			return 0;
	}
	for (i = 0; i < a->words; i++) {
		for (k = 0;
		     k < b->words && strcmp(a->word[i], b->word[k]) != 0;)
			k++;
		if (k == b->words)
			return 0;
	}
	return 1;
}

static int
is_useless(struct proof *p)
{
	const struct gp_when *w = &p->r->rule[p->list->v[p->no]].when;
	struct one o = { GP_NO, GP_NO, GP_NO, GP_NO, GP_NO, NULL };
	size_t i;

	if (!p->r->best) {
		p->left = ONES_MAX;
		return all_taken(p, w, &o, 0);
	}
	for (i = 0; i < p->no; i++)
		if (is_same(w, &p->r->rule[p->list->v[i]].when)) {
			p->by = p->list->v[i];
			return 1;
		}
	return 0;
}

static const char *
name_of(const struct gp_route_rule *rule)
{
	return rule->name != NULL ? rule->name : "?";
}

/* A centre's own rules, or the common ones among themselves. */
static void
unreachable(const struct gp_routes *r, const struct gp_taxonomy *tax,
    const struct gp_rule_list *list, size_t n, struct gp_findings *all)
{
	struct proof p = { .r = r, .tax = tax, .list = list };
	const struct gp_route_rule *rule, *by;

	for (p.no = 0; p.no < n; p.no++) {
		rule = &r->rule[list->v[p.no]];
		if (rule->broken || !is_useless(&p))
			continue;
		by = &r->rule[p.by];
		gp_route_say(r, all, 1, rule->file, rule->node,
		    "the rule '%s' can never be chosen: '%s' in line %u of %s "
		    "comes before it and takes %s",
		    name_of(rule), name_of(by), by->node->line,
		    r->file[by->file].name,
		    r->best ? "the same" : "what it would take");
	}
}

/* -- what nobody gets, and what nobody gives ------------------------------- */

static void
unused(const struct gp_routes *r, struct gp_findings *all)
{
	const struct gp_assignee *a;
	size_t i, k;
	int used;

	for (i = 0; i < r->assignees; i++) {
		a = &r->assignee[i];
		used = 0;
		for (k = 0; k < r->rules && !used; k++)
			used = r->rule[k].assignee == (long)i;
		for (k = 0; k < r->assignees && !used; k++)
			used = r->assignee[k].same_as == (long)i;
		if (!used)
			gp_route_say(r, all, 0, a->file, a->node,
			    "no rule leads to the assignee '%s'", a->name);
	}
	for (i = 1; i < r->centres; i++) {
		used = r->centre[i].page.n > 0;
		for (k = 0; k < r->rules && !used; k++)
			used = r->rule[k].centre == (long)i ||
			    r->rule[k].redirect == (long)i;
		if (!used)
			gp_route_say(r, all, 0, r->centre[i].file,
			    r->centre[i].node,
			    "the centre '%s' has no pages, and no rule leads "
			    "to it",
			    r->centre[i].name);
	}
}

void
gp_routes_prove(const struct gp_routes *r, const struct gp_taxonomy *tax,
    struct gp_findings *all)
{
	const struct gp_yaml *top = gp_yaml_root(r->file[0].doc);
	size_t i, own;

	gp_routes_loops(r, all);
	if (tax != NULL)
		names(r, tax, all);
	unreachable(r, tax, &r->centre[0].rules, r->centre[0].rules.n, all);
	for (i = 1; i < r->centres; i++) {
		own = r->centre[i].rules.n - r->centre[0].rules.n;
		unreachable(r, tax, &r->centre[i].rules, own, all);
	}
	if (r->centre[0].otherwise == GP_NO)
		gp_route_say(r, all, 1, 0, top,
		    "'default' is missing: what no rule takes would be "
		    "nobody's");
	for (i = 0; i < r->centres; i++)
		if (r->centre[i].terms == GP_NO)
			gp_route_say(r, all, 0, r->centre[i].file,
			    r->centre[i].node != NULL ? r->centre[i].node : top,
			    "%s has no 'term': what a rule gives no term has "
			    "none",
			    r->centre[i].name != NULL ? r->centre[i].name
						      : "the whole");
	unused(r, all);
}
