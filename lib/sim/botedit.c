/* Messages changed, taken away, pinned. */
#include <string.h>

#include "sim/botapi.h"

#define TEXT_UNITS    4096
#define CAPTION_UNITS 1024
#define TWO_DAYS      172800

static int
has_media(const struct gp_sim_message *m)
{
	const struct gp_sim_post *p = m->post;

	return m->photo || (p != NULL && (p->video > 0 || p->document != NULL));
}

/* A page may be edited by any of its admins, talk only by who spoke. */
static int
editable(const struct gp_sim_message *m)
{
	const struct gp_sim_post *p = m->post;

	if (m->place != GP_SIM_IN_CHANNEL)
		return m->as == GP_SIM_BOT;
	return p == NULL ||
	    (p->service == NULL && p->poll == NULL && p->forward == NULL);
}

/* Takes the text over. */
static int
change(struct gp_sim_call *c, struct gp_sim_text *text, int caption)
{
	struct gp_sim_message *m;
	struct gp_sim_target t;

	if (gp_sim_target(c, "chat_id", &t) == -1)
		return -1;
	m = gp_sim_target_message(c, &t, "message to edit not found");
	if (m == NULL)
		return -1;
	if (!editable(m))
		return gp_sim_fail(c, 400, "message can't be edited");
	if (has_media(m) != caption)
		return gp_sim_fail(c, 400,
		    "there is no %s in the message to edit",
		    caption ? "caption" : "text");
	if (gp_sim_text_same(&m->text, text))
		return gp_sim_fail(c, 400,
		    "message is not modified: specified "
		    "new message content and reply markup are exactly the same "
		    "as a current content and reply markup of the message");
	gp_sim_text_release(&m->text);
	m->text = *text;
	memset(text, 0, sizeof(*text));
	m->edited = c->w->now;
	gp_sim_bot_wrote(c, "edit", m);
	gp_sim_json_message(&c->jw, c->w, m);
	return 0;
}

static int
edit(struct gp_sim_call *c, int caption)
{
	struct gp_sim_text text = { 0 };
	int r;

	if (gp_sim_call_preview(c) == -1)
		return -1;
	if (gp_sim_call_text(c, caption ? "caption" : "text",
		caption ? "caption_entities" : "entities",
		caption ? CAPTION_UNITS : TEXT_UNITS, &text) == -1)
		return -1;
	r = change(c, &text, caption);
	gp_sim_text_release(&text);
	return r;
}

int
gp_sim_edit_text(struct gp_sim_call *c)
{
	return edit(c, 0);
}

int
gp_sim_edit_caption(struct gp_sim_call *c)
{
	return edit(c, 1);
}

int
gp_sim_delete_message(struct gp_sim_call *c)
{
	struct gp_sim_message *m;
	struct gp_sim_target t;

	if (gp_sim_target(c, "chat_id", &t) == -1)
		return -1;
	m = gp_sim_target_message(c, &t, "message to delete not found");
	if (m == NULL)
		return -1;
	/* An administrator may always, a partner in talk for two days. */
	if (t.place == GP_SIM_IN_PRIVATE && m->at < c->w->now - TWO_DAYS)
		return gp_sim_fail(
		    c, 400, "message can't be deleted for everyone");
	m->deleted = 1;
	gp_sim_bot_wrote(c, "delete", m);
	return gp_sim_yes(c);
}

/* Those that are not there are passed over in silence. */
int
gp_sim_delete_messages(struct gp_sim_call *c)
{
	const struct gp_sim_param *p = gp_sim_param(c->r, "message_ids");
	struct gp_json_reader *rd;
	struct gp_sim_message *m;
	struct gp_sim_target t;
	struct gp_json_obj o;
	struct gp_why why;
	int64_t id;
	size_t i;
	int bad;

	if (gp_sim_target(c, "chat_id", &t) == -1)
		return -1;
	rd = gp_json_new();
	bad = rd == NULL ||
	    gp_json_open(rd, gp_buf_span(&p->value), GP_JSON_ANY, &o, &why) ==
		-1 ||
	    o.n < 1 || o.n > 100;
	for (i = 0; !bad && i < o.n; i++) {
		m = gp_json_int(o.m[i].value, &id) == 0
		    ? gp_sim_find(c->w, t.place, id)
		    : NULL;
		if (m == NULL || m->deleted ||
		    (t.place == GP_SIM_IN_PRIVATE && m->from != t.peer))
			continue;
		m->deleted = 1;
		gp_sim_bot_wrote(c, "delete", m);
	}
	gp_json_free(rd);
	return bad ? gp_sim_fail(
			 c, 400, "can't parse identifiers JSON array: 1 to 100")
		   : gp_sim_yes(c);
}

static int
pin(struct gp_sim_call *c, int on, const char *none)
{
	struct gp_sim_message *m;
	struct gp_sim_target t;

	if (gp_sim_target(c, "chat_id", &t) == -1)
		return -1;
	m = gp_sim_target_message(c, &t, none);
	if (m == NULL)
		return -1;
	m->pinned = on;
	return gp_sim_yes(c);
}

int
gp_sim_pin(struct gp_sim_call *c)
{
	return pin(c, 1, "message to pin not found");
}

int
gp_sim_unpin(struct gp_sim_call *c)
{
	return pin(c, 0, "message to unpin not found");
}
