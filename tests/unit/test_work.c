/*
 * Leases of a worker that loses its way: what it took before is not lost. With
 * $GP_TEST_URL, an empty database; skipped without.
 */
#include "work/work.h"

#include <time.h>

#include "unit.h"

static const struct gp_work_how how = {
	.lease = 1, .term = 60, .min = 1, .max = 60, .tries = 3
};

static struct gp_work *
opened(const struct gp_work_how *as)
{
	const struct gp_work_page pages[] = { { "p1", "vk", "", NULL },
		{ "p2", "vk", "", NULL } };
	struct gp_work *w;
	struct gp_why why;

	if (gp_work_open(&w, getenv("GP_TEST_URL"), "me", as, &why) != GP_OK ||
	    gp_work_pages(w, pages, 2, 0, &why) == -1)
		fail_msg("%s", why.msg);
	return w;
}

static int
take(struct gp_work *w, struct gp_work_lease *l)
{
	struct gp_why why;
	int r = gp_work_take(w, l, &why);

	if (r == -1)
		fail_msg("%s", why.msg);
	return r;
}

/* As after a COMMIT whose answer was lost: it takes as if it had nothing. */
static void
takes_twice(void **state)
{
	struct gp_work_lease l;
	struct gp_work *w;
	struct gp_why why;
	int i;

	(void)state;
	if (getenv("GP_TEST_URL") == NULL)
		skip();
	w = opened(&how);
	gp_work_lease_init(&l);
	for (i = 0; i < 4; i++)
		assert_int_equal(take(w, &l), 1);
	assert_int_equal(gp_work_back(w, &l, GP_BACK_AS_WAS, NULL, &why), 1);
	/* Both pages are there for others. */
	for (i = 0; i < 2; i++) {
		assert_int_equal(take(w, &l), 1);
		assert_int_equal(
		    gp_work_back(w, &l, GP_BACK_WELL, NULL, &why), 1);
	}
	assert_int_equal(take(w, &l), 0);
	gp_work_lease_release(&l);
	gp_work_close(w);
}

/* Nobody else was there to see that its lease ran out. */
static void
outlives_its_lease(void **state)
{
	const struct timespec more = { 1, 300000000L };
	struct gp_work_how brief = how;
	struct gp_work_lease l;
	struct gp_work *w;
	struct gp_why why;
	int i;

	(void)state;
	if (getenv("GP_TEST_URL") == NULL)
		skip();
	brief.term = 1;
	brief.min = 0;
	w = opened(&brief);
	gp_work_lease_init(&l);
	for (i = 0; i < 4; i++) {
		nanosleep(&more, NULL);
		assert_int_equal(take(w, &l), 1);
	}
	assert_int_equal(gp_work_renew(w, &l, &why), 1);
	assert_int_equal(gp_work_back(w, &l, GP_BACK_WELL, NULL, &why), 1);
	gp_work_lease_release(&l);
	gp_work_close(w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(takes_twice),
		cmocka_unit_test(outlives_its_lease),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
