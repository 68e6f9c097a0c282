/* From what the files say to sets, patterns, rules and the index. */
#include "check/read.h"

#include <stdlib.h>
#include <string.h>

#include "text/personal.h"

struct compiling {
	struct gp_standard *s;
	const struct gp_check_in *in;
	struct gp_stem *stem;
	struct gp_why *why;
	size_t set_cap, pattern_cap, rule_cap; /* rule_cap: of terms */
	unsigned *caller; /* of each term: set, or pattern with CALLS */
	size_t caller_cap;
};

#define CALLS 0x80000000u

static int
no_memory(struct compiling *c)
{
	return gp_because(c->why, "no memory");
}

/* Room for one more in a list that doubles; it comes zeroed. */
static void *
more(void *list, size_t *n, size_t *cap, size_t size)
{
	void **v = list;
	size_t want = *cap == 0 ? 64 : *cap * 2;
	char *p = *v;

	if (*n == *cap) {
		p = realloc(p, want * size);
		if (p == NULL)
			return NULL;
		*v = p;
		*cap = want;
	}
	p += (*n)++ * size;
	memset(p, 0, size);
	return p;
}

static int
is_text(const struct gp_yaml *v)
{
	return v->type == GP_YAML_SCALAR && v->text.p != NULL &&
	    v->text.n > 0 && memchr(v->text.p, '\0', v->text.n) == NULL;
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
add_term(struct compiling *c, const struct gp_yaml_doc *doc,
    const struct gp_yaml *v, unsigned owner)
{
	struct gp_taxonomy *tax = c->s->tax;
	struct gp_why why = { "" };
	struct gp_rule *rule;
	struct gp_term t;
	size_t n = tax->rules;
	unsigned *caller;

	if (!is_text(v))
		return gp_yaml_because(doc, v, c->why, "a term must be words");
	if (gp_term_parse(&tax->atoms, c->stem, v->text.p, &t, &why) == -1)
		return gp_yaml_because(
		    doc, v, c->why, "term '%s': %s", v->text.p, why.msg);
	if (has_special(&t))
		return gp_yaml_because(doc, v, c->why,
		    "term '%s': marks, links and telephones need a pattern",
		    v->text.p);
	caller = more(&c->caller, &n, &c->caller_cap, sizeof(*caller));
	rule = more(&tax->rule, &tax->rules, &c->rule_cap, sizeof(*rule));
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
add_terms(struct compiling *c, const struct gp_yaml_doc *doc,
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
add_pattern(struct compiling *c, const struct gp_yaml_doc *doc,
    const struct gp_check_pattern_in *in)
{
	struct gp_why why = { "" };
	struct gp_check_pattern *p;

	if (!is_text(in->re))
		return gp_yaml_because(
		    doc, in->re, c->why, "'re' must be an expression");
	p = more(&c->s->pattern, &c->s->patterns, &c->pattern_cap, sizeof(*p));
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

/* The number of a new set; -1 with the reason. */
static long
add_set(struct compiling *c, const struct gp_yaml_doc *doc, const char *name,
    const struct gp_yaml *any, const struct gp_yaml_list *patterns)
{
	const struct gp_check_pattern_in *in = patterns->v;
	struct gp_check_set *set;
	unsigned me = (unsigned)c->s->sets;
	size_t i;

	if (me == GP_CHECK_SETS)
		return gp_because(c->why, "more than %d rules", GP_CHECK_SETS);
	set = more(&c->s->set, &c->s->sets, &c->set_cap, sizeof(*set));
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
add_facts(struct compiling *c)
{
	const struct gp_check_fact_in *f;
	size_t i;

	for (i = 0; i < c->in->facts; i++) {
		f = &c->in->fact[i];
		if (add_set(c, f->doc, f->name, f->any, &f->patterns) == -1)
			return -1;
	}
	return 0;
}

/* Names of facts to their sets; those are the first ones, in order. */
static int
name_facts(struct compiling *c, const struct gp_check_rule_in *in,
    const struct gp_yaml_list *names, struct gp_check_facts *to)
{
	const char *const *name = names->v;
	size_t i, k;

	for (i = 0; i < names->n; i++) {
		for (k = 0; k < c->in->facts; k++)
			if (strcmp(c->in->fact[k].name, name[i]) == 0)
				break;
		if (k == c->in->facts)
			return gp_yaml_because(in->doc, in->id, c->why,
			    "'%s' is no fact", name[i]);
		if (to->n == GP_CHECK_FACTS)
			return gp_yaml_because(in->doc, in->id, c->why,
			    "more than %d facts", GP_CHECK_FACTS);
		to->v[to->n++] = (unsigned)k;
	}
	return 0;
}

static int
name_kinds(struct compiling *c, const struct gp_check_rule_in *in,
    struct gp_check_rule *r)
{
	static const struct {
		const char *name;
		unsigned bits;
	} kind[] = {
		{ "draft", GP_CHECK_DRAFT },
		{ "reply", GP_CHECK_REPLY },
		{ "answer", GP_CHECK_DRAFT | GP_CHECK_REPLY },
		{ "post", GP_CHECK_POST },
		{ "page", GP_CHECK_PAGE },
	};
	const char *const *name = in->kinds.v;
	size_t i, k, n = sizeof(kind) / sizeof(kind[0]);

	for (i = 0; i < in->kinds.n; i++) {
		for (k = 0; k < n && strcmp(kind[k].name, name[i]) != 0; k++)
			;
		if (k == n)
			return gp_yaml_because(in->doc, in->id, c->why,
			    "'for': '%s' is none of draft, reply, answer, "
			    "post, page",
			    name[i]);
		r->kinds |= kind[k].bits;
	}
	return 0;
}

static int
name_personal(struct compiling *c, const struct gp_check_rule_in *in,
    struct gp_check_rule *r)
{
	const char *const *name = in->personal.v;
	size_t i;
	unsigned k;

	for (i = 0; i < in->personal.n; i++) {
		for (k = 0; k < GP_PD_KINDS; k++)
			if (strcmp(gp_personal_name(k), name[i]) == 0)
				break;
		if (k == GP_PD_KINDS)
			return gp_yaml_because(in->doc, in->id, c->why,
			    "'%s' is no kind of personal data", name[i]);
		r->personal |= 1u << k;
	}
	return 0;
}

static int
bound(struct compiling *c, const struct gp_yaml_doc *doc,
    const struct gp_yaml *v, int *has, int64_t *to)
{
	char *end;

	if (v == NULL)
		return 0;
	if (is_text(v)) {
		*to = strtoll(v->text.p, &end, 10);
		*has = 1;
		if (*end == '\0' && *to >= 0 && *to <= 1000000000)
			return 0;
	}
	return gp_yaml_because(doc, v, c->why, "a whole number is wanted");
}

static int
set_measure(struct compiling *c, const struct gp_check_rule_in *in,
    struct gp_check_rule *r)
{
	if (bound(c, in->doc, in->over, &r->has_over, &r->over) == -1 ||
	    bound(c, in->doc, in->under, &r->has_under, &r->under) == -1)
		return -1;
	if (in->measure == NULL && !r->has_over && !r->has_under)
		return 0;
	r->measure =
	    in->measure != NULL ? gp_measure_find(in->measure) : GP_MEASURES;
	if (r->measure == GP_MEASURES)
		return gp_yaml_because(in->doc, in->id, c->why,
		    "'%s' is no measure",
		    in->measure != NULL ? in->measure : "");
	if (!r->has_over && !r->has_under)
		return gp_yaml_because(in->doc, in->id, c->why,
		    "a measure needs 'over' or 'under'");
	if (r->measure >= GP_MEASURE_POSTS_A_WEEK && r->kinds != GP_CHECK_POST)
		return gp_yaml_because(
		    in->doc, in->id, c->why, "'%s' is of posts", in->measure);
	return 0;
}

/* One way to fire, and only one. */
static int
prove(struct compiling *c, const struct gp_check_rule_in *in,
    const struct gp_check_rule *r)
{
	int ways = (r->set != -1) + (r->measure != GP_MEASURE_NONE) +
	    (r->personal != 0) + (r->member != NULL);

	if (r->kinds == 0)
		return gp_yaml_because(
		    in->doc, in->id, c->why, "'for' names nothing");
	if (ways == 1 || (ways == 0 && r->missing.n > 0))
		return 0;
	return gp_yaml_because(in->doc, in->id, c->why,
	    "the rule '%s' needs one of 'any' (with 'patterns'), 'missing', "
	    "'measure', 'personal' and 'member'",
	    r->id);
}

static void
set_words(const struct gp_check_rule_in *in, struct gp_check_rule *r)
{
	r->id = in->id->text.p;
	r->title = in->title;
	r->why = in->why;
	r->better = in->better;
	r->source = in->source;
	r->member = in->member;
	r->networks = in->networks;
	r->told_by = in->told_by;
	r->appeals = in->appeals;
	r->once = in->once;
	r->least = in->least > 0 ? (size_t)in->least : 1;
	r->level = in->level[0] == 'e' ? GP_CHECK_ERROR
	    : in->level[0] == 'w'      ? GP_CHECK_WARNING
				       : GP_CHECK_NOTE;
	if (in->within != NULL)
		r->within = in->within[0] == 'n' ? GP_WITHIN_NEAR
		    : in->within[0] == 's'       ? GP_WITHIN_SENTENCE
						 : GP_WITHIN_TEXT;
	if (in->where != NULL)
		r->is_private = strcmp(in->where, "private") == 0 ? 1 : -1;
	if (in->state != NULL)
		r->is_final = in->state[0] == 'f' ? 1 : -1;
}

static int
make_rule(struct compiling *c, const struct gp_check_rule_in *in,
    struct gp_check_rule *r)
{
	set_words(in, r);
	r->set = r->except = -1;
	if (in->any != NULL || in->patterns.n > 0)
		r->set = add_set(c, in->doc, NULL, in->any, &in->patterns);
	if (r->set == -1 && (in->any != NULL || in->patterns.n > 0))
		return -1;
	if (in->except != NULL || in->except_patterns.n > 0) {
		r->except =
		    add_set(c, in->doc, NULL, in->except, &in->except_patterns);
		if (r->except == -1)
			return -1;
	}
	if (name_kinds(c, in, r) == -1 || name_personal(c, in, r) == -1 ||
	    name_facts(c, in, &in->needs, &r->needs) == -1 ||
	    name_facts(c, in, &in->without, &r->without) == -1 ||
	    name_facts(c, in, &in->missing, &r->missing) == -1 ||
	    set_measure(c, in, r) == -1)
		return -1;
	if (r->measure >= GP_MEASURE_POSTS_A_WEEK)
		c->s->uses |= 1u << r->measure;
	return prove(c, in, r);
}

static int
make_rules(struct compiling *c)
{
	struct gp_standard *s = c->s;
	size_t i;

	s->rule = calloc(c->in->rules + 1, sizeof(*s->rule));
	if (s->rule == NULL)
		return no_memory(c);
	for (i = 0; i < c->in->rules; i++, s->rules++)
		if (make_rule(c, &c->in->rule[i], &s->rule[i]) == -1)
			return -1;
	return 0;
}

/* Owners: one a set, one a pattern that is called. */
static int
make_owners(struct compiling *c)
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
	struct compiling c = { .s = s, .in = in, .why = why };
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
