/*
 * A moment as people write it in a plan: 2026-11-07 10:00, 07.11.2026 10:00,
 * both in the zone that is set, or RFC 3339 with its own. In a zone whose
 * clocks are changed a time may not exist, or come twice: neither is guessed.
 */
#ifndef GP_PLAN_WHEN_H
#define GP_PLAN_WHEN_H

#include "base/instant.h"

/* -1 with the reason, in which the text stands. */
int gp_when_read(const char *, gp_instant *, struct gp_why *);

#endif
