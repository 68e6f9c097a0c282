#include "report/week_show.h"

#include <stdlib.h>
#include <string.h>

static const char *const no_group[GP_LANGS] = { "без темы", "no topic" };
static const char *const rest[GP_LANGS] = { "прочие темы", "other topics" };

uint32_t
gp_tally_appeals(const struct gp_tally *t)
{
	uint32_t n = 0;
	int i;

	for (i = 0; i < GP_KINDS; i++)
		n += t->kind[i];
	return n;
}

void
gp_tally_add(struct gp_tally *to, const struct gp_tally *t)
{
	int i;

	for (i = 0; i < GP_KINDS; i++)
		to->kind[i] += t->kind[i];
	to->answered += t->answered;
}

static int
by_appeals(const void *a, const void *b)
{
	const struct gp_week_line *x = a, *y = b;
	uint32_t n = gp_tally_appeals(&x->sum), m = gp_tally_appeals(&y->sum);

	if (n != m)
		return n < m ? 1 : -1;
	return strcmp(x->title, y->title);
}

static const char *
title_of(const struct gp_week *w, unsigned group)
{
	if (group == GP_GROUP_NONE)
		return no_group[w->how.lang];
	if (group == GP_GROUP_REST)
		return rest[w->how.lang];
	return w->title[group];
}

static void
sum_up(const struct gp_week *w, struct gp_week_lines *all)
{
	unsigned g;
	size_t d;

	memset(all, 0, sizeof(*all));
	for (g = 0; g < GP_GROUPS; g++) {
		struct gp_week_line *l = &all->v[all->n];

		if (w->tally[g] == NULL)
			continue;
		*l = (struct gp_week_line){ .group = g,
			.title = title_of(w, g) };
		for (d = 0; d < w->days.n; d++)
			gp_tally_add(&l->sum, &w->tally[g][d]);
		gp_tally_add(&all->sum, &l->sum);
		all->n += gp_tally_appeals(&l->sum) > 0;
	}
	qsort(all->v, all->n, sizeof(all->v[0]), by_appeals);
	if (w->how.limit > 0 && (size_t)w->how.limit < all->n)
		all->n = (size_t)w->how.limit;
}

struct gp_tally
gp_week_day_sum(const struct gp_week *w, size_t day)
{
	struct gp_tally sum = { .answered = 0 };
	unsigned g;

	for (g = 0; g < GP_GROUPS; g++)
		if (w->tally[g] != NULL)
			gp_tally_add(&sum, &w->tally[g][day]);
	return sum;
}

struct gp_cell
gp_week_day_cell(const struct gp_week *w, size_t day, char to[GP_INSTANT_LEN])
{
	return gp_cell_str(gp_instant_day(w->days.start[day], to));
}

/* CSV holds one table: a file with two is of no use to a spreadsheet. */
static int
wanted(const struct gp_week *w, const struct gp_show *show, const char *table)
{
	if (w->how.table != NULL)
		return strcmp(w->how.table, table) == 0;
	return !show->how.format->single || strcmp(table, "appeals") == 0;
}

int
gp_week_show(void *arg, struct gp_show *show)
{
	struct gp_week *w = arg;
	int people = !(show->how.format->shows & GP_IN_NDJSON);
	struct gp_week_lines all;

	sum_up(w, &all);
	if (wanted(w, show, "appeals")) {
		if (!people)
			gp_week_records(w, &all, show);
		else if (!w->full)
			gp_week_people(w, &all, show);
	}
	if (!w->full && !w->posts_full && wanted(w, show, "posts"))
		gp_week_posts(w, show);
	return show->bad ? -1 : 0;
}
