/* One number, large; and two of them, before and after. */
#include <math.h>
#include <string.h>

#include "card/alt.h"
#include "card/draw.h"
#include "card/number.h"

/* The number, or the share that it is, as it stands. */
static void
put_large(struct gp_buf *b, const struct gp_card *c, enum gp_lang lang)
{
	if (c->has_of)
		gp_number_put_percent(
		    b, gp_number_percent(c->value, c->of), lang);
	else if (gp_span_is(c->unit, "%"))
		gp_number_put_percent(b, c->value, lang);
	else
		gp_number_put(b, c->value, lang);
}

struct figure {
	struct gp_fitted number, unit, text;
	double bar; /* height of the share's bar, 0: none */
};

static void
release(struct figure *f)
{
	gp_fitted_release(&f->number);
	gp_fitted_release(&f->unit);
	gp_fitted_release(&f->text);
}

static int
fit(struct gp_draw *d, const struct gp_card *c, struct gp_box b,
    struct figure *f)
{
	struct gp_style huge = { 400, 120, 1, 0, 0, 1 };
	struct gp_style big = { 60, 36, 1, 0, 1, 2 };
	struct gp_style usual = { 42, 29, 0, 0, 1, 0 };
	struct gp_span unit = { NULL, 0 };
	struct gp_buf number;
	int r;

	*f = (struct figure){ .bar = c->has_of ? 34 * gp_draw_unit(d) : 0 };
	if (!c->has_of && !gp_span_is(c->unit, "%"))
		unit = gp_number_form(c->unit, c->value);
	gp_buf_init(&number, 0);
	put_large(&number, c, d->lang);
	r = gp_draw_fit(d, "value", gp_buf_span(&number), huge, b.w, b.h * 0.62,
	    &f->number);
	gp_buf_release(&number);
	if (r == 0)
		r = gp_draw_fit(
		    d, "unit", unit, big, b.w, b.h * 0.25, &f->unit);
	if (r == 0)
		r = gp_draw_fit(d, "text", c->text, usual, b.w,
		    fmax(b.h - f->number.h * 0.86 - f->unit.h -
			    (f->bar > 0 ? f->bar + 72 * gp_draw_unit(d) : 0),
			1),
		    &f->text);
	if (r == -1)
		release(f);
	return r;
}

static void
share(struct gp_draw *d, const struct gp_card *c, struct gp_box b)
{
	struct gp_box part = b;

	gp_canvas_bar(&d->canvas, b, b.h / 2, d->colour->panel);
	part.w = b.w * c->value / c->of;
	if (c->value > 0) {
		part.w = fmax(part.w, b.h);
		gp_canvas_bar(&d->canvas, part, b.h / 2, d->colour->accent);
	}
}

int
gp_draw_figure(struct gp_draw *d, const struct gp_card *c, struct gp_box b)
{
	double u = gp_draw_unit(d), gap = 36 * u, y, high, digits;
	struct figure f;

	if (fit(d, c, b, &f) == -1)
		return -1;
	/* A line of digits has room above and below that nobody sees. */
	digits = f.number.h * 0.86;
	high = digits + f.unit.h + (f.bar > 0 ? f.bar + gap : 0) +
	    (f.text.h > 0 ? f.text.h + gap : 0);
	y = b.y + fmax((b.h - high) * 0.4, 0) - f.number.h * 0.1;
	gp_draw_put(d, &f.number, b.x - 8 * u, y, d->colour->accent);
	y += f.number.h * 0.96;
	gp_draw_put(d, &f.unit, b.x, y, d->colour->text);
	y += f.unit.h;
	if (f.bar > 0) {
		y += gap;
		share(d, c, (struct gp_box){ b.x, y, b.w, f.bar });
		y += f.bar;
	}
	gp_draw_put(d, &f.text, b.x, y + gap, d->colour->text);
	release(&f);
	return 0;
}

/* -- before and after -- */

struct side {
	struct gp_fitted label, number, unit;
};

static void
release_side(struct side *s)
{
	gp_fitted_release(&s->label);
	gp_fitted_release(&s->number);
	gp_fitted_release(&s->unit);
}

static int
fit_side(struct gp_draw *d, const struct gp_card *c, int no, struct gp_box b,
    double size, struct side *s)
{
	struct gp_style label = { 34, 24, 0, 0, 1, 3 };
	struct gp_style huge = { size, 48, 1, 0, 0, 1 };
	struct gp_style small = { 34, 24, 0, 0, 1, 2 };
	double v = c->item[no].value;
	struct gp_span unit = { NULL, 0 };
	struct gp_buf n;
	int r;

	*s = (struct side){ .label.layout = NULL };
	gp_buf_init(&n, 0);
	if (gp_span_is(c->unit, "%")) {
		gp_number_put_percent(&n, v, d->lang);
	} else {
		gp_number_put(&n, v, d->lang);
		unit = gp_number_form(c->unit, v);
	}
	r = gp_draw_fit(d, no == 0 ? "before" : "after", c->item[no].label,
	    label, b.w, b.h * 0.35, &s->label);
	if (r == 0)
		r = gp_draw_fit(d, "value", gp_buf_span(&n), huge, b.w,
		    b.h * 0.62, &s->number);
	if (r == 0)
		r = gp_draw_fit(d, "unit", unit, small, b.w, 0, &s->unit);
	gp_buf_release(&n);
	if (r == -1)
		release_side(s);
	return r;
}

static void
draw_side(struct gp_draw *d, int no, struct gp_box b, const struct side *s,
    double label)
{
	double u = gp_draw_unit(d), pad = 54 * u, y;
	double high = label + s->number.h + s->unit.h;

	gp_canvas_bar(&d->canvas, b, 28 * u, d->colour->panel);
	y = b.y + (b.h - high) / 2;
	gp_draw_put(
	    d, &s->label, b.x + pad, y + label - s->label.h, d->colour->muted);
	y += label;
	gp_draw_put(d, &s->number, b.x + pad, y,
	    no == 0 ? d->colour->muted : d->colour->accent);
	y += s->number.h;
	gp_draw_put(d, &s->unit, b.x + pad, y, d->colour->muted);
}

/* Both numbers in letters of one size: the smaller of the two. */
static int
sides(struct gp_draw *d, const struct gp_card *c, struct gp_box b[2])
{
	double u = gp_draw_unit(d), size = 190;
	struct side s[2];
	struct gp_box in[2];
	int i, k;

	for (i = 0; i < 2; i++) {
		in[i] = b[i];
		in[i].w -= 108 * u;
		in[i].h -= 48 * u;
	}
	for (k = 0; k < 2; k++) {
		if (fit_side(d, c, 0, in[0], size, &s[0]) == -1)
			return -1;
		if (fit_side(d, c, 1, in[1], size, &s[1]) == -1) {
			release_side(&s[0]);
			return -1;
		}
		size = fmin(s[0].number.size, s[1].number.size) / u;
		for (i = 0; k == 1 && i < 2; i++)
			draw_side(d, i, b[i], &s[i],
			    fmax(s[0].label.h, s[1].label.h));
		release_side(&s[0]);
		release_side(&s[1]);
	}
	return 0;
}

/* From one panel to the next, over the gap between them. */
static void
arrow(struct gp_draw *d, double x, double y, int down)
{
	double u = gp_draw_unit(d), a = 11 * u, r = 34 * u;
	double right[] = { x - a * 0.5, y - a, x + a * 0.6, y, x - a * 0.5,
		y + a };
	double below[] = { x - a, y - a * 0.5, x, y + a * 0.6, x + a,
		y - a * 0.5 };

	gp_canvas_disc(&d->canvas, x, y, r, d->colour->accent);
	gp_canvas_path(
	    &d->canvas, down ? below : right, 3, 7 * u, d->colour->on_accent);
}

static struct gp_colour
verdict(const struct gp_draw *d, const struct gp_card *c)
{
	double diff = c->item[1].value - c->item[0].value;

	if (c->good == 0 || diff == 0)
		return d->colour->text;
	return diff * c->good > 0 ? d->colour->good : d->colour->bad;
}

static int
difference(
    struct gp_draw *d, const struct gp_card *c, double w, struct gp_fitted *f)
{
	struct gp_style s = { 46, 30, 1, 0, 1, 2 };
	struct gp_buf b, upper;
	struct gp_span all;
	int r;

	gp_buf_init(&b, 0);
	gp_buf_init(&upper, 0);
	gp_alt_put_difference(&b, c, d->lang);
	all = gp_buf_span(&b);
	/* It stands alone here, so it begins with a capital: "На", "Без". */
	if (d->lang == GP_RU && all.n > 2) {
		gp_buf_adds(&upper, memcmp(all.p, "б", 2) == 0 ? "Б" : "Н");
		gp_buf_add(&upper, all.p + 2, all.n - 2);
		all = gp_buf_span(&upper);
	}
	r = gp_draw_fit(d, "after", all, s, w, 0, f);
	gp_buf_release(&b);
	gp_buf_release(&upper);
	return r;
}

int
gp_draw_change(struct gp_draw *d, const struct gp_card *c, struct gp_box b)
{
	struct gp_style usual = { 38, 27, 0, 0, 1, 0 };
	double u = gp_draw_unit(d), gap = 28 * u, room, y;
	int tall = b.h > b.w;
	struct gp_fitted diff, text;
	struct gp_box side[2];

	if (difference(d, c, b.w, &diff) == -1)
		return -1;
	if (gp_draw_fit(d, "text", c->text, usual, b.w, b.h * 0.3, &text) ==
	    -1) {
		gp_fitted_release(&diff);
		return -1;
	}
	room = b.h - diff.h - gap * 1.5 - (text.h > 0 ? text.h + gap / 2 : 0);
	room = fmin(room, tall ? 900 * u : 430 * u);
	side[0] = side[1] = (struct gp_box){ b.x, b.y,
		tall ? b.w : (b.w - gap) / 2, tall ? (room - gap) / 2 : room };
	if (tall)
		side[1].y += side[0].h + gap;
	else
		side[1].x += side[0].w + gap;
	y = b.y + room + gap * 1.5;
	gp_draw_put(d, &diff, b.x, y, verdict(d, c));
	gp_draw_put(d, &text, b.x, y + diff.h + gap / 2, d->colour->text);
	gp_fitted_release(&diff);
	gp_fitted_release(&text);
	if (sides(d, c, side) == -1)
		return -1;
	arrow(d, b.x + b.w / 2, tall ? side[1].y - gap / 2 : b.y + room / 2,
	    tall);
	return 0;
}
