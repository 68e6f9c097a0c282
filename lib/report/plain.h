/*
 * Reports of what lies on the shelf alone: posts, polls, answers to surveys,
 * findings. They share the reading, the period and the frame; each shows its
 * own tables.
 */
#ifndef GP_REPORT_PLAIN_H
#define GP_REPORT_PLAIN_H

#include "report/counted.h"

/* What folds no appeal: these reports count none. */
void gp_plain_fold(void *ctx, const struct gp_case *, const char *text);
/* --where is about appeals, --against too: refused. NULL with the reason. */
void *gp_plain_make(const struct gp_report_how *,
    const struct gp_counted_plan *, struct gp_why *);
/*
 * Shows a table: `own` columns, then those of the frame. row fills the own
 * cells for call number i, sets *piece, and says 0 where there are no more.
 */
struct gp_plain_table {
	const struct gp_table *table; /* its columns are the own ones */
	int (*row)(void *ctx, size_t i, struct gp_cell *, size_t *piece);
	void *ctx;
	const struct gp_show_term *term;
	size_t terms;
	const char *chart_name, *chart_value;
	int framed;         /* rows are figures: they carry the frame */
	const char *behind; /* the report whose rows are behind them */
	/* Conditions of --where for the row that was filled last. */
	void (*where)(void *ctx, size_t i, struct gp_frame *);
};
int gp_plain_show(
    struct gp_counted *, struct gp_show *, const struct gp_plain_table *);
/* As gp_counted_lacks, and 2 with the sentence: some are of no known time. */
int gp_plain_lacks(const void *, struct gp_why *);
/* 1: this table is wanted, in this format. */
int gp_plain_wants(const struct gp_counted *, const struct gp_show *,
    const char *table, int first);

/* Half the width of the interval that holds the share 95 times of 100 (Wald):
 * in per cent, for k of n. -1: n is 0. */
double gp_margin(double k, double n);

#define GP_PLAIN_REPORT(word, words, maker, shower)                 \
	{                                                           \
		.name = (word), .tables = (words), .make = (maker), \
		.free = gp_counted_free, GP_COUNTED_READS,          \
		.lacks = gp_plain_lacks, .show = (shower)           \
	}

#endif
