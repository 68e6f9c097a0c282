/* Places in a text. A finder is of one thread. */
#ifndef GP_TERM_FIND_H
#define GP_TERM_FIND_H

#include "term/place.h"
#include "text/words.h"

struct gp_token;

enum {
	GP_FOUND_MAX = 16
};

struct gp_find;

/* The gazetteer is borrowed. NULL: no memory. */
struct gp_find *gp_find_new(const struct gp_places *);
void gp_find_free(struct gp_find *);

/*
 * A text: begin, its words one after another as gp_match shows them (see
 * `seen` there; the words are looked up once for rules and places), end.
 */
void gp_find_begin(struct gp_find *);
void gp_find_see(void *find, const struct gp_token *, const struct gp_word *);
/*
 * The places it speaks of, the most exact first; a street of which there are
 * several is the one whose settlement is named as well, or that lies within
 * `home` (GP_PLACE_NONE: not known), else the place that holds all of them.
 * Returns how many.
 */
size_t gp_find_end(struct gp_find *, long home, long to[GP_FOUND_MAX]);

#endif
