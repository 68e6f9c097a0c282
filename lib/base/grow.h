/* Lists that grow by doubling. */
#ifndef GP_BASE_GROW_H
#define GP_BASE_GROW_H

#include <stddef.h>

/*
 * Room for one more of so many bytes behind the n there are, zeroed. list: the
 * address of the pointer to the first; it and *cap change when the list moves.
 * NULL: no memory, and all is as it was. The caller frees the list.
 */
void *gp_room(void *list, size_t n, size_t *cap, size_t size);

/* The same, counted at once. */
void *gp_grow(void *list, size_t *n, size_t *cap, size_t size);

#endif
