/* One rule, from what the file says to what is judged. */
#include "check/read.h"

#include <stdlib.h>
#include <string.h>

#include "text/personal.h"

int
gp_check_is_text(const struct gp_yaml *v)
{
	return v->type == GP_YAML_SCALAR && v->text.p != NULL &&
	    v->text.n > 0 && memchr(v->text.p, '\0', v->text.n) == NULL;
}

/* Names of facts to their sets; those are the first ones, in order. */
static int
name_facts(struct gp_check_compiling *c, const struct gp_check_rule_in *in,
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
name_kinds(struct gp_check_compiling *c, const struct gp_check_rule_in *in,
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
name_personal(struct gp_check_compiling *c, const struct gp_check_rule_in *in,
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
bound(struct gp_check_compiling *c, const struct gp_yaml_doc *doc,
    const struct gp_yaml *v, int *has, int64_t *to)
{
	char *end;

	if (v == NULL)
		return 0;
	if (gp_check_is_text(v)) {
		*to = strtoll(v->text.p, &end, 10);
		*has = 1;
		if (*end == '\0' && *to >= 0 && *to <= 1000000000)
			return 0;
	}
	return gp_yaml_because(doc, v, c->why, "a whole number is wanted");
}

static int
set_measure(struct gp_check_compiling *c, const struct gp_check_rule_in *in,
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
prove(struct gp_check_compiling *c, const struct gp_check_rule_in *in,
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

int
gp_check_make_rule(struct gp_check_compiling *c,
    const struct gp_check_rule_in *in, struct gp_check_rule *r)
{
	set_words(in, r);
	r->set = r->except = -1;
	if (in->any != NULL || in->patterns.n > 0)
		r->set =
		    gp_check_add_set(c, in->doc, NULL, in->any, &in->patterns);
	if (r->set == -1 && (in->any != NULL || in->patterns.n > 0))
		return -1;
	if (in->except != NULL || in->except_patterns.n > 0) {
		r->except = gp_check_add_set(
		    c, in->doc, NULL, in->except, &in->except_patterns);
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
