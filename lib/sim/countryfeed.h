/*
 * The pages of a country as feeds of VK and OK and as channels of the preview.
 * A feed is set up for the page that is asked for, and stands until another
 * page of its network is.
 */
#ifndef GP_SIM_COUNTRYFEED_H
#define GP_SIM_COUNTRYFEED_H

#include "sim/country.h"
#include "sim/feed.h"
#include "sim/page.h"

#define GP_SIM_COUNTRY_NAME "country_" /* and the number of the page */

/* How a page stands in one feed; its comments as far as they were needed. */
struct gp_sim_landing {
	const struct gp_sim_country *c;
	struct gp_sim_land land;
	struct gp_sim_own page;
	char name[40], title[80];
	int64_t base;   /* ids of notes are above it */
	int64_t *under; /* under which post comments stand, the newest first */
	size_t known, cap;
	struct gp_sim_tally {
		int64_t all, replies;
	} * tally; /* by post, the newest first */
	size_t tallied, tally_cap;
	struct gp_sim_spot { /* where a list was last read */
		enum gp_sim_mill_list what;
		int64_t of, i, n;
	} spot;
	struct gp_buf text[4]; /* of the last comments given out */
	unsigned turn;
};

/* A page of it as the preview shows it. */
struct gp_sim_country_view {
	struct gp_sim_channel channel;
	char name[40], title[80];
	struct gp_sim_message *m, **v;
	struct gp_sim_post *post;
	size_t n;
};

void gp_sim_landing_init(
    struct gp_sim_landing *, const struct gp_sim_country *);
void gp_sim_landing_release(struct gp_sim_landing *);
/* 0: the feed shows page k as it stands at that moment; -1: it is of another
 * network, there is none, or no memory. */
int gp_sim_landing_feed(struct gp_sim_landing *, struct gp_sim_feed *,
    enum gp_sim_net, int64_t k, gp_instant now);

/* The number of a page by its id, by its name, by a note's id; -1: none. */
int64_t gp_sim_country_by_id(
    const struct gp_sim_country *, enum gp_sim_net, int64_t id);
int64_t gp_sim_country_by_name(const struct gp_sim_country *, struct gp_span);
int64_t gp_sim_country_by_note(const struct gp_sim_country *, int64_t id);
/* Its id in records, "vk:-400000000"; its name in a config. */
void gp_sim_country_ids(
    const struct gp_sim_land *, char page[48], char name[40]);

/* What gp_sim_mill_.. are, of such a feed. */
int gp_sim_landing_note(
    const struct gp_sim_feed *, int64_t id, struct gp_sim_note *);
size_t gp_sim_landing_count(
    const struct gp_sim_feed *, enum gp_sim_mill_list, int64_t of);
int64_t gp_sim_landing_at(
    const struct gp_sim_feed *, enum gp_sim_mill_list, int64_t of, size_t i);

/* The posts about those asked for. -1: not such a channel, or no memory;
 * release in each case. */
int gp_sim_country_view(struct gp_sim_country_view *,
    const struct gp_sim_country *, int64_t k, gp_instant now,
    const struct gp_sim_ask *);
void gp_sim_country_view_release(struct gp_sim_country_view *);

#endif
