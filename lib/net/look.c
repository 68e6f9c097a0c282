#include "net/look.h"

#include <stdlib.h>
#include <string.h>

int
gp_look_init(struct gp_look *l)
{
	gp_pool_init(&l->pool);
	l->json = gp_json_new();
	return l->json != NULL ? 0 : -1;
}

void
gp_look_release(struct gp_look *l)
{
	gp_json_free(l->json);
	l->json = NULL;
	gp_pool_release(&l->pool);
}

int
gp_look_open(struct gp_look *l, struct gp_span s, struct gp_json_obj *o,
    struct gp_why *why)
{
	gp_pool_reset(&l->pool);
	return gp_json_open(l->json, s, GP_JSON_ANY | GP_JSON_DEEP, o, why);
}

struct gp_json_obj
gp_look_in(struct gp_look *l, struct gp_json v)
{
	struct gp_json_obj o;

	gp_json_enter(l->json, v, &o);
	return o;
}

struct gp_json_obj
gp_look_at(struct gp_look *l, const struct gp_json_obj *o, const char *key)
{
	return gp_look_in(l, gp_json_get(o, key));
}

struct gp_span
gp_look_text(struct gp_look *l, struct gp_json v)
{
	struct gp_span s = gp_json_bare(v);
	struct gp_buf b;

	if (s.p != NULL)
		return s;
	gp_buf_init(&b, 0);
	if (gp_json_text(v, &b) == 0)
		s = gp_pool_copy(&l->pool, gp_buf_span(&b));
	l->pool.bad |= b.bad;
	gp_buf_release(&b);
	return s;
}

struct gp_span
gp_look_str(struct gp_look *l, const struct gp_json_obj *o, const char *key)
{
	return gp_look_text(l, gp_json_get(o, key));
}

int64_t
gp_look_number(struct gp_json v)
{
	struct gp_span s = gp_json_bare(v);
	int64_t n;

	if (s.n > 0) /* its text alone, as though it were a number */
		v = (struct gp_json){ .type = GP_JSON_NUMBER, .text = s };
	return gp_json_int(v, &n) == 0 ? n : 0;
}

int64_t
gp_look_int(const struct gp_json_obj *o, const char *key)
{
	return gp_look_number(gp_json_get(o, key));
}

int
gp_look_truth(struct gp_json v)
{
	int64_t n;

	return gp_json_true(v) || (gp_json_int(v, &n) == 0 && n != 0);
}

int
gp_look_true(const struct gp_json_obj *o, const char *key)
{
	return gp_look_truth(gp_json_get(o, key));
}

struct gp_span
gp_look_name(struct gp_look *l, struct gp_json v)
{
	return v.type == GP_JSON_NUMBER ? v.text : gp_look_text(l, v);
}

struct gp_span
gp_look_id(struct gp_look *l, const struct gp_json_obj *o, const char *key)
{
	return gp_look_name(l, gp_json_get(o, key));
}

struct gp_figure
gp_look_count(struct gp_json v)
{
	struct gp_figure f = { 0, 0, 0 };

	f.set = v.type != GP_JSON_NONE && v.type != GP_JSON_NULL;
	f.n = f.set ? gp_look_number(v) : 0;
	f.set &= f.n >= 0;
	return f;
}

struct gp_figure
gp_look_figure(const struct gp_json_obj *o, const char *key)
{
	return gp_look_count(gp_json_get(o, key));
}
