/* Pseudonyms: the same account, the same word, as long as the key is one. */
#include <errno.h>
#include <fcntl.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/instant.h"
#include "redact/inner.h"

enum {
	LEAST = 16, /* bytes of a key */
	HEX = 24
};

static int
digits(const char *s, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (s[i] < '0' || s[i] > '9')
			return 0;
	return 1;
}

/* "2026 KEY", "2026: KEY", or "KEY". */
static int
add(struct gp_redact *r, const char *s, size_t n, struct gp_why *why)
{
	struct gp_redact_key *v;
	int year = 0;
	size_t i;

	if (n > 5 && digits(s, 4) && strchr(" \t:", s[4]) != NULL) {
		year = (s[0] - '0') * 1000 + (s[1] - '0') * 100 +
		    (s[2] - '0') * 10 + s[3] - '0';
		s += 5;
		n -= 5;
	}
	while (n > 0 && strchr(" \t", *s) != NULL)
		s++, n--;
	while (n > 0 && strchr(" \t\r", s[n - 1]) != NULL)
		n--;
	if (n < LEAST)
		return gp_because(
		    why, "a key has %d characters at least", LEAST);
	for (i = 0; i < r->keys; i++)
		if (r->key[i].year == year)
			return gp_because(why, "two keys for one year");
	v = realloc(r->key, (r->keys + 1) * sizeof(*v));
	if (v == NULL)
		return gp_because(why, "no memory");
	r->key = v;
	v += r->keys;
	v->year = year;
	v->n = n;
	v->key = malloc(n);
	if (v->key == NULL)
		return gp_because(why, "no memory");
	memcpy(v->key, s, n);
	r->keys++;
	return 0;
}

static int
parse(struct gp_redact *r, const char *p, size_t n, struct gp_why *why)
{
	const char *end = p + n, *nl;

	for (; p < end; p = nl + 1) {
		nl = memchr(p, '\n', (size_t)(end - p));
		if (nl == NULL)
			nl = end;
		if (nl > p && *p != '#' && *p != '\r' &&
		    add(r, p, (size_t)(nl - p), why) == -1)
			return -1;
	}
	if (r->keys == 0)
		return gp_because(why, "is empty");
	return 0;
}

static int
read_file(struct gp_redact *r, int fd, struct gp_why *why)
{
	char text[GP_MAX_SECRET];
	struct stat st;
	ssize_t got = 0;
	size_t n = 0;
	int status;

	if (fstat(fd, &st) == -1)
		return gp_because(why, "%s", strerror(errno));
	if ((st.st_mode & 077) != 0)
		return gp_because(why,
		    "may be read by others (mode %03o): chmod 600 it",
		    (unsigned)st.st_mode & 0777);
	while (n < sizeof(text) &&
	    (got = read(fd, text + n, sizeof(text) - n)) > 0)
		n += (size_t)got;
	if (got == -1)
		status = gp_because(why, "%s", strerror(errno));
	else if (n == sizeof(text))
		status = gp_because(why, "is too long");
	else
		status = parse(r, text, n, why);
	explicit_bzero(text, sizeof(text));
	return status;
}

/* libcrypto reads its settings when it is first used. That must be now: a
 * filter that has locked itself in reads no file. */
static int
first_use(struct gp_why *why)
{
	unsigned char mac[EVP_MAX_MD_SIZE];
	unsigned n;

	if (HMAC(EVP_sha256(), "", 0, mac, 0, mac, &n) == NULL)
		return gp_because(why, "libcrypto makes no HMAC of SHA-256");
	return 0;
}

int
gp_redact_load_keys(struct gp_redact *r, const char *path, struct gp_why *why)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC), status;

	if (fd == -1)
		status = gp_because(why, "%s", strerror(errno));
	else
		status = read_file(r, fd, why);
	if (status == 0)
		status = first_use(why);
	if (fd != -1)
		close(fd);
	if (status == -1)
		gp_because_of(why, "key file '%s'", path);
	return status;
}

/* The key of the year that `at` begins with; else the one for all. */
static const struct gp_redact_key *
key_of(const struct gp_redact *r, struct gp_span at, int *year)
{
	size_t i;

	*year = at.n > 4 && digits(at.p, 4) ? (at.p[0] - '0') * 1000 +
		(at.p[1] - '0') * 100 + (at.p[2] - '0') * 10 + at.p[3] - '0'
					    : 0;
	for (i = 0; i < r->keys; i++)
		if (r->key[i].year == *year && *year != 0)
			return &r->key[i];
	for (i = 0; i < r->keys; i++)
		if (r->key[i].year == 0)
			return &r->key[i];
	return NULL;
}

int
gp_redact_is_pseudonym(struct gp_span s)
{
	size_t i;

	if (s.n != HEX + 6 || s.p[0] != 'p' || !digits(s.p + 1, 4) ||
	    s.p[5] != '-')
		return 0;
	for (i = 6; i < s.n; i++)
		if (strchr("0123456789abcdef", s.p[i]) == NULL)
			return 0;
	return 1;
}

int
gp_redact_pseudonym(const struct gp_redact *r, struct gp_span network,
    struct gp_span id, struct gp_span at, char to[40], struct gp_why *why)
{
	static const char hex[] = "0123456789abcdef";
	unsigned char mac[EVP_MAX_MD_SIZE];
	const struct gp_redact_key *key;
	struct gp_buf b;
	unsigned n = 0;
	int year, i, bad;

	key = key_of(r, at, &year);
	if (key == NULL)
		return year != 0
		    ? gp_because(why, "no key for the year %d", year)
		    : gp_because(why, "'at' is absent, and keys are by year");
	gp_buf_init(&b, 0);
	gp_buf_add(&b, network.p, network.n);
	gp_buf_addc(&b, ':');
	gp_buf_add(&b, id.p, id.n);
	bad = b.bad ||
	    HMAC(EVP_sha256(), key->key, (int)key->n,
		(const unsigned char *)b.p, b.n, mac, &n) == NULL;
	gp_buf_release(&b);
	if (bad)
		return gp_because(why, "no memory");
	to[0] = 'p';
	for (i = 0; i < 4; i++)
		to[1 + i] = key->year != 0 ? at.p[i] : '0';
	to[5] = '-';
	for (i = 0; i < HEX; i++)
		to[6 + i] = hex[mac[i / 2] >> (i % 2 == 0 ? 4 : 0) & 15];
	to[6 + HEX] = '\0';
	return 0;
}
