/*
 * What every figure carries: of what time, zone and calendar it is, when the
 * line was drawn, and the arguments of `gp-report items` that give the rows
 * behind it.
 */
#ifndef GP_REPORT_FRAME_H
#define GP_REPORT_FRAME_H

#include "report/rows.h"

enum gp_frame_column {
	GP_FR_FROM,
	GP_FR_TO,
	GP_FR_ZONE,
	GP_FR_CALENDAR,
	GP_FR_CUT_OFF,
	GP_FR_BEFORE_FROM,
	GP_FR_BEFORE_TO,
	GP_FR_BEFORE_N,
	GP_FR_FILTER,
	GP_FRAME,
};

/* The columns, for records alone. */
extern const struct gp_column gp_frame_columns[GP_FRAME];

struct gp_frame {
	const struct gp_report_how *how;
	const struct gp_period *period;
	struct gp_buf calendar; /* names, with commas between; may be empty */
	struct gp_buf filter;   /* words of the row at hand */
	struct gp_buf note;
};

void gp_frame_init(
    struct gp_frame *, const struct gp_report_how *, const struct gp_period *);
void gp_frame_release(struct gp_frame *);
/* The calendars by which the terms of what was counted were worked out. */
void gp_frame_calendar(
    struct gp_frame *, const struct gp_rows *, const struct gp_ledger *);
/* The next of them, where the rows are not at hand: in order of their names. */
void gp_frame_calendar_add(struct gp_frame *, struct gp_span name);
/*
 * The cells of a piece of the period, but for n before and the filter; they
 * stand until the next row.
 */
void gp_frame_piece(const struct gp_frame *, size_t piece, struct gp_cell *);
/*
 * A filter: begin with the piece, add conditions, take the cell. What --where
 * asked for is in it from the start.
 */
void gp_frame_filter(struct gp_frame *, size_t piece);
/* Rows that are no appeals: `items --behind REPORT`; goes before conditions. */
void gp_frame_behind(struct gp_frame *, const char *report);
/* An option and its argument. */
void gp_frame_option(struct gp_frame *, const char *option, const char *arg);
void gp_frame_where(struct gp_frame *, const char *key, struct gp_span value);
struct gp_cell gp_frame_words(const struct gp_frame *);

/* "2026-10-01 – 2026-10-31; зона ...; календарь ...; на 2026-10-31 18:00" */
const char *gp_frame_note(struct gp_frame *);
/* The note, and that nothing came: of a form whose rows are always there. */
const char *gp_frame_nothing(struct gp_frame *);
/* "2026-10-01 – 2026-10-07"; of a day alone the day. Appends. */
void gp_range_print(struct gp_buf *, struct gp_range);

#endif
