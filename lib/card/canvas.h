/* A picture in the making: shapes, texts, and its bytes at the end. */
#ifndef GP_CARD_CANVAS_H
#define GP_CARD_CANVAS_H

#include "base/instant.h"
#include "card/pen.h"

enum gp_picture {
	GP_PNG,
	GP_SVG,
	GP_PDF
};

#define GP_PICTURE_WORDS "png|svg|pdf"
#define GP_SIDE_LEAST    320 /* pixels */
#define GP_SIDE_MOST     4096

struct gp_canvas {
	cairo_surface_t *surface;
	cairo_t *cr;
	enum gp_picture format;
	int w, h;
	struct gp_buf *out;
};

struct gp_box {
	double x, y, w, h;
};

/* The bytes go to `out` at gp_canvas_close. -1 with the reason. */
int gp_canvas_open(struct gp_canvas *, enum gp_picture, int w, int h,
    struct gp_buf *out, struct gp_why *);
int gp_canvas_close(struct gp_canvas *, struct gp_why *);
/* Gives it up. */
void gp_canvas_drop(struct gp_canvas *);

/* What a reader that cannot see is told, in SVG and PDF. Before closing. */
void gp_canvas_describe(struct gp_canvas *, const char *title, gp_instant made);

void gp_canvas_fill(struct gp_canvas *, struct gp_colour); /* all of it */
void gp_canvas_bar(
    struct gp_canvas *, struct gp_box, double radius, struct gp_colour);
void gp_canvas_disc(
    struct gp_canvas *, double x, double y, double r, struct gp_colour);
void gp_canvas_ring(struct gp_canvas *, double x, double y, double r,
    double thick, struct gp_colour);
/* A line through n points, x and y in turn. */
void gp_canvas_path(struct gp_canvas *, const double *xy, size_t n,
    double thick, struct gp_colour);
/* The area between it and y = base. */
void gp_canvas_area(struct gp_canvas *, const double *xy, size_t n, double base,
    struct gp_colour);
void gp_canvas_text(struct gp_canvas *, const struct gp_fitted *, double x,
    double y, struct gp_colour);
/* A PNG, scaled into the box, to the left and in the middle of its height. The
 * width that it takes goes to *w. -1 with the reason: it is broken. */
int gp_canvas_image(struct gp_canvas *, struct gp_span png, struct gp_box,
    double *w, struct gp_why *);

#endif
