/* What a command says while it waits for a server (gp_store_on_wait). */
#ifndef GP_CLI_WAITING_H
#define GP_CLI_WAITING_H

void gp_say_waiting(const char *name, const char *why, long seconds);

#endif
