/* What is wrong with a taxonomy though it can be read. */
#ifndef GP_RULES_PROVE_H
#define GP_RULES_PROVE_H

#include "rules/taxonomy.h"

/*
 * Adds errors: a term twice in one list of an owner, or both included and
 * excluded; a kind that is none of gp-record(5)'s; a kind, group or topic that
 * nothing can bring to its threshold. Warnings: a term that alone decides for
 * two groups.
 */
void gp_taxonomy_prove(const struct gp_taxonomy *, struct gp_findings *);

#endif
