/*
 * What every filter does, so that each does it alike: the operands are read
 * one after another, each line goes through a function on -j threads, the
 * output keeps the order, refused lines are named on stderr and kept by
 * --reject, the exit status says how it went.
 *
 *	struct gp_filter f = { .ctx = &job, .start = ..., .line = ... };
 *	... GP_FILTER_OPTS(&f) within the option table ...
 *	n = gp_opt_parse(&cmd, argc, argv);
 *	return gp_filter_main(&f, n, argv);
 */
#ifndef GP_CLI_FILTER_H
#define GP_CLI_FILTER_H

#include <stdio.h>

#include "base/lock.h"
#include "base/opt.h"
#include "json/map.h"

struct gp_filter {
	/* As in struct gp_map. */
	void *ctx;
	void *(*start)(void *ctx);
	void (*stop)(void *state);
	int (*line)(
	    void *state, struct gp_span, struct gp_buf *out, struct gp_why *);
	/* NULL: to standard output. */
	int (*sink)(void *ctx, struct gp_span out);
	/* How the process locks itself in, for good, once the operands and
	 * --reject are open and before a byte of them is read. */
	enum gp_lock lock;
	const char *folder[GP_LOCK_FOLDERS]; /* of GP_LOCK_FILES */

	/* Set by the options. */
	long jobs;
	int strict;
	const char *reject;

	/* The run's own. */
	int reject_fd;
	int reject_bad;
	int over; /* inside an over-long line */
	unsigned long long refused;
	const char *name; /* of the input */
};

#define GP_FILTER_OPTS(f)                                                     \
	{ GP_INT, 'j', "jobs", "N", "threads; the order is kept", &(f)->jobs, \
		NULL },                                                       \
	    { GP_FLAG, 0, "strict", NULL,                                     \
		    "stop at the first line that is refused", &(f)->strict,   \
		    NULL },                                                   \
	{                                                                     \
		GP_FILE, 0, "reject", "FILE",                                 \
		    "keep refused lines there, with number and reason",       \
		    &(f)->reject, NULL                                        \
	}

/*
 * Runs over the operands (none, or "-": standard input), which are all opened
 * first; one that cannot be is told of in its turn. Returns an exit status; standard output is flushed by then unless a sink of its own was
 * given. Messages have been printed.
 */
int gp_filter_run(struct gp_filter *, int n, char **operands);
/* The same, then gp_finish. */
int gp_filter_main(struct gp_filter *, int n, char **operands);

/*
 * For commands with a loop of their own: says a refusal and keeps the line.
 * gp_reject_open: 0, or -1 (said).
 */
int gp_reject_open(struct gp_filter *);
void gp_refuse(struct gp_filter *, const struct gp_line *, const char *why);
int gp_reject_close(struct gp_filter *, int status);

#endif
