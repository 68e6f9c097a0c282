/*
 * The form of a month: figures down; days 1 to 7, 8 to 14, 15 to 21, 22 to 28,
 * the rest, their sum and the mean of the four weeks across. Records stand
 * the other way.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/counted.h"
#include "report/reports.h"
#include "report/wall.h"

enum {
	WEEKS = 4,
	REST = 4, /* the piece behind them; none in a month of 28 days */
	SUM = 5,
	MEAN = 6,
	ACROSS = 7,
	WALL = 6,
};

struct month {
	struct gp_counted counted; /* by weeks */
	struct gp_period whole;
	struct gp_rows sum;
	struct gp_post_sum posts[SUM + 1];
	int any_post, taken;
};

static const enum gp_dim dims[] = { GP_DIM_ALL };

static const enum gp_measure measures[] = { GP_M_N, GP_M_COMPLAINT,
	GP_M_QUESTION, GP_M_SUGGESTION, GP_M_DANGER, GP_M_UNSORTED,
	GP_M_ANSWERED, GP_M_ANSWERED_SHARE, GP_M_DAY, GP_M_DAY_SHARE,
	GP_M_WITH_TERM, GP_M_IN_TERM, GP_M_IN_TERM_SHARE, GP_M_LATE, GP_M_OPEN,
	GP_M_OVERDUE, GP_M_MEDIAN, GP_M_P90, GP_M_REPEAT, GP_M_PROMISED,
	GP_M_KEPT, GP_M_BROKEN, GP_MEASURES };

static const struct gp_counted_plan plan = {
	.report = "month",
	.title = { "Месяц по неделям", "The month by weeks" },
	.dim = dims,
	.measure = measures,
	.shelf = GP_ON_POST,
};

static void
fold(void *arg, const struct gp_case *c, const char *text)
{
	struct month *m = arg;

	gp_rows_fold(&m->sum, c, text);
	gp_rows_fold(&m->counted.rows, c, text);
}

/* Weeks of the month begin on its 1st, 8th, 15th and 22nd. */
static void
cut(struct gp_period *p)
{
	gp_instant from = p->all.from;
	int i;

	p->n = 0;
	for (i = 0; i <= REST && from < p->all.to; i++) {
		gp_instant to =
		    i < WEEKS ? gp_instant_midnight(from, 7) : p->all.to;

		p->piece[p->n++] = (struct gp_range){ from, to };
		from = to;
	}
}

static void
take_posts(struct month *m)
{
	struct gp_shelf_walk w;
	struct gp_post post;
	int piece;

	if (gp_shelf_walk(&w, &m->counted.shelf) == -1)
		return;
	while (gp_shelf_next(&w)) {
		if (gp_post_read(&w, &post) != 1)
			continue;
		m->any_post = 1;
		piece = gp_period_of(&m->counted.period, post.at);
		if (piece == -1)
			continue;
		gp_post_add(&m->posts[piece], &post);
		gp_post_add(&m->posts[SUM], &post);
	}
	gp_shelf_done(&w);
}

static const struct {
	const char *key, *title[GP_LANGS];
} wall[WALL] = {
	{ "posts", { "Посты", "Posts" } },
	{ "views", { "Просмотры", "Views" } },
	{ "reactions", { "Реакции", "Reactions" } },
	{ "comments", { "Комментарии", "Comments" } },
	{ "reposts", { "Репосты", "Reposts" } },
	{ "err", { "ERR, % = отклики / просмотры", "ERR, % = acts / views" } },
};

static void
wall_cells(
    const struct month *m, const struct gp_post_sum *s, struct gp_cell *c)
{
	if (!m->any_post)
		return;
	c[0] = gp_cell_int((int64_t)s->posts);
	c[1] = gp_sum_cell(s->views, s->has_views);
	c[2] = gp_sum_cell(s->reactions, s->has_reactions);
	c[3] = gp_sum_cell(s->comments, s->has_comments);
	c[4] = gp_sum_cell(s->reposts, s->has_reposts);
	c[5] = gp_post_err(s);
}

/* All figures of a column of the form; cells are told apart as `people`. */
static size_t
column(const struct month *m, int across, int people, struct gp_cell *to)
{
	static const struct gp_count none;
	const struct gp_row *row = across == SUM
	    ? gp_rows_all(&m->sum, 0)
	    : gp_rows_all(&m->counted.rows, (size_t)across);
	const enum gp_measure *k;
	struct gp_column col[2];
	struct gp_cell cell[2];
	size_t n = 0;

	for (k = measures; *k != GP_MEASURES; k++) {
		int two = gp_measure_columns(*k, col) == 2;

		gp_measure_cells(*k, row != NULL ? &row->now : &none, &none,
		    NULL, m->counted.how.now, cell);
		to[n++] = cell[two && people];
	}
	wall_cells(m, &m->posts[across], &to[n]);
	return n + WALL;
}

/* Of counts alone: a mean of shares says nothing. */
static void
mean(struct gp_cell *weeks[WEEKS], size_t n, struct gp_cell *to)
{
	size_t i;
	int w;

	for (i = 0; i < n; i++) {
		double sum = 0;

		for (w = 0; w < WEEKS && weeks[w][i].type == GP_CELL_INT; w++)
			sum += (double)weeks[w][i].n;
		if (w == WEEKS)
			to[i] = gp_cell_real(sum / WEEKS);
	}
}

enum {
	MOST = GP_MEASURES + WALL
};

struct form {
	struct gp_cell cell[ACROSS][MOST];
	size_t n; /* figures */
};

static void
fill(const struct month *m, struct form *f, int people)
{
	struct gp_cell *weeks[WEEKS];
	size_t i, k = 0;
	int w;

	memset(f, 0, sizeof(*f));
	for (w = 0; w <= SUM; w++)
		if (w != REST || m->counted.period.n > REST)
			f->n = column(m, w, people, f->cell[w]);
	for (w = 0; w < WEEKS; w++)
		weeks[w] = f->cell[w];
	mean(weeks, f->n, f->cell[MEAN]);
	for (i = 0; measures[i] != GP_MEASURES; i++, k++)
		if (measures[i] == GP_M_MEDIAN || measures[i] == GP_M_P90)
			f->cell[MEAN][k] =
			    (struct gp_cell){ GP_CELL_NONE, { NULL, 0 }, 0, 0 };
}

static const char *const across_words[ACROSS] = { "1", "2", "3", "4", "rest",
	"sum", "mean" };

static void
records(struct month *m, struct gp_show *show)
{
	struct gp_column col[2 + MOST + GP_FRAME], two[2];
	struct gp_cell c[2 + MOST + GP_FRAME];
	struct gp_table table = { "month", NULL, { NULL, NULL }, { NULL, NULL },
		col, 0 };
	struct gp_frame frame;
	struct form *f = calloc(1, sizeof(*f));
	size_t n = 0, i;
	int w;

	if (f == NULL) {
		show->bad = 2;
		return;
	}
	fill(m, f, 0);
	gp_frame_init(&frame, &m->counted.how, &m->counted.period);
	gp_frame_calendar(&frame, &m->counted.rows, &m->counted.ledger);
	col[n++] =
	    (struct gp_column){ "week", { NULL, NULL }, GP_IN_NDJSON, 0 };
	for (i = 0; measures[i] != GP_MEASURES; i++) {
		gp_measure_columns(measures[i], two);
		col[n] = two[0];
		col[n++].flags |= GP_IN_NDJSON;
	}
	for (i = 0; i < WALL; i++)
		col[n++] = (struct gp_column){ wall[i].key, { NULL, NULL },
			GP_IN_NDJSON, 3 };
	memcpy(&col[n], gp_frame_columns, sizeof(gp_frame_columns));
	table.n = n + GP_FRAME;
	gp_show_begin(show, &table);
	for (w = 0; w < ACROSS; w++) {
		int whole = w >= SUM;

		if (w == REST && m->counted.period.n == REST)
			continue;
		memset(c, 0, sizeof(c));
		c[0] = gp_cell_str(across_words[w]);
		memcpy(&c[1], f->cell[w], f->n * sizeof(*c));
		frame.period = whole ? &m->whole : &m->counted.period;
		gp_frame_piece(&frame, whole ? 0 : (size_t)w, &c[n]);
		gp_frame_filter(&frame, whole ? 0 : (size_t)w);
		if (w != MEAN)
			c[n + GP_FR_FILTER] = gp_frame_words(&frame);
		gp_show_row(show, c);
	}
	gp_show_end(show);
	gp_frame_release(&frame);
	free(f);
}

static void
titles(
    const struct month *m, struct gp_column *col, char (*title)[GP_LANGS][64])
{
	static const char *const last[2][GP_LANGS] = { { "Сумма", "Sum" },
		{ "Среднее недель 1–4", "Mean of weeks 1–4" } };
	static const char *const key[ACROSS] = { "w1", "w2", "w3", "w4", "rest",
		"sum", "mean" };
	const int people = GP_IN_TABLE | GP_IN_CSV;
	char from[GP_INSTANT_LEN], to[GP_INSTANT_LEN];
	int w;

	col[0] = (struct gp_column){ "figure", { "Показатель", "Figure" },
		people, 0 };
	for (w = 0; w < ACROSS; w++) {
		col[1 + w] = (struct gp_column){ key[w],
			{ title[w][GP_RU], title[w][GP_EN] },
			people | GP_COL_NUMBER, 1 };
		if (w < SUM && (size_t)w < m->counted.period.n) {
			gp_instant_day(m->counted.period.piece[w].from, from);
			gp_instant_day(m->counted.period.piece[w].to - 1, to);
			snprintf(
			    title[w][GP_RU], 64, "%s–%s", from + 8, to + 8);
			snprintf(
			    title[w][GP_EN], 64, "%s–%s", from + 8, to + 8);
		} else if (w < SUM) {
			col[1 + w].flags = 0;
		} else {
			col[1 + w].title[GP_RU] = last[w - SUM][GP_RU];
			col[1 + w].title[GP_EN] = last[w - SUM][GP_EN];
		}
	}
}

static void
people(struct month *m, struct gp_show *show)
{
	struct gp_column col[1 + ACROSS];
	struct gp_cell c[1 + ACROSS];
	char title[ACROSS][GP_LANGS][64];
	enum gp_lang lang = m->counted.how.lang;
	struct gp_show_term term[GP_MEASURES];
	struct gp_about about = { .term = term };
	const struct gp_table table = { "month", NULL,
		{ plan.title[GP_RU], plan.title[GP_EN] }, { NULL, NULL }, col,
		1 + ACROSS };
	struct form *f = calloc(1, sizeof(*f));
	struct gp_frame frame;
	size_t i, n = 0;
	int w;

	if (f == NULL) {
		show->bad = 2;
		return;
	}
	fill(m, f, 1);
	titles(m, col, title);
	for (; measures[n] != GP_MEASURES; n++)
		term[n] =
		    (struct gp_show_term){ gp_measure_title(measures[n], lang),
			    gp_measure_about(measures[n], lang) };
	gp_frame_init(&frame, &m->counted.how, &m->whole);
	gp_frame_calendar(&frame, &m->counted.rows, &m->counted.ledger);
	about.note = gp_frame_note(&frame);
	if (gp_rows_all(&m->sum, 0) == NULL)
		about.note = gp_frame_nothing(&frame);
	about.terms = n;
	gp_show_about(show, &about);
	gp_show_begin(show, &table);
	for (i = 0; i < f->n; i++) {
		c[0] = gp_cell_str(
		    i < n ? term[i].title : wall[i - n].title[lang]);
		for (w = 0; w < ACROSS; w++)
			c[1 + w] = f->cell[w][i];
		gp_show_row(show, c);
	}
	gp_show_end(show);
	gp_frame_release(&frame);
	free(f);
}

static int
show(void *arg, struct gp_show *s)
{
	struct month *m = arg;

	if (!m->taken)
		take_posts(m);
	m->taken = 1;
	if (s->how.format->shows & GP_IN_NDJSON)
		records(m, s);
	else
		people(m, s);
	gp_show_apart(s, "month", "no_at", m->counted.rows.undated);
	return s->bad ? -1 : 0;
}

static void
release(void *arg)
{
	struct month *m = arg;

	if (m == NULL)
		return;
	gp_rows_release(&m->sum);
	gp_period_release(&m->whole);
	gp_counted_release(&m->counted);
	free(m);
}

/* The month of --since, else that of the cut-off. */
static void *
make(const struct gp_report_how *how, struct gp_why *why)
{
	struct month *m = calloc(1, sizeof(*m));
	struct gp_report_how own = *how;
	struct gp_range r = gp_month_of(how->has_since ? how->since : how->now);

	if (m == NULL) {
		gp_because(why, "no memory");
		return NULL;
	}
	own.has_since = own.has_until = 1;
	own.since = r.from;
	own.until = r.to;
	own.by = GP_BY_ALL;
	if (how->by != GP_BY_ALL || how->against != GP_AGAINST_NONE ||
	    how->has_until)
		gp_because(why,
		    "a month has its own weeks: only --since, of "
		    "any day in it, can be given");
	else if (gp_counted_init(&m->counted, &own, &plan, why) == 0 &&
	    gp_period_init(&m->whole, r, GP_BY_ALL, GP_AGAINST_NONE, why) ==
		0) {
		cut(&m->counted.period);
		gp_rows_init(&m->sum, &m->counted.ledger, &m->whole,
		    &m->counted.where, 0);
		m->counted.ledger.fold = fold;
		m->counted.ledger.ctx = m;
		return m;
	}
	release(m);
	return NULL;
}

const struct gp_report gp_report_month = {
	.name = "month",
	.make = make,
	.free = release,
	GP_COUNTED_READS,
	.lacks = gp_counted_lacks,
	.show = show,
};
