/*
 * Standard output when it is a file that runs append to: a record is in it
 * whole or not at all, and it can be made safe before a state moves.
 */
#ifndef GP_CLI_OUTPUT_H
#define GP_CLI_OUTPUT_H

#include "base/buf.h"

/* 1: a regular file. A line that a killed run left torn is ended, so that the
 * first record of this run is not glued to it; blank lines are passed over. */
int gp_output_begin(void);
/* Writes all, or takes back what was written. -1 with errno. */
int gp_output_write(int regular, struct gp_span);

#endif
