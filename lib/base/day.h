/*
 * Days of the calendar by number from 1970-01-01, without any zone
 * (proleptic Gregorian).
 */
#ifndef GP_BASE_DAY_H
#define GP_BASE_DAY_H

#include <stdint.h>

#define GP_DAY 86400 /* seconds */

/* The number of a date, and back. The month is 1 to 12. */
int64_t gp_day_of(int64_t year, int month, int day);
void gp_day_date(int64_t day, int *year, int *month, int *mday);
/* 0 Monday .. 6 Sunday. */
int gp_day_week(int64_t day);
/* The day of these seconds, also before 1970. */
int64_t gp_day_at(int64_t seconds);

#endif
