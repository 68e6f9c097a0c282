/*
 * What an engine does for the store. SQL is the same for both, with $1, $2 ...
 * for what is given; where they must differ, the engine has its own words.
 */
#ifndef GP_STORE_ENGINE_H
#define GP_STORE_ENGINE_H

#include "store/again.h"
#include "store/row.h"
#include "store/store.h"
#include "text/stem.h"

enum {
	GP_DB_ARGS = 640 /* of one query, at most */
};

/* A row of a reply, borrowed until the function returns; 1 ends it. */
typedef int gp_db_row_fn(void *ctx, const struct gp_db_value *, size_t n);

struct gp_engine {
	const char *name;
	/* Sets s->status on failure, as all of these do. */
	int (*open)(struct gp_store *, const char *url, enum gp_store_mode,
	    struct gp_why *);
	void (*close)(struct gp_store *);
	/* fn may be NULL. s->changes: rows that were written. */
	int (*run)(struct gp_store *, const char *sql,
	    const struct gp_db_value *, size_t n, gp_db_row_fn *, void *ctx,
	    struct gp_why *);
	/* Statements without arguments, one after another. */
	int (*script)(struct gp_store *, const char *sql, struct gp_why *);
	/* Before a batch's transaction; NULL: nothing to be done. */
	int (*prepare)(struct gp_store *, struct gp_why *);
	/* Into tables by month, see gp_store_partition; NULL: it cannot. */
	int (*partition)(struct gp_store *, int64_t *months, struct gp_why *);
	/* At the head of a batch's transaction; NULL: nothing to be done. */
	int (*lock)(struct gp_store *, const struct gp_row *, size_t n,
	    struct gp_why *);
	/* Within a transaction that writes: what is there of these ids. */
	int (*lookup)(
	    struct gp_store *, struct gp_row *, size_t n, struct gp_why *);
	/* Rows that are new or changed, and what they replace. */
	int (*write)(struct gp_store *, struct gp_row *, size_t n,
	    gp_instant now, struct gp_why *);
	/* Transactions: one that writes, or one that reads. */
	int (*begin)(struct gp_store *, int write, struct gp_why *);
	/* With the mark of this batch where it writes, see gp_db_transact. */
	int (*commit)(struct gp_store *, int write, struct gp_why *);
	/* 1: after what failed last, it may be tried anew; a connection that
	 * was lost is there again. 0: it may not. NULL: never. */
	int (*again)(struct gp_store *, struct gp_outage *, struct gp_why *);
	/* Looks through its own structures; says what is wrong. */
	int (*check)(struct gp_store *, gp_store_wrong_fn *, void *ctx,
	    int64_t *wrong, struct gp_why *);
	/* What was taken out is to be gone from the files too. */
	int (*scrub)(struct gp_store *, struct gp_why *);
	/* Files of the database together, in bytes. */
	int (*size)(struct gp_store *, int64_t *, struct gp_why *);
	const char *const *migration; /* NULL at the end */
	const char *is_there; /* a query of one row: is our schema there? */
	const char
	    *has_dedup;      /* a query of one row: does gp-dedup work here? */
	const char *matches; /* the condition on a; %d: the argument's number */
	int stems;           /* words are given to it as stems */
	const char *no_text; /* n, body of records behind $1 without text */
	const char *put_text;  /* of the row $1 */
	const char *drop_text; /* of the row $1 */
	const char
	    *prune_text; /* of the rows in gp_gone; NULL: goes with them */
	const char
	    *prune_months;  /* of what is in gp_gone, whole tables; NULL */
	const char *alone;  /* one at a time makes the schema, or takes a person
			      out, while nobody puts; NULL: so it is */
	const char *stay;   /* nobody makes one until the transaction has ended;
			     NULL: so it is */
	const char *unlike; /* of a store by month: ids, and what is wrong with
			       them; NULL: none is */
	const char *salt;   /* puts one, and an identity, into gp_meta if there
			      is none */
};

extern const struct gp_engine gp_engine_sqlite, gp_engine_postgres;

struct gp_store {
	const struct gp_engine *engine;
	void *db; /* the engine's own */
	char *name;
	enum gp_exit status;
	int64_t changes;
	int no_text, in_transaction, is_new; /* is_new: no schema yet */
	char identity[40];                   /* empty: not known */
	int adopt;                           /* cursors of other stores */
	int64_t writer, batch; /* who we are, and what we are doing */
	int has_marks;         /* the schema knows gp_put */
	int is_quiet;          /* nothing was written: no mark is needed */
	int is_final;          /* it is we who refuse: no server comes back */
	int is_hasty;          /* who uses it waits for the server by himself */
	int in_doubt;          /* the connection was lost while it committed */

	struct gp_json_reader *reader, *inner;
	struct gp_stem *stem;
	struct gp_pool pool; /* of the batch */
	struct gp_row *row;
	size_t rows, cap, bytes;
	struct gp_buf text, sql;
	struct gp_span salt;   /* of the keyed hash of persons */
	struct gp_pool erased; /* keys of those who are forgotten */
	struct gp_erasure {
		struct gp_span key;
		gp_instant at;
	} * erasure;
	size_t erasures;

	struct {
		int64_t worker, number; /* 0: none */
	} lease;
};

/* The text of a record that can be found: words, folded, as stems or not. */
void gp_row_words(
    struct gp_store *, const struct gp_row *, int stems, struct gp_buf *);

/*
 * Work in one transaction, from its begin to its commit, done again from its
 * beginning where the server went away: each try begins with nothing of the
 * ones before it. Where the connection broke during COMMIT, it is looked up
 * whether the batch is there. Work returns 0: commit; 1: roll back, all is
 * well; -1.
 */
typedef int gp_db_work(void *ctx, struct gp_why *);
int gp_db_transact(
    struct gp_store *, int write, gp_db_work *, void *ctx, struct gp_why *);
/* 1: what failed last may be tried anew. */
int gp_db_again(struct gp_store *, struct gp_outage *, struct gp_why *);
/* Statements that may be repeated, and are. */
int gp_db_script(struct gp_store *, const char *sql, struct gp_why *);
/* One number; `none` where there is no row, or NULL in it. */
int gp_db_number(struct gp_store *, const char *sql, const struct gp_db_value *,
    size_t n, int64_t none, int64_t *, struct gp_why *);

/* Who is forgotten: loads the keys; judges a row. */
int gp_erasure_load(struct gp_store *, struct gp_why *);
int gp_erasure_has(const struct gp_store *, const struct gp_row *);

int gp_schema_ready(struct gp_store *, enum gp_store_mode, struct gp_why *);
int gp_schema_version(struct gp_store *, int *, struct gp_why *);
/* Within a transaction that writes: it is still ours, and stays so. */
int gp_schema_still(struct gp_store *, struct gp_why *);
/* -1, with the reason given before: tables of another version than ours. */
int gp_schema_is_other(struct gp_store *);
int gp_schema_identity(struct gp_store *, struct gp_why *);
int gp_schema_move(
    struct gp_store *, gp_instant now, int *from, int *to, struct gp_why *);

#endif
