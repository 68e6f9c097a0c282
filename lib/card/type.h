/*
 * Text as a Russian or English printer sets it, and harmless whatever it was.
 *
 * Harmless: control characters, line ends and marks that turn the direction of
 * writing become spaces; of marks stacked over one letter one stays; it is NFC.
 * Set: "..." in guillemets (Russian: « » and inside „ “; English: curly),
 * dashes between spaces, the minus sign, the ellipsis, narrow spaces in
 * thousands and before %. No line ends with a short word, an initial, № or an
 * abbreviation; a number stays with its unit, a dash with the word before it;
 * the last word does not stand alone. What is typed as figures is never
 * changed: telephones and identities stay as they are.
 */
#ifndef GP_CARD_TYPE_H
#define GP_CARD_TYPE_H

#include "show/show.h"

#define GP_TYPE_MOST 4000 /* characters of one text; longer ones fit no card */

/* Appends the text as it is set. -1 with the reason: too long, no memory. */
int gp_type_set(
    struct gp_buf *to, struct gp_span, enum gp_lang, struct gp_why *);

#endif
