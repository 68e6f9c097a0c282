/* The signature of Odnoklassniki by its published example, and its times. */
#include "unit.h"

#include "net/ok.h"

/* Keys and tokens of the network's own documentation; the words are ours. */
static void
signatures(void **state)
{
	static const struct gp_ok_param events[] = {
		{ "method", "events.get" },
		{ "application_key", "ABCDEFGHIGKLMNOPK" },
		{ "format", "json" },
	};
	static const struct gp_ok_param comment[] = {
		{ "format", "json" },
		{ "comment", "Спасибо за обращение!" },
		{ "method", "discussions.addDiscussionComment" },
		{ "application_key", "ABCDEFGHIGKLMNOPK" },
	};
	static const char access[] =
	    "-s-84W-s3egarWUsbkq-IWTucuedzTKT8VUXIA.s4Xx8IW7";
	static const char session[] = "ae5362b5b588cc7294c2414d71b74d5d";
	char sig[33];

	(void)state;
	assert_int_equal(gp_ok_sign(events, 3, NULL, access,
			     "ABC123DEF456GHI789JKL123", sig),
	    0);
	assert_string_equal(sig, "232c8eb921951c4dba9b72606f9ddb4c");
	assert_int_equal(
	    gp_ok_sign(
		events, 3, "b1a2b89707a94624c43afae67d59274c", NULL, NULL, sig),
	    0);
	assert_string_equal(sig, "232c8eb921951c4dba9b72606f9ddb4c");
	assert_int_equal(gp_ok_sign(events, 3, session, access, NULL, sig), 0);
	assert_string_equal(sig, "03a41413523ea8092507949d6e711963");
	assert_int_equal(gp_ok_sign(comment, 4, session, NULL, NULL, sig), 0);
	assert_string_equal(sig, "e9c971f162ad2703b5fe5789e4cedf42");
}

static void
times(void **state)
{
	(void)state;
	/* Moscow is three hours ahead, all the year. */
	assert_int_equal(
	    gp_ok_moscow(gp_span_of("2026-11-02 14:05:00")), 1793617500);
	assert_int_equal(
	    gp_ok_moscow(gp_span_of("2026-07-02 14:05:00")), 1782990300);
	assert_int_equal(gp_ok_moscow(gp_span_of("yesterday")), 0);
	assert_int_equal(gp_ok_moscow(gp_span_of("2026-13-02 14:05:00")), 0);
}

static void
prefixes(void **state)
{
	(void)state;
	assert_true(gp_span_is(gp_ok_bare(gp_span_of("group:55")), "55"));
	assert_true(gp_span_is(gp_ok_bare(gp_span_of("55")), "55"));
	assert_true(gp_span_is(gp_ok_bare(gp_span_of("user:")), ""));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(signatures),
		cmocka_unit_test(times),
		cmocka_unit_test(prefixes),
	};

	return cmocka_run_group_tests_name("ok", tests, NULL, NULL);
}
