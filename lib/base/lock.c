#include "base/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <seccomp.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/lock_folders.h"

#define CALL(name) SCMP_SYS(name)
#define WORD       0xffffffffULL /* of an int; the rest of it may be anything */

/* What a filter does all day. */
static const int filtering[] = { CALL(read), CALL(readv), CALL(write),
	CALL(writev), CALL(pread64), CALL(lseek), CALL(_llseek), CALL(close),
	CALL(poll), CALL(ppoll), CALL(ppoll_time64), CALL(fstat), CALL(fstat64),
	CALL(fadvise64), CALL(fadvise64_64), CALL(arm_fadvise64_64),
	/* memory and threads */
	CALL(munmap), CALL(mremap), CALL(brk), CALL(madvise), CALL(futex),
	CALL(futex_time64), CALL(set_robust_list), CALL(rseq),
	CALL(sched_yield), CALL(sched_getaffinity), CALL(gettid), CALL(getpid),
	CALL(sysinfo), CALL(getrandom),
	/* time */
	CALL(clock_gettime), CALL(clock_gettime64), CALL(clock_nanosleep),
	CALL(clock_nanosleep_time64), CALL(nanosleep), CALL(gettimeofday),
	CALL(time), CALL(restart_syscall),
	/* signals, and the end: of jq too */
	CALL(rt_sigaction), CALL(rt_sigprocmask), CALL(rt_sigreturn),
	CALL(sigreturn), CALL(sigaltstack), CALL(wait4), CALL(waitpid),
	CALL(exit), CALL(exit_group) };

/* And what SQLite, a replaced file and a workbook want besides. */
static const int with_files[] = { CALL(open), CALL(openat), CALL(access),
	CALL(faccessat), CALL(faccessat2), CALL(stat), CALL(stat64),
	CALL(lstat), CALL(lstat64), CALL(fstatat64), CALL(newfstatat),
	CALL(statx), CALL(readlink), CALL(readlinkat), CALL(getcwd),
	CALL(unlink), CALL(unlinkat), CALL(rename), CALL(renameat),
	CALL(renameat2), CALL(ftruncate), CALL(ftruncate64), CALL(fsync),
	CALL(fdatasync), CALL(fcntl), CALL(fcntl64), CALL(flock),
	CALL(fallocate), CALL(fchmod), CALL(fchown), CALL(fchown32),
	CALL(pwrite64), CALL(pwritev), CALL(umask), CALL(geteuid),
	CALL(geteuid32), CALL(getuid), CALL(getuid32), CALL(utimensat),
	CALL(fstatfs), CALL(fstatfs64), CALL(dup), CALL(statfs),
	CALL(statfs64) };

/* By which libraries look for files of their own. */
static const int looking[] = { CALL(access), CALL(faccessat), CALL(faccessat2),
	CALL(stat), CALL(stat64), CALL(lstat), CALL(lstat64), CALL(readlink),
	CALL(readlinkat), CALL(getcwd), CALL(statx) };

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static int
all(scmp_filter_ctx c, uint32_t action, const int *call, size_t n)
{
	size_t i;
	int r = 0;

	for (i = 0; i < n && r == 0; i++)
		r = seccomp_rule_add(c, action, call[i], 0);
	return r;
}

/* The call, where this argument with this mask is that. */
static int
where(scmp_filter_ctx c, uint32_t action, int call, unsigned arg, uint64_t mask,
    uint64_t is)
{
	return seccomp_rule_add(
	    c, action, call, 1, SCMP_CMP(arg, SCMP_CMP_MASKED_EQ, mask, is));
}

/* A file that would be read is not to be had; one to be written is an end. */
static int
no_files(scmp_filter_ctx c)
{
	const uint64_t writes = O_ACCMODE | O_CREAT | O_TRUNC;
	const uint32_t no = SCMP_ACT_ERRNO(EACCES), yes = SCMP_ACT_ALLOW;
	int r = all(c, no, looking, COUNT(looking));

	r = r != 0 ? r : where(c, no, CALL(open), 1, writes, O_RDONLY);
	r = r != 0 ? r : where(c, no, CALL(openat), 2, writes, O_RDONLY);
	/* fstat(3) is this one here and there, with an empty path. */
	r = r != 0 ? r
		   : where(c, yes, CALL(newfstatat), 3, WORD, AT_EMPTY_PATH);
	r = r != 0 ? r : where(c, no, CALL(newfstatat), 3, AT_EMPTY_PATH, 0);
	r = r != 0 ? r : where(c, yes, CALL(fstatat64), 3, WORD, AT_EMPTY_PATH);
	r = r != 0 ? r : where(c, no, CALL(fstatat64), 3, AT_EMPTY_PATH, 0);
	r = r != 0 ? r : where(c, yes, CALL(fcntl), 1, WORD, F_GETFL);
	r = r != 0 ? r : where(c, yes, CALL(fcntl), 1, WORD, F_GETFD);
	r = r != 0 ? r : where(c, yes, CALL(fcntl64), 1, WORD, F_GETFL);
	return r != 0 ? r : where(c, yes, CALL(fcntl64), 1, WORD, F_GETFD);
}

/* Calls that are harmless with some arguments only. */
static int
by_argument(scmp_filter_ctx c)
{
	const uint32_t yes = SCMP_ACT_ALLOW;
	int r;

	/* No memory that can be run: patterns are compiled before. */
	r = where(c, yes, CALL(mmap), 2, PROT_EXEC, 0);
	r = r != 0 ? r : where(c, yes, CALL(mmap2), 2, PROT_EXEC, 0);
	r = r != 0 ? r : where(c, yes, CALL(mprotect), 2, PROT_EXEC, 0);
	/* Threads, no processes. The flags of clone3 are out of sight: glibc
	 * takes clone where it lacks. */
	r = r != 0 ? r
		   : where(c, yes, CALL(clone), 0, CLONE_THREAD, CLONE_THREAD);
	r = r != 0
	    ? r
	    : seccomp_rule_add(c, SCMP_ACT_ERRNO(ENOSYS), CALL(clone3), 0);
	/* Is this a terminal, and how wide? Never: type this into it. */
	r = r != 0 ? r : where(c, yes, CALL(ioctl), 1, WORD, TCGETS);
	r = r != 0 ? r : where(c, yes, CALL(ioctl), 1, WORD, TIOCGWINSZ);
	/* Signals to itself: how a library gives up. */
	r = r != 0 ? r
		   : where(c, yes, CALL(tgkill), 0, WORD, (uint64_t)getpid());
	/* Limits are read, not set. */
	r = r != 0 ? r : where(c, yes, CALL(prlimit64), 2, ~0ULL, 0);
	/* glibc names its memory by it, and does without. */
	return r != 0
	    ? r
	    : seccomp_rule_add(c, SCMP_ACT_ERRNO(EINVAL), CALL(prctl), 0);
}

static int
load(enum gp_lock how)
{
	scmp_filter_ctx c = seccomp_init(SCMP_ACT_KILL_PROCESS);
	const uint32_t yes = SCMP_ACT_ALLOW;
	int r;

	if (c == NULL)
		return -1;
	r = seccomp_attr_set(c, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS);
	r = r != 0 ? r : seccomp_attr_set(c, SCMP_FLTATR_CTL_TSYNC, 1);
	r = r != 0 ? r : seccomp_attr_set(c, SCMP_FLTATR_CTL_OPTIMIZE, 2);
	r = r != 0 ? r : all(c, yes, filtering, COUNT(filtering));
	r = r != 0 ? r : by_argument(c);
	if (r == 0)
		r = how == GP_LOCK_FILES
		    ? all(c, yes, with_files, COUNT(with_files))
		    : no_files(c);
	r = r != 0 ? r : seccomp_load(c);
	seccomp_release(c);
	return r == 0 ? 0 : -1;
}

static enum gp_locked
lock_now(enum gp_lock how, const char *const *folder)
{
	/*
	 * Where $TZ is not set, mktime() looks at /etc/localtime each time,
	 * and where it cannot it counts by UTC. Named, it is read but now.
	 */
	setenv("TZ", ":/etc/localtime", 0);
	tzset();
	/* Without it the folders are open, and nothing else is. */
	if (how == GP_LOCK_FILES && folder != NULL)
		gp_landlock(folder);
	return load(how) == 0 ? GP_LOCKED : GP_LOCK_CANNOT;
}

enum gp_locked
gp_lock(enum gp_lock how, const char *const *folder)
{
	const char *off = getenv("GP_UNLOCKED");

	if (how == GP_LOCK_NONE || (off != NULL && *off != '\0'))
		return GP_LOCK_OFF;
#ifdef GP_SANITIZED
	(void)folder;
	(void)lock_now;
	return GP_LOCK_LEFT;
#else
	return lock_now(how, folder);
#endif
}

enum gp_locked
gp_lock_prove(void)
{
	const struct rlimit no_core = { 0, 0 };
	enum gp_locked r;
	int status;
	pid_t child = fork();

	if (child == 0) {
		setrlimit(RLIMIT_CORE, &no_core);
		r = gp_lock(GP_LOCK_IN, NULL);
		if (r == GP_LOCKED)
			(void)socket(AF_UNIX, SOCK_STREAM, 0);
		_exit(r == GP_LOCKED ? GP_LOCK_CANNOT : (int)r);
	}
	if (child == -1 || waitpid(child, &status, 0) != child)
		return GP_LOCK_CANNOT;
	if (WIFEXITED(status))
		return (enum gp_locked)WEXITSTATUS(status);
	return WTERMSIG(status) == SIGSYS ? GP_LOCKED : GP_LOCK_CANNOT;
}

int
gp_lock_has_landlock(void)
{
	return gp_landlock_version() > 0;
}
