#include "card/alt.h"

#include <math.h>
#include <string.h>
#include <utf8proc.h>

#include "base/utf8.h"
#include "card/number.h"

#define DASH  GP_NBSP "\xe2\x80\x94 "
#define OPEN  "\xc2\xab"
#define CLOSE "\xc2\xbb"

enum {
	MOST_POINTS = 16 /* of a line, one by one; then what is notable */
};

static void
put(struct gp_buf *b, struct gp_span s)
{
	gp_buf_add(b, s.p, s.n);
}

/* Ends a sentence that has no end of its own. */
static void
stop(struct gp_buf *b)
{
	static const char *const ends[] = { ".", "!", "?", "\xe2\x80\xa6" };
	size_t i, n;

	for (i = 0; i < sizeof(ends) / sizeof(*ends); i++) {
		n = strlen(ends[i]);
		if (b->n >= n && memcmp(b->p + b->n - n, ends[i], n) == 0)
			return;
	}
	gp_buf_addc(b, '.');
}

static void
sentence(struct gp_buf *b, struct gp_span s)
{
	if (s.n == 0)
		return;
	if (b->n > 0)
		gp_buf_addc(b, ' ');
	put(b, s);
	stop(b);
}

static int
has_quotes(struct gp_span s)
{
	return memmem(s.p, s.n, OPEN, sizeof(OPEN) - 1) != NULL;
}

static int
is_capital(uint32_t c)
{
	return utf8proc_category((utf8proc_int32_t)c) == UTF8PROC_CATEGORY_LU;
}

/* A subtitle: one that begins with a capital is a sentence of its own. */
static void
behind(struct gp_buf *b, struct gp_span s)
{
	const char *p = s.p;

	if (s.n == 0)
		return;
	if (is_capital(gp_utf8_next(&p, gp_span_end(s))))
		gp_buf_adds(b, ". ");
	else
		gp_buf_adds(b, ", ");
	put(b, s);
}

/* "Столбцы «Темы обращений», 24–31 октября: " */
static void
heading(struct gp_buf *b, const struct gp_card *c, const char *what,
    enum gp_lang lang)
{
	gp_buf_adds(b, what);
	if (lang == GP_EN || has_quotes(c->title)) {
		gp_buf_adds(b, ": ");
		put(b, c->title);
	} else {
		gp_buf_adds(b, " " OPEN);
		put(b, c->title);
		gp_buf_adds(b, CLOSE);
	}
	behind(b, c->subtitle);
}

static void
value(struct gp_buf *b, const struct gp_card *c, double v, enum gp_lang lang)
{
	gp_number_put_unit(b, v, c->unit, lang);
}

static void
item(struct gp_buf *b, const struct gp_card *c, const struct gp_card_item *it,
    enum gp_lang lang)
{
	put(b, it->label);
	gp_buf_adds(b, lang == GP_RU ? DASH : ": ");
	value(b, c, it->value, lang);
}

static void
figure(struct gp_buf *b, const struct gp_card *c, enum gp_lang lang)
{
	put(b, c->title);
	behind(b, c->subtitle);
	gp_buf_adds(b, ": ");
	if (c->has_of) {
		gp_number_put_percent(
		    b, gp_number_percent(c->value, c->of), lang);
		gp_buf_adds(b, ", ");
		gp_number_put(b, c->value, lang);
		gp_buf_adds(b, lang == GP_RU ? " из" GP_NBSP : " of ");
		gp_number_put(b, c->of, lang);
	} else {
		value(b, c, c->value, lang);
	}
	stop(b);
	sentence(b, c->text);
}

int
gp_card_rest_sum(const struct gp_card *c, size_t from, double *sum)
{
	*sum = 0;
	if (c->kind != GP_CARD_BARS || gp_span_is(c->unit, "%"))
		return 0;
	for (; from < c->n; from++) {
		if (c->item[from].value != floor(c->item[from].value))
			return 0;
		*sum += c->item[from].value;
	}
	return 1;
}

void
gp_alt_put_rest(
    struct gp_buf *b, const struct gp_card *c, size_t shown, enum gp_lang lang)
{
	if (c->rest.n > 0)
		put(b, c->rest);
	else
		gp_buf_adds(
		    b, lang == GP_RU ? "и" GP_NBSP "ещё" GP_NBSP : "and ");
	if (c->rest.n > 0)
		gp_buf_adds(b, " (");
	gp_number_put(b, (double)(c->n - shown), lang);
	if (c->rest.n > 0)
		gp_buf_addc(b, ')');
	else if (lang == GP_EN)
		gp_buf_adds(b, " more");
}

static void
all_items(struct gp_buf *b, const struct gp_card *c, enum gp_lang lang)
{
	size_t i;

	for (i = 0; i < c->n; i++) {
		if (i > 0)
			gp_buf_adds(b, "; ");
		if (c->kind == GP_CARD_LIST)
			put(b, c->item[i].label);
		else
			item(b, c, &c->item[i], lang);
	}
	stop(b);
}

static void
notable(struct gp_buf *b, const struct gp_card *c, enum gp_lang lang)
{
	static const char *const word[GP_LANGS][4] = {
		[GP_RU] = { "первое значение: ", "последнее: ", "наибольшее: ",
		    "наименьшее: " },
		[GP_EN] = { "first: ", "last: ", "highest: ", "lowest: " },
	};
	size_t at[4] = { 0, c->n - 1, 0, 0 }, i;

	for (i = 1; i < c->n; i++) {
		if (c->item[i].value > c->item[at[2]].value)
			at[2] = i;
		if (c->item[i].value < c->item[at[3]].value)
			at[3] = i;
	}
	for (i = 0; i < 4; i++) {
		if (i > 0)
			gp_buf_adds(b, "; ");
		gp_buf_adds(b, word[lang][i]);
		item(b, c, &c->item[at[i]], lang);
	}
	stop(b);
}

/* "на 14 больше, или на 70 %" */
void
gp_alt_put_difference(
    struct gp_buf *b, const struct gp_card *c, enum gp_lang lang)
{
	double was = c->item[0].value, is = c->item[1].value;
	double d = fabs(is - was);
	int more = is > was, points = gp_span_is(c->unit, "%");

	if (d == 0) {
		gp_buf_adds(b, lang == GP_RU ? "без изменений" : "no change");
		return;
	}
	if (lang == GP_RU)
		gp_buf_adds(b, "на" GP_NBSP);
	gp_number_put(b, d, lang);
	if (points)
		gp_buf_adds(
		    b, lang == GP_RU ? GP_NBSP "п." GP_NBSP "п." : " points");
	if (lang == GP_RU)
		gp_buf_adds(b, more ? " больше" : " меньше");
	else
		gp_buf_adds(b, more ? " more" : " fewer");
	if (points || was <= 0 || is < 0)
		return;
	gp_buf_adds(b, lang == GP_RU ? ", или на" GP_NBSP : ", by ");
	gp_number_put_percent(b,
	    d < was ? gp_number_percent(d, was) : round(100 * d / was), lang);
}

static void
change(struct gp_buf *b, const struct gp_card *c, enum gp_lang lang)
{
	put(b, c->title);
	gp_buf_adds(b, ": ");
	item(b, c, &c->item[0], lang);
	gp_buf_adds(b, "; ");
	item(b, c, &c->item[1], lang);
	gp_buf_adds(b, "; ");
	gp_alt_put_difference(b, c, lang);
	stop(b);
	sentence(b, c->text);
}

static void
quoted(struct gp_buf *b, const struct gp_card *c, enum gp_lang lang)
{
	gp_buf_adds(b, lang == GP_RU ? "Цитата: " : "Quote: ");
	put(b, c->text);
	stop(b);
	sentence(b, c->author);
}

void
gp_alt_put(struct gp_buf *b, const struct gp_card *c, enum gp_lang lang)
{
	static const char *const what[GP_CARD_KINDS][GP_LANGS] = {
		[GP_CARD_TITLE] = { "Заставка", "Title card" },
		[GP_CARD_BARS] = { "Столбчатая диаграмма", "Bar chart" },
		[GP_CARD_LINE] = { "График", "Line chart" },
		[GP_CARD_LIST] = { "Список", "List" },
	};

	if (c->alt.n > 0) {
		put(b, c->alt);
	} else if (c->kind == GP_CARD_FIGURE) {
		figure(b, c, lang);
	} else if (c->kind == GP_CARD_CHANGE) {
		change(b, c, lang);
	} else if (c->kind == GP_CARD_QUOTE) {
		quoted(b, c, lang);
	} else {
		heading(b, c, what[c->kind][lang], lang);
		if (c->n == 0 || c->kind == GP_CARD_TITLE)
			stop(b);
		else
			gp_buf_adds(b, ": ");
		if (c->kind == GP_CARD_LINE && c->n > MOST_POINTS)
			notable(b, c, lang);
		else if (c->n > 0 && c->kind != GP_CARD_TITLE)
			all_items(b, c, lang);
		sentence(b, c->text);
	}
}
