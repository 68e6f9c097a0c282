/*
 * Lines in: one record a line, in large blocks.
 *
 *	gp_lines_init(&in, fd);
 *	while ((r = gp_lines_next(&in, &line)) == 1)
 *		...
 *	gp_lines_release(&in);
 */
#ifndef GP_JSON_LINES_H
#define GP_JSON_LINES_H

#include "base/buf.h"

struct gp_line {
	struct gp_span text;   /* no newline, no CR before it; GP_PAD behind */
	unsigned long long no; /* 1 is the first */
	/*
	 * The line is longer than GP_MAX_LINE; text is a piece of it, and
	 * further pieces follow with the same number; the last one has `end`.
	 */
	int over;
	int end;
};

struct gp_lines {
	int fd;
	size_t max; /* ceiling of a line; GP_MAX_LINE, smaller in tests */
	char *p;
	size_t cap, from, to; /* what is read and not yet handed out */
	unsigned long long no;
	int eof, over;
};

void gp_lines_init(struct gp_lines *, int fd);
void gp_lines_release(struct gp_lines *);
/*
 * 1: a line (or piece), until the next call. 0: the end. -1: cannot read, see
 * errno. Lines of white space alone are passed over but counted.
 */
int gp_lines_next(struct gp_lines *, struct gp_line *);
/* Bytes that change hands: the reader's for those of the caller. */
struct gp_bytes {
	char *p; /* NULL and cap 0 at first; the caller frees it at last */
	size_t cap;
	size_t from,
	    n; /* the lines, the last one with or without its newline */
};

/*
 * The next lines as one block, uncounted, blank ones included; its old memory
 * goes to the reader. 1: a block, GP_PAD readable bytes behind it. 2: a piece
 * of a line over the ceiling, without a number. 0: the end. -1: cannot read.
 */
int gp_lines_block(struct gp_lines *, struct gp_bytes *, struct gp_line *);
/*
 * Waits until a line is whole, or the input has ended or failed: the next call
 * then does not wait. 0: not within so many milliseconds (-1: ever), or a
 * signal came.
 */
int gp_lines_wait(struct gp_lines *, int ms);
/* 1: the next call gives a line without reading. */
int gp_lines_ready(const struct gp_lines *);

#endif
