#include "import/threads.h"

#include <stdlib.h>
#include <string.h>

#include <xxhash.h>

/* Seconds that the network may take to copy a post into the group. */
enum {
	SLACK = 300,
	SLACK_TEXTLESS = 5
};

struct post {
	int64_t channel, number;
	gp_instant at;
	uint64_t text;
};

struct gp_threads {
	struct gp_thread *message; /* each at its number modulo the size */
	struct post *post;         /* a ring */
	size_t first, posts;
};

struct gp_threads *
gp_threads_new(void)
{
	struct gp_threads *t = calloc(1, sizeof(*t));

	if (t == NULL)
		return NULL;
	t->message = calloc(GP_THREADS_MESSAGES, sizeof(*t->message));
	t->post = calloc(GP_THREADS_POSTS, sizeof(*t->post));
	if (t->message != NULL && t->post != NULL)
		return t;
	gp_threads_free(t);
	return NULL;
}

void
gp_threads_free(struct gp_threads *t)
{
	if (t == NULL)
		return;
	free(t->message);
	free(t->post);
	free(t);
}

void
gp_threads_reset(struct gp_threads *t)
{
	memset(t->message, 0, GP_THREADS_MESSAGES * sizeof(*t->message));
}

static struct gp_thread *
place(const struct gp_threads *t, int64_t message)
{
	return &t->message[(uint64_t)message % GP_THREADS_MESSAGES];
}

const struct gp_thread *
gp_threads_get(const struct gp_threads *t, int64_t message)
{
	const struct gp_thread *v = place(t, message);

	return message != 0 && v->message == message ? v : NULL;
}

const struct gp_thread *
gp_threads_add(struct gp_threads *t, int64_t message, int64_t answers)
{
	const struct gp_thread *to = gp_threads_get(t, answers);
	struct gp_thread v = { message, 0, 0, 0 };

	if (answers == 0)
		v.root = message;
	if (to != NULL) {
		v.root = to->root;
		v.post = to->post;
	}
	*place(t, message) = v;
	return place(t, message);
}

void
gp_threads_start(struct gp_threads *t, int64_t message, int64_t post)
{
	*place(t, message) = (struct gp_thread){ message, message, post, 1 };
}

static const struct post *
nth(const struct gp_threads *t, size_t i)
{
	return &t->post[(t->first + i) % GP_THREADS_POSTS];
}

void
gp_threads_post(struct gp_threads *t, int64_t channel, int64_t number,
    gp_instant at, struct gp_span text)
{
	struct post v = { channel, number, at, XXH3_64bits(text.p, text.n) };

	t->post[(t->first + t->posts) % GP_THREADS_POSTS] = v;
	if (t->posts < GP_THREADS_POSTS)
		t->posts++;
	else
		t->first = (t->first + 1) % GP_THREADS_POSTS;
}

int64_t
gp_threads_find(const struct gp_threads *t, int64_t channel, gp_instant at,
    struct gp_span text)
{
	const gp_instant slack = text.n > 0 ? SLACK : SLACK_TEXTLESS;
	uint64_t hash = XXH3_64bits(text.p, text.n);
	size_t low = 0, high = t->posts, middle;

	while (low < high) { /* the first that is late enough */
		middle = low + (high - low) / 2;
		if (nth(t, middle)->at < at - slack)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < t->posts && nth(t, low)->at <= at; low++)
		if (nth(t, low)->text == hash &&
		    nth(t, low)->channel == channel)
			return nth(t, low)->number;
	return 0;
}
