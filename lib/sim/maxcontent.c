/* MAX: the body of a message that is sent. */
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "sim/markup.h"
#include "sim/maxwrite.h"
#include "sim/methods.h"

#define TEXT_MAX     4000
#define ATTACHED_MAX 12

static int
refuse(struct gp_sim_max_call *c, const char *what)
{
	return gp_sim_max_fail(c, 400, "proto.payload", what);
}

static int
in_list(const char *list, const char *name)
{
	struct gp_sim_param_kind k;

	while (gp_sim_param_next(&list, &k))
		if (gp_span_is(k.name, name))
			return 1;
	return 0;
}

int
gp_sim_max_body(struct gp_sim_max_call *c, const char *query, const char *body)
{
	const char *type = gp_sim_header(c->r, "Content-Type");
	const struct gp_sim_param *p;
	char what[128];
	int64_t n;
	size_t i;

	if (c->r->body.n > 0 &&
	    (type == NULL || strncmp(type, "application/json", 16) != 0))
		return refuse(c, "the body is not JSON");
	for (i = 0; i < c->r->n; i++) {
		p = &c->r->param[i];
		if (in_list(p->query ? query : body, p->name))
			continue;
		snprintf(what, sizeof(what), "unknown %s: '%.60s'",
		    p->query ? "parameter" : "member", p->name);
		return refuse(c, what);
	}
	if (gp_sim_arg_int(c->r, "chat_id", &n) == -1 ||
	    gp_sim_arg_int(c->r, "user_id", &n) == -1)
		return refuse(c, "not a number: 'chat_id' or 'user_id'");
	return 0;
}

static int
words(struct gp_sim_max_call *c, struct gp_sim_text *to)
{
	const struct gp_sim_param *p = gp_sim_param(c->r, "text");
	const char *format = gp_sim_arg(c->r, "format");
	struct gp_json none = { .type = GP_JSON_NONE };
	struct gp_why why;
	size_t n;
	int r;

	if (format != NULL && strcmp(format, "html") != 0)
		return refuse(c,
		    strcmp(format, "markdown") == 0
			? "format markdown is not played (gp-sim)"
			: "format: markdown or html");
	if (p == NULL)
		return 0;
	if (!gp_utf8_valid(gp_buf_span(&p->value)))
		return refuse(c, "text is not UTF-8");
	r = format != NULL
	    ? gp_sim_text_html(to, gp_buf_span(&p->value), &why)
	    : gp_sim_text_given(to, gp_buf_span(&p->value), none, &why);
	if (r == -1)
		return refuse(c, why.msg);
	n = gp_utf8_units(gp_sim_text_span(to));
	return n > TEXT_MAX ? refuse(c, "text: size must be between 0 and 4000")
			    : 0;
}

/* The token of a payload: its own, or the first of its photos. */
static const struct gp_sim_item *
item_of(struct gp_sim_max_call *c, struct gp_json_reader *rd,
    const struct gp_json_obj *payload)
{
	struct gp_json token = gp_json_get(payload, "token");
	const struct gp_sim_item *it = NULL;
	struct gp_json_obj photos, one;
	struct gp_buf b;

	if (token.type == GP_JSON_NONE &&
	    gp_json_enter(rd, gp_json_get(payload, "photos"), &photos) == 0 &&
	    photos.n > 0 && gp_json_enter(rd, photos.m[0].value, &one) == 0)
		token = gp_json_get(&one, "token");
	gp_buf_init(&b, 0);
	if (gp_json_text(token, &b) == 0)
		it = gp_sim_shelf_token(
		    &c->sim->shelf, GP_SIM_MAX, gp_buf_str(&b));
	gp_buf_release(&b);
	return it;
}

/* A picture by its address is fetched by the server, so to say. */
static const struct gp_sim_item *
by_url(struct gp_sim_max_call *c, const struct gp_json_obj *payload)
{
	struct gp_span url = gp_json_bare(gp_json_get(payload, "url"));
	struct gp_sim_item like = { .kind = GP_SIM_I_PHOTO,
		.net = GP_SIM_MAX,
		.at = c->f->now,
		.ready = 1 };

	if (url.n < 8 || memcmp(url.p, "https://", 8) != 0)
		return NULL;
	return gp_sim_shelf_put(&c->sim->shelf, &like);
}

/* A link or a place: nothing is uploaded for it. */
static int
plain(struct gp_sim_max_call *c, const struct gp_json_obj *o,
    const struct gp_json_obj *payload, struct gp_sim_note *n)
{
	struct gp_json type = gp_json_get(o, "type");
	struct gp_span url = gp_json_bare(gp_json_get(payload, "url"));
	struct gp_sim_link *l;

	if (gp_json_is(type, "inline_keyboard"))
		return 0;
	if (!gp_json_is(type, "share") || url.n == 0)
		return refuse(c, "attachments: of no type that is played");
	l = gp_pool_alloc(&c->f->pool, sizeof(*l));
	if (l == NULL)
		return refuse(c, "no memory");
	memset(l, 0, sizeof(*l));
	l->url = gp_pool_copy(&c->f->pool, url).p;
	n->link = l;
	return 0;
}

static int
media(struct gp_sim_max_call *c, enum gp_sim_item_kind kind,
    const struct gp_sim_item *it, struct gp_sim_note *n)
{
	struct gp_sim_item *own;

	if (it == NULL || it->kind != kind)
		return refuse(c, "attachments: no such token");
	own = gp_sim_shelf_item(&c->sim->shelf, GP_SIM_MAX, it->number);
	/* What is no picture takes its time: the first try is too early. */
	if (!own->ready || (kind != GP_SIM_I_PHOTO && !own->told)) {
		own->told = own->ready;
		return gp_sim_max_fail(c, 400, "attachment.not.ready",
		    "Key: errors.process.attachment.file.not.processed");
	}
	return gp_sim_note_attach(c->f, n, it) == -1 ? refuse(c, "no memory")
						     : 0;
}

static int
attach(struct gp_sim_max_call *c, struct gp_json_reader *rd,
    struct gp_json value, struct gp_sim_note *n)
{
	static const struct {
		const char *type;
		enum gp_sim_item_kind kind;
	} kinds[] = { { "image", GP_SIM_I_PHOTO }, { "video", GP_SIM_I_VIDEO },
		{ "audio", GP_SIM_I_AUDIO }, { "file", GP_SIM_I_FILE } };
	const struct gp_sim_item *it;
	struct gp_json_obj o, payload;
	size_t i;

	if (gp_json_enter(rd, value, &o) == -1 ||
	    gp_json_enter(rd, gp_json_get(&o, "payload"), &payload) == -1)
		return refuse(c, "no memory");
	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		if (!gp_json_is(gp_json_get(&o, "type"), kinds[i].type))
			continue;
		it = item_of(c, rd, &payload);
		if (it == NULL && kinds[i].kind == GP_SIM_I_PHOTO)
			it = by_url(c, &payload);
		return media(c, kinds[i].kind, it, n);
	}
	return plain(c, &o, &payload, n);
}

/* The list given takes the place of what was there. */
static int
attachments(struct gp_sim_max_call *c, struct gp_sim_note *n)
{
	const struct gp_sim_param *p = gp_sim_param(c->r, "attachments");
	struct gp_json_reader *rd;
	struct gp_json_obj list;
	struct gp_why why;
	size_t i;
	int r = 0;

	if (p == NULL)
		return 0;
	n->items = 0;
	n->photos = n->video = 0;
	n->document = NULL;
	n->link = NULL;
	rd = gp_json_new();
	if (rd == NULL || *gp_buf_str(&p->value) != '[' ||
	    gp_json_open(
		rd, gp_buf_span(&p->value), GP_JSON_ANY, &list, &why) == -1)
		r = refuse(c, "attachments: not a list");
	else if (list.n > ATTACHED_MAX)
		r = refuse(c, "attachments: size must be between 0 and 12");
	for (i = 0; r == 0 && i < list.n; i++)
		r = attach(c, rd, list.m[i].value, n);
	gp_json_free(rd);
	return r;
}

/* link: an answer to a message of the same chat. */
static int
answers(struct gp_sim_max_call *c, struct gp_sim_note *n)
{
	const struct gp_sim_param *p = gp_sim_param(c->r, "link");
	struct gp_json_reader *rd;
	const struct gp_sim_note *to = NULL;
	struct gp_json_obj o;
	struct gp_why why;
	int reply = 0;

	if (p == NULL)
		return 0;
	rd = gp_json_new();
	if (rd != NULL &&
	    gp_json_open(rd, gp_buf_span(&p->value), 0, &o, &why) == 0) {
		reply = gp_json_is(gp_json_get(&o, "type"), "reply");
		to = gp_sim_feed_own(c->f,
		    gp_sim_max_note(gp_json_bare(gp_json_get(&o, "mid"))));
	}
	gp_json_free(rd);
	if (!reply)
		return refuse(c, "link: of type reply alone (gp-sim)");
	if (to == NULL || gp_sim_feed_gone(c->f, to) || to->kind != n->kind ||
	    to->post != n->post ||
	    (n->kind == GP_SIM_LETTER && to->from != n->from))
		return gp_sim_max_fail(
		    c, 404, "message.not.found", "Message not found");
	n->reply_to = to->id;
	return 0;
}

int
gp_sim_max_content(struct gp_sim_max_call *c, struct gp_sim_note *n,
    struct gp_sim_text *text, const struct gp_sim_note *old)
{
	const char *said;

	if (words(c, text) == -1 || attachments(c, n) == -1 ||
	    answers(c, n) == -1)
		return -1;
	said = text->s != NULL ? text->s : old != NULL ? old->text : "";
	if (said[strspn(said, " \n\t\r")] == '\0' && n->items == 0 &&
	    n->photos == 0 && n->link == NULL)
		return refuse(c, "text: a message must say something");
	return 0;
}
