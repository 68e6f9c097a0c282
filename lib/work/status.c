/* How it stands, for people. */
#include <string.h>

#include "work/inner.h"

/* Texts are texts, whole numbers int8: that is how cells are told apart. */
static const char *const views[] = {
	/* network, centre, pages, due, late, leased, aside, retired */
	[GP_WORK_GROUPS] =
	    "SELECT network, centre, COUNT(*) FILTER (WHERE live),"
	    " COUNT(*) FILTER (WHERE waits),"
	    " CAST(FLOOR(EXTRACT(epoch FROM clock_timestamp() -"
	    " MIN(due) FILTER (WHERE waits))) AS bigint),"
	    " COUNT(lease), COUNT(*) FILTER (WHERE live AND aside IS NOT NULL),"
	    " COUNT(*) FILTER (WHERE retired) FROM (SELECT *,"
	    " NOT retired AS live, NOT retired AND aside IS NULL"
	    " AND lease IS NULL AND due <= clock_timestamp() AS waits"
	    " FROM gp_work) p GROUP BY network, centre"
	    " ORDER BY network, centre",
	/* page, network, centre, failures, aside, due, reason */
	[GP_WORK_ASIDE] =
	    "SELECT name, network, centre, failures,"
	    " CAST(EXTRACT(epoch FROM aside) AS bigint),"
	    " CAST(CASE WHEN aside IS NULL THEN EXTRACT(epoch FROM due) END"
	    " AS bigint), reason FROM gp_work WHERE reason IS NOT NULL"
	    " AND NOT retired ORDER BY aside IS NULL, aside, name",
	/* worker, lease, network, pages, left, seen */
	[GP_WORK_WORKERS] =
	    "SELECT name, lease, network, pages,"
	    " CAST(FLOOR(EXTRACT(epoch FROM until - clock_timestamp()))"
	    " AS bigint), CAST(EXTRACT(epoch FROM seen) AS bigint)"
	    " FROM gp_worker ORDER BY name, id",
};

#define ALL (GP_IN_TABLE | GP_IN_CSV | GP_IN_NDJSON)
#define NUMBER(key, ru, en)                             \
	{                                               \
		key, { ru, en }, ALL | GP_COL_NUMBER, 0 \
	}
#define TEXT(key, ru, en)               \
	{                               \
		key, { ru, en }, ALL, 0 \
	}

/* clang-format off */
static const struct gp_column groups[] = {
	TEXT("network", "Сеть", "Network"),
	TEXT("centre", "Центр", "Centre"),
	NUMBER("pages", "Страниц", "Pages"),
	NUMBER("due", "Ждут", "Due"),
	NUMBER("late", "Опоздание, с", "Late, s"),
	NUMBER("leased", "В работе", "Leased"),
	NUMBER("aside", "Отложено", "Aside"),
	NUMBER("retired", "Убрано", "Retired"),
};
static const struct gp_column asides[] = {
	TEXT("page", "Страница", "Page"),
	TEXT("network", "Сеть", "Network"),
	TEXT("centre", "Центр", "Centre"),
	NUMBER("failures", "Неудач", "Failures"),
	TEXT("aside", "Отложена", "Set aside"),
	TEXT("due", "Снова", "Due"),
	{ "reason", { "Причина", "Reason" }, ALL | GP_COL_GIVES, 0 },
};
static const struct gp_column workers[] = {
	TEXT("worker", "Работник", "Worker"),
	NUMBER("lease", "Аренда", "Lease"),
	TEXT("network", "Сеть", "Network"),
	NUMBER("pages", "Страниц", "Pages"),
	NUMBER("left", "Осталось, с", "Left, s"),
	TEXT("seen", "Замечен", "Seen"),
};
/* clang-format on */

static const struct gp_table tables[] = {
	[GP_WORK_GROUPS] = { "work", "groups", { NULL, NULL },
	    { "Страниц нет", "No pages" }, groups, 8 },
	[GP_WORK_ASIDE] = { "work", "aside", { NULL, NULL },
	    { "Ничего не отложено", "Nothing is set aside" }, asides, 7 },
	[GP_WORK_WORKERS] = { "work", "workers", { NULL, NULL },
	    { "Никто не работает", "Nobody works" }, workers, 6 },
};

struct showing {
	struct gp_show *show;
	const struct gp_table *table;
};

/* A number that is no figure is an instant. */
static int
row(void *ctx, const struct gp_db_value *v, size_t n)
{
	const struct showing *s = ctx;
	struct gp_cell cell[8];
	size_t i;

	memset(cell, 0, sizeof(cell));
	for (i = 0; i < n && i < s->table->n; i++) {
		if (v[i].type == GP_DB_TEXT && v[i].text.n > 0)
			cell[i] = gp_cell_text(v[i].text);
		else if (v[i].type == GP_DB_INT)
			cell[i] = s->table->col[i].flags & GP_COL_NUMBER
			    ? gp_cell_int(v[i].n)
			    : gp_cell_instant(v[i].n);
	}
	gp_show_row(s->show, cell);
	return 0;
}

int
gp_work_show(struct gp_work *w, enum gp_work_view view, struct gp_show *show,
    struct gp_why *why)
{
	struct showing s = { show, &tables[view] };
	int r;

	gp_show_begin(show, &tables[view]);
	r = gp_work_run(w, views[view], NULL, 0, row, &s, why);
	return gp_show_end(show) == -1 ? -1 : r;
}
