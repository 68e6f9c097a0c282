#include "json/map.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"

/* What a thread reads and what it makes of it. */
struct refusal {
	struct gp_line line; /* its number counts from the block's first */
	size_t out;          /* bytes of output before it */
	struct gp_why why;
};

struct block {
	struct gp_bytes in;
	unsigned long long lines; /* in it, blank ones too */
	struct gp_buf out;
	struct refusal *refusal;
	size_t refusals, refusal_cap;
	int state; /* enum below */
	int bad;   /* no memory, or an output over its ceiling */
};

enum {
	FREE,
	TAKEN,
	READY
};

/* Three blocks a thread: few wait for one that takes longer than others. */
enum {
	PER_JOB = 3
};
#define OUT_MAX (256 * GP_MIB)

/*
 * Each thread reads its own blocks, for what a core has just read is near it,
 * and writes whatever has become due when it has done one.
 */
struct pool {
	const struct gp_map *map;

	pthread_mutex_t reading; /* taken before `lock`; holds what follows */
	struct gp_lines in;
	size_t next; /* block to fill */
	int read;    /* all there is */
	int unread;  /* errno, if not */

	pthread_mutex_t lock; /* holds the blocks' states and what follows */
	pthread_cond_t moved; /* a block was written, or it is over */
	struct block *block;  /* a ring */
	size_t n, first;      /* to be written */
	int writing;          /* one thread does; `lines` is that one's */
	unsigned long long lines; /* written */
	int over; /* ended before all was read: the two below say why */
	enum gp_map_end end;
	int error; /* errno */
};

static void
refuse(struct block *b, const struct gp_line *line, const struct gp_why *why)
{
	struct refusal *p;

	p = gp_grow(&b->refusal, &b->refusals, &b->refusal_cap, sizeof(*p));
	if (p == NULL) {
		b->bad = 1;
		return;
	}
	*p = (struct refusal){ *line, b->out.n, *why };
}

static int
blank(struct gp_span s)
{
	size_t i;

	for (i = 0; i < s.n; i++)
		if (s.p[i] != ' ' && s.p[i] != '\t' && s.p[i] != '\r')
			return 0;
	return 1;
}

static const char over_ceiling[] = "longer than the ceiling of a record";

/* A line's output counts only if it was not refused. 0; -1: refused. */
static int
one(const struct gp_map *m, void *state, struct block *b, struct gp_line *line)
{
	size_t max = m->max_line != 0 ? m->max_line : GP_MAX_LINE;
	size_t before = b->out.n;
	struct gp_why why;

	why.msg[0] = '\0'; /* not all of it, for each line */
	line->over = line->text.n > max;
	if (!line->over && line->text.p[line->text.n - 1] == '\r')
		line->text.n--;
	if (line->over)
		gp_because(&why, "%s", over_ceiling);
	else if (m->line(state, line->text, &b->out, &why) == 0)
		return 0;
	b->out.n = before;
	refuse(b, line, &why);
	return -1;
}

/* All lines of a block; blank ones are passed over but counted. */
static void
work(const struct gp_map *m, void *state, struct block *b)
{
	const char *p = b->in.p + b->in.from, *end = p + b->in.n, *nl;
	struct gp_line line = { .end = 1 };

	while (p < end && !b->bad) {
		nl = memchr(p, '\n', (size_t)(end - p));
		if (nl == NULL)
			nl = end;
		line.text = (struct gp_span){ p, (size_t)(nl - p) };
		line.no++;
		p = nl + 1;
		if (!blank(line.text) && one(m, state, b, &line) == -1 &&
		    m->strict)
			break;
	}
	b->lines = line.no;
	if (b->out.bad)
		b->bad = 1;
}

/* Output and refusals in the order of the lines. */
static enum gp_map_end
write_out(struct pool *p, struct block *b)
{
	const struct gp_map *m = p->map;
	size_t i, from = 0, to;
	struct refusal *r;

	if (b->bad)
		return GP_MAP_MEMORY;
	for (i = 0; i <= b->refusals; i++) {
		r = i < b->refusals ? &b->refusal[i] : NULL;
		to = r != NULL ? r->out : b->out.n;
		if (to > from &&
		    m->sink(m->ctx,
			(struct gp_span){ b->out.p + from, to - from }) == -1)
			return GP_MAP_SINK;
		from = to;
		if (r == NULL)
			break;
		r->line.no += p->lines;
		m->refused(m->ctx, &r->line, r->why.msg);
		if (m->strict)
			return GP_MAP_STRICT;
	}
	p->lines += b->lines;
	gp_buf_reset(&b->out);
	b->refusals = 0;
	return GP_MAP_DONE;
}

/* With the lock held. */
static void
finish(struct pool *p, enum gp_map_end end)
{
	p->error = errno;
	p->end = end;
	p->over = 1;
}

static int
all_written(const struct pool *p)
{
	return p->block[p->first].state == FREE;
}

static int
waits(int fd)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };

	return poll(&p, 1, 0) == 0;
}

/*
 * The block to fill; NULL: it is over. What has come is written before a read
 * waits, for that can be long and nothing would end it.
 */
static struct block *
vacant(struct pool *p)
{
	struct block *b = &p->block[p->next];

	pthread_mutex_lock(&p->lock);
	while (!p->over &&
	    (b->state != FREE || (!all_written(p) && waits(p->in.fd))))
		pthread_cond_wait(&p->moved, &p->lock);
	if (p->over)
		b = NULL;
	pthread_mutex_unlock(&p->lock);
	return b;
}

/* A piece of a line that was too long to be held; what precedes it is first. */
static void
over_long(struct pool *p, struct gp_line *line)
{
	const struct gp_map *m = p->map;

	pthread_mutex_lock(&p->lock);
	while (!p->over && !all_written(p))
		pthread_cond_wait(&p->moved, &p->lock);
	if (!p->over) {
		line->no = p->lines + 1;
		p->lines += (unsigned)line->end;
		m->refused(m->ctx, line, over_ceiling);
		if (m->strict)
			finish(p, GP_MAP_STRICT);
	}
	pthread_mutex_unlock(&p->lock);
}

/* Reads into the next block. NULL: there is none. */
static struct block *
read_block(struct pool *p)
{
	struct block *b = NULL;
	struct gp_line piece;
	int r = 2;

	while (r == 2 && !p->read && (b = vacant(p)) != NULL) {
		r = gp_lines_block(&p->in, &b->in, &piece);
		if (r == 2)
			over_long(p, &piece);
	}
	if (r == 1)
		return b;
	p->read = 1;
	if (r == -1)
		p->unread = errno;
	return NULL;
}

static struct block *
take(struct pool *p)
{
	struct block *b;

	pthread_mutex_lock(&p->reading);
	b = read_block(p);
	if (b != NULL) {
		p->next = (p->next + 1) % p->n;
		pthread_mutex_lock(&p->lock);
		b->state = TAKEN;
		pthread_mutex_unlock(&p->lock);
	}
	pthread_mutex_unlock(&p->reading);
	return b;
}

/* The block is done. Writes those that are due, unless another does. */
static void
put(struct pool *p, struct block *b)
{
	enum gp_map_end end;

	pthread_mutex_lock(&p->lock);
	b->state = READY;
	while (!p->over && !p->writing && p->block[p->first].state == READY) {
		b = &p->block[p->first];
		p->writing = 1;
		pthread_mutex_unlock(&p->lock);
		end = write_out(p, b);
		pthread_mutex_lock(&p->lock);
		if (end != GP_MAP_DONE)
			finish(p, end);
		p->writing = 0;
		b->state = FREE;
		p->first = (p->first + 1) % p->n;
		pthread_cond_broadcast(&p->moved);
	}
	pthread_mutex_unlock(&p->lock);
}

static void *
thread(void *arg)
{
	struct pool *p = arg;
	const struct gp_map *m = p->map;
	void *state = m->start != NULL ? m->start(m->ctx) : m->ctx;
	struct block *b;

	while ((b = take(p)) != NULL) {
		if (state == NULL)
			b->bad = 1;
		else
			work(m, state, b);
		put(p, b);
	}
	if (m->stop != NULL && state != NULL && m->start != NULL)
		m->stop(state);
	return NULL;
}

static int
pool_init(struct pool *p, const struct gp_map *m, size_t jobs)
{
	size_t i;

	memset(p, 0, sizeof(*p));
	p->map = m;
	p->n = jobs > 1 ? jobs * PER_JOB : 1;
	p->block = calloc(p->n, sizeof(*p->block));
	if (p->block == NULL)
		return -1;
	for (i = 0; i < p->n; i++)
		gp_buf_init(&p->block[i].out, OUT_MAX);
	gp_lines_init(&p->in, m->fd);
	if (m->max_line != 0)
		p->in.max = m->max_line;
	pthread_mutex_init(&p->reading, NULL);
	pthread_mutex_init(&p->lock, NULL);
	pthread_cond_init(&p->moved, NULL);
	return 0;
}

static void
pool_release(struct pool *p)
{
	size_t i;

	pthread_cond_destroy(&p->moved);
	pthread_mutex_destroy(&p->lock);
	pthread_mutex_destroy(&p->reading);
	gp_lines_release(&p->in);
	for (i = 0; i < p->n; i++) {
		gp_buf_release(&p->block[i].out);
		free(p->block[i].in.p);
		free(p->block[i].refusal);
	}
	free(p->block);
}

/* The caller's thread is one of them: with one job there is no other. */
enum gp_map_end
gp_map_run(const struct gp_map *m)
{
	size_t jobs = m->jobs < 1   ? 1
	    : m->jobs < GP_MAX_JOBS ? (size_t)m->jobs
				    : GP_MAX_JOBS;
	pthread_t id[GP_MAX_JOBS];
	size_t i, up = 0;
	struct pool p;

	if (pool_init(&p, m, jobs) == -1)
		return GP_MAP_MEMORY;
	while (up + 1 < jobs && pthread_create(&id[up], NULL, thread, &p) == 0)
		up++;
	thread(&p);
	for (i = 0; i < up; i++)
		pthread_join(id[i], NULL);
	if (p.end == GP_MAP_DONE && p.unread != 0) {
		p.end = GP_MAP_READ;
		p.error = p.unread;
	}
	pool_release(&p);
	errno = p.error;
	return p.end;
}
