#include "http/bucket.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

struct gp_bucket {
	char *key;
	double tokens; /* may be negative: what is promised already */
	double at;     /* when tokens was true */
	double hold;
};

double
gp_clock(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static struct gp_bucket *
find(struct gp_buckets *b, const char *key, double burst, double now)
{
	struct gp_bucket *v;
	size_t i;

	for (i = 0; i < b->n; i++)
		if (strcmp(b->v[i].key, key) == 0)
			return &b->v[i];
	if (b->n == b->cap) {
		v = realloc(b->v, (b->cap + 8) * sizeof(*v));
		if (v == NULL)
			return NULL;
		b->v = v;
		b->cap += 8;
	}
	v = &b->v[b->n];
	v->key = strdup(key);
	v->tokens = burst;
	v->at = now;
	v->hold = 0;
	if (v->key == NULL)
		return NULL;
	b->n++;
	return v;
}

double
gp_bucket_take(struct gp_buckets *b, const char *key, double rate, double burst,
    double now)
{
	struct gp_bucket *v;

	if (burst < 1)
		burst = 1;
	v = find(b, key, burst, now);
	if (v == NULL)
		return -1;
	/* Behind a hold they go one by one too, not all at its end. */
	if (now < v->hold)
		now = v->hold;
	if (rate <= 0)
		return now;
	v->tokens += (now - v->at) * rate;
	if (v->tokens > burst)
		v->tokens = burst;
	v->at = now;
	v->tokens -= 1;
	return v->tokens < 0 ? now - v->tokens / rate : now;
}

void
gp_bucket_hold(struct gp_buckets *b, const char *key, double until)
{
	struct gp_bucket *v = find(b, key, 1, until);

	if (v != NULL && v->hold < until)
		v->hold = until;
}

void
gp_buckets_release(struct gp_buckets *b)
{
	size_t i;

	for (i = 0; i < b->n; i++)
		free(b->v[i].key);
	free(b->v);
	memset(b, 0, sizeof(*b));
}
