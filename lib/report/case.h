/*
 * What is kept of an appeal, and what can be said of it at the cut-off.
 *
 * Every figure of appeals counts those that are in one of these states; the
 * rows behind it are those of `gp-report items --where state=NAME`.
 */
#ifndef GP_REPORT_CASE_H
#define GP_REPORT_CASE_H

#include "base/instant.h"
#include "record/kind.h"
#include "show/show.h"

/* What appeals are told apart by. */
enum gp_dim {
	GP_DIM_NETWORK,
	GP_DIM_PAGE,
	GP_DIM_GROUP,
	GP_DIM_TOPIC,
	GP_DIM_ASSIGNEE,
	GP_DIM_CENTRE,
	GP_DIM_CALENDAR, /* by which its terms were worked out */
	GP_DIMS,
	GP_DIM_HOUR = GP_DIMS, /* of the day in which it came; no name */
	GP_DIM_ALL,            /* all are alike */
};

enum {
	GP_CASE_UNDATED_ANSWER = 1, /* it was answered, nobody knows when */
	GP_CASE_REPEAT = 2,
	GP_CASE_DESK_DONE = 4,    /* the desk's own word: its answer is final */
	GP_CASE_DESK_UNDATED = 8, /* the desk knows of an answer, not when */
	GP_CASE_PENDING = GP_KINDS, /* only an answer to it has come */
	GP_CASE_GONE,               /* its last version is no appeal */
};

/* Seconds since 1970; 0: not known. 64 bytes: there may be millions. */
struct gp_case {
	uint64_t id;
	uint32_t at;
	uint32_t first;    /* answer of any kind */
	uint32_t final;    /* the latest that is not interim */
	uint32_t interim;  /* the latest that is */
	uint32_t promised; /* by the latest interim one */
	uint32_t desk;     /* answered, by the desk's word */
	uint32_t due_first, due_final;
	uint32_t final_by; /* hash of the answer's id */
	uint32_t copy;     /* hash of the id the interim one has there */
	uint32_t page;     /* names: see gp_case_dim */
	uint16_t group, topic, assignee, centre;
	uint8_t network, calendar;
	uint8_t kind; /* gp_appeal_kind, PENDING or GONE */
	uint8_t flags;
};

enum gp_state {
	GP_S_ANSWERED,  /* a first answer, also an interim one */
	GP_S_OPEN,      /* none */
	GP_S_TIMED,     /* answered, and how long it took is known */
	GP_S_DAY,       /* first answer within 24 hours */
	GP_S_WITH_TERM, /* it has a term for the first answer */
	GP_S_IN_TERM,   /* answered by then */
	GP_S_LATE,      /* answered, but later */
	GP_S_OVERDUE,   /* open, and the term is over */
	GP_S_INTERIM,   /* answered, and the final answer is still to come */
	GP_S_PROMISED,  /* an interim answer named a date */
	GP_S_KEPT,      /* the final one came by then */
	GP_S_BROKEN,    /* it did not */
	GP_S_WAITING,   /* the date is still to come */
	GP_S_REPEAT,    /* the same person's appeal came again */
	GP_S_COMPLAINT,
	GP_S_QUESTION,
	GP_S_SUGGESTION,
	GP_S_DANGER,
	GP_S_UNSORTED,
	GP_STATES,
};

/* Bits of gp_state. */
unsigned gp_case_states(const struct gp_case *, gp_instant cut_off);
/* The word of --where and of records. */
const char *gp_state_name(enum gp_state);
/* GP_STATES: there is none of that name. */
enum gp_state gp_state_find(struct gp_span);

/* The instant of the first answer; 0: none, or not known. */
uint32_t gp_case_first(const struct gp_case *, gp_instant cut_off);
/* The soonest term; 0: none. */
uint32_t gp_case_due(const struct gp_case *);

/* The number of its name in a dict of the ledger; only of those below DIMS. */
uint32_t gp_case_dim(const struct gp_case *, enum gp_dim);
void gp_case_set_dim(struct gp_case *, enum gp_dim, uint32_t);
/* "page" ...; the key of records and the word of --where. */
const char *gp_dim_name(enum gp_dim);
/* GP_DIM_ALL: there is none of that name. */
enum gp_dim gp_dim_find(struct gp_span);
/* "Страница" */
const char *gp_dim_title(enum gp_dim, enum gp_lang);
/* What people call an appeal that has no name there: "без темы". */
const char *gp_dim_none(enum gp_dim, enum gp_lang);

#endif
