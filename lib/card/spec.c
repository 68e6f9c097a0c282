#include "card/spec.h"

#include <stddef.h>
#include <string.h>

#include "card/card.h"
#include "card/fill.h"
#include "card/number.h"

struct file {
	int64_t version;
	struct gp_yaml_list report;
};

/* clang-format off */
static const struct gp_yaml_field words_fields[] = {
	{ "ru", GP_Y_TEXT, offsetof(struct gp_phrase, in[GP_RU]), 0, NULL, NULL, 0 },
	{ "en", GP_Y_TEXT, offsetof(struct gp_phrase, in[GP_EN]), 0, NULL, NULL, 0 },
	{ NULL, GP_Y_END, 0, 0, NULL, NULL, 0 },
};

#define OF(name) offsetof(struct gp_spec_card, name)
#define WORDS(name) \
	{ #name, GP_Y_MAP, OF(name), 0, NULL, words_fields, 0 }
static const struct gp_yaml_field card_fields[] = {
	{ "kind", GP_Y_WORD, OF(kind), 1, GP_CARD_WORDS, NULL, 0 },
	{ "row", GP_Y_NODE, OF(row), 0, NULL, NULL, 0 },
	{ "rows", GP_Y_NODE, OF(rows), 0, NULL, NULL, 0 },
	WORDS(title), WORDS(subtitle), WORDS(text), WORDS(note),
	WORDS(unit), WORDS(rest), WORDS(unnamed), WORDS(author),
	{ "value", GP_Y_TEXT, OF(value), 0, NULL, NULL, 0 },
	{ "of", GP_Y_TEXT, OF(of), 0, NULL, NULL, 0 },
	{ "label", GP_Y_TEXT, OF(label), 0, NULL, NULL, 0 },
	{ "object", GP_Y_TEXT, OF(object), 0, NULL, NULL, 0 },
	{ "quote", GP_Y_TEXT, OF(quote), 0, NULL, NULL, 0 },
	{ "was", GP_Y_TEXT, OF(was), 0, NULL, NULL, 0 },
	{ "each", GP_Y_TEXT, OF(each), 0, NULL, NULL, 0 },
	{ "people", GP_Y_BOOL, OF(people), 0, NULL, NULL, 0 },
	{ "words", GP_Y_NODE, OF(words), 0, NULL, NULL, 0 },
	{ "good", GP_Y_WORD, OF(good), 0, "more|less", NULL, 0 },
	{ "least", GP_Y_INT, OF(least), 0, NULL, NULL, 0 },
	{ "days", GP_Y_BOOL, OF(days), 0, NULL, NULL, 0 },
	{ "line", GP_Y_LINE, OF(line), 0, NULL, NULL, 0 },
	{ NULL, GP_Y_END, 0, 0, NULL, NULL, 0 },
};

static const struct gp_yaml_field post_fields[] = {
	{ "ru", GP_Y_TEXTS, GP_RU * sizeof(struct gp_yaml_list), 0, NULL, NULL, 0 },
	{ "en", GP_Y_TEXTS, GP_EN * sizeof(struct gp_yaml_list), 0, NULL, NULL, 0 },
	{ NULL, GP_Y_END, 0, 0, NULL, NULL, 0 },
};

static const struct gp_yaml_field report_fields[] = {
	{ "row", GP_Y_NODE, offsetof(struct gp_spec_report, row), 0, NULL, NULL, 0 },
	{ "post", GP_Y_MAP, offsetof(struct gp_spec_report, post), 0, NULL, post_fields, 0 },
	{ "cards", GP_Y_MAPS, offsetof(struct gp_spec_report, card), 1, NULL, card_fields, sizeof(struct gp_spec_card) },
	{ NULL, GP_Y_END, 0, 0, NULL, NULL, 0 },
};

static const struct gp_yaml_field file_fields[] = {
	{ "cards", GP_Y_INT, offsetof(struct file, version), 1, NULL, NULL, 0 },
	{ "reports", GP_Y_NAMED, offsetof(struct file, report), 1, NULL, report_fields, sizeof(struct gp_spec_report) },
	{ NULL, GP_Y_END, 0, 0, NULL, NULL, 0 },
};

/* What a kind cannot be without. */
static const struct need {
	const char *kind, *member;
	size_t off;
} needs[] = {
	{ "figure", "value", OF(value) },
	{ "change", "value", OF(value) },
	{ "line", "rows", OF(rows) },
	{ "line", "label", OF(label) },
	{ "line", "value", OF(value) },
	{ "list", "rows", OF(rows) },
	{ "list", "label", OF(label) },
	{ "quote", "rows", OF(rows) },
	{ "quote", "quote", OF(quote) },
};
/* clang-format on */

static int
wrong(const struct gp_spec *s, const struct gp_spec_card *c, struct gp_why *why,
    const char *what, const char *more)
{
	struct gp_yaml at = { .line = c->line, .col = 1 };

	return gp_yaml_because(
	    s->doc, &at, why, "a card of kind '%s': %s%s", c->kind, what, more);
}

static int
is_where(const struct gp_yaml *v)
{
	return v == NULL || v->type == GP_YAML_MAP;
}

static int
check_words(
    const struct gp_spec *s, const struct gp_spec_card *c, struct gp_why *why)
{
	const struct gp_phrase *w[] = { &c->title, &c->subtitle, &c->text,
		&c->note, &c->author };
	struct gp_why inner;
	size_t i, k;

	for (i = 0; i < sizeof(w) / sizeof(*w); i++)
		for (k = 0; k < GP_LANGS; k++)
			if (w[i]->in[k] != NULL &&
			    gp_fill_check(gp_span_of(w[i]->in[k]), &inner) ==
				-1)
				return wrong(s, c, why, inner.msg, "");
	for (k = 0; k < GP_LANGS; k++)
		if (c->unit.in[k] != NULL &&
		    gp_number_forms(gp_span_of(c->unit.in[k])) == 0)
			return wrong(s, c, why,
			    "'unit' is one to three forms, as ",
			    "\"день|дня|дней\"");
	return 0;
}

static int
check(const struct gp_spec *s, const struct gp_spec_card *c, struct gp_why *why)
{
	size_t i;

	for (i = 0; i < sizeof(needs) / sizeof(*needs); i++) {
		const void *const *at =
		    (const void *const *)(const void *)((const char *)c +
			needs[i].off);

		if (strcmp(c->kind, needs[i].kind) == 0 && *at == NULL)
			return wrong(s, c, why, "it needs ", needs[i].member);
	}
	if (strcmp(c->kind, "bars") == 0 && c->object == NULL &&
	    (c->rows == NULL || c->label == NULL || c->value == NULL))
		return wrong(
		    s, c, why, "it needs ", "object, or rows, label and value");
	if (!is_where(c->row) || !is_where(c->rows) || !is_where(c->words))
		return wrong(
		    s, c, why, "row, rows and words are like ", "{total: all}");
	return check_words(s, c, why);
}

static int
check_post(
    const struct gp_spec *s, const struct gp_spec_report *r, struct gp_why *why)
{
	struct gp_why inner;
	size_t i, k;

	for (k = 0; k < GP_LANGS; k++) {
		const char *const *text = r->post[k].v;

		for (i = 0; i < r->post[k].n; i++)
			if (gp_fill_check(gp_span_of(text[i]), &inner) == -1)
				return gp_yaml_because(s->doc,
				    gp_yaml_root(s->doc), why,
				    "post of '%s': %s", r->name, inner.msg);
	}
	if (!is_where(r->row))
		return gp_yaml_because(s->doc, gp_yaml_root(s->doc), why,
		    "row of '%s' is like {total: all}", r->name);
	return 0;
}

static int
check_all(const struct gp_spec *s, struct gp_why *why)
{
	const struct gp_spec_report *r = s->report.v;
	size_t i, k;

	for (i = 0; i < s->report.n; i++) {
		const struct gp_spec_card *c = r[i].card.v;

		if (check_post(s, &r[i], why) == -1)
			return -1;
		for (k = 0; k < r[i].card.n; k++)
			if (check(s, &c[k], why) == -1)
				return -1;
	}
	return 0;
}

static int
take(struct gp_spec *s, struct gp_why *why)
{
	struct file f = { .version = 0 };

	if (s->doc == NULL)
		return -1;
	if (gp_yaml_fill(s->doc, gp_yaml_root(s->doc), file_fields, &f, why) ==
	    -1)
		goto bad;
	s->report = f.report;
	if (f.version != 1) {
		gp_yaml_because(s->doc, gp_yaml_root(s->doc), why,
		    "only 'cards: 1' is known");
		goto bad;
	}
	if (check_all(s, why) == 0)
		return 0;
bad:
	gp_spec_release(s);
	return -1;
}

int
gp_spec_load(const char *path, struct gp_spec *s, struct gp_why *why)
{
	memset(s, 0, sizeof(*s));
	s->doc = gp_yaml_read(path, why);
	return take(s, why);
}

int
gp_spec_parse(struct gp_span text, const char *name, struct gp_spec *s,
    struct gp_why *why)
{
	memset(s, 0, sizeof(*s));
	s->doc = gp_yaml_parse(text, name, why);
	return take(s, why);
}

void
gp_spec_release(struct gp_spec *s)
{
	gp_yaml_free(s->doc);
	memset(s, 0, sizeof(*s));
}

const struct gp_spec_report *
gp_spec_find(const struct gp_spec *s, struct gp_span report)
{
	const struct gp_spec_report *r = s->report.v;
	size_t i;

	for (i = 0; i < s->report.n; i++)
		if (gp_span_is(report, r[i].name))
			return &r[i];
	return NULL;
}
