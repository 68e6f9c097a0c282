#include "json/lines.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/instant.h"

void
gp_lines_init(struct gp_lines *in, int fd)
{
	memset(in, 0, sizeof(*in));
	in->fd = fd;
	in->max = GP_MAX_LINE;
}

void
gp_lines_release(struct gp_lines *in)
{
	free(in->p);
	in->p = NULL;
	in->cap = in->from = in->to = 0;
}

/*
 * Makes room for a block behind what is there, moving the rest of the last
 * line to the front. No line longer than max is ever held whole.
 */
static int
room(struct gp_lines *in)
{
	size_t have = in->to - in->from, cap = have + GP_BLOCK + GP_PAD;
	char *p;

	if (in->from > 0 && have > 0)
		memmove(in->p, in->p + in->from, have);
	in->from = 0;
	in->to = have;
	if (cap <= in->cap)
		return 0;
	if (cap < in->cap * 2)
		cap = in->cap * 2;
	p = realloc(in->p, cap);
	if (p == NULL)
		return -1;
	in->p = p;
	in->cap = cap;
	return 0;
}

/* 1: more bytes; 0: the end; -1: see errno. */
static int
more(struct gp_lines *in)
{
	ssize_t r;

	if (in->eof)
		return 0;
	if (room(in) == -1)
		return -1;
	do
		r = read(in->fd, in->p + in->to, GP_BLOCK);
	while (r == -1 && errno == EINTR);
	if (r == -1)
		return -1;
	in->eof = r == 0;
	in->to += (size_t)r;
	memset(in->p + in->to, 0, GP_PAD);
	return r > 0;
}

static int
blank(const char *p, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (p[i] != ' ' && p[i] != '\t' && p[i] != '\r')
			return 0;
	return 1;
}

/* Hands out n bytes; `skip` more are passed over (the newline). */
static int
give(struct gp_lines *in, struct gp_line *line, size_t n, size_t skip)
{
	line->text.p = in->p + in->from;
	line->text.n = n;
	line->no = in->no;
	line->over = in->over;
	line->end = 1;
	in->from += n + skip;
	if (!in->over && n > 0 && line->text.p[n - 1] == '\r')
		line->text.n--;
	return 1;
}

/* A piece of a line that is longer than the ceiling. */
static int
piece(struct gp_lines *in, struct gp_line *line)
{
	if (!in->over)
		in->no++;
	in->over = 1;
	give(in, line, in->to - in->from, 0);
	line->end = 0;
	return 1;
}

static int
line_end(struct gp_lines *in, struct gp_line *line, size_t n, size_t skip)
{
	if (!in->over)
		in->no++;
	if (!in->over && n > in->max) {
		/* It came whole with its block and is too long all the same. */
		in->over = 1;
	}
	if (!in->over && blank(in->p + in->from, n)) {
		in->from += n + skip;
		return 0;
	}
	give(in, line, n, skip);
	in->over = 0;
	return 1;
}

int
gp_lines_next(struct gp_lines *in, struct gp_line *line)
{
	size_t seen = 0;
	const char *nl;
	int r;

	for (;;) {
		nl = in->p == NULL ? NULL
				   : memchr(in->p + in->from + seen, '\n',
					 in->to - in->from - seen);
		if (nl != NULL) {
			size_t n = (size_t)(nl - (in->p + in->from));

			if (line_end(in, line, n, 1))
				return 1;
			seen = 0;
			continue;
		}
		seen = in->to - in->from;
		if (seen > in->max || (in->over && seen > 0)) {
			return piece(in, line);
		}
		r = more(in);
		if (r == -1)
			return -1;
		if (r == 0)
			break;
	}
	if (seen == 0 && !in->over)
		return 0;
	if (line_end(in, line, seen, 0))
		return 1;
	return 0;
}

/* Gives the memory away up to `n` bytes; what is behind moves to the other. */
static int
exchange(struct gp_lines *in, struct gp_bytes *b, size_t n)
{
	size_t tail = in->to - in->from - n;
	size_t cap = tail + GP_BLOCK + GP_PAD;
	struct gp_bytes old = *b;

	if (old.cap < cap) {
		free(old.p);
		old.p = malloc(cap);
		old.cap = cap;
	}
	*b = (struct gp_bytes){ in->p, in->cap, in->from, n };
	if (old.p != NULL && tail > 0)
		memcpy(old.p, in->p + in->from + n, tail);
	in->p = old.p;
	in->cap = old.p != NULL ? old.cap : 0;
	in->from = 0;
	in->to = old.p != NULL ? tail : 0;
	return old.p != NULL ? 1 : -1;
}

int
gp_lines_block(struct gp_lines *in, struct gp_bytes *b, struct gp_line *line)
{
	const char *nl, *p;
	size_t seen = 0, have;
	int r;

	for (;;) {
		p = in->p != NULL ? in->p + in->from : "";
		have = in->to - in->from;
		nl = in->over ? memchr(p, '\n', have)
			      : memrchr(p + seen, '\n', have - seen);
		if (nl != NULL && !in->over)
			return exchange(in, b, (size_t)(nl - p) + 1);
		if (nl != NULL) {
			give(in, line, (size_t)(nl - p), 1);
			in->over = 0;
			return 2;
		}
		if (have > in->max || (in->over && have > 0)) {
			piece(in, line);
			return 2;
		}
		seen = have;
		r = more(in);
		if (r == -1)
			return -1;
		if (r == 0)
			break;
	}
	if (in->over) {
		give(in, line, have, 0);
		in->over = 0;
		return 2;
	}
	return have > 0 ? exchange(in, b, have) : 0;
}

int
gp_lines_ready(const struct gp_lines *in)
{
	return in->to > in->from &&
	    memchr(in->p + in->from, '\n', in->to - in->from) != NULL;
}

int
gp_lines_wait(struct gp_lines *in, int ms)
{
	struct pollfd p = { .fd = in->fd, .events = POLLIN };
	double end = gp_clock() + ms / 1e3, left = ms;
	int r;

	while (
	    !in->eof && !gp_lines_ready(in) && in->to - in->from <= in->max) {
		r = poll(&p, 1, ms < 0 ? -1 : (int)left);
		if (r == 0 || (r == -1 && errno == EINTR))
			return 0;
		/* What cannot be polled or read says why at the next call. */
		if (r == -1 || more(in) == -1)
			return 1;
		left = (end - gp_clock()) * 1e3;
		if (left < 0)
			left = 0;
	}
	return 1;
}
