/* What finds itself in a text: links, hashtags, mentions, addresses, numbers
 * of telephones. As the server does, by eye rather than by the letter. */
#include "sim/entity.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/utf8.h"
#include "record/hashtag.h"

static const char *const domains[] = { "ru", "org", "com", "net", "su", "me",
	"info", "gov", "pro" };

/* Letters, digits and _; quotes, dashes and emoji lie outside the range. */
static int
in_word(uint32_t c)
{
	return (c < 0x80 && isalnum((int)c)) || c == '_' ||
	    (c >= 0xc0 && c < 0x2000);
}

static size_t
run(const char *p, const char *end, const char *set)
{
	const char *q = p;

	while (q < end &&
	    (isalnum((unsigned char)*q) ||
		(*q != '\0' && strchr(set, *q) != NULL)))
		q++;
	return (size_t)(q - p);
}

/* Without the full stop or bracket that ends a sentence, not a link. */
static size_t
trim(const char *p, size_t n)
{
	while (n > 0 && strchr(".,;:!?)]}'\"", p[n - 1]) != NULL)
		n--;
	return n;
}

static size_t
link_length(const char *p, const char *end)
{
	size_t n = 0;

	while (p + n < end && (unsigned char)p[n] > ' ' &&
	    strchr("<>\"", p[n]) == NULL && strncmp(p + n, "»", 2) != 0 &&
	    strncmp(p + n, "«", 2) != 0)
		n++;
	return trim(p, n);
}

/* 1: "name.ru", its last part a domain that is known. */
static int
is_host(const char *p, size_t n)
{
	const char *dot = memrchr(p, '.', n);
	size_t i, k;

	if (dot == NULL || dot == p)
		return 0;
	k = (size_t)(p + n - dot - 1);
	for (i = 0; i < sizeof(domains) / sizeof(domains[0]); i++)
		if (strlen(domains[i]) == k &&
		    strncasecmp(dot + 1, domains[i], k) == 0)
			return 1;
	return 0;
}

static size_t
email(const char *p, const char *end)
{
	size_t n = run(p, end, "._%+-"), k;

	if (n == 0 || p + n == end || p[n] != '@')
		return 0;
	k = trim(p + n + 1, run(p + n + 1, end, ".-"));
	return is_host(p + n + 1, k) ? n + 1 + k : 0;
}

static size_t
url(const char *p, const char *end)
{
	size_t n;

	if (strncasecmp(p, "http://", 7) == 0 ||
	    strncasecmp(p, "https://", 8) == 0)
		return link_length(p, end);
	n = trim(p, run(p, end, ".-"));
	if (!is_host(p, n))
		return 0;
	return p + n < end && p[n] == '/' ? link_length(p, end) : n;
}

static size_t
mention(const char *p, const char *end)
{
	size_t n;

	if (*p != '@' || p + 1 == end || !isalpha((unsigned char)p[1]))
		return 0;
	n = run(p + 1, end, "_");
	return n >= 4 && n <= 32 ? n + 1 : 0;
}

/* +7 900 000-01-12, 8 (900) 000-01-12: the length up to the last digit. */
static size_t
phone(const char *p, const char *end)
{
	const char *q = p, *last = p;
	int digits = 0;

	if (*p != '+' && *p != '8')
		return 0;
	for (q += *p == '+';
	     q < end && strchr("0123456789 -()", *q) != NULL && *q != '\0'; q++)
		if (isdigit((unsigned char)*q)) {
			digits++;
			last = q;
		}
	if (*p == '+' ? digits < 10 || digits > 15 : digits != 11)
		return 0;
	return (size_t)(last + 1 - p);
}

static size_t
command(const char *p, const char *end)
{
	size_t n;

	if (*p != '/' || p + 1 == end || !isalpha((unsigned char)p[1]))
		return 0;
	n = run(p + 1, end, "_@");
	return p + 1 + n < end && p[1 + n] == '/' ? 0 : n + 1;
}

static int
taken(const struct gp_sim_text *t, size_t from, size_t n)
{
	size_t i;

	for (i = 0; i < t->ne; i++)
		if (t->e[i].from < from + n &&
		    from < t->e[i].from + t->e[i].n &&
		    (strcmp(t->e[i].type, "text_link") == 0 ||
			strcmp(t->e[i].type, "code") == 0 ||
			strcmp(t->e[i].type, "pre") == 0))
			return 1;
	return 0;
}

static const struct {
	const char *type;
	size_t (*find)(const char *, const char *);
} finders[] = {
	{ "email", email },
	{ "url", url },
	{ "mention", mention },
	{ "phone_number", phone },
	{ "bot_command", command },
};

/* The length of what was found at p and marked; 0: nothing; -1: no memory. */
static long
find_at(struct gp_sim_text *t, const char *p, const char *end)
{
	struct gp_span none = { NULL, 0 };
	size_t i, n, from = (size_t)(p - t->s);

	for (i = 0; i < sizeof(finders) / sizeof(finders[0]); i++) {
		n = finders[i].find(p, end);
		if (n == 0)
			continue;
		if (!taken(t, from, n) &&
		    gp_sim_text_mark(t, finders[i].type, from, n, none) == -1)
			return -1;
		return (long)n;
	}
	return 0;
}

static int
hashtags(struct gp_sim_text *t)
{
	const char *p = t->s, *end = t->s + t->n;
	struct gp_span tag, none = { NULL, 0 };

	while (gp_hashtag_next(&p, end, &tag)) {
		size_t from = (size_t)(tag.p - t->s) - 1;

		if (!taken(t, from, tag.n + 1) &&
		    gp_sim_text_mark(t, "hashtag", from, tag.n + 1, none) == -1)
			return -1;
	}
	return 0;
}

static int
by_place(const void *a, const void *b)
{
	const struct gp_sim_entity *x = a, *y = b;

	if (x->from != y->from)
		return x->from < y->from ? -1 : 1;
	return x->n == y->n ? 0 : x->n > y->n ? -1 : 1;
}

int
gp_sim_text_find(struct gp_sim_text *t)
{
	const char *p = t->s, *end = t->s + t->n;
	uint32_t before = ' ';
	long n;

	if (hashtags(t) == -1)
		return -1;
	while (p < end) {
		n = in_word(before) || before == '@' || before == '#'
		    ? 0
		    : find_at(t, p, end);
		if (n == -1)
			return -1;
		/* Right behind what was found nothing else begins. */
		before = n > 0 ? '_' : gp_utf8_next(&p, end);
		p += n;
	}
	if (t->ne > 1)
		qsort(t->e, t->ne, sizeof(*t->e), by_place);
	return 0;
}
