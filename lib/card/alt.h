/*
 * A card in words, for those who cannot see it: one or more whole sentences
 * with every figure that the picture shows.
 */
#ifndef GP_CARD_ALT_H
#define GP_CARD_ALT_H

#include "card/card.h"

/* Appends it; a card's own alt text comes first of all. */
void gp_alt_put(struct gp_buf *, const struct gp_card *, enum gp_lang);

/* "на 14 больше, или на 70 %" of a change; also drawn on the card. */
void gp_alt_put_difference(
    struct gp_buf *, const struct gp_card *, enum gp_lang);

/* "и ещё 3", and what they come to where their numbers may be summed. */
void gp_alt_put_rest(
    struct gp_buf *, const struct gp_card *, size_t shown, enum gp_lang);

/* The sum of the items from there on; 1: it means something (of counts). */
int gp_card_rest_sum(const struct gp_card *, size_t from, double *);

#endif
