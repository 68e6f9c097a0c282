/* `gp-report items --behind REPORT`. */
#include "report/behind.h"

#include <stdlib.h>
#include <string.h>

#include "report/reports.h"

enum {
	C_ID,
	C_PAGE,
	C_AT,
	C_OPTION,
	C_VOTES,
	C_RULE,
	C_LEVEL,
	C_RUBRIC,
	C_VIEWS,
	C_REACTIONS,
	C_COMMENTS,
	C_REPOSTS,
	C_ACTS,
	C_SUBSCRIBERS,
	C_CAME,
	C_LEFT,
	C_REACH,
	C_VISITORS,
	C_TEXT,
	C_URL,
	COLUMNS,
	TEXTS = 6,
};

#define ALL   (GP_IN_TABLE | GP_IN_CSV | GP_IN_NDJSON)
#define N     (ALL | GP_COL_NUMBER)
#define OF(x) (1u << GP_BEHIND_##x)
#define EVERY ((1u << GP_BEHINDS) - 1)
static const struct {
	struct gp_column col;
	unsigned of;
} columns[COLUMNS] = {
	/* clang-format off */
	[C_ID] = { { "id", { "Идентификатор", "Id" }, ALL | GP_COL_ID, 0 }, EVERY },
	[C_PAGE] = { { "page", { "Страница", "Page" }, ALL | GP_COL_ID, 0 }, EVERY },
	[C_AT] = { { "at", { "Когда", "When" }, ALL, 0 }, EVERY },
	[C_OPTION] = { { "option", { "Ответ", "Answer" }, ALL | GP_COL_GIVES, 0 }, OF(POLLS) },
	[C_VOTES] = { { "votes", { "Голоса", "Votes" }, N, 0 }, OF(POLLS) },
	[C_RULE] = { { "rule", { "Правило", "Rule" }, ALL, 0 }, OF(QUALITY) },
	[C_LEVEL] = { { "level", { "Уровень", "Level" }, ALL, 0 }, OF(QUALITY) },
	[C_RUBRIC] = { { "rubric", { "Рубрика", "Rubric" }, ALL, 0 }, OF(POSTS) },
	[C_VIEWS] = { { "views", { "Просмотры", "Views" }, N, 0 }, OF(POSTS) },
	[C_REACTIONS] = { { "reactions", { "Реакции", "Reactions" }, N, 0 }, OF(POSTS) },
	[C_COMMENTS] = { { "comments", { "Комментарии", "Comments" }, N, 0 }, OF(POSTS) },
	[C_REPOSTS] = { { "reposts", { "Репосты", "Reposts" }, N, 0 }, OF(POSTS) },
	[C_ACTS] = { { "acts", { "Отклики", "Acts" }, N, 0 }, OF(POSTS) },
	[C_SUBSCRIBERS] = { { "subscribers", { "Подписчики", "Subscribers" }, N, 0 }, OF(AUDIENCE) },
	[C_CAME] = { { "subscribed", { "Подписались", "Came" }, N, 0 }, OF(AUDIENCE) },
	[C_LEFT] = { { "unsubscribed", { "Отписались", "Left" }, N, 0 }, OF(AUDIENCE) },
	[C_REACH] = { { "reach", { "Охват", "Reach" }, N, 0 }, OF(AUDIENCE) },
	[C_VISITORS] = { { "visitors", { "Посетители", "Visitors" }, N, 0 }, OF(AUDIENCE) },
	[C_TEXT] = { { "text", { "Текст", "Text" }, ALL | GP_COL_GIVES, 0 }, EVERY },
	[C_URL] = { { "url", { "Ссылка", "Link" }, ALL, 0 }, EVERY },
	/* clang-format on */
};

struct items {
	struct gp_counted counted; /* first: reading is all its own */
	struct gp_behind b;
};

struct view {
	struct gp_behind *b;
	struct gp_buf text[TEXTS];
	size_t texts;
};

static struct gp_cell
text(struct view *v, struct gp_json value)
{
	struct gp_buf *b = &v->text[v->texts++];

	gp_buf_reset(b);
	return gp_cell_text(gp_fact_text(value, b));
}

static struct gp_cell
known(int64_t n)
{
	struct gp_cell none = { .type = GP_CELL_NONE };

	return n >= 0 ? gp_cell_int(n) : none;
}

static struct gp_cell
whole(const struct gp_json_obj *o, const char *key)
{
	int64_t n;

	return known(
	    gp_json_int(gp_json_get(o, key), &n) == 0 && n >= 0 ? n : -1);
}

static void
readings(struct gp_behind *b, struct gp_cell *c)
{
	const struct gp_json_obj *rec = &b->w.rec;

	if (b->w.kind == GP_ON_PAGE) {
		c[C_SUBSCRIBERS] = known(gp_count_of(
		    b->w.reader, gp_json_get(rec, "counts"), "subscribers"));
		return;
	}
	c[C_SUBSCRIBERS] = whole(rec, "subscribers");
	c[C_CAME] = whole(rec, "subscribed");
	c[C_LEFT] = whole(rec, "unsubscribed");
	c[C_REACH] = whole(rec, "reach");
	c[C_VISITORS] = whole(rec, "visitors");
}

static void
of_post(struct view *v, struct gp_cell *c)
{
	const struct gp_post *p = &v->b->post;

	c[C_RUBRIC] = text(v, p->rubric);
	c[C_VIEWS] = known(p->views);
	c[C_REACTIONS] = known(p->reactions);
	c[C_COMMENTS] = known(p->comments);
	c[C_REPOSTS] = known(p->reposts);
	c[C_ACTS] = known(gp_post_acts(p));
}

static int
row(void *ctx, size_t i, struct gp_cell *c, size_t *piece)
{
	struct view *v = ctx;
	struct gp_behind *b = v->b;
	long limit = b->c->how.limit;

	(void)piece;
	if ((limit > 0 && i >= (size_t)limit) || !gp_behind_next(b))
		return 0;
	v->texts = 0;
	c[C_ID] = text(v, gp_json_get(&b->w.rec, "id"));
	c[C_PAGE] = text(v, gp_behind_page(b));
	if (b->has_when)
		c[C_AT] = gp_cell_instant(b->when);
	c[C_URL] = text(v, gp_json_get(&b->w.rec, "url"));
	if (b->of == GP_BEHIND_POLLS) {
		c[C_OPTION] = text(v, gp_json_get(&b->item, "text"));
		c[C_VOTES] = whole(&b->item, "votes");
	} else if (b->of == GP_BEHIND_QUALITY) {
		c[C_RULE] = text(v, gp_json_get(&b->item, "rule"));
		c[C_LEVEL] = text(v, gp_json_get(&b->item, "level"));
	} else if (b->of == GP_BEHIND_POSTS) {
		of_post(v, c);
	} else if (b->of == GP_BEHIND_AUDIENCE) {
		readings(b, c);
	}
	c[C_TEXT] = text(v,
	    b->of == GP_BEHIND_QUALITY ? gp_json_get(&b->item, "message")
				       : gp_json_get(&b->w.rec, "text"));
	return 1;
}

static int
show(void *arg, struct gp_show *s)
{
	struct gp_behind *b = &((struct items *)arg)->b;
	struct view v = { .b = b };
	struct gp_column col[COLUMNS];
	const struct gp_table table = { "items", b->c->plan->table,
		{ "Что за показателем", "What is behind the figure" },
		{ "таких записей нет", "no such records" }, col, COLUMNS };
	const struct gp_plain_table t = {
		.table = &table, .row = row, .ctx = &v
	};
	size_t i;
	int r;

	if (gp_shelf_walk(&b->w, &b->c->shelf) == -1)
		return -1;
	for (i = 0; i < COLUMNS; i++) {
		col[i] = columns[i].col;
		if (!(columns[i].of >> b->of & 1))
			col[i].flags = 0;
	}
	for (i = 0; i < TEXTS; i++)
		gp_buf_init(&v.text[i], 0);
	r = gp_plain_show(b->c, s, &t);
	gp_show_apart(s, "items", "no_at", b->undated);
	for (i = 0; i < TEXTS; i++)
		gp_buf_release(&v.text[i]);
	gp_shelf_done(&b->w);
	return r;
}

static const enum gp_dim no_dims[] = { GP_DIM_ALL };
static const enum gp_measure no_measures[] = { GP_MEASURES };
#define PLAN(word, kinds)                                               \
	{                                                               \
		.report = "items", .table = (word), .dim = no_dims,     \
		.measure = no_measures, .all_time = 1, .shelf = (kinds) \
	}
static const struct gp_counted_plan plans[GP_BEHINDS] = {
	[GP_BEHIND_POSTS] = PLAN("posts", GP_ON_POST),
	[GP_BEHIND_AUDIENCE] = PLAN("audience", GP_ON_PAGE | GP_ON_STATS),
	[GP_BEHIND_POLLS] = PLAN("polls", GP_ON_POST | GP_ON_POLL),
	[GP_BEHIND_SURVEY] = PLAN("survey", GP_ON_RESPONSE),
	[GP_BEHIND_QUALITY] = PLAN("quality", GP_ON_FINDINGS),
};

static void
release(void *arg)
{
	struct items *it = arg;

	if (it == NULL)
		return;
	gp_behind_release(&it->b);
	gp_counted_release(&it->counted);
	free(it);
}

static void *
make(const struct gp_report_how *how, struct gp_why *why)
{
	struct items *it = calloc(1, sizeof(*it));
	struct gp_report_how own = *how;

	if (it == NULL) {
		gp_because(why, "no memory");
		return NULL;
	}
	gp_behind_init(&it->b, &it->counted, how->behind);
	it->b.where = how->where;
	own.where.n = 0;
	if (gp_counted_init(&it->counted, &own, &plans[it->b.of], why) == 0 &&
	    gp_behind_check(&it->b, why) == 0) {
		it->counted.ledger.fold = gp_plain_fold;
		return it;
	}
	release(it);
	return NULL;
}

const struct gp_report gp_report_behind = {
	.name = "items",
	.make = make,
	.free = release,
	GP_COUNTED_READS,
	.lacks = gp_plain_lacks,
	.show = show,
};
