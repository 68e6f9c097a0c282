/* A record for each group and day, then sums. */
#include "report/week_show.h"

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
	R_COLUMNS = R_KINDS + GP_KINDS
};

#define R GP_IN_NDJSON
static const struct gp_column record_columns[R_COLUMNS] = {
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
};

static const struct gp_table record_table = { "week", "appeals", { NULL, NULL },
	{ NULL, NULL }, record_columns, R_COLUMNS };

static void
record(struct gp_show *show, struct gp_cell *c, const struct gp_tally *t)
{
	int i;

	if (t != NULL) {
		c[R_APPEALS] = gp_cell_int(gp_tally_appeals(t));
		c[R_ANSWERED] = gp_cell_int(t->answered);
		for (i = 0; i < GP_KINDS; i++)
			c[R_KINDS + i] = gp_cell_int(t->kind[i]);
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
group_records(
    const struct gp_week *w, const struct gp_week_line *l, struct gp_show *show)
{
	char day[GP_INSTANT_LEN];
	size_t d;

	for (d = 0; d < w->days.n; d++) {
		struct gp_cell c[R_COLUMNS] = { [R_DAY] =
						    gp_week_day_cell(w, d, day),
			[R_GROUP] = name_of(l) };
		const struct gp_tally *t = &w->tally[l->group][d];

		if (gp_tally_appeals(t) > 0)
			record(show, c, t);
	}
}

static void
totals(struct gp_week *w, const struct gp_week_lines *all, struct gp_show *show)
{
	char day[GP_INSTANT_LEN];
	size_t i;

	for (i = 0; i < all->n; i++) {
		struct gp_cell c[R_COLUMNS] = { [R_TOTAL] =
						    gp_cell_str("group"),
			[R_GROUP] = name_of(&all->v[i]) };

		record(show, c, &all->v[i].sum);
	}
	for (i = 0; i < w->days.n; i++) {
		struct gp_cell c[R_COLUMNS] = { [R_TOTAL] = gp_cell_str("day"),
			[R_DAY] = gp_week_day_cell(w, i, day) };
		struct gp_tally sum = gp_week_day_sum(w, i);

		if (gp_tally_appeals(&sum) > 0)
			record(show, c, &sum);
	}
}

/* The one row that is always there; without figures when the set was full. */
static void
grand_total(
    struct gp_week *w, const struct gp_week_lines *all, struct gp_show *show)
{
	struct gp_cell c[R_COLUMNS] = { [R_TOTAL] = gp_cell_str("all"),
		[R_SINCE] = gp_cell_instant(w->days.since),
		[R_UNTIL] = gp_cell_instant(w->days.until),
		[R_RECORDS] = gp_cell_int((int64_t)atomic_load(&w->records)) };

	record(show, c, w->full ? NULL : &all->sum);
}

void
gp_week_records(
    struct gp_week *w, const struct gp_week_lines *all, struct gp_show *show)
{
	size_t i;

	gp_show_begin(show, &record_table);
	if (!w->full) {
		for (i = 0; i < all->n; i++)
			group_records(w, &all->v[i], show);
		totals(w, all, show);
	}
	grand_total(w, all, show);
	gp_show_end(show);
}
