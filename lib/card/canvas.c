#include "card/canvas.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <math.h>
#include <string.h>

static cairo_status_t
append(void *to, const unsigned char *p, unsigned n)
{
	gp_buf_add(to, p, n);
	return CAIRO_STATUS_SUCCESS; /* the buffer latches */
}

static cairo_surface_t *
surface(enum gp_picture f, int w, int h, struct gp_buf *out)
{
	if (f == GP_PNG)
		return cairo_image_surface_create(CAIRO_FORMAT_RGB24, w, h);
	if (f == GP_SVG)
		return cairo_svg_surface_create_for_stream(append, out, w, h);
	/* A point of PDF is 4/3 of a pixel of CSS; the page is that large. */
	return cairo_pdf_surface_create_for_stream(
	    append, out, w * 0.75, h * 0.75);
}

int
gp_canvas_open(struct gp_canvas *c, enum gp_picture format, int w, int h,
    struct gp_buf *out, struct gp_why *why)
{
	*c = (struct gp_canvas){ .format = format, .w = w, .h = h, .out = out };
	c->surface = surface(format, w, h, out);
	c->cr = cairo_create(c->surface);
	if (format == GP_SVG)
		cairo_svg_surface_set_document_unit(
		    c->surface, CAIRO_SVG_UNIT_PX);
	if (format == GP_PDF)
		cairo_scale(c->cr, 0.75, 0.75);
	if (cairo_status(c->cr) == CAIRO_STATUS_SUCCESS)
		return 0;
	gp_because(why, "cannot draw: %s",
	    cairo_status_to_string(cairo_status(c->cr)));
	gp_canvas_drop(c);
	return -1;
}

void
gp_canvas_drop(struct gp_canvas *c)
{
	cairo_destroy(c->cr);
	cairo_surface_destroy(c->surface);
	c->cr = NULL;
	c->surface = NULL;
}

int
gp_canvas_close(struct gp_canvas *c, struct gp_why *why)
{
	cairo_status_t st = cairo_status(c->cr);

	if (st == CAIRO_STATUS_SUCCESS && c->format == GP_PNG)
		st = cairo_surface_write_to_png_stream(
		    c->surface, append, c->out);
	cairo_surface_finish(c->surface);
	if (st == CAIRO_STATUS_SUCCESS)
		st = cairo_surface_status(c->surface);
	gp_canvas_drop(c);
	if (st != CAIRO_STATUS_SUCCESS)
		return gp_because(
		    why, "cannot draw: %s", cairo_status_to_string(st));
	return c->out->bad ? gp_because(why, "no memory") : 0;
}

void
gp_canvas_describe(struct gp_canvas *c, const char *title, gp_instant made)
{
	char at[GP_INSTANT_LEN];

	if (c->format != GP_PDF)
		return;
	cairo_pdf_surface_set_metadata(
	    c->surface, CAIRO_PDF_METADATA_TITLE, title);
	cairo_pdf_surface_set_metadata(c->surface,
	    CAIRO_PDF_METADATA_CREATE_DATE, gp_instant_utc(made, at));
}

static void
colour(struct gp_canvas *c, struct gp_colour with)
{
	cairo_set_source_rgb(c->cr, with.r, with.g, with.b);
}

void
gp_canvas_fill(struct gp_canvas *c, struct gp_colour with)
{
	colour(c, with);
	cairo_rectangle(c->cr, 0, 0, c->w, c->h);
	cairo_fill(c->cr);
}

void
gp_canvas_bar(
    struct gp_canvas *c, struct gp_box b, double r, struct gp_colour with)
{
	r = fmin(r, fmin(b.w, b.h) / 2);
	cairo_new_sub_path(c->cr);
	cairo_arc(c->cr, b.x + b.w - r, b.y + r, r, -M_PI / 2, 0);
	cairo_arc(c->cr, b.x + b.w - r, b.y + b.h - r, r, 0, M_PI / 2);
	cairo_arc(c->cr, b.x + r, b.y + b.h - r, r, M_PI / 2, M_PI);
	cairo_arc(c->cr, b.x + r, b.y + r, r, M_PI, 3 * M_PI / 2);
	cairo_close_path(c->cr);
	colour(c, with);
	cairo_fill(c->cr);
}

void
gp_canvas_disc(
    struct gp_canvas *c, double x, double y, double r, struct gp_colour with)
{
	cairo_new_sub_path(c->cr);
	cairo_arc(c->cr, x, y, r, 0, 2 * M_PI);
	colour(c, with);
	cairo_fill(c->cr);
}

void
gp_canvas_ring(struct gp_canvas *c, double x, double y, double r, double thick,
    struct gp_colour with)
{
	cairo_new_sub_path(c->cr);
	cairo_arc(c->cr, x, y, r, 0, 2 * M_PI);
	cairo_set_line_width(c->cr, thick);
	colour(c, with);
	cairo_stroke(c->cr);
}

static void
trace(struct gp_canvas *c, const double *xy, size_t n)
{
	size_t i;

	/* A text leaves a point behind, from where a line would come. */
	cairo_new_path(c->cr);
	for (i = 0; i < n; i++)
		cairo_line_to(c->cr, xy[2 * i], xy[2 * i + 1]);
}

void
gp_canvas_path(struct gp_canvas *c, const double *xy, size_t n, double thick,
    struct gp_colour with)
{
	trace(c, xy, n);
	cairo_set_line_width(c->cr, thick);
	cairo_set_line_join(c->cr, CAIRO_LINE_JOIN_ROUND);
	cairo_set_line_cap(c->cr, CAIRO_LINE_CAP_ROUND);
	colour(c, with);
	cairo_stroke(c->cr);
}

void
gp_canvas_area(struct gp_canvas *c, const double *xy, size_t n, double base,
    struct gp_colour with)
{
	trace(c, xy, n);
	cairo_line_to(c->cr, xy[2 * n - 2], base);
	cairo_line_to(c->cr, xy[0], base);
	cairo_close_path(c->cr);
	colour(c, with);
	cairo_fill(c->cr);
}

void
gp_canvas_text(struct gp_canvas *c, const struct gp_fitted *f, double x,
    double y, struct gp_colour with)
{
	PangoRectangle r;

	if (f->layout == NULL)
		return;
	/* A layout that is centred or balanced begins somewhere else. */
	pango_layout_get_extents(f->layout, NULL, &r);
	cairo_move_to(c->cr, x - (double)r.x / PANGO_SCALE, y);
	colour(c, with);
	pango_cairo_show_layout(c->cr, f->layout);
}

struct source {
	struct gp_span left;
};

static cairo_status_t
take(void *ctx, unsigned char *to, unsigned n)
{
	struct source *s = ctx;

	if (n > s->left.n)
		return CAIRO_STATUS_READ_ERROR;
	memcpy(to, s->left.p, n);
	s->left.p += n;
	s->left.n -= n;
	return CAIRO_STATUS_SUCCESS;
}

int
gp_canvas_image(struct gp_canvas *c, struct gp_span png, struct gp_box b,
    double *w, struct gp_why *why)
{
	struct source s = { png };
	cairo_surface_t *i =
	    cairo_image_surface_create_from_png_stream(take, &s);
	double iw, ih, scale, left = 0;

	if (cairo_surface_status(i) != CAIRO_STATUS_SUCCESS) {
		cairo_surface_destroy(i);
		return gp_because(why, "the logo is a broken PNG");
	}
	iw = cairo_image_surface_get_width(i);
	ih = cairo_image_surface_get_height(i);
	scale = fmin(b.w / iw, b.h / ih);
	cairo_save(c->cr);
	if (b.w <= b.h) /* a shield stands in the middle of a square */
		left = (fmin(b.w, b.h) - iw * scale) / 2;
	cairo_translate(c->cr, b.x + left, b.y + (b.h - ih * scale) / 2);
	cairo_scale(c->cr, scale, scale);
	cairo_set_source_surface(c->cr, i, 0, 0);
	cairo_pattern_set_filter(cairo_get_source(c->cr), CAIRO_FILTER_BEST);
	cairo_paint(c->cr);
	cairo_restore(c->cr);
	cairo_surface_destroy(i);
	*w = iw * scale + 2 * left;
	return 0;
}
