/*
 * The plainest judge of JSON (RFC 8259), byte by byte: what the reader of the
 * library takes and refuses is held against it. UTF-8 is judged elsewhere.
 */
#ifndef GP_TESTS_JUDGE_H
#define GP_TESTS_JUDGE_H

#include <ctype.h>
#include <string.h>

#include "base/buf.h"

struct judge {
	const char *p, *end;
	int depth, deepest;
	size_t most; /* members of one object */
};

static int judge_value(struct judge *);

static inline int
judge_eat(struct judge *j, const char *set)
{
	if (j->p == j->end || *j->p == '\0' || strchr(set, *j->p) == NULL)
		return 0;
	j->p++;
	return 1;
}

static inline void
judge_space(struct judge *j)
{
	while (judge_eat(j, " \t\r\n"))
		continue;
}

static inline int
judge_digits(struct judge *j)
{
	int n = 0;

	while (judge_eat(j, "0123456789"))
		n++;
	return n;
}

static inline int
judge_number(struct judge *j)
{
	judge_eat(j, "-");
	if (!judge_eat(j, "0") && judge_digits(j) == 0)
		return 0;
	if (judge_eat(j, ".") && judge_digits(j) == 0)
		return 0;
	if (!judge_eat(j, "eE"))
		return 1;
	judge_eat(j, "+-");
	return judge_digits(j) > 0;
}

static inline int
judge_string(struct judge *j)
{
	int i;

	if (!judge_eat(j, "\""))
		return 0;
	while (j->p < j->end && *j->p != '"') {
		if ((unsigned char)*j->p < 0x20)
			return 0;
		if (*j->p++ != '\\' || judge_eat(j, "\"\\/bfnrt"))
			continue;
		if (!judge_eat(j, "u"))
			return 0;
		for (i = 0; i < 4; i++)
			if (!judge_eat(j, "0123456789abcdefABCDEF"))
				return 0;
	}
	return judge_eat(j, "\"");
}

/* What stands in brackets, with keys in curly ones. */
static inline int
judge_list(struct judge *j, int keys, const char *shut)
{
	size_t n = 0;

	if (++j->depth > j->deepest)
		j->deepest = j->depth;
	judge_space(j);
	if (!judge_eat(j, shut)) {
		do {
			judge_space(j);
			n++;
			if (keys && !judge_string(j))
				return 0;
			judge_space(j);
			if (keys && !judge_eat(j, ":"))
				return 0;
			judge_space(j);
			if (j->depth > 1000 || !judge_value(j))
				return 0;
			judge_space(j);
		} while (judge_eat(j, ","));
		if (!judge_eat(j, shut))
			return 0;
	}
	if (keys && n > j->most)
		j->most = n;
	j->depth--;
	return 1;
}

static inline int
judge_word(struct judge *j, const char *word)
{
	size_t n = strlen(word);

	if ((size_t)(j->end - j->p) < n || memcmp(j->p, word, n) != 0)
		return 0;
	j->p += n;
	return 1;
}

static int
judge_value(struct judge *j)
{
	if (judge_eat(j, "{"))
		return judge_list(j, 1, "}");
	if (judge_eat(j, "["))
		return judge_list(j, 0, "]");
	if (j->p < j->end && *j->p == '"')
		return judge_string(j);
	return judge_word(j, "true") || judge_word(j, "false") ||
	    judge_word(j, "null") || judge_number(j);
}

/* 1: an object or array, and nothing but white space around it. */
static inline int
judge_text(struct gp_span s, struct judge *j)
{
	*j = (struct judge){ s.p, s.p + s.n, 0, 0, 0 };
	judge_space(j);
	if (j->p == j->end || (*j->p != '{' && *j->p != '['))
		return 0;
	if (!judge_value(j))
		return 0;
	judge_space(j);
	return j->p == j->end;
}

#endif
