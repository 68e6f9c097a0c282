/* Old records go; the schema is brought up to date; figures of it all. */
#include <stdlib.h>
#include <string.h>

#include "store/desk.h"
#include "store/engine.h"

/* What goes is listed first, so that all parts of it go alike. */
static int
list_gone(struct gp_store *s, const struct gp_prune *p, struct gp_why *why)
{
	const struct gp_db_value v[] = { gp_db_int(p->records),
		gp_db_int(p->runs) };
	struct gp_buf *b = &s->sql;

	if (s->engine->script(s,
		"CREATE TEMP TABLE gp_gone(n BIGINT, id TEXT, run INTEGER)",
		why) == -1)
		return -1;
	gp_buf_reset(b);
	gp_buf_adds(b,
	    "INSERT INTO gp_gone WITH q AS MATERIALIZED ("
	    "SELECT a.n, a.id, a.role, a.type, a.due_first, a.due_final, ");
	gp_desk_columns(b);
	gp_buf_adds(b,
	    " FROM gp_record a WHERE a.type <> 'page' AND ("
	    "(a.type <> 'run' AND a.at < CAST($1 AS BIGINT)) OR"
	    " (a.type = 'run' AND a.at < CAST($2 AS BIGINT))))"
	    " SELECT q.n, q.id, CASE q.type WHEN 'run' THEN 1 ELSE 0 END"
	    " FROM q WHERE q.role <> 1 OR " GP_DESK_IS_ANSWERED);
	return s->engine->run(s, gp_buf_str(b), v, 2, NULL, NULL, why);
}

static int
count_gone(struct gp_store *s, struct gp_prune *p, struct gp_why *why)
{
	const struct gp_db_value v = gp_db_int(p->history);

	return gp_db_number(s, "SELECT COUNT(*) FROM gp_gone WHERE run = 0",
		   NULL, 0, 0, &p->gone_records, why) == -1 ||
		gp_db_number(s, "SELECT COUNT(*) FROM gp_gone WHERE run = 1",
		    NULL, 0, 0, &p->gone_runs, why) == -1 ||
		gp_db_number(s,
		    "SELECT COUNT(*) FROM gp_history WHERE"
		    " kept < CAST($1 AS BIGINT)"
		    " OR id IN (SELECT id FROM gp_gone)",
		    &v, 1, 0, &p->gone_history, why) == -1
	    ? -1
	    : 0;
}

static int
prune(struct gp_store *s, struct gp_prune *p, struct gp_why *why)
{
	const struct gp_db_value v = gp_db_int(p->history);

	if (list_gone(s, p, why) == -1 || count_gone(s, p, why) == -1)
		return -1;
	if (p->dry)
		return 0;
	if (s->engine->prune_text != NULL &&
	    s->engine->script(s, s->engine->prune_text, why) == -1)
		return -1;
	return s->engine->run(s,
		   "DELETE FROM gp_history WHERE"
		   " kept < CAST($1 AS BIGINT)"
		   " OR id IN (SELECT id FROM gp_gone)",
		   &v, 1, NULL, NULL, why) == -1 ||
		s->engine->script(s,
		    "DELETE FROM gp_record WHERE n IN"
		    " (SELECT n FROM gp_gone);"
		    "DROP TABLE gp_gone;",
		    why) == -1
	    ? -1
	    : 0;
}

int
gp_store_prune(struct gp_store *s, struct gp_prune *p, struct gp_why *why)
{
	int r;

	if (gp_db_begin(s, 1, why) == -1)
		return -1;
	r = prune(s, p, why);
	if (r == 0 && !p->dry)
		return gp_db_commit(s, why);
	gp_db_rollback(s);
	return r;
}

struct figures {
	gp_store_figure_fn *fn;
	void *ctx;
	const char *what;
};

static int
take_figure(void *ctx, const struct gp_db_value *v, size_t n)
{
	struct figures *f = ctx;

	(void)n;
	return f->fn(f->ctx, f->what,
	    v[0].type == GP_DB_TEXT ? v[0].text : gp_span_of(""), v[1].n);
}

static int
states(
    struct gp_store *s, gp_instant now, struct figures *f, struct gp_why *why)
{
	const struct gp_db_value v = gp_db_int(now);
	struct gp_buf *b = &s->sql;
	static const char head[] =
	    "WITH q AS MATERIALIZED (SELECT a.n, a.due_first, a.due_final, ";

	gp_buf_reset(b);
	gp_buf_adds(b, head);
	gp_desk_columns(b);
	gp_buf_adds(b,
	    " FROM gp_record a WHERE a.role = 1), w AS (SELECT"
	    " CASE WHEN " GP_DESK_IS_ANSWERED " THEN 'answered'"
	    " WHEN " GP_DESK_IS_INTERIM " THEN 'interim'"
	    " WHEN q.again = 1 THEN 'reopened' ELSE 'open' END AS state,"
	    " CASE WHEN NOT " GP_DESK_IS_ANSWERED " AND " GP_DESK_DEADLINE
	    " < CAST($1 AS BIGINT)"
	    " THEN 1 ELSE 0 END AS late"
	    " FROM q) SELECT state, COUNT(*) FROM w GROUP BY state UNION ALL"
	    " SELECT 'overdue', COUNT(*) FROM w WHERE late = 1"
	    " ORDER BY 1");
	f->what = "appeals";
	return s->engine->run(s, gp_buf_str(b), &v, 1, take_figure, f, why);
}

int
gp_store_stats(struct gp_store *s, gp_instant now, gp_store_figure_fn *fn,
    void *ctx, struct gp_why *why)
{
	static const struct {
		const char *what, *sql;
	} table[] = {
		{ "records",
		    "SELECT type, COUNT(*) FROM gp_record GROUP BY type"
		    " ORDER BY 1" },
		{ "page",
		    "SELECT page, COUNT(*) FROM gp_record"
		    " WHERE page IS NOT NULL GROUP BY page ORDER BY 1" },
		{ "versions", "SELECT NULL, COUNT(*) FROM gp_history" },
		{ "cursors", "SELECT NULL, COUNT(*) FROM gp_cursor" },
		{ "forgotten", "SELECT NULL, COUNT(*) FROM gp_erasure" },
	};
	struct figures f = { fn, ctx, NULL };
	int64_t bytes;
	size_t i;

	for (i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		f.what = table[i].what;
		if (s->engine->run(
			s, table[i].sql, NULL, 0, take_figure, &f, why) == -1)
			return -1;
	}
	if (states(s, now, &f, why) == -1 ||
	    s->engine->size(s, &bytes, why) == -1)
		return -1;
	return fn(ctx, "bytes", gp_span_of(""), bytes);
}

/* Records whose words are missing from the full text, a thousand at a time. */
struct texts {
	struct gp_store *s;
	struct gp_pool pool;
	struct {
		int64_t n;
		struct gp_span body;
	} row[1000];
	size_t n;
};

static int
take_text(void *ctx, const struct gp_db_value *v, size_t n)
{
	struct texts *t = ctx;

	(void)n;
	if (t->n == sizeof(t->row) / sizeof(t->row[0]))
		return 1;
	t->row[t->n].n = v[0].n;
	t->row[t->n++].body = gp_pool_copy(&t->pool, v[1].text);
	return 0;
}

static int
put_text(struct gp_store *s, struct gp_pool *pool, int64_t n,
    struct gp_span body, int64_t *texts, struct gp_why *why)
{
	struct gp_db_value v[2] = { gp_db_int(n) };
	struct gp_json_obj rec;
	struct gp_row row = { .keep = 0 };
	struct gp_buf line;
	int r;

	gp_buf_init(&line, 2 * GP_MAX_LINE);
	gp_buf_add(&line, body.p, body.n);
	r = gp_json_open(s->reader, gp_buf_span(&line), 0, &rec, why);
	if (r == 0)
		r = gp_row_read(s->reader, &rec, pool, &row, why);
	gp_buf_release(&line);
	if (r == -1)
		return -1;
	gp_row_words(s, &row, s->engine->stems, &s->text);
	if (s->text.n == 0)
		return 0;
	++*texts;
	v[1] = gp_db_text(gp_buf_span(&s->text));
	return s->engine->run(s, s->engine->put_text, v, 2, NULL, NULL, why);
}

static int
some_texts(struct texts *t, int64_t *last, int64_t *texts, struct gp_why *why)
{
	struct gp_store *s = t->s;
	const struct gp_db_value v = gp_db_int(*last);
	size_t i;
	int r;

	t->n = 0;
	gp_pool_reset(&t->pool);
	if (gp_db_begin(s, 1, why) == -1)
		return -1;
	r = s->engine->run(s, s->engine->no_text, &v, 1, take_text, t, why);
	for (i = 0; r == 0 && i < t->n; i++) {
		*last = t->row[i].n;
		r = put_text(
		    s, &t->pool, t->row[i].n, t->row[i].body, texts, why);
	}
	if (r == 0)
		return gp_db_commit(s, why);
	gp_db_rollback(s);
	return -1;
}

int
gp_store_migrate(struct gp_store *s, gp_instant now, struct gp_migration *m,
    struct gp_why *why)
{
	struct texts *t = calloc(1, sizeof(*t));
	int64_t last = 0;
	int r;

	memset(m, 0, sizeof(*m));
	if (t == NULL) {
		s->status = GP_SOFTWARE;
		return gp_because(why, "no memory");
	}
	t->s = s;
	gp_pool_init(&t->pool);
	r = gp_schema_move(s, now, &m->from, &m->to, why);
	do
		r = r == 0 ? some_texts(t, &last, &m->texts, why) : -1;
	while (r == 0 && t->n > 0);
	gp_pool_release(&t->pool);
	free(t);
	return r;
}
