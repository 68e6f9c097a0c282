/* Sets of terms: how long the first and the final answer may take. */
#include <string.h>

#include "term/routes_load.h"

#define AT(s, m) offsetof(struct s, m)

struct entry {
	const char *title, *act;
	const struct gp_yaml *first, *final, *important;
};

struct part {
	const struct gp_yaml *term;
	const char *from, *last;
	const struct gp_yaml *cap;
};

/* In the order of enum gp_from. */
#define FROM "at|seen|registered|first"
#define LAST "next|previous|same"

/* clang-format off */
static const struct gp_yaml_field entry_fields[] = {
	{ "title", GP_Y_TEXT, AT(entry, title), 0, NULL, NULL, 0 },
	{ "act", GP_Y_TEXT, AT(entry, act), 0, NULL, NULL, 0 },
	{ "first", GP_Y_NODE, AT(entry, first), 0, NULL, NULL, 0 },
	{ "final", GP_Y_NODE, AT(entry, final), 0, NULL, NULL, 0 },
	{ "important", GP_Y_NODE, AT(entry, important), 0, NULL, NULL, 0 },
	{ NULL, GP_Y_END, 0, 0, NULL, NULL, 0 },
};

static const struct gp_yaml_field part_fields[] = {
	{ "term", GP_Y_NODE, AT(part, term), 1, NULL, NULL, 0 },
	{ "from", GP_Y_WORD, AT(part, from), 0, FROM, NULL, 0 },
	{ "last", GP_Y_WORD, AT(part, last), 0, LAST, NULL, 0 },
	{ "cap", GP_Y_NODE, AT(part, cap), 0, NULL, NULL, 0 },
	{ NULL, GP_Y_END, 0, 0, NULL, NULL, 0 },
};
/* clang-format on */

/* The number of a word of "a|b|c", which is one of them. */
static int
word_no(const char *words, const char *word)
{
	size_t n = strlen(word);
	int no;

	for (no = 0; strncmp(words, word, n) != 0 ||
	     (words[n] != '|' && words[n] != '\0');
	     no++)
		words += strcspn(words, "|") + 1;
	return no;
}

static int
length(struct gp_route_loading *ld, unsigned file, const struct gp_yaml *node,
    const char *key, struct gp_limit *to)
{
	int r = 0;
	const char *text = gp_route_text(ld, file, node, key, &r);

	if (text == NULL || gp_limit_parse(text, to) == 0)
		return r;
	return gp_route_wrong(ld, file, node,
	    "'%s' is no term: write a number and hours, working hours, days "
	    "or working days",
	    text);
}

static int
add_part(struct gp_route_loading *ld, unsigned file, const struct gp_yaml *node,
    const char *key, struct gp_part *to)
{
	struct part p = { .from = "at", .last = "next" };
	struct gp_limit cap = { 0 };

	if (node == NULL)
		return 0;
	to->set = 1;
	if (node->type == GP_YAML_SCALAR)
		return length(ld, file, node, key, &to->limit);
	if (gp_yaml_fill(
		ld->r->file[file].doc, node, part_fields, &p, ld->why) == -1 ||
	    length(ld, file, p.term, "term", &to->limit) == -1)
		return -1;
	to->from = (enum gp_from)word_no(FROM, p.from);
	to->limit.last = (enum gp_last)word_no(LAST, p.last);
	if (p.cap == NULL)
		return 0;
	if (length(ld, file, p.cap, "cap", &cap) == -1)
		return -1;
	to->limit.cap = cap.n;
	if (cap.unit == GP_UNIT_DAYS && cap.n > 0)
		return 0;
	return gp_route_wrong(
	    ld, file, p.cap, "'cap' must be days of the year, as 30 days");
}

static int
add_terms(struct gp_route_loading *ld, unsigned file, const struct gp_yaml *key,
    const struct gp_yaml *map)
{
	struct gp_routes *r = ld->r;
	struct gp_names names = GP_NAMES(r->terms, r->term_sets, "term");
	struct gp_terms *t = &r->terms[r->term_sets];
	struct entry e = { 0 };

	if (gp_yaml_fill(r->file[file].doc, map, entry_fields, &e, ld->why) ==
		-1 ||
	    gp_route_twice(ld, file, key, &names, key->text.p) == -1)
		return -1;
	t->name = key->text.p;
	t->label =
	    gp_pool_fmt(&r->pool, "%s/%s", r->file[file].name, t->name).p;
	t->title = e.title;
	t->act = e.act;
	t->important = GP_NO;
	t->important_node = e.important;
	t->file = file;
	t->node = key;
	r->term_sets++;
	if (add_part(ld, file, e.first, "first", &t->first) == -1 ||
	    add_part(ld, file, e.final, "final", &t->final) == -1)
		return -1;
	if (!t->first.set && !t->final.set)
		return gp_route_wrong(ld, file, key,
		    "the term '%s' has neither 'first' nor 'final'", t->name);
	if (t->first.from == GP_FROM_FIRST ||
	    (t->final.from == GP_FROM_FIRST && !t->first.set))
		return gp_route_wrong(ld, file, key,
		    "the term '%s' runs from the first answer, which has none",
		    t->name);
	return 0;
}

int
gp_route_terms(struct gp_route_loading *ld)
{
	struct gp_routes *r = ld->r;
	const struct gp_yaml *map;
	struct gp_names names;
	size_t n = 0, k;
	unsigned i;
	int st;

	for (i = 0; i < r->files; i++) {
		if (gp_route_items(
			ld, i, ld->root[i].terms, GP_YAML_MAP, "terms") == -1)
			return -1;
		n += ld->root[i].terms != NULL ? ld->root[i].terms->n : 0;
	}
	r->terms = gp_pool_alloc(&r->pool, (n + 1) * sizeof(*r->terms));
	if (r->terms == NULL)
		return gp_route_no_memory(ld);
	for (i = 0; i < r->files; i++) {
		map = ld->root[i].terms;
		for (k = 0; map != NULL && k < map->n; k++)
			if (add_terms(ld, i, &map->key[k], &map->item[k]) == -1)
				return -1;
	}
	names = GP_NAMES(r->terms, r->term_sets, "term");
	for (k = 0; k < r->term_sets; k++) {
		r->terms[k].important = gp_route_ref(ld, r->terms[k].file,
		    r->terms[k].important_node, &names, &st);
		if (st == -1)
			return -1;
	}
	return 0;
}
