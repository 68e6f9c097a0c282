/*
 * Messages to a group by the Graph Bot API: the chats in which something
 * happened since the cursor, and of each what is newer, from the newest on.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "net/known.h"
#include "net/ok.h"

#include "base/grow.h"

enum {
	SLACK = 60000 /* ms that two events may change their order by */
};

struct messages {
	struct gp_ok ok;
	int64_t since, newest; /* ms */
	int64_t until;         /* of the next page of a chat; 0: its newest */
	char *marker;
	char **chat; /* to be read; the last one goes first */
	size_t n, cap;
	struct gp_known met;    /* chats: one that speaks moves up the list */
	struct gp_known seen;   /* in the chat being read */
	struct gp_known recent; /* so young that they are met again */
	int listed, done;
};

/* {"ms":N,"recent":[["ID",AT],...]} */
static int
start_from(struct messages *m, const char *cursor)
{
	struct gp_json_obj o;
	struct gp_buf b;
	struct gp_why why;
	int r = -1;

	gp_buf_init(&b, GP_MAX_STATE);
	gp_buf_adds(&b, cursor);
	if (gp_look_open(&m->ok.look, gp_buf_span(&b), &o, &why) == 0 &&
	    gp_look_int(&o, "ms") > 0) {
		m->newest = gp_look_int(&o, "ms");
		m->since = m->newest - SLACK;
		gp_known_load(
		    &m->recent, &m->ok.look, gp_json_get(&o, "recent"));
		r = 0;
	}
	gp_buf_release(&b);
	return r;
}

static int
open_messages(struct gp_job *job, struct gp_why *why)
{
	struct messages *m = job->own;
	const struct gp_want *want = job->want;

	gp_known_init(&m->met);
	gp_known_init(&m->seen);
	gp_known_init(&m->recent);
	if (gp_ok_open(&m->ok, job, why) == -1)
		return -1;
	if (job->cursor != NULL && !want->all &&
	    start_from(m, job->cursor) == -1)
		return gp_job_damaged(why);
	if (want->overlap != 0 && (want->now - want->overlap) * 1000 < m->since)
		m->since = (want->now - want->overlap) * 1000;
	if (want->since != 0)
		m->since = want->since * 1000;
	return 0;
}

static void
close_messages(struct gp_job *job)
{
	struct messages *m = job->own;

	while (m->n > 0)
		free(m->chat[--m->n]);
	free(m->chat);
	free(m->marker);
	gp_known_release(&m->met);
	gp_known_release(&m->seen);
	gp_known_release(&m->recent);
	gp_ok_close(&m->ok);
}

static void
number_param(struct gp_buf *url, const char *key, int64_t n)
{
	char text[24];

	snprintf(text, sizeof(text), "%" PRId64, n);
	gp_http_param(url, key, gp_span_of(text));
}

static int
next_messages(struct gp_job *job, struct gp_http_req *req)
{
	struct messages *m = job->own;
	struct gp_buf path;

	if (m->done)
		return 0;
	if (!m->listed) {
		gp_ok_graph(job, req, "me/chats");
		gp_http_param(&req->url, "count", gp_span_of("100"));
		if (m->marker != NULL)
			gp_http_param(
			    &req->url, "marker", gp_span_of(m->marker));
		return 1;
	}
	gp_buf_init(&path, 0);
	gp_buf_addf(&path, "me/messages/%s", m->chat[m->n - 1]);
	gp_ok_graph(job, req, gp_buf_str(&path));
	gp_buf_release(&path);
	if (m->until != 0)
		number_param(&req->url, "from", m->until);
	number_param(&req->url, "to", m->since > 0 ? m->since : 0);
	gp_http_param(&req->url, "count", gp_span_of("100"));
	return 1;
}

static int
add_chat(struct messages *m, struct gp_span id)
{
	struct gp_known_id *k = gp_known_put(&m->met, id, 0);
	char **v;

	if (k == NULL)
		return -1;
	if (k->seen)
		return 0;
	k->seen = 1;
	v = gp_room(&m->chat, m->n, &m->cap, sizeof(*v));
	if (v == NULL)
		return -1;
	*v = gp_span_dup(id);
	return *v != NULL ? (int)m->n++ : -1;
}

static void
finish(struct gp_job *job, struct messages *m)
{
	struct gp_buf b;
	struct gp_jw w;
	size_t i;

	m->done = 1;
	if (job->messages == 0)
		job->outcome = GP_RUN_EMPTY;
	job->more = job->want->until != 0;
	if (job->more || m->newest == 0)
		return;
	gp_buf_init(&b, GP_MAX_STATE);
	gp_jw_init(&w, &b);
	gp_jw_open(&w, '{');
	gp_jw_kint(&w, "ms", m->newest);
	gp_jw_key(&w, "recent");
	gp_jw_open(&w, '[');
	for (i = 0; i < m->recent.n; i++) {
		const struct gp_known_id *k = &m->recent.v[i];

		if (k->at * 1000 < m->newest - SLACK - 1000)
			continue;
		gp_jw_open(&w, '[');
		gp_jw_text(&w, k->id);
		gp_jw_int(&w, k->at);
		gp_jw_close(&w, ']');
	}
	gp_jw_close(&w, ']');
	gp_jw_close(&w, '}');
	gp_job_cursor(job, gp_buf_span(&b));
	gp_buf_release(&b);
}

static int
take_chats(struct gp_job *job, struct messages *m, const struct gp_json_obj *o)
{
	struct gp_json_obj list, c;
	struct gp_span id, marker = gp_look_str(&m->ok.look, o, "marker");
	int64_t last;
	int older = 0, new;
	size_t i;

	if (gp_ok_list(job, &m->ok, o, "me/chats", "chats", &list) == -1)
		return -1;
	for (i = 0; i < list.n; i++) {
		c = gp_look_in(&m->ok.look, list.m[i].value);
		id = gp_look_str(&m->ok.look, &c, "chat_id");
		if (gp_ok_id(&m->ok.look, &c, "chat_id").n == 0)
			return gp_job_fail(job, GP_RUN_REFUSED,
			    "me/chats: chats[%zu] has no 'chat_id'", i);
		last = gp_look_int(&c, "lastEventTime");
		if (last > m->newest)
			m->newest = last;
		older |= last < m->since;
		if (last >= m->since && add_chat(m, id) == -1)
			return gp_job_fail(job, GP_RUN_LATER, "no memory");
	}
	new = marker.n > 0 &&
	    (m->marker == NULL || !gp_span_is(marker, m->marker));
	free(m->marker);
	m->marker = new ? gp_span_dup(marker) : NULL;
	/* Chats come from the one on that spoke last. A marker stands on the
	 * last page too, and pages may be shorter than asked for. */
	if (list.n > 0 && m->marker != NULL && !older)
		return 0;
	m->listed = 1;
	if (m->n == 0)
		finish(job, m);
	return 0;
}

static void
one_message(struct gp_job *job, struct messages *m, struct gp_json v,
    int64_t *oldest, int *fresh)
{
	const struct gp_want *want = job->want;
	struct gp_json_obj o = gp_look_in(&m->ok.look, v);
	int64_t at = gp_look_int(&o, "timestamp");
	struct gp_known_id *k;
	struct gp_item it;

	if (gp_ok_message(job, &m->ok.look, &o, &it) == -1) {
		job->skipped++;
		return;
	}
	if (at != 0 && (*oldest == 0 || at < *oldest))
		*oldest = at;
	k = gp_known_put(&m->seen, it.id, it.at);
	if (k == NULL || k->seen)
		return;
	k->seen = *fresh = 1;
	if (at < m->since || (want->until != 0 && it.at >= want->until))
		return;
	k = gp_known_put(&m->recent, it.id, it.at);
	if (k == NULL || !k->before || want->overlap != 0 || want->all)
		gp_job_item(job, &it);
}

static int
take_chat(struct gp_job *job, struct messages *m, const struct gp_json_obj *o)
{
	struct gp_json_obj list;
	int64_t oldest = 0;
	int fresh = 0;
	size_t i;

	if (gp_ok_list(job, &m->ok, o, "me/messages", "messages", &list) == -1)
		return -1;
	for (i = 0; i < list.n; i++)
		one_message(job, m, list.m[i].value, &oldest, &fresh);
	if (m->ok.look.pool.bad || m->seen.bad || m->recent.bad)
		return gp_job_fail(job, GP_RUN_LATER, "no memory");
	/* `from` is met again: what is of the same moment is not lost. How many
	 * come at once is the server's to say: a page with nothing new ends. */
	if (fresh && oldest > m->since) {
		m->until = oldest;
		return 0;
	}
	m->until = 0;
	gp_known_release(&m->seen);
	free(m->chat[--m->n]);
	if (m->n == 0)
		finish(job, m);
	return 0;
}

static int
take_messages(struct gp_job *job, const struct gp_http_reply *reply)
{
	struct messages *m = job->own;
	struct gp_json_obj o;

	if (gp_ok_reply(job, &m->ok, reply, &o) == -1)
		return -1;
	return m->listed ? take_chat(job, m, &o) : take_chats(job, m, &o);
}

static long
plan_messages(struct gp_job *job)
{
	const struct messages *m = job->own;

	return m->listed ? (long)m->n : GP_PLAN_MORE;
}

const struct gp_stream gp_ok_messages = {
	.name = "messages",
	.size = sizeof(struct messages),
	.needs = GP_BIT(GP_TOKEN_BOT),
	.open = open_messages,
	.next = next_messages,
	.take = take_messages,
	.close = close_messages,
	.plan = plan_messages,
};
