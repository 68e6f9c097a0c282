/* From what the files say to sets, patterns, rules and the index. */
#include "check/read.h"

#include <stdlib.h>
#include <string.h>

#include "base/grow.h"

#define CALLS 0x80000000u

static int
no_memory(struct gp_check_compiling *c)
{
	return gp_because(c->why, "no memory");
}

/* Marks, links and telephones have no place that the matcher tells. */
static int
has_special(const struct gp_term *t)
{
	size_t i;

	for (i = 0; i < t->n; i++)
		if (t->atom[i] < GP_SPECIALS)
			return 1;
	return 0;
}

static int
add_term(struct gp_check_compiling *c, const struct gp_yaml_doc *doc,
    const struct gp_yaml *v, unsigned owner)
{
	struct gp_taxonomy *tax = c->s->tax;
	struct gp_why why = { "" };
	struct gp_rule *rule;
	struct gp_term t = { .n = 0 };
	size_t n = tax->rules;
	unsigned *caller;

	if (!gp_check_is_text(v))
		return gp_yaml_because(doc, v, c->why, "a term must be words");
	if (gp_term_parse(&tax->atoms, c->stem, v->text.p, &t, &why) == -1)
		return gp_yaml_because(
		    doc, v, c->why, "term '%s': %s", v->text.p, why.msg);
	if (has_special(&t))
		return gp_yaml_because(doc, v, c->why,
		    "term '%s': marks, links and telephones need a pattern",
		    v->text.p);
	caller = gp_grow(&c->caller, &n, &c->caller_cap, sizeof(*caller));
	rule = gp_grow(&tax->rule, &tax->rules, &c->rule_cap, sizeof(*rule));
	if (rule == NULL || caller == NULL)
		return no_memory(c);
	*caller = owner;
	rule->term = t;
	rule->weight = GP_WEIGHT;
	rule->text = rule->why = v->text.p;
	rule->node = v;
	return 0;
}

static int
add_terms(struct gp_check_compiling *c, const struct gp_yaml_doc *doc,
    const struct gp_yaml *list, unsigned owner)
{
	size_t i;

	if (list == NULL)
		return 0;
	if (list->type != GP_YAML_LIST)
		return gp_yaml_because(
		    doc, list, c->why, "a list of terms is wanted");
	for (i = 0; i < list->n; i++)
		if (add_term(c, doc, &list->item[i], owner) == -1)
			return -1;
	return 0;
}

static int
add_pattern(struct gp_check_compiling *c, const struct gp_yaml_doc *doc,
    const struct gp_check_pattern_in *in)
{
	struct gp_why why = { "" };
	struct gp_check_pattern *p;

	if (!gp_check_is_text(in->re))
		return gp_yaml_because(
		    doc, in->re, c->why, "'re' must be an expression");
	p = gp_grow(
	    &c->s->pattern, &c->s->patterns, &c->pattern_cap, sizeof(*p));
	if (p == NULL)
		return no_memory(c);
	p->raw = in->raw;
	p->called = in->stems != NULL;
	p->code = in->raw ? gp_pattern_new_raw(in->re->text.p, &why)
			  : gp_pattern_new(in->re->text.p, &why);
	if (p->code == NULL)
		return gp_yaml_because(
		    doc, in->re, c->why, "pattern: %s", why.msg);
	return add_terms(
	    c, doc, in->stems, CALLS | (unsigned)(c->s->patterns - 1));
}

long
gp_check_add_set(struct gp_check_compiling *c, const struct gp_yaml_doc *doc,
    const char *name, const struct gp_yaml *any,
    const struct gp_yaml_list *patterns)
{
	const struct gp_check_pattern_in *in = patterns->v;
	struct gp_check_set *set;
	unsigned me = (unsigned)c->s->sets;
	size_t i;

	if (me == GP_CHECK_SETS)
		return gp_because(c->why, "more than %d rules", GP_CHECK_SETS);
	set = gp_grow(&c->s->set, &c->s->sets, &c->set_cap, sizeof(*set));
	if (set == NULL)
		return no_memory(c);
	set->name = name;
	set->pattern = (unsigned)c->s->patterns;
	set->patterns = (unsigned)patterns->n;
	set->terms = any != NULL && any->type == GP_YAML_LIST && any->n > 0;
	if (add_terms(c, doc, any, me) == -1)
		return -1;
	for (i = 0; i < patterns->n; i++)
		if (add_pattern(c, doc, &in[i]) == -1)
			return -1;
	return (long)me;
}

static int
add_facts(struct gp_check_compiling *c)
{
	const struct gp_check_fact_in *f;
	size_t i;

	for (i = 0; i < c->in->facts; i++) {
		f = &c->in->fact[i];
		if (gp_check_add_set(
			c, f->doc, f->name, f->any, &f->patterns) == -1)
			return -1;
	}
	return 0;
}

static int
make_rules(struct gp_check_compiling *c)
{
	struct gp_standard *s = c->s;
	size_t i;

	s->rule = calloc(c->in->rules + 1, sizeof(*s->rule));
	if (s->rule == NULL)
		return no_memory(c);
	for (i = 0; i < c->in->rules; i++, s->rules++)
		if (gp_check_make_rule(c, &c->in->rule[i], &s->rule[i]) == -1)
			return -1;
	return 0;
}

/* Owners: one a set, one a pattern that is called. */
static int
make_owners(struct gp_check_compiling *c)
{
	struct gp_taxonomy *tax = c->s->tax;
	size_t i;
	unsigned o;

	tax->owners = c->s->sets + c->s->patterns;
	tax->owner = calloc(tax->owners + 1, sizeof(*tax->owner));
	if (tax->owner == NULL)
		return no_memory(c);
	for (i = 0; i < tax->rules; i++) {
		o = c->caller[i];
		tax->rule[i].owner =
		    o & CALLS ? (unsigned)c->s->sets + (o & ~CALLS) : o;
	}
	return gp_index_build(tax) == -1 ? no_memory(c) : 0;
}

int
gp_check_compile(
    struct gp_standard *s, const struct gp_check_in *in, struct gp_why *why)
{
	struct gp_check_compiling c = { .s = s, .in = in, .why = why };
	int r = -1;

	s->tax = calloc(1, sizeof(*s->tax));
	if (s->tax == NULL)
		return gp_because(why, "no memory");
	s->tax->language = in->language;
	c.stem = gp_stem_new(in->language);
	if (c.stem == NULL)
		return gp_because(
		    why, "no stemmer for the language '%s'", in->language);
	if (gp_atoms_init(&s->tax->atoms) == -1)
		no_memory(&c);
	else if (add_facts(&c) == 0 && make_rules(&c) == 0)
		r = make_owners(&c);
	gp_stem_free(c.stem);
	free(c.caller);
	return r;
}
