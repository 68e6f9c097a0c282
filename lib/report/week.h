/*
 * The parts of the report "week": threads turn records into marks (week.c),
 * one thread counts them (week_count.c), and what was counted is shown
 * (week_show.c).
 */
#ifndef GP_REPORT_WEEK_H
#define GP_REPORT_WEEK_H

#include <stdatomic.h>

#include "report/days.h"
#include "report/fact.h"
#include "report/names.h"
#include "report/report.h"
#include "report/set.h"

enum gp_mark_type {
	GP_MARK_NAME,     /* of a group; its bytes follow, padded to 8 */
	GP_MARK_CALENDAR, /* the name of one, likewise */
	GP_MARK_APPEAL,
	GP_MARK_ANSWER,
	GP_MARK_POST,
	GP_MARK_OTHER, /* the item is not counted in this version */
};

enum {
	GP_HAS_VIEWS = 1,
	GP_HAS_REACTIONS = 2
};

/* 24 bytes a record. */
struct gp_mark {
	uint64_t id;   /* of the item; of what is answered; of the group */
	uint64_t more; /* the group, 0: none; views of a post */
	uint32_t n;    /* reactions of a post; bytes of a name; calendar */
	uint16_t day;
	uint8_t type;
	uint8_t kind; /* of an appeal; what a post HAS */
};

/* Groups: 0 has no name, the next ones are those of `names`. */
enum {
	GP_GROUP_NONE = 0,
	GP_GROUP_REST = GP_MOST_NAMES + 1, /* those beyond the ceiling */
	GP_GROUPS,
};

/* Working calendars: 0 is none, the next ones are those of `calendars`. */
enum {
	GP_CALENDAR_REST = 7, /* those beyond the ceiling */
	GP_CALENDARS,
};

struct gp_tally {
	uint32_t kind[GP_KINDS];
	uint32_t answered;
};

struct gp_posts_day {
	uint64_t posts, views, reactions;
	uint64_t with_views, with_reactions; /* posts that have the figure */
};

struct gp_post_slot {
	uint64_t views;
	uint32_t reactions;
	uint16_t day;
	uint16_t has;
};

struct gp_week {
	struct gp_report_how how;
	struct gp_days days;
	atomic_ullong records;

	struct gp_set set;
	struct gp_names names;
	char *title[GP_GROUPS];            /* of names */
	struct gp_tally *tally[GP_GROUPS]; /* days of each; NULL: none came */
	struct gp_names calendars;
	char *calendar[GP_CALENDARS];
	uint64_t with_calendar[GP_CALENDARS]; /* appeals */
	struct gp_posts_day *day;
	struct gp_post_slot *post;
	size_t posts, most_posts;
	int full, posts_full, bad;
};

int gp_week_sink(void *, struct gp_span);
int gp_week_show(void *, struct gp_show *);

/* Of all kinds. */
uint32_t gp_tally_appeals(const struct gp_tally *);
void gp_tally_add(struct gp_tally *, const struct gp_tally *);

#endif
