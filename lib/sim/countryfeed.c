#include "sim/countryfeed.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define VK_FIRST 400000000
#define OK_FIRST 56000000000000
/* Topics of OK are unique over all its groups; a wall of VK counts for itself. */
#define OK_NOTES (INT64_C(1) << 28)

/*
 * Ids: post m has 2m + 1, comment n has 2n + 2. Each of them alone grows with
 * time.
 */
static int64_t
post_id(const struct gp_sim_landing *g, int64_t m)
{
	return g->base + 2 * m + 1;
}

static int64_t
comment_id(const struct gp_sim_landing *g, int64_t n)
{
	return g->base + 2 * n + 2;
}

/* -1: it is no post, or no comment, of the page. */
static int64_t
post_of(const struct gp_sim_landing *g, int64_t id)
{
	id -= g->base;
	return id > 0 && id % 2 == 1 && id / 2 < g->land.posts_n ? id / 2 : -1;
}

static int64_t
comment_of(const struct gp_sim_landing *g, int64_t id)
{
	id -= g->base;
	return id > 0 && id % 2 == 0 && id / 2 <= g->land.comments_n
	    ? id / 2 - 1
	    : -1;
}

void
gp_sim_landing_init(struct gp_sim_landing *g, const struct gp_sim_country *c)
{
	size_t i;

	memset(g, 0, sizeof(*g));
	g->c = c;
	g->land.k = -1;
	for (i = 0; i < 4; i++)
		gp_buf_init(&g->text[i], 0);
}

void
gp_sim_landing_release(struct gp_sim_landing *g)
{
	size_t i;

	free(g->under);
	free(g->tally);
	for (i = 0; i < 4; i++)
		gp_buf_release(&g->text[i]);
	memset(g, 0, sizeof(*g));
}

int64_t
gp_sim_country_by_id(
    const struct gp_sim_country *c, enum gp_sim_net net, int64_t id)
{
	id -= net == GP_SIM_VK ? VK_FIRST : OK_FIRST;
	return id >= 0 && id < c->pages && net != GP_SIM_MAX ? id : -1;
}

int64_t
gp_sim_country_by_name(const struct gp_sim_country *c, struct gp_span name)
{
	static const char head[] = GP_SIM_COUNTRY_NAME;
	size_t i = sizeof(head) - 1;
	int64_t k = 0;

	if (name.n <= i || name.n > i + 9 || memcmp(name.p, head, i) != 0)
		return -1;
	for (; i < name.n; i++) {
		if (name.p[i] < '0' || name.p[i] > '9')
			return -1;
		k = k * 10 + (name.p[i] - '0');
	}
	return k < c->pages ? k : -1;
}

int64_t
gp_sim_country_by_note(const struct gp_sim_country *c, int64_t id)
{
	int64_t k = id / OK_NOTES - 1;

	return k >= 0 && k < c->pages ? k : -1;
}

void
gp_sim_country_ids(const struct gp_sim_land *l, char page[48], char name[40])
{
	snprintf(name, 40, GP_SIM_COUNTRY_NAME "%" PRId64, l->k);
	if (l->net == GP_SIM_COUNTRY_VK)
		snprintf(page, 48, "vk:-%" PRId64, VK_FIRST + l->k);
	else if (l->net == GP_SIM_COUNTRY_OK)
		snprintf(page, 48, "ok:%" PRId64, OK_FIRST + l->k);
	else
		snprintf(page, 48, "telegram:%s", name);
}

int
gp_sim_landing_feed(struct gp_sim_landing *g, struct gp_sim_feed *f,
    enum gp_sim_net net, int64_t k, gp_instant now)
{
	const struct gp_sim_land *l = &g->land;
	char id[48];

	if (l->k != k || l->now != now) {
		gp_sim_land(g->c, k, now, &g->land);
		g->known = g->tallied = 0;
		g->spot.of = 0;
	}
	if (l->posts_n == 0 ||
	    l->net !=
		(net == GP_SIM_VK ? GP_SIM_COUNTRY_VK : GP_SIM_COUNTRY_OK))
		return -1;
	gp_sim_country_ids(l, id, g->name);
	snprintf(g->title, sizeof(g->title), "Администрация округа № %" PRId64,
	    k + 1);
	g->base = net == GP_SIM_OK ? (k + 1) * OK_NOTES : 0;
	g->page = (struct gp_sim_own){
		.id = (net == GP_SIM_VK ? VK_FIRST : OK_FIRST) + k,
		.name = g->name,
		.title = g->title,
		.about = "Страница, которой нет.",
		.subscribers = 500 + (int64_t)(l->comments * 24 * 300)
	};
	memset(f, 0, sizeof(*f));
	f->net = net;
	f->page = &g->page;
	f->now = now;
	f->mill_posts = l->posts_n;
	f->landing = g;
	return 0;
}

/* 1: comment n answers the one before it. `under`: where the two stand. */
static int
answers(const struct gp_sim_land *l, int64_t n, int64_t under, int64_t before)
{
	return under == before && gp_sim_land_dice(l, 'a', n) % 5 == 0 &&
	    gp_sim_land_dice(l, 'a', n - 1) % 5 != 0;
}

static int
widen(void *list, size_t *cap, size_t n, size_t size)
{
	size_t more = *cap == 0 ? 256 : *cap;
	void *p;

	while (more < n)
		more *= 2;
	if (more == *cap)
		return 0;
	p = realloc(*(void **)list, more * size);
	if (p == NULL)
		return -1;
	*(void **)list = p;
	*cap = more;
	return 0;
}

/* What is known of comments, counted by post. */
static void
tally(struct gp_sim_landing *g)
{
	const struct gp_sim_land *l = &g->land;
	struct gp_sim_tally *t;
	size_t i, back;

	memset(g->tally, 0, g->tallied * sizeof(*g->tally));
	for (i = 0; i < g->known; i++) {
		back = (size_t)(l->posts_n - 1 - g->under[i]);
		if (back >= g->tallied)
			continue;
		t = &g->tally[back];
		t->all++;
		t->replies += i + 1 < g->known &&
		    answers(l, l->comments_n - 1 - (int64_t)i, g->under[i],
			g->under[i + 1]);
	}
}

/* The posts from m on know their comments. Walls are read from the newest on:
 * each time twice as much is looked at. -1: no memory. */
static int
know(struct gp_sim_landing *g, int64_t m)
{
	const struct gp_sim_land *l = &g->land;
	int64_t back = l->posts_n - m, n, first;

	if (back <= (int64_t)g->tallied)
		return 0;
	if (back < 2 * (int64_t)g->tallied)
		back = 2 * (int64_t)g->tallied;
	if (back > l->posts_n)
		back = l->posts_n;
	first = gp_sim_land_comments(
	    g->c, l, gp_sim_land_post_at(g->c, l, l->posts_n - back) - 1);
	n = l->comments_n - first;
	if (widen(&g->tally, &g->tally_cap, (size_t)back, sizeof(*g->tally)) ==
		-1 ||
	    widen(&g->under, &g->cap, n > 0 ? (size_t)n : 0,
		sizeof(*g->under)) == -1)
		return -1;
	g->tallied = (size_t)back;
	for (n = l->comments_n - 1 - (int64_t)g->known; n >= first; n--)
		g->under[g->known++] = gp_sim_land_under(g->c, l, n);
	tally(g);
	return 0;
}

/* The post under which comment n stands. */
static int64_t
under(const struct gp_sim_landing *g, int64_t n)
{
	size_t i = (size_t)(g->land.comments_n - 1 - n);

	return i < g->known ? g->under[i]
			    : gp_sim_land_under(g->c, &g->land, n);
}

static int
is_answer(const struct gp_sim_landing *g, int64_t n)
{
	return n > 0 && n < g->land.comments_n &&
	    answers(&g->land, n, under(g, n), under(g, n - 1));
}

static void
post(struct gp_sim_landing *g, int64_t m, struct gp_sim_note *n)
{
	const struct gp_sim_land *l = &g->land;
	uint64_t dice = gp_sim_land_dice(l, 'v', m);
	const struct gp_sim_tally *t;

	n->kind = GP_SIM_POST;
	n->as = GP_SIM_CHANNEL;
	n->at = gp_sim_land_post_at(g->c, l, m);
	n->text = gp_sim_land_post_text(g->c, l, m);
	n->views = g->page.subscribers / 10 +
	    (int64_t)(dice % (uint64_t)g->page.subscribers);
	n->photos = dice % 3 == 0;
	if (know(g, m) == -1 || l->comments_n == 0)
		return;
	t = &g->tally[l->posts_n - 1 - m];
	n->live_all = t->all;
	n->live_under = t->all - t->replies;
}

static void
comment(struct gp_sim_landing *g, int64_t k, struct gp_sim_note *n)
{
	const struct gp_sim_land *l = &g->land;
	uint64_t dice = gp_sim_land_dice(l, 'w', k);
	struct gp_buf *text = &g->text[g->turn++ % 4];

	n->kind = GP_SIM_COMMENT;
	n->at = gp_sim_land_comment_at(g->c, l, k);
	n->post = post_id(g, under(g, k));
	n->text = gp_sim_land_comment_text(g->c, l, k, text);
	n->live_under = is_answer(g, k + 1);
	if (is_answer(g, k))
		n->root = n->reply_to = comment_id(g, k - 1);
	/* Assumed: one answer of three is the page's own. */
	if (n->root != 0 && dice % 3 == 0)
		n->as = GP_SIM_CHANNEL;
	else
		n->from = gp_sim_crowd_person(g->c->crowd, dice >> 24);
}

int
gp_sim_landing_note(
    const struct gp_sim_feed *f, int64_t id, struct gp_sim_note *n)
{
	struct gp_sim_landing *g = f->landing;
	int64_t m = post_of(g, id), k = comment_of(g, id);

	memset(n, 0, sizeof(*n));
	n->id = id;
	if (m != -1)
		post(g, m, n);
	else if (k != -1)
		comment(g, k, n);
	return m != -1 || k != -1;
}

size_t
gp_sim_landing_count(
    const struct gp_sim_feed *f, enum gp_sim_mill_list what, int64_t of)
{
	struct gp_sim_note n;

	if (what == GP_SIM_MILL_POSTS)
		return (size_t)f->landing->land.posts_n;
	if (!gp_sim_landing_note(f, of, &n))
		return 0;
	return (size_t)(what == GP_SIM_MILL_ALL ? n.live_all : n.live_under);
}

static int
stands(const struct gp_sim_landing *g, enum gp_sim_mill_list what, int64_t m,
    int64_t n)
{
	return under(g, n) == m &&
	    (what == GP_SIM_MILL_ALL || !is_answer(g, n));
}

/* The i-th of a list, counted from where it was read last. */
int64_t
gp_sim_landing_at(const struct gp_sim_feed *f, enum gp_sim_mill_list what,
    int64_t of, size_t at)
{
	struct gp_sim_landing *g = f->landing;
	struct gp_sim_spot *s = &g->spot;
	int64_t i = (int64_t)at, m = post_of(g, of);

	if (what == GP_SIM_MILL_POSTS)
		return post_id(g, i);
	if (m == -1) /* a thread: its one answer is the next comment */
		return of + 2;
	if (s->of != of || s->what != what) {
		*s = (struct gp_sim_spot){ what, of, -1,
			gp_sim_land_comments(g->c, &g->land,
			    gp_sim_land_post_at(g->c, &g->land, m) - 1) -
			    1 };
	}
	while (s->i < i && s->n < g->land.comments_n - 1)
		s->i += stands(g, what, m, ++s->n);
	while (s->i > i && s->n > 0) {
		while (s->n > 0 && !stands(g, what, m, --s->n))
			continue;
		s->i--;
	}
	return comment_id(g, s->n);
}
