/*
 * Where a JSON value ends, over any number of pieces of it. Brackets are
 * counted and strings passed over; whether it is sound is for others.
 */
#ifndef GP_IMPORT_EXTENT_H
#define GP_IMPORT_EXTENT_H

#include <stddef.h>

/* All 0 before the first piece, which begins with the value. */
struct gp_extent {
	int depth, string, escape;
	int done; /* the value has ended */
};

/* How many of the bytes belong to the value. */
size_t gp_extent_take(struct gp_extent *, const char *, size_t);

#endif
