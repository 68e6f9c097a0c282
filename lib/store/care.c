/* Old records go; the schema is brought up to date; figures of it all. */
#include <stdlib.h>
#include <string.h>

#include "store/desk.h"
#include "store/engine.h"

/* What goes is listed first, so that all parts of it go alike. With an appeal
 * that waits, what was promised to it stays, and whether that was sent. */
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
	    "SELECT a.n, a.id, a.role, a.type, a.answers, a.due_first,"
	    " a.due_final, ");
	gp_desk_columns(b);
	gp_buf_adds(b,
	    " FROM gp_record a WHERE a.type <> 'page' AND ("
	    "(a.type <> 'run' AND a.at < CAST($1 AS BIGINT)) OR"
	    " (a.type = 'run' AND a.at < CAST($2 AS BIGINT)))),"
	    " waits AS MATERIALIZED (SELECT q.id FROM q WHERE q.role = 1"
	    " AND NOT " GP_DESK_IS_ANSWERED ")"
	    " SELECT q.n, q.id, CASE q.type WHEN 'run' THEN 1 ELSE 0 END"
	    " FROM q WHERE CASE WHEN q.role = 1 THEN " GP_DESK_IS_ANSWERED
	    " WHEN q.role >= 2 AND q.answers IS NOT NULL"
	    " THEN q.answers NOT IN (SELECT id FROM waits)"
	    " ELSE 1 = 1 END");
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
	if (s->engine->prune_months != NULL &&
	    s->engine->script(s, s->engine->prune_months, why) == -1)
		return -1;
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
gp_store_partition(struct gp_store *s, int64_t *months, struct gp_why *why)
{
	if (s->engine->partition != NULL)
		return s->engine->partition(s, months, why);
	s->status = GP_USAGE;
	return gp_because(why, "--partition is for postgres://");
}

struct pruning {
	struct gp_store *s;
	struct gp_prune *p;
};

static int
prune_all(void *ctx, struct gp_why *why)
{
	const struct pruning *to = ctx;
	int r = gp_schema_still(to->s, why);

	if (r == 0)
		r = prune(to->s, to->p, why);
	return r == 0 && to->p->dry ? 1 : r;
}

int
gp_store_prune(struct gp_store *s, struct gp_prune *p, struct gp_why *why)
{
	struct pruning to = { s, p };

	return gp_db_transact(s, 1, prune_all, &to, why);
}

/* Of one moment, and told when all are there. */
struct figure {
	struct figure *next;
	const char *what;
	struct gp_span of;
	int64_t n;
};

struct figures {
	struct gp_store *s;
	gp_instant now;
	struct gp_pool pool;
	const char *what;
	struct figure *first, **last;
};

static int
add_figure(struct figures *f, struct gp_span of, int64_t n)
{
	struct figure *it = gp_pool_alloc(&f->pool, sizeof(*it));

	if (it == NULL)
		return 1;
	it->next = NULL;
	it->what = f->what;
	it->of = gp_pool_copy(&f->pool, of);
	it->n = n;
	*f->last = it;
	f->last = &it->next;
	return 0;
}

static int
take_figure(void *ctx, const struct gp_db_value *v, size_t n)
{
	(void)n;
	return add_figure(
	    ctx, v[0].type == GP_DB_TEXT ? v[0].text : gp_span_of(""), v[1].n);
}

static int
states(struct figures *f, struct gp_why *why)
{
	const struct gp_db_value v = gp_db_int(f->now);
	struct gp_store *s = f->s;
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

static int
figures(void *ctx, struct gp_why *why)
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
		{ "forgotten",
		    "SELECT NULL, COUNT(*) FROM gp_erasure"
		    " WHERE key NOT LIKE 'talk:%'" },
	};
	struct figures *f = ctx;
	struct gp_store *s = f->s;
	int64_t bytes;
	size_t i;

	gp_pool_reset(&f->pool);
	f->first = NULL;
	f->last = &f->first;
	for (i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		f->what = table[i].what;
		if (s->engine->run(
			s, table[i].sql, NULL, 0, take_figure, f, why) == -1)
			return -1;
	}
	if (states(f, why) == -1 || s->engine->size(s, &bytes, why) == -1)
		return -1;
	f->what = "bytes";
	add_figure(f, gp_span_of(""), bytes);
	return 0;
}

int
gp_store_stats(struct gp_store *s, gp_instant now, gp_store_figure_fn *fn,
    void *ctx, struct gp_why *why)
{
	struct figures f = { .s = s, .now = now };
	const struct figure *it;
	int r;

	gp_pool_init(&f.pool);
	r = gp_db_transact(s, 0, figures, &f, why);
	if (r == 0 && f.pool.bad) {
		s->status = GP_SOFTWARE;
		r = gp_because(why, "no memory");
	}
	for (it = f.first; r == 0 && it != NULL; it = it->next)
		r = fn(ctx, it->what, it->of, it->n);
	gp_pool_release(&f.pool);
	return r;
}

/* Records whose words are missing from the full text, a thousand at a time. */
struct texts {
	struct gp_store *s;
	int64_t last, made; /* the row; texts of this step */
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
some_texts(void *ctx, struct gp_why *why)
{
	struct texts *t = ctx;
	struct gp_store *s = t->s;
	const struct gp_db_value v = gp_db_int(t->last);
	size_t i;
	int r;

	t->n = 0;
	t->made = 0;
	gp_pool_reset(&t->pool);
	r = s->engine->run(s, s->engine->no_text, &v, 1, take_text, t, why);
	for (i = 0; r == 0 && i < t->n; i++)
		r = put_text(
		    s, &t->pool, t->row[i].n, t->row[i].body, &t->made, why);
	return r;
}

int
gp_store_migrate(struct gp_store *s, gp_instant now, struct gp_migration *m,
    struct gp_why *why)
{
	struct texts *t = calloc(1, sizeof(*t));
	int r;

	memset(m, 0, sizeof(*m));
	if (t == NULL) {
		s->status = GP_SOFTWARE;
		return gp_because(why, "no memory");
	}
	t->s = s;
	gp_pool_init(&t->pool);
	r = gp_schema_move(s, now, &m->from, &m->to, why);
	do {
		if (r == 0)
			r = gp_db_transact(s, 1, some_texts, t, why);
		m->texts += t->made;
		if (t->n > 0)
			t->last = t->row[t->n - 1].n;
	} while (r == 0 && t->n > 0);
	gp_pool_release(&t->pool);
	free(t);
	return r;
}
