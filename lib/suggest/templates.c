#include "suggest/templates.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

/* The file as it is written. */
struct file {
	int64_t version;
	const char *dated;
	const struct gp_yaml *slots, *pages, *assignees, *holes;
	struct gp_yaml_list part[GP_PARTS];
};

/* clang-format off */
#define AT(type, member) offsetof(struct type, member)
static const struct gp_yaml_field wording[] = {
	{ "name", GP_Y_TEXT, AT(gp_wording, name), 0, NULL, NULL, 0 },
	{ "text", GP_Y_TEXT, AT(gp_wording, text), 1, NULL, NULL, 0 },
	{ "answer", GP_Y_WORD, AT(gp_wording, answer), 0, "final|interim", NULL, 0 },
	{ "kind", GP_Y_NODE, AT(gp_wording, kind), 0, NULL, NULL, 0 },
	{ "group", GP_Y_NODE, AT(gp_wording, group), 0, NULL, NULL, 0 },
	{ "topic", GP_Y_NODE, AT(gp_wording, topic), 0, NULL, NULL, 0 },
	{ "if", GP_Y_NODE, AT(gp_wording, need), 0, NULL, NULL, 0 },
	{ NULL, GP_Y_LINE, AT(gp_wording, line), 0, NULL, NULL, 0 },
	{ NULL, GP_Y_END, 0, 0, NULL, NULL, 0 },
};
#define PART(word, no) \
	{ word, GP_Y_MAPS, offsetof(struct file, part) + (no) * sizeof(struct gp_yaml_list), 0, NULL, wording, sizeof(struct gp_wording) }
static const struct gp_yaml_field parts[] = {
	PART("greeting", GP_PART_GREETING),
	PART("thanks", GP_PART_THANKS),
	PART("matter", GP_PART_MATTER),
	PART("who", GP_PART_WHO),
	PART("when", GP_PART_WHEN),
	PART("where", GP_PART_WHERE),
	PART("closing", GP_PART_CLOSING),
	{ NULL, GP_Y_END, 0, 0, NULL, NULL, 0 },
};
static const struct gp_yaml_field root[] = {
	{ "templates", GP_Y_INT, AT(file, version), 1, NULL, NULL, 0 },
	{ "dated", GP_Y_TEXT, AT(file, dated), 0, NULL, NULL, 0 },
	{ "slots", GP_Y_NODE, AT(file, slots), 0, NULL, NULL, 0 },
	{ "holes", GP_Y_NODE, AT(file, holes), 0, NULL, NULL, 0 },
	{ "pages", GP_Y_NODE, AT(file, pages), 0, NULL, NULL, 0 },
	{ "assignees", GP_Y_NODE, AT(file, assignees), 0, NULL, NULL, 0 },
	{ "parts", GP_Y_MAP, 0, 1, NULL, parts, 0 },
	{ NULL, GP_Y_END, 0, 0, NULL, NULL, 0 },
};
/* clang-format on */

const char *
gp_part_name(enum gp_answer_part part)
{
	return parts[part].key;
}

int
gp_words_have(const struct gp_yaml *list, struct gp_span word)
{
	size_t i;

	if (list == NULL || word.n == 0)
		return 0;
	if (list->type == GP_YAML_SCALAR)
		return gp_span_eq(list->text, word);
	for (i = 0; i < list->n; i++)
		if (gp_span_eq(list->item[i].text, word))
			return 1;
	return 0;
}

/* A word, or a list of words. */
static int
is_words(struct gp_yaml_doc *doc, const struct gp_yaml *v, const char *key,
    struct gp_why *why)
{
	size_t i;

	if (v == NULL || (v->type == GP_YAML_SCALAR && v->text.n > 0))
		return 0;
	if (v->type != GP_YAML_LIST || v->n == 0)
		return gp_yaml_because(
		    doc, v, why, "'%s' must be a word or a list of words", key);
	for (i = 0; i < v->n; i++)
		if (v->item[i].type != GP_YAML_SCALAR || v->item[i].text.n == 0)
			return gp_yaml_because(doc, &v->item[i], why,
			    "'%s' must be a word or a list of words", key);
	return 0;
}

/* A map of words. */
static int
is_slots(struct gp_yaml_doc *doc, const struct gp_yaml *v, struct gp_why *why)
{
	size_t i;

	if (v == NULL)
		return 0;
	if (v->type != GP_YAML_MAP)
		return gp_yaml_because(
		    doc, v, why, "slots are a map of names and words");
	for (i = 0; i < v->n; i++)
		if (v->item[i].type != GP_YAML_SCALAR || v->item[i].text.n == 0)
			return gp_yaml_because(doc, &v->key[i], why,
			    "the slot '%s' has no words", v->key[i].text.p);
	return 0;
}

static int
take_slots_of(struct gp_templates *t, const struct gp_yaml *v,
    struct gp_slots_of **to, size_t *n, struct gp_why *why)
{
	size_t i;

	if (v == NULL)
		return 0;
	if (v->type != GP_YAML_MAP)
		return gp_yaml_because(
		    t->doc, v, why, "a map of names is wanted here");
	*to = gp_yaml_alloc(t->doc, (v->n + 1) * sizeof(**to));
	if (*to == NULL)
		return gp_because(why, "no memory");
	for (i = 0; i < v->n; i++) {
		if (is_slots(t->doc, &v->item[i], why) == -1)
			return -1;
		(*to)[i].name = v->key[i].text.p;
		(*to)[i].slots = &v->item[i];
	}
	*n = v->n;
	return 0;
}

/* Wordings are named "part/name", those without a name by their number. */
static int
take_wording(struct gp_templates *t, enum gp_answer_part part, size_t i,
    struct gp_why *why)
{
	struct gp_wording *w = (struct gp_wording *)t->part[part].v + i;
	struct gp_buf b;
	char *name;

	gp_buf_init(&b, 0);
	gp_buf_addf(&b, "%s/", gp_part_name(part));
	if (w->name != NULL)
		gp_buf_adds(&b, w->name);
	else
		gp_buf_addf(&b, "%zu", i + 1);
	name = gp_yaml_alloc(t->doc, b.n + 1);
	if (name == NULL || b.bad) {
		gp_buf_release(&b);
		return gp_because(why, "no memory");
	}
	memcpy(name, b.p, b.n);
	gp_buf_release(&b);
	w->name = name;
	if (is_words(t->doc, w->kind, "kind", why) == -1 ||
	    is_words(t->doc, w->group, "group", why) == -1 ||
	    is_words(t->doc, w->topic, "topic", why) == -1)
		return -1;
	return is_words(t->doc, w->need, "if", why);
}

static int
take(struct gp_templates *t, struct gp_why *why)
{
	const struct gp_yaml *top = gp_yaml_root(t->doc);
	struct file f = { .version = 0 };
	size_t i;
	int part;

	if (gp_yaml_fill(t->doc, top, root, &f, why) == -1)
		return -1;
	if (f.version != 1)
		return gp_yaml_because(t->doc, top, why,
		    "templates: %lld is not known, 1 is", (long long)f.version);
	t->version = f.version;
	t->dated = f.dated;
	t->slots = f.slots;
	t->holes = f.holes;
	memcpy(t->part, f.part, sizeof(t->part));
	if (is_slots(t->doc, f.slots, why) == -1 ||
	    is_words(t->doc, f.holes, "holes", why) == -1 ||
	    take_slots_of(t, f.pages, &t->page, &t->pages, why) == -1 ||
	    take_slots_of(t, f.assignees, &t->assignee, &t->assignees, why) ==
		-1)
		return -1;
	for (part = 0; part < GP_PARTS; part++)
		for (i = 0; i < t->part[part].n; i++)
			if (take_wording(
				t, (enum gp_answer_part)part, i, why) == -1)
				return -1;
	return 0;
}

static struct gp_templates *
made(struct gp_yaml_doc *doc, const char *path, struct gp_why *why)
{
	struct gp_templates *t;

	if (doc == NULL)
		return NULL;
	t = calloc(1, sizeof(*t));
	if (t == NULL) {
		gp_yaml_free(doc);
		gp_because(why, "no memory");
		return NULL;
	}
	t->doc = doc;
	t->path = path;
	if (take(t, why) == 0)
		return t;
	gp_templates_free(t);
	return NULL;
}

struct gp_templates *
gp_templates_load(const char *path, struct gp_why *why)
{
	return made(gp_yaml_read(path, why), path, why);
}

struct gp_templates *
gp_templates_parse(struct gp_span s, const char *name, struct gp_why *why)
{
	return made(gp_yaml_parse(s, name, why), name, why);
}

void
gp_templates_free(struct gp_templates *t)
{
	if (t == NULL)
		return;
	gp_yaml_free(t->doc);
	free(t);
}
