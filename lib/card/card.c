#include "card/card.h"

#include <math.h>
#include <string.h>

#include "card/number.h"
#include "card/period.h"
#include "card/type.h"

static const char *const names[GP_CARD_KINDS] = { "title", "figure", "bars",
	"line", "change", "quote", "list" };

const char *
gp_card_kind_name(enum gp_card_kind kind)
{
	return names[kind];
}

enum gp_card_kind
gp_card_kind_of(struct gp_span word)
{
	int i;

	for (i = 0; i < GP_CARD_KINDS; i++)
		if (gp_span_is(word, names[i]))
			return (enum gp_card_kind)i;
	return GP_CARD_KINDS;
}

struct setting {
	struct gp_pool *pool;
	struct gp_buf b;
	enum gp_lang lang;
	struct gp_why *why;
};

static int
set(struct setting *s, const char *name, struct gp_span *text)
{
	gp_buf_reset(&s->b);
	if (gp_type_set(&s->b, *text, s->lang, s->why) == -1)
		return gp_because_of(s->why, "'%s'", name);
	*text = gp_pool_copy(s->pool, gp_buf_span(&s->b));
	return s->pool->bad ? gp_because(s->why, "no memory") : 0;
}

static int
set_label(struct setting *s, struct gp_card *card, struct gp_span *label)
{
	gp_buf_reset(&s->b);
	if (gp_period_day(&s->b, *label, card->kind == GP_CARD_LINE, s->lang) ==
	    -1)
		return set(s, "items", label);
	*label = gp_pool_copy(s->pool, gp_buf_span(&s->b));
	return s->pool->bad ? gp_because(s->why, "no memory") : 0;
}

static int
set_all(struct setting *s, struct gp_card *c)
{
	size_t i;

	if (set(s, "title", &c->title) == -1 ||
	    set(s, "subtitle", &c->subtitle) == -1 ||
	    set(s, "text", &c->text) == -1 || set(s, "note", &c->note) == -1 ||
	    set(s, "author", &c->author) == -1 ||
	    set(s, "alt", &c->alt) == -1 || set(s, "unit", &c->unit) == -1 ||
	    set(s, "rest", &c->rest) == -1)
		return -1;
	for (i = 0; i < c->n; i++)
		if (set_label(s, c, &c->item[i].label) == -1)
			return -1;
	return 0;
}

int
gp_card_set(struct gp_card *card, struct gp_pool *pool, enum gp_lang lang,
    struct gp_why *why)
{
	struct setting s = { .pool = pool, .lang = lang, .why = why };
	int r;

	gp_buf_init(&s.b, 0);
	r = set_all(&s, card);
	gp_buf_release(&s.b);
	return r;
}

/* -- what each kind needs -- */

static int
check_items(const struct gp_card *c, size_t least, struct gp_why *why)
{
	size_t i;

	if (c->n < least)
		return gp_because(why,
		    "'items' has %zu, a card of kind '%s' "
		    "needs %zu",
		    c->n, names[c->kind], least);
	for (i = 0; i < c->n; i++) {
		if (c->item[i].label.n == 0)
			return gp_because(why, "item %zu has no %s", i + 1,
			    c->kind == GP_CARD_LIST ? "words" : "'label'");
		if (c->kind == GP_CARD_BARS && c->item[i].value < 0)
			return gp_because(why,
			    "item %zu is below 0: bars "
			    "begin at 0, kind 'line' goes lower",
			    i + 1);
	}
	return 0;
}

static int
check_unit(const struct gp_card *c, struct gp_why *why)
{
	if (c->unit.n == 0 || gp_number_forms(c->unit) > 0)
		return 0;
	return gp_because(why,
	    "'unit' must be one to three forms, as "
	    "\"обращение|обращения|обращений\"");
}

int
gp_card_check(const struct gp_card *c, struct gp_why *why)
{
	if (check_unit(c, why) == -1)
		return -1;
	if (c->kind == GP_CARD_QUOTE && c->text.n == 0)
		return gp_because(why, "'text' is missing: what is quoted");
	if (c->kind != GP_CARD_QUOTE && c->title.n == 0)
		return gp_because(why, "'title' is missing");
	if (c->has_of && (c->of <= 0 || c->value < 0 || c->value > c->of))
		return gp_because(why, "'value' must be a part of 'of'");
	switch (c->kind) {
	case GP_CARD_BARS:
	case GP_CARD_LIST:
		return check_items(c, 1, why);
	case GP_CARD_LINE:
	case GP_CARD_CHANGE:
		return check_items(c, 2, why);
	default:
		return 0;
	}
}
