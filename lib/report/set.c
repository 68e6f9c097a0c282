#include "report/set.h"

#include <stdlib.h>

int
gp_set_init(struct gp_set *s, size_t bytes)
{
	size_t slots = 64;

	while (slots * 2 * sizeof(*s->slot) <= bytes)
		slots *= 2;
	s->slot = calloc(slots, sizeof(*s->slot));
	s->mask = slots - 1;
	s->n = 0;
	s->most = slots / 8 * 7; /* beyond, the search grows long */
	return s->slot != NULL ? 0 : -1;
}

void
gp_set_release(struct gp_set *s)
{
	free(s->slot);
	s->slot = NULL;
}

/* The slot of the id, or the free one where it belongs. */
static uint64_t *
slot_of(const struct gp_set *s, uint64_t hash)
{
	uint64_t kept = hash >> GP_SET_BITS;
	size_t i = hash & s->mask;

	while (s->slot[i] != 0 && s->slot[i] >> GP_SET_BITS != kept)
		i = (i + 1) & s->mask;
	return &s->slot[i];
}

uint64_t *
gp_set_find(const struct gp_set *s, uint64_t hash)
{
	uint64_t *slot = slot_of(s, hash);

	return *slot != 0 ? slot : NULL;
}

uint64_t *
gp_set_put(struct gp_set *s, uint64_t hash)
{
	uint64_t *slot = slot_of(s, hash);

	if (*slot != 0)
		return slot;
	if (s->n == s->most)
		return NULL;
	s->n++;
	*slot = hash & ~(uint64_t)GP_SET_VALUE;
	return slot;
}

void
gp_set_soon(const struct gp_set *s, uint64_t hash)
{
	__builtin_prefetch(&s->slot[hash & s->mask], 1);
}
