/* Taxonomies: read, proven, matched; and the verdict. */
#include "unit.h"

#include "rules/prove.h"
#include "rules/verdict.h"
#include "text/words.h"

#define HEAD "taxonomy: 1\nlanguage: ru\n"

static struct gp_taxonomy *
load(const char *yaml)
{
	struct gp_taxonomy *tax;
	struct gp_why why = { "" };

	tax = gp_taxonomy_parse(gp_span_of(yaml), "t", NULL, &why);
	if (tax == NULL)
		fail_msg("%s", why.msg);
	return tax;
}

/* Does the term match the text? */
static int
hits(const char *term, const char *text)
{
	struct gp_buf yaml;
	struct gp_taxonomy *tax;
	struct gp_match *m;
	int n;

	gp_buf_init(&yaml, 0);
	gp_buf_addf(
	    &yaml, HEAD "kinds:\n- {name: info, include: ['%s']}\n", term);
	tax = load(yaml.p);
	m = gp_match_new(tax);
	assert_non_null(m);
	/* another text first, and the same twice: nothing is carried over */
	gp_match_text(m, SPAN("яма на большой дороге сегодня"));
	gp_match_text(m, gp_span_of(text));
	n = m->hits > 0;
	gp_match_text(m, gp_span_of(text));
	assert_int_equal(m->hits > 0, n);
	gp_match_free(m);
	gp_taxonomy_free(tax);
	gp_buf_release(&yaml);
	return n;
}

static void
terms(void **state)
{
	static const struct {
		const char *term, *text;
		int hit;
	} cases[] = {
		{ "дорога", "На ДОРОГАХ лёд", 1 },
		{ "дорога", "дорожка", 0 },
		{ "дорога^2.5", "дорогу", 1 },
		{ "дорож*", "Дорожка", 1 },
		{ "дорож*", "бездорожье", 0 },
		{ "=дорогой", "дорогой друг", 1 },
		{ "=дорогой", "дорогая", 0 },
		{ "ёлка", "ЕЛКИ", 1 },
		{ "яма дорога", "яма на нашей дороге", 1 },
		{ "яма дорога", "яма на очень плохой дороге", 0 },
		{ "яма дорога", "дорога и яма", 0 },
		{ "яма дорога", "дорога яма дорога", 1 },
		{ "яма дорога", "яма, где-то там. Яма дорога", 1 },
		{ "яма дорога", "яма! дорога", 1 },
		{ "очень очень", "очень", 0 },
		{ "очень очень", "очень-очень", 1 },
		{ "яма ям* яма", "яма яма", 0 },
		{ "яма ям* яма", "яма яма яма", 1 },
		{ "нет воды день", "нет у нас воды целый третий день", 1 },
		{ "нет воды день", "нет у нас воды, в доме уже третий день",
		    0 },
		{ "нет воды день", "нет воды нет света воды день", 1 },
		{ "когда ?", "Когда дадут воду?", 1 },
		{ "когда ?", "Когда же вы дадите воду?", 0 },
		{ "? когда", "Да? Когда", 1 },
		{ "когда & ?", "Когда же вы наконец дадите воду?", 1 },
		{ "a & b & c & d", "d x c x b x a", 1 },
		{ "a & b & c & d", "d x c x b", 0 },
		{ "ям* & =дороге", "дороге нужны ямочки", 1 },
		{ "!", "Ура!", 1 },
		{ ":url", "см. vk.com/x", 1 },
		{ ":phone", "звоните 89000000012", 1 },
		{ ":phone & кредит*", "Кредиты! +79000000012", 1 },
		{ ":caps", "ПОЧЕМУ НЕТ ВОДЫ В НАШЕМ ДОМЕ", 1 },
		{ ":caps", "ПОЧЕМУ нет воды в нашем доме", 0 },
		{ ":caps", "НЕТ ВОДЫ", 0 },
		{ "кое-где", "кое-где", 1 },
		{ "вода", "вoды", 1 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cases); i++)
		if (hits(cases[i].term, cases[i].text) != cases[i].hit)
			fail_msg("'%s' in '%s': not %d", cases[i].term,
			    cases[i].text, cases[i].hit);
}

static void
refused(void **state)
{
	static const struct {
		const char *yaml, *why;
	} cases[] = {
		{ "taxonomy: 2\n",
		    "t:1:1: 'taxonomy' must be 1, the form this "
		    "program knows" },
		{ "taxonomy: 1\nlanguage: xx\n",
		    "t:1:1: no stemmer for the language 'xx'" },
		{ HEAD "threshold: {kind: 0}\n",
		    "t:1:1: 'threshold' must be from 0.001 to 1000" },
		{ HEAD "groups: [{nme: a}]\n",
		    "t:3:11: unknown key 'nme': is 'name' meant?" },
		{ HEAD "kinds:\n- {name: a}\n- {name: a}\n",
		    "t:5:10: the name 'a' stands twice, first in line 4" },
		{ HEAD "kinds: [{name: a, include: b}]\n",
		    "t:3:28: 'include' must be a list of terms" },
		{ HEAD "kinds: [{name: a, include: [[b]]}]\n",
		    "t:3:29: a term must be words" },
		{ HEAD "kinds: [{name: a, include: [b^x]}]\n",
		    "t:3:29: term 'b^x': '^x' is not a weight" },
		{ HEAD "kinds: [{name: a, include: ['^2']}]\n",
		    "t:3:29: term '^2': there is no word" },
		{ HEAD "kinds: [{name: a, include: ['--']}]\n",
		    "t:3:29: term '--': no word in '--'" },
		{ HEAD "kinds: [{name: a, include: ['=b*']}]\n",
		    "t:3:29: term '=b*': '=b*' is both = and *" },
		{ HEAD "kinds: [{name: a, include: [':url2']}]\n",
		    "t:3:29: term ':url2': ':url2' is none of :url, :phone, "
		    ":caps" },
		{ HEAD "kinds: [{name: a, include: [vk.com]}]\n",
		    "t:3:29: term 'vk.com': 'vk.com' is a link: write :url "
		    "for any" },
		{ HEAD "kinds: [{name: a, include: [b c & d]}]\n",
		    "t:3:29: term 'b c & d': a side of & must be one word" },
		{ HEAD "kinds: [{name: a, include: [b & b]}]\n",
		    "t:3:29: term 'b & b': two sides of & are the same" },
		{ HEAD "kinds: [{name: a, include: [a & b & c & d & e]}]\n",
		    "t:3:29: term 'a & b & c & d & e': more than 4 sides of &" },
		{ HEAD "kinds: [{name: a, include: ['b :caps']}]\n",
		    "t:3:29: term 'b :caps': :caps has no place among words: "
		    "join it by &" },
		{ HEAD "kinds: [{name: a, include: [1 2 3 4 5 6 7 8 9]}]\n",
		    "t:3:29: term '1 2 3 4 5 6 7 8 9': more than 8 words" },
		{ HEAD
		    "kinds: [{name: a, patterns: [{re: '(', stems: [b]}]}]\n",
		    "t:3:35: pattern: missing closing parenthesis at offset 1 "
		    "of '('" },
		{ HEAD "kinds: [{name: a, patterns: [{re: b}]}]\n",
		    "t:3:35: a pattern without 'stems' would never be run" },
		{ HEAD
		    "kinds: [{name: a, patterns: [{re: b, stems: ['=']}]}]\n",
		    "t:3:46: term '=': no word in ''" },
	};
	struct gp_why why;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		assert_null(gp_taxonomy_parse(
		    gp_span_of(cases[i].yaml), "t", NULL, &why));
		assert_string_equal(why.msg, cases[i].why);
	}
}

static void
weights(void **state)
{
	int w;

	(void)state;
	assert_int_equal(gp_weight_parse("3", &w), 0);
	assert_int_equal(w, 3000);
	assert_int_equal(gp_weight_parse("2.5", &w), 0);
	assert_int_equal(w, 2500);
	assert_int_equal(gp_weight_parse("0.001", &w), 0);
	assert_int_equal(w, 1);
	assert_int_equal(gp_weight_parse("0", &w), -1);
	assert_int_equal(gp_weight_parse("", &w), -1);
	assert_int_equal(gp_weight_parse(".5", &w), -1);
	assert_int_equal(gp_weight_parse("1.", &w), -1);
	assert_int_equal(gp_weight_parse("1.0001", &w), -1);
	assert_int_equal(gp_weight_parse("1001", &w), -1);
	assert_int_equal(gp_weight_parse("99999999999999999999", &w), -1);
}

static const char PROOF[] =
    HEAD "kinds:\n"
	 "- {name: thankx, include: [спасибо]}\n"
	 "groups:\n"
	 "- name: A\n"
	 "  include: [двор, '(']\n"
	 "  topics:\n"
	 "  - {name: a, include: [яма^2, ямы, яма & двор, двор & яма]}\n"
	 "  - {name: b, include: [лужа], exclude: [лужи]}\n"
	 "  - {name: c}\n"
	 "- name: B\n"
	 "  include: [яма^2]\n"
	 "- name: C\n"
	 "  include: [снег]\n";

static void
proven(void **state)
{
	static const char *const want[] = {
		"t:7:19: term '(': no word in '('",
		"t:4:10: unknown kind 'thankx': is 'thanks' meant?",
		"t:11:12: the topic 'c' has no terms",
		"t:14:9: the group 'C' never reaches 1.5: its terms come to 1",
		"t:9:32: 'ямы': 'яма^2' in line 9 is the same term",
		"t:13:13: 'яма^2' decides for 'B' and, in line 9, 'A'",
		("t:10:42: 'лужи': 'лужа' in line 10 is included, this "
		 "excludes it"),
		"t:9:49: 'двор & яма': 'яма & двор' in line 9 is the same term",
	};
	struct gp_findings all;
	struct gp_taxonomy *tax;
	struct gp_why why;
	size_t i, k;

	(void)state;
	gp_findings_init(&all);
	tax = gp_taxonomy_parse(SPAN(PROOF), "t", &all, &why);
	assert_non_null(tax);
	gp_taxonomy_prove(tax, &all);
	for (i = 0; i < COUNT(want); i++) {
		for (k = 0; k < all.n; k++)
			if (strcmp(all.v[k].why.msg, want[i]) == 0)
				break;
		if (k == all.n)
			fail_msg("not said: %s", want[i]);
		assert_int_equal(all.v[k].error, i != 5);
	}
	assert_int_equal(all.n, COUNT(want));
	assert_int_equal(all.errors, COUNT(want) - 1);
	gp_taxonomy_free(tax);
	gp_findings_release(&all);
}

static const char RULES[] = HEAD
    "threshold: {kind: 1.0, topic: 1.5, group: 1.5}\n"
    "kinds:\n"
    "- {name: danger, priority: 80, include: [газ & запах^1]}\n"
    "- {name: question, priority: 10, include: ['?'], exclude: [риторика]}\n"
    "- {name: thanks, priority: 10, include: [спасибо^2]}\n"
    "groups:\n"
    "- name: Дороги\n"
    "  include: [дорога^0.5]\n"
    "  exclude: [железная дорога]\n"
    "  topics:\n"
    "  - {name: Ямы, include: [яма, яма дорога^1.5], exclude: [двор]}\n"
    "  - {name: Снег, include: [снег дорога^2], "
    "patterns: [{re: 'СНЕГ.{0,9}ёлк', stems: [снег], weight: 2}]}\n"
    "- name: Дворы\n"
    "  include: [двор^2]\n"
    "- name: Тёзки\n"
    "  include: [дорога^0.5, яма^0.3]\n";

static void
verdicts(void **state)
{
	static const struct {
		const char *text, *want;
	} cases[] = {
		{ "Яма на дороге",
		    "complaint Дороги/Ямы 0.70 review "
		    "яма дорога^1.5|яма|дорога^0.5" },
		{ "Яма на дороге?",
		    "question Дороги/Ямы 0.70 - "
		    "яма дорога^1.5|kind:?|яма|дорога^0.5" },
		{ "Яма на дороге во дворе?",
		    "question Дворы/ 0.61 - "
		    "двор^2|kind:?" },
		{ "Спасибо?", "thanks / 0.00 review kind:спасибо^2" },
		{ "Запах газа, спасибо",
		    "danger / 0.00 review "
		    "kind:газ & запах^1" },
		{ "железная дорога, яма", " / 0.00 review " },
		{ "Выпал Снег, у Ёлки?",
		    "question Дороги/Снег 0.80 - "
		    "/СНЕГ.{0,9}ёлк/^2|kind:?" },
		{ "снег и лёд?", "question / 0.00 review kind:?" },
		{ "риторика?", " / 0.00 review " },
		{ "", " / 0.00 review " },
	};
	struct gp_taxonomy *tax = load(RULES);
	struct gp_match *m = gp_match_new(tax);
	struct gp_verdict v;
	struct gp_buf b;
	size_t i, k;

	(void)state;
	assert_non_null(m);
	gp_buf_init(&b, 0);
	for (i = 0; i < COUNT(cases); i++) {
		gp_match_text(m, gp_span_of(cases[i].text));
		gp_verdict_of(m, &v);
		gp_buf_reset(&b);
		gp_buf_addf(&b, "%s %s/%s 0.%02d %s ",
		    v.complaint             ? "complaint"
			: v.kind == GP_NONE ? ""
					    : tax->owner[v.kind].name,
		    v.group == GP_NONE ? "" : tax->owner[v.group].name,
		    v.topic == GP_NONE ? "" : tax->owner[v.topic].name,
		    v.confidence, v.review ? "review" : "-");
		for (k = 0; k < v.whys; k++)
			gp_buf_addf(&b, "%s%s", k > 0 ? "|" : "",
			    tax->rule[v.why[k]].why);
		assert_string_equal(b.p, cases[i].want);
	}
	gp_buf_release(&b);
	gp_match_free(m);
	gp_taxonomy_free(tax);
}

/* More words than the memory of words holds; long ones; stamps run round. */
static void
bounds(void **state)
{
	struct gp_taxonomy *tax = load(RULES);
	struct gp_match *m = gp_match_new(tax);
	struct gp_verdict v;
	struct gp_buf b;
	long i;

	(void)state;
	gp_buf_init(&b, 0);
	for (i = 0; i < 140000; i++)
		gp_buf_addf(&b, "%s%ld ",
		    i % 100 == 0 ? "оченьдлинноеслововкоторомстолькобукв"
				 : "слово",
		    i * 7919);
	gp_match_text(m, gp_buf_span(&b));
	assert_int_equal(m->hits, 0);
	m->epoch = UINT32_MAX >> GP_TERM_SIDES;
	m->at = UINT32_MAX - 100;
	for (i = 0; i < 3; i++) {
		gp_match_text(m, SPAN("Яма на дороге. Запах газа"));
		gp_verdict_of(m, &v);
		assert_int_equal(v.confidence, 70);
		assert_int_equal(v.kind, 0);
		assert_int_equal(m->hits, 6);
	}
	gp_buf_reset(&b);
	for (i = 0; i < 400; i++)
		gp_buf_adds(&b, "яма");
	gp_buf_adds(&b, " яма");
	gp_match_text(m, gp_buf_span(&b));
	assert_int_equal(m->hits, 2);
	gp_buf_release(&b);
	gp_match_free(m);
	gp_taxonomy_free(tax);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(terms),
		cmocka_unit_test(refused),
		cmocka_unit_test(weights),
		cmocka_unit_test(proven),
		cmocka_unit_test(verdicts),
		cmocka_unit_test(bounds),
	};

	return cmocka_run_group_tests_name("rules", tests, NULL, NULL);
}
