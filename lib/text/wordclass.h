/*
 * Small words whose part in a text matters: those that carry nothing, those
 * that thank, those that lead to an address. By hand, Russian.
 */
#ifndef GP_TEXT_WORDCLASS_H
#define GP_TEXT_WORDCLASS_H

#include "base/buf.h"

enum gp_wordclass {
	GP_CLASS_NONE,
	GP_CLASS_STOP,   /* carries nothing: pronouns, greetings, pleas */
	GP_CLASS_PREP,   /* of those, what stands before a place */
	GP_CLASS_THANK,  /* thanks, congratulations, assent */
	GP_CLASS_NOT,    /* turns the sense round */
	GP_CLASS_STREET, /* a street, by its kind */
	GP_CLASS_SETTLE, /* a settlement, by its kind */
	GP_CLASS_HOUSE,
	GP_CLASS_UNIT, /* behind a number that is no house */
	GP_CLASS_SIGN, /* here the signature begins */
};

enum gp_wordclass gp_wordclass_of(struct gp_span folded);

#endif
