/* A text held against a standard, as gp-review calls it. */
#include "unit.h"

#include "check/check.h"
#include "check/posts.h"

static const char STANDARD[] =
    "standard: 1\n"
    "rubrics: [ЖКХ]\n"
    "facts: {day: {any: [завтра], patterns: [{re: '\\d+ мая'}]}}\n"
    "rules:\n"
    "  - {id: hole, for: [reply], level: error, title: t,"
    " patterns: [{re: '\\{\\{[^}]*\\}\\}'}]}\n"
    "  - {id: control, for: [answer], level: warning, title: t,"
    " any: [на контроле], without: [day], within: sentence}\n"
    "  - {id: twice, for: [post], level: note, title: t, any: [да], least: 2}\n"
    "  - {id: rubric, for: [post], level: note, title: t,"
    " measure: rubrics, under: 1}\n"
    "  - {id: phone, for: [page], level: warning, title: t, member: phone,"
    " told_by: [vk]}\n"
    "  - {id: secret, for: [answer], level: error, title: t, where: public,"
    " personal: [flat]}\n"
    "  - {id: late, for: [answer], level: note, title: t, state: interim,"
    " appeals: [danger], missing: [day]}\n"
    "  - {id: day, for: [post], level: error, title: t,"
    " measure: posts_a_day, over: 1}\n";

struct made {
	struct gp_standard *s;
	struct gp_checker *c;
};

static int
set_up(void **state)
{
	static struct made m;
	struct gp_why why = { "" };

	m.s = gp_standard_parse(gp_span_of(STANDARD), "s", &why);
	if (m.s == NULL)
		fail_msg("%s", why.msg);
	m.c = gp_checker_new(m.s);
	assert_non_null(m.c);
	*state = &m;
	return 0;
}

static int
tear_down(void **state)
{
	struct made *m = *state;

	gp_checker_free(m->c);
	gp_standard_free(m->s);
	gp_checker_free(NULL);
	gp_standard_free(NULL);
	return 0;
}

/* The rules that fire, with spaces between. */
static const char *
fired(struct made *m, const struct gp_check_item *item)
{
	static char said[200];
	const struct gp_check_finding *f;
	long n = gp_check_text(m->c, item, &f), i;

	said[0] = '\0';
	assert_true(n >= 0);
	for (i = 0; i < n; i++)
		snprintf(said + strlen(said), sizeof(said) - strlen(said),
		    "%s%s", i > 0 ? " " : "", f[i].rule->id);
	return said;
}

static const char *
fired_in(struct made *m, enum gp_check_kind kind, const char *text)
{
	struct gp_check_item item = { .kind = kind,
		.text = gp_span_of(text),
		.network = gp_span_of("vk") };

	return fired(m, &item);
}

static void
places(void **state)
{
	struct made *m = *state;
	struct gp_check_item item = { .kind = GP_CHECK_REPLY,
		.text = gp_span_of("Ё😀\nВопрос на контроле, {{кто}}") };
	const struct gp_check_finding *f;

	assert_int_equal(gp_check_text(m->c, &item, &f), 2);
	assert_string_equal(f[0].rule->id, "control");
	assert_int_equal(f[0].at, 10);
	assert_int_equal(f[0].length, 11);
	assert_int_equal(f[0].line, 2);
	assert_memory_equal(
	    item.text.p + f[0].from, "на контроле", f[0].to - f[0].from);
	assert_string_equal(f[1].rule->id, "hole");
	assert_int_equal(f[1].at, 23);
	assert_int_equal(f[1].level, GP_CHECK_ERROR);
}

static void
what_excuses(void **state)
{
	struct made *m = *state;

	assert_string_equal(
	    fired_in(m, GP_CHECK_REPLY, "Вопрос на контроле."), "control");
	assert_string_equal(
	    fired_in(m, GP_CHECK_REPLY, "На контроле до 5 мая."), "");
	assert_string_equal(
	    fired_in(m, GP_CHECK_REPLY, "На контроле. Завтра."), "control");
	assert_string_equal(fired_in(m, GP_CHECK_DRAFT, "{{кто}}"), "");
	assert_string_equal(fired_in(m, GP_CHECK_REPLY, ""), "");
}

static void
counts_and_members(void **state)
{
	struct made *m = *state;
	struct gp_check_item page = { .kind = GP_CHECK_PAGE,
		.network = gp_span_of("max") };
	const struct gp_check_finding *f;

	assert_string_equal(fired_in(m, GP_CHECK_POST, "да #ЖКХ"), "");
	assert_string_equal(
	    fired_in(m, GP_CHECK_POST, "да, да #жкх"), "twice twice");
	assert_string_equal(fired_in(m, GP_CHECK_POST, "#ЖК"), "rubric");
	assert_int_equal(gp_check_text(m->c, &page, &f), 1);
	assert_int_equal(f[0].level, GP_CHECK_UNKNOWN);
	page.network = gp_span_of("vk");
	assert_int_equal(gp_check_text(m->c, &page, &f), 1);
	assert_int_equal(f[0].level, GP_CHECK_WARNING);
}

static void
what_it_is(void **state)
{
	struct made *m = *state;
	struct gp_check_item item = { .kind = GP_CHECK_REPLY,
		.text = gp_span_of("Мира, 5, кв. 12"),
		.appeal = gp_span_of("danger") };

	assert_string_equal(fired(m, &item), "secret");
	item.is_private = 1;
	assert_string_equal(fired(m, &item), "");
	item.is_interim = 1;
	assert_string_equal(fired(m, &item), "late");
	item.appeal = gp_span_of("question");
	assert_string_equal(fired(m, &item), "");
}

/* No rule remembers the text before. */
static void
many_texts(void **state)
{
	struct made *m = *state;
	int i;

	for (i = 0; i < 5000; i++) {
		assert_string_equal(
		    fired_in(m, GP_CHECK_REPLY, "Оно на контроле"), "control");
		assert_string_equal(
		    fired_in(m, GP_CHECK_REPLY, "Контроле на"), "");
	}
}

static void
of_all_posts(void **state)
{
	struct made *m = *state;
	struct gp_posts_span span = { .until = 1000000 };
	struct gp_posts *p = gp_posts_new();
	struct gp_span page = gp_span_of("vk:-1");
	struct gp_why why;
	struct gp_buf out;
	size_t errors = 0;

	assert_int_equal(gp_zone_set("UTC", &why), 0);
	gp_buf_init(&out, 0);
	assert_int_equal(gp_posts_judge(p, m->s, &span, &out, &errors), 0);
	assert_int_equal(out.n, 0);
	gp_posts_add(p, page, gp_span_of("vk:-1/2"), 90001);
	gp_posts_add(p, page, gp_span_of("vk:-1/1"), 90000);
	gp_posts_add(p, page, gp_span_of("vk:-1/1"), 90000);
	gp_posts_add(p, gp_span_of("vk:-2"), gp_span_of("vk:-2/1"), 90000);
	assert_int_equal(gp_posts_judge(p, m->s, &span, &out, &errors), 0);
	assert_int_equal(errors, 1);
	assert_string_equal(gp_buf_str(&out),
	    "{\"type\":\"finding\",\"network\":\"vk\",\"page\":\"vk:-1\","
	    "\"of\":\"vk:-1\",\"level\":\"error\",\"rule\":\"day\","
	    "\"message\":\"t\",\"day\":\"1970-01-02\",\"value\":2,"
	    "\"limit\":1}\n");
	gp_buf_release(&out);
	gp_posts_free(p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(places),
		cmocka_unit_test(what_excuses),
		cmocka_unit_test(counts_and_members),
		cmocka_unit_test(what_it_is),
		cmocka_unit_test(many_texts),
		cmocka_unit_test(of_all_posts),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
