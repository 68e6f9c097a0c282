/*
 * By raw calls: Debian has no library for Landlock, and its glibc no wrappers.
 */
#include "base/lock_folders.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/lock.h"

/* Of Landlock's second and third version; the headers of Debian 12 have both,
 * older ones do not. */
#ifndef LANDLOCK_ACCESS_FS_REFER
#define LANDLOCK_ACCESS_FS_REFER (1ULL << 13)
#endif
#ifndef LANDLOCK_ACCESS_FS_TRUNCATE
#define LANDLOCK_ACCESS_FS_TRUNCATE (1ULL << 14)
#endif

#define FIRST_VERSION ((LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1)
/* A file is read, made, written, cut, replaced, removed; a folder is synced. */
#define GRANTED                                                              \
	(LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR |        \
	    LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_FILE | \
	    LANDLOCK_ACCESS_FS_MAKE_REG)

int
gp_landlock_version(void)
{
	long v = syscall(SYS_landlock_create_ruleset, NULL, 0,
	    LANDLOCK_CREATE_RULESET_VERSION);

	return v > 0 ? (int)v : 0;
}

static int
grant(int rules, const char *folder, unsigned long long what)
{
	struct landlock_path_beneath_attr beneath = { .allowed_access = what };
	int r;

	beneath.parent_fd = open(folder, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (beneath.parent_fd == -1)
		return 0; /* what is not there needs no leave */
	r = (int)syscall(SYS_landlock_add_rule, rules,
	    LANDLOCK_RULE_PATH_BENEATH, &beneath, 0);
	close(beneath.parent_fd);
	return r;
}

int
gp_landlock(const char *const *folder)
{
	struct landlock_ruleset_attr attr = { .handled_access_fs =
						  FIRST_VERSION };
	unsigned long long granted = GRANTED;
	int version = gp_landlock_version(), rules, i, r = 0;

	if (version == 0) {
		errno = ENOSYS;
		return -1;
	}
	if (version >= 2)
		attr.handled_access_fs |= LANDLOCK_ACCESS_FS_REFER;
	if (version >= 3) {
		attr.handled_access_fs |= LANDLOCK_ACCESS_FS_TRUNCATE;
		granted |= LANDLOCK_ACCESS_FS_TRUNCATE;
	}
	rules =
	    (int)syscall(SYS_landlock_create_ruleset, &attr, sizeof(attr), 0);
	if (rules == -1)
		return -1;
	for (i = 0; r == 0 && i < GP_LOCK_FOLDERS && folder[i] != NULL; i++)
		r = grant(rules, folder[i], granted);
	if (r == 0)
		r = prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	if (r == 0)
		r = (int)syscall(SYS_landlock_restrict_self, rules, 0);
	close(rules);
	return r;
}
