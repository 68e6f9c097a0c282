#include "report/names.h"

enum {
	MASK = 511
};

static unsigned
slot_of(const struct gp_names *t, uint64_t hash)
{
	unsigned i = hash & MASK;

	while (t->slot[i] != 0 && t->hash[t->slot[i] - 1] != hash)
		i = (i + 1) & MASK;
	return i;
}

int
gp_names_find(const struct gp_names *t, uint64_t hash)
{
	return t->slot[slot_of(t, hash)] - 1;
}

int
gp_names_add(struct gp_names *t, uint64_t hash)
{
	if (t->n == GP_MOST_NAMES)
		return -1;
	t->hash[t->n] = hash;
	t->slot[slot_of(t, hash)] = (uint16_t)(t->n + 1);
	return t->n++;
}
