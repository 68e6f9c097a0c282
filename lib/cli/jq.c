#include "cli/jq.h"

#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/err.h"

extern char **environ;

static pid_t child; /* one a process, as standard output is */

int
gp_jq_start(const char *expr)
{
	char name[] = "jq", flags[] = "-c";
	char *argv[] = { name, flags, NULL, NULL };
	posix_spawn_file_actions_t act;
	int fd[2], err;

	if (expr == NULL)
		return 0;
	/* posix_spawnp does not change what it is given. */
	*(const char **)(void *)&argv[2] = expr;
	if (pipe(fd) == -1) {
		gp_warn("cannot make a pipe");
		return -1;
	}
	posix_spawn_file_actions_init(&act);
	posix_spawn_file_actions_adddup2(&act, fd[0], STDIN_FILENO);
	posix_spawn_file_actions_addclose(&act, fd[0]);
	posix_spawn_file_actions_addclose(&act, fd[1]);
	err = posix_spawnp(&child, "jq", &act, NULL, argv, environ);
	posix_spawn_file_actions_destroy(&act);
	close(fd[0]);
	if (err == 0 && dup2(fd[1], STDOUT_FILENO) != -1) {
		close(fd[1]);
		/* When jq ends early, its status is the one that counts. */
		signal(SIGPIPE, SIG_IGN);
		return 0;
	}
	errno = err != 0 ? err : errno;
	gp_warn("cannot run jq");
	close(fd[1]);
	return -1;
}

int
gp_jq_finish(int status)
{
	int end, ours;

	if (child == 0)
		return gp_finish(status);
	ours = fclose(stdout) == 0 || errno == EPIPE ? status : GP_IO;
	if (waitpid(child, &end, 0) == -1)
		return ours;
	if (WIFEXITED(end) && WEXITSTATUS(end) == 0)
		return ours;
	if (WIFSIGNALED(end)) /* `| head` behind it */
		return GP_IO;
	/* 3 is a wrong expression; jq has said what is wrong. */
	return WEXITSTATUS(end) == 3 ? GP_USAGE : GP_IO;
}
