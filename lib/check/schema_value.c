/* Plain values of a schema: strings, lists of them, numbers. */
#include "check/schema_inner.h"

#include <math.h>
#include <string.h>

int
gp_schema_no_memory(struct gp_schema_reading *r)
{
	return gp_because(r->why, "no memory");
}

int
gp_schema_enter(struct gp_schema_reading *r, struct gp_json v,
    enum gp_json_type type, struct gp_json_obj *o, const char *key)
{
	if (v.type != type)
		return gp_because(
		    r->why, "'%s' must be an %s", key, gp_json_type_name(type));
	if (gp_json_enter(r->s->reader, v, o) == -1)
		return gp_schema_no_memory(r);
	return 0;
}

const char *
gp_schema_string(struct gp_schema_reading *r, struct gp_json v)
{
	struct gp_span s = { NULL, 0 };
	struct gp_buf b;

	gp_buf_init(&b, 0);
	if (gp_json_text(v, &b) == 0 && !b.bad)
		s = gp_pool_copy(
		    &r->s->pool, (struct gp_span){ gp_buf_str(&b), b.n });
	gp_buf_release(&b);
	return s.p;
}

int
gp_schema_strings(struct gp_schema_reading *r, struct gp_json v,
    struct gp_schema_names *to, const char *key)
{
	struct gp_json_obj o;

	if (gp_schema_enter(r, v, GP_JSON_ARRAY, &o, key) == -1)
		return -1;
	to->v = gp_pool_alloc(&r->s->pool, (o.n + 1) * sizeof(*to->v));
	if (to->v == NULL)
		return gp_schema_no_memory(r);
	for (; to->n < o.n; to->n++) {
		to->v[to->n] = gp_schema_string(r, o.m[to->n].value);
		if (to->v[to->n] == NULL)
			return gp_because(
			    r->why, "'%s' must be a list of strings", key);
	}
	return 0;
}

int
gp_schema_types(struct gp_schema_reading *r, struct gp_json v, unsigned *to)
{
	static const char *const name[] = { "null", "boolean", "number",
		"integer", "string", "array", "object" };
	size_t i;

	for (i = 0; i < sizeof(name) / sizeof(name[0]); i++)
		if (gp_json_is(v, name[i])) {
			*to = 1u << i;
			return 0;
		}
	return gp_because(r->why, "'type' must be one name of a type");
}

int
gp_schema_whole(
    struct gp_schema_reading *r, struct gp_json v, int64_t *to, const char *key)
{
	if (gp_json_int(v, to) == 0 && *to >= 0)
		return 0;
	return gp_because(r->why, "'%s' must be a whole number", key);
}

int
gp_schema_real(struct gp_schema_reading *r, struct gp_json v, int *has,
    double *to, const char *key)
{
	*has = 1;
	return gp_json_real(v, to) == 0
	    ? 0
	    : gp_because(r->why, "'%s' must be a number", key);
}

static int
is_whole(struct gp_json v)
{
	double d;

	if (v.type != GP_JSON_NUMBER)
		return 0;
	if (memchr(v.text.p, '.', v.text.n) == NULL &&
	    memchr(v.text.p, 'e', v.text.n) == NULL &&
	    memchr(v.text.p, 'E', v.text.n) == NULL)
		return 1;
	return gp_json_real(v, &d) == 0 && isfinite(d) && d == floor(d);
}

int
gp_schema_has_type(unsigned types, struct gp_json v)
{
	switch (v.type) {
	case GP_JSON_NULL:
		return (types & GP_TYPE_NULL) != 0;
	case GP_JSON_BOOL:
		return (types & GP_TYPE_BOOL) != 0;
	case GP_JSON_NUMBER:
		return (types & GP_TYPE_NUMBER) != 0 ||
		    ((types & GP_TYPE_INTEGER) != 0 && is_whole(v));
	case GP_JSON_STRING:
		return (types & GP_TYPE_STRING) != 0;
	case GP_JSON_ARRAY:
		return (types & GP_TYPE_ARRAY) != 0;
	case GP_JSON_OBJECT:
		return (types & GP_TYPE_OBJECT) != 0;
	default:
		return 0;
	}
}

const char *
gp_schema_type_name(unsigned types)
{
	static const char *const name[] = { "null", "a boolean", "a number",
		"a whole number", "a string", "an array", "an object" };
	size_t i;

	for (i = 0; (types & (1u << i)) == 0; i++)
		;
	return name[i];
}
