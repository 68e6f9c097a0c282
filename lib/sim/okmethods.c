/* What OK's methods tell of a group: topics, comments, figures. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim/ok.h"

#define COUNT_MAX 100
#define MOSCOW    10800

int64_t
gp_sim_ok_count(const struct gp_sim_ok_call *c)
{
	int64_t n = 50;

	gp_sim_arg_int(c->r, "count", &n);
	return n < 1 || n > COUNT_MAX ? COUNT_MAX : n;
}

int64_t
gp_sim_ok_anchor(const struct gp_sim_ok_call *c, char letter)
{
	const char *s = gp_sim_arg(c->r, "anchor");

	return s != NULL && *s == letter ? strtoll(s + 1, NULL, 16) : 0;
}

void
gp_sim_ok_more(
    struct gp_sim_ok_call *c, char letter, int64_t last, int has_more)
{
	char anchor[32];

	snprintf(anchor, sizeof(anchor), "%c%" PRIx64, letter, (uint64_t)last);
	gp_jw_kstr(&c->jw, "anchor", anchor);
	gp_jw_kbool(&c->jw, "has_more", has_more);
}

int
gp_sim_ok_current_user(struct gp_sim_ok_call *c)
{
	gp_jw_open(&c->jw, '{');
	gp_jw_kstr(&c->jw, "uid", "570000000001");
	gp_jw_kstr(&c->jw, "name", "Ведущая страницы");
	gp_jw_close(&c->jw, '}');
	return 0;
}

/* A bare string is the whole answer. */
int
gp_sim_ok_logged_in(struct gp_sim_ok_call *c)
{
	gp_jw_str(&c->jw, "570000000001");
	return 0;
}

int
gp_sim_ok_group_info(struct gp_sim_ok_call *c)
{
	const struct gp_sim_own *page;
	char name[80];

	if (gp_sim_ok_group(c, "uids") == -1) {
		/* The real one gives an empty list. */
		gp_buf_reset(&c->a->body);
		gp_buf_adds(&c->a->body, "[]");
		return 0;
	}
	page = c->f->page;
	gp_jw_open(&c->jw, '[');
	gp_jw_open(&c->jw, '{');
	gp_jw_kstr(&c->jw, "uid", gp_sim_arg(c->r, "uids"));
	gp_jw_kstr(&c->jw, "name", page->title != NULL ? page->title : "");
	if (page->about != NULL)
		gp_jw_kstr(&c->jw, "description", page->about);
	gp_jw_kstr(&c->jw, "shortname", gp_sim_feed_name(c->f, c->group, name));
	gp_jw_kint(&c->jw, "members_count", page->subscribers);
	if (page->site != NULL)
		gp_jw_kstr(&c->jw, "homepage_url", page->site);
	if (page->phone != NULL)
		gp_jw_kstr(&c->jw, "phone", page->phone);
	gp_jw_kbool(&c->jw, "premium", page->verified);
	gp_jw_close(&c->jw, '}');
	gp_jw_close(&c->jw, ']');
	return 0;
}

int
gp_sim_ok_group_counters(struct gp_sim_ok_call *c)
{
	if (gp_sim_ok_group(c, "group_id") == -1)
		return -1;
	gp_jw_open(&c->jw, '{');
	gp_jw_key(&c->jw, "counters");
	gp_jw_open(&c->jw, '{');
	gp_jw_kint(&c->jw, "members", c->f->page->subscribers);
	gp_jw_kint(&c->jw, "themes", gp_sim_feed_posts(c->f));
	gp_jw_close(&c->jw, '}');
	gp_jw_close(&c->jw, '}');
	return 0;
}

static void
block(struct gp_sim_ok_call *c, const char *type)
{
	gp_jw_open(&c->jw, '{');
	gp_jw_kstr(&c->jw, "type", type);
}

static void
poll(struct gp_sim_ok_call *c, const struct gp_sim_poll *p)
{
	const struct gp_sim_option *o = p->options.v;
	size_t i;

	block(c, "poll");
	gp_jw_kstr(&c->jw, "question", p->question);
	gp_jw_key(&c->jw, "answers");
	gp_jw_open(&c->jw, '[');
	for (i = 0; i < p->options.n; i++) {
		gp_jw_open(&c->jw, '{');
		gp_jw_kstr(&c->jw, "text", o[i].text);
		gp_jw_kint(&c->jw, "votes_count", o[i].votes);
		gp_jw_close(&c->jw, '}');
	}
	gp_jw_close(&c->jw, ']');
	gp_jw_kint(&c->jw, "votes_count", p->voters);
	gp_jw_close(&c->jw, '}');
}

static void
media(struct gp_sim_ok_call *c, const struct gp_sim_note *n)
{
	int64_t i;

	gp_jw_key(&c->jw, "media");
	gp_jw_open(&c->jw, '[');
	if (*n->text != '\0') {
		block(c, "text");
		gp_jw_kstr(&c->jw, "text", n->text);
		gp_jw_close(&c->jw, '}');
	}
	if (n->photos > 0) {
		block(c, "photo");
		gp_jw_key(&c->jw, "photos");
		gp_jw_open(&c->jw, '[');
		for (i = 0; i < n->photos; i++) {
			gp_jw_open(&c->jw, '{');
			gp_sim_ok_id(c, "id", n->id * 100 + i);
			gp_jw_close(&c->jw, '}');
		}
		gp_jw_close(&c->jw, ']');
		gp_jw_close(&c->jw, '}');
	}
	if (n->video > 0) {
		block(c, "movie");
		gp_jw_kstr(&c->jw, "title", "Видео");
		gp_jw_close(&c->jw, '}');
	}
	if (n->link != NULL) {
		block(c, "link");
		gp_jw_kstr(&c->jw, "url", n->link->url);
		if (n->link->title != NULL)
			gp_jw_kstr(&c->jw, "title", n->link->title);
		gp_jw_close(&c->jw, '}');
	}
	if (n->poll != NULL)
		poll(c, n->poll);
	gp_jw_close(&c->jw, ']');
}

static void
summary(struct gp_sim_ok_call *c, const char *name, const char *key, int64_t n)
{
	gp_jw_key(&c->jw, name);
	gp_jw_open(&c->jw, '{');
	gp_jw_kint(&c->jw, key, n);
	gp_jw_close(&c->jw, '}');
}

static int64_t
likes(const struct gp_sim_note *n)
{
	const struct gp_sim_reaction *r =
	    n->reactions != NULL ? n->reactions->v : NULL;
	int64_t sum = 0;
	size_t i;

	for (i = 0; r != NULL && i < n->reactions->n; i++)
		sum += r[i].n;
	return sum;
}

static void
topic(struct gp_sim_ok_call *c, const struct gp_sim_note *n)
{
	char ref[40];

	gp_jw_open(&c->jw, '{');
	gp_sim_ok_number(ref, n);
	gp_jw_kstr(&c->jw, "id", ref);
	gp_jw_kint(&c->jw, "created_ms", n->at * 1000);
	if (n->as == GP_SIM_PERSON && n->from != NULL)
		snprintf(ref, sizeof(ref), "user:%" PRId64, n->from->id);
	else
		snprintf(ref, sizeof(ref), "group:%" PRId64, c->group);
	gp_jw_kstr(&c->jw, "author_ref", ref);
	snprintf(ref, sizeof(ref), "group:%" PRId64, c->group);
	gp_jw_kstr(&c->jw, "owner_ref", ref);
	if (n->pinned)
		gp_jw_kbool(&c->jw, "pinned", 1);
	media(c, n);
	summary(c, "discussion_summary", "comments_count", n->live_all);
	summary(c, "like_summary", "count", likes(n));
	gp_jw_close(&c->jw, '}');
}

int
gp_sim_ok_topics(struct gp_sim_ok_call *c)
{
	const struct gp_sim_note *n;
	struct gp_sim_walk w;
	int64_t left = gp_sim_ok_count(c), last = 0, before;

	if (gp_sim_ok_group(c, "gid") == -1)
		return -1;
	before = gp_sim_ok_anchor(c, 't');
	gp_jw_open(&c->jw, '{');
	gp_jw_key(&c->jw, "media_topics");
	gp_jw_open(&c->jw, '[');
	gp_sim_walk_posts(&w, c->f);
	while ((n = gp_sim_walk_next(&w)) != NULL) {
		if (before != 0 && n->id >= before)
			continue;
		if (left-- == 0)
			break;
		last = n->id;
		topic(c, n);
	}
	gp_jw_close(&c->jw, ']');
	gp_sim_ok_more(c, 't', last, n != NULL);
	gp_jw_close(&c->jw, '}');
	return 0;
}

/* Topics are unique over all groups: the page need not be named. */
static const struct gp_sim_note *
topic_arg(struct gp_sim_ok_call *c, const char *param, struct gp_sim_note *tmp)
{
	const struct gp_sim_note *n;
	int64_t id = gp_sim_ok_note(gp_sim_arg(c->r, param));

	c->f = gp_sim_feed_by_note(c->sim, GP_SIM_OK, id);
	c->group = c->f->page != NULL ? c->f->page->id : 0;
	n = gp_sim_feed_note(c->f, id, tmp);
	if (n != NULL && n->heir != NULL) /* it was published since */
		n = n->heir;
	if (n != NULL && n->kind == GP_SIM_POST && !gp_sim_feed_gone(c->f, n))
		return n;
	gp_sim_ok_fail(c, 300, "NOT_FOUND : Discussion not found");
	return NULL;
}

static void
comment(struct gp_sim_ok_call *c, const struct gp_sim_note *n)
{
	struct gp_jw *w = &c->jw;
	char at[GP_INSTANT_LEN], text[40];
	int page = n->as != GP_SIM_PERSON || n->from == NULL;

	gp_jw_open(w, '{');
	gp_sim_ok_id(c, "id", n->id);
	/* Of Moscow, without saying so. */
	gp_instant_utc(n->at + MOSCOW, at);
	snprintf(text, sizeof(text), "%.10s %.8s", at, at + 11);
	gp_jw_kstr(w, "date", text);
	gp_jw_kstr(
	    w, "type", n->deleted ? "REMOVED_MESSAGE" : "ACTIVE_MESSAGE");
	snprintf(text, sizeof(text), "%" PRId64, page ? c->group : n->from->id);
	gp_jw_kstr(w, "author_id", text);
	gp_jw_kstr(w, "author_name", page ? c->f->page->title : n->from->name);
	snprintf(text, sizeof(text), "%s:%" PRId64, page ? "group" : "user",
	    page ? c->group : n->from->id);
	gp_jw_kstr(w, "author_ref", text);
	if (n->reply_to != 0 && n->reply_to != n->post)
		gp_sim_ok_id(c, "reply_to_comment_id", n->reply_to);
	if (!n->deleted)
		gp_jw_kstr(w, "text", n->text);
	gp_jw_close(w, '}');
}

int
gp_sim_ok_comments(struct gp_sim_ok_call *c)
{
	const char *type = gp_sim_arg(c->r, "discussionType");
	const char *anchor = gp_sim_arg(c->r, "anchor");
	const char *way = gp_sim_arg(c->r, "direction");
	int removed = gp_sim_arg_true(c->r, "includeRemoved");
	const struct gp_sim_note *post, *n;
	struct gp_sim_note tmp;
	struct gp_sim_walk w;
	int64_t left = gp_sim_ok_count(c), last = 0,
		after = gp_sim_ok_anchor(c, 'c');

	if (type == NULL || strcmp(type, "GROUP_TOPIC") != 0)
		return gp_sim_ok_fail(c, 100, "PARAM : discussionType");
	if ((anchor != NULL && strcmp(anchor, "FIRST") != 0 && after == 0) ||
	    (way != NULL && strcmp(way, "FORWARD") != 0))
		return gp_sim_ok_fail(
		    c, 100, "PARAM : gp-sim reads from FIRST on, FORWARD");
	post = topic_arg(c, "discussionId", &tmp);
	if (post == NULL)
		return -1;
	gp_jw_open(&c->jw, '{');
	gp_jw_key(&c->jw, "comments");
	gp_jw_open(&c->jw, '[');
	gp_sim_walk_all(&w, c->f, post, 0);
	while ((n = gp_sim_walk_next(&w)) != NULL) {
		if (n->id <= after || (n->deleted && !removed))
			continue;
		if (left-- == 0)
			break;
		last = n->id;
		comment(c, n);
	}
	gp_jw_close(&c->jw, ']');
	gp_sim_ok_more(c, 'c', last, n != NULL);
	gp_jw_close(&c->jw, '}');
	return 0;
}

/* A bare number is the whole answer. */
int
gp_sim_ok_comments_count(struct gp_sim_ok_call *c)
{
	const struct gp_sim_note *post;
	struct gp_sim_note tmp;

	post = topic_arg(c, "entityId", &tmp);
	if (post == NULL)
		return -1;
	gp_jw_int(&c->jw, post->live_all);
	return 0;
}
