/* A record for each group and day, then sums. */
#include "report/week_show.h"

#include "report/frame.h"

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
	R_FROM,
	R_TO,
	R_ZONE,
	R_CUT_OFF,
	R_FILTER,
	R_COLUMNS
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
	{ "n", { NULL, NULL }, R, 0 },
	{ "period.from", { NULL, NULL }, R, 0 },
	{ "period.to", { NULL, NULL }, R, 0 },
	{ "zone", { NULL, NULL }, R, 0 },
	{ "cut_off", { NULL, NULL }, R, 0 },
	{ "filter", { NULL, NULL }, R, 0 },
};

static const struct gp_table record_table = { "week", "appeals", { NULL, NULL },
	{ NULL, NULL }, record_columns, R_COLUMNS };

/* The days, cut to the period, and behind them the whole of it. */
static void
pieces(const struct gp_week *w, struct gp_period *p, struct gp_range *to)
{
	size_t d, n = w->days.n;

	for (d = 0; d < n; d++)
		to[d] = (struct gp_range){ d == 0 ? w->days.since
						  : w->days.start[d],
			d + 1 == n ? w->days.until : w->days.start[d + 1] };
	to[n] = (struct gp_range){ w->days.since, w->days.until };
	*p = (struct gp_period){ .n = n + 1, .piece = to, .all = to[n] };
}

struct view {
	const struct gp_week *w;
	struct gp_show *show;
	struct gp_range range[GP_MOST_DAYS + 1];
	struct gp_period period;
	struct gp_frame frame;
};

/* group NULL: of all; those beyond the ceiling have no filter of their own. */
static void
frame(struct view *v, size_t day, const struct gp_week_line *group,
    struct gp_cell *c)
{
	const struct gp_range *r = &v->range[day];

	c[R_FROM] = gp_cell_instant(r->from);
	c[R_TO] = gp_cell_instant(r->to);
	c[R_ZONE] = gp_cell_str(v->w->how.zone);
	c[R_CUT_OFF] = gp_cell_instant(v->w->how.now);
	gp_frame_filter(&v->frame, day);
	if (group != NULL)
		gp_frame_where(&v->frame, "group",
		    gp_span_of(
			group->group == GP_GROUP_NONE ? "" : group->title));
	if (group == NULL || group->group != GP_GROUP_REST)
		c[R_FILTER] = gp_frame_words(&v->frame);
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
	size_t i;

	pieces(w, &v.period, v.range);
	gp_frame_init(&v.frame, &w->how, &v.period);
	gp_show_begin(show, &record_table);
	if (!w->full) {
		for (i = 0; i < all->n; i++)
			group_records(&v, &all->v[i]);
		totals(&v, all);
	}
	grand_total(&v, all);
	gp_show_end(show);
	gp_frame_release(&v.frame);
}
