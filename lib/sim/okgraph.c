/* OK's Graph API: the letters of citizens as chats of the group. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "sim/ok.h"

#define WAIT_MS 25000

static void
chat_id(char to[48], const struct gp_sim_person *p)
{
	snprintf(to, 48, "chat:C%" PRIx64, (uint64_t)p->id);
}

static void
message(struct gp_sim_ok_call *c, const struct gp_sim_note *n, int webhook)
{
	struct gp_jw *w = &c->jw;
	int page = n->as != GP_SIM_PERSON;
	char text[80];

	gp_jw_open(w, '{');
	if (webhook)
		gp_jw_kstr(w, "webhookType", "MESSAGE_CREATED");
	gp_jw_key(w, "sender");
	gp_jw_open(w, '{');
	gp_jw_kstr(w, "name", page ? c->f->page->title : n->from->name);
	snprintf(text, sizeof(text), "%s:%" PRId64, page ? "group" : "user",
	    page ? c->group : n->from->id);
	gp_jw_kstr(w, "user_id", text);
	gp_jw_close(w, '}');
	gp_jw_key(w, "recipient");
	gp_jw_open(w, '{');
	chat_id(text, n->from);
	gp_jw_kstr(w, "chat_id", text);
	gp_jw_close(w, '}');
	gp_jw_key(w, "message");
	gp_jw_open(w, '{');
	gp_jw_kstr(w, "text", n->text);
	gp_jw_kint(w, "seq", 98211023614180000 + n->id);
	snprintf(text, sizeof(text), "mid:C%" PRIx64 ".%" PRIx64,
	    (uint64_t)n->from->id, (uint64_t)n->id);
	gp_jw_kstr(w, "mid", text);
	gp_jw_close(w, '}');
	gp_jw_kint(w, "timestamp", n->at * 1000);
	gp_jw_close(w, '}');
}

static void
one_chat(struct gp_sim_ok_call *c, const struct gp_sim_note *last)
{
	struct gp_jw *w = &c->jw;
	char text[48];

	gp_jw_open(w, '{');
	gp_jw_kstr(w, "type", "GROUP_CHAT");
	gp_jw_kstr(w, "status", "ACTIVE");
	gp_jw_kstr(w, "title", last->from->name);
	gp_jw_kint(w, "lastEventTime", last->at * 1000);
	chat_id(text, last->from);
	gp_jw_kstr(w, "chat_id", text);
	snprintf(text, sizeof(text), "group:%" PRId64, c->group);
	gp_jw_kstr(w, "group_id", text);
	gp_jw_close(w, '}');
}

/*
 * A chat for each person who wrote, the one that spoke last first. A marker
 * says how many were told, and stands on the last page as well.
 */
static void
chats(struct gp_sim_ok_call *c)
{
	const struct gp_sim_person *seen[1024];
	const char *marker = gp_sim_arg(c->r, "marker");
	int64_t skip = marker != NULL ? strtoll(marker, NULL, 10) : 0;
	int64_t left = gp_sim_ok_count(c);
	const struct gp_sim_note *n;
	struct gp_sim_walk w;
	char told[32];
	size_t k = 0, i;

	gp_jw_open(&c->jw, '{');
	gp_jw_key(&c->jw, "chats");
	gp_jw_open(&c->jw, '[');
	gp_sim_walk_letters(&w, c->f, NULL, 1);
	while (left > 0 && k < 1024 && (n = gp_sim_walk_next(&w)) != NULL) {
		for (i = 0; i < k && seen[i] != n->from; i++)
			continue;
		if (i < k)
			continue;
		seen[k++] = n->from;
		if ((int64_t)k <= skip)
			continue;
		one_chat(c, n);
		left--;
	}
	gp_jw_close(&c->jw, ']');
	snprintf(told, sizeof(told), "%zu", k);
	gp_jw_kstr(&c->jw, "marker", told);
	gp_jw_close(&c->jw, '}');
}

static void
error(struct gp_sim_ok_call *c, int status, int code, const char *what)
{
	gp_sim_ok_fail(c, code, "%s", what);
	c->a->status = status;
}

/* Newest first, `from` being the younger bound. */
static void
messages(struct gp_sim_ok_call *c, const char *chat)
{
	int64_t from = INT64_MAX, to = 0, count = gp_sim_ok_count(c);
	const struct gp_sim_person *p = NULL;
	const struct gp_sim_note *n;
	struct gp_sim_walk w;

	if (strncmp(chat, "chat:C", 6) == 0)
		p = gp_sim_known(c->sim, (int64_t)strtoull(chat + 6, NULL, 16));
	if (p == NULL) {
		error(c, 200, 705, "CHAT_NOT_FOUND : Chat not found");
		return;
	}
	gp_sim_arg_int(c->r, "from", &from);
	gp_sim_arg_int(c->r, "to", &to);
	gp_jw_open(&c->jw, '{');
	gp_jw_key(&c->jw, "messages");
	gp_jw_open(&c->jw, '[');
	gp_sim_walk_letters(&w, c->f, p, 1);
	while (count > 0 && (n = gp_sim_walk_next(&w)) != NULL) {
		if (n->at * 1000 > from || n->at * 1000 < to || n->deleted)
			continue;
		message(c, n, 0);
		count--;
	}
	gp_jw_close(&c->jw, ']');
	gp_jw_close(&c->jw, '}');
}

static int
is_news(const struct gp_sim_news *n)
{
	return n->kind == GP_SIM_N_LETTER;
}

/* Waits for a letter; an empty list when none came in time. */
static void
updates(struct gp_sim_ok_call *c)
{
	struct gp_sim_ok_state *s = c->sim->state[GP_SIM_OK];
	struct timespec until;

	if (!s->subscribed) {
		error(c, 200, 2001, "GRAPH_PARAM : no long polling subscribed");
		return;
	}
	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += WAIT_MS / 1000;
	while (!c->sim->stopping) {
		while (s->told < c->f->news_n && !is_news(&c->f->news[s->told]))
			s->told++;
		if (s->told < c->f->news_n ||
		    pthread_cond_timedwait(
			&c->sim->news, &c->sim->lock, &until) != 0)
			break;
	}
	gp_jw_open(&c->jw, '{');
	gp_jw_key(&c->jw, "updates");
	gp_jw_open(&c->jw, '[');
	for (; s->told < c->f->news_n; s->told++)
		if (is_news(&c->f->news[s->told]))
			message(c, c->f->news[s->told].note, 1);
	gp_jw_close(&c->jw, ']');
	gp_jw_close(&c->jw, '}');
}

static void
subscribe(struct gp_sim_ok_call *c)
{
	struct gp_sim_ok_state *s = c->sim->state[GP_SIM_OK];

	if (!s->subscribed)
		s->told = c->f->news_n;
	s->subscribed = gp_sim_arg_true(c->r, "longPolling");
	gp_jw_open(&c->jw, '{');
	gp_jw_kbool(&c->jw, "success", s->subscribed);
	gp_jw_close(&c->jw, '}');
}

static void
info(struct gp_sim_ok_call *c)
{
	char id[40];

	snprintf(id, sizeof(id), "group:%" PRId64, c->group);
	gp_jw_open(&c->jw, '{');
	gp_jw_kstr(&c->jw, "name", c->f->page->title);
	gp_jw_kstr(&c->jw, "group_id", id);
	gp_jw_close(&c->jw, '}');
}

/* clang-format off */
static const struct {
	const char *method, *path, *params; /* as in sim/methods.h */
	void (*play)(struct gp_sim_ok_call *);
} calls[] = {
	{ "GET", "me/info", "access_token*", info },
	{ "GET", "me/chats", "access_token* i:count marker", chats },
	{ "GET", "me/updates", "access_token*", updates },
	{ "POST", "me/subscribe", "access_token* j:types b:longPolling url", subscribe },
};
/* clang-format on */

static void
call(struct gp_sim_ok_call *c, const char *path)
{
	size_t i;

	if (strncmp(path, "me/messages/", 12) == 0 &&
	    strcmp(c->r->method, "GET") == 0) {
		if (gp_sim_ok_check(c, "access_token* i:from i:to i:count") ==
		    0)
			messages(c, path + 12);
		return;
	}
	if (strncmp(path, "me/messages", 11) == 0 &&
	    (path[11] == '/' || path[11] == '\0') &&
	    strcmp(c->r->method, "POST") == 0) {
		if (gp_sim_ok_check(c,
			"access_token* recipient message sender_action") == 0)
			gp_sim_ok_send(c, path[11] == '/' ? path + 12 : "");
		return;
	}
	for (i = 0; i < sizeof(calls) / sizeof(calls[0]); i++)
		if (strcmp(calls[i].path, path) == 0 &&
		    strcmp(calls[i].method, c->r->method) == 0)
			break;
	if (i == sizeof(calls) / sizeof(calls[0]))
		error(c, 404, 3, "METHOD : no such path");
	else if (gp_sim_ok_check(c, calls[i].params) == 0)
		calls[i].play(c);
}

void
gp_sim_ok_graph(struct gp_sim_ok_call *c, const char *path)
{
	const char *token = gp_sim_arg(c->r, "access_token");

	c->f = &c->sim->feed[GP_SIM_OK];
	if (c->f->page == NULL || token == NULL ||
	    strcmp(token, c->sim->tokens.v[GP_SIM_T_OK_BOT]) != 0) {
		error(c, 401, 2001, "GRAPH_PARAM : Invalid access token");
		return;
	}
	c->group = c->f->page->id;
	gp_jw_init(&c->jw, &c->a->body);
	call(c, path);
}
