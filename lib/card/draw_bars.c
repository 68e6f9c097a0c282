/* Bars that lie: a label and a number over each. */
#include <math.h>
#include <string.h>

#include "card/alt.h"
#include "card/draw.h"
#include "card/number.h"

enum {
	MOST_BARS = 20
};

/* In units. */
#define LABEL_GAP 10
#define BAR_LEAST 18
#define BAR_MOST  52
#define GAP_LEAST 20
#define GAP_MOST  76

struct bar {
	struct gp_fitted label, value;
};

struct bars {
	struct bar bar[MOST_BARS + 1]; /* the last one may be the rest */
	size_t n;                      /* with the rest */
	size_t shown;                  /* of the items */
	double labels;                 /* height of all labels */
};

static void
release(struct bars *b)
{
	for (; b->n > 0; b->n--) {
		gp_fitted_release(&b->bar[b->n - 1].label);
		gp_fitted_release(&b->bar[b->n - 1].value);
	}
	b->labels = 0;
}

static int
fit_value(struct gp_draw *d, const struct gp_card *c, double v, double size,
    struct gp_fitted *f)
{
	struct gp_style s = { size, size, 1, 0, 0, 1 };
	struct gp_buf b;
	int r;

	gp_buf_init(&b, 0);
	if (gp_span_is(c->unit, "%"))
		gp_number_put_percent(&b, v, d->lang);
	else
		gp_number_put(&b, v, d->lang);
	r = gp_draw_fit(d, "value", gp_buf_span(&b), s, d->w * 0.5, 0, f);
	gp_buf_release(&b);
	return r;
}

/* One line where letters of that size allow it, else two. */
static int
fit_label(struct gp_draw *d, struct gp_span label, double size, double w,
    struct gp_fitted *f)
{
	struct gp_style one = { size, size, 0, 0, 0, 1 };
	struct gp_style two = { size, 24, 0, 0, 0, 2 };

	if (gp_draw_fit(d, "items", label, one, w, 0, f) == 0)
		return 0;
	return gp_draw_fit(d, "items", label, two, w, 0, f);
}

/* A bar's words; v NULL: no number stands there. */
static int
add(struct gp_draw *d, const struct gp_card *c, struct bars *b,
    struct gp_span label, const double *v, double size, double w)
{
	struct bar *to = &b->bar[b->n];

	memset(to, 0, sizeof(*to));
	if (v != NULL && fit_value(d, c, *v, size, &to->value) == -1)
		return -1;
	if (fit_label(d, label, size, w - to->value.w - 30 * gp_draw_unit(d),
		&to->label) == -1) {
		gp_fitted_release(&to->value);
		return -1;
	}
	b->labels += fmax(to->label.h, to->value.h);
	b->n++;
	return 0;
}

static int
add_rest(struct gp_draw *d, const struct gp_card *c, struct bars *b,
    double size, double w)
{
	double sum;
	int counts = gp_card_rest_sum(c, b->shown, &sum);
	struct gp_buf label;
	int r;

	gp_buf_init(&label, 0);
	gp_alt_put_rest(&label, c, b->shown, d->lang);
	r = add(d, c, b, gp_buf_span(&label), counts ? &sum : NULL, size, w);
	gp_buf_release(&label);
	return r;
}

static int
fit_all(struct gp_draw *d, const struct gp_card *c, struct bars *b, double size,
    double w)
{
	size_t i;

	for (i = 0; i < b->shown; i++)
		if (add(d, c, b, c->item[i].label, &c->item[i].value, size,
			w) == -1)
			return -1;
	return b->shown < c->n ? add_rest(d, c, b, size, w) : 0;
}

static double
least_height(const struct gp_draw *d, const struct bars *b)
{
	return b->labels +
	    (double)b->n * (LABEL_GAP + BAR_LEAST + GAP_LEAST) *
	    gp_draw_unit(d);
}

static int
choose(struct gp_draw *d, const struct gp_card *c, struct gp_box box,
    struct bars *b)
{
	double size;
	int bad = 0;

	memset(b, 0, sizeof(*b));
	for (b->shown = c->n < MOST_BARS ? c->n : MOST_BARS; b->shown > 0;
	     b->shown--)
		for (size = 40; size >= 28; size -= 3) {
			bad = fit_all(d, c, b, size, box.w);
			if (bad == 0 && least_height(d, b) <= box.h)
				return 0;
			release(b);
		}
	return bad ? -1 : gp_because(d->why, "there is no room for one bar");
}

static double
largest(const struct gp_card *c)
{
	double most = 0;
	size_t i;

	for (i = 0; i < c->n; i++)
		most = fmax(most, c->item[i].value);
	/* Shares are of a hundred, unless they are no shares. */
	return gp_span_is(c->unit, "%") && most <= 100 ? 100 : most;
}

static void
draw_bar(struct gp_draw *d, struct gp_box at, double value, double most)
{
	struct gp_box part = at;

	gp_canvas_bar(&d->canvas, at, at.h / 2, d->colour->panel);
	if (value <= 0 || most <= 0)
		return;
	part.w = fmax(at.w * value / most, at.h);
	gp_canvas_bar(&d->canvas, part, at.h / 2, d->colour->accent);
}

int
gp_draw_bars(struct gp_draw *d, const struct gp_card *c, struct gp_box box)
{
	double u = gp_draw_unit(d), y = box.y, thick, gap, left, most;
	struct bars b;
	size_t i;

	if (choose(d, c, box, &b) == -1)
		return -1;
	left = (box.h - b.labels) / (double)b.n - LABEL_GAP * u;
	thick = fmin(fmax(left * 0.42, BAR_LEAST * u), BAR_MOST * u);
	gap = fmin(left - thick, GAP_MOST * u);
	most = largest(c);
	for (i = 0; i < b.n; i++) {
		struct bar *bar = &b.bar[i];
		double h = fmax(bar->label.h, bar->value.h);
		int rest = i == b.shown;

		gp_draw_put(d, &bar->label, box.x, y,
		    rest ? d->colour->muted : d->colour->text);
		gp_draw_put(d, &bar->value, box.x + box.w - bar->value.w,
		    y + h - bar->value.h,
		    rest ? d->colour->muted : d->colour->text);
		y += h + LABEL_GAP * u;
		if (!rest)
			draw_bar(d, (struct gp_box){ box.x, y, box.w, thick },
			    c->item[i].value, most);
		y += thick + gap;
	}
	release(&b);
	return 0;
}
