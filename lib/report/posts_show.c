#include <stdlib.h>
#include <string.h>

#include "report/posts.h"

enum {
	S_OF,
	S_WHAT,
	S_NAME,
	S_PIECE,
	S_POSTS,
	S_VIEWS,
	S_REACTIONS,
	S_COMMENTS,
	S_REPOSTS,
	S_ER,
	S_ERR,
	S_COLUMNS,
	L_ID = 0,
	L_PAGE,
	L_AT,
	L_TEXT,
	L_VIEWS,
	L_ACTS,
	L_ER,
	L_ERR,
	L_URL,
	L_COLUMNS,
	DEFAULT_BEST = 5,
};

#define P   (GP_IN_TABLE | GP_IN_CSV)
#define R   GP_IN_NDJSON
#define ALL (P | R)
#define N   (ALL | GP_COL_NUMBER)
#define ER_TITLE                                                             \
	{                                                                    \
		"ER, % = отклики / подписчики", "ER, % = acts / subscribers" \
	}
#define ERR_TITLE                                                       \
	{                                                               \
		"ERR, % = отклики / просмотры", "ERR, % = acts / views" \
	}
static const struct gp_column sum_columns[S_COLUMNS] = {
	[S_OF] = { "of", { NULL, NULL }, R, 0 },
	[S_WHAT] = { "what", { "Разрез", "By" }, P, 0 },
	[S_NAME] = { "name", { "Значение", "Value" },
	    ALL | GP_COL_ID | GP_COL_GIVES, 0 },
	[S_PIECE] = { "piece", { "Период", "Period" }, P, 0 },
	[S_POSTS] = { "n", { "Посты", "Posts" }, N, 0 },
	[S_VIEWS] = { "views", { "Просмотры", "Views" }, N, 0 },
	[S_REACTIONS] = { "reactions", { "Реакции", "Reactions" }, N, 0 },
	[S_COMMENTS] = { "comments", { "Комментарии", "Comments" }, N, 0 },
	[S_REPOSTS] = { "reposts", { "Репосты", "Reposts" }, N, 0 },
	[S_ER] = { "er", ER_TITLE, N, 3 },
	[S_ERR] = { "err", ERR_TITLE, N, 3 },
};

static const struct gp_column list_columns[L_COLUMNS] = {
	[L_ID] = { "id", { "Идентификатор", "Id" }, GP_IN_CSV | R | GP_COL_ID,
	    0 },
	[L_PAGE] = { "page", { "Страница", "Page" }, ALL | GP_COL_ID, 0 },
	[L_AT] = { "at", { "Когда", "When" }, ALL, 0 },
	[L_TEXT] = { "text", { "Текст", "Text" }, ALL | GP_COL_GIVES, 0 },
	[L_VIEWS] = { "views", { "Просмотры", "Views" }, N, 0 },
	[L_ACTS] = { "acts", { "Отклики", "Acts" }, N, 0 },
	[L_ER] = { "er", ER_TITLE, N, 3 },
	[L_ERR] = { "err", ERR_TITLE, N, 3 },
	[L_URL] = { "url", { "Ссылка", "Link" }, ALL, 0 },
};

static const struct gp_show_term terms[GP_LANGS][3] = {
	[GP_RU] = { { "Просмотры, реакции",
			"Такие, какими прочитаны последний раз; посты, чьей "
			"сети они не известны, в сумму не входят." },
	    { "ER",
		"Отклики поста / подписчики страницы в день поста × 100, "
		"отклики = реакции + комментарии + репосты; по нескольким "
		"постам — среднее." },
	    { "ERR",
		"Отклики / просмотры × 100; по нескольким постам — сумма "
		"откликов / сумма просмотров." } },
	[GP_EN] = { { "Views, reactions",
			"As they were last read; posts whose network does not "
			"tell are not in the sum." },
	    { "ER",
		"Acts of a post / subscribers of the page on its day × "
		"100, acts being reactions + comments + reposts; of several "
		"posts the mean." },
	    { "ERR",
		"Acts / views × 100; of several posts the sum of acts / "
		"the sum of views." } },
};

struct sums {
	const struct gp_posts *p;
	struct gp_posts_line **list;
	size_t n;
	struct gp_buf piece;
};

static int
by_views(const void *a, const void *b)
{
	const struct gp_posts_line *x = *(struct gp_posts_line *const *)a;
	const struct gp_posts_line *y = *(struct gp_posts_line *const *)b;
	const char *s = x->name != NULL ? x->name : "";
	const char *t = y->name != NULL ? y->name : "";

	if (x->of != y->of)
		return (int)x->of - (int)y->of;
	if (x->piece != y->piece)
		return x->piece < y->piece ? -1 : 1;
	if (x->of != GP_POSTS_HOUR && x->sum.posts != y->sum.posts)
		return x->sum.posts < y->sum.posts ? 1 : -1;
	return strcmp(s, t);
}

static int
sum_row(void *ctx, size_t i, struct gp_cell *c, size_t *piece)
{
	static const char *const words[GP_LANGS][GP_POSTS_OFS] = {
		{ "всего", "Страница", "Хештег", "Рубрика", "Час" },
		{ "all", "Page", "Hashtag", "Rubric", "Hour" }
	};
	static const char *const of[GP_POSTS_OFS] = { "all", "page", "hashtag",
		"rubric", "hour" };
	struct sums *s = ctx;
	const struct gp_counted *k = s->p->c;
	const struct gp_posts_line *l;

	if (i >= s->n)
		return 0;
	l = s->list[i];
	*piece = l->piece;
	gp_buf_reset(&s->piece);
	gp_range_print(&s->piece, k->period.piece[l->piece]);
	c[S_OF] = gp_cell_str(of[l->of]);
	c[S_WHAT] = gp_cell_str(words[k->how.lang][l->of]);
	c[S_NAME] = gp_cell_str(l->name);
	c[S_PIECE] = gp_cell_str(gp_buf_str(&s->piece));
	c[S_POSTS] = gp_cell_int((int64_t)l->sum.posts);
	c[S_VIEWS] = gp_sum_cell(l->sum.views, l->sum.has_views);
	c[S_REACTIONS] = gp_sum_cell(l->sum.reactions, l->sum.has_reactions);
	c[S_COMMENTS] = gp_sum_cell(l->sum.comments, l->sum.has_comments);
	c[S_REPOSTS] = gp_sum_cell(l->sum.reposts, l->sum.has_reposts);
	if (l->has_er > 0)
		c[S_ER] = gp_cell_real(l->er / (double)l->has_er);
	c[S_ERR] = gp_post_err(&l->sum);
	return 1;
}

static void
sum_where(void *ctx, size_t i, struct gp_frame *f)
{
	static const char *const key[GP_POSTS_OFS] = { NULL, "page", "hashtag",
		"rubric", "hour" };
	const struct sums *s = ctx;
	const struct gp_posts_line *l = s->list[i];

	if (key[l->of] != NULL)
		gp_frame_where(
		    f, key[l->of], gp_span_of(l->name != NULL ? l->name : ""));
}

static int
show_sums(struct gp_posts *p, struct gp_show *show)
{
	struct sums s = { .p = p };
	struct gp_column col[S_COLUMNS];
	const struct gp_table table = { "posts", "sum", { "Посты", "Posts" },
		{ "за этот период постов нет", "no posts in this period" }, col,
		S_COLUMNS };
	const struct gp_plain_table t = { &table, sum_row, &s,
		terms[p->c->how.lang], 3, NULL, NULL, 1, "posts", sum_where };
	size_t i;
	int r;

	memcpy(col, sum_columns, sizeof(col));
	if (p->c->how.by == GP_BY_ALL)
		col[S_PIECE].flags = 0;
	s.list = calloc(p->map.n + 1, sizeof(struct gp_posts_line *));
	if (s.list == NULL)
		return -1;
	for (i = 0; i < p->map.n; i++)
		s.list[s.n++] = &p->line[i];
	qsort(s.list, s.n, sizeof(struct gp_posts_line *), by_views);
	gp_buf_init(&s.piece, 0);
	r = gp_plain_show(p->c, show, &t);
	gp_buf_release(&s.piece);
	free(s.list);
	return r;
}

/* A stretch of the posts, which stand the best first. */
struct stretch {
	const struct gp_posts *p;
	size_t n;
	int backwards;
};

/* By ERR, then by views: what nobody has counted stands last. */
static int
by_err(const void *a, const void *b)
{
	const struct gp_posted *x = a, *y = b;

	if (x->err != y->err)
		return x->err < y->err ? 1 : -1;
	if (x->views != y->views)
		return x->views < y->views ? 1 : -1;
	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return strcmp(x->id != NULL ? x->id : "", y->id != NULL ? y->id : "");
}

static int
list_row(void *ctx, size_t i, struct gp_cell *c, size_t *piece)
{
	const struct stretch *s = ctx;
	const struct gp_posted *d;

	if (i >= s->n)
		return 0;
	d = &s->p->post[s->backwards ? s->n - 1 - i : i];
	*piece = d->piece;
	c[L_ID] = gp_cell_str(d->id);
	c[L_PAGE] = gp_cell_str(d->page);
	c[L_AT] = gp_cell_instant(d->at);
	c[L_TEXT] = gp_cell_str(d->text);
	if (d->views >= 0)
		c[L_VIEWS] = gp_cell_int(d->views);
	if (d->acts >= 0)
		c[L_ACTS] = gp_cell_int(d->acts);
	if (d->er >= 0)
		c[L_ER] = gp_cell_real(d->er);
	if (d->err >= 0)
		c[L_ERR] = gp_cell_real(d->err);
	c[L_URL] = gp_cell_str(d->url);
	return 1;
}

static int
show_list(const struct gp_posts *p, struct gp_show *show, const char *name,
    const char *ru, const char *en, struct stretch s)
{
	const struct gp_table table = { "posts", name, { ru, en },
		{ "таких постов нет", "no such posts" }, list_columns,
		L_COLUMNS };
	const struct gp_plain_table t = { &table, list_row, &s,
		terms[p->c->how.lang], 0, NULL, NULL, 0, NULL, NULL };

	return gp_plain_show(p->c, show, &t);
}

/* Among those whose ERR is known. */
static int
show_lists(struct gp_posts *p, struct gp_show *show)
{
	size_t limit = p->c->how.limit > 0 ? (size_t)p->c->how.limit : 0;
	size_t best = limit > 0 ? limit : DEFAULT_BEST, known = 0;
	struct gp_posts from = *p;
	int r = 0;

	while (known < p->posts && p->post[known].err >= 0)
		known++;
	if (best > known)
		best = known;
	if (gp_plain_wants(p->c, show, "best", 0))
		r |= show_list(p, show, "best", "Лучшие посты", "Best posts",
		    (struct stretch){ p, best, 0 });
	from.post = p->post + (known - best);
	if (gp_plain_wants(p->c, show, "worst", 0))
		r |= show_list(p, show, "worst", "Худшие посты", "Worst posts",
		    (struct stretch){ &from, best, 1 });
	if (p->c->how.table != NULL && strcmp(p->c->how.table, "list") == 0)
		r |= show_list(p, show, "list", "Все посты", "All posts",
		    (struct stretch){ p,
			limit > 0 && limit < p->posts ? limit : p->posts, 0 });
	return r;
}

int
gp_posts_show(void *arg, struct gp_show *show)
{
	struct gp_posts p = { .c = arg };
	int r = gp_posts_take(&p);

	if (r == 0 && p.posts > 0)
		qsort(p.post, p.posts, sizeof(*p.post), by_err);
	if (r == 0 && gp_plain_wants(p.c, show, "sum", 1))
		r = show_sums(&p, show);
	if (r == 0)
		r = show_lists(&p, show);
	gp_show_apart(show, "posts", "no_at", p.undated);
	gp_posts_release(&p);
	return r;
}
