#include "dedup/chain.h"

#include <stdlib.h>
#include <string.h>

enum {
	FIRST = 1024,
};

void
gp_chain_release(struct gp_chain *c)
{
	free(c->head);
	free(c->link);
	memset(c, 0, sizeof(*c));
}

/* Keys may be hashes with little in their low bits. */
static size_t
place(const struct gp_chain *c, uint32_t key)
{
	return (key * 0x9e3779b1u ^ key >> 15) & (c->heads - 1);
}

static void
hang(struct gp_chain *c, uint32_t i)
{
	uint32_t *head = &c->head[place(c, c->link[i].key)];

	c->link[i].next = *head;
	*head = i;
}

/* Four times as many heads, for all have to hang again, in their order. */
static int
rehash(struct gp_chain *c)
{
	size_t heads = c->heads > 0 ? c->heads * 4 : FIRST;
	uint32_t *head = malloc(heads * sizeof(*head)), i;

	if (head == NULL)
		return -1;
	memset(head, 0xff, heads * sizeof(*head));
	free(c->head);
	c->head = head;
	c->heads = heads;
	for (i = 0; i < c->n; i++)
		hang(c, i);
	return 0;
}

int
gp_chain_add(struct gp_chain *c, uint32_t key, uint32_t item)
{
	size_t cap = c->cap + c->cap / 2 + FIRST;
	struct gp_chain_link *link;

	if (c->n == GP_CHAIN_END)
		return -1;
	if (c->n == c->cap) {
		link = realloc(c->link, cap * sizeof(*link));
		if (link == NULL)
			return -1;
		c->link = link;
		c->cap = cap;
	}
	if (c->n >= c->heads && rehash(c) == -1)
		return -1;
	c->link[c->n].key = key;
	c->link[c->n].item = item;
	hang(c, (uint32_t)c->n++);
	return 0;
}

static uint32_t
seek(const struct gp_chain *c, uint32_t i, uint32_t key)
{
	while (i != GP_CHAIN_END && c->link[i].key != key)
		i = c->link[i].next;
	return i;
}

uint32_t
gp_chain_first(const struct gp_chain *c, uint32_t key)
{
	if (c->heads == 0)
		return GP_CHAIN_END;
	return seek(c, c->head[place(c, key)], key);
}

uint32_t
gp_chain_next(const struct gp_chain *c, uint32_t i)
{
	return seek(c, c->link[i].next, c->link[i].key);
}

void
gp_chain_ahead(const struct gp_chain *c, const uint32_t *key, size_t n)
{
	uint32_t first;
	size_t i;

	if (c->heads == 0)
		return;
	for (i = 0; i < n; i++)
		__builtin_prefetch(&c->head[place(c, key[i])]);
	for (i = 0; i < n; i++) {
		first = c->head[place(c, key[i])];
		if (first != GP_CHAIN_END)
			__builtin_prefetch(&c->link[first]);
	}
}
