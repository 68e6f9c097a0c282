/*
 * Figures of a community by day, and the reach of its newest posts. Only a
 * user who manages it sees them. The cursor is the day up to which they are
 * final; days since then are read anew.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "net/vk.h"

#define KINDS (GP_BIT(GP_TOKEN_USER))

enum {
	DAYS = 7,   /* without a cursor and --since */
	SETTLE = 2, /* days that may still change */
	REACH = 30, /* posts of one call */
	DAY = 86400,
};

struct stats {
	struct gp_vk vk;
	enum {
		DAYS_OF_PAGE,
		POSTS,
		OF_POSTS,
		DONE
	} phase;
	gp_instant from;
	struct {
		int64_t id;
		gp_instant at;
	} post[100];
	size_t n, next;
};

static int
open_stats(struct gp_job *job, struct gp_why *why)
{
	struct stats *s = job->own;

	s->from = job->want->now - DAYS * DAY;
	if (job->cursor != NULL)
		s->from = strtoll(job->cursor, NULL, 10);
	if (job->want->since != 0)
		s->from = job->want->since;
	return gp_vk_open(&s->vk, job, why);
}

static void
close_stats(struct gp_job *job)
{
	struct stats *s = job->own;

	gp_vk_close(&s->vk);
}

static void
reach_call(struct gp_job *job, struct stats *s, struct gp_http_req *req)
{
	struct gp_vk_call c = { .method = "stats.getPostReach" };
	struct gp_buf ids;
	size_t i;

	gp_buf_init(&ids, 0);
	for (i = s->next; i < s->n && i < s->next + REACH; i++)
		gp_buf_addf(
		    &ids, "%s%" PRId64, i > s->next ? "," : "", s->post[i].id);
	gp_vk_int(&c, "owner_id", -s->vk.group);
	gp_vk_text(&c, "post_ids", gp_buf_str(&ids));
	gp_vk_request(job, req, KINDS, &c, 1);
	gp_buf_release(&ids);
}

static int
next_stats(struct gp_job *job, struct gp_http_req *req)
{
	struct stats *s = job->own;
	struct gp_vk_call c = { .method = "stats.get" };

	if (s->vk.group == 0) {
		gp_vk_who(job, req, KINDS);
		return 1;
	}
	switch (s->phase) {
	case DAYS_OF_PAGE:
		gp_vk_int(&c, "group_id", s->vk.group);
		gp_vk_int(&c, "timestamp_from", s->from);
		gp_vk_int(&c, "timestamp_to",
		    job->want->until != 0 ? job->want->until : job->want->now);
		gp_vk_text(&c, "interval", "day");
		gp_vk_text(&c, "stats_groups", "visitors,reach,activity");
		gp_vk_int(&c, "extended", 0);
		break;
	case POSTS:
		c.method = "wall.get";
		gp_vk_int(&c, "owner_id", -s->vk.group);
		gp_vk_int(&c, "count", 100);
		gp_vk_text(&c, "filter", "owner");
		break;
	case OF_POSTS:
		reach_call(job, s, req);
		return 1;
	case DONE:
		return 0;
	}
	gp_vk_request(job, req, KINDS, &c, 1);
	return 1;
}

static void
write_stats(struct gp_job *job, struct gp_stats *st)
{
	st->network = "vk";
	st->page = gp_span_of(job->page);
	st->seen = job->want->now;
	st->source = gp_span_of("stats");
	gp_stats_write(&job->out, st);
	job->stats++;
}

static void
one_day(struct gp_job *job, struct stats *s, struct gp_json v)
{
	struct gp_json_obj o = gp_look_in(&s->vk.look, v);
	struct gp_json_obj seen = gp_look_at(&s->vk.look, &o, "visitors");
	struct gp_json_obj reach = gp_look_at(&s->vk.look, &o, "reach");
	struct gp_json_obj act = gp_look_at(&s->vk.look, &o, "activity");
	struct gp_stats st = { .from = gp_look_int(&o, "period_from"),
		.to = gp_look_int(&o, "period_to") };
	static const struct {
		const char *theirs, *ours;
	} acts[] = { { "likes", "likes" }, { "comments", "comments" },
		{ "copies", "reposts" }, { "hidden", "hidden" },
		{ "subscribed", "subscribed" },
		{ "unsubscribed", "unsubscribed" } };
	size_t i;

	if (st.from == 0)
		return;
	gp_stats_add(&st, "views", gp_look_figure(&seen, "views"));
	gp_stats_add(&st, "visitors", gp_look_figure(&seen, "visitors"));
	gp_stats_add(&st, "reach", gp_look_figure(&reach, "reach"));
	gp_stats_add(&st, "reach_subscribers",
	    gp_look_figure(&reach, "reach_subscribers"));
	for (i = 0; i < sizeof(acts) / sizeof(acts[0]); i++)
		gp_stats_add(
		    &st, acts[i].ours, gp_look_figure(&act, acts[i].theirs));
	write_stats(job, &st);
}

static int
take_posts(struct gp_job *job, struct stats *s, const struct gp_json_obj *a)
{
	struct gp_json_obj list = gp_look_at(&s->vk.look, a, "items"), o;
	size_t i;

	(void)job;
	for (i = 0; i < list.n && s->n < 100; i++) {
		o = gp_look_in(&s->vk.look, list.m[i].value);
		s->post[s->n].id = gp_look_int(&o, "id");
		s->post[s->n++].at = gp_look_int(&o, "date");
	}
	s->phase = s->n > 0 ? OF_POSTS : DONE;
	return 0;
}

static gp_instant
posted(const struct stats *s, int64_t id)
{
	size_t i;

	for (i = 0; i < s->n; i++)
		if (s->post[i].id == id)
			return s->post[i].at;
	return 0;
}

static void
one_post(struct gp_job *job, struct stats *s, struct gp_json v)
{
	static const struct {
		const char *theirs, *ours;
	} all[] = { { "reach_total", "reach" },
		{ "reach_subscribers", "reach_subscribers" },
		{ "reach_viral", "reach_viral" }, { "reach_ads", "reach_ads" },
		{ "links", "links" }, { "to_group", "to_group" },
		{ "join_group", "subscribed" }, { "report", "reports" },
		{ "hide", "hidden" }, { "unsubscribe", "unsubscribed" } };
	struct gp_json_obj o = gp_look_in(&s->vk.look, v);
	int64_t id = gp_look_int(&o, "post_id");
	struct gp_stats st = { .from = posted(s, id), .to = job->want->now };
	size_t i;

	if (id == 0 || st.from == 0)
		return;
	st.post = gp_pool_fmt(
	    &s->vk.look.pool, "vk:-%" PRId64 "/%" PRId64, s->vk.group, id);
	for (i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		gp_stats_add(
		    &st, all[i].ours, gp_look_figure(&o, all[i].theirs));
	write_stats(job, &st);
}

static void
finish(struct gp_job *job, struct stats *s)
{
	struct gp_buf b;

	s->phase = DONE;
	if (job->stats == 0)
		job->outcome = GP_RUN_EMPTY;
	if (job->want->until != 0)
		return;
	gp_buf_init(&b, 0);
	gp_buf_add64(&b, job->want->now - job->want->now % DAY - SETTLE * DAY);
	gp_job_cursor(job, gp_buf_span(&b));
	gp_buf_release(&b);
}

static int
take_stats(struct gp_job *job, const struct gp_http_reply *reply)
{
	struct stats *s = job->own;
	struct gp_json_obj a;
	struct gp_json v;
	size_t i;

	if (s->vk.group == 0)
		return gp_vk_take_who(job, &s->vk, reply);
	if (gp_vk_response(job, &s->vk, reply, &v) == -1)
		return -1;
	a = gp_look_in(&s->vk.look, v);
	switch (s->phase) {
	case DAYS_OF_PAGE:
		for (i = 0; i < a.n; i++)
			one_day(job, s, a.m[i].value);
		s->phase = POSTS;
		break;
	case POSTS:
		take_posts(job, s, &a);
		break;
	case OF_POSTS:
		for (i = 0; i < a.n; i++)
			one_post(job, s, a.m[i].value);
		s->next += REACH;
		if (s->next >= s->n)
			s->phase = DONE;
		break;
	case DONE:
		break;
	}
	if (s->phase == DONE)
		finish(job, s);
	return s->vk.look.pool.bad ? gp_job_fail(job, GP_RUN_LATER, "no memory")
				   : 0;
}

static long
plan_stats(struct gp_job *job)
{
	(void)job;
	return 5;
}

const struct gp_stream gp_vk_stats = {
	.name = "stats",
	.size = sizeof(struct stats),
	.needs = KINDS,
	.open = open_stats,
	.next = next_stats,
	.take = take_stats,
	.close = close_stats,
	.plan = plan_stats,
};
