/* Instants: RFC 3339, people's words, zones. */
#include "unit.h"

#include "base/instant.h"

static gp_instant
at(const char *rfc)
{
	gp_instant t;

	if (gp_instant_parse(gp_span_of(rfc), &t) == -1)
		fail_msg("'%s' is no instant", rfc);
	return t;
}

static void
zone(const char *name)
{
	struct gp_why why;

	if (gp_zone_set(name, &why) == -1)
		fail_msg("%s", why.msg);
}

static void
rfc3339(void **state)
{
	static const struct {
		struct gp_span in;
		int64_t t;
	} cases[] = {
		{ T("1970-01-01T00:00:00Z"), 0 },
		{ T("1970-01-01t00:00:01z"), 1 },
		{ T("1970-01-01 00:00:01Z"), 1 },
		{ T("1969-12-31T23:59:59Z"), -1 },
		{ T("1970-01-01T03:00:00+03:00"), 0 },
		{ T("1969-12-31T16:00:00-08:00"), 0 },
		{ T("1970-01-01T05:45:00+05:45"), 0 },
		{ T("1970-01-01T23:59:00+23:59"), 0 },
		{ T("1970-01-01T00:00:00-00:00"), 0 },
		{ T("2000-02-29T12:00:00Z"), 951825600 },
		{ T("2026-10-31T15:00:00Z"), 1793458800 },
		{ T("2026-10-31T15:00:00.5Z"), 1793458800 },
		{ T("2026-10-31T15:00:00.999999999999999999999Z"), 1793458800 },
		{ T("2026-10-31T18:00:00.123+03:00"), 1793458800 },
		{ T("2016-12-31T23:59:60Z"), 1483228800 },
		{ T("2038-01-19T03:14:08Z"), 2147483648 },
		{ T("0001-01-01T00:00:00Z"), -62135596800 },
		{ T("9999-12-31T23:59:59Z"), 253402300799 },
	};
	gp_instant t;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		assert_int_equal(gp_instant_parse(cases[i].in, &t), 0);
		if (t != cases[i].t)
			fail_msg("%s: %lld", cases[i].in.p, (long long)t);
	}
}

static void
not_rfc3339(void **state)
{
	static const struct gp_span cases[] = { T(""), T("now"), T("2026"),
		T("2026-10-31"), T("2026-10-31T15:00:00"),
		T("2026-10-31T15:00Z"), T("2026-10-31T15Z"),
		T("2026-10-31T24:00:00Z"), T("2026-10-31T15:60:00Z"),
		T("2026-10-31T15:00:61Z"), T("2026-00-31T15:00:00Z"),
		T("2026-13-31T15:00:00Z"), T("2026-10-00T15:00:00Z"),
		T("2026-10-32T15:00:00Z"), T("2026-11-31T15:00:00Z"),
		T("2026-04-31T15:00:00Z"), T("2026-02-29T15:00:00Z"),
		T("2024-02-30T15:00:00Z"), T("1900-02-29T15:00:00Z"),
		T("2026-10-31T15:00:00.Z"), T("2026-10-31T15:00:00,5Z"),
		T("2026-10-31T15:00:00+3:00"), T("2026-10-31T15:00:00+0300"),
		T("2026-10-31T15:00:00+24:00"), T("2026-10-31T15:00:00+03:60"),
		T("2026-10-31T15:00:00+03"), T("2026-10-31T15:00:00ZZ"),
		T("2026-10-31T15:00:00Z "), T(" 2026-10-31T15:00:00Z"),
		T("+2026-10-31T15:00:00Z"), T("-026-10-31T15:00:00Z"),
		T("26-10-31T15:00:00Z"), T("2026-1-31T15:00:00Z"),
		T("2026/10/31T15:00:00Z"), T("2026-10-31_15:00:00Z"),
		T("2026\x00"
		  "10-31T15:00:00Z"),
		T("2026-10-31T15:00:00\x00"),
		T("2026-10-31T15:00:00\x00"
		  "03:00"),
		T("2026-10-31T15:00:00Z\x00"),
		T("\xd9\xa2\xd9\xa0\xd9\xa2\xd9\xa6-10-31T15:00:00Z") };
	gp_instant t;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cases); i++)
		if (gp_instant_parse(cases[i], &t) == 0)
			fail_msg(
			    "'%s' taken as %lld", cases[i].p, (long long)t);
}

/* Every cut of a sound one is refused. */
static void
cut(void **state)
{
	static const char text[] = "2026-10-31T15:00:00.25+03:00";
	gp_instant t;
	size_t n;

	(void)state;
	for (n = 0; n < sizeof(text) - 1; n++)
		assert_int_equal(
		    gp_instant_parse((struct gp_span){ text, n }, &t), -1);
}

/* Each day of four centuries, against the calendar of the library. */
static void
there_and_back(void **state)
{
	static const char *const words[] = { "0000-01-01T00:00:00Z",
		"0001-01-01T00:00:00Z", "0999-12-31T23:59:59Z",
		"9999-12-31T23:59:59Z" };
	char text[GP_INSTANT_LEN];
	gp_instant t, back;
	size_t i;

	(void)state;
	for (t = at("1899-12-31T23:59:59Z"); t < at("2301-01-01T00:00:00Z");
	     t += 86399) {
		gp_instant_utc(t, text);
		assert_int_equal(gp_instant_parse(gp_span_of(text), &back), 0);
		assert_int_equal(back, t);
	}
	for (i = 0; i < COUNT(words); i++)
		assert_string_equal(
		    gp_instant_utc(at(words[i]), text), words[i]);
}

/* No instant, however wild, writes over the end or a year of five digits. */
static void
wild(void **state)
{
	static const gp_instant cases[] = { INT64_MIN, INT64_MAX, INT64_MAX / 2,
		-62167219201, 253402300800, 1000000000000000, -1000000000000000,
		67768036191676799 };
	char text[GP_INSTANT_LEN];
	size_t i;

	(void)state;
	zone("UTC");
	for (i = 0; i < COUNT(cases); i++) {
		assert_string_equal(
		    gp_instant_utc(cases[i], text), "1970-01-01T00:00:00Z");
		assert_string_equal(
		    gp_instant_local(cases[i], text), "1970-01-01 00:00");
		assert_string_equal(
		    gp_instant_day(cases[i], text), "1970-01-01");
	}
}

static void
words(void **state)
{
	/* Saturday, 31 October 2026, 18:00 in Moscow; what is meant, in UTC. */
	static const struct {
		const char *zone, *word, *want;
	} cases[] = {
		{ "Europe/Moscow", "now", "2026-10-31T15:00:00Z" },
		{ "Europe/Moscow", "today", "2026-10-30T21:00:00Z" },
		{ "Europe/Moscow", "yesterday", "2026-10-29T21:00:00Z" },
		{ "Europe/Moscow", "saturday", "2026-10-30T21:00:00Z" },
		{ "Europe/Moscow", "friday", "2026-10-29T21:00:00Z" },
		{ "Europe/Moscow", "monday", "2026-10-25T21:00:00Z" },
		{ "Europe/Moscow", "Sunday", "2026-10-24T21:00:00Z" },
		{ "Europe/Moscow", "7d", "2026-10-24T15:00:00Z" },
		{ "Europe/Moscow", "12h", "2026-10-31T03:00:00Z" },
		{ "Europe/Moscow", "1w", "2026-10-24T15:00:00Z" },
		{ "Europe/Moscow", "90s", "2026-10-31T14:58:30Z" },
		{ "Europe/Moscow", "0d", "2026-10-31T15:00:00Z" },
		{ "Europe/Moscow", "2026-11-01", "2026-10-31T21:00:00Z" },
		{ "Europe/Moscow", "2026-11-01 15:00", "2026-11-01T12:00:00Z" },
		{ "Europe/Moscow", "2026-11-01T15:00", "2026-11-01T12:00:00Z" },
		{ "Europe/Moscow", "2026-11-01 15:00:05",
		    "2026-11-01T12:00:05Z" },
		{ "Europe/Moscow", "2026-11-01T15:00:00+05:00",
		    "2026-11-01T10:00:00Z" },
		/* Moscow had summer time until 2011 and +4 until 2014. */
		{ "Europe/Moscow", "2010-07-01", "2010-06-30T20:00:00Z" },
		{ "Europe/Moscow", "2012-01-01", "2011-12-31T20:00:00Z" },
		{ "Europe/Moscow", "2014-10-26", "2014-10-25T20:00:00Z" },
		{ "Europe/Moscow", "2014-10-27", "2014-10-26T21:00:00Z" },
		/* The clocks of Berlin went back in the night to the 25th. */
		{ "Europe/Berlin", "today", "2026-10-30T23:00:00Z" },
		{ "Europe/Berlin", "sunday", "2026-10-24T22:00:00Z" },
		{ "Europe/Berlin", "monday", "2026-10-25T23:00:00Z" },
		{ "Europe/Berlin", "2026-10-25 01:30", "2026-10-24T23:30:00Z" },
		{ "Europe/Berlin", "2026-10-25 03:00", "2026-10-25T02:00:00Z" },
		{ "Europe/Berlin", "2026-03-29 01:59", "2026-03-29T00:59:00Z" },
		{ "Europe/Berlin", "2026-03-29 03:00", "2026-03-29T01:00:00Z" },
		{ "Asia/Kamchatka", "today", "2026-10-31T12:00:00Z" },
		{ "Asia/Kamchatka", "sunday", "2026-10-31T12:00:00Z" },
		{ "+03:00", "today", "2026-10-30T21:00:00Z" },
		{ "-03:30", "today", "2026-10-31T03:30:00Z" },
		{ "+14:00", "today", "2026-10-31T10:00:00Z" },
		{ "+00:00", "2026-11-01", "2026-11-01T00:00:00Z" },
		{ "UTC", "2026-11-01", "2026-11-01T00:00:00Z" },
	};
	gp_instant now = at("2026-10-31T15:00:00Z"), t;
	char text[GP_INSTANT_LEN];
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		zone(cases[i].zone);
		if (gp_instant_word(cases[i].word, now, &t) == -1)
			fail_msg("'%s' not understood", cases[i].word);
		if (t != at(cases[i].want))
			fail_msg("%s in %s: %s", cases[i].word, cases[i].zone,
			    gp_instant_utc(t, text));
	}
}

static void
not_words(void **state)
{
	static const char *const cases[] = { "", "tomorrow", "mon", "7", "-7d",
		"7 d", "d", "1y", "2026", "2026-13-01", "2026-02-29",
		"2026-11-01 24:00", "2026-11-01 1:00", "2026-11-01 10:00:60",
		"2026-11-01 10:00 ", "2026-11-01x", "0000-01-01", "01.11.2026",
		"Monday!", "NOW", "2026-11-01 10:00Z",
		"\xd0\xb2\xd1\x87\xd0\xb5\xd1\x80\xd0\xb0" };
	gp_instant t;
	size_t i;

	(void)state;
	zone("UTC");
	for (i = 0; i < COUNT(cases); i++)
		if (gp_instant_word(cases[i], 0, &t) == 0)
			fail_msg("'%s' taken as %lld", cases[i], (long long)t);
}

static void
zones(void **state)
{
	static const char *const good[] = { "UTC", "Europe/Moscow",
		"Asia/Yekaterinburg", "+03:00", "-00:00", "+14:59" };
	static const char *const bad[] = { "", "Moscow", "Europe/Moskau",
		"Europe", "../../../etc/passwd", "zone.tab", "tzdata.zi",
		"+3:00", "+3", "+03", "+0300", "+15:00", "+03:60", "+ 3:00",
		"+-3:00", "++3:00", "+03:00x", "+03:0", "-", "MSK-3",
		"Europe/Moscow/" };
	struct gp_why why;
	char msg[128];
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(good); i++)
		assert_int_equal(gp_zone_set(good[i], &why), 0);
	for (i = 0; i < COUNT(bad); i++) {
		if (gp_zone_set(bad[i], &why) == 0)
			fail_msg("'%s' is a zone", bad[i]);
		snprintf(msg, sizeof(msg), "no such zone: '%s'", bad[i]);
		assert_string_equal(why.msg, msg);
	}
}

static void
midnights(void **state)
{
	gp_instant t = at("2026-10-25T12:00:00Z");
	char text[GP_INSTANT_LEN];

	(void)state;
	zone("Europe/Berlin");
	assert_int_equal(gp_instant_midnight(t, 0), at("2026-10-24T22:00:00Z"));
	assert_int_equal(gp_instant_midnight(t, 1), at("2026-10-25T23:00:00Z"));
	assert_int_equal(
	    gp_instant_midnight(t, -30), at("2026-09-24T22:00:00Z"));
	assert_int_equal(
	    gp_instant_midnight(t, 68), at("2026-12-31T23:00:00Z"));
	assert_string_equal(gp_instant_local(t, text), "2026-10-25 13:00");
	assert_string_equal(
	    gp_instant_day(at("2026-10-25T23:30:00Z"), text), "2026-10-26");
	/* Days that begin at one o'clock: there was no midnight. */
	zone("Asia/Beirut");
	assert_int_equal(gp_instant_midnight(at("2022-03-27T09:00:00Z"), 0),
	    at("2022-03-26T22:00:00Z"));
	/* And a midnight that came twice: the day begins with the first. */
	zone("America/Havana");
	assert_int_equal(gp_instant_midnight(at("2023-11-05T18:00:00Z"), 0),
	    at("2023-11-05T04:00:00Z"));
}

static void
the_clock(void **state)
{
	(void)state;
	setenv("GP_NOW", "2026-10-31T18:00:00+03:00", 1);
	assert_int_equal(gp_now(), at("2026-10-31T15:00:00Z"));
	unsetenv("GP_NOW");
	assert_true(gp_now() > at("2024-01-01T00:00:00Z"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rfc3339),
		cmocka_unit_test(not_rfc3339),
		cmocka_unit_test(cut),
		cmocka_unit_test(there_and_back),
		cmocka_unit_test(wild),
		cmocka_unit_test(words),
		cmocka_unit_test(not_words),
		cmocka_unit_test(zones),
		cmocka_unit_test(midnights),
		cmocka_unit_test(the_clock),
	};

	return cmocka_run_group_tests_name("instant", tests, NULL, NULL);
}
