/*
 * Exit codes, the same in all commands; above 1 they are those of sysexits(3).
 */
#ifndef GP_BASE_EXIT_H
#define GP_BASE_EXIT_H

enum gp_exit {
	GP_OK = 0,        /* done */
	GP_PARTIAL = 1,   /* some records refused or something not got; said */
	GP_USAGE = 64,    /* wrong command line */
	GP_DATA = 65,     /* input unusable, or refused under --strict */
	GP_REFUSED = 69,  /* the network refuses for good */
	GP_SOFTWARE = 70, /* no memory, a broken invariant: our bug */
	GP_IO = 74,       /* reading or writing failed */
	GP_TEMPFAIL = 75, /* the same command may work later */
	GP_AUTH = 77,     /* credentials */
	GP_CONFIG = 78,   /* configuration */
};

#endif
