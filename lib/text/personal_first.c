/* First names of the country's peoples, and their case forms. */
#include <stdlib.h>
#include <string.h>

#include "text/fold.h"
#include "text/personal_inner.h"

/* clang-format off */
static const char male[] =
    "александр алексей анатолий андрей антон аркадий арсений артем артур архип афанасий богдан борис вадим валентин "
    "валерий василий вениамин виктор виталий владимир владислав владлен всеволод вячеслав гавриил геннадий георгий "
    "герман глеб григорий давид данил данила даниил демид денис дмитрий евгений егор елисей емельян ефим захар иван "
    "игнат игорь илларион илья иннокентий иосиф карл карен кирилл клим константин кузьма лаврентий лев леонид лука "
    "макар максим марат мурад марк мартин матвей мирон мирослав михаил модест назар никита николай никифор олег осип павел "
    "петр платон прохор радик рафаэль ринат роберт родион роман ростислав руслан рустам савва савелий самуил святослав "
    "семен сергей станислав степан тарас тимофей тимур тихон трофим федор феликс филипп фома эдуард эльдар эмиль юлий "
    "юрий яков ян ярослав ахмед магомед мурат фарух фаррух шамиль ислам ильдар ильнур айдар азат айрат дамир камиль "
    "рашид равиль ренат рамиль фарид хасан хусейн ибрагим исмаил юсуф умар али аслан заур тагир арсен армен ашот гарик "
    "сурен тигран гагик вазген георг гоча гиви резо бахтияр улугбек жахонгир фирдавс азамат алишер рахим санжар "
    "бауыржан нурлан ербол батыр зорикто баир дорджи евсей еремей ермолай касьян кондрат лазарь мефодий нестор "
    "никодим пантелей парфен потап севастьян серафим сидор спиридон устин эрик эрнест альберт адам август вольдемар "
    "генрих рудольф густав иоганн арнольд рем ким радомир добрыня всеслав святозар";
static const char female[] =
    "александра алена алеся алина алиса алла анастасия ангелина анжела анжелика анна антонина арина валентина валерия "
    "варвара василиса вера вероника виктория виолетта владислава галина дарья диана дина евгения евдокия екатерина "
    "елена елизавета жанна зинаида зоя инга инесса инна ираида ирина карина каролина кира клавдия клара кристина "
    "ксения лада лариса лидия лилия любовь людмила майя маргарита марианна марина мария марта марфа мила милана "
    "надежда наталья наталия нелли нина нонна оксана олеся ольга пелагея полина прасковья раиса регина римма роза "
    "розалия руслана светлана серафима снежана софия софья стефания таисия тамара татьяна ульяна фаина "
    "элеонора эльвира эмма юлия яна ярослава гульнара гульшат зульфия эльмира лейла фатима аминат патимат зарема "
    "алсу айгуль динара венера альбина алия ляйсан рамиля резеда роксана мадина зухра земфира наиля флюра "
    "асия сания гузель камила сабина нелля эльза берта ида агафья акулина анфиса аксинья глафира домна матрена "
    "нинель октябрина капитолина зарина нигора дилноза гулнора малика шахноза ануш асмик гаянэ нарине сусанна";
static const char diminutive[] =
    "саша леша лёха паша миша гриша костя толя вася ваня петя коля дима митя сережа серега женя витя володя вова слава "
    "юра боря гена егорка степа тема федя стас макс толик валера аня маша даша наташа таня катя лена оля галя света "
    "люда люба надя нюра ира ксюша настя вика рита соня юля тоня валя зина лида тома лиза поля ася рома рая сеня";
/* Words of the language, or famous for something else. */
static const char doubtful[] =
    "вера надежда любовь роман майя лев роза лилия август владимир лада марта венера ким рем ян ислам слава "
    "марк карл али ира поля рая тема стас макс света";
/* clang-format on */

enum {
	SLOTS = 8192
};

static uint32_t
hash(const uint8_t *s, size_t n)
{
	uint32_t h = 2166136261u;
	size_t i;

	for (i = 0; i < n; i++)
		h = (h ^ s[i]) * 16777619u;
	return h ^ h >> 15;
}

static struct pd_first *
slot(const struct gp_personal *p, const uint8_t *s, size_t n)
{
	uint32_t h = hash(s, n);
	struct pd_first *f;

	for (;; h++) {
		f = &p->first[h % SLOTS];
		if (f->n == 0 || (f->n == n && memcmp(f->s, s, n) == 0))
			return f;
	}
}

const struct pd_first *
pd_first_of(const struct gp_personal *p, const uint8_t *s, size_t n)
{
	const struct pd_first *f;

	if (n < 2 || n > sizeof(f->s))
		return NULL;
	f = slot(p, s, n);
	return f->n > 0 ? f : NULL;
}

int
gp_personal_is_first(const struct gp_personal *p, struct gp_span word)
{
	struct gp_letters l = gp_fold_letters(word);
	uint8_t key[sizeof(p->first->s) + 1];

	return word.n > 0 && l.capital == 1 &&
	    pd_first_of(p, key, pd_fold(word, key, sizeof(key))) != NULL;
}

static void
add(struct gp_personal *p, const uint8_t *s, size_t n, const char *ending,
    int doubt)
{
	uint8_t form[sizeof(p->first->s) + 8];
	struct pd_first *f;
	size_t k;

	memcpy(form, s, n);
	k = n + pd_fold(gp_span_of(ending), form + n, 8);
	if (k > sizeof(f->s) || p->slots > SLOTS / 2)
		return;
	f = slot(p, form, k);
	if (f->n == 0)
		p->slots++;
	memcpy(f->s, form, k);
	f->n = (uint8_t)k;
	f->doubtful |= (uint8_t)doubt;
}

static void
add_all(struct gp_personal *p, const uint8_t *s, size_t n,
    const char *const *ending, int doubt)
{
	for (; *ending != NULL; ending++)
		add(p, s, n, *ending, doubt);
}

/* The case forms of a name, by its last letter in windows-1251. */
static void
decline(struct gp_personal *p, const uint8_t *s, size_t n, int man, int doubt)
{
	static const char *const hard[] = { "", "а", "у", "ом", "е", NULL };
	static const char *const a[] = { "а", "ы", "и", "е", "у", "ой", "ою",
		"ей", NULL };
	static const char *const ya[] = { "я", "и", "е", "ю", "ей", "ею", "ьи",
		NULL };
	static const char *const soft[] = { "ь", "я", "ю", "ем", "ём", "е", "и",
		"ью", NULL };
	static const char *const short_i[] = { "й", "я", "ю", "ем", "е", "и",
		NULL };
	uint8_t last = s[n - 1];

	if (last == 0xe0)
		add_all(p, s, n - 1, a, doubt);
	else if (last == 0xff)
		add_all(p, s, n - 1, ya, doubt);
	else if (last == 0xfc)
		add_all(p, s, n - 1, soft, doubt);
	else if (last == 0xe9)
		add_all(p, s, n - 1, short_i, doubt);
	else if (man)
		add_all(p, s, n, hard, doubt);
	else
		add(p, s, n, "", doubt);
}

/* "лев", "павел" and "петр" lose or move a vowel. */
static void
odd_ones(struct gp_personal *p)
{
	static const char *const forms[] = { "льва", "льву", "львом", "льве",
		"павла", "павлу", "павлом", "павле", "любови", "любовью",
		NULL };
	uint8_t s[24];
	size_t i, n;

	for (i = 0; forms[i] != NULL; i++) {
		n = pd_fold(gp_span_of(forms[i]), s, sizeof(s));
		add(p, s, n, "", i < 4 || i > 7);
	}
}

static int
is_doubtful(struct gp_span name)
{
	const char *p = doubtful;
	size_t n;

	for (; *p != '\0'; p += n + (p[n] == ' ')) {
		n = strcspn(p, " ");
		if (n == name.n && memcmp(p, name.p, n) == 0)
			return 1;
	}
	return 0;
}

static void
read_all(struct gp_personal *p, const char *list, int man)
{
	struct gp_span name;
	uint8_t s[24];
	size_t n;

	for (; *list != '\0'; list += name.n + (list[name.n] == ' ')) {
		name = (struct gp_span){ list, strcspn(list, " ") };
		n = pd_fold(name, s, sizeof(s));
		if (n > 0)
			decline(p, s, n, man, is_doubtful(name));
	}
}

int
pd_first_new(struct gp_personal *p)
{
	p->first = calloc(SLOTS, sizeof(*p->first));
	if (p->first == NULL)
		return -1;
	read_all(p, male, 1);
	read_all(p, female, 0);
	read_all(p, diminutive, 0);
	odd_ones(p);
	return 0;
}
