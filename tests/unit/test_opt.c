/*
 * The command line and what is said on stderr; each case in a child, whose
 * exit status and words are compared.
 */
#include "unit.h"

#include <errno.h>
#include <sys/wait.h>

#include "base/err.h"
#include "base/opt.h"

struct settings {
	int flag;
	const char *str, *choice;
	long n, span;
	size_t size;
	double real;
	struct gp_list list;
};

/* Parses and prints what was set. */
static void
parse(char **argv)
{
	struct settings s = { 0 };
	const struct gp_opt opts[] = {
		{ GP_FLAG, 'f', "flag", NULL, "a flag", &s.flag, NULL },
		{ GP_STR, 's', "str", "TEXT", "a text", &s.str, NULL },
		{ GP_INT, 'n', "num", "N", "a number", &s.n, NULL },
		{ GP_SIZE, 0, "size", "BYTES", "a size", &s.size, NULL },
		{ GP_REAL, 0, "real", "X", "a real", &s.real, NULL },
		{ GP_SPAN, 0, "span", "SPAN", "a span", &s.span, NULL },
		{ GP_CHOICE, 'c', "choice", "WORD", "a word", &s.choice,
		    "one|two" },
		{ GP_LIST, 'l', "list", "X", "again", &s.list, NULL },
		{ GP_END, 0, NULL, NULL, NULL, NULL, NULL },
	};
	const struct gp_cmd cmd = { "gp-x", "does x", "[FILE ...]", opts, NULL,
		"  gp-x in\n" };
	const struct gp_cmd bare = { "gp-y", "does y", NULL, opts, NULL, NULL };
	int argc = 0, n, i;

	while (argv[argc] != NULL)
		argc++;
	n = gp_opt_parse(strcmp(argv[0], "y") == 0 ? &bare : &cmd, argc, argv);
	printf("f%d s=%s n%ld z%zu r%g t%ld c=%s", s.flag, s.str ? s.str : "-",
	    s.n, s.size, s.real, s.span, s.choice ? s.choice : "-");
	for (i = 0; i < (int)s.list.n; i++)
		printf(" l=%s", s.list.word[i]);
	for (i = 0; i < n; i++)
		printf(" %s", argv[i]);
	exit(gp_finish(GP_OK));
}

static void
slurp(int fd, char *to, size_t size)
{
	size_t n = 0;
	ssize_t r;

	while (n < size - 1 && (r = read(fd, to + n, size - 1 - n)) > 0)
		n += (size_t)r;
	to[n] = '\0';
	close(fd);
}

/* Runs fn in a child; its status, and its words in the two buffers. */
static int
child(void (*fn)(char **), char **argv, char out[8192], char err[8192])
{
	int o[2], e[2], status;
	pid_t pid;

	assert_int_equal(pipe(o), 0);
	assert_int_equal(pipe(e), 0);
	fflush(stdout);
	pid = fork();
	if (pid == 0) {
		dup2(o[1], 1);
		dup2(e[1], 2);
		close(o[0]);
		close(e[0]);
		fn(argv);
		_exit(99);
	}
	close(o[1]);
	close(e[1]);
	slurp(o[0], out, 8192);
	slurp(e[0], err, 8192);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static void
options(void **state)
{
	/* clang-format off */
	static const struct {
		const char *line;
		int status;
		const char *out, *err;
	} cases[] = {
		{ "x", 0, "f0 s=- n0 z0 r0 t0 c=-", "" },
		{ "x -f -s a -n 5", 0, "f1 s=a n5 z0 r0 t0 c=-", "" },
		{ "x --flag --str=a --num=5 b c", 0, "f1 s=a n5 z0 r0 t0 c=- b c", "" },
		{ "x b -f c", 0, "f1 s=- n0 z0 r0 t0 c=- b c", "" },
		{ "x -- -f", 0, "f0 s=- n0 z0 r0 t0 c=- -f", "" },
		{ "x -", 0, "f0 s=- n0 z0 r0 t0 c=- -", "" },
		{ "x --size 3 --real 2.5 --span 90", 0, "f0 s=- n0 z3 r2.5 t90 c=-", "" },
		{ "x --size 64k --span 15m", 0, "f0 s=- n0 z65536 r0 t900 c=-", "" },
		{ "x --size 2M --span 2h", 0, "f0 s=- n0 z2097152 r0 t7200 c=-", "" },
		{ "x --size 1G --span 3d", 0, "f0 s=- n0 z1073741824 r0 t259200 c=-", "" },
		{ "x --size 0 --span 1w", 0, "f0 s=- n0 z0 r0 t604800 c=-", "" },
		{ "x -c one -c two", 0, "f0 s=- n0 z0 r0 t0 c=two", "" },
		{ "x -l a -l b", 0, "f0 s=- n0 z0 r0 t0 c=- l=a l=b", "" },
		{ "x -n -1", 64, "", "gp-x: --num: '-1' is not a whole number\ngp-x: try 'gp-x --help'\n" },
		{ "x -n 1x", 64, "", "gp-x: --num: '1x' is not a whole number\ngp-x: try 'gp-x --help'\n" },
		{ "x -n 99999999999999999999", 64, "", "gp-x: --num: '99999999999999999999' is not a whole number\ngp-x: try 'gp-x --help'\n" },
		{ "x --real x", 64, "", "gp-x: --real: 'x' is not a number\ngp-x: try 'gp-x --help'\n" },
		{ "x --real nan", 64, "", "gp-x: --real: 'nan' is not a number\ngp-x: try 'gp-x --help'\n" },
		{ "x --real 0x10", 64, "", "gp-x: --real: '0x10' is not a number\ngp-x: try 'gp-x --help'\n" },
		{ "x --size 1q", 64, "", "gp-x: --size: '1q' is not a size, as 64k\ngp-x: try 'gp-x --help'\n" },
		{ "x --size 1kk", 64, "", "gp-x: --size: '1kk' is not a size, as 64k\ngp-x: try 'gp-x --help'\n" },
		{ "x --size 99999999999G", 64, "", "gp-x: --size: '99999999999G' is not a size, as 64k\ngp-x: try 'gp-x --help'\n" },
		{ "x --span 1y", 64, "", "gp-x: --span: '1y' is not a span, as 15m\ngp-x: try 'gp-x --help'\n" },
		{ "x -c three", 64, "", "gp-x: --choice: 'three' is not one of one|two\ngp-x: try 'gp-x --help'\n" },
		{ "x -c on", 64, "", "gp-x: --choice: 'on' is not one of one|two\ngp-x: try 'gp-x --help'\n" },
		{ "x -c one|two", 64, "", "gp-x: --choice: 'one|two' is not one of one|two\ngp-x: try 'gp-x --help'\n" },
		{ "x --nosuch", 64, "", "gp-x: unrecognized option '--nosuch'\ngp-x: try 'gp-x --help'\n" },
		{ "x -q", 64, "", "gp-x: invalid option -- 'q'\ngp-x: try 'gp-x --help'\n" },
		{ "x --str", 64, "", "gp-x: option '--str' requires an argument\ngp-x: try 'gp-x --help'\n" },
		{ "y a", 64, "", "gp-y: unexpected operand 'a'\ngp-y: try 'gp-y --help'\n" },
		{ "y -f", 0, "f1 s=- n0 z0 r0 t0 c=-", "" },
		{ "x --version", 0, "gp-x (gp) 0.1\n", "" },
		{ "y --gp-options", 0,
		    "command\tgp-y\t-\t-\tdoes y\n"
		    "flag\tf\tflag\t-\t-\ta flag\n"
		    "word\ts\tstr\tTEXT\t-\ta text\n"
		    "word\tn\tnum\tN\t-\ta number\n"
		    "word\t-\tsize\tBYTES\t-\ta size\n"
		    "word\t-\treal\tX\t-\ta real\n"
		    "word\t-\tspan\tSPAN\t-\ta span\n"
		    "choice\tc\tchoice\tWORD\tone|two\ta word\n"
		    "word\tl\tlist\tX\t-\tagain\n"
		    "flag\th\thelp\t-\t-\tshow this help and exit\n"
		    "flag\t-\tversion\t-\t-\tshow the version and exit\n", "" },
		{ "y -h", 0,
		    "gp-y: does y\n\nusage: gp-y [options]\n\noptions:\n"
		    "  -f, --flag                   a flag\n"
		    "  -s, --str TEXT               a text\n"
		    "  -n, --num N                  a number\n"
		    "      --size BYTES             a size\n"
		    "      --real X                 a real\n"
		    "      --span SPAN              a span\n"
		    "  -c, --choice WORD            a word (one|two)\n"
		    "  -l, --list X                 again\n"
		    "  -h, --help                   show this help and exit\n"
		    "      --version                show the version and exit\n"
		    "\nMore: man gp-y\n", "" },
	};
	/* clang-format on */
	char out[8192], err[8192], line[256], *argv[16], *p;
	size_t i;
	int n, status;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		snprintf(line, sizeof(line), "%s", cases[i].line);
		for (n = 0, p = strtok(line, " "); p; p = strtok(NULL, " "))
			argv[n++] = p;
		argv[n] = NULL;
		status = child(parse, argv, out, err);
		assert_string_equal(err, cases[i].err);
		assert_string_equal(out, cases[i].out);
		if (status != cases[i].status)
			fail_msg("%s: status %d", cases[i].line, status);
	}
}

static void
a_full_list(void **state)
{
	char out[8192], err[8192], opt[] = "-la", prog[] = "x";
	char *argv[80] = { prog };
	int i;

	(void)state;
	for (i = 1; i <= 64; i++)
		argv[i] = opt;
	assert_int_equal(child(parse, argv, out, err), 0);
	argv[65] = opt;
	assert_int_equal(child(parse, argv, out, err), 64);
	assert_non_null(strstr(err, "--list: 'a' is not given less often"));
}

static void
spans(void **state)
{
	static const struct {
		const char *word;
		long secs; /* -1: refused */
	} cases[] = { { "0", 0 }, { "45", 45 }, { "90s", 90 }, { "15m", 900 },
		{ "2h", 7200 }, { "3d", 259200 }, { "1w", 604800 }, { "", -1 },
		{ "m", -1 }, { "-1", -1 }, { "+1", -1 }, { " 1", -1 },
		{ "1 m", -1 }, { "1mm", -1 }, { "1.5h", -1 }, { "1M", -1 },
		{ "9223372036854775807", INT64_MAX },
		{ "9223372036854775808", -1 }, { "9223372036854775807m", -1 },
		{ "15250284452472w", -1 } };
	size_t i;
	long secs;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		secs = -1;
		if (gp_span_seconds(cases[i].word, &secs) == -1)
			secs = -1;
		if (secs != cases[i].secs)
			fail_msg("'%s': %ld", cases[i].word, secs);
	}
}

/* -- messages ------------------------------------------------------------- */

static void
talk(char **argv)
{
	(void)argv;
	gp_prog("/usr/bin/gp-z");
	gp_warnx("no place");
	gp_at("in", 3);
	gp_warnx("cannot read '%s'", "a\nb\x1b[31m\x7f");
	gp_at("in", 0);
	errno = ENOENT;
	gp_warn("the file alone");
	gp_at(NULL, 7);
	/* U+009B begins an escape for a terminal as ESC [ does. */
	gp_warnx("\xc2\x9b"
		 "31m \xc2\xa0\xd0\x9f\xc2");
	gp_warnx("%5000d", 1);
	gp_die(GP_CONFIG, "the end of %s", gp_prog_name());
}

static void
messages(void **state)
{
	char out[8192], err[8192], *line;

	(void)state;
	assert_int_equal(child(talk, NULL, out, err), 78);
	assert_string_equal(out, "");
	line = strtok(err, "\n");
	assert_string_equal(line, "gp-z: no place");
	line = strtok(NULL, "\n");
	assert_string_equal(line, "gp-z: in:3: cannot read 'a?b?[31m?'");
	line = strtok(NULL, "\n");
	assert_string_equal(
	    line, "gp-z: in: the file alone: No such file or directory");
	line = strtok(NULL, "\n");
	assert_string_equal(line, "gp-z: ??31m \xc2\xa0\xd0\x9f\xc2");
	line = strtok(NULL, "\n");
	assert_int_equal(strlen(line), 4094);
	line = strtok(NULL, "\n");
	assert_string_equal(line, "gp-z: the end of gp-z");
}

static void
to_a_full_disk(char **argv)
{
	(void)argv;
	gp_prog("gp-z");
	gp_at("in", 1);
	if (freopen("/dev/full", "w", stdout) == NULL)
		exit(98);
	printf("words");
	exit(gp_finish(GP_OK));
}

static void
full_disk(void **state)
{
	char out[8192], err[8192];

	(void)state;
	assert_int_equal(child(to_a_full_disk, NULL, out, err), 74);
	assert_string_equal(err,
	    "gp-z: cannot write to standard output: No "
	    "space left on device\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(options),
		cmocka_unit_test(a_full_list),
		cmocka_unit_test(spans),
		cmocka_unit_test(messages),
		cmocka_unit_test(full_disk),
	};

	return cmocka_run_group_tests_name("opt", tests, NULL, NULL);
}
