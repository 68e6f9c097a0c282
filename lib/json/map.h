/*
 * A function over lines, by N threads, the order kept.
 *
 * Every filter stands on this. Threads read a block of lines in turn; each has
 * a state of its own; what it appends for a block goes to the sink in the
 * order of the input. Every line that has come is answered before the next
 * read waits. With one job nothing is threaded.
 */
#ifndef GP_JSON_MAP_H
#define GP_JSON_MAP_H

#include "json/lines.h"

struct gp_map {
	int fd;
	long jobs;       /* 0 and 1: no threads */
	int strict;      /* stop at the first refusal */
	size_t max_line; /* 0: GP_MAX_LINE */
	void *ctx;

	/* A thread's state; NULL is no memory. May be NULL: ctx is used. */
	void *(*start)(void *ctx);
	void (*stop)(void *state);
	/*
	 * One line, GP_PAD readable bytes behind it: appends its output. 0; or
	 * -1, refused, with the reason.
	 */
	int (*line)(
	    void *state, struct gp_span, struct gp_buf *out, struct gp_why *);
	/* Output in order; -1 ends the run. From one thread at a time. */
	int (*sink)(void *ctx, struct gp_span out);
	/* A refusal, in order, never at the same time as sink. Over-long
	 * lines come in pieces. */
	void (*refused)(void *ctx, const struct gp_line *, const char *why);
};

enum gp_map_end {
	GP_MAP_DONE = 0,
	GP_MAP_READ = -1,   /* cannot read, see errno */
	GP_MAP_SINK = -2,   /* the sink said stop */
	GP_MAP_STRICT = -3, /* a refusal under strict */
	GP_MAP_MEMORY = -4,
};

enum gp_map_end gp_map_run(const struct gp_map *);

#endif
