/*
 * A table as CSV (RFC 4180, and what a Russian Excel saves: semicolons and a
 * mark of byte order before the first cell), a row at a time. libcsv reads it
 * behind this header.
 */
#ifndef GP_PLAN_TABLE_H
#define GP_PLAN_TABLE_H

#include "base/pool.h"

enum {
	GP_TABLE_CELLS = 128 /* of a row; there is no plan of more columns */
};

struct gp_table_row {
	unsigned line; /* on which it begins */
	size_t n;
	const char *cell[GP_TABLE_CELLS]; /* in the pool; "" is an empty one */
};

/* Told of each row but those whose cells are all empty; -1 with the reason
 * ends the reading. */
typedef int gp_table_told(
    void *ctx, const struct gp_table_row *, struct gp_why *);

/* -1 with the reason "NAME:LINE: ...". The sign between cells is the one of
 * ; , and tabulator that the first row has most of. */
int gp_table_read(struct gp_span, const char *name, struct gp_pool *,
    gp_table_told *, void *ctx, struct gp_why *);

#endif
