/* Holes of a draft, {{word}}: what a person has to fill in. */
#ifndef GP_SUGGEST_HOLE_H
#define GP_SUGGEST_HOLE_H

#include "base/buf.h"

/* 1: the text has that hole, {{name}}. */
int gp_hole_is_in(struct gp_span text, const char *name);
/*
 * The next hole from an offset on: at[0] to at[1]. 1; 0: none. One that is not
 * closed is its two brackets.
 */
int gp_hole_next(struct gp_span text, size_t from, size_t at[2]);

#endif
