#include "sim/botapi.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/utf8.h"
#include "sim/methods.h"

/* clang-format off */
static const struct {
	const char *name;
	int (*play)(struct gp_sim_call *);
} played[] = {
	{ "close", gp_sim_yes },
	{ "copyMessage", gp_sim_copy_message },
	{ "deleteMessage", gp_sim_delete_message },
	{ "deleteMessages", gp_sim_delete_messages },
	{ "deleteWebhook", gp_sim_delete_webhook },
	{ "editMessageCaption", gp_sim_edit_caption },
	{ "editMessageText", gp_sim_edit_text },
	{ "getChat", gp_sim_get_chat },
	{ "getChatAdministrators", gp_sim_get_chat_administrators },
	{ "getChatMember", gp_sim_get_chat_member },
	{ "getChatMemberCount", gp_sim_get_chat_member_count },
	{ "getFile", gp_sim_get_file },
	{ "getMe", gp_sim_get_me },
	{ "getUpdates", gp_sim_get_updates },
	{ "getWebhookInfo", gp_sim_get_webhook_info },
	{ "logOut", gp_sim_yes },
	{ "pinChatMessage", gp_sim_pin },
	{ "sendChatAction", gp_sim_send_chat_action },
	{ "sendDocument", gp_sim_send_document },
	{ "sendMediaGroup", gp_sim_send_media_group },
	{ "sendMessage", gp_sim_send_message },
	{ "sendPhoto", gp_sim_send_photo },
	{ "sendPoll", gp_sim_send_poll },
	{ "sendVideo", gp_sim_send_video },
	{ "setWebhook", gp_sim_set_webhook },
	{ "stopPoll", gp_sim_stop_poll },
	{ "unpinChatMessage", gp_sim_unpin },
};

/* What the server says where a parameter is missing. */
static const struct {
	const char *param, *says;
} missing[] = {
	{ "chat_id", "chat_id is empty" },
	{ "from_chat_id", "chat_id is empty" },
	{ "text", "message text is empty" },
	{ "photo", "there is no photo in the request" },
	{ "video", "there is no video in the request" },
	{ "document", "there is no document in the request" },
	{ "media", "can't parse media JSON object" },
	{ "question", "poll question is empty" },
	{ "options", "can't parse options JSON object" },
	{ "message_id", "message identifier is not specified" },
	{ "message_ids", "message identifiers are not specified" },
	{ "user_id", "invalid user_id specified" },
	{ "file_id", "file_id is not specified" },
};
/* clang-format on */

void
gp_sim_bot_error(
    struct gp_sim_reply *a, int code, const char *what, int64_t retry_after)
{
	struct gp_jw w;

	a->status = code;
	a->type = "application/json";
	gp_buf_reset(&a->body);
	gp_jw_init(&w, &a->body);
	gp_jw_open(&w, '{');
	gp_jw_kbool(&w, "ok", 0);
	gp_jw_kint(&w, "error_code", code);
	gp_jw_kstr(&w, "description", what);
	if (retry_after > 0) {
		gp_jw_key(&w, "parameters");
		gp_jw_open(&w, '{');
		gp_jw_kint(&w, "retry_after", retry_after);
		gp_jw_close(&w, '}');
	}
	gp_jw_close(&w, '}');
}

int
gp_sim_fail(struct gp_sim_call *c, int code, const char *fmt, ...)
{
	static const struct {
		int code;
		const char *name;
	} heads[] = { { 400, "Bad Request: " }, { 403, "Forbidden: " },
		{ 409, "Conflict: " }, { 500, "Internal Server Error: " } };
	char what[512];
	size_t i, n = 0;
	va_list ap;

	what[0] = '\0';
	for (i = 0; i < sizeof(heads) / sizeof(heads[0]); i++)
		if (heads[i].code == code)
			n = (size_t)snprintf(
			    what, sizeof(what), "%s", heads[i].name);
	va_start(ap, fmt);
	vsnprintf(what + n, sizeof(what) - n, fmt, ap);
	va_end(ap);
	gp_sim_bot_error(c->a, code, what, 0);
	return -1;
}

/* JSON where JSON is due, numbers where numbers are due. 1: it is sound. */
static int
typed(const struct gp_sim_param *p, int type)
{
	const char *s = gp_buf_str(&p->value);
	char *end;

	switch (type) {
	case 'i':
		strtoll(s, &end, 10);
		return *s != '\0' && *end == '\0';
	case 'f':
		strtod(s, &end);
		return *s != '\0' && *end == '\0';
	case 'b':
		return strcasecmp(s, "true") == 0 ||
		    strcasecmp(s, "false") == 0 || strcasecmp(s, "yes") == 0 ||
		    strcasecmp(s, "no") == 0 || strcmp(s, "1") == 0 ||
		    strcmp(s, "0") == 0;
	case 'j':
		return *s == '{' || *s == '[';
	}
	return 1;
}

static int
known(struct gp_sim_call *c, const struct gp_sim_method *m,
    const struct gp_sim_param *p)
{
	struct gp_sim_param_kind k;
	const char *rest = m->params;

	while (gp_sim_param_next(&rest, &k)) {
		if (!gp_span_is(k.name, p->name))
			continue;
		if (typed(p, k.type))
			return 0;
		return gp_sim_fail(c, 400,
		    "parameter '%s' is not %s "
		    "(gp-sim is strict)",
		    p->name,
		    k.type == 'j'       ? "a JSON-serialized object"
			: k.type == 'b' ? "a boolean"
					: "a number");
	}
	/* An upload that JSON refers to as attach://NAME. */
	if (p->file)
		return 0;
	return gp_sim_fail(
	    c, 400, "unknown parameter '%s' (gp-sim is strict)", p->name);
}

static int
lacks(struct gp_sim_call *c, struct gp_span name)
{
	size_t i;

	for (i = 0; i < sizeof(missing) / sizeof(missing[0]); i++)
		if (gp_span_is(name, missing[i].param))
			return gp_sim_fail(c, 400, "%s", missing[i].says);
	return gp_sim_fail(c, 400, "parameter '%.*s' is required (gp-sim)",
	    (int)name.n, name.p);
}

static int
check(struct gp_sim_call *c, const struct gp_sim_method *m)
{
	struct gp_sim_param_kind k;
	const char *rest = m->params;
	char name[64];
	const struct gp_sim_param *p;
	size_t i;

	for (i = 0; i < c->r->n; i++)
		if (known(c, m, &c->r->param[i]) == -1)
			return -1;
	while (gp_sim_param_next(&rest, &k)) {
		if (!k.required)
			continue;
		snprintf(name, sizeof(name), "%.*s", (int)k.name.n, k.name.p);
		p = gp_sim_param(c->r, name);
		if (p == NULL || p->value.n == 0)
			return lacks(c, k.name);
	}
	return 0;
}

static int
play(struct gp_sim_call *c, const struct gp_sim_method *m)
{
	size_t i;

	if (check(c, m) == -1)
		return -1;
	for (i = 0; i < sizeof(played) / sizeof(played[0]); i++)
		if (strcmp(played[i].name, m->name) == 0)
			return played[i].play(c);
	return gp_sim_fail(c, 501,
	    "Not Implemented: gp-sim knows '%s' but does not play it", m->name);
}

/* "/bot<TOKEN>/METHOD": the method, or NULL with the error answered. */
static const struct gp_sim_method *
method_of(struct gp_sim_call *c)
{
	const char *p = c->r->path + 4, *slash = strchr(p, '/');
	const struct gp_sim_method *m;

	if (slash == NULL || memchr(p, ':', (size_t)(slash - p)) == NULL) {
		gp_sim_fail(c, 404, "Not Found");
		return NULL;
	}
	if (!gp_span_is((struct gp_span){ p, (size_t)(slash - p) },
		c->sim->tokens.v[GP_SIM_T_TELEGRAM])) {
		gp_sim_fail(c, 401, "Unauthorized");
		return NULL;
	}
	m = gp_sim_method(gp_span_of(slash + 1));
	if (m == NULL)
		gp_sim_fail(c, 404, "Not Found");
	return m;
}

void
gp_sim_bot_answer(
    struct gp_sim *sim, const struct gp_sim_request *r, struct gp_sim_reply *a)
{
	struct gp_sim_call c = { .sim = sim, .w = &sim->w, .r = r, .a = a };
	const struct gp_sim_method *m;

	a->type = "application/json";
	m = method_of(&c);
	if (m == NULL)
		return;
	gp_jw_init(&c.jw, &a->body);
	gp_jw_open(&c.jw, '{');
	gp_jw_kbool(&c.jw, "ok", 1);
	gp_jw_key(&c.jw, "result");
	if (play(&c, m) == 0)
		gp_jw_close(&c.jw, '}');
}

static int
private_with(struct gp_sim_call *c, int64_t id, struct gp_sim_target *to)
{
	struct gp_sim_chat *chat = &c->w->chat[GP_SIM_IN_PRIVATE];
	const struct gp_sim_person *p = gp_sim_known(c->sim, id);
	size_t i;

	if (p == NULL)
		return gp_sim_fail(c, 400, "chat not found");
	for (i = 0; i < chat->n; i++)
		if (chat->m[i]->from == p) {
			to->place = GP_SIM_IN_PRIVATE;
			to->peer = p;
			return 0;
		}
	return gp_sim_fail(
	    c, 403, "bot can't initiate conversation with a user");
}

int
gp_sim_target(
    struct gp_sim_call *c, const char *param, struct gp_sim_target *to)
{
	const struct gp_sim_scenario *s = c->w->s;
	const char *word = gp_sim_arg(c->r, param);
	char *end;
	int64_t id;

	to->peer = NULL;
	if (word == NULL || *word == '\0')
		return gp_sim_fail(c, 400, "chat_id is empty");
	id = strtoll(word, &end, 10);
	if (*end != '\0')
		id = 0;
	if (id == s->channel.id ||
	    (*word == '@' && strcasecmp(word + 1, s->channel.name) == 0)) {
		to->place = GP_SIM_IN_CHANNEL;
		return 0;
	}
	if (s->group != NULL &&
	    (id == s->group->id ||
		(*word == '@' && s->group->name != NULL &&
		    strcasecmp(word + 1, s->group->name) == 0))) {
		to->place = GP_SIM_IN_GROUP;
		return 0;
	}
	return private_with(c, id, to);
}

struct gp_sim_message *
gp_sim_target_message(
    struct gp_sim_call *c, const struct gp_sim_target *t, const char *none)
{
	struct gp_sim_message *m = NULL;
	int64_t id;

	if (gp_sim_arg_int(c->r, "message_id", &id) == 1)
		m = gp_sim_find(c->w, t->place, id);
	if (m != NULL && !m->deleted &&
	    (t->place != GP_SIM_IN_PRIVATE || m->from == t->peer))
		return m;
	gp_sim_fail(c, 400, "%s", none);
	return NULL;
}

static int
parse(struct gp_sim_call *c, struct gp_span s, const char *entities,
    struct gp_sim_text *to, struct gp_why *why)
{
	const char *mode = gp_sim_arg(c->r, "parse_mode");
	const struct gp_sim_param *list = gp_sim_param(c->r, entities);
	struct gp_json json = { .type = GP_JSON_NONE };

	if (mode != NULL && strcasecmp(mode, "HTML") == 0)
		return gp_sim_text_html(to, s, why);
	if (mode != NULL && *mode != '\0')
		return gp_because(why,
		    strncasecmp(mode, "Markdown", 8) == 0
			? "parse_mode Markdown is not played (gp-sim)"
			: "unsupported parse_mode");
	if (list != NULL)
		json = (struct gp_json){ .type = GP_JSON_ARRAY,
			.text = gp_buf_span(&list->value) };
	return gp_sim_text_given(to, s, json, why);
}

int
gp_sim_call_text(struct gp_sim_call *c, const char *param, const char *entities,
    size_t max, struct gp_sim_text *to)
{
	const struct gp_sim_param *p = gp_sim_param(c->r, param);
	int caption = strcmp(param, "caption") == 0;
	struct gp_why why;
	const char *w;

	if (p == NULL)
		return 0;
	if (!gp_utf8_valid(gp_buf_span(&p->value)))
		return gp_sim_fail(c, 400, "strings must be encoded in UTF-8");
	if (parse(c, gp_buf_span(&p->value), entities, to, &why) == -1) {
		gp_sim_text_release(to);
		return gp_sim_fail(c, 400, "%s", why.msg);
	}
	for (w = to->s; *w == ' ' || *w == '\n'; w++)
		continue;
	if (*w == '\0' && !caption) {
		gp_sim_text_release(to);
		return gp_sim_fail(c, 400, "message text is empty");
	}
	if (gp_utf8_units(gp_sim_text_span(to)) > max) {
		gp_sim_text_release(to);
		return gp_sim_fail(c, 400,
		    caption ? "message caption is too long"
			    : "message is too long");
	}
	return 0;
}
