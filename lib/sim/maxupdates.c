/* MAX: what a bot is told, by long poll; and the webhook that ends it. */
#include <string.h>

#include "sim/max.h"

#define MARKER 25493970

/* By its end: a comma or that of the text. */
static int
has(const char *list, const char *word)
{
	size_t n = strlen(word);

	for (; *list != '\0'; list += *list == ',') {
		if (strncmp(list, word, n) == 0 &&
		    (list[n] == ',' || list[n] == '\0'))
			return 1;
		list += strcspn(list, ",");
	}
	return 0;
}

/* -1: one of the types is none of MAX's, which has been said. */
static int
known_types(struct gp_sim_max_call *c, const char *types)
{
	static const char all[] =
	    "message_created,message_callback,message_edited,message_removed,"
	    "bot_added,bot_removed,user_added,user_removed,bot_started,"
	    "bot_stopped,chat_title_changed,dialog_muted,dialog_unmuted,"
	    "dialog_cleared,dialog_removed";
	char word[32];
	size_t n;

	for (; *types != '\0'; types += n + (types[n] == ',')) {
		n = strcspn(types, ",");
		if (n >= sizeof(word))
			n = sizeof(word) - 1;
		memcpy(word, types, n);
		word[n] = '\0';
		if (!has(all, word))
			return gp_sim_max_fail(
			    c, 400, "proto.payload", "types: unknown");
	}
	return 0;
}

/* Comments are told of by no update whose name is known. NULL: not told. */
static const char *
kind_of(const struct gp_sim_news *n, const char *types)
{
	const char *kind = n->kind == GP_SIM_N_EDITED ? "message_edited"
	    : n->kind == GP_SIM_N_DELETED             ? "message_removed"
						      : "message_created";

	if (n->note->kind == GP_SIM_COMMENT ||
	    (types != NULL && !has(types, kind)))
		return NULL;
	return kind;
}

static void
update(struct gp_sim_max_call *c, const struct gp_sim_news *news)
{
	struct gp_sim_note n = *news->note;
	struct gp_jw *w = &c->jw;
	char mid[40];

	n.text = news->text;
	gp_jw_open(w, '{');
	gp_jw_kstr(w, "update_type", kind_of(news, NULL));
	gp_jw_kint(w, "timestamp", news->at * 1000);
	if (news->kind == GP_SIM_N_DELETED) {
		gp_sim_max_mid(mid, &n);
		gp_jw_kstr(w, "message_id", mid);
		gp_jw_kint(w, "chat_id",
		    n.kind == GP_SIM_LETTER ? n.from->id + 1000000 : c->chat);
		gp_jw_kint(w, "user_id", GP_SIM_MAX_BOT_ID);
	} else {
		gp_jw_key(w, "message");
		gp_sim_max_json_message(c, &n, 0);
	}
	gp_jw_close(w, '}');
}

/* 1: a webhook takes it all. */
static int
hooked(const struct gp_sim_max_call *c)
{
	const struct gp_sim_max_state *s = c->sim->state[GP_SIM_MAX];

	return s->hook.n > 0;
}

/* 1: there is news from *at on. */
static int
wait_news(
    struct gp_sim_max_call *c, size_t *at, const char *types, int64_t seconds)
{
	struct timespec until = gp_sim_after((long)seconds * 1000);

	for (;;) {
		while (*at < c->f->news_n &&
		    kind_of(&c->f->news[*at], types) == NULL)
			++*at;
		if (*at < c->f->news_n && !hooked(c))
			return 1;
		if (seconds == 0 || gp_sim_wait(c->sim, &until) == -1)
			return 0;
	}
}

void
gp_sim_max_updates(struct gp_sim_max_call *c)
{
	int64_t limit = 100, timeout = 30, marker = 0;
	const char *types = gp_sim_arg(c->r, "types");
	size_t at = 0; /* without a marker: all that was not yet confirmed */

	if (gp_sim_max_params(c, "i:limit i:timeout i:marker types") == -1 ||
	    (types != NULL && known_types(c, types) == -1))
		return;
	gp_sim_arg_int(c->r, "limit", &limit);
	gp_sim_arg_int(c->r, "timeout", &timeout);
	if (limit < 1 || limit > 1000 || timeout < 0 || timeout > 90) {
		gp_sim_max_fail(c, 400, "proto.payload", "limit or timeout");
		return;
	}
	c->chat = c->f->page != NULL ? c->f->page->id : 0;
	if (gp_sim_arg_int(c->r, "marker", &marker) == 1 && marker >= MARKER)
		at = (size_t)(marker - MARKER);
	gp_jw_open(&c->jw, '{');
	gp_jw_key(&c->jw, "updates");
	gp_jw_open(&c->jw, '[');
	if (wait_news(c, &at, types, timeout))
		for (; at < c->f->news_n && limit > 0; at++) {
			if (kind_of(&c->f->news[at], types) == NULL)
				continue;
			update(c, &c->f->news[at]);
			limit--;
		}
	gp_jw_close(&c->jw, ']');
	gp_jw_kint(&c->jw, "marker", MARKER + (int64_t)at);
	gp_jw_close(&c->jw, '}');
}

static void
subscriptions(struct gp_sim_max_call *c, const struct gp_sim_max_state *s)
{
	struct gp_jw *w = &c->jw;

	gp_jw_open(w, '{');
	gp_jw_key(w, "subscriptions");
	gp_jw_open(w, '[');
	if (s->hook.n > 0) {
		gp_jw_open(w, '{');
		gp_jw_ktext(w, "url", gp_buf_span(&s->hook));
		gp_jw_kint(w, "time", s->since);
		gp_jw_close(w, '}');
	}
	gp_jw_close(w, ']');
	gp_jw_close(w, '}');
}

static void
success(struct gp_sim_max_call *c, int yes, const char *what)
{
	gp_jw_open(&c->jw, '{');
	gp_jw_kbool(&c->jw, "success", yes);
	if (!yes)
		gp_jw_kstr(&c->jw, "message", what);
	gp_jw_close(&c->jw, '}');
}

static void
subscribe(struct gp_sim_max_call *c, struct gp_sim_max_state *s)
{
	const char *url = gp_sim_arg(c->r, "url");

	if (gp_sim_max_params(c, "url update_types secret version") == -1)
		return;
	if (url == NULL || strncmp(url, "https://", 8) != 0 ||
	    strlen(url) < 12) {
		gp_sim_max_fail(c, 400, "proto.payload", "url: https alone");
		return;
	}
	gp_buf_reset(&s->hook);
	gp_buf_adds(&s->hook, url);
	s->since = c->f->now * 1000;
	success(c, 1, NULL);
}

static void
unsubscribe(struct gp_sim_max_call *c, struct gp_sim_max_state *s)
{
	const char *url = gp_sim_arg(c->r, "url");

	if (gp_sim_max_params(c, "url") == -1)
		return;
	if (url == NULL || *url == '\0') {
		gp_sim_max_fail(c, 400, "proto.payload", "url is missing");
	} else if (strcmp(url, gp_buf_str(&s->hook)) != 0) {
		success(c, 0, "no such subscription");
	} else {
		gp_buf_reset(&s->hook);
		success(c, 1, NULL);
	}
}

void
gp_sim_max_hooks(struct gp_sim_max_call *c)
{
	struct gp_sim_max_state *s = c->sim->state[GP_SIM_MAX];

	if (strcmp(c->r->method, "POST") == 0)
		subscribe(c, s);
	else if (strcmp(c->r->method, "DELETE") == 0)
		unsubscribe(c, s);
	else if (strcmp(c->r->method, "GET") != 0)
		gp_sim_max_fail(
		    c, 405, "method.not.allowed", "GET, POST or DELETE");
	else if (gp_sim_max_params(c, "") == 0)
		subscriptions(c, s);
}
