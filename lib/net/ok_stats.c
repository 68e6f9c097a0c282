/*
 * Figures of the group's topics over a time, by group.getStatTopics, which has
 * those alone that have statistics. The cursor is how far they are final.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "net/ok.h"

enum {
	DAY = 86400,
	DAYS = 7,
	SETTLE = 2
};

struct stats {
	struct gp_ok ok;
	gp_instant from, to;
	char *anchor;
	int done;
	char text[2][24];
};

static int
open_stats(struct gp_job *job, struct gp_why *why)
{
	struct stats *s = calloc(1, sizeof(*s));
	const struct gp_want *want = job->want;

	if (s == NULL)
		return gp_because(why, "no memory");
	job->own = s;
	s->from = job->cursor != NULL ? strtoll(job->cursor, NULL, 10)
				      : want->now - DAYS * DAY;
	if (want->since != 0)
		s->from = want->since;
	s->to = want->until != 0 ? want->until : want->now;
	return gp_ok_open(&s->ok, job, why);
}

static void
close_stats(struct gp_job *job)
{
	struct stats *s = job->own;

	gp_ok_close(&s->ok);
	free(s->anchor);
	free(s);
	job->own = NULL;
}

static int
next_stats(struct gp_job *job, struct gp_http_req *req)
{
	struct stats *s = job->own;
	struct gp_ok_call c = { .n = 0 };

	if (s->done)
		return 0;
	snprintf(s->text[0], sizeof(s->text[0]), "%" PRId64, s->from * 1000);
	snprintf(s->text[1], sizeof(s->text[1]), "%" PRId64, s->to * 1000);
	gp_ok_param(&c, "gid", job->name);
	gp_ok_param(&c, "start_time", s->text[0]);
	gp_ok_param(&c, "end_time", s->text[1]);
	gp_ok_param(&c, "count", "100");
	gp_ok_param(&c, "fields",
	    "id,created_ms,renderings,reach,engagement,feedback,likes,comments,"
	    "reshares,content_opens,link_clicks,negatives,hides_from_feed,"
	    "complaints");
	if (s->anchor != NULL)
		gp_ok_param(&c, "anchor", s->anchor);
	gp_ok_request(job, &s->ok, req, "group.getStatTopics", &c);
	return 1;
}

static void
one_topic(struct gp_job *job, struct stats *s, struct gp_json v)
{
	static const struct {
		const char *theirs, *ours;
	} all[] = { { "renderings", "views" }, { "reach", "reach" },
		{ "engagement", "engagement" }, { "feedback", "feedback" },
		{ "likes", "likes" }, { "comments", "comments" },
		{ "reshares", "reposts" }, { "content_opens", "opens" },
		{ "link_clicks", "links" }, { "negatives", "negatives" },
		{ "hides_from_feed", "hidden" }, { "complaints", "reports" } };
	struct gp_json_obj o = gp_look_in(&s->ok.look, v);
	struct gp_span id = gp_ok_topic_id(&s->ok.look, &o);
	struct gp_stats st = { .network = "ok",
		.page = gp_span_of(job->page),
		.from = gp_ok_time(&s->ok.look, &o, "created_ms", "created"),
		.to = s->to,
		.seen = job->want->now,
		.source = gp_span_of("stat") };
	size_t i;

	if (id.n == 0 || st.from == 0)
		return;
	st.post = gp_pool_fmt(
	    &s->ok.look.pool, "%s/%.*s", job->page, (int)id.n, id.p);
	for (i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		gp_stats_add(
		    &st, all[i].ours, gp_look_figure(&o, all[i].theirs));
	gp_stats_write(&job->out, &st);
	job->stats++;
}

static int
take_stats(struct gp_job *job, const struct gp_http_reply *reply)
{
	struct stats *s = job->own;
	struct gp_json_obj o, list;
	struct gp_span anchor;
	struct gp_buf b;
	size_t i;

	if (gp_ok_reply(job, &s->ok, reply, &o) == -1)
		return -1;
	list = gp_look_at(&s->ok.look, &o, "topics");
	for (i = 0; i < list.n; i++)
		one_topic(job, s, list.m[i].value);
	anchor = gp_look_str(&s->ok.look, &o, "anchor");
	free(s->anchor);
	s->anchor = anchor.n > 0 ? gp_span_dup(anchor) : NULL;
	if (gp_look_true(&o, "has_more") && s->anchor != NULL && list.n > 0)
		return 0;
	s->done = 1;
	if (job->stats == 0)
		job->outcome = GP_RUN_EMPTY;
	if (job->want->until != 0)
		return 0;
	gp_buf_init(&b, 0);
	gp_buf_add64(&b, job->want->now - job->want->now % DAY - SETTLE * DAY);
	gp_job_cursor(job, gp_buf_span(&b));
	gp_buf_release(&b);
	return 0;
}

static long
plan_stats(struct gp_job *job)
{
	const struct stats *s = job->own;

	return s->done ? 0 : -1;
}

const struct gp_stream gp_ok_stats = {
	.name = "stats",
	.needs = GP_BIT(GP_TOKEN_ACCESS),
	.open = open_stats,
	.next = next_stats,
	.take = take_stats,
	.close = close_stats,
	.plan = plan_stats,
};
