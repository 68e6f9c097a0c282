/*
 * Where gp-dedup keeps its index: a table of its own, gp_dedup_row, in the
 * file or the database that the records are in.
 */
#ifndef GP_STORE_DEDUP_H
#define GP_STORE_DEDUP_H

#include "dedup/keep.h"

extern const struct gp_dedup_engine gp_dedup_sqlite, gp_dedup_postgres;

/* By the URL: postgres:// and postgresql://, else a file. */
const struct gp_dedup_engine *gp_dedup_engine_of(const char *url);

#endif
