/*
 * Records with members changed: by cases, and by random records and edits
 * against what the words of the header promise.
 */
#include "unit.h"

#include "json/write.h"

static struct gp_json_reader *reader;

static struct gp_json_obj
opened(const struct gp_buf *b)
{
	struct gp_json_obj o;
	struct gp_why why;

	if (gp_json_open(reader, gp_buf_span(b), 0, &o, &why) == -1)
		fail_msg("'%s': %s", gp_buf_str(b), why.msg);
	return o;
}

static void
by_cases(void **state)
{
	/* clang-format off */
	static const struct {
		const char *in, *key, *value, *out;
	} cases[] = {
		/* set anew */
		{ "{}", "k", "1", "{\"k\":1}" },
		{ "{ }", "k", "1", "{ \"k\":1}" },
		{ "{\"a\":1}", "k", "[2]", "{\"a\":1,\"k\":[2]}" },
		{ "{\"a\":1 }", "k", "2", "{\"a\":1 ,\"k\":2}" },
		{ " {\"a\":1} ", "k", "2", "{\"a\":1,\"k\":2}" },
		{ "{\"a\":\"}\"}", "k", "2", "{\"a\":\"}\",\"k\":2}" },
		/* set again: where the first stood, namesakes go */
		{ "{\"k\":1}", "k", "2", "{\"k\":2}" },
		{ "{ \"k\" : 1 , \"b\":1E+2}", "k", "22", "{ \"k\" : 22 , \"b\":1E+2}" },
		{ "{\"k\":1,\"b\":2,\"k\":3}", "k", "0", "{\"k\":0,\"b\":2}" },
		{ "{\"k\":1,\"k\":3,\"b\":2}", "k", "0", "{\"k\":0,\"b\":2}" },
		{ "{\"k\":1,\"k\":3}", "k", "0", "{\"k\":0}" },
		{ "{\"k\":1 , \"k\":3 , \"k\":[4] }", "k", "0", "{\"k\":0 }" },
		{ "{\"\\u006b\":1}", "k", "0", "{\"\\u006b\":0}" },
		{ "{\"a\":{\"k\":1}}", "k", "0", "{\"a\":{\"k\":1},\"k\":0}" },
		{ "{\"kk\":1}", "k", "0", "{\"kk\":1,\"k\":0}" },
		/* taken out */
		{ "{\"k\":1}", "k", NULL, "{}" },
		{ "{ \"k\":1 }", "k", NULL, "{ }" },
		{ "{\"k\":1,\"b\":2}", "k", NULL, "{\"b\":2}" },
		{ "{ \"k\":1, \"b\":2 }", "k", NULL, "{ \"b\":2 }" },
		{ "{\"b\":2,\"k\":1}", "k", NULL, "{\"b\":2}" },
		{ "{\"b\":2 , \"k\":1}", "k", NULL, "{\"b\":2 }" },
		{ "{\"a\":1,\"k\":\"x,y\",\"b\":2}", "k", NULL, "{\"a\":1,\"b\":2}" },
		{ "{\"k\":1,\"k\":2,\"a\":1,\"k\":3}", "k", NULL, "{\"a\":1}" },
		{ "{\"k\":1,\"k\":2}", "k", NULL, "{}" },
		{ "{\"a\":1}", "k", NULL, "{\"a\":1}" },
		{ "{}", "k", NULL, "{}" },
		/* bytes kept */
		{ "{\"t\":\"\\ud800\\u0000\\/\",\"n\":-0.0e-0}", "k", "1",
		    "{\"t\":\"\\ud800\\u0000\\/\",\"n\":-0.0e-0,\"k\":1}" },
	};
	/* clang-format on */
	struct gp_buf in, out;
	struct gp_json_obj o;
	size_t i;

	(void)state;
	gp_buf_init(&in, 0);
	gp_buf_init(&out, 0);
	for (i = 0; i < COUNT(cases); i++) {
		struct gp_json_edit e = { cases[i].key, { NULL, 0 } };

		if (cases[i].value != NULL)
			e.value = gp_span_of(cases[i].value);
		gp_buf_reset(&in);
		gp_buf_reset(&out);
		gp_buf_adds(&in, cases[i].in);
		gp_buf_adds(&out, "before");
		o = opened(&in);
		gp_json_splice(&out, &o, &e, 1);
		assert_int_equal(out.bad, 0);
		assert_string_equal(out.p + 6, cases[i].out);
	}
	gp_buf_release(&in);
	gp_buf_release(&out);
}

static void
several_at_once(void **state)
{
	const struct gp_json_edit edit[] = {
		{ "new", SPAN("{\"x\":[]}") },
		{ "a", { NULL, 0 } },
		{ "c", SPAN("\"\"") },
		{ "gone", { NULL, 0 } },
		{ "new2", SPAN("null") },
	};
	struct gp_buf in, out;
	struct gp_json_obj o;

	(void)state;
	gp_buf_init(&in, 0);
	gp_buf_init(&out, 0);
	gp_buf_adds(&in, "{\"a\":1,\"b\":[1, 2],\"c\":3,\"d\":4}");
	o = opened(&in);
	gp_json_splice(&out, &o, edit, COUNT(edit));
	assert_string_equal(gp_buf_str(&out),
	    "{\"b\":[1, 2],\"c\":\"\",\"d\":4,\"new\":{\"x\":[]},"
	    "\"new2\":null}");
	gp_buf_reset(&out);
	gp_json_splice(&out, &o, NULL, 0);
	assert_string_equal(gp_buf_str(&out), in.p);
	gp_buf_release(&in);
	gp_buf_release(&out);
}

/* A ceiling in the middle latches; nothing is written behind it. */
static void
over_the_ceiling(void **state)
{
	const struct gp_json_edit edit[] = { { "a", { NULL, 0 } },
		{ "k", SPAN("\"0123456789\"") } };
	struct gp_buf in, out;
	struct gp_json_obj o;
	size_t max;

	(void)state;
	gp_buf_init(&in, 0);
	gp_buf_adds(&in, "{\"b\":\"0123456789\",\"a\":1,\"c\":3,\"a\":4}");
	for (max = 1; max < 45; max++) {
		o = opened(&in);
		gp_buf_init(&out, max);
		gp_json_splice(&out, &o, edit, COUNT(edit));
		assert_int_equal(out.bad, max < 41);
		assert_true(out.n <= max);
		gp_buf_release(&out);
	}
	gp_buf_release(&in);
}

/* -- random records ------------------------------------------------------- */

static const char *const KEYS[] = { "a", "b", "k", "id", "text", "\\u006b",
	"\xd0\xba", "x\\\"y", "", "k2", "c d" };
static const char *const NAMES[] = { "a", "b", "k", "id", "new", "k2", "text" };
static const char *const VALUES[] = { "1E+2", "-0", "18446744073709551617",
	"0.10", "\"\"", "\"a\\u0041\\n\\ud800\"", "\"\xd0\x9f, }\\\"{\"",
	"null", "true", "[]", "[1 ,2, {\"k\": 1}]", "{\"k\":2,\"k\" :3}", "{ }",
	"-1.50e-07", "\",\\\\\"", "\"\xe2\x80\xa8\"" };
static const char *const SPACES[] = { "", "", "", " ", "\t", "  " };

static const char *
one_of(const char *const *list, size_t n, uint64_t *seed)
{
	return list[unit_random(seed) % n];
}

#define ONE(list, seed) one_of(list, COUNT(list), seed)

static void
random_record(struct gp_buf *b, uint64_t *seed)
{
	size_t n = unit_random(seed) % 8, i;

	gp_buf_reset(b);
	gp_buf_addf(b, "{%s", ONE(SPACES, seed));
	for (i = 0; i < n; i++) {
		gp_buf_addf(b, "%s\"%s\"%s", i > 0 ? "," : "", ONE(KEYS, seed),
		    ONE(SPACES, seed));
		gp_buf_addf(b, ":%s%s%s", ONE(SPACES, seed), ONE(VALUES, seed),
		    ONE(SPACES, seed));
	}
	gp_buf_adds(b, "}");
}

static size_t
random_edits(struct gp_json_edit *edit, uint64_t *seed)
{
	size_t n = 0, i;

	for (i = 0; i < COUNT(NAMES); i++) {
		if (unit_random(seed) % 3 != 0)
			continue;
		edit[n].key = NAMES[i];
		edit[n].value.p = NULL;
		edit[n].value.n = 0;
		if (unit_random(seed) % 2 == 0)
			edit[n].value = gp_span_of(ONE(VALUES, seed));
		n++;
	}
	return n;
}

/* What the result must be, member by member, in this order. */
static size_t
expected(const struct gp_json_obj *o, const struct gp_json_edit *edit, size_t n,
    struct gp_json_member *to)
{
	int used[COUNT(NAMES)] = { 0 };
	size_t i, e, k = 0;

	for (i = 0; i < o->n; i++) {
		for (e = 0; e < n; e++)
			if (gp_json_key_is(o->m[i].key, edit[e].key))
				break;
		if (e < n && (edit[e].value.p == NULL || used[e]++ > 0))
			continue;
		to[k] = o->m[i];
		if (e < n)
			to[k].value.text = edit[e].value;
		k++;
	}
	for (e = 0; e < n; e++)
		if (edit[e].value.p != NULL && !used[e])
			to[k++] = (struct gp_json_member){
				gp_span_of(edit[e].key),
				{ .type = GP_JSON_NONE, .text = edit[e].value }
			};
	return k;
}

static void
compare(const struct gp_buf *out, const struct gp_json_member *want, size_t n,
    const char *in)
{
	struct gp_json_reader *r = gp_json_new();
	struct gp_json_obj o;
	struct gp_why why;
	size_t i;

	if (gp_json_open(r, gp_buf_span(out), 0, &o, &why) == -1)
		fail_msg("%s -> %s: %s", in, out->p, why.msg);
	if (o.n != n)
		fail_msg("%s -> %s: %zu members", in, out->p, o.n);
	for (i = 0; i < n; i++) {
		unit_span(out->p, o.m[i].key, want[i].key);
		unit_span(out->p, o.m[i].value.text, want[i].value.text);
	}
	gp_json_free(r);
}

static void
at_random(void **state)
{
	struct gp_json_edit edit[COUNT(NAMES)];
	struct gp_json_member want[16];
	struct gp_buf in, out;
	struct gp_json_obj o;
	uint64_t seed = 2026;
	size_t n, k;
	int i;

	(void)state;
	gp_buf_init(&in, 0);
	gp_buf_init(&out, 0);
	for (i = 0; i < 20000; i++) {
		random_record(&in, &seed);
		n = random_edits(edit, &seed);
		o = opened(&in);
		k = expected(&o, edit, n, want);
		gp_buf_reset(&out);
		gp_json_splice(&out, &o, edit, n);
		compare(&out, want, k, in.p);
	}
	gp_buf_release(&in);
	gp_buf_release(&out);
}

/* A new member set and taken out again leaves the bytes as they were. */
static void
there_and_back(void **state)
{
	struct gp_json_edit edit = { "fresh", SPAN("[1]") };
	struct gp_buf in, there, back;
	struct gp_json_obj o;
	uint64_t seed = 7;
	int i;

	(void)state;
	gp_buf_init(&in, 0);
	gp_buf_init(&there, 0);
	gp_buf_init(&back, 0);
	for (i = 0; i < 20000; i++) {
		random_record(&in, &seed);
		gp_buf_reset(&there);
		gp_buf_reset(&back);
		edit.value = SPAN("[1]");
		o = opened(&in);
		gp_json_splice(&there, &o, &edit, 1);
		edit.value.p = NULL;
		o = opened(&there);
		gp_json_splice(&back, &o, &edit, 1);
		assert_string_equal(back.p, in.p);
	}
	gp_buf_release(&in);
	gp_buf_release(&there);
	gp_buf_release(&back);
}

/* The same, all but white space: set what is there to what it was. */
static void
set_to_itself(void **state)
{
	struct gp_json_edit edit[16];
	struct gp_buf in, out;
	struct gp_json_obj o;
	uint64_t seed = 11;
	size_t k;
	int i;

	(void)state;
	gp_buf_init(&in, 0);
	gp_buf_init(&out, 0);
	for (i = 0; i < 5000; i++) {
		random_record(&in, &seed);
		o = opened(&in);
		for (k = 0; k < COUNT(NAMES); k++) {
			edit[k].key = NAMES[k];
			edit[k].value = gp_json_get(&o, NAMES[k]).text;
		}
		gp_buf_reset(&out);
		gp_json_splice(&out, &o, edit, k);
		gp_buf_reset(&in);
		gp_buf_add(&in, out.p, out.n);
		o = opened(&in);
		gp_buf_reset(&out);
		for (k = 0; k < COUNT(NAMES); k++)
			edit[k].value = gp_json_get(&o, NAMES[k]).text;
		gp_json_splice(&out, &o, edit, k);
		assert_string_equal(out.p, in.p);
	}
	gp_buf_release(&in);
	gp_buf_release(&out);
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
	gp_json_free(reader);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(by_cases),
		cmocka_unit_test(several_at_once),
		cmocka_unit_test(over_the_ceiling),
		cmocka_unit_test(at_random),
		cmocka_unit_test(there_and_back),
		cmocka_unit_test(set_to_itself),
	};

	return cmocka_run_group_tests_name("splice", tests, setup, teardown);
}
