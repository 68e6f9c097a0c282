/* Files: read under a ceiling, replaced whole, found where they lie. */
#include "unit.h"

#include <fcntl.h>
#include <sys/stat.h>

#include "base/file.h"

static void
reads(void **state)
{
	struct gp_buf b;
	struct gp_why why;
	char path[64];

	(void)state;
	unit_file(path, SPAN("0123456789"));
	gp_buf_init(&b, 0);
	assert_int_equal(gp_file_read(path, &b, &why), 0);
	assert_string_equal(gp_buf_str(&b), "0123456789");
	gp_buf_release(&b);
	/* A file as large as the ceiling is no larger than it. */
	gp_buf_init(&b, 10);
	assert_int_equal(gp_file_read(path, &b, &why), 0);
	assert_int_equal(b.n, 10);
	gp_buf_release(&b);
	gp_buf_init(&b, 9);
	assert_int_equal(gp_file_read(path, &b, &why), -1);
	assert_non_null(strstr(why.msg, ": larger than the ceiling"));
	gp_buf_release(&b);
	gp_buf_init(&b, 0);
	assert_int_equal(gp_file_read("/no/such", &b, &why), -1);
	assert_string_equal(
	    why.msg, "cannot open '/no/such': No such file or directory");
	assert_int_equal(gp_file_read("/tmp", &b, &why), -1);
	assert_string_equal(why.msg, "cannot read '/tmp': Is a directory");
	gp_buf_release(&b);
	unit_unfile(path);
}

static void
replaces(void **state)
{
	struct gp_why why;
	struct gp_buf b;
	struct stat st;
	char path[64], folder[64];

	(void)state;
	unit_file(path, SPAN("old"));
	assert_int_equal(
	    gp_file_replace(path, SPAN("new\0words"), 0600, &why), 0);
	gp_buf_init(&b, 0);
	assert_int_equal(gp_file_read(path, &b, &why), 0);
	unit_span("new", gp_buf_span(&b), SPAN("new\0words"));
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(gp_file_replace(path, SPAN(""), 0644, &why), 0);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_size, 0);
	assert_int_equal(st.st_mode & 0777, 0644);
	assert_int_equal(
	    gp_file_replace("/no/such/x", SPAN(""), 0600, &why), -1);
	assert_string_equal(
	    why.msg, "cannot write '/no/such/x': No such file or directory");
	/* In the way of a folder: refused, and nothing is left beside it. */
	strcpy(folder, path);
	*strrchr(folder, '/') = '\0';
	assert_int_equal(gp_file_replace(folder, SPAN("x"), 0600, &why), -1);
	gp_buf_release(&b);
	unit_unfile(path);
}

static void
writes(void **state)
{
	int fd = open("/dev/full", O_WRONLY),
	    null = open("/dev/null", O_WRONLY);

	(void)state;
	assert_int_equal(gp_file_write(fd, "x", 1), -1);
	assert_int_equal(gp_file_write(fd, "", 0), 0);
	assert_int_equal(gp_file_write(null, "xyz", 3), 0);
	assert_int_equal(gp_file_write(-1, "x", 1), -1);
	close(fd);
	close(null);
}

/* The order: given, $GP_CONFIG, $XDG_CONFIG_HOME, $HOME. */
static void
finds_the_config(void **state)
{
	struct gp_buf b;
	char path[64], want[80];

	(void)state;
	unit_file(path, SPAN(""));
	*strrchr(path, '/') = '\0';
	gp_buf_init(&b, 0);
	unsetenv("GP_CONFIG");
	setenv("XDG_CONFIG_HOME", path, 1);
	setenv("HOME", path, 1);
	assert_int_equal(gp_file_config("given", &b), 0);
	assert_string_equal(b.p, "given");
	setenv("GP_CONFIG", "env", 1);
	assert_int_equal(gp_file_config(NULL, &b), 0);
	assert_string_equal(b.p, "env");
	assert_int_equal(gp_file_config("given", &b), 0);
	assert_string_equal(b.p, "given");
	setenv("GP_CONFIG", "", 1);
	snprintf(want, sizeof(want), "%s/gp", path);
	assert_int_equal(mkdir(want, 0700), 0);
	snprintf(want, sizeof(want), "%s/gp/gp.yaml", path);
	close(open(want, O_CREAT | O_WRONLY, 0600));
	assert_int_equal(gp_file_config(NULL, &b), 0);
	assert_string_equal(b.p, want);
	/* A relative one is not to be used, says its specification. */
	setenv("XDG_CONFIG_HOME", "here", 1);
	if (gp_file_config(NULL, &b) == 0)
		assert_string_equal(b.p, "/etc/gp/gp.yaml");
	unlink(want);
	*strrchr(want, '/') = '\0';
	rmdir(want);
	strcat(path, "/file");
	unit_unfile(path);
	gp_buf_release(&b);
}

static void
finds_data(void **state)
{
	struct gp_buf b;
	struct gp_why why;
	char path[64], dir[64];

	(void)state;
	unit_file(path, SPAN("x"));
	strcpy(dir, path);
	*strrchr(dir, '/') = '\0';
	gp_buf_init(&b, 0);
	setenv("GP_DATA", dir, 1);
	assert_int_equal(gp_file_data("file", &b, &why), 0);
	assert_string_equal(b.p, path);
	assert_int_equal(gp_file_data("other", &b, &why), -1);
	assert_string_equal(why.msg, "no 'other' in $GP_DATA");
	unsetenv("GP_DATA");
	assert_int_equal(gp_file_data("no-such-file", &b, &why), -1);
	assert_non_null(strstr(why.msg, "no 'no-such-file' in /"));
	gp_buf_release(&b);
	unit_unfile(path);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads),
		cmocka_unit_test(replaces),
		cmocka_unit_test(writes),
		cmocka_unit_test(finds_the_config),
		cmocka_unit_test(finds_data),
	};

	return cmocka_run_group_tests_name("file", tests, NULL, NULL);
}
