#include "report/queue.h"

#include <stdlib.h>
#include <string.h>

enum {
	C_WHEN, /* due or age in words */
	C_ID,
	C_NETWORK,
	C_PAGE,
	C_AT,
	C_AGE,
	C_DUE,
	C_OVERDUE,
	C_KIND,
	C_WHAT, /* kind in words */
	C_GROUP,
	C_TOPIC,
	C_TEXT,
	C_URL,
	C_LINK, /* url, or the id where there is none */
	COLUMNS,
};

#define T GP_IN_TABLE
#define C GP_IN_CSV
#define R GP_IN_NDJSON
/* clang-format off */
static const struct gp_column columns[COLUMNS] = {
	{ "when", { "Срок", "Due" }, T, 0 },
	{ "id", { "Идентификатор", "Id" }, C | R | GP_COL_ID, 0 },
	{ "network", { "Сеть", "Network" }, C | R, 0 },
	{ "page", { "Страница", "Page" }, T | C | R | GP_COL_ID | GP_COL_DROPS, 0 },
	{ "at", { "Поступило", "Came" }, C | R, 0 },
	{ "age", { NULL, NULL }, R, 0 },
	{ "due", { "Срок", "Due" }, C | R, 0 },
	{ "overdue", { "Просрочено", "Overdue" }, C | R, 0 },
	{ "kind", { NULL, NULL }, R, 0 },
	{ "what", { "Вид", "Kind" }, T | C, 0 },
	{ "group", { "Тема", "Topic" }, T | C | R | GP_COL_GIVES | GP_COL_LAST, 0 },
	{ "topic", { "Подтема", "Subtopic" }, T | C | R | GP_COL_GIVES | GP_COL_DROPS, 0 },
	{ "text", { "Текст", "Text" }, T | C | R | GP_COL_GIVES, 0 },
	{ "url", { "Ссылка", "Link" }, C | R, 0 },
	{ "link", { "Ссылка", "Link" }, T, 0 },
};
/* clang-format on */

static const struct gp_table table = { "queue", NULL,
	{ "Без ответа", "Unanswered" }, { "нет обращений", "no appeals" },
	columns, COLUMNS };

static const char *const kind_words[GP_LANGS][GP_KINDS] = {
	[GP_RU] = { "жалоба", "вопрос", "предложение", "опасность",
	    "не разобрано" },
	[GP_EN] = { "complaint", "question", "suggestion", "danger",
	    "unsorted" },
};

static int
order(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

/* Danger first; then by due; what has none by age; what has no date last. */
static int
by_due(const void *a, const void *b)
{
	const struct gp_entry *x = *(const struct gp_entry *const *)a;
	const struct gp_entry *y = *(const struct gp_entry *const *)b;
	const struct gp_entry_head *h = &x->head, *k = &y->head;
	int r = (k->kind == GP_DANGER) - (h->kind == GP_DANGER);

	if (r == 0)
		r = k->has_due - h->has_due;
	if (r == 0 && h->has_due)
		r = order(h->due, k->due);
	if (r == 0)
		r = k->dated - h->dated;
	if (r == 0)
		r = order(h->at, k->at);
	return r != 0 ? r : (x > y) - (x < y); /* as they came */
}

/* "35 мин", "5 ч", "3 д": one unit is enough to choose by. */
static void
put_span(struct gp_buf *b, int64_t seconds, enum gp_lang lang)
{
	static const char *const unit[GP_LANGS][3] = {
		[GP_RU] = { "мин", "ч", "д" },
		[GP_EN] = { "min", "h", "d" },
	};

	if (seconds < 0)
		seconds = 0;
	if (seconds < 3600)
		gp_buf_addf(b, "%d %s", (int)(seconds / 60), unit[lang][0]);
	else if (seconds < 48 * 3600)
		gp_buf_addf(b, "%d %s", (int)(seconds / 3600), unit[lang][1]);
	else
		gp_buf_addf(
		    b, "%lld %s", (long long)seconds / 86400, unit[lang][2]);
}

static void
put_when(
    struct gp_buf *b, const struct gp_queue *q, const struct gp_entry_head *h)
{
	static const char *const words[GP_LANGS][3] = {
		[GP_RU] = { "просрочено ", "через ", "ждёт " },
		[GP_EN] = { "late ", "in ", "waits " },
	};
	const char *const *w = words[q->how.lang];
	gp_instant now = q->how.now;

	if (h->has_due) {
		gp_buf_adds(b, h->due < now ? w[0] : w[1]);
		put_span(
		    b, h->due < now ? now - h->due : h->due - now, q->how.lang);
	} else if (h->dated) {
		gp_buf_adds(b, w[2]);
		put_span(b, now - h->at, q->how.lang);
	}
}

static struct gp_cell
text_of(const struct gp_entry *e, enum gp_entry_text which)
{
	const char *p = e->text;
	int i;

	for (i = 0; i < (int)which; i++)
		p += e->head.len[i];
	return gp_cell_text((struct gp_span){
	    e->head.len[which] > 0 ? p : NULL, e->head.len[which] });
}

static void
show_one(const struct gp_queue *q, const struct gp_entry *e,
    struct gp_buf *when, struct gp_show *show)
{
	const struct gp_entry_head *h = &e->head;
	struct gp_cell c[COLUMNS] = {
		[C_ID] = text_of(e, GP_ENTRY_ID),
		[C_NETWORK] = text_of(e, GP_ENTRY_NETWORK),
		[C_PAGE] = text_of(e, GP_ENTRY_PAGE),
		[C_KIND] = gp_cell_str(gp_kind_name(h->kind)),
		[C_WHAT] = gp_cell_str(kind_words[q->how.lang][h->kind]),
		[C_GROUP] = text_of(e, GP_ENTRY_GROUP),
		[C_TOPIC] = text_of(e, GP_ENTRY_TOPIC),
		[C_TEXT] = text_of(e, GP_ENTRY_TEXT),
		[C_URL] = text_of(e, GP_ENTRY_URL),
	};

	gp_buf_reset(when);
	put_when(when, q, h);
	c[C_WHEN] = gp_cell_str(gp_buf_str(when));
	c[C_LINK] = c[C_URL].type != GP_CELL_NONE ? c[C_URL] : c[C_ID];
	if (h->dated) {
		c[C_AT] = gp_cell_instant(h->at);
		c[C_AGE] = gp_cell_int(q->how.now - h->at);
	}
	if (h->has_due) {
		c[C_DUE] = gp_cell_instant(h->due);
		c[C_OVERDUE] = gp_cell_bool(h->due < q->how.now);
	}
	gp_show_row(show, c);
}

static size_t
sorted(const struct gp_queue *q, const struct gp_entry **list)
{
	size_t i, n = 0;

	for (i = 0; i < q->n; i++)
		if (q->entry[i].text != NULL)
			list[n++] = &q->entry[i];
	qsort(list, n, sizeof(*list), by_due);
	if (q->how.limit > 0 && (size_t)q->how.limit < n)
		n = (size_t)q->how.limit;
	return n;
}

int
gp_queue_show(void *arg, struct gp_show *show)
{
	const struct gp_queue *q = arg;
	const struct gp_entry **list = calloc(q->n + 1, sizeof(*list));
	struct gp_buf when;
	size_t i, n;

	if (list == NULL)
		return -1;
	n = sorted(q, list);
	gp_buf_init(&when, 0);
	gp_show_begin(show, &table);
	for (i = 0; i < n && !show->bad; i++)
		show_one(q, list[i], &when, show);
	gp_show_end(show);
	gp_buf_release(&when);
	free(list);
	return show->bad ? -1 : 0;
}
