#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

static const uint32_t BROKEN = 0xfffd;

/* Length of the sequence at p, 0 if it is not well-formed. */
static size_t
sequence(const unsigned char *p, size_t n)
{
	size_t len, i;

	if (p[0] < 0x80)
		return 1;
	len = p[0] >= 0xf0 ? 4 : p[0] >= 0xe0 ? 3 : 2;
	if (p[0] < 0xc2 || p[0] > 0xf4 || n < len)
		return 0;
	for (i = 1; i < len; i++)
		if ((p[i] & 0xc0) != 0x80)
			return 0;
	if ((p[0] == 0xe0 && p[1] < 0xa0) || (p[0] == 0xed && p[1] > 0x9f) ||
	    (p[0] == 0xf0 && p[1] < 0x90) || (p[0] == 0xf4 && p[1] > 0x8f))
		return 0;
	return len;
}

int
gp_utf8_valid(struct gp_span s)
{
	const unsigned char *p = (const unsigned char *)s.p;
	size_t i = 0, len;
	uint64_t eight;

	while (i < s.n) {
		if (s.n - i >= 8) {
			memcpy(&eight, p + i, 8);
			if ((eight & 0x8080808080808080u) == 0) {
				i += 8;
				continue;
			}
		}
		/* Cyrillic, two bytes a letter, goes by in a loop of its own. */
		while (s.n - i >= 2 && p[i] >= 0xc2 && p[i] < 0xe0 &&
		    (p[i + 1] & 0xc0) == 0x80)
			i += 2;
		if (i == s.n)
			break;
		len = sequence(p + i, s.n - i);
		if (len == 0)
			return 0;
		i += len;
	}
	return 1;
}

uint32_t
gp_utf8_next(const char **pp, const char *end)
{
	const unsigned char *p = (const unsigned char *)*pp;
	size_t len = sequence(p, (size_t)(end - *pp));

	*pp += len == 0 ? 1 : len;
	switch (len) {
	case 1:
		return p[0];
	case 2:
		return (p[0] & 0x1fu) << 6 | (p[1] & 0x3fu);
	case 3:
		return (p[0] & 0x0fu) << 12 | (p[1] & 0x3fu) << 6 |
		    (p[2] & 0x3fu);
	case 4:
		return (p[0] & 0x07u) << 18 | (p[1] & 0x3fu) << 12 |
		    (p[2] & 0x3fu) << 6 | (p[3] & 0x3fu);
	default:
		return BROKEN;
	}
}

void
gp_utf8_put(struct gp_buf *b, uint32_t c)
{
	unsigned char s[4];
	size_t n;

	if (c > 0x10ffff || (c >= 0xd800 && c < 0xe000))
		c = BROKEN;
	n = (size_t)utf8proc_encode_char((utf8proc_int32_t)c, s);
	gp_buf_add(b, s, n);
}

void
gp_utf8_mend(struct gp_buf *to, struct gp_span s)
{
	const char *p = s.p, *end = gp_span_end(s);

	if (gp_utf8_valid(s)) {
		gp_buf_add(to, s.p, s.n);
		return;
	}
	while (p < end)
		gp_utf8_put(to, gp_utf8_next(&p, end));
}

int
gp_utf8_nfc(struct gp_buf *to, struct gp_span s)
{
	utf8proc_uint8_t *out = NULL;
	utf8proc_ssize_t n;

	n = utf8proc_map((const utf8proc_uint8_t *)s.p, (utf8proc_ssize_t)s.n,
	    &out, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
	if (n >= 0)
		gp_buf_add(to, out, (size_t)n);
	free(out);
	return n < 0 ? -1 : 0;
}

/*
 * The next grapheme: *p moves behind it, its width is returned. An emoji with
 * its joiners, skin or presentation selector is one of two columns.
 */
static size_t
grapheme(const char **p, const char *end)
{
	utf8proc_int32_t state = 0;
	uint32_t c, next;
	const char *ahead;
	int width, w;

	c = gp_utf8_next(p, end);
	width = utf8proc_charwidth((utf8proc_int32_t)c);
	while (*p < end) {
		ahead = *p;
		next = gp_utf8_next(&ahead, end);
		if (utf8proc_grapheme_break_stateful(
			(utf8proc_int32_t)c, (utf8proc_int32_t)next, &state))
			break;
		w = next == 0xfe0f ? 2
				   : utf8proc_charwidth((utf8proc_int32_t)next);
		if (next >= 0x1f1e6 && next <= 0x1f1ff)
			w = 2; /* a flag */
		if (w > width)
			width = w;
		c = next;
		*p = ahead;
	}
	return width > 0 ? (size_t)width : 0;
}

size_t
gp_utf8_width(struct gp_span s)
{
	const char *p = s.p, *end = gp_span_end(s);
	size_t width = 0;

	while (p < end)
		width += grapheme(&p, end);
	return width;
}

struct gp_span
gp_utf8_fit(struct gp_span s, size_t width)
{
	const char *p = s.p, *end = gp_span_end(s), *fits = p;
	size_t w = 0;

	while (p < end) {
		w += grapheme(&p, end);
		if (w > width)
			break;
		fits = p;
	}
	return (struct gp_span){ s.p, (size_t)(fits - s.p) };
}

static int
unprintable(uint32_t c)
{
	return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x2028 ||
	    c == 0x2029 || (c >= 0x202a && c <= 0x202e) ||
	    (c >= 0x2066 && c <= 0x2069) || c == 0x200e || c == 0x200f ||
	    c == 0x061c || c == 0xfeff;
}

void
gp_utf8_plain(struct gp_buf *to, struct gp_span s)
{
	const char *p = s.p, *end = gp_span_end(s);
	int space = 0;
	uint32_t c;

	while (p < end) {
		c = gp_utf8_next(&p, end);
		if (unprintable(c) || c == ' ') {
			space = 1;
			continue;
		}
		if (space && to->n != 0)
			gp_buf_addc(to, ' ');
		space = 0;
		gp_utf8_put(to, c);
	}
}

size_t
gp_utf8_count(struct gp_span s)
{
	size_t i, n = 0;

	for (i = 0; i < s.n; i++)
		n += ((unsigned char)s.p[i] & 0xc0) != 0x80;
	return n;
}

size_t
gp_utf8_units(struct gp_span s)
{
	size_t i, n = 0;
	unsigned char c;

	for (i = 0; i < s.n; i++) {
		c = (unsigned char)s.p[i];
		n += (c & 0xc0) != 0x80;
		n += c >= 0xf0;
	}
	return n;
}
