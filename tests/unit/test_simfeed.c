/* gp-sim's feeds: what happens when, threads, clones, computed walls, tokens. */
#include "unit.h"

#include "sim/fault.h"
#include "sim/feed.h"
#include "sim/token.h"

static const char month[] =
    "scenario: 1\n"
    "now: \"2026-10-03 12:00\"\n"
    "telegram:\n"
    "  bot: {id: 7200000001, name: Б, username: a_bot}\n"
    "  channel: {id: -1001555000333, name: selo, title: С, subscribers: 8}\n"
    "  group: {id: -1001555000444, title: Р, members: 9}\n"
    "  people: {anna: {id: 5, name: Анна}, oleg: {id: 6, name: Олег}}\n"
    "  posts:\n"
    "    - id: 1\n"
    "      at: \"2026-10-01 09:00\"\n"
    "      text: Раз\n"
    "      comments:\n"
    "        - from: anna\n"
    "          at: \"2026-10-01 10:00\"\n"
    "          text: А\n"
    "          edited: {at: \"2026-10-02 08:00\", text: Б}\n"
    "          replies: [{from: oleg, at: \"2026-10-02 09:00\", text: В,\n"
    "            replies: [{as: group, at: \"2026-10-02 11:00\", text: Г}]}]\n"
    "    - {id: 2, at: \"2026-10-01 09:30\", service: pinned, reply_to: 1}\n"
    "    - {id: 3, at: \"2026-10-02 10:00\", text: Два}\n"
    "vk: {id: 100, name: selo, title: С, subscribers: 3}\n"
    "max: {id: -7, name: selo, title: С, subscribers: 3}\n";

struct world {
	char path[64];
	struct gp_sim_scenario *s;
	struct gp_sim_feed f;
};

static int
begin(void **state)
{
	struct world *w = calloc(1, sizeof(*w));
	struct gp_why why;

	assert_non_null(w);
	w->s = gp_sim_scenario_read(unit_file(w->path, SPAN(month)), &why);
	if (w->s == NULL)
		fail_msg("%s", why.msg);
	assert_int_equal(gp_sim_feed_init(&w->f, w->s, GP_SIM_VK), 0);
	*state = w;
	return 0;
}

static int
end(void **state)
{
	struct world *w = *state;

	gp_sim_feed_release(&w->f);
	gp_sim_scenario_free(w->s);
	unit_unfile(w->path);
	free(w);
	return 0;
}

static void
play(struct gp_sim_feed *f, const char *until)
{
	gp_instant at;

	assert_int_equal(gp_instant_civil(until, &at), 0);
	assert_int_equal(gp_sim_feed_play(f, at), 0);
}

static void
things_happen_in_their_order(void **state)
{
	struct gp_sim_feed *f = &((struct world *)*state)->f;
	const struct gp_sim_note *n;

	play(f, "2026-10-01 12:00");
	assert_int_equal(f->notes.n, 2);
	assert_true(f->notes.v[0]->pinned);
	assert_string_equal(f->notes.v[1]->text, "А");
	assert_null(f->notes.v[1]->before);
	play(f, "2026-10-02 12:00");
	assert_int_equal(f->notes.n, 5);
	assert_string_equal(f->notes.v[1]->text, "Б");
	assert_string_equal(f->notes.v[1]->before, "А");
	n = f->notes.v[4]; /* an answer to an answer stands in the thread */
	assert_string_equal(n->text, "Г");
	assert_int_equal(n->as, GP_SIM_CHANNEL);
	assert_int_equal(n->reply_to, 3);
	assert_int_equal(n->root, 2);
	assert_int_equal(n->post, 1);
	assert_int_equal(f->notes.v[0]->live_all, 3);
	assert_int_equal(f->notes.v[0]->live_under, 1);
	/* Post, comment, edit, reply, post, reply. */
	assert_int_equal(f->news_n, 6);
	assert_int_equal(f->news[2].kind, GP_SIM_N_EDITED);
	assert_string_equal(f->news[1].text, "А");
	assert_string_equal(f->news[2].text, "Б");
}

static void
what_is_added_stands_before_what_comes(void **state)
{
	struct gp_sim_feed *f = &((struct world *)*state)->f;
	struct gp_sim_note like = { .kind = GP_SIM_COMMENT,
		.as = GP_SIM_CHANNEL,
		.post = 1,
		.text = "Сверху" };

	play(f, "2026-10-01 12:00");
	assert_int_equal(gp_sim_feed_add(f, &like)->id, 3);
	play(f, "2026-10-02 12:00");
	assert_string_equal(f->notes.v[3]->text, "В");
	assert_int_equal(f->notes.v[5]->reply_to, 4);
	assert_int_equal(f->notes.v[5]->root, 2);
	assert_int_equal(f->notes.v[0]->live_under, 2);
}

static void
deleted_comments_are_met_while_answered(void **state)
{
	struct gp_sim_feed *f = &((struct world *)*state)->f;
	struct gp_sim_walk w;

	play(f, "2026-10-03 12:00");
	assert_int_equal(gp_sim_feed_delete(f, 2), 0);
	gp_sim_walk_under(&w, f, f->notes.v[0], 0);
	assert_int_equal(gp_sim_walk_next(&w)->id, 2);
	assert_null(gp_sim_walk_next(&w));
	gp_sim_feed_delete(f, 3);
	gp_sim_feed_delete(f, 5);
	gp_sim_walk_under(&w, f, f->notes.v[0], 0);
	assert_null(gp_sim_walk_next(&w));
	assert_int_equal(f->notes.v[0]->live_all, 0);
	gp_sim_walk_posts(&w, f);
	assert_int_equal(gp_sim_walk_next(&w)->id, 4);
	gp_sim_feed_delete(f, 1);
	assert_int_equal(gp_sim_feed_posts(f), 1);
	assert_true(gp_sim_feed_gone(f, f->notes.v[2]));
	assert_null(gp_sim_walk_next(&w));
}

static void
pages_have_clones(void **state)
{
	struct world *w = *state;
	struct gp_sim_feed max;
	char name[80];

	w->f.clones = 3;
	assert_int_equal(gp_sim_feed_page(&w->f, 100), 0);
	assert_int_equal(gp_sim_feed_page(&w->f, 103), 3);
	assert_int_equal(gp_sim_feed_page(&w->f, 104), -1);
	assert_int_equal(gp_sim_feed_page(&w->f, 99), -1);
	assert_int_equal(gp_sim_feed_named(&w->f, SPAN("selo")), 100);
	assert_int_equal(gp_sim_feed_named(&w->f, SPAN("selo_2")), 102);
	assert_int_equal(gp_sim_feed_named(&w->f, SPAN("selo_4")), 0);
	assert_int_equal(gp_sim_feed_named(&w->f, SPAN("selo_02")), 0);
	assert_int_equal(gp_sim_feed_named(&w->f, SPAN("selo_")), 0);
	assert_int_equal(gp_sim_feed_named(&w->f, SPAN("sel")), 0);
	assert_string_equal(gp_sim_feed_name(&w->f, 102, name), "selo_2");
	assert_int_equal(gp_sim_feed_init(&max, w->s, GP_SIM_MAX), 0);
	max.clones = 2;
	assert_int_equal(gp_sim_feed_page(&max, -9), 2);
	assert_int_equal(gp_sim_feed_named(&max, SPAN("selo_1")), -8);
	gp_sim_feed_release(&max);
	assert_int_equal(gp_sim_feed_init(&max, w->s, GP_SIM_OK), 0);
	assert_null(max.page);
	assert_int_equal(gp_sim_feed_page(&max, 0), -1);
	gp_sim_feed_release(&max);
}

/* Every comment is met once, in a thread or at the top, whatever their number. */
static void
computed_walls_hold_together(void **state)
{
	const struct gp_sim_own page = { .id = 9, .name = "bench" };
	const struct gp_sim_note *n, *r;
	struct gp_sim_walk w, under;
	struct gp_sim_note post, tmp;
	struct gp_sim_feed f;
	int64_t comments, met;

	(void)state;
	for (comments = 0; comments < 11; comments++) {
		assert_int_equal(gp_sim_mill_init(&f, &page, GP_SIM_VK,
				     1790000000, 3, comments),
		    0);
		assert_int_equal(
		    gp_sim_feed_note(&f, comments + 2, &post)->kind,
		    GP_SIM_POST);
		gp_sim_walk_under(&w, &f, &post, 0);
		for (met = 0; (n = gp_sim_walk_next(&w)) != NULL; met++) {
			gp_sim_walk_under(&under, &f, n, 0);
			for (; (r = gp_sim_walk_next(&under)) != NULL; met++) {
				assert_int_equal(r->root, n->id);
				assert_int_equal(r->post, post.id);
				assert_true(r->at >= n->at);
			}
			assert_int_equal(under.n, n->live_under);
		}
		assert_int_equal(met, comments);
		assert_int_equal(w.n, post.live_under);
		assert_null(gp_sim_feed_note(&f, 3 * (comments + 1) + 1, &tmp));
		assert_null(gp_sim_feed_note(&f, 0, &tmp));
		assert_null(gp_sim_feed_add(&f, &post));
		gp_sim_feed_release(&f);
	}
}

static void
tokens_are_the_same_and_all_differ(void **state)
{
	struct world *w = *state;
	struct gp_sim_tokens a, b;
	int i, j;

	gp_sim_tokens_make(&a, w->s);
	gp_sim_tokens_make(&b, w->s);
	assert_memory_equal(&a, &b, sizeof(a));
	for (i = 0; i < GP_SIM_TOKENS; i++)
		for (j = 0; j < i; j++)
			assert_true(
			    a.v[i][0] == '\0' || strcmp(a.v[i], a.v[j]) != 0);
	assert_string_equal(a.v[GP_SIM_T_OK_BOT], ""); /* there is no page */
	assert_int_equal(gp_sim_token_is(&a, gp_span_of(a.v[GP_SIM_T_VK_USER]),
			     GP_SIM_T_VK_SERVICE, GP_SIM_T_VK_USER),
	    GP_SIM_T_VK_USER);
	assert_int_equal(
	    gp_sim_token_is(&a, SPAN(""), GP_SIM_T_TELEGRAM, GP_SIM_T_MAX_BOT),
	    GP_SIM_TOKENS);
}

static void
faults_of_networks_and_of_chance(void **state)
{
	struct gp_sim_faults f = { .n = 0 };
	const struct gp_sim_fault *hit;
	struct gp_why why;
	int i, hits = 0;

	(void)state;
	assert_int_equal(gp_sim_fault_spec(&f, "vk6", &why), 0);
	assert_null(gp_sim_fault_hits(&f, "/s/selo"));
	assert_null(gp_sim_fault_hits(&f, "/ok/fb.do"));
	hit = gp_sim_fault_hits(&f, "/vk/method/wall.get");
	assert_non_null(hit);
	assert_int_equal(hit->code, 6);
	assert_string_equal(hit->name, "vk6");
	assert_int_equal(gp_sim_fault_spec(&f, "vk", &why), -1);
	assert_int_equal(gp_sim_fault_spec(&f, "vk6x", &why), -1);
	assert_int_equal(gp_sim_fault_spec(&f, "tg6", &why), -1);
	f.n = 0;
	assert_int_equal(gp_sim_fault_spec(&f, "500,p=5%,seed=3", &why), 0);
	for (i = 0; i < 10000; i++)
		hits += gp_sim_fault_hits(&f, "/x") != NULL;
	assert_in_range(hits, 400, 600);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    things_happen_in_their_order, begin, end),
		cmocka_unit_test_setup_teardown(
		    what_is_added_stands_before_what_comes, begin, end),
		cmocka_unit_test_setup_teardown(
		    deleted_comments_are_met_while_answered, begin, end),
		cmocka_unit_test_setup_teardown(pages_have_clones, begin, end),
		cmocka_unit_test(computed_walls_hold_together),
		cmocka_unit_test_setup_teardown(
		    tokens_are_the_same_and_all_differ, begin, end),
		cmocka_unit_test(faults_of_networks_and_of_chance),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
