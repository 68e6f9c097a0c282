/*
 * Cards as pictures: a frame (page, sign, note, number), and within it what
 * the kind asks for. Nothing is cut: what does not fit is refused.
 */
#ifndef GP_CARD_DRAW_H
#define GP_CARD_DRAW_H

#include "card/canvas.h"
#include "card/card.h"

struct gp_draw {
	const struct gp_theme *theme;
	const struct gp_scheme *colour; /* of the theme */
	struct gp_pen *pen;
	enum gp_lang lang;
	enum gp_picture format;
	int w, h;
	size_t no, of;   /* the card's place among all; of 1: it is not shown */
	gp_instant made; /* stands in a PDF: of the figures, not of the run */

	struct gp_canvas canvas;
	struct gp_why *why;
};

/* Appends the bytes of the picture. -1 with the reason. */
int gp_draw_card(
    struct gp_draw *, const struct gp_card *, struct gp_buf *, struct gp_why *);

/* -- between the files of this folder -- */

/* A story: it stands, and the network draws over its ends. */
int gp_draw_is_tall(const struct gp_draw *);
/* A pixel of a picture 1080 wide, in this one; a tenth more in a story. */
double gp_draw_unit(const struct gp_draw *);
/* Draws page, sign, note and number; *body is what they leave. */
int gp_draw_frame(
    struct gp_draw *, const struct gp_card *, struct gp_box *body);
/* Draws title and subtitle, takes them off the body. */
int gp_draw_heading(
    struct gp_draw *, const struct gp_card *, struct gp_box *body);

int gp_draw_title(struct gp_draw *, const struct gp_card *, struct gp_box);
int gp_draw_figure(struct gp_draw *, const struct gp_card *, struct gp_box);
int gp_draw_bars(struct gp_draw *, const struct gp_card *, struct gp_box);
int gp_draw_line(struct gp_draw *, const struct gp_card *, struct gp_box);
int gp_draw_change(struct gp_draw *, const struct gp_card *, struct gp_box);
int gp_draw_quote(struct gp_draw *, const struct gp_card *, struct gp_box);
int gp_draw_list(struct gp_draw *, const struct gp_card *, struct gp_box);

/* gp_pen_fit in units; 0 high: no ceiling. */
int gp_draw_fit(struct gp_draw *, const char *member, struct gp_span,
    struct gp_style, double w, double h, struct gp_fitted *);
/* Text and place, when it is known to fit on one line. */
void gp_draw_put(struct gp_draw *, const struct gp_fitted *, double x, double y,
    struct gp_colour);

#endif
