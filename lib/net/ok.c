#include "net/ok.h"

#include <ctype.h>
#include <openssl/evp.h>
#include <stdlib.h>
#include <string.h>

#include "net/address.h"

static const struct gp_stream *const streams[] = { &gp_ok_page, &gp_ok_posts,
	&gp_ok_comments, &gp_ok_messages, &gp_ok_updates, &gp_ok_stats, NULL };

static int
address(
    const char *s, struct gp_buf *name, struct gp_buf *base, struct gp_why *why)
{
	static const char *const hosts[] = { "ok.ru/", "www.ok.ru/", "m.ok.ru/",
		NULL };
	const char *p = gp_after(s, "ok:"), *q;
	size_t n;

	(void)base;
	if (p == NULL)
		p = gp_address_path(s, hosts);
	if (p == NULL)
		return 0;
	q = gp_after(p, "group/");
	if (q != NULL)
		p = q;
	n = strspn(p, "0123456789");
	if (n == 0 || (p[n] != '\0' && strchr("/?#", p[n]) == NULL))
		return gp_because(why,
		    "a group of Odnoklassniki goes by its number: "
		    "ok.ru/group/NUMBER");
	gp_buf_add(name, p, n);
	return 1;
}

static int
readable(const struct gp_stream *s, const struct gp_page_conf *page)
{
	return (s != &gp_ok_messages && s != &gp_ok_updates) ||
	    (page != NULL && page->messages);
}

const struct gp_net gp_net_ok = {
	.name = "ok",
	.title = "Odnoklassniki",
	.stream = streams,
	.posts = "access",
	.comments = "access",
	.messages = "bot",
	.figures = "access",
	.api = "https://api.ok.ru",
	.graph = "https://api.ok.ru/graph",
	.act = &gp_ok_act,
	.seek = &gp_ok_seek,
	.max_text = 3000,
	.max_caption = 3000,
	.length_unit = "characters",
	.can_schedule = 1,
	.can_poll = 1,
	.can_quiz = 0,
	.idempotent = 0,
	.publish = &gp_ok_publish,
	.published = &gp_ok_published,
	.address = address,
	.readable = readable,
};

static int
by_name(const void *a, const void *b)
{
	const struct gp_ok_param *x = a, *y = b;

	return strcmp(x->key, y->key);
}

static int
md5(struct gp_span s, char to[33])
{
	unsigned char sum[EVP_MAX_MD_SIZE];
	static const char hex[] = "0123456789abcdef";
	unsigned n = 0, i;

	if (EVP_Digest(s.p, s.n, sum, &n, EVP_md5(), NULL) != 1 || n != 16)
		return -1;
	for (i = 0; i < n; i++) {
		to[2 * i] = hex[sum[i] >> 4];
		to[2 * i + 1] = hex[sum[i] & 15];
	}
	to[32] = '\0';
	return 0;
}

int
gp_ok_sign(const struct gp_ok_param *param, size_t n, const char *session,
    const char *access, const char *application, char to[33])
{
	struct gp_ok_param sorted[GP_OK_PARAMS + 4];
	struct gp_buf b;
	char secret[33];
	size_t i;
	int r = 0;

	if (n > sizeof(sorted) / sizeof(sorted[0]))
		return -1;
	gp_buf_init(&b, 0);
	memcpy(sorted, param, n * sizeof(*param));
	qsort(sorted, n, sizeof(*sorted), by_name);
	if (session == NULL) {
		gp_buf_adds(&b, access);
		gp_buf_adds(&b, application);
		r = b.bad ? -1 : md5(gp_buf_span(&b), secret);
		session = secret;
		gp_buf_wipe(&b);
	}
	for (i = 0; r == 0 && i < n; i++)
		gp_buf_addf(&b, "%s=%s", sorted[i].key, sorted[i].value);
	if (r == 0) {
		gp_buf_adds(&b, session);
		r = b.bad ? -1 : md5(gp_buf_span(&b), to);
	}
	gp_buf_wipe(&b);
	explicit_bzero(secret, sizeof(secret));
	return r;
}

struct gp_span
gp_ok_bare(struct gp_span s)
{
	const char *colon = s.n > 0 ? memchr(s.p, ':', s.n) : NULL;

	if (colon == NULL)
		return s;
	return (
	    struct gp_span){ colon + 1, (size_t)(gp_span_end(s) - colon) - 1 };
}

/* What an id may be made of: it becomes part of ours, and of addresses. */
struct gp_span
gp_ok_id(struct gp_look *l, const struct gp_json_obj *o, const char *key)
{
	struct gp_span s = gp_ok_bare(gp_look_id(l, o, key));
	size_t i;

	for (i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] <= ' ' || s.p[i] == '/' ||
		    (unsigned char)s.p[i] >= 0x7f)
			return (struct gp_span){ NULL, 0 };
	return s;
}

gp_instant
gp_ok_moscow(struct gp_span s)
{
	char text[] = "2026-11-02T14:05:00+03:00";
	gp_instant at;

	if (s.n < 19)
		return 0;
	memcpy(text, s.p, 19);
	text[10] = 'T';
	return gp_instant_parse(gp_span_of(text), &at) == 0 ? at : 0;
}

gp_instant
gp_ok_time(struct gp_look *l, const struct gp_json_obj *o, const char *ms,
    const char *text)
{
	int64_t n = gp_look_int(o, ms);

	if (n != 0)
		return n / 1000;
	return gp_ok_moscow(gp_look_str(l, o, text));
}

int
gp_ok_open(struct gp_ok *ok, struct gp_job *job, struct gp_why *why)
{
	if (gp_look_init(&ok->look) == -1)
		return gp_because(why, "no memory");
	if (strspn(job->name, "0123456789") != strlen(job->name))
		return gp_because(why,
		    "the name of a group is its number here, not '%s'",
		    job->name);
	if (job->stream->needs != GP_BIT(GP_TOKEN_ACCESS))
		return 0;
	if (job->of == NULL || job->of->application_key == NULL)
		return gp_because(why,
		    "needs the application_key of the page in the config "
		    "(man gp-config)");
	if (job->token[GP_TOKEN_SESSION] == NULL &&
	    job->token[GP_TOKEN_APPLICATION] == NULL)
		return gp_because(why,
		    "needs a token 'session' or 'application' of the page "
		    "beside 'access', to sign with (man gp-config)");
	return 0;
}

void
gp_ok_close(struct gp_ok *ok)
{
	gp_look_release(&ok->look);
}
