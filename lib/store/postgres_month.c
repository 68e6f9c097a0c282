/*
 * Records in a table a month, by `at`. What says which month an id is in, and
 * whether its record is as it was, is a table of its own, gp_id, kept by
 * triggers: an id is there once. What has no time, or one that is nobody's
 * month, is in gp_record_rest.
 *
 * A store in one table becomes such a one while others work with it: gp_id is
 * filled from what is there, then the table takes another name and becomes the
 * rest, at once; then one month after another moves out of it.
 */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "store/postgres.h"

enum {
	SOME = 20000, /* ids that are entered at once */
	FIRST_YEAR = 2000
};

#define WORDS "LANGUAGE plpgsql SET enable_hashjoin = on AS"

static const char begin_ids[] =
    "CREATE TABLE IF NOT EXISTS gp_id(id TEXT PRIMARY KEY, at BIGINT,"
    " hash BIGINT NOT NULL) WITH (fillfactor = 90);"
    "CREATE OR REPLACE FUNCTION gp_id_come() RETURNS trigger " WORDS
    " $$BEGIN INSERT INTO gp_id SELECT id, at, hash FROM gp_is;"
    " RETURN NULL; END$$;"
    "CREATE OR REPLACE FUNCTION gp_id_go() RETURNS trigger " WORDS
    " $$BEGIN DELETE FROM gp_id g USING gp_was w WHERE g.id = w.id;"
    " RETURN NULL; END$$;"
    "CREATE OR REPLACE FUNCTION gp_id_change() RETURNS trigger " WORDS
    " $$BEGIN DELETE FROM gp_id g USING gp_was o JOIN gp_is w ON w.n = o.n"
    " WHERE w.id <> o.id AND g.id = o.id;"
    " INSERT INTO gp_id SELECT w.id, w.at, w.hash FROM gp_is w"
    " JOIN gp_was o ON o.n = w.n WHERE w.id <> o.id"
    " OR w.at IS DISTINCT FROM o.at OR w.hash <> o.hash"
    " ON CONFLICT(id) DO UPDATE SET at = excluded.at, hash = excluded.hash;"
    " RETURN NULL; END$$;";

#define TRIGGERS                                                           \
	"CREATE OR REPLACE TRIGGER gp_id_come AFTER INSERT ON gp_record"   \
	" REFERENCING NEW TABLE AS gp_is FOR EACH STATEMENT"               \
	" EXECUTE FUNCTION gp_id_come();"                                  \
	"CREATE OR REPLACE TRIGGER gp_id_go AFTER DELETE ON gp_record"     \
	" REFERENCING OLD TABLE AS gp_was FOR EACH STATEMENT"              \
	" EXECUTE FUNCTION gp_id_go();"                                    \
	"CREATE OR REPLACE TRIGGER gp_id_change AFTER UPDATE ON gp_record" \
	" REFERENCING OLD TABLE AS gp_was NEW TABLE AS gp_is"              \
	" FOR EACH STATEMENT EXECUTE FUNCTION gp_id_change();"

/* Rows that somebody is changing are waited for. */
static const char some_ids[] =
    "WITH s AS MATERIALIZED (SELECT n, id, at, hash FROM gp_record WHERE n > $1"
    " ORDER BY n LIMIT $2 FOR KEY SHARE), i AS (INSERT INTO gp_id"
    " SELECT id, at, hash FROM s ON CONFLICT DO NOTHING)"
    " SELECT MAX(n) FROM s";

/* Indexes that the months will have and the one table has not; built beside
 * those who write. */
static const char *const beforehand[][2] = {
	{ "DROP INDEX IF EXISTS gp_record_rest_n",
	    "CREATE INDEX CONCURRENTLY gp_record_rest_n ON gp_record(n)" },
	{ "DROP INDEX IF EXISTS gp_record_rest_id",
	    "CREATE INDEX CONCURRENTLY gp_record_rest_id ON gp_record(id)" },
};

#define AWAY(name) \
	"ALTER INDEX gp_record_" name " RENAME TO gp_record_rest_" name ";"

static const char swap[] =
    "LOCK TABLE gp_record IN ACCESS EXCLUSIVE MODE;"
    "DROP TRIGGER gp_id_come ON gp_record;"
    "DROP TRIGGER gp_id_go ON gp_record;"
    "DROP TRIGGER gp_id_change ON gp_record;"
    "ALTER TABLE gp_record RENAME TO gp_record_rest;"
    "ALTER TABLE gp_record_rest DROP CONSTRAINT gp_record_id_key;"
    "ALTER TABLE gp_record_rest DROP CONSTRAINT gp_record_pkey;"
    "ALTER TABLE gp_record_rest ALTER n DROP IDENTITY;"
    "CREATE SEQUENCE gp_record_number;"
    "SELECT setval('gp_record_number',"
    " (SELECT COALESCE(MAX(n), 0) + 1 FROM gp_record_rest));"
    "ALTER TABLE gp_record_rest ALTER n"
    " SET DEFAULT nextval('gp_record_number');" AWAY("page") AWAY("at") AWAY(
	"author") AWAY("due") AWAY("answers") AWAY("talk") AWAY("made")
	AWAY(
	    "words") "CREATE TABLE gp_record(LIKE gp_record_rest INCLUDING DEFAULTS)"
		     " PARTITION BY RANGE (at);"
		     "CREATE INDEX gp_record_n ON gp_record(n);"
		     "CREATE INDEX gp_record_id ON gp_record(id);"
		     "CREATE INDEX gp_record_page ON gp_record(page, at);"
		     "CREATE INDEX gp_record_at ON gp_record(at);"
		     "CREATE INDEX gp_record_author ON gp_record(author, at)"
		     " WHERE author IS NOT NULL;"
		     "CREATE INDEX gp_record_due ON gp_record(due_first, at) WHERE role = 1;"
		     "CREATE INDEX gp_record_answers ON gp_record(answers) WHERE role >= 2;"
		     "CREATE INDEX gp_record_talk ON gp_record(talk) WHERE role = 2;"
		     "CREATE INDEX gp_record_made ON gp_record(made) WHERE made IS NOT NULL;"
		     "CREATE INDEX gp_record_words ON gp_record USING gin(words);"
		     "ALTER TABLE gp_record ATTACH PARTITION gp_record_rest DEFAULT;" TRIGGERS
		     "DELETE FROM gp_meta WHERE key = 'layout';"
		     "INSERT INTO gp_meta VALUES('layout', 'month');";

/*
 * Whoever puts into a month has locked the parent, and is waited for before it
 * is judged again; nobody else comes in between.
 */
const char gp_postgres_prune_months[] =
    "DO $$DECLARE p regclass; whole boolean; judge text; BEGIN"
    " FOR p IN SELECT i.inhrelid FROM pg_inherits i"
    " WHERE i.inhparent = to_regclass('gp_record')"
    " AND i.inhrelid <> to_regclass('gp_record_rest') LOOP"
    " judge := format('SELECT EXISTS(SELECT 1 FROM %s) AND NOT EXISTS("
    "SELECT 1 FROM %s p WHERE NOT EXISTS(SELECT 1 FROM gp_gone g"
    " WHERE g.n = p.n))', p, p);"
    " EXECUTE judge INTO whole;"
    " IF whole THEN"
    " LOCK TABLE ONLY gp_record IN ACCESS EXCLUSIVE MODE;"
    " EXECUTE format('LOCK TABLE %s IN ACCESS EXCLUSIVE MODE', p);"
    " EXECUTE judge INTO whole;"
    " END IF;"
    " IF whole THEN"
    " EXECUTE format('DELETE FROM gp_id g USING %s p WHERE g.id = p.id', p);"
    " EXECUTE format('DROP TABLE %s', p);"
    " END IF; END LOOP; END$$";

/* -- months ---------------------------------------------------------------- */

/* Months since January 1970, and the first second of one. */
static int
month_of(gp_instant at)
{
	time_t t = (time_t)at;
	struct tm tm;

	if (gmtime_r(&t, &tm) == NULL)
		return -1;
	return (tm.tm_year - 70) * 12 + tm.tm_mon;
}

static gp_instant
start_of(int month)
{
	struct tm tm = {
		.tm_year = 70 + month / 12, .tm_mon = month % 12, .tm_mday = 1
	};

	return timegm(&tm);
}

static void
name_of(int month, char to[32])
{
	snprintf(
	    to, 32, "gp_record_%04d_%02d", 1970 + month / 12, month % 12 + 1);
}

struct month {
	struct gp_store *s;
	int month, moves;
};

/* The table of a month; what of it is in the rest moves, or it stays there. */
static int
make_month(void *ctx, struct gp_why *why)
{
	const struct month *m = ctx;
	struct gp_store *s = m->s;
	long long from = start_of(m->month), to = start_of(m->month + 1);
	char name[32], sql[700];
	struct gp_db_value v;
	int64_t there;

	name_of(m->month, name);
	v = gp_db_str(name);
	if (s->engine->script(s, s->engine->alone, why) == -1 ||
	    gp_db_number(s,
		"SELECT CASE WHEN to_regclass($1) IS NULL THEN 0 ELSE 1 END",
		&v, 1, 1, &there, why) == -1)
		return -1;
	if (there)
		return 1;
	if (!m->moves) {
		snprintf(sql, sizeof(sql),
		    "SELECT COUNT(*) FROM (SELECT 1 FROM gp_record_rest"
		    " WHERE at >= %lld AND at < %lld LIMIT 1) x",
		    from, to);
		if (gp_db_number(s, sql, NULL, 0, 0, &there, why) == -1)
			return -1;
		if (there)
			return 1;
	}
	snprintf(sql, sizeof(sql),
	    "LOCK TABLE gp_record_rest IN ACCESS EXCLUSIVE MODE;"
	    "CREATE TABLE %s(LIKE gp_record INCLUDING DEFAULTS);"
	    "INSERT INTO %s SELECT * FROM gp_record_rest"
	    " WHERE at >= %lld AND at < %lld;"
	    "DELETE FROM gp_record_rest WHERE at >= %lld AND at < %lld;"
	    "ALTER TABLE gp_record ATTACH PARTITION %s"
	    " FOR VALUES FROM (%lld) TO (%lld);",
	    name, name, from, to, from, to, name, from, to);
	return s->engine->script(s, sql, why);
}

static int
is_usual(int month)
{
	return month >= (FIRST_YEAR - 1970) * 12 &&
	    month <= month_of(gp_now()) + 2 && month < GP_MONTHS;
}

/* Is it by month? Asked anew when the server says that it has changed. */
static int
load_layout(struct gp_store *s, struct gp_why *why)
{
	struct gp_postgres *q = s->db;
	int64_t n;

	if (q->has_layout)
		return 0;
	if (gp_db_number(s,
		"SELECT CASE c.relkind WHEN 'p' THEN 1 ELSE 0 END"
		" + CASE WHEN a.attnotnull THEN 2 ELSE 0 END"
		" FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid"
		" WHERE c.relname = 'gp_record' AND a.attname = 'page'"
		" AND pg_table_is_visible(c.oid)",
		NULL, 0, 0, &n, why) == -1)
		return -1;
	q->has_layout = 1;
	q->has_pages = n > 1;
	q->by_month = n % 2 == 1;
	return 0;
}

/* The months of a batch have their tables before its transaction begins: to
 * make one locks others out for a moment. */
int
gp_postgres_prepare(struct gp_store *s, struct gp_why *why)
{
	struct gp_postgres *q = s->db;
	struct month m = { .s = s };
	struct gp_outage o = { .until = 0 };
	size_t i;

	while (load_layout(s, why) == -1)
		if (!gp_db_again(s, &o, why))
			return -1;
	for (i = 0; q->by_month && i < s->rows; i++) {
		const struct gp_db_value *at = &s->row[i].v[GP_COL_AT];

		m.month = at->type == GP_DB_INT ? month_of(at->n) : -1;
		if (!is_usual(m.month) || q->has_month[m.month])
			continue;
		if (gp_db_transact(s, 1, make_month, &m, why) == -1)
			return -1;
		q->has_month[m.month] = 1;
	}
	return 0;
}

/* -- from one table to months ---------------------------------------------- */

struct step {
	struct gp_store *s;
	int64_t last, next;
	const char *sql;
};

static int
run_script(void *ctx, struct gp_why *why)
{
	const struct step *st = ctx;

	return st->s->engine->script(st->s, st->s->engine->alone, why) == -1
	    ? -1
	    : st->s->engine->script(st->s, st->sql, why);
}

static int
enter_some(void *ctx, struct gp_why *why)
{
	struct step *st = ctx;
	struct gp_db_value v[] = { gp_db_int(st->last), gp_db_int(SOME) };

	return gp_db_number(st->s, some_ids, v, 2, -1, &st->next, why);
}

/* One that was not finished stands there too, and is of no use. */
static int
make_index(struct gp_store *s, const char *const sql[2], struct gp_why *why)
{
	struct gp_outage o = { .until = 0 };
	int r;

	do
		r = s->engine->script(s, sql[0], why) == -1 ||
			s->engine->script(s, sql[1], why) == -1
		    ? -1
		    : 0;
	while (r == -1 && gp_db_again(s, &o, why));
	return r;
}

static int
fill_ids(struct gp_store *s, struct gp_why *why)
{
	struct step st = { .s = s, .last = -1 };
	size_t i;

	st.sql = begin_ids;
	if (gp_db_transact(s, 1, run_script, &st, why) == -1)
		return -1;
	st.sql = TRIGGERS;
	if (gp_db_transact(s, 1, run_script, &st, why) == -1)
		return -1;
	do {
		st.last = st.next > 0 ? st.next : st.last;
		if (gp_db_transact(s, 1, enter_some, &st, why) == -1)
			return -1;
	} while (st.next > 0);
	for (i = 0; i < sizeof(beforehand) / sizeof(beforehand[0]); i++)
		if (make_index(s, beforehand[i], why) == -1)
			return -1;
	return 0;
}

static int
oldest(struct gp_store *s, int64_t from, int64_t *to, struct gp_why *why)
{
	struct gp_db_value v = gp_db_int(from);
	struct gp_outage o = { .until = 0 };
	int r;

	do
		r = gp_db_number(s,
		    "SELECT MIN(at) FROM gp_record_rest WHERE at >= $1", &v, 1,
		    INT64_MAX, to, why);
	while (r == -1 && gp_db_again(s, &o, why));
	return r;
}

int
gp_postgres_partition(struct gp_store *s, int64_t *months, struct gp_why *why)
{
	struct gp_postgres *q = s->db;
	struct step st = { .s = s, .sql = swap };
	struct month m = { .s = s, .moves = 1 };
	int64_t at = start_of((FIRST_YEAR - 1970) * 12);

	*months = 0;
	q->has_layout = 0;
	if (load_layout(s, why) == -1)
		return -1;
	if (!q->by_month &&
	    (fill_ids(s, why) == -1 ||
		gp_db_transact(s, 1, run_script, &st, why) == -1))
		return -1;
	q->has_layout = 0;
	for (;;) {
		if (oldest(s, at, &at, why) == -1)
			return -1;
		m.month = at == INT64_MAX ? -1 : month_of(at);
		if (!is_usual(m.month))
			return 0;
		if (gp_db_transact(s, 1, make_month, &m, why) == -1)
			return -1;
		++*months;
		at = start_of(m.month + 1);
	}
}
