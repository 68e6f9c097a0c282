#include "sim/damage.h"

#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <zlib.h>

#define GZIP_BITS  (15 + 16)
#define RAW_BITS   (-15)
#define BOMB_PIECE GP_MIB
#define BOMB_POWER 10 /* 2^10 pieces: a gigabyte */
#define SLOW_MS    1000

/* A body given out piece by piece; the callback owns it. */
struct trickle {
	struct gp_sim *sim;
	char *body;
	size_t n;
	enum gp_sim_fault_kind kind;
};

int
gp_sim_gzip(struct gp_buf *to, struct gp_span from)
{
	z_stream z = { 0 };
	size_t room;
	char *p;
	int r;

	if (deflateInit2(&z, Z_BEST_SPEED, Z_DEFLATED, GZIP_BITS, 8,
		Z_DEFAULT_STRATEGY) != Z_OK)
		return -1;
	room = deflateBound(&z, from.n);
	p = gp_buf_room(to, room);
	if (p == NULL) {
		deflateEnd(&z);
		return -1;
	}
	z.next_in = (unsigned char *)(uintptr_t)from.p;
	z.avail_in = (uInt)from.n;
	z.next_out = (unsigned char *)p;
	z.avail_out = (uInt)room;
	r = deflate(&z, Z_FINISH);
	gp_buf_used(to, r == Z_STREAM_END ? z.total_out : 0);
	deflateEnd(&z);
	return r == Z_STREAM_END ? 0 : -1;
}

/* One megabyte of zeros, flushed so that it can be repeated; 0: no memory. */
static size_t
bomb_piece(unsigned char *to, size_t room, unsigned long *crc)
{
	unsigned char *zeros = calloc(1, BOMB_PIECE);
	z_stream z = { 0 };
	size_t n = 0;

	if (zeros != NULL &&
	    deflateInit2(&z, Z_BEST_COMPRESSION, Z_DEFLATED, RAW_BITS, 9,
		Z_DEFAULT_STRATEGY) == Z_OK) {
		z.next_in = zeros;
		z.avail_in = BOMB_PIECE;
		z.next_out = to;
		z.avail_out = (uInt)room;
		if (deflate(&z, Z_FULL_FLUSH) == Z_OK && z.avail_in == 0)
			n = z.total_out;
		deflateEnd(&z);
		*crc = crc32(crc32(0, NULL, 0), zeros, BOMB_PIECE);
	}
	free(zeros);
	return n;
}

static void
little_endian(struct gp_buf *b, unsigned long v)
{
	int i;

	for (i = 0; i < 4; i++)
		gp_buf_addc(b, (int)(v >> 8 * i & 0xff));
}

/* Made from one piece repeated: building it costs no more than a page. */
static void
bomb(struct gp_buf *b)
{
	static const char head[] = "\x1f\x8b\x08\0\0\0\0\0\0\x03";
	unsigned char piece[8192];
	unsigned long crc = 0;
	size_t n = bomb_piece(piece, sizeof(piece), &crc), i;
	z_off_t length = BOMB_PIECE;

	gp_buf_reset(b);
	gp_buf_add(b, head, 10);
	for (i = 0; i < 1u << BOMB_POWER; i++)
		gp_buf_add(b, piece, n);
	for (i = 0; i < BOMB_POWER; i++, length *= 2)
		crc = crc32_combine(crc, crc, length);
	gp_buf_add(b, "\x03\0", 2); /* the last block, empty */
	little_endian(b, crc);
	little_endian(b, (unsigned long)length);
}

static ssize_t
give(void *cls, uint64_t at, char *to, size_t max)
{
	struct trickle *t = cls;
	size_t end = t->n, n;

	if (t->kind == GP_SIM_F_ENDLESS) {
		memset(to, ' ', max);
		return gp_sim_sleep(t->sim, 0)
		    ? MHD_CONTENT_READER_END_OF_STREAM
		    : (ssize_t)max;
	}
	if (t->kind == GP_SIM_F_CUT || t->kind == GP_SIM_F_CHUNK)
		end = t->n / 2;
	if (at >= end)
		return end < t->n ? MHD_CONTENT_READER_END_WITH_ERROR
				  : MHD_CONTENT_READER_END_OF_STREAM;
	n = end - at < max ? end - at : max;
	if (t->kind == GP_SIM_F_SLOW) {
		if (at > 0 && gp_sim_sleep(t->sim, SLOW_MS))
			return MHD_CONTENT_READER_END_WITH_ERROR;
		n = 1;
	}
	memcpy(to, t->body + at, n);
	return (ssize_t)n;
}

static void
given(void *cls)
{
	struct trickle *t = cls;

	free(t->body);
	free(t);
}

static struct MHD_Response *
trickling(struct gp_sim *sim, struct gp_sim_reply *a)
{
	struct trickle *t = malloc(sizeof(*t));
	int chunked =
	    a->damage == GP_SIM_F_CHUNK || a->damage == GP_SIM_F_ENDLESS;
	struct MHD_Response *r;

	if (t == NULL)
		return NULL;
	*t = (struct trickle){ sim, NULL, a->body.n, a->damage };
	t->body = gp_buf_detach(&a->body);
	r = MHD_create_response_from_callback(
	    chunked ? MHD_SIZE_UNKNOWN : t->n, 4096, give, t, given);
	if (r == NULL)
		given(t);
	return r;
}

static struct MHD_Response *
whole(struct gp_sim_reply *a, int packed)
{
	size_t n = a->body.n;
	char *p = gp_buf_detach(&a->body);
	struct MHD_Response *r;

	if (p == NULL)
		return NULL;
	r = MHD_create_response_from_buffer(n, p, MHD_RESPMEM_MUST_FREE);
	if (r == NULL)
		free(p);
	else if (packed)
		MHD_add_response_header(r, "Content-Encoding", "gzip");
	return r;
}

struct MHD_Response *
gp_sim_damage_response(struct gp_sim *sim, struct gp_sim_reply *a, int gzip)
{
	struct gp_buf packed;

	switch (a->damage) {
	case GP_SIM_F_CUT:
	case GP_SIM_F_CHUNK:
	case GP_SIM_F_SLOW:
	case GP_SIM_F_ENDLESS:
		return trickling(sim, a);
	case GP_SIM_F_BOMB:
		bomb(&a->body);
		return whole(a, 1);
	case GP_SIM_F_TAIL:
		a->body.n = a->body.n / 3 * 2;
		break;
	default:
		break;
	}
	gp_buf_init(&packed, 0);
	if (!gzip || gp_sim_gzip(&packed, gp_buf_span(&a->body)) == -1) {
		gp_buf_release(&packed);
		return whole(a, 0);
	}
	gp_buf_release(&a->body);
	a->body = packed;
	return whole(a, 1);
}

/* Linux: a connected socket connected to nowhere is reset at once. */
void
gp_sim_damage_reset(int fd)
{
	struct linger hard = { 1, 0 };
	struct sockaddr none = { .sa_family = AF_UNSPEC };

	setsockopt(fd, SOL_SOCKET, SO_LINGER, &hard, sizeof(hard));
	if (connect(fd, &none, sizeof(none)) == -1)
		shutdown(fd, SHUT_RDWR);
}
