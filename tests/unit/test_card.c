/* Cards: numbers, typography, days, colours, sentences, and what fits. */
#include "unit.h"

#include "card/album.h"
#include "card/alt.h"
#include "card/colour.h"
#include "card/fill.h"
#include "card/number.h"
#include "card/pen.h"
#include "card/period.h"
#include "card/theme.h"
#include "card/type.h"

/* In the texts below: ~ is U+00A0, _ is U+202F, ^ is U+2212. */
static void
assert_text(struct gp_buf *b, const char *want)
{
	struct gp_buf w;

	gp_buf_init(&w, 0);
	for (; *want != '\0'; want++)
		if (*want == '~')
			gp_buf_adds(&w, GP_NBSP);
		else if (*want == '_')
			gp_buf_adds(&w, GP_NNBSP);
		else if (*want == '^')
			gp_buf_adds(&w, "\u2212");
		else
			gp_buf_addc(&w, *want);
	assert_string_equal(gp_buf_str(b), gp_buf_str(&w));
	gp_buf_release(&w);
	gp_buf_reset(b);
}

static void
numbers(void **state)
{
	static const struct {
		double v;
		const char *ru, *en;
	} cases[] = {
		{ 0, "0", "0" },
		{ -0.0, "0", "0" },
		{ -0.001, "0", "0" },
		{ 7, "7", "7" },
		{ 1234, "1234", "1,234" },
		{ 12345, "12_345", "12,345" },
		{ 999999, "999_999", "999,999" },
		{ 1000000, "1_000_000", "1,000,000" },
		{ -12345.5, "^12_345,5", "\u221212,345.5" },
		{ 0.126, "0,13", "0.13" },
		{ 9.999, "10", "10" },
		{ 1e15, "1_000_000_000_000_000", "1,000,000,000,000,000" },
	};
	struct gp_buf b;
	size_t i;

	(void)state;
	gp_buf_init(&b, 0);
	for (i = 0; i < COUNT(cases); i++) {
		gp_number_put(&b, cases[i].v, GP_RU);
		assert_text(&b, cases[i].ru);
		gp_number_put(&b, cases[i].v, GP_EN);
		assert_text(&b, cases[i].en);
	}
	gp_buf_release(&b);
}

static void
forms(void **state)
{
	static const struct {
		double n;
		const char *want;
	} cases[] = {
		{ 0, "0~обращений" },
		{ 1, "1~обращение" },
		{ 2, "2~обращения" },
		{ 4, "4~обращения" },
		{ 5, "5~обращений" },
		{ 11, "11~обращений" },
		{ 12, "12~обращений" },
		{ 14, "14~обращений" },
		{ 21, "21~обращение" },
		{ 22, "22~обращения" },
		{ 25, "25~обращений" },
		{ 100, "100~обращений" },
		{ 101, "101~обращение" },
		{ 111, "111~обращений" },
		{ 112, "112~обращений" },
		{ 1001, "1001~обращение" },
		{ -3, "^3~обращения" },
		{ 1.5, "1,5~обращения" },
		{ 21.5, "21,5~обращения" },
	};
	struct gp_span three = SPAN("обращение|обращения|обращений");
	struct gp_buf b;
	size_t i;

	(void)state;
	gp_buf_init(&b, 0);
	for (i = 0; i < COUNT(cases); i++) {
		gp_number_put_unit(&b, cases[i].n, three, GP_RU);
		assert_text(&b, cases[i].want);
	}
	gp_number_put_unit(&b, 1, SPAN("day|days"), GP_EN);
	assert_text(&b, "1~day");
	gp_number_put_unit(&b, 0, SPAN("day|days"), GP_EN);
	assert_text(&b, "0~days");
	gp_number_put_unit(&b, 5, SPAN("руб."), GP_RU);
	assert_text(&b, "5~руб.");
	gp_number_put_unit(&b, 12.5, SPAN("%"), GP_RU);
	assert_text(&b, "12,5_%");
	gp_number_put_unit(&b, 12.5, SPAN("%"), GP_EN);
	assert_text(&b, "12.5%");
	gp_number_put_unit(&b, 5, SPAN(""), GP_RU);
	assert_text(&b, "5");
	assert_int_equal(gp_number_forms(SPAN("a|b|c")), 3);
	assert_int_equal(gp_number_forms(SPAN("a|b|c|d")), 0);
	assert_int_equal(gp_number_forms(SPAN("a||c")), 0);
	assert_int_equal(gp_number_forms(SPAN("")), 0);
	gp_buf_release(&b);
}

/* Nothing that is not all becomes 100, nothing that is there becomes 0. */
static void
shares(void **state)
{
	(void)state;
	assert_float_equal(gp_number_percent(14, 34), 41, 0);
	assert_float_equal(gp_number_percent(0, 34), 0, 0);
	assert_float_equal(gp_number_percent(34, 34), 100, 0);
	assert_float_equal(gp_number_percent(999, 1000), 99.9, 1e-9);
	assert_float_equal(gp_number_percent(99999, 100000), 99.9, 1e-9);
	assert_float_equal(gp_number_percent(1, 100000), 0.1, 1e-9);
	assert_float_equal(gp_number_percent(5, 1000), 0.5, 1e-9);
	assert_float_equal(gp_number_percent(1, 3), 33, 0);
}

static void
type(void **state)
{
	static const struct {
		const char *in, *out;
	} cases[] = {
		{ "", "" },
		{ "Вода", "Вода" },
		{ "в школе", "в~школе" },
		{ "Мы и вы не в силах", "Мы~и~вы~не~в~силах" },
		{ "дали воду - не знает", "дали воду~— не~знает" },
		{ "дали воду -- не знает", "дали воду~— не~знает" },
		{ "серо-зелёный 5-7", "серо-зелёный 5-7" },
		{ "-5 градусов", "^5~градусов" },
		{ "тепло, -5", "тепло, ^5" },
		{ "\"Горячая линия\"", "«Горячая линия»" },
		{ "газета \"Маяк \"Заречья\"\"", "газета «Маяк „Заречья“»" },
		{ "(\"Маяк\")", "(«Маяк»)" },
		{ "так...", "так…" },
		{ "70% и 80 %", "70_% и~80_%" },
		{ "12 500 рублей", "12_500~рублей" },
		{ "1 200 000", "1_200_000" },
		{ "8 800 200-00-00", "8 800 200-00-00" },
		{ "+7 900 123-45-67", "+7 900 123-45-67" },
		{ "на 5 дней раньше", "на~5~дней~раньше" },
		{ "школа № 2 закрыта", "школа~№~2~закрыта" },
		{ "ул. Мира, д. 5", "ул.~Мира, д.~5" },
		{ "глава И. П. Иванов", "глава И.~П.~Иванов" },
		{ "если бы знали", "если~бы~знали" },
		{ "Отремонтирован мост через реку Ик",
		    "Отремонтирован мост через реку~Ик" },
		{ "  два   пробела ", "два пробела" },
		{ "строка\nи\tещё", "строка и~ещё" },
		{ "и\u0306од", "йод" },
		{ "а\u0301\u0302\u0303", "а\u0301" },
		{ "т\u202eтекст", "т~текст" },
		{ "брон\xd1", "брон\ufffd" },
	};
	struct gp_buf b;
	struct gp_why why;
	size_t i;

	(void)state;
	gp_buf_init(&b, 0);
	for (i = 0; i < COUNT(cases); i++) {
		assert_int_equal(
		    gp_type_set(&b, gp_span_of(cases[i].in), GP_RU, &why), 0);
		assert_text(&b, cases[i].out);
	}
	assert_int_equal(
	    gp_type_set(&b, SPAN("the \"Beacon\" - 70 %"), GP_EN, &why), 0);
	assert_text(&b, "the~\u201cBeacon\u201d~\u2013 70~%");
	gp_buf_release(&b);
}

/* What is set once stays as it is. */
static void
type_twice(void **state)
{
	static const char in[] = "Газета \"Маяк\" - о том, что 12 500 человек "
				 "(70%) не в силах - в 5 км от ул. Мира...";
	struct gp_buf a, b;
	struct gp_why why;

	(void)state;
	gp_buf_init(&a, 0);
	gp_buf_init(&b, 0);
	assert_int_equal(gp_type_set(&a, gp_span_of(in), GP_RU, &why), 0);
	assert_int_equal(gp_type_set(&b, gp_buf_span(&a), GP_RU, &why), 0);
	assert_string_equal(gp_buf_str(&a), gp_buf_str(&b));
	gp_buf_release(&a);
	gp_buf_release(&b);
}

static void
periods(void **state)
{
	static const struct {
		const char *from, *to, *ru, *en;
	} cases[] = {
		{ "2026-10-23T21:00:00Z", "2026-10-31T15:00:00Z",
		    "24–31~октября 2026~года", "October~24–31, 2026" },
		{ "2026-09-27T21:00:00Z", "2026-10-04T21:00:00Z",
		    "28~сентября~– 4~октября 2026~года",
		    "September~28 – October~4, 2026" },
		{ "2026-12-28T21:00:00Z", "2027-01-04T21:00:00Z",
		    "29~декабря 2026~года – 4~января 2027~года",
		    "December~29, 2026 – January~4, 2027" },
		{ "2026-10-30T21:00:00Z", "2026-10-31T21:00:00Z",
		    "31~октября 2026~года", "October~31, 2026" },
		{ "2026-09-30T21:00:00Z", "2026-10-31T21:00:00Z",
		    "октябрь 2026~года", "October 2026" },
		{ "2024-01-31T21:00:00Z", "2024-02-29T21:00:00Z",
		    "февраль 2024~года", "February 2024" },
		{ "2025-12-31T21:00:00Z", "2026-12-31T21:00:00Z", "2026~год",
		    "2026" },
	};
	struct gp_why why;
	struct gp_buf b;
	size_t i;

	(void)state;
	gp_buf_init(&b, 0);
	assert_int_equal(gp_zone_set("+03:00", &why), 0);
	for (i = 0; i < COUNT(cases); i++) {
		gp_instant from, to;

		gp_instant_parse(gp_span_of(cases[i].from), &from);
		gp_instant_parse(gp_span_of(cases[i].to), &to);
		gp_period_put(&b, from, to, GP_RU);
		assert_text(&b, cases[i].ru);
		gp_period_put(&b, from, to, GP_EN);
		assert_text(&b, cases[i].en);
	}
	assert_int_equal(gp_period_day(&b, SPAN("2026-05-09"), 0, GP_RU), 0);
	assert_text(&b, "9~мая");
	assert_int_equal(gp_period_day(&b, SPAN("2026-10-26"), 1, GP_EN), 0);
	assert_text(&b, "Oct~26");
	assert_int_equal(gp_period_day(&b, SPAN("2026-13-26"), 1, GP_RU), -1);
	assert_int_equal(gp_period_day(&b, SPAN("26 октября"), 1, GP_RU), -1);
	assert_int_equal(b.n, 0);
	gp_buf_release(&b);
}

/* Ratios as WCAG's own examples have them. */
static void
contrast(void **state)
{
	static const struct {
		const char *a, *b;
		double ratio;
	} cases[] = {
		{ "#000000", "#ffffff", 21 },
		{ "#fff", "#fff", 1 },
		{ "#777777", "#ffffff", 4.48 },
		{ "#767676", "#ffffff", 4.54 },
		{ "#ff0000", "#ffffff", 4.00 },
		{ "#0000ff", "#ffffff", 8.59 },
	};
	struct gp_colour a, b;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		assert_int_equal(
		    gp_colour_parse(gp_span_of(cases[i].a), &a), 0);
		assert_int_equal(
		    gp_colour_parse(gp_span_of(cases[i].b), &b), 0);
		assert_float_equal(
		    gp_colour_contrast(a, b), cases[i].ratio, 0.005);
		assert_float_equal(
		    gp_colour_contrast(a, b), gp_colour_contrast(b, a), 0);
	}
	assert_int_equal(gp_colour_parse(SPAN("#12345"), &a), -1);
	assert_int_equal(gp_colour_parse(SPAN("#12345g"), &a), -1);
	assert_int_equal(gp_colour_parse(SPAN("1234567"), &a), -1);
	assert_int_equal(gp_colour_parse(SPAN(""), &a), -1);
}

static void
sentences(void **state)
{
	static const char record[] =
	    "{\"type\":\"figure\",\"report\":\"week\",\"total\":\"all\","
	    "\"since\":\"2026-10-25T21:00:00Z\","
	    "\"until\":\"2026-11-01T21:00:00Z\",\"appeals\":131,"
	    "\"answered\":92,\"none\":0,\"group\":\"Ж\\u041aХ\","
	    "\"kinds\":{\"danger\":2}}";
	static const struct {
		const char *in, *out; /* out NULL: it is left out */
	} cases[] = {
		{ "без чисел", "без чисел" },
		{ "{appeals}", "131" },
		{ "{appeals:день|дня|дней}!", "131~день!" },
		{ "{answered=ждёт|ждут|ждёт}", "ждут" },
		{ "{answered/appeals}", "70_%" },
		{ "{kinds.danger:раз|раза|раз}", "2~раза" },
		{ "{group}", "ЖКХ" },
		{ "за {period}", "за 26~октября~– 1~ноября 2026~года" },
		{ "{nobody}", NULL },
		{ "{answered/none}", NULL },
		{ "{group:день|дня|дней}", NULL },
	};
	char *text = unit_pad(gp_span_of(record));
	struct gp_json_reader *r = gp_json_new();
	struct gp_json_obj o;
	struct gp_card_rows rows;
	struct gp_why why;
	struct gp_buf b;
	size_t i;

	(void)state;
	gp_zone_set("+03:00", &why);
	gp_buf_init(&b, 0);
	gp_card_rows_init(&rows);
	assert_int_equal(gp_json_open(r, gp_span_of(text), 0, &o, &why), 0);
	assert_int_equal(gp_card_rows_add(&rows, r, &o, &why), 0);
	for (i = 0; i < COUNT(cases); i++) {
		struct gp_span in = gp_span_of(cases[i].in);

		assert_int_equal(gp_fill_check(in, &why), 0);
		assert_int_equal(
		    gp_fill(&b, in, &rows.v[0], GP_RU), cases[i].out == NULL);
		if (cases[i].out != NULL)
			assert_text(&b, cases[i].out);
		gp_buf_reset(&b);
	}
	assert_int_equal(gp_fill_check(SPAN("{a"), &why), -1);
	assert_int_equal(gp_fill_check(SPAN("a}"), &why), -1);
	assert_int_equal(gp_fill_check(SPAN("{}"), &why), -1);
	assert_int_equal(gp_fill_check(SPAN("{a:}"), &why), -1);
	assert_int_equal(gp_fill_check(SPAN("{a:b|c|d|e}"), &why), -1);
	gp_card_rows_release(&rows);
	gp_buf_release(&b);
	gp_json_free(r);
	free(text);
}

static struct gp_fitted
fit(struct gp_pen *pen, const char *text, struct gp_style style, double w,
    double h)
{
	struct gp_fitted f;
	struct gp_why why;

	assert_int_equal(
	    gp_pen_fit(pen, "text", gp_span_of(text), &style, w, h, &f, &why),
	    0);
	return f;
}

/* The largest letters that do; all of it inside; or a reason. */
static void
layout(void **state)
{
	static const char words[] = "Сколько обращений поступило за неделю";
	struct gp_style s = { 60, 20, 1, 0, 0, 0 }, even = s;
	const char *fallback[] = { "DejaVu Sans" };
	struct gp_theme theme = { .font = "PT Sans",
		.fallback = { fallback, 1 } };
	struct gp_why why;
	struct gp_pen *pen = gp_pen_new(&theme, &why);
	struct gp_fitted f, g;

	(void)state;
	even.balance = 1;
	assert_non_null(pen);
	f = fit(pen, words, s, 2000, 100);
	assert_float_equal(f.size, 60, 0);
	gp_fitted_release(&f);
	f = fit(pen, words, s, 500, 100);
	assert_true(f.size < 60 && f.w <= 500 && f.h <= 100);
	gp_fitted_release(&f);
	f = fit(pen, words, s, 1000, 400);
	g = fit(pen, words, even, 1000, 400);
	assert_true(g.w < f.w);
	assert_float_equal(f.h, g.h, 0.5);
	gp_fitted_release(&f);
	gp_fitted_release(&g);
	assert_int_equal(
	    gp_pen_fit(pen, "title", gp_span_of(words), &s, 500, 20, &f, &why),
	    -1);
	assert_string_equal(why.msg,
	    "'title' does not fit even in the smallest letters; shorten it, "
	    "or put soft hyphens into long words: "
	    "\"Сколько обращений поступило за неделю\"");
	assert_null(f.layout);
	/* A word is not parted, but where it says that it may be. */
	assert_int_equal(gp_pen_fit(pen, "title", SPAN("достопримечательность"),
			     &s, 200, 400, &f, &why),
	    -1);
	f = fit(pen, "достопри\u00adмечатель\u00adность", s, 200, 400);
	gp_fitted_release(&f);
	f = fit(pen, "", s, 1, 1);
	assert_null(f.layout);
	gp_pen_free(pen);
	theme.font = "No Such Font";
	theme.fallback.n = 0;
	assert_null(gp_pen_new(&theme, &why));
	assert_string_equal(why.msg,
	    "no font with Cyrillic letters among 'No Such Font'; "
	    "Debian: apt-get install fonts-paratype");
}

static void
differences(void **state)
{
	static const struct {
		double was, is;
		const char *unit, *want;
	} cases[] = {
		{ 20, 34, "", "на~14 больше, или на~70_%" },
		{ 34, 20, "", "на~14 меньше, или на~41_%" },
		{ 5, 5, "", "без изменений" },
		{ 0, 5, "", "на~5 больше" },
		{ 10, 1000, "", "на~990 больше, или на~9900_%" },
		{ 10000, 9999, "", "на~1 меньше, или на~0,1_%" },
		{ 61.5, 70, "%", "на~8,5~п.~п. больше" },
		{ 31, 0, "", "на~31 меньше, или на~100_%" },
	};
	struct gp_buf b;
	size_t i;

	(void)state;
	gp_buf_init(&b, 0);
	for (i = 0; i < COUNT(cases); i++) {
		struct gp_card_item item[2] = { { SPAN("а"), cases[i].was },
			{ SPAN("б"), cases[i].is } };
		struct gp_card c = { .kind = GP_CARD_CHANGE,
			.item = item,
			.n = 2,
			.unit = gp_span_of(cases[i].unit) };

		gp_alt_put_difference(&b, &c, GP_RU);
		assert_text(&b, cases[i].want);
	}
	gp_buf_release(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers),
		cmocka_unit_test(forms),
		cmocka_unit_test(shares),
		cmocka_unit_test(type),
		cmocka_unit_test(type_twice),
		cmocka_unit_test(periods),
		cmocka_unit_test(contrast),
		cmocka_unit_test(sentences),
		cmocka_unit_test(layout),
		cmocka_unit_test(differences),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
