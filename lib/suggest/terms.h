/*
 * A text as the words by which appeals are compared: stems, without those
 * that carry nothing. Of one thread.
 */
#ifndef GP_SUGGEST_TERMS_H
#define GP_SUGGEST_TERMS_H

#include "suggest/past.h"

struct gp_terms_run;

/* A word of a text. no: in past->words; GP_TERM_NEW: it never occurred. */
struct gp_term {
	uint32_t no;
	uint32_t times;
};
#define GP_TERM_NEW UINT32_MAX

/* While the index is made: new words get numbers, and how each is written is
 * noted in past->written. NULL: no memory. */
struct gp_terms_run *gp_terms_learn(struct gp_past *);
/* When it stands. */
struct gp_terms_run *gp_terms_look(const struct gp_past *);
void gp_terms_free(struct gp_terms_run *);

/*
 * The different words of a text, borrowed until the next call; those that
 * never occurred stand each for itself. Returns how many, -1: no memory.
 */
long gp_terms_of(
    struct gp_terms_run *, struct gp_span text, const struct gp_term **);

/* 1: a sentence begins at p, of a text from `from` on that goes on there. */
int gp_sentence_begins(const char *from, const char *p);

#endif
