/*
 * A record as a row: what the database can be asked about, and the bytes.
 */
#ifndef GP_STORE_ROW_H
#define GP_STORE_ROW_H

#include "base/instant.h"
#include "base/pool.h"
#include "json/json.h"

enum gp_db_type {
	GP_DB_NULL,
	GP_DB_INT,
	GP_DB_TEXT,
};

struct gp_db_value {
	enum gp_db_type type;
	int64_t n;
	struct gp_span text;
};

struct gp_db_value gp_db_int(int64_t);
struct gp_db_value gp_db_text(struct gp_span); /* p NULL: NULL */
struct gp_db_value gp_db_str(const char *);    /* NULL: NULL */

/* What a record is to the desk; numbers are in databases. */
enum gp_role {
	GP_ROLE_NONE = 0,
	GP_ROLE_APPEAL = 1,
	GP_ROLE_WORD = 2,     /* a comment or message of the page */
	GP_ROLE_REPLY = 3,    /* an approved answer */
	GP_ROLE_INTERIM = 4,  /* one that promises another */
	GP_ROLE_SENT = 5,     /* a receipt */
	GP_ROLE_NOT_SENT = 6, /* a receipt of what was refused or failed */
};

/* Columns, in the order of the table; n stands before them. */
enum gp_column_of_row {
	GP_COL_RECORD_ID,
	GP_COL_TYPE,
	GP_COL_NETWORK,
	GP_COL_PAGE,
	GP_COL_AT,
	GP_COL_SEEN,
	GP_COL_AUTHOR,
	GP_COL_POST,
	GP_COL_TALK,
	GP_COL_ANSWERS,
	GP_COL_MADE,
	GP_COL_ROLE,
	GP_COL_KIND,
	GP_COL_GROUP,
	GP_COL_TOPIC,
	GP_COL_ASSIGNEE,
	GP_COL_DUE_FIRST,
	GP_COL_DUE_FINAL,
	GP_COL_PROMISED,
	GP_COL_DELETED,
	GP_COL_PERSON,
	GP_COL_HASH,
	GP_COL_MATTER,
	GP_COL_CHANGED,
	GP_COL_BODY,
	GP_ROW_COLUMNS,
};

struct gp_row_column {
	const char *name;
	int is_text;
	int stays; /* what a deleted record no longer tells */
};
extern const struct gp_row_column gp_row_column[GP_ROW_COLUMNS];

enum gp_row_fate {
	GP_ROW_UNKNOWN,
	GP_ROW_FRESH,
	GP_ROW_CHANGED,
	GP_ROW_SAME,
	GP_ROW_STALE,
	GP_ROW_FORGOTTEN,
	GP_ROW_CURSOR,
};

struct gp_row {
	struct gp_db_value v[GP_ROW_COLUMNS]; /* texts stand in the pool */
	struct gp_span text[4];               /* that can be found */
	struct gp_span stream, value, store;  /* of a cursor */
	enum gp_row_fate fate;
	int keep;                  /* what it replaces goes to the history */
	int decided;               /* by a person: its class, or its route */
	const struct gp_row *came; /* before a person's class joined it */
	/* What is there; n 0: nothing. */
	struct {
		int64_t n, hash, matter, seen;
		int has_seen;
		struct gp_span body; /* where a person gave its class */
	} old;
};

/*
 * Reads a record, opened by `reader`, into the row; texts are copied into the
 * pool. What the store itself adds (`desk`) is left out. -1: refused, with the
 * reason.
 */
int gp_row_read(struct gp_json_reader *, const struct gp_json_obj *,
    struct gp_pool *, struct gp_row *, struct gp_why *);

/*
 * SQL of the columns, appended: their names; and "name = what is new" where a
 * record replaces another: `now` and `then` are how the new and the old value
 * of a column are written, with %s for its name and %d for its number from 1.
 */
void gp_row_names(struct gp_buf *);
void gp_row_sets(struct gp_buf *, const char *now, const char *then);

#endif
