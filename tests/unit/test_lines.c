/* Lines in: their ends, their numbers, and those that are too long. */
#include "unit.h"

#include <errno.h>
#include <fcntl.h>

#include "json/lines.h"

/* A descriptor from which these bytes can be read. */
static int
source(struct gp_span s)
{
	FILE *fp = tmpfile();
	int fd;

	assert_non_null(fp);
	assert_int_equal(fwrite(s.p, 1, s.n, fp), s.n);
	rewind(fp);
	fd = dup(fileno(fp));
	fclose(fp);
	lseek(fd, 0, SEEK_SET);
	return fd;
}

static void
ends_and_numbers(void **state)
{
	/* What comes out: number=text| a line. */
	static const struct {
		struct gp_span in;
		const char *out;
	} cases[] = {
		{ T(""), "" },
		{ T("\n"), "" },
		{ T("a\n"), "1=a|" },
		{ T("a"), "1=a|" },
		{ T("a\nb"), "1=a|2=b|" },
		{ T("a\r\nb\r\n"), "1=a|2=b|" },
		{ T("a\r\nb\r"), "1=a|2=b|" },
		{ T("a\rb\n"), "1=a\rb|" },
		{ T("a\r\r\n"), "1=a\r|" },
		{ T("\n\na\n\n \t\r\nb\n\n"), "3=a|6=b|" },
		{ T(" a \n"), "1= a |" },
		{ T("\xef\xbb\xbf{}\n"), "1=\xef\xbb\xbf{}|" },
		{ T("  "), "" },
		{ T("a\n\n\n"), "1=a|" },
	};
	struct gp_lines in;
	struct gp_line line;
	struct gp_buf out;
	size_t i, k;
	int fd, r;

	(void)state;
	gp_buf_init(&out, 0);
	for (i = 0; i < COUNT(cases); i++) {
		gp_buf_reset(&out);
		fd = source(cases[i].in);
		gp_lines_init(&in, fd);
		while ((r = gp_lines_next(&in, &line)) == 1) {
			gp_buf_addf(&out, "%llu=", line.no);
			gp_buf_add(&out, line.text.p, line.text.n);
			gp_buf_addc(&out, '|');
			assert_false(line.over);
			assert_true(line.end);
			/* The promised bytes behind can be read. */
			for (k = 0; k < GP_PAD; k++)
				r |= line.text.p[line.text.n + k];
		}
		assert_int_equal(r, 0);
		assert_string_equal(gp_buf_str(&out), cases[i].out);
		gp_lines_release(&in);
		close(fd);
	}
	gp_buf_release(&out);
}

/* A line with a NUL is a line; what it means is for others to judge. */
static void
nul(void **state)
{
	int fd = source(SPAN("a\0b\n\0\nc\n"));
	struct gp_line line;
	struct gp_lines in;

	(void)state;
	gp_lines_init(&in, fd);
	assert_int_equal(gp_lines_next(&in, &line), 1);
	unit_span("first", line.text, SPAN("a\0b"));
	assert_int_equal(gp_lines_next(&in, &line), 1);
	unit_span("second", line.text, SPAN("\0"));
	assert_int_equal(gp_lines_next(&in, &line), 1);
	assert_int_equal(line.no, 3);
	assert_int_equal(gp_lines_next(&in, &line), 0);
	gp_lines_release(&in);
	close(fd);
}

/* A line of `n` bytes between two short ones, with that ceiling. */
static void
between(size_t n, size_t max, const char *nl)
{
	struct gp_buf text, got;
	struct gp_lines in;
	struct gp_line line;
	size_t i, pieces = 0;
	int fd, r, ended = 0;

	gp_buf_init(&text, 4 * GP_MIB);
	gp_buf_init(&got, 4 * GP_MIB);
	gp_buf_addf(&text, "a%s", nl);
	for (i = 0; i < n; i++)
		gp_buf_addc(&text, 'a' + (int)(i % 26));
	gp_buf_addf(&text, "%sz", nl);
	fd = source(gp_buf_span(&text));
	gp_lines_init(&in, fd);
	in.max = max;
	while ((r = gp_lines_next(&in, &line)) == 1 && line.no < 3) {
		if (line.no == 1)
			continue;
		gp_buf_add(&got, line.text.p, line.text.n);
		pieces++;
		assert_false(ended);
		ended = line.end;
		assert_int_equal(line.over, n > max);
	}
	assert_true(ended);
	assert_true(n > max || pieces == 1);
	/* No more is held than a block over the ceiling. */
	assert_true(in.cap <= 2 * (max + GP_BLOCK + GP_PAD) + GP_BLOCK);
	if (n > max && strcmp(nl, "\r\n") == 0)
		n++; /* nothing of an over-long line is cut */
	unit_span("whole", gp_buf_span(&got),
	    (struct gp_span){ text.p + 1 + strlen(nl), n });
	assert_int_equal(r, 1);
	unit_span("after", line.text, SPAN("z"));
	assert_int_equal(line.no, 3);
	assert_int_equal(line.over, 0);
	gp_lines_release(&in);
	close(fd);
	gp_buf_release(&text);
	gp_buf_release(&got);
}

static void
over_long(void **state)
{
	static const size_t len[] = { 99, 100, 101, 5000, GP_BLOCK - 1,
		GP_BLOCK, GP_BLOCK + 1, 3 * GP_BLOCK + 17 };
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(len); i++) {
		between(len[i], 100, "\n");
		between(len[i], GP_BLOCK, "\n");
		between(len[i], GP_MAX_LINE, "\n");
		if (len[i] != 100) /* the CR counts until the end is seen */
			between(len[i], 100, "\r\n");
	}
}

/* An over-long line that the end of the input cuts has an end too. */
static void
over_long_last(void **state)
{
	static char text[3 * GP_BLOCK];
	struct gp_lines in;
	struct gp_line line = { .no = 0 };
	size_t n = 0;
	int fd;

	(void)state;
	memset(text, 'x', sizeof(text));
	fd = source((struct gp_span){ text, sizeof(text) });
	gp_lines_init(&in, fd);
	in.max = 10;
	while (gp_lines_next(&in, &line) == 1) {
		assert_true(line.over);
		assert_int_equal(line.no, 1);
		n += line.text.n;
	}
	assert_int_equal(n, sizeof(text));
	assert_true(line.end);
	gp_lines_release(&in);
	close(fd);
}

/* Bytes that come one by one make the same lines; ready says so. */
static void
byte_by_byte(void **state)
{
	static const char text[] = "{\"a\":1}\n\n{\"b\":2}\r\n";
	struct gp_lines in;
	struct gp_line line;
	int fd[2];
	size_t i;

	(void)state;
	assert_int_equal(pipe(fd), 0);
	gp_lines_init(&in, fd[0]);
	assert_false(gp_lines_ready(&in));
	assert_int_equal(write(fd[1], text, 10), 10);
	assert_int_equal(gp_lines_next(&in, &line), 1);
	unit_span("first", line.text, SPAN("{\"a\":1}"));
	for (i = 10; i < sizeof(text) - 1; i++)
		assert_int_equal(write(fd[1], text + i, 1), 1);
	close(fd[1]);
	assert_int_equal(gp_lines_next(&in, &line), 1);
	unit_span("second", line.text, SPAN("{\"b\":2}"));
	assert_int_equal(line.no, 3);
	assert_false(gp_lines_ready(&in));
	assert_int_equal(gp_lines_next(&in, &line), 0);
	assert_int_equal(gp_lines_next(&in, &line), 0);
	gp_lines_release(&in);
	close(fd[0]);
}

static void
unreadable(void **state)
{
	int fd = open("/", O_RDONLY);
	struct gp_lines in;
	struct gp_line line;

	(void)state;
	gp_lines_init(&in, fd);
	assert_int_equal(gp_lines_next(&in, &line), -1);
	assert_int_equal(errno, EISDIR);
	gp_lines_release(&in);
	gp_lines_release(&in);
	close(fd);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ends_and_numbers),
		cmocka_unit_test(nul),
		cmocka_unit_test(over_long),
		cmocka_unit_test(over_long_last),
		cmocka_unit_test(byte_by_byte),
		cmocka_unit_test(unreadable),
	};

	return cmocka_run_group_tests_name("lines", tests, NULL, NULL);
}
