#include <errno.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "store/dedup.h"
#include "store/sqlite.h"

struct base {
	sqlite3 *db;
	sqlite3_stmt *all, *put, *forget;
};

static int
fault(const struct base *b, const char *what, struct gp_dedup_fault *f)
{
	int code = b->db != NULL ? sqlite3_errcode(b->db) : SQLITE_NOMEM;

	f->exit = code == SQLITE_BUSY || code == SQLITE_LOCKED ? GP_TEMPFAIL
	    : code == SQLITE_NOTADB || code == SQLITE_CORRUPT  ? GP_DATA
							       : GP_IO;
	return gp_because(&f->why, "%s: %s", what,
	    b->db != NULL ? sqlite3_errmsg(b->db) : "no memory");
}

static void
base_close(void *arg)
{
	struct base *b = arg;

	if (b == NULL)
		return;
	sqlite3_finalize(b->all);
	sqlite3_finalize(b->put);
	sqlite3_finalize(b->forget);
	sqlite3_close(b->db);
	free(b);
}

static const char schema[] =
    "PRAGMA synchronous = NORMAL; BEGIN IMMEDIATE;"
    "CREATE TABLE IF NOT EXISTS gp_dedup_row ("
    " id TEXT PRIMARY KEY, at INTEGER NOT NULL,"
    " version INTEGER NOT NULL, data BLOB NOT NULL) STRICT;"
    "CREATE INDEX IF NOT EXISTS gp_dedup_row_at ON gp_dedup_row (at);"
    "COMMIT;";

static int
prepare(struct base *b)
{
	return sqlite3_prepare_v2(b->db,
		   "SELECT id, at, data FROM gp_dedup_row WHERE version = ?1"
		   " ORDER BY at, id",
		   -1, &b->all, NULL) ||
	    sqlite3_prepare_v2(b->db,
		"INSERT INTO gp_dedup_row VALUES (?1, ?2, ?3, ?4)"
		" ON CONFLICT (id) DO UPDATE SET at = excluded.at,"
		" version = excluded.version, data = excluded.data"
		" WHERE version <> excluded.version",
		-1, &b->put, NULL) ||
	    sqlite3_prepare_v2(b->db, "DELETE FROM gp_dedup_row WHERE at < ?1",
		-1, &b->forget, NULL);
}

static void *
base_open(const char *path, struct gp_dedup_fault *f)
{
	struct base *b = calloc(1, sizeof(*b));

	if (b == NULL) {
		f->exit = GP_SOFTWARE;
		gp_because(&f->why, "no memory");
		return NULL;
	}
	if (gp_sqlite_touch(path) == -1) {
		f->exit = GP_IO;
		gp_because(
		    &f->why, "cannot use the database: %s", strerror(errno));
		base_close(b);
		return NULL;
	}
	if (sqlite3_open(path, &b->db) != SQLITE_OK ||
	    gp_sqlite_set_up(b->db) != SQLITE_OK ||
	    sqlite3_exec(b->db, schema, NULL, NULL, NULL) != SQLITE_OK ||
	    prepare(b) != SQLITE_OK) {
		fault(b, "cannot use the database", f);
		base_close(b);
		return NULL;
	}
	return b;
}

static int
base_next(
    void *arg, int version, struct gp_dedup_row *row, struct gp_dedup_fault *f)
{
	struct base *b = arg;
	int r;

	sqlite3_bind_int(b->all, 1, version);
	r = sqlite3_step(b->all);
	if (r == SQLITE_ROW) {
		row->id.p = (const char *)sqlite3_column_text(b->all, 0);
		row->id.n = (size_t)sqlite3_column_bytes(b->all, 0);
		row->at = sqlite3_column_int64(b->all, 1);
		row->data.p = sqlite3_column_blob(b->all, 2);
		row->data.n = (size_t)sqlite3_column_bytes(b->all, 2);
		return 1;
	}
	if (r != SQLITE_DONE)
		fault(b, "cannot read the index", f);
	sqlite3_reset(b->all);
	return r == SQLITE_DONE ? 0 : -1;
}

static int
put(struct base *b, int version, const struct gp_dedup_row *row)
{
	sqlite3_bind_text(b->put, 1, row->id.p, (int)row->id.n, SQLITE_STATIC);
	sqlite3_bind_int64(b->put, 2, row->at);
	sqlite3_bind_int(b->put, 3, version);
	sqlite3_bind_blob(
	    b->put, 4, row->data.p, (int)row->data.n, SQLITE_STATIC);
	sqlite3_step(b->put);
	return sqlite3_reset(b->put);
}

static int
forget(struct base *b, gp_instant before)
{
	sqlite3_bind_int64(b->forget, 1, before);
	sqlite3_step(b->forget);
	return sqlite3_reset(b->forget);
}

static int
base_save(void *arg, int version, const struct gp_dedup_row *row, size_t n,
    gp_instant before, struct gp_dedup_fault *f)
{
	struct base *b = arg;
	int bad;
	size_t i;

	/* The lock first: a reader that becomes a writer may not wait. */
	bad = sqlite3_exec(b->db, "BEGIN IMMEDIATE", NULL, NULL, NULL);
	for (i = 0; i < n && bad == SQLITE_OK; i++)
		bad = put(b, version, &row[i]);
	if (bad == SQLITE_OK)
		bad = forget(b, before);
	if (bad == SQLITE_OK)
		bad = sqlite3_exec(b->db, "COMMIT", NULL, NULL, NULL);
	if (bad == SQLITE_OK)
		return 0;
	fault(b, "cannot keep the index", f);
	sqlite3_exec(b->db, "ROLLBACK", NULL, NULL, NULL);
	return -1;
}

const struct gp_dedup_engine gp_dedup_sqlite = {
	.open = base_open,
	.next = base_next,
	.save = base_save,
	.close = base_close,
};
