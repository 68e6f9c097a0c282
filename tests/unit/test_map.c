/* A function over lines: the same by one thread and by many. */
#include "unit.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <sys/mman.h>

#include "json/map.h"

static const long JOBS[] = { 0, 1, 2, 4, 8, 100 };

struct run {
	struct gp_buf out;  /* what the sink took */
	struct gp_buf said; /* number, reason and text of refusals */
	size_t fail_at;     /* the sink says stop behind so many bytes */
	int to;             /* the sink writes there too; -1 */
	pthread_mutex_t lock;
	int states;
};

static void
run_init(struct run *r)
{
	memset(r, 0, sizeof(*r));
	gp_buf_init(&r->out, 64 * GP_MIB);
	gp_buf_init(&r->said, 64 * GP_MIB);
	pthread_mutex_init(&r->lock, NULL);
	r->to = -1;
}

static void
run_release(struct run *r)
{
	gp_buf_release(&r->out);
	gp_buf_release(&r->said);
	pthread_mutex_destroy(&r->lock);
}

static void *
start(void *ctx)
{
	struct run *r = ctx;

	pthread_mutex_lock(&r->lock);
	r->states++;
	pthread_mutex_unlock(&r->lock);
	return calloc(1, sizeof(int));
}

/* A refused line has written already: that must not come out. */
static int
line(void *state, struct gp_span in, struct gp_buf *out, struct gp_why *why)
{
	int *n = state;

	(*n)++;
	if (in.p[0] == '-') /* nothing comes of it */
		return 0;
	gp_buf_add(out, in.p, in.n);
	gp_buf_addc(out, '\n');
	return in.p[0] == '!' ? gp_because(why, "is bad") : 0;
}

static int
sink(void *ctx, struct gp_span s)
{
	struct run *r = ctx;

	assert_true(s.n > 0);
	gp_buf_add(&r->out, s.p, s.n);
	if (r->to != -1 && write(r->to, s.p, s.n) != (ssize_t)s.n)
		return -1;
	return r->fail_at != 0 && r->out.n >= r->fail_at ? -1 : 0;
}

static void
refused(void *ctx, const struct gp_line *l, const char *why)
{
	struct run *r = ctx;

	if (l->over)
		gp_buf_addf(&r->said, "%llu over %zu%s|", l->no, l->text.n,
		    l->end ? " end" : "");
	else
		gp_buf_addf(&r->said, "%llu %s '%.*s'|", l->no, why,
		    (int)l->text.n, l->text.p);
	gp_buf_addf(&r->said, "<%zu>", r->out.n);
}

static int
source(struct gp_span s)
{
	int fd = memfd_create("lines", 0);

	assert_int_equal(write(fd, s.p, s.n), s.n);
	assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
	return fd;
}

static enum gp_map_end
run(struct run *r, struct gp_span in, long jobs, int strict, size_t max)
{
	struct gp_map m = { .jobs = jobs,
		.strict = strict,
		.max_line = max,
		.ctx = r,
		.start = start,
		.stop = free,
		.line = line,
		.sink = sink,
		.refused = refused };
	enum gp_map_end end;

	m.fd = source(in);
	end = gp_map_run(&m);
	close(m.fd);
	return end;
}

/* n lines of all kinds: blank ones, CRLF, refused, without output. */
static void
many_lines(struct gp_buf *b, int n, const char *kinds)
{
	uint64_t seed = 3;
	char c;
	int i;

	for (i = 0; i < n; i++) {
		c = kinds[unit_random(&seed) % strlen(kinds)];
		if (c == 'b')
			gp_buf_addc(b, '\n');
		else
			gp_buf_addf(b, "%c%0*u%s", c,
			    (int)(unit_random(&seed) % 60) + 1, i,
			    c == 'r' ? "\r\n" : "\n");
	}
}

static void
same_for_all(void **state)
{
	struct run one, more;
	struct gp_buf in;
	size_t i;

	(void)state;
	gp_buf_init(&in, 64 * GP_MIB);
	many_lines(&in, 100000, "aaaaaaaaar-b!");
	run_init(&one);
	assert_int_equal(run(&one, gp_buf_span(&in), 1, 0, 0), GP_MAP_DONE);
	assert_true(one.out.n > GP_MIB);
	assert_int_equal(one.states, 1);
	for (i = 0; i < COUNT(JOBS); i++) {
		run_init(&more);
		assert_int_equal(
		    run(&more, gp_buf_span(&in), JOBS[i], 0, 0), GP_MAP_DONE);
		assert_true(
		    gp_span_eq(gp_buf_span(&one.out), gp_buf_span(&more.out)));
		/* Also between which bytes of output each was said. */
		assert_true(gp_span_eq(
		    gp_buf_span(&one.said), gp_buf_span(&more.said)));
		assert_true(more.states <= GP_MAX_JOBS);
		run_release(&more);
	}
	run_release(&one);
	gp_buf_release(&in);
}

/* Of many blocks, and blank lines count: what is refused knows its number. */
static void
numbers(void **state)
{
	struct gp_buf in, want;
	struct run r;
	size_t j;
	int i;

	(void)state;
	gp_buf_init(&in, 64 * GP_MIB);
	gp_buf_init(&want, 0);
	for (i = 1; i <= 200000; i++) {
		if (i % 7 == 0)
			gp_buf_adds(&in, i % 2 ? "\n" : " \r\n");
		else
			gp_buf_addf(&in, "%c%028d\n", i % 5000 ? '-' : '!', i);
		if (i % 7 != 0 && i % 5000 == 0)
			gp_buf_addf(&want, "%d is bad '!%028d'|<0>", i, i);
	}
	assert_true(in.n > 16 * GP_BLOCK);
	for (j = 0; j < COUNT(JOBS); j++) {
		run_init(&r);
		assert_int_equal(
		    run(&r, gp_buf_span(&in), JOBS[j], 0, 0), GP_MAP_DONE);
		unit_span("said", gp_buf_span(&r.said), gp_buf_span(&want));
		run_release(&r);
	}
	gp_buf_release(&in);
	gp_buf_release(&want);
}

static void
small(void **state)
{
	/* clang-format off */
	static const struct {
		struct gp_span in;
		const char *out, *said;
	} cases[] = {
		{ T(""), "", "" },
		{ T("\n \n"), "", "" },
		{ T("a"), "a\n", "" },
		{ T("a\n\nb\r\n"), "a\nb\n", "" },
		{ T("!a"), "", "1 is bad '!a'|<0>" },
		{ T("a\n!b\nc\n!d\n"), "a\nc\n",
		    "2 is bad '!b'|<2>4 is bad '!d'|<4>" },
		{ T("-\n-\n"), "", "" },
		{ T("-\n!\n-\nx"), "x\n", "2 is bad '!'|<0>" },
	};
	/* clang-format on */
	struct run r;
	size_t i, j;

	(void)state;
	for (i = 0; i < COUNT(cases); i++)
		for (j = 0; j < COUNT(JOBS); j++) {
			run_init(&r);
			assert_int_equal(
			    run(&r, cases[i].in, JOBS[j], 0, 0), GP_MAP_DONE);
			assert_string_equal(gp_buf_str(&r.out), cases[i].out);
			assert_string_equal(gp_buf_str(&r.said), cases[i].said);
			run_release(&r);
		}
}

/* What stands before the first refusal has come out, nothing behind it. */
static void
strict_stops(void **state)
{
	struct run r;
	struct gp_buf in, want;
	size_t j;
	int i;

	(void)state;
	gp_buf_init(&in, 64 * GP_MIB);
	gp_buf_init(&want, 64 * GP_MIB);
	for (i = 1; i <= 60000; i++) {
		gp_buf_addf(&in, "%c%d xxxxxxxxxxxxxxxxx\n",
		    i == 40001 || i == 40003 || i == 59999 ? '!' : 'a', i);
		if (i <= 40000)
			gp_buf_addf(&want, "a%d xxxxxxxxxxxxxxxxx\n", i);
	}
	for (j = 0; j < COUNT(JOBS); j++) {
		run_init(&r);
		assert_int_equal(
		    run(&r, gp_buf_span(&in), JOBS[j], 1, 0), GP_MAP_STRICT);
		assert_true(
		    gp_span_eq(gp_buf_span(&r.out), gp_buf_span(&want)));
		assert_non_null(strstr(gp_buf_str(&r.said), "40001 is bad"));
		assert_null(strstr(gp_buf_str(&r.said), "40003"));
		run_release(&r);
	}
	gp_buf_release(&in);
	gp_buf_release(&want);
}

/* Over-long lines between others: in their order, whole, and it goes on. */
static void
over_long(void **state)
{
	struct run one, r;
	struct gp_buf in;
	size_t j;
	int i, k;

	(void)state;
	gp_buf_init(&in, 64 * GP_MIB);
	for (i = 0; i < 20000; i++) {
		if (i % 4000 == 2000) {
			for (k = 0; k < 300000; k++)
				gp_buf_addc(&in, 'o');
			gp_buf_addc(&in, '\n');
		}
		gp_buf_addf(&in, "%c%d\n", i % 1000 == 7 ? '!' : 'a', i);
	}
	gp_buf_add(&in, "short of its end and too long ...........", 41);
	run_init(&one);
	assert_int_equal(run(&one, gp_buf_span(&in), 1, 0, 40), GP_MAP_DONE);
	assert_non_null(strstr(gp_buf_str(&one.said), "2001 over "));
	assert_non_null(strstr(gp_buf_str(&one.said), "20006 over 41"));
	assert_non_null(strstr(gp_buf_str(&one.said), "8 is bad"));
	for (j = 0; j < COUNT(JOBS); j++) {
		run_init(&r);
		assert_int_equal(
		    run(&r, gp_buf_span(&in), JOBS[j], 0, 40), GP_MAP_DONE);
		unit_span("out", gp_buf_span(&r.out), gp_buf_span(&one.out));
		unit_span("said", gp_buf_span(&r.said), gp_buf_span(&one.said));
		run_release(&r);
		run_init(&r);
		assert_int_equal(
		    run(&r, gp_buf_span(&in), JOBS[j], 1, 40), GP_MAP_STRICT);
		assert_non_null(strstr(gp_buf_str(&r.said), "8 is bad"));
		run_release(&r);
	}
	run_release(&one);
	gp_buf_release(&in);
}

static void
sink_stops(void **state)
{
	struct gp_buf in;
	struct run r;
	size_t j;

	(void)state;
	gp_buf_init(&in, 64 * GP_MIB);
	many_lines(&in, 60000, "aab!");
	for (j = 0; j < COUNT(JOBS); j++) {
		run_init(&r);
		r.fail_at = 100000;
		assert_int_equal(
		    run(&r, gp_buf_span(&in), JOBS[j], 0, 0), GP_MAP_SINK);
		assert_true(
		    r.out.n >= 100000 && r.out.n < 100000 + 2 * GP_BLOCK);
		run_release(&r);
	}
	gp_buf_release(&in);
}

static void *
no_memory(void *ctx)
{
	(void)ctx;
	return NULL;
}

static void
no_state(void **state)
{
	struct run r;
	size_t j;

	(void)state;
	for (j = 0; j < COUNT(JOBS); j++) {
		struct gp_map m = { .jobs = JOBS[j],
			.ctx = &r,
			.line = line,
			.start = no_memory,
			.stop = free,
			.sink = sink,
			.refused = refused };

		run_init(&r);
		m.fd = source(SPAN("a\nb\n"));
		assert_int_equal(gp_map_run(&m), GP_MAP_MEMORY);
		assert_int_equal(r.out.n, 0);
		close(m.fd);
		run_release(&r);
	}
}

static void
unreadable(void **state)
{
	struct run r;
	size_t j;

	(void)state;
	for (j = 0; j < COUNT(JOBS); j++) {
		struct gp_map m = { .jobs = JOBS[j],
			.ctx = &r,
			.line = line,
			.start = start,
			.stop = free,
			.sink = sink,
			.refused = refused };

		run_init(&r);
		m.fd = open("/", O_RDONLY);
		assert_int_equal(gp_map_run(&m), GP_MAP_READ);
		assert_int_equal(errno, EISDIR);
		close(m.fd);
		run_release(&r);
	}
}

/* -- a line is answered before the next one comes -------------------------- */

static void *
run_it(void *arg)
{
	const struct gp_map *m = arg;

	return (void *)(intptr_t)gp_map_run(m);
}

static void
expect(int fd, const char *want)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };
	char got[64];
	ssize_t n;

	if (poll(&p, 1, 10000) != 1)
		fail_msg("no answer to '%s'", want);
	n = read(fd, got, sizeof(got));
	unit_span(
	    "answer", (struct gp_span){ got, (size_t)n }, gp_span_of(want));
}

static void
answers_at_once(void **state)
{
	int in[2], out[2], i;
	char text[32];
	pthread_t id;
	struct run r;
	void *end;
	long jobs;

	(void)state;
	for (jobs = 1; jobs <= 2; jobs++) {
		struct gp_map m = { .jobs = jobs,
			.ctx = &r,
			.line = line,
			.start = start,
			.stop = free,
			.sink = sink,
			.refused = refused };

		run_init(&r);
		assert_int_equal(pipe(in), 0);
		assert_int_equal(pipe(out), 0);
		m.fd = in[0];
		r.to = out[1];
		assert_int_equal(pthread_create(&id, NULL, run_it, &m), 0);
		for (i = 1; i <= 20; i++) {
			/* With a piece of the next line behind it. */
			assert_int_equal(
			    write(in[1], "a\nb", i % 2 ? 2 : 3), i % 2 ? 2 : 3);
			snprintf(text, sizeof(text), "%sa\n",
			    i > 1 && i % 2 ? "b" : "");
			expect(out[0], text);
		}
		close(in[1]);
		expect(out[0], "b\n");
		pthread_join(id, &end);
		assert_int_equal((intptr_t)end, GP_MAP_DONE);
		close(in[0]);
		close(out[0]);
		close(out[1]);
		run_release(&r);
	}
}

/* What ends a run does not wait for more to come. */
static void
ends_at_once(void **state)
{
	int in[2], strict;
	pthread_t id;
	struct run r;
	void *end;
	size_t j;

	(void)state;
	for (j = 0; j < 2 * COUNT(JOBS); j++) {
		strict = j % 2 == 0;
		struct gp_map m = { .jobs = JOBS[j / 2],
			.strict = strict,
			.ctx = &r,
			.start = start,
			.stop = free,
			.line = line,
			.sink = sink,
			.refused = refused };

		run_init(&r);
		r.fail_at = 5;
		assert_int_equal(pipe(in), 0);
		m.fd = in[0];
		assert_int_equal(pthread_create(&id, NULL, run_it, &m), 0);
		assert_int_equal(write(in[1], "a\n", 2), 2);
		assert_int_equal(
		    write(in[1], strict ? "!\n" : "bb\n", 3 - strict),
		    3 - strict);
		pthread_join(id, &end);
		assert_int_equal(
		    (intptr_t)end, strict ? GP_MAP_STRICT : GP_MAP_SINK);
		close(in[0]);
		close(in[1]);
		run_release(&r);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(small),
		cmocka_unit_test(same_for_all),
		cmocka_unit_test(numbers),
		cmocka_unit_test(strict_stops),
		cmocka_unit_test(over_long),
		cmocka_unit_test(sink_stops),
		cmocka_unit_test(no_state),
		cmocka_unit_test(unreadable),
		cmocka_unit_test(answers_at_once),
		cmocka_unit_test(ends_at_once),
	};

	return cmocka_run_group_tests_name("map", tests, NULL, NULL);
}
