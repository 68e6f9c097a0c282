/* Rows of counted appeals as a table: what they are of, figures, the frame. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/counted.h"

enum {
	MOST = 96,
	C_OF = 0, /* by what the row is counted */
	C_WHAT,   /* the same for people */
	C_NAME,   /* the name for people */
	C_PIECE,  /* the piece of time for people */
	C_DIM,    /* a column for each gp_dim, and the hour */
	C_FIRST = C_DIM + GP_DIM_ALL, /* of the figures */
};

#define R GP_IN_NDJSON
#define P (GP_IN_TABLE | GP_IN_CSV)

struct view {
	struct gp_counted *c;
	struct gp_show *show;
	const struct gp_counted_more *more;
	struct gp_frame frame;
	struct gp_column col[MOST];
	struct gp_cell cell[MOST];
	size_t n, more_at, frame_at;
	struct gp_buf piece;
};

static int
one_dim(const struct gp_counted *c)
{
	return c->how.table != NULL || c->plan->dim[0] == GP_DIM_ALL ||
	    c->plan->dim[1] == GP_DIM_ALL;
}

/* Where all rows are of one thing, no column says so to people. */
static void
hide(struct view *v)
{
	const struct gp_counted *c = v->c;
	const char *only = c->how.table;
	int all = only != NULL ? strcmp(only, "all") == 0
			       : c->plan->dim[0] == GP_DIM_ALL;

	if (c->how.by == GP_BY_ALL)
		v->col[C_PIECE].flags = 0;
	if (all)
		v->col[C_NAME].flags = 0;
	else if (one_dim(c) && (only != NULL || !c->plan->total))
		v->col[C_WHAT].flags = 0;
}

static void
columns(struct view *v)
{
	static const struct gp_column first[C_DIM] = {
		{ "of", { NULL, NULL }, R, 0 },
		{ "what", { "Разрез", "By" }, P, 0 },
		{ "name", { "Значение", "Value" }, P | GP_COL_ID | GP_COL_GIVES,
		    0 },
		{ "piece", { "Период", "Period" }, P, 0 },
	};
	const enum gp_measure *k;
	int d;

	memcpy(v->col, first, sizeof(first));
	hide(v);
	for (d = 0; d < GP_DIM_ALL; d++)
		v->col[C_DIM + d] =
		    (struct gp_column){ gp_dim_name((enum gp_dim)d),
			    { NULL, NULL }, R, 0 };
	v->n = C_FIRST;
	for (k = v->c->plan->measure; *k != GP_MEASURES; k++)
		v->n += (size_t)gp_measure_columns(*k, &v->col[v->n]);
	v->more_at = v->n;
	if (v->more != NULL) {
		memcpy(
		    &v->col[v->n], v->more->col, v->more->n * sizeof(*v->col));
		v->n += v->more->n;
	}
	v->frame_at = v->n;
	memcpy(&v->col[v->n], gp_frame_columns, sizeof(gp_frame_columns));
	v->n += GP_FRAME;
}

/* A row of names beyond the ceiling has no filter that would give its rows. */
static void
filter(struct view *v, const struct gp_row *row)
{
	struct gp_span name = gp_row_name(&v->c->rows, row);
	char hour[16];

	gp_frame_filter(&v->frame, row->piece);
	if (row->dim == GP_DIM_HOUR) {
		snprintf(hour, sizeof(hour), "%u", row->no);
		name = gp_span_of(hour);
	}
	if (row->dim != GP_DIM_ALL)
		gp_frame_where(&v->frame, gp_dim_name(row->dim), name);
	if (row->dim >= GP_DIMS || row->no == 0 || name.n > 0)
		v->cell[v->frame_at + GP_FR_FILTER] = gp_frame_words(&v->frame);
}

static void
names(struct view *v, const struct gp_row *row)
{
	static const char *const all[GP_LANGS] = { "всего", "all" };
	static const char *const rest[GP_LANGS] = { "прочие", "others" };
	struct gp_span name = gp_row_name(&v->c->rows, row);
	enum gp_lang lang = v->c->how.lang;

	if (row->dim == GP_DIM_ALL) {
		v->cell[C_OF] = gp_cell_str("all");
		v->cell[C_WHAT] = gp_cell_str(all[lang]);
		return;
	}
	v->cell[C_OF] = gp_cell_str(gp_dim_name(row->dim));
	v->cell[C_WHAT] = gp_cell_str(gp_dim_title(row->dim, lang));
	if (row->dim == GP_DIM_HOUR) {
		v->cell[C_DIM + GP_DIM_HOUR] = gp_cell_int(row->no);
		v->cell[C_NAME] = gp_cell_int(row->no);
		return;
	}
	v->cell[C_DIM + row->dim] = gp_cell_text(name);
	if (name.n > 0)
		v->cell[C_NAME] = gp_cell_text(name);
	else
		v->cell[C_NAME] = gp_cell_str(
		    row->no == 0 ? gp_dim_none(row->dim, lang) : rest[lang]);
}

static void
put_row(struct view *v, const struct gp_row *row)
{
	const struct gp_row *all = gp_rows_all(&v->c->rows, row->piece);
	const enum gp_measure *k;
	struct gp_column unused[2];
	size_t at = C_FIRST;

	memset(v->cell, 0, sizeof(v->cell));
	names(v, row);
	gp_buf_reset(&v->piece);
	if (!v->c->period.open)
		gp_range_print(&v->piece, v->c->period.piece[row->piece]);
	v->cell[C_PIECE] = gp_cell_str(gp_buf_str(&v->piece));
	for (k = v->c->plan->measure; *k != GP_MEASURES; k++) {
		gp_measure_cells(*k, &row->now, &row->before,
		    all != NULL ? &all->now : NULL, v->c->how.now,
		    &v->cell[at]);
		at += (size_t)gp_measure_columns(*k, unused);
	}
	if (v->more != NULL)
		v->more->cells(v->more->ctx, row, &v->cell[v->more_at]);
	gp_frame_piece(&v->frame, row->piece, &v->cell[v->frame_at]);
	if (v->c->period.before != NULL)
		v->cell[v->frame_at + GP_FR_BEFORE_N] =
		    gp_cell_int((int64_t)row->before.n);
	filter(v, row);
	gp_show_row(v->show, v->cell);
}

/* The first --limit of each piece. */
static int
put_dim(struct view *v, enum gp_dim dim)
{
	struct gp_row **list = gp_rows_of(&v->c->rows, dim), **row;
	uint32_t piece = UINT32_MAX;
	long n = 0;

	if (list == NULL)
		return -1;
	for (row = list; *row != NULL; row++, n++) {
		if ((*row)->piece != piece)
			n = 0;
		piece = (*row)->piece;
		if (v->c->how.limit > 0 && n >= v->c->how.limit &&
		    dim != GP_DIM_ALL)
			continue;
		put_row(v, *row);
	}
	free(list);
	return 0;
}

static size_t
terms(const struct view *v, struct gp_show_term *to)
{
	enum gp_lang lang = v->c->how.lang;
	const enum gp_measure *k;
	size_t n = 0;

	for (k = v->c->plan->measure; *k != GP_MEASURES; k++)
		to[n++] = (struct gp_show_term){ gp_measure_title(*k, lang),
			gp_measure_about(*k, lang) };
	if (v->more != NULL && v->more->terms > 0) {
		memcpy(&to[n], v->more->term, v->more->terms * sizeof(*to));
		n += v->more->terms;
	}
	return n;
}

void
gp_show_apart(
    struct gp_show *show, const char *report, const char *what, uint64_t n)
{
	static const struct gp_column col[2] = {
		{ "what", { NULL, NULL }, R, 0 }, { "n", { NULL, NULL }, R, 0 }
	};
	const struct gp_table table = { report, "apart", { NULL, NULL },
		{ NULL, NULL }, col, 2 };
	struct gp_cell c[2] = { gp_cell_str(what), gp_cell_int((int64_t)n) };

	if (n == 0 || !(show->how.format->shows & R))
		return;
	gp_show_begin(show, &table);
	gp_show_row(show, c);
	gp_show_end(show);
}

static void
note(struct view *v, struct gp_about *about)
{
	static const char *const apart[GP_LANGS] = { "; без даты: ",
		"; undated: " };

	about->note = gp_frame_note(&v->frame);
	if (v->c->rows.undated == 0)
		return;
	gp_buf_adds(&v->frame.note, apart[v->c->how.lang]);
	gp_buf_add64(&v->frame.note, (long long)v->c->rows.undated);
	about->note = gp_buf_str(&v->frame.note);
}

static int
put_all(struct view *v)
{
	const struct gp_counted_plan *plan = v->c->plan;
	const char *only = v->c->how.table;
	int bad = 0;
	size_t i;

	if (plan->total && (only == NULL || strcmp(only, "all") == 0))
		bad = put_dim(v, GP_DIM_ALL);
	for (i = 0; plan->dim[i] != GP_DIM_ALL && bad == 0; i++)
		if (only == NULL ||
		    strcmp(only, gp_dim_name(plan->dim[i])) == 0)
			bad = put_dim(v, plan->dim[i]);
	return bad;
}

int
gp_counted_show_more(struct gp_counted *c, struct gp_show *show,
    const struct gp_counted_more *more)
{
	struct view *v = calloc(1, sizeof(*v));
	struct gp_show_term term[GP_MEASURES + 8];
	const struct gp_counted_plan *plan = c->plan;
	struct gp_table table = { plan->report, plan->table,
		{ plan->title[GP_RU], plan->title[GP_EN] },
		{ "за этот период обращений нет", "no appeals in this period" },
		NULL, 0 };
	struct gp_about about = { .term = term };
	int bad;

	if (v == NULL)
		return -1;
	*v = (struct view){ .c = c, .show = show, .more = more };
	gp_buf_init(&v->piece, 0);
	gp_frame_init(&v->frame, &c->how, &c->period);
	gp_frame_calendar(&v->frame, &c->rows, &c->ledger);
	columns(v);
	table.col = v->col;
	table.n = v->n;
	about.terms = terms(v, term);
	note(v, &about);
	if (one_dim(c) && plan->chart != GP_MEASURES) {
		struct gp_column col[2];

		gp_measure_columns(plan->chart, col);
		about.chart_name = c->how.by == GP_BY_ALL ? "name" : "piece";
		about.chart_value = col[0].key;
	}
	gp_show_about(show, &about);
	gp_show_begin(show, &table);
	bad = put_all(v);
	gp_show_end(show);
	gp_show_apart(show, plan->report, "no_at", c->rows.undated);
	gp_frame_release(&v->frame);
	gp_buf_release(&v->piece);
	free(v);
	return bad != 0 || show->bad ? -1 : 0;
}

int
gp_counted_show(void *arg, struct gp_show *show)
{
	return gp_counted_show_more(arg, show, NULL);
}
