/*
 * MAX: messages and comments that the bot writes, changes, takes away. A
 * channel's post is the channel's; a comment is the bot's own, as is a letter.
 */
#include "sim/maxwrite.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DIALOG_BASE   1000000     /* the number of a talk with somebody */
#define COMMENT_HOURS (26 * 3600) /* so long a comment may be changed */

/* An action's answer; why NULL: it was done. */
static void
success(struct gp_sim_max_call *c, const char *why)
{
	gp_jw_open(&c->jw, '{');
	gp_jw_kbool(&c->jw, "success", why == NULL);
	gp_jw_kstr(&c->jw, "message", why);
	gp_jw_close(&c->jw, '}');
	pthread_cond_broadcast(&c->sim->news);
}

static void
id_of(
    char to[160], const struct gp_sim_max_call *c, const struct gp_sim_note *n)
{
	const struct gp_sim_note *post;
	char mid[40], of[40];

	*to = '\0';
	if (n == NULL)
		return;
	gp_sim_max_mid(mid, n);
	post =
	    n->kind == GP_SIM_COMMENT ? gp_sim_feed_own(c->f, n->post) : NULL;
	if (post != NULL) {
		gp_sim_max_mid(of, post);
		snprintf(
		    to, 160, "max:%" PRId64 "/%s/%s", c->f->page->id, of, mid);
	} else {
		snprintf(to, 160, "max:%" PRId64 "/%s",
		    n->kind == GP_SIM_LETTER ? n->from->id + DIALOG_BASE
					     : c->f->page->id,
		    mid);
	}
}

static void
wrote(struct gp_sim_max_call *c, const char *action, struct gp_sim_note *n)
{
	char id[160], page[48], post[160], parent[160], chat[48];
	struct gp_sim_entry e = { .network = "max",
		.action = action,
		.id = id,
		.page = page,
		.at = c->f->now,
		.number = n->id,
		.note = n };

	id_of(id, c, n);
	id_of(post, c, n->post != 0 ? gp_sim_feed_own(c->f, n->post) : NULL);
	id_of(parent, c,
	    n->reply_to != 0 ? gp_sim_feed_own(c->f, n->reply_to) : NULL);
	snprintf(page, sizeof(page), "max:%" PRId64, c->f->page->id);
	if (n->kind == GP_SIM_LETTER) {
		snprintf(chat, sizeof(chat), "max:%" PRId64,
		    n->from->id + DIALOG_BASE);
		e.chat = chat;
	}
	e.post = *post != '\0' ? post : NULL;
	e.parent = *parent != '\0' ? parent : NULL;
	if (strcmp(action, "edit") == 0 || strcmp(action, "delete") == 0)
		gp_sim_book_change(&c->sim->book, n->written, &e);
	else
		n->written = gp_sim_book_add(&c->sim->book, &e);
}

static struct gp_sim_note *
standing(struct gp_sim_max_call *c, struct gp_span mid)
{
	struct gp_sim_note *n = gp_sim_feed_own(c->f, gp_sim_max_note(mid));

	return n != NULL && !gp_sim_feed_gone(c->f, n) ? n : NULL;
}

/* Who wrote to the bot can be answered. -1: answered. */
static int
dialog(struct gp_sim_max_call *c, int64_t user, struct gp_sim_note *n)
{
	struct gp_sim_walk walk;
	const struct gp_sim_note *l;

	n->kind = GP_SIM_LETTER;
	n->as = GP_SIM_BOT;
	n->from = gp_sim_known(c->sim, user);
	if (n->from == NULL)
		return gp_sim_max_fail(
		    c, 404, "chat.not.found", "Chat not found");
	gp_sim_walk_letters(&walk, c->f, n->from, 0);
	while ((l = gp_sim_walk_next(&walk)) != NULL)
		if (l->as == GP_SIM_PERSON)
			return 0;
	return gp_sim_max_fail(c, 403, "chat.denied",
	    "The user has not started a dialog with the bot");
}

/* chat_id or user_id, exactly one of them. */
static int
recipient(struct gp_sim_max_call *c, struct gp_sim_note *n)
{
	int64_t chat = 0, user = 0;
	int by_chat = gp_sim_arg_int(c->r, "chat_id", &chat);
	int by_user = gp_sim_arg_int(c->r, "user_id", &user);

	if ((by_chat == 1) == (by_user == 1))
		return gp_sim_max_fail(c, 400, "proto.payload",
		    "either chat_id or user_id must be given");
	if (by_user == 1 || chat > 0)
		return dialog(c, by_user == 1 ? user : chat - DIALOG_BASE, n);
	n->kind = GP_SIM_POST;
	n->as = GP_SIM_CHANNEL;
	if (gp_sim_feed_page(c->f, chat) < 0)
		return gp_sim_max_fail(
		    c, 404, "chat.not.found", "Chat not found");
	c->chat = chat;
	return 0;
}

static void
told(struct gp_sim_max_call *c, const struct gp_sim_note *n)
{
	gp_jw_open(&c->jw, '{');
	gp_jw_key(&c->jw, "message");
	gp_sim_max_json_message(c, n, 0);
	gp_jw_close(&c->jw, '}');
	pthread_cond_broadcast(&c->sim->news);
}

static void
add(struct gp_sim_max_call *c, struct gp_sim_note *like,
    struct gp_sim_text *text, const char *action)
{
	struct gp_sim_note *made;

	like->text = text->s;
	like->at = c->f->now;
	made = gp_sim_feed_add(c->f, like);
	if (made == NULL) {
		gp_sim_max_fail(c, 503, "service.unavailable", "no memory");
		return;
	}
	wrote(c, action, made);
	told(c, made);
}

static void
send(struct gp_sim_max_call *c)
{
	struct gp_sim_note like = { .views = 1 };
	struct gp_sim_text text = { 0 };

	if (gp_sim_max_body(c, "i:chat_id i:user_id b:disable_link_preview",
		"text attachments link notify format") == 0 &&
	    recipient(c, &like) == 0 &&
	    gp_sim_max_content(c, &like, &text, NULL) == 0)
		add(c, &like, &text,
		    like.kind == GP_SIM_POST ? "post" : "message");
	gp_sim_text_release(&text);
}

/* The bot's own or the channel's; NULL: answered. */
static struct gp_sim_note *
changeable(struct gp_sim_max_call *c, const char *param, int comment)
{
	const char *mid = gp_sim_arg(c->r, param);
	struct gp_sim_note *n =
	    mid != NULL ? standing(c, gp_span_of(mid)) : NULL;

	if (mid == NULL)
		gp_sim_max_fail(c, 400, "proto.payload",
		    comment ? "comment_id is missing"
			    : "message_id is missing");
	else if (n == NULL || (n->kind == GP_SIM_COMMENT) != comment)
		gp_sim_max_fail(
		    c, 404, "message.not.found", "Message not found");
	else if (n->as == GP_SIM_PERSON)
		success(c, "error.edit.invalid.message: not the bot's own");
	else
		return n;
	return NULL;
}

/* What the body leaves out stays as it was. */
static void
change(struct gp_sim_max_call *c, struct gp_sim_note *n)
{
	struct gp_sim_note as = *n;
	struct gp_sim_text text = { 0 };

	if (gp_sim_max_content(c, &as, &text, n) == 0) {
		as.text = n->text;
		*n = as;
		if (gp_sim_feed_edit(c->f, n->id,
			text.s != NULL ? gp_sim_text_span(&text)
				       : gp_span_of(n->text)) == -1) {
			gp_sim_max_fail(
			    c, 503, "service.unavailable", "no memory");
		} else {
			wrote(c, "edit", n);
			success(c, NULL);
		}
	}
	gp_sim_text_release(&text);
}

static void
edit(struct gp_sim_max_call *c)
{
	struct gp_sim_note *n;

	if (gp_sim_max_body(c, "message_id b:disable_link_preview",
		"text attachments link notify format") == -1)
		return;
	n = changeable(c, "message_id", 0);
	if (n != NULL)
		change(c, n);
}

static void
drop(struct gp_sim_max_call *c, const char *param, int comment)
{
	struct gp_sim_note *n;

	if (gp_sim_max_body(c, comment ? "comment_id" : "message_id", "") == -1)
		return;
	n = changeable(c, param, comment);
	if (n == NULL)
		return;
	gp_sim_feed_delete(c->f, n->id);
	wrote(c, "delete", n);
	success(c, NULL);
}

static void
comment(struct gp_sim_max_call *c, const struct gp_sim_note *post)
{
	struct gp_sim_note like = {
		.kind = GP_SIM_COMMENT, .as = GP_SIM_BOT, .post = post->id
	};
	struct gp_sim_text text = { 0 };

	if (c->f->page->mute)
		gp_sim_max_fail(
		    c, 403, "access.denied", "Comments are switched off");
	else if (gp_sim_max_body(
		     c, "b:disable_link_preview", "text link format") == 0 &&
	    gp_sim_max_content(c, &like, &text, NULL) == 0)
		add(c, &like, &text, "comment");
	gp_sim_text_release(&text);
}

static void
edit_comment(struct gp_sim_max_call *c)
{
	struct gp_sim_note *n;

	if (gp_sim_max_body(c, "comment_id b:disable_link_preview",
		"text link format") == -1)
		return;
	n = changeable(c, "comment_id", 1);
	if (n == NULL)
		return;
	if (n->at + COMMENT_HOURS < c->f->now)
		gp_sim_max_fail(c, 422, "comments.timeout_exceeded",
		    "The comment is too old to be changed");
	else
		change(c, n);
}

static int
is(const struct gp_sim_max_call *c, const char *method)
{
	return strcmp(c->r->method, method) == 0;
}

void
gp_sim_max_write(struct gp_sim_max_call *c, const char *path)
{
	struct gp_span mid = { path + 1, strcspn(path + 1, "/") };
	const char *rest = *path == '/' ? mid.p + mid.n : "";
	const struct gp_sim_note *post;

	c->chat = c->f->page != NULL ? c->f->page->id : 0;
	if (*path == '\0' && is(c, "POST")) {
		send(c);
	} else if (*path == '\0' && is(c, "PUT")) {
		edit(c);
	} else if (*path == '\0' && is(c, "DELETE")) {
		drop(c, "message_id", 0);
	} else if (strcmp(rest, "/comments") != 0) {
		gp_sim_max_fail(c, 405, "method.not.allowed", "GET alone");
	} else {
		post = standing(c, mid);
		if (post == NULL || post->kind != GP_SIM_POST)
			gp_sim_max_fail(
			    c, 404, "message.not.found", "Message not found");
		else if (is(c, "POST"))
			comment(c, post);
		else if (is(c, "PUT"))
			edit_comment(c);
		else if (is(c, "DELETE"))
			drop(c, "comment_id", 1);
		else
			gp_sim_max_fail(
			    c, 405, "method.not.allowed", "no such method");
	}
}
