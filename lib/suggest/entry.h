/* Of past.c and join.c alone: what was read, before answers meet appeals. */
#ifndef GP_SUGGEST_ENTRY_H
#define GP_SUGGEST_ENTRY_H

#include "suggest/past.h"

struct gp_past_entry {
	int answer;    /* 0: an appeal */
	unsigned id;   /* of an appeal: its own; numbers of names */
	unsigned to;   /* of an answer: the appeal; 0: not said */
	unsigned talk; /* 0: none */
	unsigned page, group, topic;
	gp_instant at;
	struct gp_span name, text;
};

/*
 * answer[i]: which entry answers the appeal at entry i, or -1. Of an appeal
 * that stands twice the last version counts. -1: no memory.
 */
int gp_past_join(const struct gp_past *, long *answer);
/* Makes docs and postings of the appeals that are answered. */
int gp_past_index(struct gp_past *, const long *answer, gp_instant now);

#endif
