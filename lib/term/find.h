/* Places in a text. A finder is of one thread. */
#ifndef GP_TERM_FIND_H
#define GP_TERM_FIND_H

#include "term/place.h"

enum {
	GP_FOUND_MAX = 16
};

struct gp_find;

/* The gazetteer is borrowed. NULL: no memory. */
struct gp_find *gp_find_new(const struct gp_places *);
void gp_find_free(struct gp_find *);

/*
 * The places a text speaks of, the most exact first; a street of which there
 * are several is the one whose settlement is named as well, or that lies within
 * `home` (GP_PLACE_NONE: not known), else the place that holds all of them.
 * Returns how many.
 */
size_t gp_find_text(
    struct gp_find *, struct gp_span text, long home, long to[GP_FOUND_MAX]);

#endif
