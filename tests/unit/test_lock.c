/* What a filter that has locked itself in can still do, and what ends it. */
#include "unit.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>

#include "base/lock.h"

static int pipe_in[2]; /* opened before the lock, as a filter's own are */
static char folder[] = "/tmp/gp-lock-XXXXXX";

static void
need_lock(void **state)
{
	const char *off = getenv("GP_UNLOCKED");
	enum gp_locked r = gp_lock_prove();

	(void)state;
	if (r == GP_LOCK_LEFT || r == GP_LOCK_CANNOT)
		skip(); /* a sanitizer's build, or a kernel without seccomp */
	assert_null(off);
	assert_int_equal(r, GP_LOCKED);
}

/* In a child that is locked in: what it comes to. */
static int
run(enum gp_lock how, int (*attempt)(void))
{
	static const char *const mine[] = { folder, NULL };
	const struct rlimit no_core = { 0, 0 };
	pid_t child = fork();
	int status;

	assert_true(child >= 0);
	if (child == 0) {
		setrlimit(RLIMIT_CORE, &no_core);
		if (gp_lock(how, mine) != GP_LOCKED)
			_exit(100);
		_exit(attempt());
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	return status;
}

static int
dies(int status)
{
	return WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS;
}

/* -- what ends it ------------------------------------------------------------ */

static int
a_socket(void)
{
	return socket(AF_INET, SOCK_STREAM, 0) >= 0;
}

static int
a_unix_socket(void)
{
	return socket(AF_UNIX, SOCK_DGRAM, 0) >= 0;
}

static int
a_pair(void)
{
	int fd[2];

	return socketpair(AF_UNIX, SOCK_STREAM, 0, fd);
}

static int
a_connection(void)
{
	struct sockaddr_in to = { .sin_family = AF_INET,
		.sin_port = htons(80),
		.sin_addr = { htonl(INADDR_LOOPBACK) } };

	return connect(pipe_in[0], (struct sockaddr *)&to, sizeof(to));
}

static int
a_message(void)
{
	return sendto(pipe_in[1], "x", 1, 0, NULL, 0) == 1;
}

static int
a_program(void)
{
	char sh[] = "sh";
	char *argv[] = { sh, NULL }, *env[] = { NULL };

	return execve("/bin/sh", argv, env);
}

static int
a_program_by_descriptor(void)
{
	return (int)syscall(
	    SYS_execveat, pipe_in[0], "", NULL, NULL, AT_EMPTY_PATH);
}

static int
a_process(void)
{
	return fork() == -1;
}

static int
a_vfork(void)
{
	return (int)syscall(
	    SYS_clone, CLONE_VFORK | SIGCHLD, NULL, NULL, NULL, NULL);
}

static int
a_new_file(void)
{
	return open("/tmp/gp-lock-new", O_WRONLY | O_CREAT, 0600) == -1;
}

static int
a_written_file(void)
{
	return open("/dev/null", O_WRONLY) == -1;
}

static int
an_unlink(void)
{
	return unlink(folder);
}

static int
a_rename(void)
{
	return rename(folder, "/tmp/gp-lock-renamed");
}

static int
code_in_memory(void)
{
	return mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC,
		   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED;
}

static int
code_made_of_memory(void)
{
	void *p = mmap(NULL, 4096, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	return p == MAP_FAILED ? 2 : mprotect(p, 4096, PROT_READ | PROT_EXEC);
}

static int
a_tracer(void)
{
	return ptrace(PTRACE_ATTACH, getppid(), NULL, NULL) == -1;
}

static int
a_signal(void)
{
	return kill(getppid(), SIGCONT);
}

static int
typed_into_terminal(void)
{
	return ioctl(0, TIOCSTI, "x");
}

static int
a_limit(void)
{
	const struct rlimit no = { 0, 0 };

	return setrlimit(RLIMIT_CORE, &no);
}

static int
another_filter(void)
{
	return (int)syscall(SYS_seccomp, 1, 0, NULL);
}

static int
ring_of_calls(void)
{
	return (int)syscall(SYS_io_uring_setup, 1, NULL);
}

static int
memory_of_another(void)
{
	return (int)syscall(
	    SYS_process_vm_readv, getppid(), NULL, 0, NULL, 0, 0);
}

#define TRY(f)        \
	{             \
#f, f \
	}

static const struct attempt {
	const char *name;
	int (*f)(void);
} network[] = { TRY(a_socket), TRY(a_unix_socket), TRY(a_pair),
	TRY(a_connection), TRY(a_message), TRY(a_program),
	TRY(a_program_by_descriptor), TRY(a_process), TRY(a_vfork),
	TRY(code_in_memory), TRY(code_made_of_memory), TRY(a_tracer),
	TRY(a_signal), TRY(typed_into_terminal), TRY(another_filter),
	TRY(ring_of_calls), TRY(memory_of_another), TRY(a_limit) },
  files[] = { TRY(a_new_file), TRY(a_written_file), TRY(an_unlink),
	  TRY(a_rename) };

static void
all_die(enum gp_lock how, const struct attempt *a, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++) {
		int status = run(how, a[i].f);

		if (!dies(status))
			fail_msg("%s is not the end: status %#x", a[i].name,
			    (unsigned)status);
	}
}

static void
ends(void **state)
{
	need_lock(state);
	all_die(GP_LOCK_IN, network, COUNT(network));
	all_die(GP_LOCK_IN, files, COUNT(files));
	all_die(GP_LOCK_FILES, network, COUNT(network));
}

/* The attempts are real ones: without the lock none of them ends by SIGSYS. */
static int
free_socket(void)
{
	int status;
	pid_t child = fork();

	if (child == 0) {
		setenv("GP_UNLOCKED", "1", 1);
		_exit(gp_lock(GP_LOCK_IN, NULL) != GP_LOCK_OFF ||
		    a_unix_socket() != 1);
	}
	return waitpid(child, &status, 0) == child ? status : -1;
}

static void
unlocked(void **state)
{
	(void)state;
	assert_int_equal(free_socket(), 0);
	assert_int_equal(gp_lock(GP_LOCK_NONE, NULL), GP_LOCK_OFF);
	assert_true(a_unix_socket());
}

/* -- what goes on ------------------------------------------------------------ */

static int
no_file_is_found(void)
{
	struct stat st;

	if (open("/etc/passwd", O_RDONLY) != -1 || errno != EACCES)
		return 1;
	if (stat("/etc/passwd", &st) != -1 || errno != EACCES)
		return 2;
	if (access("/etc/passwd", F_OK) != -1 || errno != EACCES)
		return 3;
	return 0;
}

static void *
thread(void *arg)
{
	char *p = malloc(1 << 20);

	memset(p, 'x', 1 << 20);
	*(int *)arg = p[4711] == 'x';
	free(p);
	return NULL;
}

static int
work_goes_on(void)
{
	struct stat st;
	struct tm tm = { .tm_year = 126, .tm_mon = 6, .tm_mday = 1 };
	pthread_t id[8];
	int ok[8] = { 0 }, i;
	char c = 0, *p = malloc(1 << 28);

	if (p == NULL || (p = realloc(p, 1 << 29)) == NULL)
		return 1;
	free(p);
	if (write(pipe_in[1], "y", 1) != 1 || read(pipe_in[0], &c, 1) != 1 ||
	    c != 'y')
		return 2;
	if (fstat(pipe_in[0], &st) == -1 || !S_ISFIFO(st.st_mode))
		return 3;
	for (i = 0; i < 8; i++)
		if (pthread_create(&id[i], NULL, thread, &ok[i]) != 0)
			return 4;
	for (i = 0; i < 8; i++)
		if (pthread_join(id[i], NULL) != 0 || !ok[i])
			return 5;
	if (mktime(&tm) == -1 || time(NULL) == -1 || isatty(pipe_in[0]))
		return 6;
	return fclose(stdout) == 0 ? 0 : 7;
}

static void
goes_on(void **state)
{
	need_lock(state);
	assert_int_equal(run(GP_LOCK_IN, no_file_is_found), 0);
	assert_int_equal(run(GP_LOCK_IN, work_goes_on), 0);
	assert_int_equal(run(GP_LOCK_FILES, work_goes_on), 0);
}

/* mktime() looks at /etc/localtime again where $TZ is not set; where it finds
 * nothing, it would count by UTC and say nothing. */
static time_t own_noon;

static int
same_noon(void)
{
	struct tm tm = {
		.tm_year = 126, .tm_mon = 6, .tm_mday = 1, .tm_hour = 12
	};

	return mktime(&tm) != own_noon;
}

static void
zone_stays(void **state)
{
	struct tm tm = {
		.tm_year = 126, .tm_mon = 6, .tm_mday = 1, .tm_hour = 12
	};
	const char *tz = getenv("TZ");
	char *was = tz != NULL ? strdup(tz) : NULL;

	need_lock(state);
	unsetenv("TZ");
	own_noon = mktime(&tm);
	assert_int_equal(run(GP_LOCK_IN, same_noon), 0);
	setenv("TZ", ":Asia/Vladivostok", 1);
	tm = (struct tm){
		.tm_year = 126, .tm_mon = 6, .tm_mday = 1, .tm_hour = 12
	};
	own_noon = mktime(&tm);
	assert_int_equal(run(GP_LOCK_IN, same_noon), 0);
	if (was != NULL)
		setenv("TZ", was, 1);
	else
		unsetenv("TZ");
	free(was);
}

/* -- threads that were there before ------------------------------------------ */

static int gate[2];

static void *
late(void *arg)
{
	char c;

	(void)arg;
	if (read(gate[0], &c, 1) == 1)
		(void)socket(AF_UNIX, SOCK_STREAM, 0);
	return NULL;
}

static void
threads_of_before(void **state)
{
	pthread_t id;
	pid_t child;
	int status;

	need_lock(state);
	assert_int_equal(pipe(gate), 0);
	child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		const struct rlimit no_core = { 0, 0 };

		setrlimit(RLIMIT_CORE, &no_core);
		if (pthread_create(&id, NULL, late, NULL) != 0 ||
		    gp_lock(GP_LOCK_IN, NULL) != GP_LOCKED ||
		    write(gate[1], "x", 1) != 1)
			_exit(100);
		pthread_join(id, NULL);
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(dies(status));
}

/* -- files in their folders -------------------------------------------------- */

static int
files_in_folder(void)
{
	char path[64], other[64];
	int fd;

	snprintf(path, sizeof(path), "%s/a", folder);
	snprintf(other, sizeof(other), "%s/b", folder);
	fd = open(path, O_RDWR | O_CREAT, 0600);
	if (fd == -1 || write(fd, "x", 1) != 1 || fsync(fd) == -1 ||
	    ftruncate(fd, 0) == -1)
		return 1;
	if (rename(path, other) == -1 || unlink(other) == -1)
		return 2;
	return open(folder, O_RDONLY | O_DIRECTORY) == -1 ? 3 : 0;
}

static int
none_elsewhere(void)
{
	if (open("/etc/passwd", O_RDONLY) != -1 || errno != EACCES)
		return 1;
	if (open("/tmp/gp-lock-new", O_WRONLY | O_CREAT, 0600) != -1 ||
	    errno != EACCES)
		return 2;
	return mkdir("/tmp/gp-lock-folder", 0700) != -1;
}

static void
folders(void **state)
{
	int status;

	need_lock(state);
	assert_int_equal(run(GP_LOCK_FILES, files_in_folder), 0);
	if (!gp_lock_has_landlock())
		skip();
	status = run(GP_LOCK_FILES, none_elsewhere);
	assert_true(dies(status)); /* by mkdir, which is not for it at all */
}

static int
set_up(void **state)
{
	(void)state;
	return pipe(pipe_in) == -1 || mkdtemp(folder) == NULL ? -1 : 0;
}

static int
tear_down(void **state)
{
	(void)state;
	return rmdir(folder);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ends),
		cmocka_unit_test(unlocked),
		cmocka_unit_test(goes_on),
		cmocka_unit_test(zone_stays),
		cmocka_unit_test(threads_of_before),
		cmocka_unit_test(folders),
	};

	return cmocka_run_group_tests_name("lock", tests, set_up, tear_down);
}
