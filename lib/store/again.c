#include "store/again.h"

#include <signal.h>
#include <stdlib.h>
#include <time.h>
#include <xxhash.h>

#include "base/instant.h"
#include "base/opt.h"
#include "store/store.h"

enum {
	FIRST_MS = 100,
	LONGEST_MS = 2000
};

/* Of the process, as its stderr is. */
static gp_store_wait_fn *say;
static const volatile sig_atomic_t *stop;

void
gp_store_on_wait(gp_store_wait_fn *fn, const volatile sig_atomic_t *flag)
{
	say = fn;
	stop = flag;
}

int
gp_outage_limit(long *seconds, struct gp_why *why)
{
	const char *word = getenv("GP_DB_WAIT");

	*seconds = GP_WAIT_SECONDS;
	if (word == NULL || gp_span_seconds(word, seconds) == 0)
		return 0;
	return gp_because(why, "GP_DB_WAIT: '%s' is not a span", word);
}

static int
stopped(void)
{
	return stop != NULL && *stop;
}

static long
limit_of(void)
{
	struct gp_why none;
	long limit;

	return gp_outage_limit(&limit, &none) == 0 ? limit : GP_WAIT_SECONDS;
}

void
gp_outage_begin(struct gp_outage *o)
{
	if (o->back != 0 && gp_clock() - o->back >= (double)limit_of())
		o->until = 0;
	o->back = 0;
}

int
gp_outage_wait(struct gp_outage *o, const char *name, const struct gp_why *why)
{
	struct timespec t;
	long limit;

	if (o->until == 0) {
		limit = limit_of();
		o->until = gp_clock() + (double)limit;
		o->pause = FIRST_MS;
		o->said = 0;
		return limit > 0 && !stopped();
	}
	if (gp_clock() >= o->until || stopped())
		return 0;
	if (say != NULL && !o->said)
		say(name, why->msg, (long)(o->until - gp_clock() + 0.5));
	o->said = 1;
	t.tv_sec = o->pause / 1000;
	t.tv_nsec = o->pause % 1000 * 1000000L;
	nanosleep(&t, NULL);
	o->pause = o->pause * 2 < LONGEST_MS ? o->pause * 2 : LONGEST_MS;
	return !stopped();
}

void
gp_given_release(struct gp_given *g)
{
	free(g->v);
	*g = (struct gp_given){ .v = NULL };
}

static int
compare(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return x < y ? -1 : x > y;
}

int
gp_given_anew(struct gp_given *g)
{
	if (g->bad)
		return -1;
	if (g->n > 1)
		qsort(g->v, g->n, sizeof(*g->v), compare);
	g->before = g->n;
	return 0;
}

int
gp_given_has(struct gp_given *g, struct gp_span s, uint64_t seed)
{
	uint64_t h = XXH3_64bits_withSeed(s.p, s.n, seed), *v;

	if (g->before > 0 &&
	    bsearch(&h, g->v, g->before, sizeof(h), compare) != NULL)
		return 1;
	if (g->n == g->cap && !g->bad) {
		v = g->cap < GP_MAX_GIVEN
		    ? realloc(g->v, (g->cap * 2 + 256) * sizeof(*v))
		    : NULL;
		if (v == NULL) {
			g->bad = 1;
			return 0;
		}
		g->v = v;
		g->cap = g->cap * 2 + 256;
	}
	if (!g->bad)
		g->v[g->n++] = h;
	return 0;
}
