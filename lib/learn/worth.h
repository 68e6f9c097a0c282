/*
 * The N records that are most worth a person's look: those of which the model
 * is least sure. They are held in memory, N at most.
 */
#ifndef GP_LEARN_WORTH_H
#define GP_LEARN_WORTH_H

#include "base/buf.h"

struct gp_worth {
	struct gp_pick *pick; /* a heap, the surest at its top */
	size_t n, most;
	unsigned long long seen;
	int bad;
};

/* -1: no memory. */
int gp_worth_init(struct gp_worth *, size_t most);
void gp_worth_release(struct gp_worth *);

/* Puts a figure before a record's line; the line may pass threads. */
void gp_worth_mark(struct gp_buf *, float worth);
/* Takes such lines, in order. -1: no memory. */
int gp_worth_take(struct gp_worth *, struct gp_span lines);
/* The lines, without figures, the least sure first. */
void gp_worth_put(struct gp_worth *, struct gp_buf *);

#endif
