/*
 * Are two texts the same appeal? The exact comparison of what the keys of a
 * sketch brought together.
 */
#ifndef GP_TEXT_SIMILAR_H
#define GP_TEXT_SIMILAR_H

#include "text/sketch.h"

/* 1: says enough to be a duplicate of anything; "спасибо!" does not. */
int gp_similar_fit(const struct gp_sketch *);
/* As above, for two texts of one author: two words will do. */
int gp_similar_fit_own(const struct gp_sketch *);

/*
 * 0: not the same appeal. Else how much of both is in both, in hundredths:
 * words in common (typos forgiven) by all words, 100 for the same words.
 */
unsigned gp_similar(const struct gp_sketch *, const struct gp_sketch *);

/* 1: about one matter, by the words alone: for want of a topic. */
int gp_similar_matter(const struct gp_sketch *, const struct gp_sketch *);

enum gp_where {
	GP_WHERE_UNKNOWN, /* one of them names no place */
	GP_WHERE_SAME,
	GP_WHERE_OTHER, /* each names one that the other does not */
};
enum gp_where gp_similar_where(
    const struct gp_sketch *, const struct gp_sketch *);

#endif
