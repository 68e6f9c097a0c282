/*
 * How a term came out, in steps that a person can follow on a calendar of
 * paper; gp-record(5), due.why. A stepper is of one thread: it remembers the
 * texts of days, terms and stretches of days off, which many records share.
 */
#ifndef GP_TERM_STEPS_H
#define GP_TERM_STEPS_H

#include "term/answer.h"

enum gp_steps_lang {
	GP_STEPS_RU,
	GP_STEPS_EN
};

struct gp_stepper;

/* The routes are borrowed. NULL: no memory. */
struct gp_stepper *gp_stepper_new(const struct gp_routes *, enum gp_steps_lang);
void gp_stepper_free(struct gp_stepper *);

/* Appends the steps of an answer that has terms, as a JSON list of strings. */
void gp_steps_put(
    struct gp_stepper *, const struct gp_answer *, struct gp_buf *);

#endif
