#include "base/pool.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct gp_chunk {
	struct gp_chunk *next;
	size_t size;
	max_align_t data[];
};

enum {
	CHUNK = 65536,
	ALIGN = sizeof(max_align_t)
};

void
gp_pool_init(struct gp_pool *p)
{
	memset(p, 0, sizeof(*p));
}

static void
free_behind(struct gp_chunk *c)
{
	struct gp_chunk *next;

	for (; c != NULL; c = next) {
		next = c->next;
		free(c);
	}
}

void
gp_pool_release(struct gp_pool *p)
{
	free_behind(p->chunk);
	gp_pool_init(p);
}

void
gp_pool_reset(struct gp_pool *p)
{
	p->bad = 0;
	if (p->chunk == NULL)
		return;
	free_behind(p->chunk->next);
	p->chunk->next = NULL;
	/* What was not handed out is zero still. */
	memset(p->chunk->data, 0, p->chunk->size - p->left);
	p->left = p->chunk->size;
}

void *
gp_pool_alloc(struct gp_pool *p, size_t size)
{
	size_t need = (size / ALIGN + 1) * ALIGN, room; /* never 0 */
	struct gp_chunk *c;
	char *at;

	if (need < size)
		goto none;
	if (need > p->left) {
		room = need > CHUNK ? need : CHUNK;
		c = calloc(1, sizeof(*c) + room);
		if (c == NULL)
			goto none;
		c->size = room;
		c->next = p->chunk;
		p->chunk = c;
		p->left = room;
	}
	at = (char *)p->chunk->data + (p->chunk->size - p->left);
	p->left -= need;
	return at;
none:
	p->bad = 1;
	return NULL;
}

struct gp_span
gp_pool_copy(struct gp_pool *p, struct gp_span s)
{
	char *to = gp_pool_alloc(p, s.n + 1);

	if (to == NULL)
		return (struct gp_span){ "", 0 };
	if (s.n > 0)
		memcpy(to, s.p, s.n);
	return (struct gp_span){ to, s.n };
}

struct gp_span
gp_pool_lower(struct gp_pool *p, struct gp_span s)
{
	char *to = gp_pool_alloc(p, s.n + 1);
	size_t i;

	if (to == NULL)
		return (struct gp_span){ "", 0 };
	for (i = 0; i < s.n; i++)
		to[i] = s.p[i] >= 'A' && s.p[i] <= 'Z'
		    ? (char)(s.p[i] - 'A' + 'a')
		    : s.p[i];
	return (struct gp_span){ to, s.n };
}

struct gp_span
gp_pool_join(struct gp_pool *p, struct gp_span a, struct gp_span b)
{
	char *to = gp_pool_alloc(p, a.n + b.n + 1);

	if (to == NULL)
		return (struct gp_span){ "", 0 };
	if (a.n > 0)
		memcpy(to, a.p, a.n);
	if (b.n > 0)
		memcpy(to + a.n, b.p, b.n);
	to[a.n + b.n] = '\0';
	return (struct gp_span){ to, a.n + b.n };
}

struct gp_span
gp_pool_int(struct gp_pool *p, struct gp_span before, int64_t v)
{
	char digits[24];

	return gp_pool_join(p, before, gp_digits(v, digits));
}

struct gp_span
gp_pool_fmt(struct gp_pool *p, const char *fmt, ...)
{
	char small[256];
	va_list ap;
	char *to;
	int n;

	/* Most are ids and addresses, which one pass formats. */
	va_start(ap, fmt);
	n = vsnprintf(small, sizeof(small), fmt, ap);
	va_end(ap);
	to = n < 0 ? NULL : gp_pool_alloc(p, (size_t)n + 1);
	if (to == NULL)
		return (struct gp_span){ "", 0 };
	if ((size_t)n < sizeof(small)) {
		memcpy(to, small, (size_t)n + 1);
		return (struct gp_span){ to, (size_t)n };
	}
	va_start(ap, fmt);
	vsnprintf(to, (size_t)n + 1, fmt, ap);
	va_end(ap);
	return (struct gp_span){ to, (size_t)n };
}
