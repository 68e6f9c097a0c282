/*
 * A reply that a person approved, and whether it may go out: the words that
 * were approved, without holes, within the network's length, without personal
 * data where all can read it, to a citizen whose message is still there and
 * whom nobody has answered.
 */
#ifndef GP_REPLY_REPLY_H
#define GP_REPLY_REPLY_H

#include "net/act.h"
#include "outbox/outbox.h"
#include "store/store.h"
#include "text/personal.h"

/* C strings of the pool; NULL where the record has none. */
struct gp_reply {
	const char *id, *network, *page, *to, *to_type, *post, *chat, *parent,
	    *thread, *text, *approved_by, *approved_at, *hash, *promised;
	const char *appeal_at; /* of the member `appeal` */
	int interim, official; /* official: the appeal is the page's own word */
	char key[64];          /* of the journal */
	char now_hash[72];     /* of the text as it is */
	struct gp_why why;     /* of a refusal */
};

/* 0; -1: no reply at all, with the reason. A reader of its own is needed. */
int gp_reply_read(struct gp_json_reader *, const struct gp_json_obj *,
    struct gp_pool *, struct gp_reply *, struct gp_why *);
enum gp_act_kind gp_reply_kind(const struct gp_reply *);
/* What the record alone tells. -1: refused, r->why says it. */
int gp_reply_prove(struct gp_reply *, const struct gp_net *, int split,
    struct gp_personal_run *);
/*
 * What the store tells, and a journal, if there is one: 0: it may go; 1: refused, r->why says it; -1: the
 * store or the journal failed. again: an answer of somebody else is no reason.
 */
int gp_reply_desk(struct gp_reply *, struct gp_store *, struct gp_outbox *,
    int again, struct gp_json_reader *, struct gp_why *);
/* The next part of the text, at most as long as the network takes, to be
 * taken off its front; whole words as far as possible. */
struct gp_span gp_reply_part(
    const struct gp_net *, enum gp_act_kind, struct gp_span rest);

#endif
