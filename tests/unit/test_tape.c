/* Recordings: the answers come again, and no secret stands in them. */
#include "unit.h"

#include <dirent.h>

#include "base/file.h"
#include "http/tape.h"

#define SECRET "12345:HUSH"

static void
exchange(struct gp_http_call *c, const char *url, const char *body, int status,
    const char *reply)
{
	gp_http_call_reset(c);
	c->req.secret = SECRET;
	gp_buf_adds(&c->req.url, url);
	if (body != NULL) {
		c->req.method = "POST";
		gp_buf_adds(&c->req.body, body);
	}
	if (reply == NULL)
		return;
	c->reply.status = status;
	c->reply.retry_after = status == 429 ? 17 : -1;
	gp_buf_adds(&c->reply.type, "application/json; charset=utf-8");
	gp_buf_adds(&c->reply.location, "https://a.example/bot" SECRET "/");
	gp_buf_adds(&c->reply.body, reply);
}

/* All files of the folder in one; the folder is emptied. */
static void
collect(const char *dir, struct gp_buf *all)
{
	char path[512];
	struct dirent *e;
	DIR *d = opendir(dir);

	assert_non_null(d);
	while ((e = readdir(d)) != NULL) {
		if (e->d_name[0] == '.')
			continue;
		gp_buf_adds(all, e->d_name);
		snprintf(path, sizeof(path), "%s/%s", dir, e->d_name);
		assert_int_equal(gp_file_read(path, all, NULL), 0);
		unlink(path);
	}
	closedir(d);
	rmdir(dir);
}

static void
played(struct gp_tape *t, const char *dir, struct gp_http_call *c, int status,
    const char *reply)
{
	struct gp_why why;

	if (gp_tape_read(t, dir, c, &why) == -1)
		fail_msg("%s", why.msg);
	assert_int_equal(c->reply.status, status);
	assert_string_equal(gp_buf_str(&c->reply.body), reply);
	assert_string_equal(
	    gp_buf_str(&c->reply.type), "application/json; charset=utf-8");
	assert_int_equal(c->reply.retry_after, status == 429 ? 17 : -1);
}

static void
tape(void **state)
{
	char dir[] = "/tmp/gp-unit-tape-XXXXXX";
	struct gp_tape *t = gp_tape_new();
	struct gp_http_call c;
	struct gp_why why;
	struct gp_buf all;

	(void)state;
	assert_non_null(mkdtemp(dir));
	assert_int_equal(rmdir(dir), 0); /* it is made when it is needed */
	gp_http_call_init(&c);
	exchange(&c, "https://a.example/bot" SECRET "/get?x=1", NULL, 429,
	    "{\"n\":0}");
	assert_int_equal(gp_tape_write(t, dir, &c, &why), 0);
	exchange(&c, "https://a.example/bot" SECRET "/get?x=1", NULL, 200,
	    "{\"echo\":\"" SECRET "\"}");
	assert_int_equal(gp_tape_write(t, dir, &c, &why), 0);
	exchange(&c, "https://a.example/p", "t=" SECRET "&a=1", 200, "{}");
	assert_int_equal(gp_tape_write(t, dir, &c, &why), 0);
	gp_tape_free(t);

	/* Another host and another secret: the same requests. */
	t = gp_tape_new();
	exchange(
	    &c, "http://127.0.0.1:99/bot" SECRET "/get?x=1", NULL, 0, NULL);
	played(t, dir, &c, 429, "{\"n\":0}");
	played(t, dir, &c, 200, "{\"echo\":\"TOKEN\"}");
	played(t, dir, &c, 200, "{\"echo\":\"TOKEN\"}"); /* the last again */
	exchange(&c, "http://127.0.0.1:99/bot67:OTHER/get?x=1", NULL, 0, NULL);
	c.req.secret = "67:OTHER";
	played(t, dir, &c, 200, "{\"echo\":\"TOKEN\"}");
	exchange(&c, "https://a.example/p", "t=" SECRET "&a=1", 0, NULL);
	played(t, dir, &c, 200, "{}");
	exchange(&c, "https://a.example/p", "t=" SECRET "&a=2", 0, NULL);
	assert_int_equal(gp_tape_read(t, dir, &c, &why), -1);
	assert_non_null(strstr(why.msg, "not in the recording"));
	gp_tape_free(t);

	gp_buf_init(&all, 0);
	collect(dir, &all);
	assert_null(strstr(gp_buf_str(&all), "HUSH"));
	assert_non_null(strstr(gp_buf_str(&all), "/botTOKEN/get"));
	gp_buf_release(&all);
	gp_http_call_release(&c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tape),
	};

	return cmocka_run_group_tests_name("tape", tests, NULL, NULL);
}
