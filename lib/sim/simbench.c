/* The channel "bench", of as many pages as are wanted; clones of the other. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim/sim.h"

#define STEP 900 /* seconds between posts */

static const char *const texts[] = {
	"Сегодня с 9:00 до 15:00 на Озёрной, 3–11, меняют участок трубы. "
	"Холодная вода вернётся к вечеру 🚰\n\nТелефон аварийной службы: "
	"+7 900 000-02-02 #вода #ремонт",
	"Кружок шахмат в библиотеке ждёт детей от семи лет. Запись у дежурного, "
	"занятия бесплатные ♟\n\nПодробнее: https://example.org/chess",
	"Коротко о погоде: ночью до −4, на мостах гололёд. Водители, "
	"пожалуйста, заложите лишние десять минут ❄️🚗",
	"Отвечаем на вопрос о дворе на Рябиновой: подрядчик вернётся во вторник "
	"и переложит три бордюра. Спасибо, что написали! 🙏 #дворы",
	"Расписание автобуса № 6 с понедельника: первый рейс в 5:50, последний "
	"в 23:10. Полная таблица: https://example.org/bus/6",
	"Поздравляем хор «Соловушка» с дипломом областного смотра! "
	"Концерт для всех — в субботу в 16:00 🎶\n\nВход свободный.",
};

static const struct gp_sim_post plain = { .views = 1520 };
static const struct gp_sim_post pictured = { .views = 17120, .photos = 1 };

int
gp_sim_clones_init(struct gp_sim *sim)
{
	const struct gp_sim_channel *like = &sim->s->channel;
	size_t n = (size_t)sim->o.clones, room = strlen(like->name) + 16, i;
	char *name;

	if (n == 0)
		return 0;
	sim->clone = calloc(n, sizeof(*sim->clone) + room);
	if (sim->clone == NULL)
		return -1;
	name = (char *)(sim->clone + n); /* the names lie behind them all */
	for (i = 0; i < n; i++, name += room) {
		sim->clone[i] = *like;
		sim->clone[i].id = like->id - (int64_t)i - 1;
		sim->clone[i].name = name;
		snprintf(name, room, "%s_%zu", like->name, i + 1);
	}
	return 0;
}

int
gp_sim_bench_init(struct gp_sim *sim, long pages)
{
	size_t n = (size_t)pages * GP_SIM_PAGE_POSTS, i;
	struct gp_sim_message *block;
	const char *text;

	sim->bench = (struct gp_sim_channel){ .id = -1001900000001,
		.name = "bench",
		.title = "Канал для замеров",
		.about = "Посты, которых никто не писал.",
		.subscribers = 1474933,
		.photos = 214,
		.preview = 1 };
	block = calloc(n, sizeof(*block));
	sim->bench_m = calloc(n, sizeof(*sim->bench_m));
	if (block == NULL || sim->bench_m == NULL) {
		free(block);
		return -1;
	}
	for (i = 0; i < n; i++) {
		sim->bench_m[i] = &block[i];
		sim->bench_n++;
		block[i].id = (int64_t)i + 1;
		block[i].as = GP_SIM_CHANNEL;
		block[i].at = sim->w.now - (gp_instant)(n - i) * STEP;
		block[i].photo = i % 4 == 0;
		block[i].post = i % 4 == 0 ? &pictured : &plain;
		text = texts[i % (sizeof(texts) / sizeof(texts[0]))];
		if (gp_sim_text_read(&block[i].text, gp_span_of(text)) == -1)
			return -1;
	}
	return 0;
}

void
gp_sim_bench_release(struct gp_sim *sim)
{
	size_t i;

	for (i = 0; i < sim->bench_n; i++)
		gp_sim_text_release(&sim->bench_m[i]->text);
	if (sim->bench_n > 0)
		free(sim->bench_m[0]);
	free(sim->bench_m);
	free(sim->clone);
	sim->clone = NULL;
	sim->bench_m = NULL;
	sim->bench_n = 0;
}
