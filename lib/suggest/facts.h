/*
 * Facts of a past answer become holes: what was true of one person's matter
 * is never told to another. Dates, times and numbers, telephones, addresses,
 * links, names of persons, places and bodies; {{когда}}, {{число}},
 * {{телефон}}, {{почта}}, {{ссылка}}, {{кто}}, {{адрес}}, {{название}}.
 *
 * A capital within a sentence is a name, but for the polite "Вы" and some
 * abbreviations; at the beginning of one it is a name if past answers write
 * that word with a capital more often than without. Of one thread.
 */
#ifndef GP_SUGGEST_FACTS_H
#define GP_SUGGEST_FACTS_H

#include "suggest/past.h"
#include "text/personal.h"

struct gp_facts;

/* past may be NULL. NULL: no memory. */
struct gp_facts *gp_facts_new(
    const struct gp_personal *, const struct gp_past *);
void gp_facts_free(struct gp_facts *);

/*
 * Appends what an answer says of the matter: without its greeting, thanks and
 * closing, facts as holes, in whole sentences. -1: no memory.
 */
int gp_facts_strip(struct gp_facts *, struct gp_span text, struct gp_buf *);

#endif
