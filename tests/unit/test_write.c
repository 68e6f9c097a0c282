/* The writer of JSON. */
#include "unit.h"

#include <math.h>

#include "json/write.h"

static void
quoted(void **state)
{
	static const struct {
		struct gp_span in;
		const char *out;
	} cases[] = {
		{ T(""), "\"\"" },
		{ T("a\"b\\c/"), "\"a\\\"b\\\\c/\"" },
		{ T("\b\f\n\r\t"), "\"\\b\\f\\n\\r\\t\"" },
		{ T("\x01\x1f\x7f"), "\"\\u0001\\u001f\\u007f\"" },
		{ T("a\0b"), "\"a\\u0000b\"" },
		{ T("\xd0\x9f\xe2\x80\xa8\xf0\x9f\x98\xb9"),
		    "\"\xd0\x9f\xe2\x80\xa8\xf0\x9f\x98\xb9\"" },
		{ T("a\xff\n"), "\"a\xef\xbf\xbd\\n\"" },
		{ T("\xd0"), "\"\xef\xbf\xbd\"" },
	};
	struct gp_buf b;
	size_t i;

	(void)state;
	gp_buf_init(&b, 0);
	for (i = 0; i < COUNT(cases); i++) {
		gp_buf_reset(&b);
		gp_json_quote(&b, cases[i].in);
		assert_string_equal(gp_buf_str(&b), cases[i].out);
	}
	gp_buf_release(&b);
}

static void
reals(void **state)
{
	static const struct {
		double v;
		int places;
		const char *out;
	} cases[] = {
		{ 0, 2, "0" },
		{ -0.0, 2, "0" },
		{ -0.001, 2, "0" },
		{ 1, 3, "1" },
		{ 0.5, 3, "0.5" },
		{ 0.125, 2, "0.12" },
		{ -2.50, 2, "-2.5" },
		{ 100, 0, "100" },
		{ 99.999, 2, "100" },
		{ 1e20, 0, "100000000000000000000" },
		{ NAN, 2, "null" },
		{ INFINITY, 2, "null" },
		{ -INFINITY, 0, "null" },
	};
	struct gp_buf b;
	struct gp_jw w;
	size_t i;

	(void)state;
	gp_buf_init(&b, 0);
	for (i = 0; i < COUNT(cases); i++) {
		gp_buf_reset(&b);
		gp_jw_init(&w, &b);
		gp_jw_real(&w, cases[i].v, cases[i].places);
		assert_string_equal(gp_buf_str(&b), cases[i].out);
	}
	gp_buf_release(&b);
}

/* What is written by whole numbers is what printf writes, zeros cut. */
static void
reals_as_printf(void **state)
{
	uint64_t random = 88172645463325252u;
	struct gp_buf b;
	struct gp_jw w;
	char text[64];
	double v;
	int i, places;

	(void)state;
	gp_buf_init(&b, 0);
	for (i = 0; i < 200000; i++) {
		random ^= random << 13;
		random ^= random >> 7;
		random ^= random << 17;
		places = (int)(random >> 40) % 8;
		v = (double)((int64_t)(random & 0xffffff) - 0x7fffff) /
		    (i % 2 ? 1000 : 8388608);
		if (i % 3 == 0)
			v = (double)(float)v;
		snprintf(text, sizeof(text), "%.*f", places, v);
		if (strchr(text, '.') != NULL) {
			size_t n = strlen(text);

			while (text[n - 1] == '0')
				n--;
			text[n - (text[n - 1] == '.')] = '\0';
		}
		gp_buf_reset(&b);
		gp_jw_init(&w, &b);
		gp_jw_real(&w, v, places);
		assert_string_equal(
		    gp_buf_str(&b), strcmp(text, "-0") == 0 ? "0" : text);
	}
	gp_buf_release(&b);
}

static void
commas(void **state)
{
	struct gp_buf b;
	struct gp_jw w;

	(void)state;
	gp_buf_init(&b, 0);
	gp_jw_init(&w, &b);
	gp_jw_open(&w, '{');
	gp_jw_kstr(&w, "a", "x");
	gp_jw_kstr(&w, "none", NULL);
	gp_jw_ktext(&w, "none", (struct gp_span){ NULL, 0 });
	gp_jw_ktext(&w, "t", SPAN(""));
	gp_jw_key(&w, "l");
	gp_jw_open(&w, '[');
	gp_jw_int(&w, INT64_MIN);
	gp_jw_int(&w, INT64_MAX);
	gp_jw_open(&w, '[');
	gp_jw_close(&w, ']');
	gp_jw_open(&w, '{');
	gp_jw_close(&w, '}');
	gp_jw_bool(&w, 1);
	gp_jw_raw(&w, SPAN("1E+2"));
	gp_jw_str(&w, "s");
	gp_jw_close(&w, ']');
	gp_jw_kint(&w, "n", -5);
	gp_jw_kbool(&w, "b", 0);
	gp_jw_close(&w, '}');
	assert_string_equal(gp_buf_str(&b),
	    "{\"a\":\"x\",\"t\":\"\",\"l\":[-9223372036854775808,"
	    "9223372036854775807,[],{},true,1E+2,\"s\"],\"n\":-5,"
	    "\"b\":false}");
	gp_buf_release(&b);
}

/* Any bytes: the reader takes what was written and says the mended text. */
static void
read_again(void **state)
{
	struct gp_json_reader *r = gp_json_new();
	struct gp_buf b, text, bytes;
	struct gp_json_obj o;
	struct gp_why why;
	uint64_t seed = 5;
	int i, k;

	(void)state;
	gp_buf_init(&b, 0);
	gp_buf_init(&text, 0);
	gp_buf_init(&bytes, 0);
	for (i = 0; i < 5000; i++) {
		gp_buf_reset(&b);
		gp_buf_reset(&text);
		gp_buf_reset(&bytes);
		for (k = (int)(unit_random(&seed) % 20); k > 0; k--)
			gp_buf_addc(
			    &bytes, (int)(unit_random(&seed) % 127) + 1);
		gp_buf_adds(&b, "{\"x\":");
		gp_json_quote(&b, gp_buf_span(&bytes));
		gp_buf_adds(&b, "}");
		if (gp_json_open(r, gp_buf_span(&b), 0, &o, &why) == -1)
			fail_msg("%s: %s", b.p, why.msg);
		assert_int_equal(gp_json_text(o.m[0].value, &text), 0);
		unit_span(b.p, gp_buf_span(&text), gp_buf_span(&bytes));
	}
	gp_buf_release(&b);
	gp_buf_release(&text);
	gp_buf_release(&bytes);
	gp_json_free(r);
}

/* What is special is found wherever it stands among plain bytes: sixteen are
 * looked at at once. */
static void
quoted_anywhere(void **state)
{
	static const struct {
		const char *in, *out;
	} one[] = { { "\"", "\\\"" }, { "\n", "\\n" }, { "\x7f", "\\u007f" },
		{ "\xc2\x85", "\\u0085" }, { "\xc2\xab", "\xc2\xab" } };
	char text[48], want[256];
	struct gp_buf b;
	size_t i, at, n;

	(void)state;
	gp_buf_init(&b, 0);
	for (i = 0; i < sizeof(one) / sizeof(one[0]); i++)
		for (at = 0; at < 40; at++) {
			n = strlen(one[i].in);
			memset(text, 'a', sizeof(text));
			memcpy(text + at, one[i].in, n);
			snprintf(want, sizeof(want), "\"%.*s%s%.*s\"", (int)at,
			    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
			    one[i].out, (int)(40 - at),
			    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
			gp_buf_reset(&b);
			gp_json_quote_sound(
			    &b, (struct gp_span){ text, 40 + n });
			assert_string_equal(gp_buf_str(&b), want);
		}
	gp_buf_release(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(quoted),
		cmocka_unit_test(quoted_anywhere),
		cmocka_unit_test(reals),
		cmocka_unit_test(reals_as_printf),
		cmocka_unit_test(commas),
		cmocka_unit_test(read_again),
	};

	return cmocka_run_group_tests_name("write", tests, NULL, NULL);
}
