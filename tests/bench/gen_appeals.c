/*
 * Appeals with their terms and, to three of four, the page's answer soon
 * behind: N records of about 700 bytes on the whole, the same ones at every
 * run. usage: gen_appeals N
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static const char *const group[] = { "Дороги", "ЖКХ", "Образование",
	"Благоустройство", "Мусор/Свалки/ТКО", "Общественный транспорт",
	"Здравоохранение/Медицина", "Электроснабжение" };
static const char *const topic[] = { "Ямы и выбоины на дороге",
	"Ненадлежащее качество или отсутствие отопления", "Питание",
	"Неисправные фонари освещения", "Уборка и вывоз мусора",
	"График движения общественного транспорта", "Запись к врачу",
	"Отсутствие электричества" };
static const char *const who[] = { "Отдел ЖКХ", "Дорожный отдел",
	"Управление образования", "Отдел благоустройства" };
static const char text[] =
    "Добрый день! На улице Садовой после ремонта опять яма, вчера пробил "
    "колесо, соседи тоже жалуются. Когда сделают нормальный асфальт, а не "
    "заплатки до первого дождя? Обещали ещё весной";
static const char reply[] =
    "Здравствуйте! Заявка передана подрядчику, бригада выедет в течение трёх "
    "рабочих дней. Ремонт покрытия на этом участке включён в план, срок — до "
    "конца месяца. О результате сообщим здесь же, спасибо, что написали. Если "
    "яма мешает проезду уже сейчас, позвоните в единую дежурную службу, она "
    "работает круглосуточно и без выходных";

static const char *
instant(time_t t, char to[32])
{
	struct tm tm;

	gmtime_r(&t, &tm);
	strftime(to, 32, "%Y-%m-%dT%H:%M:%SZ", &tm);
	return to;
}

static void
head(unsigned long id, const char *more, time_t at)
{
	char when[32];

	printf("{\"type\":\"comment\",\"id\":\"vk:-101/7/%lu%s\",\"network\":"
	       "\"vk\",\"page\":\"vk:-%lu\",\"at\":\"%s\",\"seen\":"
	       "\"2026-10-31T15:00:00Z\",\"post\":\"vk:-101/7\",",
	    id, more, 100 + id % 40, instant(at, when));
}

int
main(int argc, char **argv)
{
	unsigned long n = argc > 1 ? strtoul(argv[1], NULL, 10) : 1000, i, id;
	unsigned long long s = 88172645463325252ull;
	static char out[1 << 20];
	char when[32];

	setvbuf(stdout, out, _IOFBF, sizeof(out));
	for (i = id = 0; i < n; i++, id++) {
		time_t at;
		unsigned k;

		s ^= s << 13;
		s ^= s >> 7;
		s ^= s << 17;
		k = (unsigned)(s >> 20) % 8;
		at = 1790812800 + (time_t)((s >> 32) % (28 * 86400));
		head(id, "", at);
		printf("\"author\":{\"id\":\"%u\",\"name\":\"Житель\","
		       "\"official\":false},\"text\":\"%s\",\"class\":{"
		       "\"kind\":\"complaint\",\"group\":\"%s\",\"topic\":"
		       "\"%s\",\"confidence\":0.%u},\"route\":{\"assignee\":"
		       "\"%s\"},\"due\":{\"first\":\"%s\",\"calendar\":"
		       "\"russia\"}}\n",
		    700000000u + (unsigned)(s >> 24) % 50000, text, group[k],
		    topic[k], (unsigned)(s >> 44) % 90 + 10, who[k % 4],
		    instant(at + 4 * 3600, when));
		if (s >> 60 < 4 || ++i == n)
			continue;
		head(id, "a", at + (time_t)((s >> 8) % 40000));
		printf("\"parent\":\"vk:-101/7/%lu\",\"author\":{\"official\":"
		       "true},\"text\":\"%s\"}\n",
		    id, reply);
	}
	return fflush(stdout) == 0 ? 0 : 74;
}
