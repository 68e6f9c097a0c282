/*
 * A connection that is lost is made anew: reading goes on behind the row that
 * was handed out last, what was being kept is kept again.
 */
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/dedup.h"
#include "store/postgres.h"

struct base {
	PGconn *db;
	char *url;
	PGresult *row; /* the one handed out */
	int reading, has_last;
	struct gp_buf line, last; /* the id of the row handed out last */
	gp_instant last_at;
	char state[6];           /* of what failed last */
	struct gp_outage outage; /* since the last time that all went well */
};

/* 1: the connection was lost, and is there again; 0: the fault stays. */
static int
again(struct base *b, struct gp_dedup_fault *f)
{
	struct gp_why why = f->why;

	if (!gp_postgres_is_lost(b->db, b->state))
		return 0;
	PQclear(b->row);
	b->row = NULL;
	b->reading = 0;
	if (gp_postgres_reconnect(
		&b->db, b->url, b->url, &b->outage, &f->exit, &why))
		return 1;
	f->why = why;
	gp_because_of(&f->why, "%s", b->url);
	return 0;
}

/* What comes over the wire ends with a newline or several lines. */
static int
fault(struct base *b, const char *what, struct gp_dedup_fault *f)
{
	const char *said = PQerrorMessage(b->db);

	f->exit = gp_postgres_is_lost(b->db, b->state) ? GP_TEMPFAIL : GP_IO;
	return gp_because(
	    &f->why, "%s: %.*s", what, (int)strcspn(said, "\n"), said);
}

static void
note_state(struct base *b, const PGresult *r)
{
	const char *state =
	    r != NULL ? PQresultErrorField(r, PG_DIAG_SQLSTATE) : NULL;

	snprintf(b->state, sizeof(b->state), "%s", state != NULL ? state : "");
}

static int
run(struct base *b, const char *sql)
{
	PGresult *r = PQexec(b->db, sql);
	ExecStatusType s = PQresultStatus(r);
	int ok =
	    s == PGRES_COMMAND_OK || s == PGRES_TUPLES_OK || s == PGRES_COPY_IN;

	if (!ok)
		note_state(b, r);
	PQclear(r);
	return ok ? 0 : -1;
}

static void
base_close(void *arg)
{
	struct base *b = arg;

	if (b == NULL)
		return;
	PQclear(b->row);
	PQfinish(b->db);
	gp_buf_release(&b->line);
	gp_buf_release(&b->last);
	free(b->url);
	free(b);
}

/*
 * One at a time: two that make the same table at once, or put the same ids in
 * another order, would stand in each other's way. The number is "gpdedup".
 */
#define ALONE                          \
	"BEGIN; " GP_POSTGRES_NOT_IDLE \
	" SELECT pg_advisory_xact_lock(29099057316160880);"

static const char schema[] =
    ALONE "CREATE TABLE IF NOT EXISTS gp_dedup_row ("
	  " id text COLLATE \"C\" PRIMARY KEY, at bigint NOT NULL,"
	  " version integer NOT NULL, data bytea NOT NULL);"
	  "CREATE INDEX IF NOT EXISTS gp_dedup_row_at ON gp_dedup_row (at);"
	  "COMMIT";

static void *
base_open(const char *url, struct gp_dedup_fault *f)
{
	struct base *b = calloc(1, sizeof(*b));

	if (b == NULL) {
		f->exit = GP_SOFTWARE;
		gp_because(&f->why, "no memory");
		return NULL;
	}
	gp_buf_init(&b->line, 0);
	gp_buf_init(&b->last, 0);
	b->url = strdup(url);
	b->db = gp_postgres_connect(url, &f->exit, &f->why);
	if (b->db == NULL) {
		gp_because_of(&f->why, "cannot use the database");
		base_close(b);
		return NULL;
	}
	if (run(b, schema) == -1) {
		fault(b, "cannot use the database", f);
		base_close(b);
		return NULL;
	}
	return b;
}

static int
ask(struct base *b, int version)
{
	char word[16], at[24];
	const char *value[] = { word, b->has_last ? at : NULL,
		gp_buf_str(&b->last) };

	snprintf(word, sizeof(word), "%d", version);
	snprintf(at, sizeof(at), "%lld", (long long)b->last_at);
	b->reading = 1;
	return PQsendQueryParams(b->db,
		   "SELECT id, at, data FROM gp_dedup_row"
		   " WHERE version = $1::integer AND ($2::bigint IS NULL"
		   " OR (at, id) > ($2::bigint, $3)) ORDER BY at, id",
		   3, NULL, value, NULL, NULL, 1) == 1 &&
		PQsetSingleRowMode(b->db) == 1
	    ? 0
	    : -1;
}

/* The column as it came, in the binary form. */
static struct gp_span
column(const PGresult *r, int i)
{
	return (struct gp_span){ PQgetvalue(r, 0, i),
		(size_t)PQgetlength(r, 0, i) };
}

static gp_instant
big_endian(struct gp_span s)
{
	uint64_t v = 0;
	size_t i;

	for (i = 0; i < s.n && i < 8; i++)
		v = v << 8 | (unsigned char)s.p[i];
	return (gp_instant)v;
}

static int
next(struct base *b, int version, struct gp_dedup_row *row,
    struct gp_dedup_fault *f)
{
	int r;

	if (!b->reading && ask(b, version) == -1) {
		note_state(b, NULL);
		return fault(b, "cannot read the index", f);
	}
	PQclear(b->row);
	b->row = PQgetResult(b->db);
	if (b->row != NULL && PQresultStatus(b->row) == PGRES_SINGLE_TUPLE) {
		row->id = column(b->row, 0);
		row->at = big_endian(column(b->row, 1));
		row->data = column(b->row, 2);
		gp_buf_reset(&b->last);
		gp_buf_add(&b->last, row->id.p, row->id.n);
		b->last_at = row->at;
		b->has_last = 1;
		b->outage = (struct gp_outage){ .until = 0 };
		return 1;
	}
	note_state(b, b->row);
	r = b->row != NULL && PQresultStatus(b->row) == PGRES_TUPLES_OK
	    ? 0
	    : fault(b, "cannot read the index", f);
	PQclear(b->row);
	while ((b->row = PQgetResult(b->db)) != NULL)
		PQclear(b->row);
	b->reading = 0;
	return r;
}

static int
base_next(
    void *arg, int version, struct gp_dedup_row *row, struct gp_dedup_fault *f)
{
	struct base *b = arg;
	int r;

	do
		r = next(b, version, row, f);
	while (r == -1 && again(b, f));
	if (r == 0)
		b->has_last = 0;
	return r;
}

/* A line of COPY's text form. */
static void
line(struct gp_buf *b, int version, const struct gp_dedup_row *row)
{
	static const char hex[] = "0123456789abcdef";
	char *to;
	size_t i;

	for (i = 0; i < row->id.n; i++) {
		unsigned char c = (unsigned char)row->id.p[i];

		if (c < 0x20 || c == '\\')
			gp_buf_addf(b, "\\x%02x", c);
		else
			gp_buf_addc(b, c);
	}
	gp_buf_addf(b, "\t%lld\t%d\t\\\\x", (long long)row->at, version);
	to = gp_buf_room(b, row->data.n * 2);
	for (i = 0; to != NULL && i < row->data.n; i++) {
		*to++ = hex[(unsigned char)row->data.p[i] >> 4];
		*to++ = hex[(unsigned char)row->data.p[i] & 15];
	}
	if (to != NULL)
		gp_buf_used(b, row->data.n * 2);
	gp_buf_addc(b, '\n');
}

static int
copy(struct base *b, int version, const struct gp_dedup_row *row, size_t n)
{
	PGresult *r;
	int ok = 1;
	size_t i;

	for (i = 0; i < n && ok; i++) {
		gp_buf_reset(&b->line);
		line(&b->line, version, &row[i]);
		ok = !b->line.bad &&
		    PQputCopyData(b->db, b->line.p, (int)b->line.n) == 1;
	}
	note_state(b, NULL);
	ok = PQputCopyEnd(b->db, ok ? NULL : "no memory") == 1 && ok;
	while ((r = PQgetResult(b->db)) != NULL) {
		if (ok && PQresultStatus(r) != PGRES_COMMAND_OK) {
			note_state(b, r);
			ok = 0;
		}
		PQclear(r);
	}
	return ok ? 0 : -1;
}

static int
save(struct base *b, int version, const struct gp_dedup_row *row, size_t n,
    gp_instant before, struct gp_dedup_fault *f)
{
	int bad;

	bad = run(b,
	    ALONE "CREATE TEMP TABLE gp_dedup_new (id text, at bigint,"
		  " version integer, data bytea) ON COMMIT DROP");
	if (bad == 0)
		bad = run(b, "COPY gp_dedup_new FROM STDIN");
	if (bad == 0)
		bad = copy(b, version, row, n);
	gp_buf_reset(&b->line);
	gp_buf_addf(&b->line,
	    "INSERT INTO gp_dedup_row AS o SELECT * FROM gp_dedup_new"
	    " ON CONFLICT (id) DO UPDATE SET at = excluded.at,"
	    " version = excluded.version, data = excluded.data"
	    " WHERE o.version <> excluded.version;"
	    "DELETE FROM gp_dedup_row WHERE at < %lld; COMMIT",
	    (long long)before);
	if (bad == 0)
		bad = run(b, gp_buf_str(&b->line));
	if (bad == 0)
		return 0;
	fault(b, "cannot keep the index", f);
	if (!gp_postgres_is_lost(b->db, b->state))
		run(b, "ROLLBACK");
	return -1;
}

/* What was kept already is not kept twice. */
static int
base_save(void *arg, int version, const struct gp_dedup_row *row, size_t n,
    gp_instant before, struct gp_dedup_fault *f)
{
	struct base *b = arg;
	int r;

	b->outage = (struct gp_outage){ .until = 0 };
	do
		r = save(b, version, row, n, before, f);
	while (r == -1 && again(b, f));
	return r;
}

const struct gp_dedup_engine gp_dedup_postgres = {
	.open = base_open,
	.next = base_next,
	.save = base_save,
	.close = base_close,
};
