/* Landlock, of lock.c: files in these folders, and no others. */
#ifndef GP_BASE_LOCK_FOLDERS_H
#define GP_BASE_LOCK_FOLDERS_H

/* The version of the kernel's Landlock; 0: it has none. */
int gp_landlock_version(void);
/* This thread and those it makes. 0; -1: errno. */
int gp_landlock(const char *const *folder);

#endif
