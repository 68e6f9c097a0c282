/* The config and the secrets that it names. */
#include "unit.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <time.h>

#include "config/config.h"

static char path[64];

static int
load(struct gp_span text, struct gp_config *c, struct gp_why *why)
{
	unit_file(path, text);
	why->msg[0] = '\0';
	return gp_config_load(path, c, why);
}

static void
whole(void **state)
{
	static const char text[] =
	    "zone: Asia/Yekaterinburg\n"
	    "contact: pages@region.example\n"
	    "ca_file: /etc/ca.pem\n"
	    "telegram:\n"
	    "  preview: http://127.0.0.1:8080\n"
	    "  rate: 2\n"
	    "pages:\n"
	    "  town:\n"
	    "    network: telegram\n"
	    "    name: '@town_example'\n"
	    "    preview: no\n"
	    "    bot:\n"
	    "      token: {file: /run/token}\n"
	    "      group: '-1001'\n"
	    "      messages: yes\n"
	    "  village: {network: telegram, name: village_example}\n";
	const struct gp_page_conf *p;
	struct gp_config c;
	struct gp_why why;
	char *names;
	time_t noon = 1793458800;

	(void)state;
	if (load(SPAN(text), &c, &why) == -1)
		fail_msg("%s", why.msg);
	assert_string_equal(c.path, path);
	assert_string_equal(c.contact, "pages@region.example");
	assert_string_equal(c.ca_file, "/etc/ca.pem");
	assert_string_equal(c.telegram.preview, "http://127.0.0.1:8080");
	assert_null(c.telegram.api);
	assert_true(c.telegram.rate == 2);
	assert_int_equal(c.page.n, 2);
	p = gp_config_page(&c, "town");
	assert_string_equal(p->name, "town_example");
	assert_int_equal(p->no_preview, 1);
	assert_int_equal(p->line, 9);
	assert_string_equal(p->bot->token.file, "/run/token");
	assert_string_equal(p->bot->group, "-1001");
	assert_int_equal(p->bot->messages, 1);
	p = gp_config_page(&c, "village");
	assert_null(p->bot);
	assert_int_equal(p->no_preview, 0);
	assert_null(gp_config_page(&c, "city"));
	names = gp_config_page_names(&c);
	assert_string_equal(names, "town|village");
	free(names);
	/* The zone is set. */
	assert_int_equal(localtime(&noon)->tm_hour, 20);
	gp_config_release(&c);
	gp_config_release(&c);
	unit_unfile(path);
}

static void
none(void **state)
{
	struct gp_config c;
	struct gp_why why;
	char *names;

	(void)state;
	unsetenv("GP_CONFIG");
	setenv("XDG_CONFIG_HOME", "/no/such", 1);
	if (access("/etc/gp/gp.yaml", F_OK) == 0)
		skip();
	assert_int_equal(gp_config_load(NULL, &c, &why), 0);
	assert_null(c.path);
	assert_int_equal(c.page.n, 0);
	assert_null(c.telegram.preview);
	assert_true(c.vk.rate == GP_RATE_OWN);
	names = gp_config_page_names(&c);
	assert_string_equal(names, "");
	free(names);
	gp_config_release(&c);
	/* One that was named must be there. */
	setenv("GP_CONFIG", "/no/such.yaml", 1);
	assert_int_equal(gp_config_load(NULL, &c, &why), -1);
	assert_string_equal(
	    why.msg, "cannot open '/no/such.yaml': No such file or directory");
	unsetenv("GP_CONFIG");
	assert_int_equal(gp_config_load("/no/such.yaml", &c, &why), -1);
	gp_config_release(&c);
}

#define PAGE "pages:\n  a:\n    network: telegram\n    name: b\n"

static void
faults(void **state)
{
	/* clang-format off */
	static const struct {
		struct gp_span text;
		const char *why; /* behind the path */
	} cases[] = {
		{ T("zone: Europe/Moskau\n"), ": zone: no such zone: 'Europe/Moskau'" },
		{ T("telegram: {rate: -1}\n"), ": telegram: rate is negative" },
		{ T("telegram: {rate: nan}\n"), ":1:18: 'rate' must be a number, not 'nan'" },
		{ T("pages:\n  a: {network: wk, name: b}\n"), ":2:16: 'network' must be one of telegram|vk|ok|max, not 'wk'" },
		{ T("pages:\n  a: {network: ok, name: b, tokens: {service: {file: t}}}\n"), ":2: a token 'service' is of vk, not of ok" },
		{ T("pages:\n  a: {network: max, name: -7x}\n"), ":2: not a name of a page: '-7x'" },
		{ T("pages:\n  a: {network: vk, name: b, bot: {token: {file: t}}}\n"), ":2: 'bot' is for telegram; write tokens: {bot: ...} for 'vk'" },
		{ T("vk: {rate: -2}\n"), ": vk: rate is negative" },
		{ T("pages:\n  a: {network: telegram}\n"), ":2:6: 'name' is missing" },
		{ T("pages:\n  a: {network: telegram, name: ''}\n"), ":2: not a name of a page: ''" },
		{ T("pages:\n  a: {network: telegram, name: '@'}\n"), ":2: not a name of a page: ''" },
		{ T("pages:\n  a: {network: telegram, name: https://t.me/b}\n"), ":2: not a name of a page: 'https://t.me/b'" },
		{ T("pages:\n  a: {network: telegram, name: 'b?c'}\n"), ":2: not a name of a page: 'b?c'" },
		{ T(PAGE "    bot: {}\n"), ":5:10: 'token' is missing" },
		{ T(PAGE "    bot:\n      token: {}\n"), ":6: a token comes from one of file, credential, command" },
		{ T(PAGE "    bot:\n      token: {file: a, command: b}\n"), ":6: a token comes from one of file, credential, command" },
		{ T(PAGE "    bot:\n      token: {file: a, credential: c, command: b}\n"), ":6: a token comes from one of file, credential, command" },
		{ T(PAGE "    bot:\n      token: 1234:abc\n"), ":6:14: 'token' must be a map, not a word" },
		{ T(PAGE "  a:\n    network: telegram\n    name: c\n"), ":5:3: 'a' stands twice, first in line 2" },
		{ T("page: {}\n"), ":1:1: unknown key 'page': is 'pages' meant?" },
	};
	/* clang-format on */
	struct gp_config c;
	struct gp_why why;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		assert_int_equal(load(cases[i].text, &c, &why), -1);
		assert_memory_equal(why.msg, path, strlen(path));
		assert_string_equal(why.msg + strlen(path), cases[i].why);
		/* Released already: the defaults again. */
		assert_null(c.path);
		assert_int_equal(c.page.n, 0);
		unit_unfile(path);
	}
}

/* -- secrets -------------------------------------------------------------- */

static void
secret_is(const struct gp_secret *s, const char *want)
{
	struct gp_why why;
	char *got = gp_secret_read(s, &why);

	if (got == NULL)
		fail_msg("%s", why.msg);
	assert_string_equal(got, want);
	gp_secret_free(got);
}

/* "what 'which': reason", and the secret is not in it. */
static void
secret_fails(const struct gp_secret *s, const char *what, const char *which,
    const char *reason)
{
	struct gp_why why;
	char want[512];

	assert_null(gp_secret_read(s, &why));
	/* A command may hold the secret: it is not shown. */
	if (strstr(what, "command") != NULL)
		snprintf(want, sizeof(want), "%s: %s", what, reason);
	else
		snprintf(
		    want, sizeof(want), "%s '%s': %s", what, which, reason);
	assert_string_equal(why.msg, want);
	assert_null(strstr(why.msg, "12345:HUSH "));
}

static void
from_files(void **state)
{
	static const struct {
		struct gp_span text;
		const char *secret, *why;
	} cases[] = {
		{ T("12345:HUSH"), "12345:HUSH", NULL },
		{ T("12345:HUSH\n"), "12345:HUSH", NULL },
		{ T("  12345:HUSH \t\r\n"), "12345:HUSH", NULL },
		{ T("12345:HUSH\n# a note\n"), "12345:HUSH", NULL },
		{ T(""), NULL, "is empty" },
		{ T("\n12345:HUSH\n"), NULL, "is empty" },
		{ T(" \t \n"), NULL, "is empty" },
		{ T("12345:HUSH\0x\n"), NULL, "is empty" },
	};
	struct gp_secret s = { .file = path };
	char longer[GP_MAX_SECRET + 1];
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		unit_file(path, cases[i].text);
		chmod(path, 0600);
		if (cases[i].secret != NULL)
			secret_is(&s, cases[i].secret);
		else
			secret_fails(&s, "token file", path, cases[i].why);
		unit_unfile(path);
	}
	memset(longer, 'x', sizeof(longer));
	unit_file(path, (struct gp_span){ longer, sizeof(longer) });
	chmod(path, 0600);
	secret_fails(&s, "token file", path, "is too long");
	unit_unfile(path);
	s.file = "/no/such";
	secret_fails(&s, "token file", "/no/such",
	    "cannot be opened: No such file or directory");
	s.file = "/tmp";
	assert_null(gp_secret_read(&s, NULL));
}

static void
modes(void **state)
{
	static const unsigned open_to_others[] = { 0644, 0640, 0604, 0660, 0601,
		0610, 0602, 0666 };
	static const unsigned shut[] = { 0600, 0400, 0700 };
	struct gp_secret s = { .file = path };
	char why[128];
	size_t i;

	(void)state;
	unit_file(path, SPAN("12345:HUSH\n"));
	for (i = 0; i < COUNT(open_to_others); i++) {
		chmod(path, open_to_others[i]);
		snprintf(why, sizeof(why),
		    "may be read by others (mode %03o): chmod 600 it",
		    open_to_others[i]);
		secret_fails(&s, "token file", path, why);
	}
	for (i = 0; i < COUNT(shut); i++) {
		chmod(path, shut[i]);
		secret_is(&s, "12345:HUSH");
	}
	unit_unfile(path);
}

static void
from_commands(void **state)
{
	static const struct {
		const char *command, *secret, *why;
	} cases[] = {
		{ "echo 12345:HUSH", "12345:HUSH", NULL },
		{ "printf ' 12345:HUSH '; exit 0", "12345:HUSH", NULL },
		{ "echo 12345:HUSH; echo more", "12345:HUSH", NULL },
		{ "echo $HUSH; exit 3", NULL, "failed with status 3" },
		{ "no-such-command-at-all 2>/dev/null", NULL,
		    "failed with status 127" },
		{ "true", NULL, "is empty" },
		{ "kill -9 $$", NULL, "ended by signal 9" },
	};
	size_t i;

	(void)state;
	setenv("HUSH", "12345:HUSH ", 1);
	for (i = 0; i < COUNT(cases); i++) {
		struct gp_secret s = { .command = cases[i].command };

		if (cases[i].secret != NULL)
			secret_is(&s, cases[i].secret);
		else
			secret_fails(
			    &s, "token command", s.command, cases[i].why);
	}
}

/* systemd keeps these readable for root and the unit alone. */
static void
from_credentials(void **state)
{
	struct gp_secret s = { .credential = "file" };
	char dir[64];

	(void)state;
	unsetenv("CREDENTIALS_DIRECTORY");
	secret_fails(
	    &s, "credential", "file", "$CREDENTIALS_DIRECTORY is not set");
	unit_file(path, SPAN("12345:HUSH\n"));
	chmod(path, 0440);
	strcpy(dir, path);
	*strrchr(dir, '/') = '\0';
	setenv("CREDENTIALS_DIRECTORY", dir, 1);
	secret_is(&s, "12345:HUSH");
	unit_unfile(path);
	gp_secret_free(NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(whole),
		cmocka_unit_test(none),
		cmocka_unit_test(faults),
		cmocka_unit_test(from_files),
		cmocka_unit_test(modes),
		cmocka_unit_test(from_commands),
		cmocka_unit_test(from_credentials),
	};

	return cmocka_run_group_tests_name("config", tests, NULL, NULL);
}
