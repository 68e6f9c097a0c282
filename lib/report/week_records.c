/* A record for each group and day, then sums. */
#include "report/week_show.h"

#include <string.h>

enum {
	R_TOTAL,
	R_DAY,
	R_GROUP,
	R_SINCE,
	R_UNTIL,
	R_RECORDS,
	R_APPEALS,
	R_ANSWERED,
	R_KINDS,
	R_N = R_KINDS + GP_KINDS,
	R_FRAME,
	R_COLUMNS = R_FRAME + GP_FRAME
};

#define R GP_IN_NDJSON
static const struct gp_column own_columns[R_FRAME] = {
	{ "total", { NULL, NULL }, R, 0 },
	{ "day", { NULL, NULL }, R, 0 },
	{ "group", { NULL, NULL }, R, 0 },
	{ "since", { NULL, NULL }, R, 0 },
	{ "until", { NULL, NULL }, R, 0 },
	{ "records", { NULL, NULL }, R, 0 },
	{ "appeals", { NULL, NULL }, R, 0 },
	{ "answered", { NULL, NULL }, R, 0 },
	{ "kinds.complaint", { NULL, NULL }, R, 0 },
	{ "kinds.question", { NULL, NULL }, R, 0 },
	{ "kinds.suggestion", { NULL, NULL }, R, 0 },
	{ "kinds.danger", { NULL, NULL }, R, 0 },
	{ "kinds.unsorted", { NULL, NULL }, R, 0 },
	{ "n", { NULL, NULL }, R, 0 },
};

struct view {
	const struct gp_week *w;
	struct gp_show *show;
	struct gp_week_frame f;
};

/* group NULL: of all; those beyond the ceiling have no filter of their own. */
static void
frame(struct view *v, size_t day, const struct gp_week_line *group,
    struct gp_cell *c)
{
	gp_frame_piece(&v->f.frame, day, &c[R_FRAME]);
	gp_frame_filter(&v->f.frame, day);
	if (group != NULL)
		gp_frame_where(&v->f.frame, "group",
		    gp_span_of(
			group->group == GP_GROUP_NONE ? "" : group->title));
	if (group == NULL || group->group != GP_GROUP_REST)
		c[R_FRAME + GP_FR_FILTER] = gp_frame_words(&v->f.frame);
}

static void
record(struct gp_show *show, struct gp_cell *c, const struct gp_tally *t)
{
	int i;

	if (t != NULL) {
		c[R_APPEALS] = gp_cell_int(gp_tally_appeals(t));
		c[R_ANSWERED] = gp_cell_int(t->answered);
		for (i = 0; i < GP_KINDS; i++)
			c[R_KINDS + i] = gp_cell_int(t->kind[i]);
		c[R_N] = c[R_APPEALS];
	}
	gp_show_row(show, c);
}

/* Appeals without a group have none in records: the label is for people. */
static struct gp_cell
name_of(const struct gp_week_line *l)
{
	return gp_cell_str(l->group == GP_GROUP_NONE ? NULL : l->title);
}

static void
group_records(struct view *v, const struct gp_week_line *l)
{
	const struct gp_week *w = v->w;
	char day[GP_INSTANT_LEN];
	size_t d;

	for (d = 0; d < w->days.n; d++) {
		struct gp_cell c[R_COLUMNS] = { [R_DAY] =
						    gp_week_day_cell(w, d, day),
			[R_GROUP] = name_of(l) };
		const struct gp_tally *t = &w->tally[l->group][d];

		if (gp_tally_appeals(t) == 0)
			continue;
		frame(v, d, l, c);
		record(v->show, c, t);
	}
}

static void
totals(struct view *v, const struct gp_week_lines *all)
{
	const struct gp_week *w = v->w;
	char day[GP_INSTANT_LEN];
	size_t i;

	for (i = 0; i < all->n; i++) {
		struct gp_cell c[R_COLUMNS] = { [R_TOTAL] =
						    gp_cell_str("group"),
			[R_GROUP] = name_of(&all->v[i]) };

		frame(v, w->days.n, &all->v[i], c);
		record(v->show, c, &all->v[i].sum);
	}
	for (i = 0; i < w->days.n; i++) {
		struct gp_cell c[R_COLUMNS] = { [R_TOTAL] = gp_cell_str("day"),
			[R_DAY] = gp_week_day_cell(w, i, day) };
		struct gp_tally sum = gp_week_day_sum(w, i);

		if (gp_tally_appeals(&sum) == 0)
			continue;
		frame(v, i, NULL, c);
		record(v->show, c, &sum);
	}
}

/* The one row that is always there; without figures when the set was full. */
static void
grand_total(struct view *v, const struct gp_week_lines *all)
{
	const struct gp_week *w = v->w;
	struct gp_cell c[R_COLUMNS] = { [R_TOTAL] = gp_cell_str("all"),
		[R_SINCE] = gp_cell_instant(w->days.since),
		[R_UNTIL] = gp_cell_instant(w->days.until),
		[R_RECORDS] = gp_cell_int((int64_t)atomic_load(&w->records)) };

	frame(v, w->days.n, NULL, c);
	record(v->show, c, w->full ? NULL : &all->sum);
}

void
gp_week_records(
    struct gp_week *w, const struct gp_week_lines *all, struct gp_show *show)
{
	struct view v = { .w = w, .show = show };
	struct gp_column col[R_COLUMNS];
	const struct gp_table table = { "week", "appeals", { NULL, NULL },
		{ NULL, NULL }, col, R_COLUMNS };
	size_t i;

	memcpy(col, own_columns, sizeof(own_columns));
	memcpy(&col[R_FRAME], gp_frame_columns, sizeof(gp_frame_columns));
	gp_week_frame_init(&v.f, w, 1);
	gp_show_begin(show, &table);
	if (!w->full) {
		for (i = 0; i < all->n; i++)
			group_records(&v, &all->v[i]);
		totals(&v, all);
	}
	grand_total(&v, all);
	gp_show_end(show);
	gp_frame_release(&v.f.frame);
}
