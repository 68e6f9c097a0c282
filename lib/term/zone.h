/*
 * Time zones, several at once and by many threads: the offsets of a zone over
 * all its years, read once from the system's zone data (whose history has
 * summer time, also where there is none now). Days are numbered from
 * 1970-01-01, local seconds are those of the clock on the wall.
 */
#ifndef GP_TERM_ZONE_H
#define GP_TERM_ZONE_H

#include "base/day.h"
#include "base/instant.h"

/* From this instant on the wall is so far ahead of UTC. */
struct gp_shift {
	gp_instant from;
	int32_t ahead; /* seconds */
};

struct gp_zone {
	char *name; /* IANA, "+03:00"; "": that of the process has none */
	struct gp_shift *shift;
	size_t n, cap;
};

/*
 * Reads a zone; NULL: that of the process. TZ is changed for a moment: only
 * before threads begin. 0; -1 with the reason.
 */
int gp_zone_read(const char *name, struct gp_zone *, struct gp_why *);
void gp_zone_release(struct gp_zone *);

/* The wall clock's seconds at an instant. */
int64_t gp_zone_wall(const struct gp_zone *, gp_instant);
/*
 * The instant at which the wall shows these seconds. Where it shows them twice
 * the first one; where it jumps over them, the instant of the jump.
 */
gp_instant gp_zone_instant(const struct gp_zone *, int64_t wall);

/* "2026-11-01" or, with a year, "11-01". -1: no such day. */
int gp_day_parse(const char *, int year, int64_t *day);

#endif
