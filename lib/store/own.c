#include "store/own.h"

#include <stdio.h>

#include "store/engine.h"

int
gp_own_version(
    struct gp_store *s, const char *part, int *version, struct gp_why *why)
{
	struct gp_db_value v = gp_db_str(part);
	int64_t n;

	*version = 0;
	if (gp_db_number(s,
		"SELECT COUNT(*) FROM pg_class WHERE relname = 'gp_own'"
		" AND pg_table_is_visible(oid)",
		NULL, 0, 0, &n, why) == -1)
		return -1;
	if (n == 0)
		return 0;
	if (gp_db_number(s, "SELECT version FROM gp_own WHERE part = $1", &v, 1,
		0, &n, why) == -1)
		return -1;
	*version = (int)n;
	return 0;
}

int
gp_own_knows(struct gp_store *s, const char *part, int version, int known,
    struct gp_why *why)
{
	if (version <= known)
		return 0;
	gp_because(why,
	    "its tables of '%s' are version %d, made by a newer gp; this one "
	    "knows %d",
	    part, version, known);
	return gp_schema_is_other(s);
}

static int
note(struct gp_store *s, const char *part, int version, struct gp_why *why)
{
	const struct gp_db_value v[] = { gp_db_str(part), gp_db_int(version) };

	return s->engine->run(s,
	    "INSERT INTO gp_own VALUES($1, CAST($2 AS integer))"
	    " ON CONFLICT(part) DO UPDATE SET version = excluded.version",
	    v, 2, NULL, NULL, why);
}

struct moving {
	struct gp_store *s;
	const char *part, *const *step;
	int newest;
};

static int
move(void *ctx, struct gp_why *why)
{
	const struct moving *m = ctx;
	struct gp_store *s = m->s;
	int version;

	/* One at a time; who comes second finds it done. */
	if (s->engine->script(s, s->engine->alone, why) == -1 ||
	    s->engine->script(s,
		"CREATE TABLE IF NOT EXISTS gp_own("
		"part TEXT PRIMARY KEY, version INTEGER NOT NULL)",
		why) == -1 ||
	    gp_own_version(s, m->part, &version, why) == -1 ||
	    gp_own_knows(s, m->part, version, m->newest, why) == -1)
		return -1;
	if (version == m->newest)
		return 0;
	for (; version < m->newest; version++)
		if (s->engine->script(s, m->step[version], why) == -1)
			return -1;
	return note(s, m->part, m->newest, why);
}

int
gp_own_ready(struct gp_store *s, const char *part, const char *const *step,
    struct gp_why *why)
{
	struct moving m = { s, part, step, 0 };
	int version;

	while (step[m.newest] != NULL)
		m.newest++;
	if (gp_own_version(s, part, &version, why) == -1 ||
	    gp_own_knows(s, part, version, m.newest, why) == -1)
		return -1;
	return version == m.newest ? 0 : gp_db_transact(s, 1, move, &m, why);
}
