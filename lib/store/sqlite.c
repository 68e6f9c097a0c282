/* The engine of one file: SQLite, in WAL. */
#include "store/sqlite.h"

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "store/schema.h"

/* How long one writer waits for another. */
enum {
	BUSY_MS = 30000,
	PAUSE_MS = 20,
};

int
gp_sqlite_fail(struct gp_store *s, const char *what, struct gp_why *why)
{
	struct gp_sqlite *q = s->db;
	int code = sqlite3_errcode(q->db) & 0xff;

	switch (code) {
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		s->status = GP_TEMPFAIL;
		return gp_because(why, "%s: another process holds it", what);
	case SQLITE_NOTADB:
		s->status = GP_DATA;
		return gp_because(why, "not a database of SQLite");
	case SQLITE_CORRUPT:
		s->status = GP_DATA;
		return gp_because(why, "%s: %s", what, sqlite3_errmsg(q->db));
	case SQLITE_NOMEM:
		s->status = GP_SOFTWARE;
		return gp_because(why, "no memory");
	case SQLITE_ERROR:
	case SQLITE_CONSTRAINT:
	case SQLITE_MISUSE:
	case SQLITE_MISMATCH:
		s->status = GP_SOFTWARE;
		break;
	default: /* FULL, IOERR, CANTOPEN, READONLY, PERM ... */
		s->status = GP_IO;
	}
	return gp_because(why, "%s: %s", what, sqlite3_errmsg(q->db));
}

int
gp_sqlite_touch(const char *path)
{
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

	return fd == -1 ? -1 : close(fd);
}

/* To change the mode of a file nobody may use it, and that is not waited for:
 * two who make it at one moment meet here. */
int
gp_sqlite_set_up(sqlite3 *db)
{
	const struct timespec pause = { 0, PAUSE_MS * 1000000L };
	int r, i;

	sqlite3_busy_timeout(db, BUSY_MS);
	for (i = 0; i < BUSY_MS / PAUSE_MS; i++) {
		r = sqlite3_exec(
		    db, "PRAGMA journal_mode = WAL", NULL, NULL, NULL);
		if (r != SQLITE_BUSY && r != SQLITE_LOCKED)
			break;
		nanosleep(&pause, NULL);
	}
	return r;
}

static int
prepare(struct gp_sqlite *q)
{
	int r = gp_sqlite_set_up(q->db);

	return r != SQLITE_OK ? r
			      : sqlite3_exec(q->db,
				    "PRAGMA synchronous = FULL;"
				    "PRAGMA foreign_keys = ON;"
				    "PRAGMA temp_store = FILE;"
				    "PRAGMA cache_size = -65536;"
				    "PRAGMA trusted_schema = OFF;",
				    NULL, NULL, NULL);
}

static int
open_file(struct gp_store *s, const char *url, enum gp_store_mode mode,
    struct gp_why *why)
{
	struct gp_sqlite *q = calloc(1, sizeof(*q));
	int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX;

	s->db = q;
	s->status = GP_SOFTWARE;
	if (q == NULL)
		return gp_because(why, "no memory");
	if ((mode == GP_STORE_WRITE || mode == GP_STORE_BARE) &&
	    gp_sqlite_touch(url) == -1) {
		s->status = GP_IO;
		return gp_because(why, "%s", strerror(errno));
	}
	/* Reading writes too where another has to be recovered from. */
	if ((mode == GP_STORE_READ || mode == GP_STORE_LOOK) &&
	    access(url, W_OK) == -1)
		flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX;
	if (access(url, F_OK) == -1) {
		s->status = GP_IO;
		return gp_because(why, "%s", strerror(errno));
	}
	if (sqlite3_open_v2(url, &q->db, flags, NULL) != SQLITE_OK)
		return gp_sqlite_fail(s, "cannot be opened", why);
	sqlite3_busy_timeout(q->db, BUSY_MS);
	sqlite3_extended_result_codes(q->db, 0);
	if ((flags & SQLITE_OPEN_READWRITE) && prepare(q) != SQLITE_OK)
		return gp_sqlite_fail(s, "cannot be set up", why);
	return 0;
}

static void
close_file(struct gp_store *s)
{
	struct gp_sqlite *q = s->db;
	int i;

	if (q == NULL)
		return;
	for (i = 0; i < GP_SQLITE_KEPT; i++)
		sqlite3_finalize(q->kept[i]);
	sqlite3_close(q->db);
	free(q);
}

/* 1: a row; 0: the end; -1. */
static int
next(struct gp_store *s, sqlite3_stmt *st, struct gp_why *why)
{
	switch (sqlite3_step(st)) {
	case SQLITE_ROW:
		return 1;
	case SQLITE_DONE:
		return 0;
	}
	return gp_sqlite_fail(s, "failed", why);
}

static int
rows(struct gp_store *s, sqlite3_stmt *st, gp_db_row_fn *fn, void *ctx,
    struct gp_why *why)
{
	struct gp_db_value v[GP_ROW_COLUMNS + 16];
	int i, n = sqlite3_column_count(st), r;

	while ((r = next(s, st, why)) == 1) {
		for (i = 0; i < n && i < GP_ROW_COLUMNS + 16; i++)
			v[i] = gp_sqlite_column(st, i);
		if (fn != NULL && fn(ctx, v, (size_t)i))
			return 0;
	}
	return r;
}

struct gp_db_value
gp_sqlite_column(sqlite3_stmt *st, int i)
{
	struct gp_span s;

	switch (sqlite3_column_type(st, i)) {
	case SQLITE_INTEGER:
		return gp_db_int(sqlite3_column_int64(st, i));
	case SQLITE_NULL:
		return gp_db_str(NULL);
	}
	s.p = (const char *)sqlite3_column_text(st, i);
	s.n = (size_t)sqlite3_column_bytes(st, i);
	return gp_db_text(s);
}

int
gp_sqlite_bind(sqlite3_stmt *st, int at, struct gp_db_value v)
{
	switch (v.type) {
	case GP_DB_INT:
		return sqlite3_bind_int64(st, at, v.n);
	case GP_DB_TEXT:
		return sqlite3_bind_text64(
		    st, at, v.text.p, v.text.n, SQLITE_STATIC, SQLITE_UTF8);
	case GP_DB_NULL:
		break;
	}
	return sqlite3_bind_null(st, at);
}

/* "$3" is a name to SQLite, whose place it knows. */
static int
bind_all(sqlite3_stmt *st, const struct gp_db_value *arg, size_t n)
{
	char name[24];
	size_t i;
	int at;

	for (i = 0; i < n; i++) {
		snprintf(name, sizeof(name), "$%zu", i + 1);
		at = sqlite3_bind_parameter_index(st, name);
		if (at > 0 && gp_sqlite_bind(st, at, arg[i]) != SQLITE_OK)
			return -1;
	}
	return 0;
}

static int
run(struct gp_store *s, const char *sql, const struct gp_db_value *arg,
    size_t n, gp_db_row_fn *fn, void *ctx, struct gp_why *why)
{
	struct gp_sqlite *q = s->db;
	sqlite3_stmt *st;
	int r;

	if (sqlite3_prepare_v2(q->db, sql, -1, &st, NULL) != SQLITE_OK)
		return gp_sqlite_fail(s, "cannot be asked", why);
	r = bind_all(st, arg, n) == -1 ? gp_sqlite_fail(s, "failed", why)
				       : rows(s, st, fn, ctx, why);
	s->changes = sqlite3_changes64(q->db);
	sqlite3_finalize(st);
	return r;
}

static int
script(struct gp_store *s, const char *sql, struct gp_why *why)
{
	struct gp_sqlite *q = s->db;

	if (sqlite3_exec(q->db, sql, NULL, NULL, NULL) != SQLITE_OK)
		return gp_sqlite_fail(s, "cannot be written to", why);
	return 0;
}

static int
begin(struct gp_store *s, int write, struct gp_why *why)
{
	return script(s, write ? "BEGIN IMMEDIATE" : "BEGIN", why);
}

static int
commit(struct gp_store *s, int write, struct gp_why *why)
{
	(void)write;
	return script(s, "COMMIT", why);
}

struct wrong {
	gp_store_wrong_fn *fn;
	void *ctx;
	int64_t *n;
};

static int
said(void *arg, const struct gp_db_value *v, size_t n)
{
	struct wrong *w = arg;
	char text[256];

	(void)n;
	if (v[0].type != GP_DB_TEXT || gp_span_is(v[0].text, "ok"))
		return 0;
	snprintf(text, sizeof(text), "%.*s",
	    v[0].text.n < 200 ? (int)v[0].text.n : 200, v[0].text.p);
	++*w->n;
	w->fn(w->ctx, "database.whole", (struct gp_span){ "", 0 }, text);
	return 0;
}

static int
check(struct gp_store *s, gp_store_wrong_fn *fn, void *ctx, int64_t *wrong,
    struct gp_why *why)
{
	struct wrong w = { fn, ctx, wrong };
	struct gp_sqlite *q = s->db;

	if (run(s, "PRAGMA integrity_check(100)", NULL, 0, said, &w, why) == -1)
		return -1;
	if (sqlite3_db_readonly(q->db, "main") == 1)
		return 0;
	if (sqlite3_exec(q->db,
		"INSERT INTO gp_words(gp_words)"
		" VALUES('integrity-check')",
		NULL, NULL, NULL) == SQLITE_OK)
		return 0;
	if ((sqlite3_errcode(q->db) & 0xff) != SQLITE_CORRUPT)
		return gp_sqlite_fail(s, "cannot be checked", why);
	++*wrong;
	fn(ctx, "text.whole", (struct gp_span){ "", 0 },
	    "the index of words is damaged");
	return 0;
}

/* Deleted bytes are overwritten, the index made anew, the log emptied. */
static int
scrub(struct gp_store *s, struct gp_why *why)
{
	return script(s,
	    "INSERT INTO gp_words(gp_words) VALUES('rebuild');"
	    "PRAGMA wal_checkpoint(TRUNCATE);"
	    "VACUUM;"
	    "PRAGMA wal_checkpoint(TRUNCATE);",
	    why);
}

static int
size(struct gp_store *s, int64_t *bytes, struct gp_why *why)
{
	return gp_db_number(s,
	    "SELECT page_count * page_size FROM pragma_page_count,"
	    " pragma_page_size",
	    NULL, 0, 0, bytes, why);
}

const struct gp_engine gp_engine_sqlite = {
	.name = "sqlite",
	.open = open_file,
	.close = close_file,
	.run = run,
	.script = script,
	.lookup = gp_sqlite_lookup,
	.write = gp_sqlite_write,
	.begin = begin,
	.commit = commit,
	.check = check,
	.scrub = scrub,
	.size = size,
	.migration = gp_schema_sqlite,
	.is_there = "SELECT COUNT(*) FROM sqlite_schema"
		    " WHERE type = 'table' AND name = 'gp_meta'",
	.has_dedup = "SELECT COUNT(*) FROM sqlite_schema"
		     " WHERE name = 'gp_dedup_row'",
	.salt = "INSERT OR IGNORE INTO gp_meta"
		" VALUES('salt', lower(hex(randomblob(16)))),"
		" ('store', lower(hex(randomblob(16))))",
	.matches = "a.n IN (SELECT rowid FROM gp_words"
		   " WHERE gp_words MATCH $%d)",
	.stems = 1,
	.no_text = "SELECT r.n, r.body FROM gp_record r WHERE r.n > $1"
		   " AND NOT EXISTS (SELECT 1 FROM gp_words_content d"
		   " WHERE d.id = r.n) ORDER BY r.n LIMIT 1000",
	.put_text = "INSERT INTO gp_words(rowid, words) VALUES($1, $2)",
	.prune_text = "DELETE FROM gp_words WHERE rowid IN"
		      " (SELECT n FROM gp_gone)",
	.drop_text = "DELETE FROM gp_words WHERE rowid = $1",
};
