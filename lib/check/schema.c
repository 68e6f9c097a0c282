/* A record held against a JSON Schema. */
#include "check/schema.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "check/schema_inner.h"

enum {
	DEEPEST = 256 /* schemas within each other, and items */
};

/* A value on its way; an object or array is opened once. */
struct value {
	struct gp_json v;
	struct gp_json_obj o;
	const struct value *in;
	struct gp_span key; /* in its object; p NULL: an item */
	size_t index;
};

struct proof {
	struct gp_schema_run *run;
	struct gp_json_reader *reader;
	int quiet, depth;
};

static int holds(struct proof *, const struct gp_schema_node *, struct value *);

struct gp_schema_run *
gp_schema_run_new(void)
{
	struct gp_schema_run *r = calloc(1, sizeof(*r));

	if (r == NULL)
		return NULL;
	gp_buf_init(&r->text, 0);
	gp_buf_init(&r->other, 0);
	gp_buf_init(&r->error.where, 64 * GP_KIB);
	gp_buf_init(&r->error.what, 4 * GP_KIB);
	r->run = gp_pattern_run_new();
	if (r->run != NULL)
		return r;
	free(r);
	return NULL;
}

void
gp_schema_run_free(struct gp_schema_run *r)
{
	if (r == NULL)
		return;
	gp_pattern_run_free(r->run);
	gp_buf_release(&r->text);
	gp_buf_release(&r->other);
	gp_buf_release(&r->error.where);
	gp_buf_release(&r->error.what);
	free(r);
}

/* RFC 6901: ~ and / of a key are ~0 and ~1. */
static void
pointer(struct gp_buf *b, const struct value *v)
{
	size_t i;

	if (v->in == NULL)
		return;
	pointer(b, v->in);
	gp_buf_addc(b, '/');
	if (v->key.p == NULL)
		gp_buf_addf(b, "%zu", v->index);
	for (i = 0; i < v->key.n; i++)
		if (v->key.p[i] == '~' || v->key.p[i] == '/')
			gp_buf_adds(b, v->key.p[i] == '~' ? "~0" : "~1");
		else
			gp_buf_addc(b, (unsigned char)v->key.p[i]);
}

/* Returns 0: it does not hold, and why is kept, of several the first. */
static int no(struct proof *, const struct value *, const char *fmt, ...)
    GP_PRINTF(3, 4);

static int
no(struct proof *p, const struct value *v, const char *fmt, ...)
{
	struct gp_schema_error *e = &p->run->error;
	char msg[300];
	va_list ap;

	if (p->quiet > 0 || e->what.n > 0)
		return 0;
	va_start(ap, fmt);
	vsnprintf(msg, sizeof(msg), fmt, ap);
	va_end(ap);
	pointer(&e->where, v);
	gp_buf_adds(&e->what, msg);
	return 0;
}

/* type, const, enum. */
static int
plain(struct proof *p, const struct gp_schema_node *n, struct value *v)
{
	size_t i;

	if (n->types != 0 && !gp_schema_has_type(n->types, v->v))
		return no(p, v, "must be %s", gp_schema_type_name(n->types));
	if (n->constant.type != GP_JSON_NONE &&
	    !gp_schema_same(p->run, p->reader, n->constant, v->v))
		return no(p, v, "must be %.*s", (int)n->constant.text.n,
		    n->constant.text.p);
	for (i = 0; i < n->one_of.n; i++)
		if (gp_schema_same(
			p->run, p->reader, n->one_of.m[i].value, v->v))
			return 1;
	if (n->one_of.n > 0)
		return no(p, v, "is none of the words that may stand there");
	return 1;
}

static int
text(struct proof *p, const struct gp_schema_node *n, struct value *v)
{
	struct gp_buf *b = &p->run->text;

	if (n->min_length == 0 && n->pattern == NULL)
		return 1;
	gp_schema_text(p->run, b, v->v);
	if ((int64_t)gp_utf8_count(gp_buf_span(b)) < n->min_length)
		return no(p, v, "must not be empty");
	if (n->pattern != NULL &&
	    !gp_pattern_matches(n->pattern, p->run->run,
		(struct gp_span){ gp_buf_str(b), b->n }))
		return no(p, v, "does not match %s", n->pattern_text);
	return 1;
}

static int
number(struct proof *p, const struct gp_schema_node *n, struct value *v)
{
	double d;

	if (!n->has_min && !n->has_max && !n->has_above)
		return 1;
	if (gp_json_real(v->v, &d) == -1)
		return no(p, v, "is too large a number");
	if (n->has_min && d < n->min)
		return no(p, v, "must be %g at the least", n->min);
	if (n->has_max && d > n->max)
		return no(p, v, "must be %g at the most", n->max);
	if (n->has_above && d <= n->above)
		return no(p, v, "must be more than %g", n->above);
	return 1;
}

static int
differ(struct proof *p, struct value *v)
{
	size_t i, k;

	if (v->o.n > GP_SCHEMA_COMPARED)
		return no(p, v, "has more than %d items to compare",
		    GP_SCHEMA_COMPARED);
	for (i = 0; i < v->o.n; i++)
		for (k = 0; k < i; k++)
			if (gp_schema_same(p->run, p->reader, v->o.m[i].value,
				v->o.m[k].value))
				return no(p, v,
				    "items %zu and %zu are the same", k, i);
	return 1;
}

static int
below(struct proof *p, const struct gp_schema_node *n, struct value *v,
    struct gp_json child, struct gp_span key, size_t index)
{
	struct value c = { .v = child, .in = v, .key = key, .index = index };

	return holds(p, n, &c);
}

static int
array(struct proof *p, const struct gp_schema_node *n, struct value *v)
{
	size_t i;

	if ((int64_t)v->o.n < n->min_items)
		return no(p, v, "must have %lld items at the least",
		    (long long)n->min_items);
	if (n->has_max_items && (int64_t)v->o.n > n->max_items)
		return no(p, v, "must have %lld items at the most",
		    (long long)n->max_items);
	if (n->unique && !differ(p, v))
		return 0;
	for (i = 0; n->items != NULL && i < v->o.n; i++)
		if (!below(p, n->items, v, v->o.m[i].value,
			(struct gp_span){ NULL, 0 }, i))
			return 0;
	return 1;
}

static int
has_all(struct proof *p, const struct gp_schema_names *names, struct value *v)
{
	size_t i;

	for (i = 0; i < names->n; i++)
		if (gp_json_get(&v->o, names->v[i]).type == GP_JSON_NONE)
			return no(p, v, "'%s' is missing", names->v[i]);
	return 1;
}

static int
is_property(const struct gp_schema_node *n, struct gp_span key)
{
	size_t i;

	for (i = 0; i < n->prop_name.n; i++)
		if (gp_json_key_is(key, n->prop_name.v[i]))
			return 1;
	return 0;
}

static int
additional(struct proof *p, const struct gp_schema_node *n, struct value *v)
{
	size_t i;

	for (i = 0; n->additional != NULL && i < v->o.n; i++)
		if (!is_property(n, v->o.m[i].key) &&
		    gp_schema_is_last(&v->o, i) &&
		    !below(
			p, n->additional, v, v->o.m[i].value, v->o.m[i].key, 0))
			return 0;
	return 1;
}

/* Different keys; the same one twice counts once. */
static int64_t
keys(const struct gp_json_obj *o, int64_t enough)
{
	int64_t n = 0;
	size_t i;

	for (i = 0; i < o->n && n < enough; i++)
		n += gp_schema_is_last(o, i);
	return n;
}

static int
object(struct proof *p, const struct gp_schema_node *n, struct value *v)
{
	struct gp_json child;
	size_t i;

	if (!has_all(p, &n->required, v))
		return 0;
	if (n->min_props > 0 && keys(&v->o, n->min_props) < n->min_props)
		return no(p, v, "must not be empty");
	for (i = 0; i < n->dependent.n; i++)
		if (gp_json_get(&v->o, n->dependent.v[i]).type !=
			GP_JSON_NONE &&
		    !has_all(p, &n->dependent_on[i], v))
			return 0;
	for (i = 0; i < n->prop.n; i++) {
		child = gp_json_get(&v->o, n->prop_name.v[i]);
		if (child.type != GP_JSON_NONE &&
		    !below(p, n->prop.v[i], v, child,
			gp_span_of(n->prop_name.v[i]), 0))
			return 0;
	}
	return additional(p, n, v);
}

static int
quietly(struct proof *p, const struct gp_schema_node *n, struct value *v)
{
	int r;

	p->quiet++;
	r = holds(p, n, v);
	p->quiet--;
	return r;
}

static int
joined(struct proof *p, const struct gp_schema_node *n, struct value *v)
{
	const struct gp_schema_node *then;
	size_t i;

	if (n->ref != NULL && !holds(p, n->ref, v))
		return 0;
	for (i = 0; i < n->all.n; i++)
		if (!holds(p, n->all.v[i], v))
			return 0;
	for (i = 0; i < n->any.n; i++)
		if (quietly(p, n->any.v[i], v))
			break;
	if (n->any.n > 0 && i == n->any.n)
		return no(p, v, "is none of the forms that it may have");
	if (n->not != NULL && quietly(p, n->not, v))
		return no(p, v, "has members that exclude each other");
	if (n->when == NULL)
		return 1;
	then = quietly(p, n->when, v) ? n->then : n->otherwise;
	return then == NULL || holds(p, then, v);
}

static int
by_type(struct proof *p, const struct gp_schema_node *n, struct value *v)
{
	switch (v->v.type) {
	case GP_JSON_STRING:
		return text(p, n, v);
	case GP_JSON_NUMBER:
		return number(p, n, v);
	case GP_JSON_ARRAY:
		return array(p, n, v);
	case GP_JSON_OBJECT:
		return object(p, n, v);
	default:
		return 1;
	}
}

static int
holds(struct proof *p, const struct gp_schema_node *n, struct value *v)
{
	int r;

	if (p->depth == DEEPEST)
		return no(p, v, "is too deep");
	if (n->never)
		return no(p, v, "must not be there");
	if (v->o.m == NULL &&
	    (v->v.type == GP_JSON_ARRAY || v->v.type == GP_JSON_OBJECT) &&
	    gp_json_enter(p->reader, v->v, &v->o) == -1) {
		p->run->bad = 1;
		return 0;
	}
	p->depth++;
	r = plain(p, n, v) && by_type(p, n, v) && joined(p, n, v);
	p->depth--;
	return r;
}

int
gp_schema_holds(const struct gp_schema *s, struct gp_schema_run *run,
    struct gp_json_reader *reader, const struct gp_json_obj *o,
    const struct gp_schema_error **error)
{
	struct proof p = { .run = run, .reader = reader };
	struct value v = { .v = { .type = GP_JSON_OBJECT, .text = o->text },
		.o = *o };
	int r;

	gp_buf_reset(&run->error.where);
	gp_buf_reset(&run->error.what);
	run->bad = 0;
	*error = &run->error;
	r = holds(&p, s->root, &v);
	return run->bad || gp_json_lacked(reader) ? -1 : r;
}
