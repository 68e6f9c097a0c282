/*
 * A computed feed, for benchmarks: each note follows from its number, so that
 * a million comments take no memory. A post P of 0... has the number
 * P * (comments + 1) + 1, its comments follow. Of four comments the second
 * begins a thread, the third and fourth answer it.
 */
#include <stdlib.h>
#include <string.h>

#include "sim/feed.h"
#include "sim/markup.h"

#define POST_STEP 3600 /* seconds between posts */
#define TEXTS     509
#define PEOPLE    1021
#define FOUR      4
#define COUNT(a)  (sizeof(a) / sizeof((a)[0]))

struct gp_sim_mill {
	const char *text[TEXTS];
	struct gp_sim_person person[PEOPLE];
	struct gp_pool pool;
};

static const char *const openers[] = { "", "Добрый день! ", "Здравствуйте. ",
	"Подскажите, пожалуйста: ", "А вот у нас ", "Третий раз пишу. ",
	"Соседи просили передать: ", "Ну наконец-то. " };

static const char *const subjects[] = {
	"во дворе на Вишнёвой, 8 опять не горит фонарь",
	"автобус № 12 утром не пришёл, стояли сорок минут",
	"у второго подъезда яма, коляску не провезти",
	"горячая вода едва тёплая с прошлой пятницы",
	"контейнеры переполнены, ветер разносит пакеты до самой школы",
	"в поликлинику к окулисту запись только на конец месяца",
	"каток залили, спасибо дворникам",
	"собаки без хозяев бегают у садика",
	"на переходе у рынка стёрлась разметка",
	"кружок робототехники — лучшее, что тут открыли",
	"тротуар посыпали, но одной солью",
	"лифт стоит второй день, на девятом живёт бабушка с палочкой",
	"отопление в библиотеке всё не включат",
};

static const char *const closers[] = { "", ".", " 🙏", "!!!",
	". Кому звонить? По телефону +7 900 000-07-07 никто не берёт трубку.",
	". Ответа так и нет, а обещали к понедельнику.",
	". Пришлите мастера, пожалуйста, дом большой, детей много, темнеет "
	"рано, и каждый вечер кто-нибудь да споткнётся.",
	". Фото приложу вечером 📷",
	" — и это в центре! Мы собрали подписи всего подъезда, отнесли в "
	"управляющую компанию, получили входящий номер, и с тех пор тишина. "
	"Скажите прямо: сделают до зимы или нет?" };

static const char *const names[] = { "Алла", "Борис", "Вера", "Глеб", "Дарья",
	"Егор", "Жанна", "Захар", "Инга", "Кирилл", "Лидия", "Марк", "Нина",
	"Олег", "Павла", "Роман" };

static const char *const surnames[] = { "Лесняк", "Полевик", "Заречных",
	"Озёрко", "Тропинка", "Березюк", "Калинович", "Синичка", "Гусляр",
	"Мельник", "Рябинко" };

static const char *const posts[] = {
	"Сегодня с 9:00 до 15:00 на Озёрной меняют участок трубы. Холодная "
	"вода вернётся к вечеру 🚰 #вода",
	"Коротко о погоде: ночью до −4, на мостах гололёд ❄️",
	"Расписание автобуса № 12 с понедельника: первый рейс в 5:50, "
	"последний в 23:10. https://example.org/bus/12",
	"Отвечаем на вопросы о дворах: подрядчик вернётся во вторник.",
	"Концерт хора «Соловушка» — в субботу в 16:00, вход свободный 🎶",
};

static void
fill(struct gp_sim_mill *m)
{
	uint64_t h;
	size_t i;

	for (i = 0; i < TEXTS; i++) {
		h = gp_sim_mix(i);
		m->text[i] =
		    gp_pool_fmt(&m->pool, "%s%s%s", openers[h % COUNT(openers)],
			subjects[(h >> 8) % COUNT(subjects)],
			closers[(h >> 16) % COUNT(closers)])
			.p;
	}
	for (i = 0; i < PEOPLE; i++) {
		h = gp_sim_mix(i + TEXTS);
		m->person[i].id = 330000001 + (int64_t)i;
		m->person[i].name =
		    gp_pool_fmt(&m->pool, "%s %s", names[h % COUNT(names)],
			surnames[(h >> 8) % COUNT(surnames)])
			.p;
	}
}

int
gp_sim_mill_init(struct gp_sim_feed *f, const struct gp_sim_own *page,
    enum gp_sim_net net, gp_instant now, int64_t n, int64_t comments)
{
	struct gp_sim_mill *m = calloc(1, sizeof(*m));

	memset(f, 0, sizeof(*f));
	gp_pool_init(&f->pool);
	if (m == NULL)
		return -1;
	gp_pool_init(&m->pool);
	fill(m);
	f->net = net;
	f->page = page;
	f->now = now;
	f->mill = m;
	f->mill_posts = n;
	f->mill_comments = comments;
	return m->pool.bad ? -1 : 0;
}

void
gp_sim_mill_free(const struct gp_sim_mill *m)
{
	struct gp_sim_mill *own = (struct gp_sim_mill *)(uintptr_t)m;

	if (own != NULL)
		gp_pool_release(&own->pool);
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
	n->text = f->mill->text[h % TEXTS];
	n->live_under = replies(f, k);
	if ((k - 1) % FOUR > 1)
		n->root = n->reply_to = n->id - ((k - 1) % FOUR - 1);
	if ((k - 1) % FOUR == 2 && h % 3 == 0)
		n->as = GP_SIM_CHANNEL;
	else
		n->from = &f->mill->person[(h >> 16) % PEOPLE];
	n->photos = h % 17 == 0;
}

int
gp_sim_mill_note(const struct gp_sim_feed *f, int64_t id, struct gp_sim_note *n)
{
	int64_t size = f->mill_comments + 1, p = id > 0 ? (id - 1) / size : -1;

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

	if (what == GP_SIM_MILL_POSTS)
		return i * size + 1;
	if (what == GP_SIM_MILL_ALL || (of - 1) % size != 0)
		return of + 1 + i;
	return of + i / 2 * FOUR + i % 2 + 1;
}
