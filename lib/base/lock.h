/*
 * A filter locks itself in: what a hostile text can make of a fault in it is
 * wrong output, and nothing else.
 *
 * Called when all is loaded and open, before the first foreign byte is read.
 * From then on the process, with all its threads, can read and write what it
 * has open, ask for memory and the time, and end. A call that a filter never
 * makes (a socket, a program, another process, memory that can be run, a file
 * to be written) ends it with SIGSYS; to look for a file fails with EACCES, for
 * libraries look for files of their own and do without.
 *
 * Nothing undoes it. What is spawned before is free, as the jq of --jq.
 * In builds with sanitizers it is left out: these look for files, and attach to
 * the process at its end.
 */
#ifndef GP_BASE_LOCK_H
#define GP_BASE_LOCK_H

#include <stddef.h>

enum gp_lock {
	GP_LOCK_NONE, /* of a command that does not lock itself in */
	GP_LOCK_IN,
	/* Files can be opened, made, renamed; where the kernel has Landlock,
	 * only those in the folders that were given. All else as above. */
	GP_LOCK_FILES
};

enum gp_locked {
	GP_LOCKED,
	GP_LOCK_OFF,    /* $GP_UNLOCKED says so */
	GP_LOCK_LEFT,   /* this build is without */
	GP_LOCK_CANNOT, /* the kernel, or what contains us, does not take it */
};

enum {
	GP_LOCK_FOLDERS = 6
};

/* The folders of GP_LOCK_FILES: at most GP_LOCK_FOLDERS, NULL ends them; one
 * that is not there is passed over. */
enum gp_locked gp_lock(enum gp_lock, const char *const *folder);

/* Tries it in a child, with a call that must end it. Of use to gp-doctor. */
enum gp_locked gp_lock_prove(void);
/* Has the kernel Landlock? */
int gp_lock_has_landlock(void);

#endif
