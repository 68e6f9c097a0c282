/*
 * What people write about, how that changed, and days on which a topic burst:
 * at least 5 appeals, and more than the mean m of the topic's other days (in
 * the period and the one before it) by three times its root, which for a
 * steady flow of chance happens once in some 700 days.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "report/counted.h"
#include "report/reports.h"

enum {
	LEAST = 5
};

struct topics {
	struct gp_counted counted;
	struct gp_period day; /* of the period and what is before it */
	int has_days;
	struct gp_burst_days {
		uint32_t **n; /* by number of the name: each day's; or NULL */
		size_t cap;
	} of[GP_DIM_TOPIC + 1];
	int bad;
	char text[GP_INSTANT_LEN];
};

static const enum gp_dim dims[] = { GP_DIM_GROUP, GP_DIM_TOPIC, GP_DIM_ALL };

static const enum gp_measure measures[] = { GP_M_N, GP_M_SHARE, GP_M_BEFORE,
	GP_M_CHANGE, GP_M_COMPLAINT, GP_M_QUESTION, GP_M_SUGGESTION,
	GP_M_DANGER, GP_M_OPEN, GP_MEASURES };

static const struct gp_counted_plan plan = {
	.report = "topics",
	.title = { "Темы обращений", "Topics of appeals" },
	.dim = dims,
	.measure = measures,
	.total = 1,
	.against = GP_AGAINST_PREVIOUS,
	.chart = GP_M_N,
};

static void
count(struct topics *t, enum gp_dim dim, const struct gp_case *c, int day)
{
	struct gp_burst_days *d = &t->of[dim];
	uint32_t no = gp_case_dim(c, dim), **n;
	size_t cap = d->cap;

	while (no >= d->cap) {
		n = gp_grown(d->n, d->cap, &cap, sizeof(uint32_t *));
		if (n == NULL) {
			t->bad = 1;
			return;
		}
		memset(n + d->cap, 0, (cap - d->cap) * sizeof(uint32_t *));
		d->n = n;
		d->cap = cap;
	}
	if (d->n[no] == NULL)
		d->n[no] = calloc(t->day.n, sizeof(uint32_t));
	if (d->n[no] == NULL)
		t->bad = 1;
	else
		d->n[no][day]++;
}

static void
fold(void *arg, const struct gp_case *c, const char *text)
{
	struct topics *t = arg;
	struct gp_counted *k = &t->counted;
	int day;

	gp_rows_fold(&k->rows, c, text);
	if (!t->has_days || c->at == 0 ||
	    (k->where.n > 0 &&
		!gp_where_holds(&k->where, c, gp_case_states(c, k->how.now))))
		return;
	day = gp_period_of(&t->day, c->at);
	if (day == -1)
		return;
	count(t, GP_DIM_GROUP, c, day);
	count(t, GP_DIM_TOPIC, c, day);
}

static uint32_t
on(const struct topics *t, const struct gp_row *row, size_t day)
{
	const struct gp_burst_days *d = &t->of[row->dim];

	return row->no < d->cap && d->n[row->no] != NULL ? d->n[row->no][day]
							 : 0;
}

static void
cells(void *arg, const struct gp_row *row, struct gp_cell *c)
{
	struct topics *t = arg;
	const struct gp_range *piece = &t->counted.period.piece[row->piece];
	double sum = 0, best_mean = 0;
	uint32_t most = 0, n;
	size_t i;

	if (!t->has_days || row->dim == GP_DIM_ALL || t->day.n < 2)
		return;
	for (i = 0; i < t->day.n; i++)
		sum += on(t, row, i);
	for (i = 0; i < t->day.n; i++) {
		double mean;

		n = on(t, row, i);
		mean = (sum - n) / (double)(t->day.n - 1);
		if (t->day.piece[i].from < piece->from ||
		    t->day.piece[i].from >= piece->to || n <= most ||
		    n < LEAST || n <= mean + 3 * sqrt(mean))
			continue;
		most = n;
		best_mean = mean;
		gp_instant_day(t->day.piece[i].from, t->text);
	}
	if (most == 0)
		return;
	c[0] = gp_cell_str(t->text);
	c[1] = gp_cell_int(most);
	c[2] = gp_cell_real(best_mean);
}

static int
show(void *arg, struct gp_show *s)
{
	static const struct gp_column col[3] = {
		{ "burst.day", { "Всплеск", "Burst" },
		    GP_IN_TABLE | GP_IN_CSV | GP_IN_NDJSON, 0 },
		{ "burst.n", { "в этот день", "on that day" },
		    GP_IN_TABLE | GP_IN_CSV | GP_IN_NDJSON | GP_COL_NUMBER, 0 },
		{ "burst.usual", { "обычно", "usually" },
		    GP_IN_TABLE | GP_IN_CSV | GP_IN_NDJSON | GP_COL_NUMBER, 1 },
	};
	static const struct gp_show_term term[GP_LANGS] = {
		{ "Всплеск",
		    "День, когда обращений темы не меньше 5 и больше m + 3·√m, "
		    "где m (обычно) — среднее её остальных дней этого периода "
		    "и того, с которым он сравнивается; самый сильный из "
		    "таких." },
		{ "Burst",
		    "A day with at least 5 appeals of the topic, and more than "
		    "m + 3·√m, m (usually) being the mean of its other days in "
		    "this period and the one that it is compared with; the "
		    "strongest of these." },
	};
	struct topics *t = arg;
	const struct gp_counted_more more = { col, 3, cells, t,
		&term[t->counted.how.lang], 1 };

	return gp_counted_show_more(&t->counted, s, &more);
}

static void
release(void *arg)
{
	struct topics *t = arg;
	size_t d, i;

	if (t == NULL)
		return;
	gp_counted_release(&t->counted);
	gp_period_release(&t->day);
	for (d = 0; d <= GP_DIM_TOPIC; d++) {
		for (i = 0; i < t->of[d].cap; i++)
			free(t->of[d].n[i]);
		free(t->of[d].n);
	}
	free(t);
}

static int
lacks(const void *arg, struct gp_why *why)
{
	const struct topics *t = arg;
	int r = gp_counted_lacks(&t->counted, why);

	return t->bad ? -1 : r;
}

static void *
make(const struct gp_report_how *how, struct gp_why *why)
{
	struct topics *t = calloc(1, sizeof(*t));
	struct gp_range all;
	struct gp_why ignored;

	if (t == NULL) {
		gp_because(why, "no memory");
		return NULL;
	}
	if (gp_counted_init(&t->counted, how, &plan, why) == -1) {
		release(t);
		return NULL;
	}
	t->counted.ledger.fold = fold;
	t->counted.ledger.ctx = t;
	all = t->counted.period.all;
	if (t->counted.how.against == GP_AGAINST_PREVIOUS &&
	    t->counted.period.before[0].from < all.from)
		all.from = t->counted.period.before[0].from;
	/* More days than can be told apart: no bursts are looked for. */
	t->has_days = gp_period_init(&t->day, all, GP_BY_DAY, GP_AGAINST_NONE,
			  &ignored) == 0;
	return t;
}

const struct gp_report gp_report_topics = {
	.name = "topics",
	.tables = "all|group|topic",
	.make = make,
	.free = release,
	GP_COUNTED_READS,
	.lacks = lacks,
	.show = show,
};
