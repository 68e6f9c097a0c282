#include "sim/country.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "sim/markup.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

#define HOUR     3600.0
#define WEEK     (7 * 24)
#define YEAR     8766.0 /* hours */
#define COMMENTS 100e6  /* a year, of the whole country */

/* Monday, 5 January 2026, 0:00 UTC: posts begin here, comments twelve days
 * later, when every page has a post to stand under. */
#define BEGIN        1767571200
#define COMMENTS_LAG (12 * 86400)

/*
 * Posts of a page: no fewer than three a week, as the standard wants, no more
 * than eight a day, and of the mean page as in the Rostov region in 2025: 2.5
 * million on 5,300 pages (znamenka.info, "Более 2,5 миллиона постов размещено
 * в донских госпабликах"). Assumed: what is above the least falls with the root
 * of the rank.
 */
#define POSTS_LEAST (3.0 / 7)
#define POSTS_MOST  8.0
#define POSTS_MEAN  (2.5e6 / 5300 / 365)

/*
 * Assumed. The page of rank r has 1 / (r + HEAD) of the comments: without HEAD
 * the first page had 22,000 a day, a twelfth of all; with it, 650. OLD: how
 * long a post of some days ago may still be answered.
 */
#define HEAD 50.0
#define OLD  (3 * 86400)
/* Assumed: of a hundred pages so many are on VK and on OK, the others on
 * Telegram, where the preview shows no comments. */
#define ON_VK   60
#define ON_OK   25
#define REGIONS 85
/* A snow day has that many times the comments about roads. */
#define SNOW 5

/*
 * How much is written in each local hour of a working day: as many as are on VK
 * then, in tens of thousands. Counted, by altblog.ru (socialshow.ru, "В какое
 * время наибольшая активность ВКонтакте"): a little over a million at 7, near
 * a million more an hour till 13 to 14, from then on 5 to 5.5 million, 6 at 22
 * and until midnight. Straight lines between those. Assumed: how much less is
 * written at the weekend.
 */
static const double rhythm[24] = { 540, 460, 390, 320, 250, 190, 140, 110, 175,
	240, 305, 370, 435, 500, 525, 525, 525, 525, 525, 525, 525, 525, 600,
	590 };
#define WEEKEND 0.75

/* Assumed: hours ahead of UTC of a page's region, as people live. */
static const int zones[] = { 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 4, 4, 5, 5, 5,
	7, 8, 10 };

static void
fill_week(struct gp_sim_country *c)
{
	double sum = 0, day;
	int h;

	for (h = 0; h < WEEK; h++) {
		day = h / 24 < 5 ? 1 : WEEKEND;
		c->hours[h] = sum;
		sum += rhythm[h % 24] * day;
	}
	c->hours[WEEK] = sum;
	for (h = 0; h <= WEEK; h++)
		c->hours[h] *= WEEK / sum;
}

/* Working hours since BEGIN, local, of a rhythm without snow; and back. */
static double
plain(const struct gp_sim_country *c, double hours)
{
	double weeks = floor(hours / WEEK), at = hours - weeks * WEEK;
	int h = (int)at;

	return weeks * WEEK + c->hours[h] +
	    (at - h) * (c->hours[h + 1] - c->hours[h]);
}

static double
plain_back(const struct gp_sim_country *c, double work)
{
	double weeks = floor(work / WEEK), at = work - weeks * WEEK;
	int lo = 0, hi = WEEK, mid;

	while (hi - lo > 1) {
		mid = (lo + hi) / 2;
		if (c->hours[mid] <= at)
			lo = mid;
		else
			hi = mid;
	}
	return weeks * WEEK + lo +
	    (at - c->hours[lo]) / (c->hours[lo + 1] - c->hours[lo]);
}

/* The same with the snow day; of comments alone. */
static double
work(const struct gp_sim_country *c, const struct gp_sim_snow *s, double hours)
{
	double w = plain(c, hours);

	if (w > s->to)
		return w + (s->to - s->from) * s->more;
	return w > s->from ? w + (w - s->from) * s->more : w;
}

static double
work_back(const struct gp_sim_country *c, const struct gp_sim_snow *s, double w)
{
	double day = (s->to - s->from) * (1 + s->more);

	if (w > s->from + day)
		w -= (s->to - s->from) * s->more;
	else if (w > s->from)
		w = s->from + (w - s->from) / (1 + s->more);
	return plain_back(c, w);
}

uint64_t
gp_sim_land_dice(const struct gp_sim_land *l, int what, int64_t n)
{
	return gp_sim_mix(
	    gp_sim_mix((uint64_t)l->k * 256 + (uint64_t)what) + (uint64_t)n);
}

static double
fraction(uint64_t dice)
{
	return (double)(dice >> 11) / 9007199254740992.0; /* 2^53 */
}

/* One of the two processes of a page. */
struct process {
	const struct gp_sim_country *c;
	const struct gp_sim_land *l;
	const struct gp_sim_snow *snow;
	double rate, begin; /* begin: in working hours */
	int what;
};

static struct process
posts(const struct gp_sim_country *c, const struct gp_sim_land *l)
{
	static const struct gp_sim_snow never = { 0, 0, 0 };

	return (struct process){ c, l, &never, l->posts, 0, 'p' };
}

static struct process
comments(const struct gp_sim_country *c, const struct gp_sim_land *l)
{
	return (struct process){ c, l, &c->snowy, l->comments, c->comments_from,
		'c' };
}

static gp_instant
moment(const struct process *p, int64_t n)
{
	double u = fraction(gp_sim_land_dice(p->l, p->what, n));
	double w = p->begin + ((double)n + u) / p->rate;

	return BEGIN - p->l->zone +
	    (gp_instant)(work_back(p->c, p->snow, w) * HOUR);
}

static int64_t
until(const struct process *p, gp_instant at)
{
	double hours = (double)(at + p->l->zone - BEGIN) / HOUR, w;
	int64_t n;

	if (p->rate <= 0 || hours < 0)
		return 0;
	w = work(p->c, p->snow, hours) - p->begin;
	n = w > 0 ? (int64_t)(w * p->rate) : 0;
	while (moment(p, n) <= at)
		n++;
	while (n > 0 && moment(p, n - 1) > at)
		n--;
	return n;
}

gp_instant
gp_sim_land_post_at(
    const struct gp_sim_country *c, const struct gp_sim_land *l, int64_t m)
{
	const struct process p = posts(c, l);

	return moment(&p, m);
}

gp_instant
gp_sim_land_comment_at(
    const struct gp_sim_country *c, const struct gp_sim_land *l, int64_t n)
{
	const struct process p = comments(c, l);

	return moment(&p, n);
}

int64_t
gp_sim_land_posts(
    const struct gp_sim_country *c, const struct gp_sim_land *l, gp_instant at)
{
	const struct process p = posts(c, l);

	return until(&p, at);
}

int64_t
gp_sim_land_comments(
    const struct gp_sim_country *c, const struct gp_sim_land *l, gp_instant at)
{
	const struct process p = comments(c, l);

	return until(&p, at);
}

/* Assumed: seven of ten stand under the newest post, two under the one before
 * it, one under that before; what is older than OLD is let be. */
int64_t
gp_sim_land_under(
    const struct gp_sim_country *c, const struct gp_sim_land *l, int64_t n)
{
	gp_instant at = gp_sim_land_comment_at(c, l, n);
	int64_t newest = gp_sim_land_posts(c, l, at) - 1, back;
	uint64_t dice = gp_sim_land_dice(l, 'u', n) % 10;

	back = dice < 7 ? 0 : dice < 9 ? 1 : 2;
	if (back > newest ||
	    at - gp_sim_land_post_at(c, l, newest - back) > OLD)
		back = 0;
	return newest - back;
}

int
gp_sim_land_roads(
    const struct gp_sim_country *c, const struct gp_sim_land *l, int64_t n)
{
	gp_instant local = gp_sim_land_comment_at(c, l, n) + l->zone;
	double share = c->roads;

	if (c->snow != 0 && local >= c->snow && local < c->snow + 86400)
		share = SNOW * share / (1 + (SNOW - 1) * share);
	return fraction(gp_sim_land_dice(l, 'r', n)) < share;
}

static double
posts_a_day(double rank)
{
	/* The mean of 1 / sqrt(r + HEAD) over all ranks. */
	double mean = 2 * (sqrt(GP_SIM_COUNTRY_FULL + HEAD) - sqrt(HEAD)) /
	    GP_SIM_COUNTRY_FULL;
	double more = (POSTS_MEAN - POSTS_LEAST) / mean / sqrt(rank + HEAD);

	return fmin(POSTS_LEAST + more, POSTS_MOST);
}

void
gp_sim_land(const struct gp_sim_country *c, int64_t k, gp_instant now,
    struct gp_sim_land *l)
{
	/* A smaller country is a sample of the whole one. */
	double rank =
	    ((double)k + 0.5) * GP_SIM_COUNTRY_FULL / (double)c->pages;
	double all = log((GP_SIM_COUNTRY_FULL + HEAD) / HEAD), day;
	uint64_t dice;

	memset(l, 0, sizeof(*l));
	l->k = k;
	l->now = now;
	dice = gp_sim_land_dice(l, 'l', 0);
	l->net = dice % 100 < ON_VK      ? GP_SIM_COUNTRY_VK
	    : dice % 100 < ON_VK + ON_OK ? GP_SIM_COUNTRY_OK
					 : GP_SIM_COUNTRY_TELEGRAM;
	l->region = (int)((dice >> 16) % REGIONS);
	l->zone =
	    (int64_t)zones[gp_sim_mix((uint64_t)l->region) % COUNT(zones)] *
	    3600;
	/* The comments of all are on the pages that have any. */
	day =
	    COMMENTS / YEAR * 24 / all / (rank + HEAD) * 100 / (ON_VK + ON_OK);
	l->posts = posts_a_day(rank) / 24;
	if (l->net != GP_SIM_COUNTRY_TELEGRAM)
		l->comments = day / 24;
	l->posts_n = gp_sim_land_posts(c, l, now);
	l->comments_n = gp_sim_land_comments(c, l, now);
}

int
gp_sim_country_init(struct gp_sim_country *c, int64_t pages, gp_instant snow,
    const char *data, const struct gp_sim_scenario *s,
    const struct gp_sim_crowd *crowd, struct gp_why *why)
{
	memset(c, 0, sizeof(*c));
	gp_pool_init(&c->pool);
	c->pages = pages;
	c->snow = snow;
	c->crowd = crowd;
	fill_week(c);
	if (gp_sim_country_texts(c, data, s, why) == -1)
		return -1;
	c->comments_from = plain(c, COMMENTS_LAG / HOUR);
	if (snow == 0)
		return 0;
	c->snowy.from = plain(c, (double)(snow - BEGIN) / HOUR);
	c->snowy.to = plain(c, (double)(snow + 86400 - BEGIN) / HOUR);
	c->snowy.more = (SNOW - 1) * c->roads;
	return 0;
}

void
gp_sim_country_release(struct gp_sim_country *c)
{
	free(c->post.v);
	free(c->road.v);
	free(c->other.v);
	gp_pool_release(&c->pool);
	memset(c, 0, sizeof(*c));
}
