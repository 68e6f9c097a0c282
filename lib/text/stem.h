/* Stems by Snowball. A stemmer is of one thread. */
#ifndef GP_TEXT_STEM_H
#define GP_TEXT_STEM_H

#include "base/buf.h"

struct gp_stem;

/* language: "ru", "en" ...; NULL: not known, or no memory. */
struct gp_stem *gp_stem_new(const char *language);
void gp_stem_free(struct gp_stem *);

/* The stem of a folded word, borrowed until the next call; n 0: no memory. */
struct gp_span gp_stem_word(struct gp_stem *, struct gp_span folded);

#endif
