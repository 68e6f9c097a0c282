/* What the two files of the engine share. */
#ifndef GP_STORE_SQLITE_H
#define GP_STORE_SQLITE_H

#include <sqlite3.h>
#include <stdio.h>

#include "store/engine.h"

/* Statements that are kept for the next batch. */
enum gp_sqlite_kept {
	GP_SQLITE_FIND,
	GP_SQLITE_INSERT,
	GP_SQLITE_KEEP,
	GP_SQLITE_STALE,
	GP_SQLITE_UPDATE,
	GP_SQLITE_WORDS,
	GP_SQLITE_NO_WORDS,
	GP_SQLITE_CURSOR,
	GP_SQLITE_KEPT,
};

struct gp_sqlite {
	sqlite3 *db;
	sqlite3_stmt *kept[GP_SQLITE_KEPT];
};

/*
 * What every connection of ours has: it waits for others, and the file is in
 * WAL, for its owner alone where it is made. The first is for before it is
 * opened: -1 with errno. The second: a code of SQLite.
 */
int gp_sqlite_touch(const char *path);
int gp_sqlite_set_up(sqlite3 *);

int gp_sqlite_fail(struct gp_store *, const char *what, struct gp_why *);
struct gp_db_value gp_sqlite_column(sqlite3_stmt *, int);
int gp_sqlite_bind(sqlite3_stmt *, int at, struct gp_db_value);

int gp_sqlite_lookup(
    struct gp_store *, struct gp_row *, size_t n, struct gp_why *);
int gp_sqlite_write(struct gp_store *, struct gp_row *, size_t n,
    gp_instant now, struct gp_why *);

#endif
