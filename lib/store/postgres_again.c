/*
 * A server that goes away: fails over, restarts, ends our session. Who we are
 * and what we were doing is kept in the database, so that a COMMIT whose
 * answer was lost is not done again.
 */
#include <stdio.h>
#include <string.h>

#include "base/instant.h"
#include "store/postgres.h"

int
gp_postgres_is_lost(const PGconn *db, const char *state)
{
	/* Without a state it is not the server who speaks. */
	return PQstatus(db) == CONNECTION_BAD || *state == '\0' ||
	    strncmp(state, "08", 2) == 0 || /* the connection */
	    strncmp(state, "57P", 3) == 0;  /* shut down, crashed, starting */
}

int
gp_postgres_reconnect(PGconn **db, const char *url, const char *name,
    struct gp_outage *o, enum gp_exit *exit, struct gp_why *why)
{
	PQfinish(*db);
	*db = NULL;
	*exit = GP_TEMPFAIL;
	while (*exit == GP_TEMPFAIL && gp_outage_wait(o, name, why)) {
		*db = gp_postgres_connect(url, exit, why);
		if (*db != NULL)
			return 1;
	}
	return 0;
}

/*
 * The lock is for a COMMIT that was under way when the connection broke: who
 * comes back with the same number waits until it is over.
 */
int
gp_postgres_begin(struct gp_store *s, int write, struct gp_why *why)
{
	struct gp_postgres *q = s->db;
	char sql[256];

	q->makes_new = 0;
	if (!write)
		return s->engine->script(
		    s, "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY", why);
	snprintf(sql, sizeof(sql),
	    "BEGIN; " GP_POSTGRES_NOT_IDLE
	    "%s%s%sSELECT pg_advisory_xact_lock(%lld)",
	    q->has_new ? "SET LOCAL synchronous_commit = '" : "",
	    q->has_new ? q->sync : "", q->has_new ? "'; " : "",
	    (long long)s->writer);
	return s->engine->script(s, sql, why);
}

int
gp_postgres_commit(struct gp_store *s, int write, struct gp_why *why)
{
	struct gp_postgres *q = s->db;
	char sql[400];

	if (!write || !s->has_marks || s->is_quiet) {
		if (s->engine->script(s, "COMMIT", why) == -1)
			return -1;
		q->has_new |= q->makes_new;
		return 0;
	}
	snprintf(sql, sizeof(sql),
	    "%s"
	    "INSERT INTO gp_put(writer, batch, at) VALUES(%lld, %lld, now())"
	    " ON CONFLICT(writer) DO UPDATE SET batch = excluded.batch,"
	    " at = excluded.at; COMMIT",
	    q->has_written ? ""
			   : "DELETE FROM gp_put WHERE at <"
			     " now() - interval '1 day';",
	    (long long)s->writer, (long long)s->batch);
	if (s->engine->script(s, sql, why) == -1)
		return -1;
	q->has_written = 1;
	q->has_new |= q->makes_new;
	return 0;
}

/* What may go well the next time, with the connection that there is. */
static int
is_clash(const char *state)
{
	return strncmp(state, "40", 2) == 0 || /* deadlock, serialisation */
	    strcmp(state, "23514") == 0 ||     /* its month was just made */
	    strcmp(state, "23505") == 0;       /* one id, put by two at once */
}

/* Of several hosts, one may have strayed in from another cluster. */
static enum gp_exit
is_same(struct gp_store *s, struct gp_why *why)
{
	struct gp_postgres *q = s->db;
	enum gp_exit status = GP_OK;
	PGresult *r;

	if (*s->identity == '\0')
		return GP_OK;
	r = PQexec(q->db, "SELECT value FROM gp_meta WHERE key = 'store'");
	if (PQresultStatus(r) != PGRES_TUPLES_OK) {
		gp_postgres_fail(s, r, why);
		return s->status;
	}
	if (PQntuples(r) != 1 ||
	    strcmp(PQgetvalue(r, 0, 0), s->identity) != 0) {
		gp_because(why, "another store came back in the place of %s",
		    s->identity);
		status = GP_CONFIG;
	}
	PQclear(r);
	return status;
}

int
gp_postgres_again(struct gp_store *s, struct gp_outage *o, struct gp_why *why)
{
	enum {
		CLASHES = 20
	};
	struct gp_postgres *q = s->db;
	enum gp_exit status;

	if (q->db == NULL || s->status != GP_TEMPFAIL)
		return 0;
	/* No index for ON CONFLICT: the one table has become many. */
	if (strcmp(q->state, "42P10") == 0 && q->has_layout && !q->by_month) {
		q->has_layout = 0;
		return gp_postgres_prepare(s, why) == 0 && q->by_month;
	}
	if (!gp_postgres_is_lost(q->db, q->state)) {
		/* A primary that became a standby under us. */
		if (strcmp(q->state, "25006") != 0 || !q->has_written)
			return is_clash(q->state) && o->tries++ < CLASHES;
	}
	if (s->is_hasty)
		return 0;
	q->has_new = q->has_rows = 0;
	gp_outage_begin(o);
	while (
	    gp_postgres_reconnect(&q->db, q->url, s->name, o, &status, why)) {
		status = is_same(s, why);
		if (status == GP_OK) {
			o->back = gp_clock();
			return 1;
		}
		if (status != GP_TEMPFAIL)
			break;
	}
	s->status = status;
	return 0;
}
