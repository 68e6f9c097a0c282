/*
 * The walk over the tokens that simdjson's first stage has found, private to
 * the reader: reader.c opens and enters, walk.c walks, pick.c picks.
 */
#ifndef GP_JSON_WALK_H
#define GP_JSON_WALK_H

#include "json/index.h"
#include "json/json.h"
#include "json/keys.h"

struct gp_json_list {
	struct gp_json_member *m;
	size_t n, cap;
};

struct gp_json_reader {
	struct gp_index *index;
	struct gp_span line;        /* opened last */
	const uint32_t *at, *last;  /* its tokens; behind the last of them */
	struct gp_json_list **list; /* one an object opened */
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
enum gp_json_bad {
	GP_BAD_SOUND = 0,
	GP_BAD_CUT,
	GP_BAD_STRUCTURE,
	GP_BAD_ESCAPE,
	GP_BAD_NUMBER,
	GP_BAD_WORD,
	GP_BAD_TWICE,
	GP_BAD_DEEP,
	GP_BAD_MANY,
	GP_BAD_MEMORY,
	GP_BAD_UTF8,
	GP_BAD_CONTROL,
	GP_BAD_OPEN,
	GP_BAD_BLANK,
};

/*
 * The value at a token, an object or array, judged to its leaves; its members
 * go to the list, where there is one. Returns the token behind it; NULL:
 * r->bad says why.
 */
const uint32_t *gp_json_walk(struct gp_json_reader *, const uint32_t *at,
    struct gp_json *, struct gp_json_list *);
/* The token where the value begins; NULL: it is of another line. */
const uint32_t *gp_json_token(const struct gp_json_reader *, struct gp_json);

static inline int
gp_json_white(char c)
{
	return (unsigned char)c <= ' ' &&
	    (c == ' ' || c == '\t' || c == '\n' || c == '\r');
}

static inline char
gp_json_at_token(const struct gp_json_reader *r, const uint32_t *at)
{
	return at < r->last ? r->line.p[*at] : '\0';
}

/* From this token to the next one, white space behind it cut. */
static inline struct gp_span
gp_json_extent(const struct gp_json_reader *r, const uint32_t *at)
{
	const char *p = r->line.p + at[0], *end = r->line.p + at[1];

	while (gp_json_white(end[-1]))
		end--;
	return (struct gp_span){ p, (size_t)(end - p) };
}

#endif
