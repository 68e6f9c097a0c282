/* YAML into structs: what is taken, and where each fault is said to be. */
#include "unit.h"

#include "config/yaml.h"

struct inner {
	const char *key;
	const char *word;
	int on;
	unsigned line;
};

struct outer {
	const char *text;
	int64_t whole;
	double real;
	int yes, off;
	long span;
	const char *word;
	struct inner in;
	struct inner *opt;
	struct gp_yaml_list texts, maps, named;
	const struct gp_yaml *node;
};

/* clang-format off */
#define AT(m) offsetof(struct outer, m)
#define IN(m) offsetof(struct inner, m)
static const struct gp_yaml_field inner[] = {
	{ "word", GP_Y_TEXT, IN(word), 1, NULL, NULL, 0 },
	{ "on", GP_Y_BOOL, IN(on), 0, NULL, NULL, 0 },
	{ NULL, GP_Y_LINE, IN(line), 0, NULL, NULL, 0 },
	{ NULL, GP_Y_END, 0, 0, NULL, NULL, 0 },
};
static const struct gp_yaml_field outer[] = {
	{ "text", GP_Y_TEXT, AT(text), 0, NULL, NULL, 0 },
	{ "whole", GP_Y_INT, AT(whole), 0, NULL, NULL, 0 },
	{ "real", GP_Y_REAL, AT(real), 0, NULL, NULL, 0 },
	{ "enabled", GP_Y_BOOL, AT(yes), 0, NULL, NULL, 0 },
	{ "preview", GP_Y_NOT, AT(off), 0, NULL, NULL, 0 },
	{ "span", GP_Y_SPAN, AT(span), 0, NULL, NULL, 0 },
	{ "network", GP_Y_WORD, AT(word), 0, "telegram|vk", NULL, 0 },
	{ "in", GP_Y_MAP, AT(in), 0, NULL, inner, 0 },
	{ "opt", GP_Y_OPT, AT(opt), 0, NULL, inner, sizeof(struct inner) },
	{ "texts", GP_Y_TEXTS, AT(texts), 0, NULL, NULL, 0 },
	{ "maps", GP_Y_MAPS, AT(maps), 0, NULL, inner, sizeof(struct inner) },
	{ "named", GP_Y_NAMED, AT(named), 0, NULL, inner, sizeof(struct inner) },
	{ "node", GP_Y_NODE, AT(node), 0, NULL, NULL, 0 },
	{ NULL, GP_Y_END, 0, 0, NULL, NULL, 0 },
};
/* clang-format on */

/* Reads and fills; the reason stays in `why` if that fails. */
static struct gp_yaml_doc *
filled(struct gp_span text, struct outer *to, struct gp_why *why)
{
	struct gp_yaml_doc *doc = gp_yaml_parse(text, "f.yaml", why);

	memset(to, 0, sizeof(*to));
	if (doc == NULL ||
	    gp_yaml_fill(doc, gp_yaml_root(doc), outer, to, why) == 0)
		return doc;
	gp_yaml_free(doc);
	return NULL;
}

static void
every_kind(void **state)
{
	static const char text[] = "# a comment\n"
				   "text: 0123\n"
				   "whole: -42\n"
				   "real: 1.5e1\n"
				   "enabled: yes\n"
				   "preview: off\n"
				   "span: 15m\n"
				   "network: vk\n"
				   "in: { word: no, on: true }\n"
				   "opt:\n"
				   "  word: \"a\\u00e9 \\\"q\\\"\"\n"
				   "texts: [no, 0x10, 'null', \"\"]\n"
				   "maps:\n"
				   "  - word: a\n"
				   "  - word: |\n"
				   "      two\n"
				   "      lines\n"
				   "    on: On\n"
				   "named:\n"
				   "  first: {word: x}\n"
				   "  \"2\": {word: \xd0\xb0}\n"
				   "node: [1, {a: b}]\n";
	struct gp_yaml_doc *doc;
	const struct inner *v;
	const char **words;
	struct gp_why why = { "" };
	struct outer o;

	(void)state;
	doc = filled(SPAN(text), &o, &why);
	if (doc == NULL)
		fail_msg("%s", why.msg);
	assert_string_equal(o.text, "0123");
	assert_int_equal(o.whole, -42);
	assert_true(o.real == 15);
	assert_int_equal(o.yes, 1);
	assert_int_equal(o.off, 1);
	assert_int_equal(o.span, 900);
	assert_string_equal(o.word, "vk");
	assert_string_equal(o.in.word, "no");
	assert_int_equal(o.in.on, 1);
	assert_int_equal(o.in.line, 9);
	assert_string_equal(o.opt->word, "a\xc3\xa9 \"q\"");
	assert_int_equal(o.opt->line, 11);
	words = o.texts.v;
	assert_int_equal(o.texts.n, 4);
	assert_string_equal(words[0], "no");
	assert_string_equal(words[1], "0x10");
	assert_string_equal(words[2], "null");
	assert_string_equal(words[3], "");
	v = o.maps.v;
	assert_int_equal(o.maps.n, 2);
	assert_string_equal(v[1].word, "two\nlines\n");
	assert_int_equal(v[1].on, 1);
	v = o.named.v;
	assert_int_equal(o.named.n, 2);
	assert_string_equal(v[0].key, "first");
	assert_string_equal(v[1].key, "2");
	assert_string_equal(v[1].word, "\xd0\xb0");
	assert_int_equal(o.node->type, GP_YAML_LIST);
	assert_int_equal(o.node->item[1].line, 22);
	assert_int_equal(o.node->item[1].col, 11);
	gp_yaml_free(doc);
}

/* Absent, null and an empty file leave what was there. */
static void
nothing(void **state)
{
	static const struct gp_span cases[] = { T(""), T("\n# a comment\n"),
		T("---\n"), T("{}"), T("text:\nwhole: ~\nopt: null\n"),
		T("text: Null\nmaps:\nin: NULL\n"), T("\xef\xbb\xbftext:\n"),
		T("--- {}\n...\n") };
	struct gp_yaml_doc *doc;
	struct gp_why why;
	struct outer o;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		doc = filled(cases[i], &o, &why);
		if (i == 2) { /* one document, a null */
			assert_null(doc);
			continue;
		}
		if (doc == NULL)
			fail_msg("%s: %s", cases[i].p, why.msg);
		assert_null(o.text);
		assert_null(o.opt);
		assert_int_equal(o.maps.n, 0);
		gp_yaml_free(doc);
	}
}

static void
faults(void **state)
{
	/* clang-format off */
	static const struct {
		struct gp_span text;
		const char *why;
	} cases[] = {
		{ T("txet: a\n"), "f.yaml:1:1: unknown key 'txet': is 'text' meant?" },
		{ T("text: a\n\nnetwrk: vk\n"), "f.yaml:3:1: unknown key 'netwrk': is 'network' meant?" },
		{ T("colour: a\n"), "f.yaml:1:1: unknown key 'colour'" },
		{ T("in:\n  word: a\n  onn: yes\n"), "f.yaml:3:3: unknown key 'onn': is 'on' meant?" },
		{ T("\xd0\xbf: 1\n"), "f.yaml:1:1: unknown key '\xd0\xbf'" },
		{ T("text: a\nwhole: 1\ntext: b\n"), "f.yaml:3:1: 'text' stands twice, first in line 1" },
		{ T("in: {word: a, word: b}\n"), "f.yaml:1:15: 'word' stands twice, first in line 1" },
		{ T("? text\n: a\n\"text\": b\n"), "f.yaml:3:1: 'text' stands twice, first in line 1" },
		{ T("text: [a]\n"), "f.yaml:1:7: 'text' must be one value, not a list" },
		{ T("text: {a: b}\n"), "f.yaml:1:7: 'text' must be one value, not a map" },
		{ T("whole: 1.5\n"), "f.yaml:1:8: 'whole' must be a whole number, not '1.5'" },
		{ T("whole: \"5\"\n"), "f.yaml:1:8: 'whole' must be a whole number, not '5'" },
		{ T("whole: 99999999999999999999\n"), "f.yaml:1:8: 'whole' must be a whole number, not '99999999999999999999'" },
		{ T("whole: 0x10\n"), "f.yaml:1:8: 'whole' must be a whole number, not '0x10'" },
		{ T("real: 1,5\n"), "f.yaml:1:7: 'real' must be a number, not '1,5'" },
		{ T("real: .nan\n"), "f.yaml:1:7: 'real' must be a number, not '.nan'" },
		{ T("real: nan\n"), "f.yaml:1:7: 'real' must be a number, not 'nan'" },
		{ T("real: inf\n"), "f.yaml:1:7: 'real' must be a number, not 'inf'" },
		{ T("real: 0x1p4\n"), "f.yaml:1:7: 'real' must be a number, not '0x1p4'" },
		{ T("real: 1e999\n"), "f.yaml:1:7: 'real' must be a number, not '1e999'" },
		{ T("enabled: 1\n"), "f.yaml:1:10: 'enabled' must be true or false, not '1'" },
		{ T("enabled: 'yes'\n"), "f.yaml:1:10: 'enabled' must be true or false, not 'yes'" },
		{ T("preview: maybe\n"), "f.yaml:1:10: 'preview' must be true or false, not 'maybe'" },
		{ T("span: 15 m\n"), "f.yaml:1:7: 'span' must be a span of time, as 15m, not '15 m'" },
		{ T("network: telegran\n"), "f.yaml:1:10: 'network' must be one of telegram|vk, not 'telegran': is 'telegram' meant?" },
		{ T("network: ok\n"), "f.yaml:1:10: 'network' must be one of telegram|vk, not 'ok'" },
		{ T("network: ''\n"), "f.yaml:1:10: 'network' must be one of telegram|vk, not ''" },
		{ T("in: a\n"), "f.yaml:1:5: 'in' must be a map, not a word" },
		{ T("in: {}\n"), "f.yaml:1:5: 'word' is missing" },
		{ T("in: {word: }\n"), "f.yaml:1:5: 'word' is missing" },
		{ T("opt:\n  on: no\n"), "f.yaml:2:3: 'word' is missing" },
		{ T("opt: [a]\n"), "f.yaml:1:6: 'opt' must be a map, not a list" },
		{ T("texts: a\n"), "f.yaml:1:8: 'texts' must be a list, not 'a'" },
		{ T("texts: [a, [b]]\n"), "f.yaml:1:12: 'texts' is a list of words; this is a list" },
		{ T("texts: [a, ~]\n"), "f.yaml:1:12: 'texts' is a list of words; this is nothing" },
		{ T("maps: {a: b}\n"), "f.yaml:1:7: 'maps' must be a list, not a map" },
		{ T("maps:\n- word: a\n- b\n"), "f.yaml:3:3: 'maps' must hold maps, not b" },
		{ T("named: [a]\n"), "f.yaml:1:8: 'named' must be a map, not a list" },
		{ T("named: {a: b}\n"), "f.yaml:1:12: 'named' must hold maps, not b" },
		{ T("named: {a: {on: no}}\n"), "f.yaml:1:12: 'word' is missing" },
		{ T("- a\n"), "f.yaml:1:1: a map is expected here, not a list" },
		{ T("a word\n"), "f.yaml:1:1: a map is expected here, not a word" },
		{ T("---\n"), "f.yaml:2:1: a map is expected here, not nothing" },
		/* Not taken at all. */
		{ T("text: &a b\n"), "f.yaml:1:7: anchors and tags are not taken here" },
		{ T("in: &a {word: b}\n"), "f.yaml:1:5: anchors and tags are not taken here" },
		{ T("texts: &a [b]\n"), "f.yaml:1:8: anchors and tags are not taken here" },
		{ T("text: *a\n"), "f.yaml:1:7: aliases are not taken here" },
		{ T("text: !!str b\n"), "f.yaml:1:7: anchors and tags are not taken here" },
		{ T("text: !x b\n"), "f.yaml:1:7: anchors and tags are not taken here" },
		{ T("in: !!map {word: b}\n"), "f.yaml:1:5: anchors and tags are not taken here" },
		{ T("&k text: b\n"), "f.yaml:1:1: anchors and tags are not taken here" },
		{ T("? [a]\n: b\n"), "f.yaml:1:3: a key must be a word" },
		{ T("{a: b}: c\n"), "f.yaml:1:1: a key must be a word" },
		{ T("text: a\n---\ntext: b\n"), "f.yaml:2:1: a second document" },
		{ T("text: \"a\\0b\"\n"), "f.yaml:1:7: a NUL character" },
		/* Not YAML. */
		{ T("text: a\n  whole: 1\n"), "f.yaml:2:8: mapping values are not allowed in this context" },
		{ T("in: {word: a\n"), "f.yaml:2:1: did not find expected ',' or '}'" },
		{ T("text: 'a\n"), "f.yaml:2:1: found unexpected end of stream" },
		{ T("\ttext: a\n"), "f.yaml:1:1: found character that cannot start any token" },
		{ T("text: @a\n"), "f.yaml:1:7: found character that cannot start any token" },
		/* Not text. */
		{ T("text: a\nwhole: \xff\n"), "f.yaml:2:8: not UTF-8" },
		{ T("text: \xd0\xbf\xed\xa0\x80\n"), "f.yaml:1:8: not UTF-8" },
		{ T("text: \xc0\xaf\n"), "f.yaml:1:7: not UTF-8" },
		{ T("text: a\n\nin: \x01\n"), "f.yaml:3:5: a control character" },
		{ T("text: a\0b\n"), "f.yaml:1:8: a control character" },
		{ T("text: \xd0"), "f.yaml:1:7: not UTF-8" },
	};
	/* clang-format on */
	struct gp_yaml_doc *doc;
	struct gp_why why;
	struct outer o;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		why.msg[0] = '\0';
		doc = filled(cases[i].text, &o, &why);
		gp_yaml_free(doc);
		if (doc != NULL)
			fail_msg("taken: %s", cases[i].text.p);
		assert_string_equal(why.msg, cases[i].why);
	}
}

/* n times `open`, then `shut`. */
static void
bomb(const char *open, size_t n, const char *shut, const char *want)
{
	struct gp_yaml_doc *doc;
	struct gp_why why;
	struct gp_buf b;
	size_t i;

	gp_buf_init(&b, 64 * GP_MIB);
	for (i = 0; i < n; i++)
		gp_buf_adds(&b, open);
	for (i = 0; i < n; i++)
		gp_buf_adds(&b, shut);
	doc = gp_yaml_parse(gp_buf_span(&b), "f.yaml", &why);
	if (want != NULL) {
		assert_null(doc);
		if (strstr(why.msg, want) == NULL)
			fail_msg("%s, not %s", why.msg, want);
	} else if (doc == NULL) {
		fail_msg("%s", why.msg);
	}
	gp_yaml_free(doc);
	gp_buf_release(&b);
}

static void
bombs(void **state)
{
	(void)state;
	bomb("[", 33, "]", NULL);
	bomb("[", 34, "]", "f.yaml:1:34: too deep");
	bomb("[", 100000, "]", "too deep");
	bomb("{a: ", 100000, "}", "too deep");
	bomb("- ", 100000, "", "too deep");
	bomb("? ", 100000, "", "a key must be a word");
	bomb("- a\n", 100000, "", NULL);
	bomb("a: &a [*a, *a]\n", 1000, "", "anchors and tags");
	bomb("-\n", GP_MAX_YAML_NODES + 1, "", "too many values");
}

/* A huge map: twins are found without comparing each with each. */
static void
huge(void **state)
{
	struct gp_yaml_doc *doc;
	struct gp_why why;
	struct gp_buf b;
	int i;

	(void)state;
	gp_buf_init(&b, 64 * GP_MIB);
	for (i = 0; i < 100000; i++)
		gp_buf_addf(&b, "k%d: v\n", i);
	doc = gp_yaml_parse(gp_buf_span(&b), "f.yaml", &why);
	assert_non_null(doc);
	assert_int_equal(gp_yaml_root(doc)->n, 100000);
	gp_yaml_free(doc);
	gp_buf_adds(&b, "k5: v\n");
	assert_null(gp_yaml_parse(gp_buf_span(&b), "f.yaml", &why));
	assert_string_equal(
	    why.msg, "f.yaml:100001:1: 'k5' stands twice, first in line 6");
	gp_buf_release(&b);
}

static void
nearest(void **state)
{
	static const struct {
		const char *words, *written, *like;
	} cases[] = {
		{ "zone|pages", "zoen", "zone" },
		{ "zone|pages", "page", "pages" },
		{ "zone|pages", "Zone", "zone" },
		{ "zone|pages", "bones", NULL },
		{ "bot|name", "foo", NULL },
		{ "a|b", "x", NULL },
		{ "a|b", "", NULL },
		{ "telegram", "telegarm", "telegram" },
		{ "telegram", "tlgram", "telegram" },
		{ "telegram", "tlgrm", NULL },
	};
	char to[64], longer[200];
	const char *got;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		got = gp_nearest(cases[i].words, cases[i].written, to);
		if ((got == NULL) != (cases[i].like == NULL))
			fail_msg("%s: %s", cases[i].written, got ? got : "-");
		if (got != NULL)
			assert_string_equal(got, cases[i].like);
	}
	memset(longer, 'a', sizeof(longer));
	longer[sizeof(longer) - 1] = '\0';
	assert_null(gp_nearest("a|b", longer, to));
	assert_null(gp_nearest(longer, "a", to));
	assert_null(gp_nearest(longer, longer, to));
}

static void
files(void **state)
{
	struct gp_yaml_doc *doc;
	struct gp_why why;
	char path[64];

	(void)state;
	unit_file(path, SPAN("a: b\n"));
	doc = gp_yaml_read(path, &why);
	assert_non_null(doc);
	gp_yaml_free(doc);
	unit_unfile(path);
	assert_null(gp_yaml_read("/no/such.yaml", &why));
	assert_string_equal(
	    why.msg, "cannot open '/no/such.yaml': No such file or directory");
	gp_yaml_free(NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_kind),
		cmocka_unit_test(nothing),
		cmocka_unit_test(faults),
		cmocka_unit_test(bombs),
		cmocka_unit_test(huge),
		cmocka_unit_test(nearest),
		cmocka_unit_test(files),
	};

	return cmocka_run_group_tests_name("yaml", tests, NULL, NULL);
}
