/*
 * Colours, and whether one can be read on another: WCAG 2.1, 1.4.3 (text
 * 4.5:1, large text 3:1) and 1.4.11 (graphics 3:1).
 */
#ifndef GP_CARD_COLOUR_H
#define GP_CARD_COLOUR_H

#include "base/buf.h"

#define GP_CONTRAST_TEXT  4.5
#define GP_CONTRAST_LARGE 3.0

struct gp_colour {
	double r, g, b; /* sRGB, 0 to 1 */
};

/* "#0b57d0" or "#05d". 0, or -1: it is no colour. */
int gp_colour_parse(struct gp_span, struct gp_colour *);
/* 1 to 21. */
double gp_colour_contrast(struct gp_colour, struct gp_colour);
/* The lighter of two. */
struct gp_colour gp_colour_lighter(struct gp_colour, struct gp_colour);
/* The first with so much (0 to 1) of the second over it. */
struct gp_colour gp_colour_blend(struct gp_colour, struct gp_colour, double);

#endif
