/* A record as an item: what of it is an appeal, what an official reply. */
#ifndef GP_DEDUP_READ_H
#define GP_DEDUP_READ_H

#include "dedup/item.h"
#include "json/json.h"

struct gp_dedup_reader; /* one a thread */

/* now: for records that do not say when they happened. NULL: no memory. */
struct gp_dedup_reader *gp_dedup_reader_new(
    struct gp_json_reader *, gp_instant now);
void gp_dedup_reader_free(struct gp_dedup_reader *);

/* 1: an item, until the next call. 0: neither. -1: refused. */
int gp_dedup_read(struct gp_dedup_reader *, const struct gp_json_obj *,
    struct gp_dedup_item *, struct gp_why *);

#endif
