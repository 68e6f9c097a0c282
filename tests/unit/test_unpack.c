/* Packed replies: whole, in several members, damaged, lying about their size. */
#include "unit.h"

#include <zlib.h>

#include "http/unpack.h"

static struct gp_unpacker *unpacker;

/* Appends a member of gzip, made by another library than the one that reads. */
static void
pack(struct gp_buf *to, struct gp_span s)
{
	z_stream z = { .next_in = (unsigned char *)(uintptr_t)s.p,
		.avail_in = (unsigned)s.n };
	char p[8192 * 16];
	size_t room = sizeof(p);

	assert_int_equal(
	    deflateInit2(&z, 9, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY),
	    Z_OK);
	z.next_out = (unsigned char *)p;
	z.avail_out = (unsigned)room;
	assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
	gp_buf_add(to, p, room - z.avail_out);
	deflateEnd(&z);
}

static void
fill(struct gp_buf *b, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		gp_buf_addc(b, 'a' + (int)(i * i % 26));
}

static void
whole(void **state)
{
	struct gp_buf body, text;
	size_t n;

	(void)state;
	gp_buf_init(&body, 0);
	gp_buf_init(&text, 0);
	for (n = 0; n < 100000; n = n * 3 + 1) {
		gp_buf_reset(&text);
		gp_buf_reset(&body);
		fill(&text, n);
		pack(&body, gp_buf_span(&text));
		assert_int_equal(gp_unpack_gzip(unpacker, &body), GP_UNPACK_OK);
		unit_span("unpacked", gp_buf_span(&body), gp_buf_span(&text));
		assert_int_equal(body.p[body.n], 0);
	}
	/* One behind another. */
	gp_buf_reset(&body);
	pack(&body, gp_span_of("one "));
	pack(&body, gp_span_of("two"));
	assert_int_equal(gp_unpack_gzip(unpacker, &body), GP_UNPACK_OK);
	assert_string_equal(body.p, "one two");
	gp_buf_reset(&body);
	assert_int_equal(gp_unpack_gzip(unpacker, &body), GP_UNPACK_OK);
	assert_int_equal(body.n, 0);
	gp_buf_release(&body);
	gp_buf_release(&text);
}

static void
damaged(void **state)
{
	struct gp_buf body, packed;
	size_t i;

	(void)state;
	gp_buf_init(&packed, 0);
	gp_buf_init(&body, 0);
	pack(&packed, gp_span_of("hello, hello, hello"));
	/* Cut off anywhere, or with more behind it. */
	for (i = 1; i < packed.n; i++) {
		gp_buf_reset(&body);
		gp_buf_add(&body, packed.p, i);
		assert_int_equal(
		    gp_unpack_gzip(unpacker, &body), GP_UNPACK_DAMAGED);
	}
	/* Each byte changed: said, or of no matter (time, system). */
	for (i = 0; i < packed.n; i++) {
		gp_buf_reset(&body);
		gp_buf_add(&body, packed.p, packed.n);
		body.p[i] = (char)~body.p[i];
		if (gp_unpack_gzip(unpacker, &body) == GP_UNPACK_OK)
			assert_string_equal(body.p, "hello, hello, hello");
	}
	gp_buf_reset(&body);
	gp_buf_add(&body, packed.p, packed.n);
	gp_buf_adds(&body, "more");
	assert_int_equal(gp_unpack_gzip(unpacker, &body), GP_UNPACK_DAMAGED);
	gp_buf_release(&body);
	gp_buf_release(&packed);
}

static void
ceiling(void **state)
{
	struct gp_buf body, text;

	(void)state;
	gp_buf_init(&body, 4096);
	gp_buf_init(&text, 0);
	fill(&text, 4096);
	pack(&body, gp_buf_span(&text));
	assert_int_equal(gp_unpack_gzip(unpacker, &body), GP_UNPACK_OK);
	assert_int_equal(body.n, 4096);
	gp_buf_reset(&body);
	gp_buf_reset(&text);
	fill(&text, 4097);
	pack(&body, gp_buf_span(&text));
	assert_int_equal(gp_unpack_gzip(unpacker, &body), GP_UNPACK_LARGE);
	/* Its length is a lie: small, then beyond all measure. */
	gp_buf_reset(&body);
	gp_buf_reset(&text);
	fill(&text, 3000);
	pack(&body, gp_buf_span(&text));
	memset(body.p + body.n - 4, 0, 4);
	assert_int_equal(gp_unpack_gzip(unpacker, &body), GP_UNPACK_DAMAGED);
	gp_buf_reset(&body);
	pack(&body, gp_buf_span(&text));
	memset(body.p + body.n - 4, 0xff, 4);
	assert_int_equal(gp_unpack_gzip(unpacker, &body), GP_UNPACK_DAMAGED);
	gp_buf_release(&body);
	gp_buf_release(&text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(whole),
		cmocka_unit_test(damaged),
		cmocka_unit_test(ceiling),
	};
	int r;

	unpacker = gp_unpacker_new();
	r = cmocka_run_group_tests_name("unpack", tests, NULL, NULL);
	gp_unpacker_free(unpacker);
	return r;
}
