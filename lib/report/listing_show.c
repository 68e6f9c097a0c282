#include <stdlib.h>
#include <string.h>

#include "report/listing.h"

enum {
	C_ID,
	C_NETWORK,
	C_PAGE,
	C_AT,
	C_DUE,
	C_LATE,
	C_LATE_DAYS,
	C_FIRST,
	C_TOOK,
	C_TOOK_HOURS,
	C_FINAL,
	C_PROMISED,
	C_STATES,
	C_STATE_WORD,
	C_KIND,
	C_WHAT,
	C_GROUP,
	C_TOPIC,
	C_ASSIGNEE,
	C_CENTRE,
	C_CALENDAR,
	C_TEXT,
	C_URL,
	COLUMNS,
};

#define T GP_IN_TABLE
#define C GP_IN_CSV
#define R GP_IN_NDJSON
#define N GP_COL_NUMBER
/* clang-format off */
static const struct gp_column columns[COLUMNS] = {
	[C_ID] = { "id", { "Идентификатор", "Id" }, C | R | GP_COL_ID, 0 },
	[C_NETWORK] = { "network", { "Сеть", "Network" }, C | R, 0 },
	[C_PAGE] = { "page", { "Страница", "Page" }, T | C | R | GP_COL_ID | GP_COL_DROPS, 0 },
	[C_AT] = { "at", { "Поступило", "Came" }, T | C | R, 0 },
	[C_DUE] = { "due", { "Срок", "Due" }, T | C | R, 0 },
	[C_LATE] = { "late", { NULL, NULL }, R, 0 },
	[C_LATE_DAYS] = { "late", { "Опоздание, дн.", "Late, d" }, T | C | N, 1 },
	[C_FIRST] = { "first", { "Первый ответ", "First answer" }, C | R, 0 },
	[C_TOOK] = { "took", { NULL, NULL }, R, 0 },
	[C_TOOK_HOURS] = { "took", { "Ответ через, ч", "Answered in, h" }, T | C | N, 1 },
	[C_FINAL] = { "final", { "Окончательный ответ", "Final answer" }, C | R, 0 },
	[C_PROMISED] = { "promised", { "Обещано к", "Promised by" }, T | C | R, 0 },
	[C_STATES] = { "states", { "Состояния", "States" }, R, 0 },
	[C_STATE_WORD] = { "state", { "Состояние", "State" }, T | C | GP_COL_DROPS, 0 },
	[C_KIND] = { "kind", { NULL, NULL }, R, 0 },
	[C_WHAT] = { "what", { "Вид", "Kind" }, T | C, 0 },
	[C_GROUP] = { "group", { "Тема", "Topic group" }, T | C | R | GP_COL_GIVES | GP_COL_LAST, 0 },
	[C_TOPIC] = { "topic", { "Подтема", "Topic" }, T | C | R | GP_COL_GIVES | GP_COL_DROPS, 0 },
	[C_ASSIGNEE] = { "assignee", { "Исполнитель", "Assignee" }, T | C | R | GP_COL_GIVES | GP_COL_DROPS, 0 },
	[C_CENTRE] = { "centre", { "Центр", "Centre" }, C | R, 0 },
	[C_CALENDAR] = { "calendar", { NULL, NULL }, R, 0 },
	[C_TEXT] = { "text", { "Текст", "Text" }, T | C | R | GP_COL_GIVES, 0 },
	[C_URL] = { "url", { "Ссылка", "Link" }, T | C | R, 0 },
};
/* clang-format on */

/* What an appeal is like, in a word: the one that asks for most. */
static const struct {
	enum gp_state state;
	const char *word[GP_LANGS];
} state_words[] = {
	{ GP_S_OVERDUE, { "просрочено", "overdue" } },
	{ GP_S_BROKEN, { "обещание нарушено", "promise broken" } },
	{ GP_S_WAITING, { "обещано", "promised" } },
	{ GP_S_INTERIM, { "промежуточный ответ", "interim answer" } },
	{ GP_S_OPEN, { "без ответа", "open" } },
	{ GP_S_LATE, { "отвечено с опозданием", "answered late" } },
	{ GP_S_ANSWERED, { "отвечено", "answered" } },
};

static const char *const kind_words[GP_LANGS][GP_KINDS] = {
	[GP_RU] = { "жалоба", "вопрос", "предложение", "опасность",
	    "не разобрано" },
	[GP_EN] = { "complaint", "question", "suggestion", "danger",
	    "unsorted" },
};

static uint32_t
key_of(const struct gp_case *c, enum gp_listed_order order)
{
	if (order == GP_LISTED_BY_DUE)
		return gp_case_due(c);
	return order == GP_LISTED_BY_PROMISED ? c->promised : c->at;
}

static int
compare(const void *a, const void *b, void *arg)
{
	const struct gp_listed *x = a, *y = b;
	const enum gp_listed_order *order = arg;
	uint32_t k = key_of(x->c, *order), l = key_of(y->c, *order);
	struct gp_span s, t;
	int r;

	if (k != l)
		return k < l ? -1 : 1;
	s = gp_case_text(x->text, GP_TEXT_ID);
	t = gp_case_text(y->text, GP_TEXT_ID);
	r = memcmp(s.p, t.p, s.n < t.n ? s.n : t.n);
	return r != 0 ? r : (s.n > t.n) - (s.n < t.n);
}

static struct gp_cell
instant(uint32_t t)
{
	struct gp_cell none = { .type = GP_CELL_NONE };

	return t > 1 ? gp_cell_instant(t)
		     : none; /* 1: given, nobody knows when */
}

static void
times(const struct gp_case *c, unsigned states, gp_instant cut,
    struct gp_cell *to)
{
	uint32_t first = gp_case_first(c, cut), due = gp_case_due(c);
	int64_t late = due == 0 ? 0 : (first != 0 ? first : cut) - due;

	to[C_AT] = instant(c->at);
	to[C_DUE] = instant(due);
	to[C_FIRST] = instant(first);
	to[C_PROMISED] = instant(c->promised);
	if ((gp_instant)c->final <= cut)
		to[C_FINAL] = instant(c->final);
	if (states & (1u << GP_S_OVERDUE | 1u << GP_S_LATE)) {
		to[C_LATE] = gp_cell_int(late);
		to[C_LATE_DAYS] = gp_cell_real((double)late / 86400);
	}
	if (states & 1u << GP_S_TIMED) {
		int64_t took = first > c->at ? first - c->at : 0;

		to[C_TOOK] = gp_cell_int(took);
		to[C_TOOK_HOURS] = gp_cell_real((double)took / 3600);
	}
}

static void
put_row(const struct gp_listing *l, const struct gp_listed *x,
    struct gp_buf *words, struct gp_show *show)
{
	const struct gp_ledger *g = &l->counted.ledger;
	enum gp_lang lang = l->counted.how.lang;
	unsigned states = gp_case_states(x->c, l->counted.how.now);
	struct gp_cell c[COLUMNS] = {
		[C_ID] = gp_cell_text(gp_case_text(x->text, GP_TEXT_ID)),
		[C_NETWORK] = gp_ledger_name(g, x->c, GP_DIM_NETWORK),
		[C_PAGE] = gp_ledger_name(g, x->c, GP_DIM_PAGE),
		[C_KIND] =
		    gp_cell_str(gp_kind_name((enum gp_appeal_kind)x->c->kind)),
		[C_WHAT] = gp_cell_str(kind_words[lang][x->c->kind]),
		[C_GROUP] = gp_ledger_name(g, x->c, GP_DIM_GROUP),
		[C_TOPIC] = gp_ledger_name(g, x->c, GP_DIM_TOPIC),
		[C_ASSIGNEE] = gp_ledger_name(g, x->c, GP_DIM_ASSIGNEE),
		[C_CENTRE] = gp_ledger_name(g, x->c, GP_DIM_CENTRE),
		[C_CALENDAR] = gp_ledger_name(g, x->c, GP_DIM_CALENDAR),
		[C_TEXT] = gp_cell_text(gp_case_text(x->text, GP_TEXT_TEXT)),
		[C_URL] = gp_cell_text(gp_case_text(x->text, GP_TEXT_URL)),
	};
	size_t i;
	int s;

	gp_buf_reset(words);
	for (s = 0; s < GP_STATES; s++)
		if (states >> s & 1)
			gp_buf_add(words, gp_state_name((enum gp_state)s),
			    strlen(gp_state_name((enum gp_state)s)) + 1);
	c[C_STATES] = gp_cell_words(gp_buf_span(words));
	for (i = 0; !(states >> state_words[i].state & 1);)
		i++;
	c[C_STATE_WORD] = gp_cell_str(state_words[i].word[lang]);
	times(x->c, states, l->counted.how.now, c);
	gp_show_row(show, c);
}

static void
hide(unsigned bits, struct gp_column *col)
{
	memcpy(col, columns, sizeof(columns));
	if (bits & GP_LISTED_TOOK)
		col[C_TOOK_HOURS].flags &= ~T;
	if (bits & GP_LISTED_LATE)
		col[C_LATE_DAYS].flags &= ~T;
	if (bits & GP_LISTED_PROMISED)
		col[C_PROMISED].flags &= ~T;
}

static void
put_list(struct gp_listing *l, struct gp_show *show)
{
	const struct gp_listing_plan *plan = l->plan;
	struct gp_column col[COLUMNS];
	const struct gp_table table = { plan->report, NULL,
		{ plan->title[GP_RU], plan->title[GP_EN] },
		{ plan->empty[GP_RU], plan->empty[GP_EN] }, col, COLUMNS };
	enum gp_listed_order order = plan->order;
	struct gp_about about = { .note = NULL };
	struct gp_frame frame;
	struct gp_buf words;
	size_t i, n = l->n;

	hide(plan->hides, col);
	if (l->n > 0)
		qsort_r(l->list, l->n, sizeof(*l->list), compare, &order);
	if (l->counted.how.limit > 0 && (size_t)l->counted.how.limit < n)
		n = (size_t)l->counted.how.limit;
	gp_buf_init(&words, 0);
	gp_frame_init(&frame, &l->counted.how, &l->counted.period);
	gp_frame_calendar(&frame, &l->counted.rows, &l->counted.ledger);
	about.note = gp_frame_note(&frame);
	gp_show_about(show, &about);
	gp_show_begin(show, &table);
	for (i = 0; i < n && !show->bad; i++)
		put_row(l, &l->list[i], &words, show);
	gp_show_end(show);
	gp_show_apart(show, plan->report, "no_at", l->counted.rows.undated);
	gp_frame_release(&frame);
	gp_buf_release(&words);
}

int
gp_listing_show(void *arg, struct gp_show *show)
{
	struct gp_listing *l = arg;
	const char *only = l->counted.how.table;
	int sum = l->plan->sum.table != NULL;
	int r = 0;

	l->counted.how.table = NULL;
	if (only == NULL || strcmp(only, "list") == 0)
		put_list(l, show);
	if (sum &&
	    (only != NULL ? strcmp(only, "sum") == 0
			  : !show->how.format->single))
		r = gp_counted_show(&l->counted, show);
	l->counted.how.table = only;
	return r != 0 || show->bad ? -1 : 0;
}
