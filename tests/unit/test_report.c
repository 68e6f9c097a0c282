/* The parts of gp-report that count: quantiles, names, keys, periods. */
#include "unit.h"

#include <stdlib.h>

#include "report/dict.h"
#include "report/keymap.h"
#include "report/period.h"
#include "report/quantile.h"

static int
by_size(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

/* Against the sorted values, of n of a wide spread. */
static void
try_quantiles(size_t n, double error)
{
	static const double q[] = { 0.001, 0.1, 0.5, 0.9, 0.99, 1 };
	struct gp_quantile to = { .n = 0 };
	uint32_t *v = malloc(n * sizeof(*v));
	uint64_t s = 88172645463325252ull;
	size_t i;

	assert_non_null(v);
	for (i = 0; i < n; i++) {
		s ^= s << 13;
		s ^= s >> 7;
		s ^= s << 17;
		v[i] = (uint32_t)s >> (s >> 40) % 32;
		gp_quantile_add(&to, v[i]);
	}
	qsort(v, n, sizeof(*v), by_size);
	for (i = 0; i < COUNT(q); i++) {
		size_t rank = (size_t)(q[i] * (double)n);
		double is, told = gp_quantile_at(&to, q[i], n);

		if ((double)rank < q[i] * (double)n)
			rank++;
		is = v[rank - 1];
		assert_true(told >= is * (1 - error) - 1e-9);
		assert_true(told <= is * (1 + error) + 1e-9);
	}
	assert_true(gp_quantile_at(&to, 1, n + 1) < 0);
	gp_quantile_release(&to);
	free(v);
}

static void
quantiles(void **state)
{
	struct gp_quantile none = { .n = 0 };

	(void)state;
	assert_true(gp_quantile_at(&none, 0.5, 0) < 0);
	try_quantiles(1, 0);
	try_quantiles(GP_EXACT, 0);
	try_quantiles(GP_EXACT + 1, GP_QUANTILE_ERROR);
	try_quantiles(300000, GP_QUANTILE_ERROR);
}

static void
names(void **state)
{
	struct gp_dict d;
	struct gp_dict_cache c;
	char name[16], longer[1000];
	size_t i;

	(void)state;
	gp_dict_init(&d, 500);
	gp_dict_cache_init(&c, &d);
	assert_int_equal(gp_dict_no(&c, gp_span_of("")), 0);
	for (i = 1; i <= 600; i++) {
		snprintf(name, sizeof(name), "имя %zu", i);
		assert_int_equal(
		    gp_dict_no(&c, gp_span_of(name)), i <= 500 ? i : 501);
	}
	assert_true(gp_span_is(gp_dict_name(&d, 7), "имя 7"));
	assert_int_equal(gp_dict_find(&d, gp_span_of("имя 500")), 500);
	assert_int_equal(gp_dict_find(&d, gp_span_of("имя 501")), 0);
	assert_null(gp_dict_name(&d, 501).p);
	gp_dict_cache_release(&c);
	gp_dict_release(&d);

	/* Cut before a sign, and alike for whoever asks. */
	memset(longer, 'x', sizeof(longer));
	memcpy(longer + GP_DICT_BYTES - 1, "я", 2);
	gp_dict_init(&d, 5);
	gp_dict_cache_init(&c, &d);
	assert_int_equal(
	    gp_dict_no(&c, (struct gp_span){ longer, sizeof(longer) }), 1);
	assert_int_equal(gp_dict_name(&d, 1).n, GP_DICT_BYTES - 1);
	assert_int_equal(gp_dict_no(&c, gp_dict_name(&d, 1)), 1);
	gp_dict_cache_release(&c);
	gp_dict_release(&d);
}

static void
keys(void **state)
{
	struct gp_keymap m = { .n = 0 };
	uint64_t i;

	(void)state;
	assert_int_equal(gp_keymap_find(&m, 0), -1);
	for (i = 0; i < 5000; i++)
		assert_int_equal(gp_keymap_put(&m, i * i), (int64_t)i);
	for (i = 0; i < 5000; i++)
		assert_int_equal(gp_keymap_find(&m, i * i), (int64_t)i);
	assert_int_equal(gp_keymap_find(&m, 3), -1);
	gp_keymap_release(&m);
}

static gp_instant
at(const char *s)
{
	gp_instant t;

	assert_int_equal(gp_instant_civil(s, &t), 0);
	return t;
}

/* Each instant of a period lies in one piece, and pieces leave no gaps. */
static void
periods(void **state)
{
	static const char *const zones[] = { "Europe/Moscow", "Europe/Berlin",
		"Asia/Vladivostok", "America/Sao_Paulo", "+05:45" };
	struct gp_period p;
	struct gp_why why;
	size_t z, i;
	int by;

	(void)state;
	for (z = 0; z < COUNT(zones); z++) {
		assert_int_equal(gp_zone_set(zones[z], &why), 0);
		for (by = GP_BY_DAY; by <= GP_BY_MONTH; by++) {
			struct gp_range all = { at("2018-01-17"),
				at("2019-01-03") };

			assert_int_equal(gp_period_init(&p, all, (enum gp_by)by,
					     GP_AGAINST_PREVIOUS, &why),
			    0);
			assert_int_equal(p.piece[0].from, all.from);
			assert_int_equal(p.piece[p.n - 1].to, all.to);
			for (i = 0; i < p.n; i++) {
				assert_true(p.piece[i].from < p.piece[i].to);
				if (i > 0)
					assert_int_equal(
					    p.piece[i].from, p.piece[i - 1].to);
				assert_int_equal(
				    p.before[i].to, p.piece[i].from);
				assert_int_equal(
				    gp_period_of(&p, p.piece[i].from), i);
				assert_int_equal(
				    gp_period_of(&p, p.piece[i].to - 1), i);
			}
			assert_int_equal(gp_period_of(&p, all.to), -1);
			assert_int_equal(gp_period_of(&p, all.from - 1), -1);
			gp_period_release(&p);
		}
	}
	assert_int_equal(gp_zone_set("UTC", &why), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(quantiles),
		cmocka_unit_test(names),
		cmocka_unit_test(keys),
		cmocka_unit_test(periods),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
