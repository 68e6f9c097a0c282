/* A JSON Schema read from its text. */
#include "check/schema.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "check/schema_inner.h"

static struct gp_schema_node *node(struct gp_schema_reading *, struct gp_json);

static const char *
key_string(struct gp_schema_reading *r, struct gp_span key)
{
	return gp_pool_copy(&r->s->pool, key).p;
}

static int
nodes(struct gp_schema_reading *r, const struct gp_json_obj *o,
    struct gp_schema_list *to)
{
	to->v = gp_pool_alloc(&r->s->pool, (o->n + 1) * sizeof(*to->v));
	if (to->v == NULL)
		return gp_schema_no_memory(r);
	for (; to->n < o->n; to->n++) {
		to->v[to->n] = node(r, o->m[to->n].value);
		if (to->v[to->n] == NULL)
			return -1;
	}
	return 0;
}

static int
list(struct gp_schema_reading *r, struct gp_json v, struct gp_schema_list *to,
    const char *key)
{
	struct gp_json_obj o;

	return gp_schema_enter(r, v, GP_JSON_ARRAY, &o, key) == -1
	    ? -1
	    : nodes(r, &o, to);
}

static int
named(struct gp_schema_reading *r, struct gp_json v,
    struct gp_schema_names *name, struct gp_schema_list *to, const char *key)
{
	struct gp_json_obj o;

	if (gp_schema_enter(r, v, GP_JSON_OBJECT, &o, key) == -1)
		return -1;
	name->v = gp_pool_alloc(&r->s->pool, (o.n + 1) * sizeof(*name->v));
	if (name->v == NULL)
		return gp_schema_no_memory(r);
	for (; name->n < o.n; name->n++)
		name->v[name->n] = key_string(r, o.m[name->n].key);
	return nodes(r, &o, to);
}

static int
one(struct gp_schema_reading *r, struct gp_json v, struct gp_schema_node **to)
{
	*to = node(r, v);
	return *to == NULL ? -1 : 0;
}

static int
dependent(
    struct gp_schema_reading *r, struct gp_json v, struct gp_schema_node *n)
{
	struct gp_json_obj o;
	size_t i;

	if (gp_schema_enter(r, v, GP_JSON_OBJECT, &o, "dependentRequired") ==
	    -1)
		return -1;
	n->dependent.v =
	    gp_pool_alloc(&r->s->pool, (o.n + 1) * sizeof(*n->dependent.v));
	n->dependent_on =
	    gp_pool_alloc(&r->s->pool, (o.n + 1) * sizeof(*n->dependent_on));
	if (n->dependent.v == NULL || n->dependent_on == NULL)
		return gp_schema_no_memory(r);
	for (i = 0; i < o.n; i++, n->dependent.n++) {
		n->dependent.v[i] = key_string(r, o.m[i].key);
		if (gp_schema_strings(r, o.m[i].value, &n->dependent_on[i],
			"dependentRequired") == -1)
			return -1;
	}
	return 0;
}

/* Case counts, which the rules' patterns leave aside. */
static int
pattern(struct gp_schema_reading *r, struct gp_json v, struct gp_schema_node *n)
{
	struct gp_buf b;

	n->pattern_text = gp_schema_string(r, v);
	if (n->pattern_text == NULL)
		return gp_because(r->why, "'pattern' must be a string");
	gp_buf_init(&b, 0);
	gp_buf_addf(&b, "(?-i)%s", n->pattern_text);
	n->pattern = b.bad ? NULL : gp_pattern_new_raw(b.p, r->why);
	if (b.bad)
		gp_schema_no_memory(r);
	gp_buf_release(&b);
	return n->pattern == NULL ? -1 : 0;
}

static int
reference(
    struct gp_schema_reading *r, struct gp_json v, struct gp_schema_node *n)
{
	static const char before[] = "#/$defs/";
	const char *s = gp_schema_string(r, v);

	if (s == NULL || strncmp(s, before, sizeof(before) - 1) != 0)
		return gp_because(r->why, "'$ref' must lead to '#/$defs/...'");
	n->ref_name = s + sizeof(before) - 1;
	return 0;
}

static int
enumeration(
    struct gp_schema_reading *r, struct gp_json v, struct gp_schema_node *n)
{
	if (gp_schema_enter(r, v, GP_JSON_ARRAY, &n->one_of, "enum") == -1)
		return -1;
	return n->one_of.n > 0 ? 0
			       : gp_because(r->why, "'enum' must not be empty");
}

/* Words that say something of the schema and judge nothing. */
static int
is_talk(struct gp_span key)
{
	static const char *const word[] = { "$schema", "$id", "$comment",
		"title", "description", "$defs" };
	size_t i;

	for (i = 0; i < sizeof(word) / sizeof(word[0]); i++)
		if (gp_span_is(key, word[i]))
			return 1;
	return 0;
}

static int
numbers(struct gp_schema_reading *r, struct gp_span k, struct gp_json v,
    struct gp_schema_node *n)
{
	if (gp_span_is(k, "minLength"))
		return gp_schema_whole(r, v, &n->min_length, "minLength");
	if (gp_span_is(k, "minItems"))
		return gp_schema_whole(r, v, &n->min_items, "minItems");
	if (gp_span_is(k, "minProperties"))
		return gp_schema_whole(r, v, &n->min_props, "minProperties");
	if (gp_span_is(k, "maxItems")) {
		n->has_max_items = 1;
		return gp_schema_whole(r, v, &n->max_items, "maxItems");
	}
	if (gp_span_is(k, "minimum"))
		return gp_schema_real(r, v, &n->has_min, &n->min, "minimum");
	if (gp_span_is(k, "maximum"))
		return gp_schema_real(r, v, &n->has_max, &n->max, "maximum");
	if (gp_span_is(k, "exclusiveMinimum"))
		return gp_schema_real(
		    r, v, &n->has_above, &n->above, "exclusiveMinimum");
	return gp_because(r->why, "the keyword '%.*s' is not known",
	    (int)(k.n < 100 ? k.n : 100), k.p);
}

static int
schemas(struct gp_schema_reading *r, struct gp_span k, struct gp_json v,
    struct gp_schema_node *n)
{
	if (gp_span_is(k, "properties"))
		return named(r, v, &n->prop_name, &n->prop, "properties");
	if (gp_span_is(k, "additionalProperties"))
		return one(r, v, &n->additional);
	if (gp_span_is(k, "items"))
		return one(r, v, &n->items);
	if (gp_span_is(k, "allOf"))
		return list(r, v, &n->all, "allOf");
	if (gp_span_is(k, "anyOf"))
		return list(r, v, &n->any, "anyOf");
	if (gp_span_is(k, "not"))
		return one(r, v, &n->not );
	if (gp_span_is(k, "if"))
		return one(r, v, &n->when);
	if (gp_span_is(k, "then"))
		return one(r, v, &n->then);
	if (gp_span_is(k, "else"))
		return one(r, v, &n->otherwise);
	return numbers(r, k, v, n);
}

static int
keyword(struct gp_schema_reading *r, struct gp_span k, struct gp_json v,
    struct gp_schema_node *n)
{
	if (is_talk(k))
		return 0;
	if (gp_span_is(k, "$ref"))
		return reference(r, v, n);
	if (gp_span_is(k, "type"))
		return gp_schema_types(r, v, &n->types);
	if (gp_span_is(k, "const")) {
		n->constant = v;
		return 0;
	}
	if (gp_span_is(k, "enum"))
		return enumeration(r, v, n);
	if (gp_span_is(k, "required"))
		return gp_schema_strings(r, v, &n->required, "required");
	if (gp_span_is(k, "dependentRequired"))
		return dependent(r, v, n);
	if (gp_span_is(k, "pattern"))
		return pattern(r, v, n);
	if (gp_span_is(k, "uniqueItems")) {
		n->unique = gp_json_true(v);
		return 0;
	}
	return schemas(r, k, v, n);
}

static struct gp_schema_node *
node(struct gp_schema_reading *r, struct gp_json v)
{
	struct gp_schema_node *n = gp_pool_alloc(&r->s->pool, sizeof(*n));
	struct gp_json_obj o;
	size_t i;

	if (n == NULL) {
		gp_schema_no_memory(r);
		return NULL;
	}
	n->next = r->s->nodes;
	r->s->nodes = n;
	if (v.type == GP_JSON_BOOL) {
		n->never = !gp_json_true(v);
		return n;
	}
	if (gp_schema_enter(r, v, GP_JSON_OBJECT, &o, "a schema") == -1)
		return NULL;
	for (i = 0; i < o.n; i++)
		if (keyword(r, o.m[i].key, o.m[i].value, n) == -1)
			return NULL;
	return n;
}

/* A reference leads to a schema that is there. */
static int
resolve(struct gp_schema_reading *r)
{
	struct gp_schema *s = r->s;
	struct gp_schema_node *n;
	size_t i;

	for (n = s->nodes; n != NULL; n = n->next) {
		if (n->ref_name == NULL)
			continue;
		for (i = 0; i < s->def.n && n->ref == NULL; i++)
			if (strcmp(s->def_name.v[i], n->ref_name) == 0)
				n->ref = s->def.v[i];
		if (n->ref == NULL)
			return gp_because(
			    r->why, "there is no '#/$defs/%s'", n->ref_name);
	}
	return 0;
}

static int
read_all(struct gp_schema_reading *r, struct gp_span text)
{
	struct gp_schema *s = r->s;
	struct gp_json_obj o;
	struct gp_json defs, root = { .type = GP_JSON_OBJECT };
	char *p = gp_pool_alloc(&s->pool, text.n + GP_PAD);

	s->reader = gp_json_new();
	if (p == NULL || s->reader == NULL)
		return gp_schema_no_memory(r);
	if (text.n > 0)
		memcpy(p, text.p, text.n);
	s->text = (struct gp_span){ p, text.n };
	if (gp_json_open(s->reader, s->text, GP_JSON_STRICT | GP_JSON_DEEP, &o,
		r->why) == -1)
		return -1;
	root.text = o.text;
	defs = gp_json_get(&o, "$defs");
	if (defs.type != GP_JSON_NONE &&
	    named(r, defs, &s->def_name, &s->def, "$defs") == -1)
		return -1;
	s->root = node(r, root);
	return s->root == NULL ? -1 : resolve(r);
}

struct gp_schema *
gp_schema_parse(struct gp_span text, struct gp_why *why)
{
	struct gp_schema *s = calloc(1, sizeof(*s));
	struct gp_schema_reading r = { s, why };

	if (s == NULL) {
		gp_because(why, "no memory");
		return NULL;
	}
	gp_pool_init(&s->pool);
	if (read_all(&r, text) == 0 && !s->pool.bad)
		return s;
	gp_schema_free(s);
	return NULL;
}

struct gp_schema *
gp_schema_load(const char *path, struct gp_why *why)
{
	struct gp_schema *s = NULL;
	struct gp_buf b;

	gp_buf_init(&b, GP_MIB);
	if (gp_file_read(path, &b, why) == 0) {
		s = gp_schema_parse(gp_buf_span(&b), why);
		if (s == NULL)
			gp_because_of(why, "%s", path);
	}
	gp_buf_release(&b);
	return s;
}

void
gp_schema_free(struct gp_schema *s)
{
	struct gp_schema_node *n;

	if (s == NULL)
		return;
	for (n = s->nodes; n != NULL; n = n->next)
		gp_pattern_free(n->pattern);
	gp_json_free(s->reader);
	gp_pool_release(&s->pool);
	free(s);
}
