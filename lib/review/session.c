#include "review/session.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

void
gp_session_init(struct gp_session *s)
{
	gp_buf_init(&s->dir, 0);
	gp_buf_init(&s->input, 0);
	gp_buf_init(&s->sheet, 0);
	s->lock = -1;
}

void
gp_session_release(struct gp_session *s)
{
	if (s->lock != -1)
		close(s->lock);
	gp_buf_release(&s->dir);
	gp_buf_release(&s->input);
	gp_buf_release(&s->sheet);
	s->lock = -1;
}

/* The folder of all sessions. -1: nobody says where, or it cannot be made. */
static int
home(struct gp_buf *b, struct gp_why *why)
{
	return gp_file_state("review", b, why);
}

/* A folder that was not there, and the one it is in; their owner's alone. */
static int
make(const char *path, struct gp_why *why)
{
	char *in = strdup(path), *slash = in != NULL ? strrchr(in, '/') : NULL;
	int bad = slash == NULL;

	if (!bad) {
		*slash = '\0';
		bad = (mkdir(in, 0700) == -1 && errno != EEXIST) ||
		    mkdir(path, 0700) == -1;
	}
	free(in);
	if (bad)
		gp_because(why, "cannot make '%s': %s", path, strerror(errno));
	return bad ? -1 : 0;
}

static void
name_files(struct gp_session *s)
{
	gp_buf_reset(&s->input);
	gp_buf_reset(&s->sheet);
	gp_buf_addf(&s->input, "%s/input.ndjson", gp_buf_str(&s->dir));
	gp_buf_addf(&s->sheet, "%s/sheet.txt", gp_buf_str(&s->dir));
}

/* 1: locked; 0: another one works in it, or there is nothing. */
static int
take_lock(struct gp_session *s)
{
	struct flock l = { .l_type = F_WRLCK, .l_whence = SEEK_SET };

	s->lock = open(gp_buf_str(&s->input), O_RDWR | O_CLOEXEC);
	if (s->lock == -1)
		return 0;
	if (fcntl(s->lock, F_SETLK, &l) == 0)
		return 1;
	close(s->lock);
	s->lock = -1;
	return 0;
}

int
gp_session_new(struct gp_session *s, gp_instant now, struct gp_span input,
    struct gp_why *why)
{
	char t[GP_INSTANT_LEN], name[GP_INSTANT_LEN], *to = name;
	const char *p;

	gp_buf_reset(&s->dir);
	if (home(&s->dir, why) == -1)
		return -1;
	for (p = gp_instant_utc(now, t); *p != '\0'; p++)
		if (*p != '-' && *p != ':')
			*to++ = *p;
	*to = '\0';
	gp_buf_addf(&s->dir, "/%s-%ld", name, (long)getpid());
	name_files(s);
	if (s->dir.bad || s->input.bad || s->sheet.bad)
		return gp_because(why, "no memory");
	if (make(gp_buf_str(&s->dir), why) == -1 ||
	    gp_file_replace(gp_buf_str(&s->input), input, 0600, why) == -1)
		return -1;
	take_lock(s);
	return 0;
}

static int
by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*b)->d_name, (*a)->d_name); /* the newest first */
}

static int
is_session(const struct dirent *e)
{
	return e->d_name[0] >= '0' && e->d_name[0] <= '9';
}

/* One whose sheet was never written has nothing to be lost. */
static int
try(struct gp_session *s, const char *of, const char *name)
{
	gp_buf_reset(&s->dir);
	gp_buf_addf(&s->dir, "%s/%s", of, name);
	name_files(s);
	return access(gp_buf_str(&s->sheet), R_OK) == 0 && take_lock(s);
}

int
gp_session_find(struct gp_session *s, struct gp_why *why)
{
	struct dirent **list = NULL;
	struct gp_buf b;
	int i, n, found = 0;

	gp_buf_init(&b, 0);
	if (home(&b, why) == -1) {
		gp_buf_release(&b);
		return -1;
	}
	n = scandir(gp_buf_str(&b), &list, is_session, by_name);
	for (i = 0; i < n; i++) {
		if (!found)
			found = try(s, gp_buf_str(&b), list[i]->d_name);
		free(list[i]);
	}
	free(list);
	gp_buf_release(&b);
	return found;
}

/* Of a session that is over; what an editor left beside is not ours. */
static void
clear(const char *dir)
{
	static const char *const file[] = { "input.ndjson", "sheet.txt" };
	struct gp_buf b;
	size_t i;

	gp_buf_init(&b, 0);
	for (i = 0; i < 2; i++) {
		gp_buf_reset(&b);
		gp_buf_addf(&b, "%s/%s", dir, file[i]);
		unlink(gp_buf_str(&b));
	}
	rmdir(dir);
	gp_buf_release(&b);
}

int
gp_session_end(struct gp_session *s, struct gp_why *why)
{
	struct gp_buf last;
	int bad;

	gp_buf_init(&last, 0);
	if (home(&last, why) == -1) {
		gp_buf_release(&last);
		return -1;
	}
	gp_buf_adds(&last, "/last");
	clear(gp_buf_str(&last));
	bad = rename(gp_buf_str(&s->dir), gp_buf_str(&last));
	if (bad == -1 && (errno == ENOTEMPTY || errno == EEXIST)) {
		clear(gp_buf_str(&s->dir)); /* what an editor left is in it */
		bad = 0;
	} else if (bad == -1) {
		gp_because(why, "cannot rename '%s': %s", gp_buf_str(&s->dir),
		    strerror(errno));
	}
	gp_buf_release(&last);
	return bad;
}
