/*
 * Rules over all posts of a page: how many a week, a day, how close together.
 * Posts are gathered while records pass, from any threads and in any order,
 * and judged once at the end. A post takes some 150 bytes.
 */
#ifndef GP_CHECK_POSTS_H
#define GP_CHECK_POSTS_H

#include "base/instant.h"
#include "check/standard.h"

struct gp_posts;

struct gp_posts_span {
	int has_since;
	/* Posts are whole from `since` on; without it, from the oldest of the
	 * page. Weeks are counted back from `until`. */
	gp_instant since, until;
};

struct gp_posts *gp_posts_new(void); /* NULL: no memory */
void gp_posts_free(struct gp_posts *);

/* A post; id n 0: the page is there, and may have none. -1: no memory. */
int gp_posts_add(
    struct gp_posts *, struct gp_span page, struct gp_span id, gp_instant);

/*
 * Appends findings as records, a line each, by page and time; *errors grows by
 * those that are errors. -1: no memory.
 */
int gp_posts_judge(struct gp_posts *, const struct gp_standard *,
    const struct gp_posts_span *, struct gp_buf *out, size_t *errors);

#endif
