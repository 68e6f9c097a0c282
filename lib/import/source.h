/*
 * A file or a pipe read in blocks, whose beginning may be looked at before it
 * is known what it is.
 */
#ifndef GP_IMPORT_SOURCE_H
#define GP_IMPORT_SOURCE_H

#include <stdint.h>

#include "base/buf.h"

struct gp_source {
	int fd;
	char *block; /* of GP_BLOCK bytes */
	size_t at, end;
	int64_t base;    /* where the file stood at first; -1: a pipe */
	int64_t offset;  /* of the block, from the base */
	int eof, failed; /* failed: errno of the read */
};

void gp_source_init(struct gp_source *, int fd);
void gp_source_release(struct gp_source *); /* does not close fd */

/* 1: bytes stand at block[at]; 0: the end, or failed is set. */
int gp_source_fill(struct gp_source *);
/*
 * The first bytes: a block of them, or all there are. Call it before anything
 * is taken. Empty if reading failed.
 */
struct gp_span gp_source_peek(struct gp_source *);
/* Appends all that is left; 0, or -1: failed, or b is bad. */
int gp_source_rest(struct gp_source *, struct gp_buf *);

/* Where the next byte stands, from the base on. */
int64_t gp_source_tell(const struct gp_source *);
/* Goes there; -1: a pipe, or no such place. */
int gp_source_seek(struct gp_source *, int64_t);

#endif
