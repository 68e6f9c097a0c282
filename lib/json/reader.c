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
#include "json/scalar.h"

struct list {
	struct gp_json_member *m;
	size_t n, cap;
};

struct gp_json_reader {
	struct gp_index *index;
	struct gp_span line; /* opened last */
	const uint32_t *at;  /* its tokens */
	size_t n;
	struct list **list; /* one an object opened */
	size_t lists, used;
	struct gp_span *key; /* of all objects still open, when strict */
	size_t keys, key_cap;
	int strict;
	int lacked;
	int judged; /* single values are not judged, or not again */
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

/* A place among the tokens. */
struct walk {
	struct gp_json_reader *r;
	size_t i;
	int depth;
};

static enum bad value(struct walk *, struct gp_json *, struct list *);

static inline int
white(char c)
{
	return (unsigned char)c <= ' ' &&
	    (c == ' ' || c == '\t' || c == '\n' || c == '\r');
}

static char
token(const struct walk *w)
{
	return w->i < w->r->n ? w->r->line.p[w->r->at[w->i]] : '\0';
}

/* From this token to the next one, white space behind it cut. */
static inline struct gp_span
extent(const struct walk *w)
{
	const struct gp_json_reader *r = w->r;
	const char *p = r->line.p + r->at[w->i];
	const char *end =
	    r->line.p + (w->i + 1 < r->n ? r->at[w->i + 1] : r->line.n);

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

static inline enum bad
scalar(struct walk *w, struct gp_json *v)
{
	struct gp_span s = extent(w);
	char c = s.p[0];

	v->text = s;
	w->i++;
	if (c == '"') {
		v->type = GP_JSON_STRING;
		return w->r->judged || gp_scalar_string(s) ? SOUND : ESCAPE;
	}
	if (c == '-' || (c >= '0' && c <= '9')) {
		v->type = GP_JSON_NUMBER;
		return w->r->judged || gp_scalar_number(s) ? SOUND : NUMBER;
	}
	v->type = c == 'n' ? GP_JSON_NULL : GP_JSON_BOOL;
	if (gp_span_is(s, c == 'n' ? "null" : c == 't' ? "true" : "false"))
		return SOUND;
	return c == ',' || c == ':' || c == ']' || c == '}' ? STRUCTURE : WORD;
}

/* A key with its colon. Escapes are rare and looked at only then. */
static enum bad
key(struct walk *w, struct gp_span *to)
{
	struct gp_span s;
	size_t i;

	if (token(w) != '"')
		return w->i < w->r->n ? STRUCTURE : CUT;
	s = extent(w);
	for (i = 1; !w->r->judged && i + 1 < s.n; i++)
		if (s.p[i] == '\\' && !gp_scalar_string(s))
			return ESCAPE;
	if (s.n < 2 || s.p[s.n - 1] != '"')
		return STRUCTURE;
	w->i++;
	if (token(w) != ':')
		return w->i < w->r->n ? STRUCTURE : CUT;
	w->i++;
	*to = (struct gp_span){ s.p + 1, s.n - 2 };
	return SOUND;
}

static int
by_bytes(const void *a, const void *b)
{
	const struct gp_span *x = a, *y = b;
	int r = memcmp(x->p, y->p, x->n < y->n ? x->n : y->n);

	return r != 0 ? r : x->n < y->n ? -1 : x->n > y->n;
}

/* A key to be compared later; one with escapes is compared as it reads. */
static enum bad
note_key(struct gp_json_reader *r, struct gp_span s)
{
	struct gp_json quoted = { GP_JSON_STRING, { s.p - 1, s.n + 2 } };
	struct gp_span *p;
	struct gp_buf b;

	if (r->keys == r->key_cap) {
		p = realloc(r->key, (r->key_cap * 2 + 32) * sizeof(*p));
		if (p == NULL)
			return MEMORY;
		r->key = p;
		r->key_cap = r->key_cap * 2 + 32;
	}
	gp_buf_init(&b, 0);
	gp_json_text(quoted, &b);
	s = (struct gp_span){ gp_span_dup(gp_buf_span(&b)), b.n };
	gp_buf_release(&b);
	if (s.p == NULL)
		return MEMORY;
	r->key[r->keys++] = s;
	return SOUND;
}

/* Compares and forgets the keys of an object that ends. */
static enum bad
same_keys(struct gp_json_reader *r, size_t from, enum bad bad)
{
	size_t i;

	if (r->keys > from + 1)
		qsort(r->key + from, r->keys - from, sizeof(*r->key), by_bytes);
	for (i = from; i < r->keys; i++)
		if (bad == SOUND && i > from &&
		    gp_span_eq(r->key[i], r->key[i - 1]))
			bad = TWICE;
	while (r->keys > from)
		free((char *)(uintptr_t)r->key[--r->keys].p);
	return bad;
}

static enum bad
member(struct walk *w, struct list *to)
{
	struct gp_json_member spare, *m = place(to, &spare);
	enum bad bad;

	if (m == NULL)
		return MEMORY;
	bad = key(w, &m->key);
	if (bad == SOUND && w->r->strict)
		bad = note_key(w->r, m->key);
	return bad == SOUND ? value(w, &m->value, NULL) : bad;
}

static enum bad
element(struct walk *w, struct list *to)
{
	struct gp_json_member spare, *m = place(to, &spare);

	if (m == NULL)
		return MEMORY;
	m->key = (struct gp_span){ "", 0 };
	return value(w, &m->value, NULL);
}

/* The walk stands behind the opening bracket, and then behind the closing. */
static enum bad
inside(struct walk *w, char close, struct list *to)
{
	enum bad bad = SOUND;
	size_t n = 0;

	if (token(w) == close) {
		w->i++;
		return SOUND;
	}
	for (;;) {
		if (close == '}' && ++n > GP_MAX_MEMBERS)
			return MANY;
		bad = close == '}' ? member(w, to) : element(w, to);
		if (bad != SOUND)
			return bad;
		if (token(w) != ',')
			break;
		w->i++;
	}
	if (token(w) != close)
		return w->i < w->r->n ? STRUCTURE : CUT;
	w->i++;
	return SOUND;
}

static enum bad
value(struct walk *w, struct gp_json *v, struct list *to)
{
	struct gp_json_reader *r = w->r;
	const char *p;
	size_t keys = r->keys;
	enum bad bad;

	if (w->i >= r->n)
		return CUT;
	p = r->line.p + r->at[w->i];
	if (*p != '{' && *p != '[')
		return scalar(w, v);
	if (w->depth >= GP_MAX_DEPTH)
		return DEEP;
	v->type = *p == '{' ? GP_JSON_OBJECT : GP_JSON_ARRAY;
	w->depth++;
	w->i++;
	bad = inside(w, *p == '{' ? '}' : ']', to);
	w->depth--;
	if (r->keys > keys)
		bad = same_keys(r, keys, bad);
	if (bad != SOUND)
		return bad;
	v->text.p = p;
	v->text.n = (size_t)(r->line.p + r->at[w->i - 1] + 1 - p);
	return SOUND;
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

static enum bad
level(struct walk *w, struct gp_json_obj *to)
{
	struct list *l = take_list(w->r);
	struct gp_json v = { GP_JSON_NONE, { "", 0 } };
	enum bad bad = l == NULL ? MEMORY : value(w, &v, l);

	if (bad != SOUND)
		return bad;
	to->text = v.text;
	to->m = l->m;
	to->n = l->n;
	return SOUND;
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
	free(r->key);
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

static enum bad
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
	struct walk w = { r, 0, 0 };
	enum bad bad;

	bad = why[gp_index_make(r->index, r->line, &r->at, &r->n)];
	if (bad != SOUND) {
		r->n = 0;
		return bad;
	}
	bad = level(&w, to);
	return bad == SOUND && w.i != r->n ? STRUCTURE : bad;
}

int
gp_json_open(struct gp_json_reader *r, struct gp_span line, int flags,
    struct gp_json_obj *to, struct gp_why *why)
{
	const char *other = instead(line, flags);
	enum bad bad;

	memset(to, 0, sizeof(*to));
	if (other != NULL)
		return gp_because(why, "%s", other);
	r->line = line;
	r->strict = flags & GP_JSON_STRICT;
	r->judged = flags & GP_JSON_LAX;
	r->used = 0;
	r->lacked = 0;
	bad = open_line(r, to);
	if (bad == SOUND)
		return 0;
	memset(to, 0, sizeof(*to));
	return gp_because(why, "%s", reasons[bad]);
}

/* The token at that offset of the line; n if there is none. */
static size_t
token_at(const struct gp_json_reader *r, size_t offset)
{
	size_t low = 0, high = r->n, mid;

	while (low < high) {
		mid = low + (high - low) / 2;
		if (r->at[mid] < offset)
			low = mid + 1;
		else
			high = mid;
	}
	return low < r->n && r->at[low] == offset ? low : r->n;
}

int
gp_json_enter(
    struct gp_json_reader *r, struct gp_json v, struct gp_json_obj *to)
{
	struct walk w = { r, 0, 0 };

	memset(to, 0, sizeof(*to));
	if (v.type != GP_JSON_OBJECT && v.type != GP_JSON_ARRAY)
		return 0;
	if (v.text.p < r->line.p || v.text.p >= r->line.p + r->line.n)
		return -1;
	w.i = token_at(r, (size_t)(v.text.p - r->line.p));
	if (w.i == r->n)
		return -1;
	r->strict = 0;
	r->judged = 1;
	if (level(&w, to) == SOUND)
		return 0;
	r->lacked = 1;
	return -1;
}

int
gp_json_lacked(const struct gp_json_reader *r)
{
	return r->lacked;
}
