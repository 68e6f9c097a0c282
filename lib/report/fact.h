/*
 * What a record means to a report: an appeal, an answer, a post, or something
 * that is none of them. All reports decide it here.
 *
 * An appeal is a comment or message not written for the page, whose class is
 * a complaint, question, suggestion or danger, or that has no class yet; not
 * deleted and no duplicate. An answer is a comment or message written for the
 * page, or a reply or receipt of ours.
 */
#ifndef GP_REPORT_FACT_H
#define GP_REPORT_FACT_H

#include "base/instant.h"
#include "record/kind.h"
#include "json/json.h"

enum gp_fact_type {
	GP_FACT_NONE = 0, /* of no concern */
	GP_FACT_APPEAL,
	GP_FACT_ANSWER,
	GP_FACT_POST,
	GP_FACT_OTHER, /* a version of an item that is none of the above */
};

/* The members that are looked at, of a record, its class and its author. */
enum gp_fact_member {
	GP_F_ID,
	GP_F_AT,
	GP_F_TO,
	GP_F_DUE,
	GP_F_TYPE,
	GP_F_KIND,
	GP_F_PAGE,
	GP_F_DESK,
	GP_F_CLASS,
	GP_F_GROUP,
	GP_F_TOPIC,
	GP_F_ROUTE,
	GP_F_AUTHOR,
	GP_F_PARENT,
	GP_F_COUNTS,
	GP_F_STATUS,
	GP_F_REVIEW,
	GP_F_RESULT,
	GP_F_NETWORK,
	GP_F_DELETED,
	GP_F_INTERIM,
	GP_F_OFFICIAL,
	GP_F_PROMISED,
	GP_F_REPEAT,
	GP_F_APPROVED,
	GP_F_DUPLICATE,
	GP_F_MEMBERS,
};

/* Those that are there; to clear all, for each record, took longer. */
struct gp_fact_pick {
	unsigned has; /* bits */
	struct gp_json m[GP_F_MEMBERS];
};

/* Spans and values stand until the next gp_fact_read. */
struct gp_fact {
	enum gp_fact_type type;
	struct gp_span id; /* n 0: none; only of answers by reply or receipt */
	struct gp_span to; /* what an answer answers; n 0: nothing */
	int dated;
	gp_instant at;
	enum gp_appeal_kind kind;
	struct gp_json group, topic; /* of an appeal; a string, or not */
	struct gp_json counts;       /* of a post; an object, or not */
	struct gp_json_obj rec;
};

/* One a thread. */
enum {
	GP_FACT_DATES = 32
};

struct gp_facts {
	struct gp_json_reader *reader;
	int flags;  /* of gp_json_open */
	int review; /* what a person should look at is an appeal as well */
	struct gp_buf id, to;
	struct gp_fact_pick pick; /* of the record */
	struct gp_fact_date {
		char text[10];       /* a date that was read, */
		gp_instant midnight; /* and its midnight in UTC */
	} date[GP_FACT_DATES];
};

/* 0; -1: no memory. */
int gp_facts_init(struct gp_facts *, int strict, int review);
void gp_facts_release(struct gp_facts *);

/* A line; -1: refused, with the reason. */
int gp_fact_read(
    struct gp_facts *, struct gp_span line, struct gp_fact *, struct gp_why *);

/* A member of the record that was read last; type NONE: it is not there. */
struct gp_json gp_fact_get(const struct gp_facts *, enum gp_fact_member);
/* An instant as a record has it. 0, or -1. */
int gp_fact_instant(struct gp_facts *, struct gp_json, gp_instant *);

/* The text of a string, borrowed from the line or put into b; p NULL: none. */
struct gp_span gp_fact_text(struct gp_json, struct gp_buf *b);

#endif
