/*
 * Fonts, and text that is fitted into a box. One a thread: Pango's font maps
 * are not shared.
 *
 * Nothing depends on the desktop of whoever runs it: no hinting, grey
 * antialiasing, positions that are not rounded. The same text gives the same
 * picture wherever the same fonts are.
 */
#ifndef GP_CARD_PEN_H
#define GP_CARD_PEN_H

#include <pango/pangocairo.h>

#include "card/theme.h"

struct gp_pen;

/* NULL with the reason: none of the theme's fonts is there, or has Cyrillic. */
struct gp_pen *gp_pen_new(const struct gp_theme *, struct gp_why *);
void gp_pen_free(struct gp_pen *);

struct gp_style {
	double size, least; /* pixels; tried from the first down */
	int bold;
	int centre;
	int balance;  /* lines of about one width: no word stands alone */
	size_t lines; /* at most, 0: as many as there is room for */
};

/* A text as it will stand. */
struct gp_fitted {
	PangoLayout *layout; /* NULL: an empty text */
	double w, h, size;
};

/*
 * Fits a text into a box: the largest size at which every line is inside and
 * no word is parted, but where it has a soft hyphen. -1 with the reason, which
 * names the member: it does not fit, or has a character that no font has.
 */
int gp_pen_fit(struct gp_pen *, const char *member, struct gp_span,
    const struct gp_style *, double w, double h, struct gp_fitted *,
    struct gp_why *);
void gp_fitted_release(struct gp_fitted *);

#endif
