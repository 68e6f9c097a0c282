/*
 * Working calendars: which days are not worked though their weekday is, which
 * are worked though it is not, and which are an hour shorter.
 *
 * One YAML file a year, gp-routes(5), says it for the country; a region's own
 * days are laid over it. The week has five days, Monday to Friday; what hours a
 * day has is a schedule's business. Sources: articles 95 and 112 of the Labour
 * Code of Russia and the yearly act of the government, named in each file.
 */
#ifndef GP_TERM_CALENDAR_H
#define GP_TERM_CALENDAR_H

#include <stdint.h>

#include "config/yaml.h"

enum gp_mark_kind {
	GP_MARK_NONE = 0, /* as its weekday is */
	GP_MARK_HOLIDAY,
	GP_MARK_MOVED, /* not worked: a day off moved here */
	GP_MARK_WORK,  /* worked: its day off moved away */
};

struct gp_mark {
	unsigned char kind;
	unsigned char is_short;
	int64_t other;    /* MOVED: from where; WORK: to where. A day */
	const char *name; /* of a holiday */
	const char *act;  /* that says so, where it is not the year's */
};

struct gp_year {
	int year;
	const char *act;
	int64_t days, hours; /* the known norm of a 40-hour week; 0: not told */
	struct gp_mark mark[366];
	struct gp_yaml_doc *doc;
};

/* A year's file. NULL with the reason; a wrong norm is one. */
struct gp_year *gp_year_read(const char *path, struct gp_why *);
struct gp_year *gp_year_parse(
    struct gp_span, const char *name, struct gp_why *);
void gp_year_free(struct gp_year *);

/* Worked days of a five-day week, and hours of eight a day. */
void gp_year_norm(const struct gp_year *, int64_t *days, int64_t *hours);

/* All years at hand, without gaps; those that are not have year 0. */
struct gp_calendar {
	const char *name; /* "russia", or a region's */
	const char *title, *act;
	int first;             /* the year of year[0] */
	size_t n;              /* years; 0: none */
	struct gp_year **year; /* NULL: missing */
	/* A region's own marks, by day from the first year's start; or NULL. */
	struct gp_mark *own;
};

/* NULL: nothing is special on that day. */
const struct gp_mark *gp_calendar_mark(const struct gp_calendar *, int64_t day);
/* 1: the year of that day is at hand. */
int gp_calendar_knows(const struct gp_calendar *, int year);

/*
 * The years of the files calendar-YYYY.yaml in the folder (NULL: none), else
 * among gp's data. Owns what it reads. 0; -1 with the reason.
 */
int gp_calendar_load(struct gp_calendar *, const char *folder, struct gp_why *);
void gp_calendar_release(struct gp_calendar *);

/* What a region's calendar says, in the form of a year's file. */
struct gp_own_days {
	const char *name, *title, *act, *base;
	const struct gp_yaml *holidays; /* map: date to name */
	struct gp_yaml_list moved;      /* of struct gp_moved */
	struct gp_yaml_list shorter;    /* of const char *: dates */
	unsigned line;
};

struct gp_moved {
	const char *off, *from, *act;
	unsigned line;
};

extern const struct gp_yaml_field gp_moved_fields[];

/*
 * Lays a region's days over the marks it has so far (the base's own, copied by
 * the caller), from whose first year they count. -1 with the reason.
 */
int gp_calendar_lay(struct gp_calendar *, struct gp_yaml_doc *,
    const struct gp_own_days *, struct gp_why *);

#endif
