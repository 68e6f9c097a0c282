#include "json/map.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* What a thread gets and what it makes of it. */
struct refusal {
	size_t at;  /* of the block's lines */
	size_t out; /* bytes of output before it */
	struct gp_why why;
};

struct block {
	struct gp_buf in; /* lines, each with its newline */
	struct gp_line *line;
	size_t n, cap;
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
	size_t n, next, first; /* a ring: next to fill, first to write */
	pthread_mutex_t lock;
	pthread_cond_t filled, ready;
	int stop;
};

static int
grow(void *list, size_t *cap, size_t n, size_t size)
{
	void *p, **to = list;

	if (n < *cap)
		return 0;
	p = realloc(*to, (*cap == 0 ? 64 : *cap * 2) * size);
	if (p == NULL)
		return -1;
	*to = p;
	*cap = *cap == 0 ? 64 : *cap * 2;
	return 0;
}

static void
refuse(struct block *b, size_t at, const struct gp_why *why)
{
	if (grow(&b->refusal, &b->refusal_cap, b->refusals,
		sizeof(*b->refusal)) == -1) {
		b->bad = 1;
		return;
	}
	b->refusal[b->refusals++] = (struct refusal){ at, b->out.n, *why };
}

/* A line's output counts only if it was not refused. */
static void
work(const struct gp_map *m, void *state, struct block *b)
{
	struct gp_why why = { "" };
	size_t i, before;

	for (i = 0; i < b->n && !b->bad; i++) {
		before = b->out.n;
		if (m->line(state, &b->line[i], &b->out, &why) == 0)
			continue;
		b->out.n = before;
		refuse(b, i, &why);
		if (m->strict)
			break;
	}
	if (b->out.bad)
		b->bad = 1;
}

/* Output and refusals in the order of the lines. */
static enum gp_map_end
write_out(const struct gp_map *m, struct block *b)
{
	size_t i, from = 0;
	struct refusal *r;

	if (b->bad)
		return GP_MAP_MEMORY;
	for (i = 0; i <= b->refusals; i++) {
		r = i < b->refusals ? &b->refusal[i] : NULL;
		size_t to = r != NULL ? r->out : b->out.n;
		struct gp_span s = { gp_buf_str(&b->out) + from, to - from };

		if (s.n > 0 && m->sink(m->ctx, s) == -1)
			return GP_MAP_SINK;
		from = to;
		if (r == NULL)
			break;
		m->refused(m->ctx, &b->line[r->at], r->why.msg);
		if (m->strict)
			return GP_MAP_STRICT;
	}
	return GP_MAP_DONE;
}

static void
clear(struct block *b)
{
	gp_buf_reset(&b->in);
	gp_buf_reset(&b->out);
	b->n = b->refusals = 0;
}

static int
add_line(struct block *b, const struct gp_line *line)
{
	size_t at = b->in.n;

	if (grow(&b->line, &b->cap, b->n, sizeof(*b->line)) == -1)
		return -1;
	gp_buf_add(&b->in, line->text.p, line->text.n);
	gp_buf_addc(&b->in, '\n');
	b->line[b->n] = *line;
	/* The place for now: the memory may move until the block is full. */
	b->line[b->n].text.p = (const char *)(uintptr_t)at;
	b->n++;
	return b->in.bad ? -1 : 0;
}

static void
settle(struct block *b)
{
	size_t i;

	for (i = 0; i < b->n; i++)
		b->line[i].text.p =
		    gp_buf_str(&b->in) + (uintptr_t)b->line[i].text.p;
}

static int
waits(int fd)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };

	return poll(&p, 1, 0) == 0;
}

static enum gp_map_end
over_long(const struct gp_map *m, const struct gp_line *line)
{
	m->refused(m->ctx, line, "longer than the ceiling of a record");
	return m->strict ? GP_MAP_STRICT : GP_MAP_DONE;
}

/* One job: no copy, no thread; the output goes out before a read waits. */
static enum gp_map_end
alone(const struct gp_map *m, struct gp_lines *in, void *state)
{
	enum gp_map_end end = GP_MAP_DONE;
	struct block b = { .n = 0 };
	struct gp_line line;
	int r = 0;

	gp_buf_init(&b.out, OUT_MAX);
	b.line = &line;
	while (end == GP_MAP_DONE && (r = gp_lines_next(in, &line)) == 1) {
		if (line.over) {
			end = write_out(m, &b);
			if (end == GP_MAP_DONE)
				end = over_long(m, &line);
			clear(&b);
			continue;
		}
		b.n = 1;
		work(m, state, &b);
		if (b.refusals == 0 && b.out.n < GP_BLOCK && !b.bad &&
		    gp_lines_ready(in))
			continue;
		end = write_out(m, &b);
		clear(&b);
	}
	if (end == GP_MAP_DONE)
		end = write_out(m, &b);
	if (end == GP_MAP_DONE && r == -1)
		end = GP_MAP_READ;
	gp_buf_release(&b.out);
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
	clear(b);
	pthread_mutex_lock(&p->lock);
	b->state = FREE;
	p->first = (p->first + 1) % p->n;
	pthread_mutex_unlock(&p->lock);
	return end;
}

static int
busy(struct pool *p)
{
	int state;

	pthread_mutex_lock(&p->lock);
	state = p->block[p->first].state;
	pthread_mutex_unlock(&p->lock);
	return state != FREE;
}

static enum gp_map_end
drain_all(struct pool *p)
{
	enum gp_map_end end = GP_MAP_DONE;

	while (end == GP_MAP_DONE && busy(p))
		end = drain(p, 1);
	return end;
}

static enum gp_map_end
threaded(const struct gp_map *m, struct gp_lines *in, struct pool *p)
{
	enum gp_map_end end = GP_MAP_DONE;
	struct gp_line line;
	int r = 1;

	while (end == GP_MAP_DONE && r == 1) {
		struct block *b = &p->block[p->next];
		int over = 0;

		while (r == 1 && !over && b->in.n < GP_BLOCK &&
		    (b->n == 0 || gp_lines_ready(in) || !waits(in->fd))) {
			r = gp_lines_next(in, &line);
			if (r != 1)
				break;
			over = line.over;
			if (!over && add_line(b, &line) == -1)
				return GP_MAP_MEMORY;
		}
		if (b->n > 0) {
			settle(b);
			mark(p, b, FILLED);
			p->next = (p->next + 1) % p->n;
		}
		if (over) { /* what stands before it comes first */
			end = drain_all(p);
			if (end == GP_MAP_DONE)
				end = over_long(m, &line);
		}
		/* A full ring, or an input that lets us wait: write. */
		while (end == GP_MAP_DONE && busy(p) &&
		    (p->next == p->first || waits(in->fd)))
			end = drain(p, 1);
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
		gp_buf_release(&p->block[i].in);
		gp_buf_release(&p->block[i].out);
		free(p->block[i].line);
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
	for (i = 0; i < p.n; i++) {
		gp_buf_init(&p.block[i].in, 4 * GP_MAX_LINE);
		gp_buf_init(&p.block[i].out, OUT_MAX);
	}
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
