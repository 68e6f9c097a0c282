/* Are the rows what their records say? */
#include <stdio.h>
#include <string.h>

#include "store/engine.h"

struct check {
	struct gp_store *s;
	gp_store_wrong_fn *fn;
	void *ctx;
	int64_t *wrong;
	struct gp_given given;
	struct gp_pool pool;
	struct gp_buf line;
};

static void
say(struct check *c, const char *rule, struct gp_span id, const char *message)
{
	if (gp_given_has(&c->given, id, (unsigned char)*rule))
		return;
	++*c->wrong;
	c->fn(c->ctx, rule, id, message);
}

static int
same(const struct gp_db_value *a, const struct gp_db_value *b)
{
	if (a->type != b->type)
		return 0;
	return a->type == GP_DB_INT ? a->n == b->n
	    : a->type == GP_DB_TEXT ? gp_span_eq(a->text, b->text)
				    : 1;
}

/* A deleted record keeps what it no longer tells: no wonder that it differs. */
static int
may_differ(const struct gp_row *row, int column)
{
	return column == GP_COL_CHANGED ||
	    (column == GP_COL_PAGE && row->v[column].type == GP_DB_NULL) ||
	    (row->v[GP_COL_DELETED].n &&
		(gp_row_column[column].stays || column == GP_COL_ROLE));
}

static int
read_body(struct check *c, struct gp_span body, struct gp_row *row,
    struct gp_why *why)
{
	struct gp_json_obj rec;

	gp_pool_reset(&c->pool);
	gp_buf_reset(&c->line);
	gp_buf_add(&c->line, body.p, body.n);
	if (gp_json_open(c->s->inner, gp_buf_span(&c->line), 0, &rec, why) ==
	    -1)
		return -1;
	return gp_row_read(c->s->inner, &rec, &c->pool, row, why);
}

static int
check_row(void *ctx, const struct gp_db_value *v, size_t n)
{
	struct check *c = ctx;
	struct gp_row row = { .keep = 0 };
	struct gp_why why;
	char text[80];
	int i;

	(void)n;
	if (read_body(c, v[GP_COL_BODY].text, &row, &why) == -1) {
		say(c, "record.sound", v[0].text, why.msg);
		return 0;
	}
	for (i = 0; i < GP_ROW_COLUMNS; i++) {
		if (may_differ(&row, i) || same(&row.v[i], &v[i]))
			continue;
		snprintf(text, sizeof(text),
		    "the column '%s' is not what the record says",
		    gp_row_column[i].name);
		say(c, "record.same", v[0].text, text);
		break;
	}
	return 0;
}

static int
check_version(void *ctx, const struct gp_db_value *v, size_t n)
{
	struct check *c = ctx;
	struct gp_row row = { .keep = 0 };
	struct gp_why why;

	(void)n;
	if (read_body(c, v[1].text, &row, &why) == -1)
		say(c, "history.sound", v[0].text, why.msg);
	return 0;
}

static int
check_cursor(void *ctx, const struct gp_db_value *v, size_t n)
{
	struct check *c = ctx;
	struct gp_row row = { .keep = 0 };
	struct gp_why why;

	(void)n;
	if (read_body(c, v[1].text, &row, &why) == -1)
		say(c, "cursor.sound", v[0].text, why.msg);
	else if (row.fate != GP_ROW_CURSOR)
		say(c, "cursor.sound", v[0].text, "is no cursor");
	return 0;
}

static int
check_id(void *ctx, const struct gp_db_value *v, size_t n)
{
	char text[80];

	(void)n;
	snprintf(text, sizeof(text), "%.*s", (int)v[1].text.n, v[1].text.p);
	say(ctx, "id.known", v[0].text, text);
	return 0;
}

/* Whether an id is there is asked of a table beside the months. */
static int
check_ids(struct check *c, struct gp_why *why)
{
	const struct gp_engine *e = c->s->engine;
	int64_t by_month;

	if (e->unlike == NULL)
		return 0;
	if (gp_db_number(c->s,
		"SELECT COUNT(*) FROM gp_meta WHERE key = 'layout'", NULL, 0, 0,
		&by_month, why) == -1)
		return -1;
	return by_month ? e->run(c->s, e->unlike, NULL, 0, check_id, c, why)
			: 0;
}

static int
check_rows(struct check *c, struct gp_why *why)
{
	const struct gp_engine *e = c->s->engine;

	if (check_ids(c, why) == -1)
		return -1;
	gp_buf_reset(&c->s->sql);
	gp_buf_adds(&c->s->sql, "SELECT ");
	gp_row_names(&c->s->sql);
	gp_buf_adds(&c->s->sql, " FROM gp_record ORDER BY n");
	return e->run(c->s, gp_buf_str(&c->s->sql), NULL, 0, check_row, c,
		   why) == -1 ||
		e->run(c->s, "SELECT id, body FROM gp_history ORDER BY n", NULL,
		    0, check_version, c, why) == -1 ||
		e->run(c->s,
		    "SELECT page, body FROM gp_cursor ORDER BY page, stream",
		    NULL, 0, check_cursor, c, why) == -1
	    ? -1
	    : 0;
}

int
gp_store_check(struct gp_store *s, gp_store_wrong_fn *fn, void *ctx,
    int64_t *wrong, struct gp_why *why)
{
	struct check c = { .s = s, .fn = fn, .ctx = ctx, .wrong = wrong };
	struct gp_outage o = { .until = 0 };
	int r;

	*wrong = 0;
	gp_pool_init(&c.pool);
	gp_buf_init(&c.line, 2 * GP_MAX_LINE);
	do
		r = s->engine->check(s, fn, ctx, wrong, why);
	while (r == -1 && gp_db_again(s, &o, why));
	if (r == 0)
		do
			r = check_rows(&c, why);
		while (r == -1 && gp_db_again(s, &o, why) &&
		    gp_given_anew(&c.given) == 0);
	gp_given_release(&c.given);
	gp_pool_release(&c.pool);
	gp_buf_release(&c.line);
	return r;
}
