#include "rules/load.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"

static int
no_memory(struct gp_loading *ld)
{
	return gp_because(ld->why, "no memory");
}

/* An error at a place: kept in the list, 0; without one the load ends, -1. */
static int wrong(struct gp_loading *, const struct gp_yaml *, const char *, ...)
    GP_PRINTF(3, 4);

static int
wrong(struct gp_loading *ld, const struct gp_yaml *at, const char *fmt, ...)
{
	char msg[400];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(msg, sizeof(msg), fmt, ap);
	va_end(ap);
	gp_yaml_because(ld->tax->doc, at, ld->why, "%s", msg);
	if (ld->all == NULL)
		return -1;
	gp_findings_add(ld->all, 1, ld->why);
	return 0;
}

static int
is_text(const struct gp_yaml *v)
{
	return v->type == GP_YAML_SCALAR && v->text.p != NULL &&
	    v->text.n > 0 && memchr(v->text.p, '\0', v->text.n) == NULL;
}

/* A rule to be filled; NULL: no memory. */
static struct gp_rule *
add_rule(struct gp_loading *ld, unsigned owner, const struct gp_yaml *v,
    const char *text)
{
	static const char before[] = "kind:";
	struct gp_taxonomy *tax = ld->tax;
	struct gp_rule *rule;
	size_t n = strlen(text) + sizeof(before);
	char *why;

	rule = gp_grow(&tax->rule, &tax->rules, &ld->rule_cap, sizeof(*rule));
	if (rule == NULL)
		return NULL;
	rule->owner = owner;
	rule->node = v;
	rule->text = rule->why = text;
	if (tax->owner[owner].type != GP_KIND)
		return rule;
	why = gp_yaml_alloc(tax->doc, n);
	if (why == NULL)
		return NULL;
	snprintf(why, n, "%s%s", before, text);
	rule->why = why;
	return rule;
}

/* *to is NULL where the term is wrong and the load goes on. */
static int
add_term(struct gp_loading *ld, unsigned owner, const struct gp_yaml *v,
    struct gp_rule **to)
{
	struct gp_taxonomy *tax = ld->tax;
	struct gp_why why = { "" };
	struct gp_term term = { 0 };

	*to = NULL;
	if (!is_text(v))
		return wrong(ld, v, "a term must be words");
	if (gp_term_parse(&tax->atoms, ld->stem, v->text.p, &term, &why) == -1)
		return wrong(ld, v, "term '%s': %s", v->text.p, why.msg);
	*to = add_rule(ld, owner, v, v->text.p);
	if (*to == NULL)
		return no_memory(ld);
	(*to)->term = term;
	(*to)->weight = term.weight;
	return 0;
}

static int
add_terms(struct gp_loading *ld, unsigned owner, int exclude,
    const struct gp_yaml *list)
{
	struct gp_rule *rule;
	size_t i;

	if (list == NULL ||
	    (list->type == GP_YAML_SCALAR && list->text.p == NULL))
		return 0;
	if (list->type != GP_YAML_LIST)
		return wrong(ld, list, "'%s' must be a list of terms",
		    exclude ? "exclude" : "include");
	for (i = 0; i < list->n; i++) {
		if (add_term(ld, owner, &list->item[i], &rule) == -1)
			return -1;
		if (rule != NULL)
			rule->exclude = exclude;
	}
	return 0;
}

/* The terms that call the pattern added last. */
static int
add_stems(
    struct gp_loading *ld, unsigned owner, const struct gp_pattern_entry *e)
{
	struct gp_rule *rule;
	size_t i;

	if (e->stems == NULL || e->stems->type != GP_YAML_LIST ||
	    e->stems->n == 0)
		return wrong(
		    ld, e->re, "a pattern without 'stems' would never be run");
	for (i = 0; i < e->stems->n; i++) {
		if (add_term(ld, owner, &e->stems->item[i], &rule) == -1)
			return -1;
		if (rule == NULL)
			continue;
		rule->calls = 1;
		rule->pattern = (unsigned)ld->tax->patterns - 1;
		ld->tax->calls++;
	}
	return 0;
}

/* What stands under "why": /re/, with its weight if that is not 1. */
static const char *
pattern_text(struct gp_loading *ld, const char *re, double weight)
{
	size_t n = strlen(re) + 32;
	char *to = gp_yaml_alloc(ld->tax->doc, n);

	if (to != NULL && weight == 1)
		snprintf(to, n, "/%s/", re);
	else if (to != NULL)
		snprintf(to, n, "/%s/^%g", re, weight);
	return to;
}

static int
add_pattern(
    struct gp_loading *ld, unsigned owner, const struct gp_pattern_entry *e)
{
	struct gp_taxonomy *tax = ld->tax;
	double weight = e->weight == 0 ? 1 : e->weight;
	struct gp_why why = { "" };
	struct gp_pattern *code, **p;
	struct gp_rule *rule;
	const char *text;

	if (!is_text(e->re))
		return wrong(ld, e->re, "'re' must be an expression");
	if (!(weight >= 0.001 && weight <= 1000))
		return wrong(ld, e->re, "'weight' must be from 0.001 to 1000");
	code = gp_pattern_new(e->re->text.p, &why);
	if (code == NULL)
		return wrong(ld, e->re, "pattern: %s", why.msg);
	p = gp_grow(
	    &tax->pattern, &tax->patterns, &ld->pattern_cap, sizeof(*p));
	if (p == NULL) {
		gp_pattern_free(code);
		return no_memory(ld);
	}
	*p = code;
	text = pattern_text(ld, e->re->text.p, weight);
	rule = text != NULL ? add_rule(ld, owner, e->re, text) : NULL;
	if (rule == NULL)
		return no_memory(ld);
	rule->pattern = (unsigned)tax->patterns - 1;
	rule->weight = (int)lround(weight * GP_WEIGHT);
	return add_stems(ld, owner, e);
}

static int
twice(struct gp_loading *ld, const struct gp_owner *made)
{
	const struct gp_owner *o;

	for (o = ld->tax->owner; o < made; o++)
		if (o->type == made->type && o->group == made->group &&
		    strcmp(o->name, made->name) == 0)
			return wrong(ld, made->node,
			    "the name '%s' stands twice, first in line %u",
			    made->name, o->node->line);
	return 0;
}

/* A kind, group or topic; *no is its number, or -1 if it has no name. */
static int
add_owner(struct gp_loading *ld, enum gp_owner_type type, unsigned group,
    const struct gp_entry *e, long *no)
{
	struct gp_taxonomy *tax = ld->tax;
	const struct gp_pattern_entry *pattern = e->patterns.v;
	struct gp_owner *o;
	unsigned me = (unsigned)tax->owners;
	size_t i;

	*no = -1;
	if (!is_text(e->name))
		return wrong(ld, e->name, "'name' must be words");
	o = gp_grow(&tax->owner, &tax->owners, &ld->owner_cap, sizeof(*o));
	if (o == NULL)
		return no_memory(ld);
	*no = (long)me;
	o->type = type;
	o->name = e->name->text.p;
	o->group = group;
	o->priority = e->priority;
	o->node = e->name;
	if (twice(ld, o) == -1 || add_terms(ld, me, 0, e->include) == -1 ||
	    add_terms(ld, me, 1, e->exclude) == -1)
		return -1;
	for (i = 0; i < e->patterns.n; i++)
		if (add_pattern(ld, me, &pattern[i]) == -1)
			return -1;
	return 0;
}

int
gp_load_kinds(struct gp_loading *ld, const struct gp_yaml_list *list)
{
	const struct gp_entry *e = list->v;
	size_t i;
	long no;

	for (i = 0; i < list->n; i++)
		if (add_owner(ld, GP_KIND, 0, &e[i], &no) == -1)
			return -1;
	ld->tax->kinds = list->n;
	return 0;
}

int
gp_load_groups(struct gp_loading *ld, const struct gp_yaml_list *list)
{
	const struct gp_entry *e = list->v;
	const struct gp_entry *t;
	size_t i, k;
	long group, no;

	for (i = 0; i < list->n; i++) {
		if (add_owner(ld, GP_GROUP, 0, &e[i], &group) == -1)
			return -1;
		t = e[i].topics.v;
		for (k = 0; group != -1 && k < e[i].topics.n; k++)
			if (add_owner(ld, GP_TOPIC, (unsigned)group, &t[k],
				&no) == -1)
				return -1;
		ld->tax->topics += e[i].topics.n;
	}
	ld->tax->groups = list->n;
	return 0;
}
