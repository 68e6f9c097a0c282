/* Of suggest.c and compose.c: a draft in the making. */
#ifndef GP_SUGGEST_COMPOSE_H
#define GP_SUGGEST_COMPOSE_H

#include "suggest/fill.h"

enum {
	GP_ORIGINS = GP_PARTS + 1
};

struct gp_draft {
	struct gp_span text, origin[GP_ORIGINS];
	size_t origins;
	double score;
	size_t no; /* in the order in which they were made */
	int helps; /* it promises a time, or names who answers */
};

/* What a past answer says of its matter; text.n 0: no past answer. */
struct gp_said {
	struct gp_span id, text;
	double likeness; /* 0 to 1 */
};

/*
 * Composes a draft in the pool of `fill`; the nth best wording of the matter
 * where nothing was said. 1; 0: there is no such wording; -1: no memory.
 */
int gp_compose(const struct gp_fill *, const struct gp_said *, int interim,
    size_t nth, struct gp_draft *);

#endif
