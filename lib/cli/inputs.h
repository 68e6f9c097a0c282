/*
 * The operands of a command that reads lines in a loop of its own, one after
 * another; none, or "-": standard input.
 */
#ifndef GP_CLI_INPUTS_H
#define GP_CLI_INPUTS_H

/* -1 ends it. The name is what messages call it. */
typedef int gp_input_fn(void *ctx, int fd, const char *name);

/* GP_OK, also where the function has ended it; GP_IO: one cannot be opened,
 * which has been said. */
int gp_inputs(int n, char **operand, gp_input_fn *, void *ctx);

#endif
