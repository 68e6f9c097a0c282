#include "json/map.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/* What a thread gets and what it makes of it. */
struct refusal {
	struct gp_line line;
	size_t out; /* bytes of output before it */
	struct gp_why why;
};

struct block {
	struct gp_bytes in;
	unsigned long long before; /* lines before it, blank ones too */
	struct gp_buf out;
	struct refusal *refusal;
	size_t refusals, refusal_cap;
	int state; /* enum below */
	int bad;   /* no memory, or an output over its ceiling */
};

enum {
	FREE,
	FILLED,
	TAKEN,
	READY
};

/* Two blocks a thread keep all busy while one is written. */
enum {
	PER_JOB = 3
};
#define OUT_MAX (256 * GP_MIB)

struct pool {
	const struct gp_map *map;
	struct block *block;
	size_t n, next, first;    /* a ring: next to fill, first to write */
	unsigned long long lines; /* read */
	pthread_mutex_t lock;
	pthread_cond_t filled, ready;
	int stop;
};

static void
refuse(struct block *b, const struct gp_line *line, const struct gp_why *why)
{
	struct refusal *p;

	if (b->refusals == b->refusal_cap) {
		p = realloc(b->refusal, (b->refusal_cap * 2 + 16) * sizeof(*p));
		if (p == NULL) {
			b->bad = 1;
			return;
		}
		b->refusal = p;
		b->refusal_cap = b->refusal_cap * 2 + 16;
	}
	b->refusal[b->refusals++] = (struct refusal){ *line, b->out.n, *why };
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
	struct gp_why why = { "" };

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
	struct gp_line line = { .no = b->before, .end = 1 };

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
	if (b->out.bad)
		b->bad = 1;
}

/* Output and refusals in the order of the lines. */
static enum gp_map_end
write_out(const struct gp_map *m, struct block *b)
{
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
		m->refused(m->ctx, &r->line, r->why.msg);
		if (m->strict)
			return GP_MAP_STRICT;
	}
	gp_buf_reset(&b->out);
	b->refusals = 0;
	return GP_MAP_DONE;
}

static int
waits(int fd)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };

	return poll(&p, 1, 0) == 0;
}

/* Numbers the lines of a block that has been read. */
static void
count(struct block *b, unsigned long long *lines)
{
	const char *p = b->in.p + b->in.from, *end = p + b->in.n;

	b->before = *lines;
	while (p < end && (p = memchr(p, '\n', (size_t)(end - p))) != NULL) {
		++*lines;
		p++;
	}
	*lines += end[-1] != '\n'; /* the last of a file */
}

/* A piece of a line that was too long to be held. */
static enum gp_map_end
over_long(
    const struct gp_map *m, struct gp_line *line, unsigned long long *lines)
{
	line->no = *lines + 1;
	*lines += (unsigned)line->end;
	m->refused(m->ctx, line, over_ceiling);
	return m->strict ? GP_MAP_STRICT : GP_MAP_DONE;
}

/* One job, no thread: what has come is answered before a read waits. */
static enum gp_map_end
alone(const struct gp_map *m, struct gp_lines *in, void *state)
{
	enum gp_map_end end = GP_MAP_DONE;
	struct block b = { .before = 0 };
	unsigned long long lines = 0;
	struct gp_line line;
	int r = 0;

	gp_buf_init(&b.out, OUT_MAX);
	while (
	    end == GP_MAP_DONE && (r = gp_lines_block(in, &b.in, &line)) > 0) {
		if (r == 2) {
			end = over_long(m, &line, &lines);
			continue;
		}
		count(&b, &lines);
		work(m, state, &b);
		end = write_out(m, &b);
	}
	if (end == GP_MAP_DONE && r == -1)
		end = GP_MAP_READ;
	gp_buf_release(&b.out);
	free(b.in.p);
	free(b.refusal);
	return end;
}

static struct block *
take(struct pool *p)
{
	struct block *b = NULL;
	size_t i;

	pthread_mutex_lock(&p->lock);
	while (b == NULL && !p->stop) {
		for (i = 0; i < p->n && b == NULL; i++)
			if (p->block[(p->first + i) % p->n].state == FILLED)
				b = &p->block[(p->first + i) % p->n];
		if (b == NULL)
			pthread_cond_wait(&p->filled, &p->lock);
	}
	if (b != NULL)
		b->state = TAKEN;
	pthread_mutex_unlock(&p->lock);
	return b;
}

static void
mark(struct pool *p, struct block *b, int state)
{
	pthread_mutex_lock(&p->lock);
	b->state = state;
	pthread_cond_broadcast(state == FILLED ? &p->filled : &p->ready);
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
		mark(p, b, READY);
	}
	if (m->stop != NULL && state != NULL && m->start != NULL)
		m->stop(state);
	return NULL;
}

/* Writes the first block if it is ready, or waits until it is. */
static enum gp_map_end
drain(struct pool *p, int wait)
{
	struct block *b = &p->block[p->first];
	enum gp_map_end end;
	int state;

	pthread_mutex_lock(&p->lock);
	while (wait && (b->state == FILLED || b->state == TAKEN))
		pthread_cond_wait(&p->ready, &p->lock);
	state = b->state;
	pthread_mutex_unlock(&p->lock);
	if (state != READY)
		return GP_MAP_DONE;
	end = write_out(p->map, b);
	pthread_mutex_lock(&p->lock);
	b->state = FREE;
	p->first = (p->first + 1) % p->n;
	pthread_mutex_unlock(&p->lock);
	return end;
}

static int
busy(struct pool *p, size_t at)
{
	int state;

	pthread_mutex_lock(&p->lock);
	state = p->block[at].state;
	pthread_mutex_unlock(&p->lock);
	return state != FREE;
}

static enum gp_map_end
drain_all(struct pool *p)
{
	enum gp_map_end end = GP_MAP_DONE;

	while (end == GP_MAP_DONE && busy(p, p->first))
		end = drain(p, 1);
	return end;
}

static enum gp_map_end
threaded(const struct gp_map *m, struct gp_lines *in, struct pool *p)
{
	enum gp_map_end end = GP_MAP_DONE;
	struct gp_line line;
	int r = 1;

	while (end == GP_MAP_DONE && r > 0) {
		/* A full ring, or an input that lets us wait: write. */
		while (end == GP_MAP_DONE && busy(p, p->first) &&
		    (busy(p, p->next) || waits(in->fd)))
			end = drain(p, 1);
		if (end != GP_MAP_DONE)
			break;
		r = gp_lines_block(in, &p->block[p->next].in, &line);
		if (r == 1) {
			count(&p->block[p->next], &p->lines);
			mark(p, &p->block[p->next], FILLED);
			p->next = (p->next + 1) % p->n;
			end = drain(p, 0);
		} else if (r == 2) { /* what stands before it comes first */
			end = drain_all(p);
			if (end == GP_MAP_DONE)
				end = over_long(m, &line, &p->lines);
		}
	}
	if (end == GP_MAP_DONE)
		end = drain_all(p);
	return end == GP_MAP_DONE && r == -1 ? GP_MAP_READ : end;
}

static void
pool_free(struct pool *p)
{
	size_t i;

	for (i = 0; i < p->n; i++) {
		gp_buf_release(&p->block[i].out);
		free(p->block[i].in.p);
		free(p->block[i].refusal);
	}
	free(p->block);
}

static enum gp_map_end
many(const struct gp_map *m, struct gp_lines *in, size_t jobs)
{
	struct pool p = { .map = m, .n = jobs * PER_JOB };
	enum gp_map_end end = GP_MAP_MEMORY;
	pthread_t *id = calloc(jobs, sizeof(*id));
	size_t i, up = 0;

	p.block = calloc(p.n, sizeof(*p.block));
	if (id == NULL || p.block == NULL) {
		free(id);
		free(p.block);
		return end;
	}
	for (i = 0; i < p.n; i++)
		gp_buf_init(&p.block[i].out, OUT_MAX);
	pthread_mutex_init(&p.lock, NULL);
	pthread_cond_init(&p.filled, NULL);
	pthread_cond_init(&p.ready, NULL);
	while (up < jobs && pthread_create(&id[up], NULL, thread, &p) == 0)
		up++;
	if (up > 0)
		end = threaded(m, in, &p);
	pthread_mutex_lock(&p.lock);
	p.stop = 1;
	pthread_cond_broadcast(&p.filled);
	pthread_mutex_unlock(&p.lock);
	for (i = 0; i < up; i++)
		pthread_join(id[i], NULL);
	pthread_cond_destroy(&p.ready);
	pthread_cond_destroy(&p.filled);
	pthread_mutex_destroy(&p.lock);
	pool_free(&p);
	free(id);
	return end;
}

enum gp_map_end
gp_map_run(const struct gp_map *m)
{
	enum gp_map_end end;
	struct gp_lines in;
	void *state;

	gp_lines_init(&in, m->fd);
	if (m->max_line != 0)
		in.max = m->max_line;
	if (m->jobs > 1) {
		end = many(m, &in,
		    m->jobs < GP_MAX_JOBS ? (size_t)m->jobs : GP_MAX_JOBS);
	} else {
		state = m->start != NULL ? m->start(m->ctx) : m->ctx;
		end = state != NULL ? alone(m, &in, state) : GP_MAP_MEMORY;
		if (m->stop != NULL && state != NULL && m->start != NULL)
			m->stop(state);
	}
	gp_lines_release(&in);
	return end;
}
