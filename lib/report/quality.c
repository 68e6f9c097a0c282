/* What gp-check(1) found, by rule, by page and by level. */
#include <stdlib.h>
#include <string.h>

#include "report/hash.h"
#include "report/plain.h"
#include "report/reports.h"

enum of {
	OF_ALL,
	OF_RULE,
	OF_PAGE,
	OFS
};

enum {
	C_OF,
	C_WHAT,
	C_NAME,
	C_PIECE,
	C_RULE,
	C_PAGE,
	C_MESSAGE,
	C_N,
	C_ERRORS,
	C_WARNINGS,
	C_NOTES,
	C_RECORDS,
	COLUMNS,
};

struct line {
	enum of of;
	char *name;    /* NULL: it has none */
	char *message; /* of a rule, as its first finding has it; or NULL */
	size_t piece;
	uint64_t n, errors, warnings, notes, records;
	uint64_t last; /* the record that it was counted for last, plus 1 */
};

struct found {
	struct gp_counted *c;
	struct gp_keymap map;
	struct line *v;
	size_t cap;
	uint64_t record, undated;
	size_t piece; /* of the record at hand */
	struct gp_buf range;
	int bad;
};

static struct line *
count(struct found *f, enum of of, struct gp_span name, struct gp_json level)
{
	size_t known = f->map.n;
	struct line *v = gp_grown(f->v, f->map.n, &f->cap, sizeof(*v));
	int64_t k;

	if (v != NULL)
		f->v = v;
	k = v != NULL ? gp_keymap_put(&f->map,
			    (name.n > 0 ? gp_hash(name) : 0) ^
				(uint64_t)of << 60 ^ (uint64_t)f->piece << 50)
		      : -1;
	if (k == -1) {
		f->bad = 1;
		return NULL;
	}
	v = &f->v[k];
	if (f->map.n > known)
		*v = (struct line){ .of = of,
			.name = name.n > 0 ? gp_span_dup(name) : NULL,
			.piece = f->piece };
	v->n++;
	v->errors += (uint64_t)gp_json_is(level, "error");
	v->warnings += (uint64_t)gp_json_is(level, "warning");
	v->notes += (uint64_t)gp_json_is(level, "note");
	v->records += v->last != f->record + 1;
	v->last = f->record + 1;
	return v;
}

/* level ok says that all is well: it is no finding. */
static void
finding(struct found *f, const struct gp_json_obj *o, struct gp_json page,
    struct gp_buf *b)
{
	struct gp_json level = gp_json_get(o, "level");
	struct line *rule;
	struct gp_span message;

	if (gp_json_is(level, "ok"))
		return;
	count(f, OF_ALL, (struct gp_span){ "", 0 }, level);
	rule =
	    count(f, OF_RULE, gp_fact_text(gp_json_get(o, "rule"), b), level);
	message = gp_fact_text(gp_json_get(o, "message"), b);
	if (rule != NULL && rule->message == NULL && message.n > 0)
		rule->message = gp_span_dup(message);
	count(f, OF_PAGE, gp_fact_text(page, b), level);
}

static int
in_period(struct found *f, const struct gp_json_obj *rec)
{
	struct gp_span at = gp_json_bare(gp_json_get(rec, "at"));
	gp_instant t;
	int piece;

	if (f->c->period.open)
		return 1;
	if (at.p == NULL || gp_instant_parse(at, &t) == -1) {
		f->undated++;
		return 0;
	}
	piece = gp_period_of(&f->c->period, t);
	f->piece = piece != -1 ? (size_t)piece : 0;
	return piece != -1;
}

static void
take(struct found *f, struct gp_shelf_walk *w, struct gp_buf *b)
{
	struct gp_json page = gp_json_get(&w->rec, "page");
	struct gp_json_obj list, o;
	size_t i;

	if (!in_period(f, &w->rec))
		return;
	if (gp_json_is(gp_json_get(&w->rec, "type"), "finding")) {
		if (page.type != GP_JSON_STRING)
			page = gp_json_get(&w->rec, "on");
		finding(f, &w->rec, page, b);
	} else if (gp_json_enter(w->reader, gp_json_get(&w->rec, "findings"),
		       &list) == 0) {
		for (i = 0; i < list.n; i++)
			if (gp_json_enter(w->reader, list.m[i].value, &o) == 0)
				finding(f, &o, page, b);
	}
	f->record++;
}

/* The levels are those of gp-check(1). */
static const struct gp_show_term terms[GP_LANGS][2] = {
	[GP_RU] = { { "Замечания",
			"Что нашёл gp-check: ошибки, предупреждения и советы. "
			"Запись может дать несколько замечаний." },
	    { "Записей с ними",
		"Сколько записей имеют хотя бы одно такое замечание." } },
	[GP_EN] = { { "Findings",
			"What gp-check found: errors, warnings and notes. A "
			"record may give several." },
	    { "Records with them", "Records that have any of the row." } },
};

static int
by_n(const void *a, const void *b)
{
	const struct line *x = a, *y = b;

	if (x->of != y->of)
		return (int)x->of - (int)y->of;
	if (x->piece != y->piece)
		return x->piece < y->piece ? -1 : 1;
	if (x->n != y->n)
		return x->n < y->n ? 1 : -1;
	return strcmp(
	    x->name != NULL ? x->name : "", y->name != NULL ? y->name : "");
}

static int
row(void *ctx, size_t i, struct gp_cell *c, size_t *piece)
{
	static const char *const words[GP_LANGS][OFS] = {
		{ "всего", "Правило", "Страница" }, { "all", "Rule", "Page" }
	};
	static const char *const of[OFS] = { "all", "rule", "page" };
	struct found *f = ctx;
	const struct line *l;

	if (i >= f->map.n)
		return 0;
	l = &f->v[i];
	*piece = l->piece;
	gp_buf_reset(&f->range);
	gp_range_print(&f->range, f->c->period.piece[l->piece]);
	c[C_PIECE] = gp_cell_str(gp_buf_str(&f->range));
	c[C_OF] = gp_cell_str(of[l->of]);
	c[C_WHAT] = gp_cell_str(words[f->c->how.lang][l->of]);
	c[C_NAME] = gp_cell_str(l->name);
	if (l->of != OF_ALL)
		c[l->of == OF_RULE ? C_RULE : C_PAGE] = gp_cell_str(l->name);
	c[C_N] = gp_cell_int((int64_t)l->n);
	c[C_ERRORS] = gp_cell_int((int64_t)l->errors);
	c[C_WARNINGS] = gp_cell_int((int64_t)l->warnings);
	c[C_NOTES] = gp_cell_int((int64_t)l->notes);
	c[C_MESSAGE] = gp_cell_str(l->message);
	c[C_RECORDS] = gp_cell_int((int64_t)l->records);
	return 1;
}

#define P (GP_IN_TABLE | GP_IN_CSV)
#define R GP_IN_NDJSON
#define N (P | R | GP_COL_NUMBER)
static const struct gp_column columns[COLUMNS] = {
	[C_OF] = { "of", { NULL, NULL }, R, 0 },
	[C_WHAT] = { "what", { "Разрез", "By" }, P, 0 },
	[C_NAME] = { "name", { "Значение", "Value" },
	    P | GP_COL_ID | GP_COL_GIVES, 0 },
	[C_PIECE] = { "piece", { "Период", "Period" }, P, 0 },
	[C_RULE] = { "rule", { NULL, NULL }, R, 0 },
	[C_PAGE] = { "page", { NULL, NULL }, R, 0 },
	[C_MESSAGE] = { "message", { "Что не так", "What is wrong" },
	    P | R | GP_COL_GIVES, 0 },
	[C_N] = { "n", { "Замечания", "Findings" }, N, 0 },
	[C_ERRORS] = { "errors", { "Ошибки", "Errors" }, N, 0 },
	[C_WARNINGS] = { "warnings", { "Предупреждения", "Warnings" }, N, 0 },
	[C_NOTES] = { "notes", { "Советы", "Notes" }, N, 0 },
	[C_RECORDS] = { "records", { "Записей с ними", "Records with them" }, N,
	    0 },
};

static void
where(void *ctx, size_t i, struct gp_frame *frame)
{
	const struct found *f = ctx;
	const struct line *l = &f->v[i];

	if (l->of != OF_ALL)
		gp_frame_where(frame, l->of == OF_RULE ? "rule" : "page",
		    gp_span_of(l->name != NULL ? l->name : ""));
}

static int
show(void *arg, struct gp_show *s)
{
	struct found f = { .c = arg };
	struct gp_column col[COLUMNS];
	const struct gp_table table = { "quality", NULL,
		{ "Качество", "Quality" },
		{ "замечаний нет", "nothing was found" }, col, COLUMNS };
	const struct gp_plain_table t = { .table = &table,
		.row = row,
		.ctx = &f,
		.term = terms[f.c->how.lang],
		.terms = 2,
		.framed = 1,
		.behind = "quality",
		.where = where };
	struct gp_shelf_walk w;
	struct gp_buf b;
	size_t i;
	int r;

	if (gp_shelf_walk(&w, &f.c->shelf) == -1)
		return -1;
	gp_buf_init(&b, 0);
	gp_buf_init(&f.range, 0);
	memcpy(col, columns, sizeof(columns));
	if (f.c->how.by == GP_BY_ALL)
		col[C_PIECE].flags = 0;
	while (gp_shelf_next(&w) && !f.bad)
		take(&f, &w, &b);
	if (f.map.n > 0)
		qsort(f.v, f.map.n, sizeof(*f.v), by_n);
	r = f.bad ? -1 : gp_plain_show(f.c, s, &t);
	gp_show_apart(s, "quality", "no_at", f.undated);
	for (i = 0; i < f.map.n; i++) {
		free(f.v[i].name);
		free(f.v[i].message);
	}
	free(f.v);
	gp_keymap_release(&f.map);
	gp_buf_release(&b);
	gp_buf_release(&f.range);
	gp_shelf_done(&w);
	return r;
}

static const enum gp_dim no_dims[] = { GP_DIM_ALL };
static const enum gp_measure no_measures[] = { GP_MEASURES };
static const struct gp_counted_plan plan = { .report = "quality",
	.dim = no_dims,
	.measure = no_measures,
	.all_time = 1,
	.shelf = GP_ON_FINDINGS };

static void *
make(const struct gp_report_how *how, struct gp_why *why)
{
	return gp_plain_make(how, &plan, why);
}

const struct gp_report gp_report_quality =
    GP_PLAIN_REPORT("quality", NULL, make, show);
