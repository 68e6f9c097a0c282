/* Who is forgotten: what comes of him again is not let in. */
#include "store/erasure.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int
take_salt(void *ctx, const struct gp_db_value *v, size_t n)
{
	struct gp_store *s = ctx;

	(void)n;
	s->salt = gp_pool_copy(&s->erased, v[0].text);
	return 1;
}

static int
take_key(void *ctx, const struct gp_db_value *v, size_t n)
{
	struct gp_store *s = ctx;
	struct gp_erasure *e =
	    realloc(s->erasure, (s->erasures + 1) * sizeof(*e));

	(void)n;
	if (e == NULL) {
		s->erased.bad = 1;
		return 1;
	}
	s->erasure = e;
	e[s->erasures].key = gp_pool_copy(&s->erased, v[0].text);
	e[s->erasures++].at = v[1].n;
	return 0;
}

int
gp_erasure_load(struct gp_store *s, struct gp_why *why)
{
	s->erasures = 0;
	gp_pool_reset(&s->erased);
	if (s->engine->run(s, "SELECT value FROM gp_meta WHERE key = 'salt'",
		NULL, 0, take_salt, s, why) == -1 ||
	    s->engine->run(s, "SELECT key, at FROM gp_erasure ORDER BY key",
		NULL, 0, take_key, s, why) == -1)
		return -1;
	if (!s->erased.bad)
		return 0;
	s->status = GP_SOFTWARE;
	return gp_because(why, "no memory");
}

void
gp_erasure_key(
    const struct gp_store *s, const char *what, struct gp_span of, char hex[65])
{
	static const char digits[] = "0123456789abcdef";
	unsigned char md[EVP_MAX_MD_SIZE];
	unsigned int n = 0, i;
	struct gp_buf b;

	gp_buf_init(&b, 0);
	gp_buf_adds(&b, what);
	gp_buf_addc(&b, ' ');
	gp_buf_add(&b, of.p, of.n);
	HMAC(EVP_sha256(), s->salt.p, (int)s->salt.n,
	    (const unsigned char *)gp_buf_str(&b), b.n, md, &n);
	for (i = 0; i < n && i < 32; i++) {
		hex[2 * i] = digits[md[i] >> 4];
		hex[2 * i + 1] = digits[md[i] & 15];
	}
	hex[2 * i] = '\0';
	gp_buf_release(&b);
}

/* Of a private talk, beside those of persons. */
#define TALK "talk:"

void
gp_erasure_key_of_talk(
    const struct gp_store *s, struct gp_span talk, char key[80])
{
	char hex[65];

	gp_erasure_key(s, "talk", talk, hex);
	snprintf(key, 80, TALK "%s", hex);
}

static int
is_before(const struct gp_store *s, const char *key, struct gp_db_value at)
{
	size_t i;

	for (i = 0; i < s->erasures; i++)
		if (gp_span_is(s->erasure[i].key, key))
			return at.type != GP_DB_INT || at.n <= s->erasure[i].at;
	return 0;
}

/* Of a talk with several persons, what the others wrote is theirs. */
static int
is_of_page(const struct gp_row *row)
{
	return gp_span_is(row->v[GP_COL_TYPE].text, "message") &&
	    row->v[GP_COL_TALK].type == GP_DB_TEXT &&
	    (row->v[GP_COL_ROLE].n == GP_ROLE_WORD ||
		row->v[GP_COL_AUTHOR].type != GP_DB_TEXT);
}

/* 1: written by one who is forgotten, or to him in private, before that. */
int
gp_erasure_has(const struct gp_store *s, const struct gp_row *row)
{
	struct gp_db_value author = row->v[GP_COL_AUTHOR];
	char key[80];

	if (s->erasures == 0)
		return 0;
	if (author.type == GP_DB_TEXT) {
		gp_erasure_key(s, "person", author.text, key);
		if (is_before(s, key, row->v[GP_COL_AT]))
			return 1;
	}
	if (!is_of_page(row))
		return 0;
	gp_erasure_key_of_talk(s, row->v[GP_COL_TALK].text, key);
	return is_before(s, key, row->v[GP_COL_AT]);
}

int
gp_author_is_whole(const char *author)
{
	const char *colon = strchr(author, ':');

	return colon != NULL && colon > author && colon[1] != '\0';
}
