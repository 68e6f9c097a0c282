#include "outbox/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "base/instant.h"
#include "store/engine.h"

enum {
	PAUSE_MS = 100
};

struct gp_out_lock {
	struct gp_store *s;
	int server;
	struct gp_buf path;
	int fd; /* -1: not yet */
	int64_t *held;
	size_t n, cap;
};

struct gp_out_lock *
gp_out_lock_new(struct gp_store *s, const char *place)
{
	struct gp_out_lock *l = calloc(1, sizeof(*l));

	if (l == NULL)
		return NULL;
	l->s = s;
	l->fd = -1;
	l->server = gp_store_is_server(place);
	gp_buf_init(&l->path, 0);
	gp_buf_addf(&l->path, "%s.lock", place);
	return l;
}

void
gp_out_lock_free(struct gp_out_lock *l)
{
	if (l == NULL)
		return;
	if (l->fd != -1)
		close(l->fd);
	gp_buf_release(&l->path);
	free(l->held);
	free(l);
}

static int
taken(void *ctx, const struct gp_db_value *v, size_t n)
{
	(void)n;
	*(int *)ctx = v->type == GP_DB_INT && v->n == 1;
	return 1;
}

/* 1: it is ours; 0: another one has it; -1. */
static int
try_server(struct gp_out_lock *l, int64_t of, struct gp_why *why)
{
	struct gp_db_value v = gp_db_int(of);
	int got = 0;

	if (l->s->engine->run(l->s,
		"SELECT CASE WHEN pg_try_advisory_lock($1) THEN 1 ELSE 0 END",
		&v, 1, taken, &got, why) == -1)
		return -1;
	return got;
}

/* Locks of open files: two threads' or processes' alike. */
static int
try_file(struct gp_out_lock *l, int64_t of, struct gp_why *why)
{
	struct flock fl = { .l_type = F_WRLCK,
		.l_whence = SEEK_SET,
		.l_start = of,
		.l_len = 1 };

	if (l->fd == -1)
		l->fd = open(
		    gp_buf_str(&l->path), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (l->fd != -1 && fcntl(l->fd, F_OFD_SETLK, &fl) == 0)
		return 1;
	if (l->fd != -1 && (errno == EAGAIN || errno == EACCES))
		return 0;
	return gp_because(why, "%s: %s", gp_buf_str(&l->path), strerror(errno));
}

static int
note(struct gp_out_lock *l, int64_t of)
{
	int64_t *v;

	if (l->n == l->cap) {
		v = realloc(l->held, (l->cap * 2 + 16) * sizeof(*v));
		if (v == NULL)
			return -1;
		l->held = v;
		l->cap = l->cap * 2 + 16;
	}
	l->held[l->n++] = of;
	return 0;
}

enum gp_exit
gp_out_lock_take(
    struct gp_out_lock *l, const char *page, long wait, struct gp_why *why)
{
	/* Pages that share a number wait for one another, no more. */
	int64_t of = (int64_t)(XXH3_64bits(page, strlen(page)) >> 2);
	const struct timespec pause = { 0, PAUSE_MS * 1000000L };
	double until = gp_clock() + (double)wait;
	size_t i;
	int r;

	for (i = 0; i < l->n; i++)
		if (l->held[i] == of)
			return GP_OK;
	for (;;) {
		r = l->server ? try_server(l, of, why) : try_file(l, of, why);
		if (r == 1)
			break;
		if (r == -1)
			return l->server ? gp_store_status(l->s) : GP_IO;
		if (gp_clock() >= until) {
			gp_because(why, "another one is sending for %s", page);
			return GP_TEMPFAIL;
		}
		nanosleep(&pause, NULL);
	}
	if (note(l, of) == 0)
		return GP_OK;
	gp_because(why, "no memory");
	return GP_SOFTWARE;
}
