/* Facts that were seen in a text, where they stand. Of facts.c. */
#ifndef GP_SUGGEST_MARK_H
#define GP_SUGGEST_MARK_H

#include "base/buf.h"

enum {
	GP_MARKS_MOST = 1024
};

/* From and to in bytes; the hole that is to stand there. */
struct gp_mark {
	size_t from, to;
	const char *hole;
};

struct gp_marks {
	struct gp_span text;
	struct gp_mark v[GP_MARKS_MOST];
	size_t n;
};

/* Sorts them; those that touch, or are parts of one date or address, become
 * one. */
void gp_marks_join(struct gp_marks *);

#endif
