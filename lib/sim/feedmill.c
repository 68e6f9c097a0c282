/*
 * A computed feed, for benchmarks: each note follows from its number, so that
 * a million comments take no memory. A post P of 0... has the number
 * P * (comments + 1) + 1, its comments follow. Of four comments the second
 * begins a thread, the third and fourth answer it.
 */
#include <stdlib.h>
#include <string.h>

#include "sim/countryfeed.h"
#include "sim/crowd.h"
#include "sim/feed.h"
#include "sim/markup.h"

#define POST_STEP 3600 /* seconds between posts */
#define FOUR      4
#define COUNT(a)  (sizeof(a) / sizeof((a)[0]))

struct gp_sim_mill {
	struct gp_sim_crowd crowd;
};

static const char *const posts[] = {
	"Сегодня с 9:00 до 15:00 на Озёрной меняют участок трубы. Холодная "
	"вода вернётся к вечеру 🚰 #вода",
	"Коротко о погоде: ночью до −4, на мостах гололёд ❄️",
	"Расписание автобуса № 12 с понедельника: первый рейс в 5:50, "
	"последний в 23:10. https://example.org/bus/12",
	"Отвечаем на вопросы о дворах: подрядчик вернётся во вторник.",
	"Концерт хора «Соловушка» — в субботу в 16:00, вход свободный 🎶",
};

int
gp_sim_mill_init(struct gp_sim_feed *f, const struct gp_sim_own *page,
    enum gp_sim_net net, gp_instant now, int64_t n, int64_t comments)
{
	struct gp_sim_mill *m = calloc(1, sizeof(*m));
	int bad;

	memset(f, 0, sizeof(*f));
	gp_pool_init(&f->pool);
	if (m == NULL)
		return -1;
	bad = gp_sim_crowd_init(&m->crowd);
	f->net = net;
	f->page = page;
	f->now = now;
	f->mill = m;
	f->mill_posts = n;
	f->mill_comments = comments;
	return bad;
}

void
gp_sim_mill_free(const struct gp_sim_mill *m)
{
	struct gp_sim_mill *own = (struct gp_sim_mill *)(uintptr_t)m;

	if (own != NULL)
		gp_sim_crowd_release(&own->crowd);
	free(own);
}

/* Of the first n comments of a post so many begin a thread of their own. */
static int64_t
tops(int64_t n)
{
	return n / FOUR * 2 + (n % FOUR < 2 ? n % FOUR : 2);
}

/* How many replies has comment k of a post, of 1...? */
static int64_t
replies(const struct gp_sim_feed *f, int64_t k)
{
	int64_t after = f->mill_comments - k;

	if ((k - 1) % FOUR != 1)
		return 0;
	return after < 2 ? after : 2;
}

static void
comment(const struct gp_sim_feed *f, int64_t k, struct gp_sim_note *n)
{
	uint64_t h = gp_sim_mix((uint64_t)n->id);

	n->kind = GP_SIM_COMMENT;
	n->post = n->id - k;
	n->at += k * POST_STEP / (f->mill_comments + 1);
	n->text = gp_sim_crowd_text(&f->mill->crowd, h);
	n->live_under = replies(f, k);
	if ((k - 1) % FOUR > 1)
		n->root = n->reply_to = n->id - ((k - 1) % FOUR - 1);
	if ((k - 1) % FOUR == 2 && h % 3 == 0)
		n->as = GP_SIM_CHANNEL;
	else
		n->from = gp_sim_crowd_person(&f->mill->crowd, h >> 16);
	n->photos = h % 17 == 0;
}

int
gp_sim_mill_note(const struct gp_sim_feed *f, int64_t id, struct gp_sim_note *n)
{
	int64_t size = f->mill_comments + 1, p = id > 0 ? (id - 1) / size : -1;

	if (f->landing != NULL)
		return gp_sim_landing_note(f, id, n);
	if (p < 0 || p >= f->mill_posts)
		return 0;
	memset(n, 0, sizeof(*n));
	n->id = id;
	n->at = f->now - (f->mill_posts - p) * POST_STEP;
	if ((id - 1) % size != 0) {
		comment(f, (id - 1) % size, n);
		return 1;
	}
	n->as = GP_SIM_CHANNEL;
	n->text = posts[p % (int64_t)COUNT(posts)];
	n->views = 900 + (int64_t)(gp_sim_mix((uint64_t)id) % 20000);
	n->photos = p % 3 == 0;
	n->live_all = f->mill_comments;
	n->live_under = tops(f->mill_comments);
	return 1;
}

size_t
gp_sim_mill_count(
    const struct gp_sim_feed *f, enum gp_sim_mill_list what, int64_t of)
{
	struct gp_sim_note n;

	if (f->landing != NULL)
		return gp_sim_landing_count(f, what, of);
	if (what == GP_SIM_MILL_POSTS)
		return (size_t)f->mill_posts;
	if (what == GP_SIM_MILL_ALL)
		return (size_t)f->mill_comments;
	return gp_sim_mill_note(f, of, &n) ? (size_t)n.live_under : 0;
}

int64_t
gp_sim_mill_at(const struct gp_sim_feed *f, enum gp_sim_mill_list what,
    int64_t of, size_t at)
{
	int64_t size = f->mill_comments + 1, i = (int64_t)at;

	if (f->landing != NULL)
		return gp_sim_landing_at(f, what, of, at);
	if (what == GP_SIM_MILL_POSTS)
		return i * size + 1;
	if (what == GP_SIM_MILL_ALL || (of - 1) % size != 0)
		return of + 1 + i;
	return of + i / 2 * FOUR + i % 2 + 1;
}
