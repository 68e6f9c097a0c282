/* gp-sim's numbers, emoji, entities, faults and its list of methods. */
#include "unit.h"

#include "sim/entity.h"
#include "sim/fault.h"
#include "sim/markup.h"
#include "sim/methods.h"

static void
numbers_are_cut_to_three_figures(void **state)
{
	static const struct {
		int64_t n;
		const char *says;
	} cases[] = { { 0, "0" }, { 999, "999" }, { 1000, "1K" },
		{ 1005, "1K" }, { 1234, "1.23K" }, { 1500, "1.5K" },
		{ 1999, "1.99K" }, { 9999, "9.99K" }, { 10000, "10K" },
		{ 17120, "17.1K" }, { 60012, "60K" }, { 505950, "505.9K" },
		{ 999999, "999.9K" }, { 1000000, "1M" }, { 1474933, "1.47M" },
		{ 12500000, "12.5M" } };
	struct gp_buf b;
	size_t i;

	(void)state;
	gp_buf_init(&b, 0);
	for (i = 0; i < COUNT(cases); i++) {
		gp_buf_reset(&b);
		gp_sim_html_short(&b, cases[i].n);
		assert_string_equal(gp_buf_str(&b), cases[i].says);
	}
	gp_buf_reset(&b);
	gp_sim_html_exact(&b, 1474933);
	assert_string_equal(gp_buf_str(&b), "1 474 933");
	gp_buf_release(&b);
}

/* Each emoji is one picture, whatever it is made of; signs are no emoji. */
static void
emoji_are_pictures(void **state)
{
	static const struct {
		const char *text, *file;
	} cases[] = { { "👍", "F09F918D" }, { "👍🏽", "F09F918DF09F8FBD" },
		{ "❤️", "E29DA4" }, { "🇷🇺", "F09F87B7F09F87BA" },
		{ "👨‍👩‍👧",
		    "F09F91A8E2808DF09F91A9E2808DF09F91A7" },
		{ "№ — « ✓ я", NULL } };
	struct gp_buf b;
	size_t i;

	(void)state;
	gp_buf_init(&b, 0);
	for (i = 0; i < COUNT(cases); i++) {
		gp_buf_reset(&b);
		gp_sim_html_words(&b, gp_span_of(cases[i].text));
		if (cases[i].file == NULL) {
			assert_string_equal(gp_buf_str(&b), cases[i].text);
			continue;
		}
		assert_non_null(strstr(gp_buf_str(&b), cases[i].file));
		assert_null(strstr(gp_buf_str(&b) + 10, "<i class"));
		assert_non_null(strstr(gp_buf_str(&b), cases[i].text));
	}
	gp_buf_release(&b);
}

/* "type:words" of each entity, in order. */
static void
found(const char *text, const char *want)
{
	struct gp_sim_text t = { 0 };
	struct gp_buf b;
	size_t i;

	gp_buf_init(&b, 0);
	assert_int_equal(gp_sim_text_read(&t, gp_span_of(text)), 0);
	for (i = 0; i < t.ne; i++)
		gp_buf_addf(&b, "%s%s:%.*s", i > 0 ? "|" : "", t.e[i].type,
		    (int)t.e[i].n, t.s + t.e[i].from);
	assert_string_equal(gp_buf_str(&b), want);
	gp_buf_release(&b);
	gp_sim_text_release(&t);
}

static void
entities_find_themselves(void **state)
{
	(void)state;
	found("просто слова, 12:30, 5/6", "");
	found("#вода, #ЖКХ_2 и c#не тег #1", "hashtag:#вода|hashtag:#ЖКХ_2");
	found("(https://example.org/a?b=1).", "url:https://example.org/a?b=1");
	found("см. «example.org/x» и сайт.ru", "url:example.org/x");
	found("пишите a.b@example.org!", "email:a.b@example.org");
	found("@lipovka_bot и @я, @ab", "mention:@lipovka_bot");
	found("+7 (900) 000-01-12, 8 900 000-01-12",
	    "phone_number:+7 (900) 000-01-12|phone_number:8 900 000-01-12");
	found("+7 900 и 8 машин", "");
	found("/start сейчас", "bot_command:/start");
	found("[парк #1](https://example.org/p) [нет](x)", "text_link:парк #1");
}

static void
faults_are_counted(void **state)
{
	struct gp_sim_faults f = { .n = 0 };
	struct gp_why why;
	const struct gp_sim_fault *hit;

	(void)state;
	assert_int_equal(gp_sim_fault_spec(
			     &f, "429@/s/,times=2,after=1,retry_after=9", &why),
	    0);
	assert_null(gp_sim_fault_hits(&f, "/lipovka"));
	assert_null(gp_sim_fault_hits(&f, "/s/lipovka"));
	hit = gp_sim_fault_hits(&f, "/s/lipovka");
	assert_non_null(hit);
	assert_int_equal(hit->kind, GP_SIM_F_429);
	assert_int_equal(hit->retry_after, 9);
	assert_non_null(gp_sim_fault_hits(&f, "/s/lipovka"));
	assert_null(gp_sim_fault_hits(&f, "/s/lipovka"));
	assert_int_equal(gp_sim_fault_spec(&f, "cut,times=x", &why), -1);
	assert_string_equal(why.msg, "'times=x' has no number");
	assert_int_equal(gp_sim_fault_spec(&f, "cut,tymes=1", &why), -1);
	assert_int_equal(gp_sim_fault_spec(&f, "", &why), -1);
}

static void
methods_have_their_parameters(void **state)
{
	const struct gp_sim_method *m = gp_sim_method(SPAN("SENDMESSAGE"));
	struct gp_sim_param_kind k;
	const char *rest;
	int n = 0, required = 0;

	(void)state;
	assert_null(gp_sim_method(SPAN("sendMessages")));
	assert_non_null(m);
	assert_string_equal(m->name, "sendMessage");
	for (rest = m->params; gp_sim_param_next(&rest, &k); n++) {
		required += k.required;
		if (gp_span_is(k.name, "reply_parameters"))
			assert_int_equal(k.type, 'j');
		if (gp_span_is(k.name, "message_thread_id"))
			assert_int_equal(k.type, 'i');
		if (gp_span_is(k.name, "chat_id"))
			assert_true(k.required && k.type == 0);
	}
	assert_int_equal(required, 2);
	assert_true(n > 10);
	rest = gp_sim_method(SPAN("getMe"))->params;
	assert_int_equal(gp_sim_param_next(&rest, &k), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_are_cut_to_three_figures),
		cmocka_unit_test(emoji_are_pictures),
		cmocka_unit_test(entities_find_themselves),
		cmocka_unit_test(faults_are_counted),
		cmocka_unit_test(methods_have_their_parameters),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
