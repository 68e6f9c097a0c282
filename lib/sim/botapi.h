/* The Bot API: what its methods share. Inside lib/sim. */
#ifndef GP_SIM_BOTAPI_H
#define GP_SIM_BOTAPI_H

#include "sim/botjson.h"
#include "sim/sim.h"

struct gp_sim_call {
	struct gp_sim *sim;
	struct gp_sim_world *w;
	const struct gp_sim_request *r;
	struct gp_sim_reply *a;
	struct gp_jw jw; /* the result goes here */
};

/* Answers with an error of Telegram's form; returns -1. */
int gp_sim_fail(struct gp_sim_call *, int code, const char *fmt, ...)
    GP_PRINTF(3, 4);

/* A place a method is about. */
struct gp_sim_target {
	enum gp_sim_place place;
	const struct gp_sim_person *peer; /* of a private chat */
};

/* chat_id: a number, or @name. -1: the error is answered. */
int gp_sim_target(
    struct gp_sim_call *, const char *param, struct gp_sim_target *);
/* The message message_id of the target; NULL: error `missing` is answered. */
struct gp_sim_message *gp_sim_target_message(
    struct gp_sim_call *, const struct gp_sim_target *, const char *missing);
/* text or caption with its parse_mode and entities. -1: answered. */
int gp_sim_call_text(struct gp_sim_call *, const char *param,
    const char *entities, size_t max, struct gp_sim_text *);

/* Sends what is filled in but for its place; takes it over. -1: answered. */
int gp_sim_send(struct gp_sim_call *, struct gp_sim_message *);

/* Writes it into the book, also every part of an album; action NULL: it was
 * sent; "edit", "delete". */
void gp_sim_bot_wrote(
    struct gp_sim_call *, const char *action, struct gp_sim_message *);
/* reply_parameters, what they quote, and link_preview_options: of the members
 * that the published list has. -1: answered. */
int gp_sim_call_reply(struct gp_sim_call *, const struct gp_json_obj *);
int gp_sim_call_quote(struct gp_sim_call *, const struct gp_json_obj *,
    const struct gp_sim_message *to);
int gp_sim_call_preview(struct gp_sim_call *);

/* Methods: 0, or -1 and the error is answered. */
int gp_sim_get_updates(struct gp_sim_call *);
int gp_sim_set_webhook(struct gp_sim_call *);
int gp_sim_delete_webhook(struct gp_sim_call *);
int gp_sim_get_webhook_info(struct gp_sim_call *);
int gp_sim_get_me(struct gp_sim_call *);
int gp_sim_yes(struct gp_sim_call *);
int gp_sim_get_chat(struct gp_sim_call *);
int gp_sim_get_chat_member_count(struct gp_sim_call *);
int gp_sim_get_chat_administrators(struct gp_sim_call *);
int gp_sim_get_chat_member(struct gp_sim_call *);
int gp_sim_get_file(struct gp_sim_call *);
int gp_sim_send_chat_action(struct gp_sim_call *);
int gp_sim_send_message(struct gp_sim_call *);
int gp_sim_send_photo(struct gp_sim_call *);
int gp_sim_send_document(struct gp_sim_call *);
int gp_sim_send_video(struct gp_sim_call *);
int gp_sim_send_media_group(struct gp_sim_call *);
int gp_sim_send_poll(struct gp_sim_call *);
int gp_sim_copy_message(struct gp_sim_call *);
int gp_sim_edit_text(struct gp_sim_call *);
int gp_sim_edit_caption(struct gp_sim_call *);
int gp_sim_delete_message(struct gp_sim_call *);
int gp_sim_delete_messages(struct gp_sim_call *);
int gp_sim_stop_poll(struct gp_sim_call *);
int gp_sim_pin(struct gp_sim_call *);
int gp_sim_unpin(struct gp_sim_call *);

#endif
