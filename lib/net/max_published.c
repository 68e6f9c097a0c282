/* Whether a post stands in a channel of MAX: by its words. */
#include <inttypes.h>

#include "net/max.h"
#include "net/publish.h"

struct seek {
	struct gp_max max;
	int64_t from; /* ms, behind the pages that were seen; 0: the newest */
	int pages, done;
};

static int
open_seek(struct gp_job *job, struct gp_why *why)
{
	struct seek *s = job->own;

	return gp_max_open(&s->max, job, why);
}

static void
close_seek(struct gp_job *job)
{
	struct seek *s = job->own;

	gp_max_close(&s->max);
}

static int
next_seek(struct gp_job *job, struct gp_http_req *req)
{
	struct seek *s = job->own;

	if (s->done)
		return 0;
	if (s->max.chat == NULL) {
		gp_max_who(job, &s->max, req);
		return 1;
	}
	gp_max_get(job, &s->max, req, "messages");
	gp_http_param(&req->url, "chat_id", gp_span_of(s->max.chat));
	gp_max_number(req, "count", GP_MAX_COUNT);
	if (s->from != 0)
		gp_max_number(req, "from", s->from);
	return 1;
}

static int
take_seek(struct gp_job *job, const struct gp_http_reply *reply)
{
	struct seek *s = job->own;
	struct gp_json_obj o, list, body;
	int64_t oldest = 0;
	struct gp_max_note n;
	size_t i;

	if (gp_max_reply(job, &s->max, reply, "read_all_messages", &o) == -1)
		return -1;
	if (s->max.chat == NULL)
		return gp_max_take_who(job, &s->max, &o);
	if (gp_max_list(job, &s->max, &o, "messages", "messages", &list) == -1)
		return -1;
	s->done = 1;
	job->act->found = GP_SEEK_ABSENT;
	for (i = 0; i < list.n; i++) {
		if (gp_max_note(job, &s->max, &list, "messages", i, &n) == -1)
			return -1;
		oldest = oldest == 0 || n.at < oldest ? n.at : oldest;
		body = gp_look_at(&s->max.look, &n.o, "body");
		if (!gp_publish_time(job->act, n.at / 1000)) {
			/* Older ones are not ours. */
			return 0;
		}
		if (!gp_publish_same(gp_look_str(&s->max.look, &body, "text"),
			job->act->publish->said.text) ||
		    gp_publish_taken(job->act,
			gp_pool_fmt(&s->max.look.pool, "%s/%.*s", job->page,
			    (int)n.mid.n, n.mid.p)
			    .p))
			continue;
		job->act->found = GP_SEEK_FOUND;
		gp_buf_addf(&job->act->result, "%s/%.*s", job->page,
		    (int)n.mid.n, n.mid.p);
		return 0;
	}
	if (list.n < GP_MAX_COUNT)
		return 0;
	/* It might stand behind these. A page that leads no further back says
	 * nothing about what does. */
	job->act->found = GP_SEEK_UNSURE;
	s->done = oldest + 1 == s->from || ++s->pages == GP_SEEK_PAGES;
	s->from = oldest + 1;
	return 0;
}

const struct gp_stream gp_max_published = {
	.name = "published",
	.needs = GP_BIT(GP_TOKEN_BOT),
	.size = sizeof(struct seek),
	.open = open_seek,
	.next = next_seek,
	.take = take_seek,
	.close = close_seek,
};
