#include "report/keymap.h"

#include <stdlib.h>

static uint32_t *
slot_of(const struct gp_keymap *m, uint64_t key)
{
	/* Keys may be small numbers: spread them (Knuth's multiplier). */
	size_t i = (key * 0x9e3779b97f4a7c15ull >> 20) & m->mask;

	while (m->slot[i] != 0 && m->key[m->slot[i] - 1] != key)
		i = (i + 1) & m->mask;
	return &m->slot[i];
}

void *
gp_grown(void *p, size_t n, size_t *cap, size_t size)
{
	size_t to = *cap == 0 ? 64 : *cap * 2;

	if (n < *cap)
		return p;
	p = realloc(p, to * size);
	if (p != NULL)
		*cap = to;
	return p;
}

static int
grow(struct gp_keymap *m)
{
	size_t cap = m->cap, i;
	uint64_t *key = gp_grown(m->key, m->n, &cap, sizeof(*key));
	uint32_t *slot;

	if (key == NULL)
		return -1;
	m->key = key;
	slot = calloc(cap * 2, sizeof(*slot));
	if (slot == NULL)
		return -1;
	free(m->slot);
	m->slot = slot;
	m->cap = cap;
	m->mask = cap * 2 - 1;
	for (i = 0; i < m->n; i++)
		*slot_of(m, m->key[i]) = (uint32_t)i + 1;
	return 0;
}

void
gp_keymap_release(struct gp_keymap *m)
{
	free(m->key);
	free(m->slot);
	*m = (struct gp_keymap){ .n = 0 };
}

int64_t
gp_keymap_find(const struct gp_keymap *m, uint64_t key)
{
	return m->slot != NULL ? (int64_t)*slot_of(m, key) - 1 : -1;
}

int64_t
gp_keymap_put(struct gp_keymap *m, uint64_t key)
{
	uint32_t *slot = m->slot != NULL ? slot_of(m, key) : NULL;

	if (slot != NULL && *slot != 0)
		return *slot - 1;
	if (m->n == m->cap && grow(m) == -1)
		return -1;
	m->key[m->n] = key;
	*slot_of(m, key) = (uint32_t)++m->n;
	return (int64_t)m->n - 1;
}
