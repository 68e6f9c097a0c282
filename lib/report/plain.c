#include "report/plain.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "report/behind.h"

void
gp_plain_fold(void *ctx, const struct gp_case *c, const char *text)
{
	(void)ctx;
	(void)c;
	(void)text;
}

void *
gp_plain_make(const struct gp_report_how *how,
    const struct gp_counted_plan *plan, struct gp_why *why)
{
	struct gp_counted *c;

	if (how->where.n > 0) {
		gp_because(why, "--where chooses appeals: '%s' has none",
		    plan->report);
		return NULL;
	}
	if (how->against != GP_AGAINST_NONE) {
		gp_because(why, "--against compares appeals: '%s' has none",
		    plan->report);
		return NULL;
	}
	c = gp_counted_make(how, plan, why);
	if (c != NULL)
		c->ledger.fold = gp_plain_fold;
	return c;
}

int
gp_plain_lacks(const void *arg, struct gp_why *why)
{
	struct gp_counted *c = (struct gp_counted *)(uintptr_t)arg;
	const char *table = c->plan->table; /* of items */
	struct gp_behind b;
	int r = gp_counted_lacks(c, why);

	if (r != 0)
		return r;
	gp_behind_init(&b, c, table != NULL ? table : c->plan->report);
	if (gp_shelf_walk(&b.w, &c->shelf) == -1) {
		r = -1;
	} else {
		while (gp_behind_next(&b))
			;
		gp_shelf_done(&b.w);
	}
	gp_behind_release(&b);
	if (r == 0 && b.undated > 0) {
		gp_because(why, "%llu records without a time are counted apart",
		    (unsigned long long)b.undated);
		r = 2;
	}
	return r;
}

int
gp_plain_wants(const struct gp_counted *c, const struct gp_show *show,
    const char *table, int first)
{
	if (c->how.table != NULL)
		return strcmp(c->how.table, table) == 0;
	return first || !show->how.format->single;
}

double
gp_margin(double k, double n)
{
	double p;

	if (n <= 0)
		return -1;
	p = k / n;
	p = p < 0 ? 0 : p > 1 ? 1 : p;
	return 196 * sqrt(p * (1 - p) / n);
}

static void
filter(const struct gp_plain_table *t, struct gp_frame *f, size_t i,
    size_t piece, struct gp_cell *c)
{
	gp_frame_filter(f, piece);
	gp_frame_behind(f, t->behind);
	if (t->where != NULL)
		t->where(t->ctx, i, f);
	c[GP_FR_FILTER] = gp_frame_words(f);
}

int
gp_plain_show(
    struct gp_counted *c, struct gp_show *show, const struct gp_plain_table *t)
{
	size_t own = t->table->n, n = own + GP_FRAME, i, piece;
	struct gp_column *col = calloc(n, sizeof(*col));
	struct gp_cell *cell = calloc(n, sizeof(*cell));
	struct gp_table table = *t->table;
	struct gp_about about = { NULL, t->term, t->terms, t->chart_name,
		t->chart_value };
	struct gp_frame frame;

	if (col == NULL || cell == NULL) {
		free(col);
		free(cell);
		return -1;
	}
	memcpy(col, t->table->col, own * sizeof(*col));
	memcpy(&col[own], gp_frame_columns, sizeof(gp_frame_columns));
	table.col = col;
	table.n = n;
	gp_frame_init(&frame, &c->how, &c->period);
	about.note = gp_frame_note(&frame);
	gp_show_about(show, &about);
	gp_show_begin(show, &table);
	for (i = 0; !show->bad; i++) {
		memset(cell, 0, n * sizeof(*cell));
		piece = 0;
		if (!t->row(t->ctx, i, cell, &piece))
			break;
		if (t->framed)
			gp_frame_piece(&frame, piece, &cell[own]);
		if (t->behind != NULL)
			filter(t, &frame, i, piece, &cell[own]);
		gp_show_row(show, cell);
	}
	gp_show_end(show);
	gp_frame_release(&frame);
	free(col);
	free(cell);
	return show->bad ? -1 : 0;
}
