/* A plan as a table: a row is an entry. */
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "plan/plan.h"
#include "plan/table.h"

/* What a column is about; each has the name people give it in Russian. */
enum what {
	ID,
	AT,
	DATE,
	TIME,
	PAGES,
	TEXT,
	LINK,
	TAGS,
	FILES,
	ALT,
	QUESTION,
	OPTIONS,
	CORRECT,
	EXPLANATION,
	MULTIPLE,
	CLOSE,
	DELETE,
	WHATS
};

static const char *const names[WHATS][2] = {
	[ID] = { "id", "код" },
	[AT] = { "at", "когда" },
	[DATE] = { "date", "дата" },
	[TIME] = { "time", "время" },
	[PAGES] = { "pages", "страницы" },
	[TEXT] = { "text", "текст" },
	[LINK] = { "link", "ссылка" },
	[TAGS] = { "tags", "теги" },
	[FILES] = { "files", "файлы" },
	[ALT] = { "alt", "описания" },
	[QUESTION] = { "question", "вопрос" },
	[OPTIONS] = { "options", "варианты" },
	[CORRECT] = { "correct", "верный" },
	[EXPLANATION] = { "explanation", "пояснение" },
	[MULTIPLE] = { "multiple", "несколько" },
	[CLOSE] = { "close", "закрыть" },
	[DELETE] = { "delete", "удалить" },
};

struct column {
	enum what what;
	const char *of; /* page or network of "text:vk"; NULL: of all */
};

struct reading {
	struct gp_plan *plan;
	struct column col[GP_TABLE_CELLS];
	size_t cols;
	size_t cap;
	const char *value[WHATS];
};

static int
column(struct reading *rd, const char *title, struct gp_why *why)
{
	const char *colon = strchr(title, ':');
	size_t n = colon != NULL ? (size_t)(colon - title) : strlen(title);
	struct column *c = &rd->col[rd->cols];
	size_t i, k;

	for (i = 0; i < WHATS; i++)
		for (k = 0; k < 2; k++)
			if (strlen(names[i][k]) == n &&
			    strncmp(title, names[i][k], n) == 0)
				c->what = (enum what)i, n = SIZE_MAX;
	if (n != SIZE_MAX)
		return gp_because(why, "no such column: '%s'", title);
	if (colon != NULL && c->what != TEXT && c->what != AT &&
	    c->what != FILES && c->what != TAGS && c->what != LINK)
		return gp_because(
		    why, "'%s' cannot differ from page to page", title);
	c->of = colon != NULL ? colon + 1 : NULL;
	for (i = 0; i < rd->cols; i++)
		if (rd->col[i].what == c->what &&
		    (c->of == NULL) == (rd->col[i].of == NULL) &&
		    (c->of == NULL || strcmp(c->of, rd->col[i].of) == 0))
			return gp_because(
			    why, "the column '%s' stands twice", title);
	rd->cols++;
	return 0;
}

static int
head(struct reading *rd, const struct gp_table_row *row, struct gp_why *why)
{
	size_t i;

	for (i = 0; i < row->n; i++)
		if (row->cell[i][0] == '\0')
			return gp_because(why, "column %zu has no name", i + 1);
		else if (column(rd, row->cell[i], why) == -1)
			return -1;
	return 0;
}

/* The parts of a cell between any of `signs`, white space around them cut. */
static struct gp_yaml_list
parts(struct gp_pool *pool, const char *cell, const char *signs)
{
	struct gp_yaml_list l = { NULL, 0 };
	const char **v = gp_pool_alloc(pool, (strlen(cell) + 1) * sizeof(*v));
	const char *p, *e;
	size_t n;

	for (p = cell; v != NULL && *p != '\0'; p += n + (p[n] != '\0')) {
		n = strcspn(p, signs);
		for (e = p + n; p < e && strchr(" \t\r", *p) != NULL; p++)
			n--;
		for (; e > p && strchr(" \t\r", e[-1]) != NULL; e--)
			;
		if (e > p)
			v[l.n++] = gp_pool_copy(
			    pool, (struct gp_span){ p, (size_t)(e - p) })
				       .p;
	}
	l.v = v;
	return l;
}

static struct gp_plan_files
files(struct gp_pool *pool, const char *cell, const char *alt)
{
	struct gp_yaml_list name = parts(pool, cell, "|\n");
	struct gp_yaml_list of = parts(pool, alt != NULL ? alt : "", "|\n");
	const char *const *word = name.v, *const *about = of.v;
	struct gp_plan_files f = { NULL, 0, 1 };

	f.v = gp_pool_alloc(pool, (name.n + 1) * sizeof(*f.v));
	for (; f.v != NULL && f.n < name.n; f.n++) {
		f.v[f.n].path = word[f.n];
		if (f.n < of.n)
			f.v[f.n].alt = about[f.n];
	}
	return f;
}

static int
yes(const char *s)
{
	static const char *const words[] = { "1", "yes", "true", "да", "Да",
		"ДА" };
	size_t i;

	for (i = 0; s != NULL && i < sizeof(words) / sizeof(words[0]); i++)
		if (strcasecmp(s, words[i]) == 0)
			return 1;
	return 0;
}

static int
poll(struct reading *rd, struct gp_plan_entry *e, struct gp_why *why)
{
	const char **v = rd->value;
	struct gp_pool *pool = &rd->plan->pool;
	struct gp_plan_poll *q;
	char *end;

	if (v[QUESTION] == NULL) {
		if (v[OPTIONS] != NULL || v[CORRECT] != NULL)
			return gp_because(why, "options without a question");
		return 0;
	}
	q = e->poll = gp_pool_alloc(pool, sizeof(*q));
	if (q == NULL)
		return gp_because(why, "no memory");
	q->question = v[QUESTION];
	q->option = parts(pool, v[OPTIONS] != NULL ? v[OPTIONS] : "", "|\n");
	q->explanation = v[EXPLANATION];
	q->multiple = yes(v[MULTIPLE]);
	q->close = v[CLOSE];
	q->line = e->line;
	if (v[CORRECT] != NULL) {
		q->correct = strtoll(v[CORRECT], &end, 10);
		if (*end != '\0' || q->correct < 1)
			return gp_because(
			    why, "'%s' is the number of no option", v[CORRECT]);
	}
	return 0;
}

/* The set of what differs there, begun with the first column of it. */
static struct gp_plan_over *
over(struct gp_plan_entry *e, const char *of)
{
	struct gp_plan_over *o = e->over.v;
	size_t i;

	for (i = 0; i < e->over.n; i++)
		if (strcmp(o[i].of, of) == 0)
			return &o[i];
	o[i].of = of;
	o[i].line = e->line;
	e->over.n++;
	return &o[i];
}

static void
differs(struct gp_plan_over *o, struct gp_pool *pool, enum what what,
    const char *cell)
{
	if (what == TEXT)
		o->text = cell;
	else if (what == AT)
		o->at = cell;
	else if (what == LINK)
		o->link = cell;
	else if (what == TAGS)
		o->tag = parts(pool, cell, " ,|\n");
	else
		o->file = files(pool, cell, NULL);
	/* One sign alone says that there it does not go at all. */
	if (what == TEXT && strcmp(cell, "-") == 0) {
		o->text = NULL;
		o->skip = 1;
	}
}

static int
cells(struct reading *rd, const struct gp_table_row *row,
    struct gp_plan_entry *e, struct gp_why *why)
{
	struct gp_pool *pool = &rd->plan->pool;
	struct column *c;
	size_t i;

	memset(rd->value, 0, sizeof(rd->value));
	e->over.v = gp_pool_alloc(pool, rd->cols * sizeof(struct gp_plan_over));
	if (e->over.v == NULL)
		return gp_because(why, "no memory");
	for (i = 0; i < row->n; i++) {
		c = &rd->col[i];
		if (row->cell[i][0] == '\0')
			continue;
		if (i >= rd->cols)
			return gp_because(
			    why, "cell %zu is under no column", i + 1);
		if (c->of == NULL)
			rd->value[c->what] = row->cell[i];
		else
			differs(over(e, c->of), pool, c->what, row->cell[i]);
	}
	return 0;
}

static int
entry(struct reading *rd, struct gp_plan_entry *e, struct gp_why *why)
{
	struct gp_pool *pool = &rd->plan->pool;
	const char **v = rd->value;

	e->id = v[ID];
	e->at = v[AT];
	if (e->at == NULL && v[DATE] != NULL)
		e->at = gp_pool_fmt(
		    pool, "%s %s", v[DATE], v[TIME] != NULL ? v[TIME] : "")
			    .p;
	e->text = v[TEXT];
	e->link = v[LINK];
	e->gone = yes(v[DELETE]);
	if (v[PAGES] != NULL)
		e->page = parts(pool, v[PAGES], " ,|\n");
	if (v[TAGS] != NULL)
		e->tag = parts(pool, v[TAGS], " ,|\n");
	if (v[FILES] != NULL)
		e->file = files(pool, v[FILES], v[ALT]);
	if (poll(rd, e, why) == -1)
		return -1;
	return gp_plan_entry(rd->plan, e, why);
}

static struct gp_plan_entry *
next_entry(struct reading *rd)
{
	struct gp_plan *p = rd->plan;
	size_t cap = rd->cap == 0 ? 64 : rd->cap * 2;
	struct gp_plan_entry *v;

	if (p->entry.n == rd->cap) {
		v = gp_pool_alloc(&p->pool, cap * sizeof(*v));
		if (v == NULL)
			return NULL;
		if (p->entry.n > 0)
			memcpy(v, p->entry.v, p->entry.n * sizeof(*v));
		p->entry.v = v;
		rd->cap = cap;
	}
	v = p->entry.v;
	return &v[p->entry.n++];
}

static int
row(void *arg, const struct gp_table_row *r, struct gp_why *why)
{
	struct reading *rd = arg;
	struct gp_plan_entry *e;

	if (rd->cols == 0)
		return head(rd, r, why);
	e = next_entry(rd);
	if (e == NULL)
		return gp_because(why, "no memory");
	e->line = r->line;
	if (cells(rd, r, e, why) == -1)
		return -1;
	return entry(rd, e, why);
}

int
gp_plan_csv(struct gp_plan *p, struct gp_span text, const char *name,
    struct gp_why *why)
{
	struct reading rd = { .plan = p };

	gp_plan_begin(p, name);
	if (gp_table_read(text, name, &p->pool, row, &rd, why) == -1)
		return -1;
	return gp_plan_unique(p, why);
}
