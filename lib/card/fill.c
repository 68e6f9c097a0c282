#include "card/fill.h"

#include <string.h>

#include "card/number.h"
#include "card/period.h"

/* A hole, taken apart: name, or name and whole; forms behind : or =. */
struct hole {
	struct gp_span name, whole, forms;
	int alone; /* the form without its number */
};

static struct gp_span
between(const char *p, const char *end)
{
	return (struct gp_span){ p, (size_t)(end - p) };
}

static struct hole
parse(struct gp_span in)
{
	const char *end = gp_span_end(in), *p;
	struct hole h = { in, { NULL, 0 }, { NULL, 0 }, 0 };

	for (p = in.p; p < end; p++)
		if (*p == ':' || *p == '=') {
			h.forms = between(p + 1, end);
			h.alone = *p == '=';
			h.name = between(in.p, p);
			break;
		}
	p = memchr(h.name.p, '/', h.name.n);
	if (p != NULL) {
		h.whole = between(p + 1, gp_span_end(h.name));
		h.name = between(h.name.p, p);
	}
	return h;
}

static int
period(struct gp_buf *b, const struct gp_card_row *row, enum gp_lang lang)
{
	gp_instant from, to;

	if (gp_card_row_period(row, NULL, &from, &to) == -1)
		return 1;
	gp_period_put(b, from, to, lang);
	return 0;
}

static int
share(struct gp_buf *b, const struct hole *h, const struct gp_card_row *row,
    enum gp_lang lang)
{
	double part, whole;

	if (gp_card_row_number(row, h->name, &part) == -1 ||
	    gp_card_row_number(row, h->whole, &whole) == -1 || whole <= 0)
		return 1;
	gp_number_put_percent(b, gp_number_percent(part, whole), lang);
	return 0;
}

static int
one(struct gp_buf *b, const struct hole *h, const struct gp_card_row *row,
    enum gp_lang lang)
{
	struct gp_json v;
	struct gp_span form;
	double n;

	if (gp_span_is(h->name, "period"))
		return period(b, row, lang);
	if (h->whole.n > 0)
		return share(b, h, row, lang);
	v = gp_card_row_get(row, h->name);
	if (v.type == GP_JSON_STRING && h->forms.n == 0)
		return gp_json_text(v, b) == -1;
	if (gp_card_row_number(row, h->name, &n) == -1)
		return 1;
	form = gp_number_form(h->forms, n);
	if (h->alone)
		gp_buf_add(b, form.p, form.n);
	else
		gp_number_put_unit(b, n, h->forms, lang);
	return 0;
}

int
gp_fill(struct gp_buf *b, struct gp_span s, const struct gp_card_row *row,
    enum gp_lang lang)
{
	const char *p = s.p, *end = gp_span_end(s), *open, *close;

	while (p < end) {
		struct hole h;

		open = memchr(p, '{', (size_t)(end - p));
		close = open != NULL ? memchr(open, '}', (size_t)(end - open))
				     : NULL;
		if (close == NULL)
			break;
		gp_buf_add(b, p, (size_t)(open - p));
		h = parse(between(open + 1, close));
		if (row == NULL || one(b, &h, row, lang) != 0)
			return 1;
		p = close + 1;
	}
	gp_buf_add(b, p, (size_t)(end - p));
	return 0;
}

int
gp_fill_check(struct gp_span s, struct gp_why *why)
{
	const char *p = s.p, *end = gp_span_end(s), *close;

	for (; p < end; p++) {
		struct hole h;

		if (*p == '}')
			return gp_because(why, "a '}' without its '{'");
		if (*p != '{')
			continue;
		close = memchr(p, '}', (size_t)(end - p));
		if (close == NULL)
			return gp_because(why, "a '{' without its '}'");
		h = parse(between(p + 1, close));
		if (h.name.n == 0)
			return gp_because(why, "{} names no figure");
		if (gp_span_end(h.name) != close && h.whole.n == 0 &&
		    gp_number_forms(h.forms) == 0)
			return gp_because(why,
			    "{%.*s}: forms are one to three, as "
			    "{n:день|дня|дней}",
			    (int)(close - p - 1), p + 1);
		p = close;
	}
	return 0;
}
