/*
 * When replies may go out: "09:00-18:00", several with commas between, in the
 * zone of the config. They begin at the first minute and end before the last.
 */
#ifndef GP_REPLY_HOURS_H
#define GP_REPLY_HOURS_H

#include "base/instant.h"

/* -1: they make no sense; the reason is set. */
int gp_hours_prove(const char *, struct gp_why *);
/* 1: the instant lies within. */
int gp_hours_has(const char *, gp_instant);

#endif
