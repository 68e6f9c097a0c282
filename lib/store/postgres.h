/* What the two files of the engine share. */
#ifndef GP_STORE_POSTGRES_H
#define GP_STORE_POSTGRES_H

#include <libpq-fe.h>

#include "store/engine.h"

enum {
	GP_MONTHS = 2400 /* since 1970 */
};

struct gp_postgres {
	PGconn *db;
	char *url;
	char state[6];   /* the SQLSTATE of what failed last, or empty */
	int has_written; /* by this connection */
	int has_layout, by_month; /* known; records are in months */
	int has_pages; /* each has a page, an empty one (citus.sql) */
	char has_month[GP_MONTHS]; /* those that have their table */
	int has_new;       /* the table that batches are copied into is there */
	int makes_new;     /* this transaction makes it */
	int has_rows;      /* and something in it, of this transaction */
	char sync[16];     /* how the server syncs commits; set with has_new */
	struct gp_buf out; /* bytes on their way */
};

/* A connection; NULL with the exit status and the reason: GP_USAGE is the url
 * itself, which may hold a password then. */
PGconn *gp_postgres_connect(const char *url, enum gp_exit *, struct gp_why *);
/*
 * Connects anew, as often as it takes: 1; 0 with the reason where the time of
 * the outage is over. The old connection is freed in any case.
 */
int gp_postgres_reconnect(PGconn **, const char *url, const char *name,
    struct gp_outage *, enum gp_exit *, struct gp_why *);
/* 1: so speaks a server that goes away, or was lost. The state is that of the
 * failure, empty where libpq itself made it. */
int gp_postgres_is_lost(const PGconn *, const char *state);

int gp_postgres_prepare(struct gp_store *, struct gp_why *);
int gp_postgres_partition(struct gp_store *, int64_t *months, struct gp_why *);
extern const char gp_postgres_prune_months[];

int gp_postgres_begin(struct gp_store *, int write, struct gp_why *);
int gp_postgres_commit(struct gp_store *, int write, struct gp_why *);
int gp_postgres_again(struct gp_store *, struct gp_outage *, struct gp_why *);

/* Sets status and reason by the result, which it frees, or the connection. */
int gp_postgres_fail(struct gp_store *, PGresult *, struct gp_why *);
/* A cell of a result in text. */
struct gp_db_value gp_postgres_column(const PGresult *, int row, int column);
/* Who stops within a transaction that writes does not hold up others for ever:
 * it is rolled back. */
#define GP_POSTGRES_NOT_IDLE \
	"SET LOCAL idle_in_transaction_session_timeout = '60s';"

/* Whole numbers as PostgreSQL sends them. */
void gp_postgres_put32(struct gp_buf *, uint32_t);
void gp_postgres_put64(struct gp_buf *, uint64_t);

int gp_postgres_lock(
    struct gp_store *, const struct gp_row *, size_t n, struct gp_why *);
int gp_postgres_lookup(
    struct gp_store *, struct gp_row *, size_t n, struct gp_why *);
int gp_postgres_write(struct gp_store *, struct gp_row *, size_t n,
    gp_instant now, struct gp_why *);
/* What was copied into gp_new: changes, keeps: some are older, or kept. */
int gp_postgres_merge(
    struct gp_store *, int changes, int keeps, gp_instant now, struct gp_why *);

#endif
