#include "sim/shelf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim/markup.h"

void
gp_sim_shelf_init(struct gp_sim_shelf *s)
{
	memset(s, 0, sizeof(*s));
	gp_pool_init(&s->pool);
}

void
gp_sim_shelf_release(struct gp_sim_shelf *s)
{
	free(s->v);
	gp_pool_release(&s->pool);
	memset(s, 0, sizeof(*s));
}

struct gp_sim_item *
gp_sim_shelf_put(struct gp_sim_shelf *s, const struct gp_sim_item *like)
{
	size_t cap = s->cap == 0 ? 64 : s->cap * 2;
	struct gp_sim_item *it = gp_pool_alloc(&s->pool, sizeof(*it));
	void *p;

	if (it != NULL && s->n == s->cap) {
		p = realloc(s->v, cap * sizeof(struct gp_sim_item *));
		if (p == NULL)
			return NULL;
		s->v = p;
		s->cap = cap;
	}
	if (it == NULL)
		return NULL;
	*it = *like;
	if (like->title != NULL)
		it->title = gp_pool_copy(&s->pool, gp_span_of(like->title)).p;
	s->v[s->n++] = it;
	it->number = (int64_t)s->n;
	return s->pool.bad ? NULL : it;
}

struct gp_sim_item *
gp_sim_shelf_item(
    const struct gp_sim_shelf *s, enum gp_sim_net net, int64_t number)
{
	struct gp_sim_item *it;

	if (number < 1 || (uint64_t)number > s->n)
		return NULL;
	it = s->v[number - 1];
	return it->net == net ? it : NULL;
}

static uint64_t
seal(int64_t number)
{
	return gp_sim_mix((uint64_t)number + 0x5e1f);
}

void
gp_sim_item_token(char to[48], const struct gp_sim_item *it)
{
	/* The signs of a real one: they must pass through an address whole. */
	snprintf(to, 48, "%016llx%%%llx=", (unsigned long long)seal(it->number),
	    (unsigned long long)it->number);
}

struct gp_sim_item *
gp_sim_shelf_token(
    const struct gp_sim_shelf *s, enum gp_sim_net net, const char *token)
{
	char like[48];
	struct gp_sim_item *it;

	if (strlen(token) < 18)
		return NULL;
	it = gp_sim_shelf_item(s, net, strtoll(token + 17, NULL, 16));
	if (it == NULL)
		return NULL;
	gp_sim_item_token(like, it);
	return strcmp(like, token) == 0 ? it : NULL;
}

const char *
gp_sim_picture(struct gp_span s)
{
	if (s.n > 8 && memcmp(s.p, "\x89PNG\r\n\x1a\n", 8) == 0)
		return ".png";
	if (s.n > 3 && memcmp(s.p, "\xff\xd8\xff", 3) == 0)
		return ".jpg";
	if (s.n > 6 && memcmp(s.p, "GIF8", 4) == 0)
		return ".gif";
	return NULL;
}
