#include "sim/crowd.h"

#include <string.h>

#include "sim/markup.h"

#define TEXTS    509
#define PEOPLE   1021
#define FIRST    330000001 /* their ids follow each other */
#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

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

static void
fill(struct gp_sim_crowd *c)
{
	uint64_t h;
	size_t i;

	memset(c->person, 0, PEOPLE * sizeof(*c->person));
	for (i = 0; i < TEXTS; i++) {
		h = gp_sim_mix(i);
		c->text[i] =
		    gp_pool_fmt(&c->pool, "%s%s%s", openers[h % COUNT(openers)],
			subjects[(h >> 8) % COUNT(subjects)],
			closers[(h >> 16) % COUNT(closers)])
			.p;
	}
	for (i = 0; i < PEOPLE; i++) {
		h = gp_sim_mix(i + TEXTS);
		c->person[i].id = FIRST + (int64_t)i;
		c->person[i].name =
		    gp_pool_fmt(&c->pool, "%s %s", names[h % COUNT(names)],
			surnames[(h >> 8) % COUNT(surnames)])
			.p;
	}
}

int
gp_sim_crowd_init(struct gp_sim_crowd *c)
{
	memset(c, 0, sizeof(*c));
	gp_pool_init(&c->pool);
	c->text = gp_pool_alloc(&c->pool, TEXTS * sizeof(char *));
	c->person = gp_pool_alloc(&c->pool, PEOPLE * sizeof(*c->person));
	if (c->text != NULL && c->person != NULL)
		fill(c);
	return c->pool.bad ? -1 : 0;
}

void
gp_sim_crowd_release(struct gp_sim_crowd *c)
{
	gp_pool_release(&c->pool);
	memset(c, 0, sizeof(*c));
}

const char *
gp_sim_crowd_text(const struct gp_sim_crowd *c, uint64_t n)
{
	return c->text[n % TEXTS];
}

const struct gp_sim_person *
gp_sim_crowd_person(const struct gp_sim_crowd *c, uint64_t n)
{
	return &c->person[n % PEOPLE];
}

const struct gp_sim_person *
gp_sim_crowd_by_id(const struct gp_sim_crowd *c, int64_t id)
{
	return id >= FIRST && id < FIRST + PEOPLE ? &c->person[id - FIRST]
						  : NULL;
}
