/*
 * The pages of the config that something goes out for: found by the id that
 * records have, each with its tokens; and how often something may leave.
 */
#ifndef GP_SEND_PAGES_H
#define GP_SEND_PAGES_H

#include "net/act.h"
#include "net/choose.h"

struct gp_pages {
	const struct gp_config *conf;
	struct gp_http *http;
	struct gp_choice choice;
	struct gp_page_out {
		struct gp_job *job; /* NULL: not asked for yet */
		double last;        /* when something left; gp_clock */
	} * page;
};

/* want is borrowed. -1: no memory. */
int gp_pages_init(struct gp_pages *, const struct gp_config *,
    const struct gp_want *, struct gp_http *);
void gp_pages_release(struct gp_pages *);

/*
 * The job of the page of that id; NULL with the reason. Where only the network
 * knows the number of a page that the config names, it is asked, once. What
 * lacks a token has failed, its outcome says so.
 */
struct gp_job *gp_pages_find(
    struct gp_pages *, const char *network, const char *id, struct gp_why *);
/* Waits until so many a minute of the page are kept; 0: no limit. */
void gp_pages_pace(struct gp_pages *, const struct gp_job *, double rate,
    const volatile int *stop);

#endif
