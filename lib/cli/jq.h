/*
 * --jq EXPR: what the command prints goes through jq -c, found in the PATH.
 */
#ifndef GP_CLI_JQ_H
#define GP_CLI_JQ_H

/* Puts jq behind standard output. NULL is no expression. -1: said. */
int gp_jq_start(const char *expr);
/* Flushes and closes standard output, waits for jq. The status to return. */
int gp_jq_finish(int status);

#endif
