/*
 * One table a command: it feeds parsing, --help, completions and the test
 * that the page names every option.
 */
#ifndef GP_BASE_OPT_H
#define GP_BASE_OPT_H

#include <stdint.h>

#include "base/err.h"

enum gp_opt_kind {
	GP_END = 0,
	GP_FLAG,   /* int *: set to 1 */
	GP_STR,    /* const char **: borrowed from argv */
	GP_FILE,   /* const char **: as GP_STR; completed as a file */
	GP_DIR,    /* const char **: as GP_STR; completed as a folder */
	GP_INT,    /* long *: 0 or more */
	GP_SIZE,   /* size_t *: bytes, with k, M, G */
	GP_REAL,   /* double *: 0 or more */
	GP_SPAN,   /* long *: seconds, as 90s, 15m, 2h, 3d, 1w */
	GP_CHOICE, /* const char **: one of the words in `words` */
	GP_LIST,   /* struct gp_list *: may be given again */
};

/* Words in the order given; `max` of them at the most, borrowed from argv. */
struct gp_list {
	const char *word[64];
	size_t n;
};

struct gp_opt {
	enum gp_opt_kind kind;
	char letter; /* 0: none */
	const char *name;
	const char *arg; /* what stands for it in --help; NULL for a flag */
	const char *help;
	void *to;
	const char *words; /* GP_CHOICE: "a|b|c" */
};

struct gp_cmd {
	const char *name;
	const char *purpose;       /* one line, lower case, no full stop */
	const char *operands;      /* "[FILE ...]", or NULL: none are taken */
	const struct gp_opt *opts; /* ends with GP_END */
	const char *verbs;         /* first operand, "a|b|c", or NULL */
	const char *examples;      /* lines of shell for --help, or NULL */
};

/*
 * Parses argv and moves the operands to its front. Returns the number of
 * operands. -h, --help, --version and --gp-options (the table, for the
 * completions) print and exit 0; a wrong command line is said and exits 64.
 */
int gp_opt_parse(const struct gp_cmd *, int argc, char **argv);

/* "90s", "15m", "2h", "3d", "1w", "45" (seconds). -1: not a span. */
int gp_span_seconds(const char *word, long *seconds);

#define GP_VERSION "0.1"

#endif
