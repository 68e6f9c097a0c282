/*
 * A bare loop of prepared upserts: the columns and indexes of gp-store, 10,000
 * rows a transaction, synced like its own. The rows are read into memory
 * first, from a database that gp-store made; only the loop is timed.
 *
 * usage: peer_sqlite FROM.db TO.db; prints seconds.
 */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define COLUMNS 25

struct cell {
	int type, n;
	sqlite3_int64 i;
	char *p;
};

static void
ask(sqlite3 *db, const char *sql)
{
	char *error = NULL;

	if (sqlite3_exec(db, sql, NULL, NULL, &error) != SQLITE_OK) {
		fprintf(stderr, "peer_sqlite: %s\n", error);
		exit(1);
	}
}

static sqlite3_stmt *
prepare(sqlite3 *db, const char *sql)
{
	sqlite3_stmt *st;

	if (sqlite3_prepare_v2(db, sql, -1, &st, NULL) != SQLITE_OK) {
		fprintf(stderr, "peer_sqlite: %s\n", sqlite3_errmsg(db));
		exit(1);
	}
	return st;
}

/* Tables and indexes as they are there, but the full text. */
static void
copy_schema(sqlite3 *from, sqlite3 *to)
{
	sqlite3_stmt *st = prepare(from,
	    "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL"
	    " AND tbl_name = 'gp_record' ORDER BY type DESC");

	while (sqlite3_step(st) == SQLITE_ROW)
		ask(to, (const char *)sqlite3_column_text(st, 0));
	sqlite3_finalize(st);
}

static size_t
load(sqlite3 *from, struct cell **all)
{
	sqlite3_stmt *st = prepare(from,
	    "SELECT id, type, network, page, at, seen, author, post, talk,"
	    " answers, made, role, kind, grp, topic, assignee, due_first,"
	    " due_final, promised, deleted, person, hash, matter, changed, body"
	    " FROM gp_record ORDER BY n");
	size_t n = 0, cap = 0;
	int i;

	for (; sqlite3_step(st) == SQLITE_ROW; n++) {
		if (n == cap) {
			cap = cap * 2 + 1024;
			*all = realloc(*all, cap * COLUMNS * sizeof(**all));
		}
		for (i = 0; i < COLUMNS; i++) {
			struct cell *c = &(*all)[n * COLUMNS + i];

			c->type = sqlite3_column_type(st, i);
			c->i = sqlite3_column_int64(st, i);
			c->n = sqlite3_column_bytes(st, i);
			c->p = NULL;
			if (c->type == SQLITE_TEXT) {
				c->p = malloc(c->n + 1);
				memcpy(
				    c->p, sqlite3_column_text(st, i), c->n + 1);
			}
		}
	}
	sqlite3_finalize(st);
	return n;
}

static void
put(sqlite3_stmt *st, const struct cell *c)
{
	int i;

	for (i = 0; i < COLUMNS; i++)
		if (c[i].type == SQLITE_INTEGER)
			sqlite3_bind_int64(st, i + 1, c[i].i);
		else if (c[i].type == SQLITE_TEXT)
			sqlite3_bind_text(
			    st, i + 1, c[i].p, c[i].n, SQLITE_STATIC);
		else
			sqlite3_bind_null(st, i + 1);
	if (sqlite3_step(st) != SQLITE_DONE)
		exit(1);
	sqlite3_reset(st);
}

int
main(int argc, char **argv)
{
	struct cell *all = NULL;
	struct timespec a, b;
	sqlite3 *from, *to;
	sqlite3_stmt *st;
	size_t i, n;

	if (argc != 3 || sqlite3_open(argv[1], &from) != SQLITE_OK ||
	    sqlite3_open(argv[2], &to) != SQLITE_OK)
		return 1;
	ask(to,
	    "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
	    "PRAGMA cache_size = -65536");
	copy_schema(from, to);
	n = load(from, &all);
	sqlite3_close(from);
	st = prepare(to,
	    "INSERT INTO gp_record(id, type, network, page, at, seen, author,"
	    " post, talk, answers, made, role, kind, grp, topic, assignee,"
	    " due_first, due_final, promised, deleted, person, hash, matter,"
	    " changed, body) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,"
	    "?,?,?,?) ON CONFLICT(id) DO UPDATE SET at = excluded.at,"
	    " seen = excluded.seen, role = excluded.role,"
	    " hash = excluded.hash, body = excluded.body");
	clock_gettime(CLOCK_MONOTONIC, &a);
	for (i = 0; i < n; i++) {
		if (i % 10000 == 0)
			ask(to,
			    i > 0 ? "COMMIT; BEGIN IMMEDIATE"
				  : "BEGIN IMMEDIATE");
		put(st, &all[i * COLUMNS]);
	}
	ask(to, "COMMIT");
	clock_gettime(CLOCK_MONOTONIC, &b);
	printf("%.3f\n",
	    (double)(b.tv_sec - a.tv_sec) +
		(double)(b.tv_nsec - a.tv_nsec) / 1e9);
	return 0;
}
