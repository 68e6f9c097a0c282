/* Buffers, spans, pools and reasons. */
#include "unit.h"

#include <errno.h>

#include "base/err.h"
#include "base/pool.h"

/* It is a C string, and the pad behind is there. */
static void
padded(const struct gp_buf *b)
{
	assert_true(b->n + GP_PAD <= b->cap);
	assert_int_equal(b->p[b->n], 0);
}

static void
grows(void **state)
{
	struct gp_buf b;
	size_t i;

	(void)state;
	gp_buf_init(&b, 0);
	assert_string_equal(gp_buf_str(&b), "");
	assert_int_equal(gp_buf_span(&b).n, 0);
	gp_buf_add(&b, NULL, 0);
	for (i = 0; i < 3000; i++) {
		gp_buf_addc(&b, 'a' + (int)(i % 26));
		padded(&b);
	}
	assert_int_equal(b.n, 3000);
	gp_buf_reset(&b);
	padded(&b);
	assert_string_equal(gp_buf_str(&b), "");
	gp_buf_adds(&b, "x");
	gp_buf_addf(&b, "%d-%s", 7, "y");
	gp_buf_add64(&b, INT64_MIN);
	gp_buf_add64(&b, INT64_MAX);
	gp_buf_add64(&b, 0);
	assert_string_equal(
	    b.p, "x7-y-922337203685477580892233720368547758070");
	padded(&b);
	gp_buf_release(&b);
	gp_buf_release(&b);
	gp_buf_adds(&b, "again");
	assert_string_equal(b.p, "again");
	gp_buf_release(&b);
}

/* The ceiling counts the text; what would pass it is dropped, all of it. */
static void
ceiling(void **state)
{
	struct gp_buf b;

	(void)state;
	gp_buf_init(&b, 10);
	gp_buf_adds(&b, "0123456789");
	assert_int_equal(b.bad, 0);
	gp_buf_addc(&b, 'x');
	assert_int_equal(b.bad, 1);
	assert_string_equal(b.p, "0123456789");
	gp_buf_adds(&b, "");
	assert_null(gp_buf_room(&b, 0));
	assert_null(gp_buf_detach(&b));
	assert_int_equal(b.bad, 0);
	gp_buf_addf(&b, "%s", "0123456789");
	assert_int_equal(b.bad, 0);
	gp_buf_reset(&b);
	gp_buf_adds(&b, "12345678");
	gp_buf_addf(&b, "%s", "9ab");
	assert_int_equal(b.bad, 1);
	assert_string_equal(b.p, "12345678");
	gp_buf_reset(&b);
	assert_int_equal(b.bad, 0);
	assert_null(gp_buf_room(&b, SIZE_MAX));
	assert_null(gp_buf_room(&b, 1));
	gp_buf_release(&b);
}

static void
room(void **state)
{
	struct gp_buf b;
	char *p;

	(void)state;
	gp_buf_init(&b, 0);
	p = gp_buf_room(&b, 1000);
	memset(p, 'q', 1000);
	gp_buf_used(&b, 3);
	assert_string_equal(b.p, "qqq");
	padded(&b);
	p = gp_buf_detach(&b);
	assert_string_equal(p, "qqq");
	free(p);
	p = gp_buf_detach(&b);
	assert_string_equal(p, "");
	free(p);
}

static void
spans(void **state)
{
	char *p;

	(void)state;
	assert_true(gp_span_is(SPAN("ab"), "ab"));
	assert_false(gp_span_is(SPAN("ab"), "abc"));
	assert_false(gp_span_is(SPAN("ab"), "a"));
	assert_false(gp_span_is(SPAN("a\0"), "a"));
	assert_true(gp_span_is(SPAN(""), ""));
	assert_true(gp_span_eq(SPAN(""), (struct gp_span){ NULL, 0 }));
	assert_true(gp_span_eq(SPAN("a\0b"), SPAN("a\0b")));
	assert_false(gp_span_eq(SPAN("a\0b"), SPAN("a\0c")));
	p = gp_span_dup((struct gp_span){ "abc", 2 });
	assert_string_equal(p, "ab");
	free(p);
	p = gp_span_dup((struct gp_span){ NULL, 0 });
	assert_string_equal(p, "");
	free(p);
}

/* Zeroed, aligned, standing until reset, whatever the sizes. */
static void
pool(void **state)
{
	struct gp_pool pool;
	struct gp_span s, big;
	uint64_t seed = 1;
	unsigned char *p;
	char *text;
	size_t n, k;
	int i, round;

	(void)state;
	gp_pool_init(&pool);
	for (round = 0; round < 3; round++) {
		s = gp_pool_copy(&pool, SPAN("kept"));
		for (i = 0; i < 3000; i++) {
			n = unit_random(&seed) % (i % 100 == 0 ? 200000 : 300);
			p = gp_pool_alloc(&pool, n);
			assert_non_null(p);
			assert_int_equal((uintptr_t)p % 16, 0);
			for (k = 0; k < n; k++)
				assert_int_equal(p[k], 0);
			memset(p, 0xa5, n);
		}
		big = gp_pool_fmt(&pool, "%0*d", 70000, 5);
		assert_int_equal(big.n, 70000);
		assert_int_equal(big.p[69999], '5');
		assert_string_equal(s.p, "kept");
		assert_int_equal(pool.bad, 0);
		gp_pool_reset(&pool);
	}
	assert_null(gp_pool_alloc(&pool, SIZE_MAX));
	assert_int_equal(pool.bad, 1);
	gp_pool_reset(&pool);
	assert_int_equal(pool.bad, 0);
	text = gp_pool_alloc(&pool, 0);
	assert_non_null(text);
	s = gp_pool_copy(&pool, (struct gp_span){ NULL, 0 });
	assert_string_equal(s.p, "");
	gp_pool_release(&pool);
	gp_pool_release(&pool);
}

static void
reasons(void **state)
{
	struct gp_why why;
	char longer[2000];

	(void)state;
	assert_int_equal(gp_because(&why, "no '%s'", "a"), -1);
	assert_string_equal(why.msg, "no 'a'");
	assert_int_equal(gp_because_of(&why, "file %d", 2), -1);
	assert_string_equal(why.msg, "file 2: no 'a'");
	assert_int_equal(gp_because(NULL, "x"), -1);
	assert_int_equal(gp_because_of(NULL, "x"), -1);
	memset(longer, 'x', sizeof(longer));
	longer[sizeof(longer) - 1] = '\0';
	gp_because(&why, "%s", longer);
	assert_int_equal(strlen(why.msg), sizeof(why.msg) - 1);
	gp_because_of(&why, "%s", longer);
	assert_int_equal(strlen(why.msg), sizeof(why.msg) - 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(grows),
		cmocka_unit_test(ceiling),
		cmocka_unit_test(room),
		cmocka_unit_test(spans),
		cmocka_unit_test(pool),
		cmocka_unit_test(reasons),
	};

	return cmocka_run_group_tests_name("buf", tests, NULL, NULL);
}
