/* The engine against a server that misbehaves, on loopback. */
#include "unit.h"

#include "badserver.h"
#include "base/instant.h"
#include "http/bucket.h"
#include "http/http.h"

static struct gp_http *http;
static char told[256];

static void
say(void *ctx, const char *what, double seconds)
{
	(void)ctx;
	snprintf(told, sizeof(told), "%s %.0f", what, seconds);
}

static void
fresh(struct gp_http_call *c, const char *path)
{
	size_t i;

	for (i = 0; i < 26; i++)
		server.hits[i] = 0;
	gp_http_call_reset(c);
	gp_buf_addf(&c->req.url, "http://127.0.0.1:%u%s", server.port, path);
	told[0] = '\0';
}

static void
ends(struct gp_http_call *c, enum gp_http_end want, const char *why)
{
	enum gp_http_end end = gp_http_do(http, c);

	if (end != want)
		fail_msg("%s: ended %d, %s", c->req.url.p, (int)end,
		    end == GP_HTTP_OK ? "" : c->why.msg);
	if (why != NULL && strstr(c->why.msg, why) == NULL)
		fail_msg("%s: '%s'", c->req.url.p, c->why.msg);
}

static void
good(void **state)
{
	struct gp_http_call c;

	(void)state;
	gp_http_call_init(&c);
	fresh(&c, "/ok");
	c.req.header[0] = "X-One: 1";
	ends(&c, GP_HTTP_OK, NULL);
	assert_int_equal(c.reply.status, 200);
	assert_string_equal(c.reply.body.p, "hello");
	assert_string_equal(c.reply.type.p, "text/plain");
	assert_int_equal(c.reply.tries, 1);
	assert_int_equal(c.reply.retry_after, -1);
	assert_non_null(strstr(server.asked, "\r\nUser-Agent: gp-test\r\n"));
	assert_non_null(strstr(server.asked, "\r\nX-One: 1\r\n"));
	assert_non_null(strstr(server.asked, "gzip"));
	fresh(&c, "/ok");
	c.req.method = "POST";
	c.req.type = "text/x";
	gp_buf_adds(&c.req.body, "a=1");
	ends(&c, GP_HTTP_OK, NULL);
	assert_memory_equal(server.asked, "POST /ok ", 9);
	assert_non_null(strstr(server.asked, "Content-Type: text/x"));
	assert_non_null(strstr(server.asked, "Content-Length: 3"));
	assert_null(strstr(server.asked, "Expect:"));
	fresh(&c, "/nothing");
	ends(&c, GP_HTTP_OK, NULL);
	assert_int_equal(c.reply.status, 404);
	assert_int_equal(server.hits['n' - 'a'], 1);
	gp_http_call_release(&c);
}

static void
waits(void **state)
{
	struct gp_http_call c;

	(void)state;
	gp_http_call_init(&c);
	fresh(&c, "/wait");
	ends(&c, GP_HTTP_OK, NULL);
	assert_int_equal(c.reply.status, 200);
	assert_int_equal(c.reply.tries, 2);
	assert_true(c.reply.waited > 2.5 && c.reply.waited < 4);
	assert_string_equal(told, "the network asks to wait 3");
	fresh(&c, "/more");
	c.req.bucket = "another";
	ends(&c, GP_HTTP_WAIT,
	    "it asks to wait 9999 s, more than the 30 s "
	    "allowed");
	assert_int_equal(c.reply.retry_after, 9999);
	assert_int_equal(server.hits['m' - 'a'], 1);
	gp_http_call_release(&c);
}

static void
tries_again(void **state)
{
	struct gp_http_call c;

	(void)state;
	gp_http_call_init(&c);
	fresh(&c, "/unwell");
	ends(&c, GP_HTTP_OK, NULL);
	assert_int_equal(c.reply.status, 200);
	assert_int_equal(c.reply.tries, 2);
	/* What must not be sent twice is not. */
	fresh(&c, "/unwell");
	c.req.once = 1;
	ends(&c, GP_HTTP_OK, NULL);
	assert_int_equal(c.reply.status, 503);
	assert_string_equal(c.reply.body.p, "ill");
	assert_int_equal(c.reply.tries, 1);
	fresh(&c, "/reset");
	c.req.once = 1;
	ends(&c, GP_HTTP_NET, NULL);
	assert_int_equal(server.hits['r' - 'a'], 1);
	gp_http_call_release(&c);
}

static void
redirects(void **state)
{
	struct gp_http_call c;
	char want[128];

	(void)state;
	gp_http_call_init(&c);
	/* Not followed unless asked: the whole address is told. */
	fresh(&c, "/jump");
	ends(&c, GP_HTTP_OK, NULL);
	assert_int_equal(c.reply.status, 301);
	snprintf(want, sizeof(want), "http://127.0.0.1:%u/ok", server.port);
	assert_string_equal(c.reply.location.p, want);
	fresh(&c, "/jump");
	c.req.follow = 1;
	ends(&c, GP_HTTP_OK, NULL);
	assert_int_equal(c.reply.status, 200);
	assert_string_equal(c.reply.body.p, "hello");
	fresh(&c, "/loop");
	c.req.follow = 3;
	ends(&c, GP_HTTP_LIMIT, "redirected more than 3 times");
	assert_int_equal(server.hits['l' - 'a'], 4);
	fresh(&c, "/loop");
	c.req.follow = 1000;
	ends(&c, GP_HTTP_LIMIT, "redirected more than 5 times");
	gp_http_call_release(&c);
}

static void
redirects_away(void **state)
{
	static const struct {
		const char *to, *why;
	} cases[] = {
		{ "http://example.com/", "plain http goes to this machine" },
		{ "http://127.0.0.1.evil.example/", "plain http goes to" },
		{ "http://10.0.0.1/", "plain http goes to this machine" },
		{ "//example.com/", "plain http goes to this machine" },
		{ "http://x@127.0.0.1/", "a URL with a user's name in it" },
		{ "ftp://127.0.0.1/", "'ftp' is not spoken here" },
		{ "file:///etc/passwd", NULL },
		{ "gopher://127.0.0.1:1/", "'gopher' is not spoken here" },
	};
	struct gp_http_call c;
	char path[256];
	size_t i;

	(void)state;
	gp_http_call_init(&c);
	for (i = 0; i < COUNT(cases); i++) {
		snprintf(path, sizeof(path), "/away?%s", cases[i].to);
		fresh(&c, path);
		c.req.follow = 2;
		ends(&c, GP_HTTP_BAD, cases[i].why);
		assert_int_equal(server.hits['a' - 'a'], 1);
	}
	/* A request that carries a secret stays where it was sent. */
	snprintf(
	    path, sizeof(path), "/away?http://localhost:%u/ok", server.port);
	fresh(&c, path);
	c.req.follow = 2;
	c.req.secret = "12345:HUSH";
	c.req.header[0] = "Authorization: 12345:HUSH";
	ends(&c, GP_HTTP_BAD, "would carry the secret to another host");
	assert_int_equal(server.hits['o' - 'a'], 0);
	fresh(&c, "/jump");
	c.req.follow = 2;
	c.req.secret = "12345:HUSH";
	ends(&c, GP_HTTP_OK, NULL);
	gp_http_call_release(&c);
}

static void
ceilings(void **state)
{
	struct gp_http_call c;

	(void)state;
	gp_http_call_init(&c);
	fresh(&c, "/bomb");
	ends(&c, GP_HTTP_LIMIT, "the reply is larger than 8388608 bytes");
	assert_true(c.reply.body.n <= GP_MAX_REPLY);
	assert_int_equal(server.hits['b' - 'a'], 1);
	fresh(&c, "/endless");
	c.req.max_reply = 1000;
	ends(&c, GP_HTTP_LIMIT, "the reply is larger than 1000 bytes");
	fresh(&c, "/flood");
	ends(&c, GP_HTTP_LIMIT, "the reply is larger than 65536 bytes");
	/* The same call is good for the next request. */
	fresh(&c, "/ok");
	ends(&c, GP_HTTP_OK, NULL);
	assert_string_equal(c.reply.body.p, "hello");
	gp_http_call_release(&c);
}

static void
breaks(void **state)
{
	struct gp_http_call c;
	double from;

	(void)state;
	gp_http_call_init(&c);
	fresh(&c, "/cut");
	c.req.once = 1;
	ends(&c, GP_HTTP_NET, "the reply was cut off");
	fresh(&c, "/garbage");
	c.req.once = 1;
	assert_true(gp_http_do(http, &c) != GP_HTTP_OK);
	fresh(&c, "/slow");
	c.req.once = 1;
	c.req.timeout = 1;
	from = gp_clock();
	ends(&c, GP_HTTP_NET, NULL);
	assert_true(gp_clock() - from < 3);
	/* Nobody listens there; the token does not stand in the words. */
	gp_http_call_reset(&c);
	c.req.once = 1;
	c.req.secret = "12345:HUSH";
	gp_buf_adds(&c.req.url, "http://127.0.0.1:1/bot12345:HUSH/");
	ends(&c, GP_HTTP_NET, NULL);
	assert_null(strstr(c.why.msg, "HUSH"));
	gp_http_call_reset(&c);
	gp_buf_adds(&c.req.url, "http://example.com/bot12345:HUSH/");
	c.req.secret = "12345:HUSH";
	ends(&c, GP_HTTP_BAD, "plain http goes to this machine only");
	assert_null(strstr(c.why.msg, "HUSH"));
	gp_http_call_release(&c);
}

/* Several at a time; each comes back once, with what it asked for. */
static void
together(void **state)
{
	struct gp_http_call c[12], *one;
	size_t i, back = 0;
	double from;

	(void)state;
	for (i = 0; i < 12; i++) {
		gp_http_call_init(&c[i]);
		fresh(&c[i], i % 3 == 0 ? "/nothing" : "/ok");
		c[i].req.bucket = "paced";
		c[i].req.rate = 20;
		c[i].req.burst = 4;
		c[i].user = &c[i];
	}
	from = gp_clock();
	for (i = 0; i < 12; i++)
		assert_int_equal(gp_http_send(http, &c[i]), 0);
	while ((one = gp_http_next(http)) != NULL) {
		assert_ptr_equal(one->user, one);
		one->user = NULL;
		assert_int_equal(one->end, GP_HTTP_OK);
		assert_int_equal(
		    one->reply.status, (one - c) % 3 == 0 ? 404 : 200);
		back++;
	}
	assert_int_equal(back, 12);
	/* Four at once and eight more at twenty a second. */
	assert_true(gp_clock() - from >= 0.39);
	for (i = 0; i < 12; i++)
		gp_http_call_release(&c[i]);
}

static int
setup(void **state)
{
	struct gp_http_conf conf = { .agent = "gp-test",
		.timeout = 20,
		.retries = 2,
		.max_wait = 30,
		.say = say };
	struct gp_why why;

	(void)state;
	http = gp_http_new(&conf, &why);
	return http == NULL || server_start() == -1;
}

static int
teardown(void **state)
{
	(void)state;
	server_stop();
	gp_http_free(http);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(good),
		cmocka_unit_test(waits),
		cmocka_unit_test(tries_again),
		cmocka_unit_test(redirects),
		cmocka_unit_test(redirects_away),
		cmocka_unit_test(ceilings),
		cmocka_unit_test(breaks),
		cmocka_unit_test(together),
	};

	return cmocka_run_group_tests_name("http", tests, setup, teardown);
}
