/*
 * Numbers as people of a language write them, and the words behind them.
 *
 * Russian: decimal comma, thousands from 10 000 on parted by a narrow no-break
 * space, the minus sign U+2212, "41 %" with the same space (GOST 7.32, Milchin).
 * English: 1,234.5 and 41%.
 */
#ifndef GP_CARD_NUMBER_H
#define GP_CARD_NUMBER_H

#include "show/show.h"

#define GP_NBSP  "\xc2\xa0"     /* U+00A0 */
#define GP_NNBSP "\xe2\x80\xaf" /* U+202F */

/* What a card can show: beyond it a double is no longer exact. */
#define GP_NUMBER_MOST 1e15

/* At most two decimals, zeros at the end cut. */
void gp_number_put(struct gp_buf *, double, enum gp_lang);

/*
 * The share of a whole in per cent, whole ones between 1 and 99; nothing that
 * is not all becomes 100 %, nothing that is there becomes 0 %.
 */
double gp_number_percent(double part, double whole);
void gp_number_put_percent(struct gp_buf *, double percent, enum gp_lang);

/*
 * Of forms "a|b|c" (Russian: 1 обращение, 2 обращения, 5 обращений), "a|b"
 * (English: 1 day, 2 days) or "a" (always that one) the one for n. Three forms
 * go by the Russian rule whatever the language; a fraction takes the second.
 */
struct gp_span gp_number_form(struct gp_span forms, double n);
/* How many forms there are; 0: an empty one, or more than three. */
int gp_number_forms(struct gp_span);

/* "131 обращение"; the unit "%" as a percentage; no forms: the number. */
void gp_number_put_unit(
    struct gp_buf *, double, struct gp_span forms, enum gp_lang);

#endif
