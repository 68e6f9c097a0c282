/* The engine of a server: PostgreSQL, by libpq. */
#include "store/postgres.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/instant.h"
#include "store/schema.h"

/* Types of a result, by pg_type.dat of PostgreSQL. */
enum {
	TYPE_BOOL = 16,
	TYPE_INT8 = 20,
	TYPE_INT2 = 21,
	TYPE_INT4 = 23,
};

/* What SQLSTATE means to whoever runs us; Appendix A of the manual. */
static enum gp_exit
status_of(const char *state)
{
	static const struct {
		const char *head;
		enum gp_exit status;
	} table[] = {
		{ "08", GP_TEMPFAIL },    /* the connection */
		{ "28", GP_AUTH },        /* who we say we are */
		{ "42501", GP_AUTH },     /* no right to */
		{ "40", GP_TEMPFAIL },    /* deadlock, serialisation */
		{ "53100", GP_IO },       /* disk full */
		{ "53", GP_TEMPFAIL },    /* too many connections, memory */
		{ "55P03", GP_TEMPFAIL }, /* a lock */
		{ "57", GP_TEMPFAIL },    /* shutting down */
		{ "58", GP_IO },          /* files of the server */
		{ "25006", GP_TEMPFAIL }, /* a standby: read only */
		{ "42P10", GP_TEMPFAIL }, /* the tables have changed */
		{ "23514", GP_TEMPFAIL }, /* a month was made just now */
		{ "23505", GP_TEMPFAIL }, /* two that put one id at once */
		{ "3D", GP_CONFIG },      /* no such database */
	};
	size_t i;

	for (i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		if (strncmp(state, table[i].head, strlen(table[i].head)) == 0)
			return table[i].status;
	return GP_SOFTWARE;
}

int
gp_postgres_fail(struct gp_store *s, PGresult *r, struct gp_why *why)
{
	struct gp_postgres *q = s->db;
	const char *state =
	    r != NULL ? PQresultErrorField(r, PG_DIAG_SQLSTATE) : NULL;
	const char *text =
	    r != NULL ? PQresultErrorField(r, PG_DIAG_MESSAGE_PRIMARY) : NULL;
	int n;

	if (text == NULL)
		text = PQerrorMessage(q->db);
	for (n = 0; text[n] != '\0' && text[n] != '\n'; n++)
		;
	gp_because(why, "%.*s", n, text);
	snprintf(q->state, sizeof(q->state), "%s", state != NULL ? state : "");
	s->status = state != NULL ? status_of(state) : GP_TEMPFAIL;
	PQclear(r);
	return -1;
}

/* What the server remarks is of no use to those who ask. */
static void
be_silent(void *ctx, const PGresult *r)
{
	(void)ctx;
	(void)r;
}

/* Everybody on the machine sees the words of a command. */
static int
prove_url(const char *url, struct gp_why *why)
{
	char *error = NULL;
	PQconninfoOption *o = PQconninfoParse(url, &error), *i;
	int r = 0;

	if (o == NULL) {
		gp_because(why, "%.*s",
		    error != NULL ? (int)strcspn(error, "\n") : 9,
		    error != NULL ? error : "no memory");
		PQfreemem(error);
		return -1;
	}
	for (i = o; i->keyword != NULL; i++)
		if (i->val != NULL &&
		    (strcmp(i->keyword, "password") == 0 ||
			strcmp(i->keyword, "sslpassword") == 0))
			r = gp_because(why,
			    "a password in a URL is seen by all: put it into "
			    "~/.pgpass, or name a file by PGPASSFILE");
	PQconninfoFree(o);
	return r;
}

/* The last SQLSTATE of messages, which are in the language of the server:
 * "СБОЙ:  28P01: ..."; 0: there is none. */
static int
find_state(const char *said, char to[6])
{
	const char *p;
	int found = 0;

	for (p = strstr(said, ":  "); p != NULL; p = strstr(p, ":  ")) {
		p += 3;
		if (strspn(p, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") != 5 ||
		    p[5] != ':')
			continue;
		memcpy(to, p, 5);
		to[5] = '\0';
		found = 1;
	}
	return found;
}

/* Asked once more, for its state: a server that refuses does so at once. */
static int
ask_state(const char *const *keys, const char *const *values, char to[6])
{
	PGconn *db = PQconnectStartParams(keys, values, 1);
	const double end = gp_clock() + 2;
	PostgresPollingStatusType next = PGRES_POLLING_WRITING;
	struct pollfd p = { .fd = -1 };
	double left;
	int found;

	if (db == NULL)
		return 0;
	PQsetErrorVerbosity(db, PQERRORS_VERBOSE);
	while (PQstatus(db) != CONNECTION_BAD &&
	    (next == PGRES_POLLING_READING || next == PGRES_POLLING_WRITING)) {
		left = end - gp_clock();
		p.fd = PQsocket(db);
		p.events = next == PGRES_POLLING_READING ? POLLIN : POLLOUT;
		if (left <= 0 || poll(&p, 1, (int)(left * 1000) + 1) <= 0)
			break;
		next = PQconnectPoll(db);
	}
	found = find_state(PQerrorMessage(db), to);
	PQfinish(db);
	return found;
}

/* Of several hosts the last one that was asked counts. */
static enum gp_exit
why_not(PGconn *db, const char *const *keys, const char *const *values,
    struct gp_why *why)
{
	char state[6];

	const char *said = PQerrorMessage(db), *at;
	size_t n;

	for (;;) {
		n = strcspn(said, "\n");
		for (at = said + n; *at == '\n' || *at == '\t'; at++)
			;
		if (*at == '\0' || strncmp(at, "connection to", 13) != 0)
			break;
		said = at;
	}
	gp_because(why, "%.*s", (int)n, said);
	if (PQconnectionNeedsPassword(db))
		return GP_AUTH;
	return ask_state(keys, values, state) ? status_of(state) : GP_TEMPFAIL;
}

PGconn *
gp_postgres_connect(const char *url, enum gp_exit *exit, struct gp_why *why)
{
	/*
	 * What stands before the URL it may say otherwise. A node that is cut
	 * off says nothing at all: it is given up after half a minute.
	 */
	const char *const keys[] = { "connect_timeout", "keepalives_idle",
		"keepalives_interval", "keepalives_count", "tcp_user_timeout",
		"application_name", "dbname", "client_encoding", NULL };
	const char *const values[] = { "10", "10", "5", "3", "25000", "gp", url,
		"UTF8", NULL };
	PGconn *db;

	*exit = GP_USAGE;
	if (prove_url(url, why) == -1)
		return NULL;
	db = PQconnectdbParams(keys, values, 1);
	if (db == NULL) {
		*exit = GP_SOFTWARE;
		gp_because(why, "no memory");
		return NULL;
	}
	PQsetNoticeReceiver(db, be_silent, NULL);
	if (PQstatus(db) == CONNECTION_OK) {
		/* The server, too, is to notice soon that we are gone: what we
		 * have locked is for others then. */
		PQclear(PQexec(db,
		    "SET client_connection_check_interval = '10s';"
		    "SET tcp_keepalives_idle = 30;"
		    "SET tcp_keepalives_interval = 10;"
		    "SET tcp_keepalives_count = 3"));
		return db;
	}
	*exit = why_not(db, keys, values, why);
	PQfinish(db);
	return NULL;
}

static int
open_server(struct gp_store *s, const char *url, enum gp_store_mode mode,
    struct gp_why *why)
{
	struct gp_postgres *q = calloc(1, sizeof(*q));
	long wait;

	(void)mode;
	s->db = q;
	s->status = GP_SOFTWARE;
	if (q == NULL)
		return gp_because(why, "no memory");
	gp_buf_init(&q->out, 64 * GP_MIB);
	q->url = strdup(url);
	if (q->url == NULL)
		return gp_because(why, "no memory");
	s->status = GP_CONFIG;
	if (gp_outage_limit(&wait, why) == -1)
		return -1;
	q->db = gp_postgres_connect(url, &s->status, why);
	if (q->db == NULL && s->status == GP_USAGE)
		snprintf(s->name, strlen(s->name) + 1, "postgres");
	return q->db != NULL ? 0 : -1;
}

static void
close_server(struct gp_store *s)
{
	struct gp_postgres *q = s->db;

	if (q == NULL)
		return;
	if (q->db != NULL)
		PQfinish(q->db);
	gp_buf_release(&q->out);
	free(q->url);
	free(q);
}

struct gp_db_value
gp_postgres_column(const PGresult *r, int row, int column)
{
	const char *p = PQgetvalue(r, row, column);

	if (PQgetisnull(r, row, column))
		return gp_db_str(NULL);
	switch (PQftype(r, column)) {
	case TYPE_BOOL:
		return gp_db_int(*p == 't');
	case TYPE_INT8:
	case TYPE_INT4:
	case TYPE_INT2:
		return gp_db_int(strtoll(p, NULL, 10));
	}
	return gp_db_text(
	    (struct gp_span){ p, (size_t)PQgetlength(r, row, column) });
}

static int
give(const PGresult *r, gp_db_row_fn *fn, void *ctx)
{
	struct gp_db_value v[GP_ROW_COLUMNS + 16];
	int row, i, n = PQnfields(r);

	if (n > GP_ROW_COLUMNS + 16)
		n = GP_ROW_COLUMNS + 16;
	for (row = 0; row < PQntuples(r); row++) {
		for (i = 0; i < n; i++)
			v[i] = gp_postgres_column(r, row, i);
		if (fn != NULL && fn(ctx, v, (size_t)n))
			return 1;
	}
	return 0;
}

/* The rest of a reply is not wanted. */
static void
stop(struct gp_postgres *q)
{
	PGcancel *c = PQgetCancel(q->db);
	char error[256];

	if (c != NULL)
		PQcancel(c, error, sizeof(error));
	PQfreeCancel(c);
}

/* Results until there are no more; the first failure counts. */
static int
take(struct gp_store *s, gp_db_row_fn *fn, void *ctx, struct gp_why *why)
{
	struct gp_postgres *q = s->db;
	int bad = 0, ended = 0;
	PGresult *r;

	while ((r = PQgetResult(q->db)) != NULL) {
		switch (PQresultStatus(r)) {
		case PGRES_COMMAND_OK:
			s->changes = strtoll(PQcmdTuples(r), NULL, 10);
			break;
		case PGRES_SINGLE_TUPLE:
		case PGRES_TUPLES_OK:
			if (ended || bad || !give(r, fn, ctx))
				break;
			ended = 1;
			stop(q);
			break;
		default:
			if (!ended && !bad) {
				bad = gp_postgres_fail(s, r, why);
				continue;
			}
		}
		PQclear(r);
	}
	return bad;
}

static int
run(struct gp_store *s, const char *sql, const struct gp_db_value *arg,
    size_t n, gp_db_row_fn *fn, void *ctx, struct gp_why *why)
{
	struct gp_postgres *q = s->db;
	const char *value[GP_DB_ARGS];
	int length[GP_DB_ARGS];
	char number[GP_DB_ARGS][24];
	struct gp_pool pool;
	size_t i;
	int sent;

	gp_pool_init(&pool);
	for (i = 0; i < n && i < GP_DB_ARGS; i++) {
		snprintf(
		    number[i], sizeof(number[i]), "%lld", (long long)arg[i].n);
		value[i] = arg[i].type == GP_DB_NULL ? NULL
		    : arg[i].type == GP_DB_INT
		    ? number[i]
		    : gp_pool_copy(&pool, arg[i].text).p;
		length[i] = 0;
	}
	sent =
	    PQsendQueryParams(q->db, sql, (int)i, NULL, value, length, NULL, 0);
	if (sent)
		PQsetSingleRowMode(q->db);
	gp_pool_release(&pool);
	if (!sent)
		return gp_postgres_fail(s, NULL, why);
	return take(s, fn, ctx, why);
}

static int
script(struct gp_store *s, const char *sql, struct gp_why *why)
{
	struct gp_postgres *q = s->db;

	if (!PQsendQuery(q->db, sql))
		return gp_postgres_fail(s, NULL, why);
	return take(s, NULL, NULL, why);
}

static int
check(struct gp_store *s, gp_store_wrong_fn *fn, void *ctx, int64_t *wrong,
    struct gp_why *why)
{
	int64_t n;

	/* An index that the server itself has marked. */
	if (gp_db_number(s,
		"SELECT COUNT(*) FROM pg_index i JOIN pg_class c"
		" ON c.oid = i.indrelid WHERE NOT i.indisvalid"
		" AND (c.relname LIKE 'gp\\_record%' OR"
		" c.relname IN ('gp_history', 'gp_cursor', 'gp_id'))",
		NULL, 0, 0, &n, why) == -1)
		return -1;
	if (n > 0) {
		++*wrong;
		fn(ctx, "database.whole", (struct gp_span){ "", 0 },
		    "an index is not valid");
	}
	return 0;
}

static int
scrub(struct gp_store *s, struct gp_why *why)
{
	return script(s, "VACUUM gp_record", why) == -1 ||
		script(s, "VACUUM gp_history", why) == -1
	    ? -1
	    : 0;
}

static int
size(struct gp_store *s, int64_t *bytes, struct gp_why *why)
{
	return gp_db_number(s,
	    "SELECT CAST(SUM(pg_total_relation_size(c.oid)) AS BIGINT)"
	    " FROM pg_class c WHERE c.relkind = 'r'"
	    " AND c.relname LIKE 'gp\\_%' AND pg_table_is_visible(c.oid)",
	    NULL, 0, 0, bytes, why);
}

const struct gp_engine gp_engine_postgres = {
	.name = "postgres",
	.open = open_server,
	.close = close_server,
	.run = run,
	.script = script,
	.prepare = gp_postgres_prepare,
	.partition = gp_postgres_partition,
	.prune_months = gp_postgres_prune_months,
	.lock = gp_postgres_lock,
	.lookup = gp_postgres_lookup,
	.write = gp_postgres_write,
	.begin = gp_postgres_begin,
	.commit = gp_postgres_commit,
	.again = gp_postgres_again,
	.check = check,
	.scrub = scrub,
	.size = size,
	.migration = gp_schema_postgres,
	.is_there = "SELECT COUNT(*) FROM pg_class c"
		    " WHERE c.relname = 'gp_meta' AND c.relkind = 'r'"
		    " AND pg_table_is_visible(c.oid)",
	.has_dedup = "SELECT COUNT(*) FROM pg_class c WHERE c.relname ="
		     " 'gp_dedup_row' AND pg_table_is_visible(c.oid)",
	.alone = "SELECT pg_advisory_xact_lock(1735421795)", /* "gpsc" */
	.stay = "SELECT pg_advisory_xact_lock_shared(1735421795)",
	.unlike = "SELECT COALESCE(g.id, r.id), CASE WHEN r.id IS NULL"
		  " THEN 'is said to be there, and is not'"
		  " WHEN g.id IS NULL THEN 'is there, and is not said to be'"
		  " ELSE 'is not as it is said to be' END"
		  " FROM gp_id g FULL JOIN gp_record r ON r.id = g.id"
		  " WHERE r.id IS NULL OR g.id IS NULL OR g.hash <> r.hash"
		  " OR g.at IS DISTINCT FROM r.at",
	.salt = "INSERT INTO gp_meta VALUES('salt',"
		" replace(CAST(gen_random_uuid() AS text), '-', '')),"
		" ('store',"
		" replace(CAST(gen_random_uuid() AS text), '-', ''))"
		" ON CONFLICT DO NOTHING",
	.matches = "a.words @@ to_tsquery('russian', $%d)",
	.no_text = "SELECT n, body FROM gp_record WHERE n > $1"
		   " AND words IS NULL ORDER BY n LIMIT 1000",
	.put_text = "UPDATE gp_record SET words = to_tsvector('russian', $2)"
		    " WHERE n = $1",
	.drop_text = "UPDATE gp_record SET words = NULL WHERE n = $1",
};
