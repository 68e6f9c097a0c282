#include "text/token.h"

#include <string.h>
#include <strings.h>
#include <utf8proc.h>

#include "base/utf8.h"
#include "text/special.h"

/* What a byte can begin. */
enum class {
	APART,
	ALNUM,
	CYRILLIC,
	WIDE,
	MARK,
	DIAL
};

static const unsigned char class_of[256] = {
	['0' ... '9'] = ALNUM,
	['A' ... 'Z'] = ALNUM,
	['a' ... 'z'] = ALNUM,
	['?'] = MARK,
	['!'] = MARK,
	['+'] = DIAL,
	['('] = DIAL,
	[0xc2 ... 0xcf] = WIDE,
	[0xd0 ... 0xd1] = CYRILLIC,
	[0xd2 ... 0xf4] = WIDE,
};

static int
is_letter(utf8proc_category_t cat)
{
	return (cat >= UTF8PROC_CATEGORY_LU && cat <= UTF8PROC_CATEGORY_LO) ||
	    (cat >= UTF8PROC_CATEGORY_ND && cat <= UTF8PROC_CATEGORY_NO);
}

/* Soft hyphen, zero width space and joiners, word joiner, byte order mark. */
static int
is_invisible(uint32_t c)
{
	return c == 0xad || (c >= 0x200b && c <= 0x200d) || c == 0x2060 ||
	    c == 0xfeff;
}

/* Bytes of the wide character at p if it is of a word, otherwise 0. */
static size_t
wide(const char *p, const char *end, int first)
{
	const char *q = p;
	uint32_t c = gp_utf8_next(&q, end);
	utf8proc_category_t cat;

	if (c == 0xfffd)
		return 0;
	cat = utf8proc_category((utf8proc_int32_t)c);
	if (!is_letter(cat) &&
	    (first ||
		!(is_invisible(c) ||
		    (cat >= UTF8PROC_CATEGORY_MN &&
			cat <= UTF8PROC_CATEGORY_ME))))
		return 0;
	return (size_t)(q - p);
}

/* Four at once of the two-byte sequences that Russian is written with. */
static int
is_four(const char *p)
{
	static const char bits[8] = "\xfe\xc0\xfe\xc0\xfe\xc0\xfe\xc0";
	static const char like[8] = "\xd0\x80\xd0\x80\xd0\x80\xd0\x80";
	uint64_t v, m, want;

	memcpy(&v, p, 8);
	memcpy(&m, bits, 8);
	memcpy(&want, like, 8);
	return (v & m) == want;
}

static const char *
russian(const char *p, const char *end)
{
	while (end - p >= 8 && is_four(p))
		p += 8;
	while (end - p >= 2 && ((unsigned char)p[0] & 0xfe) == 0xd0 &&
	    ((unsigned char)p[1] & 0xc0) == 0x80)
		p += 2;
	return p;
}

/* Behind the word that begins at p; p itself if none does. */
static const char *
word_end(const char *p, const char *end)
{
	const char *start = p;
	size_t n;

	while (p < end) {
		switch (class_of[(unsigned char)*p]) {
		case ALNUM:
			p++;
			continue;
		case CYRILLIC:
			n = (size_t)(russian(p, end) - p);
			if (n == 0)
				return p;
			p += n;
			continue;
		case WIDE:
			n = wide(p, end, p == start);
			if (n == 0)
				return p;
			p += n;
			continue;
		default:
			return p;
		}
	}
	return p;
}

static int
give(struct gp_tokens *in, struct gp_token *t, enum gp_token_kind kind,
    const char *to)
{
	t->kind = kind;
	t->raw = (struct gp_span){ in->p, (size_t)(to - in->p) };
	in->p = to;
	return 1;
}

/* A word from p to `to`, or the link that it begins. */
static int
word_or_link(struct gp_tokens *in, struct gp_token *t, const char *to)
{
	const char *p = in->p, *end = in->end, *behind = NULL;

	if (end - to > 1 && (*to == ':' || *to == '.') &&
	    (p == in->start || p[-1] != '@'))
		behind = gp_special_url(p, to, end);
	if (behind != NULL)
		return give(in, t, GP_TOKEN_URL, behind);
	return give(in, t, GP_TOKEN_WORD, to);
}

/* A telephone number, a link or a word at p; 0: none of them. */
static int
word(struct gp_tokens *in, struct gp_token *t)
{
	const char *p = in->p, *end = in->end, *to;

	if (class_of[(unsigned char)*p] == CYRILLIC) {
		to = russian(p, end);
		if (to < end && class_of[(unsigned char)*to] == APART &&
		    *to != '.' && *to != ':' && to > p)
			return give(in, t, GP_TOKEN_WORD, to);
	} else if (class_of[(unsigned char)*p] == DIAL ||
	    (*p >= '0' && *p <= '9')) {
		to = gp_special_phone(p, end);
		if (to != NULL)
			return give(in, t, GP_TOKEN_PHONE, to);
	}
	to = word_end(p, end);
	return to != p && word_or_link(in, t, to);
}

void
gp_tokens_init(struct gp_tokens *in, struct gp_span text)
{
	in->start = in->p = text.p;
	in->end = text.p + text.n;
}

int
gp_tokens_next(struct gp_tokens *in, struct gp_token *t)
{
	const char *p = in->p, *end = in->end;

	for (;; p = in->p) {
		while (p < end && class_of[(unsigned char)*p] == APART)
			p++;
		in->p = p;
		if (p == end)
			return 0;
		if (class_of[(unsigned char)*p] == MARK)
			return give(in, t,
			    *p == '?' ? GP_TOKEN_ASK : GP_TOKEN_CRY, p + 1);
		if (word(in, t))
			return 1;
		gp_utf8_next(&in->p, end);
	}
}
