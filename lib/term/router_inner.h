/* What the router and its trail share. */
#ifndef GP_TERM_ROUTER_INNER_H
#define GP_TERM_ROUTER_INNER_H

#include "json/write.h"
#include "term/router.h"

enum {
	GP_ROUTER_TEXTS = 6
};

struct gp_router {
	const struct gp_router_how *how;
	struct gp_json_reader *reader;
	struct gp_chooser *chooser;
	struct gp_stepper *stepper;
	struct gp_buf text[GP_ROUTER_TEXTS]; /* what had escapes */
	struct gp_buf route, due;
	/* Of this record. */
	struct gp_json_obj rec;
	struct gp_case in;
	struct gp_choice choice;
	struct gp_answer answer;
	int route_stays, due_stays; /* a person has decided */
};

/* 1: an appeal, opened, with all of `in` set; 0: it passes. -1: refused. */
int gp_router_open(struct gp_router *, struct gp_span, struct gp_why *);
/* Chooses and counts. -1: refused. */
int gp_router_decide(struct gp_router *, struct gp_why *);

#endif
