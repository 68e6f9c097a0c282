/* Messages of the bot: they stand in the world, and the bot is not told. */
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "sim/botapi.h"

#define TEXT_UNITS    4096
#define CAPTION_UNITS 1024
#define PHOTO_BYTES   (10 * GP_MIB)
#define ALBUM_MAX     10

static int
no_memory(struct gp_sim_call *c, struct gp_sim_message *m)
{
	gp_sim_message_release(m);
	return gp_sim_fail(c, 500, "no memory (gp-sim)");
}

/* The message that is answered, as far as it stands there. */
static struct gp_sim_message *
answered(struct gp_sim_call *c, const struct gp_sim_target *t, int64_t id)
{
	struct gp_sim_message *to = gp_sim_find(c->w, t->place, id);

	return to == NULL || to->deleted ||
		(t->place == GP_SIM_IN_PRIVATE && to->from != t->peer)
	    ? NULL
	    : to;
}

static int
reply_to(struct gp_sim_call *c, const struct gp_sim_target *t,
    const struct gp_json_obj *o, struct gp_sim_message *m)
{
	struct gp_sim_message *to;
	int64_t id = 0;

	if (gp_json_int(gp_json_get(o, "message_id"), &id) == -1)
		return gp_sim_fail(
		    c, 400, "can't parse reply parameters JSON object");
	if (gp_sim_call_reply(c, o) == -1)
		return -1;
	to = answered(c, t, id);
	if (to == NULL)
		return gp_json_true(
			   gp_json_get(o, "allow_sending_without_reply"))
		    ? 0
		    : gp_sim_fail(c, 400, "message to be replied not found");
	if (gp_sim_call_quote(c, o, to) == -1)
		return -1;
	m->reply_to = id;
	if (t->place == GP_SIM_IN_GROUP)
		m->thread = to->thread != 0 ? to->thread : to->id;
	return 0;
}

/* reply_parameters: what it answers must be there. -1: answered. */
static int
replied(struct gp_sim_call *c, const struct gp_sim_target *t,
    struct gp_sim_message *m)
{
	const struct gp_sim_param *p = gp_sim_param(c->r, "reply_parameters");
	struct gp_json_reader *rd;
	struct gp_json_obj o;
	struct gp_why why;
	int r;

	if (p == NULL)
		return 0;
	rd = gp_json_new();
	if (rd == NULL ||
	    gp_json_open(rd, gp_buf_span(&p->value), 0, &o, &why) == -1)
		r = gp_sim_fail(
		    c, 400, "can't parse reply parameters JSON object");
	else
		r = reply_to(c, t, &o, m);
	gp_json_free(rd);
	return r;
}

static int
in_thread(struct gp_sim_call *c, const struct gp_sim_target *t,
    struct gp_sim_message *m)
{
	struct gp_sim_message *root;
	int64_t id = 0;

	if (gp_sim_arg_int(c->r, "message_thread_id", &id) != 1 || id == 0)
		return 0;
	root = gp_sim_find(c->w, t->place, id);
	if (t->place != GP_SIM_IN_GROUP || root == NULL || root->deleted ||
	    root->thread != 0)
		return gp_sim_fail(c, 400, "message thread not found");
	m->thread = id;
	if (m->reply_to == 0)
		m->reply_to = id;
	return 0;
}

/* Where it goes and what it answers; the text is parsed already. */
static int
begin(struct gp_sim_call *c, struct gp_sim_target *t, struct gp_sim_message *m)
{
	if (gp_sim_target(c, "chat_id", t) == -1)
		return -1;
	m->place = t->place;
	m->from = t->peer;
	m->as = t->place == GP_SIM_IN_CHANNEL ? GP_SIM_CHANNEL : GP_SIM_BOT;
	m->at = c->w->now;
	if (replied(c, t, m) == -1 || in_thread(c, t, m) == -1)
		return -1;
	return 0;
}

/* Puts it into the world; a post is repeated in the group. */
static struct gp_sim_message *
put(struct gp_sim_call *c, struct gp_sim_message *m)
{
	struct gp_sim_message *made;

	if (m->place == GP_SIM_IN_CHANNEL && m->own == NULL) {
		m->own = gp_sim_own_post();
		if (m->own == NULL)
			return NULL;
		m->post = m->own;
	}
	if (m->own != NULL) {
		m->own->at = m->at;
		m->own->views = 1;
	}
	made = gp_sim_add(c->w, m);
	if (made != NULL && made->own != NULL)
		made->own->id = made->id;
	return made;
}

static int
done(struct gp_sim_call *c, struct gp_sim_message *m)
{
	struct gp_sim_message *made = put(c, m);

	if (made == NULL ||
	    (made->place == GP_SIM_IN_CHANNEL &&
		gp_sim_repeat(c->w, made) == -1))
		return no_memory(c, m);
	gp_sim_bot_wrote(c, NULL, made);
	pthread_cond_broadcast(&c->sim->news);
	gp_sim_json_message(&c->jw, c->w, made);
	return 0;
}

int
gp_sim_send(struct gp_sim_call *c, struct gp_sim_message *m)
{
	struct gp_sim_target t;

	if (begin(c, &t, m) == -1) {
		gp_sim_message_release(m);
		return -1;
	}
	return done(c, m);
}

int
gp_sim_send_message(struct gp_sim_call *c)
{
	struct gp_sim_message m = { 0 };

	if (gp_sim_call_preview(c) == -1 ||
	    gp_sim_call_text(c, "text", "entities", TEXT_UNITS, &m.text) == -1)
		return -1;
	return gp_sim_send(c, &m);
}

static int
caption(struct gp_sim_call *c, struct gp_sim_message *m)
{
	m->own = gp_sim_own_post();
	if (m->own == NULL)
		return no_memory(c, m);
	m->post = m->own;
	if (gp_sim_call_text(
		c, "caption", "caption_entities", CAPTION_UNITS, &m->text) == 0)
		return 0;
	gp_sim_message_release(m);
	return -1;
}

/* A file_id of ours, an address, or an upload it names. */
static int
file_word(struct gp_sim_call *c, const char *word)
{
	const struct gp_sim_param *p;

	if (strncmp(word, "https://", 8) == 0 ||
	    strncmp(word, "http://", 7) == 0 ||
	    strncmp(word, "AgACsim-", 8) == 0)
		return 0;
	if (strncmp(word, "attach://", 9) == 0) {
		p = gp_sim_param(c->r, word + 9);
		if (p != NULL && p->file)
			return 0;
	}
	return gp_sim_fail(c, 400,
	    "wrong remote file identifier specified: "
	    "Wrong string length");
}

static int
file_given(struct gp_sim_call *c, const char *name)
{
	const struct gp_sim_param *p = gp_sim_param(c->r, name);

	if (!p->file)
		return file_word(c, gp_buf_str(&p->value));
	if (p->value.n > PHOTO_BYTES)
		return gp_sim_fail(c, 400, "file is too big");
	return 0;
}

int
gp_sim_send_photo(struct gp_sim_call *c)
{
	struct gp_sim_message m = { .photo = 1 };

	if (file_given(c, "photo") == -1 || caption(c, &m) == -1)
		return -1;
	m.own->photos = 1;
	return gp_sim_send(c, &m);
}

int
gp_sim_send_video(struct gp_sim_call *c)
{
	struct gp_sim_message m = { 0 };

	if (file_given(c, "video") == -1 || caption(c, &m) == -1)
		return -1;
	m.own->video = 1;
	gp_sim_arg_int(c->r, "duration", &m.own->video);
	return gp_sim_send(c, &m);
}

int
gp_sim_send_document(struct gp_sim_call *c)
{
	const struct gp_sim_param *p = gp_sim_param(c->r, "document");
	struct gp_sim_message m = { 0 };
	struct gp_sim_document *d;

	if (file_given(c, "document") == -1 || caption(c, &m) == -1)
		return -1;
	d = m.own->document = calloc(1, sizeof(*d));
	if (d == NULL || (d->title = strdup("document")) == NULL)
		return no_memory(c, &m);
	d->size = p->file ? (int64_t)p->value.n : 0;
	return gp_sim_send(c, &m);
}

/* One part of an album: a request of its own, inside the first. */
static int
item(struct gp_sim_call *c, struct gp_json one, struct gp_sim_message *m)
{
	struct gp_sim_request inner = { .method = c->r->method,
		.path = c->r->path };
	struct gp_sim_call in = *c;
	const char *type, *file;
	struct gp_buf b;
	struct gp_why why;
	int r;

	gp_buf_init(&b, 0);
	gp_buf_add(&b, one.text.p, one.text.n);
	r = gp_sim_request_json(&inner, &b, &why);
	gp_buf_release(&b);
	in.r = &inner;
	type = gp_sim_arg(&inner, "type");
	file = gp_sim_arg(&inner, "media");
	if (r == -1 || inner.bad || type == NULL || file == NULL)
		r = gp_sim_fail(c, 400, "can't parse media JSON object");
	else if (strcmp(type, "photo") != 0 && strcmp(type, "video") != 0)
		r = gp_sim_fail(c, 400,
		    "only photos and videos are played in albums (gp-sim)");
	else if (file_word(c, file) == -1 || caption(&in, m) == -1)
		r = -1;
	else if (strcmp(type, "photo") == 0)
		m->photo = 1;
	else
		m->own->video = 1;
	gp_sim_request_release(&inner);
	return r;
}

/* All items into m; how many, or -1. */
static int
items(struct gp_sim_call *c, struct gp_sim_message *m)
{
	const struct gp_sim_param *p = gp_sim_param(c->r, "media");
	struct gp_json_reader *rd = gp_json_new();
	struct gp_json_obj o;
	struct gp_why why;
	int n = -1, r = 0;

	if (rd == NULL ||
	    gp_json_open(rd, gp_buf_span(&p->value), GP_JSON_ANY, &o, &why) ==
		-1)
		gp_sim_fail(c, 400, "can't parse media JSON object");
	else if (o.n < 2 || o.n > ALBUM_MAX)
		gp_sim_fail(c, 400,
		    "wrong number of messages in the media "
		    "group: 2 to 10 are allowed");
	else
		for (n = 0; r == 0 && (size_t)n < o.n; n++)
			r = item(c, o.m[n].value, &m[n]);
	gp_json_free(rd);
	return r == -1 ? -1 : n;
}

static int
album(struct gp_sim_call *c, struct gp_sim_message *m, int n)
{
	struct gp_sim_target t = { GP_SIM_IN_CHANNEL, NULL };
	struct gp_sim_message *made[ALBUM_MAX];
	int i;

	for (i = 0; i < n; i++) {
		if (begin(c, &t, &m[i]) == -1)
			return -1;
		m[i].part = i;
		m[i].own->photos = n;
		m[i].album = i == 0 ? c->w->chat[t.place].next : m[0].album;
	}
	for (i = 0; i < n; i++)
		if ((made[i] = put(c, &m[i])) == NULL)
			return gp_sim_fail(c, 500, "no memory (gp-sim)");
	if (t.place == GP_SIM_IN_CHANNEL && gp_sim_repeat(c->w, made[0]) == -1)
		return gp_sim_fail(c, 500, "no memory (gp-sim)");
	for (i = 0; i < n; i++)
		gp_sim_bot_wrote(c, NULL, made[i]);
	pthread_cond_broadcast(&c->sim->news);
	gp_jw_open(&c->jw, '[');
	for (i = 0; i < n; i++)
		gp_sim_json_message(&c->jw, c->w, made[i]);
	gp_jw_close(&c->jw, ']');
	return 0;
}

int
gp_sim_send_media_group(struct gp_sim_call *c)
{
	struct gp_sim_message m[ALBUM_MAX];
	int i, n, r = -1;

	memset(m, 0, sizeof(m));
	n = items(c, m);
	if (n > 0)
		r = album(c, m, n);
	for (i = 0; i < ALBUM_MAX; i++)
		gp_sim_message_release(&m[i]);
	return r;
}

/* A message again, without its origin: only its new number is told. */
int
gp_sim_copy_message(struct gp_sim_call *c)
{
	struct gp_sim_message m = { 0 }, *from, *made;
	struct gp_sim_target t, to;

	if (gp_sim_target(c, "from_chat_id", &t) == -1)
		return -1;
	from = gp_sim_target_message(c, &t, "message to copy not found");
	if (from == NULL)
		return -1;
	if (from->post != NULL &&
	    (from->post->poll != NULL || from->post->service != NULL))
		return gp_sim_fail(c, 400, "the message can't be copied");
	if (gp_sim_text_copy(&m.text, &from->text) == -1)
		return no_memory(c, &m);
	m.photo = from->photo;
	if (begin(c, &to, &m) == -1) {
		gp_sim_message_release(&m);
		return -1;
	}
	made = put(c, &m);
	if (made == NULL ||
	    (made->place == GP_SIM_IN_CHANNEL &&
		gp_sim_repeat(c->w, made) == -1))
		return no_memory(c, &m);
	gp_sim_bot_wrote(c, NULL, made);
	pthread_cond_broadcast(&c->sim->news);
	gp_jw_open(&c->jw, '{');
	gp_jw_kint(&c->jw, "message_id", made->id);
	gp_jw_close(&c->jw, '}');
	return 0;
}
