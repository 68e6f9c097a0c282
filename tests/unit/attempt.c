/*
 * usage: attempt CALL PROGRAM [ARG ...] <RECORDS
 * Runs a program with the records of standard input, which stays open behind
 * them, and when it waits for more makes it attempt a call, as a hostile text
 * would that had found a fault: its own registers, its own system call. Says
 * what became of it: "SIGSYS", "returned N", or "ended before". For lock.bats.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#ifndef __x86_64__
int
main(void)
{
	puts("unknown machine");
	return 77;
}
#else
#include <sys/user.h>

struct call {
	const char *name;
	unsigned long long no, arg[3];
};

static const struct call calls[] = {
	{ "socket", SYS_socket, { AF_INET, SOCK_STREAM, 0 } },
	{ "connect", SYS_connect, { 0, 0, 0 } },
	{ "execve", SYS_execve, { 0, 0, 0 } },
	{ "fork", SYS_fork, { 0, 0, 0 } },
	{ "create", SYS_open, { 0, O_WRONLY | O_CREAT, 0600 } },
	{ "open", SYS_open, { 0, O_RDONLY, 0 } },
	{ "getpid", SYS_getpid, { 0, 0, 0 } },
};

static const struct call *
find(const char *name)
{
	size_t i;

	for (i = 0; i < sizeof(calls) / sizeof(calls[0]); i++)
		if (strcmp(calls[i].name, name) == 0)
			return &calls[i];
	fprintf(stderr, "attempt: no call '%s'\n", name);
	exit(64);
}

static pid_t
start(char **argv, int in)
{
	const struct rlimit no_core = { 0, 0 };
	pid_t child = fork();

	if (child != 0)
		return child;
	dup2(in, STDIN_FILENO);
	setrlimit(RLIMIT_CORE, &no_core);
	execvp(argv[0], argv);
	perror(argv[0]);
	_exit(127);
}

/* All it was given is read, and it sleeps in a call. */
static int
waits(pid_t pid, int pipe_end)
{
	char path[64], state = 0;
	int left, tries;
	FILE *fp;

	for (tries = 0; tries < 2000; tries++, usleep(10000)) {
		if (ioctl(pipe_end, FIONREAD, &left) == -1 || left > 0)
			continue;
		snprintf(path, sizeof(path), "/proc/%d/stat", (int)pid);
		fp = fopen(path, "r");
		if (fp == NULL || fscanf(fp, "%*d %*s %c", &state) != 1)
			state = 'Z';
		if (fp != NULL)
			fclose(fp);
		if (state == 'S')
			return 1;
		if (state == 'Z')
			return 0;
	}
	return 0;
}

/*
 * Stopped within read(2) or its kin, it stands behind a `syscall`: two bytes
 * back, with other registers, it makes another.
 */
static int
attempt(pid_t pid, const struct call *c)
{
	struct user_regs_struct r;
	int status, stops;

	if (ptrace(PTRACE_SEIZE, pid, 0, PTRACE_O_TRACESYSGOOD) == -1 ||
	    ptrace(PTRACE_INTERRUPT, pid, 0, 0) == -1 ||
	    waitpid(pid, &status, 0) != pid || !WIFSTOPPED(status) ||
	    ptrace(PTRACE_GETREGS, pid, 0, &r) == -1) {
		perror("attempt: ptrace");
		exit(77);
	}
	r.orig_rax = (unsigned long long)-1; /* the call is not begun again */
	r.rax = c->no;
	r.rip -= 2;
	r.rdi = c->arg[0];
	r.rsi = c->arg[1];
	r.rdx = c->arg[2];
	if (ptrace(PTRACE_SETREGS, pid, 0, &r) == -1)
		exit(77);
	/* Into the call, out of it, and a step on: there it ends, if at all. */
	for (stops = 0; stops < 3; stops++) {
		ptrace(
		    stops < 2 ? PTRACE_SYSCALL : PTRACE_SINGLESTEP, pid, 0, 0);
		if (waitpid(pid, &status, 0) != pid || !WIFSTOPPED(status))
			break;
		if (stops == 1)
			ptrace(PTRACE_GETREGS, pid, 0, &r);
	}
	if (WIFSTOPPED(status)) {
		printf("returned %lld\n", (long long)r.rax);
		kill(pid, SIGKILL);
		waitpid(pid, &status, 0);
		return 0;
	}
	if (WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS)
		puts("SIGSYS");
	else
		printf("ended otherwise: %#x\n", (unsigned)status);
	return 0;
}

int
main(int argc, char **argv)
{
	const struct call *c = argc > 2 ? find(argv[1]) : NULL;
	char piece[65536];
	int fd[2];
	ssize_t n;
	pid_t pid;

	if (c == NULL || pipe2(fd, O_CLOEXEC) == -1)
		return 64;
	pid = start(argv + 2, fd[0]);
	while ((n = read(STDIN_FILENO, piece, sizeof(piece))) > 0)
		if (write(fd[1], piece, (size_t)n) != n)
			return 74;
	if (!waits(pid, fd[1])) {
		puts("ended before");
		kill(pid, SIGKILL);
		return 1;
	}
	return attempt(pid, c);
}
#endif
