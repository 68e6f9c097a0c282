#include "base/grow.h"

#include <stdlib.h>
#include <string.h>

void *
gp_room(void *list, size_t n, size_t *cap, size_t size)
{
	size_t want = *cap == 0 ? 16 : *cap * 2;
	void *v, *moved;

	/* A pointer to any type is copied as bytes: no type is assumed. */
	memcpy(&v, list, sizeof(v));
	if (n == *cap) {
		moved = realloc(v, want * size);
		if (moved == NULL)
			return NULL;
		v = moved;
		memcpy(list, &v, sizeof(v));
		*cap = want;
	}
	return memset((char *)v + n * size, 0, size);
}

void *
gp_grow(void *list, size_t *n, size_t *cap, size_t size)
{
	void *v = gp_room(list, *n, cap, size);

	if (v != NULL)
		++*n;
	return v;
}
