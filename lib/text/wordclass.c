#include "text/wordclass.h"

#include <pthread.h>
#include <string.h>

/* A star at the end stands for any ending. Words are folded: е for ё. */
/* clang-format off */
static const char *const list[] = {
	[GP_CLASS_STOP] =
	    "и а но да же ли бы то что чтобы как так это этот эта эти этого "
	    "этой этих эту этим для о об от до из за с со к ко под над при про "
	    "через мы вы я он она они оно нас вас нам вам нами вами мне меня "
	    "мной его ее их им ему ей ими тут там здесь все всё всем всех "
	    "весь вся уже еще очень просто вот ну или если тоже также только "
	    "был была было были быть есть будет будут "
	    "наш наша наше наши нашей нашего нашем наших нашу ваш ваша ваше "
	    "ваши вашей который* котора* которо* которы* "
	    "здравствуйте добрый доброе добрые доброго утро вечер день "
	    "уважаем* пожалуйста пожалуста прошу просим срочно привет "
	    "ждем жду ответ* сколько можно администраци* опять снова раз "
	    "скажите подскажите сообщите ребята люди кто ",
	[GP_CLASS_PREP] =
	    "на по в во у возле около напротив рядом вдоль между перед",
	[GP_CLASS_THANK] =
	    "спасиб* благодар* поздравл* праздник* молодц* респект браво "
	    "умниц* согласен согласна согласны поддержив* плюс присоединя*",
	[GP_CLASS_NOT] = "не нет без ни нету",
	[GP_CLASS_STREET] =
	    "ул улиц* проспект* просп пер переул* проезд* шоссе бульвар* "
	    "площад* мкр микрорайон* квартал* тупик* аллея аллее аллеи",
	[GP_CLASS_SETTLE] =
	    "село села селу селом селе сел селам селах деревн* деревен* пос "
	    "поселок поселка поселку поселком поселке аул аула аулу аулом "
	    "ауле хутор хутора хутору хутором хуторе станиц* снт город "
	    "города городу городом городе пгт",
	[GP_CLASS_HOUSE] = "дом дома дому домом доме домов домам домами "
			   "домах д корпус корпуса корпусе строение",
	[GP_CLASS_UNIT] =
	    "дня дней день дни сутки суток час часа часов часу ч мин минут "
	    "минуты минуту секунд недел* месяц* год года году годов лет г раз "
	    "раза руб рубл* тыс тысяч* млн миллион* процент* человек чел "
	    "метр* м км килом* кг градус* семей семьи детей ребенк* машин* "
	    "кв куб литр* штук шт балл* января февраля марта апреля мая июня "
	    "июля августа сентября октября ноября декабря",
	[GP_CLASS_SIGN] = "уважением подпис*",
};
/* clang-format on */

enum {
	CLASSES = sizeof(list) / sizeof(list[0])
};

enum {
	MOST = 512,  /* words in all lists */
	FIRSTS = 64, /* of the second byte of the first letter */
};

/* All lists, by the first letter; those of later classes come first. */
static struct {
	struct entry {
		const char *p;
		size_t n;
		int star; /* more may follow */
		enum gp_wordclass class;
		int next; /* of the same letter; -1: none */
	} entry[MOST];
	int first[FIRSTS], last[FIRSTS], n;
} table;

static size_t
letter(const char *p, size_t n)
{
	return (unsigned char)p[n > 1] % FIRSTS;
}

static void
add(const char *p, size_t n, enum gp_wordclass class)
{
	struct entry *e = &table.entry[table.n];
	size_t k = letter(p, n);

	if (table.n == MOST)
		return;
	e->star = p[n - 1] == '*';
	e->p = p;
	e->n = n - (size_t)e->star;
	e->class = class;
	e->next = -1;
	*(table.first[k] == -1 ? &table.first[k]
			       : &table.entry[table.last[k]].next) = table.n;
	table.last[k] = table.n++;
}

static void
make(void)
{
	const char *p;
	size_t i, n;

	memset(table.first, 0xff, sizeof(table.first));
	for (i = CLASSES; i-- > 1;)
		for (p = list[i]; *p != '\0'; p += n + (p[n] == ' ')) {
			n = strcspn(p, " ");
			add(p, n, (enum gp_wordclass)i);
		}
}

enum gp_wordclass
gp_wordclass_of(struct gp_span w)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	const struct entry *e;
	int i;

	/* Numbers are many, and none is in a list. */
	if (w.n == 0 || (w.p[0] >= '0' && w.p[0] <= '9'))
		return GP_CLASS_NONE;
	pthread_once(&once, make);
	for (i = table.first[letter(w.p, w.n)]; i != -1; i = e->next) {
		e = &table.entry[i];
		if ((e->star ? w.n >= e->n : w.n == e->n) &&
		    memcmp(w.p, e->p, e->n) == 0)
			return e->class;
	}
	return GP_CLASS_NONE;
}
