/* Items of a card from the rows of a report. */
#ifndef GP_CARD_MAKE_ITEMS_H
#define GP_CARD_MAKE_ITEMS_H

#include "card/card.h"
#include "card/rows.h"
#include "card/spec.h"

struct gp_items_of {
	const struct gp_card_rows *rows;
	const char *report;
	const struct gp_spec_card *spec;
	const struct gp_card_row *row; /* of single figures; NULL: none */
	const struct gp_card_only *only;
	struct gp_pool *pool;
	enum gp_lang lang;
	struct gp_span unnamed; /* the label of a row that has none */
	int *over; /* set to 1: more than GP_CARD_ITEMS, the card is wrong */
};

/* All: 0; 1: there is nothing to show; -1: no memory. */

/* Bars, points or lines of a list. */
int gp_items_make(const struct gp_items_of *, struct gp_card *);
/* The same figure of two rows; the labels are their periods. */
int gp_items_change(const struct gp_items_of *,
    const struct gp_card_row *before, struct gp_card *);

#endif
