#include "cli/jq.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"

extern char **environ;

static pid_t child; /* one a process, as standard output is */

/* The folder of gp.jq, and the expression that knows its words. */
static int
arguments(const char *expr, struct gp_buf *dir, struct gp_buf *all)
{
	struct gp_why why;

	if (gp_file_data("gp.jq", dir, &why) == -1) {
		gp_warnx("--jq: %s", why.msg);
		return GP_CONFIG;
	}
	*strrchr(dir->p, '/') = '\0';
	/* On one line: jq numbers the lines of what the user wrote. */
	gp_buf_addf(all, "include \"gp\"; %s", expr);
	if (all->bad) {
		gp_warnx("no memory");
		return GP_SOFTWARE;
	}
	return GP_OK;
}

/*
 * Unbuffered: what --follow reads comes at once. ~/.jq is where jq looks
 * without -L; it opens the ~ itself. 0, or an errno.
 */
static int
spawn(char *dir, char *expr, int in, int other)
{
	char name[] = "jq", flags[] = "-cM", now[] = "--unbuffered";
	char lib[] = "-L", home[] = "~/.jq";
	char *argv[] = { name, flags, now, lib, dir, lib, home, expr, NULL };
	posix_spawn_file_actions_t act;
	posix_spawnattr_t attr;
	sigset_t pipes;
	int err;

	sigemptyset(&pipes);
	sigaddset(&pipes, SIGPIPE); /* `| head` ends it, whoever ignores that */
	posix_spawnattr_init(&attr);
	posix_spawnattr_setsigdefault(&attr, &pipes);
	posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETSIGDEF);
	posix_spawn_file_actions_init(&act);
	posix_spawn_file_actions_adddup2(&act, in, STDIN_FILENO);
	posix_spawn_file_actions_addclose(&act, in);
	posix_spawn_file_actions_addclose(&act, other);
	err = posix_spawnp(&child, name, &act, &attr, argv, environ);
	posix_spawn_file_actions_destroy(&act);
	posix_spawnattr_destroy(&attr);
	return err;
}

static int
start(char *dir, char *expr)
{
	int fd[2], err;

	if (pipe(fd) == -1) {
		gp_warn("cannot make a pipe");
		return GP_IO;
	}
	err = spawn(dir, expr, fd[0], fd[1]);
	close(fd[0]);
	if (err == 0 && dup2(fd[1], STDOUT_FILENO) == -1)
		err = errno;
	close(fd[1]);
	if (err == 0) {
		/* When jq ends early, its status is the one that counts. */
		signal(SIGPIPE, SIG_IGN);
		return GP_OK;
	}
	errno = err;
	if (err == ENOENT)
		gp_warnx("--jq: jq is not installed: apt-get install jq");
	else
		gp_warn("--jq: cannot run jq");
	return GP_CONFIG;
}

int
gp_jq_start(const char *expr)
{
	struct gp_buf dir, all;
	int status;

	if (expr == NULL)
		return GP_OK;
	gp_buf_init(&dir, GP_MAX_URL);
	gp_buf_init(&all, 0);
	status = arguments(expr, &dir, &all);
	if (status == GP_OK)
		status = start(dir.p, all.p);
	gp_buf_release(&dir);
	gp_buf_release(&all);
	return status;
}

/* Has jq closed its end, before we have closed ours? */
static int
has_left(void)
{
	struct pollfd out = { .fd = STDOUT_FILENO, .events = POLLOUT };

	return poll(&out, 1, 0) == 1 && (out.revents & POLLERR) != 0;
}

/* What jq's end makes of ours. It has said what was wrong. */
static int
verdict(int ours, int end, int early)
{
	if (WIFSIGNALED(end)) {
		if (WTERMSIG(end) != SIGPIPE) /* `| head` behind it */
			gp_warnx("jq was ended by signal %d", WTERMSIG(end));
		return GP_IO;
	}
	switch (WEXITSTATUS(end)) {
	case 0: /* `halt`: that we could not write all was its wish */
		return early && ours == GP_IO ? GP_OK : ours;
	case 3: /* does not compile */
		return GP_USAGE;
	case 5: /* failed on some records, the others went through */
		return ours == GP_OK ? GP_PARTIAL : ours;
	default:
		return GP_IO;
	}
}

int
gp_jq_finish(int status)
{
	int end, ours, early;

	if (child == 0)
		return gp_finish(status);
	early = has_left();
	ours = fclose(stdout) == 0 || errno == EPIPE ? status : GP_IO;
	if (waitpid(child, &end, 0) == -1)
		return ours;
	gp_at(NULL, 0);
	return verdict(ours, end, early);
}
