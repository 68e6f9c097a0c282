/*
 * A pipeline: a process group of its own, which reads what it is given and
 * whose standard error passes through, so that its last line is known.
 *
 * SIGCHLD and whatever else is to interrupt the waiting are blocked by the
 * caller; they come through while gp_child_wait waits.
 */
#ifndef GP_WORK_CHILD_H
#define GP_WORK_CHILD_H

#include <signal.h>
#include <sys/types.h>

#include "base/buf.h"

struct gp_child {
	pid_t pid;          /* 0: it has ended */
	int err;            /* its standard error; -1: closed */
	int talk;           /* where that goes */
	int status;         /* as of waitpid, when it has ended */
	struct gp_buf line; /* the last one; cut where it is long */
	int told;  /* it was told to end: so is what it leaves behind */
	int fresh; /* the line has ended: the next byte begins one */
};

/* -1 with the reason. What cannot be run ends with 127. */
int gp_child_start(struct gp_child *, char *const *argv, struct gp_span input,
    int talk, struct gp_why *);
/*
 * Waits at most so many seconds. 1: it has ended, status is set; 0: not yet,
 * or a signal came. `open`: the signals let through.
 */
int gp_child_wait(struct gp_child *, double seconds, const sigset_t *open);
/* To all of its group. */
void gp_child_kill(struct gp_child *, int sig);
/* Kills what is left, waits for it, closes. */
void gp_child_release(struct gp_child *);
/* "exit 70: the last line", "killed by signal 9"; to a buffer. */
void gp_child_why(const struct gp_child *, struct gp_buf *);

#endif
