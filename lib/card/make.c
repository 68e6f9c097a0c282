#include "card/make.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "card/fill.h"
#include "card/make_items.h"

/* The words in that language, or in the other one. */
static const char *
words_in(const struct gp_phrase *w, enum gp_lang lang)
{
	return w->in[lang] != NULL ? w->in[lang] : w->in[1 - lang];
}

/* 0; 1: a figure in it is not there, and it is left out. */
static int
sentence(struct gp_making *mk, const struct gp_phrase *w,
    const struct gp_card_row *row, struct gp_span *to)
{
	const char *text = words_in(w, mk->lang);
	struct gp_buf b;
	int r;

	*to = (struct gp_span){ NULL, 0 };
	if (text == NULL)
		return 0;
	gp_buf_init(&b, 0);
	r = gp_fill(&b, gp_span_of(text), row, mk->lang);
	if (r == 0)
		*to = gp_pool_copy(&mk->album->pool, gp_buf_span(&b));
	gp_buf_release(&b);
	return r;
}

static struct gp_span
plain(const struct gp_making *mk, const struct gp_phrase *w)
{
	const char *text = words_in(w, mk->lang);

	return text != NULL ? gp_span_of(text) : (struct gp_span){ NULL, 0 };
}

static int
figure(struct gp_making *mk, const struct gp_spec_report *r,
    const struct gp_spec_card *s, const struct gp_card_row *row,
    const struct gp_card_only *only, struct gp_card *c)
{
	size_t i, n = 0;

	if (strcmp(s->value, "#") == 0) {
		for (i = 0; i < mk->rows->n; i++)
			n +=
			    gp_card_row_is(&mk->rows->v[i], r->name, s->rows) &&
			    gp_card_row_only(&mk->rows->v[i], only);
		c->value = (double)n;
		return n == 0 && s->least > 0;
	}
	if (row == NULL ||
	    gp_card_row_number(row, gp_span_of(s->value), &c->value) == -1)
		return 1;
	if (s->of == NULL)
		return c->value < (double)s->least;
	c->has_of = 1;
	return gp_card_row_number(row, gp_span_of(s->of), &c->of) == -1 ||
	    c->of <= 0;
}

/* 0; 1: there is nothing to show; -1: no memory. */
static int
contents(struct gp_making *mk, const struct gp_spec_report *r,
    const struct gp_spec_card *s, const struct gp_card_row *row,
    const struct gp_card_only *only, struct gp_card *c, int *over)
{
	const struct gp_items_of of = { mk->rows, r->name, s, row, only,
		&mk->album->pool, mk->lang, plain(mk, &s->unnamed), over };

	switch (c->kind) {
	case GP_CARD_FIGURE:
		return figure(mk, r, s, row, only, c);
	case GP_CARD_CHANGE:
		return gp_items_change(&of,
		    mk->before == NULL
			? NULL
			: gp_card_rows_find(mk->before, r->name,
			      s->row != NULL ? s->row : r->row, only),
		    c);
	case GP_CARD_BARS:
	case GP_CARD_LINE:
	case GP_CARD_LIST:
		return gp_items_make(&of, c);
	default:
		return 0;
	}
}

static void
refuse(struct gp_making *mk, const struct gp_spec_report *r,
    const struct gp_spec_card *s, const char *why)
{
	char place[256];

	snprintf(
	    place, sizeof(place), "%.100s: the card '%s'", r->name, s->kind);
	mk->refused(mk->ctx, place, why);
}

static int
one(struct gp_making *mk, const struct gp_spec_report *r,
    const struct gp_spec_card *s, const struct gp_card_only *only)
{
	const struct gp_card_row *row = gp_card_rows_find(
	    mk->rows, r->name, s->row != NULL ? s->row : r->row, only);
	struct gp_card c = { .kind = gp_card_kind_of(gp_span_of(s->kind)) };
	struct gp_why why;
	int over = 0, n = contents(mk, r, s, row, only, &c, &over);

	if (over && !mk->album->pool.bad) {
		refuse(mk, r, s, "more than 400 rows; gp-report has --limit");
		return 0;
	}
	if (n != 0)
		return n == -1 ? -1 : 0;
	if (sentence(mk, &s->title, row, &c.title) == 1)
		return 0;
	sentence(mk, &s->subtitle, row, &c.subtitle);
	sentence(mk, &s->text, row, &c.text);
	sentence(mk, &s->note, row, &c.note);
	sentence(mk, &s->author, row, &c.author);
	c.unit = plain(mk, &s->unit);
	c.rest = plain(mk, &s->rest);
	if (s->good != NULL)
		c.good = strcmp(s->good, "more") == 0 ? 1 : -1;
	if (gp_album_add(mk->album, &c,
		s->people ? GP_FROM_CITIZEN : GP_FROM_REPORT, &why) == -1)
		refuse(mk, r, s, why.msg);
	return mk->album->pool.bad ? -1 : 0;
}

/* A card for each value of the member, in the order in which they came. */
static int
of_each(struct gp_making *mk, const struct gp_spec_report *r,
    const struct gp_spec_card *s)
{
	struct gp_span seen[GP_ALBUM_MOST];
	size_t n = 0, i, k;

	for (i = 0; i < mk->rows->n; i++) {
		const struct gp_card_row *row = &mk->rows->v[i];
		const struct gp_card_only only = { s->each,
			gp_card_row_get(row, gp_span_of(s->each)).text };

		if (only.value.p == NULL ||
		    !gp_card_row_is(row, r->name, s->rows))
			continue;
		for (k = 0; k < n && !gp_span_eq(seen[k], only.value); k++)
			;
		if (k < n)
			continue;
		if (n == GP_ALBUM_MOST) {
			refuse(mk, r, s, "more than an album holds");
			return 0;
		}
		seen[n++] = only.value;
		if (one(mk, r, s, &only) == -1)
			return -1;
	}
	return 0;
}

/* What citizens wrote, where that was asked for. */
static int
quotes(struct gp_making *mk, const struct gp_spec_report *r,
    const struct gp_spec_card *s)
{
	struct gp_buf text;
	long left = mk->quotes;
	size_t i;

	gp_buf_init(&text, 0);
	for (i = 0; i < mk->rows->n && left > 0; i++) {
		const struct gp_card_row *row = &mk->rows->v[i];
		struct gp_card c = { .kind = GP_CARD_QUOTE };
		struct gp_why why;

		gp_buf_reset(&text);
		if (!gp_card_row_is(row, r->name, s->rows) ||
		    gp_json_text(gp_card_row_get(row, gp_span_of(s->quote)),
			&text) == -1 ||
		    text.n == 0)
			continue;
		left--;
		c.text = gp_pool_copy(&mk->album->pool, gp_buf_span(&text));
		sentence(mk, &s->title, row, &c.title);
		sentence(mk, &s->author, row, &c.author);
		sentence(mk, &s->note, row, &c.note);
		if (gp_album_add(mk->album, &c, GP_FROM_CITIZEN, &why) == -1)
			refuse(mk, r, s, why.msg);
	}
	gp_buf_release(&text);
	return mk->album->pool.bad ? -1 : 0;
}

static int
cards(struct gp_making *mk, const struct gp_spec_report *r)
{
	const struct gp_spec_card *s = r->card.v;
	size_t i;
	int n;

	for (i = 0; i < r->card.n; i++) {
		if (strcmp(s[i].kind, "quote") == 0)
			n = quotes(mk, r, &s[i]);
		else if (s[i].each != NULL)
			n = of_each(mk, r, &s[i]);
		else
			n = one(mk, r, &s[i], NULL);
		if (n == -1)
			return -1;
	}
	return 0;
}

/* A paragraph each; one whose figures are not there is left out. */
static void
post(struct gp_making *mk, const struct gp_spec_report *r)
{
	const struct gp_card_row *row =
	    gp_card_rows_find(mk->rows, r->name, r->row, NULL);
	const struct gp_yaml_list *list =
	    &r->post[r->post[mk->lang].n > 0 ? mk->lang : 1 - mk->lang];
	const char *const *text = list->v;
	struct gp_phrase w = { { NULL, NULL } };
	struct gp_span s;
	size_t i;

	for (i = 0; i < list->n; i++) {
		w.in[mk->lang] = text[i];
		if (sentence(mk, &w, row, &s) == 0)
			gp_album_say(mk->album, s, mk->lang);
	}
}

static int
came_before(const struct gp_card_rows *rows, size_t at)
{
	size_t i;

	for (i = 0; i < at; i++)
		if (gp_span_eq(rows->v[i].report, rows->v[at].report))
			return 1;
	return 0;
}

int
gp_make_all(struct gp_making *mk, struct gp_why *why)
{
	const struct gp_card_rows *rows = mk->rows;
	size_t i;

	for (i = 0; i < rows->n; i++) {
		struct gp_span name = rows->v[i].report;
		const struct gp_spec_report *r;

		if (i > 0 &&
		    (gp_span_eq(rows->v[i - 1].report, name) ||
			came_before(rows, i)))
			continue;
		r = gp_spec_find(mk->spec, name);
		if (r == NULL) {
			char place[128];

			snprintf(place, sizeof(place), "report '%.*s'",
			    (int)(name.n < 100 ? name.n : 100), name.p);
			mk->refused(
			    mk->ctx, place, "no cards are written down for it");
			continue;
		}
		if (cards(mk, r) == -1)
			return gp_because(why, "no memory");
		post(mk, r);
	}
	return 0;
}
