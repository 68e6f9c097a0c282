/* Kinds, masks, rules of the user's, what is allowed. */
#include "redact/redact.h"

#include <stdlib.h>
#include <string.h>

#include "config/yaml.h"

int
gp_redact_init(struct gp_redact *r, int russian)
{
	memset(r, 0, sizeof(*r));
	r->russian = russian;
	r->personal = gp_personal_new();
	if (r->personal == NULL)
		return -1;
	for (; r->kinds < GP_PD_KINDS; r->kinds++) {
		unsigned k = (unsigned)r->kinds;

		r->kind[k] = gp_personal_name(k);
		r->mask[k] = strdup(gp_personal_mask(k, russian));
		if (r->mask[k] == NULL)
			return -1;
	}
	return 0;
}

void
gp_redact_release(struct gp_redact *r)
{
	size_t i;

	gp_personal_free(r->personal);
	for (i = 0; i < r->kinds; i++)
		free(r->mask[i]);
	for (i = 0; i < r->rules; i++)
		gp_pattern_free(r->rule[i].pattern);
	free(r->rule);
	for (i = 0; i < r->keys; i++) {
		explicit_bzero(r->key[i].key, r->key[i].n);
		free(r->key[i].key);
	}
	free(r->key);
	gp_yaml_free(r->doc);
	memset(r, 0, sizeof(*r));
}

static long
kind_of(const struct gp_redact *r, const char *name, size_t n)
{
	size_t k;

	for (k = 0; k < r->kinds; k++)
		if (strlen(r->kind[k]) == n && memcmp(r->kind[k], name, n) == 0)
			return (long)k;
	return -1;
}

struct rule_conf {
	const char *kind, *mask, *mask_en, *pattern;
	unsigned line;
};
struct conf {
	int64_t version;
	struct gp_yaml_list rules;
};

#define OFF(m) offsetof(struct rule_conf, m)
/* clang-format off */
static const struct gp_yaml_field rule_fields[] = {
	{ "kind", GP_Y_TEXT, OFF(kind), 1, NULL, NULL, 0 },
	{ "mask", GP_Y_TEXT, OFF(mask), 0, NULL, NULL, 0 },
	{ "mask_en", GP_Y_TEXT, OFF(mask_en), 0, NULL, NULL, 0 },
	{ "pattern", GP_Y_TEXT, OFF(pattern), 1, NULL, NULL, 0 },
	{ "", GP_Y_LINE, OFF(line), 0, NULL, NULL, 0 },
	{ NULL, GP_Y_END, 0, 0, NULL, NULL, 0 },
};
static const struct gp_yaml_field fields[] = {
	{ "redact", GP_Y_INT, offsetof(struct conf, version), 1, NULL, NULL, 0 },
	{ "rules", GP_Y_MAPS, offsetof(struct conf, rules), 1, NULL, rule_fields, sizeof(struct rule_conf) },
	{ NULL, GP_Y_END, 0, 0, NULL, NULL, 0 },
};
/* clang-format on */

/* Words without brackets and line ends: they stand between brackets. */
static int
is_label(const char *s)
{
	return s != NULL && *s != '\0' && strpbrk(s, "[]\r\n\"\\") == NULL;
}

/* The kind of a rule, a new one if need be. */
static long
own_kind(struct gp_redact *r, const struct rule_conf *c, struct gp_why *why)
{
	const char *label = r->russian ? c->mask : c->mask_en;
	long k = kind_of(r, c->kind, strlen(c->kind));
	struct gp_buf b;

	if (k >= 0)
		return k;
	if (label == NULL)
		label = c->mask != NULL ? c->mask : c->kind;
	if (!is_label(c->kind) || strpbrk(c->kind, ", ") != NULL)
		return gp_because(why, "'%s' is no name of a kind", c->kind);
	if (!is_label(label))
		return gp_because(why, "a mask may hold no brackets");
	if (r->kinds == GP_REDACT_KINDS)
		return gp_because(why, "too many kinds");
	gp_buf_init(&b, 0);
	gp_buf_addf(&b, "[%s]", label);
	k = (long)r->kinds;
	r->kind[k] = c->kind;
	r->mask[k] = gp_buf_detach(&b);
	if (r->mask[k] == NULL)
		return gp_because(why, "no memory");
	r->kinds++;
	if (gp_personal_own_mask(r->personal, gp_span_of(r->mask[k])) == -1)
		return gp_because(why, "no memory");
	return k;
}

static int
add_rule(struct gp_redact *r, const struct rule_conf *c, struct gp_why *why)
{
	struct gp_redact_rule *v = &r->rule[r->rules];
	long k = own_kind(r, c, why);

	if (k == -1)
		return -1;
	v->kind = (unsigned)k;
	v->pattern = gp_pattern_new_raw(c->pattern, why);
	if (v->pattern == NULL)
		return -1;
	r->rules++;
	return 0;
}

int
gp_redact_load_rules(struct gp_redact *r, const char *path, struct gp_why *why)
{
	const struct rule_conf *c;
	struct conf conf = { 0 };
	size_t i;

	r->doc = gp_yaml_read(path, why);
	if (r->doc == NULL ||
	    gp_yaml_fill(r->doc, gp_yaml_root(r->doc), fields, &conf, why) ==
		-1)
		return -1;
	if (conf.version != 1)
		return gp_because(
		    why, "%s: redact: only version 1 is known", path);
	r->rule = calloc(conf.rules.n + 1, sizeof(*r->rule));
	if (r->rule == NULL)
		return gp_because(why, "no memory");
	for (i = 0; i < conf.rules.n; i++) {
		c = (const struct rule_conf *)conf.rules.v + i;
		if (add_rule(r, c, why) == -1)
			return gp_because_of(why, "%s:%u", path, c->line);
	}
	return 0;
}

static int
allow_list(struct gp_redact *r, const struct gp_yaml_doc *doc,
    const struct gp_yaml *key, const struct gp_yaml *list, struct gp_why *why)
{
	long k = kind_of(r, key->text.p, key->text.n);
	size_t i;

	if (k < 0 || k >= GP_PD_KINDS)
		return gp_yaml_because(
		    doc, key, why, "'%s' is no kind", key->text.p);
	if (list->type != GP_YAML_LIST)
		return gp_yaml_because(doc, list, why, "a list is wanted");
	for (i = 0; i < list->n; i++) {
		const struct gp_yaml *v = &list->item[i];

		if (v->type != GP_YAML_SCALAR || v->text.p == NULL ||
		    v->text.n == 0)
			return gp_yaml_because(doc, v, why, "a text is wanted");
		if (gp_personal_allow(r->personal, (unsigned)k, v->text) == -1)
			return gp_because(why, "no memory");
	}
	return 0;
}

int
gp_redact_load_allow(struct gp_redact *r, const char *path, struct gp_why *why)
{
	struct gp_yaml_doc *doc = gp_yaml_read(path, why);
	const struct gp_yaml *root;
	int status = 0;
	size_t i;

	if (doc == NULL)
		return -1;
	root = gp_yaml_root(doc);
	if (root->type != GP_YAML_MAP)
		status = gp_yaml_because(doc, root, why, "a map is wanted");
	for (i = 0; status == 0 && i < root->n; i++)
		status = allow_list(r, doc, &root->key[i], &root->item[i], why);
	gp_yaml_free(doc);
	return status;
}

int
gp_redact_keep(
    struct gp_redact *r, const char *kinds, int only, struct gp_why *why)
{
	uint64_t bits = 0;
	size_t n;
	long k;

	if (*kinds == '\0')
		return gp_because(why, "no kind is named");
	for (; *kinds != '\0'; kinds += n + (kinds[n] == ',')) {
		n = strcspn(kinds, ",");
		k = kind_of(r, kinds, n);
		if (k == -1)
			return gp_because(
			    why, "'%.*s' is no kind", (int)n, kinds);
		bits |= (uint64_t)1 << k;
	}
	r->keep |= only ? ~bits : bits;
	return 0;
}
