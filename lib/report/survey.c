/*
 * Answers of people to a survey: records of type "response", whose member
 * `answers` is an object of questions, each with an answer or a list of them.
 * With --across each answer is told apart by those to one of the questions.
 */
#include <stdlib.h>
#include <string.h>

#include "report/hash.h"
#include "report/plain.h"
#include "report/reports.h"

enum {
	C_QUESTION,
	C_ANSWER,
	C_ACROSS,
	C_PIECE,
	C_N,
	C_OF,
	C_SHARE,
	C_MARGIN,
	COLUMNS,
};

struct tally {
	char *question, *answer, *across; /* answer NULL: who answered at all */
	uint64_t asked;                   /* key of that one */
	size_t piece;
	uint64_t n;
	int64_t order; /* of the question, as they came */
};

struct survey {
	struct gp_counted *c;
	struct gp_keymap map, questions;
	struct tally *v;
	size_t cap;
	struct tally **list; /* those with an answer, sorted */
	size_t n;
	uint64_t undated;
	size_t piece; /* of the response at hand */
	struct gp_buf range;
	int bad;
};

static char *
dup(struct gp_span s)
{
	return s.p != NULL ? gp_span_dup(s) : NULL;
}

static uint64_t
key_of(struct gp_span q, struct gp_span a, struct gp_span x, size_t piece)
{
	return gp_hash(q) ^ gp_hash(a) * 3 ^ (uint64_t)piece << 50 ^
	    (x.p != NULL ? gp_hash(x) * 7 : 0) ^ (uint64_t)(a.p != NULL) << 63;
}

static void
count(struct survey *s, struct gp_span q, struct gp_span a, struct gp_span x)
{
	const struct gp_span none = { NULL, 0 };
	size_t known = s->map.n;
	struct tally *v = gp_grown(s->v, s->map.n, &s->cap, sizeof(*v));
	int64_t k;

	if (v != NULL)
		s->v = v;
	k = v != NULL ? gp_keymap_put(&s->map, key_of(q, a, x, s->piece)) : -1;
	if (k == -1) {
		s->bad = 1;
		return;
	}
	v = &s->v[k];
	if (s->map.n > known)
		*v = (struct tally){ dup(q), dup(a), dup(x),
			key_of(q, none, x, s->piece), s->piece, 0,
			gp_keymap_put(&s->questions, gp_hash(q)) };
	v->n++;
}

/* A text, or a number or truth as it is written. */
static struct gp_span
word_of(struct gp_json v, struct gp_buf *b)
{
	if (v.type == GP_JSON_STRING)
		return gp_fact_text(v, b);
	if (v.type == GP_JSON_NUMBER || v.type == GP_JSON_BOOL)
		return v.text;
	return (struct gp_span){ NULL, 0 };
}

/* Who ticks the same twice has answered so once. */
static int
again(const struct gp_json_obj *list, size_t i)
{
	size_t k;

	for (k = 0; k < i; k++)
		if (gp_span_eq(list->m[k].value.text, list->m[i].value.text))
			return 1;
	return 0;
}

static void
question(struct survey *s, struct gp_shelf_walk *w, struct gp_span q,
    struct gp_json v, struct gp_span x, struct gp_buf *b)
{
	const struct gp_span none = { NULL, 0 };
	struct gp_json_obj list;
	size_t i, known = 0;
	struct gp_span a;

	if (v.type == GP_JSON_ARRAY &&
	    gp_json_enter(w->reader, v, &list) == 0) {
		for (i = 0; i < list.n; i++) {
			a = word_of(list.m[i].value, b);
			if (a.n == 0 || again(&list, i))
				continue;
			known++;
			count(s, q, a, x);
		}
	} else {
		a = word_of(v, b);
		known = a.n > 0;
		if (known)
			count(s, q, a, x);
	}
	if (known > 0)
		count(s, q, none, x);
}

/* A key as text: it stands between its quotes. */
static struct gp_span
key_text(struct gp_span key, struct gp_buf *b)
{
	struct gp_json v = { .type = GP_JSON_STRING,
		.text = { key.p - 1, key.n + 2 } };

	return gp_fact_text(v, b);
}

static int
in_period(struct survey *s, const struct gp_json_obj *rec)
{
	struct gp_span at = gp_json_bare(gp_json_get(rec, "at"));
	gp_instant t;
	int piece;

	if (s->c->period.open)
		return 1;
	if (at.p == NULL || gp_instant_parse(at, &t) == -1) {
		s->undated++;
		return 0;
	}
	piece = gp_period_of(&s->c->period, t);
	s->piece = piece != -1 ? (size_t)piece : 0;
	return piece != -1;
}

static void
take(struct survey *s, struct gp_shelf_walk *w, struct gp_buf b[3])
{
	struct gp_span x = { NULL, 0 }, q;
	struct gp_json_obj o;
	size_t i;

	if (!in_period(s, &w->rec) ||
	    gp_json_enter(w->reader, gp_json_get(&w->rec, "answers"), &o) == -1)
		return;
	for (i = 0; s->c->how.across != NULL && i < o.n; i++)
		if (gp_span_is(key_text(o.m[i].key, &b[0]), s->c->how.across))
			x = word_of(o.m[i].value, &b[1]);
	if (s->c->how.across != NULL && x.n == 0)
		x = gp_span_of("—");
	for (i = 0; i < o.n; i++) {
		q = key_text(o.m[i].key, &b[0]);
		if (s->c->how.across == NULL ||
		    !gp_span_is(q, s->c->how.across))
			question(s, w, q, o.m[i].value, x, &b[2]);
	}
}

static int
by_question(const void *a, const void *b)
{
	const struct tally *x = *(struct tally *const *)a;
	const struct tally *y = *(struct tally *const *)b;
	int r = (x->order > y->order) - (x->order < y->order);

	if (r == 0 && x->across != NULL && y->across != NULL)
		r = strcmp(x->across, y->across);
	if (r == 0)
		r = (x->piece > y->piece) - (x->piece < y->piece);
	if (r == 0 && x->n != y->n)
		return x->n < y->n ? 1 : -1;
	return r != 0 ? r : strcmp(x->answer, y->answer);
}

static int
row(void *ctx, size_t i, struct gp_cell *c, size_t *piece)
{
	struct survey *s = ctx;
	const struct tally *t;
	int64_t k;
	double of;

	if (i >= s->n)
		return 0;
	t = s->list[i];
	*piece = t->piece;
	gp_buf_reset(&s->range);
	gp_range_print(&s->range, s->c->period.piece[t->piece]);
	c[C_PIECE] = gp_cell_str(gp_buf_str(&s->range));
	k = gp_keymap_find(&s->map, t->asked);
	of = k != -1 ? (double)s->v[k].n : 0;
	c[C_QUESTION] = gp_cell_str(t->question);
	c[C_ANSWER] = gp_cell_str(t->answer);
	c[C_ACROSS] = gp_cell_str(t->across);
	c[C_N] = gp_cell_int((int64_t)t->n);
	c[C_OF] = gp_cell_int((int64_t)of);
	if (of > 0) {
		c[C_SHARE] = gp_cell_real(100.0 * (double)t->n / of);
		c[C_MARGIN] = gp_cell_real(gp_margin((double)t->n, of));
	}
	return 1;
}

static void
where(void *ctx, size_t i, struct gp_frame *f)
{
	const struct survey *s = ctx;
	const struct tally *t = s->list[i];

	if (s->c->how.across != NULL) {
		gp_frame_option(f, "--across", s->c->how.across);
		gp_frame_where(f, "among", gp_span_of(t->across));
	}
	gp_frame_where(f, "question", gp_span_of(t->question));
	gp_frame_where(f, "answer", gp_span_of(t->answer));
}

#define ALL (GP_IN_TABLE | GP_IN_CSV | GP_IN_NDJSON)
#define N   (ALL | GP_COL_NUMBER)
static const struct gp_column columns[COLUMNS] = {
	[C_QUESTION] = { "question", { "Вопрос", "Question" },
	    ALL | GP_COL_GIVES, 0 },
	[C_ANSWER] = { "answer", { "Ответ", "Answer" }, ALL | GP_COL_GIVES, 0 },
	[C_ACROSS] = { "across", { "Среди", "Among" }, ALL | GP_COL_GIVES, 0 },
	[C_PIECE] = { "piece", { "Период", "Period" }, GP_IN_TABLE | GP_IN_CSV,
	    0 },
	[C_N] = { "n", { "Ответили так", "Answered so" }, N, 0 },
	[C_OF] = { "asked", { "Ответили на вопрос", "Answered at all" }, N, 0 },
	[C_SHARE] = { "share", { "Доля, %", "Share, %" }, N, 1 },
	[C_MARGIN] = { "margin", { "± (95 %), п. п.", "± (95 %), points" }, N,
	    1 },
};

static const struct gp_show_term terms[GP_LANGS][1] = {
	[GP_RU] = { { "Доля, ±",
	    "Ответили так / ответили на этот вопрос (среди названных) × 100; "
	    "где можно выбрать несколько ответов, доли в сумме больше 100. "
	    "± — 1,96·√(p·(1−p)/n) × 100, как для случайной выборки." } },
	[GP_EN] = { { "Share, ±",
	    "Answered so / answered this question (among those named) × 100; "
	    "where several answers may be given the shares sum to more than "
	    "100. ± is 1.96·√(p·(1−p)/n) × 100, as of a random sample." } },
};

static int
sorted(struct survey *s)
{
	size_t i;

	s->list = calloc(s->map.n + 1, sizeof(struct tally *));
	if (s->list == NULL)
		return -1;
	for (i = 0; i < s->map.n; i++)
		if (s->v[i].answer != NULL)
			s->list[s->n++] = &s->v[i];
	qsort(s->list, s->n, sizeof(struct tally *), by_question);
	return 0;
}

static int
show(void *arg, struct gp_show *show)
{
	struct survey s = { .c = arg };
	struct gp_column col[COLUMNS];
	const struct gp_table table = { "survey", NULL,
		{ "Ответы на анкету", "Answers to the survey" },
		{ "ответов нет", "no answers" }, col, COLUMNS };
	const struct gp_plain_table t = { &table, row, &s, terms[s.c->how.lang],
		1, NULL, NULL, 1, "survey", where };
	struct gp_shelf_walk w;
	struct gp_buf b[3];
	size_t i;
	int r;

	if (gp_shelf_walk(&w, &s.c->shelf) == -1)
		return -1;
	for (i = 0; i < 3; i++)
		gp_buf_init(&b[i], 0);
	gp_buf_init(&s.range, 0);
	while (gp_shelf_next(&w) && !s.bad)
		take(&s, &w, b);
	memcpy(col, columns, sizeof(columns));
	if (s.c->how.across == NULL)
		col[C_ACROSS].flags = 0;
	if (s.c->how.by == GP_BY_ALL)
		col[C_PIECE].flags = 0;
	r = s.bad || sorted(&s) == -1 ? -1 : gp_plain_show(s.c, show, &t);
	gp_show_apart(show, "survey", "no_at", s.undated);
	for (i = 0; i < s.map.n; i++) {
		free(s.v[i].question);
		free(s.v[i].answer);
		free(s.v[i].across);
	}
	free(s.v);
	free(s.list);
	gp_keymap_release(&s.map);
	gp_keymap_release(&s.questions);
	gp_buf_release(&s.range);
	for (i = 0; i < 3; i++)
		gp_buf_release(&b[i]);
	gp_shelf_done(&w);
	return r;
}

static const enum gp_dim no_dims[] = { GP_DIM_ALL };
static const enum gp_measure no_measures[] = { GP_MEASURES };
static const struct gp_counted_plan plan = { .report = "survey",
	.dim = no_dims,
	.measure = no_measures,
	.all_time = 1,
	.shelf = GP_ON_RESPONSE };

static void *
make(const struct gp_report_how *how, struct gp_why *why)
{
	return gp_plain_make(how, &plan, why);
}

const struct gp_report gp_report_survey =
    GP_PLAIN_REPORT("survey", NULL, make, show);
