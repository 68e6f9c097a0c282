/* OK's Graph API: letters of the group to those who wrote. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "sim/okwrite.h"

#define TEXT_MAX 4096 /* letters */

/* A text copied out of JSON; NULL: it is none. The caller frees. */
static char *
text_of(struct gp_json v)
{
	struct gp_buf b;
	char *s = NULL;

	gp_buf_init(&b, 0);
	if (gp_json_text(v, &b) == 0) {
		gp_buf_addc(&b, '\0');
		s = gp_buf_detach(&b);
	}
	gp_buf_release(&b);
	return s;
}

static int
refuse(struct gp_sim_ok_call *c, int code, const char *what)
{
	gp_sim_ok_fail(c, code, "%s", what);
	c->a->status = code == 2001 ? 400 : 200;
	return -1;
}

/* "chat:C1f" or "user:31" of somebody who wrote; NULL: answered. */
static const struct gp_sim_person *
who(struct gp_sim_ok_call *c, const char *chat, const char *user)
{
	const struct gp_sim_person *p = NULL;
	struct gp_sim_walk walk;

	if (chat != NULL && strncmp(chat, "chat:C", 6) == 0)
		p = gp_sim_known(c->sim, (int64_t)strtoull(chat + 6, NULL, 16));
	else if (user != NULL && strncmp(user, "user:", 5) == 0)
		p = gp_sim_known(c->sim, strtoll(user + 5, NULL, 10));
	gp_sim_walk_letters(&walk, c->f, p, 0);
	if (p != NULL && gp_sim_walk_next(&walk) != NULL)
		return p;
	refuse(c, 705, "CHAT_NOT_FOUND : Chat not found");
	return NULL;
}

/* What the body says: to whom and what. -1: answered. */
struct body {
	char *chat, *user, *text, *action;
	int attached;
};

static int
read_body(struct gp_sim_ok_call *c, struct body *b)
{
	const struct gp_sim_param *to = gp_sim_param(c->r, "recipient");
	const struct gp_sim_param *m = gp_sim_param(c->r, "message");
	const char *action = gp_sim_arg(c->r, "sender_action");
	struct gp_json_reader *rd = gp_json_new();
	struct gp_json_obj o;
	struct gp_why why;
	int r = rd == NULL ? -1 : 0;

	if (r == 0 && to != NULL &&
	    gp_json_open(rd, gp_buf_span(&to->value), 0, &o, &why) == 0) {
		b->chat = text_of(gp_json_get(&o, "chat_id"));
		b->user = text_of(gp_json_get(&o, "user_id"));
	}
	if (r == 0 && m != NULL &&
	    gp_json_open(rd, gp_buf_span(&m->value), 0, &o, &why) == 0) {
		b->text = text_of(gp_json_get(&o, "text"));
		b->attached =
		    gp_json_get(&o, "attachment").type == GP_JSON_OBJECT;
	}
	gp_json_free(rd);
	b->action = action != NULL ? strdup(action) : NULL;
	if (to == NULL || (b->chat == NULL && b->user == NULL))
		return refuse(c, 2001, "GRAPH_PARAM : recipient");
	return r;
}

static void
letter(struct gp_sim_ok_call *c, const struct gp_sim_person *p,
    const struct body *b)
{
	struct gp_sim_note like = { .kind = GP_SIM_LETTER,
		.as = GP_SIM_BOT,
		.from = p,
		.at = c->f->now,
		.photos = b->attached,
		.text = b->text };
	struct gp_sim_note *made = gp_sim_feed_add(c->f, &like);
	char mid[64];

	if (made == NULL) {
		refuse(c, 2, "SERVICE : no memory");
		return;
	}
	gp_sim_ok_wrote(c, "message", made);
	snprintf(mid, sizeof(mid), "mid:C%" PRIx64 ".%" PRIx64, (uint64_t)p->id,
	    (uint64_t)made->id);
	gp_jw_open(&c->jw, '{');
	gp_jw_kstr(&c->jw, "message_id", mid);
	gp_jw_close(&c->jw, '}');
}

static void
send(struct gp_sim_ok_call *c, const char *path, const struct body *b)
{
	const struct gp_sim_person *p;

	/* The chat of the path and that of the body are one. */
	if (*path != '\0' && (b->chat == NULL || strcmp(path, b->chat) != 0)) {
		refuse(c, 2001, "GRAPH_PARAM : recipient is not the chat");
		return;
	}
	p = who(c, b->chat, b->user);
	if (p == NULL)
		return;
	if (b->action != NULL) {
		gp_jw_open(&c->jw, '{');
		gp_jw_kbool(&c->jw, "success", 1);
		gp_jw_close(&c->jw, '}');
	} else if ((b->text == NULL ||
		       b->text[strspn(b->text, " \t\r\n")] == '\0') &&
	    !b->attached) {
		refuse(c, 2001, "GRAPH_PARAM : message is empty");
	} else if (b->text != NULL &&
	    gp_utf8_count(gp_span_of(b->text)) > TEXT_MAX) {
		refuse(c, 2001, "GRAPH_PARAM : text is too long");
	} else {
		letter(c, p, b);
	}
}

void
gp_sim_ok_send(struct gp_sim_ok_call *c, const char *path)
{
	struct body b = { NULL, NULL, NULL, NULL, 0 };

	if (read_body(c, &b) == 0)
		send(c, path, &b);
	free(b.chat);
	free(b.user);
	free(b.text);
	free(b.action);
}
