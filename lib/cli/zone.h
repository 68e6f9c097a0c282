/* In which zone days are counted. */
#ifndef GP_CLI_ZONE_H
#define GP_CLI_ZONE_H

/*
 * That of --zone, where it was given, else that of the config (NULL: the usual
 * one), else the machine's. One that is not known ends the program with 64, a
 * config that cannot be read with 78.
 */
void gp_zone_given(const char *zone, const char *config);

#endif
