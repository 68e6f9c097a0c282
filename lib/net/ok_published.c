/* Whether a topic stands in a group of OK: by its words. */
#include <stdlib.h>
#include <string.h>

#include "net/ok.h"
#include "net/publish.h"

#define NEEDS GP_BIT(GP_TOKEN_ACCESS)

struct seek {
	struct gp_ok ok;
	char *anchor; /* behind the pages that were seen; NULL: none was */
	int pages, done;
};

static int
open_seek(struct gp_job *job, struct gp_why *why)
{
	struct seek *s = job->own;

	return gp_ok_open(&s->ok, job, why);
}

static void
close_seek(struct gp_job *job)
{
	struct seek *s = job->own;

	free(s->anchor);
	gp_ok_close(&s->ok);
}

static int
next_seek(struct gp_job *job, struct gp_http_req *req)
{
	struct seek *s = job->own;

	if (s->done)
		return 0;
	gp_ok_topics_call(job, &s->ok, req, s->anchor);
	return 1;
}

static int
is_ours(struct gp_job *job, struct seek *s, const struct gp_json_obj *topic,
    struct gp_item *it)
{
	const struct gp_publish *what = job->act->publish;
	struct gp_buf b;
	int r;

	gp_ok_topic(job, &s->ok.look, topic, it);
	if (!gp_publish_time(job->act, gp_ok_topic_at(&s->ok.look, topic)))
		return 0;
	if (what->said.text.n == 0 && what->poll != NULL)
		return it->poll != NULL &&
		    gp_publish_same(
			it->poll->question, gp_span_of(what->poll->question));
	gp_buf_init(&b, 0);
	gp_said_plain(&b, &what->said);
	r = gp_publish_same(it->text, gp_buf_span(&b));
	gp_buf_release(&b);
	return r;
}

static int
take_seek(struct gp_job *job, const struct gp_http_reply *reply)
{
	struct seek *s = job->own;
	struct gp_json_obj o, list, topic;
	struct gp_item it;
	int more = 0;
	size_t i;

	if (gp_ok_reply(job, &s->ok, reply, &o) == -1 ||
	    gp_ok_topics(job, &s->ok, &o, &list) == -1)
		return -1;
	for (i = 0; i < list.n; i++) {
		topic = gp_look_in(&s->ok.look, list.m[i].value);
		memset(&it, 0, sizeof(it));
		if (!is_ours(job, s, &topic, &it) ||
		    gp_publish_taken(
			job->act, gp_pool_copy(&s->ok.look.pool, it.id).p))
			continue;
		s->done = 1;
		job->act->found = GP_SEEK_FOUND;
		gp_buf_add(&job->act->result, it.id.p, it.id.n);
		if (it.url.n > 0)
			gp_buf_add(&job->act->url, it.url.p, it.url.n);
		return 0;
	}
	/* What is asked for might stand behind newer ones. */
	if (list.n > 0 &&
	    !gp_act_before(job->act, gp_ok_topic_at(&s->ok.look, &topic))) {
		more = gp_ok_more(job, &s->ok, &o, "mediatopic.getTopics",
		    list.n, &s->anchor);
		if (more == -1)
			return -1;
	}
	s->done = !more || ++s->pages == GP_SEEK_PAGES;
	/* One that waits for its time is in no list. */
	if (!more && job->act->publish->when == 0)
		job->act->found = GP_SEEK_ABSENT;
	return 0;
}

const struct gp_stream gp_ok_published = {
	.name = "published",
	.needs = NEEDS,
	.size = sizeof(struct seek),
	.open = open_seek,
	.next = next_seek,
	.take = take_seek,
	.close = close_seek,
};
