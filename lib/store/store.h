/*
 * Records in a database, and found again: one schema, two engines.
 *
 *	status = gp_store_open(&s, url, GP_STORE_WRITE, &why);
 *	gp_store_add(s, reader, &rec, &why);	... as often as there are records
 *	gp_store_commit(s, &counts, &why);
 *	gp_store_close(s);
 *
 * A record replaces the one of its id; what it replaces goes to the history,
 * unless no more than figures differ. The same record again changes nothing;
 * one that was seen earlier than the one that is there goes to the history
 * itself. A class that a person gave stays, whatever programs say later.
 */
#ifndef GP_STORE_STORE_H
#define GP_STORE_STORE_H

#include <signal.h>

#include "base/instant.h"
#include "base/pool.h"
#include "json/json.h"

struct gp_store;

enum gp_store_mode {
	GP_STORE_READ,
	GP_STORE_WRITE, /* what is not there is made */
	GP_STORE_MOVE, /* an older schema is let in, to be brought up to date */
	GP_STORE_LOOK, /* reading; nothing there yet is GP_OK, and no store */
	GP_STORE_BARE, /* the database alone, made where it lacks: for others
			  that keep tables of their own (engine.h) */
};

/*
 * url: the path of a file of SQLite, or postgres://. Returns GP_OK; or the
 * exit status that fits, with the reason, and *s is NULL.
 */
enum gp_exit gp_store_open(
    struct gp_store **, const char *url, enum gp_store_mode, struct gp_why *);
void gp_store_close(struct gp_store *);
/* The exit status that fits what failed last. */
enum gp_exit gp_store_status(const struct gp_store *);

/*
 * A server that goes away in the middle is waited for, $GP_DB_WAIT long (60 s),
 * and what it did not acknowledge is done again, once, by all functions here;
 * one that is away when it is opened is not. Then GP_TEMPFAIL. `say`, once an outage, when there is
 * something to wait for; `stop`, where it is set, ends the wait. Both may be
 * NULL.
 */
typedef void gp_store_wait_fn(const char *name, const char *why, long seconds);
void gp_store_on_wait(gp_store_wait_fn *say, const volatile sig_atomic_t *stop);

/* What a person would call it: the url, without what is secret. */
const char *gp_store_name(const struct gp_store *);
/* 1: the url is that of a server, not the path of a file. */
int gp_store_is_server(const char *url);
/* 1: the url names a database, not a file of records. */
int gp_store_is_url(const char *url);

/*
 * Which store it is: 128 bits in hex, drawn when it was made; a copy is the
 * same one. NULL: it has none. Cursors that are found tell it, as `store`; one
 * that tells another is refused, unless it is adopted.
 */
const char *gp_store_identity(const struct gp_store *);
void gp_store_adopt(struct gp_store *);

/* Leaves the full text of what is put out (gp_store_migrate makes it up). */
void gp_store_no_text(struct gp_store *);

/* -- putting --------------------------------------------------------------- */

struct gp_store_counts {
	uint64_t records; /* all below together, without cursors */
	uint64_t fresh, changed, same;
	uint64_t stale;     /* seen earlier than what is there */
	uint64_t forgotten; /* of a person who is to be forgotten */
	uint64_t cursors;
};

/*
 * The record, opened by that reader, joins the batch. 0; -1: refused, with the
 * reason.
 */
int gp_store_add(struct gp_store *, struct gp_json_reader *,
    const struct gp_json_obj *, struct gp_why *);
/* 1: the batch should be committed now. */
int gp_store_full(const struct gp_store *);
/*
 * The batch and its cursors in one transaction; synced. Counts are added up.
 * -1 with the reason: nothing of the batch is in the database.
 */
int gp_store_commit(struct gp_store *, gp_instant now, struct gp_store_counts *,
    struct gp_why *);

/* -- finding --------------------------------------------------------------- */

enum gp_desk_state {
	GP_DESK_NONE = 0, /* no appeal */
	GP_DESK_OPEN,
	GP_DESK_REOPENED, /* the same person writes again under an answer */
	GP_DESK_INTERIM,  /* the last answer promises another */
	GP_DESK_ANSWERED,
	GP_DESK_STATES,
};

struct gp_words_list {
	const char *const *v;
	size_t n; /* 0: all */
};

struct gp_query {
	struct gp_words_list type, page, network, topic, kind, assignee, id,
	    post, author;
	int has_since, has_until;
	gp_instant since, until; /* of `at`, half open */
	unsigned states;         /* bits of gp_desk_state; 0: all records */
	int overdue, desk;       /* desk: tell the state of each */
	gp_instant now;
	const char *match, *where; /* NULL: all */
	const char *order;         /* at due seen put; NULL: what fits */
	int reverse, history;
	long limit; /* 0: all */
};

/*
 * A record that was found: its bytes, and what the desk knows of it where that
 * was asked for. Borrowed until the function returns. 1 ends the search.
 */
struct gp_found {
	struct gp_span body;
	enum gp_desk_state state;
	int overdue, has_answered, has_promised, has_deadline;
	gp_instant answered, promised, deadline;
};
typedef int gp_found_fn(void *ctx, const struct gp_found *);

/* Proves `match` and `where` without a database. -1 with the reason. */
int gp_query_prove(const struct gp_query *, struct gp_why *);
int gp_store_find(struct gp_store *, const struct gp_query *, gp_found_fn *,
    void *ctx, struct gp_why *);
const char *gp_desk_word(enum gp_desk_state);
/* The bit of a word; 0: none of that name. */
unsigned gp_desk_bit(const char *word);

/* The cursors, as the records that came. */
int gp_store_cursors(
    struct gp_store *, gp_found_fn *, void *ctx, struct gp_why *);
/* Those of these pages. */
int gp_store_cursors_of(struct gp_store *, const char *const *page, size_t n,
    gp_found_fn *, void *ctx, struct gp_why *);

/* -- looking after it ------------------------------------------------------ */

struct gp_forgotten {
	int64_t records, versions; /* of the person; older versions of those */
	int64_t drafts;            /* drafts and replies to them */
};

/*
 * Takes from all records of the person ("vk:123") what tells of him, from
 * their history, the full text and the drafts to him; puts into the journal
 * when, and a keyed hash of who. What he wrote until `now` never comes in
 * again. With dry, only counts.
 */
int gp_store_forget(struct gp_store *, const char *author, gp_instant now,
    int dry, struct gp_forgotten *, struct gp_why *);
/* 1: the name of a network, a colon, and something. */
int gp_author_is_whole(const char *author);

struct gp_prune {
	gp_instant records, runs, history; /* what is older goes; 0: stays */
	int dry;
	int64_t gone_records, gone_runs, gone_history;
};
/* Appeals without a final answer stay, however old they are. */
int gp_store_prune(struct gp_store *, struct gp_prune *, struct gp_why *);

/* A figure of the store: what, of what (may be empty), and how many. */
typedef int gp_store_figure_fn(
    void *ctx, const char *what, struct gp_span of, int64_t n);
int gp_store_stats(struct gp_store *, gp_instant now, gp_store_figure_fn *,
    void *ctx, struct gp_why *);

/* Steps taken are counted; from and to are versions of the schema. */
struct gp_migration {
	int from, to;
	int64_t texts; /* that were missing from the full text */
};
int gp_store_migrate(
    struct gp_store *, gp_instant now, struct gp_migration *, struct gp_why *);

/*
 * Records into a table a month, on a server, while others work with it; months
 * counts those that moved. It can be stopped, and run again.
 */
int gp_store_partition(struct gp_store *, int64_t *months, struct gp_why *);

/* Something wrong with the database; id may be empty. */
typedef void gp_store_wrong_fn(
    void *ctx, const char *rule, struct gp_span id, const char *message);
/* Looks through all; *wrong counts. -1: could not look. */
int gp_store_check(struct gp_store *s, gp_store_wrong_fn *fn, void *ctx,
    int64_t *wrong, struct gp_why *why);

#endif
