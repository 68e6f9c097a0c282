#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#ifndef GP_DATADIR
#define GP_DATADIR "/usr/local/share/gp"
#endif

static int
slurp(int fd, struct gp_buf *b)
{
	size_t max = b->max != 0 ? b->max : GP_MAX_LINE, left;
	char *to, over;
	ssize_t r;

	for (;;) {
		left = max > b->n ? max - b->n : 0;
		left = left < 16384 ? left : 16384;
		to = gp_buf_room(b, left);
		if (to == NULL)
			return 0;
		/* At the ceiling one byte tells whether there is more. */
		r = left > 0 ? read(fd, to, left) : read(fd, &over, 1);
		if (r == 0)
			return 0;
		if (r == -1 && errno == EINTR)
			continue;
		if (r == -1)
			return -1;
		if (left == 0) {
			b->bad = 1;
			return 0;
		}
		gp_buf_used(b, (size_t)r);
	}
}

int
gp_file_read(const char *path, struct gp_buf *b, struct gp_why *why)
{
	int fd, r, own = strcmp(path, "-") != 0;

	fd = own ? open(path, O_RDONLY | O_CLOEXEC) : STDIN_FILENO;
	if (fd == -1)
		return gp_because(
		    why, "cannot open '%s': %s", path, strerror(errno));
	r = slurp(fd, b);
	if (r == -1)
		gp_because(why, "cannot read '%s': %s", path, strerror(errno));
	else if (b->bad != 0)
		r = gp_because(why, "cannot read '%s': %s", path,
		    b->bad == 1 ? "larger than the ceiling" : "no memory");
	if (own)
		close(fd);
	return r;
}

int
gp_file_write(int fd, const char *p, size_t n)
{
	ssize_t w;

	while (n > 0) {
		w = write(fd, p, n);
		if (w == -1 && errno == EINTR)
			continue;
		if (w == -1)
			return -1;
		p += w;
		n -= (size_t)w;
	}
	return 0;
}

/* A rename is kept over a loss of power only when its folder is synced. */
static int
sync_folder(const char *path)
{
	const char *slash = strrchr(path, '/');
	char *dir;
	int fd, r;

	if (slash == NULL)
		dir = strdup(".");
	else
		dir = strndup(path, slash == path ? 1 : (size_t)(slash - path));
	if (dir == NULL)
		return -1;
	fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	free(dir);
	if (fd == -1)
		return -1;
	r = fsync(fd);
	if (r == -1 && (errno == EINVAL || errno == EROFS))
		r = 0; /* file systems that cannot */
	close(fd);
	return r;
}

static int
write_new(int fd, struct gp_span s, mode_t mode)
{
	int r = gp_file_write(fd, s.p, s.n);

	if (r == 0)
		r = fchmod(fd, mode);
	if (r == 0)
		r = fsync(fd);
	return r;
}

/* A device or a pipe is written to: a rename would put a file in its place. */
static int
write_through(const char *path, struct gp_span s)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC), r, err;

	if (fd == -1)
		return -1;
	r = gp_file_write(fd, s.p, s.n);
	err = errno;
	if (close(fd) == -1 && r == 0)
		return -1;
	errno = err;
	return r;
}

static int
replace(const char *path, struct gp_span s, mode_t mode)
{
	struct gp_buf tmp;
	int fd, r = -1, err;

	gp_buf_init(&tmp, GP_MAX_URL);
	gp_buf_addf(&tmp, "%s.XXXXXX", path);
	if (tmp.bad) {
		errno = ENAMETOOLONG;
		return -1;
	}
	fd = mkstemp(tmp.p);
	if (fd != -1) {
		r = write_new(fd, s, mode);
		err = errno;
		if (close(fd) == -1 && r == 0) {
			r = -1;
			err = errno;
		}
		if (r == 0 && (r = rename(tmp.p, path)) == -1)
			err = errno;
		if (r == -1)
			unlink(tmp.p);
		else if ((r = sync_folder(path)) == -1)
			err = errno;
		errno = err;
	}
	gp_buf_release(&tmp);
	return r;
}

int
gp_file_replace(
    const char *path, struct gp_span s, mode_t mode, struct gp_why *why)
{
	char *real = realpath(path, NULL); /* a link stays a link */
	struct stat st;
	int r;

	/* By the path that was given: of a pipe behind /dev/stdout, realpath()
	 * knows no other, and a rename would take the place of /dev/stdout. */
	if (stat(path, &st) == 0 && !S_ISREG(st.st_mode))
		r = write_through(path, s);
	else
		r = replace(real != NULL ? real : path, s, mode);
	if (r == -1)
		gp_because(why, "cannot write '%s': %s", path, strerror(errno));
	free(real);
	return r;
}

int
gp_file_folder(const char *path, struct gp_buf *b)
{
	char *real = realpath(path, NULL);
	const char *p = real != NULL ? real : path, *slash = strrchr(p, '/');

	gp_buf_reset(b);
	if (slash == NULL)
		gp_buf_addc(b, '.');
	else
		gp_buf_add(b, p, slash == p ? 1 : (size_t)(slash - p));
	free(real);
	return b->bad ? -1 : 0;
}

/* The data folder beside the program: PREFIX/bin/.. or build/.. */
static int
beside(const char *name, const char *rel, struct gp_buf *b)
{
	char exe[4096];
	ssize_t n = readlink("/proc/self/exe", exe, sizeof(exe) - 1);
	char *slash;

	if (n <= 0)
		return -1;
	exe[n] = '\0';
	slash = strrchr(exe, '/');
	if (slash == NULL)
		return -1;
	*slash = '\0';
	gp_buf_reset(b);
	gp_buf_addf(b, "%s/%s/%s", exe, rel, name);
	return !b->bad && access(b->p, R_OK) == 0 ? 0 : -1;
}

int
gp_file_data(const char *name, struct gp_buf *b, struct gp_why *why)
{
	const char *dir = getenv("GP_DATA");

	if (dir != NULL && *dir != '\0') {
		gp_buf_reset(b);
		gp_buf_addf(b, "%s/%s", dir, name);
		if (!b->bad && access(b->p, R_OK) == 0)
			return 0;
		return gp_because(why, "no '%s' in $GP_DATA", name);
	}
	if (beside(name, "../lib/data", b) == 0 ||
	    beside(name, "data", b) == 0 || beside(name, "../share/gp", b) == 0)
		return 0;
	gp_buf_reset(b);
	gp_buf_addf(b, "%s/%s", GP_DATADIR, name);
	if (!b->bad && access(b->p, R_OK) == 0)
		return 0;
	return gp_because(why, "no '%s' in %s", name, GP_DATADIR);
}

int
gp_file_config(const char *given, struct gp_buf *b)
{
	const char *env = getenv("GP_CONFIG");
	const char *xdg = getenv("XDG_CONFIG_HOME");
	const char *home = getenv("HOME");

	gp_buf_reset(b);
	if (given == NULL && env != NULL && *env != '\0')
		given = env;
	if (given != NULL) {
		gp_buf_adds(b, given);
		return 0;
	}
	if (xdg != NULL && *xdg == '/')
		gp_buf_addf(b, "%s/gp/gp.yaml", xdg);
	else if (home != NULL && *home != '\0')
		gp_buf_addf(b, "%s/.config/gp/gp.yaml", home);
	if (b->n != 0 && access(b->p, F_OK) == 0)
		return 0;
	gp_buf_reset(b);
	gp_buf_adds(b, "/etc/gp/gp.yaml");
	return access(b->p, F_OK) == 0 ? 0 : -1;
}

/* The folder, and those above it that lack. */
static int
make_folders(struct gp_buf *path)
{
	char *p;

	for (p = path->p + 1; *p != '\0'; p++) {
		if (*p != '/')
			continue;
		*p = '\0';
		if (mkdir(path->p, 0700) == -1 && errno != EEXIST) {
			*p = '/';
			return -1;
		}
		*p = '/';
	}
	return mkdir(path->p, 0700) == -1 && errno != EEXIST ? -1 : 0;
}

int
gp_file_state(const char *name, struct gp_buf *b, struct gp_why *why)
{
	const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");

	if (state != NULL && *state == '/')
		gp_buf_addf(b, "%s/gp", state);
	else if (home != NULL && *home == '/')
		gp_buf_addf(b, "%s/.local/state/gp", home);
	else
		return gp_because(
		    why, "neither $XDG_STATE_HOME nor $HOME names a folder");
	if (b->bad || make_folders(b) == -1)
		return gp_because(
		    why, "%s: %s", gp_buf_str(b), strerror(errno));
	gp_buf_addf(b, "/%s", name);
	return b->bad ? gp_because(why, "no memory") : 0;
}
