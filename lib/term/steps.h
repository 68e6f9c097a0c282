/*
 * How a term came out, in steps that a person can follow on a calendar of
 * paper; gp-record(5), due.why.
 */
#ifndef GP_TERM_STEPS_H
#define GP_TERM_STEPS_H

#include "term/answer.h"

enum gp_steps_lang {
	GP_STEPS_RU,
	GP_STEPS_EN
};

/*
 * Appends the steps as a JSON list of strings. They hold nothing that needs an
 * escape but names of the rules, which are escaped.
 */
void gp_steps_put(
    const struct gp_answer *, enum gp_steps_lang, struct gp_buf *);

#endif
