/* The page's own posts, the same for people and records. */
#include "report/week_show.h"

#include <string.h>

enum {
	P_TOTAL,
	P_DAY,
	P_POSTS,
	P_VIEWS,
	P_REACTIONS,
	P_N,
	P_FRAME,
	P_COLUMNS = P_FRAME + GP_FRAME
};

#define R   GP_IN_NDJSON
#define ALL (GP_IN_TABLE | GP_IN_CSV | GP_IN_NDJSON)
static const struct gp_column own_columns[P_FRAME] = {
	{ "total", { NULL, NULL }, R, 0 },
	{ "day", { "День", "Day" }, ALL, 0 },
	{ "posts", { "Посты", "Posts" }, ALL | GP_COL_NUMBER, 0 },
	{ "views", { "Просмотры", "Views" }, ALL | GP_COL_NUMBER, 0 },
	{ "reactions", { "Реакции", "Reactions" }, ALL | GP_COL_NUMBER, 0 },
	{ "n", { NULL, NULL }, R, 0 },
};

/* A figure that no post of the day has is left out, not 0. */
static void
post_row(struct gp_show *show, struct gp_week_frame *f, size_t piece,
    const struct gp_posts_day *d, struct gp_cell *c)
{
	gp_frame_piece(&f->frame, piece, &c[P_FRAME]);
	gp_frame_filter(&f->frame, piece);
	gp_frame_behind(&f->frame, "posts");
	c[P_FRAME + GP_FR_FILTER] = gp_frame_words(&f->frame);
	c[P_N] = gp_cell_int((int64_t)d->posts);
	c[P_POSTS] = gp_cell_int((int64_t)d->posts);
	if (d->with_views > 0)
		c[P_VIEWS] = gp_cell_int((int64_t)d->views);
	if (d->with_reactions > 0)
		c[P_REACTIONS] = gp_cell_int((int64_t)d->reactions);
	gp_show_row(show, c);
}

void
gp_week_posts(const struct gp_week *w, struct gp_show *show)
{
	static const char *const sum[GP_LANGS] = { "Всего", "Total" };
	int people = !(show->how.format->shows & GP_IN_NDJSON);
	struct gp_cell last[P_COLUMNS] = { [P_TOTAL] = gp_cell_str("all") };
	struct gp_posts_day all = { .posts = 0 };
	struct gp_column col[P_COLUMNS];
	const struct gp_table table = { "week", "posts",
		{ "Посты по дням", "Posts by day" },
		{ "нет постов", "no posts" }, col, P_COLUMNS };
	struct gp_week_frame f;
	char day[GP_INSTANT_LEN];
	size_t i;

	if (w->posts == 0 && w->how.table == NULL)
		return; /* a stream of comments alone */
	memcpy(col, own_columns, sizeof(own_columns));
	memcpy(&col[P_FRAME], gp_frame_columns, sizeof(gp_frame_columns));
	gp_week_frame_init(&f, w, 0);
	gp_show_begin(show, &table);
	for (i = 0; i < w->days.n; i++) {
		const struct gp_posts_day *d = &w->day[i];
		struct gp_cell c[P_COLUMNS] = { [P_DAY] = gp_week_day_cell(
						    w, i, day) };

		if (d->posts == 0)
			continue;
		post_row(show, &f, i, d, c);
		all.posts += d->posts;
		all.views += d->views;
		all.reactions += d->reactions;
		all.with_views += d->with_views;
		all.with_reactions += d->with_reactions;
	}
	if (people)
		last[P_DAY] = gp_cell_str(sum[w->how.lang]);
	if (all.posts > 0)
		post_row(show, &f, w->days.n, &all, last);
	gp_show_end(show);
	gp_frame_release(&f.frame);
}
