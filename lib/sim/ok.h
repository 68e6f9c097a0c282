/* OK as gp-sim plays it: what its parts share. Inside lib/sim. */
#ifndef GP_SIM_OK_H
#define GP_SIM_OK_H

#include "sim/network.h"

/* What OK keeps besides its feed. */
struct gp_sim_ok_state {
	int subscribed; /* to long polling */
	size_t told;    /* news that long polling has given */
};

struct gp_sim_ok_call {
	struct gp_sim *sim;
	const struct gp_sim_request *r;
	struct gp_sim_reply *a;
	struct gp_sim_feed *f; /* of the group that is asked for */
	int64_t group;
	struct gp_jw jw;
};

/* Answers with OK's error, of status 200; returns -1. */
int gp_sim_ok_fail(struct gp_sim_ok_call *, int code, const char *fmt, ...)
    GP_PRINTF(3, 4);
/* The group of that parameter, as number. -1: the error is answered. */
int gp_sim_ok_group(struct gp_sim_ok_call *, const char *param);
/* A number of ours as an id of theirs, beyond what a double holds; and back
 * (0: none of theirs). */
void gp_sim_ok_id(struct gp_sim_ok_call *, const char *key, int64_t);
int64_t gp_sim_ok_note(const char *);
/* The id of a note as text: a topic that waited keeps the one it had then. */
void gp_sim_ok_number(char to[24], const struct gp_sim_note *);

/* MD5 in small hexadecimal. -1: it cannot be had. */
int gp_sim_ok_md5(struct gp_span, char to[33]);
/* Whether all parameters are in the list and of their types, and the required
 * ones are there. -1: the error is answered. */
int gp_sim_ok_check(struct gp_sim_ok_call *, const char *params);
/* `count`, as far as so many may be asked for. */
int64_t gp_sim_ok_count(const struct gp_sim_ok_call *);
/* The number behind the letter of the anchor; 0: there is none. */
int64_t gp_sim_ok_anchor(const struct gp_sim_ok_call *, char letter);
/* Writes the anchor behind the last one told, and whether more follows. */
void gp_sim_ok_more(
    struct gp_sim_ok_call *, char letter, int64_t last, int has_more);

/* Methods of fb.do: 0, or -1 and the error is answered. */
int gp_sim_ok_group_info(struct gp_sim_ok_call *);
int gp_sim_ok_group_counters(struct gp_sim_ok_call *);
int gp_sim_ok_topics(struct gp_sim_ok_call *);
int gp_sim_ok_comments(struct gp_sim_ok_call *);
int gp_sim_ok_comments_count(struct gp_sim_ok_call *);
int gp_sim_ok_stat_topics(struct gp_sim_ok_call *);
int gp_sim_ok_stat_trends(struct gp_sim_ok_call *);
int gp_sim_ok_current_user(struct gp_sim_ok_call *);
int gp_sim_ok_logged_in(struct gp_sim_ok_call *);

int gp_sim_ok_topic_post(struct gp_sim_ok_call *);
int gp_sim_ok_topic_edit(struct gp_sim_ok_call *);
int gp_sim_ok_topic_delete(struct gp_sim_ok_call *);
int gp_sim_ok_comment_add(struct gp_sim_ok_call *);
int gp_sim_ok_comment_edit(struct gp_sim_ok_call *);
int gp_sim_ok_comment_delete(struct gp_sim_ok_call *);
int gp_sim_ok_upload_url(struct gp_sim_ok_call *);
int gp_sim_ok_video_url(struct gp_sim_ok_call *);
int gp_sim_ok_video_update(struct gp_sim_ok_call *);
/* POST to an upload_url; the path behind /ok/upload/, /ok/upload/video/. */
void gp_sim_ok_upload(struct gp_sim_ok_call *, const char *path);
void gp_sim_ok_video_upload(struct gp_sim_ok_call *, const char *id);
/* The video of that id; NULL: none. */
struct gp_sim_item *gp_sim_ok_video(const struct gp_sim *, const char *id);
/* POST me/messages, and behind it the chat or nothing. */
void gp_sim_ok_send(struct gp_sim_ok_call *, const char *chat);

/* /ok/graph/...; the path without that. */
void gp_sim_ok_graph(struct gp_sim_ok_call *, const char *path);

#endif
