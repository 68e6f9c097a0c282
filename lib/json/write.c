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
}

static void
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

void
gp_jw_key(struct gp_jw *w, const char *key)
{
	size_t n = strlen(key);
	char *to = gp_buf_room(w->b, n + 4);

	/* Once for the comma and all: keys are half of what is appended. */
	if (to != NULL) {
		if (w->comma)
			*to++ = ',';
		*to++ = '"';
		memcpy(to, key, n);
		memcpy(to + n, "\":", 2);
		gp_buf_used(w->b, n + 3 + (w->comma != 0));
	}
	w->comma = 0;
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

/* Where the first of them stands; s.n: nowhere. */
static size_t
plain(struct gp_span s)
{
	const unsigned char *p = (const unsigned char *)s.p;
	size_t i = 0;

	while (i < s.n && !special[p[i]])
		i++;
	return i;
}

/* Nothing to escape: copied at once. 0: there is something. */
static int
as_it_is(struct gp_buf *b, struct gp_span s)
{
	char *to;

	if (plain(s) < s.n)
		return 0;
	to = gp_buf_room(b, s.n + 2);
	if (to == NULL)
		return 1;
	*to = '"';
	if (s.n > 0)
		memcpy(to + 1, s.p, s.n);
	to[s.n + 1] = '"';
	gp_buf_used(b, s.n + 2);
	return 1;
}

void
gp_json_quote(struct gp_buf *b, struct gp_span s)
{
	struct gp_buf sound;
	size_t i, from = 0;

	gp_buf_init(&sound, b->max);
	if (!gp_utf8_valid(s)) {
		gp_utf8_mend(&sound, s);
		s = gp_buf_span(&sound);
	}
	if (as_it_is(b, s))
		goto done;
	gp_buf_addc(b, '"');
	for (i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (!special[c])
			continue;
		if (c == 0xc2 && (unsigned char)s.p[i + 1] >= 0xa0)
			continue;
		gp_buf_add(b, s.p + from, i - from);
		if (c == 0xc2)
			c = (unsigned char)s.p[++i];
		escape(b, c);
		from = i + 1;
	}
	if (s.n > from)
		gp_buf_add(b, s.p + from, s.n - from);
	gp_buf_addc(b, '"');
done:
	if (sound.bad)
		b->bad = sound.bad;
	gp_buf_release(&sound);
}

void
gp_jw_text(struct gp_jw *w, struct gp_span s)
{
	before(w);
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

void
gp_jw_kstr(struct gp_jw *w, const char *key, const char *s)
{
	if (s == NULL)
		return;
	gp_jw_key(w, key);
	gp_jw_str(w, s);
}

void
gp_jw_ktext(struct gp_jw *w, const char *key, struct gp_span s)
{
	if (s.p == NULL)
		return;
	gp_jw_key(w, key);
	gp_jw_text(w, s);
}

void
gp_jw_kint(struct gp_jw *w, const char *key, int64_t v)
{
	gp_jw_key(w, key);
	gp_jw_int(w, v);
}

void
gp_jw_kbool(struct gp_jw *w, const char *key, int v)
{
	gp_jw_key(w, key);
	gp_jw_bool(w, v);
}
