/*
 * Reports that are appeals counted by this and that: each is a list of what
 * they are told apart by and of the figures told, and the rest is here.
 */
#ifndef GP_REPORT_COUNTED_H
#define GP_REPORT_COUNTED_H

#include "report/frame.h"
#include "report/measure.h"
#include "report/shelf.h"

struct gp_counted_plan {
	const char *report, *table, *title[GP_LANGS]; /* table: or NULL */
	const enum gp_dim *dim;                       /* ends with GP_DIM_ALL */
	const enum gp_measure *measure; /* ends with GP_MEASURES */
	int total;                      /* a row that sums each piece */
	int all_time; /* if no period is asked for; else seven days */
	enum gp_against against; /* unless another is asked for */
	enum gp_measure chart;
	int shelf; /* bits of gp_shelved: records that are kept besides */
};

struct gp_counted {
	struct gp_report_how how;
	const struct gp_counted_plan *plan;
	struct gp_ledger ledger;
	struct gp_period period;
	struct gp_where where;
	struct gp_rows rows;
	struct gp_shelf shelf;
	int closed;
};

enum {
	GP_DEFAULT_DAYS = 7
};

/* The period of a report: what was asked for, or the seven days before now. */
int gp_report_period(struct gp_period *, const struct gp_report_how *,
    int all_time, struct gp_why *);

/*
 * In place; what is in it points to it, so it must stand still. -1 with the
 * reason; release it then too.
 */
int gp_counted_init(struct gp_counted *, const struct gp_report_how *,
    const struct gp_counted_plan *, struct gp_why *);
void gp_counted_release(struct gp_counted *);
/* The same, allocated. NULL with the reason. */
struct gp_counted *gp_counted_make(const struct gp_report_how *,
    const struct gp_counted_plan *, struct gp_why *);
/* The members of struct gp_report but name, make and show. */
void gp_counted_free(void *);
void *gp_counted_start(void *);
void gp_counted_stop(void *);
int gp_counted_line(void *, struct gp_span, struct gp_buf *, struct gp_why *);
int gp_counted_sink(void *, struct gp_span);
int gp_counted_lacks(const void *, struct gp_why *);
int gp_counted_show(void *, struct gp_show *);

/* What more a report says of a row: as many cells as the plan's columns. */
struct gp_counted_more {
	const struct gp_column *col;
	size_t n;
	void (*cells)(void *ctx, const struct gp_row *, struct gp_cell *);
	void *ctx;
	const struct gp_show_term *term; /* of these columns, in the language */
	size_t terms;
};
int gp_counted_show_more(
    struct gp_counted *, struct gp_show *, const struct gp_counted_more *);
/* Settles what is left, once; before anything is shown. */
void gp_counted_close(struct gp_counted *);
/* 2 with the sentence if some were of no known time, 1 if some were wrong. */
int gp_ledger_lacks(
    const struct gp_ledger *, uint64_t undated, struct gp_why *);
/* A record, table "apart": what no row has, as it lacks what it needs. */
void gp_show_apart(
    struct gp_show *, const char *report, const char *what, uint64_t n);

/* How a report reads that begins with its struct gp_counted. */
#define GP_COUNTED_READS                                    \
	.start = gp_counted_start, .stop = gp_counted_stop, \
	.line = gp_counted_line, .sink = gp_counted_sink

#define GP_COUNTED_REPORT(word, words, maker)                       \
	{                                                           \
		.name = (word), .tables = (words), .make = (maker), \
		.free = gp_counted_free, GP_COUNTED_READS,          \
		.lacks = gp_counted_lacks, .show = gp_counted_show  \
	}

#endif
