#include "card/make_items.h"

#include <stdlib.h>
#include <string.h>

#include "base/instant.h"
#include "card/period.h"

static int
grow(const struct gp_items_of *of, struct gp_card *c)
{
	if (c->item == NULL)
		c->item =
		    gp_pool_alloc(of->pool, GP_CARD_ITEMS * sizeof(*c->item));
	return c->item == NULL || c->n == GP_CARD_ITEMS ? -1 : 0;
}

/* A word of the record as people say it; itself, if nobody wrote that down. */
static struct gp_span
named(const struct gp_items_of *of, struct gp_span word)
{
	static const char *const lang[GP_LANGS] = { "ru", "en" };
	const struct gp_yaml *words = of->spec->words, *in;
	size_t i, k;

	for (i = 0; words != NULL && i < words->n; i++) {
		in = &words->item[i];
		if (!gp_span_eq(words->key[i].text, word))
			continue;
		if (in->type == GP_YAML_SCALAR && in->text.p != NULL)
			return in->text;
		for (k = 0; in->type == GP_YAML_MAP && k < in->n; k++)
			if (gp_span_is(in->key[k].text, lang[of->lang]) &&
			    in->item[k].text.p != NULL)
				return in->item[k].text;
	}
	return word;
}

static struct gp_span
label_of(const struct gp_items_of *of, const struct gp_card_row *row)
{
	struct gp_json v = gp_card_row_get(row, gp_span_of(of->spec->label));
	struct gp_span s = of->unnamed;
	struct gp_buf b;

	gp_buf_init(&b, 0);
	if (gp_json_text(v, &b) == 0 && b.n > 0)
		s = gp_pool_copy(of->pool, named(of, gp_buf_span(&b)));
	gp_buf_release(&b);
	return s;
}

/* 1: the card is full. */
static int
add(const struct gp_items_of *of, struct gp_card *c, struct gp_span label,
    double value)
{
	if (grow(of, c) == -1) {
		*of->over = 1;
		return 1;
	}
	c->item[c->n++] = (struct gp_card_item){ label, value };
	return 0;
}

/* The numbers of an object: kinds of appeals. Those that are 0 are left out. */
static void
of_object(const struct gp_items_of *of, struct gp_card *c)
{
	size_t n = strlen(of->spec->object), i;
	const struct gp_card_row *row = of->row;

	for (i = 0; row != NULL && i < row->n; i++) {
		struct gp_span name = row->m[i].name;
		double v;

		if (name.n <= n + 1 || name.p[n] != '.' ||
		    memcmp(name.p, of->spec->object, n) != 0)
			continue;
		if (gp_json_real(row->m[i].value, &v) == -1 || v == 0)
			continue;
		name.p += n + 1;
		name.n -= n + 1;
		add(of, c, named(of, name), v);
	}
}

static void
of_rows(const struct gp_items_of *of, struct gp_card *c)
{
	const char *value = of->spec->value;
	size_t i;

	for (i = 0; i < of->rows->n; i++) {
		const struct gp_card_row *row = &of->rows->v[i];
		struct gp_span label;
		double v = 0;

		if (!gp_card_row_is(row, of->report, of->spec->rows) ||
		    !gp_card_row_only(row, of->only))
			continue;
		if (value != NULL &&
		    gp_card_row_number(row, gp_span_of(value), &v) == -1)
			continue;
		if (v == 0 && c->kind == GP_CARD_BARS)
			continue; /* a topic that nobody wrote about */
		label = label_of(of, row);
		if (label.n > 0 && add(of, c, label, v) == 1)
			return;
	}
}

static double
value_on(const struct gp_card *c, struct gp_span day)
{
	size_t i;

	for (i = 0; i < c->n; i++)
		if (gp_span_eq(c->item[i].label, day))
			return c->item[i].value;
	return 0;
}

/* Days of the period that have no row are 0: the report says they are. */
static void
all_days(const struct gp_items_of *of, struct gp_card *c)
{
	struct gp_card have = *c;
	gp_instant since, until, at;
	char day[GP_INSTANT_LEN];
	int i;

	if (of->row == NULL ||
	    gp_card_row_period(of->row, NULL, &since, &until) == -1)
		return;
	c->item = NULL;
	c->n = 0;
	for (i = 0; (at = gp_instant_midnight(since, i)) < until; i++) {
		struct gp_span s = gp_span_of(gp_instant_day(at, day));

		s = gp_pool_copy(of->pool, s);
		if (add(of, c, s, value_on(&have, s)) == 1)
			return;
	}
}

/* The most first; what is equal stays in the order in which it came. */
static void
sort(struct gp_card *c)
{
	size_t i, k;

	for (i = 1; i < c->n; i++) {
		struct gp_card_item it = c->item[i];

		for (k = i; k > 0 && c->item[k - 1].value < it.value; k--)
			c->item[k] = c->item[k - 1];
		c->item[k] = it;
	}
}

int
gp_items_make(const struct gp_items_of *of, struct gp_card *c)
{
	size_t least = of->spec->least > 0 ? (size_t)of->spec->least : 1;

	if (of->spec->object != NULL)
		of_object(of, c);
	else
		of_rows(of, c);
	if (c->n > 0 && of->spec->days)
		all_days(of, c);
	if (c->kind == GP_CARD_BARS)
		sort(c);
	if (c->kind == GP_CARD_LINE && least < 2)
		least = 2;
	return of->pool->bad ? -1 : c->n < least;
}

static struct gp_span
period_of(const struct gp_items_of *of, const struct gp_card_row *row,
    const char *object)
{
	struct gp_span s = { NULL, 0 };
	gp_instant from, to;
	struct gp_buf b;

	if (gp_card_row_period(row, object, &from, &to) == -1)
		return s;
	gp_buf_init(&b, 0);
	gp_period_put(&b, from, to, of->lang);
	s = gp_pool_copy(of->pool, gp_buf_span(&b));
	gp_buf_release(&b);
	return s;
}

/*
 * "against.n": the figure before stands in the row, with its period; "before"
 * is of the same row, at the start of it.
 */
static int
was(const struct gp_items_of *of, struct gp_card *c)
{
	static const char *const then[GP_LANGS] = { "было", "before" };
	const char *dot = strchr(of->spec->was, '.');
	char object[64] = "";
	struct gp_span label;
	double v;

	if (of->row == NULL ||
	    (dot != NULL && (size_t)(dot - of->spec->was) >= sizeof(object)) ||
	    gp_card_row_number(of->row, gp_span_of(of->spec->was), &v) == -1)
		return 1;
	if (dot == NULL)
		return add(of, c, gp_span_of(then[of->lang]), v) == 1;
	memcpy(object, of->spec->was, (size_t)(dot - of->spec->was));
	label = period_of(of, of->row, object);
	return label.n == 0 || add(of, c, label, v) == 1;
}

static int
figure_of(const struct gp_items_of *of, const struct gp_card_row *row,
    struct gp_card *c)
{
	static const char *const now[GP_LANGS] = { "стало", "after" };
	const char *was = of->spec->was;
	struct gp_span label;
	double v;

	if (row == NULL ||
	    gp_card_row_number(row, gp_span_of(of->spec->value), &v) == -1)
		return 1;
	label = was != NULL && strchr(was, '.') == NULL
	    ? gp_span_of(now[of->lang])
	    : period_of(of, row, NULL);
	return label.n == 0 || add(of, c, label, v) == 1;
}

int
gp_items_change(const struct gp_items_of *of, const struct gp_card_row *before,
    struct gp_card *c)
{
	const char *own = of->spec->was;
	int none = own != NULL && (before == NULL || strchr(own, '.') == NULL)
	    ? was(of, c)
	    : figure_of(of, before, c);

	if (none || figure_of(of, of->row, c))
		return of->pool->bad ? -1 : 1;
	return of->pool->bad ? -1 : 0;
}
