/*
 * What a person asks of the journal, what nobody knows the outcome of, and
 * his word on it; and that it was put back from a copy. Every command that
 * sends has these options.
 */
#ifndef GP_SEND_DECIDE_H
#define GP_SEND_DECIDE_H

#include "base/opt.h"
#include "send/sender.h"

struct gp_decide {
	int list;
	const char *key;      /* NULL: nothing is decided */
	const char *restored; /* the instant of the copy; NULL */
};

/* clang-format off */
#define GP_DECIDE_OPTS(d) \
	{ GP_FLAG, 0, "list", NULL, "what nobody knows the outcome of", &(d)->list, NULL }, \
	{ GP_STR, 0, "resolve", "KEY", "a person's word on it: sent [ID] or resend", &(d)->key, NULL }, \
	{ GP_STR, 0, "restored", "INSTANT", "the journal was put back from a copy of then: look for what left since", &(d)->restored, NULL }
/* clang-format on */

/* 1: one of them is asked for, and nothing is to be sent. */
int gp_decide_asked(const struct gp_decide *);

/*
 * Opens the journal and does it. The operands are the word: `sent`, with the
 * id of what stands there if it is known, or `resend`. Appends to `out` what is
 * to be printed. GP_OK, or the status with the reason.
 */
enum gp_exit gp_decide(const struct gp_decide *, struct gp_sender *, int n,
    char **operand, struct gp_buf *out, struct gp_why *);

#endif
