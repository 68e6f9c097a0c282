#include "json/walk.h"

#include <string.h>

/* Without a call: most names differ at the first byte. */
static inline int
same(const char *name, struct gp_span key)
{
	size_t i = 0;

	while (i < key.n && name[i] == key.p[i])
		i++;
	return i == key.n;
}

/* The names by their lengths, so that most keys are compared with none or one
 * of them. */
struct names {
	const struct gp_json_name *v;
	size_t n;
	uint32_t of_length[32]; /* bits */
};

static void
sort_names(struct names *to, const struct gp_json_name *name, size_t n)
{
	size_t i;

	memset(to, 0, sizeof(*to));
	to->v = name;
	to->n = n;
	for (i = 0; i < n; i++)
		to->of_length[name[i].n] |= UINT32_C(1) << i;
}

/* The place of the key among the names; n: it is none of them. */
static inline size_t
name_of(const struct gp_json_reader *r, struct gp_span key,
    const struct names *names)
{
	uint32_t may = key.n < 32 ? names->of_length[key.n] : 0;
	size_t i;

	for (i = 0; may != 0; i++, may >>= 1)
		if ((may & 1) != 0 && same(names->v[i].s, key))
			return i;
	if (r->escapes && memchr(key.p, '\\', key.n) != NULL)
		for (i = 0; i < names->n; i++)
			if (gp_json_key_is(key, names->v[i].s))
				return i;
	return names->n;
}

/* The value at a token of what was judged; returns the token behind it. */
static inline const uint32_t *
noted(struct gp_json_reader *r, const uint32_t *at, struct gp_json *v)
{
	const char *p = r->line.p + *at;

	v->place = (uint32_t)(at - r->at);
	if (*p == '{' || *p == '[') {
		v->type = *p == '{' ? GP_JSON_OBJECT : GP_JSON_ARRAY;
		at = r->at + r->end[v->place];
		v->text.p = p;
		v->text.n = (size_t)(r->line.p + at[-1] + 1 - p);
		return at;
	}
	v->text = gp_json_extent(r, at);
	v->type = *p == '"'          ? GP_JSON_STRING
	    : *p == 'n'              ? GP_JSON_NULL
	    : *p == 't' || *p == 'f' ? GP_JSON_BOOL
				     : GP_JSON_NUMBER;
	return at + 1;
}

/* Without a note of where values end, they are noted as members first. */
static void
pick_members(struct gp_json_reader *r, struct gp_json v,
    const struct names *names, struct gp_json *to)
{
	struct gp_json_obj o;
	size_t i, k;

	gp_json_enter(r, v, &o);
	for (i = 0; i < o.n; i++) {
		k = name_of(r, o.m[i].key, names);
		if (k < names->n)
			to[k] = o.m[i].value;
	}
}

void
gp_json_pick(struct gp_json_reader *r, struct gp_json v,
    const struct gp_json_name *name, size_t n, struct gp_json *to)
{
	const uint32_t *at = NULL;
	struct gp_json other;
	struct names names;
	struct gp_span key;
	size_t k;

	for (k = 0; k < n; k++)
		to[k] = (struct gp_json){ .type = GP_JSON_NONE };
	if (v.type == GP_JSON_OBJECT)
		at = gp_json_token(r, v);
	if (at == NULL || r->line.p[at[1]] == '}')
		return;
	sort_names(&names, name, n);
	if (!r->deep) {
		pick_members(r, v, &names, to);
		return;
	}
	do {
		key = gp_json_extent(r, at + 1);
		key = (struct gp_span){ key.p + 1, key.n - 2 };
		k = name_of(r, key, &names);
		at = noted(r, at + 3, k < n ? &to[k] : &other);
	} while (r->line.p[*at] == ',');
}

struct gp_json
gp_json_of(const struct gp_json_obj *o)
{
	struct gp_json v = { .type = GP_JSON_NONE, .text = o->text };

	if (o->text.n > 0)
		v.type = *o->text.p == '[' ? GP_JSON_ARRAY : GP_JSON_OBJECT;
	return v;
}
