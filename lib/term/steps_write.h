/*
 * How the steps are written: appended without a call for each word, since
 * there are a hundred of them in a record. Of steps*.c alone.
 */
#ifndef GP_TERM_STEPS_WRITE_H
#define GP_TERM_STEPS_WRITE_H

#include <string.h>

#include "term/steps.h"
#include "json/write.h"

enum {
	GP_DATE_LEN = 15 /* "пт 30.10.2026"; English ones are shorter */
};

/* Days' texts, one after another. */
struct gp_dates {
	int64_t first;
	size_t n;
	char *text; /* of GP_DATE_LEN + 1 each; NUL behind the shorter ones */
};

struct gp_step_text {
	enum gp_steps_lang lang;
	const struct gp_dates *dates;
	struct gp_buf *out;
	int any; /* a step has been written */
};

static inline void
gp_step_add(struct gp_step_text *s, const char *p, size_t n)
{
	gp_buf_add(s->out, p, n);
}

/* Of literals, whose lengths are known. */
#define GP_STEP(s, ru, en)                                                \
	((s)->lang == GP_STEPS_RU ? gp_step_add(s, ru "", sizeof(ru) - 1) \
				  : gp_step_add(s, en "", sizeof(en) - 1))
#define GP_STEP_BOTH(s, text) gp_step_add(s, text "", sizeof(text) - 1)

static inline void
gp_step_begin(struct gp_step_text *s)
{
	gp_step_add(s, s->any ? ",\"" : "\"", s->any ? 2 : 1);
	s->any = 1;
}

static inline void
gp_step_end(struct gp_step_text *s)
{
	gp_step_add(s, "\"", 1);
}

/* A name out of a file: what JSON would escape is. */
void gp_step_name(struct gp_step_text *, const char *);
void gp_step_date(struct gp_step_text *, int64_t day);
/* "20:15", seconds where there are any. */
void gp_step_clock(struct gp_step_text *, int64_t wall);
void gp_step_moment(struct gp_step_text *, const struct gp_zone *, gp_instant);
/* Seconds as hours, minutes and seconds, as far as they are not 0. */
void gp_step_span(struct gp_step_text *, int64_t seconds);
/* "9 рабочих часов". */
void gp_step_length(struct gp_step_text *, const struct gp_limit *);
void gp_step_number(struct gp_step_text *, long);

/* Dates of these days. -1: no memory. */
int gp_dates_make(
    struct gp_dates *, int64_t first, size_t n, enum gp_steps_lang);
void gp_dates_release(struct gp_dates *);

/* The steps that do not depend on the second; steps_days.c. */
void gp_step_days_off(
    struct gp_step_text *, const struct gp_hours *, int64_t from, int64_t to);
void gp_step_mark(struct gp_step_text *, const struct gp_hours *, int64_t day);
void gp_step_count_days(struct gp_step_text *, const struct gp_hours *,
    const struct gp_limit *, const struct gp_due *);
void gp_step_count_hours(struct gp_step_text *, const struct gp_hours *,
    const struct gp_due *, gp_instant to, int64_t worked);

#endif
