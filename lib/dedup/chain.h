/* Numbers under keys of 32 bits, several under one: chains, newest first. */
#ifndef GP_DEDUP_CHAIN_H
#define GP_DEDUP_CHAIN_H

#include <stddef.h>
#include <stdint.h>

#define GP_CHAIN_END UINT32_MAX

struct gp_chain_link {
	uint32_t key, item, next;
};

struct gp_chain {
	uint32_t *head;
	struct gp_chain_link *link;
	size_t heads, n, cap; /* heads: a power of two */
};

void gp_chain_release(struct gp_chain *); /* one of zeros is empty */
/* -1: no memory. */
int gp_chain_add(struct gp_chain *, uint32_t key, uint32_t item);
/*
 * Many keys are about to be asked for: what they need comes from memory all at
 * once, not one after another.
 */
void gp_chain_ahead(const struct gp_chain *, const uint32_t *key, size_t n);
/*
 * for (i = gp_chain_first(c, key); i != GP_CHAIN_END; i = gp_chain_next(c, i))
 *	... c->link[i].item
 */
uint32_t gp_chain_first(const struct gp_chain *, uint32_t key);
uint32_t gp_chain_next(const struct gp_chain *, uint32_t);

#endif
