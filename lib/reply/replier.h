/*
 * A reply on its way out: proven, held against the store and the hours, sent
 * whole or in parts, a receipt of each. Receipts and words go to who calls.
 */
#ifndef GP_REPLY_REPLIER_H
#define GP_REPLY_REPLIER_H

#include "reply/reply.h"
#include "send/sender.h"

struct gp_replier {
	struct gp_sender *to;
	struct gp_store *store;           /* NULL: none is asked */
	struct gp_personal_run *personal; /* NULL: not looked for */
	struct gp_json_reader *inner;     /* for what the store finds */
	gp_instant now;
	double rate; /* replies a minute of a page; 0: as the networks allow */
	const char *hours; /* NULL: at all times */
	int dry, split, again;
	int blind; /* the network is not asked before */
	/* Takes a receipt with its newline; -1: nothing more may be sent. */
	int (*put)(void *ctx, struct gp_span);
	/* What a person should read: of what (or NULL), the word for how it
	 * ended (or NULL), and why. */
	void (*say)(
	    void *ctx, const char *of, const char *word, struct gp_span why);
	void *ctx;
	const volatile int *stop;

	struct gp_reply *reply; /* under way, and its page */
	struct gp_job *job;
	enum gp_exit status; /* how it all went so far */
	int left;            /* something was sent, or may have been */
	struct gp_buf out;   /* its own; release it */
};

/* -1: nothing more may be sent; the status says why, and it was said. */
int gp_replier_send(struct gp_replier *, struct gp_reply *);
/*
 * Whether the one under way may go now: what the store tells of the appeal, the
 * hours, and what the network shows at this moment. GP_OUT_PLANNED: it may;
 * REFUSED or FAILED with the reason; -1.
 */
int gp_replier_may(struct gp_replier *, struct gp_why *);

#endif
