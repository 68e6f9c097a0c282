#include "json/write.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

void
gp_jw_init(struct gp_jw *w, struct gp_buf *b)
{
	w->b = b;
	w->comma = 0;
	w->sound = 0;
}

static inline void
before(struct gp_jw *w)
{
	if (w->comma)
		gp_buf_addc(w->b, ',');
	w->comma = 1;
}

void
gp_jw_open(struct gp_jw *w, int bracket)
{
	before(w);
	gp_buf_addc(w->b, bracket);
	w->comma = 0;
}

void
gp_jw_close(struct gp_jw *w, int bracket)
{
	gp_buf_addc(w->b, bracket);
	w->comma = 1;
}

static void
escape(struct gp_buf *b, unsigned char c)
{
	static const char from[] = "\"\\\b\f\n\r\t", to[] = "\"\\bfnrt";
	const char *which = c == 0 ? NULL : strchr(from, c);

	if (which != NULL) {
		gp_buf_addc(b, '\\');
		gp_buf_addc(b, to[which - from]);
	} else {
		gp_buf_addf(b, "\\u%04x", c);
	}
}

/* 1: bytes that have to be written otherwise. U+0080 to U+009F, which begin
 * with 0xc2, steer some terminals. */
static const unsigned char special[256] = { [0] = 1,
	1,
	1,
	1,
	1,
	1,
	1,
	1,
	1,
	1,
	1,
	1,
	1,
	1,
	1,
	1,
	1,
	1,
	1,
	1,
	1,
	1,
	1,
	1,
	1,
	1,
	1,
	1,
	1,
	1,
	1,
	1,
	['"'] = 1,
	['\\'] = 1,
	[0x7f] = 1,
	[0xc2] = 1 };

typedef unsigned char bytes __attribute__((vector_size(16)));
typedef uint64_t halves __attribute__((vector_size(16)));

/* 1: none of them among these sixteen. */
static inline int
sixteen_plain(const char *p)
{
	bytes v, hit;
	halves h;

	memcpy(&v, p, sizeof(v));
	hit = (bytes)(v < 0x20) | (bytes)(v == '"') | (bytes)(v == '\\') |
	    (bytes)(v == 0x7f) | (bytes)(v == 0xc2);
	h = (halves)hit;
	return (h[0] | h[1]) == 0;
}

/* How far it is plain: where the first of them stands, or s.n. */
static size_t
plain(struct gp_span s)
{
	const unsigned char *p = (const unsigned char *)s.p;
	size_t i = 0;

	while (s.n - i >= sizeof(bytes) && sixteen_plain(s.p + i))
		i += sizeof(bytes);
	while (i < s.n && !special[p[i]])
		i++;
	return i;
}

/* The rest of a string, from the first byte that may be special. */
static void
rest(struct gp_buf *b, struct gp_span s, size_t i)
{
	size_t from = i;

	while (i < s.n) {
		unsigned char c = (unsigned char)s.p[i];

		if (!special[c] ||
		    (c == 0xc2 && (unsigned char)s.p[i + 1] >= 0xa0)) {
			i += c == 0xc2 ? 2 : 1;
			i += plain((struct gp_span){ s.p + i, s.n - i });
			continue;
		}
		gp_buf_add(b, s.p + from, i - from);
		if (c == 0xc2)
			c = (unsigned char)s.p[++i];
		escape(b, c);
		from = ++i;
	}
	gp_buf_add(b, s.p + from, s.n - from);
}

void
gp_json_quote_sound(struct gp_buf *b, struct gp_span s)
{
	size_t n = plain(s);
	char *to = gp_buf_room(b, n + 2);

	if (to == NULL)
		return;
	*to = '"';
	if (n > 0)
		memcpy(to + 1, s.p, n);
	to[n + 1] = '"';
	if (n == s.n) {
		gp_buf_used(b, n + 2);
		return;
	}
	gp_buf_used(b, n + 1);
	rest(b, s, n);
	gp_buf_addc(b, '"');
}

void
gp_json_quote(struct gp_buf *b, struct gp_span s)
{
	struct gp_buf sound;

	if (gp_utf8_valid(s)) {
		gp_json_quote_sound(b, s);
		return;
	}
	gp_buf_init(&sound, b->max);
	gp_utf8_mend(&sound, s);
	gp_json_quote_sound(b, gp_buf_span(&sound));
	if (sound.bad)
		b->bad = sound.bad;
	gp_buf_release(&sound);
}

void
gp_jw_text(struct gp_jw *w, struct gp_span s)
{
	before(w);
	if (w->sound)
		gp_json_quote_sound(w->b, s);
	else
		gp_json_quote(w->b, s);
}

void
gp_jw_str(struct gp_jw *w, const char *s)
{
	gp_jw_text(w, gp_span_of(s));
}

void
gp_jw_int(struct gp_jw *w, int64_t v)
{
	before(w);
	gp_buf_add64(w->b, v);
}

/*
 * Digits of what is small, by whole numbers: the same as printf's, which is
 * asked where the next digits lie so near to a half that the product may be on
 * the wrong side of it. 0: ask printf.
 */
static int
put_small(struct gp_buf *b, double v, int places)
{
	static const uint64_t ten[] = { 1, 10, 100, 1000, 10000, 100000,
		1000000 };
	double x, over;
	uint64_t n, part;

	if (places < 0 || places > 6 || !(fabs(v) < 1e6))
		return 0;
	x = fabs(v) * (double)ten[places];
	n = (uint64_t)x;
	over = x - (double)n - 0.5;
	if (fabs(over) < 1e-3)
		return 0;
	n += over > 0;
	if (v < 0 && n > 0)
		gp_buf_addc(b, '-');
	gp_buf_add64(b, (long long)(n / ten[places]));
	part = n % ten[places];
	if (part > 0)
		gp_buf_addc(b, '.');
	for (; part > 0; part %= ten[places]) {
		part *= 10;
		gp_buf_addc(b, '0' + (int)(part / ten[places]));
	}
	return 1;
}

void
gp_jw_real(struct gp_jw *w, double v, int places)
{
	char text[400];
	size_t n;

	before(w);
	if (!isfinite(v)) {
		gp_buf_adds(w->b, "null");
		return;
	}
	if (put_small(w->b, v, places))
		return;
	n = (size_t)snprintf(text, sizeof(text), "%.*f", places, v);
	if (strchr(text, '.') != NULL) {
		while (text[n - 1] == '0')
			n--;
		n -= text[n - 1] == '.';
	}
	if (n == 2 && memcmp(text, "-0", 2) == 0)
		gp_buf_addc(w->b, '0');
	else
		gp_buf_add(w->b, text, n);
}

void
gp_jw_bool(struct gp_jw *w, int v)
{
	before(w);
	gp_buf_adds(w->b, v ? "true" : "false");
}

void
gp_jw_raw(struct gp_jw *w, struct gp_span s)
{
	before(w);
	gp_buf_add(w->b, s.p, s.n);
}
