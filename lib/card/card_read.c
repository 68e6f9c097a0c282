/* Cards that people give as records. */
#include <math.h>
#include <string.h>

#include "card/card.h"
#include "card/number.h"

struct reading {
	struct gp_pool *pool;
	struct gp_json_reader *reader;
	struct gp_buf b;
	struct gp_why *why;
};

/* Absent is no error; another type is. */
static int
text(struct reading *r, const struct gp_json_obj *o, const char *name,
    struct gp_span *to)
{
	struct gp_json v = gp_json_get(o, name);

	if (v.type == GP_JSON_NONE)
		return 0;
	gp_buf_reset(&r->b);
	if (gp_json_text(v, &r->b) == -1)
		return gp_because(r->why, "'%s' is not a string", name);
	*to = gp_pool_copy(r->pool, gp_buf_span(&r->b));
	return r->pool->bad || r->b.bad ? gp_because(r->why, "no memory") : 0;
}

/* 1: it is there. */
static int
number(struct reading *r, const struct gp_json_obj *o, const char *name,
    double *to)
{
	struct gp_json v = gp_json_get(o, name);

	if (v.type == GP_JSON_NONE)
		return 0;
	if (v.type != GP_JSON_NUMBER || gp_json_real(v, to) == -1)
		return gp_because(r->why, "'%s' is not a number", name);
	if (!(fabs(*to) <= GP_NUMBER_MOST))
		return gp_because(
		    r->why, "'%s' is larger than a card can show", name);
	return 1;
}

static int
need_number(struct reading *r, const struct gp_json_obj *o, const char *name,
    double *to)
{
	int has = number(r, o, name, to);

	if (has == 0)
		return gp_because(r->why, "'%s' is missing", name);
	return has == 1 ? 0 : -1;
}

/* {"label":…,"value":…}; of a list, a string or {"label":…}. */
static int
item(struct reading *r, struct gp_card *c, struct gp_json v,
    struct gp_card_item *to)
{
	struct gp_json_obj o;

	if (c->kind == GP_CARD_LIST && v.type == GP_JSON_STRING) {
		gp_buf_reset(&r->b);
		gp_json_text(v, &r->b);
		to->label = gp_pool_copy(r->pool, gp_buf_span(&r->b));
		return r->pool->bad ? gp_because(r->why, "no memory") : 0;
	}
	if (v.type != GP_JSON_OBJECT)
		return gp_because(r->why, "it is not an object");
	if (gp_json_enter(r->reader, v, &o) == -1)
		return gp_because(r->why, "no memory");
	if (text(r, &o, "label", &to->label) == -1)
		return -1;
	return c->kind == GP_CARD_LIST
	    ? 0
	    : need_number(r, &o, "value", &to->value);
}

static int
items(struct reading *r, struct gp_card *c, const struct gp_json_obj *o)
{
	struct gp_json v = gp_json_get(o, "items");
	struct gp_json_obj list;
	size_t i;

	if (v.type == GP_JSON_NONE)
		return 0;
	if (v.type != GP_JSON_ARRAY)
		return gp_because(r->why, "'items' is not a list");
	if (gp_json_enter(r->reader, v, &list) == -1)
		return gp_because(r->why, "no memory");
	if (list.n > GP_CARD_ITEMS)
		return gp_because(r->why,
		    "'items' has %zu, at most %d go on "
		    "a card",
		    list.n, GP_CARD_ITEMS);
	c->item = gp_pool_alloc(r->pool, list.n * sizeof(*c->item) + 1);
	if (c->item == NULL)
		return gp_because(r->why, "no memory");
	for (c->n = 0; c->n < list.n; c->n++)
		if (item(r, c, list.m[c->n].value, &c->item[c->n]) == -1) {
			i = c->n + 1;
			return gp_because_of(r->why, "item %zu", i);
		}
	return 0;
}

/* "before" and "after" of a change become its two items. */
static int
change(struct reading *r, struct gp_card *c, const struct gp_json_obj *o)
{
	static const char *const side[2] = { "before", "after" };
	struct gp_span good = { NULL, 0 };
	int i;

	c->item = gp_pool_alloc(r->pool, 2 * sizeof(*c->item));
	if (c->item == NULL)
		return gp_because(r->why, "no memory");
	for (i = 0; i < 2; i++) {
		struct gp_json v = gp_json_get(o, side[i]);

		if (v.type == GP_JSON_NONE)
			return gp_because(r->why, "'%s' is missing", side[i]);
		if (item(r, c, v, &c->item[i]) == -1)
			return gp_because_of(r->why, "'%s'", side[i]);
	}
	c->n = 2;
	if (text(r, o, "good", &good) == -1)
		return -1;
	if (good.n > 0 && !gp_span_is(good, "more") &&
	    !gp_span_is(good, "less"))
		return gp_because(r->why, "'good' is not \"more\" or \"less\"");
	c->good = good.n == 0 ? 0 : gp_span_is(good, "more") ? 1 : -1;
	return 0;
}

static int
texts(struct reading *r, struct gp_card *c, const struct gp_json_obj *o)
{
	if (text(r, o, "title", &c->title) == -1 ||
	    text(r, o, "subtitle", &c->subtitle) == -1 ||
	    text(r, o, "text", &c->text) == -1 ||
	    text(r, o, "note", &c->note) == -1 ||
	    text(r, o, "author", &c->author) == -1 ||
	    text(r, o, "alt", &c->alt) == -1 ||
	    text(r, o, "unit", &c->unit) == -1)
		return -1;
	return text(r, o, "rest", &c->rest);
}

static int
fill(struct reading *r, struct gp_card *c, const struct gp_json_obj *o)
{
	struct gp_span kind = { NULL, 0 };
	int has;

	if (text(r, o, "kind", &kind) == -1)
		return -1;
	c->kind = gp_card_kind_of(kind);
	if (c->kind == GP_CARD_KINDS)
		return gp_because(r->why, "'kind' is none of " GP_CARD_WORDS);
	if (texts(r, c, o) == -1)
		return -1;
	if (c->kind == GP_CARD_FIGURE) {
		has = number(r, o, "of", &c->of);
		c->has_of = has == 1;
		return has == -1 ? -1 : need_number(r, o, "value", &c->value);
	}
	return c->kind == GP_CARD_CHANGE ? change(r, c, o) : items(r, c, o);
}

int
gp_card_read(struct gp_card *card, struct gp_pool *pool,
    struct gp_json_reader *reader, const struct gp_json_obj *o,
    struct gp_why *why)
{
	struct reading r = { .pool = pool, .reader = reader, .why = why };
	int n;

	memset(card, 0, sizeof(*card));
	gp_buf_init(&r.b, 0);
	n = fill(&r, card, o);
	gp_buf_release(&r.b);
	return n;
}
