/*
 * The parts of the report "posts": posts are read and summed (posts.c), then
 * shown (posts_show.c).
 */
#ifndef GP_REPORT_POSTS_H
#define GP_REPORT_POSTS_H

#include "report/plain.h"
#include "report/wall.h"

enum gp_posts_of {
	GP_POSTS_ALL,
	GP_POSTS_PAGE,
	GP_POSTS_HASHTAG,
	GP_POSTS_RUBRIC,
	GP_POSTS_HOUR,
	GP_POSTS_OFS,
};

/* ER of some posts is the mean of those of each. */
struct gp_posts_line {
	enum gp_posts_of of;
	char *name; /* NULL: of all */
	uint32_t piece;
	struct gp_post_sum sum;
	double er;
	uint64_t has_er;
};

struct gp_posted {
	gp_instant at;
	char *page, *text, *url, *id;
	int64_t views, acts;
	double er, err; /* -1: not known */
	uint32_t piece;
};

struct gp_posts {
	struct gp_counted *c;
	struct gp_followers followers;
	struct gp_keymap map;
	struct gp_posts_line *line;
	size_t cap;
	struct gp_posted *post;
	size_t posts, most;
	uint64_t undated;
	int bad;
};

/* 0; -1: no memory. */
int gp_posts_take(struct gp_posts *);
void gp_posts_release(struct gp_posts *);
int gp_posts_show(void *counted, struct gp_show *);

#endif
