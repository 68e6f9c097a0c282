/* What all parts of the rules need while they are read: words, references. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "term/routes_load.h"

int
gp_route_no_memory(struct gp_route_loading *ld)
{
	return gp_because(ld->why, "no memory");
}

int
gp_route_wrong(struct gp_route_loading *ld, unsigned file,
    const struct gp_yaml *at, const char *fmt, ...)
{
	char msg[400];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(msg, sizeof(msg), fmt, ap);
	va_end(ap);
	gp_yaml_because(ld->r->file[file].doc, at, ld->why, "%s", msg);
	if (ld->all == NULL)
		return -1;
	gp_findings_add(ld->all, 1, ld->why);
	return 0;
}

const char *
gp_route_text(struct gp_route_loading *ld, unsigned file,
    const struct gp_yaml *node, const char *key, int *r)
{
	if (node->type == GP_YAML_SCALAR && node->text.n > 0 &&
	    strlen(node->text.p) == node->text.n)
		return node->text.p;
	*r = gp_route_wrong(ld, file, node, "'%s' must be a word here", key);
	return NULL;
}

static const char *
name_at(const struct gp_names *n, size_t i)
{
	return *(const char *const *)(const void *)((const char *)n->v +
	    i * n->size + n->off);
}

long
gp_route_lookup(const struct gp_names *n, const char *name)
{
	size_t i;

	for (i = 0; i < n->n; i++)
		if (name_at(n, i) != NULL && strcmp(name_at(n, i), name) == 0)
			return (long)i;
	return GP_NO;
}

static int
unknown(struct gp_route_loading *ld, unsigned file, const struct gp_yaml *node,
    const struct gp_names *n, const char *name)
{
	const char *like = NULL;
	struct gp_buf words;
	char near[64];
	size_t i;
	int r;

	gp_buf_init(&words, 0);
	for (i = 0; i < n->n; i++)
		if (name_at(n, i) != NULL)
			gp_buf_addf(&words, "%s%s", words.n > 0 ? "|" : "",
			    name_at(n, i));
	if (words.n > 0 && !words.bad)
		like = gp_nearest(words.p, name, near);
	r = gp_route_wrong(ld, file, node, "unknown %s '%s'%s%s%s", n->what,
	    name, like != NULL ? ": is '" : "", like != NULL ? like : "",
	    like != NULL ? "' meant?" : "");
	gp_buf_release(&words);
	return r;
}

long
gp_route_ref(struct gp_route_loading *ld, unsigned file,
    const struct gp_yaml *node, const struct gp_names *n, int *r)
{
	const char *name;
	long no;

	*r = 0;
	if (node == NULL)
		return GP_NO;
	name = gp_route_text(ld, file, node, n->what, r);
	if (name == NULL)
		return GP_NO;
	no = gp_route_lookup(n, name);
	if (no == GP_NO)
		*r = unknown(ld, file, node, n, name);
	return no;
}

int
gp_route_twice(struct gp_route_loading *ld, unsigned file,
    const struct gp_yaml *at, const struct gp_names *n, const char *name)
{
	if (gp_route_lookup(n, name) == GP_NO)
		return 0;
	return gp_route_wrong(
	    ld, file, at, "the %s '%s' stands twice", n->what, name);
}

long
gp_route_items(struct gp_route_loading *ld, unsigned file,
    const struct gp_yaml *node, enum gp_yaml_type type, const char *key)
{
	if (node == NULL ||
	    (node->type == GP_YAML_SCALAR && node->text.p == NULL))
		return 0;
	if (node->type == type)
		return (long)node->n;
	return gp_yaml_because(ld->r->file[file].doc, node, ld->why,
	    "'%s' must be a %s", key, type == GP_YAML_MAP ? "map" : "list");
}

int
gp_route_ids(struct gp_route_loading *ld, unsigned file,
    const struct gp_yaml *node, const char *key, struct gp_atoms *atoms,
    struct gp_ids *to)
{
	const struct gp_yaml *v = node;
	size_t n = 1, i;
	const char *word;
	long atom;
	int r = 0;

	if (node == NULL ||
	    (node->type == GP_YAML_SCALAR && node->text.p == NULL))
		return 0;
	if (node->type == GP_YAML_MAP)
		return gp_route_wrong(ld, file, node,
		    "'%s' must be a word or a list of words", key);
	if (node->type == GP_YAML_LIST) {
		v = node->item;
		n = node->n;
	}
	if (n == 0)
		return gp_route_wrong(
		    ld, file, node, "'%s' is an empty list", key);
	to->v = gp_pool_alloc(&ld->r->pool, n * sizeof(*to->v));
	if (to->v == NULL)
		return gp_route_no_memory(ld);
	for (i = 0; r == 0 && i < n; i++) {
		word = gp_route_text(ld, file, &v[i], key, &r);
		if (word == NULL)
			continue;
		atom = gp_atom_make(atoms, GP_ATOM_EXACT, gp_span_of(word));
		if (atom == -1)
			return gp_route_no_memory(ld);
		to->v[to->n++] = (unsigned)atom;
	}
	return r;
}
