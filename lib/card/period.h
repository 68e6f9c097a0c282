/* Days and periods in words. Months are in the genitive, as dates want it. */
#ifndef GP_CARD_PERIOD_H
#define GP_CARD_PERIOD_H

#include "base/instant.h"
#include "show/show.h"

/*
 * The days of the zone that the period touches, until not included:
 * "24–31 октября 2026 года", "28 сентября – 4 октября 2026 года", "31 октября
 * 2026 года"; a whole month "октябрь 2026 года", a whole year "2026 год".
 */
void gp_period_put(
    struct gp_buf *, gp_instant since, gp_instant until, enum gp_lang);

/*
 * A day of the calendar, "2026-10-26": short "26 окт", or "26 октября". 0; -1:
 * it is no day, and nothing is put.
 */
int gp_period_day(
    struct gp_buf *, struct gp_span day, int is_short, enum gp_lang);

#endif
