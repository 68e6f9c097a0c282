/*
 * Figures of the group by day, by group.getStatTrends, and of its topics, by
 * group.getStatTopics, which has those alone that have statistics. The cursor
 * is how far they are final.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "net/known.h"
#include "net/ok.h"

enum {
	DAY = 86400,
	DAYS = 7,
	SETTLE = 2,
	MOST = 4096 /* days of one reply */
};

/* What both have; days of the group have the rest as well. */
static const struct {
	const char *theirs, *ours;
	int of_group;
} figures[] = { { "renderings", "views", 0 }, { "reach", "reach", 0 },
	{ "engagement", "engagement", 0 }, { "feedback", "feedback", 0 },
	{ "likes", "likes", 0 }, { "comments", "comments", 0 },
	{ "reshares", "reposts", 0 }, { "content_opens", "opens", 0 },
	{ "link_clicks", "links", 0 }, { "negatives", "negatives", 0 },
	{ "hides_from_feed", "hidden", 0 }, { "complaints", "reports", 0 },
	{ "page_visits", "visits", 1 }, { "members_count", "subscribers", 1 },
	{ "new_members", "subscribed", 1 },
	{ "left_members", "unsubscribed", 1 } };

enum {
	FIGURES = sizeof(figures) / sizeof(figures[0])
};

static const char trends[] = "group.getStatTrends";
static const char topics[] = "group.getStatTopics";

struct stats {
	struct gp_ok ok;
	gp_instant from, to;
	char *anchor;
	enum {
		TRENDS,
		TOPICS,
		DONE
	} phase;
};

static int
open_stats(struct gp_job *job, struct gp_why *why)
{
	struct stats *s = job->own;
	const struct gp_want *want = job->want;

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
}

static void
fields(struct gp_buf *to, int of_group)
{
	size_t i;

	gp_buf_adds(to, of_group ? "" : "id,created_ms,");
	for (i = 0; i < FIGURES; i++)
		if (of_group || !figures[i].of_group)
			gp_buf_addf(
			    to, "%s%s", i > 0 ? "," : "", figures[i].theirs);
}

static int
next_stats(struct gp_job *job, struct gp_http_req *req)
{
	struct stats *s = job->own;
	struct gp_ok_call c = { .n = 0 };
	char from[24], to[24];
	struct gp_buf list;

	if (s->phase == DONE)
		return 0;
	snprintf(from, sizeof(from), "%" PRId64, s->from * 1000);
	snprintf(to, sizeof(to), "%" PRId64, s->to * 1000);
	gp_buf_init(&list, 0);
	fields(&list, s->phase == TRENDS);
	gp_ok_param(&c, "gid", job->name);
	gp_ok_param(&c, "start_time", from);
	gp_ok_param(&c, "end_time", to);
	gp_ok_param(&c, "fields", gp_buf_str(&list));
	if (s->phase == TOPICS)
		gp_ok_param(&c, "count", "100");
	if (s->anchor != NULL)
		gp_ok_param(&c, "anchor", s->anchor);
	gp_ok_request(
	    job, &s->ok, req, s->phase == TRENDS ? trends : topics, &c);
	req->body.bad |= list.bad;
	gp_buf_release(&list);
	return 1;
}

static void
write_stats(struct gp_job *job, struct gp_stats *st)
{
	st->network = "ok";
	st->page = gp_span_of(job->page);
	st->seen = job->want->now;
	st->source = gp_span_of("stat");
	gp_stats_write(&job->out, st);
	job->stats++;
}

/* The days of the group, as they are met. */
struct days {
	struct gp_known known; /* their times, as text */
	struct gp_stats v[MOST];
};

/* NULL: no memory, or more days than there are. */
static struct gp_stats *
day_of(struct days *d, int64_t ms)
{
	char text[24];
	struct gp_known_id *k;
	struct gp_stats *st;

	snprintf(text, sizeof(text), "%" PRId64, ms);
	k = gp_known_find(&d->known, gp_span_of(text));
	if (k == NULL && d->known.n < MOST)
		k = gp_known_put(&d->known, gp_span_of(text), ms / 1000);
	if (k == NULL)
		return NULL;
	st = &d->v[k - d->known.v];
	st->from = ms / 1000;
	st->to = st->from + DAY;
	return st;
}

/* [{"time":MS,"value":N},...] of one figure. */
static int
take_figure(struct gp_job *job, struct stats *s, struct days *d, size_t which,
    struct gp_json v)
{
	struct gp_json_obj list = gp_look_in(&s->ok.look, v), o;
	struct gp_stats *st;
	int64_t ms;
	size_t i;

	if (v.type != GP_JSON_ARRAY && v.type != GP_JSON_NONE &&
	    v.type != GP_JSON_NULL)
		return gp_job_fail(job, GP_RUN_REFUSED,
		    "%s: '%s' is not a list", trends, figures[which].theirs);
	for (i = 0; i < list.n; i++) {
		o = gp_look_in(&s->ok.look, list.m[i].value);
		ms = gp_look_int(&o, "time");
		if (ms <= 0)
			return gp_job_fail(job, GP_RUN_REFUSED,
			    "%s: %s[%zu] has no 'time'", trends,
			    figures[which].theirs, i);
		st = day_of(d, ms);
		if (st == NULL)
			return gp_job_fail(job, GP_RUN_LATER,
			    "%s: more than %d days, or no memory", trends,
			    MOST);
		/* Figures come one by one: the same day twice lies together. */
		if (st->n == 0 ||
		    st->figure[st->n - 1].name != figures[which].ours)
			gp_stats_add(st, figures[which].ours,
			    gp_look_figure(&o, "value"));
	}
	return 0;
}

static int
take_trends(struct gp_job *job, struct stats *s, const struct gp_json_obj *o)
{
	struct days *d = calloc(1, sizeof(*d));
	size_t i;
	int r = 0;

	if (d == NULL)
		return gp_job_fail(job, GP_RUN_LATER, "no memory");
	gp_known_init(&d->known);
	for (i = 0; r == 0 && i < FIGURES; i++)
		r = take_figure(
		    job, s, d, i, gp_json_get(o, figures[i].theirs));
	for (i = 0; r == 0 && i < d->known.n; i++)
		write_stats(job, &d->v[i]);
	gp_known_release(&d->known);
	free(d);
	s->phase = TOPICS;
	return r;
}

static void
one_topic(struct gp_job *job, struct stats *s, struct gp_json v)
{
	struct gp_json_obj o = gp_look_in(&s->ok.look, v);
	struct gp_span id = gp_ok_id(&s->ok.look, &o, "id");
	struct gp_stats st = { .from = gp_ok_topic_at(&s->ok.look, &o),
		.to = s->to };
	size_t i;

	if (id.n == 0 || st.from == 0) {
		job->skipped++;
		return;
	}
	st.post = gp_pool_fmt(
	    &s->ok.look.pool, "%s/%.*s", job->page, (int)id.n, id.p);
	for (i = 0; i < FIGURES; i++)
		gp_stats_add(&st, figures[i].ours,
		    gp_look_figure(&o, figures[i].theirs));
	write_stats(job, &st);
}

static int
take_topics(struct gp_job *job, struct stats *s, const struct gp_json_obj *o)
{
	struct gp_json_obj list;
	struct gp_buf b;
	int more;
	size_t i;

	if (gp_ok_list(job, &s->ok, o, topics, "topics", &list) == -1)
		return -1;
	for (i = 0; i < list.n; i++)
		one_topic(job, s, list.m[i].value);
	more = gp_ok_more(job, &s->ok, o, topics, list.n, &s->anchor);
	if (more != 0)
		return more == 1 ? 0 : -1;
	s->phase = DONE;
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

static int
take_stats(struct gp_job *job, const struct gp_http_reply *reply)
{
	struct stats *s = job->own;
	struct gp_json_obj o;
	int r;

	if (gp_ok_reply(job, &s->ok, reply, &o) == -1)
		return -1;
	r = s->phase == TRENDS ? take_trends(job, s, &o)
			       : take_topics(job, s, &o);
	if (r == 0 && s->ok.look.pool.bad)
		return gp_job_fail(job, GP_RUN_LATER, "no memory");
	return r;
}

/* How many topics there are is not told. */
static long
plan_stats(struct gp_job *job)
{
	const struct stats *s = job->own;

	if (s->phase == TRENDS)
		return GP_PLAN_MORE;
	return s->phase == DONE ? 0 : -1;
}

const struct gp_stream gp_ok_stats = {
	.name = "stats",
	.size = sizeof(struct stats),
	.needs = GP_BIT(GP_TOKEN_ACCESS),
	.open = open_stats,
	.next = next_stats,
	.take = take_stats,
	.close = close_stats,
	.plan = plan_stats,
};
