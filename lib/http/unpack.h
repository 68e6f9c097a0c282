/*
 * Replies that come packed. One pass by libdeflate over the whole of it takes
 * a third of the time of zlib's stream, which libcurl would use.
 */
#ifndef GP_HTTP_UNPACK_H
#define GP_HTTP_UNPACK_H

#include "base/buf.h"

struct gp_unpacker;

struct gp_unpacker *gp_unpacker_new(void); /* NULL: no memory */
void gp_unpacker_free(struct gp_unpacker *);

enum gp_unpack_end {
	GP_UNPACK_OK = 0,
	GP_UNPACK_DAMAGED,
	GP_UNPACK_LARGE, /* more than body->max */
	GP_UNPACK_MEMORY,
};

/* What gzip made of a body, in its place; members one behind another too. */
enum gp_unpack_end gp_unpack_gzip(struct gp_unpacker *, struct gp_buf *body);

#endif
