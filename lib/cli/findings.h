/* What --check has found wrong with rules, said. */
#ifndef GP_CLI_FINDINGS_H
#define GP_CLI_FINDINGS_H

#include "base/exit.h"
#include "rules/finding.h"
#include "json/write.h"

/* Each on a line of its own; returns how many are warnings only. */
size_t gp_findings_say(const struct gp_findings *);

/*
 * The end of what --check counts: errors, warnings, and the record is written
 * to stdout and released. Returns the exit status; without memory the program
 * ends.
 */
enum gp_exit gp_findings_end(
    const struct gp_findings *, struct gp_jw *, struct gp_buf *);

/* The taxonomy of that file, or the shipped one (NULL); where it cannot be
 * loaded, that is said and the program ends with 78. The caller frees. */
struct gp_taxonomy *gp_taxonomy_given(const char *path);

#endif
