/*
 * The reader: walks the tokens that simdjson's first stage has found, judges
 * every value to its leaves and notes the members of the outermost level.
 *
 * simdjson's own second stages were measured and left: its DOM refuses numbers
 * it cannot hold, and its on-demand reader takes twice the time of this walk
 * when every value is visited, and takes for sound what nobody visits.
 */
#include <stdlib.h>
#include <string.h>

#include "json/index.h"
#include "json/json.h"
#include "json/keys.h"
#include "json/scalar.h"

/* Steps that the compiler would not put into the loops by itself. */
#define INLINE inline __attribute__((always_inline))

struct list {
	struct gp_json_member *m;
	size_t n, cap;
};

struct gp_json_reader {
	struct gp_index *index;
	struct gp_span line;       /* opened last */
	const uint32_t *at, *last; /* its tokens; behind the last of them */
	struct list **list;        /* one an object opened */
	size_t lists, used;
	struct gp_keys keys; /* of all objects still open, when strict */
	int strict;
	int lacked;
	int judged; /* single values are not judged, or not again */
	int depth;
	int bad;       /* enum below, where a walk ended early */
	uint32_t *end; /* by token: behind the value that begins there; only
			  with GP_JSON_DEEP */
	size_t ends;
	int deep, entering;
	const char *escape; /* the next backslash, or behind the line */
	int escapes;        /* there is one */
};

/* What is wrong; the words stand in `reasons`. */
enum bad {
	SOUND = 0,
	CUT,
	STRUCTURE,
	ESCAPE,
	NUMBER,
	WORD,
	TWICE,
	DEEP,
	MANY,
	MEMORY,
	UTF8,
	CONTROL,
	OPEN,
	BLANK,
};

static const char *const reasons[] = {
	[CUT] = "not JSON: cut off",
	[STRUCTURE] = "not JSON: a comma, colon or bracket is missing or "
		      "misplaced",
	[ESCAPE] = "not JSON: a wrong escape in a string",
	[NUMBER] = "not JSON: a malformed number",
	[WORD] = "not JSON: a word that is not true, false or null",
	[TWICE] = "a member stands twice",
	[DEEP] = "too deep",
	[MANY] = "too many members",
	[MEMORY] = "no memory",
	[UTF8] = "not UTF-8",
	[CONTROL] = "not JSON: a control character in a string",
	[OPEN] = "not JSON: a string without its end",
	[BLANK] = "not JSON: empty",
};

/*
 * A step of the walk is given a place among the tokens and returns the one
 * behind what it read; NULL: r->bad says why. The place goes from hand to hand
 * for speed: kept in memory, each step waits for what the last one stored.
 */
static const uint32_t *nested(struct gp_json_reader *, const uint32_t *at,
    struct gp_json *, struct list *) __attribute__((noinline));

static const uint32_t *
fail(struct gp_json_reader *r, enum bad bad)
{
	r->bad = bad;
	return NULL;
}

/* Another token should stand here. */
static const uint32_t *
misplaced(struct gp_json_reader *r, const uint32_t *at)
{
	return fail(r, at < r->last ? STRUCTURE : CUT);
}

static inline int
white(char c)
{
	return (unsigned char)c <= ' ' &&
	    (c == ' ' || c == '\t' || c == '\n' || c == '\r');
}

static inline char
token(const struct gp_json_reader *r, const uint32_t *at)
{
	return at < r->last ? r->line.p[*at] : '\0';
}

/* From this token to the next one, white space behind it cut. */
static inline struct gp_span
extent(const struct gp_json_reader *r, const uint32_t *at)
{
	const char *p = r->line.p + at[0], *end = r->line.p + at[1];

	while (white(end[-1]))
		end--;
	return (struct gp_span){ p, (size_t)(end - p) };
}

static int
widen(struct list *l)
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
place(struct list *l, struct gp_json_member *spare)
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
	struct gp_span s = extent(r, at);
	char c = s.p[0];

	v->text = s;
	v->place = (uint32_t)(at - r->at);
	if (c == '"') {
		v->type = GP_JSON_STRING;
		return r->judged || string_is_sound(r, s) ? at + 1
							  : fail(r, ESCAPE);
	}
	if (c == '-' || (c >= '0' && c <= '9')) {
		v->type = GP_JSON_NUMBER;
		return r->judged || number_is_sound(s) ? at + 1
						       : fail(r, NUMBER);
	}
	v->type = c == 'n' ? GP_JSON_NULL : GP_JSON_BOOL;
	if (gp_span_is(s, c == 'n' ? "null" : c == 't' ? "true" : "false"))
		return at + 1;
	return fail(
	    r, c == ',' || c == ':' || c == ']' || c == '}' ? STRUCTURE : WORD);
}

/* Most values are scalars, so the way to them has no call. */
static inline const uint32_t *
value(struct gp_json_reader *r, const uint32_t *at, struct gp_json *v)
{
	char c = token(r, at);

	if (c == '{' || c == '[')
		return nested(r, at, v, NULL);
	return at < r->last ? scalar(r, at, v) : fail(r, CUT);
}

/* A key with its colon. */
static INLINE const uint32_t *
key(struct gp_json_reader *r, const uint32_t *at, struct gp_span *to)
{
	struct gp_span s;

	if (token(r, at) != '"')
		return misplaced(r, at);
	s = extent(r, at);
	if (s.n < 2 || s.p[s.n - 1] != '"')
		return fail(r, STRUCTURE);
	if (!r->judged && !string_is_sound(r, s))
		return fail(r, ESCAPE);
	if (token(r, at + 1) != ':')
		return misplaced(r, at + 1);
	*to = (struct gp_span){ s.p + 1, s.n - 2 };
	return at + 2;
}

/* A member; or an element, which has no key. */
static inline const uint32_t *
member(struct gp_json_reader *r, const uint32_t *at, int keyed, struct list *to)
{
	struct gp_json_member spare, *m = place(to, &spare);

	if (m == NULL)
		return fail(r, MEMORY);
	m->key = (struct gp_span){ "", 0 };
	if (keyed)
		at = key(r, at, &m->key);
	if (at != NULL && keyed && r->strict &&
	    gp_keys_note(&r->keys, m->key) == -1)
		return fail(r, MEMORY);
	return at != NULL ? value(r, at, &m->value) : NULL;
}

/* From behind the opening bracket to behind the closing one. */
static const uint32_t *
inside(
    struct gp_json_reader *r, const uint32_t *at, char close, struct list *to)
{
	size_t n = 0;

	if (token(r, at) == close)
		return at + 1;
	for (;; at++) {
		if (close == '}' && ++n > GP_MAX_MEMBERS)
			return fail(r, MANY);
		at = member(r, at, close == '}', to);
		if (at == NULL)
			return NULL;
		if (token(r, at) != ',')
			break;
	}
	return token(r, at) == close ? at + 1 : misplaced(r, at);
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

	*o = (struct open){ (uint32_t)(at - r->at), 0, closing(token(r, at)) };
	at++;
	while (at != NULL) {
		if (!first || token(r, at) != o->close) {
			if (o->close == '}' && ++o->members > GP_MAX_MEMBERS)
				return fail(r, MANY);
			if (o->close == '}' && (at = key(r, at, &name)) == NULL)
				return NULL;
			close = closing(token(r, at));
			first = close != '\0';
			if (first && r->depth + (o - stack) + 1 == GP_MAX_DEPTH)
				return fail(r, DEEP);
			if (first) {
				*++o = (struct open){ (uint32_t)(at - r->at), 0,
					close };
				at++;
				continue;
			}
			at = at < r->last ? scalar(r, at, &v) : fail(r, CUT);
			if (at == NULL)
				return NULL;
		}
		/* Behind a value: as many containers end as do. */
		for (; first || token(r, at) != ','; first = 0) {
			if (token(r, at) != o->close)
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
static const uint32_t *
nested(struct gp_json_reader *r, const uint32_t *at, struct gp_json *v,
    struct list *to)
{
	const char *p = r->line.p + *at;
	const size_t start = (size_t)(at - r->at);
	size_t keys = r->keys.n;

	if (r->depth == GP_MAX_DEPTH)
		return fail(r, DEEP);
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
			return fail(r, TWICE);
		if (at != NULL && r->deep)
			r->end[start] = (uint32_t)(at - r->at);
	}
	if (at == NULL)
		return NULL;
	v->text.p = p;
	v->text.n = (size_t)(r->line.p + at[-1] + 1 - p);
	return at;
}

static struct list *
take_list(struct gp_json_reader *r)
{
	struct list **p;

	if (r->used == r->lists) {
		p = realloc(r->list, (r->lists + 16) * sizeof(struct list *));
		if (p == NULL)
			return NULL;
		r->list = p;
		memset(p + r->lists, 0, 16 * sizeof(struct list *));
		r->lists += 16;
	}
	if (r->list[r->used] == NULL)
		r->list[r->used] = calloc(1, sizeof(struct list));
	if (r->list[r->used] == NULL)
		return NULL;
	r->list[r->used]->n = 0;
	return r->list[r->used++];
}

static const uint32_t *
level(struct gp_json_reader *r, const uint32_t *at, struct gp_json_obj *to)
{
	struct list *l = take_list(r);
	struct gp_json v = { .type = GP_JSON_NONE };

	if (l == NULL)
		return fail(r, MEMORY);
	r->depth = 0;
	at = nested(r, at, &v, l);
	if (at == NULL)
		return NULL;
	to->text = v.text;
	to->m = l->m;
	to->n = l->n;
	return at;
}

struct gp_json_reader *
gp_json_new(void)
{
	struct gp_json_reader *r = calloc(1, sizeof(*r));

	if (r == NULL)
		return NULL;
	r->index = gp_index_new();
	if (r->index != NULL)
		return r;
	free(r);
	return NULL;
}

void
gp_json_free(struct gp_json_reader *r)
{
	size_t i;

	if (r == NULL)
		return;
	for (i = 0; i < r->lists && r->list[i] != NULL; i++) {
		free(r->list[i]->m);
		free(r->list[i]);
	}
	free(r->list);
	gp_keys_release(&r->keys);
	free(r->end);
	gp_index_free(r->index);
	free(r);
}

/* NULL: an object, or an array where any will do; else what it is. */
static const char *
instead(struct gp_span line, int flags)
{
	size_t i = 0;

	while (i < line.n && white(line.p[i]))
		i++;
	if (i == line.n)
		return reasons[BLANK];
	switch (line.p[i]) {
	case '{':
		return NULL;
	case '[':
		return flags & GP_JSON_ANY ? NULL : "an array, not an object";
	case '"':
		return "a string, not an object";
	default:
		return "not a JSON object";
	}
}

static int
make_ends(struct gp_json_reader *r, size_t n)
{
	uint32_t *p;

	if (n <= r->ends)
		return 0;
	p = realloc(r->end, (n + n / 2) * sizeof(*p));
	if (p == NULL)
		return -1;
	r->end = p;
	r->ends = n + n / 2;
	return 0;
}

static int
open_line(struct gp_json_reader *r, struct gp_json_obj *to)
{
	static const enum bad why[] = {
		[GP_INDEX_OK] = SOUND,
		[GP_INDEX_UTF8] = UTF8,
		[GP_INDEX_CONTROL] = CONTROL,
		[GP_INDEX_OPEN] = OPEN,
		[GP_INDEX_EMPTY] = BLANK,
		[GP_INDEX_MEMORY] = MEMORY,
	};
	const uint32_t *at;
	size_t n;

	r->bad = why[gp_index_make(r->index, r->line, &r->at, &n)];
	r->last = r->at;
	if (r->bad != SOUND)
		return r->bad;
	r->last += n;
	if (r->deep && make_ends(r, n) == -1)
		return MEMORY;
	at = level(r, r->at, to);
	if (at == NULL)
		return r->bad;
	return at == r->last ? SOUND : STRUCTURE;
}

int
gp_json_open(struct gp_json_reader *r, struct gp_span line, int flags,
    struct gp_json_obj *to, struct gp_why *why)
{
	const char *other = instead(line, flags);
	int bad;

	memset(to, 0, sizeof(*to));
	if (other != NULL)
		return gp_because(why, "%s", other);
	r->line = line;
	r->strict = flags & GP_JSON_STRICT;
	r->judged = flags & GP_JSON_LAX;
	r->deep = flags & GP_JSON_DEEP;
	r->entering = 0;
	r->used = 0;
	r->lacked = 0;
	r->escape = memchr(line.p, '\\', line.n);
	if (r->escape == NULL)
		r->escape = gp_span_end(line);
	r->escapes = r->escape < gp_span_end(line);
	bad = open_line(r, to);
	if (bad == SOUND)
		return 0;
	memset(to, 0, sizeof(*to));
	return gp_because(why, "%s", reasons[bad]);
}

/* The token at that offset of the line; NULL if there is none. */
static const uint32_t *
token_at(const struct gp_json_reader *r, size_t offset)
{
	size_t low = 0, high = (size_t)(r->last - r->at), mid;

	while (low < high) {
		mid = low + (high - low) / 2;
		if (r->at[mid] < offset)
			low = mid + 1;
		else
			high = mid;
	}
	return r->at + low < r->last && r->at[low] == offset ? r->at + low
							     : NULL;
}

/* The token where the value begins; NULL: it is of another line. */
static const uint32_t *
token_of(const struct gp_json_reader *r, struct gp_json v)
{
	size_t offset;

	if (v.text.p < r->line.p || v.text.p >= r->line.p + r->line.n)
		return NULL;
	offset = (size_t)(v.text.p - r->line.p);
	if (v.place < (size_t)(r->last - r->at) && r->at[v.place] == offset)
		return r->at + v.place;
	return token_at(r, offset);
}

int
gp_json_enter(
    struct gp_json_reader *r, struct gp_json v, struct gp_json_obj *to)
{
	const uint32_t *at;

	memset(to, 0, sizeof(*to));
	if (v.type != GP_JSON_OBJECT && v.type != GP_JSON_ARRAY)
		return 0;
	at = token_of(r, v);
	if (at == NULL)
		return -1;
	r->strict = 0;
	r->judged = 1;
	r->entering = r->deep;
	if (level(r, at, to) != NULL)
		return 0;
	r->lacked = 1;
	return -1;
}

/* Without a call: most names differ at the first byte. */
static inline int
same(const char *name, struct gp_span key)
{
	size_t i = 0;

	while (i < key.n && name[i] == key.p[i])
		i++;
	return i == key.n;
}

/* The place of the key among the names; n: it is none of them. */
static inline size_t
name_of(const struct gp_json_reader *r, struct gp_span key,
    const struct gp_json_name *name, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (name[i].n == key.n && same(name[i].s, key))
			return i;
	if (r->escapes && memchr(key.p, '\\', key.n) != NULL)
		for (i = 0; i < n; i++)
			if (gp_json_key_is(key, name[i].s))
				return i;
	return n;
}

/* The value at a token of what was judged; returns the token behind it. */
static inline const uint32_t *
noted(struct gp_json_reader *r, const uint32_t *at, struct gp_json *v)
{
	const char *p = r->line.p + *at;

	if (*p != '{' && *p != '[')
		return scalar(r, at, v);
	v->type = *p == '{' ? GP_JSON_OBJECT : GP_JSON_ARRAY;
	v->place = (uint32_t)(at - r->at);
	at = r->at + r->end[v->place];
	v->text = (struct gp_span){ p, (size_t)(r->line.p + at[-1] + 1 - p) };
	return at;
}

/* Without a note of where values end, they are noted as members first. */
static void
pick_members(struct gp_json_reader *r, struct gp_json v,
    const struct gp_json_name *name, size_t n, struct gp_json *to)
{
	struct gp_json_obj o;
	size_t i, k;

	gp_json_enter(r, v, &o);
	for (i = 0; i < o.n; i++) {
		k = name_of(r, o.m[i].key, name, n);
		if (k < n)
			to[k] = o.m[i].value;
	}
}

void
gp_json_pick(struct gp_json_reader *r, struct gp_json v,
    const struct gp_json_name *name, size_t n, struct gp_json *to)
{
	const uint32_t *at = NULL;
	struct gp_json other;
	struct gp_span key;
	size_t k;

	for (k = 0; k < n; k++)
		to[k] = (struct gp_json){ .type = GP_JSON_NONE };
	if (v.type == GP_JSON_OBJECT)
		at = token_of(r, v);
	if (at == NULL || r->line.p[at[1]] == '}')
		return;
	if (!r->deep) {
		pick_members(r, v, name, n, to);
		return;
	}
	r->strict = 0;
	r->judged = r->entering = 1;
	do {
		key = extent(r, at + 1);
		key = (struct gp_span){ key.p + 1, key.n - 2 };
		k = name_of(r, key, name, n);
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

int
gp_json_lacked(const struct gp_json_reader *r)
{
	return r->lacked;
}
