/*
 * What every command that sends has open: the journal, the pages of the config
 * with their tokens, the way to the network, and the engine over them.
 */
#ifndef GP_SEND_SENDER_H
#define GP_SEND_SENDER_H

#include "budget/budget.h"
#include "send/pages.h"
#include "send/send.h"

struct gp_sender {
	/* Set by the options of the command. */
	const char *db, *journal;
	long wait, settle, timeout, max_wait;

	struct gp_config conf;
	struct gp_want want;
	struct gp_outbox *outbox; /* NULL: not opened */
	struct gp_budget *budget; /* limits shared with others; NULL: not */
	struct gp_http *http;     /* NULL: not opened */
	struct gp_pages pages;
	struct gp_send send;
	struct gp_buf share;
};

/*
 * The journal: the one that is named, that beside the store, or one in the
 * state folder. With `there` only where it is already: outbox NULL, GP_OK.
 */
enum gp_exit gp_sender_journal(struct gp_sender *, int there, struct gp_why *);

/*
 * The network, for the pages of the config, which is loaded: `http` has what
 * is the command's own (agent, retries, say), `send` its functions and stop.
 * rehearsal: nothing is sent.
 */
enum gp_exit gp_sender_network(struct gp_sender *, struct gp_http_conf *http,
    const struct gp_send *send, int rehearsal, struct gp_why *);

void gp_sender_release(struct gp_sender *);

#endif
