/* MAX: a note as a message. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim/max.h"

#define SEQ_BASE    116327994376000000
#define SOURCE_BASE (-71000000000000) /* numbers of channels not played */
#define HIDDEN_ID   600000001         /* a person whose words were passed on */

void
gp_sim_max_mid(char to[40], const struct gp_sim_note *n)
{
	snprintf(to, 40, "mid.ffffb%011" PRIx64 "%016" PRIx64,
	    (uint64_t)n->at & 0xfffffffffff, (uint64_t)n->id);
}

int64_t
gp_sim_max_note(struct gp_span mid)
{
	char hex[17];

	if (mid.n != 36 || memcmp(mid.p, "mid.ffffb", 9) != 0)
		return 0;
	snprintf(hex, sizeof(hex), "%.16s", mid.p + 20);
	return (int64_t)strtoull(hex, NULL, 16);
}

/* The token it was uploaded under, or another word. */
static const char *
token(char to[48], const struct gp_sim_item *it, const char *other)
{
	if (it == NULL)
		return other;
	gp_sim_item_token(to, it);
	return to;
}

/* Leaves the payload open. */
static void
attach(struct gp_jw *w, const char *type, const char *token, const char *url)
{
	gp_jw_open(w, '{');
	gp_jw_kstr(w, "type", type);
	gp_jw_key(w, "payload");
	gp_jw_open(w, '{');
	gp_jw_kstr(w, "token", token);
	gp_jw_kstr(w, "url", url);
}

static void
media(struct gp_jw *w, const struct gp_sim_note *n)
{
	const struct gp_sim_item *file = gp_sim_note_item(n, GP_SIM_I_FILE, 0);
	const struct gp_sim_item *sound =
	    gp_sim_note_item(n, GP_SIM_I_AUDIO, 0);
	char url[80], t[48];
	int64_t i;

	for (i = 0; i < n->photos; i++) {
		snprintf(url, sizeof(url),
		    "https://i.example.org/%" PRId64 "-%" PRId64, n->id, i);
		attach(w, "image",
		    token(
			t, gp_sim_note_item(n, GP_SIM_I_PHOTO, (size_t)i), "T"),
		    url);
		gp_jw_kint(w, "photo_id", n->id * 100 + i);
		gp_jw_close(w, '}');
		gp_jw_close(w, '}');
	}
	if (n->video > 0) {
		attach(w, "video",
		    token(t, gp_sim_note_item(n, GP_SIM_I_VIDEO, 0), "V"),
		    "https://v.example.org/1");
		gp_jw_kint(w, "id", n->id);
		gp_jw_close(w, '}');
		gp_jw_kint(w, "duration", n->video);
		gp_jw_close(w, '}');
	}
	if (sound != NULL) {
		attach(
		    w, "audio", token(t, sound, ""), "https://f.example.org/1");
		gp_jw_close(w, '}');
		gp_jw_close(w, '}');
	} else if (n->document != NULL) {
		attach(
		    w, "file", token(t, file, "F"), "https://f.example.org/1");
		gp_jw_kint(w, "fileId", n->id);
		gp_jw_close(w, '}');
		gp_jw_kstr(w, "filename", n->document->title);
		gp_jw_kint(w, "size", n->document->size);
		gp_jw_close(w, '}');
	}
}

static void
attachments(struct gp_sim_max_call *c, const struct gp_sim_note *n)
{
	struct gp_jw *w = &c->jw;

	if (n->photos == 0 && n->video == 0 && n->document == NULL &&
	    n->location == NULL && n->link == NULL)
		return;
	gp_jw_key(w, "attachments");
	gp_jw_open(w, '[');
	media(w, n);
	if (n->location != NULL) {
		gp_jw_open(w, '{');
		gp_jw_kstr(w, "type", "location");
		gp_jw_key(w, "latitude");
		gp_jw_real(w, n->location->lat, 6);
		gp_jw_key(w, "longitude");
		gp_jw_real(w, n->location->lon, 6);
		gp_jw_close(w, '}');
	}
	if (n->link != NULL) {
		attach(w, "share", "S", n->link->url);
		gp_jw_close(w, '}');
		gp_jw_kstr(w, "title", n->link->title);
		gp_jw_kstr(w, "description", n->link->description);
		gp_jw_close(w, '}');
	}
	gp_jw_close(w, ']');
}

static void
body(struct gp_sim_max_call *c, const struct gp_sim_note *n)
{
	char mid[40];

	gp_sim_max_mid(mid, n);
	gp_jw_open(&c->jw, '{');
	gp_jw_kstr(&c->jw, "mid", mid);
	gp_jw_kint(&c->jw, "seq", SEQ_BASE + n->id);
	gp_jw_kstr(&c->jw, "text", n->text);
	attachments(c, n);
	gp_jw_close(&c->jw, '}');
}

static void
answered(struct gp_sim_max_call *c, int64_t id)
{
	struct gp_sim_note tmp;
	const struct gp_sim_note *to = gp_sim_feed_note(c->f, id, &tmp);

	if (to == NULL)
		return;
	gp_jw_key(&c->jw, "link");
	gp_jw_open(&c->jw, '{');
	gp_jw_kstr(&c->jw, "type", "reply");
	gp_jw_key(&c->jw, "message");
	body(c, to);
	gp_jw_close(&c->jw, '}');
}

/*
 * Words of another channel, or of a person who is not known. They stand in the
 * link, by whose mid the message goes as well, for it has no body of its own.
 */
static void
forwarded(struct gp_sim_max_call *c, const struct gp_sim_note *n)
{
	const struct gp_sim_forward *from = n->forward;
	struct gp_jw *w = &c->jw;
	int64_t chat = from->name != NULL ? SOURCE_BASE : 0;
	const char *p;

	for (p = from->name; p != NULL && *p != '\0'; p++)
		chat -= (unsigned char)*p;
	gp_jw_key(w, "link");
	gp_jw_open(w, '{');
	gp_jw_kstr(w, "type", "forward");
	gp_jw_kint(w, "chat_id", chat);
	if (from->name == NULL) {
		gp_jw_key(w, "sender");
		gp_jw_open(w, '{');
		gp_jw_kint(w, "user_id", HIDDEN_ID);
		gp_jw_kstr(w, "first_name", from->title);
		gp_jw_kbool(w, "is_bot", 0);
		gp_jw_close(w, '}');
	}
	gp_jw_key(w, "message");
	body(c, n);
	gp_jw_close(w, '}');
}

/* The channel speaks without a sender, its bot with one. */
static void
sender(struct gp_sim_max_call *c, const struct gp_sim_note *n)
{
	gp_jw_key(&c->jw, "sender");
	if (n->as != GP_SIM_PERSON && n->as != GP_SIM_BOT &&
	    n->kind != GP_SIM_LETTER) {
		gp_jw_raw(&c->jw, gp_span_of("null"));
		return;
	}
	gp_jw_open(&c->jw, '{');
	gp_sim_max_json_user(c, n->as == GP_SIM_PERSON ? n->from : NULL);
	gp_jw_close(&c->jw, '}');
}

void
gp_sim_max_json_message(
    struct gp_sim_max_call *c, const struct gp_sim_note *n, int stat)
{
	struct gp_jw *w = &c->jw;
	int letter = n->kind == GP_SIM_LETTER;

	gp_jw_open(w, '{');
	sender(c, n);
	gp_jw_key(w, "recipient");
	gp_jw_open(w, '{');
	gp_jw_kint(w, "chat_id", letter ? n->from->id + 1000000 : c->chat);
	gp_jw_kstr(w, "chat_type", letter ? "dialog" : "channel");
	gp_jw_close(w, '}');
	gp_jw_kint(w, "timestamp", n->at * 1000);
	if (n->forward != NULL)
		forwarded(c, n);
	else if (n->reply_to != 0 && n->reply_to != n->post)
		answered(c, n->reply_to);
	gp_jw_key(w, "body");
	if (n->forward != NULL)
		gp_jw_raw(w, gp_span_of("null"));
	else
		body(c, n);
	if (stat && n->kind == GP_SIM_POST) {
		gp_jw_key(w, "stat");
		gp_jw_open(w, '{');
		gp_jw_kint(w, "views", n->views);
		gp_jw_close(w, '}');
	}
	gp_jw_close(w, '}');
}
