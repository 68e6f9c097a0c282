/*
 * The table that workers share: which pages there are, when each is due, who
 * has a lease on it. All of it by the clock of the database, in short
 * transactions that end within the function.
 *
 *	gp_work_open(&w, url, &why);
 *	gp_work_pages(w, pages, n, &counts, &why);
 *	while (gp_work_take(w, &lease, &why) == 1)
 *		... gp_work_renew(w, &lease, &why) ...
 *		gp_work_back(w, &lease, GP_BACK_WELL, NULL, &why);
 *	gp_work_close(w);
 *
 * Of a page the row changes at each lease, but no column that an index knows:
 * the row stays on its block (a HOT update), and the next one that comes there
 * tidies up.
 */
#ifndef GP_WORK_WORK_H
#define GP_WORK_WORK_H

#include <stdint.h>

#include "base/exit.h"
#include "base/pool.h"
#include "show/show.h"

struct gp_work_page {
	const char *name;    /* what the pipeline is given */
	const char *network; /* never empty */
	const char *centre;  /* "": none */
	const char *id;      /* what its records call it; NULL: not known */
};

struct gp_work_how {
	long lease;    /* pages at once */
	long term;     /* seconds that a lease holds */
	long min, max; /* seconds until a page is due again */
	long tries;    /* of a page alone, before it is set aside */
};

struct gp_work_lease {
	int64_t number;
	struct gp_pool pool; /* of the names */
	struct gp_buf names; /* a line each */
	struct gp_buf json;  /* the same, as an array */
	struct gp_span network;
	size_t n;
	int64_t due; /* pages that were, where it looked */
	int all;     /* nothing else is due anywhere */
};

enum {
	GP_WORK_FEW = 10
};

enum gp_work_back {
	GP_BACK_WELL,   /* due again as it was busy */
	GP_BACK_LATER,  /* nobody is to blame */
	GP_BACK_FAILED, /* halved, or set aside */
	GP_BACK_AS_WAS, /* not done; due as it was */
};

struct gp_work;

/* A reason names the database. The name is that of the worker, for people. */
enum gp_exit gp_work_open(struct gp_work **, const char *url, const char *name,
    const struct gp_work_how *, struct gp_why *);
/* Tells the others that this one has gone. */
void gp_work_close(struct gp_work *);
/* The exit status that fits what failed last. */
enum gp_exit gp_work_status(const struct gp_work *);
int64_t gp_work_id(const struct gp_work *);
/* Another connection, after the old one has broken. */
enum gp_exit gp_work_again(struct gp_work *, struct gp_why *);

/*
 * All pages that there are: the others are retired. Most of them, and more than
 * GP_WORK_FEW, only with `sweep`: it is more likely that somebody gave another
 * list. -1 with the reason.
 */
int gp_work_pages(struct gp_work *, const struct gp_work_page *, size_t n,
    int sweep, struct gp_why *);
/* Due at once, and no longer set aside; name NULL: all that are. How many; 0:
 * no such page; -1. */
int gp_work_retry(struct gp_work *, const char *name, struct gp_why *);

void gp_work_lease_init(struct gp_work_lease *);
void gp_work_lease_release(struct gp_work_lease *);
/* 1: there are pages; 0: none is due; -1 with the reason. */
int gp_work_take(struct gp_work *, struct gp_work_lease *, struct gp_why *);
/* For the next two, 0 means that the lease has run out. 2: it is held, and is
 * to be renewed later, as a batch is being written under it. */
int gp_work_renew(
    struct gp_work *, const struct gp_work_lease *, struct gp_why *);
int gp_work_back(struct gp_work *, const struct gp_work_lease *,
    enum gp_work_back, const char *reason, struct gp_why *);
/* 1: the worker stands there without a lease; behind a gp_work_back whose
 * answer was lost it was heeded. */
int gp_work_is_back(struct gp_work *, struct gp_why *);

/* -- how it stands --------------------------------------------------------- */

enum gp_work_view {
	GP_WORK_GROUPS, /* by network and centre */
	GP_WORK_ASIDE,  /* pages that failed */
	GP_WORK_WORKERS,
};

/* A table of its rows. -1 with the reason: the database; or show->bad. */
int gp_work_show(
    struct gp_work *, enum gp_work_view, struct gp_show *, struct gp_why *);

#endif
