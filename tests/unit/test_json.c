/* The reader's answers: members as they stand, texts, numbers, reasons. */
#include "unit.h"

#include "json/json.h"

static struct gp_json_reader *reader;

/* Borrowed until the next call. */
static struct gp_json_obj
opened(struct gp_span s, int flags)
{
	static char *line;
	struct gp_json_obj o;
	struct gp_why why;

	free(line);
	line = NULL;
	if (s.p == NULL)
		return (struct gp_json_obj){ .n = 0 };
	line = unit_pad(s);
	if (gp_json_open(
		reader, (struct gp_span){ line, s.n }, flags, &o, &why) == -1)
		fail_msg("'%.*s': %s", (int)s.n, s.p, why.msg);
	return o;
}

static void
members_as_read(void **state)
{
	static const struct {
		const char *key, *value;
		enum gp_json_type type;
	} want[] = {
		{ "a", "1E+2", GP_JSON_NUMBER },
		{ "b", "\"x \\u0041\"", GP_JSON_STRING },
		{ "c d", "[ 1 , {\"k\" : [ ] } ]", GP_JSON_ARRAY },
		{ "", "{ }", GP_JSON_OBJECT },
		{ "\\u0065", "null", GP_JSON_NULL },
		{ "f\\\"", "true", GP_JSON_BOOL },
		{ "g", "18446744073709551617", GP_JSON_NUMBER },
		{ "h", "-0", GP_JSON_NUMBER },
	};
	struct gp_json_obj o = opened(
	    SPAN(" {\"a\" : 1E+2 , \"b\":\"x \\u0041\",\t\"c d\" :[ 1 , "
		 "{\"k\" : [ ] } ] ,\"\":{ } , \"\\u0065\": null,\"f\\\"\""
		 ":true ,\"g\":18446744073709551617, \"h\":-0 } \r"),
	    0);
	size_t i;

	(void)state;
	assert_int_equal(o.n, COUNT(want));
	for (i = 0; i < o.n; i++) {
		assert_int_equal(o.m[i].value.type, want[i].type);
		unit_span("key", o.m[i].key, gp_span_of(want[i].key));
		unit_span(
		    "value", o.m[i].value.text, gp_span_of(want[i].value));
	}
	assert_int_equal(o.text.p[0], '{');
	assert_int_equal(o.text.p[o.text.n - 1], '}');
	assert_int_equal(gp_json_get(&o, "e").type, GP_JSON_NULL);
	assert_int_equal(gp_json_get(&o, "c d").type, GP_JSON_ARRAY);
	assert_int_equal(gp_json_get(&o, "i").type, GP_JSON_NONE);
	assert_int_equal(gp_json_get(&o, "\\u0065").type, GP_JSON_NULL);
}

static void
the_last_counts(void **state)
{
	struct gp_json_obj o =
	    opened(SPAN("{\"a\":1,\"b\":2,\"\\u0061\":3,\"b\":null}"), 0);

	(void)state;
	assert_int_equal(o.n, 4);
	unit_span("a", gp_json_get(&o, "a").text, SPAN("3"));
	assert_int_equal(gp_json_get(&o, "b").type, GP_JSON_NULL);
}

static void
strict_refuses_twins(void **state)
{
	static const struct {
		struct gp_span line;
		int sound;
	} cases[] = {
		{ T("{\"a\":1,\"b\":1}"), 1 },
		{ T("{\"a\":1,\"a\":1}"), 0 },
		{ T("{\"a\":1,\"\\u0061\":1}"), 0 },
		{ T("{\"a\":1,\"A\":1}"), 1 },
		{ T("{\"x\":{\"a\":1,\"b\":{\"a\":1}}}"), 1 },
		{ T("{\"x\":{\"a\":1,\"b\":1,\"a\":1}}"), 0 },
		{ T("{\"x\":[{\"a\":1},{\"a\":1}]}"), 1 },
		{ T("{\"x\":[[{\"\":1,\"\":2}]]}"), 0 },
		{ T("{\"\\ud83d\\ude39\":1,\"\xf0\x9f\x98\xb9\":2}"), 0 },
	};
	struct gp_json_obj o;
	struct gp_why why;
	size_t i;
	char *p;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		p = unit_pad(cases[i].line);
		assert_int_equal(
		    gp_json_open(reader, (struct gp_span){ p, cases[i].line.n },
			GP_JSON_STRICT, &o, &why) == 0,
		    cases[i].sound);
		if (!cases[i].sound)
			assert_string_equal(why.msg, "a member stands twice");
		assert_int_equal(
		    gp_json_open(reader, (struct gp_span){ p, cases[i].line.n },
			0, &o, &why),
		    0);
		free(p);
	}
}

static void
reasons(void **state)
{
	static const struct {
		struct gp_span line;
		const char *why;
	} cases[] = {
		{ T(""), "not JSON: empty" },
		{ T(" \t"), "not JSON: empty" },
		{ T("[1]"), "an array, not an object" },
		{ T("\"a\""), "a string, not an object" },
		{ T("17"), "not a JSON object" },
		{ T("\xef\xbb\xbf{}"), "not a JSON object" },
		{ T("{\"a\":\"\xff\"}"), "not UTF-8" },
		{ T("{\"a\":\"\x01\"}"),
		    "not JSON: a control character in a string" },
		{ T("{\"a\":\"b}"), "not JSON: a string without its end" },
		{ T("{\"a\":\"\\q\"}"),
		    "not JSON: a wrong escape in a string" },
		{ T("{\"a\":01}"), "not JSON: a malformed number" },
		{ T("{\"a\":nil}"),
		    "not JSON: a word that is not true, false "
		    "or null" },
		{ T("{\"a\":NaN}"),
		    "not JSON: a word that is not true, false "
		    "or null" },
		{ T("{\"a\":1 \"b\":2}"),
		    "not JSON: a comma, colon or bracket "
		    "is missing or misplaced" },
		{ T("{\"a\":1}}"),
		    "not JSON: a comma, colon or bracket is "
		    "missing or misplaced" },
	};
	struct gp_json_obj o;
	struct gp_why why;
	size_t i;
	char *p;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		p = unit_pad(cases[i].line);
		assert_int_equal(
		    gp_json_open(reader, (struct gp_span){ p, cases[i].line.n },
			0, &o, &why),
		    -1);
		assert_string_equal(why.msg, cases[i].why);
		assert_int_equal(o.n, 0);
		free(p);
	}
}

/* {"x":{...}} with n members at the depth, or n elements. */
static int
opens_with(size_t n, const char *before, const char *behind, int keys)
{
	struct gp_json_obj o;
	struct gp_why why;
	struct gp_buf b;
	size_t i;
	int r;

	gp_buf_init(&b, 0);
	gp_buf_adds(&b, before);
	for (i = 0; i < n; i++)
		gp_buf_addf(
		    &b, keys ? "%s\"k%zu\":1" : "%s%zu", i > 0 ? "," : "", i);
	gp_buf_adds(&b, behind);
	r = gp_json_open(reader, gp_buf_span(&b), 0, &o, &why);
	if (r == -1)
		assert_string_equal(why.msg, "too many members");
	gp_buf_release(&b);
	return r == 0;
}

/* What was opened can be entered: the ceiling holds at every depth. */
static void
too_many_members(void **state)
{
	(void)state;
	assert_true(opens_with(GP_MAX_MEMBERS, "{", "}", 1));
	assert_false(opens_with(GP_MAX_MEMBERS + 1, "{", "}", 1));
	assert_true(opens_with(GP_MAX_MEMBERS, "{\"x\":[{", "}]}", 1));
	assert_false(opens_with(GP_MAX_MEMBERS + 1, "{\"x\":[{", "}]}", 1));
	assert_true(opens_with(GP_MAX_MEMBERS * 4, "{\"x\":[", "]}", 0));
}

static void
inwards(void **state)
{
	struct gp_json_obj o = opened(
	    SPAN("{\"a\":{\"b\":{\"c\":[10, {\"d\":\"e\"} ,[]]}},\"n\":5}"), 0);
	struct gp_json_obj list, in;
	struct gp_json v;

	(void)state;
	v = gp_json_at(reader, &o, "a", "b", "c", NULL);
	assert_int_equal(v.type, GP_JSON_ARRAY);
	assert_int_equal(gp_json_enter(reader, v, &list), 0);
	assert_int_equal(list.n, 3);
	assert_int_equal(list.m[0].key.n, 0);
	unit_span("first", list.m[0].value.text, SPAN("10"));
	assert_int_equal(gp_json_enter(reader, list.m[1].value, &in), 0);
	assert_true(gp_json_is(gp_json_get(&in, "d"), "e"));
	assert_int_equal(gp_json_enter(reader, list.m[2].value, &in), 0);
	assert_int_equal(in.n, 0);
	/* What was entered before still stands. */
	unit_span("still", list.m[1].value.text, SPAN("{\"d\":\"e\"}"));
	unit_span("still", gp_json_get(&o, "n").text, SPAN("5"));
	assert_int_equal(
	    gp_json_at(reader, &o, "a", "x", "c", NULL).type, GP_JSON_NONE);
	assert_int_equal(
	    gp_json_at(reader, &o, "n", "x", NULL).type, GP_JSON_NONE);
	assert_int_equal(gp_json_enter(reader, gp_json_get(&o, "n"), &in), 0);
	assert_int_equal(in.n, 0);
}

/* One pass over the members finds what asking for each would, the last of
 * namesakes, escaped names too, with a note of where values end or without. */
static void
picked(void **state)
{
	static const struct gp_json_name want[] = { GP_JSON_NAME("id"),
		GP_JSON_NAME("text"), GP_JSON_NAME("likes"),
		GP_JSON_NAME("none") };
	static const int flags[] = { 0, GP_JSON_DEEP, GP_JSON_STRICT };
	struct gp_json m[COUNT(want)], n;
	struct gp_json_obj o;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(flags); i++) {
		o = opened(
		    SPAN(
			"{\"a\":{ \"te\\u0078t\" : [1,{}], \"likes\":{\"id\":2,"
			"\"x\":[[]]} ,\"idle\":0, \"id\":7 }, \"b\":{},"
			" \"c\":[3]}"),
		    flags[i]);
		gp_json_pick(reader, gp_json_get(&o, "a"), want, COUNT(m), m);
		unit_span("id", m[0].text, SPAN("7"));
		unit_span("text", m[1].text, SPAN("[1,{}]"));
		assert_int_equal(m[1].type, GP_JSON_ARRAY);
		unit_span("likes", m[2].text, SPAN("{\"id\":2,\"x\":[[]]}"));
		assert_int_equal(m[3].type, GP_JSON_NONE);
		/* Inwards, and of the object that was opened itself. */
		gp_json_pick(reader, m[2], want, 1, &n);
		unit_span("inwards", n.text, SPAN("2"));
		gp_json_pick(reader, gp_json_of(&o), want, COUNT(m), m);
		assert_int_equal(m[0].type, GP_JSON_NONE);
		/* What has no members has none. */
		gp_json_pick(reader, gp_json_get(&o, "b"), want, 1, &n);
		assert_int_equal(n.type, GP_JSON_NONE);
		gp_json_pick(reader, gp_json_get(&o, "c"), want, 1, &n);
		assert_int_equal(n.type, GP_JSON_NONE);
		gp_json_pick(reader, gp_json_get(&o, "z"), want, 1, &n);
		assert_int_equal(n.type, GP_JSON_NONE);
	}
	o = opened(SPAN("{\"id\":1,\"id\":2}"), GP_JSON_DEEP);
	gp_json_pick(reader, gp_json_of(&o), want, 1, &n);
	unit_span("the last", n.text, SPAN("2"));
}

static void
arrays_when_asked(void **state)
{
	struct gp_json_obj o =
	    opened(SPAN(" [1, \"b\" ,{\"c\":1}] "), GP_JSON_ANY);

	(void)state;
	assert_int_equal(o.n, 3);
	unit_span("text", o.text, SPAN("[1, \"b\" ,{\"c\":1}]"));
	unit_span("second", o.m[1].value.text, SPAN("\"b\""));
	o = opened(SPAN("[]"), GP_JSON_ANY);
	assert_int_equal(o.n, 0);
}

#define FFFD "\xef\xbf\xbd"

static void
texts(void **state)
{
	static const struct {
		struct gp_span raw, text;
	} cases[] = {
		{ T("\"\""), T("") },
		{ T("\"a\""), T("a") },
		{ T("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\""), T("\"\\/\b\f\n\r\t") },
		{ T("\"\\u041f\\u043E\""), T("\xd0\x9f\xd0\xbe") },
		{ T("\"\\u0041\\u00e9\\uFFFF\""), T("A\xc3\xa9\xef\xbf\xbf") },
		{ T("\"\\ud83d\\ude39\""), T("\xf0\x9f\x98\xb9") },
		{ T("\"\\uD83D\\uDE39!\""), T("\xf0\x9f\x98\xb9!") },
		{ T("\"\\udbff\\udfff\""), T("\xf4\x8f\xbf\xbf") },
		{ T("\"a\\u0000b\""), T("a" FFFD "b") },
		{ T("\"\\ud800\""), T(FFFD) },
		{ T("\"\\udc00\""), T(FFFD) },
		{ T("\"\\ud800x\""), T(FFFD "x") },
		{ T("\"\\ud800\\n\""), T(FFFD "\n") },
		{ T("\"\\ud800\\u0041\""), T(FFFD "A") },
		{ T("\"\\ud800\\ud800\\udc00\""), T(FFFD "\xf0\x90\x80\x80") },
		{ T("\"\\udc00\\ud800\""), T(FFFD FFFD) },
		{ T("\"\\ud83d \\ude39\""), T(FFFD " " FFFD) },
		{ T("\"\\ud83d\\\\ude39\""), T(FFFD "\\ude39") },
		{ T("\"\\\\u0041\""), T("\\u0041") },
		{ T("\"\xe2\x80\xa8\x7f\""), T("\xe2\x80\xa8\x7f") },
	};
	struct gp_json_obj o;
	struct gp_buf line, text;
	size_t i;

	(void)state;
	gp_buf_init(&line, 0);
	gp_buf_init(&text, 0);
	for (i = 0; i < COUNT(cases); i++) {
		gp_buf_reset(&line);
		gp_buf_reset(&text);
		gp_buf_adds(&line, "{\"x\":");
		gp_buf_add(&line, cases[i].raw.p, cases[i].raw.n);
		gp_buf_adds(&line, "}");
		o = opened(gp_buf_span(&line), 0);
		assert_int_equal(gp_json_text(o.m[0].value, &text), 0);
		unit_span(cases[i].raw.p, gp_buf_span(&text), cases[i].text);
		unit_span("raw", o.m[0].value.text, cases[i].raw);
	}
	gp_buf_release(&line);
	gp_buf_release(&text);
}

static void
words(void **state)
{
	struct gp_json_obj o = opened(
	    SPAN("{\"a\":\"post\",\"b\":\"p\\u006fst\",\"c\":7,\"d\":true,"
		 "\"e\":false,\"f\":\"true\",\"g\":\"\"}"),
	    0);
	struct gp_buf b;

	(void)state;
	gp_buf_init(&b, 0);
	assert_true(gp_json_is(gp_json_get(&o, "a"), "post"));
	assert_true(gp_json_is(gp_json_get(&o, "b"), "post"));
	assert_false(gp_json_is(gp_json_get(&o, "a"), "pos"));
	assert_false(gp_json_is(gp_json_get(&o, "c"), "7"));
	assert_false(gp_json_is(gp_json_get(&o, "none"), ""));
	assert_true(gp_json_is(gp_json_get(&o, "g"), ""));
	assert_true(gp_json_true(gp_json_get(&o, "d")));
	assert_false(gp_json_true(gp_json_get(&o, "e")));
	assert_false(gp_json_true(gp_json_get(&o, "f")));
	assert_false(gp_json_true(gp_json_get(&o, "none")));
	unit_span("bare", gp_json_bare(gp_json_get(&o, "a")), SPAN("post"));
	assert_null(gp_json_bare(gp_json_get(&o, "b")).p);
	assert_null(gp_json_bare(gp_json_get(&o, "c")).p);
	assert_non_null(gp_json_bare(gp_json_get(&o, "g")).p);
	assert_int_equal(gp_json_text(gp_json_get(&o, "c"), &b), -1);
	assert_int_equal(gp_json_text(gp_json_get(&o, "none"), &b), -1);
	assert_int_equal(b.n, 0);
	gp_buf_release(&b);
}

static void
numbers(void **state)
{
	static const struct {
		struct gp_span raw;
		int whole;
		int64_t n;
		double real;
	} cases[] = {
		{ T("0"), 1, 0, 0 },
		{ T("-0"), 1, 0, 0 },
		{ T("-17"), 1, -17, -17 },
		{ T("9223372036854775807"), 1, INT64_MAX,
		    9.2233720368547758e18 },
		{ T("-9223372036854775808"), 1, INT64_MIN,
		    -9.2233720368547758e18 },
		{ T("9223372036854775808"), 0, 0, 9.2233720368547758e18 },
		{ T("18446744073709551617"), 0, 0, 1.8446744073709552e19 },
		{ T("123456789012345678901234567890"), 0, 0,
		    1.2345678901234568e29 },
		{ T("1.0"), 0, 0, 1 },
		{ T("1e2"), 0, 0, 100 },
		{ T("1E+2"), 0, 0, 100 },
		{ T("0.1"), 0, 0, 0.1 },
		{ T("-2.5e-3"), 0, 0, -0.0025 },
	};
	struct gp_json_obj o;
	struct gp_buf b;
	int64_t n;
	double v;
	size_t i;

	(void)state;
	gp_buf_init(&b, 0);
	for (i = 0; i < COUNT(cases); i++) {
		gp_buf_reset(&b);
		gp_buf_addf(&b, "{\"x\":%s}", cases[i].raw.p);
		o = opened(gp_buf_span(&b), 0);
		if (gp_json_int(o.m[0].value, &n) != cases[i].whole - 1)
			fail_msg("%s: whole?", cases[i].raw.p);
		if (cases[i].whole && n != cases[i].n)
			fail_msg("%s: %lld", cases[i].raw.p, (long long)n);
		assert_int_equal(gp_json_real(o.m[0].value, &v), 0);
		if (v != cases[i].real)
			fail_msg("%s: %.17g", cases[i].raw.p, v);
	}
	o = opened(SPAN("{\"a\":\"5\",\"b\":null}"), 0);
	assert_int_equal(gp_json_int(o.m[0].value, &n), -1);
	assert_int_equal(gp_json_real(o.m[0].value, &v), -1);
	assert_int_equal(gp_json_int(o.m[1].value, &n), -1);
	gp_buf_release(&b);
}

/* Text of the longest record in one value, and a value of no end. */
static void
large(void **state)
{
	struct gp_json_obj o;
	struct gp_why why;
	struct gp_buf b;
	char *to;

	(void)state;
	gp_buf_init(&b, 2 * GP_MAX_LINE);
	gp_buf_adds(&b, "{\"x\":\"");
	to = gp_buf_room(&b, GP_MAX_LINE - 8);
	assert_non_null(to);
	memset(to, 'a', GP_MAX_LINE - 8);
	gp_buf_used(&b, GP_MAX_LINE - 8);
	assert_int_equal(
	    gp_json_open(reader, gp_buf_span(&b), 0, &o, &why), -1);
	gp_buf_adds(&b, "\"}");
	assert_int_equal(gp_json_open(reader, gp_buf_span(&b), 0, &o, &why), 0);
	assert_int_equal(o.m[0].value.text.n, GP_MAX_LINE - 6);
	gp_buf_release(&b);
}

static int
setup(void **state)
{
	(void)state;
	reader = gp_json_new();
	return reader == NULL;
}

static int
teardown(void **state)
{
	(void)state;
	opened((struct gp_span){ NULL, 0 }, 0);
	gp_json_free(reader);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(members_as_read),
		cmocka_unit_test(the_last_counts),
		cmocka_unit_test(strict_refuses_twins),
		cmocka_unit_test(reasons),
		cmocka_unit_test(too_many_members),
		cmocka_unit_test(inwards),
		cmocka_unit_test(picked),
		cmocka_unit_test(arrays_when_asked),
		cmocka_unit_test(texts),
		cmocka_unit_test(words),
		cmocka_unit_test(numbers),
		cmocka_unit_test(large),
	};

	return cmocka_run_group_tests_name("json", tests, setup, teardown);
}
