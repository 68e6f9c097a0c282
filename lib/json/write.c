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
	before(w);
	gp_buf_addc(w->b, '"');
	gp_buf_adds(w->b, key);
	gp_buf_add(w->b, "\":", 2);
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
	gp_buf_addc(b, '"');
	for (i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (c >= 0x20 && c != '"' && c != '\\' && c != 0x7f &&
		    c != 0xc2)
			continue;
		/* U+0080 to U+009F steer some terminals. */
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
