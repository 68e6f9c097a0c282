/* What gp-sim keeps of writing: the book, the shelf, posts that wait. */
#include "unit.h"

#include <stdio.h>

#include "sim/book.h"
#include "sim/crowd.h"
#include "sim/feed.h"

static const char month[] =
    "scenario: 1\n"
    "now: \"2026-10-03 12:00\"\n"
    "telegram:\n"
    "  bot: {id: 7200000001, name: Б, username: a_bot}\n"
    "  channel: {id: -1001555000333, name: selo, title: С, subscribers: 8}\n"
    "  people: {anna: {id: 5, name: Анна}}\n"
    "  posts:\n"
    "    - {id: 1, at: \"2026-10-01 09:00\", text: Раз}\n"
    "    - {id: 2, at: \"2026-10-03 09:00\", text: Два}\n"
    "vk: {id: 100, name: selo, title: С, subscribers: 3}\n";

static void
the_book_finds_the_newest_of_a_key(void **state)
{
	struct gp_sim_entry e = { .network = "vk", .action = "post" }, *f;
	struct gp_sim_book b;
	char key[16], scope[16];
	int i;

	(void)state;
	gp_sim_book_init(&b);
	assert_null(gp_sim_book_find(&b, "vk", "", "a"));
	e.key = key;
	e.scope = scope;
	for (i = 0; i < 5000; i++) {
		snprintf(key, sizeof(key), "k%d", i % 2500);
		snprintf(scope, sizeof(scope), "s%d", i % 5);
		e.number = i;
		assert_int_equal(gp_sim_book_add(&b, &e), i + 1);
	}
	for (i = 0; i < 2500; i++) {
		snprintf(key, sizeof(key), "k%d", i);
		snprintf(scope, sizeof(scope), "s%d", i % 5);
		f = gp_sim_book_find(&b, "vk", scope, key);
		assert_non_null(f);
		assert_int_equal(f->number, i + 2500);
		assert_null(gp_sim_book_find(&b, "ok", scope, key));
		assert_null(gp_sim_book_find(&b, "vk", "s9", key));
	}
	e.key = "";
	assert_int_equal(gp_sim_book_add(&b, &e), 5001);
	assert_null(gp_sim_book_find(&b, "vk", scope, ""));
	gp_sim_book_release(&b);
}

static void
a_change_counts_or_stands_by_itself(void **state)
{
	struct gp_sim_entry e = { .network = "ok", .action = "post" };
	struct gp_sim_book b;
	int64_t n;

	(void)state;
	gp_sim_book_init(&b);
	n = gp_sim_book_add(&b, &e);
	e.action = "edit";
	gp_sim_book_change(&b, n, &e);
	gp_sim_book_change(&b, 0, &e);
	e.action = "delete";
	gp_sim_book_change(&b, n, &e);
	assert_int_equal(b.n, 2);
	assert_int_equal(gp_sim_book_entry(&b, n)->edited, 1);
	assert_string_equal(b.v[1].action, "edit");
	assert_null(gp_sim_book_entry(&b, 0));
	gp_sim_book_release(&b);
}

static void
tokens_lead_to_their_item_alone(void **state)
{
	struct gp_sim_item like = { .net = GP_SIM_OK }, *it;
	struct gp_sim_shelf s;
	char token[48];
	int i;

	(void)state;
	gp_sim_shelf_init(&s);
	for (i = 0; i < 300; i++)
		assert_non_null(gp_sim_shelf_put(&s, &like));
	for (i = 1; i <= 300; i++) {
		it = gp_sim_shelf_item(&s, GP_SIM_OK, i);
		gp_sim_item_token(token, it);
		assert_ptr_equal(gp_sim_shelf_token(&s, GP_SIM_OK, token), it);
		assert_null(gp_sim_shelf_token(&s, GP_SIM_MAX, token));
		token[0] = token[0] == '0' ? '1' : '0';
		assert_null(gp_sim_shelf_token(&s, GP_SIM_OK, token));
	}
	assert_null(gp_sim_shelf_item(&s, GP_SIM_OK, 0));
	assert_null(gp_sim_shelf_item(&s, GP_SIM_OK, 301));
	assert_null(gp_sim_shelf_token(&s, GP_SIM_OK, ""));
	gp_sim_shelf_release(&s);
}

static struct gp_sim_note *
later(struct gp_sim_feed *f, const char *text, gp_instant due)
{
	struct gp_sim_note n = { .kind = GP_SIM_POST,
		.as = GP_SIM_CHANNEL,
		.text = text,
		.at = f->now,
		.due = due };

	return gp_sim_feed_add(f, &n);
}

/* Between what the scenario says, in the order of their moments. */
static void
what_waits_goes_out_in_its_time(void **state)
{
	struct gp_sim_note *b, *a, *gone;
	struct gp_sim_scenario *s;
	struct gp_sim_feed f;
	struct gp_why why;
	char path[64];
	gp_instant at;

	(void)state;
	s = gp_sim_scenario_read(unit_file(path, SPAN(month)), &why);
	assert_non_null(s);
	assert_int_equal(gp_sim_feed_init(&f, s, GP_SIM_VK), 0);
	assert_int_equal(gp_instant_civil("2026-10-01 12:00", &at), 0);
	assert_int_equal(gp_sim_feed_play(&f, at), 0);
	b = later(&f, "Б", at + 7200);
	a = later(&f, "А", at + 3600);
	gone = later(&f, "Снят", at + 3660);
	assert_int_equal(gp_sim_feed_posts(&f), 1);
	assert_int_equal(gp_sim_feed_waiting(&f), 3);
	assert_true(gp_sim_feed_gone(&f, a));
	assert_true(gp_sim_feed_clash(&f, at + 3601, NULL));
	assert_false(gp_sim_feed_clash(&f, at + 3601, a));
	gp_sim_feed_drop(&f, gone);
	assert_int_equal(gp_sim_feed_play(&f, at + 3599), 0);
	assert_int_equal(gp_sim_feed_posts(&f), 1);
	assert_int_equal(gp_sim_feed_play(&f, s->now), 0);
	assert_int_equal(f.posts.n, 4);
	assert_string_equal(f.posts.v[1]->text, "А");
	assert_string_equal(f.posts.v[2]->text, "Б");
	assert_string_equal(f.posts.v[3]->text, "Два");
	assert_ptr_equal(a->heir, f.posts.v[1]);
	assert_int_equal(b->heir->was, b->id);
	assert_int_equal(b->heir->at, at + 7200);
	assert_int_equal(gp_sim_feed_waiting(&f), 0);
	gp_sim_feed_release(&f);
	gp_sim_scenario_free(s);
	unit_unfile(path);
}

static void
the_crowd_is_known_by_its_ids(void **state)
{
	const struct gp_sim_person *p;
	struct gp_sim_crowd c;

	(void)state;
	assert_int_equal(gp_sim_crowd_init(&c), 0);
	p = gp_sim_crowd_person(&c, 7);
	assert_ptr_equal(gp_sim_crowd_by_id(&c, p->id), p);
	assert_ptr_equal(gp_sim_crowd_person(&c, 7 + 1021), p);
	assert_null(gp_sim_crowd_by_id(&c, 5));
	assert_null(gp_sim_crowd_by_id(&c, 330000000));
	gp_sim_crowd_release(&c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_book_finds_the_newest_of_a_key),
		cmocka_unit_test(a_change_counts_or_stands_by_itself),
		cmocka_unit_test(tokens_lead_to_their_item_alone),
		cmocka_unit_test(what_waits_goes_out_in_its_time),
		cmocka_unit_test(the_crowd_is_known_by_its_ids),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
