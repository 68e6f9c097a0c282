/* The stream of a bot's updates: its state, its cursor, its albums. */
#ifndef GP_NET_TG_UPDATES_H
#define GP_NET_TG_UPDATES_H

#include "net/telegram.h"

/* Names with a number each; the oldest goes when all places are taken. */
enum {
	GP_TG_PAIRS = 64
};

struct gp_tg_pairs {
	struct gp_tg_pair {
		char key[40];
		int64_t n;
	} v[GP_TG_PAIRS];
	size_t n, next;
};

void gp_tg_pair_put(struct gp_tg_pairs *, struct gp_span key, int64_t n);
int64_t gp_tg_pair_get(const struct gp_tg_pairs *, struct gp_span key);

enum gp_tg_phase {
	GP_TG_CHANNEL,
	GP_TG_MEMBERS,
	GP_TG_ADMINS,
	GP_TG_UPDATES,
	GP_TG_DONE
};

struct gp_tg_updates {
	struct gp_tg_world world;
	enum gp_tg_phase phase;
	int64_t offset; /* 0: whatever is there */
	char *title, *about;
	/* An album of which more may come. */
	struct gp_item *held;
	struct gp_span part;
	int64_t held_from; /* update that it began with */
	size_t held_n;
	/* One that ended a batch, left for the next: asked for once more. */
	int64_t left_from;
	size_t left_n;
	int again;
	struct gp_why lacked; /* why the chats are not known */
	int64_t update;       /* being read */
	/* Which post has a poll, or is the first of an album. */
	struct gp_tg_pairs polls, albums;
};

/* From the cursor. 0; -1: damaged; 1: of another bot, whose numbers mean
 * nothing to this one. */
int gp_tg_cursor_read(struct gp_tg_updates *, const char *cursor);
void gp_tg_cursor_leave(struct gp_job *, struct gp_tg_updates *);

/* The album that is held is whole: it is written. */
void gp_tg_album_go(struct gp_job *, struct gp_tg_updates *);
/* The pieces of an album come one after another. 1: the item was added to the
 * one held. */
int gp_tg_album_join(
    struct gp_tg_updates *, const struct gp_item *, struct gp_span part);
/* Holds the first piece of an album. */
void gp_tg_album_hold(
    struct gp_tg_updates *, struct gp_item *, struct gp_span part);
/*
 * A batch ends with an album: pieces of it may come in the next one. 1: it is
 * not taken, the next call asks for it again from its first piece on.
 */
int gp_tg_album_later(struct gp_job *, struct gp_tg_updates *);
/* An edit of a piece: of the album's own record, which the first one names.
 * 0: there is nothing to tell. */
int gp_tg_album_edit(
    struct gp_tg_updates *, struct gp_item *, struct gp_span part);

#endif
