#include "learn/part.h"

#include <stdlib.h>
#include <string.h>

static void *
copy(const void *p, size_t n, size_t size)
{
	void *to = malloc((n + 1) * size);

	if (to != NULL && n > 0)
		memcpy(to, p, n * size);
	return to;
}

int
gp_part_copy(struct gp_corpus *part, const struct gp_corpus *c)
{
	*part = *c;
	part->raw = NULL;
	part->features = NULL;
	part->idf = NULL;
	part->entry = copy(c->entry, c->entries, sizeof(*c->entry));
	part->row = calloc(c->rows + 1, sizeof(*c->row));
	if (part->row != NULL && c->rows > 0)
		memcpy(part->row, c->row, (c->rows + 1) * sizeof(*c->row));
	part->key = copy(c->key, c->n, sizeof(*c->key));
	part->back = copy(c->back, c->n, sizeof(*c->back));
	part->df = copy(c->df, c->n, sizeof(*c->df));
	part->slot = copy(c->slot, c->slots, sizeof(*c->slot));
	part->n_cap = c->n;
	if (part->entry != NULL && part->row != NULL && part->key != NULL &&
	    part->back != NULL && part->df != NULL && part->slot != NULL)
		return 0;
	gp_part_release(part);
	return -1;
}

void
gp_part_release(struct gp_corpus *part)
{
	free(part->entry);
	free(part->row);
	free(part->key);
	free(part->back);
	free(part->df);
	free(part->idf);
	free(part->slot);
	part->entry = NULL;
	part->row = NULL;
	part->key = part->back = NULL;
	part->df = part->slot = NULL;
	part->idf = NULL;
}

/* Scores of another head stand in no row: they stay. */
static void
count(struct gp_corpus *part, const uint8_t *leave)
{
	size_t i, k;

	for (i = 0; i < part->n; i++)
		if (gp_feature_block(part->key[i]) != GP_BLOCK_SCORE)
			part->df[i] = 0;
	for (i = part->texts = 0; i < part->rows; i++) {
		if (leave[i])
			continue;
		part->texts++;
		for (k = part->row[i].at; k < part->row[i + 1].at; k++)
			part->df[part->entry[k] >> 8]++;
	}
}

int
gp_part_init(
    struct gp_corpus *part, const struct gp_corpus *whole, const uint8_t *leave)
{
	if (gp_part_copy(part, whole->raw) == -1)
		return -1;
	part->leave = leave;
	count(part, leave);
	if (gp_corpus_choose(part) == 0)
		return 0;
	gp_part_release(part);
	return -1;
}
