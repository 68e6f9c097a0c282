#include "text/personal_inner.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

/* Folded letters that windows-1251 has no small Russian one for. */
enum {
	STRANGE = 1
};

/* Bytes of an address that are passed over at once. */
enum {
	URL = 2048
};

/* What a character is: a letter (its fold), a digit, a gap, or nothing. */
enum what {
	LETTER,
	DIGIT,
	GAP,
	NOTHING
};
struct seen {
	enum what what;
	uint8_t low, capital, script;
	uint16_t gap;
};

static struct seen
gap(unsigned bits)
{
	return (struct seen){ .what = GAP, .gap = (uint16_t)bits };
}

static struct seen
ascii(unsigned char c)
{
	static const char sign[] = " \t\n\r-.,()[]/#+:@_";
	static const uint16_t bit[] = { PD_SPACE, PD_SPACE, PD_LINE, PD_LINE,
		PD_DASH, PD_DOT, PD_COMMA, PD_OPEN, PD_CLOSE, PD_OPEN, PD_CLOSE,
		PD_SLASH, PD_NUMERO, PD_PLUS, PD_COLON, PD_AT, PD_LOW };
	const char *p;

	if (c >= '0' && c <= '9')
		return (struct seen){ DIGIT, c, 0, 0, 0 };
	if ((c | 32) >= 'a' && (c | 32) <= 'z')
		return (struct seen){ LETTER, c | 32, c < 'a', PD_LATIN, 0 };
	p = c != 0 ? strchr(sign, c) : NULL;
	return gap(p != NULL ? bit[p - sign] : PD_OTHER);
}

/* U+0400 to U+047F */
static struct seen
cyrillic(uint32_t u)
{
	struct seen s = { LETTER, STRANGE, 0, PD_CYRILLIC, 0 };

	if (u == 0x401 || u == 0x451) {
		s.low = 0xe5;
		s.capital = u == 0x401;
	} else if (u >= 0x410 && u <= 0x44f) {
		s.capital = u < 0x430;
		s.low = (uint8_t)(0xe0 + (u - 0x410) % 32);
	} else {
		s.capital = u < 0x410;
	}
	return s;
}

static struct seen
other(uint32_t u)
{
	if (u >= 0x400 && u < 0x530)
		return cyrillic(u);
	if (u == 0xa0 || (u >= 0x2000 && u <= 0x200a) || u == 0x202f ||
	    u == 0x205f || u == 0x3000)
		return gap(PD_SPACE);
	if ((u >= 0x2010 && u <= 0x2015) || u == 0x2212 || u == 0xfe58 ||
	    u == 0xfe63 || u == 0xff0d)
		return gap(PD_DASH);
	if (u == 0xad || (u >= 0x200b && u <= 0x200f) || u == 0x2060 ||
	    u == 0xfeff || (u >= 0x300 && u <= 0x36f) || u == 0xfe0f ||
	    u == 0x20e3)
		return (struct seen){ .what = NOTHING };
	if (u >= 0xff10 && u <= 0xff19)
		return (
		    struct seen){ DIGIT, (uint8_t)('0' + u - 0xff10), 0, 0, 0 };
	if (u == 0xff20 || u == 0xfe6b)
		return gap(PD_AT);
	if (u == 0xff0b)
		return gap(PD_PLUS);
	if (u == 0x2116)
		return gap(PD_NUMERO);
	if (u == 0x2028 || u == 0x2029)
		return gap(PD_LINE);
	if ((u >= 0xc0 && u < 0x250 && u != 0xd7 && u != 0xf7) ||
	    (u >= 0x370 && u < 0x400) || (u >= 0x531 && u < 0x590))
		return (struct seen){ LETTER, STRANGE, 0, 0, 0 };
	return gap(PD_OTHER);
}

/* The first two rows of UTF-8, once: ASCII, and U+0400 to U+047F. */
static struct seen of_ascii[128], of_cyrillic[128];

static void __attribute__((constructor)) tables(void)
{
	unsigned i;

	for (i = 0; i < 128; i++) {
		of_ascii[i] = ascii((unsigned char)i);
		of_cyrillic[i] = cyrillic(0x400 + i);
	}
}

static inline struct seen
next(const char **pp, const char *end)
{
	const unsigned char *p = (const unsigned char *)*pp;

	if (p[0] < 0x80) {
		*pp += 1;
		return of_ascii[p[0]];
	}
	if ((p[0] & 0xfe) == 0xd0 && end - *pp > 1 && (p[1] & 0xc0) == 0x80) {
		*pp += 2;
		return of_cyrillic[(p[0] & 1) * 64 + (p[1] & 0x3f)];
	}
	return other(gp_utf8_next(pp, end));
}

/* Latin letters that look Cyrillic, in a word that has both. */
static void
look_alike(uint8_t *low, size_t n)
{
	static const char latin[] = "abcehkmoptxyu";
	static const uint8_t russian[] = { 0xe0, 0xe2, 0xf1, 0xe5, 0xed, 0xea,
		0xec, 0xee, 0xf0, 0xf2, 0xf5, 0xf3, 0xe8 };
	const char *p;
	size_t i;

	for (i = 0; i < n; i++)
		if (low[i] >= 'a' && low[i] <= 'z' &&
		    (p = strchr(latin, low[i])) != NULL)
			low[i] = russian[p - latin];
}

/*
 * Behind the address that begins before "://", p at the colon; NULL: none, or
 * one that is a telephone itself.
 */
static const char *
url(const char *p, const char *end)
{
	const char *q = p;

	if (end - p < 4 || memcmp(p, "://", 3) != 0)
		return NULL;
	while (q < end && q - p < URL && (unsigned char)*q > ' ')
		q++;
	if (memmem(p, (size_t)(q - p), "wa.me/", 6) != NULL ||
	    memmem(p, (size_t)(q - p), "whatsapp", 8) != NULL ||
	    memmem(p, (size_t)(q - p), "t.me/+", 6) != NULL)
		return NULL;
	return q;
}

static int
room(struct gp_personal_run *r, size_t bytes)
{
	void *p;

	if (bytes <= r->low_cap)
		return 0;
	p = realloc(r->low, bytes * 2);
	if (p == NULL)
		return -1;
	r->low = p;
	r->low_cap = bytes * 2;
	/* No text has more tokens than bytes. */
	p = realloc(r->t, bytes * 2 * sizeof(*r->t));
	if (p == NULL)
		return -1;
	r->t = p;
	return 0;
}

struct scan {
	struct gp_personal_run *r;
	const char *p, *end;
	size_t low;
	unsigned gap, gapn;
};

/* A gap's character, or what is passed over as one. */
static void
between(struct scan *s, const char *at, unsigned bits)
{
	size_t n;
	const char *q;

	if (*at == '[' && (n = gp_personal_mask_at(s->r->p, at, s->end)) > 0) {
		s->p = at + n;
		bits = PD_MASK;
	} else if (*at == ':' && s->gapn == 0 && s->r->n > 0 &&
	    (q = url(at, s->end)) != NULL) {
		s->p = q;
		bits = PD_OTHER | PD_MASK;
	}
	if (bits & PD_AT)
		s->r->marks = 1;
	s->gap |= bits;
	s->gapn += s->gapn < 255;
}

/* A word or a group of digits that begins at `from`. */
static void
token(struct scan *s, const char *from, struct seen c)
{
	struct gp_personal_run *r = s->r;
	struct pd_tok *t = &r->t[r->n++];
	const enum what what = c.what;
	const char *at = s->p;
	unsigned script = 0, capitals = 0;
	size_t low = s->low;

	t->from = (uint32_t)(from - r->s.p);
	t->low = (uint32_t)low;
	t->gap = (uint16_t)s->gap;
	t->gapn = (uint8_t)s->gapn;
	t->digits = what == DIGIT;
	t->capital = c.capital;
	t->taken = 0;
	for (;;) {
		if (c.what == what) {
			r->low[low++] = c.low;
			script |= c.script;
			capitals += c.capital;
		} else if (c.what != NOTHING) {
			break;
		}
		at = s->p;
		if (s->p == s->end)
			break;
		c = next(&s->p, s->end);
	}
	s->p = at;
	t->to = (uint32_t)(at - r->s.p);
	t->n = (uint32_t)(low - s->low);
	t->script = (uint8_t)script;
	t->capitals = (uint8_t)(capitals < 255 ? capitals : 255);
	if (script == (PD_CYRILLIC | PD_LATIN))
		look_alike(r->low + s->low, t->n);
	r->digits |= t->digits;
	s->low = low;
	s->gap = s->gapn = 0;
}

int
pd_scan(struct gp_personal_run *r, struct gp_span text)
{
	struct scan s = { r, text.p, gp_span_end(text), 0, 0, 0 };
	const char *from;
	struct seen c;

	r->s = text;
	r->n = 0;
	r->marks = r->digits = r->sought = 0;
	if (room(r, text.n + 1) == -1)
		return -1;
	while (s.p < s.end) {
		from = s.p;
		c = next(&s.p, s.end);
		if (c.what == GAP)
			between(&s, from, c.gap);
		else if (c.what != NOTHING)
			token(&s, from, c);
	}
	return 0;
}

/* Letters and digits of a text, folded, nothing between them. */
size_t
pd_fold(struct gp_span s, uint8_t *to, size_t max)
{
	const char *p = s.p, *end = gp_span_end(s);
	unsigned script = 0;
	struct seen c;
	size_t n = 0;

	while (p < end && n < max) {
		c = next(&p, end);
		if (c.what == LETTER || c.what == DIGIT) {
			to[n++] = c.low;
			script |= c.script;
		}
	}
	if (script == (PD_CYRILLIC | PD_LATIN))
		look_alike(to, n);
	return n;
}
