#include "config/config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* One line without white space; the buffer is wiped by the caller. */
static char *
tidy(char *text, size_t n, struct gp_why *why)
{
	char *end = memchr(text, '\n', n);
	char *p = text;
	size_t len;

	if (end == NULL)
		end = text + n;
	while (p < end && (*p == ' ' || *p == '\t'))
		p++;
	while (end > p && strchr(" \t\r", end[-1]) != NULL)
		end--;
	len = (size_t)(end - p);
	if (len == 0 || memchr(p, '\0', len) != NULL) {
		gp_because(why, "is empty");
		return NULL;
	}
	p = strndup(p, len);
	if (p == NULL)
		gp_because(why, "no memory");
	return p;
}

static char *
from_stream(FILE *fp, struct gp_why *why)
{
	char text[GP_MAX_SECRET];
	size_t n = fread(text, 1, sizeof(text), fp);
	char *secret = NULL;

	if (ferror(fp))
		gp_because(why, "cannot be read: %s", strerror(errno));
	else if (n == sizeof(text))
		gp_because(why, "is too long");
	else
		secret = tidy(text, n, why);
	explicit_bzero(text, sizeof(text));
	return secret;
}

/* The likeliest first mistake: the token itself where its file belongs. */
static int
is_token(const char *path)
{
	size_t n = strspn(path, "0123456789");

	return n >= 5 && path[n] == ':' && strlen(path + n) > 20;
}

static char *
from_file(const char *path, int strict, struct gp_why *why)
{
	int fd;
	char *secret = NULL;
	struct stat st;
	FILE *fp;

	if (is_token(path)) {
		gp_because(why,
		    "the token itself stands where the name of "
		    "its file belongs: put it into a file of mode 600");
		return NULL;
	}
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd == -1 || fstat(fd, &st) == -1) {
		gp_because(why, "cannot be opened: %s", strerror(errno));
	} else if (strict && (st.st_mode & 077) != 0) {
		gp_because(why,
		    "may be read by others (mode %03o): "
		    "chmod 600 it",
		    (unsigned)st.st_mode & 0777);
	} else if ((fp = fdopen(fd, "r")) != NULL) {
		setvbuf(fp, NULL, _IONBF, 0);
		secret = from_stream(fp, why);
		fclose(fp);
		fd = -1;
	}
	if (fd != -1)
		close(fd);
	if (secret == NULL)
		gp_because_of(why, "token file '%s'", path);
	return secret;
}

static char *
from_command(const char *command, struct gp_why *why)
{
	FILE *fp = popen(command, "re");
	char *secret;
	int status;

	if (fp == NULL) {
		gp_because(why, "token command: %s", strerror(errno));
		return NULL;
	}
	secret = from_stream(fp, why);
	status = pclose(fp);
	if (status != 0) {
		gp_secret_free(secret);
		secret = NULL;
		if (WIFSIGNALED(status))
			gp_because(why, "ended by signal %d", WTERMSIG(status));
		else
			gp_because(
			    why, "failed with status %d", WEXITSTATUS(status));
	}
	if (secret == NULL)
		gp_because_of(why, "token command");
	return secret;
}

char *
gp_secret_read(const struct gp_secret *s, struct gp_why *why)
{
	const char *dir = getenv("CREDENTIALS_DIRECTORY");
	struct gp_buf path;
	char *secret;

	if (s->file != NULL)
		return from_file(s->file, 1, why);
	if (s->command != NULL)
		return from_command(s->command, why);
	if (dir == NULL) {
		gp_because(why,
		    "credential '%s': $CREDENTIALS_DIRECTORY is "
		    "not set",
		    s->credential);
		return NULL;
	}
	gp_buf_init(&path, 0);
	gp_buf_addf(&path, "%s/%s", dir, s->credential);
	secret = from_file(gp_buf_str(&path), 0, why);
	gp_buf_release(&path);
	return secret;
}

void
gp_secret_free(char *s)
{
	if (s == NULL)
		return;
	explicit_bzero(s, strlen(s));
	free(s);
}
