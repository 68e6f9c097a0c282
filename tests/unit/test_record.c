/* Figures, hashtags and the records that sources write. */
#include "unit.h"

#include "record/hashtag.h"
#include "record/item.h"
#include "json/json.h"

#define NBSP "\xc2\xa0"

static void
figures(void **state)
{
	static const struct {
		struct gp_span in;
		int ok, approx;
		int64_t n;
	} cases[] = {
		{ T("0"), 1, 0, 0 },
		{ T("17"), 1, 0, 17 },
		{ T("1 474 933"), 1, 0, 1474933 },
		{ T("1" NBSP "474" NBSP "933"), 1, 0, 1474933 },
		{ T(" 12 \n"), 1, 0, 12 },
		{ T("1,474"), 1, 0, 1474 },
		{ T("1.52K"), 1, 1, 1520 },
		{ T("505.9K"), 1, 1, 505900 },
		{ T("7K"), 1, 1, 7000 },
		{ T("1.48M"), 1, 1, 1480000 },
		{ T("12M"), 1, 1, 12000000 },
		{ T("1.005K"), 1, 1, 1005 },
		{ T("9000000000000000"), 1, 0, 9000000000000000 },
		{ T(""), 0, 0, 0 },
		{ T(" "), 0, 0, 0 },
		{ T("K"), 0, 0, 0 },
		{ T("-5"), 0, 0, 0 },
		{ T("+5"), 0, 0, 0 },
		{ T("1.5"), 0, 0, 0 },
		{ T("1."), 0, 0, 0 },
		{ T(".5K"), 0, 0, 0 },
		{ T("1.2.3K"), 0, 0, 0 },
		{ T("5k"), 0, 0, 0 },
		{ T("5KK"), 0, 0, 0 },
		{ T("5K6"), 0, 0, 0 },
		{ T("5e3"), 0, 0, 0 },
		{ T("0x10"), 0, 0, 0 },
		{ T("1\xc2\xb2"), 0, 0, 0 }, /* one to the second */
		{ T("99999999999999999999"), 0, 0, 0 },
		{ T("9999999999999M"), 0, 0, 0 },
		{ T("1234567890123456789012345678901234567890"), 0, 0, 0 },
		{ T("views"), 0, 0, 0 },
	};
	struct gp_figure f;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		memset(&f, 0, sizeof(f));
		if ((gp_figure_parse(cases[i].in, &f) == 0) != cases[i].ok)
			fail_msg("'%s': %lld", cases[i].in.p, (long long)f.n);
		assert_int_equal(f.set, cases[i].ok);
		if (!cases[i].ok)
			continue;
		assert_int_equal(f.n, cases[i].n);
		assert_int_equal(f.approx, cases[i].approx);
	}
}

static void
hashtags(void **state)
{
	static const struct {
		struct gp_span in;
		const char *tags; /* each with a bar behind */
	} cases[] = {
		{ T(""), "" },
		{ T("no tags"), "" },
		{ T("#one two #three"), "one|three|" },
		{ T("#\xd0\x93\xd0\xbe\xd1\x80\xd0\xbe\xd0\xb4_2026!"),
		    "\xd0\x93\xd0\xbe\xd1\x80\xd0\xbe\xd0\xb4_2026|" },
		{ T("(#a),#b.#c"), "a|b|c|" },
		{ T("#a#b"), "a|b|" }, /* side by side: both */
		{ T("##a #"), "" },
		{ T("word#a"), "" },
		{ T("#2026"), "" },
		{ T("#2026a"), "2026a|" },
		{ T("#_"), "_|" },
		{ T("# a"), "" },
		{ T("#a\n#b"), "a|b|" },
		{ T("\xf0\x9f\x98\xb9#a\xf0\x9f\x98\xb9"), "a|" },
	};
	struct gp_span tag;
	struct gp_buf b;
	const char *p;
	size_t i;

	(void)state;
	gp_buf_init(&b, 0);
	for (i = 0; i < COUNT(cases); i++) {
		gp_buf_reset(&b);
		p = cases[i].in.p;
		while (
		    gp_hashtag_next(&p, cases[i].in.p + cases[i].in.n, &tag)) {
			gp_buf_add(&b, tag.p, tag.n);
			gp_buf_addc(&b, '|');
		}
		assert_string_equal(gp_buf_str(&b), cases[i].tags);
	}
	gp_buf_release(&b);
}

/* It is JSON, a line, and says exactly this. */
static void
written(const struct gp_item *it, const char *want)
{
	struct gp_json_reader *r = gp_json_new();
	struct gp_json_obj o;
	struct gp_why why;
	struct gp_buf b;

	gp_buf_init(&b, 0);
	gp_item_write(&b, it);
	assert_string_equal(gp_buf_str(&b), want);
	if (gp_json_open(r, gp_buf_span(&b), GP_JSON_STRICT, &o, &why) == -1)
		fail_msg("%s", why.msg);
	gp_buf_release(&b);
	gp_json_free(r);
}

/* A figure the source lacks is absent; one that is 0 is there. */
static void
little(void **state)
{
	const struct gp_item bare = { .type = "post",
		.network = "telegram",
		.id = SPAN("telegram:town/1") };
	const struct gp_item zero = { .type = "post",
		.network = "telegram",
		.id = SPAN("telegram:town/1"),
		.text = SPAN(""),
		.views = { 0, 1, 0 } };

	(void)state;
	written(&bare,
	    "{\"type\":\"post\",\"id\":\"telegram:town/1\","
	    "\"network\":\"telegram\"}\n");
	written(&zero,
	    "{\"type\":\"post\",\"id\":\"telegram:town/1\","
	    "\"network\":\"telegram\",\"text\":\"\","
	    "\"counts\":{\"views\":0}}\n");
}

static void
much(void **state)
{
	const struct gp_attachment photo = { .kind = "photo",
		.url = SPAN("https://a.example/p?x=1&y=\"2\""),
		.width = 640 };
	const struct gp_reaction reaction[] = {
		{ .emoji = SPAN("\xf0\x9f\x91\x8d"), .n = 3 },
		{ .custom = SPAN("5368324170671202286"), .n = 2 },
		{ .paid = 1, .n = 1 },
	};
	const struct gp_poll_option option[] = {
		{ .text = SPAN("yes"), .votes = { 0, 1, 0 } },
		{ .text = SPAN("no"), .percent = { 70, 1, 0 }, .correct = 1 },
	};
	const struct gp_poll poll = { .question = SPAN("Well?"),
		.option = option,
		.n = 2,
		.voters = { 1500, 1, 1 },
		.quiz = 1 };
	const struct gp_item it = { .type = "comment",
		.network = "telegram",
		.id = SPAN("telegram:town/1"),
		.at = 1793458800,
		.text = SPAN("Bad bytes \xff, #tag\n\x1b"),
		.author = { .id = SPAN("7"), .name = SPAN("A \"B\"") },
		.attachment = &photo,
		.attachments = 1,
		.reaction = reaction,
		.reactions = 3,
		.poll = &poll,
		.views = { 1520, 1, 1 },
		.edited = 1,
		.pinned = 1 };

	(void)state;
	written(&it,
	    "{\"type\":\"comment\",\"id\":\"telegram:town/1\","
	    "\"network\":\"telegram\",\"at\":\"2026-10-31T15:00:00Z\","
	    "\"author\":{\"id\":\"7\",\"name\":\"A \\\"B\\\"\","
	    "\"official\":false},"
	    "\"text\":\"Bad bytes \xef\xbf\xbd, #tag\\n\\u001b\","
	    "\"hashtags\":[\"tag\"],"
	    "\"attachments\":[{\"kind\":\"photo\","
	    "\"url\":\"https://a.example/p?x=1&y=\\\"2\\\"\",\"width\":640}],"
	    "\"counts\":{\"views\":1520,\"reactions\":6,\"approx\":[\"views\"]},"
	    "\"reactions\":[{\"emoji\":\"\xf0\x9f\x91\x8d\",\"n\":3},"
	    "{\"custom\":\"5368324170671202286\",\"n\":2},"
	    "{\"paid\":true,\"n\":1}],"
	    "\"poll\":{\"question\":\"Well?\",\"options\":["
	    "{\"text\":\"yes\",\"votes\":0},"
	    "{\"text\":\"no\",\"percent\":70,\"correct\":true}],"
	    "\"voters\":1500,\"approx\":true,\"quiz\":true,\"closed\":false},"
	    "\"edited\":true,\"pinned\":true}\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(figures),
		cmocka_unit_test(hashtags),
		cmocka_unit_test(little),
		cmocka_unit_test(much),
	};

	return cmocka_run_group_tests_name("record", tests, NULL, NULL);
}
