#include "check/read.h"

#include <stdlib.h>
#include <string.h>

#include "base/grow.h"

/* A file as it is written. */
struct file {
	int64_t version;
	const char *dated, *language, *extends;
	struct gp_yaml_list rubrics, facts, rules, off;
};

#define PAT(m)   offsetof(struct gp_check_pattern_in, m)
#define FACT(m)  offsetof(struct gp_check_fact_in, m)
#define RULE(m)  offsetof(struct gp_check_rule_in, m)
#define FILE_(m) offsetof(struct file, m)
#define END                                         \
	{                                           \
		NULL, GP_Y_END, 0, 0, NULL, NULL, 0 \
	}

/* clang-format off */
static const struct gp_yaml_field pattern_fields[] = {
	{ "re", GP_Y_NODE, PAT(re), 1, NULL, NULL, 0 },
	{ "stems", GP_Y_NODE, PAT(stems), 0, NULL, NULL, 0 },
	{ "raw", GP_Y_BOOL, PAT(raw), 0, NULL, NULL, 0 },
	END,
};
static const struct gp_yaml_field fact_fields[] = {
	{ "any", GP_Y_NODE, FACT(any), 0, NULL, NULL, 0 },
	{ "patterns", GP_Y_MAPS, FACT(patterns), 0, NULL, pattern_fields, sizeof(struct gp_check_pattern_in) },
	END,
};
static const struct gp_yaml_field rule_fields[] = {
	{ "id", GP_Y_NODE, RULE(id), 1, NULL, NULL, 0 },
	{ "for", GP_Y_TEXTS, RULE(kinds), 1, NULL, NULL, 0 },
	{ "level", GP_Y_WORD, RULE(level), 1, "error|warning|note", NULL, 0 },
	{ "title", GP_Y_TEXT, RULE(title), 1, NULL, NULL, 0 },
	{ "why", GP_Y_TEXT, RULE(why), 0, NULL, NULL, 0 },
	{ "better", GP_Y_TEXT, RULE(better), 0, NULL, NULL, 0 },
	{ "source", GP_Y_TEXT, RULE(source), 0, NULL, NULL, 0 },
	{ "any", GP_Y_NODE, RULE(any), 0, NULL, NULL, 0 },
	{ "patterns", GP_Y_MAPS, RULE(patterns), 0, NULL, pattern_fields, sizeof(struct gp_check_pattern_in) },
	{ "except", GP_Y_NODE, RULE(except), 0, NULL, NULL, 0 },
	{ "except_patterns", GP_Y_MAPS, RULE(except_patterns), 0, NULL, pattern_fields, sizeof(struct gp_check_pattern_in) },
	{ "needs", GP_Y_TEXTS, RULE(needs), 0, NULL, NULL, 0 },
	{ "without", GP_Y_TEXTS, RULE(without), 0, NULL, NULL, 0 },
	{ "missing", GP_Y_TEXTS, RULE(missing), 0, NULL, NULL, 0 },
	{ "within", GP_Y_WORD, RULE(within), 0, "text|near|sentence", NULL, 0 },
	{ "least", GP_Y_INT, RULE(least), 0, NULL, NULL, 0 },
	{ "once", GP_Y_BOOL, RULE(once), 0, NULL, NULL, 0 },
	{ "measure", GP_Y_TEXT, RULE(measure), 0, NULL, NULL, 0 },
	{ "over", GP_Y_NODE, RULE(over), 0, NULL, NULL, 0 },
	{ "under", GP_Y_NODE, RULE(under), 0, NULL, NULL, 0 },
	{ "personal", GP_Y_TEXTS, RULE(personal), 0, NULL, NULL, 0 },
	{ "member", GP_Y_TEXT, RULE(member), 0, NULL, NULL, 0 },
	{ "told_by", GP_Y_TEXTS, RULE(told_by), 0, NULL, NULL, 0 },
	{ "networks", GP_Y_TEXTS, RULE(networks), 0, NULL, NULL, 0 },
	{ "appeals", GP_Y_TEXTS, RULE(appeals), 0, NULL, NULL, 0 },
	{ "where", GP_Y_WORD, RULE(where), 0, "public|private", NULL, 0 },
	{ "state", GP_Y_WORD, RULE(state), 0, "final|interim", NULL, 0 },
	END,
};
static const struct gp_yaml_field file_fields[] = {
	{ "standard", GP_Y_INT, FILE_(version), 1, NULL, NULL, 0 },
	{ "dated", GP_Y_TEXT, FILE_(dated), 0, NULL, NULL, 0 },
	{ "language", GP_Y_TEXT, FILE_(language), 0, NULL, NULL, 0 },
	{ "extends", GP_Y_WORD, FILE_(extends), 0, "shipped", NULL, 0 },
	{ "rubrics", GP_Y_TEXTS, FILE_(rubrics), 0, NULL, NULL, 0 },
	{ "off", GP_Y_TEXTS, FILE_(off), 0, NULL, NULL, 0 },
	{ "facts", GP_Y_NAMED, FILE_(facts), 0, NULL, fact_fields, sizeof(struct gp_check_fact_in) },
	{ "rules", GP_Y_MAPS, FILE_(rules), 0, NULL, rule_fields, sizeof(struct gp_check_rule_in) },
	END,
};
/* clang-format on */

int
gp_check_extends(struct gp_yaml_doc *doc, struct gp_why *why)
{
	struct file f = { 0 };

	if (gp_yaml_fill(doc, gp_yaml_root(doc), file_fields, &f, why) == -1)
		return -1;
	return f.extends != NULL;
}

static int
is_name(const struct gp_yaml *v)
{
	return v->type == GP_YAML_SCALAR && v->text.p != NULL &&
	    v->text.n > 0 && memchr(v->text.p, '\0', v->text.n) == NULL;
}

static struct gp_check_rule_in *
rule_of(const struct gp_check_in *in, const char *id)
{
	size_t i;

	for (i = 0; i < in->rules; i++)
		if (strcmp(in->rule[i].id->text.p, id) == 0)
			return &in->rule[i];
	return NULL;
}

static int
add_rule(struct gp_check_in *in, const struct gp_yaml_doc *doc,
    const struct gp_check_rule_in *r, struct gp_why *why)
{
	struct gp_check_rule_in *to;

	if (!is_name(r->id))
		return gp_yaml_because(doc, r->id, why, "'id' must be a word");
	to = rule_of(in, r->id->text.p);
	if (to != NULL && to->doc == doc)
		return gp_yaml_because(doc, r->id, why,
		    "the rule '%s' stands twice", r->id->text.p);
	if (to == NULL) {
		to = gp_grow(&in->rule, &in->rules, &in->rule_cap, sizeof(*to));
		if (to == NULL)
			return gp_because(why, "no memory");
	}
	*to = *r;
	to->doc = doc;
	return 0;
}

static int
add_fact(struct gp_check_in *in, const struct gp_yaml_doc *doc,
    const struct gp_check_fact_in *f, struct gp_why *why)
{
	struct gp_check_fact_in *to = NULL;
	size_t i;

	for (i = 0; i < in->facts; i++)
		if (strcmp(in->fact[i].name, f->name) == 0)
			to = &in->fact[i];
	if (to == NULL) {
		to = gp_grow(&in->fact, &in->facts, &in->fact_cap, sizeof(*to));
		if (to == NULL)
			return gp_because(why, "no memory");
	}
	*to = *f;
	to->doc = doc;
	return 0;
}

static int
take_off(struct gp_check_in *in, const struct gp_yaml_doc *doc, const char *id,
    struct gp_why *why)
{
	struct gp_check_rule_in *r = rule_of(in, id);

	if (r == NULL)
		return gp_yaml_because(doc, gp_yaml_root(doc), why,
		    "'off': there is no rule '%s'", id);
	memmove(
	    r, r + 1, (size_t)(in->rule + in->rules - (r + 1)) * sizeof(*r));
	in->rules--;
	return 0;
}

static void
set_defaults(const struct file *f)
{
	struct gp_check_rule_in *r = f->rules.v;
	size_t i;

	for (i = 0; i < f->rules.n; i++)
		if (r[i].least == 0)
			r[i].least = 1;
}

static int
take(struct gp_check_in *in, const struct gp_yaml_doc *doc,
    const struct file *f, struct gp_why *why)
{
	const struct gp_check_rule_in *r = f->rules.v;
	const struct gp_check_fact_in *fact = f->facts.v;
	const char *const *id = f->off.v;
	size_t i;

	set_defaults(f);
	for (i = 0; i < f->off.n; i++)
		if (take_off(in, doc, id[i], why) == -1)
			return -1;
	for (i = 0; i < f->facts.n; i++)
		if (add_fact(in, doc, &fact[i], why) == -1)
			return -1;
	for (i = 0; i < f->rules.n; i++)
		if (add_rule(in, doc, &r[i], why) == -1)
			return -1;
	return 0;
}

static int
keep_doc(struct gp_standard *s, struct gp_yaml_doc *doc, struct gp_why *why)
{
	struct gp_yaml_doc **v = realloc(s->doc, (s->docs + 1) * sizeof(*v));

	if (v == NULL) {
		gp_yaml_free(doc);
		return gp_because(why, "no memory");
	}
	s->doc = v;
	s->doc[s->docs++] = doc;
	return 0;
}

int
gp_check_read(struct gp_standard *s, struct gp_check_in *in,
    struct gp_yaml_doc *doc, struct gp_why *why)
{
	struct file f = { 0 };

	if (keep_doc(s, doc, why) == -1 ||
	    gp_yaml_fill(doc, gp_yaml_root(doc), file_fields, &f, why) == -1)
		return -1;
	if (f.version != 1)
		return gp_yaml_because(doc, gp_yaml_root(doc), why,
		    "'standard' must be 1, the form this program knows");
	if (f.dated != NULL)
		s->dated = f.dated;
	if (f.language != NULL)
		in->language = f.language;
	if (f.rubrics.n > 0)
		s->rubrics = f.rubrics;
	return take(in, doc, &f, why);
}
