/*
 * Rows behind figures that are not of appeals: the posts, readings of pages,
 * answers of polls, responses and findings that were counted. What is read of
 * the shelf row by row (behind_read.c) is shown (behind.c).
 */
#ifndef GP_REPORT_BEHIND_H
#define GP_REPORT_BEHIND_H

#include "report/plain.h"
#include "report/wall.h"

/* As in GP_BEHIND_WORDS. */
enum gp_behind_of {
	GP_BEHIND_POSTS,
	GP_BEHIND_AUDIENCE,
	GP_BEHIND_POLLS,
	GP_BEHIND_SURVEY,
	GP_BEHIND_QUALITY,
	GP_BEHINDS,
};

struct gp_behind {
	struct gp_counted *c;
	enum gp_behind_of of;
	struct gp_list where; /* KEY=VALUE, the keys are known to be right */

	/* The row at hand; of a poll or checked record, of its list. */
	struct gp_shelf_walk w;
	struct gp_json_obj list, item;
	size_t at; /* within the list, from 1 */
	int listed;
	int has_when;
	gp_instant when;
	struct gp_post post;
	uint64_t undated;
	struct gp_buf text[2]; /* of what is compared */
};

/* What lies on the shelf of a report of that name, with no conditions. */
void gp_behind_init(struct gp_behind *, struct gp_counted *, const char *of);
void gp_behind_release(struct gp_behind *);
/* -1 with the reason: a condition that is none of this report's. */
int gp_behind_check(const struct gp_behind *, struct gp_why *);
/* The next row that all conditions hold of. 0: there are no more. */
int gp_behind_next(struct gp_behind *);
/* Whose page it is, or what the finding is on. */
struct gp_json gp_behind_page(const struct gp_behind *);

#endif
