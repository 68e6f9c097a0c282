/* Polls with the margins of their shares, and quizzes with who was right. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/plain.h"
#include "report/reports.h"

enum {
	C_ID,
	C_PAGE,
	C_AT,
	C_QUESTION,
	C_OPTION,
	C_VOTES,
	C_SHARE,
	C_MARGIN,
	C_VOTERS,
	C_QUIZ,
	C_CORRECT,
	C_CLOSED,
	COLUMNS,
};

/* The walk goes on within row: a poll is open, its options come in turn. */
struct polls {
	struct gp_counted *c;
	struct gp_shelf_walk w;
	struct gp_json_obj poll, options;
	size_t option;
	size_t piece;
	int64_t voters, votes;
	int has_at;
	gp_instant at;
	struct gp_buf question, text;
	uint64_t undated;
};

static void
voters_of(struct polls *p)
{
	struct gp_json_obj o;
	int64_t n;
	size_t i;

	p->votes = 0;
	for (i = 0; i < p->options.n; i++)
		if (gp_json_enter(p->w.reader, p->options.m[i].value, &o) ==
			0 &&
		    gp_json_int(gp_json_get(&o, "votes"), &n) == 0 && n > 0)
			p->votes += n;
	if (gp_json_int(gp_json_get(&p->poll, "voters"), &p->voters) == -1 ||
	    p->voters <= 0)
		p->voters = p->votes;
}

static int
in_period(struct polls *p)
{
	struct gp_span at = gp_json_bare(gp_json_get(&p->w.rec, "at"));
	int piece;

	p->piece = 0;
	p->has_at = at.p != NULL && gp_instant_parse(at, &p->at) == 0;
	if (p->c->period.open)
		return 1;
	p->undated += !p->has_at;
	piece = p->has_at ? gp_period_of(&p->c->period, p->at) : -1;
	p->piece = piece != -1 ? (size_t)piece : 0;
	return piece != -1;
}

/* The next poll that has options. */
static int
next(struct polls *p)
{
	while (gp_shelf_next(&p->w)) {
		struct gp_json poll = gp_json_get(&p->w.rec, "poll");

		if (poll.type != GP_JSON_OBJECT || !in_period(p) ||
		    gp_json_enter(p->w.reader, poll, &p->poll) == -1 ||
		    gp_json_enter(p->w.reader, gp_json_get(&p->poll, "options"),
			&p->options) == -1)
			continue;
		p->option = 0;
		voters_of(p);
		if (p->options.n > 0)
			return 1;
	}
	return 0;
}

static struct gp_cell
text(struct gp_json v, struct gp_buf *b)
{
	struct gp_span s = gp_fact_text(v, b);
	struct gp_cell none = { .type = GP_CELL_NONE };

	return s.n > 0 ? gp_cell_text(s) : none;
}

static int
row(void *ctx, size_t i, struct gp_cell *c, size_t *piece)
{
	struct polls *p = ctx;
	struct gp_json_obj o;
	struct gp_json correct;
	int64_t votes;

	(void)i;
	if (p->option >= p->options.n && !next(p))
		return 0;
	*piece = p->piece;
	c[C_ID] = gp_cell_text(gp_json_bare(gp_json_get(&p->w.rec, "id")));
	c[C_PAGE] = gp_cell_text(gp_json_bare(gp_json_get(&p->w.rec, "page")));
	if (p->has_at)
		c[C_AT] = gp_cell_instant(p->at);
	c[C_QUESTION] = text(gp_json_get(&p->poll, "question"), &p->question);
	c[C_VOTERS] = gp_cell_int(p->voters);
	c[C_QUIZ] = gp_cell_bool(gp_json_true(gp_json_get(&p->poll, "quiz")));
	c[C_CLOSED] =
	    gp_cell_bool(gp_json_true(gp_json_get(&p->poll, "closed")));
	if (gp_json_enter(p->w.reader, p->options.m[p->option++].value, &o) ==
	    -1)
		return 0;
	c[C_OPTION] = text(gp_json_get(&o, "text"), &p->text);
	correct = gp_json_get(&o, "correct");
	if (correct.type == GP_JSON_BOOL)
		c[C_CORRECT] = gp_cell_bool(gp_json_true(correct));
	if (gp_json_int(gp_json_get(&o, "votes"), &votes) == -1 || votes < 0)
		return 1;
	c[C_VOTES] = gp_cell_int(votes);
	if (p->voters > 0) {
		c[C_SHARE] =
		    gp_cell_real(100.0 * (double)votes / (double)p->voters);
		c[C_MARGIN] =
		    gp_cell_real(gp_margin((double)votes, (double)p->voters));
	}
	return 1;
}

/* Behind an answer is its poll; of two alike the number tells. */
static void
where(void *ctx, size_t i, struct gp_frame *f)
{
	struct polls *p = ctx;
	char number[24];

	(void)i;
	gp_frame_where(
	    f, "id", gp_fact_text(gp_json_get(&p->w.rec, "id"), &p->question));
	snprintf(number, sizeof(number), "%zu", p->option);
	gp_frame_where(f, "option", gp_span_of(number));
}

#define T   GP_IN_TABLE
#define ALL (GP_IN_TABLE | GP_IN_CSV | GP_IN_NDJSON)
#define N   (ALL | GP_COL_NUMBER)
static const struct gp_column columns[COLUMNS] = {
	[C_ID] = { "id", { "Идентификатор", "Id" }, (ALL & ~T) | GP_COL_ID, 0 },
	[C_PAGE] = { "page", { "Страница", "Page" }, ALL | GP_COL_ID, 0 },
	[C_AT] = { "at", { "Когда", "When" }, ALL, 0 },
	[C_QUESTION] = { "question", { "Вопрос", "Question" },
	    ALL | GP_COL_GIVES, 0 },
	[C_OPTION] = { "option", { "Ответ", "Answer" }, ALL | GP_COL_GIVES, 0 },
	[C_VOTES] = { "n", { "Голоса", "Votes" }, N, 0 },
	[C_SHARE] = { "share", { "Доля, %", "Share, %" }, N, 1 },
	[C_MARGIN] = { "margin", { "± (95 %), п. п.", "± (95 %), points" }, N,
	    1 },
	[C_VOTERS] = { "voters", { "Проголосовали", "Voters" }, N, 0 },
	[C_QUIZ] = { "quiz", { "Викторина", "Quiz" }, ALL, 0 },
	[C_CORRECT] = { "correct", { "Верный", "Right" }, ALL, 0 },
	[C_CLOSED] = { "closed", { "Завершён", "Closed" }, ALL & ~T, 0 },
};

static const struct gp_table table = { "polls", NULL, { "Опросы", "Polls" },
	{ "за этот период опросов нет", "no polls in this period" }, columns,
	COLUMNS };

static const struct gp_show_term terms[GP_LANGS][2] = {
	[GP_RU] = { { "Доля",
			"Голоса / проголосовавшие × 100; где сеть не говорит, "
			"сколько человек голосовало, — / сумма голосов." },
	    { "±",
		"1,96·√(p·(1−p)/n) × 100: в этих пределах доля случайной "
		"выборки 95 раз из 100. Кто голосует на странице, не "
		"случайная выборка жителей." } },
	[GP_EN] = { { "Share",
			"Votes / voters × 100; where the network does not tell "
			"how many voted, / the sum of votes." },
	    { "±",
		"1.96·√(p·(1−p)/n) × 100: within it the share of a random "
		"sample is 95 times of 100. Who votes on a page is no "
		"random sample of the people." } },
};

static int
show(void *arg, struct gp_show *s)
{
	struct polls p = { .c = arg };
	const struct gp_plain_table t = { .table = &table,
		.row = row,
		.ctx = &p,
		.term = terms[p.c->how.lang],
		.terms = 2,
		.framed = 1,
		.behind = "polls",
		.where = where };
	int r;

	if (gp_shelf_walk(&p.w, &p.c->shelf) == -1)
		return -1;
	gp_buf_init(&p.question, 0);
	gp_buf_init(&p.text, 0);
	r = gp_plain_show(p.c, s, &t);
	gp_show_apart(s, "polls", "no_at", p.undated);
	gp_buf_release(&p.question);
	gp_buf_release(&p.text);
	gp_shelf_done(&p.w);
	return r;
}

static const enum gp_dim no_dims[] = { GP_DIM_ALL };
static const enum gp_measure no_measures[] = { GP_MEASURES };
static const struct gp_counted_plan plan = { .report = "polls",
	.dim = no_dims,
	.measure = no_measures,
	.all_time = 1,
	.shelf = GP_ON_POST | GP_ON_POLL };

static void *
make(const struct gp_report_how *how, struct gp_why *why)
{
	return gp_plain_make(how, &plan, why);
}

const struct gp_report gp_report_polls =
    GP_PLAIN_REPORT("polls", NULL, make, show);
