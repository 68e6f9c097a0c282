/*
 * Where the tokens of a JSON text stand: simdjson's first stage, behind the
 * only C++ file. It checks UTF-8, control characters in strings and that the
 * last string is closed; all else is the walker's (reader.c).
 */
#ifndef GP_JSON_INDEX_H
#define GP_JSON_INDEX_H

#include <stdint.h>

#include "base/buf.h"

#ifdef __cplusplus
extern "C" {
#endif

struct gp_index;

enum gp_index_end {
	GP_INDEX_OK = 0,
	GP_INDEX_UTF8,
	GP_INDEX_CONTROL, /* a control character within a string */
	GP_INDEX_OPEN,    /* a string without its end */
	GP_INDEX_EMPTY,
	GP_INDEX_MEMORY,
};

struct gp_index *gp_index_new(void); /* NULL: no memory */
void gp_index_free(struct gp_index *);

/*
 * Puts into *at the offsets, growing, of every { } [ ] : , and of the first
 * byte of every string and every other scalar; *n of them and then the length
 * of the text, until the next call.
 */
enum gp_index_end gp_index_make(
    struct gp_index *, struct gp_span, const uint32_t **at, size_t *n);

#ifdef __cplusplus
}
#endif

#endif
