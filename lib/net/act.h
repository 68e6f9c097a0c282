/*
 * What a network can do outward. An act is a job (net.h) that has something to
 * do: its stream is the network's `act`, which builds requests and reads
 * replies as other streams do. At most one request of it is seen by others
 * (`visible`): before it leaves the journal has it, and it is never repeated
 * blindly. What comes before, as pictures that are put up, may be repeated.
 *
 * How an act ended stands in the job's outcome:
 *
 *	ok		done; `result` is the id of the new record
 *	refused auth config	the network, or the adapter, says no: nothing
 *			is there
 *	later		trouble; `undone`: surely nothing is there. Else, once
 *			the visible request has left, nobody knows
 *
 * `seek` is another stream: it looks whether the act is there, after the
 * outcome of it stayed unknown. With outcome ok `found` says what was seen.
 * With `look` it looks, before anything leaves, whether the page has answered
 * what is to be answered, in any words, since `left`: FOUND is such an answer
 * that the journal does not know.
 */
#ifndef GP_NET_ACT_H
#define GP_NET_ACT_H

#include "base/pool.h"
#include "net/net.h"

enum gp_act_kind {
	GP_ACT_COMMENT, /* an answer in public: under a post, in a group */
	GP_ACT_MESSAGE, /* an answer in private */
	GP_ACT_POST,
	GP_ACT_EDIT,
	GP_ACT_DELETE,
	GP_ACT_CLOSE, /* a poll */
	GP_ACT_WHO,   /* nothing: only the page's number is asked for */
	GP_ACTS
};

enum gp_found_act {
	GP_SEEK_UNSURE, /* it cannot be told */
	GP_SEEK_FOUND,  /* act->result is set */
	GP_SEEK_ABSENT, /* surely not there */
	GP_SEEK_GONE,   /* look: what is to be answered is not there */
};

enum {
	GP_SEEK_PAGES = 20,  /* that a look-up goes back over, at most */
	GP_SEEK_CLOCKS = 300 /* seconds by which two clocks may differ */
};

struct gp_act {
	enum gp_act_kind kind;
	const char *key; /* of the journal; idempotency keys are made of it */
	/* Whole ids of records; NULL where there is none. */
	const char *to; /* answered, edited, deleted */
	const char *post, *chat, *parent, *thread; /* of what is answered */
	struct gp_span text;
	gp_instant left; /* for seek: when the request left; 0: not known */
	int look;        /* for seek: is it answered? */
	int met;         /* set by seek: what is to be answered is there */
	const struct gp_publish *publish; /* publish.h; of posts */
	int rehearsal; /* nothing may be put on the network */
	/* For seek: 1: that record is another act's, by the journal. NULL:
	 * none is known. */
	int (*taken)(void *ctx, const char *id);
	void *ctx;

	int visible;    /* set by next: others see what this request does */
	int upload;     /* set by next: it leaves something that nobody sees */
	int idempotent; /* set by next: it may be repeated, the key tells */
	int undone;     /* set by take: surely nothing is there */
	enum gp_found_act found;
	struct gp_buf result, url;
};

void gp_act_init(struct gp_act *, enum gp_act_kind);
void gp_act_release(struct gp_act *);

/* The streams that do such an act, and look for it; NULL: the network has
 * none. */
const struct gp_stream *gp_act_stream(const struct gp_net *, enum gp_act_kind);
const struct gp_stream *gp_act_seeker(const struct gp_net *, enum gp_act_kind);

/* 1: it changes what is there, to what it is to be: it may be done again, and
 * is not looked for. */
int gp_act_changes(enum gp_act_kind);

/* How long the text is in the network's unit of length. */
size_t gp_act_length(const struct gp_net *, struct gp_span text);
/* The longest text of an act of that kind on the network; 0: no limit. */
size_t gp_act_max(const struct gp_net *, enum gp_act_kind);
/* Whole ids are NETWORK:OWNER/ITEM[/ITEM...]: the part at that place, from 0
 * behind the colon, as a C string in the pool; NULL: it has none. */
const char *gp_act_part(struct gp_pool *, const char *id, int place);
/* 1: what is answered, edited or deleted is the page's, by its id. */
int gp_act_of_page(const struct gp_job *);
/*
 * For seek, of a record that the page wrote where and when the act would
 * have: 1: it is the act's, or with `look` somebody's answer; 0: it is another
 * one's; -1: it may be either, the words differ, but networks change them at
 * times.
 */
int gp_act_judge(const struct gp_act *, const char *id, struct gp_span text);
/* For seek: 1: what is of that time is older than the request. */
int gp_act_before(const struct gp_act *, gp_instant at);
/* For seek: all was seen, and it was not among it. */
void gp_act_absent(struct gp_act *);
/* A number of 31 bits, never 0, made of the key: VK's random_id. */
int64_t gp_act_number(const char *key);
/* Nothing is there, and will not be by itself: returns -1. */
int gp_act_undone(struct gp_job *, enum gp_outcome, const char *fmt, ...)
    GP_PRINTF(3, 4);

#endif
