/*
 * A review that is under way: a folder of its own with what came in and what
 * is being edited, so that nothing is lost whoever is killed.
 *
 *	$XDG_STATE_HOME/gp/review/20261031T150000Z-1234/
 *		input.ndjson	what was read
 *		sheet.txt	what the editor works on
 *
 * It is there before the editor begins, and ends when the output has been
 * written: then it becomes `last`, in place of the one before. Whoever works in
 * it holds a lock on input.ndjson.
 */
#ifndef GP_REVIEW_SESSION_H
#define GP_REVIEW_SESSION_H

#include "base/buf.h"
#include "base/instant.h"

struct gp_session {
	struct gp_buf dir, input, sheet; /* paths */
	int lock;                        /* -1: none */
};

void gp_session_init(struct gp_session *);
/* Lets go of the lock; the folder stays. */
void gp_session_release(struct gp_session *);

/* Makes a session of what came; synced. -1 with the reason. */
int gp_session_new(
    struct gp_session *, gp_instant now, struct gp_span input, struct gp_why *);
/* The newest one that nobody works in. 1; 0: there is none; -1. */
int gp_session_find(struct gp_session *, struct gp_why *);
/* The output has been written. -1 with the reason. */
int gp_session_end(struct gp_session *, struct gp_why *);

#endif
