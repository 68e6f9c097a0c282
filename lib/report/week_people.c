/* For people: groups down, days across. */
#include "report/week_show.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	MOST_DAYS_ACROSS = 14
};

enum {
	AFTER_DAYS = 4
}; /* appeals, answered, share, danger */

static void
fill_row(
    const struct gp_week *w, const struct gp_week_line *l, struct gp_cell *c)
{
	size_t n = w->days.n, d;
	uint32_t appeals = gp_tally_appeals(&l->sum);
	struct gp_tally t;

	c[0] = gp_cell_str(l->title);
	for (d = 0; d < n; d++) {
		t = l->group == GP_GROUPS ? gp_week_day_sum(w, d)
					  : w->tally[l->group][d];
		c[1 + d] = gp_cell_int(gp_tally_appeals(&t));
	}
	c[n + 1] = gp_cell_int(appeals);
	c[n + 2] = gp_cell_int(l->sum.answered);
	c[n + 3] = gp_cell_real(100.0 * l->sum.answered / appeals);
	c[n + 4] = gp_cell_int(l->sum.kind[GP_DANGER]);
}

/* "25.10" or "10-25" over a column; a file for a spreadsheet has the year. */
static void
day_title(const struct gp_week *w, const struct gp_show *show, size_t day,
    char to[GP_INSTANT_LEN])
{
	gp_instant_day(w->days.start[day], to);
	if (show->how.format->shows & GP_IN_CSV || strlen(to) != 10)
		return;
	if (w->how.lang == GP_RU)
		memcpy(
		    to, (char[]){ to[8], to[9], '.', to[5], to[6], '\0' }, 6);
	else
		memmove(to, to + 5, 6);
}

static void
columns(const struct gp_week *w, const struct gp_show *show,
    struct gp_column *col, char (*day)[GP_INSTANT_LEN])
{
	static const struct gp_column last[AFTER_DAYS] = {
		{ "appeals", { "Всего", "Total" }, 0, 0 },
		{ "answered", { "Отвечено", "Answered" }, 0, 0 },
		{ "share", { "Отвечено, %", "Answered, %" }, 0, 1 },
		{ "danger", { "Опасность", "Danger" }, 0, 0 },
	};
	const int people = GP_IN_TABLE | GP_IN_CSV;
	size_t n = w->days.n, i;

	col[0] = (struct gp_column){ "group", { "Тема", "Topic" },
		people | GP_COL_GIVES, 0 };
	for (i = 0; i < n; i++) {
		day_title(w, show, i, day[i]);
		col[1 + i] = (struct gp_column){ day[i], { NULL, NULL },
			GP_COL_NUMBER | GP_IN_CSV |
			    (n <= MOST_DAYS_ACROSS ? GP_IN_TABLE : 0),
			0 };
	}
	for (i = 0; i < AFTER_DAYS; i++) {
		col[1 + n + i] = last[i];
		col[1 + n + i].flags = people | GP_COL_NUMBER;
	}
}

static void
people_rows(struct gp_week *w, const struct gp_week_lines *all,
    struct gp_show *show, struct gp_cell *cell)
{
	static const char *const sum[GP_LANGS] = { "Всего", "Total" };
	struct gp_week_line last = { GP_GROUPS, sum[w->how.lang], all->sum };
	size_t i;

	for (i = 0; i < all->n; i++) {
		fill_row(w, &all->v[i], cell);
		gp_show_row(show, cell);
	}
	if (all->n == 0)
		return;
	fill_row(w, &last, cell);
	gp_show_row(show, cell);
}

/* A table says what time it is of: "..., 2026-10-25 – 2026-10-31". */
static void
period(const struct gp_week *w, const char *title, char *to, size_t n)
{
	char first[GP_INSTANT_LEN], last[GP_INSTANT_LEN];

	snprintf(to, n, "%s, %s – %s", title,
	    gp_instant_day(w->days.since, first),
	    gp_instant_day(w->days.until - 1, last));
}

void
gp_week_people(
    struct gp_week *w, const struct gp_week_lines *all, struct gp_show *show)
{
	size_t n = 1 + w->days.n + AFTER_DAYS;
	struct gp_column *col = calloc(n, sizeof(*col));
	struct gp_cell *cell = calloc(n, sizeof(*cell));
	char(*day)[GP_INSTANT_LEN] = calloc(w->days.n, sizeof(*day));
	char ru[96], en[96];
	struct gp_table table = { "week", "appeals", { ru, en },
		{ "нет обращений", "no appeals" }, col, n };

	period(w, "Обращения по темам", ru, sizeof(ru));
	period(w, "Appeals by topic", en, sizeof(en));
	if (col == NULL || cell == NULL || day == NULL) {
		show->bad = 2;
	} else {
		columns(w, show, col, day);
		gp_show_begin(show, &table);
		people_rows(w, all, show, cell);
		gp_show_end(show);
	}
	free(col);
	free(cell);
	free(day);
}
