/* From gp_new, where a batch was copied to, into the records. */
#include "store/postgres.h"

/* A row of gp_new, and the one of its id: in one table, in its month, or
 * without time. */
#define KEPT   "SELECT r.id, CAST($1 AS bigint), r.seen, r.hash, r.body"
#define IN_ONE " FROM gp_new w JOIN gp_record r ON r.id = w.id WHERE w.keep = 1"
#define BY_ID                                                         \
	" FROM gp_new w JOIN gp_id g ON g.id = w.id JOIN gp_record r" \
	" ON r.id = g.id AND "
#define IN_MONTH BY_ID "r.at = g.at WHERE w.keep = 1"
#define IN_NONE  BY_ID "r.at IS NULL AND g.at IS NULL WHERE w.keep = 1"

/* What is replaced goes to the history. */
static int
keep_old(
    struct gp_store *s, const char *rows, gp_instant now, struct gp_why *why)
{
	struct gp_db_value v = gp_db_int(now);
	struct gp_buf *b = &s->sql;

	gp_buf_reset(b);
	gp_buf_adds(b, "INSERT INTO gp_history(id, kept, seen, hash, body) ");
	gp_buf_adds(b, rows);
	gp_buf_adds(b, " ON CONFLICT DO NOTHING");
	return s->engine->run(s, gp_buf_str(b), &v, 1, NULL, NULL, why);
}

static void
begin_insert(struct gp_buf *b)
{
	gp_buf_reset(b);
	gp_buf_adds(b, "INSERT INTO gp_record(");
	gp_row_names(b);
	gp_buf_adds(b, ", words) SELECT ");
	gp_row_names(b);
	gp_buf_adds(b, ", to_tsvector('russian', words) FROM gp_new w");
}

static int
update_months(struct gp_store *s, const char *where, struct gp_why *why)
{
	struct gp_buf *b = &s->sql;

	gp_buf_reset(b);
	gp_buf_adds(b, "UPDATE gp_record r SET ");
	gp_row_sets(b, "w.%s", "r.%s");
	gp_buf_adds(b,
	    ", words = CASE WHEN r.matter = w.matter THEN r.words"
	    " ELSE to_tsvector('russian', w.words) END"
	    " FROM gp_new w JOIN gp_id g ON g.id = w.id WHERE r.id = g.id AND ");
	gp_buf_adds(b, where);
	return s->engine->script(s, gp_buf_str(b), why);
}

/* A row moves with its time. What is new first: its ids are not in gp_id. */
static int
into_months(struct gp_store *s, int changes, struct gp_why *why)
{
	struct gp_postgres *q = s->db;

	begin_insert(&s->sql);
	gp_buf_adds(&s->sql, " WHERE w.fresh = 1");
	q->has_rows = 1;
	if (s->engine->script(s, gp_buf_str(&s->sql), why) == -1)
		return -1;
	if (!changes)
		return 0;
	if (update_months(s, "r.at = g.at AND w.fresh = 0", why) == -1)
		return -1;
	return update_months(
	    s, "r.at IS NULL AND g.at IS NULL AND w.fresh = 0", why);
}

static int
into_one(struct gp_store *s, struct gp_why *why)
{
	struct gp_postgres *q = s->db;
	struct gp_buf *b = &s->sql;

	begin_insert(b);
	gp_buf_adds(b, " ON CONFLICT(id) DO UPDATE SET ");
	gp_row_sets(b, "excluded.%s", "gp_record.%s");
	gp_buf_adds(b,
	    ", words = CASE WHEN gp_record.matter = excluded.matter"
	    " THEN gp_record.words ELSE excluded.words END");
	if (s->engine->script(s, gp_buf_str(b), why) == -1)
		return -1;
	q->has_rows = 1;
	return 0;
}

int
gp_postgres_merge(struct gp_store *s, int changes, int keeps, gp_instant now,
    struct gp_why *why)
{
	const struct gp_postgres *q = s->db;
	const char *old = q->by_month ? KEPT IN_MONTH " UNION ALL " KEPT IN_NONE
				      : KEPT IN_ONE;

	if (keeps && keep_old(s, old, now, why) == -1)
		return -1;
	return q->by_month ? into_months(s, changes, why) : into_one(s, why);
}
