/* Addresses and pacing: what needs no connection. */
#include "unit.h"

#include <arpa/inet.h>
#include <math.h>
#include <netinet/in.h>

#include "base/instant.h"
#include "http/bucket.h"
#include "http/http.h"
#include "http/url.h"

static void
urls(void **state)
{
	/* why NULL: taken; the host that is asked. */
	/* clang-format off */
	static const struct {
		const char *url, *host, *why;
		int plain;
	} cases[] = {
		{ "https://t.me/s/x", "t.me", NULL, 0 },
		{ "https://t.me:8443/s/x?a=b#c", "t.me", NULL, 0 },
		{ "HTTPS://T.ME/", "T.ME", NULL, 0 },
		{ "https://10.0.0.1/", "10.0.0.1", NULL, 0 },
		{ "https://xn--e1afmkfd.xn--p1ai/", "xn--e1afmkfd.xn--p1ai", NULL, 0 },
		{ "http://127.0.0.1:8080/x", "127.0.0.1", NULL, 1 },
		{ "http://127.255.0.9/x", "127.255.0.9", NULL, 1 },
		{ "http://localhost:1/", "localhost", NULL, 1 },
		{ "http://[::1]:8080/", "[::1]", NULL, 1 },
		{ "http://127.1/", "127.0.0.1", NULL, 1 },
		{ "http://0x7f000001/", "127.0.0.1", NULL, 1 },
		{ "http://2130706433/", "127.0.0.1", NULL, 1 },
		{ "http://t.me/", NULL, "plain http goes to this machine only, not to 't.me'", 0 },
		{ "http://127.0.0.1.evil.com/", NULL, "plain http goes to this machine only, not to '127.0.0.1.evil.com'", 0 },
		{ "http://127.0.0.1%2eevil.com/", NULL, "plain http goes to this machine only, not to '127.0.0.1.evil.com'", 0 },
		{ "http://localhost.evil.com/", NULL, "plain http goes to this machine only, not to 'localhost.evil.com'", 0 },
		{ "http://128.0.0.1/", NULL, "plain http goes to this machine only, not to '128.0.0.1'", 0 },
		{ "http://0.0.0.0/", NULL, "plain http goes to this machine only, not to '0.0.0.0'", 0 },
		{ "http://10.0.0.1/", NULL, "plain http goes to this machine only, not to '10.0.0.1'", 0 },
		{ "http://169.254.169.254/", NULL, "plain http goes to this machine only, not to '169.254.169.254'", 0 },
		{ "http://[::2]/", NULL, "plain http goes to this machine only, not to '[::2]'", 0 },
		{ "http://[fe80::1]/", NULL, "plain http goes to this machine only, not to '[fe80::1]'", 0 },
		{ "http://user@127.0.0.1/", NULL, "a URL with a user's name in it", 0 },
		{ "https://user@t.me/", NULL, "a URL with a user's name in it", 0 },
		{ "https://user:word@t.me/", NULL, "a URL with a user's name in it", 0 },
		{ "https://t.me@evil.com/", NULL, "a URL with a user's name in it", 0 },
		{ "http://127.0.0.1@evil.com/", NULL, "a URL with a user's name in it", 0 },
		{ "http://127.0.0.1:80@evil.com/", NULL, "a URL with a user's name in it", 0 },
		{ "ftp://t.me/", NULL, "'ftp' is not spoken here", 0 },
		{ "file:///etc/passwd", NULL, "not a URL", 0 },
		{ "gopher://127.0.0.1/", NULL, "'gopher' is not spoken here", 0 },
		{ "javascript:alert(1)", NULL, "not a URL", 0 },
		{ "", NULL, "not a URL", 0 },
		{ "t.me/x", NULL, "not a URL", 0 },
		{ "/s/x", NULL, "not a URL", 0 },
		{ "https://", NULL, "not a URL", 0 },
		{ "https:///x", "x", NULL, 0 }, /* as libcurl reads it */
		{ "https://t.me:99999/", NULL, "not a URL", 0 },
		{ "https://t me/", NULL, "not a URL", 0 },
		{ "https://t.me/\r\nHost: evil.com", NULL, "not a URL", 0 },
		{ "http://127.0.0.1\\@evil.com/", NULL, "a URL with a user's name in it", 0 },
	};
	/* clang-format on */
	struct gp_buf host;
	struct gp_why why;
	size_t i;
	int plain, r;

	(void)state;
	gp_buf_init(&host, 0);
	for (i = 0; i < COUNT(cases); i++) {
		plain = -1;
		why.msg[0] = '\0';
		gp_buf_reset(&host);
		r = gp_url_check(cases[i].url, &host, &plain, &why);
		if (r != (cases[i].why == NULL ? 0 : -1))
			fail_msg("%s: %d %s %s", cases[i].url, r, why.msg,
			    gp_buf_str(&host));
		if (r == -1) {
			assert_string_equal(why.msg, cases[i].why);
			continue;
		}
		assert_string_equal(gp_buf_str(&host), cases[i].host);
		assert_int_equal(plain, cases[i].plain);
	}
	gp_buf_release(&host);
}

static void
a_long_url(void **state)
{
	struct gp_buf b, host;
	struct gp_why why;
	int plain;

	(void)state;
	gp_buf_init(&b, 0);
	gp_buf_init(&host, 0);
	gp_buf_adds(&b, "https://t.me/");
	while (b.n < GP_MAX_URL)
		gp_buf_addc(&b, 'x');
	assert_int_equal(gp_url_check(b.p, &host, &plain, &why), 0);
	gp_buf_addc(&b, 'x');
	assert_int_equal(gp_url_check(b.p, &host, &plain, &why), -1);
	assert_string_equal(why.msg, "a URL of over 8192 bytes");
	gp_buf_release(&b);
	gp_buf_release(&host);
}

static void
addresses(void **state)
{
	static const struct {
		const char *text;
		int loopback;
	} cases[] = { { "127.0.0.1", 1 }, { "127.9.9.9", 1 },
		{ "128.0.0.1", 0 }, { "0.0.0.0", 0 }, { "10.0.0.1", 0 },
		{ "::1", 1 }, { "::", 0 }, { "::2", 0 }, { "fe80::1", 0 },
		{ "::ffff:10.0.0.1", 0 } };
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		struct sockaddr_in in = { .sin_family = AF_INET };
		struct sockaddr_in6 in6 = { .sin6_family = AF_INET6 };
		const void *sa = &in;

		if (inet_pton(AF_INET, cases[i].text, &in.sin_addr) != 1) {
			inet_pton(AF_INET6, cases[i].text, &in6.sin6_addr);
			sa = &in6;
		}
		if (gp_url_loopback(sa) != cases[i].loopback)
			fail_msg("%s", cases[i].text);
	}
}

static void
joined(void **state)
{
	static const struct {
		const char *base, *location, *whole;
	} cases[] = {
		{ "https://a.example/x/y?q=1", "z", "https://a.example/x/z" },
		{ "https://a.example/x/y", "/z", "https://a.example/z" },
		{ "https://a.example/x/y", "../z", "https://a.example/z" },
		{ "https://a.example/x/y", "?q=2",
		    "https://a.example/x/y?q=2" },
		{ "https://a.example/x", "//b.example/z",
		    "https://b.example/z" },
		{ "https://a.example/x", "http://b.example/",
		    "http://b.example/" },
		{ "https://a.example", "", "https://a.example/" },
		{ "nonsense", "z", NULL },
	};
	struct gp_buf b;
	size_t i;
	int r;

	(void)state;
	gp_buf_init(&b, 0);
	for (i = 0; i < COUNT(cases); i++) {
		r = gp_url_join(cases[i].base, cases[i].location, &b);
		assert_int_equal(r, cases[i].whole == NULL ? -1 : 0);
		if (r == 0)
			assert_string_equal(b.p, cases[i].whole);
	}
	gp_buf_release(&b);
}

static void
parameters(void **state)
{
	struct gp_buf b;

	(void)state;
	gp_buf_init(&b, 0);
	gp_buf_adds(&b, "https://a.example/x");
	gp_http_param(&b, "q", SPAN("a b&c=d?#%/+\xd0\x9f\0"));
	gp_http_param(&b, "n", SPAN("-._~09AZaz"));
	gp_http_param(&b, "e", SPAN(""));
	assert_string_equal(b.p,
	    "https://a.example/x?q=a%20b%26c%3Dd%3F%23%25"
	    "%2F%2B%D0%9F%00&n=-._~09AZaz&e=");
	gp_buf_reset(&b);
	gp_http_param(&b, "a", SPAN("1"));
	gp_http_param(&b, "b", SPAN("://"));
	gp_http_param(&b, "c", SPAN("2"));
	assert_string_equal(b.p, "a=1&b=%3A%2F%2F&c=2");
	gp_buf_release(&b);
}

static void
scrubbed(void **state)
{
	static const struct {
		struct gp_span in;
		const char *secret, *out;
	} cases[] = {
		{ T("/bot1:a/x"), "1:a", "/botTOKEN/x" },
		{ T("1:a1:a 1:a"), "1:a", "TOKENTOKEN TOKEN" },
		{ T("nothing"), "1:a", "nothing" },
		{ T("1:"), "1:a", "1:" },
		{ T("x"), "", "x" },
		{ T("x"), NULL, "x" },
		{ T(""), "a", "" },
	};
	struct gp_buf b;
	size_t i;

	(void)state;
	gp_buf_init(&b, 0);
	for (i = 0; i < COUNT(cases); i++) {
		gp_buf_reset(&b);
		gp_http_scrub(&b, cases[i].in, cases[i].secret);
		assert_string_equal(gp_buf_str(&b), cases[i].out);
	}
	gp_buf_release(&b);
}

/* -- pacing --------------------------------------------------------------- */

static void
bucket(void **state)
{
	struct gp_buckets b = { 0 };
	char key[16];
	int i;

	(void)state;
	/* Two a second, three at once: then every half second. */
	assert_true(gp_bucket_take(&b, "a", 2, 3, 100) == 100);
	assert_true(gp_bucket_take(&b, "a", 2, 3, 100) == 100);
	assert_true(gp_bucket_take(&b, "a", 2, 3, 100) == 100);
	assert_true(gp_bucket_take(&b, "a", 2, 3, 100) == 100.5);
	assert_true(gp_bucket_take(&b, "a", 2, 3, 100) == 101);
	/* One promised for 101 is still to come. */
	assert_true(gp_bucket_take(&b, "a", 2, 3, 100.5) == 101.5);
	/* A long rest fills it, up to the burst and no further. */
	assert_true(gp_bucket_take(&b, "a", 2, 3, 200) == 200);
	assert_true(gp_bucket_take(&b, "a", 2, 3, 200) == 200);
	assert_true(gp_bucket_take(&b, "a", 2, 3, 200) == 200);
	assert_true(gp_bucket_take(&b, "a", 2, 3, 200) == 200.5);
	/* Others are counted by themselves; no rate, no limit; burst 0 is 1. */
	assert_true(gp_bucket_take(&b, "b", 0, 0, 100) == 100);
	assert_true(gp_bucket_take(&b, "b", 0, 0, 100) == 100);
	assert_true(gp_bucket_take(&b, "c", 0.5, 0, 100) == 100);
	assert_true(gp_bucket_take(&b, "c", 0.5, 0, 100) == 102);
	for (i = 0; i < 100; i++) {
		snprintf(key, sizeof(key), "k%d", i);
		assert_true(gp_bucket_take(&b, key, 1, 1, 5) == 5);
	}
	assert_true(gp_bucket_take(&b, "k0", 1, 1, 5) == 6);
	gp_buckets_release(&b);
	assert_int_equal(b.n, 0);
}

static void
held(void **state)
{
	struct gp_buckets b = { 0 };

	(void)state;
	/* Nothing before the hold ends, and not all at its end. */
	assert_true(gp_bucket_take(&b, "a", 1, 1, 100) == 100);
	gp_bucket_hold(&b, "a", 130);
	assert_true(gp_bucket_take(&b, "a", 1, 1, 101) == 130);
	assert_true(gp_bucket_take(&b, "a", 1, 1, 101) == 131);
	assert_true(gp_bucket_take(&b, "a", 1, 1, 131) == 132);
	/* An earlier one does not shorten it. */
	gp_bucket_hold(&b, "a", 150);
	gp_bucket_hold(&b, "a", 140);
	assert_true(gp_bucket_take(&b, "a", 1, 1, 133) == 150);
	assert_true(gp_bucket_take(&b, "a", 0, 1, 133) == 150);
	/* One not seen before, held first. */
	gp_bucket_hold(&b, "new", 120);
	assert_true(gp_bucket_take(&b, "new", 2, 5, 100) == 120);
	assert_true(gp_bucket_take(&b, "new", 2, 5, 100) == 120.5);
	assert_true(gp_bucket_take(&b, "new", 2, 5, 300) == 300);
	gp_buckets_release(&b);
}

/* A table: what it was asked for, and what it gives next. */
struct shelf {
	struct gp_bucket_grant next;
	int asked, fails, holds;
};

static int
shelf_reserve(void *ctx, const char *key, double rate, double burst, int n,
    struct gp_bucket_grant *to, struct gp_why *why)
{
	struct shelf *s = ctx;

	assert_string_equal(key, "k");
	assert_true(rate == 4 && burst == 1);
	s->asked = n;
	*to = s->next;
	if (to->n > n)
		to->n = n;
	return s->fails ? gp_because(why, "away") : 0;
}

static int
shelf_hold(void *ctx, const char *key, double seconds, struct gp_why *why)
{
	struct shelf *s = ctx;

	(void)key;
	(void)why;
	assert_true(seconds > 0);
	s->holds++;
	return 0;
}

static void
of_table(void **state)
{
	struct shelf s = { .next = { 0, 0, 0, 0, 103 } };
	const struct gp_bucket_table t = { &s, shelf_reserve, shelf_hold };
	struct gp_buckets b = { .table = &t };
	struct gp_why why;
	double when;
	int i;

	(void)state;
	/* None to be had: four wait, and only the first has asked. */
	for (i = 0; i < 4; i++) {
		s.asked = 0;
		assert_int_equal(gp_bucket_ask(&b, "k", 4, 0, 100, &when, &why),
		    GP_BUCKET_ASK);
		assert_true(when == 103);
		assert_int_equal(s.asked, i == 0);
	}
	/* Then as many as wait are asked for, a second's worth at most. */
	s.next = (struct gp_bucket_grant){ 103.1, 103.2, 0.25, 9, 104 };
	assert_int_equal(
	    gp_bucket_ask(&b, "k", 4, 0, 103, &when, &why), GP_BUCKET_GO);
	assert_int_equal(s.asked, 4);
	assert_true(fabs(when - 103.2) < 1e-9);
	assert_int_equal(
	    gp_bucket_ask(&b, "k", 4, 0, 103, &when, &why), GP_BUCKET_GO);
	assert_true(fabs(when - 103.45) < 1e-9);
	/* The third has lapsed, the fourth has not; of the first two, too. */
	assert_int_equal(
	    gp_bucket_ask(&b, "k", 4, 0, 103.9, &when, &why), GP_BUCKET_GO);
	assert_true(fabs(when - 103.95) < 1e-9);
	/* What is reserved is given up at a hold. */
	s.next.n = 2;
	assert_int_equal(
	    gp_bucket_ask(&b, "k", 4, 0, 103, &when, &why), GP_BUCKET_GO);
	gp_bucket_hold(&b, "k", gp_clock() + 5);
	assert_int_equal(s.holds, 1);
	s.fails = 1;
	assert_int_equal(
	    gp_bucket_ask(&b, "k", 4, 0, 103, &when, &why), GP_BUCKET_AWAY);
	assert_string_equal(why.msg, "away");
	gp_buckets_release(&b);
}

/* Two programs, here two lists, keep to one level; a hold is of both. */
static void
shared(void **state)
{
	char dir[] = "/tmp/gp-test-XXXXXX";
	struct gp_buckets a = { .share = mkdtemp(dir) };
	struct gp_buckets b = { .share = dir };
	struct gp_buf name;

	(void)state;
	assert_non_null(a.share);
	assert_true(gp_bucket_take(&a, "secret T", 2, 2, 100) == 100);
	assert_true(gp_bucket_take(&b, "secret T", 2, 2, 100) == 100);
	assert_true(gp_bucket_take(&a, "secret T", 2, 2, 100) == 100.5);
	assert_true(gp_bucket_take(&b, "secret T", 2, 2, 100) == 101);
	gp_bucket_hold(&b, "secret T", 130);
	assert_true(gp_bucket_take(&a, "secret T", 2, 2, 102) == 130);
	/* The secret is in no name. */
	gp_buf_init(&name, 0);
	gp_buf_addf(&name, "ls %s | grep -q T && exit 1; exit 0", dir);
	assert_int_equal(system(gp_buf_str(&name)), 0);
	/* What is no level, as of another boot, counts for nothing. */
	gp_buf_reset(&name);
	gp_buf_addf(&name, "for f in %s/*; do echo x >$f; done", dir);
	assert_int_equal(system(gp_buf_str(&name)), 0);
	assert_true(gp_bucket_take(&a, "secret T", 2, 2, 103) == 103);
	gp_buf_reset(&name);
	gp_buf_addf(&name, "rm -r %s", dir);
	assert_int_equal(system(gp_buf_str(&name)), 0);
	gp_buf_release(&name);
	gp_buckets_release(&a);
	gp_buckets_release(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(urls),
		cmocka_unit_test(a_long_url),
		cmocka_unit_test(addresses),
		cmocka_unit_test(joined),
		cmocka_unit_test(parameters),
		cmocka_unit_test(scrubbed),
		cmocka_unit_test(bucket),
		cmocka_unit_test(held),
		cmocka_unit_test(of_table),
		cmocka_unit_test(shared),
	};

	return cmocka_run_group_tests_name("http url", tests, NULL, NULL);
}
