/* When two values of JSON are the same. */
#include "check/schema_inner.h"

const char *
gp_schema_text(struct gp_schema_run *run, struct gp_buf *b, struct gp_json v)
{
	gp_buf_reset(b);
	gp_json_text(v, b);
	run->bad |= b->bad;
	return gp_buf_str(b);
}

static int same(struct gp_schema_run *, struct gp_json_reader *, struct gp_json,
    struct gp_json, int depth);

static int
same_text(struct gp_schema_run *run, struct gp_json a, struct gp_json b)
{
	gp_schema_text(run, &run->text, a);
	gp_schema_text(run, &run->other, b);
	return gp_span_eq(gp_buf_span(&run->text), gp_buf_span(&run->other));
}

/* 1: no later member has that key. */
int
gp_schema_is_last(const struct gp_json_obj *o, size_t i)
{
	size_t k;

	for (k = i + 1; k < o->n; k++)
		if (gp_span_eq(o->m[i].key, o->m[k].key))
			return 0;
	return 1;
}

static int
same_inside(struct gp_schema_run *run, struct gp_json_reader *reader,
    struct gp_json a, struct gp_json b, int depth)
{
	struct gp_json_obj x, y;
	size_t i, k;

	if (gp_json_enter(reader, a, &x) == -1 ||
	    gp_json_enter(reader, b, &y) == -1) {
		run->bad = 1;
		return 0;
	}
	if (x.n != y.n || x.n > GP_SCHEMA_COMPARED)
		return 0;
	for (i = 0; i < x.n; i++) {
		k = i;
		if (a.type == GP_JSON_OBJECT)
			for (k = 0; k < y.n; k++)
				if (gp_span_eq(x.m[i].key, y.m[k].key) &&
				    gp_schema_is_last(&y, k))
					break;
		if (k == y.n ||
		    !same(run, reader, x.m[i].value, y.m[k].value, depth + 1))
			return 0;
	}
	return 1;
}

static int
same(struct gp_schema_run *run, struct gp_json_reader *reader, struct gp_json a,
    struct gp_json b, int depth)
{
	double x, y;

	if (a.type != b.type || depth > GP_MAX_DEPTH)
		return 0;
	switch (a.type) {
	case GP_JSON_STRING:
		return same_text(run, a, b);
	case GP_JSON_NUMBER:
		return gp_json_real(a, &x) == 0 && gp_json_real(b, &y) == 0 &&
		    x == y;
	case GP_JSON_ARRAY:
	case GP_JSON_OBJECT:
		return same_inside(run, reader, a, b, depth);
	default:
		return gp_span_eq(a.text, b.text);
	}
}

int
gp_schema_same(struct gp_schema_run *run, struct gp_json_reader *reader,
    struct gp_json a, struct gp_json b)
{
	return same(run, reader, a, b, 0);
}
