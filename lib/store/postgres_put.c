/* A batch into PostgreSQL: copied into a table of its own, then merged. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

#include "store/postgres.h"

#define TYPE_INT8       20
#define TYPE_TEXT       25
#define TYPE_INT8_ARRAY 1016
#define TYPE_TEXT_ARRAY 1009

void
gp_postgres_put32(struct gp_buf *b, uint32_t n)
{
	const unsigned char p[] = { (unsigned char)(n >> 24),
		(unsigned char)(n >> 16), (unsigned char)(n >> 8),
		(unsigned char)n };

	gp_buf_add(b, p, sizeof(p));
}

void
gp_postgres_put64(struct gp_buf *b, uint64_t n)
{
	gp_postgres_put32(b, (uint32_t)(n >> 32));
	gp_postgres_put32(b, (uint32_t)n);
}

/* The head of an array of one dimension, appended; array_send() of the
 * server. */
static void
array(struct gp_buf *b, uint32_t type, size_t n)
{
	gp_postgres_put32(b, n > 0);
	gp_postgres_put32(b, 0); /* no NULL in it */
	gp_postgres_put32(b, type);
	if (n == 0)
		return;
	gp_postgres_put32(b, (uint32_t)n);
	gp_postgres_put32(b, 1);
}

/* Asks with arrays, one behind another in q->out, `first` bytes the first. */
static PGresult *
ask(struct gp_postgres *q, const char *sql, const Oid *type, int n,
    size_t first)
{
	const char *value[] = { q->out.p, q->out.p + first };
	const int length[] = { (int)(n > 1 ? first : q->out.n),
		(int)(q->out.n - first) },
		  form[] = { 1, 1 };

	return PQexecParams(q->db, sql, n, type, value, length, form, 0);
}

static int
compare(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return x < y ? -1 : x > y;
}

/*
 * Writers of one page wait for each other, those of others do not: a lock by
 * the name of each page, in the same order everywhere, until the transaction
 * ends.
 */
int
gp_postgres_lock(
    struct gp_store *s, const struct gp_row *row, size_t n, struct gp_why *why)
{
	struct gp_postgres *q = s->db;
	int64_t *key = malloc((n + 1) * sizeof(*key)), last = 0;
	const Oid type = TYPE_INT8_ARRAY;
	size_t i, k = 0;
	PGresult *r;

	/*
	 * A table that grows while nobody has counted it makes the server read
	 * it whole for a handful of ids; compiling takes longer than it saves.
	 */
	if (s->engine->script(s,
		"SET LOCAL jit = off; SET LOCAL enable_seqscan = off;"
		"SET LOCAL enable_hashjoin = off;"
		"SET LOCAL enable_mergejoin = off",
		why) == -1) {
		free(key);
		return -1;
	}
	q->has_rows = 0; /* a commit empties the table */
	if (key == NULL) {
		s->status = GP_SOFTWARE;
		return gp_because(why, "no memory");
	}
	for (i = 0; i < n; i++) {
		struct gp_span page = row[i].v[GP_COL_PAGE].text;
		int64_t h =
		    (int64_t)XXH3_64bits_withSeed(page.p, page.n, 0x6770);

		if (i == 0 || h != last)
			key[k++] = h;
		last = h;
	}
	qsort(key, k, sizeof(*key), compare);
	for (i = 0, n = 0; i < k; i++)
		if (i == 0 || key[i] != key[i - 1])
			key[n++] = key[i];
	gp_buf_reset(&q->out);
	array(&q->out, TYPE_INT8, n);
	for (i = 0; i < n; i++) {
		gp_postgres_put32(&q->out, 8);
		gp_postgres_put64(&q->out, (uint64_t)key[i]);
	}
	free(key);
	r = ask(q, "SELECT pg_advisory_xact_lock(k) FROM unnest($1) k", &type,
	    1, 0);
	if (PQresultStatus(r) != PGRES_TUPLES_OK)
		return gp_postgres_fail(s, r, why);
	PQclear(r);
	return 0;
}

static void
take_old(struct gp_store *s, const PGresult *r, int i, struct gp_row *row)
{
	struct gp_db_value seen = gp_postgres_column(r, i, 4);
	struct gp_db_value body = gp_postgres_column(r, i, 5);

	row->old.n = gp_postgres_column(r, i, 1).n;
	row->old.hash = gp_postgres_column(r, i, 2).n;
	row->old.matter = gp_postgres_column(r, i, 3).n;
	row->old.has_seen = seen.type == GP_DB_INT;
	row->old.seen = seen.n;
	if (body.type == GP_DB_TEXT)
		row->old.body = gp_pool_copy(&s->pool, body.text);
}

/* Ids, then hashes. A cursor has no id: an empty one. Where the hashes begin. */
static size_t
put_ids(struct gp_buf *b, const struct gp_row *row, size_t n)
{
	size_t i, first;

	gp_buf_reset(b);
	array(b, TYPE_TEXT, n);
	for (i = 0; i < n; i++) {
		struct gp_span id = row[i].v[GP_COL_RECORD_ID].text;

		gp_postgres_put32(b, (uint32_t)id.n);
		gp_buf_add(b, id.p, id.n);
	}
	first = b->n;
	array(b, TYPE_INT8, n);
	for (i = 0; i < n; i++) {
		gp_postgres_put32(b, 8);
		gp_postgres_put64(b, (uint64_t)row[i].v[GP_COL_HASH].n);
	}
	return first;
}

#define OLD                                          \
	"SELECT i.o, r.n, r.hash, r.matter, r.seen," \
	" CASE r.person WHEN 1 THEN r.body END"      \
	" FROM unnest($1, $2) WITH ORDINALITY i(id, hash, o)"
#define DIFFERS " WHERE r.hash IS DISTINCT FROM i.hash"
#define OF_ID                                                         \
	"SELECT n, hash, matter, seen, person, body FROM gp_record m" \
	" WHERE m.id = g.id AND "

static const char find_old[] =
    OLD " LEFT JOIN gp_record r ON r.id = i.id" DIFFERS;
/* In the one month that gp_id names. */
static const char find_in_months[] = OLD
    " LEFT JOIN gp_id g ON g.id = i.id LEFT JOIN LATERAL (" OF_ID
    "m.at = g.at UNION ALL " OF_ID "m.at IS NULL AND g.at IS NULL) r ON true"
    " WHERE g.hash IS DISTINCT FROM i.hash";

/*
 * Only what is not there as it came is told: of most batches, read again,
 * that is nothing.
 */
int
gp_postgres_lookup(
    struct gp_store *s, struct gp_row *row, size_t n, struct gp_why *why)
{
	const Oid type[] = { TYPE_TEXT_ARRAY, TYPE_INT8_ARRAY };
	struct gp_postgres *q = s->db;
	PGresult *r;
	size_t i, first = put_ids(&q->out, row, n);
	int k;

	if (q->out.bad) {
		s->status = GP_SOFTWARE;
		return gp_because(why, "no memory");
	}
	r = ask(q, q->by_month ? find_in_months : find_old, type, 2, first);
	if (PQresultStatus(r) != PGRES_TUPLES_OK)
		return gp_postgres_fail(s, r, why);
	for (i = 0; i < n; i++) { /* as it is there, unless told otherwise */
		row[i].old.n = 1;
		row[i].old.hash = row[i].v[GP_COL_HASH].n;
	}
	for (k = 0; k < PQntuples(r); k++) {
		i = (size_t)gp_postgres_column(r, k, 0).n - 1;
		if (i < n)
			take_old(s, r, k, &row[i]);
	}
	PQclear(r);
	return 0;
}

static int
take_sync(void *ctx, const struct gp_db_value *v, size_t n)
{
	struct gp_postgres *q = ctx;

	(void)n;
	snprintf(q->sync, sizeof(q->sync), "%.*s", (int)v->text.n, v->text.p);
	return 0;
}

/*
 * The table that batches are copied into, once a connection. When the session
 * ends the server drops it, in a transaction of its own; with a synchronous
 * standby that one would wait for it, deaf to all signals, and a primary that
 * was cut off could never be shut down. So the session commits locally, all
 * but our transactions (gp_postgres_begin).
 */
static int
make_new(struct gp_store *s, struct gp_why *why)
{
	struct gp_postgres *q = s->db;
	int i;

	if (q->has_new || q->makes_new)
		return 0;
	if (s->engine->run(s, "SELECT current_setting('synchronous_commit')",
		NULL, 0, take_sync, q, why) == -1)
		return -1;
	gp_buf_reset(&s->sql);
	gp_buf_addf(&s->sql,
	    "SET synchronous_commit = %s; SET LOCAL synchronous_commit = '%s';"
	    "CREATE TEMP TABLE IF NOT EXISTS gp_new(",
	    strcmp(q->sync, "off") == 0 ? "off" : "local", q->sync);
	for (i = 0; i < GP_ROW_COLUMNS; i++)
		gp_buf_addf(&s->sql, "%s %s, ", gp_row_column[i].name,
		    gp_row_column[i].is_text ? "TEXT" : "BIGINT");
	gp_buf_adds(&s->sql,
	    "keep BIGINT, fresh BIGINT, words TEXT)"
	    " ON COMMIT DELETE ROWS");
	if (s->engine->script(s, gp_buf_str(&s->sql), why) == -1)
		return -1;
	q->makes_new = 1;
	return 0;
}

static void
put_value(struct gp_buf *b, struct gp_db_value v)
{
	if (v.type == GP_DB_NULL) {
		gp_postgres_put32(b, UINT32_MAX);
	} else if (v.type == GP_DB_INT) {
		gp_postgres_put32(b, 8);
		gp_postgres_put64(b, (uint64_t)v.n);
	} else {
		gp_postgres_put32(b, (uint32_t)v.text.n);
		gp_buf_add(b, v.text.p, v.text.n);
	}
}

/* A row of COPY in binary: the count of fields, and each with its length. */
static void
put_row(struct gp_store *s, const struct gp_row *row, struct gp_buf *b)
{
	const struct gp_postgres *q = s->db;
	const unsigned char fields[] = { 0, GP_ROW_COLUMNS + 3 };
	int i, words = row->fate == GP_ROW_FRESH || row->keep;

	gp_buf_add(b, fields, sizeof(fields));
	for (i = 0; i < GP_ROW_COLUMNS; i++)
		put_value(b,
		    i == GP_COL_PAGE && q->has_pages &&
			    row->v[i].type == GP_DB_NULL
			? gp_db_str("")
			: row->v[i]);
	put_value(b, gp_db_int(row->fate == GP_ROW_CHANGED && row->keep));
	put_value(b, gp_db_int(row->fate == GP_ROW_FRESH));
	if (words && !s->no_text)
		gp_row_words(s, row, 0, &s->text);
	else
		gp_buf_reset(&s->text);
	put_value(b,
	    s->text.n > 0 ? gp_db_text(gp_buf_span(&s->text))
			  : gp_db_str(NULL));
}

static int
send(struct gp_store *s, struct gp_why *why)
{
	struct gp_postgres *q = s->db;

	if (q->out.bad) {
		s->status = GP_SOFTWARE;
		return gp_because(why, "no memory");
	}
	if (PQputCopyData(q->db, q->out.p, (int)q->out.n) == 1) {
		gp_buf_reset(&q->out);
		return 0;
	}
	return gp_postgres_fail(s, NULL, why);
}

static int
copy_rows(
    struct gp_store *s, const struct gp_row *row, size_t n, struct gp_why *why)
{
	static const char head[] = "PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0";
	struct gp_postgres *q = s->db;
	size_t i;

	gp_buf_reset(&q->out);
	gp_buf_add(&q->out, head, 19);
	for (i = 0; i < n; i++) {
		if (row[i].fate != GP_ROW_FRESH &&
		    row[i].fate != GP_ROW_CHANGED)
			continue;
		put_row(s, &row[i], &q->out);
		if (q->out.n >= GP_MIB && send(s, why) == -1)
			return -1;
	}
	gp_buf_add(&q->out, "\377\377", 2);
	return send(s, why);
}

static int
copy(struct gp_store *s, const struct gp_row *row, size_t n, struct gp_why *why)
{
	struct gp_postgres *q = s->db;
	PGresult *r;
	int bad;

	/* The second piece of a transaction begins with an empty table. */
	if (q->has_rows && s->engine->script(s, "TRUNCATE gp_new", why) == -1)
		return -1;
	q->has_rows = 0;
	r = PQexec(q->db, "COPY gp_new FROM STDIN (FORMAT binary)");
	if (PQresultStatus(r) != PGRES_COPY_IN)
		return gp_postgres_fail(s, r, why);
	PQclear(r);
	bad = copy_rows(s, row, n, why);
	if (PQputCopyEnd(q->db, bad ? "given up" : NULL) != 1 && !bad)
		bad = gp_postgres_fail(s, NULL, why);
	while ((r = PQgetResult(q->db)) != NULL) {
		if (PQresultStatus(r) != PGRES_COMMAND_OK && !bad) {
			bad = gp_postgres_fail(s, r, why);
			continue;
		}
		PQclear(r);
	}
	return bad;
}

static int
write_other(struct gp_store *s, const struct gp_row *row, gp_instant now,
    struct gp_why *why)
{
	const struct gp_db_value stale[] = { row->v[GP_COL_RECORD_ID],
		gp_db_int(now), row->v[GP_COL_SEEN], row->v[GP_COL_HASH],
		row->v[GP_COL_BODY] };
	const struct gp_db_value cursor[] = { row->v[GP_COL_PAGE],
		gp_db_text(row->stream), gp_db_int(now), row->v[GP_COL_BODY] };

	if (row->fate == GP_ROW_STALE)
		return s->engine->run(s,
		    "INSERT INTO gp_history(id, kept, seen, hash, body)"
		    " VALUES($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
		    stale, 5, NULL, NULL, why);
	if (row->fate != GP_ROW_CURSOR)
		return 0;
	return s->engine->run(s,
	    "INSERT INTO gp_cursor(page, stream, changed, body)"
	    " VALUES($1, $2, $3, $4) ON CONFLICT(page, stream) DO UPDATE"
	    " SET changed = excluded.changed, body = excluded.body"
	    " WHERE gp_cursor.body <> excluded.body",
	    cursor, 4, NULL, NULL, why);
}

int
gp_postgres_write(struct gp_store *s, struct gp_row *row, size_t n,
    gp_instant now, struct gp_why *why)
{
	size_t i, copies = 0, keeps = 0, changes = 0;

	for (i = 0; i < n; i++) {
		copies += row[i].fate == GP_ROW_FRESH ||
		    row[i].fate == GP_ROW_CHANGED;
		changes += row[i].fate == GP_ROW_CHANGED;
		keeps += row[i].fate == GP_ROW_CHANGED && row[i].keep;
	}
	if (copies > 0 &&
	    (make_new(s, why) == -1 || copy(s, row, n, why) == -1 ||
		gp_postgres_merge(s, changes > 0, keeps > 0, now, why) == -1))
		return -1;
	for (i = 0; i < n; i++)
		if (write_other(s, &row[i], now, why) == -1)
			return -1;
	return 0;
}
