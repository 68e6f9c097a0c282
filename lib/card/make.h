/* From the figures of a report to its cards, by cards.yaml. */
#ifndef GP_CARD_MAKE_H
#define GP_CARD_MAKE_H

#include "card/album.h"
#include "card/rows.h"
#include "card/spec.h"

struct gp_making {
	const struct gp_spec *spec;
	const struct gp_card_rows *rows;
	const struct gp_card_rows
	    *before; /* of the period before; NULL: none */
	struct gp_album *album;
	long quotes; /* of what citizens wrote, at most so many */
	enum gp_lang lang;
	/* A card, or a whole report, that cannot be made. */
	void (*refused)(void *ctx, const char *place, const char *why);
	void *ctx;
};

/* Cards of all reports in the rows, in the order in which these came, and the
 * words of the post. -1 with the reason: no memory. */
int gp_make_all(struct gp_making *, struct gp_why *);

#endif
