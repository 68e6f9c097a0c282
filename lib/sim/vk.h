/* VK: what its methods share. Inside lib/sim. */
#ifndef GP_SIM_VK_H
#define GP_SIM_VK_H

#include "sim/network.h"

#define GP_SIM_VK_COUNT  100 /* items of one answer */
#define GP_SIM_VK_BURST  20  /* the most that anybody may ask in a second */
#define GP_SIM_VK_POLLS  900000000 /* ids of polls: of their posts, and this */
#define GP_SIM_VK_ITEMS  480000000 /* ids of what was uploaded or made */
#define GP_SIM_VK_UPLOAD "/vk/upload/"

/* What VK keeps besides its feed. */
struct gp_sim_vk {
	/* Long Poll: the keys that were given out, by their number. */
	int64_t key;      /* the one that is good */
	int64_t lost;     /* with older ones all is forgotten */
	size_t oldest;    /* news below are no longer kept */
	int enabled;      /* the switch of the page */
	uint64_t events;  /* bits by the list of vklongpoll.c */
	char version[16]; /* of the events */
	/* When the last requests of each token came, on the wall's clock. */
	int64_t asked[GP_SIM_TOKENS][GP_SIM_VK_BURST];
	size_t asks[GP_SIM_TOKENS];
};

/* People and pages met in an answer, for `extended`. */
struct gp_sim_vk_met {
	const struct gp_sim_person **who;
	size_t n, cap;
	const struct gp_sim_forward *source[GP_SIM_VK_COUNT];
	size_t sources;
};

struct gp_sim_vk_call {
	struct gp_sim *sim;
	struct gp_sim_vk *vk;
	const struct gp_sim_request *r;
	const char *method;
	enum gp_sim_token_kind token;
	int version;                   /* 5199 for 5.199 */
	struct gp_jw jw;               /* the response goes here */
	struct gp_buf *execute_errors; /* of execute; NULL: elsewhere */
	struct gp_sim_vk_met met;
	int code; /* of the error; 0: none */
	char says[256];
};

/* The page a method is about, under the id that was asked for. */
struct gp_sim_vk_page {
	struct gp_sim_feed *f;
	int64_t id; /* positive */
};

struct gp_sim_vk_method {
	const char *name;
	/*
	 * Which tokens: "s" service, "c" community, "u" user. Parameters as
	 * those of the Bot API (methods.h): i: a whole number, n: one from 0
	 * on, p: from 1 on, b: a boolean; * is required.
	 */
	const char *tokens, *params;
	int (*play)(struct gp_sim_vk_call *);
};

/* NULL: unknown. */
const struct gp_sim_vk_method *gp_sim_vk_method(const char *name);

/* Sets the error, with nothing or with a reason behind it; returns -1. */
int gp_sim_vk_error(struct gp_sim_vk_call *, int code);
int gp_sim_vk_fail(struct gp_sim_vk_call *, int code, const char *fmt, ...)
    GP_PRINTF(3, 4);
/* What a code is called; "Unknown error occurred" if it has no name. */
const char *gp_sim_vk_says(int code);
/* What is checked once a request: version, token, rate. -1: c->code. */
int gp_sim_vk_check(struct gp_sim_vk_call *);
/* Checks and plays one method; the response is in c->jw. -1: c->code. */
int gp_sim_vk_play(struct gp_sim_vk_call *);

/* The number, or what is taken where it is not given. */
int64_t gp_sim_vk_number(
    const struct gp_sim_vk_call *, const char *name, int64_t unset);
/* count and offset of a list. -1: more than max. */
int gp_sim_vk_window(struct gp_sim_vk_call *, int64_t unset, int64_t max,
    int64_t *offset, int64_t *count);
/* The next of a list with commas; 0: no more. */
int gp_sim_vk_each(const char **list, struct gp_span *word);
/* 1: the list of the parameter `fields` holds the word. */
int gp_sim_vk_field(const struct gp_sim_vk_call *, const char *word);

/* -1: the error is set. By group_id; by a negative owner. */
int gp_sim_vk_group(struct gp_sim_vk_call *, struct gp_sim_vk_page *);
int gp_sim_vk_owner(
    struct gp_sim_vk_call *, int64_t owner, struct gp_sim_vk_page *);
/* By id or by name, also club1 and public1; 0: there is none. */
int gp_sim_vk_named(
    struct gp_sim_vk_call *, struct gp_span, struct gp_sim_vk_page *);
/* -1: its wall is not for everybody. */
int gp_sim_vk_open(struct gp_sim_vk_call *, const struct gp_sim_vk_page *);

/* Objects. A note may be met: its people are remembered. */
void gp_sim_vk_json_group(
    struct gp_sim_vk_call *, const struct gp_sim_vk_page *);
void gp_sim_vk_json_user(struct gp_sim_vk_call *, const struct gp_sim_person *);
/* "profiles" and "groups" of all that was met. */
void gp_sim_vk_json_met(struct gp_sim_vk_call *, const struct gp_sim_vk_page *);
void gp_sim_vk_meet(struct gp_sim_vk_call *, const struct gp_sim_person *);
void gp_sim_vk_meet_source(
    struct gp_sim_vk_call *, const struct gp_sim_forward *);
void gp_sim_vk_met_release(struct gp_sim_vk_met *);
/* from_id: a person, or the page with its minus. */
int64_t gp_sim_vk_from(
    const struct gp_sim_vk_page *, const struct gp_sim_note *);
/* All its reactions: on VK they are likes. */
int64_t gp_sim_vk_likes(const struct gp_sim_note *);
/* The pinned post, the newest of them: a wall of VK has one; NULL: none. */
const struct gp_sim_note *gp_sim_vk_pin(const struct gp_sim_feed *);
/* Whose a repost is: a page with its minus, or a person. */
int64_t gp_sim_vk_source(const struct gp_sim_forward *);
void gp_sim_vk_json_post(struct gp_sim_vk_call *, const struct gp_sim_vk_page *,
    const struct gp_sim_note *);
void gp_sim_vk_json_attachments(struct gp_sim_vk_call *,
    const struct gp_sim_vk_page *, const struct gp_sim_note *);
struct gp_sim_vk_photo {
	int64_t id, owner;
	gp_instant at;
	const char *text; /* NULL: none */
	int page;         /* an admin put it there */
};
/* The members, without braces. */
void gp_sim_vk_json_photo(struct gp_jw *, const struct gp_sim_vk_photo *);
void gp_sim_vk_json_file(struct gp_jw *, int64_t owner, int64_t id, gp_instant,
    const struct gp_sim_document *);
void gp_sim_vk_json_poll(
    struct gp_jw *, const struct gp_sim_vk_page *, const struct gp_sim_note *);
/* The members of a comment, without its braces; preview: letters, 0: all. */
void gp_sim_vk_json_comment(struct gp_sim_vk_call *,
    const struct gp_sim_vk_page *, const struct gp_sim_note *, int64_t preview);
void gp_sim_vk_json_letter(struct gp_sim_vk_call *,
    const struct gp_sim_vk_page *, const struct gp_sim_note *);

/* /vk/lp/GROUP; and its controls: old, key, lost. */
void gp_sim_vk_long_poll(struct gp_sim *, const struct gp_sim_request *,
    struct gp_sim_reply *, int64_t group);
int gp_sim_vk_long_poll_control(struct gp_sim *, const char *word);
/* The answer that fails so; ts is where to go on after 1. */
void gp_sim_vk_long_poll_failed(struct gp_jw *, int how, size_t ts);
void gp_sim_vk_long_poll_init(struct gp_sim *, struct gp_sim_vk *);

/* Writing. */
/* The admin whose the user token is; NULL: the scenario has none. */
const struct gp_sim_person *gp_sim_vk_myself(const struct gp_sim_vk_call *);
/* `message` and `attachments` of the request, which say something and are not
 * too long, into the note; same: the note that has them already, or NULL. -1:
 * the error is set. */
int gp_sim_vk_content(struct gp_sim_vk_call *, const struct gp_sim_vk_page *,
    struct gp_sim_note *, const char *list, const struct gp_sim_note *same);
/* What a key was given for within the last hour; NULL: nothing. */
struct gp_sim_entry *gp_sim_vk_again(
    struct gp_sim_vk_call *, const char *scope, const char *key);
/* Writes it into the book; at: the ids of gp-record(5). */
void gp_sim_vk_wrote(struct gp_sim_vk_call *, const struct gp_sim_vk_page *,
    const char *action, const char *scope, const char *key,
    struct gp_sim_note *);
/* A comment or a letter gets the content that the call gives; answers 1. */
int gp_sim_vk_rewrite(struct gp_sim_vk_call *, const struct gp_sim_vk_page *,
    struct gp_sim_note *, const char *attachments);
/* POST to an upload_url; the path behind GP_SIM_VK_UPLOAD. */
void gp_sim_vk_upload(struct gp_sim *, const struct gp_sim_request *,
    struct gp_sim_reply *, const char *path);

/* Methods: 0, or -1 and the error is set. */
int gp_sim_vk_execute(struct gp_sim_vk_call *);
int gp_sim_vk_get_server_time(struct gp_sim_vk_call *);
int gp_sim_vk_resolve_screen_name(struct gp_sim_vk_call *);
int gp_sim_vk_groups_get_by_id(struct gp_sim_vk_call *);
int gp_sim_vk_get_token_permissions(struct gp_sim_vk_call *);
int gp_sim_vk_get_long_poll_server(struct gp_sim_vk_call *);
int gp_sim_vk_get_long_poll_settings(struct gp_sim_vk_call *);
int gp_sim_vk_set_long_poll_settings(struct gp_sim_vk_call *);
int gp_sim_vk_wall_get(struct gp_sim_vk_call *);
int gp_sim_vk_wall_get_by_id(struct gp_sim_vk_call *);
int gp_sim_vk_wall_get_comments(struct gp_sim_vk_call *);
int gp_sim_vk_stats_get(struct gp_sim_vk_call *);
int gp_sim_vk_stats_get_post_reach(struct gp_sim_vk_call *);
int gp_sim_vk_get_conversations(struct gp_sim_vk_call *);
int gp_sim_vk_get_history(struct gp_sim_vk_call *);
int gp_sim_vk_users_get(struct gp_sim_vk_call *);
int gp_sim_vk_polls_get_by_id(struct gp_sim_vk_call *);
int gp_sim_vk_polls_create(struct gp_sim_vk_call *);
int gp_sim_vk_wall_post(struct gp_sim_vk_call *);
int gp_sim_vk_wall_edit(struct gp_sim_vk_call *);
int gp_sim_vk_wall_delete(struct gp_sim_vk_call *);
int gp_sim_vk_wall_pin(struct gp_sim_vk_call *);
int gp_sim_vk_wall_unpin(struct gp_sim_vk_call *);
int gp_sim_vk_close_comments(struct gp_sim_vk_call *);
int gp_sim_vk_open_comments(struct gp_sim_vk_call *);
int gp_sim_vk_create_comment(struct gp_sim_vk_call *);
int gp_sim_vk_edit_comment(struct gp_sim_vk_call *);
int gp_sim_vk_delete_comment(struct gp_sim_vk_call *);
int gp_sim_vk_messages_send(struct gp_sim_vk_call *);
int gp_sim_vk_messages_edit(struct gp_sim_vk_call *);
int gp_sim_vk_messages_delete(struct gp_sim_vk_call *);
int gp_sim_vk_photos_server(struct gp_sim_vk_call *);
int gp_sim_vk_photos_save(struct gp_sim_vk_call *);
int gp_sim_vk_video_save(struct gp_sim_vk_call *);
int gp_sim_vk_docs_server(struct gp_sim_vk_call *);
int gp_sim_vk_docs_save(struct gp_sim_vk_call *);

#endif
