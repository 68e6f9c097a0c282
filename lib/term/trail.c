/* What happened to a record and why, in rows for a person. */
#include <string.h>

#include "term/router_inner.h"

enum {
	ROWS_MAX = 96,
	MISSES_SHOWN = 24
};

struct writing {
	struct gp_router *r;
	struct gp_pool *pool;
	struct gp_trail *row;
	long n;
};

static int
is_ru(const struct writing *w)
{
	return w->r->how->lang == GP_STEPS_RU;
}

static void
add(struct writing *w, const char *ru, const char *en, struct gp_span text)
{
	if (w->n == ROWS_MAX || text.n == 0)
		return;
	w->row[w->n++] =
	    (struct gp_trail){ gp_span_of(is_ru(w) ? ru : en), text };
}

static void
add_copy(struct writing *w, const char *ru, const char *en, struct gp_span text)
{
	if (text.n > 0)
		add(w, ru, en, gp_pool_copy(w->pool, text));
}

static const char *
miss_text(const struct writing *w, enum gp_miss miss)
{
	static const char *const ru[] = { "подходит", "тема другая",
		"группа другая", "вид другой", "страница другая",
		"место не названо или другое", "слов нет" };
	static const char *const en[] = { "holds", "another topic",
		"another group", "another kind", "another page",
		"the place is not named, or another",
		"the words are not there" };

	return is_ru(w) ? ru[miss] : en[miss];
}

/* The rules of a list up to the chosen one, and why they do not hold. */
static void
misses(struct writing *w, const struct gp_rule_list *list, long chosen)
{
	const struct gp_routes *r = w->r->how->routes;
	const struct gp_route_rule *rule;
	enum gp_miss miss;
	int shown = 0;
	size_t i;

	for (i = 0; i < list->n && (r->best || (long)list->v[i] != chosen);
	     i++) {
		if ((long)list->v[i] == chosen)
			continue;
		rule = &r->rule[list->v[i]];
		miss = gp_choose_tell(w->r->chooser, list->v[i]);
		if (shown++ < MISSES_SHOWN)
			add(w, "правило не взято", "rule not taken",
			    gp_pool_fmt(w->pool, "%s: %s", rule->label,
				miss == GP_HOLDS
				    ? (is_ru(w) ? "подходит, но менее точно"
						: "holds, but is less exact")
				    : miss_text(w, miss)));
	}
	if (shown > MISSES_SHOWN)
		add(w, "правило не взято", "rule not taken",
		    gp_pool_fmt(w->pool, is_ru(w) ? "и ещё %d" : "and %d more",
			shown - MISSES_SHOWN));
}

static struct gp_span
titled(struct writing *w, const char *name, const char *title)
{
	if (title == NULL)
		return gp_span_of(name);
	return gp_pool_fmt(w->pool, "%s (%s)", title, name);
}

static void
rule_rows(struct writing *w)
{
	const struct gp_routes *r = w->r->how->routes;
	const struct gp_choice *c = &w->r->choice;
	const struct gp_route_rule *rule;
	long who;
	size_t i;

	misses(w, &r->centre[c->page_centre].rules,
	    c->hops > 0 ? (long)c->hop[0] : c->rule);
	for (i = 0; i < c->hops; i++) {
		rule = &r->rule[c->hop[i]];
		add(w, "передано", "redirected",
		    gp_pool_fmt(w->pool, "%s -> %s", rule->label,
			r->centre[rule->redirect].name));
	}
	if (c->rule == GP_NO) {
		add(w, "правило", "rule",
		    gp_span_of(is_ru(w) ? "нет, и нет правила по умолчанию"
					: "none, and there is no default"));
		return;
	}
	rule = &r->rule[c->rule];
	add(w, "правило", "rule",
	    gp_pool_fmt(w->pool, is_ru(w) ? "%s (строка %u)" : "%s (line %u)",
		rule->label, rule->node->line));
	for (i = 0; i < c->ties; i++)
		add(w, "так же точно", "as exact",
		    gp_span_of(r->rule[c->tie[i]].label));
	who = gp_routes_assignee(r, rule->assignee);
	if (who != GP_NO && who != rule->assignee)
		add(w, "замещает", "stands in for",
		    gp_span_of(r->assignee[rule->assignee].name));
	if (who != GP_NO)
		add(w, "исполнитель", "assignee",
		    titled(w, r->assignee[who].name, r->assignee[who].title));
	if (c->centre > 0)
		add(w, "центр", "centre",
		    titled(w, r->centre[c->centre].name,
			r->centre[c->centre].title));
	if (c->place != GP_PLACE_NONE)
		add(w, "место", "place",
		    gp_span_of(r->places.v[c->place].label));
}

/* The steps of the term, as they stand in the record. */
static int
due_rows(struct writing *w, struct gp_why *why)
{
	struct gp_router *r = w->r;
	struct gp_json_reader *reader = gp_json_new();
	struct gp_json_obj list;
	struct gp_buf b, text;
	size_t i;
	int st = -1;

	gp_buf_init(&b, 0);
	gp_buf_init(&text, 0);
	gp_steps_put(r->stepper, &r->answer, &b);
	if (reader != NULL && !b.bad)
		st = gp_json_open(
		    reader, gp_buf_span(&b), GP_JSON_ANY, &list, why);
	else
		gp_because(why, "no memory");
	for (i = 0; st == 0 && i < list.n; i++) {
		gp_buf_reset(&text);
		gp_json_text(list.m[i].value, &text);
		add_copy(w, "срок", "term", gp_buf_span(&text));
	}
	gp_json_free(reader);
	gp_buf_release(&b);
	gp_buf_release(&text);
	return st;
}

static void
class_rows(struct writing *w)
{
	const struct gp_case *in = &w->r->in;
	const struct gp_choice *c = &w->r->choice;
	const struct gp_centre *centre =
	    &w->r->how->routes->centre[c->page_centre];

	add_copy(w, "страница", "page", in->page);
	if (c->page_centre > 0)
		add(w, "центр страницы", "centre of the page",
		    titled(w, centre->name, centre->title));
	add_copy(w, "вид", "kind", in->kind);
	add_copy(w, "группа", "group", in->group);
	add_copy(w, "тема", "topic", in->topic);
}

static int
has_id(struct gp_router *r, const char *id)
{
	struct gp_json v = r->m[GP_R_ID];
	struct gp_buf b;
	int is;

	gp_buf_init(&b, 0);
	is = gp_json_text(v, &b) == 0 && !b.bad &&
	    strcmp(gp_buf_str(&b), id) == 0;
	gp_buf_release(&b);
	return is;
}

static void
not_routed(struct writing *w, const char *ru, const char *en)
{
	add(w, "не маршрутизируется", "not routed",
	    gp_span_of(is_ru(w) ? ru : en));
}

long
gp_router_trail(struct gp_router *r, struct gp_span in, const char *id,
    struct gp_pool *pool, struct gp_trail **rows, struct gp_why *why)
{
	struct writing w = { r, pool,
		gp_pool_alloc(pool, ROWS_MAX * sizeof(**rows)), 0 };
	int is = gp_router_open(r, in, why);

	if (w.row == NULL)
		return gp_because(why, "no memory");
	if (is == -1)
		return -1;
	if (!has_id(r, id))
		return 0;
	*rows = w.row;
	add(&w, "запись", "record", gp_span_of(id));
	if (is == 0) {
		not_routed(&w,
		    "не обращение гражданина, удалено или решено человеком",
		    "no appeal of a citizen, deleted, or decided by a person");
		return w.n;
	}
	if (gp_router_decide(r, why) == -1)
		return -1;
	class_rows(&w);
	if (r->choice.skipped) {
		not_routed(&w, "такой вид пропускается ('skip')",
		    "such a kind is skipped ('skip')");
		return w.n;
	}
	if (r->route_stays)
		not_routed(&w, "исполнителя назначил человек",
		    "a person has set the assignee");
	else
		rule_rows(&w);
	if (r->due_stays)
		not_routed(
		    &w, "срок назначил человек", "a person has set the term");
	else if (r->answer.terms != NULL && due_rows(&w, why) == -1)
		return -1;
	return pool->bad ? gp_because(why, "no memory") : w.n;
}
