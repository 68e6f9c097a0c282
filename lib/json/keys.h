/* Keys of the objects that are open, to find one that stands twice. */
#ifndef GP_JSON_KEYS_H
#define GP_JSON_KEYS_H

#include "base/buf.h"

struct gp_keys {
	struct gp_span *v;
	size_t n, cap;
};

/* A key, without its quotes, which stand around it; one with escapes is
 * compared as it reads. -1: no memory. */
int gp_keys_note(struct gp_keys *, struct gp_span);
/* Compares and forgets those noted from there on; 1: two are one. */
int gp_keys_same(struct gp_keys *, size_t from);
void gp_keys_release(struct gp_keys *);

#endif
