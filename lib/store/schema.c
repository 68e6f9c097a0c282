/*
 * The schema, by versions. A step that was ever released is never changed:
 * what is new is a step behind it.
 */
#include "store/schema.h"

#include <stdio.h>
#include <stdlib.h>

#include "store/engine.h"

/* I: whole numbers; N: the number of a row; END: what follows the columns. */
#define TABLES(I, N, END)                                                     \
	"CREATE TABLE gp_meta(key TEXT PRIMARY KEY, value TEXT NOT NULL)" END \
	";"                                                                   \
	"CREATE TABLE gp_record("                                             \
	"n " N ", id TEXT NOT NULL UNIQUE, type TEXT NOT NULL,"               \
	" network TEXT, page TEXT, at " I ", seen " I ","                     \
	" author TEXT, post TEXT, talk TEXT, answers TEXT, made TEXT,"        \
	" role " I " NOT NULL, kind TEXT, grp TEXT, topic TEXT,"              \
	" assignee TEXT, due_first " I ", due_final " I ", promised " I ","   \
	" deleted " I " NOT NULL, person " I " NOT NULL,"                     \
	" hash " I " NOT NULL, matter " I " NOT NULL,"                        \
	" changed " I " NOT NULL, body TEXT NOT NULL)" END ";"                \
	"CREATE INDEX gp_record_page ON gp_record(page, at);"                 \
	"CREATE INDEX gp_record_at ON gp_record(at);"                         \
	"CREATE INDEX gp_record_author ON gp_record(author, at)"              \
	" WHERE author IS NOT NULL;"                                          \
	"CREATE INDEX gp_record_due ON gp_record(due_first, at)"              \
	" WHERE role = 1;"                                                    \
	"CREATE INDEX gp_record_answers ON gp_record(answers)"                \
	" WHERE role >= 2;"                                                   \
	"CREATE INDEX gp_record_talk ON gp_record(talk) WHERE role = 2;"      \
	"CREATE INDEX gp_record_made ON gp_record(made)"                      \
	" WHERE made IS NOT NULL;"                                            \
	"CREATE TABLE gp_history("                                            \
	"n " N ", id TEXT NOT NULL, kept " I " NOT NULL, seen " I ","         \
	" hash " I " NOT NULL, body TEXT NOT NULL, UNIQUE(id, hash))" END ";" \
	"CREATE TABLE gp_cursor(page TEXT NOT NULL, stream TEXT NOT NULL,"    \
	" changed " I " NOT NULL, body TEXT NOT NULL,"                        \
	" PRIMARY KEY(page, stream))" END ";"

#define ERASURE(I, END)                                                   \
	"CREATE TABLE gp_erasure(key TEXT PRIMARY KEY, at " I " NOT NULL" \
	")" END ";"                                                       \
	"CREATE TABLE gp_journal(at " I " NOT NULL, what TEXT NOT NULL,"  \
	" body TEXT NOT NULL)" END ";"

const char *const gp_schema_sqlite[] = {
	TABLES("INT", "INTEGER PRIMARY KEY", " STRICT"),
	ERASURE("INT", " STRICT")
	/* Stems, made by us: any sqlite3 can open and ask it. */
	"CREATE VIRTUAL TABLE gp_words USING fts5(words,"
	" tokenize = 'unicode61 remove_diacritics 0', columnsize = 0);",
	/* Nothing: the versions of both engines go together. */
	"",
	NULL,
};

const char *const gp_schema_postgres[] = {
	TABLES("BIGINT", "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY", ""),
	ERASURE("BIGINT",
	    "") "ALTER TABLE gp_record ADD words tsvector;"
		"CREATE INDEX gp_record_words ON gp_record USING gin(words);",
	/* The last batch of each writer: was its COMMIT heard? */
	"CREATE TABLE gp_put(writer BIGINT PRIMARY KEY, batch BIGINT NOT NULL,"
	" at TIMESTAMPTZ NOT NULL) WITH (fillfactor = 50);",
	NULL,
};

static int
newest(const struct gp_engine *e)
{
	int n = 0;

	while (e->migration[n] != NULL)
		n++;
	return n;
}

int
gp_schema_version(struct gp_store *s, int *version, struct gp_why *why)
{
	int64_t n;

	if (gp_db_number(s, s->engine->is_there, NULL, 0, 0, &n, why) == -1)
		return -1;
	*version = 0;
	if (n == 0)
		return 0;
	if (gp_db_number(s,
		"SELECT CAST(value AS INTEGER) FROM gp_meta"
		" WHERE key = 'schema'",
		NULL, 0, 0, &n, why) == -1)
		return -1;
	*version = (int)n;
	return 0;
}

static int
take_identity(void *ctx, const struct gp_db_value *v, size_t n)
{
	struct gp_store *s = ctx;

	(void)n;
	snprintf(s->identity, sizeof(s->identity), "%.*s", (int)v[0].text.n,
	    v[0].text.p);
	return 0;
}

int
gp_schema_identity(struct gp_store *s, struct gp_why *why)
{
	*s->identity = '\0';
	return s->engine->run(s,
	    "SELECT value FROM gp_meta WHERE key = 'store'", NULL, 0,
	    take_identity, s, why);
}

static int
step(struct gp_store *s, int version, gp_instant now, struct gp_why *why)
{
	char sql[160], at[GP_INSTANT_LEN];

	if (s->engine->script(s, s->engine->migration[version], why) == -1)
		return -1;
	snprintf(sql, sizeof(sql),
	    "DELETE FROM gp_meta WHERE key = 'schema';"
	    "INSERT INTO gp_meta VALUES('schema', '%d');",
	    version + 1);
	if (s->engine->script(s, sql, why) == -1)
		return -1;
	snprintf(sql, sizeof(sql),
	    "INSERT INTO gp_meta VALUES('schema.%d', '%s');", version + 1,
	    gp_instant_utc(now, at));
	return s->engine->script(s, sql, why);
}

/* A database without a salt gets one: 128 bits that the engine draws. */
static int
salt(struct gp_store *s, struct gp_why *why)
{
	return s->engine->script(s, s->engine->salt, why);
}

struct move {
	struct gp_store *s;
	gp_instant now;
	int *from, *to;
};

static int
move(void *ctx, struct gp_why *why)
{
	const struct move *m = ctx;
	struct gp_store *s = m->s;
	int i;

	if (s->engine->alone != NULL &&
	    s->engine->script(s, s->engine->alone, why) == -1)
		return -1;
	/* Asked again within the transaction: another may have done it. */
	if (gp_schema_version(s, m->from, why) == -1)
		return -1;
	*m->to = newest(s->engine);
	for (i = *m->from; i < *m->to; i++)
		if (step(s, i, m->now, why) == -1)
			return -1;
	return *m->from < *m->to ? salt(s, why) : 0;
}

int
gp_schema_move(
    struct gp_store *s, gp_instant now, int *from, int *to, struct gp_why *why)
{
	struct move m = { s, now, from, to };

	if (gp_db_transact(s, 1, move, &m, why) == -1)
		return -1;
	s->has_marks = 1;
	return 0;
}

/*
 * The one or the other is about to be brought up to date. In a pipeline of
 * gp-work that is a matter of time, and no page is to blame.
 */
int
gp_schema_is_other(struct gp_store *s)
{
	s->status = getenv("GP_LEASE") != NULL ? GP_TEMPFAIL : GP_CONFIG;
	s->is_final = 1;
	return -1;
}

static int
newer(struct gp_store *s, int version, struct gp_why *why)
{
	gp_because(why,
	    "its schema is version %d, made by a newer gp; this one knows %d",
	    version, newest(s->engine));
	return gp_schema_is_other(s);
}

static int
older(struct gp_store *s, int version, struct gp_why *why)
{
	gp_because(why,
	    "its schema is version %d, of %d: run 'gp-store migrate'", version,
	    newest(s->engine));
	return gp_schema_is_other(s);
}

int
gp_schema_still(struct gp_store *s, struct gp_why *why)
{
	int version, last = newest(s->engine);

	if ((s->engine->stay != NULL &&
		s->engine->script(s, s->engine->stay, why) == -1) ||
	    gp_schema_version(s, &version, why) == -1)
		return -1;
	return version > last ? newer(s, version, why)
	    : version < last  ? older(s, version, why)
			      : 0;
}

int
gp_schema_ready(struct gp_store *s, enum gp_store_mode mode, struct gp_why *why)
{
	int version, to, last = newest(s->engine);

	if (gp_schema_version(s, &version, why) == -1)
		return -1;
	if (version > last)
		return newer(s, version, why);
	s->has_marks = version == last;
	if (version == last || (mode == GP_STORE_MOVE && version > 0))
		return 0;
	if (version > 0)
		return older(s, version, why);
	s->is_new = mode == GP_STORE_LOOK;
	if (mode == GP_STORE_LOOK)
		return 0;
	if (mode == GP_STORE_WRITE)
		return gp_schema_move(s, gp_now(), &version, &to, why);
	s->status = GP_CONFIG;
	return gp_because(why, "holds no records of gp yet");
}
