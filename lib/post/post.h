/*
 * Entries of a plan on their way out: what of an entry is due on a page, and
 * what the journal has of it already. An entry is up to five acts, each with a
 * key of its own:
 *
 *	ID@PAGE		the post
 *	ID@PAGE#poll	the poll, where it cannot be part of the post
 *	ID@PAGE#close	the poll is closed, where somebody has to do it
 *	ID@PAGE#answer	the answer of a quiz, where the network tells none
 *	ID@PAGE#editN	the text is changed, for the Nth time
 *	ID@PAGE#delete	the post is taken back; #poll-delete: its poll
 */
#ifndef GP_POST_POST_H
#define GP_POST_POST_H

#include "base/sha256.h"
#include "net/publish.h"
#include "outbox/outbox.h"
#include "plan/post.h"
#include "send/pages.h"
#include "send/receipt.h"
#include "send/send.h"

/* What is to be done, and whether. */
enum gp_due {
	GP_DUE_NOT, /* its time has not come, or there is nothing to do */
	GP_DUE_NOW,
	GP_DUE_AHEAD,   /* now, for the network to publish at its time */
	GP_DUE_LATE,    /* its time is past by too much */
	GP_DUE_OUT,     /* the journal has it, as it is */
	GP_DUE_CHANGED, /* it is out, with another text */
	GP_DUE_DOUBT,   /* nobody knows whether another text of it is out, or
			   where what is to be taken back stands */
};

struct gp_todo {
	enum gp_act_kind kind;
	const char *key;
	const char *to; /* id of what is changed; NULL: something new */
	enum gp_due due;
	gp_instant at; /* 0: at once */
	int late;      /* its time is past by too much */
	int early;     /* it may be out, and its time has not come: it is only
			  looked for */
	struct gp_said said;
	int poll; /* the poll is part of it */
	int files;
	char hash[GP_SHA256_LEN]; /* of what it says */
	enum gp_out_state state;  /* in the journal; PLANNED: not known */
	const char *result, *url; /* in the journal, or "" */
	gp_instant left;          /* in the journal; 0: not known */
};

enum {
	GP_TODOS = 8 /* acts of one entry on one page at the most */
};

struct gp_post_how {
	gp_instant now;
	long late;    /* seconds */
	int schedule; /* the network keeps what it can for later */
	int edit;     /* what has changed is changed there as well */
};

/*
 * The acts of a post, in the order in which they are done; how many, or -1
 * with the reason: the journal failed. What is handed out is in the pool. A
 * journal of NULL knows nothing.
 */
int gp_todo_list(struct gp_todo[GP_TODOS], const struct gp_plan_post *,
    const struct gp_post_how *, struct gp_outbox *, struct gp_pool *,
    struct gp_why *);
/* "post edit delete close": as receipts name it. */
const char *gp_todo_action(const struct gp_todo *);

/* What an act is about, for the network; files are looked at. -1: refused,
 * with the reason. */
int gp_todo_publish(struct gp_publish *, const struct gp_todo *,
    const struct gp_plan_post *, gp_instant now, struct gp_pool *,
    struct gp_why *);

#endif
