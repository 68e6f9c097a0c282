/* Tables of figures in each format; the set and the days of reports. */
#include "unit.h"

#include "report/days.h"
#include "report/names.h"
#include "report/set.h"
#include "show/show.h"

#define ALL (GP_IN_TABLE | GP_IN_CSV | GP_IN_NDJSON)

static const struct gp_column columns[] = {
	{ "id", { "Номер", "Id" }, ALL | GP_COL_ID, 0 },
	{ "text", { "Текст", "Text" }, ALL | GP_COL_GIVES, 0 },
	{ "n.a", { "А", "A" }, ALL | GP_COL_NUMBER, 0 },
	{ "n.b", { "Б", "B" }, ALL | GP_COL_NUMBER, 2 },
	{ "m.c", { "В", "C" }, GP_IN_NDJSON, 0 },
	{ "at", { "Когда", "When" }, ALL, 0 },
	{ "yes", { "Да", NULL }, ALL, 0 },
};

static const struct gp_table table = { "try", NULL, { "Проба", NULL },
	{ "пусто", "empty" }, columns, COUNT(columns) };

struct shown {
	struct gp_buf out;
	int stop; /* after so many calls; 0: never */
	int calls;
};

static int
take(void *ctx, struct gp_span s)
{
	struct shown *shown = ctx;

	gp_buf_add(&shown->out, s.p, s.n);
	return ++shown->calls == shown->stop ? -1 : 0;
}

static void
two_rows(struct gp_show *show)
{
	struct gp_cell c[COUNT(columns)] = {
		gp_cell_str("12345678901234567890"),
		gp_cell_str("е\xcc\x88ж; \"я\"\x1b[1m\r\nи"),
		gp_cell_int(-7),
		gp_cell_real(1.5),
		gp_cell_int(3),
		gp_cell_instant(1790000000),
		gp_cell_bool(1),
	};
	struct gp_cell d[COUNT(columns)] = { gp_cell_str("x"),
		gp_cell_str("=1+1"), gp_cell_str(NULL), gp_cell_real(0.0 / 0.0),
		gp_cell_int(1) };

	gp_show_begin(show, &table);
	gp_show_row(show, c);
	gp_show_row(show, d);
	gp_show_end(show);
}

static void
expect(const char *format, enum gp_lang lang, int excel, size_t width,
    const char *want)
{
	struct shown shown = { .stop = 0 };
	struct gp_show_how how = { gp_format_find(format), lang, excel, width,
		take, &shown };
	struct gp_show show;

	gp_buf_init(&shown.out, 0);
	assert_non_null(how.format);
	gp_show_init(&show, &how);
	two_rows(&show);
	assert_int_equal(show.bad, 0);
	unit_span(format, gp_buf_span(&shown.out), gp_span_of(want));
	gp_show_release(&show);
	gp_buf_release(&shown.out);
}

static void
test_ndjson(void **state)
{
	(void)state;
	expect("ndjson", GP_RU, 0, 0,
	    "{\"type\":\"figure\",\"report\":\"try\","
	    "\"id\":\"12345678901234567890\","
	    "\"text\":\"е\xcc\x88ж; \\\"я\\\"\\u001b[1m\\r\\nи\","
	    "\"n\":{\"a\":-7,\"b\":1.5},\"m\":{\"c\":3},"
	    "\"at\":\"2026-09-21T14:13:20Z\",\"yes\":true}\n"
	    "{\"type\":\"figure\",\"report\":\"try\",\"id\":\"x\","
	    "\"text\":\"=1+1\",\"m\":{\"c\":1}}\n");
}

static void
test_csv(void **state)
{
	(void)state;
	expect("csv", GP_EN, 0, 0,
	    "Id,Text,A,B,When,yes\r\n"
	    "'12345678901234567890,\"е\xcc\x88ж; \"\"я\"\" [1m и\",-7,1.50,"
	    "2026-09-21 14:13,yes\r\n"
	    "x,'=1+1,,,,\r\n");
	expect("csv", GP_RU, 1, 0,
	    "\xef\xbb\xbfНомер;Текст;А;Б;Когда;Да\r\n"
	    "'12345678901234567890;\"е\xcc\x88ж; \"\"я\"\" [1m и\";-7;1,50;"
	    "2026-09-21 14:13;да\r\n"
	    "x;'=1+1;;;;\r\n");
}

static void
test_table(void **state)
{
	(void)state;
	expect("table", GP_RU, 0, 0,
	    "Проба\n"
	    "Номер                 Текст           А     Б  Когда"
	    "             Да\n"
	    "12345678901234567890  е\xcc\x88ж; \"я\" [1m и  -7  1,50  "
	    "2026-09-21 14:13  да\n"
	    "x                     =1+1\n");
	expect("table", GP_EN, 0, 30,
	    "Id                    Text   …\n"
	    "12345678901234567890  е\xcc\x88ж; \"я\"…\n"
	    "x                     =1+1\n");
}

static void
test_empty(void **state)
{
	struct shown shown = { .stop = 0 };
	struct gp_show_how how = { gp_format_find("table"), GP_EN, 0, 0, take,
		&shown };
	struct gp_show show;

	(void)state;
	gp_buf_init(&shown.out, 0);
	gp_show_init(&show, &how);
	gp_show_begin(&show, &table);
	assert_int_equal(gp_show_end(&show), 0);
	unit_span("empty", gp_buf_span(&shown.out), SPAN("empty\n"));
	gp_show_release(&show);
	gp_buf_release(&shown.out);
	assert_null(gp_format_find("pdf"));
}

/* Who takes the output may say stop; nothing more is offered. */
static void
test_stop(void **state)
{
	struct shown shown = { .stop = 1 };
	struct gp_show_how how = { gp_format_find("ndjson"), GP_RU, 0, 0, take,
		&shown };
	struct gp_cell c[COUNT(columns)] = { gp_cell_str("x") };
	struct gp_show show;
	int i;

	(void)state;
	gp_buf_init(&shown.out, 0);
	gp_show_init(&show, &how);
	gp_show_begin(&show, &table);
	for (i = 0; i < 10000; i++)
		gp_show_row(&show, c);
	assert_int_equal(gp_show_end(&show), -1);
	assert_int_equal(show.bad, 1);
	assert_int_equal(shown.calls, 1);
	gp_show_release(&show);
	gp_buf_release(&shown.out);
}

/* Ids of chance, against the plain truth: all are there, none is twice. */
static void
test_set(void **state)
{
	struct gp_set s;
	uint64_t seed = 1, again = 1, *slot;
	size_t i;

	(void)state;
	assert_int_equal(gp_set_init(&s, 4096), 0);
	assert_int_equal(s.mask, 511);
	assert_int_equal(s.most, 448);
	for (i = 0; i < 448; i++) {
		uint64_t id = (uint64_t)unit_random(&seed) << 32 | i << 1;

		assert_null(gp_set_find(&s, id));
		slot = gp_set_put(&s, id);
		assert_non_null(slot);
		assert_int_equal(gp_slot_value(slot), 0);
		gp_slot_set(slot, (uint32_t)i + 1);
	}
	assert_null(gp_set_put(&s, 12345));
	for (i = 0; i < 448; i++) {
		uint64_t id = (uint64_t)unit_random(&again) << 32 | i << 1;

		assert_int_equal(gp_slot_value(gp_set_put(&s, id)), i + 1);
		assert_ptr_equal(gp_set_put(&s, id), gp_set_find(&s, id));
	}
	gp_set_release(&s);
	gp_set_release(&s);
}

static void
test_names(void **state)
{
	static struct gp_names names;
	uint64_t i;

	(void)state;
	for (i = 0; i < GP_MOST_NAMES; i++) {
		assert_int_equal(gp_names_find(&names, i * 512), -1);
		assert_int_equal(gp_names_add(&names, i * 512), i);
	}
	assert_int_equal(gp_names_add(&names, 7), -1);
	assert_int_equal(gp_names_find(&names, 7), -1);
	for (i = 0; i < GP_MOST_NAMES; i++)
		assert_int_equal(gp_names_find(&names, i * 512), i);
}

static gp_instant
instant(const char *s)
{
	gp_instant t;

	assert_int_equal(gp_instant_parse(gp_span_of(s), &t), 0);
	return t;
}

/* The days of 23 and 25 hours, in the zone that has them. */
static void
test_days(void **state)
{
	static const struct {
		const char *at;
		int day;
	} cases[] = {
		{ "2026-03-27T08:59:59Z", -1 },
		{ "2026-03-27T09:00:00Z", 0 },
		{ "2026-03-27T22:59:59Z", 0 },
		{ "2026-03-27T23:00:00Z", 1 },
		{ "2026-03-28T23:00:00Z", 2 },
		{ "2026-03-29T21:59:59Z", 2 },
		{ "2026-03-29T22:00:00Z", 3 },
		{ "2026-10-24T22:00:00Z", 212 },
		{ "2026-10-25T22:59:59Z", 212 },
		{ "2026-10-25T23:00:00Z", 213 },
		{ "2026-10-26T11:59:59Z", 213 },
		{ "2026-10-26T12:00:00Z", -1 },
	};
	struct gp_days d;
	struct gp_why why;
	size_t i;

	(void)state;
	assert_int_equal(gp_zone_set("Europe/Berlin", &why), 0);
	assert_int_equal(gp_days_init(&d, instant("2026-03-27T09:00:00Z"),
			     instant("2026-10-26T12:00:00Z"), &why),
	    0);
	assert_int_equal(d.n, 214);
	for (i = 0; i < COUNT(cases); i++)
		if (gp_days_of(&d, instant(cases[i].at)) != cases[i].day)
			fail_msg("%s: %d, want %d", cases[i].at,
			    gp_days_of(&d, instant(cases[i].at)), cases[i].day);
	gp_days_release(&d);
	assert_int_equal(gp_days_init(&d, 5, 5, &why), -1);
	assert_int_equal(gp_days_init(&d, 0, 400 * 86400, &why), -1);
	assert_int_equal(gp_days_init(&d, 5, 399 * 86400 + 5, &why), 0);
	assert_in_range(d.n, 399, GP_MOST_DAYS);
	gp_days_release(&d);
	assert_int_equal(gp_zone_set("UTC", &why), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_ndjson),
		cmocka_unit_test(test_csv),
		cmocka_unit_test(test_table),
		cmocka_unit_test(test_empty),
		cmocka_unit_test(test_stop),
		cmocka_unit_test(test_set),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_days),
	};
	struct gp_why why;

	if (gp_zone_set("UTC", &why) == -1)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
