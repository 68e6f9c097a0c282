/*
 * What a message of a Telegram Desktop export is, as an item.
 *
 * Numbers are those of the Bot API: a channel or supergroup 3 is
 * -1000000000003, a small group 3 is -3, so that ids agree with what a bot
 * reads.
 */
#ifndef GP_IMPORT_DESKTOP_H
#define GP_IMPORT_DESKTOP_H

#include "base/opt.h"
#include "base/pool.h"
#include "import/scan.h"
#include "import/threads.h"
#include "record/item.h"

enum gp_desktop_kind {
	GP_DESKTOP_CHANNEL,
	GP_DESKTOP_GROUP,
	GP_DESKTOP_PRIVATE,
};

struct gp_desktop {
	/* The caller's. */
	const struct gp_list *page;     /* "NAME", or "3=NAME" */
	const char *channel;            /* of a group: "NAME", or "3=NAME" */
	const struct gp_list *official; /* who speaks for the page */

	/* Its own. */
	struct gp_json_reader *json;
	struct gp_pool pool; /* of one message */
	struct gp_threads *threads;
	struct gp_json_obj m; /* the message that is read */
	enum gp_desktop_kind kind;
	int64_t chat;   /* number of the Bot API */
	int64_t linked; /* the channel of the group; 0: not known */
	int64_t given;  /* the same, as `channel` says; 0: not said */
	int64_t named;  /* whom the bare NAME of `page` names */
	char name[64];  /* public name of the chat; "": none */
	const struct gp_scan_chat *source;
};

/* 0, or -1: no memory. */
int gp_desktop_init(struct gp_desktop *);
void gp_desktop_release(struct gp_desktop *);
/* Are the names given sound? 0, or -1 with the reason. */
int gp_desktop_check(struct gp_desktop *, struct gp_why *);

/* Another chat begins. 0; -1: it is of no known kind, or cannot be named. */
int gp_desktop_chat(
    struct gp_desktop *, const struct gp_scan_chat *, struct gp_why *);
/*
 * 1: the item is filled; its spans stand until the next call. 0: a copy of the
 * channel's post in its group, which is noted and makes no record. -1:
 * refused, with the reason.
 */
int gp_desktop_message(
    struct gp_desktop *, struct gp_span, struct gp_item *, struct gp_why *);

#endif
