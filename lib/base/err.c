#include "base/err.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct {
	const char *prog;
	const char *file;
	unsigned long long line;
} at = { "gp", NULL, 0 };

int
gp_because(struct gp_why *why, const char *fmt, ...)
{
	va_list ap;

	if (why == NULL)
		return -1;
	va_start(ap, fmt);
	vsnprintf(why->msg, sizeof(why->msg), fmt, ap);
	va_end(ap);
	return -1;
}

int
gp_because_of(struct gp_why *why, const char *fmt, ...)
{
	struct gp_why old;
	va_list ap;
	size_t n;

	if (why == NULL)
		return -1;
	old = *why;
	va_start(ap, fmt);
	vsnprintf(why->msg, sizeof(why->msg), fmt, ap);
	va_end(ap);
	n = strlen(why->msg);
	snprintf(why->msg + n, sizeof(why->msg) - n, ": %s", old.msg);
	return -1;
}

void
gp_prog(const char *argv0)
{
	const char *slash = strrchr(argv0, '/');

	at.prog = slash != NULL ? slash + 1 : argv0;
}

const char *
gp_prog_name(void)
{
	return at.prog;
}

void
gp_at(const char *file, unsigned long long line)
{
	at.file = file;
	at.line = line;
}

/*
 * One write a message, so that two programs of a pipe do not mix their words;
 * control characters of foreign text never reach the terminal.
 */
GP_PRINTF(1, 0)
static void
say(const char *fmt, va_list ap, const char *reason)
{
	char msg[4096];
	size_t n = 0, i;

	n += (size_t)snprintf(msg, sizeof(msg), "%s: ", at.prog);
	if (at.file != NULL && at.line != 0 && n < sizeof(msg))
		n += (size_t)snprintf(
		    msg + n, sizeof(msg) - n, "%s:%llu: ", at.file, at.line);
	else if (at.file != NULL && n < sizeof(msg))
		n +=
		    (size_t)snprintf(msg + n, sizeof(msg) - n, "%s: ", at.file);
	if (n < sizeof(msg))
		n += (size_t)vsnprintf(msg + n, sizeof(msg) - n, fmt, ap);
	if (reason != NULL && n < sizeof(msg))
		n += (size_t)snprintf(msg + n, sizeof(msg) - n, ": %s", reason);
	if (n > sizeof(msg) - 2)
		n = sizeof(msg) - 2;
	for (i = 0; i < n; i++)
		if ((unsigned char)msg[i] < 0x20 || msg[i] == 0x7f)
			msg[i] = '?';
		else if ((unsigned char)msg[i] == 0xc2 && /* U+0080..9F */
		    (unsigned char)msg[i + 1] >= 0x80 &&
		    (unsigned char)msg[i + 1] < 0xa0)
			msg[i] = msg[i + 1] = '?';
	msg[n++] = '\n';
	fwrite(msg, 1, n, stderr);
}

void
gp_warnx(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	say(fmt, ap, NULL);
	va_end(ap);
}

void
gp_warn(const char *fmt, ...)
{
	const char *reason = strerror(errno);
	va_list ap;

	va_start(ap, fmt);
	say(fmt, ap, reason);
	va_end(ap);
}

void
gp_die(enum gp_exit status, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	say(fmt, ap, NULL);
	va_end(ap);
	exit(status);
}

int
gp_finish(int status)
{
	if (fflush(stdout) == 0 && !ferror(stdout) && fclose(stdout) == 0)
		return status;
	gp_at(NULL, 0);
	gp_warn("cannot write to standard output");
	return GP_IO;
}
