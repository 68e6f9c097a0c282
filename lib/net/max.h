/*
 * What the parts of the MAX adapter share. Facts of the interface: dev.max.ru
 * and the official client libraries.
 */
#ifndef GP_NET_MAX_H
#define GP_NET_MAX_H

#include "net/look.h"
#include "net/net.h"

extern const struct gp_stream gp_max_page, gp_max_posts, gp_max_comments,
    gp_max_updates, gp_max_act, gp_max_seek;
extern const struct gp_stream gp_max_publish, gp_max_published;

enum {
	GP_MAX_COUNT = 100,
	GP_MAX_IDS = 64
};

/* A few ids; what comes beyond their number is not remembered. */
struct gp_max_ids {
	char *v[GP_MAX_IDS];
	size_t n;
};

/* What each stream has first in its own state. */
struct gp_max {
	struct gp_look look;
	struct gp_buf auth; /* the header; a secret */
	char *chat;         /* the channel's number; NULL: not known yet */
	struct gp_max_ids official; /* who speaks for it: bot and admins */
};

/* A message within a list, with what each of them must have. */
struct gp_max_note {
	struct gp_json_obj o;
	struct gp_span mid;
	int64_t at; /* ms */
};

int gp_max_open(struct gp_max *, struct gp_job *, struct gp_why *);
void gp_max_close(struct gp_max *);

/* Begins a GET of the path, which stands already escaped. */
void gp_max_get(
    struct gp_job *, struct gp_max *, struct gp_http_req *, const char *path);
void gp_max_number(struct gp_http_req *, const char *key, int64_t);
/* The reply, opened. `right` names what a bot needs where it is refused. -1:
 * the job has failed, with the network's words and what to do. */
int gp_max_reply(struct gp_job *, struct gp_max *, const struct gp_http_reply *,
    const char *right, struct gp_json_obj *);
/* Where only a public name is given: next asks for the chat, take reads its
 * number, sets job->page and the cursor of the stream. */
void gp_max_who(struct gp_job *, struct gp_max *, struct gp_http_req *);
int gp_max_take_who(
    struct gp_job *, struct gp_max *, const struct gp_json_obj *);
/* The reply of `me`, of `members/admins`: who speaks for the channel. -1: the
 * job has failed, for the reply is of another shape. */
int gp_max_me(struct gp_job *, struct gp_max *, const struct gp_json_obj *);
int gp_max_admins(struct gp_job *, struct gp_max *, const struct gp_json_obj *);
/* The member of the reply that is a list, the message at a place of it. -1:
 * the job has failed with the words "CALL: ...", which name the member. */
int gp_max_list(struct gp_job *, struct gp_max *, const struct gp_json_obj *,
    const char *call, const char *key, struct gp_json_obj *list);
int gp_max_note(struct gp_job *, struct gp_max *, const struct gp_json_obj *,
    const char *call, size_t i, struct gp_max_note *);

void gp_max_ids_add(struct gp_max_ids *, struct gp_span);
int gp_max_ids_have(const struct gp_max_ids *, struct gp_span);
void gp_max_ids_release(struct gp_max_ids *);

int gp_max_is_number(const char *);
/* Texts that become part of a path. */
void gp_max_escape(struct gp_buf *, const char *);
/* A message's mid; n 0: it has none. */
struct gp_span gp_max_mid(struct gp_look *, const struct gp_json_obj *);
/* A post of the page; a comment under one of the channel's; a message of a
 * dialog. */
void gp_max_post(struct gp_max *, const char *page, const struct gp_json_obj *,
    struct gp_item *);
void gp_max_comment(struct gp_job *, struct gp_max *,
    const struct gp_json_obj *, const char *post, struct gp_item *);
void gp_max_message(
    struct gp_max *, const struct gp_json_obj *, struct gp_item *);

#endif
