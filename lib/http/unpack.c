#include "http/unpack.h"

#include <libdeflate.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct gp_unpacker {
	struct libdeflate_decompressor *own;
	struct gp_buf room; /* of the reply before, taken by the next one */
};

enum {
	TRAILER = 8, /* of a member: a sum, and how long it was */
	RATIO = 8    /* a guess, where the trailer tells nothing likely */
};

struct gp_unpacker *
gp_unpacker_new(void)
{
	struct gp_unpacker *u = calloc(1, sizeof(*u));

	if (u == NULL)
		return NULL;
	u->own = libdeflate_alloc_decompressor();
	if (u->own != NULL)
		return u;
	free(u);
	return NULL;
}

void
gp_unpacker_free(struct gp_unpacker *u)
{
	if (u == NULL)
		return;
	libdeflate_free_decompressor(u->own);
	gp_buf_release(&u->room);
	free(u);
}

/* Its last bytes say how long it was; they may lie, so this is for a start. */
static size_t
likely(const struct gp_buf *packed)
{
	const unsigned char *p = (const unsigned char *)packed->p + packed->n;
	size_t n;

	if (packed->n < TRAILER)
		return 0;
	n = p[-4] | (size_t)p[-3] << 8 | (size_t)p[-2] << 16 |
	    (size_t)p[-1] << 24;
	return n / 1024 <= packed->n ? n : packed->n * RATIO;
}

/* One member, from *at on, to the end of `to`. */
static enum gp_unpack_end
member(struct gp_unpacker *u, const struct gp_buf *packed, size_t *at,
    struct gp_buf *to, size_t guess)
{
	const size_t max = to->max != 0 ? to->max : GP_MAX_LINE;
	enum libdeflate_result r = LIBDEFLATE_INSUFFICIENT_SPACE;
	size_t in = 0, out = 0, room = guess;
	char *p;

	while (r == LIBDEFLATE_INSUFFICIENT_SPACE) {
		if (room > max - to->n)
			room = max - to->n;
		p = gp_buf_room(to, room);
		if (p == NULL)
			return GP_UNPACK_MEMORY;
		r = libdeflate_gzip_decompress_ex(u->own, packed->p + *at,
		    packed->n - *at, p, room, &in, &out);
		if (r == LIBDEFLATE_INSUFFICIENT_SPACE && room == max - to->n)
			return GP_UNPACK_LARGE;
		room = room * 2 + 1024;
	}
	if (r != LIBDEFLATE_SUCCESS)
		return GP_UNPACK_DAMAGED;
	gp_buf_used(to, out);
	*at += in;
	return GP_UNPACK_OK;
}

enum gp_unpack_end
gp_unpack_gzip(struct gp_unpacker *u, struct gp_buf *body)
{
	enum gp_unpack_end end = GP_UNPACK_OK;
	struct gp_buf packed = *body;
	size_t at = 0;

	if (packed.n == 0)
		return GP_UNPACK_OK;
	u->room.max = body->max;
	gp_buf_reset(&u->room);
	do
		end = member(u, &packed, &at, &u->room, likely(&packed));
	while (end == GP_UNPACK_OK && at < packed.n);
	*body = u->room;
	u->room = packed;
	return end;
}
