/* MAX: posts of a channel, comments under them, letters, and updates. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "sim/max.h"

#define SEQ_BASE  116327994376000000
#define MARKER    25493970
#define COUNT_MAX 100

void
gp_sim_max_mid(char to[40], const struct gp_sim_note *n)
{
	snprintf(to, 40, "mid.ffffb%011" PRIx64 "%016" PRIx64,
	    (uint64_t)n->at & 0xfffffffffff, (uint64_t)n->id);
}

int64_t
gp_sim_max_note(const char *mid)
{
	size_t n = strlen(mid);

	if (strncmp(mid, "mid.ffffb", 9) != 0 || n != 36)
		return 0;
	return (int64_t)strtoull(mid + n - 16, NULL, 16);
}

static void
attachments(struct gp_sim_max_call *c, const struct gp_sim_note *n)
{
	struct gp_jw *w = &c->jw;
	char url[80];
	int64_t i;

	if (n->photos == 0 && n->video == 0 && n->document == NULL)
		return;
	gp_jw_key(w, "attachments");
	gp_jw_open(w, '[');
	for (i = 0; i < n->photos; i++) {
		snprintf(url, sizeof(url),
		    "https://i.example.org/%" PRId64 "-%" PRId64, n->id, i);
		gp_jw_open(w, '{');
		gp_jw_kstr(w, "type", "image");
		gp_jw_key(w, "payload");
		gp_jw_open(w, '{');
		gp_jw_kint(w, "photo_id", n->id * 100 + i);
		gp_jw_kstr(w, "token", "T");
		gp_jw_kstr(w, "url", url);
		gp_jw_close(w, '}');
		gp_jw_close(w, '}');
	}
	if (n->video > 0) {
		gp_jw_open(w, '{');
		gp_jw_kstr(w, "type", "video");
		gp_jw_key(w, "payload");
		gp_jw_open(w, '{');
		gp_jw_kstr(w, "token", "V");
		gp_jw_kstr(w, "url", "https://v.example.org/1");
		gp_jw_close(w, '}');
		gp_jw_kint(w, "duration", n->video);
		gp_jw_close(w, '}');
	}
	if (n->document != NULL) {
		gp_jw_open(w, '{');
		gp_jw_kstr(w, "type", "file");
		gp_jw_key(w, "payload");
		gp_jw_open(w, '{');
		gp_jw_kstr(w, "token", "F");
		gp_jw_kstr(w, "url", "https://f.example.org/1");
		gp_jw_close(w, '}');
		gp_jw_kstr(w, "filename", n->document->title);
		gp_jw_kint(w, "size", n->document->size);
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

void
gp_sim_max_json_message(
    struct gp_sim_max_call *c, const struct gp_sim_note *n, int stat)
{
	struct gp_jw *w = &c->jw;
	int letter = n->kind == GP_SIM_LETTER;

	gp_jw_open(w, '{');
	/* The channel speaks without a sender, its bot with one. */
	if (n->as == GP_SIM_PERSON || letter) {
		gp_jw_key(w, "sender");
		gp_sim_max_json_user(
		    c, n->as == GP_SIM_PERSON ? n->from : NULL);
	}
	gp_jw_key(w, "recipient");
	gp_jw_open(w, '{');
	gp_jw_kint(w, "chat_id", letter ? n->from->id + 1000000 : c->chat);
	gp_jw_kstr(w, "chat_type", letter ? "dialog" : "channel");
	gp_jw_close(w, '}');
	gp_jw_kint(w, "timestamp", n->at * 1000);
	if (n->reply_to != 0 && n->reply_to != n->post)
		answered(c, n->reply_to);
	gp_jw_key(w, "body");
	body(c, n);
	if (stat && n->kind == GP_SIM_POST) {
		gp_jw_key(w, "stat");
		gp_jw_open(w, '{');
		gp_jw_kint(w, "views", n->views);
		gp_jw_close(w, '}');
	}
	gp_jw_close(w, '}');
}

static int64_t
count_arg(struct gp_sim_max_call *c)
{
	int64_t n = 50;

	gp_sim_arg_int(c->r, "count", &n);
	return n;
}

static void
list_of(struct gp_sim_max_call *c, struct gp_sim_walk *w, int64_t from,
    int64_t to, int64_t before)
{
	const struct gp_sim_note *n;
	int64_t left = count_arg(c);

	if (left < 1 || left > COUNT_MAX) {
		gp_sim_max_fail(c, 400, "proto.payload", "count: 1 to 100");
		return;
	}
	gp_jw_open(&c->jw, '{');
	gp_jw_key(&c->jw, "messages");
	gp_jw_open(&c->jw, '[');
	while (left > 0 && (n = gp_sim_walk_next(w)) != NULL) {
		if (n->deleted || n->at * 1000 > from || n->at * 1000 < to ||
		    (before != 0 && SEQ_BASE + n->id >= before))
			continue;
		gp_sim_max_json_message(c, n, 1);
		left--;
	}
	gp_jw_close(&c->jw, ']');
	gp_jw_close(&c->jw, '}');
}

/* Under a post; `before` counts by the sequence number here. */
static void
comments(struct gp_sim_max_call *c, const char *mid)
{
	struct gp_sim_note tmp;
	const struct gp_sim_note *post;
	struct gp_sim_walk w;
	int64_t before = 0;

	c->chat = c->f->page != NULL ? c->f->page->id : 0;
	post = gp_sim_feed_note(c->f, gp_sim_max_note(mid), &tmp);
	if (post == NULL || post->kind != GP_SIM_POST ||
	    gp_sim_feed_gone(c->f, post)) {
		gp_sim_max_fail(
		    c, 404, "message.not.found", "Message not found");
		return;
	}
	if (gp_sim_max_params(c, "i:count i:before i:after comment_ids") == -1)
		return;
	gp_sim_arg_int(c->r, "before", &before);
	gp_sim_walk_all(&w, c->f, post, 1);
	list_of(c, &w, INT64_MAX, 0, before);
}

static void
posts(struct gp_sim_max_call *c)
{
	int64_t from = INT64_MAX, to = 0;
	struct gp_sim_walk w;

	if (gp_sim_max_params(c, "i:chat_id i:from i:to i:count message_ids") ==
	    -1)
		return;
	if (gp_sim_arg_int(c->r, "chat_id", &c->chat) == 1)
		c->f = gp_sim_feed_by_id(c->sim, GP_SIM_MAX, c->chat);
	else
		c->f = NULL;
	if (c->f == NULL) {
		gp_sim_max_fail(c, 404, "chat.not.found", "Chat not found");
		return;
	}
	gp_sim_arg_int(c->r, "from", &from);
	gp_sim_arg_int(c->r, "to", &to);
	gp_sim_walk_posts(&w, c->f);
	list_of(c, &w, from, to, 0);
}

/* "" | "/MID/comments" */
void
gp_sim_max_messages(struct gp_sim_max_call *c, const char *path)
{
	char mid[64];
	const char *slash = *path == '/' ? strchr(path + 1, '/') : NULL;

	if (*path == '\0') {
		posts(c);
	} else if (slash != NULL && strcmp(slash, "/comments") == 0 &&
	    slash - path - 1 < (int)sizeof(mid)) {
		snprintf(mid, sizeof(mid), "%.*s", (int)(slash - path - 1),
		    path + 1);
		comments(c, mid);
	} else {
		gp_sim_max_fail(c, 404, "not.found", "no such path");
	}
}

/* Comments are told of by no update whose name is known. */
static const char *
kind_of(const struct gp_sim_news *n)
{
	if (n->note->kind == GP_SIM_COMMENT)
		return NULL;
	if (n->kind == GP_SIM_N_EDITED)
		return "message_edited";
	return n->kind == GP_SIM_N_DELETED ? "message_removed"
					   : "message_created";
}

static void
update(struct gp_sim_max_call *c, const struct gp_sim_news *news)
{
	struct gp_sim_note n = *news->note;
	struct gp_jw *w = &c->jw;
	char mid[40];

	n.text = news->text;
	gp_jw_open(w, '{');
	gp_jw_kstr(w, "update_type", kind_of(news));
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

/* 1: there is news from *at on, or a signal to stop. */
static int
wait_news(struct gp_sim_max_call *c, size_t *at, int64_t seconds)
{
	struct timespec until;

	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += seconds;
	for (;;) {
		while (*at < c->f->news_n && kind_of(&c->f->news[*at]) == NULL)
			++*at;
		if (*at < c->f->news_n || c->sim->stopping || seconds <= 0)
			return *at < c->f->news_n;
		if (pthread_cond_timedwait(
			&c->sim->news, &c->sim->lock, &until) != 0)
			return 0;
	}
}

void
gp_sim_max_updates(struct gp_sim_max_call *c, const char *path)
{
	int64_t limit = 100, timeout = 30, marker = 0;
	size_t at;

	(void)path;
	if (gp_sim_max_params(c, "i:limit i:timeout i:marker types") == -1)
		return;
	gp_sim_arg_int(c->r, "limit", &limit);
	gp_sim_arg_int(c->r, "timeout", &timeout);
	if (limit < 1 || limit > 1000 || timeout < 0 || timeout > 90) {
		gp_sim_max_fail(c, 400, "proto.payload", "limit or timeout");
		return;
	}
	c->chat = c->f->page != NULL ? c->f->page->id : 0;
	at = 0; /* without a marker: all that was not yet confirmed */
	if (gp_sim_arg_int(c->r, "marker", &marker) == 1 && marker >= MARKER)
		at = (size_t)(marker - MARKER);
	gp_jw_open(&c->jw, '{');
	gp_jw_key(&c->jw, "updates");
	gp_jw_open(&c->jw, '[');
	if (wait_news(c, &at, timeout))
		for (; at < c->f->news_n && limit > 0; at++) {
			if (kind_of(&c->f->news[at]) == NULL)
				continue;
			update(c, &c->f->news[at]);
			limit--;
		}
	gp_jw_close(&c->jw, ']');
	gp_jw_kint(&c->jw, "marker", MARKER + (int64_t)at);
	gp_jw_close(&c->jw, '}');
}
