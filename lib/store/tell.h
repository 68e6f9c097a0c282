/* What the store says in records of gp-record(5), appended with a newline. */
#ifndef GP_STORE_TELL_H
#define GP_STORE_TELL_H

#include "store/store.h"

/* `ack`: a batch is in the database, all lines of `file` up to `line`. */
void gp_tell_ack(struct gp_buf *, const char *file, unsigned long long line,
    const struct gp_store_counts *);
/* The record, with the member `desk` if it is an appeal. -1: not sound. */
int gp_tell_desk(struct gp_buf *, struct gp_json_reader *,
    const struct gp_found *, struct gp_why *);
/* What was done, in numbers; names end with NULL. dry: only counted. */
void gp_tell_done(struct gp_buf *, const char *type, int dry,
    const char *const *name, const int64_t *n);
/* A finding of gp_store_check about the record `id` (may be empty). */
void gp_tell_wrong(struct gp_buf *, const char *store, const char *rule,
    struct gp_span id, const char *message);

#endif
