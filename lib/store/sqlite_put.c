/* A batch into SQLite: statements that are prepared once. */
#include "store/sqlite.h"

/* Statements by gp_sqlite_kept; those with columns are made of them. */
static const char *const plain[GP_SQLITE_KEPT] = {
	[GP_SQLITE_FIND] =
	    "SELECT n, hash, matter, seen, CASE person WHEN 1 THEN body END"
	    " FROM gp_record WHERE id = ?1",
	[GP_SQLITE_KEEP] =
	    "INSERT OR IGNORE INTO gp_history(id, kept, seen, hash, body)"
	    " SELECT id, ?2, seen, hash, body FROM gp_record WHERE n = ?1",
	[GP_SQLITE_STALE] =
	    "INSERT OR IGNORE INTO gp_history(id, kept, seen, hash, body)"
	    " VALUES(?1, ?2, ?3, ?4, ?5)",
	[GP_SQLITE_WORDS] = "INSERT INTO gp_words(rowid, words) VALUES(?1, ?2)",
	[GP_SQLITE_NO_WORDS] = "DELETE FROM gp_words WHERE rowid = ?1",
	[GP_SQLITE_CURSOR] =
	    "INSERT INTO gp_cursor(page, stream, changed, body)"
	    " VALUES(?1, ?2, ?3, ?4) ON CONFLICT(page, stream) DO UPDATE"
	    " SET changed = excluded.changed, body = excluded.body"
	    " WHERE body <> excluded.body",
};

static void
make_sql(struct gp_buf *b, enum gp_sqlite_kept which)
{
	int i;

	gp_buf_reset(b);
	if (which == GP_SQLITE_INSERT) {
		gp_buf_adds(b, "INSERT INTO gp_record(");
		gp_row_names(b);
		gp_buf_adds(b, ") VALUES(");
		for (i = 1; i <= GP_ROW_COLUMNS; i++)
			gp_buf_addf(b, "%s?%d", i > 1 ? ", " : "", i);
		gp_buf_addc(b, ')');
	} else if (which == GP_SQLITE_UPDATE) {
		gp_buf_adds(b, "UPDATE gp_record SET ");
		gp_row_sets(b, "?%d", "%s");
		gp_buf_addf(b, " WHERE n = ?%d", GP_ROW_COLUMNS + 1);
	} else {
		gp_buf_adds(b, plain[which]);
	}
}

/* NULL: s->status and the reason are set. */
static sqlite3_stmt *
kept(struct gp_store *s, enum gp_sqlite_kept which, struct gp_why *why)
{
	struct gp_sqlite *q = s->db;

	if (q->kept[which] == NULL) {
		make_sql(&s->sql, which);
		if (sqlite3_prepare_v3(q->db, gp_buf_str(&s->sql), -1,
			SQLITE_PREPARE_PERSISTENT, &q->kept[which],
			NULL) != SQLITE_OK) {
			gp_sqlite_fail(s, "cannot be written to", why);
			return NULL;
		}
	}
	return q->kept[which];
}

static int
find(struct gp_store *s, sqlite3_stmt *st, struct gp_row *row,
    struct gp_why *why)
{
	struct gp_db_value seen, body;
	int r;

	gp_sqlite_bind(st, 1, row->v[GP_COL_RECORD_ID]);
	r = sqlite3_step(st);
	if (r == SQLITE_ROW) {
		row->old.n = sqlite3_column_int64(st, 0);
		row->old.hash = sqlite3_column_int64(st, 1);
		row->old.matter = sqlite3_column_int64(st, 2);
		seen = gp_sqlite_column(st, 3);
		row->old.has_seen = seen.type == GP_DB_INT;
		row->old.seen = seen.n;
		body = gp_sqlite_column(st, 4);
		if (body.type == GP_DB_TEXT)
			row->old.body = gp_pool_copy(&s->pool, body.text);
	} else if (r != SQLITE_DONE) {
		gp_sqlite_fail(s, "cannot be read", why);
		sqlite3_reset(st);
		return -1;
	}
	sqlite3_reset(st);
	return 0;
}

int
gp_sqlite_lookup(
    struct gp_store *s, struct gp_row *row, size_t n, struct gp_why *why)
{
	sqlite3_stmt *st = kept(s, GP_SQLITE_FIND, why);
	size_t i;

	if (st == NULL)
		return -1;
	for (i = 0; i < n; i++)
		if (row[i].fate == GP_ROW_UNKNOWN &&
		    find(s, st, &row[i], why) == -1)
			return -1;
	return 0;
}

/* Binds, runs, and is ready again. */
static int
act(struct gp_store *s, enum gp_sqlite_kept which, const struct gp_db_value *v,
    int n, struct gp_why *why)
{
	sqlite3_stmt *st = kept(s, which, why);
	int i, r;

	if (st == NULL)
		return -1;
	for (i = 0; i < n; i++)
		if (gp_sqlite_bind(st, i + 1, v[i]) != SQLITE_OK)
			return gp_sqlite_fail(s, "cannot be written to", why);
	r = sqlite3_step(st);
	if (r != SQLITE_DONE)
		gp_sqlite_fail(s, "cannot be written to", why);
	sqlite3_reset(st);
	return r == SQLITE_DONE ? 0 : -1;
}

static int
write_words(struct gp_store *s, const struct gp_row *row, int64_t n, int had,
    struct gp_why *why)
{
	struct gp_db_value v[2] = { gp_db_int(n) };

	if (had && act(s, GP_SQLITE_NO_WORDS, v, 1, why) == -1)
		return -1;
	if (s->no_text)
		return 0;
	gp_row_words(s, row, 1, &s->text);
	if (s->text.n == 0)
		return 0;
	v[1] = gp_db_text(gp_buf_span(&s->text));
	return act(s, GP_SQLITE_WORDS, v, 2, why);
}

static int
write_fresh(struct gp_store *s, struct gp_row *row, struct gp_why *why)
{
	struct gp_sqlite *q = s->db;

	if (act(s, GP_SQLITE_INSERT, row->v, GP_ROW_COLUMNS, why) == -1)
		return -1;
	return write_words(s, row, sqlite3_last_insert_rowid(q->db), 0, why);
}

static int
write_changed(
    struct gp_store *s, struct gp_row *row, gp_instant now, struct gp_why *why)
{
	struct gp_db_value v[GP_ROW_COLUMNS + 1] = { gp_db_int(row->old.n),
		gp_db_int(now) };
	int i;

	if (row->keep && act(s, GP_SQLITE_KEEP, v, 2, why) == -1)
		return -1;
	for (i = 0; i < GP_ROW_COLUMNS; i++)
		v[i] = row->v[i];
	v[GP_ROW_COLUMNS] = gp_db_int(row->old.n);
	if (act(s, GP_SQLITE_UPDATE, v, GP_ROW_COLUMNS + 1, why) == -1)
		return -1;
	return row->keep ? write_words(s, row, row->old.n, 1, why) : 0;
}

static int
write_stale(struct gp_store *s, const struct gp_row *row, gp_instant now,
    struct gp_why *why)
{
	const struct gp_db_value v[] = { row->v[GP_COL_RECORD_ID],
		gp_db_int(now), row->v[GP_COL_SEEN], row->v[GP_COL_HASH],
		row->v[GP_COL_BODY] };

	return act(s, GP_SQLITE_STALE, v, 5, why);
}

static int
write_cursor(struct gp_store *s, const struct gp_row *row, gp_instant now,
    struct gp_why *why)
{
	const struct gp_db_value v[] = { row->v[GP_COL_PAGE],
		gp_db_text(row->stream), gp_db_int(now), row->v[GP_COL_BODY] };

	return act(s, GP_SQLITE_CURSOR, v, 4, why);
}

int
gp_sqlite_write(struct gp_store *s, struct gp_row *row, size_t n,
    gp_instant now, struct gp_why *why)
{
	size_t i;
	int r = 0;

	for (i = 0; i < n && r == 0; i++)
		switch (row[i].fate) {
		case GP_ROW_FRESH:
			r = write_fresh(s, &row[i], why);
			break;
		case GP_ROW_CHANGED:
			r = write_changed(s, &row[i], now, why);
			break;
		case GP_ROW_STALE:
			r = write_stale(s, &row[i], now, why);
			break;
		case GP_ROW_CURSOR:
			r = write_cursor(s, &row[i], now, why);
			break;
		case GP_ROW_SAME:
		case GP_ROW_FORGOTTEN:
		case GP_ROW_UNKNOWN:
			break;
		}
	return r;
}
