/* Which records of a store are wanted: the options of gp-store get. */
#ifndef GP_CLI_WANTED_H
#define GP_CLI_WANTED_H

#include "base/opt.h"
#include "config/config.h"
#include "store/store.h"

/* As they were given; zeroed before. What is below `limit` is its own. */
struct gp_wanted {
	struct gp_list type, page, network, topic, kind, assignee, id, post,
	    author, state;
	int open, overdue, history, reverse;
	const char *since, *until, *match, *where, *order, *config;
	long limit;
	struct gp_config conf; /* for names of pages, and the zone of --since */
	int has_conf;
	char *resolved[64];
	size_t resolves;
};

/*
 * What they ask for; q->now and q->desk are set before. What cannot be asked
 * for ends the program with 64, a config that cannot be read with 78. It points
 * into the options.
 */
void gp_wanted_query(struct gp_wanted *, struct gp_query *);
void gp_wanted_release(struct gp_wanted *);

#endif
