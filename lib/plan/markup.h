/*
 * The light markup of a text that goes out:
 *
 *	**bold**  _italic_  `code`  [words](https://address)
 *	> a line that is quoted
 *
 * A backslash before a mark makes it an ordinary sign. What is no sound mark
 * stays as it was written, so no text is refused: a _ within a word, a mark
 * without its other half, one that would reach over an empty line. Signs of
 * an address that stands by itself are never marks.
 */
#ifndef GP_PLAN_MARKUP_H
#define GP_PLAN_MARKUP_H

#include "base/pool.h"
#include "net/said.h"

enum {
	GP_MARKUP_MAX = 256 * 1024 /* bytes of a text */
};

/*
 * Reads a text (valid UTF-8); white space around it goes. What is handed out
 * stands in the pool. -1 with the reason: too long, not UTF-8, no memory.
 */
int gp_markup_read(
    struct gp_span, struct gp_pool *, struct gp_said *, struct gp_why *);

/* The same text with all its signs as ordinary ones: with a backslash before
 * each that could be a mark. For programs that write plans. */
void gp_markup_escape(struct gp_buf *, struct gp_span);

#endif
