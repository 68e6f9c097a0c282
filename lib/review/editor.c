#include "review/editor.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* With one of these a command is more than a name and its arguments. */
#define META "|&;<>()$`\\\"'*?[#~=%{}!\n"

static const char *
chosen(void)
{
	const char *v = getenv("VISUAL"), *e = getenv("EDITOR");

	if (v != NULL && *v != '\0')
		return v;
	return e != NULL && *e != '\0' ? e : "vi";
}

int
gp_editor_takes_line(const char *command)
{
	static const char *const list[] = { "vi", "vim", "nvim", "view", "gvim",
		"nano", "pico", "emacs", "emacsclient", "micro", "joe", "jed",
		"mcedit", "kak", "ne", "mg", "zile", "ed" };
	size_t n = strcspn(command, " \t"), i, from;

	for (from = n; from > 0 && command[from - 1] != '/'; from--)
		;
	for (i = 0; i < sizeof(list) / sizeof(list[0]); i++)
		if (strlen(list[i]) == n - from &&
		    strncmp(list[i], command + from, n - from) == 0)
			return 1;
	return 0;
}

/* In the child: the terminal, or nothing to read and a place to talk. */
static void
attach(void)
{
	int tty = open("/dev/tty", O_RDWR);

	if (tty != -1) {
		dup2(tty, STDIN_FILENO);
		dup2(tty, STDOUT_FILENO);
		dup2(tty, STDERR_FILENO);
		if (tty > STDERR_FILENO)
			close(tty);
		return;
	}
	tty = open("/dev/null", O_RDONLY);
	if (tty != -1)
		dup2(tty, STDIN_FILENO);
	if (tty > STDERR_FILENO)
		close(tty);
	dup2(STDERR_FILENO, STDOUT_FILENO);
}

static void
child(const char *command, const char *path, size_t line)
{
	/* A shell that waits would be ended by a Ctrl-C that is the editor's. */
	const char *exec = strpbrk(command, META) == NULL ? "exec " : "";
	char script[4096], at[32];
	int n = snprintf(script, sizeof(script), "%s%s \"$@\"", exec, command);

	signal(SIGINT, SIG_DFL);
	signal(SIGQUIT, SIG_DFL);
	signal(SIGPIPE, SIG_DFL);
	attach();
	if (n < 0 || (size_t)n >= sizeof(script))
		_exit(127);
	snprintf(at, sizeof(at), "+%zu", line);
	if (line > 0 && gp_editor_takes_line(command))
		execl("/bin/sh", "sh", "-c", script, command, at, path,
		    (char *)NULL);
	else
		execl(
		    "/bin/sh", "sh", "-c", script, command, path, (char *)NULL);
	_exit(127);
}

static int
outcome(const char *command, int status, struct gp_why *why)
{
	if (WIFSIGNALED(status))
		return gp_because(why, "the editor '%s' was ended by signal %d",
		    command, WTERMSIG(status));
	if (WEXITSTATUS(status) != 0)
		return gp_because(why, "the editor '%s' ended with status %d",
		    command, WEXITSTATUS(status));
	return 0;
}

int
gp_editor_run(const char *path, size_t line, struct gp_why *why)
{
	struct sigaction ignore = { .sa_handler = SIG_IGN }, was[2];
	const char *command = chosen();
	int status = 0, r;
	pid_t pid;

	sigaction(SIGINT, &ignore, &was[0]);
	sigaction(SIGQUIT, &ignore, &was[1]);
	pid = fork();
	if (pid == 0)
		child(command, path, line);
	while (
	    pid > 0 && (r = waitpid(pid, &status, 0)) == -1 && errno == EINTR)
		;
	sigaction(SIGINT, &was[0], NULL);
	sigaction(SIGQUIT, &was[1], NULL);
	if (pid == -1)
		return gp_because(why, "cannot run the editor '%s': %s",
		    command, strerror(errno));
	return outcome(command, status, why);
}
