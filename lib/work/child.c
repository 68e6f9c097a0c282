#include "work/child.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"

enum {
	KEPT = 200 /* bytes of a line that stand in a reason */
};

/* A file that nobody else sees; the pipeline may take its time with it. */
static int
input_of(struct gp_span text)
{
	FILE *f = tmpfile();
	int fd;

	if (f == NULL)
		return -1;
	fd = dup(fileno(f));
	fclose(f);
	if (fd == -1)
		return -1;
	if (gp_file_write(fd, text.p, text.n) == 0 &&
	    lseek(fd, 0, SEEK_SET) == 0 && fcntl(fd, F_SETFD, FD_CLOEXEC) == 0)
		return fd;
	close(fd);
	return -1;
}

static void
become(char *const *argv, int in, int err)
{
	struct sigaction usual = { .sa_handler = SIG_DFL };
	static const int sigs[] = { SIGPIPE, SIGTERM, SIGINT, SIGCHLD };
	sigset_t none;
	size_t i;

	setpgid(0, 0);
	for (i = 0; i < sizeof(sigs) / sizeof(sigs[0]); i++)
		sigaction(sigs[i], &usual, NULL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	if (dup2(in, STDIN_FILENO) == -1 || dup2(err, STDERR_FILENO) == -1)
		_exit(GP_IO);
	execvp(argv[0], argv);
	dprintf(STDERR_FILENO, "%s: cannot run '%s': %s\n", gp_prog_name(),
	    argv[0], strerror(errno));
	_exit(127);
}

int
gp_child_start(struct gp_child *c, char *const *argv, struct gp_span input,
    int talk, struct gp_why *why)
{
	int in = input_of(input), err[2] = { -1, -1 };

	memset(c, 0, sizeof(*c));
	c->err = -1;
	c->talk = talk;
	gp_buf_init(&c->line, 4096);
	if (in == -1 || pipe2(err, O_CLOEXEC | O_NONBLOCK) == -1 ||
	    fcntl(err[1], F_SETFL, 0) == -1 || (c->pid = fork()) == -1) {
		gp_because(
		    why, "cannot start '%s': %s", argv[0], strerror(errno));
		c->pid = 0;
		if (in != -1)
			close(in);
		if (err[0] != -1) {
			close(err[0]);
			close(err[1]);
		}
		return -1;
	}
	if (c->pid == 0)
		become(argv, in, err[1]);
	setpgid(c->pid, c->pid); /* whoever of the two is first */
	close(in);
	close(err[1]);
	c->err = err[0];
	return 0;
}

static void
keep_line(struct gp_child *c, const char *p, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++) {
		if (p[i] == '\n') {
			c->fresh = 1;
			continue;
		}
		if (c->fresh)
			gp_buf_reset(&c->line);
		c->fresh = 0;
		if (c->line.n < KEPT)
			gp_buf_addc(&c->line, p[i]);
	}
}

/* What is there of its standard error; closed at its end. */
static void
pass(struct gp_child *c)
{
	char b[4096];
	ssize_t n;

	while (c->err != -1) {
		n = read(c->err, b, sizeof(b));
		if (n == -1 && (errno == EAGAIN || errno == EINTR))
			return;
		if (n <= 0) {
			close(c->err);
			c->err = -1;
			return;
		}
		keep_line(c, b, (size_t)n);
		/* Nobody may be listening; that is no reason to end. */
		if (gp_file_write(c->talk, b, (size_t)n) == -1)
			errno = 0;
	}
}

/* 1: it has ended. */
static int
ended(struct gp_child *c)
{
	siginfo_t info = { .si_pid = 0 };
	int status;

	if (c->pid == 0)
		return 1;
	if (waitid(P_PID, (id_t)c->pid, &info, WEXITED | WNOHANG | WNOWAIT) ==
		-1 ||
	    info.si_pid != c->pid)
		return 0;
	/* While it is not waited for its number is its group's: a shell is gone
	 * at once, not so what it ran. */
	if (c->told)
		kill(-c->pid, SIGKILL);
	if (waitpid(c->pid, &status, 0) != c->pid)
		return 0;
	c->status = status;
	c->pid = 0;
	pass(c);
	return 1;
}

int
gp_child_wait(struct gp_child *c, double seconds, const sigset_t *open)
{
	struct pollfd p = { .fd = c->err, .events = POLLIN };
	struct timespec t;

	if (ended(c))
		return 1;
	if (seconds < 0)
		seconds = 0;
	t.tv_sec = (time_t)seconds;
	t.tv_nsec = (long)((seconds - (double)t.tv_sec) * 1e9);
	/* SIGCHLD is blocked but here, so that none is missed. */
	if (ppoll(&p, c->err != -1, &t, open) > 0)
		pass(c);
	return ended(c);
}

void
gp_child_kill(struct gp_child *c, int sig)
{
	c->told = 1;
	if (c->pid > 0)
		kill(-c->pid, sig);
}

void
gp_child_release(struct gp_child *c)
{
	gp_child_kill(c, SIGKILL);
	if (c->pid > 0)
		waitpid(c->pid, &c->status, 0);
	c->pid = 0;
	if (c->err != -1)
		close(c->err);
	c->err = -1;
	gp_buf_release(&c->line);
}

void
gp_child_why(const struct gp_child *c, struct gp_buf *to)
{
	if (WIFSIGNALED(c->status))
		gp_buf_addf(to, "killed by signal %d", WTERMSIG(c->status));
	else
		gp_buf_addf(to, "exit %d", WEXITSTATUS(c->status));
	if (c->line.n > 0)
		gp_buf_addf(to, ": %s", gp_buf_str(&c->line));
}
