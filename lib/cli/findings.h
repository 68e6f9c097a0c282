/* What --check has found wrong with rules, said. */
#ifndef GP_CLI_FINDINGS_H
#define GP_CLI_FINDINGS_H

#include "rules/finding.h"

/* Each on a line of its own; returns how many are warnings only. */
size_t gp_findings_say(const struct gp_findings *);

#endif
