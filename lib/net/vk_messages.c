/*
 * Private messages to a community: conversations from the one that spoke last
 * on, and of each what is newer than the cursor, {"id":N}: the newest message
 * when the run before began. Numbers of messages rise over all conversations.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "net/vk.h"

#include "base/grow.h"

#define KINDS (GP_BIT(GP_TOKEN_COMMUNITY))

enum {
	MANY = 200
};

struct messages {
	struct gp_vk vk;
	int64_t last;   /* of the run before; 0: none */
	int64_t newest; /* when this run began */
	int64_t *peer;  /* whose talk is to be read; the last one goes first */
	size_t n, cap;
	int64_t offset; /* in the list, then in a talk */
	int listed, done;
};

static int
open_messages(struct gp_job *job, struct gp_why *why)
{
	struct messages *m = job->own;

	if (job->cursor != NULL)
		m->last = strtoll(job->cursor, NULL, 10);
	return gp_vk_open(&m->vk, job, why);
}

static void
close_messages(struct gp_job *job)
{
	struct messages *m = job->own;

	gp_vk_close(&m->vk);
	free(m->peer);
}

static int
next_messages(struct gp_job *job, struct gp_http_req *req)
{
	struct messages *m = job->own;
	struct gp_vk_call c = { .method = "messages.getConversations" };

	if (m->done)
		return 0;
	if (m->vk.group == 0) {
		gp_vk_who(job, req, KINDS);
		return 1;
	}
	if (m->listed) {
		c.method = "messages.getHistory";
		gp_vk_int(&c, "peer_id", m->peer[m->n - 1]);
	}
	gp_vk_int(&c, "group_id", m->vk.group);
	gp_vk_int(&c, "offset", m->offset);
	gp_vk_int(&c, "count", MANY);
	gp_vk_int(&c, "extended", 1);
	gp_vk_request(job, req, KINDS, &c, 1);
	return 1;
}

static int
add_peer(struct messages *m, int64_t peer)
{
	int64_t *v;

	v = gp_grow(&m->peer, &m->n, &m->cap, sizeof(*v));
	if (v == NULL)
		return -1;
	*v = peer;
	return 0;
}

/* What of a message the run wants: 1; 0: not this one; -1: nor older ones. */
static int
wanted(const struct gp_job *job, const struct messages *m, int64_t id,
    gp_instant at)
{
	const struct gp_want *want = job->want;
	int again = want->overlap != 0 && at >= want->now - want->overlap;

	if (want->since != 0 && at < want->since)
		return -1;
	if (id <= m->last && !again && !want->all && want->since == 0)
		return -1;
	return want->until == 0 || at < want->until;
}

static void
finish(struct gp_job *job, struct messages *m)
{
	struct gp_buf b;

	m->done = 1;
	if (job->messages == 0)
		job->outcome = GP_RUN_EMPTY;
	job->more = job->want->until != 0;
	if (job->more || (m->newest == 0 && m->last == 0))
		return;
	gp_buf_init(&b, 0);
	gp_buf_add64(&b, m->newest > m->last ? m->newest : m->last);
	gp_job_cursor(job, gp_buf_span(&b));
	gp_buf_release(&b);
}

static int
take_list(struct gp_job *job, struct messages *m, const struct gp_json_obj *a)
{
	struct gp_json_obj list = gp_look_at(&m->vk.look, a, "items");
	struct gp_json_obj o, talk, peer, last;
	int r = 1;
	size_t i;

	for (i = 0; i < list.n && r != -1; i++) {
		o = gp_look_in(&m->vk.look, list.m[i].value);
		talk = gp_look_at(&m->vk.look, &o, "conversation");
		peer = gp_look_at(&m->vk.look, &talk, "peer");
		last = gp_look_at(&m->vk.look, &o, "last_message");
		if (gp_look_int(&last, "id") > m->newest)
			m->newest = gp_look_int(&last, "id");
		r = wanted(job, m, gp_look_int(&last, "id"),
		    gp_look_int(&last, "date"));
		if (r != -1 && add_peer(m, gp_look_int(&peer, "id")) == -1)
			return gp_job_fail(job, GP_RUN_LATER, "no memory");
	}
	m->offset += (int64_t)list.n;
	if (r != -1 && list.n > 0 && m->offset < gp_look_int(a, "count"))
		return 0;
	m->listed = 1;
	m->offset = 0;
	if (m->n == 0)
		finish(job, m);
	return 0;
}

static int
take_talk(struct gp_job *job, struct messages *m, const struct gp_json_obj *a)
{
	struct gp_json_obj list = gp_look_at(&m->vk.look, a, "items"), o;
	struct gp_vk_names names;
	struct gp_item it;
	int r = 1;
	size_t i;

	gp_vk_names(&m->vk, a, &names);
	for (i = 0; i < list.n && r != -1; i++) {
		o = gp_look_in(&m->vk.look, list.m[i].value);
		r = wanted(
		    job, m, gp_look_int(&o, "id"), gp_look_int(&o, "date"));
		if (r != 1)
			continue;
		gp_vk_message(&m->vk, &o, &names, &it);
		gp_job_item(job, &it);
	}
	m->offset += (int64_t)list.n;
	if (r != -1 && list.n > 0 && m->offset < gp_look_int(a, "count"))
		return 0;
	m->offset = 0;
	if (--m->n == 0)
		finish(job, m);
	return 0;
}

static int
take_messages(struct gp_job *job, const struct gp_http_reply *reply)
{
	struct messages *m = job->own;
	struct gp_json_obj answer;
	struct gp_json v;

	if (m->vk.group == 0) {
		if (gp_vk_take_who(job, &m->vk, reply) == -1)
			return -1;
		if (job->cursor != NULL)
			m->last = strtoll(job->cursor, NULL, 10);
		return 0;
	}
	if (gp_vk_response(job, &m->vk, reply, &v) == -1)
		return -1;
	answer = gp_look_in(&m->vk.look, v);
	if (!m->listed)
		return take_list(job, m, &answer);
	return take_talk(job, m, &answer);
}

static long
plan_messages(struct gp_job *job)
{
	const struct messages *m = job->own;

	return m->listed ? (long)m->n : GP_PLAN_MORE;
}

const struct gp_stream gp_vk_messages = {
	.name = "messages",
	.size = sizeof(struct messages),
	.needs = KINDS,
	.open = open_messages,
	.next = next_messages,
	.take = take_messages,
	.close = close_messages,
	.plan = plan_messages,
};
