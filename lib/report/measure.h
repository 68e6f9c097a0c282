/*
 * The figures that are told of counted appeals, each with its title, its key
 * in records and its definition, the same words as in gp-figures(7).
 */
#ifndef GP_REPORT_MEASURE_H
#define GP_REPORT_MEASURE_H

#include "report/rows.h"

enum gp_measure {
	GP_M_N,
	GP_M_SHARE, /* of all of the piece */
	GP_M_ANSWERED,
	GP_M_ANSWERED_SHARE,
	GP_M_OPEN,
	GP_M_MEDIAN,
	GP_M_P90,
	GP_M_DAY,
	GP_M_DAY_SHARE,
	GP_M_WITH_TERM,
	GP_M_IN_TERM,
	GP_M_IN_TERM_SHARE,
	GP_M_LATE,
	GP_M_OVERDUE,
	GP_M_INTERIM,
	GP_M_PROMISED,
	GP_M_KEPT,
	GP_M_KEPT_SHARE,
	GP_M_BROKEN,
	GP_M_WAITING,
	GP_M_REPEAT,
	GP_M_REPEAT_SHARE,
	GP_M_COMPLAINT,
	GP_M_QUESTION,
	GP_M_SUGGESTION,
	GP_M_DANGER,
	GP_M_UNSORTED,
	GP_M_OLDEST, /* days that the oldest open one waits */
	GP_M_BEFORE, /* n of what it is compared with */
	GP_M_CHANGE, /* per cent of that */
	GP_MEASURES,
};

/* Times stand in records as whole seconds, for people in hours. */
int gp_measure_columns(enum gp_measure, struct gp_column *); /* 1 or 2 */
/* As many cells. all: the row of the whole piece, or NULL. */
void gp_measure_cells(enum gp_measure, const struct gp_count *now,
    const struct gp_count *before, const struct gp_count *all,
    gp_instant cut_off, struct gp_cell *);
const char *gp_measure_title(enum gp_measure, enum gp_lang);
const char *gp_measure_about(enum gp_measure, enum gp_lang);

#endif
