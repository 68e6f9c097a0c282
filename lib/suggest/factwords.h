/* Words that tell of a fact, by hand, Russian. Of facts.c. */
#ifndef GP_SUGGEST_FACTWORDS_H
#define GP_SUGGEST_FACTWORDS_H

#include "base/buf.h"

enum gp_factword {
	GP_FW_NONE,
	GP_FW_WHEN, /* a month, a day of the week, "завтра", a season */
	GP_FW_WHICH, /* "этой", "следующей": before a span it is a date */
	GP_FW_SPAN,   /* "недели", "месяца" */
	GP_FW_NUMBER, /* "пять", "двух" */
	GP_FW_FORM,   /* "ООО", "МУП": a name in quotes follows */
	GP_FW_POLITE, /* "Вы", "Ваше" */
	GP_FW_COMMON, /* abbreviations that name nobody: "ЖКХ" */
	GP_FW_STREET, /* "ул", "улица": an address follows or goes before */
};

/* folded: in small letters. */
enum gp_factword gp_factword_of(struct gp_span folded);

/* 1: it ends as a surname does. */
int gp_surname_ends(struct gp_span folded);

/* What a sentence is in an answer, by how it begins. */
enum gp_phrase {
	GP_PHRASE_MATTER,
	GP_PHRASE_GREETING,
	GP_PHRASE_THANKS,
	GP_PHRASE_CLOSING,
};
enum gp_phrase gp_phrase_of(struct gp_span folded);

#endif
