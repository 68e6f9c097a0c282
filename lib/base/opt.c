#include "base/opt.h"

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Options that every command has, behind its own table. */
static const struct gp_opt common[] = {
	{ GP_FLAG, 'h', "help", NULL, "show this help and exit", NULL, NULL },
	{ GP_FLAG, 0, "version", NULL, "show the version and exit", NULL,
	    NULL },
	{ GP_END, 0, NULL, NULL, NULL, NULL, NULL },
};

enum {
	MAX_OPTS = 64,
	ID_BASE = 1000
};

int
gp_span_seconds(const char *word, long *seconds)
{
	static const struct {
		char unit;
		long secs;
	} units[] = { { '\0', 1 }, { 's', 1 }, { 'm', 60 }, { 'h', 3600 },
		{ 'd', 86400 }, { 'w', 604800 } };
	char *end;
	long v;
	size_t i;

	if (*word < '0' || *word > '9')
		return -1;
	errno = 0;
	v = strtol(word, &end, 10);
	if (errno != 0 || (*end != '\0' && end[1] != '\0'))
		return -1;
	for (i = 0; i < sizeof(units) / sizeof(units[0]); i++)
		if (*end == units[i].unit && v <= LONG_MAX / units[i].secs) {
			*seconds = v * units[i].secs;
			return 0;
		}
	return -1;
}

static int
size_of(const char *word, size_t *to)
{
	static const char units[] = "kMG";
	unsigned long long v, scale = 1;
	const char *u;
	char *end;

	if (*word < '0' || *word > '9')
		return -1;
	errno = 0;
	v = strtoull(word, &end, 10);
	if (*end != '\0') {
		u = strchr(units, *end == 'K' ? 'k' : *end);
		if (u == NULL || end[1] != '\0')
			return -1;
		scale = 1ull << (10 * (u - units + 1));
	}
	if (errno != 0 || v > SIZE_MAX / scale)
		return -1;
	*to = (size_t)(v * scale);
	return 0;
}

static int
is_word(const char *words, const char *word)
{
	size_t n = strlen(word), k;

	if (n == 0)
		return 0;
	for (;; words += k + 1) {
		k = strcspn(words, "|");
		if (k == n && memcmp(words, word, n) == 0)
			return 1;
		if (words[k] == '\0')
			return 0;
	}
}

/* NULL, or what the argument should have been. */
static const char *
store(const struct gp_opt *o, const char *word)
{
	struct gp_list *list;
	char *end;
	size_t n;

	switch (o->kind) {
	case GP_FLAG:
		*(int *)o->to = 1;
		return NULL;
	case GP_STR:
	case GP_FILE:
	case GP_DIR:
		*(const char **)o->to = word;
		return NULL;
	case GP_INT:
		errno = 0;
		*(long *)o->to = strtol(word, &end, 10);
		return errno == 0 && *word >= '0' && *word <= '9' &&
			*end == '\0'
		    ? NULL
		    : "a whole number";
	case GP_REAL:
		errno = 0;
		*(double *)o->to = strtod(word, &end);
		return errno == 0 && *word >= '0' && *word <= '9' &&
			*end == '\0' && strpbrk(word, "xX") == NULL
		    ? NULL
		    : "a number";
	case GP_SIZE:
		return size_of(word, o->to) == 0 ? NULL : "a size, as 64k";
	case GP_SPAN:
		n = strlen(word);
		if (n > 0 && word[n - 1] >= '1' && word[n - 1] <= '9')
			return "a span with its unit, as 3d or 90s";
		return gp_span_seconds(word, o->to) == 0 ? NULL
							 : "a span, as 15m";
	case GP_CHOICE:
		if (!is_word(o->words, word))
			return o->words;
		*(const char **)o->to = word;
		return NULL;
	case GP_LIST:
		list = o->to;
		if (list->n == sizeof(list->word) / sizeof(list->word[0]))
			return "given less often";
		list->word[list->n++] = word;
		return NULL;
	case GP_END:
		break;
	}
	return "something else";
}

static void
help_line(const struct gp_opt *o)
{
	char left[64];

	snprintf(left, sizeof(left), "%c%c%s --%s%s%s",
	    o->letter != 0 ? '-' : ' ', o->letter != 0 ? o->letter : ' ',
	    o->letter != 0 ? "," : " ", o->name, o->arg != NULL ? " " : "",
	    o->arg != NULL ? o->arg : "");
	printf("  %-28s %s", left, o->help);
	if (o->kind == GP_CHOICE)
		printf(" (%s)", o->words);
	putchar('\n');
}

static void
help(const struct gp_cmd *cmd)
{
	const struct gp_opt *o;

	printf("%s: %s\n\nusage: %s [options]%s%s%s%s\n\n", cmd->name,
	    cmd->purpose, cmd->name, cmd->verbs != NULL ? " " : "",
	    cmd->verbs != NULL ? cmd->verbs : "",
	    cmd->operands != NULL ? " " : "",
	    cmd->operands != NULL ? cmd->operands : "");
	if (cmd->examples != NULL)
		printf("examples:\n%s\n", cmd->examples);
	printf("options:\n");
	for (o = cmd->opts; o->kind != GP_END; o++)
		help_line(o);
	for (o = common; o->kind != GP_END; o++)
		help_line(o);
	printf("\nMore: man %s\n", cmd->name);
}

static const char *
kind_name(const struct gp_opt *o)
{
	switch (o->kind) {
	case GP_FLAG:
		return "flag";
	case GP_FILE:
		return "file";
	case GP_DIR:
		return "dir";
	case GP_CHOICE:
		return "choice";
	default:
		return "word";
	}
}

/* kind, letter, name, argument, words, help; tabs between, "-" for none. */
static void
table(const struct gp_cmd *cmd)
{
	const struct gp_opt *set[] = { cmd->opts, common };
	const struct gp_opt *o;
	size_t i;

	printf("command\t%s\t%s\t%s\t%s\n", cmd->name,
	    cmd->operands != NULL ? cmd->operands : "-",
	    cmd->verbs != NULL ? cmd->verbs : "-", cmd->purpose);
	for (i = 0; i < 2; i++)
		for (o = set[i]; o->kind != GP_END; o++)
			printf("%s\t%c\t%s\t%s\t%s\t%s\n", kind_name(o),
			    o->letter != 0 ? o->letter : '-', o->name,
			    o->arg != NULL ? o->arg : "-",
			    o->words != NULL ? o->words : "-", o->help);
}

_Noreturn static void
usage(const struct gp_cmd *cmd)
{
	fprintf(stderr, "%s: try '%s --help'\n", cmd->name, cmd->name);
	exit(GP_USAGE);
}

/* Fills getopt's two forms from the tables; the letters go to `letters`. */
static void
translate(const struct gp_cmd *cmd, struct option *longs, char *letters)
{
	const struct gp_opt *set[] = { cmd->opts, common };
	const struct gp_opt *o;
	size_t i, n = 0;

	for (i = 0; i < 2; i++)
		for (o = set[i]; o->kind != GP_END && n < MAX_OPTS - 2; o++) {
			longs[n] =
			    (struct option){ o->name, o->kind != GP_FLAG, NULL,
				    ID_BASE + (int)(i * MAX_OPTS) +
					(int)(o - set[i]) };
			n++;
			if (o->letter == 0)
				continue;
			*letters++ = o->letter;
			if (o->kind != GP_FLAG)
				*letters++ = ':';
		}
	longs[n++] = (struct option){ "gp-options", 0, NULL, ID_BASE - 1 };
	longs[n] = (struct option){ NULL, 0, NULL, 0 };
	*letters = '\0';
}

static const struct gp_opt *
lookup(const struct gp_cmd *cmd, int id)
{
	const struct gp_opt *o;

	if (id >= ID_BASE + MAX_OPTS)
		return &common[id - ID_BASE - MAX_OPTS];
	if (id >= ID_BASE)
		return &cmd->opts[id - ID_BASE];
	for (o = cmd->opts; o->kind != GP_END; o++)
		if (o->letter == id)
			return o;
	return id == 'h' ? &common[0] : NULL;
}

_Noreturn static void
inform(const struct gp_cmd *cmd, const struct gp_opt *o)
{
	if (o == NULL)
		table(cmd);
	else if (strcmp(o->name, "help") == 0)
		help(cmd);
	else
		printf("%s (gp) %s\n", cmd->name, GP_VERSION);
	exit(gp_finish(GP_OK));
}

/*
 * A standard descriptor that is closed would be taken by the next file opened,
 * and records or messages would go there. Filled so that using it fails.
 */
static void
no_closed_descriptors(void)
{
	int fd;

	for (fd = 0; fd < 3; fd++)
		if (fcntl(fd, F_GETFD) == -1 &&
		    open("/dev/null", fd == 1 ? O_RDONLY : O_WRONLY) != fd)
			exit(GP_IO);
}

int
gp_opt_parse(const struct gp_cmd *cmd, int argc, char **argv)
{
	struct option longs[MAX_OPTS];
	char letters[2 * MAX_OPTS + 1];
	const struct gp_opt *o;
	const char *want;
	char prog[64], *own = argv[0];
	int id, i, n;

	gp_prog(cmd->name);
	no_closed_descriptors();
	translate(cmd, longs, letters);
	snprintf(prog, sizeof(prog), "%s", cmd->name);
	argv[0] = prog; /* getopt's own messages name us so */
	optind = 1;
	while ((id = getopt_long(argc, argv, letters, longs, NULL)) != -1) {
		if (id == '?')
			usage(cmd);
		if (id == ID_BASE - 1)
			inform(cmd, NULL);
		o = lookup(cmd, id);
		if (o == NULL)
			usage(cmd);
		if (o->to == NULL)
			inform(cmd, o);
		want = store(o, optarg);
		if (want == NULL)
			continue;
		gp_warnx("--%s: '%s' is not %s%s", o->name, optarg,
		    o->kind == GP_CHOICE ? "one of " : "", want);
		usage(cmd);
	}
	argv[0] = own;
	n = argc - optind;
	for (i = 0; i < n; i++)
		argv[i] = argv[optind + i];
	if (n > 0 && cmd->operands == NULL && cmd->verbs == NULL) {
		gp_warnx("unexpected operand '%s'", argv[0]);
		usage(cmd);
	}
	return n;
}
