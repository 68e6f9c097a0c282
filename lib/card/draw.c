#include "card/draw.h"

#include <math.h>
#include <stdlib.h>

/* In units: a 1080th of the shorter side. */
#define MARGIN   84
#define SIGN     64
#define SAFE_TOP 0.115 /* of a story: what the network draws over it */
#define SAFE_LOW 0.13
#define TALL     1.5 /* from that on it is a story */
#define LARGER   1.1 /* letters of a story: it has the room */

int
gp_draw_is_tall(const struct gp_draw *d)
{
	return d->h >= TALL * d->w;
}

double
gp_draw_unit(const struct gp_draw *d)
{
	double u = fmin(d->w, d->h) / 1080.0;

	return gp_draw_is_tall(d) ? u * LARGER : u;
}

int
gp_draw_fit(struct gp_draw *d, const char *member, struct gp_span s,
    struct gp_style style, double w, double h, struct gp_fitted *f)
{
	double u = gp_draw_unit(d);

	style.size *= u;
	style.least *= u;
	return gp_pen_fit(
	    d->pen, member, s, &style, w, h > 0 ? h : d->h * 4.0, f, d->why);
}

void
gp_draw_put(struct gp_draw *d, const struct gp_fitted *f, double x, double y,
    struct gp_colour c)
{
	gp_canvas_text(&d->canvas, f, x, y, c);
}

struct frame {
	struct gp_colour back, text, muted;
	struct gp_box all; /* within margins and safe zones */
	double left;       /* where the page's name begins */
};

static void
lay(const struct gp_draw *d, const struct gp_card *card, struct frame *f)
{
	const struct gp_scheme *c = d->colour;
	double u = gp_draw_unit(d), m = MARGIN * u;
	int tall = gp_draw_is_tall(d);
	double top = tall ? d->h * SAFE_TOP : m * 0.8;
	double low = tall ? d->h * SAFE_LOW : m * 0.75;

	f->back = card->kind == GP_CARD_TITLE ? c->cover : c->background;
	f->text = card->kind == GP_CARD_TITLE ? c->on_cover : c->text;
	f->muted = card->kind == GP_CARD_TITLE ? c->on_cover : c->muted;
	f->all = (struct gp_box){ m, top, d->w - 2 * m, d->h - top - low };
	f->left = m;
}

/* Large rings in the corner where the fewest words stand. */
static void
rings(struct gp_draw *d)
{
	double u = gp_draw_unit(d), x = d->w - 40 * u, y = d->h - 60 * u;
	int i;

	for (i = 0; i < 4; i++)
		gp_canvas_ring(&d->canvas, x, y, (150 + 130 * i) * u, 44 * u,
		    d->colour->ring);
}

/* The page's sign; on the cover it gets a plate, so that it is seen. */
static int
sign(struct gp_draw *d, const struct gp_card *card, struct frame *f)
{
	double u = gp_draw_unit(d), w = 0, pad = 10 * u;
	struct gp_box b = { f->all.x, f->all.y, 240 * u, SIGN * u };

	if (d->theme->logo.n == 0)
		return 0;
	if (card->kind == GP_CARD_TITLE) {
		gp_canvas_bar(&d->canvas,
		    (struct gp_box){
			b.x, b.y - pad, b.h + 2 * pad, b.h + 2 * pad },
		    14 * u, d->colour->plate);
		b.x += pad;
		b.w = b.h;
		f->left = b.x + b.w + pad + 24 * u;
	}
	if (gp_canvas_image(
		&d->canvas, gp_buf_span(&d->theme->logo), b, &w, d->why) == -1)
		return -1;
	if (card->kind != GP_CARD_TITLE)
		f->left = b.x + w + 24 * u;
	return 0;
}

static int
header(struct gp_draw *d, struct frame *f)
{
	struct gp_style s = { 31, 22, 1, 0, 0, 2 };
	double u = gp_draw_unit(d);
	struct gp_fitted t;

	if (d->theme->page == NULL)
		return 0;
	if (gp_draw_fit(d, "page", gp_span_of(d->theme->page), s,
		f->all.x + f->all.w - f->left, SIGN * u, &t) == -1)
		return -1;
	gp_draw_put(d, &t, f->left, f->all.y + (SIGN * u - t.h) / 2, f->muted);
	gp_fitted_release(&t);
	return 0;
}

/* "2 / 5" to the right; its width goes to *w. */
static int
place(struct gp_draw *d, const struct frame *f, double base, double *w)
{
	struct gp_style s = { 27, 27, 1, 0, 0, 1 };
	struct gp_fitted t;
	struct gp_buf b;
	int r;

	*w = 0;
	if (d->of < 2)
		return 0;
	gp_buf_init(&b, 0);
	gp_buf_addf(&b, "%zu\xe2\x80\xaf/\xe2\x80\xaf%zu", d->no, d->of);
	r = gp_draw_fit(d, "place", gp_buf_span(&b), s, f->all.w, 0, &t);
	gp_buf_release(&b);
	if (r == -1)
		return -1;
	gp_draw_put(d, &t, f->all.x + f->all.w - t.w, base - t.h, f->muted);
	*w = t.w;
	gp_fitted_release(&t);
	return 0;
}

/* The note, or the page's address where there is none. */
static int
footer(struct gp_draw *d, const struct gp_card *card, const struct frame *f,
    double *h)
{
	struct gp_style s = { 27, 22, 0, 0, 0, 3 };
	double u = gp_draw_unit(d), w, base = f->all.y + f->all.h;
	struct gp_span note = card->note;
	struct gp_fitted t;

	if (note.n == 0 && d->theme->address != NULL)
		note = gp_span_of(d->theme->address);
	if (place(d, f, base, &w) == -1)
		return -1;
	if (gp_draw_fit(d, "note", note, s, f->all.w - w - (w > 0 ? 40 * u : 0),
		0, &t) == -1)
		return -1;
	gp_draw_put(d, &t, f->all.x, base - t.h, f->muted);
	*h = fmax(t.h, 34 * u);
	gp_fitted_release(&t);
	return 0;
}

int
gp_draw_frame(
    struct gp_draw *d, const struct gp_card *card, struct gp_box *body)
{
	double u = gp_draw_unit(d), low;
	int head = d->theme->page != NULL || d->theme->logo.n > 0;
	struct frame f;

	lay(d, card, &f);
	gp_canvas_fill(&d->canvas, f.back);
	if (card->kind == GP_CARD_TITLE)
		rings(d);
	if (sign(d, card, &f) == -1 || header(d, &f) == -1 ||
	    footer(d, card, &f, &low) == -1)
		return -1;
	*body = f.all;
	if (head) {
		body->y += (SIGN + 44) * u;
		body->h -= (SIGN + 44) * u;
	}
	body->h -= low + 44 * u;
	return 0;
}

int
gp_draw_heading(
    struct gp_draw *d, const struct gp_card *card, struct gp_box *body)
{
	struct gp_style big = { 60, 38, 1, 0, 1, 3 };
	struct gp_style small = { 34, 26, 0, 0, 1, 2 };
	double u = gp_draw_unit(d), h;
	struct gp_fitted t, s;

	if (gp_draw_fit(d, "title", card->title, big, body->w, 0, &t) == -1)
		return -1;
	if (gp_draw_fit(d, "subtitle", card->subtitle, small, body->w, 0, &s) ==
	    -1) {
		gp_fitted_release(&t);
		return -1;
	}
	gp_draw_put(d, &t, body->x, body->y, d->colour->text);
	gp_draw_put(d, &s, body->x, body->y + t.h + 12 * u, d->colour->muted);
	h = t.h + (s.h > 0 ? s.h + 12 * u : 0) + 48 * u;
	body->y += h;
	body->h -= h;
	gp_fitted_release(&t);
	gp_fitted_release(&s);
	return 0;
}

static int
body(struct gp_draw *d, const struct gp_card *card)
{
	static int (*const draw[GP_CARD_KINDS])(
	    struct gp_draw *, const struct gp_card *, struct gp_box) = {
		[GP_CARD_TITLE] = gp_draw_title,
		[GP_CARD_FIGURE] = gp_draw_figure,
		[GP_CARD_BARS] = gp_draw_bars,
		[GP_CARD_LINE] = gp_draw_line,
		[GP_CARD_CHANGE] = gp_draw_change,
		[GP_CARD_QUOTE] = gp_draw_quote,
		[GP_CARD_LIST] = gp_draw_list,
	};
	struct gp_box b;

	if (gp_draw_frame(d, card, &b) == -1)
		return -1;
	if (card->kind != GP_CARD_TITLE && card->title.n > 0 &&
	    gp_draw_heading(d, card, &b) == -1)
		return -1;
	if (b.h < 100 * gp_draw_unit(d))
		return gp_because(
		    d->why, "title and note leave no room for the rest");
	return draw[card->kind](d, card, b);
}

int
gp_draw_card(struct gp_draw *d, const struct gp_card *card, struct gp_buf *out,
    struct gp_why *why)
{
	char *title;

	d->why = why;
	if (gp_canvas_open(&d->canvas, d->format, d->w, d->h, out, why) == -1)
		return -1;
	title = gp_span_dup(card->title.n > 0 ? card->title : card->text);
	if (title != NULL)
		gp_canvas_describe(&d->canvas, title, d->made);
	free(title);
	if (body(d, card) == 0)
		return gp_canvas_close(&d->canvas, why);
	gp_canvas_drop(&d->canvas);
	return -1;
}
