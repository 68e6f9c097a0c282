/* What is allowed to stay: the telephones, addresses and names of offices. */
#include <stdlib.h>
#include <string.h>

#include "text/personal_inner.h"

#include "base/grow.h"

enum {
	KEY = 192,
	PARTS = 3
};

static int
is_digit(uint8_t c)
{
	return c >= '0' && c <= '9';
}

/* The digits of a number, without the 7 or 8 before ten. */
static size_t
phone_key(struct gp_span s, uint8_t *to)
{
	size_t n = pd_fold(s, to, KEY), i, k = 0;

	for (i = 0; i < n; i++) {
		if (is_digit(to[i]))
			to[k++] = to[i];
		else if (to[i] == 'o' || to[i] == 0xee)
			to[k++] = '0';
		else if (to[i] == 0xe7)
			to[k++] = '3';
	}
	if (k == 11 && (to[0] == '7' || to[0] == '8')) {
		memmove(to, to + 1, 10);
		k = 10;
	}
	return k;
}

/* The stem of a part of a name: three letters of its end at most go. */
static size_t
stem(const uint8_t *s, size_t n)
{
	static const char ending[] = "\xe0\xe5\xe8\xee\xf3\xfb\xfe\xff\xe9"
				     "\xfc\xec\xe3\xf5";
	int left = 3;

	while (n > 3 && left-- > 0 && strchr(ending, (char)s[n - 1]) != NULL)
		n--;
	return n;
}

/* Parts of a name, folded, a space between them. */
static size_t
name_key(struct gp_span s, uint8_t *to)
{
	const char *p = s.p, *end = gp_span_end(s), *q;
	size_t n = 0, k;

	while (p < end && n < KEY - 1) {
		for (q = p; q < end && strchr(" .\t,", *q) == NULL; q++)
			;
		k = pd_fold((struct gp_span){ p, (size_t)(q - p) }, to + n,
		    KEY - 1 - n);
		if (k > 0) {
			n += k;
			to[n++] = ' ';
		}
		p = q + 1;
	}
	return n > 0 ? n - 1 : 0;
}

static size_t
key_of(unsigned kind, struct gp_span s, uint8_t *to)
{
	const char *at;
	size_t n;

	if (kind == GP_PD_PHONE)
		return phone_key(s, to);
	if (kind == GP_PD_NAME)
		return name_key(s, to);
	n = pd_fold(s, to, KEY);
	/* Two addresses of the same letters: tell where the sign stands. */
	at = kind == GP_PD_EMAIL ? memchr(s.p, '@', s.n) : NULL;
	if (at != NULL && n < KEY)
		to[n++] = (uint8_t)(at - s.p);
	return n;
}

int
gp_personal_allow(struct gp_personal *p, unsigned kind, struct gp_span s)
{
	struct pd_allow *v;
	uint8_t key[KEY + 1];

	v = gp_room(&p->allow, p->allows, &p->allow_cap, sizeof(*v));
	if (v == NULL)
		return -1;
	v->kind = kind;
	v->n = key_of(kind, s, key);
	v->key = malloc(v->n + 1);
	if (v->key == NULL)
		return -1;
	memcpy(v->key, key, v->n);
	p->allows++;
	return 0;
}

/* Cuts a key into parts; returns how many. */
static size_t
cut(const uint8_t *key, size_t n, const uint8_t **part, size_t *len)
{
	size_t i, from = 0, parts = 0;

	for (i = 0; i <= n && parts < PARTS; i++)
		if (i == n || key[i] == ' ') {
			part[parts] = key + from;
			len[parts++] = i - from;
			from = i + 1;
		}
	return parts;
}

/* Both whole: the same stem. One an initial: the same letter. */
static int
same(const uint8_t *a, size_t n, const uint8_t *b, size_t m)
{
	if (n == 0 || m == 0)
		return 0;
	if (n == 1 || m == 1)
		return a[0] == b[0];
	n = stem(a, n);
	m = stem(b, m);
	return n == m && memcmp(a, b, n) == 0;
}

/* Each part of the name found is a part of the allowed one, no part twice. */
static int
same_name(const struct pd_allow *v, const uint8_t *key, size_t n)
{
	const uint8_t *have[PARTS], *want[PARTS];
	size_t hn[PARTS], wn[PARTS], h, w, i, j, used = 0, words = 0;

	h = cut(key, n, have, hn);
	w = cut(v->key, v->n, want, wn);
	for (i = 0; i < h; i++) {
		for (j = 0; j < w; j++)
			if (!(used & (size_t)1 << j) &&
			    !(hn[i] == 1 && j == 0) &&
			    same(have[i], hn[i], want[j], wn[j]))
				break;
		if (j == w)
			return 0;
		used |= (size_t)1 << j;
		words += hn[i] > 1;
	}
	return h > 1 && words > 0;
}

int
pd_allowed(const struct gp_personal_run *r, const struct gp_personal_hit *hit)
{
	struct gp_span s = { r->s.p + hit->from, hit->to - hit->from };
	uint8_t key[KEY + 1];
	size_t i, n = key_of(hit->kind, s, key);

	for (i = 0; i < r->p->allows; i++) {
		const struct pd_allow *v = &r->p->allow[i];

		if (v->kind != hit->kind)
			continue;
		if (v->kind == GP_PD_NAME) {
			if (same_name(v, key, n))
				return 1;
		} else if (v->kind == GP_PD_PHONE && n >= 5 && n < 10) {
			if (v->n >= n && memcmp(v->key + v->n - n, key, n) == 0)
				return 1;
		} else if (v->n == n && memcmp(v->key, key, n) == 0) {
			return 1;
		}
	}
	return 0;
}
