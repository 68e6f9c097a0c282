/* Drafts: past answers found, facts taken out, days in words. */
#include "unit.h"

#include "suggest/facts.h"
#include "suggest/fill.h"
#include "suggest/hole.h"
#include "suggest/seek.h"

static void
strips(const char *in, const char *want)
{
	struct gp_personal *p = gp_personal_new();
	struct gp_facts *f = gp_facts_new(p, NULL);
	struct gp_buf b;

	gp_buf_init(&b, 0);
	assert_int_equal(gp_facts_strip(f, gp_span_of(in), &b), 0);
	assert_string_equal(gp_buf_str(&b), want);
	gp_buf_release(&b);
	gp_facts_free(f);
	gp_personal_free(p);
}

static void
facts(void **state)
{
	static const char *const t[][2] = {
		{ "", "" },
		{ "Здравствуйте! С уважением, глава.", "" },
		{ "Яму засыплют 12.05.2026 г. после дождей.",
		    "Яму засыплют {{когда}}. после дождей." },
		{ "Срок - 5 мая, к 18:00.", "Срок - {{когда}}, к {{когда}}." },
		{ "Работы идут с понедельника, до конца месяца.",
		    "Работы идут с {{когда}}, до {{когда}}." },
		{ "Привезли три машины щебня и 2,5 т песка.",
		    "Привезли {{число}} машины щебня и {{число}} т песка." },
		{ "Ремонт на улице Новой, дом 7, начат.",
		    "Ремонт на улице {{адрес}}, начат." },
		{ "Наша бригада и ООО «Свет» меняют лампы.",
		    "Наша бригада и {{название}} меняют лампы." },
		{ "Мы ждём Вас в МФЦ, это рядом.",
		    "Мы ждём Вас в МФЦ, это рядом." },
		{ "Вопрос передан в Заречинск. Ответит [имя].",
		    "Вопрос передан в {{название}}. Ответит {{кто}}." },
		{ "Добрый день, уважаемая Анна Петровна, двор очистят!",
		    "Добрый день, уважаемая {{кто}}, двор очистят!" },
		{ "Пишите нам. Двор очистят.", "Двор очистят." },
		{ "Смотрите https://zar.example/plan, там план.",
		    "Смотрите {{ссылка}}, там план." },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(t); i++)
		strips(t[i][0], t[i][1]);
}

static void
holes(void **state)
{
	size_t at[2];

	(void)state;
	assert_int_equal(gp_hole_next(SPAN("а {{б}} в"), 0, at), 1);
	assert_int_equal(at[0], 3);
	assert_int_equal(at[1], 9);
	assert_int_equal(gp_hole_next(SPAN("{{б"), 0, at), 1);
	assert_int_equal(at[1], 2);
	assert_int_equal(gp_hole_next(SPAN("{б}"), 0, at), 0);
	assert_int_equal(gp_hole_next(SPAN(""), 0, at), 0);
	assert_true(gp_hole_is_in(SPAN("{{а}} {{б}}"), "б"));
	assert_false(gp_hole_is_in(SPAN("{{аб}} б"), "б"));
}

static void
days(void **state)
{
	struct gp_why why;
	struct gp_pool p;
	gp_instant t;

	(void)state;
	gp_pool_init(&p);
	assert_int_equal(gp_zone_set("Europe/Moscow", &why), 0);
	assert_int_equal(gp_instant_parse(SPAN("2026-12-31T21:30:00Z"), &t), 0);
	assert_string_equal(gp_day_words(&p, t).p, "1 января 2027 года");
	gp_pool_release(&p);
}

static void
add(struct gp_past *p, struct gp_json_reader *r, const char *line)
{
	char *s = unit_pad(gp_span_of(line));
	struct gp_json_obj rec;
	struct gp_why why;

	assert_int_equal(
	    gp_json_open(r, (struct gp_span){ s, strlen(s) }, 0, &rec, &why),
	    0);
	assert_int_equal(gp_past_add(p, r, &rec), 0);
	free(s);
}

static void
add_reply(struct gp_past *p, struct gp_json_reader *r, int no, const char *ask,
    const char *more)
{
	struct gp_buf b;

	gp_buf_init(&b, 0);
	gp_buf_addf(&b,
	    "{\"type\":\"reply\",\"id\":\"r%d\",\"to\":\"a%d\","
	    "\"approved_by\":\"И\",\"text\":\"Ответ %d\","
	    "\"appeal\":{\"text\":\"%s\"}%s}",
	    no, no, no, ask, more);
	add(p, r, b.p);
	gp_buf_release(&b);
}

static void
near(void **state)
{
	struct gp_json_reader *r = gp_json_new();
	struct gp_past *p = gp_past_new();
	struct gp_near to[GP_NEAR_MOST];
	struct gp_seek_about ask = { .text = SPAN("яма на дороге у школы") };
	struct gp_seek *s;
	int i;

	(void)state;
	add_reply(p, r, 1, "Нет воды в доме", "");
	add_reply(p, r, 2, "Ямы на дорогах, школа рядом", "");
	add_reply(p, r, 3, "Дорога к школе вся в ямах", ",\"page\":\"x\"");
	for (i = 4; i < 60; i++)
		add_reply(p, r, i, "Почему закрыли аптеку на площади", "");
	assert_int_equal(gp_past_ready(p, 0), 0);
	assert_int_equal(p->docs, 59);
	s = gp_seek_new(p);
	assert_int_equal(gp_seek_near(s, &ask, to), 2);
	assert_true(to[0].score >= to[1].score && to[0].score <= 1);
	assert_true(to[1].score > 0.5);
	/* a page of one's own is nearer; asking twice gives the same */
	ask.page = SPAN("x");
	assert_int_equal(gp_seek_near(s, &ask, to), 2);
	assert_string_equal(p->doc[to[0].doc].id.p, "r3");
	/* no more than there is room for */
	ask.text = SPAN("аптека на площади");
	assert_int_equal(gp_seek_near(s, &ask, to), GP_NEAR_MOST);
	ask.text = SPAN("и на о");
	assert_int_equal(gp_seek_near(s, &ask, to), 0);
	ask.text = SPAN("трамвай");
	assert_int_equal(gp_seek_near(s, &ask, to), 0);
	assert_int_equal(gp_past_replies(p, SPAN("a7")), 1);
	assert_int_equal(gp_past_replies(p, SPAN("a99")), 0);
	gp_seek_free(s);
	gp_past_free(p);
	gp_json_free(r);
}

static void
first_names(void **state)
{
	struct gp_personal *p = gp_personal_new();

	(void)state;
	assert_true(gp_personal_is_first(p, SPAN("Анна")));
	assert_true(gp_personal_is_first(p, SPAN("Семён")));
	assert_false(gp_personal_is_first(p, SPAN("анна")));
	assert_false(gp_personal_is_first(p, SPAN("АННА")));
	assert_false(gp_personal_is_first(p, SPAN("Котик")));
	assert_false(gp_personal_is_first(p, SPAN("Александровскийзаводской")));
	assert_false(gp_personal_is_first(p, SPAN("")));
	gp_personal_free(p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(facts),
		cmocka_unit_test(holes),
		cmocka_unit_test(days),
		cmocka_unit_test(near),
		cmocka_unit_test(first_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
