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

#include "json/walk.h"

static const char *const reasons[] = {
	[GP_BAD_CUT] = "not JSON: cut off",
	[GP_BAD_STRUCTURE] =
	    "not JSON: a comma, colon or bracket is missing or "
	    "misplaced",
	[GP_BAD_ESCAPE] = "not JSON: a wrong escape in a string",
	[GP_BAD_NUMBER] = "not JSON: a malformed number",
	[GP_BAD_WORD] = "not JSON: a word that is not true, false or null",
	[GP_BAD_TWICE] = "a member stands twice",
	[GP_BAD_DEEP] = "too deep",
	[GP_BAD_MANY] = "too many members",
	[GP_BAD_MEMORY] = "no memory",
	[GP_BAD_UTF8] = "not UTF-8",
	[GP_BAD_CONTROL] = "not JSON: a control character in a string",
	[GP_BAD_OPEN] = "not JSON: a string without its end",
	[GP_BAD_BLANK] = "not JSON: empty",
};

static const uint32_t *
fail(struct gp_json_reader *r, enum gp_json_bad why)
{
	r->bad = why;
	return NULL;
}

static struct gp_json_list *
take_list(struct gp_json_reader *r)
{
	struct gp_json_list **p;

	if (r->used == r->lists) {
		p = realloc(
		    r->list, (r->lists + 16) * sizeof(struct gp_json_list *));
		if (p == NULL)
			return NULL;
		r->list = p;
		memset(p + r->lists, 0, 16 * sizeof(struct gp_json_list *));
		r->lists += 16;
	}
	if (r->list[r->used] == NULL)
		r->list[r->used] = calloc(1, sizeof(struct gp_json_list));
	if (r->list[r->used] == NULL)
		return NULL;
	r->list[r->used]->n = 0;
	return r->list[r->used++];
}

static const uint32_t *
level(struct gp_json_reader *r, const uint32_t *at, struct gp_json_obj *to)
{
	struct gp_json_list *l = take_list(r);
	struct gp_json v = { .type = GP_JSON_NONE };

	if (l == NULL)
		return fail(r, GP_BAD_MEMORY);
	r->depth = 0;
	at = gp_json_walk(r, at, &v, l);
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

	while (i < line.n && gp_json_white(line.p[i]))
		i++;
	if (i == line.n)
		return reasons[GP_BAD_BLANK];
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
	static const enum gp_json_bad why[] = {
		[GP_INDEX_OK] = GP_BAD_SOUND,
		[GP_INDEX_UTF8] = GP_BAD_UTF8,
		[GP_INDEX_CONTROL] = GP_BAD_CONTROL,
		[GP_INDEX_OPEN] = GP_BAD_OPEN,
		[GP_INDEX_EMPTY] = GP_BAD_BLANK,
		[GP_INDEX_MEMORY] = GP_BAD_MEMORY,
	};
	const uint32_t *at;
	size_t n;

	r->bad = why[gp_index_make(r->index, r->line, &r->at, &n)];
	r->last = r->at;
	if (r->bad != GP_BAD_SOUND)
		return r->bad;
	r->last += n;
	if (r->deep && make_ends(r, n) == -1)
		return GP_BAD_MEMORY;
	at = level(r, r->at, to);
	if (at == NULL)
		return r->bad;
	return at == r->last ? GP_BAD_SOUND : GP_BAD_STRUCTURE;
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
	if (bad == GP_BAD_SOUND)
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
const uint32_t *
gp_json_token(const struct gp_json_reader *r, struct gp_json v)
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
	at = gp_json_token(r, v);
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

int
gp_json_lacked(const struct gp_json_reader *r)
{
	return r->lacked;
}
