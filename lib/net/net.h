/*
 * A network is a table. An adapter builds requests and reads replies; the
 * engine (fetch.c) sends them, many jobs at once, and keeps the account.
 *
 * A job reads one stream of one page. Its steps:
 *
 *	open	fills its own state, zeroed, from the cursor; 0 or -1 with the
 *		reason
 *	next	1: the call's request is built; 0: the job is done
 *	take	reads the reply, appends records to out; 0, or -1: the job has
 *		failed, and gp_job_fail has said how
 *	close	frees what its own state holds; also after a failed open
 *	plan	with want->plan, asked in place of going on
 *
 * The engine writes `out` after each take; a cursor is put there behind the
 * records it covers (gp_job_cursor).
 */
#ifndef GP_NET_NET_H
#define GP_NET_NET_H

#include "base/instant.h"
#include "config/config.h"
#include "http/http.h"
#include "record/item.h"

/* How a job ended; the words stand in `outcome` of its run record. */
enum gp_outcome {
	GP_RUN_OK,      /* ok: all that was asked for */
	GP_RUN_EMPTY,   /* empty: sound replies, and nothing in them */
	GP_RUN_PARTIAL, /* partial: some of it, the reason says what lacks */
	GP_RUN_REFUSED, /* refused: the network says no for good */
	GP_RUN_LATER,   /* later: no connection, limits, server trouble */
	GP_RUN_AUTH,    /* auth: token */
	GP_RUN_CONFIG,  /* config: what was asked for makes no sense there */
	GP_RUN_STOPPED, /* stopped: standard output could not be written */
};

/* What a run asks for, the same for all its jobs. */
struct gp_want {
	gp_instant now;
	gp_instant since, until; /* 0: not given */
	long limit;              /* posts at the most; 0: not given */
	long overlap;            /* seconds looked back; 0: none */
	int all;                 /* to the very first post */
	int forward;             /* oldest first, from the cursor on */
	int confirm;             /* updates may be confirmed within the run:
				    the state has been kept by then */
	int follow;              /* long polling goes on until a signal */
	int plan;                /* nothing is read but what tells how many
				    calls the run would need */
	int replay;              /* recordings answer: tokens read TOKEN */
};

struct gp_job;

/* Which tokens: bits of enum gp_token_kind. */
#define GP_BIT(kind) (1u << (kind))

enum {
	GP_OF_PAGE = 0,
	GP_OF_ONE, /* of the token, which may serve one page only */
	GP_OF_ALL, /* of the token: one job reads for all its pages */
};

struct gp_stream {
	const char *name; /* page posts comments messages updates stats */
	unsigned needs;   /* any one of these tokens will do; 0: none */
	int follows;      /* has long polling: --follow goes on with it; 2: it
			     is of use for that alone */
	int of_token;     /* GP_OF_..: what it reads is the token's */
	int of_wall;      /* it lists the page's posts first */
	size_t size;      /* of the adapter's own state of a job */
	int (*open)(struct gp_job *, struct gp_why *);
	int (*next)(struct gp_job *, struct gp_http_req *);
	int (*take)(struct gp_job *, const struct gp_http_reply *);
	void (*close)(struct gp_job *);
	/* After a take: how many calls more it would make; -1: that cannot be
	 * told; GP_PLAN_MORE: after the next take. NULL: it is not asked. */
	long (*plan)(struct gp_job *);
};

enum {
	GP_PLAN_MORE = -2
};

/* Capabilities are data; gp-fetch --networks prints them. */
struct gp_net {
	const char *name, *title;
	const struct gp_stream *const *stream;             /* NULL ends */
	const char *posts, *comments, *messages, *figures; /* read from where */
	const char *preview, *api, *graph; /* base URLs unless configured */
	size_t max_text, max_caption;
	const char *length_unit;
	int names_fold; /* large and small letters of a name are one */
	int can_schedule, can_poll, can_quiz, idempotent;
	/*
	 * 1: the address is this network's; then the name of the page is put
	 * into `name`, and the base URL into `base` when it is not the usual
	 * one. -1: it is, but it names no page; the reason is set.
	 */
	int (*address)(const char *, struct gp_buf *name, struct gp_buf *base,
	    struct gp_why *);
	/*
	 * The page's id as records have it, "vk:-123", from its name; where
	 * only the network knows it, what stands for it until then
	 * (gp_job_page). NULL: network, colon, name.
	 */
	void (*page_id)(const char *name, struct gp_buf *);
	/* Outward (act.h); NULL: nothing. Their longest texts by kind, in
	 * length_unit; 0: max_text. */
	const struct gp_stream *act, *seek;          /* of answers */
	const struct gp_stream *publish, *published; /* of posts */
	size_t max_comment, max_message;
	/* 1: the page's settings let the stream be read; NULL: always. */
	int (*readable)(const struct gp_stream *, const struct gp_page_conf *);
};

struct gp_cursors;
struct gp_act;
struct gp_wall;

struct gp_job {
	const struct gp_net *net;
	const struct gp_stream *stream;
	const struct gp_want *want;
	const struct gp_net_conf *conf;
	const struct gp_page_conf *of;  /* NULL: given by its address */
	const char *token[GP_TOKENS];   /* NULL: none */
	const struct gp_cursors *known; /* cursors to start from, or NULL */
	char *name;                     /* of the page on the network */
	char *page;                     /* its id: "telegram:NAME" */
	char *preview, *api, *graph;    /* base URLs, NULL where none */
	/* Another job of the run reads these of the page, with more of names
	 * and figures than this one sees. */
	int posts_elsewhere, comments_elsewhere, messages_elsewhere;
	/* The job of the page that lists its posts, before this one begins; the
	 * one that waits so for this one; and the list (net/wall.h). */
	struct gp_job *after, *heir;
	struct gp_wall *wall;
	int waits, over;
	char *cursor; /* what a run before left, or NULL */

	struct gp_buf out;  /* records not yet written */
	char *left;         /* value of the newest cursor in `out` or written */
	void *own;          /* the adapter's */
	struct gp_act *act; /* what it is to do outward; NULL: it reads */

	/* The account. */
	enum gp_outcome outcome;
	struct gp_why why;
	long requests, pages, posts, comments, messages, polls, other;
	long stats, deleted, skipped;
	struct gp_figure expect_posts, expect_comments, expect_messages;
	struct gp_buf gaps; /* JSON objects with commas between */
	long ngaps;
	double waited;
	int more;              /* the network holds more than was taken */
	long plan;             /* calls it needs, -1: not known */
	double plan_rate;      /* of them a second; 0: no limit */
	const char *plan_whom; /* the secret that is paced, NULL: the host */
	long tries;            /* of a following job, since it last went well */
	struct gp_http_call call;
};

/* All networks, NULL at the end. */
extern const struct gp_net *const gp_nets[];
const struct gp_net *gp_net_of(const char *name);

/* Makes the adapter's own state and opens the stream; -1 with the reason. */
int gp_job_open(struct gp_job *, struct gp_why *);
/* Closes the stream and frees that state; nothing where there is none. */
void gp_job_close(struct gp_job *);
/* The reason that a cursor cannot be read; returns -1. */
int gp_job_damaged(struct gp_why *);
/* The job's reason is set already, by what was opened only now: the outcome is
 * config; returns -1. */
int gp_job_unopened(struct gp_job *);
/* Frees the job and all that it owns; token and tables are borrowed. */
void gp_job_free(struct gp_job *);
/* Sets outcome and reason; returns -1. */
int gp_job_fail(struct gp_job *, enum gp_outcome, const char *fmt, ...)
    GP_PRINTF(3, 4);
/*
 * The page's id is known now: it stands in all records, and the cursor kept
 * under it is the job's. -1: no memory.
 */
int gp_job_page(struct gp_job *, const char *id);
/*
 * How often a request may go out: as the config says; where it says nothing
 * `own` requests a second, but no limit on this machine, where nobody is to be
 * spared. The URL stands already.
 */
void gp_job_pace(const struct gp_job *, struct gp_http_req *, double own);
/* Writes the item, counts it; `seen`, `network` and an absent `page` are set
 * here. */
void gp_job_item(struct gp_job *, struct gp_item *);
/* Appends a cursor record. */
void gp_job_cursor(struct gp_job *, struct gp_span value);
/*
 * Something the network counts did not come: so many `what` ("comments") of
 * the record `of` were expected, so many got. The account lists the first 50;
 * a job that ends well otherwise ends as partial.
 */
void gp_job_gap(struct gp_job *, const char *what, struct gp_span of,
    int64_t expected, int64_t got, const char *why);
/* Appends the run record: the job's account. */
void gp_job_account(struct gp_job *);
const char *gp_outcome_name(enum gp_outcome);
/* The exit status that an outcome means. */
int gp_outcome_exit(enum gp_outcome);

struct gp_fetching {
	struct gp_http *http;
	struct gp_job **job;
	size_t n;
	/* Takes the bytes of a job; -1: stop all. */
	int (*write)(void *ctx, struct gp_job *, struct gp_span);
	/* A job has ended; its account stands. */
	void (*ended)(void *ctx, struct gp_job *);
	void *ctx;
	const volatile int *stop; /* set by a signal */
	size_t parallel;          /* jobs at once; 0: all */
};

/*
 * Runs all jobs to their ends, `parallel` of them at once, begun in their
 * order, but for those that wait for another one. With want->follow a job that long polling keeps going tries again
 * after trouble of the network, later each time. 0, or -1: write said stop.
 */
int gp_fetch_run(struct gp_fetching *);

#endif
