/* Cards of words: title, quote, list. */
#include <math.h>
#include <string.h>

#include "card/alt.h"
#include "card/draw.h"

int
gp_draw_title(struct gp_draw *d, const struct gp_card *card, struct gp_box b)
{
	struct gp_style big = { 108, 44, 1, 0, 1, 6 };
	struct gp_style small = { 46, 32, 0, 0, 1, 4 };
	double u = gp_draw_unit(d), rule = 10 * u, gap = 40 * u, y;
	struct gp_fitted t, s;
	struct gp_span under =
	    card->subtitle.n > 0 ? card->subtitle : card->text;

	if (gp_draw_fit(d, "title", card->title, big, b.w, b.h * 0.62, &t) ==
	    -1)
		return -1;
	if (gp_draw_fit(d, card->subtitle.n > 0 ? "subtitle" : "text", under,
		small, b.w, b.h * 0.3, &s) == -1) {
		gp_fitted_release(&t);
		return -1;
	}
	y = b.y + (b.h - t.h - s.h - gap * 2 - rule) * 0.42;
	gp_draw_put(d, &t, b.x, y, d->colour->on_cover);
	y += t.h + gap;
	gp_canvas_bar(&d->canvas, (struct gp_box){ b.x, y, 120 * u, rule },
	    rule / 2, d->colour->on_cover);
	gp_draw_put(d, &s, b.x, y + rule + gap, d->colour->on_cover);
	gp_fitted_release(&t);
	gp_fitted_release(&s);
	return 0;
}

/* A guillemet as large as a sign, drawn: fonts differ too much in theirs. */
static void
mark(struct gp_draw *d, double x, double y, double size)
{
	int i;

	for (i = 0; i < 2; i++) {
		double left = x + i * size * 0.62;
		double xy[] = { left + size * 0.55, y, left, y + size / 2,
			left + size * 0.55, y + size };

		gp_canvas_path(
		    &d->canvas, xy, 3, size * 0.17, d->colour->accent);
	}
}

int
gp_draw_quote(struct gp_draw *d, const struct gp_card *card, struct gp_box b)
{
	struct gp_style words = { 60, 30, 0, 0, 0, 0 };
	struct gp_style who = { 36, 27, 1, 0, 1, 3 };
	double u = gp_draw_unit(d), sign = 92 * u, gap = 48 * u, y;
	double inset = 44 * u, room;
	struct gp_fitted t, a;

	if (gp_draw_fit(d, "author", card->author, who, b.w - 2 * inset,
		b.h * 0.25, &a) == -1)
		return -1;
	room = b.h - sign - gap - 2 * inset - (a.h > 0 ? a.h + gap : 0);
	if (gp_draw_fit(d, "text", card->text, words, b.w - 2 * inset, room,
		&t) == -1) {
		gp_fitted_release(&a);
		return -1;
	}
	room -= t.h;
	y = b.y + room / 2;
	gp_canvas_bar(&d->canvas, (struct gp_box){ b.x, y, b.w, b.h - room },
	    32 * u, d->colour->panel);
	y += inset;
	mark(d, b.x + inset + 8 * u, y + 8 * u, sign - 16 * u);
	y += sign + gap;
	gp_draw_put(d, &t, b.x + inset, y, d->colour->text);
	gp_draw_put(d, &a, b.x + inset, y + t.h + gap, d->colour->muted);
	gp_fitted_release(&t);
	gp_fitted_release(&a);
	return 0;
}

/* -- list -- */

#define MOST_ROWS 24

struct rows {
	struct gp_fitted row[MOST_ROWS], rest;
	size_t n;
	double gap, high; /* of all, gaps too */
};

static void
release(struct rows *r)
{
	size_t i;

	for (i = 0; i < r->n; i++)
		gp_fitted_release(&r->row[i]);
	gp_fitted_release(&r->rest);
	r->n = 0;
}

static int
fit_rest(struct gp_draw *d, const struct gp_card *card, size_t shown,
    double size, struct gp_fitted *f)
{
	struct gp_style s = { size, 24, 0, 0, 0, 2 };
	struct gp_buf b;
	int r;

	gp_buf_init(&b, 0);
	gp_alt_put_rest(&b, card, shown, d->lang);
	r = gp_draw_fit(d, "rest", gp_buf_span(&b), s, d->w * 0.7, 0, f);
	gp_buf_release(&b);
	return r;
}

/* The first n items in letters of that size. */
static int
fit_rows(struct gp_draw *d, const struct gp_card *card, size_t n, double size,
    double w, struct rows *r)
{
	struct gp_style s = { size, size, 0, 0, 1, 0 };
	double u = gp_draw_unit(d);
	size_t i;

	memset(r, 0, sizeof(*r));
	r->gap = size * 0.62 * u;
	for (i = 0; i < n; i++) {
		if (gp_draw_fit(d, "items", card->item[i].label, s, w, 0,
			&r->row[r->n]) == -1)
			return -1;
		r->high += r->row[r->n++].h + (i > 0 ? r->gap : 0);
	}
	if (n < card->n) {
		if (fit_rest(d, card, n, size, &r->rest) == -1)
			return -1;
		r->high += r->rest.h + r->gap;
	}
	return 0;
}

/* All in the largest letters that do; else as many as there is room for. */
static int
choose(struct gp_draw *d, const struct gp_card *card, double w, double h,
    struct rows *r)
{
	size_t n = card->n < MOST_ROWS ? card->n : MOST_ROWS;
	double size = 48;

	for (;;) {
		int bad = fit_rows(d, card, n, size, w, r);

		if (bad == 0 && r->high <= h)
			return 0;
		release(r);
		if (size > 33)
			size -= 3;
		else if (bad == -1)
			return -1;
		else if (--n == 0)
			return gp_because(
			    d->why, "there is no room for one of the items");
	}
}

int
gp_draw_list(struct gp_draw *d, const struct gp_card *card, struct gp_box b)
{
	double u = gp_draw_unit(d), indent = 56 * u, y, more;
	struct rows r;
	size_t i;

	if (choose(d, card, b.w - indent, b.h, &r) == -1)
		return -1;
	more = r.n > 1 ? fmin((b.h - r.high) / (double)r.n, 40 * u) : 0;
	y = b.y + fmin((b.h - r.high - more * (double)(r.n - 1)) / 3, 80 * u);
	for (i = 0; i < r.n; i++) {
		gp_canvas_disc(&d->canvas, b.x + 13 * u,
		    y + r.row[i].size * 0.66, 11 * u, d->colour->accent);
		gp_draw_put(d, &r.row[i], b.x + indent, y, d->colour->text);
		y += r.row[i].h + r.gap + more;
	}
	gp_draw_put(d, &r.rest, b.x + indent, y, d->colour->muted);
	release(&r);
	return 0;
}
