/*
 * --jq EXPR: what the command prints goes through jq -c, found in the PATH,
 * with the words of gp.jq at hand.
 *
 *	... GP_JQ_OPT(&job.jq) within the option table ...
 *	status = gp_jq_start(job.jq);
 *	if (status == GP_OK)
 *		status = ...
 *	return gp_jq_finish(status);
 */
#ifndef GP_CLI_JQ_H
#define GP_CLI_JQ_H

#include "base/opt.h"

/* to: of type const char **. */
#define GP_JQ_OPT(to)                                                       \
	{                                                                   \
		GP_STR, 0, "jq", "EXPR", "pass the records through jq", to, \
		    NULL                                                    \
	}

/*
 * Puts jq behind standard output; NULL is no expression. GP_OK, or the status
 * to end with, and the reason has been said.
 */
int gp_jq_start(const char *expr);
/* Flushes and closes standard output, waits for jq. The status to return. */
int gp_jq_finish(int status);

#endif
