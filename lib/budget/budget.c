#include "budget/budget.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "base/instant.h"
#include "store/engine.h"
#include "store/own.h"

#define SLACK 1.05  /* how much further apart than the rate says */
#define AHEAD "2.0" /* seconds that a slot may be ahead */
/* ... and the next one, behind a second's worth that was just given. */
#define FARTHEST "4.0"

struct gp_budget {
	struct gp_store *s; /* NULL: the connection has broken */
	char *url;
	struct gp_bucket_table table;
	double offset; /* of gp_clock() against the database; INFINITY: none */
	double lead; /* seconds that a reservation takes, as far as is known */
};

/* `next`: when the next slot is; `base` and `got`: what was given last. */
static const char *const steps[] = {
	"CREATE TABLE gp_budget("
	"key TEXT PRIMARY KEY, next DOUBLE PRECISION NOT NULL,"
	" hold DOUBLE PRECISION NOT NULL, base DOUBLE PRECISION NOT NULL,"
	" got BIGINT NOT NULL, used BIGINT NOT NULL)"
	" WITH (fillfactor = 20)",
	NULL,
};

#define NOW "CAST(EXTRACT(epoch FROM clock_timestamp()) AS double precision)"
/*
 * $1 key, $2 nanoseconds between slots, $3 the burst without its first, $4 how
 * many, $5 nanoseconds of lead. `base` of the row that is put is its now.
 * Behind a hold they go one by one too, not all at its end.
 */
#define STEP  "(CAST($2 AS bigint) / 1e9::double precision)"
#define BURST "(CAST($3 AS bigint) * " STEP ")"
/* No farther than it can have been moved: else the clock was set back. */
#define NEXT \
	"LEAST(b.next, excluded.base + " BURST " + " STEP " + " FARTHEST ")"
#define BASE  "GREATEST(" NEXT ", excluded.base, b.hold + " BURST ")"
#define GIVES "(" BASE " - " BURST " <= excluded.base + " AHEAD ")"

static const char reserve_sql[] =
    "INSERT INTO gp_budget AS b (key, next, hold, base, got, used)"
    " SELECT $1, t.now + CAST($4 AS bigint) * " STEP ", 0, t.now,"
    " CAST($4 AS bigint), CAST($4 AS bigint) FROM (SELECT " NOW
    " + CAST($5 AS bigint) / 1e9::double precision AS now) t"
    " ON CONFLICT(key) DO UPDATE SET base = " BASE ","
    " got = CASE WHEN " GIVES " THEN excluded.got ELSE 0 END,"
    " used = b.used + CASE WHEN " GIVES " THEN excluded.got ELSE 0 END,"
    " next = CASE WHEN " GIVES " THEN " BASE " + excluded.got * " STEP
    " ELSE " NEXT " END"
    " RETURNING CAST(base * 1e6 AS bigint), got,"
    " CAST(" NOW " * 1e6 AS bigint)";

static const char hold_sql[] =
    "INSERT INTO gp_budget AS b (key, next, hold, base, got, used)"
    " SELECT $1, 0, " NOW " + CAST($2 AS bigint) / 1e6::double precision,"
    " 0, 0, 0 ON CONFLICT(key) DO UPDATE SET"
    " hold = GREATEST(b.hold, excluded.hold)";

static enum gp_exit
open_store(struct gp_budget *b, struct gp_why *why)
{
	enum gp_exit status = gp_store_open(&b->s, b->url, GP_STORE_BARE, why);

	if (status != GP_OK)
		return status;
	if (gp_own_ready(b->s, "budget", steps, why) == 0)
		return GP_OK;
	status = gp_store_status(b->s);
	gp_because_of(why, "%s", gp_store_name(b->s));
	gp_store_close(b->s);
	b->s = NULL;
	return status;
}

static int
run(struct gp_budget *b, const char *sql, const struct gp_db_value *v, size_t n,
    gp_db_row_fn *fn, void *ctx, struct gp_why *why)
{
	if (b->s == NULL && open_store(b, why) != GP_OK)
		return -1;
	if (b->s->engine->run(b->s, sql, v, n, fn, ctx, why) == 0)
		return 0;
	gp_because_of(why, "%s", gp_store_name(b->s));
	gp_store_close(b->s);
	b->s = NULL;
	return -1;
}

struct given {
	double base, now; /* seconds, of the database */
	int n, rows;
};

static int
take(void *ctx, const struct gp_db_value *v, size_t n)
{
	struct given *g = ctx;

	(void)n;
	g->base = (double)v[0].n / 1e6;
	g->n = (int)v[1].n;
	g->now = (double)v[2].n / 1e6;
	g->rows++;
	return 0;
}

/* A token is not told to the database: a hash of it is. */
static const char *
name_of(const char *key, char to[33])
{
	XXH128_hash_t h = XXH3_128bits(key, strlen(key));

	snprintf(to, 33, "%016llx%016llx", (unsigned long long)h.high64,
	    (unsigned long long)h.low64);
	return to;
}

/*
 * The least that a reply seemed to come late by tells how the clocks differ;
 * clocks drift, so an old least one counts for less and less. How long replies
 * take is how far ahead the first slot has to be.
 */
static void
learn(struct gp_budget *b, double before, double now, double after)
{
	double offset = after - now, took;

	b->offset = fmin(b->offset + 1e-4, offset);
	/* The database said it between the two: where its clock was set back,
	 * or another one answers, the least of before is none any more. */
	b->offset = fmax(b->offset, before - now);
	took = offset - b->offset;
	b->lead = fmax(b->lead * 0.95, fmin(1, 2 * took));
	b->lead = fmax(b->lead, 0.002);
}

static int
reserve(void *ctx, const char *key, double rate, double burst, int n,
    struct gp_bucket_grant *to, struct gp_why *why)
{
	struct gp_budget *b = ctx;
	const double step = SLACK / rate, before = gp_clock();
	struct given g = { 0 };
	char name[33];
	const struct gp_db_value v[] = { gp_db_str(name_of(key, name)),
		gp_db_int((int64_t)(step * 1e9)), gp_db_int((int64_t)burst - 1),
		gp_db_int(n), gp_db_int((int64_t)(b->lead * 1e9)) };

	if (run(b, reserve_sql, v, 5, take, &g, why) == -1)
		return -1;
	if (g.rows == 0)
		return gp_because(why, "%s: no answer", b->url);
	learn(b, before, g.now, gp_clock());
	to->n = g.n;
	to->step = step;
	to->first = g.base + b->offset - (floor(burst) - 1) * step;
	to->from = g.now + b->offset;
	/* When it comes within reach, halfway: others ask too. */
	to->again = fmax(to->first - 1, gp_clock() + 0.02);
	return 0;
}

static int
hold(void *ctx, const char *key, double seconds, struct gp_why *why)
{
	char name[33];
	const struct gp_db_value v[] = { gp_db_str(name_of(key, name)),
		gp_db_int((int64_t)(seconds * 1e6)) };

	return run(ctx, hold_sql, v, 2, NULL, NULL, why);
}

enum gp_exit
gp_budget_open(
    struct gp_budget **to, const char *configured, struct gp_why *why)
{
	const char *url = getenv("GP_BUDGET");
	enum gp_exit status = GP_SOFTWARE;
	struct gp_budget *b;

	*to = NULL;
	if (url == NULL || *url == '\0')
		url = configured;
	if (url == NULL)
		return GP_OK;
	if (!gp_store_is_server(url)) {
		gp_because(why,
		    "budget: '%s' is no server: machines share a database of "
		    "PostgreSQL, postgres://...",
		    url);
		return GP_CONFIG;
	}
	b = calloc(1, sizeof(*b));
	if (b != NULL && (b->url = strdup(url)) != NULL) {
		b->offset = INFINITY;
		b->lead = 0.005;
		b->table = (struct gp_bucket_table){ b, reserve, hold };
		status = open_store(b, why);
	} else {
		gp_because(why, "no memory");
	}
	if (status == GP_OK)
		*to = b;
	else
		gp_budget_close(b);
	return status;
}

void
gp_budget_close(struct gp_budget *b)
{
	if (b == NULL)
		return;
	gp_store_close(b->s);
	free(b->url);
	free(b);
}

const struct gp_bucket_table *
gp_budget_table(struct gp_budget *b)
{
	return b != NULL ? &b->table : NULL;
}
