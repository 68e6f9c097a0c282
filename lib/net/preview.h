/*
 * Telegram's public pages: the preview of a channel (/s/NAME), a landing card
 * (/NAME) and a single message (embed). Structure as observed from 2020 to
 * 2026; a page that is none of them is said to be unknown, never empty.
 */
#ifndef GP_NET_PREVIEW_H
#define GP_NET_PREVIEW_H

#include "base/pool.h"
#include "record/item.h"

enum gp_preview_kind {
	GP_PREVIEW_UNKNOWN, /* a check for robots, or something new */
	GP_PREVIEW_PAGE,    /* messages of a channel, or "no posts" */
	GP_PREVIEW_EMBED,   /* messages without a channel's frame */
	GP_PREVIEW_GONE,    /* an embed that says: no such post */
	GP_PREVIEW_LANDING_CHANNEL,
	GP_PREVIEW_LANDING_GROUP,
	GP_PREVIEW_LANDING_MISSING, /* nobody, or a person */
};

struct gp_preview_message {
	struct gp_item item; /* type post; network and seen are not set */
	int64_t number;
	const int64_t *also; /* numbers of the further parts of an album */
	size_t nalso;
	int unwanted; /* for the reader's own use */
};

struct gp_preview {
	enum gp_preview_kind kind;
	int linked;            /* a landing card leads to a preview */
	int whole;             /* the mark of a complete page is at its end */
	int none;              /* it says that there are no posts */
	int64_t before, after; /* numbers for the neighbouring pages; 0: none */
	struct gp_span name;   /* public, of the channel or group; n 0: none */
	gp_instant made;       /* when the network made the page; 0: not said */
	struct gp_page page;   /* header or card; network, seen are not set */
	struct gp_preview_message *message; /* in the order of the page */
	size_t n;
	struct gp_pool *pool; /* what a caller adds may live there too */
	struct gp_preview_inner *inner;
};

struct gp_preview *gp_preview_new(void); /* NULL: no memory */
void gp_preview_free(struct gp_preview *);

/*
 * Reads a page of any kind; what was read before is gone. -1 with the reason:
 * no HTML at all, no memory.
 */
int gp_preview_read(struct gp_preview *, struct gp_span html, struct gp_why *);

#endif
