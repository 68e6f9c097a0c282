/*
 * Reading JSON: one object a time, its members as the bytes that were read.
 *
 * simdjson does the work behind this header (json_simd.cc is the only C++
 * file). Always checked: UTF-8, structure, depth, every value of the object to
 * its leaves, and that nothing but white space follows.
 *
 * Spans borrow the text given to the reader. A member that stands twice: the
 * last one counts (gp_json_get looks from the end).
 */
#ifndef GP_JSON_JSON_H
#define GP_JSON_JSON_H

#include <stdint.h>

#include "base/buf.h"

#ifdef __cplusplus
extern "C" {
#endif

enum gp_json_type {
	GP_JSON_NONE = 0, /* there is no such member */
	GP_JSON_NULL = 'n',
	GP_JSON_BOOL = 'b',
	GP_JSON_NUMBER = '0',
	GP_JSON_STRING = '"',
	GP_JSON_ARRAY = '[',
	GP_JSON_OBJECT = '{',
};

/* A value where it stands; text is raw, a string with its quotes. */
struct gp_json {
	enum gp_json_type type;
	uint32_t place; /* the reader's: which of its tokens */
	struct gp_span text;
};

struct gp_json_member {
	struct gp_span key; /* raw, without quotes, escapes undone nowhere */
	struct gp_json value;
};

/* An object opened, or the elements of an array (their keys are empty). */
struct gp_json_obj {
	struct gp_span text; /* from { to } as read, white space outside cut */
	const struct gp_json_member *m;
	size_t n;
};

struct gp_json_reader; /* one a thread */

enum {
	GP_JSON_STRICT = 1, /* a key twice is refused, at every depth */
	GP_JSON_ANY = 2,    /* arrays are opened too, not only objects */
	GP_JSON_DEEP = 8,   /* much of it will be entered: where each value
			       ends is noted */
	GP_JSON_LAX = 4,    /* structure and UTF-8 are checked, not what single
			       strings and numbers look like: for counting */
};

struct gp_json_reader *gp_json_new(void); /* NULL: no memory */
void gp_json_free(struct gp_json_reader *);

/*
 * Opens a line. GP_PAD bytes behind it must be readable (gp_buf and gp_lines
 * promise that). The members belong to the reader and stand until the next
 * gp_json_open. -1 with the reason ("not JSON: ...", "too deep: ...").
 */
int gp_json_open(struct gp_json_reader *, struct gp_span line, int flags,
    struct gp_json_obj *, struct gp_why *);

/*
 * Opens an object or array that stands inside a line opened before: it is
 * known to be sound, so this cannot be refused but for lack of memory; any
 * other type opens as an object of no members. The members stand until the
 * next gp_json_open of the reader, however many are opened.
 */
int gp_json_enter(
    struct gp_json_reader *, struct gp_json, struct gp_json_obj *);

/*
 * Members by name, 32 at the most, in one pass, where an object has many and several are wanted:
 * to[i] becomes the last one that is called name[i], or has type NONE. All are
 * NONE where v is no object.
 */
struct gp_json_name {
	const char *s; /* plain ASCII, not empty, shorter than 32 */
	size_t n;
};
#define GP_JSON_NAME(text)                         \
	{                                          \
		.s = (text), .n = sizeof(text) - 1 \
	}
void gp_json_pick(struct gp_json_reader *, struct gp_json v,
    const struct gp_json_name *name, size_t n, struct gp_json *to);
/* An object that was opened or entered, as a value. */
struct gp_json gp_json_of(const struct gp_json_obj *);

/* 1: memory ran out while something was entered since the last open. */
int gp_json_lacked(const struct gp_json_reader *);

/* 1: the raw key has that plain ASCII name; its escapes are undone. */
int gp_json_key_is(struct gp_span key, const char *name);
/* The last member of that plain ASCII name; type NONE if there is none. */
struct gp_json gp_json_get(const struct gp_json_obj *, const char *name);
/* As get, followed inwards: gp_json_at(r, &o, "author", "official", NULL). */
struct gp_json gp_json_at(struct gp_json_reader *, const struct gp_json_obj *,
    ...) __attribute__((sentinel));

/*
 * The text of a string, as UTF-8, appended to b. U+0000 and halves of a
 * surrogate pair become U+FFFD: no C string is cut, no UTF-8 is broken; the
 * bytes of the record keep what was written. 0; -1: not a string.
 */
int gp_json_text(struct gp_json, struct gp_buf *b);
/* A string without escapes, borrowed; n 0 and p NULL: not one. */
struct gp_span gp_json_bare(struct gp_json);
/* 1: a string that says this plain ASCII word, with escapes or without. */
int gp_json_is(struct gp_json, const char *word);
/* Whole numbers written so (no fraction, no exponent), in 64 bits. 0 or -1 */
int gp_json_int(struct gp_json, int64_t *);
int gp_json_real(struct gp_json, double *);
int gp_json_true(struct gp_json); /* 1 for true alone */
/* 1: it says something: not absent, null or false. */
int gp_json_is_there(struct gp_json);

const char *gp_json_type_name(enum gp_json_type);

#ifdef __cplusplus
}
#endif

#endif
