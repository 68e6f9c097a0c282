/*
 * The cards of one run: checked, set, drawn by several threads, written into
 * a folder, and told of as posts.
 */
#ifndef GP_CARD_ALBUM_H
#define GP_CARD_ALBUM_H

#include "card/canvas.h"
#include "card/card.h"

#define GP_ALBUM_MOST 500 /* cards of a run */
#define GP_POST_MOST  10  /* pictures of one post, on every network */

/* Where a card comes from: a quote is held to what that means. */
enum gp_card_from {
	GP_FROM_REPORT,
	GP_FROM_PERSON,  /* a record of type "card": somebody chose the words */
	GP_FROM_CITIZEN, /* words of a citizen, taken from a report */
};

struct gp_album {
	struct gp_card *v;
	size_t n, cap;
	struct gp_buf *picture; /* of each, once it is drawn */
	struct gp_pool pool;    /* of all that cards point to */
	struct gp_buf words;    /* of the post */
	struct gp_personal *personal;
	enum gp_lang lang;
};

/* How it is drawn. */
struct gp_album_how {
	const struct gp_theme *theme;
	int dark;
	enum gp_picture format;
	int w, h;
	long jobs;
	gp_instant made;
	void (*refused)(void *ctx, const char *place, const char *why);
	void *ctx;
};

/* -1: no memory. */
int gp_album_init(struct gp_album *, enum gp_lang);
void gp_album_release(struct gp_album *);

/* Sets and checks a card and keeps it; what it points to stands in the pool.
 * -1 with the reason. */
int gp_album_add(struct gp_album *, const struct gp_card *, enum gp_card_from,
    struct gp_why *);
/* Moves the first n behind all others. -1: no memory. */
int gp_album_to_end(struct gp_album *, size_t n);
/* A paragraph of the post. */
void gp_album_say(struct gp_album *, struct gp_span, enum gp_lang);

/*
 * Draws all. Cards that cannot be drawn are told of and go; those that stay
 * are numbered anew. -1 with the reason: no font, no memory.
 */
int gp_album_draw(
    struct gp_album *, const struct gp_album_how *, struct gp_why *);

/* Lets go of the pictures, not of the cards. */
void gp_album_forget(struct gp_album *);

/* "01-title.png", by the place of the card. */
void gp_album_name(
    const struct gp_album *, size_t no, enum gp_picture, struct gp_buf *);
/* Writes each as a file of the folder, which is made if it is not there; a
 * file is whole or not there. -1 with the reason. */
int gp_album_write(
    const struct gp_album *, enum gp_picture, const char *dir, struct gp_why *);

/* Appends posts: a record for each ten pictures. */
void gp_album_posts(const struct gp_album *, const struct gp_album_how *,
    const char *dir, struct gp_buf *);

#endif
