/* What the parts of the Telegram adapter share. */
#ifndef GP_NET_TELEGRAM_H
#define GP_NET_TELEGRAM_H

#include "base/pool.h"
#include "net/net.h"

extern const struct gp_stream gp_telegram_page, gp_telegram_posts,
    gp_telegram_updates, gp_tg_act;
extern const struct gp_stream gp_tg_publish, gp_tg_published;

/*
 * Numbers of the automatic forwards in the linked group, each with the post
 * it stands for: that is how a comment finds its post. Only what has been
 * seen is known and it cannot be asked later, so the cursor carries it. The
 * oldest goes when all places are taken.
 */
enum {
	GP_TG_THREADS = 512
};

struct gp_tg_threads {
	struct gp_tg_thread {
		int64_t message, post;
	} v[GP_TG_THREADS];
	size_t n, next;
};

void gp_tg_thread_put(struct gp_tg_threads *, int64_t message, int64_t post);
/* 0: not known. */
int64_t gp_tg_thread_post(const struct gp_tg_threads *, int64_t message);

/* What is known of the chats when messages are read. */
struct gp_tg_world {
	struct gp_pool pool; /* of one batch */
	struct gp_json_reader *json;
	struct gp_tg_threads threads;
	const char *name; /* public name of the channel */
	int64_t channel, group, bot;
	int64_t admin[256]; /* administrators of the group */
	size_t admins;
};

enum gp_tg_what {
	GP_TG_POST,
	GP_TG_COMMENT,
	GP_TG_PRIVATE,
	GP_TG_FORWARD, /* the channel's post in its group: noted, no record */
	GP_TG_OTHER,   /* of another chat */
};

/*
 * Reads a Message of the Bot API into an item, whose spans live in the
 * world's pool; `part` gets the media_group_id of an album (n 0: none).
 */
enum gp_tg_what gp_tg_message(struct gp_tg_world *, struct gp_json,
    struct gp_item *, struct gp_span *part);
/* Reads a MessageReactionCountUpdated of the channel or its group; -1: it is of
 * another chat. */
int gp_tg_reactions(struct gp_tg_world *, struct gp_json, struct gp_item *);
/* Reads a Poll; NULL: it is none, or no memory. */
struct gp_poll *gp_tg_poll(struct gp_tg_world *, struct gp_json);
/* "telegram:CHAT/N" for a chat of that number. */
struct gp_span gp_tg_id(struct gp_tg_world *, int64_t chat, int64_t message);

/* What every request to the preview has: language and pacing. */
void gp_tg_preview(struct gp_job *, struct gp_http_req *);
/* A reply that is no 200 fails the job, with what it means. 0, or -1. */
int gp_tg_status(struct gp_job *, const struct gp_http_reply *);

/*
 * The Bot API's envelope. 0: ok, *result is set; -1: the job has failed with
 * the network's words and what to do.
 */
int gp_tg_result(struct gp_job *, struct gp_json_reader *,
    const struct gp_http_reply *, struct gp_json *result);
/* Builds a call of a method; parameters follow by gp_http_param on body. */
void gp_tg_method(struct gp_job *, struct gp_http_req *, const char *method);

#endif
