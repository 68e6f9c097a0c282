/*
 * The member `class` of a record, gp-record(5), written from a match. Names
 * and terms are quoted once for all records and threads.
 */
#ifndef GP_RULES_CLASS_H
#define GP_RULES_CLASS_H

#include "rules/match.h"

struct gp_class;

/* The taxonomy is borrowed. NULL: no memory. */
struct gp_class *gp_class_new(const struct gp_taxonomy *);
void gp_class_free(struct gp_class *);

/*
 * Appends the class of the text matched last, as an object; with `scores`
 * those of the strongest candidates are told too.
 */
void gp_class_put(const struct gp_class *, const struct gp_match *, int scores,
    struct gp_buf *);

#endif
