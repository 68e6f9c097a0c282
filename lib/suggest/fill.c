#include "suggest/fill.h"

#include <stdio.h>
#include <string.h>

#include "suggest/hole.h"

typedef struct gp_span own_fn(const struct gp_fill *);
static const struct gp_span none = { NULL, 0 };

/* -- what the program knows ------------------------------------------------ */

/* A nickname is no way to address a person. */
static struct gp_span
own_name(const struct gp_fill *f)
{
	struct gp_span s = f->asked->author;
	size_t n = 0;

	while (n < s.n && s.p[n] != ' ')
		n++;
	while (n > 0 && strchr(",.;:!", s.p[n - 1]) != NULL)
		n--; /* "Ольга, мама двоих" */
	s.n = n;
	return gp_personal_is_first(f->personal, s) ? s : none;
}

/* The rules' own name of an assignee is for programs, a title for people. */
static struct gp_span
own_assignee(const struct gp_fill *f)
{
	const char *const *t;

	for (t = f->title; t != NULL && *t != NULL; t += 2)
		if (gp_span_is(f->asked->assignee, t[0]))
			return gp_span_of(t[1]);
	return none;
}

static struct gp_span
own_place(const struct gp_fill *f)
{
	return f->asked->place;
}

struct gp_span
gp_day_words(struct gp_pool *pool, gp_instant t)
{
	static const char *const month[] = { "января", "февраля", "марта",
		"апреля", "мая", "июня", "июля", "августа", "сентября",
		"октября", "ноября", "декабря" };
	char day[GP_INSTANT_LEN];
	int y, m, d;

	gp_instant_day(t, day);
	if (sscanf(day, "%d-%d-%d", &y, &m, &d) != 3 || m < 1 || m > 12)
		return none;
	return gp_pool_fmt(pool, "%d %s %d года", d, month[m - 1], y);
}

static struct gp_span
own_final(const struct gp_fill *f)
{
	return f->asked->has_final ? gp_day_words(f->pool, f->asked->final)
				   : none;
}

static struct gp_span
own_first(const struct gp_fill *f)
{
	return f->asked->has_first ? gp_day_words(f->pool, f->asked->first)
				   : none;
}

static struct gp_span
own_topic(const struct gp_fill *f)
{
	return f->asked->topic;
}

static struct gp_span
own_group(const struct gp_fill *f)
{
	return f->asked->group;
}

static struct gp_span
own_today(const struct gp_fill *f)
{
	return gp_day_words(f->pool, f->now);
}

static const struct {
	const char *name;
	own_fn *fn;
} own[] = {
	{ "имя", own_name },
	{ "исполнитель", own_assignee },
	{ "адрес", own_place },
	{ "срок", own_final },
	{ "первый_срок", own_first },
	{ "тема", own_topic },
	{ "группа", own_group },
	{ "сегодня", own_today },
};

int
gp_slot_is_own(struct gp_span name)
{
	size_t i;

	for (i = 0; i < sizeof(own) / sizeof(own[0]); i++)
		if (gp_span_is(name, own[i].name))
			return 1;
	return 0;
}

/* -- what the templates say ------------------------------------------------ */

static struct gp_span
in_map(const struct gp_yaml *map, struct gp_span name)
{
	size_t i;

	for (i = 0; map != NULL && i < map->n; i++)
		if (gp_span_eq(map->key[i].text, name))
			return map->item[i].text;
	return none;
}

static struct gp_span
in_some(const struct gp_slots_of *v, size_t n, struct gp_span of,
    struct gp_span name)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (gp_span_is(of, v[i].name))
			return in_map(v[i].slots, name);
	return none;
}

struct gp_span
gp_slot(const struct gp_fill *f, struct gp_span name)
{
	const struct gp_templates *t = f->templates;
	struct gp_span s =
	    in_some(t->assignee, t->assignees, f->asked->assignee, name);
	size_t i;

	if (s.n == 0)
		s = in_some(t->page, t->pages, f->asked->page, name);
	if (s.n == 0)
		s = in_map(t->slots, name);
	for (i = 0; s.n == 0 && i < sizeof(own) / sizeof(own[0]); i++)
		if (gp_span_is(name, own[i].name))
			s = own[i].fn(f);
	return s;
}

/* What a record says never makes a slot of its own. */
static void
put_value(struct gp_buf *b, struct gp_span s)
{
	size_t i;

	for (i = 0; i < s.n; i++)
		if (s.p[i] != '{' && s.p[i] != '}')
			gp_buf_addc(b, s.p[i]);
}

void
gp_fill_text(const struct gp_fill *f, const char *text, struct gp_buf *b)
{
	struct gp_span s = gp_span_of(text), name, value;
	size_t at[2], from = 0;

	for (; gp_hole_next(s, from, at); from = at[1]) {
		gp_buf_add(b, s.p + from, at[0] - from);
		name = (struct gp_span){ s.p + at[0] + 2, 0 };
		if (at[1] - at[0] > 4)
			name.n = at[1] - at[0] - 4;
		value = gp_slot(f, name);
		if (value.n > 0)
			put_value(b, value);
		else
			gp_buf_add(b, s.p + at[0], at[1] - at[0]);
	}
	if (from < s.n)
		gp_buf_add(b, s.p + from, s.n - from);
}

/* -- which wording --------------------------------------------------------- */

/* -1: it does not fit. */
static int
fits(const struct gp_fill *f, const struct gp_wording *w, int interim)
{
	const struct gp_asked *a = f->asked;
	const struct gp_yaml *need = w->need;
	size_t i, n;

	if (w->answer != NULL && (strcmp(w->answer, "interim") == 0) != interim)
		return -1;
	if ((w->topic != NULL && !gp_words_have(w->topic, a->topic)) ||
	    (w->group != NULL && !gp_words_have(w->group, a->group)) ||
	    (w->kind != NULL && !gp_words_have(w->kind, a->kind)))
		return -1;
	n = need == NULL ? 0 : need->type == GP_YAML_LIST ? need->n : 1;
	for (i = 0; i < n; i++)
		if (gp_slot(f,
			need->type == GP_YAML_LIST ? need->item[i].text
						   : need->text)
			.n == 0)
			return -1;
	return w->topic != NULL ? 3 : w->group != NULL ? 2 : w->kind != NULL;
}

const struct gp_wording *
gp_wording_of(const struct gp_fill *f, enum gp_answer_part part, int interim,
    size_t nth, int *how)
{
	const struct gp_yaml_list *list = &f->templates->part[part];
	const struct gp_wording *w = list->v;
	size_t i;
	int level;

	for (level = 3; level >= 0; level--)
		for (i = 0; i < list->n; i++)
			if (fits(f, &w[i], interim) == level && nth-- == 0) {
				*how = level;
				return &w[i];
			}
	return NULL;
}
