/*
 * Bytes that grow up to a ceiling.
 *
 * Appending never fails at once: no memory or a reached ceiling latches `bad`
 * and everything after is dropped; test it once at the end. A zero byte stands
 * behind the text, so that it is a C string, and room of GP_PAD bytes, so that
 * it may be given to the JSON reader as it is.
 */
#ifndef GP_BASE_BUF_H
#define GP_BASE_BUF_H

#include <stddef.h>
#include <string.h>

#include "base/err.h"
#include "base/limits.h"

#ifdef __cplusplus
extern "C" {
#endif

struct gp_buf {
	char *p; /* NULL until the first byte */
	size_t n;
	size_t cap;
	size_t max; /* 0: GP_MAX_LINE */
	int bad;    /* 1: ceiling reached; 2: no memory */
};

/* Bytes somewhere else: borrowed, no terminator promised. */
struct gp_span {
	const char *p;
	size_t n;
};

void gp_buf_init(struct gp_buf *, size_t max);
void gp_buf_release(struct gp_buf *);
void gp_buf_wipe(struct gp_buf *);    /* release; it held a secret */
void gp_buf_reset(struct gp_buf *);   /* empty; keeps the memory, clears bad */
char *gp_buf_detach(struct gp_buf *); /* NULL if bad; the caller frees */

void gp_buf_addf(struct gp_buf *, const char *fmt, ...) GP_PRINTF(2, 3);
void gp_buf_add64(struct gp_buf *, long long);
/* The number in decimal, put at the end of those bytes. */
struct gp_span gp_digits(long long, char to[24]);

/* As gp_buf_room, where there may be too little as it is. */
char *gp_buf_grow(struct gp_buf *, size_t n);

/*
 * Room for n more bytes to be written at the place returned; NULL if bad. The
 * caller then says with gp_buf_used how many it wrote.
 */
static inline char *
gp_buf_room(struct gp_buf *b, size_t n)
{
	const size_t max = b->max != 0 ? b->max : GP_MAX_LINE;

	if (b->bad == 0 && b->n <= max && n <= max - b->n &&
	    b->n + n + GP_PAD <= b->cap)
		return b->p + b->n;
	return gp_buf_grow(b, n);
}

static inline void
gp_buf_used(struct gp_buf *b, size_t n)
{
	b->n += n;
	b->p[b->n] = '\0';
}

/* Within the header, for a constant length makes them a few stores. */
static inline void
gp_buf_add(struct gp_buf *b, const void *p, size_t n)
{
	char *to = gp_buf_room(b, n);

	if (to == NULL)
		return;
	if (n != 0)
		memcpy(to, p, n);
	gp_buf_used(b, n);
}

static inline void
gp_buf_adds(struct gp_buf *b, const char *s)
{
	gp_buf_add(b, s, strlen(s));
}

static inline void
gp_buf_addc(struct gp_buf *b, int c)
{
	char *to = gp_buf_room(b, 1);

	if (to == NULL)
		return;
	*to = (char)c;
	gp_buf_used(b, 1);
}

/* "" where nothing was ever added. */
const char *gp_buf_str(const struct gp_buf *);
struct gp_span gp_buf_span(const struct gp_buf *);

/* Behind the last byte; an empty span may have no place at all. */
static inline const char *
gp_span_end(struct gp_span s)
{
	return s.n > 0 ? s.p + s.n : s.p;
}

struct gp_span gp_span_of(const char *cstr);
int gp_span_is(struct gp_span, const char *cstr);
int gp_span_eq(struct gp_span, struct gp_span);
char *gp_span_dup(struct gp_span); /* a C string the caller frees, or NULL */

#ifdef __cplusplus
}
#endif

#endif
