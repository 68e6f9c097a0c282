/* How many follow each page, piece by piece of the period. */
#include <stdlib.h>
#include <string.h>

#include "report/hash.h"
#include "report/plain.h"
#include "report/reports.h"
#include "report/wall.h"

enum {
	C_PAGE,
	C_TITLE,
	C_PIECE,
	C_N,
	C_BEFORE,
	C_SUBSCRIBERS,
	C_GROWTH,
	C_GROWTH_SHARE,
	C_CAME,
	C_LEFT,
	C_REACH,
	C_VISITORS,
	COLUMNS,
	STATS = 4,
};

struct audience {
	struct gp_counted *c;
	struct gp_followers followers;
	struct gp_keymap pages;
	struct known {
		char *id, *title;
		uint64_t hash;
		int64_t *sum;   /* pieces times STATS; -1: not known */
		uint32_t *told; /* readings by the end of each piece */
	} * page;
	size_t cap;
	struct known **list;
	struct gp_buf piece;
	uint64_t undated;
	int bad;
};

static const char *const stats[STATS] = { "subscribed", "unsubscribed", "reach",
	"visitors" };

static struct known *
known_of(struct audience *a, struct gp_json id, struct gp_buf *b)
{
	size_t had = a->pages.n, cells = a->c->period.n * STATS;
	struct known *v = gp_grown(a->page, a->pages.n, &a->cap, sizeof(*v));
	struct gp_span s = gp_fact_text(id, b);
	int64_t k;

	if (s.n == 0)
		return NULL;
	if (v != NULL)
		a->page = v;
	k = v != NULL ? gp_keymap_put(&a->pages, gp_hash(s)) : -1;
	if (k == -1) {
		a->bad = 1;
		return NULL;
	}
	v = &a->page[k];
	if (a->pages.n > had) {
		*v = (struct known){ gp_span_dup(s), NULL, gp_hash(s),
			malloc(cells * sizeof(int64_t)),
			calloc(a->c->period.n, sizeof(uint32_t)) };
		if (v->id == NULL || v->sum == NULL || v->told == NULL)
			a->bad = 1;
		else
			memset(v->sum, 0xff, cells * sizeof(int64_t));
	}
	return v;
}

/* Figures of a piece rest on all that was read of the page by its end. */
static void
told(struct audience *a, struct gp_shelf_walk *w, struct known *k)
{
	const struct gp_period *p = &a->c->period;
	gp_instant at;
	size_t i;

	if (k == NULL || a->bad)
		return;
	if (gp_reading_at(w, &at) == -1) {
		a->undated++;
		return;
	}
	for (i = p->n; i > 0 && at <= p->piece[i - 1].to; i--)
		k->told[i - 1]++;
}

static void
take_stats(struct audience *a, struct gp_shelf_walk *w, struct gp_buf *b)
{
	struct gp_span from = gp_json_bare(
	    gp_json_at(w->reader, &w->rec, "period", "from", NULL));
	struct known *k;
	gp_instant t;
	int64_t n, *to;
	int piece, i;

	if (gp_json_is_there(gp_json_get(&w->rec, "post")))
		return;
	k = known_of(a, gp_json_get(&w->rec, "page"), b);
	told(a, w, k);
	if (k == NULL || a->bad || from.p == NULL ||
	    gp_instant_parse(from, &t) == -1)
		return;
	piece = gp_period_of(&a->c->period, t);
	for (i = 0; i < STATS && piece != -1; i++) {
		to = &k->sum[piece * STATS + i];
		if (gp_json_int(gp_json_get(&w->rec, stats[i]), &n) == 0 &&
		    n >= 0 && n < INT64_MAX / 1000000)
			*to = (*to < 0 ? 0 : *to) + n;
	}
}

static void
take_page(struct audience *a, struct gp_shelf_walk *w, struct gp_buf *b)
{
	struct gp_json own = gp_json_get(&w->rec, "page");
	struct known *k;
	struct gp_span title;

	if (own.type != GP_JSON_STRING)
		own = gp_json_get(&w->rec, "id");
	k = known_of(a, own, b);
	told(a, w, k);
	title = gp_fact_text(gp_json_get(&w->rec, "title"), b);
	if (k == NULL || a->bad || title.n == 0)
		return;
	free(k->title);
	k->title = gp_span_dup(title);
}

static int
by_id(const void *a, const void *b)
{
	return strcmp(
	    (*(struct known *const *)a)->id, (*(struct known *const *)b)->id);
}

static struct gp_cell
known_int(int64_t n)
{
	struct gp_cell none = { .type = GP_CELL_NONE };

	return n >= 0 ? gp_cell_int(n) : none;
}

static int
row(void *ctx, size_t i, struct gp_cell *c, size_t *piece)
{
	struct audience *a = ctx;
	const struct gp_period *p = &a->c->period;
	const struct known *k;
	int64_t was, now;
	int s;

	if (i >= a->pages.n * p->n)
		return 0;
	k = a->list[i / p->n];
	*piece = i % p->n;
	was = gp_followers_at(&a->followers, k->hash, p->piece[*piece].from);
	now = gp_followers_at(&a->followers, k->hash, p->piece[*piece].to);
	gp_buf_reset(&a->piece);
	gp_range_print(&a->piece, p->piece[*piece]);
	c[C_PAGE] = gp_cell_str(k->id);
	c[C_TITLE] = gp_cell_str(k->title);
	c[C_PIECE] = gp_cell_str(gp_buf_str(&a->piece));
	c[C_N] = gp_cell_int(k->told[*piece]);
	c[C_BEFORE] = known_int(was);
	c[C_SUBSCRIBERS] = known_int(now);
	if (was >= 0 && now >= 0)
		c[C_GROWTH] = gp_cell_int(now - was);
	if (was > 0 && now >= 0)
		c[C_GROWTH_SHARE] =
		    gp_cell_real(100.0 * (double)(now - was) / (double)was);
	for (s = 0; s < STATS; s++)
		c[C_CAME + s] = known_int(k->sum[*piece * STATS + (size_t)s]);
	return 1;
}

static void
where(void *ctx, size_t i, struct gp_frame *f)
{
	const struct audience *a = ctx;

	gp_frame_where(f, "page", gp_span_of(a->list[i / a->c->period.n]->id));
}

#define ALL (GP_IN_TABLE | GP_IN_CSV | GP_IN_NDJSON)
#define N   (ALL | GP_COL_NUMBER)
static const struct gp_column columns[COLUMNS] = {
	[C_PAGE] = { "page", { "Страница", "Page" }, ALL | GP_COL_ID, 0 },
	[C_TITLE] = { "title", { "Название", "Title" }, ALL | GP_COL_GIVES, 0 },
	[C_PIECE] = { "piece", { "Период", "Period" }, GP_IN_TABLE | GP_IN_CSV,
	    0 },
	[C_N] = { "n", { "Показания", "Readings" }, ALL & ~GP_IN_TABLE, 0 },
	[C_BEFORE] = { "before", { "Было", "Before" }, N, 0 },
	[C_SUBSCRIBERS] = { "subscribers", { "Подписчики", "Subscribers" }, N,
	    0 },
	[C_GROWTH] = { "growth", { "Прирост", "Growth" }, N, 0 },
	[C_GROWTH_SHARE] = { "growth_share", { "Прирост, %", "Growth, %" }, N,
	    2 },
	[C_CAME] = { "subscribed", { "Подписались", "Came" }, N, 0 },
	[C_LEFT] = { "unsubscribed", { "Отписались", "Left" }, N, 0 },
	[C_REACH] = { "reach", { "Охват по дням", "Reach by days" }, N, 0 },
	[C_VISITORS] = { "visitors",
	    { "Посетители по дням", "Visitors by days" }, N, 0 },
};

static const struct gp_table table = { "audience", NULL,
	{ "Аудитория", "Audience" },
	{ "о подписчиках ничего не известно", "nothing is known of followers" },
	columns, COLUMNS };

static const struct gp_show_term terms[GP_LANGS][2] = {
	[GP_RU] = { { "Подписчики",
			"Последнее известное число к концу периода; было — к "
			"его началу; прирост — разность; прирост, % — к тому, "
			"что было." },
	    { "По дням",
		"Сумма суточных чисел из статистики сети; один "
		"человек может войти в неё несколько раз." } },
	[GP_EN] = { { "Subscribers",
			"The last known number by the end of the period; "
			"before: by its start; growth is the difference, in "
			"per cent of what was before." },
	    { "By days",
		"The sum of daily numbers of the network's "
		"statistics; a person may be in it more than once." } },
};

static int
take_all(struct audience *a)
{
	struct gp_shelf_walk w;
	struct gp_buf b;
	size_t i;

	gp_followers_read(&a->followers, &a->c->shelf);
	if (a->followers.bad || gp_shelf_walk(&w, &a->c->shelf) == -1)
		return -1;
	gp_buf_init(&b, 0);
	while (gp_shelf_next(&w) && !a->bad) {
		if (w.kind == GP_ON_PAGE)
			take_page(a, &w, &b);
		else
			take_stats(a, &w, &b);
	}
	gp_buf_release(&b);
	gp_shelf_done(&w);
	a->list = calloc(a->pages.n + 1, sizeof(struct known *));
	if (a->bad || a->list == NULL)
		return -1;
	for (i = 0; i < a->pages.n; i++)
		a->list[i] = &a->page[i];
	qsort(a->list, a->pages.n, sizeof(struct known *), by_id);
	return 0;
}

static int
show(void *arg, struct gp_show *s)
{
	struct audience a = { .c = arg };
	const struct gp_plain_table t = { &table, row, &a, terms[a.c->how.lang],
		2, a.c->period.n > 1 ? "piece" : "page", "subscribers", 1,
		"audience", where };
	size_t i;
	int r;

	gp_buf_init(&a.piece, 0);
	r = take_all(&a);
	if (r == 0)
		r = gp_plain_show(a.c, s, &t);
	gp_show_apart(s, "audience", "no_at", a.undated);
	for (i = 0; i < a.pages.n && a.page != NULL; i++) {
		free(a.page[i].told);
		free(a.page[i].id);
		free(a.page[i].title);
		free(a.page[i].sum);
	}
	free(a.page);
	free(a.list);
	gp_keymap_release(&a.pages);
	gp_followers_release(&a.followers);
	gp_buf_release(&a.piece);
	return r;
}

static const enum gp_dim no_dims[] = { GP_DIM_ALL };
static const enum gp_measure no_measures[] = { GP_MEASURES };
static const struct gp_counted_plan plan = { .report = "audience",
	.dim = no_dims,
	.measure = no_measures,
	.shelf = GP_ON_PAGE | GP_ON_STATS };

static void *
make(const struct gp_report_how *how, struct gp_why *why)
{
	return gp_plain_make(how, &plan, why);
}

const struct gp_report gp_report_audience =
    GP_PLAIN_REPORT("audience", NULL, make, show);
