/* stats.get and stats.getPostReach: figures that follow from the posts. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim/markup.h"
#include "sim/vk.h"

#define DAY         86400
#define PERIODS_MAX 400
#define REACH_MAX   30

/* What happened on the page in a period. */
struct period {
	gp_instant from, to; /* the last second belongs to it */
	int64_t posts, views, likes, comments;
};

static void
count(const struct gp_sim_feed *f, struct period *t)
{
	const struct gp_sim_note *n;
	size_t i;

	for (i = 0; i < f->notes.n; i++) {
		n = f->notes.v[i];
		if (n->at < t->from || n->at > t->to || n->deleted)
			continue;
		t->posts += n->kind == GP_SIM_POST;
		t->comments += n->kind == GP_SIM_COMMENT;
		t->views += n->views;
		t->likes += gp_sim_vk_likes(n);
	}
}

/* The first second of the period that holds the moment, in the zone. */
static gp_instant
start_of(const char *interval, gp_instant at)
{
	char day[GP_INSTANT_LEN];
	gp_instant start = gp_instant_midnight(at, 0);

	if (strcmp(interval, "day") == 0)
		return start;
	if (strcmp(interval, "week") == 0) /* 1970-01-05 was a Monday */
		return gp_instant_midnight(
		    at, -(int)(((start + DAY / 2) / DAY + 3) % 7));
	gp_instant_day(at, day);
	memcpy(day + 8, "01", 2);
	if (strcmp(interval, "year") == 0)
		memcpy(day + 5, "01", 2);
	gp_instant_civil(day, &start);
	return start;
}

static int
wanted(const struct gp_sim_vk_call *c, const char *group)
{
	const char *list = gp_sim_arg(c->r, "stats_groups");
	struct gp_span w;

	if (list == NULL || *list == '\0')
		return 1;
	while (gp_sim_vk_each(&list, &w))
		if (gp_span_is(w, group))
			return 1;
	return 0;
}

static void
block(struct gp_jw *w, const char *key)
{
	gp_jw_key(w, key);
	gp_jw_open(w, '{');
}

/* Whole blocks are missing where there is nothing in them. */
static void
one_period(
    struct gp_sim_vk_call *c, const struct gp_sim_vk_page *p, struct period *t)
{
	struct gp_jw *w = &c->jw;

	count(p->f, t);
	gp_jw_open(w, '{');
	gp_jw_kint(w, "period_from", t->from);
	gp_jw_kint(w, "period_to", t->to);
	if (t->views > 0 && wanted(c, "visitors")) {
		block(w, "visitors");
		gp_jw_kint(w, "views", t->views / 4 + t->comments);
		gp_jw_kint(w, "visitors", t->views / 6 + t->comments);
		gp_jw_kint(w, "mobile_views", t->views / 5);
		gp_jw_close(w, '}');
	}
	if (t->views > 0 && wanted(c, "reach")) {
		block(w, "reach");
		gp_jw_kint(w, "reach", t->views * 4 / 5);
		gp_jw_kint(w, "reach_subscribers", t->views / 2);
		gp_jw_kint(w, "mobile_reach", t->views * 3 / 5);
		gp_jw_close(w, '}');
	}
	if (t->likes + t->comments > 0 && wanted(c, "activity")) {
		block(w, "activity");
		if (t->comments > 0)
			gp_jw_kint(w, "comments", t->comments);
		if (t->likes > 0)
			gp_jw_kint(w, "likes", t->likes);
		gp_jw_kint(w, "subscribed", 1 + t->comments / 5);
		gp_jw_close(w, '}');
	}
	gp_jw_close(w, '}');
}

static int
interval_of(struct gp_sim_vk_call *c, const char **interval)
{
	static const char *const words[] = { "day", "week", "month", "year",
		"all" };
	size_t i;

	*interval = gp_sim_arg(c->r, "interval");
	if (*interval == NULL)
		*interval = "day";
	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcmp(*interval, words[i]) == 0)
			return 0;
	return gp_sim_vk_fail(c, 100, "interval is incorrect");
}

int
gp_sim_vk_stats_get(struct gp_sim_vk_call *c)
{
	int64_t n = gp_sim_vk_number(c, "intervals_count", PERIODS_MAX);
	int64_t from = gp_sim_vk_number(c, "timestamp_from", 0), to;
	struct gp_sim_vk_page p;
	const char *interval;
	struct period t;

	if (gp_sim_vk_group(c, &p) == -1 || interval_of(c, &interval) == -1)
		return -1;
	to = gp_sim_vk_number(c, "timestamp_to", p.f->now);
	if (to > p.f->now)
		to = p.f->now;
	if (from == 0 && gp_sim_arg(c->r, "intervals_count") == NULL)
		from = start_of("month", to);
	if (from > to)
		return gp_sim_vk_fail(c, 100, "timestamp_from is incorrect");
	gp_jw_open(&c->jw, '[');
	for (; to >= from && n > 0; n--) {
		t = (struct period){ .to = to };
		if (strcmp(interval, "all") != 0) {
			t.from = start_of(interval, to);
			t.to = start_of(interval, to);
			do /* the end of a period is the next one's start */
				t.to += DAY;
			while (start_of(interval, t.to) == t.from);
			t.to = start_of(interval, t.to) - 1;
		}
		one_period(c, &p, &t);
		to = t.from - 1;
		if (to < 0)
			break;
	}
	gp_jw_close(&c->jw, ']');
	return 0;
}

static void
reach(struct gp_jw *w, const struct gp_sim_note *n)
{
	uint64_t h = gp_sim_hash(gp_span_of("reach"), (uint64_t)n->id);
	int64_t total = n->views * 9 / 10;

	gp_jw_open(w, '{');
	gp_jw_kint(w, "post_id", n->id);
	gp_jw_kint(w, "reach_subscribers", total * 2 / 3);
	gp_jw_kint(w, "reach_total", total);
	gp_jw_kint(w, "reach_viral", total / 20);
	gp_jw_kint(w, "reach_ads", 0);
	gp_jw_kint(w, "links", (int64_t)(h % 40));
	gp_jw_kint(w, "to_group", (int64_t)(h >> 8) % 30);
	gp_jw_kint(w, "join_group", (int64_t)(h >> 16) % 3);
	gp_jw_kint(w, "report", 0);
	gp_jw_kint(w, "hide", (int64_t)(h >> 24) % 5);
	gp_jw_kint(w, "unsubscribe", (int64_t)(h >> 32) % 2);
	gp_jw_close(w, '}');
}

int
gp_sim_vk_stats_get_post_reach(struct gp_sim_vk_call *c)
{
	const char *list = gp_sim_arg(c->r, "post_ids");
	const struct gp_sim_note *n;
	struct gp_sim_note tmp;
	struct gp_sim_vk_page p;
	struct gp_span word;
	int asked = 0;

	if (gp_sim_vk_owner(c, gp_sim_vk_number(c, "owner_id", 0), &p) == -1)
		return -1;
	gp_jw_open(&c->jw, '[');
	while (gp_sim_vk_each(&list, &word)) {
		if (++asked > REACH_MAX)
			return gp_sim_vk_fail(
			    c, 100, "post_ids: more than %d", REACH_MAX);
		n = gp_sim_feed_note(p.f, strtoll(word.p, NULL, 10), &tmp);
		if (n != NULL && n->kind == GP_SIM_POST && !n->deleted)
			reach(&c->jw, n);
	}
	gp_jw_close(&c->jw, ']');
	return 0;
}
