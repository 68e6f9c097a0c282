/* Items by id, by likeness, by author, and replies by what they answer. */
#ifndef GP_DEDUP_INDEX_H
#define GP_DEDUP_INDEX_H

#include "base/pool.h"
#include "dedup/chain.h"
#include "dedup/item.h"

struct gp_dedup_index {
	struct gp_dedup_item *item; /* copies, in the pool */
	uint32_t *asked; /* the last question it was a candidate of */
	uint32_t question;
	size_t n, cap;
	struct gp_pool pool;
	struct gp_chain id, like, author, reply;
	gp_instant newest;
};

void gp_dedup_index_init(struct gp_dedup_index *);
void gp_dedup_index_release(struct gp_dedup_index *);
/* Copies the item. NULL: no memory. across: keys are of all pages. */
struct gp_dedup_item *gp_dedup_index_add(
    struct gp_dedup_index *, const struct gp_dedup_item *, int across);
const struct gp_dedup_item *gp_dedup_index_find(
    const struct gp_dedup_index *, struct gp_span id);
/* Candidates: numbers of items into `to`, each once; how many. */
size_t gp_dedup_index_like(struct gp_dedup_index *,
    const struct gp_dedup_item *, int across, uint32_t *to, size_t most);

#endif
