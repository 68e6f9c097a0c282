#include "base/buf.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void
gp_buf_init(struct gp_buf *b, size_t max)
{
	memset(b, 0, sizeof(*b));
	b->max = max;
}

void
gp_buf_release(struct gp_buf *b)
{
	free(b->p);
	gp_buf_init(b, b->max);
}

void
gp_buf_wipe(struct gp_buf *b)
{
	if (b->p != NULL)
		explicit_bzero(b->p, b->n);
	gp_buf_release(b);
}

void
gp_buf_reset(struct gp_buf *b)
{
	b->n = 0;
	b->bad = 0;
	if (b->p != NULL)
		*b->p = '\0';
}

char *
gp_buf_detach(struct gp_buf *b)
{
	char *p;

	if (b->bad == 0)
		gp_buf_room(b, 0);
	p = b->bad == 0 ? b->p : NULL;
	if (p == NULL)
		free(b->p);
	gp_buf_init(b, b->max);
	return p;
}

char *
gp_buf_grow(struct gp_buf *b, size_t n)
{
	size_t max = b->max != 0 ? b->max : GP_MAX_LINE;
	size_t cap = b->cap != 0 ? b->cap : 256;
	char *p;

	if (b->bad != 0)
		return NULL;
	if (n > max - b->n || b->n > max) {
		b->bad = 1;
		return NULL;
	}
	if (b->p != NULL && b->n + n + GP_PAD <= b->cap)
		return b->p + b->n;
	while (cap < b->n + n + GP_PAD)
		cap += cap / 2 + GP_PAD;
	p = realloc(b->p, cap);
	if (p == NULL) {
		b->bad = 2;
		return NULL;
	}
	b->p = p;
	b->cap = cap;
	memset(p + b->n, 0, GP_PAD);
	return p + b->n;
}

void
gp_buf_addf(struct gp_buf *b, const char *fmt, ...)
{
	va_list ap;
	int n;
	char *to;

	va_start(ap, fmt);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	if (n < 0)
		b->bad = 2;
	to = n < 0 ? NULL : gp_buf_room(b, (size_t)n);
	if (to == NULL)
		return;
	va_start(ap, fmt);
	vsnprintf(to, (size_t)n + 1, fmt, ap);
	va_end(ap);
	gp_buf_used(b, (size_t)n);
}

struct gp_span
gp_digits(long long v, char to[24])
{
	uint64_t u = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
	size_t i = 24;

	do
		to[--i] = (char)('0' + u % 10);
	while ((u /= 10) != 0);
	if (v < 0)
		to[--i] = '-';
	return (struct gp_span){ to + i, 24 - i };
}

void
gp_buf_add64(struct gp_buf *b, long long v)
{
	char digits[24];
	struct gp_span s = gp_digits(v, digits);

	gp_buf_add(b, s.p, s.n);
}

const char *
gp_buf_str(const struct gp_buf *b)
{
	return b->p != NULL ? b->p : "";
}

struct gp_span
gp_buf_span(const struct gp_buf *b)
{
	return (struct gp_span){ gp_buf_str(b), b->n };
}

struct gp_span
gp_span_of(const char *s)
{
	return (struct gp_span){ s, strlen(s) };
}

int
gp_span_is(struct gp_span a, const char *s)
{
	return a.n == strlen(s) && memcmp(a.p, s, a.n) == 0;
}

int
gp_span_eq(struct gp_span a, struct gp_span b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

char *
gp_span_dup(struct gp_span s)
{
	char *p = malloc(s.n + 1);

	if (p == NULL)
		return NULL;
	if (s.n != 0)
		memcpy(p, s.p, s.n);
	p[s.n] = '\0';
	return p;
}
