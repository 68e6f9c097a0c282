/* What pages publish and who follows them, as reports count it. */
#ifndef GP_REPORT_WALL_H
#define GP_REPORT_WALL_H

#include "report/shelf.h"

/* A figure that the source lacks is -1, never 0. */
struct gp_post {
	gp_instant at;
	struct gp_json page, text, url, rubric, hashtags, id;
	int64_t views, reactions, reposts, comments;
};

/* 1: a post that counts: dated, not deleted, no service message. 2: as that,
 * but its time is not known. 0: none. */
int gp_post_read(struct gp_shelf_walk *, struct gp_post *);
/* Reactions, comments and reposts; -1: none of them is known. */
int64_t gp_post_acts(const struct gp_post *);

/* Sums of what is known; `has` counts the posts that know it. */
struct gp_post_sum {
	uint64_t posts;
	int64_t views, reactions, reposts, comments, acts;
	uint64_t has_views, has_reactions, has_reposts, has_comments, has_acts;
	int64_t acts_viewed, views_acted; /* of posts that know both */
};
void gp_post_add(struct gp_post_sum *, const struct gp_post *);
/* None if no post knew it. */
struct gp_cell gp_sum_cell(int64_t sum, uint64_t has);
/* (reactions + comments + reposts) / posts / subscribers × 100. */
struct gp_cell gp_post_er(const struct gp_post_sum *, int64_t subscribers);
/* (reactions + comments + reposts) / views × 100. */
struct gp_cell gp_post_err(const struct gp_post_sum *);

/* How many follow a page: the last reading by then. -1: not known. */
struct gp_followers {
	struct gp_reading {
		uint64_t page; /* hash of its id */
		gp_instant at;
		int64_t n;
	} * v;
	size_t n, cap;
	int bad;
};
/*
 * When a page or its statistics were read: of a page seen, else at; of
 * statistics the start of their period, else at. 0; -1: it is not known.
 */
int gp_reading_at(struct gp_shelf_walk *, gp_instant *);
/* Readings of page records, and of stats that tell subscribers. */
void gp_followers_read(struct gp_followers *, const struct gp_shelf *);
int64_t gp_followers_at(
    const struct gp_followers *, uint64_t page, gp_instant by);
void gp_followers_release(struct gp_followers *);
uint64_t gp_page_hash(struct gp_json, struct gp_buf *);

/* A whole number within an object member: counts.views. -1: not there. */
int64_t gp_count_of(
    struct gp_json_reader *, struct gp_json object, const char *key);

#endif
