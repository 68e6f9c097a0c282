/* Words as they are compared, and the tokens of a text. */
#include "unit.h"

#include "text/fold.h"
#include "text/stem.h"
#include "text/token.h"

static void
words(void **state)
{
	static const struct {
		const char *name;
		struct gp_span in, out;
	} cases[] = {
		{ "small", T("дорога"), T("дорога") },
		{ "capitals", T("ДОРОГА"), T("дорога") },
		{ "yo", T("ЁлкАё"), T("елкае") },
		{ "short i", T("ЙОД"), T("йод") },
		{ "short i of two", T("и\u0306од"), T("йод") },
		{ "yo of two", T("е\u0308лка"), T("елка") },
		{ "stress", T("доро\u0301га"), T("дорога") },
		{ "soft hyphen", T("до\u00adрога"), T("дорога") },
		{ "zero width", T("до\u200bро\u200dга\ufeff"), T("дорога") },
		{ "look-alikes", T("дoрoгa"), T("дорога") },
		{ "look-alike capitals", T("BОДА"), T("вода") },
		{ "latin alone", T("Copy"), T("copy") },
		{ "digits are no script", T("A4"), T("a4") },
		{ "neighbours", T("Їжак"), T("їжак") },
		{ "other alphabet", T("ÉTÉ"), T("été") },
		{ "long", T("ПРЕВЫСОКОМНОГОРАССМОТРИТЕЛЬСТВУЮЩИЙ"),
		    T("превысокомногорассмотрительствующий") },
		{ "repeated letters", T("оооочень"), T("оооочень") },
		{ "broken", T("до\xd0"), T("до\xd0") },
		{ "none", T(""), T("") },
	};
	struct gp_buf b;
	size_t i;

	(void)state;
	gp_buf_init(&b, 0);
	for (i = 0; i < COUNT(cases); i++) {
		gp_buf_reset(&b);
		gp_fold_word(&b, cases[i].in);
		unit_span(cases[i].name, gp_buf_span(&b), cases[i].out);
	}
	gp_buf_release(&b);
}

/* The fast way must say what the plain one says, wherever a letter stands. */
static void
plain(void **state)
{
	static const char *const piece[] = { "а", "Я", "ё", "Ё", "р", "Р", "п",
		"П", "z", "Z", " ", "@", "[", "5", "«", "Ђ", "ѣ", "Ѣ", "й",
		"Й" };
	struct gp_buf in, fast, slow;
	uint64_t seed = 7;
	size_t i, k;

	(void)state;
	gp_buf_init(&in, 0);
	gp_buf_init(&fast, 0);
	gp_buf_init(&slow, 0);
	for (i = 0; i < 3000; i++) {
		gp_buf_reset(&in);
		gp_buf_reset(&fast);
		gp_buf_reset(&slow);
		for (k = 0; k < i % 60; k++)
			gp_buf_adds(&in,
			    piece[unit_random(&seed) %
				(i % 3 == 0 ? 4 : COUNT(piece))]);
		gp_fold_plain(&fast, gp_buf_span(&in));
		for (k = 0; k < in.n; k++) {
			int two = ((unsigned char)in.p[k] & 0xfe) == 0xd0;

			gp_fold_plain(
			    &slow, (struct gp_span){ in.p + k, two ? 2 : 1 });
			k += (size_t)two;
		}
		unit_span(
		    gp_buf_str(&in), gp_buf_span(&fast), gp_buf_span(&slow));
	}
	gp_buf_release(&in);
	gp_buf_release(&fast);
	gp_buf_release(&slow);
}

static void
texts(void **state)
{
	struct gp_buf b;

	(void)state;
	gp_buf_init(&b, 0);
	gp_fold_text(&b, SPAN("«ЁЛКИ» — на Шкoльной, д.5!\nДА\u00ad?"));
	assert_string_equal(b.p, "«елки» — на школьной, д.5!\nда?");
	gp_buf_release(&b);
}

static void
letters(void **state)
{
	struct gp_letters l = gp_fold_letters(SPAN("ДОМa5№"));

	(void)state;
	assert_int_equal(l.all, 4);
	assert_int_equal(l.capital, 3);
	assert_true(gp_fold_is_plain(SPAN("Ёлка")));
	assert_true(gp_fold_is_plain(SPAN("Copy5")));
	assert_false(gp_fold_is_plain(SPAN("дoм")));
	assert_false(gp_fold_is_plain(SPAN("и\u0306")));
}

/* Tokens as "word|<url>|{phone}|?|!" */
static void
show(struct gp_buf *b, struct gp_span text)
{
	static const char *const before[] = { "", "<", "{", "", "" };
	static const char *const after[] = { "", ">", "}", "", "" };
	struct gp_tokens in;
	struct gp_token t;

	gp_buf_reset(b);
	gp_tokens_init(&in, text);
	while (gp_tokens_next(&in, &t)) {
		if (b->n > 0)
			gp_buf_addc(b, '|');
		gp_buf_adds(b, before[t.kind]);
		gp_buf_add(b, t.raw.p, t.raw.n);
		gp_buf_adds(b, after[t.kind]);
	}
}

static void
tokens(void **state)
{
	static const struct {
		struct gp_span in;
		const char *out;
	} cases[] = {
		{ T(""), "" },
		{ T(" ,.- "), "" },
		{ T("Яма на дороге."), "Яма|на|дороге" },
		{ T("что-то,где_то"), "что|то|где|то" },
		{ T("Когда?!!"), "Когда|?|!|!" },
		{ T("д.5 кв. 12а"), "д|5|кв|12а" },
		{ T("дорог.Ямы"), "дорог|Ямы" },
		{ T("до\u00adро\u200bга"), "до\u00adро\u200bга" },
		{ T("\u200b да \ufe0f"), "да" },
		{ T("🔥🔥 ура👍🏻"), "ура" },
		{ T("и\u0306од"), "и\u0306од" },
		{ T("a\xd0 b\xff"
		    "c"),
		    "a|b|c" },
		{ T("https://t.me/adm/15, да"), "<https://t.me/adm/15>|да" },
		{ T("(www.site.example)"), "<www.site.example>" },
		{ T("на vk.com/wall-1_2?a=b."), "на|<vk.com/wall-1_2?a=b>" },
		{ T("приём.рф/x и gosuslugi.ru»"),
		    "<приём.рф/x>|и|<gosuslugi.ru>" },
		{ T("name@mail.ru"), "name|mail|ru" },
		{ T("http: //нет"), "http|нет" },
		{ T("a.b.c.d.e.f.g.h.i.j.k"), "a|b|c|d|e|f|g|h|i|j|k" },
		{ T("+7 (900) 000-00-12!"), "{+7 (900) 000-00-12}|!" },
		{ T("89000000012 и 9000000012"),
		    "{89000000012}|и|{9000000012}" },
		{ T("8\u2013900\u00a0000 00 12"),
		    "{8\u2013900\u00a0000 00 12}" },
		{ T("12345678901234"), "12345678901234" },
		{ T("с 8 до 12 00"), "с|8|до|12|00" },
		{ T("+ 5"), "5" },
	};
	struct gp_buf b;
	size_t i;

	(void)state;
	gp_buf_init(&b, 0);
	for (i = 0; i < COUNT(cases); i++) {
		show(&b, cases[i].in);
		assert_string_equal(gp_buf_str(&b), cases[i].out);
	}
	gp_buf_release(&b);
}

static void
stems(void **state)
{
	struct gp_stem *s = gp_stem_new("ru");

	(void)state;
	assert_non_null(s);
	unit_span("ru", gp_stem_word(s, SPAN("дорогами")), SPAN("дорог"));
	unit_span("ru", gp_stem_word(s, SPAN("вода")), SPAN("вод"));
	gp_stem_free(s);
	assert_null(gp_stem_new("xx"));
	gp_stem_free(NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words),
		cmocka_unit_test(plain),
		cmocka_unit_test(texts),
		cmocka_unit_test(letters),
		cmocka_unit_test(tokens),
		cmocka_unit_test(stems),
	};

	return cmocka_run_group_tests_name("text", tests, NULL, NULL);
}
