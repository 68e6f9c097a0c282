/*
 * An act through the journal and the network: once, whatever happens between.
 *
 *	gp_send_init(&s, http, outbox, now);
 *	gp_send(&s, job, &row);		job->act is what is to be done
 *
 * What the journal has under the key decides first: what is there already is a
 * duplicate; what may be there is looked for on the network, and sent again
 * only if it is surely not there. Then the intent is put on the disk, the
 * request leaves, the result is put on the disk.
 */
#ifndef GP_SEND_SEND_H
#define GP_SEND_SEND_H

#include "net/act.h"
#include "outbox/outbox.h"

struct gp_send {
	struct gp_http *http;
	struct gp_outbox *outbox; /* NULL: a rehearsal, nothing is sent */
	gp_instant now;           /* when the run began, */
	double began;             /* and the same by gp_clock */
	/* What may still be on its way is not looked for earlier than so many
	 * seconds after it left: it could come yet. */
	long settle;
	/* The longest that a network which says no for now may ask to wait
	 * before the same is sent again; 0: it is left to the next run. */
	long max_wait;
	/* Asked where something that left before is surely not there, and
	 * much may have happened since: GP_OUT_PLANNED: it may go; REFUSED or
	 * FAILED with the reason; -1: it cannot be told. NULL: it may go. */
	int (*may)(void *ctx, struct gp_why *);
	/* Shows a request of a rehearsal. */
	void (*show)(void *ctx, const struct gp_job *);
	void *ctx;
	const volatile int *stop;
};

/* How it ended, for the receipt. Spans are borrowed until the next one. */
struct gp_sent {
	enum gp_out_state state; /* sent duplicate refused failed unknown */
	enum gp_exit means;      /* the status of a command that meets it */
	struct gp_span result, url, error;
	gp_instant at;     /* of a duplicate: when it left; 0: now */
	struct gp_buf why; /* the engine's own; release it at the end */
	int stopped;       /* nothing was done: a signal came */
};

void gp_sent_init(struct gp_sent *);
void gp_sent_release(struct gp_sent *);

/*
 * `plan` has key, page, action, to and hash. 0: *sent says how it ended; -1:
 * the journal failed, and nothing more may be sent; the reason is set.
 */
int gp_send(struct gp_send *, struct gp_job *, const struct gp_out_row *plan,
    struct gp_sent *, struct gp_why *);

/*
 * Whether the page has answered what job->act would, since act->left, and
 * whether that is still there: read from the network. FOUND, ABSENT, GONE, or
 * UNSURE where it cannot be told.
 */
enum gp_found_act gp_send_look(struct gp_send *, struct gp_job *);

#endif
