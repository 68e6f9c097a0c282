/* What the router and its trail share. */
#ifndef GP_TERM_ROUTER_INNER_H
#define GP_TERM_ROUTER_INNER_H

#include "term/router.h"
#include "json/write.h"

enum {
	GP_ROUTER_TEXTS = 6
};

/* The members that are looked at. */
enum gp_router_member {
	GP_R_AT, /* in the order of enum gp_from */
	GP_R_SEEN,
	GP_R_REGISTERED,
	GP_R_ID,
	GP_R_TYPE,
	GP_R_PAGE,
	GP_R_TEXT,
	GP_R_CLASS,
	GP_R_AUTHOR,
	GP_R_DELETED,
	GP_R_ROUTE,
	GP_R_DUE,
	GP_R_MEMBERS
};

/* What all records of a rule, or of a term, have alike in `route` and `due`,
 * remembered for the centre or the hours it was last of. */
struct gp_route_head {
	char *text;
	size_t n;
	const void *of;
};

struct gp_router {
	struct gp_route_head *head; /* by rule */
	struct gp_route_head *tail; /* by term and whether important */
	const struct gp_router_how *how;
	struct gp_json_reader *reader;
	struct gp_chooser *chooser;
	struct gp_stepper *stepper;
	struct gp_buf text[GP_ROUTER_TEXTS]; /* what had escapes */
	struct gp_buf route, due;
	/* Of this record. */
	struct gp_json_obj rec;
	struct gp_json m[GP_R_MEMBERS];
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
