/* Figures of OK: of topics, and of the group by days of Moscow. */
#include <inttypes.h>
#include <string.h>
#include <strings.h>

#include "sim/ok.h"

#define DAY    86400
#define MOSCOW 10800
#define MOST   400 /* days of one answer */

enum {
	RENDERINGS,
	REACH,
	LIKES,
	COMMENTS,
	MEMBERS,
	FIGURES
};

/* Those that gp-sim has numbers for, then the rest that may be asked for. */
static const char *const names[] = { "renderings", "reach", "likes", "comments",
	"members_count", "complaints", "content_opens", "engagement",
	"feedback", "hides_from_feed", "left_members", "link_clicks",
	"members_diff", "music_plays", "negatives", "new_members",
	"new_members_target", "page_visits", "photo_opens", "reach_earned",
	"reach_mob", "reach_mobweb", "reach_own", "reach_web", "reshares",
	"topic_opens", "video_plays", "votes", "id", "created_ms", NULL };

/* -1: a field that there is not, and the error is answered. */
static int
fields(struct gp_sim_ok_call *c, int asked[FIGURES])
{
	const char *s = gp_sim_arg(c->r, "fields");
	size_t n, i;

	for (i = 0; i < FIGURES; i++)
		asked[i] = s == NULL;
	for (; s != NULL && *s != '\0'; s += n + (s[n] == ',')) {
		n = strcspn(s, ",");
		for (i = 0; names[i] != NULL; i++)
			if (strlen(names[i]) == n &&
			    strncasecmp(names[i], s, n) == 0)
				break;
		if (names[i] == NULL)
			return gp_sim_ok_fail(
			    c, 100, "PARAM : Invalid field %.*s", (int)n, s);
		if (i < FIGURES)
			asked[i] = 1;
	}
	return 0;
}

static void
figures_of(const struct gp_sim_note *n, int64_t to[FIGURES])
{
	const struct gp_sim_reaction *r =
	    n->reactions != NULL ? n->reactions->v : NULL;
	size_t i;

	memset(to, 0, FIGURES * sizeof(*to));
	to[RENDERINGS] = n->views;
	to[REACH] = n->views * 7 / 10;
	to[COMMENTS] = n->live_all;
	for (i = 0; r != NULL && i < n->reactions->n; i++)
		to[LIKES] += r[i].n;
}

int
gp_sim_ok_stat_topics(struct gp_sim_ok_call *c)
{
	int64_t from = 0, to = INT64_MAX, v[FIGURES], last = 0;
	int64_t left = gp_sim_ok_count(c), before = gp_sim_ok_anchor(c, 's');
	const struct gp_sim_note *n;
	struct gp_sim_walk w;
	int asked[FIGURES], i;
	char id[24];

	if (gp_sim_ok_group(c, "gid") == -1 || fields(c, asked) == -1)
		return -1;
	gp_sim_arg_int(c->r, "start_time", &from);
	gp_sim_arg_int(c->r, "end_time", &to);
	gp_jw_open(&c->jw, '{');
	gp_jw_key(&c->jw, "topics");
	gp_jw_open(&c->jw, '[');
	gp_sim_walk_posts(&w, c->f);
	while ((n = gp_sim_walk_next(&w)) != NULL) {
		if (n->views == 0 || n->at * 1000 < from ||
		    n->at * 1000 >= to || (before != 0 && n->id >= before))
			continue;
		if (left-- == 0)
			break;
		last = n->id;
		figures_of(n, v);
		gp_jw_open(&c->jw, '{');
		gp_sim_ok_number(id, n);
		gp_jw_kstr(&c->jw, "id", id);
		gp_jw_kint(&c->jw, "created_ms", n->at * 1000);
		for (i = 0; i < MEMBERS; i++)
			if (asked[i])
				gp_jw_kint(&c->jw, names[i], v[i]);
		gp_jw_close(&c->jw, '}');
	}
	gp_jw_close(&c->jw, ']');
	gp_sim_ok_more(c, 's', last, n != NULL);
	gp_jw_close(&c->jw, '}');
	return 0;
}

/* A figure of each day, at its midnight in Moscow. */
static void
trend(struct gp_sim_ok_call *c, const char *name, int64_t from, int64_t days,
    int64_t v[][FIGURES], int which)
{
	int64_t i;

	gp_jw_key(&c->jw, name);
	gp_jw_open(&c->jw, '[');
	for (i = 0; i < days; i++) {
		gp_jw_open(&c->jw, '{');
		gp_jw_kint(&c->jw, "time", (from + i * DAY) * 1000);
		gp_jw_kint(&c->jw, "value", v[i][which]);
		gp_jw_close(&c->jw, '}');
	}
	gp_jw_close(&c->jw, ']');
}

int
gp_sim_ok_stat_trends(struct gp_sim_ok_call *c)
{
	int64_t v[MOST][FIGURES] = { { 0 } }, of[FIGURES];
	int64_t from = 0, to, days, i;
	const struct gp_sim_note *n;
	struct gp_sim_walk w;
	int asked[FIGURES], k;

	if (gp_sim_ok_group(c, "gid") == -1 || fields(c, asked) == -1)
		return -1;
	to = c->f->now * 1000;
	gp_sim_arg_int(c->r, "start_time", &from);
	gp_sim_arg_int(c->r, "end_time", &to);
	to /= 1000;
	from = from / 1000 < to - (MOST - 1) * DAY ? to - (MOST - 1) * DAY
						   : from / 1000;
	from -= (from + MOSCOW) % DAY;
	days = to > from ? (to - from + DAY - 1) / DAY : 0;
	for (i = 0; i < days; i++)
		v[i][MEMBERS] = c->f->page->subscribers;
	gp_sim_walk_posts(&w, c->f);
	while ((n = gp_sim_walk_next(&w)) != NULL) {
		if (n->at < from || n->at >= to)
			continue;
		figures_of(n, of);
		for (k = 0; k < MEMBERS; k++)
			v[(n->at - from) / DAY][k] += of[k];
	}
	gp_jw_open(&c->jw, '{');
	for (k = 0; k < FIGURES; k++)
		if (asked[k])
			trend(c, names[k], from, days, v, k);
	gp_jw_close(&c->jw, '}');
	return 0;
}
