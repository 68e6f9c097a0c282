#include "store/feed.h"

#include <errno.h>
#include <string.h>

struct feeding {
	const struct gp_feed *f;
	struct gp_lines in;
	struct gp_json_reader *reader;
	double first; /* gp_clock() when the first of the batch came; 0: none */
	unsigned long long line; /* the last one that was taken or refused */
	int over;                /* within an over-long line */
	struct gp_why *why;
};

static enum gp_exit
commit(struct feeding *g)
{
	struct gp_store_counts counts;

	if (g->first == 0)
		return GP_OK;
	g->first = 0;
	memset(&counts, 0, sizeof(counts));
	if (gp_store_commit(g->f->store, gp_now(), &counts, g->why) == -1)
		return gp_store_status(g->f->store);
	if (g->f->committed(g->f->ctx, &counts, g->line))
		return GP_IO;
	return GP_OK;
}

/* 0: taken; -1: refused. */
static int
take(struct feeding *g, const struct gp_line *line)
{
	struct gp_json_obj rec;
	struct gp_why why;

	if (line->over)
		gp_because(&why, "longer than %lu MiB", GP_MAX_LINE / GP_MIB);
	else if (gp_json_open(g->reader, line->text,
		     g->f->strict ? GP_JSON_STRICT : 0, &rec, &why) == 0 &&
	    gp_store_add(g->f->store, g->reader, &rec, &why) == 0) {
		if (g->first == 0)
			g->first = gp_clock();
		return 0;
	}
	g->f->refused(g->f->ctx, line, why.msg);
	return -1;
}

/* Milliseconds that the batch may still wait. */
static int
left(const struct feeding *g)
{
	double ms;

	if (g->first == 0)
		return GP_FEED_MS;
	ms = (g->first - gp_clock()) * 1e3 + GP_FEED_MS;
	return ms > 0 ? (int)ms : 0;
}

static enum gp_exit
feed(struct feeding *g)
{
	enum gp_exit status;
	struct gp_line line;
	int ready, r;

	for (;;) {
		ready = gp_lines_wait(&g->in, left(g));
		if (left(g) == 0 || gp_store_full(g->f->store)) {
			status = commit(g);
			if (status != GP_OK)
				return status;
		}
		if (*g->f->stop)
			return GP_TEMPFAIL;
		if (!ready)
			continue;
		r = gp_lines_next(&g->in, &line);
		if (r == 0)
			return GP_OK;
		if (r == -1) {
			gp_because(
			    g->why, "cannot be read: %s", strerror(errno));
			return GP_IO;
		}
		r = take(g, &line);
		g->line = line.no;
		if (r == -1 && g->f->strict)
			return GP_DATA;
	}
}

enum gp_exit
gp_feed_run(const struct gp_feed *f, int fd, struct gp_why *why)
{
	struct feeding g = { .f = f, .why = why };
	enum gp_exit status, last;

	gp_lines_init(&g.in, fd);
	g.reader = gp_json_new();
	gp_because(why, "no memory");
	status = g.reader != NULL ? feed(&g) : GP_SOFTWARE;
	/* What was taken before the end, or before what is refused, is kept. */
	if (status == GP_OK || status == GP_DATA || status == GP_TEMPFAIL ||
	    (status == GP_IO && g.first != 0)) {
		last = commit(&g);
		if (last != GP_OK)
			status = last;
	}
	gp_json_free(g.reader);
	gp_lines_release(&g.in);
	return status;
}
