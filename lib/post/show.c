#include "post/show.h"

#include <string.h>

#include "base/utf8.h"
#include "json/write.h"

#define EVERYWHERE (GP_IN_TABLE | GP_IN_CSV | GP_IN_NDJSON)

static const char *const level[2] = { "warning", "error" };

/* "plan.yaml:17" */
static struct gp_span
place(struct gp_pool *pool, const struct gp_plan_finding *v)
{
	return gp_pool_fmt(pool, "%s:%u", v->file, v->line);
}

static void
record(struct gp_buf *b, const struct gp_plan_check *c,
    const struct gp_plan_finding *v, struct gp_pool *pool)
{
	char at[GP_INSTANT_LEN];
	struct gp_jw w;

	gp_jw_init(&w, b);
	gp_jw_open(&w, '{');
	gp_jw_kstr(&w, "type", "finding");
	gp_jw_kstr(&w, "at", gp_instant_utc(c->now, at));
	gp_jw_kstr(&w, "level", level[v->error]);
	gp_jw_kstr(&w, "rule", v->rule);
	gp_jw_kstr(&w, "of", v->of);
	gp_jw_ktext(&w, "on", place(pool, v));
	gp_jw_kstr(&w, "message", v->message);
	gp_jw_close(&w, '}');
	gp_buf_addc(b, '\n');
}

static void
row(struct gp_show *s, const struct gp_plan_finding *v, struct gp_pool *pool)
{
	static const char *const words[GP_LANGS][2] = {
		{ "замечание", "ошибка" }, { "warning", "error" }
	};
	struct gp_cell cell[] = {
		gp_cell_str(words[s->how.lang][v->error]),
		gp_cell_text(place(pool, v)),
		gp_cell_str(v->of),
		gp_cell_str(v->rule),
		gp_cell_str(v->message),
	};

	gp_show_row(s, cell);
}

static void
each(const struct gp_plan_check *c, struct gp_show *s, struct gp_buf *b)
{
	struct gp_pool pool;
	int error;
	size_t i;

	gp_pool_init(&pool);
	for (error = 1; error >= 0; error--)
		for (i = 0; i < c->n; i++) {
			if (c->v[i].error != error)
				continue;
			if (s != NULL)
				row(s, &c->v[i], &pool);
			else
				record(b, c, &c->v[i], &pool);
		}
	gp_pool_release(&pool);
}

void
gp_post_findings(struct gp_buf *b, const struct gp_plan_check *c,
    const struct gp_show_how *how)
{
	static const struct gp_column cols[] = {
		{ "level", { "Что", "Level" }, EVERYWHERE, 0 },
		{ "on", { "Место", "Place" }, EVERYWHERE | GP_COL_ID, 0 },
		{ "of", { "Запись", "Post" }, EVERYWHERE | GP_COL_ID, 0 },
		{ "rule", { "Правило", "Rule" },
		    EVERYWHERE | GP_COL_ID | GP_COL_LAST, 0 },
		{ "message", { "Подробности", "What" },
		    EVERYWHERE | GP_COL_GIVES, 0 },
	};
	static const struct gp_table table = { "plan", NULL, { NULL, NULL },
		{ "Замечаний нет.", "Nothing is wrong." }, cols,
		sizeof(cols) / sizeof(cols[0]) };
	struct gp_show s;

	if (strcmp(how->format->name, "ndjson") == 0) {
		each(c, NULL, b);
		return;
	}
	gp_show_init(&s, how);
	gp_show_begin(&s, &table);
	each(c, &s, b);
	gp_show_end(&s);
	gp_show_release(&s);
}

/* -- what would be done ---------------------------------------------------- */

static const char *
what(const struct gp_todo *t, enum gp_lang lang)
{
	static const char *const words[][GP_LANGS] = {
		[GP_DUE_NOT] = { "ждёт срока", "waits" },
		[GP_DUE_NOW] = { "выйдет сейчас", "goes now" },
		[GP_DUE_AHEAD] = { "уйдёт в отложенные", "is scheduled" },
		[GP_DUE_LATE] = { "опоздало", "is late" },
		[GP_DUE_OUT] = { "вышло", "is out" },
		[GP_DUE_CHANGED] = { "вышло с другим текстом",
		    "is out with another text" },
		[GP_DUE_DOUBT] = { "неизвестно, вышло ли",
		    "nobody knows whether it is out" },
	};

	return words[t->due][lang];
}

void
gp_post_diff_begin(struct gp_show *s, const struct gp_show_how *how)
{
	static const struct gp_column cols[] = {
		{ "at", { "Когда", "When" }, EVERYWHERE, 0 },
		{ "key", { "Ключ", "Key" }, EVERYWHERE | GP_COL_ID, 0 },
		{ "action", { "Действие", "Act" }, EVERYWHERE, 0 },
		{ "due", { "Состояние", "State" }, EVERYWHERE, 0 },
		{ "network", { "Сеть", "Network" }, EVERYWHERE | GP_COL_DROPS,
		    0 },
		{ "result", { "Запись в сети", "There" },
		    EVERYWHERE | GP_COL_ID | GP_COL_DROPS, 0 },
		{ "text", { "Текст", "Text" }, EVERYWHERE | GP_COL_GIVES, 0 },
	};
	static const struct gp_table table = { "plan", NULL, { NULL, NULL },
		{ "Плана нет.", "There is no plan." }, cols,
		sizeof(cols) / sizeof(cols[0]) };

	gp_show_init(s, how);
	gp_show_begin(s, &table);
}

/* In records the word is fixed, for programs. */
static const char *const fixed[] = { "waits", "now", "ahead", "late", "out",
	"changed", "unknown" };

/* People need its start alone. */
static struct gp_span
text_of(const struct gp_plan_post *post, const struct gp_todo *t, int people)
{
	struct gp_span text = t->said.text;

	if (text.n == 0 && t->poll)
		text = gp_span_of(post->poll->question);
	return people ? gp_utf8_fit(text, 60) : text;
}

void
gp_post_diff(
    struct gp_show *s, const struct gp_plan_post *post, const struct gp_todo *t)
{
	int people = strcmp(s->how.format->name, "table") == 0;
	struct gp_span text = text_of(post, t, people);
	struct gp_cell cell[] = {
		t->at != 0 ? gp_cell_instant(t->at)
			   : (struct gp_cell){ .type = GP_CELL_NONE },
		gp_cell_str(t->key),
		gp_cell_str(gp_todo_action(t)),
		gp_cell_str(people ? what(t, s->how.lang) : fixed[t->due]),
		gp_cell_str(post->net->name),
		*t->result != '\0' ? gp_cell_str(t->result)
				   : gp_cell_str(t->to),
		text.n > 0 ? gp_cell_text(text) : gp_cell_str(NULL),
	};

	gp_show_row(s, cell);
}
