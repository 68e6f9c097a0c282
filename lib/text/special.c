#include "text/special.h"

#include <string.h>
#include <strings.h>

/* What a host may have after its first label; no text is read twice for long */
enum {
	MAX_LABELS = 8,
	MAX_LABEL = 64
};

static int
digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Bytes of one character that may stand between digits; 0: it may not. */
static size_t
between(const char *p, const char *end)
{
	if (*p == ' ' || *p == '-' || *p == '(' || *p == ')')
		return 1;
	if (end - p > 1 && memcmp(p, "\302\240", 2) == 0)
		return 2;
	/* U+2010 to U+2014, the hyphens and dashes */
	if (end - p > 2 && memcmp(p, "\342\200", 2) == 0 &&
	    (unsigned char)p[2] >= 0x90 && (unsigned char)p[2] <= 0x94)
		return 3;
	return 0;
}

/* At the next digit with at most two characters before it, or NULL. */
static const char *
next_digit(const char *p, const char *end)
{
	size_t n;
	int gap;

	for (gap = 0; gap <= 2 && p < end; gap++) {
		if (digit(*p))
			return p;
		n = between(p, end);
		if (n == 0)
			return NULL;
		p += n;
	}
	return NULL;
}

const char *
gp_special_phone(const char *p, const char *end)
{
	int plus = *p == '+', n = 0;
	const char *q, *last = NULL;
	char first;

	q = next_digit(plus ? p + 1 : p, end);
	if (q == NULL)
		return NULL;
	first = *q;
	for (; q != NULL && n < 16; q = next_digit(last, end)) {
		last = q + 1;
		n++;
		if (n == 11 && (first == '7' || first == '8') &&
		    (last == end || !digit(*last)))
			return last;
	}
	if (plus && n >= 10 && n <= 15)
		return last;
	return first == '9' && n == 10 ? last : NULL;
}

static int
alnum(char c)
{
	return digit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

/* Behind a link whose host ends at p: up to a space, quote or bracket. */
static const char *
link_end(const char *p, const char *end)
{
	while (p < end && (unsigned char)*p > ' ' &&
	    strchr("\"<>()[]{}", *p) == NULL &&
	    !(end - p > 1 && memcmp(p, "\302\240", 2) == 0) &&
	    !(end - p > 1 && memcmp(p, "\302\253", 2) == 0) &&
	    !(end - p > 1 && memcmp(p, "\302\273", 2) == 0))
		p++;
	while (strchr(".,;:!?", p[-1]) != NULL)
		p--;
	return p;
}

static int
known_ending(const char *p, size_t n)
{
	static const char *const known[] = { "ru", "su", "com", "org", "net",
		"info", "me", "biz", "io", "gg", "ly", "cc", "tv", "by", "kz",
		"xyz", "top", "site", "online", "store", "shop", "pro", "link",
		"club", "app", "dev", "\321\200\321\204" };
	size_t i;

	for (i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (strlen(known[i]) == n && strncasecmp(p, known[i], n) == 0)
			return 1;
	return 0;
}

/* Bytes of one character of a label of a host's name. */
static size_t
label(const char *p, const char *end)
{
	if (alnum(*p) || *p == '-')
		return 1;
	return end - p > 1 &&
		((unsigned char)*p == 0xd0 || (unsigned char)*p == 0xd1)
	    ? 2
	    : 0;
}

/* Behind the host that the label before dot belongs to, or NULL. */
static const char *
host_end(const char *dot, const char *end)
{
	const char *p, *good = NULL;
	int labels;
	size_t n;

	for (labels = 0; dot < end && *dot == '.'; labels++) {
		p = dot + 1;
		while (
		    p < end && p - dot <= MAX_LABEL && (n = label(p, end)) != 0)
			p += n;
		if (labels == MAX_LABELS || p == dot + 1)
			break;
		good = known_ending(dot + 1, (size_t)(p - dot - 1)) ? p : NULL;
		dot = p;
	}
	return good;
}

static int
is_scheme(const char *p, size_t n)
{
	return (n == 4 && strncasecmp(p, "http", 4) == 0) ||
	    (n == 5 && strncasecmp(p, "https", 5) == 0) ||
	    (n == 2 && strncasecmp(p, "tg", 2) == 0);
}

const char *
gp_special_url(const char *p, const char *word, const char *end)
{
	size_t n = (size_t)(word - p);

	if (*word == ':') {
		if (end - word > 3 && memcmp(word, "://", 3) == 0 &&
		    is_scheme(p, n))
			return link_end(word + 3, end);
		return NULL;
	}
	if (n == 3 && strncasecmp(p, "www", 3) == 0 && alnum(word[1]))
		return link_end(word + 1, end);
	p = host_end(word, end);
	return p != NULL ? link_end(p, end) : NULL;
}
