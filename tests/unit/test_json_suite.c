/*
 * Each case of json_cases.h as it stands and as a member of a record, and
 * cases that are counted out.
 */
#include "unit.h"

#include "json_cases.h"
#include "json/json.h"

static struct gp_json_reader *reader;

static int
opens(struct gp_span s, int flags, struct gp_json_obj *o, struct gp_why *why)
{
	char *p = unit_pad(s);
	int r = gp_json_open(reader, (struct gp_span){ p, s.n }, flags, o, why);

	free(p);
	return r == 0;
}

/* A wrapped value: 1, 0. The member must have been read as it stands. */
static int
opens_wrapped(struct gp_span s)
{
	struct gp_json_obj o;
	struct gp_why why;
	struct gp_buf b;
	int r;

	gp_buf_init(&b, 0);
	gp_buf_adds(&b, "{\"x\":");
	gp_buf_add(&b, s.p, s.n);
	gp_buf_adds(&b, "}");
	r = opens(gp_buf_span(&b), 0, &o, &why);
	gp_buf_release(&b);
	if (r == 1 && o.n != 1)
		fail_msg("%zu members in one", o.n);
	if (r == 0 && why.msg[0] == '\0')
		fail_msg("refused without a reason");
	return r;
}

static int
is_container(struct gp_span s)
{
	size_t i = 0;

	while (i < s.n && s.p[i] != '\0' && strchr(" \t\r\n", s.p[i]) != NULL)
		i++;
	return i < s.n && (s.p[i] == '{' || s.p[i] == '[');
}

static void
suite(void **state)
{
	struct gp_json_obj o;
	struct gp_why why;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		const struct parse_case *c = &cases[i];
		int wrapped = opens_wrapped(c->text);
		int bare = opens(c->text, GP_JSON_ANY, &o, &why);
		int want = c->kind == YES && is_container(c->text);

		if (c->kind == EITHER)
			continue;
		if (wrapped != (c->kind == YES))
			fail_msg("%s, wrapped: %s", c->name,
			    wrapped ? "accepted" : "refused");
		if (bare != want)
			fail_msg("%s, bare: %s", c->name,
			    bare ? "accepted" : why.msg);
	}
}

/* A record is an object: of the bare cases nothing else is opened. */
static void
objects_only(void **state)
{
	struct gp_json_obj o;
	struct gp_why why;
	size_t i, k;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		const struct parse_case *c = &cases[i];

		for (k = 0; k < c->text.n; k++)
			if (strchr(" \t\r\n", c->text.p[k]) == NULL)
				break;
		if (k < c->text.n && c->text.p[k] == '{')
			continue;
		if (opens(c->text, 0, &o, &why))
			fail_msg("%s: opened as a record", c->name);
	}
}

/* Each byte inside a string, behind a backslash, and outside of strings. */
static void
every_byte(void **state)
{
	char in[] = "{\"x\":\"a?q\"}", behind[] = "{\"x\":\"a\\?b\"}";
	char outside[] = "{\"x\":1?}", key[] = "{\"x?\":1}";
	struct gp_json_obj o;
	struct gp_why why;
	int c, plain, want;

	(void)state;
	for (c = 0; c < 256; c++) {
		plain = c >= 0x20 && c < 0x80 && c != '"' && c != '\\';
		in[7] = key[3] = behind[8] = outside[6] = (char)c;
		if (opens(SPAN(in), 0, &o, &why) != plain)
			fail_msg("byte %#x in a string", (unsigned)c);
		if (opens(SPAN(key), 0, &o, &why) != plain)
			fail_msg("byte %#x in a key", (unsigned)c);
		want = c != 0 && strchr("\"\\/bfnrt", c) != NULL;
		if (opens(SPAN(behind), 0, &o, &why) != want)
			fail_msg("byte %#x behind a backslash", (unsigned)c);
		want = c != 0 && strchr(" \t\r\n0123456789", c) != NULL;
		if (opens(SPAN(outside), 0, &o, &why) != want)
			fail_msg("byte %#x behind a number", (unsigned)c);
	}
}

/* A record cut anywhere is refused; the bytes behind the cut are no help. */
static void
cut_anywhere(void **state)
{
	static const char text[] =
	    "{\"id\":\"tg:1\",\"n\":[1,-2.5e3,{\"a\":null}],\"t\":\"\\u041f\\n"
	    "\\ud83d\\ude39 \xd0\x9f\",\"b\":true,\"c\":{}}";
	struct gp_json_obj o;
	struct gp_why why;
	size_t n;

	(void)state;
	for (n = 0; n < sizeof(text) - 1; n++)
		if (gp_json_open(
			reader, (struct gp_span){ text, n }, 0, &o, &why) == 0)
			fail_msg("opened at %zu bytes", n);
	assert_true(opens(SPAN(text), 0, &o, &why));
	assert_int_equal(o.n, 5);
}

/* Deep nesting neither crashes nor takes long; 64 levels is the ceiling. */
static void
deep(void **state)
{
	static const char *const open[] = { "[", "{\"a\":", "[{\"a\":" };
	static const char *const shut[] = { "]", "}", "}]" };
	static const size_t depth[] = { 31, 32, 63, 64, 500, 100000 };
	struct gp_buf b;
	size_t k, d, i;
	int closed;

	(void)state;
	gp_buf_init(&b, 0);
	for (k = 0; k < 3; k++)
		for (d = 0; d < COUNT(depth); d++)
			for (closed = 0; closed < 2; closed++) {
				gp_buf_reset(&b);
				for (i = 0; i < depth[d]; i++)
					gp_buf_adds(&b, open[k]);
				gp_buf_adds(&b, closed ? "1" : "");
				for (i = 0; closed && i < depth[d]; i++)
					gp_buf_adds(&b, shut[k]);
				/* The record is the first level. */
				assert_int_equal(opens_wrapped(gp_buf_span(&b)),
				    closed && depth[d] * (k == 2 ? 2 : 1) < 64);
			}
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
	gp_json_free(reader);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(suite),
		cmocka_unit_test(objects_only),
		cmocka_unit_test(every_byte),
		cmocka_unit_test(cut_anywhere),
		cmocka_unit_test(deep),
	};

	return cmocka_run_group_tests_name(
	    "json suite", tests, setup, teardown);
}
