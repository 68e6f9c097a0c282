/*
 * What a person types to gp-store, against a record, and the record as a row:
 * the input is a condition, words to match, and a record, a line each. What
 * the match becomes is given to SQLite, which must understand it.
 */
#include <sqlite3.h>

#include "store/match.h"
#include "store/row.h"
#include "store/where.h"

#include "fuzz.h"

/* FTS5 takes any query of ours; made once. */
static sqlite3_stmt *
asker(void)
{
	static sqlite3_stmt *st;
	sqlite3 *db;

	if (st != NULL)
		return st;
	HOLDS(sqlite3_open(":memory:", &db) == SQLITE_OK);
	HOLDS(sqlite3_exec(db,
		  "CREATE VIRTUAL TABLE w USING fts5(words,"
		  " tokenize = 'unicode61 remove_diacritics 0')",
		  NULL, NULL, NULL) == SQLITE_OK);
	HOLDS(sqlite3_prepare_v2(db, "SELECT rowid FROM w WHERE w MATCH ?1", -1,
		  &st, NULL) == SQLITE_OK);
	return st;
}

static void
match(const char *typed)
{
	static struct gp_stem *stem;
	sqlite3_stmt *st = asker();
	struct gp_buf b;
	struct gp_why why;

	if (stem == NULL)
		stem = gp_stem_new("ru");
	HOLDS(stem != NULL);
	gp_buf_init(&b, 0);
	if (gp_match_write(typed, stem, &b, &why) == 0) {
		sqlite3_bind_text(st, 1, b.p, (int)b.n, SQLITE_STATIC);
		HOLDS(sqlite3_step(st) == SQLITE_DONE);
		sqlite3_reset(st);
	}
	gp_buf_reset(&b);
	gp_match_write(typed, NULL, &b, &why);
	gp_buf_release(&b);
}

/* A row says the same when it is read again from its own body. */
static void
row(struct gp_json_reader *r, const struct gp_json_obj *rec)
{
	struct gp_json_obj again;
	struct gp_row one, two;
	struct gp_pool pool;
	struct gp_buf b;
	struct gp_why why;
	int i;

	gp_pool_init(&pool);
	gp_buf_init(&b, 0);
	if (gp_row_read(r, rec, &pool, &one, &why) == 0 &&
	    one.fate != GP_ROW_CURSOR) {
		gp_buf_add(
		    &b, one.v[GP_COL_BODY].text.p, one.v[GP_COL_BODY].text.n);
		HOLDS(gp_json_open(r, gp_buf_span(&b), 0, &again, &why) == 0);
		HOLDS(gp_row_read(r, &again, &pool, &two, &why) == 0);
		for (i = 0; i < GP_ROW_COLUMNS; i++) {
			/* What has no id is known by its bytes. */
			if (i == GP_COL_RECORD_ID || i == GP_COL_TALK)
				continue;
			HOLDS(one.v[i].type == two.v[i].type);
			HOLDS(one.v[i].type != GP_DB_INT ||
			    one.v[i].n == two.v[i].n);
			HOLDS(one.v[i].type != GP_DB_TEXT ||
			    gp_span_eq(one.v[i].text, two.v[i].text));
		}
	}
	gp_buf_release(&b);
	gp_pool_release(&pool);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static struct gp_json_reader *r;
	struct gp_span all = fuzz_pad(data, n), rec;
	struct gp_json_obj o;
	struct gp_where *w;
	struct gp_why why;
	char *first, *second, *p;

	if (r == NULL)
		r = gp_json_new();
	HOLDS(r != NULL);
	first = calloc(1, n + 1);
	second = calloc(1, n + 1);
	HOLDS(first != NULL && second != NULL);
	p = memchr(all.p, '\n', all.n);
	if (p != NULL && memchr(all.p, '\0', (size_t)(p - all.p)) == NULL) {
		memcpy(first, all.p, (size_t)(p - all.p));
		rec.p = p + 1;
		rec.n = all.n - (size_t)(rec.p - all.p);
		p = memchr(rec.p, '\n', rec.n);
		if (p != NULL) {
			memcpy(second, rec.p, (size_t)(p - rec.p));
			rec.n -= (size_t)(p + 1 - rec.p);
			rec.p = p + 1;
		}
		match(second);
		w = gp_where_new(first, &why);
		if (gp_json_open(r, rec, 0, &o, &why) == 0) {
			if (w != NULL)
				gp_where_fits(w, r, &o);
			row(r, &o);
		}
		gp_where_free(w);
	}
	free(first);
	free(second);
	free((char *)all.p);
	return 0;
}
