/* UTF-8: what is valid, how wide, how long, what reaches a terminal. */
#include "unit.h"

#include "base/utf8.h"

static void
valid(void **state)
{
	static const struct {
		struct gp_span s;
		int valid;
	} cases[] = {
		{ T(""), 1 },
		{ T("a\0b"), 1 },
		{ T("\x7f\xc2\x80\xdf\xbf"), 1 },
		{ T("\xe0\xa0\x80\xed\x9f\xbf\xee\x80\x80\xef\xbf\xbf"), 1 },
		{ T("\xf0\x90\x80\x80\xf4\x8f\xbf\xbf"), 1 },
		{ T("\x80"), 0 },
		{ T("\xbf"), 0 },
		{ T("\xc0\x80"), 0 },
		{ T("\xc1\xbf"), 0 },
		{ T("\xc2"), 0 },
		{ T("\xc2\x7f"), 0 },
		{ T("\xe0\x9f\xbf"), 0 },
		{ T("\xe0\xa0"), 0 },
		{ T("\xe1\x80\xc0"), 0 },
		{ T("\xed\xa0\x80"), 0 },
		{ T("\xed\xbf\xbf"), 0 },
		{ T("\xf0\x8f\xbf\xbf"), 0 },
		{ T("\xf0\x90\x80"), 0 },
		{ T("\xf4\x90\x80\x80"), 0 },
		{ T("\xf5\x80\x80\x80"), 0 },
		{ T("\xf8\x88\x80\x80\x80"), 0 },
		{ T("\xfe"), 0 },
		{ T("\xff"), 0 },
		{ T("abcdefgh\xd0\x9fijklmnop\xff"), 0 },
		{ T("abcdefghijklmno\xd0"), 0 },
	};
	size_t i, shift;
	char *p;

	(void)state;
	for (i = 0; i < COUNT(cases); i++)
		for (shift = 0; shift < 9; shift++) {
			/* At every place within a word of eight bytes. */
			p = malloc(shift + cases[i].s.n + 1);
			memset(p, 'x', shift);
			memcpy(p + shift, cases[i].s.p, cases[i].s.n);
			if (gp_utf8_valid((struct gp_span){
				p, shift + cases[i].s.n }) != cases[i].valid)
				fail_msg("case %zu, shift %zu", i, shift);
			free(p);
		}
}

/* Every code point comes back as it was put. */
static void
all_points(void **state)
{
	struct gp_buf b;
	const char *p;
	uint32_t c, got;

	(void)state;
	gp_buf_init(&b, 0);
	for (c = 0; c < 0x110010; c++) {
		gp_buf_reset(&b);
		gp_utf8_put(&b, c);
		assert_true(gp_utf8_valid(gp_buf_span(&b)));
		p = b.p;
		got = gp_utf8_next(&p, b.p + b.n);
		assert_ptr_equal(p, b.p + b.n);
		assert_int_equal(got,
		    c > 0x10ffff || (c >= 0xd800 && c < 0xe000) ? 0xfffd : c);
	}
	gp_buf_release(&b);
}

#define FFFD "\xef\xbf\xbd"

static void
mended(void **state)
{
	static const struct {
		struct gp_span in, out;
	} cases[] = {
		{ T(""), T("") },
		{ T("a\xd0\x9f"), T("a\xd0\x9f") },
		{ T("a\xff"
		    "b"),
		    T("a" FFFD "b") },
		{ T("\xd0"), T(FFFD) },
		{ T("\xe2\x82"), T(FFFD FFFD) },
		{ T("\xed\xa0\x80"), T(FFFD FFFD FFFD) },
		{ T("\xc0\xaf"), T(FFFD FFFD) },
		{ T("\xf0\x9f\x98x"), T(FFFD FFFD FFFD "x") },
	};
	struct gp_buf b;
	size_t i;

	(void)state;
	gp_buf_init(&b, 0);
	for (i = 0; i < COUNT(cases); i++) {
		gp_buf_reset(&b);
		gp_utf8_mend(&b, cases[i].in);
		unit_span("mended", gp_buf_span(&b), cases[i].out);
	}
	gp_buf_release(&b);
}

#define FAMILY                                                                 \
	"\xf0\x9f\x91\xa8\xe2\x80\x8d\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91" \
	"\xa7"
#define RU     "\xf0\x9f\x87\xb7\xf0\x9f\x87\xba"
#define SKIN   "\xf0\x9f\x91\x8d\xf0\x9f\x8f\xbd"
#define PRIVET "\xd0\x9f\xd1\x80\xd0\xb8\xd0\xb2\xd0\xb5\xd1\x82"

static void
widths(void **state)
{
	static const struct {
		struct gp_span s;
		size_t width, units;
	} cases[] = {
		{ T(""), 0, 0 }, { T("abc"), 3, 3 }, { T(PRIVET), 6, 6 },
		{ T("\xd0\xb8\xcc\x86"), 1, 2 },         /* и + breve */
		{ T("e\xcc\x81\xcc\xa3"), 1, 3 },        /* two marks */
		{ T("\xe4\xb8\xad\xe6\x96\x87"), 4, 2 }, /* 中文 */
		{ T("\xef\xbc\xa1"), 2, 1 },             /* full width A */
		{ T("\xf0\x9f\x98\xb9"), 2, 2 },         /* a cat */
		{ T(FAMILY), 2, 8 }, { T(FAMILY FAMILY), 4, 16 },
		{ T(RU), 2, 4 }, { T(RU RU), 4, 8 }, { T(SKIN), 2, 4 },
		{ T("\xe2\x9d\xa4\xef\xb8\x8f"), 2, 2 },  /* heart, as emoji */
		{ T("1\xef\xb8\x8f\xe2\x83\xa3"), 2, 3 }, /* keycap */
		{ T("a\xe2\x80\x8b"
		    "b"),
		    2, 3 },              /* zero width space */
		{ T("\xc2\xad"), 1, 1 }, /* soft hyphen */
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		if (gp_utf8_width(cases[i].s) != cases[i].width)
			fail_msg("'%s' is %zu wide", cases[i].s.p,
			    gp_utf8_width(cases[i].s));
		if (gp_utf8_units(cases[i].s) != cases[i].units)
			fail_msg("'%s' has %zu units", cases[i].s.p,
			    gp_utf8_units(cases[i].s));
	}
}

/* Nothing is cut inside a grapheme. */
static void
fits(void **state)
{
	static const struct {
		struct gp_span s;
		size_t width;
		struct gp_span fits;
	} cases[] = {
		{ T("abc"), 0, T("") },
		{ T("abc"), 2, T("ab") },
		{ T("abc"), 3, T("abc") },
		{ T("abc"), 9, T("abc") },
		{ T(PRIVET), 2, T("\xd0\x9f\xd1\x80") },
		{ T("\xe4\xb8\xad\xe6\x96\x87"), 3, T("\xe4\xb8\xad") },
		{ T("a" FAMILY "b"), 2, T("a") },
		{ T("a" FAMILY "b"), 3, T("a" FAMILY) },
		{ T(RU RU), 3, T(RU) },
		{ T("e\xcc\x81x"), 1, T("e\xcc\x81") },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cases); i++)
		unit_span(cases[i].s.p, gp_utf8_fit(cases[i].s, cases[i].width),
		    cases[i].fits);
}

/* What a citizen writes never steers a terminal. */
static void
plain(void **state)
{
	static const struct {
		struct gp_span in, out;
	} cases[] = {
		{ T(""), T("") },
		{ T("a b"), T("a b") },
		{ T("a\n\n\t b"), T("a b") },
		{ T(" \n a \r\n"), T("a") },
		{ T("a\x1b[31mb"), T("a [31mb") },
		{ T("a\x07\x08\x7f"
		    "b\0c"),
		    T("a b c") },
		{ T("a\xc2\x9b"
		    "31mb\xc2\x85"),
		    T("a 31mb") },
		{ T("a\xe2\x80\xa8"
		    "b\xe2\x80\xa9"),
		    T("a b") },
		{ T("a\xe2\x80\xae"
		    "b\xe2\x80\xac"),
		    T("a b") }, /* RLO PDF */
		{ T("a\xe2\x81\xa6"
		    "b\xe2\x81\xa9"),
		    T("a b") }, /* LRI PDI */
		{ T("\xe2\x80\x8f"
		    "a\xd8\x9c"
		    "b"),
		    T("a b") }, /* RLM ALM */
		{ T("\xef\xbb\xbf"
		    "a"),
		    T("a") },
		{ T("a\xff"
		    "b"),
		    T("a" FFFD "b") },
		{ T("a\xc2\xa0"
		    "b"),
		    T("a\xc2\xa0"
		      "b") },
		{ T(FAMILY), T(FAMILY) },
		{ T("\n\n"), T("") },
	};
	struct gp_buf b;
	size_t i;

	(void)state;
	gp_buf_init(&b, 0);
	for (i = 0; i < COUNT(cases); i++) {
		gp_buf_reset(&b);
		gp_utf8_plain(&b, cases[i].in);
		unit_span("plain", gp_buf_span(&b), cases[i].out);
	}
	gp_buf_release(&b);
}

static void
composed(void **state)
{
	static const struct {
		struct gp_span in, out;
	} cases[] = {
		{ T(""), T("") },
		{ T("abc"), T("abc") },
		{ T("\xd0\xb8\xcc\x86"), T("\xd0\xb9") },
		{ T("\xd0\x95\xcc\x88"), T("\xd0\x81") },
		{ T("e\xcc\x81"), T("\xc3\xa9") },
		{ T("\xef\xac\x81"), T("\xef\xac\x81") }, /* fi stays */
		{ T("a\0b"), T("a\0b") },
	};
	struct gp_buf b;
	size_t i;

	(void)state;
	gp_buf_init(&b, 0);
	for (i = 0; i < COUNT(cases); i++) {
		gp_buf_reset(&b);
		assert_int_equal(gp_utf8_nfc(&b, cases[i].in), 0);
		unit_span("nfc", gp_buf_span(&b), cases[i].out);
	}
	assert_int_equal(gp_utf8_nfc(&b, SPAN("\xff")), -1);
	gp_buf_release(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(valid),
		cmocka_unit_test(all_points),
		cmocka_unit_test(mended),
		cmocka_unit_test(widths),
		cmocka_unit_test(fits),
		cmocka_unit_test(plain),
		cmocka_unit_test(composed),
	};

	return cmocka_run_group_tests_name("utf8", tests, NULL, NULL);
}
