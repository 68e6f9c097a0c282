/*
 * The journal of what goes out, which makes that it goes out once: before a
 * request that others will see leaves, the intent is on the disk; before the
 * next one is looked at, its result is.
 *
 *	gp_outbox_open(&o, "d.db", &why);
 *	gp_outbox_lock(o, page, wait, &why);
 *	gp_outbox_find(o, key, &row, &why);	is it new?
 *	gp_outbox_plan(o, &row, &why);
 *	gp_outbox_mark(o, key, GP_OUT_SENDING, ...);	... and it leaves
 *	gp_outbox_mark(o, key, GP_OUT_SENT, ...);
 *
 * States:
 *
 *	planned		known, nothing has left
 *	sending		it may have left: whoever finds it so after a crash
 *			treats it as unknown
 *	sent		the network has it; `result` is its id there
 *	duplicate	the network said that it had it before
 *	refused		the network, or we, said no; nothing is there
 *	failed		trouble before anything left
 *	unknown		it may be there or not; looked up, or a person decides
 *
 * For a store in a file the journal is a file beside it, d.db-outbox, whatever
 * links there are to it; for one
 * on a server it is a table there, gp_outbox. It holds no token and no text,
 * of the text its SHA-256.
 */
#ifndef GP_OUTBOX_OUTBOX_H
#define GP_OUTBOX_OUTBOX_H

#include "base/exit.h"
#include "base/instant.h"

enum gp_out_state {
	GP_OUT_PLANNED,
	GP_OUT_SENDING,
	GP_OUT_SENT,
	GP_OUT_DUPLICATE,
	GP_OUT_REFUSED,
	GP_OUT_FAILED,
	GP_OUT_UNKNOWN,
	GP_OUT_STATES
};

const char *gp_out_word(enum gp_out_state);

/* The action of a reply after which another one is to follow. */
#define GP_OUT_INTERIM "interim"

struct gp_out_row {
	struct gp_span key, page;
	struct gp_span action; /* GP_OUT_INTERIM, ... */
	struct gp_span to;     /* may be empty */
	struct gp_span hash;   /* SHA-256 of the text, hex */
	enum gp_out_state state;
	gp_instant at;    /* planned */
	gp_instant could; /* of a plan only: it cannot have left before; 0:
			     nobody knows */
	/* The intent to send; by the system's clock, or where that is far ahead
	 * by the network's; 0: none. */
	gp_instant left;
	int64_t tries;
	struct gp_span result, url, error; /* may be empty */
};

/* When it left, as far as is known. */
gp_instant gp_outbox_time(const struct gp_out_row *);

struct gp_outbox;

/* What gp_outbox_open opens for a store, for messages; the caller frees. Of a
 * link it is that of the file behind it: a store has one journal. */
char *gp_outbox_place(const char *store);
enum gp_exit gp_outbox_open(
    struct gp_outbox **, const char *store, struct gp_why *);
void gp_outbox_close(struct gp_outbox *);
/* The exit status that fits what failed last. */
enum gp_exit gp_outbox_status(const struct gp_outbox *);

/*
 * One sender a page at a time, until the outbox is closed or its process dies.
 * Waits at most so many seconds. GP_OK; GP_TEMPFAIL: another one sends there.
 * A page that is locked already stays so.
 */
enum gp_exit gp_outbox_lock(
    struct gp_outbox *, const char *page, long wait, struct gp_why *);

/* 1: *row is set, borrowed until the next call; 0: not known; -1. */
int gp_outbox_find(
    struct gp_outbox *, const char *key, struct gp_out_row *, struct gp_why *);
/* A row in state planned, at row->at. One that is there stays as it is, but of
 * one that has never left, hash and time are those given now. */
int gp_outbox_plan(
    struct gp_outbox *, const struct gp_out_row *, struct gp_why *);
/*
 * The state of a row, on the disk when it returns 0. SENDING and PLANNED note
 * `now`, unless it is 0; SENDING counts the try. Empty result, url and error leave what is
 * there, but SENT and DUPLICATE clear the error. -1 also where the row is gone,
 * and where the lock was lost with the connection: SENDING is not noted then,
 * another state as long as nobody else has gone on with our last try.
 */
int gp_outbox_mark(struct gp_outbox *, const char *key, enum gp_out_state,
    gp_instant now, struct gp_span result, struct gp_span url,
    struct gp_span error, struct gp_why *);

/*
 * The journal is that of a copy, made at `since` and put back now: what has
 * left in between is not in it. -1 with the reason.
 */
int gp_outbox_restored(
    struct gp_outbox *, gp_instant since, gp_instant now, struct gp_why *);
/* When that was; 0: never. */
gp_instant gp_outbox_mended(const struct gp_outbox *);
/*
 * 0; or, where a row that the journal does not call out may have left in such a
 * gap, the instant from which on it is looked for: for what could leave before
 * the copy was put back, and has not left since. What could leave at any time
 * is doubted for a week.
 */
gp_instant gp_outbox_gap(const struct gp_outbox *, gp_instant could,
    gp_instant left, gp_instant now);

/*
 * Another answer to the same than that of row->key and its parts, with row->to,
 * page and hash, which bars it: a final one, or one of the same words. 1: *row
 * is that one, borrowed until the next call: it is out, or nobody knows; 0:
 * there is none; -1.
 */
int gp_outbox_rival(
    struct gp_outbox *, struct gp_out_row *row, struct gp_why *);

/*
 * The first post of that id on the page, whatever the page was called, that is
 * out or may be. As gp_outbox_find.
 */
int gp_outbox_under(struct gp_outbox *, const char *id, const char *page,
    struct gp_out_row *, struct gp_why *);

/* 1: it is what something sent from here became; 0: it is not; -1. */
int gp_outbox_made(struct gp_outbox *, const char *id, struct gp_why *);

typedef int gp_out_fn(void *ctx, const struct gp_out_row *);
/* Rows whose state is among the bits, in the order of their planning. */
int gp_outbox_list(struct gp_outbox *, unsigned states, gp_out_fn *, void *ctx,
    struct gp_why *);
/*
 * A person's word on one that is unknown (or was being sent when its process
 * died): it is there (sent; `result` is its id there, empty if he does not
 * say), or it is to be sent again (planned). Its page is locked for it, at most
 * so many seconds are waited for that. GP_OK; or with the reason GP_DATA: no
 * such key, it is in another state, an id of another network; GP_TEMPFAIL:
 * another one sends for the page; the status of what failed.
 */
enum gp_exit gp_outbox_resolve(struct gp_outbox *, const char *key, int sent,
    struct gp_span result, long wait, struct gp_why *);

#endif
