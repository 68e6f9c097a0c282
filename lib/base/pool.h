/*
 * Memory that is freed all at once: one record, one page, one file. What is
 * handed out is zeroed, aligned for anything, and stands until reset.
 */
#ifndef GP_BASE_POOL_H
#define GP_BASE_POOL_H

#include <stdint.h>

#include "base/buf.h"

struct gp_pool {
	struct gp_chunk *chunk; /* the newest first */
	size_t left;            /* bytes of the newest */
	int bad;                /* memory ran out; latched */
};

void gp_pool_init(struct gp_pool *);
void gp_pool_release(struct gp_pool *);
void gp_pool_reset(struct gp_pool *); /* keeps one chunk */

/* NULL: none left (and bad is set). */
void *gp_pool_alloc(struct gp_pool *, size_t);
/* Copies with a NUL behind; an empty span with p "" if memory ran out. */
struct gp_span gp_pool_copy(struct gp_pool *, struct gp_span);
/* A copy whose ASCII letters are small. */
struct gp_span gp_pool_lower(struct gp_pool *, struct gp_span);
/* Two texts as one, or a text and a number: ids are made so by the million. */
struct gp_span gp_pool_join(struct gp_pool *, struct gp_span, struct gp_span);
struct gp_span gp_pool_int(struct gp_pool *, struct gp_span, int64_t);
struct gp_span gp_pool_fmt(struct gp_pool *, const char *fmt, ...)
    GP_PRINTF(2, 3);

#endif
