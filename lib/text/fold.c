#include "text/fold.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/utf8.h"
#include "text/token.h"

enum script {
	CYRILLIC = 1,
	LATIN = 2,
	BOTH = 3,
	OTHER = 4
};

/* The two-byte sequences of U+0400 to U+047F. */
static int
cyrillic(const unsigned char *p, const unsigned char *end)
{
	return (p[0] & 0xfe) == 0xd0 && end - p > 1 && (p[1] & 0xc0) == 0x80;
}

static int
latin(unsigned char c)
{
	return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

static int
scripts(struct gp_span s)
{
	const unsigned char *p = (const unsigned char *)s.p, *end = p + s.n;
	int seen = 0;

	while (p < end) {
		if (cyrillic(p, end)) {
			seen |= CYRILLIC;
			p += 2;
		} else {
			seen |= *p >= 0x80 ? OTHER : latin(*p) ? LATIN : 0;
			p++;
		}
	}
	return seen;
}

/* The code point, of U+0400 to U+047F, in lower case, ё as е. */
static unsigned
lower(unsigned c)
{
	if (c - 0x410 < 0x20)
		return c + 0x20;
	if (c == 0x401 || c == 0x451)
		return 0x435;
	if (c < 0x410)
		return c + 0x50;
	return c >= 0x460 ? c | 1 : c;
}

/* What a small Latin letter looks like; 0: like none. */
static unsigned
look_alike(unsigned char c)
{
	static const char from[] = "abcehkmoptxy";
	static const unsigned short to[] = { 0x430, 0x432, 0x441, 0x435, 0x43d,
		0x43a, 0x43c, 0x43e, 0x440, 0x442, 0x445, 0x443 };
	const char *at = strchr(from, c);

	return at != NULL && c != '\0' ? to[at - from] : 0;
}

static void
put_cyrillic(char **to, unsigned c)
{
	*(*to)++ = (char)(0xc0 | c >> 6);
	*(*to)++ = (char)(0x80 | (c & 0x3f));
}

/* One character, or a byte of one that is copied; returns behind it. */
static const unsigned char *
fold_one(const unsigned char *p, const unsigned char *end, unsigned char *to)
{
	unsigned c;

	if (!cyrillic(p, end)) {
		*to = (unsigned char)(*p | (latin(*p) << 5));
		return p + 1;
	}
	c = lower((p[0] & 0x1fu) << 6 | (p[1] & 0x3fu));
	to[0] = (unsigned char)(0xc0 | c >> 6);
	to[1] = (unsigned char)(0x80 | (c & 0x3f));
	return p + 2;
}

/*
 * Sixteen bytes at once, each with the one before it and the one behind: the
 * capitals А to Я (D0 90 to D0 AF) and those of ASCII. Returns how many are
 * done; 0: other capitals or ё may be among them.
 */
enum {
	WIDE = 16
};

typedef unsigned char lanes __attribute__((vector_size(WIDE)));

static int
fold_wide(const unsigned char *p, unsigned char *to)
{
	const lanes x20 = (lanes){ 0 } + 0x20;
	lanes before, c, behind, d0, rare;
	uint64_t half[2];

	memcpy(&before, p - 1, WIDE);
	memcpy(&c, p, WIDE);
	memcpy(&behind, p + 1, WIDE);
	d0 = (lanes)(before == 0xd0);
	rare = (d0 & (lanes)((c & 0xf0) == 0x80)) |
	    ((lanes)(before == 0xd1) & (lanes)((c & 0xf0) != 0x80));
	memcpy(half, &rare, WIDE);
	if ((half[0] | half[1]) != 0)
		return 0;
	c += (d0 & (lanes)((c & 0xf0) == 0x90) & x20) -
	    (d0 & (lanes)((c & 0xf0) == 0xa0) & x20) -
	    ((lanes)(c == 0xd0) & (lanes)((behind & 0xf0) == 0xa0));
	c += (lanes)(c - 'A' < 26) & x20;
	memcpy(to, &c, WIDE);
	/* a sequence is not parted */
	return (p[WIDE - 1] & 0xfe) == 0xd0 ? WIDE - 1 : WIDE;
}

/* ASCII and Cyrillic; all else is copied. */
void
gp_fold_plain(struct gp_buf *b, struct gp_span s)
{
	const unsigned char *start = (const unsigned char *)s.p, *p = start;
	const unsigned char *end = p + s.n, *next;
	unsigned char *to = (unsigned char *)gp_buf_room(b, s.n);

	if (to == NULL)
		return;
	while (p < end) {
		next = p;
		if (p > start && end - p > WIDE)
			next += fold_wide(p, to);
		if (next == p)
			next = fold_one(p, end, to);
		to += next - p;
		p = next;
	}
	gp_buf_used(b, s.n);
}

/* A folded word whose Latin letters are to be Cyrillic. */
static void
put_mixed(struct gp_buf *b, struct gp_span s)
{
	char *start = gp_buf_room(b, 2 * s.n), *to = start;
	unsigned c;
	size_t i;

	if (start == NULL)
		return;
	for (i = 0; i < s.n; i++) {
		c = look_alike((unsigned char)s.p[i]);
		if (c != 0)
			put_cyrillic(&to, c);
		else
			*to++ = s.p[i];
	}
	gp_buf_used(b, (size_t)(to - start));
}

static void
fold_mixed(struct gp_buf *b, struct gp_span s)
{
	struct gp_buf small;

	gp_buf_init(&small, 0);
	gp_fold_plain(&small, s);
	if (small.bad)
		b->bad = small.bad;
	else
		put_mixed(b, gp_buf_span(&small));
	gp_buf_release(&small);
}

/*
 * Marks that are still there after composing: stress over vowels and
 * decoration. Only U+0300 to U+036F; marks of other scripts carry meaning.
 */
static size_t
drop_marks(unsigned char *s, size_t n)
{
	size_t i, to = 0;

	for (i = 0; i < n; i++) {
		if (i + 1 < n &&
		    (s[i] == 0xcc || (s[i] == 0xcd && s[i + 1] < 0xb0)))
			i++;
		else
			s[to++] = s[i];
	}
	return to;
}

/* By Unicode's tables; NULL: not UTF-8, or no memory. The caller frees. */
static unsigned char *
fold_unicode(struct gp_span s, size_t *n)
{
	utf8proc_uint8_t *out = NULL;
	utf8proc_ssize_t r;

	r = utf8proc_map((const utf8proc_uint8_t *)s.p, (utf8proc_ssize_t)s.n,
	    &out,
	    UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD |
		UTF8PROC_IGNORE);
	if (r < 0) {
		free(out);
		return NULL;
	}
	*n = drop_marks(out, (size_t)r);
	return out;
}

int
gp_fold_is_plain(struct gp_span word)
{
	int seen = scripts(word);

	return seen < OTHER && seen != BOTH;
}

void
gp_fold_word(struct gp_buf *b, struct gp_span s)
{
	unsigned char *wide = NULL;
	int seen = scripts(s);
	size_t n;

	if (seen & OTHER)
		wide = fold_unicode(s, &n);
	if (wide != NULL) {
		s = (struct gp_span){ (const char *)wide, n };
		seen = scripts(s);
	}
	if ((seen & BOTH) == BOTH)
		fold_mixed(b, s);
	else
		gp_fold_plain(b, s);
	free(wide);
}

void
gp_fold_text(struct gp_buf *b, struct gp_span text)
{
	const char *done = text.p, *end = text.p + text.n;
	struct gp_tokens in;
	struct gp_token t;

	gp_tokens_init(&in, text);
	while (gp_tokens_next(&in, &t)) {
		if (t.kind != GP_TOKEN_WORD)
			continue;
		gp_buf_add(b, done, (size_t)(t.raw.p - done));
		gp_fold_word(b, t.raw);
		done = t.raw.p + t.raw.n;
	}
	if (end > done)
		gp_buf_add(b, done, (size_t)(end - done));
}

struct gp_letters
gp_fold_letters(struct gp_span s)
{
	const char *p = s.p, *end = gp_span_end(s);
	unsigned all = 0, capital = 0;
	utf8proc_category_t cat;
	uint32_t c;

	while (p < end) {
		c = gp_utf8_next(&p, end);
		if (c - 0x410 < 0x40) {
			all++;
			capital += c < 0x430;
			continue;
		}
		cat = utf8proc_category((utf8proc_int32_t)c);
		all +=
		    cat >= UTF8PROC_CATEGORY_LU && cat <= UTF8PROC_CATEGORY_LO;
		capital += cat == UTF8PROC_CATEGORY_LU;
	}
	return (struct gp_letters){
		(unsigned char)(all < 255 ? all : 255),
		(unsigned char)(capital < 255 ? capital : 255),
	};
}
