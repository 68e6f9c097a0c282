/*
 * Instants are seconds since 1970 in UTC. In records they stand as RFC 3339
 * with Z; people give them in the zone of the config.
 */
#ifndef GP_BASE_INSTANT_H
#define GP_BASE_INSTANT_H

#include <stdint.h>

#include "base/buf.h"

typedef int64_t gp_instant;

#define GP_INSTANT_LEN sizeof("9999-12-31T23:59:59Z")

/*
 * The clock; $GP_NOW (RFC 3339) replaces it. Only main reads it and hands the
 * value on. A malformed $GP_NOW is said and ends the program with 78.
 */
gp_instant gp_now(void);

/* Seconds of a clock that nobody sets: for waits, not for records. */
double gp_clock(void);

/*
 * Sets the zone in which people's dates are read and shown ("Europe/Moscow",
 * "UTC", or a fixed "+03:00"). -1: no such zone; the reason is set.
 */
int gp_zone_set(const char *name, struct gp_why *);

/* Exactly RFC 3339, fractions of a second dropped. 0, or -1. */
int gp_instant_parse(struct gp_span, gp_instant *);
/* "2026-11-01T12:00:00Z"; returns `to`. */
const char *gp_instant_utc(gp_instant, char to[GP_INSTANT_LEN]);
/* "2026-11-01 15:00" in the zone; returns `to`. */
const char *gp_instant_local(gp_instant, char to[GP_INSTANT_LEN]);
/* "2026-11-01", the day in the zone; returns `to`. */
const char *gp_instant_day(gp_instant, char to[GP_INSTANT_LEN]);
/* First second of the day in the zone that holds the instant, plus days. */
gp_instant gp_instant_midnight(gp_instant, int days);
/* "2026-11-01" or "2026-11-01 15:00[:05]" in the zone. 0, or -1. */
int gp_instant_civil(const char *, gp_instant *);

/*
 * What people give to --since and --until: RFC 3339, a date, a date and time,
 * "7d" or "12h" (so long ago), now, today, yesterday, or a day of the week
 * (its last midnight, today's included). 0, or -1.
 */
int gp_instant_word(const char *, gp_instant now, gp_instant *);

#endif
