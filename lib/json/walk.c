#include "json/walk.h"

#include <stdlib.h>
#include <string.h>

#include "json/scalar.h"

/* Steps that the compiler would not put into the loops by itself. */
#define INLINE inline __attribute__((always_inline))

/*
 * A step of the walk is given a place among the tokens and returns the one
 * behind what it read; NULL: r->bad says why. The place goes from hand to hand
 * for speed: kept in memory, each step waits for what the last one stored.
 */
static const uint32_t *
fail(struct gp_json_reader *r, enum gp_json_bad bad)
{
	r->bad = bad;
	return NULL;
}

/* Another token should stand here. */
static const uint32_t *
misplaced(struct gp_json_reader *r, const uint32_t *at)
{
	return fail(r, at < r->last ? GP_BAD_STRUCTURE : GP_BAD_CUT);
}

static int
widen(struct gp_json_list *l)
{
	struct gp_json_member *p;

	p = realloc(l->m, (l->cap * 2 + 32) * sizeof(*p));
	if (p == NULL)
		return -1;
	l->m = p;
	l->cap = l->cap * 2 + 32;
	return 0;
}

/*
 * Where the next member is to be written: in its place at once, for a copy
 * made just after the parts were stored stalls the processor. `spare` where
 * nobody wants it. NULL: no memory.
 */
static inline struct gp_json_member *
place(struct gp_json_list *l, struct gp_json_member *spare)
{
	if (l == NULL)
		return spare;
	if (l->n == l->cap && widen(l) == -1)
		return NULL;
	return &l->m[l->n++];
}

/*
 * Escapes are looked for once in the whole line, not in each string: strings
 * come in their order, so the next backslash is either in this one or further.
 */
static INLINE int
string_is_sound(struct gp_json_reader *r, struct gp_span s)
{
	const char *end = s.p + s.n, *all = gp_span_end(r->line);

	if (s.n < 2 || end[-1] != '"')
		return 0;
	if (r->escape >= end)
		return 1;
	r->escape = memchr(end, '\\', (size_t)(all - end));
	if (r->escape == NULL)
		r->escape = all;
	return gp_scalar_string(s);
}

static inline int
number_is_sound(struct gp_span s)
{
	size_t i = 0;

	while (i < s.n && s.p[i] >= '0' && s.p[i] <= '9')
		i++;
	return (i == s.n && (s.p[0] != '0' || i == 1)) || gp_scalar_number(s);
}

static INLINE const uint32_t *
scalar(struct gp_json_reader *r, const uint32_t *at, struct gp_json *v)
{
	struct gp_span s = gp_json_extent(r, at);
	char c = s.p[0];

	v->text = s;
	v->place = (uint32_t)(at - r->at);
	if (c == '"') {
		v->type = GP_JSON_STRING;
		return r->judged || string_is_sound(r, s)
		    ? at + 1
		    : fail(r, GP_BAD_ESCAPE);
	}
	if (c == '-' || (c >= '0' && c <= '9')) {
		v->type = GP_JSON_NUMBER;
		return r->judged || number_is_sound(s) ? at + 1
						       : fail(r, GP_BAD_NUMBER);
	}
	v->type = c == 'n' ? GP_JSON_NULL : GP_JSON_BOOL;
	if (gp_span_is(s, c == 'n' ? "null" : c == 't' ? "true" : "false"))
		return at + 1;
	return fail(r,
	    c == ',' || c == ':' || c == ']' || c == '}' ? GP_BAD_STRUCTURE
							 : GP_BAD_WORD);
}

/* Most values are scalars, so the way to them has no call. */
static inline const uint32_t *
value(struct gp_json_reader *r, const uint32_t *at, struct gp_json *v)
{
	char c = gp_json_at_token(r, at);

	if (c == '{' || c == '[')
		return gp_json_walk(r, at, v, NULL);
	return at < r->last ? scalar(r, at, v) : fail(r, GP_BAD_CUT);
}

/* A key with its colon. */
static INLINE const uint32_t *
key(struct gp_json_reader *r, const uint32_t *at, struct gp_span *to)
{
	struct gp_span s;

	if (gp_json_at_token(r, at) != '"')
		return misplaced(r, at);
	s = gp_json_extent(r, at);
	if (s.n < 2 || s.p[s.n - 1] != '"')
		return fail(r, GP_BAD_STRUCTURE);
	if (!r->judged && !string_is_sound(r, s))
		return fail(r, GP_BAD_ESCAPE);
	if (gp_json_at_token(r, at + 1) != ':')
		return misplaced(r, at + 1);
	*to = (struct gp_span){ s.p + 1, s.n - 2 };
	return at + 2;
}

/* A member; or an element, which has no key. */
static inline const uint32_t *
member(struct gp_json_reader *r, const uint32_t *at, int keyed,
    struct gp_json_list *to)
{
	struct gp_json_member spare, *m = place(to, &spare);

	if (m == NULL)
		return fail(r, GP_BAD_MEMORY);
	m->key = (struct gp_span){ "", 0 };
	if (keyed)
		at = key(r, at, &m->key);
	if (at != NULL && keyed && r->strict &&
	    gp_keys_note(&r->keys, m->key) == -1)
		return fail(r, GP_BAD_MEMORY);
	return at != NULL ? value(r, at, &m->value) : NULL;
}

/* From behind the opening bracket to behind the closing one. */
static const uint32_t *
inside(struct gp_json_reader *r, const uint32_t *at, char close,
    struct gp_json_list *to)
{
	size_t n = 0;

	if (gp_json_at_token(r, at) == close)
		return at + 1;
	for (;; at++) {
		if (close == '}' && ++n > GP_MAX_MEMBERS)
			return fail(r, GP_BAD_MANY);
		at = member(r, at, close == '}', to);
		if (at == NULL)
			return NULL;
		if (gp_json_at_token(r, at) != ',')
			break;
	}
	return gp_json_at_token(r, at) == close ? at + 1 : misplaced(r, at);
}

/* A container that is open while all of it is judged. */
struct open {
	uint32_t start, members;
	char close;
};

/* What ends what begins so; 0: it is no container. */
static inline char
closing(char c)
{
	return c == '{' ? '}' : c == '[' ? ']' : '\0';
}

/*
 * All that a container holds, judged without being noted, in a loop of its own:
 * that is where most of the time of reading goes. Returns the token behind it.
 */
static const uint32_t *
judge(struct gp_json_reader *r, const uint32_t *at)
{
	struct open stack[GP_MAX_DEPTH + 1], *o = stack;
	struct gp_span name;
	struct gp_json v;
	int first = 1;
	char close;

	*o = (struct open){ (uint32_t)(at - r->at), 0,
		closing(gp_json_at_token(r, at)) };
	at++;
	while (at != NULL) {
		if (!first || gp_json_at_token(r, at) != o->close) {
			if (o->close == '}' && ++o->members > GP_MAX_MEMBERS)
				return fail(r, GP_BAD_MANY);
			if (o->close == '}' && (at = key(r, at, &name)) == NULL)
				return NULL;
			close = closing(gp_json_at_token(r, at));
			first = close != '\0';
			if (first && r->depth + (o - stack) + 1 == GP_MAX_DEPTH)
				return fail(r, GP_BAD_DEEP);
			if (first) {
				*++o = (struct open){ (uint32_t)(at - r->at), 0,
					close };
				at++;
				continue;
			}
			at = at < r->last ? scalar(r, at, &v)
					  : fail(r, GP_BAD_CUT);
			if (at == NULL)
				return NULL;
		}
		/* Behind a value: as many containers end as do. */
		for (; first || gp_json_at_token(r, at) != ','; first = 0) {
			if (gp_json_at_token(r, at) != o->close)
				return misplaced(r, at);
			at++;
			if (r->deep)
				r->end[o->start] = (uint32_t)(at - r->at);
			if (o-- == stack)
				return at;
		}
		at++;
	}
	return NULL;
}

/* An object or array. */
const uint32_t *
gp_json_walk(struct gp_json_reader *r, const uint32_t *at, struct gp_json *v,
    struct gp_json_list *to)
{
	const char *p = r->line.p + *at;
	const size_t start = (size_t)(at - r->at);
	size_t keys = r->keys.n;

	if (r->depth == GP_MAX_DEPTH)
		return fail(r, GP_BAD_DEEP);
	v->type = *p == '{' ? GP_JSON_OBJECT : GP_JSON_ARRAY;
	v->place = (uint32_t)start;
	if (r->entering && to == NULL) {
		/* Walked before: only what is entered is walked again. */
		at = r->at + r->end[start];
	} else if (to == NULL && !r->strict) {
		at = judge(r, at);
	} else {
		r->depth++;
		at = inside(r, at + 1, *p == '{' ? '}' : ']', to);
		r->depth--;
		if (r->keys.n > keys && gp_keys_same(&r->keys, keys) &&
		    at != NULL)
			return fail(r, GP_BAD_TWICE);
		if (at != NULL && r->deep)
			r->end[start] = (uint32_t)(at - r->at);
	}
	if (at == NULL)
		return NULL;
	v->text.p = p;
	v->text.n = (size_t)(r->line.p + at[-1] + 1 - p);
	return at;
}
