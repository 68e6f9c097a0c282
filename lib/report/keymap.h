/* Keys of 64 bits, numbered from 0 as they come. */
#ifndef GP_REPORT_KEYMAP_H
#define GP_REPORT_KEYMAP_H

#include <stddef.h>
#include <stdint.h>

struct gp_keymap {
	uint64_t *key;  /* by number */
	uint32_t *slot; /* number + 1; 0: free */
	size_t n, cap, mask;
};

void gp_keymap_release(struct gp_keymap *); /* all zero is an empty one */
/* The number, or -1: it is not there. */
int64_t gp_keymap_find(const struct gp_keymap *, uint64_t key);
/* The number, n - 1 where it is new; -1: no memory. */
int64_t gp_keymap_put(struct gp_keymap *, uint64_t key);
/* Room for one more of `size` bytes each; NULL: no memory, `p` still stands. */
void *gp_grown(void *p, size_t n, size_t *cap, size_t size);

#endif
