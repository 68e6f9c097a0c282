/*
 * A row a page, as regional centres (ЦУР) ask for them: who follows it, what
 * it published, how far that went, and how it answers. What the stream does
 * not tell is left out: no posts read is not the same as no posts.
 */
#include <stdlib.h>
#include <string.h>

#include "report/counted.h"
#include "report/reports.h"
#include "report/wall.h"

enum {
	C_TITLE,
	C_SUBSCRIBERS,
	C_GROWTH,
	C_POSTS,
	C_VIEWS,
	C_REACH,
	C_ACTS,
	C_ER,
	C_ERR,
	COLUMNS,
};

struct cell_of_page { /* of a page in a piece of the period */
	struct gp_post_sum posts;
	int64_t reach;
	uint64_t has_reach;
};

struct pages {
	struct gp_counted counted;
	struct gp_followers followers;
	struct gp_keymap map; /* page and piece */
	struct cell_of_page *v;
	size_t cap;
	struct gp_keymap read; /* pages of which any post was read */
	struct gp_keymap titled;
	char **title;
	size_t titles;
	int bad, taken;
};

static const enum gp_dim dims[] = { GP_DIM_PAGE, GP_DIM_ALL };

static const enum gp_measure measures[] = { GP_M_N, GP_M_ANSWERED,
	GP_M_ANSWERED_SHARE, GP_M_MEDIAN, GP_M_DAY_SHARE, GP_M_WITH_TERM,
	GP_M_IN_TERM, GP_M_IN_TERM_SHARE, GP_M_OPEN, GP_M_OVERDUE, GP_M_REPEAT,
	GP_MEASURES };

static const struct gp_counted_plan plan = {
	.report = "pages",
	.title = { "Страницы", "Pages" },
	.dim = dims,
	.measure = measures,
	.chart = GP_M_N,
	.shelf = GP_ON_POST | GP_ON_PAGE | GP_ON_STATS,
};

/* The number of the page, one for every page that is told of. */
static uint32_t
number(struct pages *p, struct gp_json page, struct gp_buf *b)
{
	struct gp_dict_cache c;
	uint32_t no;

	gp_dict_cache_init(&c, &p->counted.ledger.dict[GP_DIM_PAGE]);
	no = gp_dict_no(&c, gp_fact_text(page, b));
	gp_dict_cache_release(&c);
	return no;
}

static struct cell_of_page *
cell_of(struct pages *p, uint32_t page, size_t piece)
{
	size_t known = p->map.n;
	struct cell_of_page *v = gp_grown(p->v, p->map.n, &p->cap, sizeof(*v));
	int64_t k;

	if (v != NULL)
		p->v = v;
	k = v != NULL ? gp_keymap_put(&p->map, (uint64_t)piece << 32 | page)
		      : -1;
	if (k == -1) {
		p->bad = 1;
		return NULL;
	}
	if (p->map.n > known)
		memset(&p->v[k], 0, sizeof(p->v[k]));
	return &p->v[k];
}

static void
touch(struct pages *p, uint32_t page)
{
	size_t i;

	for (i = 0; i < p->counted.period.n; i++)
		if (gp_rows_touch(&p->counted.rows, GP_DIM_PAGE, page, i) ==
		    NULL)
			p->bad = 1;
}

static void
take_post(struct pages *p, struct gp_shelf_walk *w, struct gp_buf *b)
{
	struct gp_post post;
	struct cell_of_page *c;
	uint32_t no;
	int piece;

	if (gp_post_read(w, &post) != 1)
		return;
	no = number(p, post.page, b);
	if (no == 0)
		return;
	gp_keymap_put(&p->read, no);
	touch(p, no);
	piece = gp_period_of(&p->counted.period, post.at);
	c = piece != -1 ? cell_of(p, no, (size_t)piece) : NULL;
	if (c != NULL)
		gp_post_add(&c->posts, &post);
}

static void
take_stats(struct pages *p, struct gp_shelf_walk *w, struct gp_buf *b)
{
	struct gp_json from =
	    gp_json_at(w->reader, &w->rec, "period", "from", NULL);
	struct cell_of_page *c;
	uint32_t no = number(p, gp_json_get(&w->rec, "page"), b);
	gp_instant at;
	int64_t reach;
	int piece;

	if (no == 0 || gp_json_is_there(gp_json_get(&w->rec, "post")))
		return;
	touch(p, no);
	if (gp_json_int(gp_json_get(&w->rec, "reach"), &reach) == -1 ||
	    reach < 0 || gp_json_bare(from).p == NULL ||
	    gp_instant_parse(gp_json_bare(from), &at) == -1)
		return;
	piece = gp_period_of(&p->counted.period, at);
	c = piece != -1 ? cell_of(p, no, (size_t)piece) : NULL;
	if (c == NULL)
		return;
	c->reach += reach;
	c->has_reach++;
}

static void
take_page(struct pages *p, struct gp_shelf_walk *w, struct gp_buf *b)
{
	struct gp_json own = gp_json_get(&w->rec, "page");
	struct gp_span title;
	size_t known = p->titled.n;
	uint32_t no;
	char **list;
	int64_t k;

	if (own.type != GP_JSON_STRING)
		own = gp_json_get(&w->rec, "id");
	no = number(p, own, b);
	if (no == 0)
		return;
	touch(p, no);
	title = gp_fact_text(gp_json_get(&w->rec, "title"), b);
	list = gp_grown(p->title, p->titled.n, &p->titles, sizeof(char *));
	if (list != NULL)
		p->title = list;
	k = list != NULL ? gp_keymap_put(&p->titled, no) : -1;
	if (k == -1) {
		p->bad = 1;
		return;
	}
	if (p->titled.n == known)
		free(p->title[k]);
	p->title[k] = title.n > 0 ? gp_span_dup(title) : NULL;
}

static void
take_all(struct pages *p)
{
	struct gp_shelf_walk w;
	struct gp_buf b;

	if (gp_shelf_walk(&w, &p->counted.shelf) == -1) {
		p->bad = 1;
		return;
	}
	gp_buf_init(&b, 0);
	while (gp_shelf_next(&w) && !p->bad) {
		if (w.kind == GP_ON_POST)
			take_post(p, &w, &b);
		else if (w.kind == GP_ON_STATS)
			take_stats(p, &w, &b);
		else
			take_page(p, &w, &b);
	}
	gp_buf_release(&b);
	gp_shelf_done(&w);
	gp_followers_read(&p->followers, &p->counted.shelf);
	p->bad |= p->followers.bad;
}

static void
cells(void *arg, const struct gp_row *row, struct gp_cell *c)
{
	struct pages *p = arg;
	const struct gp_range *piece = &p->counted.period.piece[row->piece];
	struct gp_span name = gp_row_name(&p->counted.rows, row);
	uint64_t page = p->counted.ledger.dict[GP_DIM_PAGE].hash != NULL
	    ? p->counted.ledger.dict[GP_DIM_PAGE].hash[row->no]
	    : 0;
	int64_t now, was, k, title;
	const struct cell_of_page *v;

	if (name.n == 0)
		return;
	now = gp_followers_at(&p->followers, page, piece->to);
	was = gp_followers_at(&p->followers, page, piece->from);
	title = gp_keymap_find(&p->titled, row->no);
	if (title != -1)
		c[C_TITLE] = gp_cell_str(p->title[title]);
	if (now >= 0)
		c[C_SUBSCRIBERS] = gp_cell_int(now);
	if (now >= 0 && was >= 0)
		c[C_GROWTH] = gp_cell_int(now - was);
	if (gp_keymap_find(&p->read, row->no) != -1)
		c[C_POSTS] = gp_cell_int(0);
	k = gp_keymap_find(&p->map, (uint64_t)row->piece << 32 | row->no);
	if (k == -1)
		return;
	v = &p->v[k];
	if (c[C_POSTS].type != GP_CELL_NONE)
		c[C_POSTS] = gp_cell_int((int64_t)v->posts.posts);
	c[C_VIEWS] = gp_sum_cell(v->posts.views, v->posts.has_views);
	c[C_REACH] = gp_sum_cell(v->reach, v->has_reach);
	c[C_ACTS] = gp_sum_cell(v->posts.acts, v->posts.has_acts);
	c[C_ER] = gp_post_er(&v->posts, now);
	c[C_ERR] = gp_post_err(&v->posts);
}

#define ALL (GP_IN_TABLE | GP_IN_CSV | GP_IN_NDJSON)
#define N   (ALL | GP_COL_NUMBER)

static int
show(void *arg, struct gp_show *s)
{
	/* clang-format off */
	static const struct gp_column col[COLUMNS] = {
		[C_TITLE] = { "title", { "Название", "Title" }, ALL | GP_COL_GIVES, 0 },
		[C_SUBSCRIBERS] = { "subscribers", { "Подписчики", "Subscribers" }, N, 0 },
		[C_GROWTH] = { "growth", { "Прирост", "Growth" }, N, 0 },
		[C_POSTS] = { "posts", { "Посты", "Posts" }, N, 0 },
		[C_VIEWS] = { "views", { "Просмотры", "Views" }, N, 0 },
		[C_REACH] = { "reach", { "Охват по дням", "Reach by days" }, N, 0 },
		[C_ACTS] = { "acts", { "Отклики", "Acts" }, N, 0 },
		[C_ER] = { "er", { "ER, % = отклики / посты / подписчики", "ER, % = acts / posts / subscribers" }, N, 3 },
		[C_ERR] = { "err", { "ERR, % = отклики / просмотры", "ERR, % = acts / views" }, N, 3 },
	};
	static const struct gp_show_term term[GP_LANGS][5] = {
		[GP_RU] = {
			{ "Подписчики", "Последнее известное число к концу периода; прирост — разность с последним известным к его началу." },
			{ "Посты, просмотры", "Посты страницы за период без удалённых и служебных; просмотры — такие, какими прочитаны последний раз. Если постов страницы не читали вовсе, они не известны, а не ноль." },
			{ "Охват по дням", "Сумма суточных охватов из статистики сети; один человек может войти в неё несколько раз." },
			{ "ER", "Отклики / посты / подписчики × 100, отклики = реакции + комментарии + репосты." },
			{ "ERR", "Отклики / просмотры × 100 по постам, где известно и то и другое." } },
		[GP_EN] = {
			{ "Subscribers", "The last known number by the end of the period; growth is the difference to the last known by its start." },
			{ "Posts, views", "Posts of the page in the period, without those deleted and service messages; views as they were last read. Where no post of a page was read at all they are unknown, not 0." },
			{ "Reach by days", "The sum of daily reaches of the network's statistics; a person may be in it more than once." },
			{ "ER", "Acts / posts / subscribers × 100, acts being reactions + comments + reposts." },
			{ "ERR", "Acts / views × 100 of posts that know both." } },
	};
	/* clang-format on */
	struct pages *p = arg;
	const struct gp_counted_more more = { col, COLUMNS, cells, p,
		term[p->counted.how.lang], 5 };

	if (!p->taken)
		take_all(p);
	p->taken = 1;
	if (p->bad)
		return -1;
	return gp_counted_show_more(&p->counted, s, &more);
}

static void
release(void *arg)
{
	struct pages *p = arg;
	size_t i;

	if (p == NULL)
		return;
	for (i = 0; i < p->titled.n && p->title != NULL; i++)
		free(p->title[i]);
	free(p->title);
	free(p->v);
	gp_keymap_release(&p->map);
	gp_keymap_release(&p->read);
	gp_keymap_release(&p->titled);
	gp_followers_release(&p->followers);
	gp_counted_release(&p->counted);
	free(p);
}

static void *
make(const struct gp_report_how *how, struct gp_why *why)
{
	struct pages *p = calloc(1, sizeof(*p));

	if (p == NULL)
		gp_because(why, "no memory");
	else if (gp_counted_init(&p->counted, how, &plan, why) == 0)
		return p;
	release(p);
	return NULL;
}

const struct gp_report gp_report_pages = {
	.name = "pages",
	.make = make,
	.free = release,
	GP_COUNTED_READS,
	.lacks = gp_counted_lacks,
	.show = show,
};
