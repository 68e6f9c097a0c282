/*
 * The answered appeals that are nearest to a text: BM25 over stems, as a part
 * of what a text has with itself, lowered by a topic, a page and an age that
 * differ. Of one thread.
 */
#ifndef GP_SUGGEST_SEEK_H
#define GP_SUGGEST_SEEK_H

#include "suggest/past.h"

struct gp_seek;

struct gp_near {
	uint32_t doc; /* of past->doc */
	float score;  /* 0 to 1 */
};

enum {
	GP_NEAR_MOST = 32
};

struct gp_seek *gp_seek_new(const struct gp_past *); /* NULL: no memory */
void gp_seek_free(struct gp_seek *);

struct gp_seek_about {
	struct gp_span text, page, group, topic; /* n 0: not known */
};

/* The nearest first, at most GP_NEAR_MOST; how many, -1: no memory. */
long gp_seek_near(struct gp_seek *, const struct gp_seek_about *,
    struct gp_near to[GP_NEAR_MOST]);

#endif
