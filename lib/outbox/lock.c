#include "outbox/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
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
	struct held {
		int64_t of, turn;
		char page[80]; /* for messages */
	} * held;
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
take_turn(void *ctx, const struct gp_db_value *v, size_t n)
{
	(void)n;
	*(int64_t *)ctx = v->n;
	return 1;
}

/* The number of this holder, or with `look` of the last one; 0: none yet. */
static int
turn(struct gp_out_lock *l, int64_t of, int look, int64_t *to,
    struct gp_why *why)
{
	struct gp_db_value v = gp_db_int(of);

	*to = 0;
	if (!l->server)
		return 0;
	return l->s->engine->run(l->s,
	    look ? "SELECT turn FROM gp_outbox_turn WHERE page = $1"
		 : "INSERT INTO gp_outbox_turn AS t VALUES ($1, 1)"
		   " ON CONFLICT (page) DO UPDATE SET turn = t.turn + 1"
		   " RETURNING turn",
	    &v, 1, take_turn, to, why);
}

static int
note(struct gp_out_lock *l, int64_t of, int64_t number, const char *page)
{
	struct held *v;

	if (l->n == l->cap) {
		v = realloc(l->held, (l->cap * 2 + 16) * sizeof(*v));
		if (v == NULL)
			return -1;
		l->held = v;
		l->cap = l->cap * 2 + 16;
	}
	v = &l->held[l->n++];
	v->of = of;
	v->turn = number;
	snprintf(v->page, sizeof(v->page), "%s", page);
	return 0;
}

static const struct timespec pause_of = { 0, PAUSE_MS * 1000000L };

/* GP_OK: it is ours again, and was nobody else's; -1: could not be asked. */
static int
retake(struct gp_out_lock *l, const struct held *h, struct gp_why *why)
{
	double until;
	long wait;
	int64_t last;
	int r;

	/* Of a connection that only we know to be lost the server still has
	 * to find out. */
	if (gp_outage_limit(&wait, why) == -1)
		wait = 0;
	until = gp_clock() + (double)wait;
	while ((r = try_server(l, h->of, why)) == 0 && gp_clock() < until)
		nanosleep(&pause_of, NULL);
	if (r == 1)
		r = turn(l, h->of, 1, &last, why) == 0 ? 1 : -1;
	if (r == -1)
		return -1;
	if (r == 1 && last == h->turn)
		return GP_OK;
	gp_because(why,
	    "the connection was lost, and another one %s sending for %s",
	    r == 1 ? "has been" : "is", h->page);
	return GP_TEMPFAIL;
}

enum gp_exit
gp_out_lock_again(struct gp_out_lock *l, struct gp_why *why)
{
	struct gp_outage o = { .until = 0 };
	int r = GP_OK;
	size_t i;

	for (i = 0; l->server && i < l->n && r == GP_OK; i++) {
		r = retake(l, &l->held[i], why);
		if (r == -1 && gp_db_again(l->s, &o, why)) {
			r = GP_OK;
			i = (size_t)-1; /* from the first one on */
		}
	}
	if (r == GP_OK)
		return GP_OK;
	l->n = 0; /* whoever goes on all the same has nothing */
	return r == -1 ? gp_store_status(l->s) : (enum gp_exit)r;
}

/* The lock and its number. 1: ours; 0: another one's; -1. */
static int
try(struct gp_out_lock *l, int64_t of, int64_t *number, struct gp_why *why)
{
	int r = l->server ? try_server(l, of, why) : try_file(l, of, why);

	return r == 1 && turn(l, of, 0, number, why) == -1 ? -1 : r;
}

enum gp_exit
gp_out_lock_take(
    struct gp_out_lock *l, const char *page, long wait, struct gp_why *why)
{
	/* Pages that share a number wait for one another, no more. */
	int64_t of = (int64_t)(XXH3_64bits(page, strlen(page)) >> 2);
	double until = gp_clock() + (double)wait;
	struct gp_outage o = { .until = 0 };
	int64_t number = 0;
	enum gp_exit status;
	size_t i;
	int r;

	for (i = 0; i < l->n; i++)
		if (l->held[i].of == of)
			return GP_OK;
	for (;;) {
		r = try(l, of, &number, why);
		if (r == 1)
			break;
		if (r == -1 && !l->server)
			return GP_IO;
		if (r == -1) {
			if (!gp_db_again(l->s, &o, why))
				return gp_store_status(l->s);
			status = gp_out_lock_again(l, why);
			if (status != GP_OK)
				return status;
			continue;
		}
		if (gp_clock() >= until) {
			gp_because(why, "another one is sending for %s", page);
			return GP_TEMPFAIL;
		}
		nanosleep(&pause_of, NULL);
	}
	if (note(l, of, number, page) == 0)
		return GP_OK;
	gp_because(why, "no memory");
	return GP_SOFTWARE;
}
