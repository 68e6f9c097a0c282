/*
 * Which thread a message of a group belongs to, by what it answers; and which
 * post of the channel began a thread.
 *
 * Both memories are bounded: a chain is followed over the newest
 * GP_THREADS_MESSAGES numbers of a group, posts are known to the newest
 * GP_THREADS_POSTS.
 */
#ifndef GP_IMPORT_THREADS_H
#define GP_IMPORT_THREADS_H

#include "base/instant.h"

enum {
	GP_THREADS_MESSAGES = 262144,
	GP_THREADS_POSTS = 262144
};

struct gp_thread {
	int64_t message;
	int64_t root;  /* 0: what it answered is not known */
	int64_t post;  /* number in the channel; 0: not known */
	int automatic; /* the channel's post, as it came into the group */
};

struct gp_threads;

struct gp_threads *gp_threads_new(void); /* NULL: no memory */
void gp_threads_free(struct gp_threads *);
/* Another group: messages are forgotten, posts are not. */
void gp_threads_reset(struct gp_threads *);

/* Notes a message; `answers` 0: none. Borrowed until the next call. */
const struct gp_thread *gp_threads_add(
    struct gp_threads *, int64_t message, int64_t answers);
/* Notes a message as the copy of that post. */
void gp_threads_start(struct gp_threads *, int64_t message, int64_t post);
/* NULL: not known. */
const struct gp_thread *gp_threads_get(
    const struct gp_threads *, int64_t message);

/* A post of a channel, in the order of time. */
void gp_threads_post(struct gp_threads *, int64_t channel, int64_t number,
    gp_instant, struct gp_span text);
/*
 * The post of the channel with that very text, copied at that instant or up to
 * a few minutes before; 0: none. Without a text, within seconds.
 */
int64_t gp_threads_find(const struct gp_threads *, int64_t channel, gp_instant,
    struct gp_span text);

#endif
