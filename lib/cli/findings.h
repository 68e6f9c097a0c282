/* What --check has found wrong with rules, said. */
#ifndef GP_CLI_FINDINGS_H
#define GP_CLI_FINDINGS_H

#include "rules/finding.h"

/* Each on a line of its own; returns how many are warnings only. */
size_t gp_findings_say(const struct gp_findings *);

/* The taxonomy of that file, or the shipped one (NULL); where it cannot be
 * loaded, that is said and the program ends with 78. The caller frees. */
struct gp_taxonomy *gp_taxonomy_given(const char *path);

#endif
