/*
 * The journal: its states, its locks, and what it says after a death. On a
 * file; with $GP_TEST_URL on that database, which is empty at first.
 */
#include "outbox/outbox.h"

#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "store/engine.h"
#include "unit.h"

static char folder[] = "/tmp/gp-outbox.XXXXXX";
static char place[512];
static const struct gp_span none = { "", 0 };

static struct gp_outbox *
opened(void)
{
	struct gp_outbox *o;
	struct gp_why why;

	if (gp_outbox_open(&o, place, &why) != GP_OK)
		fail_msg("%s", why.msg);
	return o;
}

static void
plan(struct gp_outbox *o, const char *key)
{
	struct gp_out_row row = { .key = gp_span_of(key),
		.page = SPAN("vk:-1"),
		.action = SPAN("reply"),
		.to = SPAN("vk:-1/2/3"),
		.hash = SPAN("00ff"),
		.at = 1000 };
	struct gp_why why;

	assert_int_equal(gp_outbox_plan(o, &row, &why), 0);
}

static int
mark(struct gp_outbox *o, const char *key, enum gp_out_state state,
    gp_instant now, const char *result, const char *error)
{
	struct gp_why why;

	return gp_outbox_mark(o, key, state, now, gp_span_of(result), none,
	    gp_span_of(error), &why);
}

static struct gp_out_row
row_of(struct gp_outbox *o, const char *key)
{
	struct gp_out_row row;
	struct gp_why why;

	assert_int_equal(gp_outbox_find(o, key, &row, &why), 1);
	return row;
}

static void
states(void **state)
{
	struct gp_outbox *o = opened();
	struct gp_out_row row;
	struct gp_why why;

	(void)state;
	assert_int_equal(gp_outbox_find(o, "s1", &row, &why), 0);
	plan(o, "s1");
	row = row_of(o, "s1");
	assert_int_equal(row.state, GP_OUT_PLANNED);
	assert_int_equal(row.at, 1000);
	assert_int_equal(row.tries, 0);
	assert_int_equal(row.left, 0);
	assert_true(gp_span_is(row.page, "vk:-1"));
	assert_true(gp_span_is(row.action, "reply"));
	assert_true(gp_span_is(row.to, "vk:-1/2/3"));
	assert_true(gp_span_is(row.hash, "00ff"));

	assert_int_equal(mark(o, "s1", GP_OUT_SENDING, 1010, "", ""), 0);
	assert_int_equal(
	    mark(o, "s1", GP_OUT_UNKNOWN, 1011, "", "оборвалось"), 0);
	row = row_of(o, "s1");
	assert_int_equal(row.state, GP_OUT_UNKNOWN);
	assert_int_equal(row.left, 1010);
	assert_true(gp_span_is(row.error, "оборвалось"));

	assert_int_equal(mark(o, "s1", GP_OUT_SENDING, 1020, "", ""), 0);
	plan(o, "s1"); /* what has left is not planned anew */
	row = row_of(o, "s1");
	assert_int_equal(row.state, GP_OUT_SENDING);
	assert_int_equal(row.left, 1020);
	assert_int_equal(row.tries, 2);

	assert_int_equal(gp_outbox_made(o, "vk:-1/2/9", &why), 0);
	assert_int_equal(mark(o, "s1", GP_OUT_SENT, 1021, "vk:-1/2/9", ""), 0);
	row = row_of(o, "s1");
	assert_int_equal(row.state, GP_OUT_SENT);
	assert_true(gp_span_is(row.result, "vk:-1/2/9"));
	assert_int_equal(row.error.n, 0);
	assert_int_equal(gp_outbox_made(o, "vk:-1/2/9", &why), 1);
	gp_outbox_close(o);

	o = opened(); /* by another process it is read the same */
	assert_int_equal(row_of(o, "s1").state, GP_OUT_SENT);
	gp_outbox_close(o);
}

/* An intent that is nowhere would let a reply go twice. */
static void
gone(void **state)
{
	struct gp_outbox *o = opened();
	struct gp_why why;

	(void)state;
	assert_int_equal(gp_outbox_mark(o, "nowhere", GP_OUT_SENDING, 1, none,
			     none, none, &why),
	    -1);
	assert_non_null(strstr(why.msg, "gone from the journal"));
	assert_int_equal(gp_outbox_status(o), GP_IO);
	gp_outbox_close(o);
}

static void
foreign_words(void **state)
{
	static const char key[] =
	    "k'); DROP TABLE gp_outbox;--\xf0\x9f\x92\xa7";
	struct gp_outbox *o = opened();

	(void)state;
	plan(o, key);
	assert_int_equal(
	    mark(o, key, GP_OUT_FAILED, 1, "", "'\"\\\n$1 ?\x01"), 0);
	assert_true(gp_span_is(row_of(o, key).error, "'\"\\\n$1 ?\x01"));
	gp_outbox_close(o);
}

struct seen {
	int n;
	char key[16][16];
};

static int
see(void *ctx, const struct gp_out_row *row)
{
	struct seen *s = ctx;

	if (row->key.n < 16 && row->key.p[0] == 'l' && s->n < 16)
		snprintf(
		    s->key[s->n++], 16, "%.*s", (int)row->key.n, row->key.p);
	return 0;
}

static void
lists(void **state)
{
	struct gp_outbox *o = opened();
	struct seen seen = { 0 };
	struct gp_why why;

	(void)state;
	plan(o, "l3");
	plan(o, "l1");
	plan(o, "l2");
	assert_int_equal(mark(o, "l1", GP_OUT_UNKNOWN, 1, "", ""), 0);
	assert_int_equal(mark(o, "l3", GP_OUT_SENDING, 1, "", ""), 0);
	assert_int_equal(
	    gp_outbox_list(o, 1u << GP_OUT_UNKNOWN | 1u << GP_OUT_SENDING, see,
		&seen, &why),
	    0);
	assert_int_equal(seen.n, 2);
	assert_string_equal(seen.key[0], "l1");
	assert_string_equal(seen.key[1], "l3");
	gp_outbox_close(o);
}

static void
resolves(void **state)
{
	static const enum gp_out_state decided[] = { GP_OUT_PLANNED,
		GP_OUT_SENT, GP_OUT_DUPLICATE, GP_OUT_REFUSED, GP_OUT_FAILED };
	struct gp_outbox *o = opened(), *other = opened();
	struct gp_why why;
	size_t i;

	(void)state;
	plan(o, "r1");
	for (i = 0; i < COUNT(decided); i++) {
		assert_int_equal(mark(o, "r1", decided[i], 1, "", ""), 0);
		assert_int_equal(
		    gp_outbox_resolve(o, "r1", 1, SPAN(""), 0, &why), GP_DATA);
	}
	assert_int_equal(
	    gp_outbox_resolve(o, "r0", 1, SPAN(""), 0, &why), GP_DATA);

	/* While it is on its way in another process nobody decides. */
	assert_int_equal(mark(o, "r1", GP_OUT_SENDING, 1, "", ""), 0);
	assert_int_equal(gp_outbox_lock(other, "vk:-1", 0, &why), GP_OK);
	assert_int_equal(
	    gp_outbox_resolve(o, "r1", 0, SPAN(""), 0, &why), GP_TEMPFAIL);
	gp_outbox_close(other);
	assert_int_equal(
	    gp_outbox_resolve(o, "r1", 0, SPAN(""), 0, &why), GP_OK);
	assert_int_equal(row_of(o, "r1").state, GP_OUT_PLANNED);
	assert_int_equal(mark(o, "r1", GP_OUT_UNKNOWN, 1, "", ""), 0);
	assert_int_equal(
	    gp_outbox_resolve(o, "r1", 1, SPAN("ok:1/2"), 0, &why), GP_DATA);
	assert_int_equal(
	    gp_outbox_resolve(o, "r1", 1, SPAN("vk:"), 0, &why), GP_DATA);
	assert_int_equal(
	    gp_outbox_resolve(o, "r1", 1, SPAN("vk:-1/9"), 0, &why), GP_OK);
	assert_int_equal(row_of(o, "r1").state, GP_OUT_SENT);
	unit_span("result", row_of(o, "r1").result, SPAN("vk:-1/9"));
	gp_outbox_close(o);
}

static void
locks(void **state)
{
	struct gp_outbox *a = opened(), *b = opened();
	struct gp_why why;

	(void)state;
	assert_int_equal(gp_outbox_lock(a, "vk:-7", 0, &why), GP_OK);
	assert_int_equal(gp_outbox_lock(a, "vk:-7", 0, &why), GP_OK);
	assert_int_equal(gp_outbox_lock(b, "vk:-8", 0, &why), GP_OK);
	assert_int_equal(gp_outbox_lock(b, "vk:-7", 0, &why), GP_TEMPFAIL);
	assert_non_null(strstr(why.msg, "vk:-7"));
	assert_int_equal(gp_outbox_lock(b, "vk:-7", 1, &why), GP_TEMPFAIL);
	gp_outbox_close(a);
	assert_int_equal(gp_outbox_lock(b, "vk:-7", 5, &why), GP_OK);
	gp_outbox_close(b);
}

/* Whoever is killed between the intent and the result leaves the intent, and
 * the page free. */
static void
dies(void **state)
{
	struct gp_outbox *o;
	struct gp_why why;
	int status, to[2];
	char c;
	pid_t pid;

	(void)state;
	assert_int_equal(pipe(to), 0);
	pid = fork();
	if (pid == 0) {
		o = opened();
		plan(o, "d1");
		if (gp_outbox_lock(o, "vk:-1", 0, &why) == GP_OK &&
		    mark(o, "d1", GP_OUT_SENDING, 50, "", "") == 0 &&
		    write(to[1], "x", 1) == 1)
			pause();
		_exit(1);
	}
	assert_int_equal(read(to[0], &c, 1), 1);
	o = opened();
	assert_int_equal(gp_outbox_lock(o, "vk:-1", 0, &why), GP_TEMPFAIL);
	kill(pid, SIGKILL);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(gp_outbox_lock(o, "vk:-1", 5, &why), GP_OK);
	assert_int_equal(row_of(o, "d1").state, GP_OUT_SENDING);
	assert_int_equal(row_of(o, "d1").left, 50);
	gp_outbox_close(o);
	close(to[0]);
	close(to[1]);
}

/* All at one moment: the table is made once, and nobody fails. */
static void
makers(void **state)
{
	struct gp_outbox *o;
	struct gp_why why;
	pid_t pid[6];
	size_t i;
	int status;

	(void)state;
	for (i = 0; i < COUNT(pid); i++) {
		pid[i] = fork();
		if (pid[i] == 0)
			_exit(gp_outbox_open(&o, place, &why));
	}
	for (i = 0; i < COUNT(pid); i++) {
		assert_int_equal(waitpid(pid[i], &status, 0), pid[i]);
		assert_int_equal(status, 0);
	}
}

static void
for_its_owner(void **state)
{
	struct stat st;
	char *own;

	(void)state;
	own = gp_outbox_place(place);
	assert_non_null(own);
	if (getenv("GP_TEST_URL") == NULL) {
		assert_int_equal(stat(own, &st), 0);
		assert_int_equal(st.st_mode & 0777, 0600);
	} else {
		assert_string_equal(own, place);
	}
	free(own);
}

/* Whatever it is called, a store has one journal. */
static void
by_a_link(void **state)
{
	static char name[sizeof(place) + 8], old[sizeof(name) + 8];
	struct gp_outbox *o;
	struct gp_why why;
	FILE *f;

	(void)state;
	if (getenv("GP_TEST_URL") != NULL)
		skip();
	snprintf(name, sizeof(name), "%s.link", place);
	snprintf(old, sizeof(old), "%s-outbox", name);
	f = fopen(place, "a"); /* the store */
	assert_non_null(f);
	fclose(f);
	assert_int_equal(symlink("d.db", name), 0);
	o = opened();
	plan(o, "link/1");
	gp_outbox_close(o);
	assert_int_equal(gp_outbox_open(&o, name, &why), GP_OK);
	assert_int_equal(row_of(o, "link/1").state, GP_OUT_PLANNED);
	gp_outbox_close(o);
	/* One that was kept beside the link before is not passed over. */
	f = fopen(old, "w");
	assert_non_null(f);
	fclose(f);
	assert_int_equal(gp_outbox_open(&o, name, &why), GP_CONFIG);
	assert_non_null(strstr(why.msg, "is a journal too"));
}

/* Every session but that of this call. */
static void
end_sessions(void)
{
	struct gp_store *s;
	struct gp_why why;

	assert_int_equal(gp_store_open(&s, place, GP_STORE_BARE, &why), GP_OK);
	assert_int_equal(s->engine->run(s,
			     "SELECT pg_terminate_backend(pid, 5000) FROM"
			     " pg_stat_activity WHERE application_name = 'gp'"
			     " AND pid <> pg_backend_pid()",
			     NULL, 0, NULL, NULL, &why),
	    0);
	gp_store_close(s);
}

/* A connection that is lost: the lock is taken anew, unless another one had
 * it meanwhile; what has happened is noted all the same. */
static void
lost(void **state)
{
	struct gp_outbox *a, *b;
	struct gp_why why;

	(void)state;
	if (getenv("GP_TEST_URL") == NULL)
		skip();
	a = opened();
	assert_int_equal(gp_outbox_lock(a, "vk:-9", 0, &why), GP_OK);
	assert_int_equal(gp_outbox_lock(a, "vk:-8", 0, &why), GP_OK);
	plan(a, "lost/1");
	end_sessions();
	assert_int_equal(mark(a, "lost/1", GP_OUT_SENDING, 50, "", ""), 0);
	assert_int_equal(row_of(a, "lost/1").tries, 1);
	b = opened();
	assert_int_equal(gp_outbox_lock(b, "vk:-9", 0, &why), GP_TEMPFAIL);
	end_sessions();
	assert_int_equal(mark(a, "lost/1", GP_OUT_SENT, 0, "vk:-9/1", ""), 0);
	plan(a, "lost/2");
	plan(a, "lost/3");
	assert_int_equal(mark(a, "lost/3", GP_OUT_SENDING, 50, "", ""), 0);

	/* Another one had the page, and left it. */
	end_sessions();
	assert_int_equal(gp_outbox_lock(b, "vk:-9", 0, &why), GP_OK);
	gp_outbox_close(b);
	assert_int_equal(mark(a, "lost/2", GP_OUT_SENDING, 60, "", ""), -1);
	assert_int_equal(gp_outbox_status(a), GP_TEMPFAIL);
	assert_int_equal(row_of(a, "lost/2").state, GP_OUT_PLANNED);

	/* What is on the network is noted, and the sender stops. */
	assert_int_equal(gp_outbox_lock(a, "vk:-9", 0, &why), GP_OK);
	b = opened();
	end_sessions();
	assert_int_equal(gp_outbox_lock(b, "vk:-9", 0, &why), GP_OK);
	gp_outbox_close(b);
	assert_int_equal(mark(a, "lost/3", GP_OUT_SENT, 0, "vk:-9/3", ""), -1);
	assert_int_equal(gp_outbox_status(a), GP_TEMPFAIL);
	assert_int_equal(row_of(a, "lost/3").state, GP_OUT_SENT);
	gp_outbox_close(a);
}

/* Who has lost the page says nothing of what another one went on with. */
static void
overtaken(void **state)
{
	struct gp_outbox *a, *b;
	struct gp_why why;

	(void)state;
	if (getenv("GP_TEST_URL") == NULL)
		skip();
	setenv("GP_DB_WAIT", "1s", 1);
	a = opened();
	plan(a, "over/1");
	assert_int_equal(gp_outbox_lock(a, "vk:-9", 0, &why), GP_OK);
	assert_int_equal(mark(a, "over/1", GP_OUT_SENDING, 50, "", ""), 0);
	b = opened();
	end_sessions();
	assert_int_equal(gp_outbox_lock(b, "vk:-9", 0, &why), GP_OK);
	assert_int_equal(mark(b, "over/1", GP_OUT_SENDING, 60, "", ""), 0);
	assert_int_equal(mark(a, "over/1", GP_OUT_FAILED, 0, "", "429"), -1);
	assert_int_equal(gp_outbox_status(a), GP_TEMPFAIL);
	assert_int_equal(row_of(b, "over/1").state, GP_OUT_SENDING);
	assert_int_equal(mark(b, "over/1", GP_OUT_SENT, 0, "vk:-9/5", ""), 0);
	gp_outbox_close(b);
	assert_int_equal(mark(a, "over/1", GP_OUT_FAILED, 0, "", "429"), -1);
	assert_int_equal(row_of(a, "over/1").state, GP_OUT_SENT);
	/* Nor does it send anything without a lock, however often it asks. */
	plan(a, "over/2");
	assert_int_equal(mark(a, "over/2", GP_OUT_SENDING, 70, "", ""), -1);
	assert_int_equal(row_of(a, "over/2").state, GP_OUT_PLANNED);
	assert_int_equal(gp_outbox_lock(a, "vk:-9", 0, &why), GP_OK);
	assert_int_equal(mark(a, "over/2", GP_OUT_SENDING, 70, "", ""), 0);
	gp_outbox_close(a);
	unsetenv("GP_DB_WAIT");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(makers),
		cmocka_unit_test(states),
		cmocka_unit_test(gone),
		cmocka_unit_test(foreign_words),
		cmocka_unit_test(lists),
		cmocka_unit_test(resolves),
		cmocka_unit_test(locks),
		cmocka_unit_test(dies),
		cmocka_unit_test(lost),
		cmocka_unit_test(overtaken),
		cmocka_unit_test(for_its_owner),
		cmocka_unit_test(by_a_link),
	};
	const char *url = getenv("GP_TEST_URL");
	char *command;
	int bad;

	if (url == NULL && mkdtemp(folder) == NULL)
		return 1;
	/* The URL of a server may be longer than the name of a file. */
	if (url != NULL && strlen(url) >= sizeof(place))
		return 1;
	snprintf(place, sizeof(place), "%s%s", url != NULL ? url : folder,
	    url != NULL ? "" : "/d.db");
	bad = cmocka_run_group_tests_name("outbox", tests, NULL, NULL);
	if (url == NULL && asprintf(&command, "rm -r %s", folder) > 0) {
		bad |= system(command) != 0;
		free(command);
	}
	return bad;
}
