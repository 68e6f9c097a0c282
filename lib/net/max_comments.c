/*
 * Comments under a channel's posts. The network tells no number of them, so
 * each post of the watched time is looked into: its newest comments, and on
 * until one is met that is known.
 *
 * `before` is a bound of time by the words of dev.max.ru, but no unit is named
 * there: milliseconds are tried, then the sequence number. The bound is set so
 * that the last comment met must come again. A page without it, or one that
 * takes no notice of the bound, shows that it is none; where neither leads on,
 * that is a gap and said.
 */
#include <inttypes.h>
#include <string.h>

#include "net/max.h"
#include "net/watch.h"

enum phase {
	WHO,
	ME,
	ADMINS,
	LIST,
	READ
};

struct comments {
	struct gp_max max;
	struct gp_watch watch;
	enum phase phase;
	int64_t from; /* of the list, ms */
	long listed;
	struct gp_watched *post;
	struct mark {
		int64_t at, seq;
	} oldest;            /* comment of the post met so far; 0: none */
	int by_seq, refuted; /* what `before` is, how many it is not */
};

static int
open_comments(struct gp_job *job, struct gp_why *why)
{
	struct comments *c = job->own;

	if (gp_max_open(&c->max, job, why) == -1)
		return -1;
	c->phase = c->max.chat != NULL ? ME : WHO;
	return gp_watch_open(&c->watch, &c->max.look, job, why);
}

static void
close_comments(struct gp_job *job)
{
	struct comments *c = job->own;

	gp_max_close(&c->max);
	gp_watch_release(&c->watch);
}

static int
next_post(struct gp_job *job, struct comments *c, struct gp_http_req *req)
{
	struct gp_buf path;

	if (c->post == NULL) {
		c->post = gp_watch_next(&c->watch);
		c->oldest = (struct mark){ 0, 0 };
		c->refuted = 0;
	}
	if (c->post == NULL) {
		gp_watch_finish(&c->watch);
		return 0;
	}
	gp_buf_init(&path, 0);
	gp_buf_adds(&path, "messages/");
	gp_max_escape(&path, c->post->id);
	gp_buf_adds(&path, "/comments");
	gp_max_get(job, &c->max, req, gp_buf_str(&path));
	gp_buf_release(&path);
	gp_max_number(req, "count", GP_MAX_COUNT);
	if (c->oldest.at != 0)
		gp_max_number(req, "before",
		    (c->by_seq ? c->oldest.seq : c->oldest.at) + 1);
	return 1;
}

static int
next_comments(struct gp_job *job, struct gp_http_req *req)
{
	struct comments *c = job->own;
	struct gp_buf path;

	switch (c->phase) {
	case WHO:
		gp_max_who(job, &c->max, req);
		return 1;
	case ME:
		gp_max_get(job, &c->max, req, "me");
		return 1;
	case ADMINS:
		gp_buf_init(&path, 0);
		gp_buf_addf(&path, "chats/%s/members/admins", c->max.chat);
		gp_max_get(job, &c->max, req, gp_buf_str(&path));
		gp_buf_release(&path);
		return 1;
	case LIST:
		gp_max_get(job, &c->max, req, "messages");
		gp_http_param(&req->url, "chat_id", gp_span_of(c->max.chat));
		if (c->from != 0)
			gp_max_number(req, "from", c->from);
		gp_max_number(req, "count", GP_MAX_COUNT);
		return 1;
	case READ:
		break;
	}
	return next_post(job, c, req);
}

static int
take_list(struct gp_job *job, struct comments *c, const struct gp_json_obj *o)
{
	int64_t oldest = c->from;
	struct gp_json_obj list;
	struct gp_max_note n;
	size_t i;
	int end;

	if (gp_max_list(job, &c->max, o, "messages", "messages", &list) == -1)
		return -1;
	end = list.n < GP_MAX_COUNT;
	for (i = 0; i < list.n; i++) {
		if (gp_max_note(job, &c->max, &list, "messages", i, &n) == -1)
			return -1;
		if (gp_watch_ends(&c->watch, n.at / 1000) ||
		    (job->want->limit != 0 && c->listed >= job->want->limit)) {
			end = 1;
			break;
		}
		c->listed++;
		oldest = oldest == 0 || n.at < oldest ? n.at + 1 : oldest;
		gp_watch_list(&c->watch, n.mid, n.at / 1000, -1);
	}
	if (!end && oldest != c->from) {
		c->from = oldest;
		return 0;
	}
	c->phase = READ;
	gp_watch_listed(&c->watch);
	return 0;
}

/* What a page of comments held. */
struct page {
	size_t n;
	int fresh, known;
};

static void
one_comment(struct gp_job *job, struct comments *c, const struct gp_max_note *n,
    struct page *page)
{
	struct gp_json_obj body = gp_look_at(&c->max.look, &n->o, "body");
	const struct gp_known_id *k = gp_known_find(&c->post->known, n->mid);
	struct gp_item it;

	page->known |= k != NULL && k->before;
	page->fresh |= k == NULL || !k->seen;
	if (c->oldest.at == 0 || n->at < c->oldest.at)
		c->oldest = (struct mark){ n->at, gp_look_int(&body, "seq") };
	gp_max_comment(job, &c->max, &n->o, c->post->id, &it);
	if (gp_watch_met(&c->watch, c->post, n->mid, it.at))
		gp_job_item(job, &it);
}

static void
done(struct comments *c, int whole, const char *why)
{
	gp_watch_done(&c->watch, c->post, whole, why);
	c->post = NULL;
}

/* After a page that held nothing but what had been met: is that the end? */
static void
no_more(struct comments *c, const struct page *page)
{
	if (page->n > 0 && page->n < GP_MAX_COUNT) {
		done(c, 1, NULL);
		return;
	}
	c->by_seq = !c->by_seq;
	if (++c->refuted == 2)
		done(c, 0, "older comments cannot be reached by 'before'");
}

static int
take_read(struct gp_job *job, struct comments *c, const struct gp_json_obj *o)
{
	int first = c->oldest.at == 0;
	struct gp_json_obj list;
	struct gp_max_note n;
	struct page page = { 0 };

	if (gp_max_list(job, &c->max, o, "comments", "messages", &list) == -1)
		return -1;
	for (; page.n < list.n; page.n++) {
		if (gp_max_note(job, &c->max, &list, "comments", page.n, &n) ==
		    -1)
			return -1;
		one_comment(job, c, &n, &page);
	}
	if (c->watch.bad || c->max.look.pool.bad)
		return gp_job_fail(job, GP_RUN_LATER, "no memory");
	if (!first && !page.fresh)
		no_more(c, &page);
	else if (list.n < GP_MAX_COUNT)
		done(c, 1, NULL);
	else if (page.known && job->want->overlap == 0 && !job->want->all)
		done(c, 0, NULL); /* the rest is known */
	else
		c->refuted = 0;
	return 0;
}

static int
who(struct gp_job *job, struct comments *c, const struct gp_json_obj *o)
{
	if (gp_max_take_who(job, &c->max, o) == -1)
		return -1;
	gp_watch_release(&c->watch);
	if (gp_watch_open(&c->watch, &c->max.look, job, &job->why) == -1)
		return gp_job_unopened(job);
	c->phase = ME;
	return 0;
}

/* A post that is gone, or whose comments are off, ends none of the others. */
static int
not_there(struct comments *c, const struct gp_http_reply *reply)
{
	if (c->phase != READ || reply->status != 404)
		return 0;
	done(c, 0, c->post->known.n > 0 ? "the post is gone (404)" : NULL);
	return 1;
}

static int
take_comments(struct gp_job *job, const struct gp_http_reply *reply)
{
	struct comments *c = job->own;
	struct gp_json_obj o;

	if (not_there(c, reply))
		return 0;
	if (gp_max_reply(job, &c->max, reply, "read_all_messages", &o) == -1)
		return -1;
	switch (c->phase) {
	case WHO:
		return who(job, c, &o);
	case ME:
		c->phase = ADMINS;
		return gp_max_me(job, &c->max, &o);
	case ADMINS:
		c->phase = LIST;
		return gp_max_admins(job, &c->max, &o);
	case LIST:
		return take_list(job, c, &o);
	case READ:
		break;
	}
	return take_read(job, c, &o);
}

static long
plan_comments(struct gp_job *job)
{
	const struct comments *c = job->own;

	return c->phase == READ ? (long)c->watch.n : GP_PLAN_MORE;
}

const struct gp_stream gp_max_comments = {
	.name = "comments",
	.size = sizeof(struct comments),
	.needs = GP_BIT(GP_TOKEN_BOT),
	.open = open_comments,
	.next = next_comments,
	.take = take_comments,
	.close = close_comments,
	.plan = plan_comments,
};
