/*
 * A country of pages: how much is written on each, and when. Nothing of it is
 * kept: what stands on a page at a moment follows from (page, number), so that
 * 175,000 pages take no more memory than one.
 *
 * Facts and assumptions. That a country has 175,000 such pages on which 100
 * million comments a year are written is what gp is built for. Three posts a
 * week at the least and eight a day at the most are the bounds of the shipped
 * standard.yaml. All else is assumed, for lack of a source, and named where it
 * stands (country.c): how much larger a large page is than a small one (Zipf,
 * flattened at the head), the rhythm of day and week, the shares of the
 * networks and of the time zones. The share of roads is that of the texts in
 * labelled.ndjson, from which comments take their words.
 *
 * A process of events, such as the comments of a page, has its N-th event, of
 * 0..., at the working time (N + u) / rate, u in [0, 1) from a hash: working
 * time is wall time, stretched by the rhythm. So both the moment of an event
 * and how many there were up to a moment are computed at once.
 */
#ifndef GP_SIM_COUNTRY_H
#define GP_SIM_COUNTRY_H

#include "sim/crowd.h"

#define GP_SIM_COUNTRY_FULL 175000 /* pages, of which the rates are */

enum gp_sim_country_net {
	GP_SIM_COUNTRY_VK,
	GP_SIM_COUNTRY_OK,
	GP_SIM_COUNTRY_TELEGRAM, /* the public preview: posts alone */
};

struct gp_sim_country {
	int64_t pages;
	gp_instant snow;          /* 0:00 UTC of the date of snow; 0: none */
	double hours[7 * 24 + 1]; /* working hours of a week up to each hour */
	double roads;             /* share of comments about roads */
	struct gp_sim_snow {
		double from, to; /* working hours */
		double more;     /* by so much each is worth more */
	} snowy;
	double comments_from; /* working hours */
	struct gp_sim_texts {
		const char **v;
		size_t n, cap;
	} post, road, other;
	const struct gp_sim_crowd *crowd; /* borrowed */
	struct gp_pool pool;
};

/* A page of it. */
struct gp_sim_land {
	int64_t k; /* of 0... */
	enum gp_sim_country_net net;
	int region;                  /* of 0 to 84 */
	int64_t zone;                /* seconds ahead of UTC */
	double posts, comments;      /* an hour of working time */
	int64_t posts_n, comments_n; /* up to `now` */
	gp_instant now;
};

/* `data`: the path of labelled.ndjson. -1 with the reason; release also then. */
int gp_sim_country_init(struct gp_sim_country *, int64_t pages, gp_instant snow,
    const char *data, const struct gp_sim_scenario *,
    const struct gp_sim_crowd *, struct gp_why *);
void gp_sim_country_release(struct gp_sim_country *);

/* 0 <= k < pages. */
void gp_sim_land(const struct gp_sim_country *, int64_t k, gp_instant now,
    struct gp_sim_land *);
/* When post m, comment n came; how many there were up to that moment. */
gp_instant gp_sim_land_post_at(
    const struct gp_sim_country *, const struct gp_sim_land *, int64_t m);
gp_instant gp_sim_land_comment_at(
    const struct gp_sim_country *, const struct gp_sim_land *, int64_t n);
int64_t gp_sim_land_posts(const struct gp_sim_country *,
    const struct gp_sim_land *, gp_instant until);
int64_t gp_sim_land_comments(const struct gp_sim_country *,
    const struct gp_sim_land *, gp_instant until);
/* The post under which comment n stands. */
int64_t gp_sim_land_under(
    const struct gp_sim_country *, const struct gp_sim_land *, int64_t n);
/* Numbers that have nothing in common, of event n of the page: one for each
 * question, which is a letter. */
uint64_t gp_sim_land_dice(const struct gp_sim_land *, int what, int64_t n);
/* 1: comment n is about roads. */
int gp_sim_land_roads(
    const struct gp_sim_country *, const struct gp_sim_land *, int64_t n);

/* Reads them; sets `roads`. -1 with the reason. */
int gp_sim_country_texts(struct gp_sim_country *, const char *data,
    const struct gp_sim_scenario *, struct gp_why *);
/* What post m, comment n says; the comment is put into the buffer. */
const char *gp_sim_land_post_text(
    const struct gp_sim_country *, const struct gp_sim_land *, int64_t m);
const char *gp_sim_land_comment_text(const struct gp_sim_country *,
    const struct gp_sim_land *, int64_t n, struct gp_buf *);

#endif
