#include "json/json.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "json/scalar.h"

static int
hex(const char *p, const char *end, uint32_t *to)
{
	uint32_t v = 0;
	int i;

	if (end - p < 4)
		return -1;
	for (i = 0; i < 4; i++) {
		char c = p[i];

		v <<= 4;
		if (c >= '0' && c <= '9')
			v |= (uint32_t)(c - '0');
		else if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f')
			v |= (uint32_t)((c | 0x20) - 'a' + 10);
		else
			return -1;
	}
	*to = v;
	return 0;
}

int
gp_scalar_string(struct gp_span s)
{
	const char *p = s.p + 1, *end = s.p + s.n - 1;
	uint32_t c;

	if (s.n < 2 || s.p[0] != '"' || *end != '"')
		return 0;
	while ((p = memchr(p, '\\', (size_t)(end - p))) != NULL) {
		if (++p == end)
			return 0;
		if (*p == 'u') {
			if (hex(p + 1, end, &c) == -1)
				return 0;
			p += 5;
		} else if (strchr("\"\\/bfnrt", *p) != NULL && *p != '\0') {
			p++;
		} else {
			return 0;
		}
	}
	return 1;
}

static const char *
skip_digits(const char *p, const char *end)
{
	while (p < end && *p >= '0' && *p <= '9')
		p++;
	return p;
}

int
gp_scalar_number(struct gp_span s)
{
	const char *p = s.p, *end = s.p + s.n, *q;

	if (p < end && *p == '-')
		p++;
	q = skip_digits(p, end);
	if (q == p || (*p == '0' && q - p > 1))
		return 0;
	if (q < end && *q == '.') {
		p = q + 1;
		q = skip_digits(p, end);
		if (q == p)
			return 0;
	}
	if (q < end && (*q == 'e' || *q == 'E')) {
		p = q + 1;
		if (p < end && (*p == '+' || *p == '-'))
			p++;
		q = skip_digits(p, end);
		if (q == p)
			return 0;
	}
	return q == end;
}

/* Rare: a key with escapes, "\u0061" for "a". */
static int
escaped_key_is(struct gp_span key, const char *name)
{
	struct gp_json quoted = { .type = GP_JSON_STRING,
		.text = { key.p - 1, key.n + 2 } };
	struct gp_buf b;
	int same;

	gp_buf_init(&b, 0);
	gp_json_text(quoted, &b);
	same = !b.bad && gp_span_is(gp_buf_span(&b), name);
	gp_buf_release(&b);
	return same;
}

static inline int
key_is(struct gp_span key, const char *name, size_t n)
{
	if (key.n == n)
		return key.p[0] == name[0] && memcmp(key.p, name, n) == 0;
	return key.n > n && key.n <= 6 * n && /* \u0041 is the longest form */
	    memchr(key.p, '\\', key.n) != NULL && escaped_key_is(key, name);
}

int
gp_json_key_is(struct gp_span key, const char *name)
{
	size_t n = strlen(name);

	return n == 0 ? key.n == 0 : key_is(key, name, n);
}

struct gp_json
gp_json_get(const struct gp_json_obj *o, const char *name)
{
	size_t n = strlen(name), i;

	for (i = o->n; i-- > 0;)
		if (o->m[i].key.n >= n && n > 0 && key_is(o->m[i].key, name, n))
			return o->m[i].value;
	return (struct gp_json){ .type = GP_JSON_NONE };
}

struct gp_json
gp_json_at(struct gp_json_reader *r, const struct gp_json_obj *o, ...)
{
	struct gp_json v = { .type = GP_JSON_NONE };
	struct gp_json_obj in = *o;
	const char *name;
	va_list ap;

	va_start(ap, o);
	while ((name = va_arg(ap, const char *)) != NULL) {
		v = gp_json_get(&in, name);
		if (gp_json_enter(r, v, &in) == -1)
			break;
	}
	va_end(ap);
	return v;
}

/* The escape behind a backslash at p; returns behind it. */
static const char *
unescape(const char *p, const char *end, struct gp_buf *b)
{
	static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
	const char *which;
	uint32_t c = 0, low;

	if (*p != 'u') {
		which = strchr(from, *p);
		gp_buf_addc(b, which != NULL ? to[which - from] : *p);
		return p + 1;
	}
	if (hex(p + 1, end, &c) == -1)
		return end;
	p += 5;
	if (c >= 0xd800 && c < 0xdc00 && end - p >= 6 && p[0] == '\\' &&
	    p[1] == 'u' && hex(p + 2, end, &low) == 0 && low >= 0xdc00 &&
	    low < 0xe000) {
		c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
		p += 6;
	}
	gp_utf8_put(b, c == 0 ? 0xfffd : c);
	return p;
}

int
gp_json_text(struct gp_json v, struct gp_buf *b)
{
	const char *p, *end, *q;

	if (v.type != GP_JSON_STRING)
		return -1;
	p = v.text.p + 1;
	end = v.text.p + v.text.n - 1;
	while ((q = memchr(p, '\\', (size_t)(end - p))) != NULL) {
		gp_buf_add(b, p, (size_t)(q - p));
		p = unescape(q + 1, end, b);
	}
	gp_buf_add(b, p, (size_t)(end - p));
	return 0;
}

struct gp_span
gp_json_bare(struct gp_json v)
{
	struct gp_span s = { NULL, 0 };

	if (v.type != GP_JSON_STRING ||
	    memchr(v.text.p, '\\', v.text.n) != NULL)
		return s;
	s.p = v.text.p + 1;
	s.n = v.text.n - 2;
	return s;
}

int
gp_json_is(struct gp_json v, const char *word)
{
	if (v.type != GP_JSON_STRING)
		return 0;
	return gp_json_key_is(
	    (struct gp_span){ v.text.p + 1, v.text.n - 2 }, word);
}

int
gp_json_int(struct gp_json v, int64_t *to)
{
	const char *p = v.text.p, *end = gp_span_end(v.text);
	int minus = v.text.n > 0 && *p == '-';
	uint64_t n = 0, max = (uint64_t)INT64_MAX + (unsigned)minus;
	unsigned d;

	if (v.type != GP_JSON_NUMBER || v.text.n == (size_t)minus)
		return -1;
	p += minus;
	/* So many digits fit, whatever they are. */
	for (; v.text.n <= 18 && p < end && (d = (unsigned)(*p - '0')) <= 9;
	     p++)
		n = n * 10 + d;
	for (; p < end; p++) {
		d = (unsigned)(*p - '0');
		if (d > 9 || n > (max - d) / 10)
			return -1;
		n = n * 10 + d;
	}
	*to = minus ? (int64_t)(0 - n) : (int64_t)n;
	return 0;
}

int
gp_json_real(struct gp_json v, double *to)
{
	char *text, *end;

	if (v.type != GP_JSON_NUMBER)
		return -1;
	text = gp_span_dup(v.text);
	if (text == NULL)
		return -1;
	*to = strtod(text, &end);
	free(text);
	return 0;
}

int
gp_json_true(struct gp_json v)
{
	return v.type == GP_JSON_BOOL && v.text.p[0] == 't';
}

int
gp_json_is_there(struct gp_json v)
{
	return v.type != GP_JSON_NONE && v.type != GP_JSON_NULL &&
	    !(v.type == GP_JSON_BOOL && !gp_json_true(v));
}

const char *
gp_json_type_name(enum gp_json_type type)
{
	switch (type) {
	case GP_JSON_NULL:
		return "null";
	case GP_JSON_BOOL:
		return "a boolean";
	case GP_JSON_NUMBER:
		return "a number";
	case GP_JSON_STRING:
		return "a string";
	case GP_JSON_ARRAY:
		return "an array";
	case GP_JSON_OBJECT:
		return "an object";
	case GP_JSON_NONE:
		break;
	}
	return "nothing";
}
