/* A line over time, with the area under it. */
#include <math.h>
#include <stdlib.h>

#include "card/draw.h"
#include "card/number.h"

enum {
	TICKS = 4 /* lines across, at least two of them */
};

struct chart {
	struct gp_box plot;
	double low, high, step; /* of the values' axis */
	double *xy;
};

/* 1, 2, 2.5 or 5 times a power of ten, whole numbers where all are whole. */
static double
nice_step(double span, int whole)
{
	static const double good[] = { 1, 2, 2.5, 5, 10 };
	double raw = span / TICKS, ten = pow(10, floor(log10(raw)));
	size_t i;

	for (i = 0; i < 4 && good[i] * ten < raw * 0.9999; i++)
		;
	raw = good[i] * ten;
	if (!whole)
		return raw;
	return raw < 1 ? 1 : raw == 2.5 ? 3 : raw;
}

static void
scale(const struct gp_card *c, struct chart *t)
{
	double low = 0, high = 0;
	int whole = 1;
	size_t i;

	for (i = 0; i < c->n; i++) {
		low = fmin(low, c->item[i].value);
		high = fmax(high, c->item[i].value);
		whole &= c->item[i].value == floor(c->item[i].value);
	}
	if (high == low)
		high = low + 1;
	t->step = nice_step(high - low, whole);
	t->low = floor(low / t->step) * t->step;
	t->high = ceil(high / t->step) * t->step;
}

static double
y_of(const struct chart *t, double v)
{
	return t->plot.y + t->plot.h * (1 - (v - t->low) / (t->high - t->low));
}

static int
fit_number(struct gp_draw *d, const struct gp_card *c, double v, double size,
    int bold, struct gp_fitted *f)
{
	struct gp_style s = { size, size, bold, 0, 0, 1 };
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

/* Lines across with their numbers; the first call only measures: 0 wide. */
static int
ticks(struct gp_draw *d, const struct gp_card *c, const struct chart *t,
    int draw, double *wide)
{
	double u = gp_draw_unit(d), v;
	struct gp_fitted f;

	for (v = t->low; v <= t->high + t->step / 2; v += t->step) {
		double y = y_of(t, v);

		if (fit_number(d, c, v, 28, 0, &f) == -1)
			return -1;
		*wide = fmax(*wide, f.w);
		if (draw) {
			double xy[] = { t->plot.x, y, t->plot.x + t->plot.w,
				y };

			gp_canvas_path(
			    &d->canvas, xy, 2, 2 * u, d->colour->panel);
			gp_draw_put(d, &f, t->plot.x - 20 * u - f.w,
			    y - f.h / 2, d->colour->muted);
		}
		gp_fitted_release(&f);
	}
	return 0;
}

static void
points(const struct gp_card *c, struct chart *t)
{
	size_t i;

	for (i = 0; i < c->n; i++) {
		t->xy[2 * i] =
		    t->plot.x + t->plot.w * (double)i / (double)(c->n - 1);
		t->xy[2 * i + 1] = y_of(t, c->item[i].value);
	}
}

/* As many labels as stand apart; the last one is among them. */
static int
labels(struct gp_draw *d, const struct gp_card *c, const struct chart *t)
{
	struct gp_style s = { 28, 28, 0, 0, 0, 1 };
	double u = gp_draw_unit(d), wide = 1, x;
	size_t i, every;
	struct gp_fitted f;

	for (i = 0; i < c->n; i++) {
		if (gp_draw_fit(d, "items", c->item[i].label, s, t->plot.w / 2,
			0, &f) == -1)
			return -1;
		wide = fmax(wide, f.w);
		gp_fitted_release(&f);
	}
	every = (size_t)ceil((wide + 28 * u) * (double)(c->n - 1) / t->plot.w);
	every = every > 0 ? every : 1;
	for (i = (c->n - 1) % every; i < c->n; i += every) {
		if (gp_draw_fit(d, "items", c->item[i].label, s, t->plot.w / 2,
			0, &f) == -1)
			return -1;
		x = t->xy[2 * i] - f.w / 2;
		x = fmin(x, t->plot.x + t->plot.w + 24 * u - f.w);
		gp_draw_put(
		    d, &f, x, t->plot.y + t->plot.h + 18 * u, d->colour->muted);
		gp_fitted_release(&f);
	}
	return 0;
}

static int
callout(struct gp_draw *d, const struct gp_card *c, const struct chart *t,
    size_t at)
{
	double u = gp_draw_unit(d), x, y;
	struct gp_fitted f;

	if (fit_number(d, c, c->item[at].value, 36, 1, &f) == -1)
		return -1;
	x = fmax(t->xy[2 * at] - f.w / 2, t->plot.x + 6 * u);
	x = fmin(x, t->plot.x + t->plot.w + 24 * u - f.w);
	y = t->xy[2 * at + 1] - f.h - 18 * u;
	/* Where the line comes from above the number stands below. */
	if (at > 0 && c->item[at - 1].value > c->item[at].value &&
	    t->xy[2 * at + 1] + f.h + 24 * u < t->plot.y + t->plot.h)
		y = t->xy[2 * at + 1] + 16 * u;
	gp_canvas_disc(&d->canvas, t->xy[2 * at], t->xy[2 * at + 1], 13 * u,
	    d->colour->background);
	gp_canvas_disc(&d->canvas, t->xy[2 * at], t->xy[2 * at + 1], 10 * u,
	    d->colour->accent);
	gp_canvas_bar(&d->canvas,
	    (struct gp_box){ x - 8 * u, y + 3 * u, f.w + 16 * u, f.h - 6 * u },
	    10 * u, d->colour->background);
	gp_draw_put(d, &f, x, y, d->colour->text);
	gp_fitted_release(&f);
	return 0;
}

/* The highest point and the last one are named, if they stand apart. */
static int
callouts(struct gp_draw *d, const struct gp_card *c, const struct chart *t)
{
	double u = gp_draw_unit(d);
	size_t most = 0, last = c->n - 1, i;

	for (i = 1; i < c->n; i++)
		if (c->item[i].value > c->item[most].value)
			most = i;
	if (callout(d, c, t, most) == -1)
		return -1;
	if (t->xy[2 * last] - t->xy[2 * most] < 110 * u)
		return 0;
	return callout(d, c, t, last);
}

static int
draw(struct gp_draw *d, const struct gp_card *c, struct chart *t)
{
	double u = gp_draw_unit(d), wide = 0;
	double base = y_of(t, fmax(t->low, 0));

	points(c, t);
	gp_canvas_area(&d->canvas, t->xy, c->n, base,
	    gp_colour_blend(d->colour->background, d->colour->accent, 0.14));
	if (ticks(d, c, t, 1, &wide) == -1)
		return -1;
	gp_canvas_path(&d->canvas, t->xy, c->n, 7 * u, d->colour->accent);
	if (labels(d, c, t) == -1)
		return -1;
	return callouts(d, c, t);
}

int
gp_draw_line(struct gp_draw *d, const struct gp_card *c, struct gp_box b)
{
	struct gp_style usual = { 38, 27, 0, 0, 1, 0 };
	double u = gp_draw_unit(d), wide = 0;
	struct chart t = { .plot = b };
	struct gp_fitted text;
	int r;

	if (gp_draw_fit(d, "text", c->text, usual, b.w, b.h * 0.35, &text) ==
	    -1)
		return -1;
	scale(c, &t);
	t.plot.y += 40 * u;
	t.plot.h -= 40 * u + 60 * u + (text.h > 0 ? text.h + 30 * u : 0);
	t.plot.h = fmin(t.plot.h, 820 * u);
	gp_draw_put(
	    d, &text, b.x, t.plot.y + t.plot.h + 90 * u, d->colour->text);
	gp_fitted_release(&text);
	t.xy = calloc(c->n, 2 * sizeof(*t.xy));
	if (t.xy == NULL)
		return gp_because(d->why, "no memory");
	r = ticks(d, c, &t, 0, &wide);
	t.plot.x += wide + 20 * u;
	t.plot.w -= wide + 20 * u + 24 * u;
	if (r == 0)
		r = draw(d, c, &t);
	free(t.xy);
	return r;
}
