#include "http/tape.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "base/file.h"
#include "base/grow.h"
#include "json/write.h"

struct seen {
	uint64_t key;
	unsigned n;
};

struct gp_tape {
	struct seen *seen;
	size_t n, cap;
};

struct gp_tape *
gp_tape_new(void)
{
	return calloc(1, sizeof(struct gp_tape));
}

void
gp_tape_free(struct gp_tape *t)
{
	if (t == NULL)
		return;
	free(t->seen);
	free(t);
}

static const char *
method(const struct gp_http_req *req)
{
	return req->method != NULL ? req->method : "GET";
}

/* Hosts and ports differ between a rehearsal and the real thing: not hashed. */
static uint64_t
key_of(const struct gp_http_req *req)
{
	struct gp_buf b;
	const char *path = strstr(gp_buf_str(&req->url), "://");
	uint64_t key;

	path = path != NULL ? strchr(path + 3, '/') : NULL;
	gp_buf_init(&b, 0);
	gp_buf_addf(&b, "%s ", method(req));
	gp_http_scrub_req(&b, gp_span_of(path != NULL ? path : "/"), req);
	gp_buf_addc(&b, '\n');
	gp_http_scrub_req(&b, gp_buf_span(&req->body), req);
	key = XXH3_64bits(gp_buf_str(&b), b.n);
	gp_buf_release(&b);
	return key;
}

/* How often the request came, this time included; 0: no memory. */
static unsigned
count(struct gp_tape *t, uint64_t key)
{
	struct seen *p;
	size_t i;

	for (i = 0; i < t->n; i++)
		if (t->seen[i].key == key)
			return ++t->seen[i].n;
	p = gp_grow(&t->seen, &t->n, &t->cap, sizeof(*p));
	if (p == NULL)
		return 0;
	*p = (struct seen){ key, 1 };
	return 1;
}

static void
name(struct gp_buf *b, const char *dir, uint64_t key, unsigned n,
    const char *end)
{
	gp_buf_reset(b);
	gp_buf_addf(
	    b, "%s/%016llx-%u.%s", dir, (unsigned long long)key, n, end);
}

static void
describe(struct gp_buf *b, const struct gp_http_call *c)
{
	struct gp_buf url;
	struct gp_jw w;

	gp_buf_init(&url, 0);
	gp_http_scrub_req(&url, gp_buf_span(&c->req.url), &c->req);
	gp_jw_init(&w, b);
	gp_jw_open(&w, '{');
	gp_jw_kstr(&w, "method", method(&c->req));
	gp_jw_ktext(&w, "url", gp_buf_span(&url));
	gp_jw_kint(&w, "status", c->reply.status);
	if (c->reply.type.n > 0)
		gp_jw_ktext(&w, "type", gp_buf_span(&c->reply.type));
	if (c->reply.location.n > 0) {
		gp_buf_reset(&url);
		gp_http_scrub_req(
		    &url, gp_buf_span(&c->reply.location), &c->req);
		gp_jw_ktext(&w, "location", gp_buf_span(&url));
	}
	if (c->reply.retry_after >= 0)
		gp_jw_kint(&w, "retry_after", c->reply.retry_after);
	gp_jw_close(&w, '}');
	gp_buf_addc(b, '\n');
	gp_buf_release(&url);
}

/* The string that a member of that name has becomes TOKEN, where it stands
 * at the first: a key that the network hands out. */
static void
hide(struct gp_buf *to, struct gp_span s, const char *member)
{
	const char *at, *end = gp_span_end(s), *from, *quote;
	struct gp_buf key;

	gp_buf_init(&key, 0);
	gp_buf_addf(&key, "\"%s\"", member);
	at = memmem(s.p, s.n, gp_buf_str(&key), key.n);
	from = at != NULL ? memchr(at + key.n, '"', (size_t)(end - at) - key.n)
			  : NULL;
	quote = from != NULL ? memchr(from + 1, '"', (size_t)(end - from) - 1)
			     : NULL;
	gp_buf_release(&key);
	if (quote == NULL) {
		gp_buf_add(to, s.p, s.n);
		return;
	}
	gp_buf_add(to, s.p, (size_t)(from + 1 - s.p));
	gp_buf_adds(to, "TOKEN");
	gp_buf_add(to, quote, (size_t)(end - quote));
}

static void
body(struct gp_buf *to, const struct gp_http_call *c)
{
	struct gp_buf clean;

	gp_buf_init(&clean, to->max);
	gp_http_scrub_req(&clean, gp_buf_span(&c->reply.body), &c->req);
	if (c->req.hide != NULL && clean.n > 0)
		hide(to, gp_buf_span(&clean), c->req.hide);
	else
		gp_buf_add(to, gp_buf_str(&clean), clean.n);
	to->bad |= clean.bad;
	gp_buf_release(&clean);
}

int
gp_tape_write(struct gp_tape *t, const char *dir, const struct gp_http_call *c,
    struct gp_why *why)
{
	uint64_t key = key_of(&c->req);
	unsigned n = count(t, key);
	struct gp_buf path, text;
	int r = -1;

	gp_buf_init(&path, GP_MAX_URL);
	gp_buf_init(&text, 2 * GP_MAX_REPLY);
	if (mkdir(dir, 0700) == -1 && errno != EEXIST) {
		gp_because(why, "cannot make '%s': %s", dir, strerror(errno));
	} else {
		describe(&text, c);
		name(&path, dir, key, n, "json");
		r = gp_file_replace(
		    gp_buf_str(&path), gp_buf_span(&text), 0600, why);
		gp_buf_reset(&text);
		body(&text, c);
		name(&path, dir, key, n, "body");
		if (r == 0)
			r = gp_file_replace(
			    gp_buf_str(&path), gp_buf_span(&text), 0600, why);
	}
	gp_buf_release(&path);
	gp_buf_release(&text);
	return r;
}

static int
restore(struct gp_span meta, struct gp_http_reply *to, struct gp_why *why)
{
	struct gp_json_reader *r = gp_json_new();
	struct gp_json_obj o;
	int64_t n;
	int bad = -1;

	if (r == NULL)
		return gp_because(why, "no memory");
	gp_buf_reset(&to->body);
	gp_buf_reset(&to->type);
	gp_buf_reset(&to->location);
	if (gp_json_open(r, meta, 0, &o, why) == 0) {
		bad = gp_json_int(gp_json_get(&o, "status"), &n);
		to->status = bad == 0 ? (int)n : 0;
		gp_json_text(gp_json_get(&o, "type"), &to->type);
		gp_json_text(gp_json_get(&o, "location"), &to->location);
		to->retry_after = -1;
		if (gp_json_int(gp_json_get(&o, "retry_after"), &n) == 0)
			to->retry_after = (long)n;
		if (bad == -1)
			gp_because(why, "a recording without a status");
	}
	gp_json_free(r);
	return bad;
}

int
gp_tape_read(struct gp_tape *t, const char *dir, struct gp_http_call *c,
    struct gp_why *why)
{
	uint64_t key = key_of(&c->req);
	unsigned n = count(t, key);
	struct gp_buf path, meta;
	int r = -1;

	gp_buf_init(&path, GP_MAX_URL);
	gp_buf_init(&meta, GP_MAX_REPLY);
	name(&path, dir, key, n, "json");
	while (n > 1 && access(gp_buf_str(&path), F_OK) == -1)
		name(&path, dir, key, --n, "json");
	if (n == 0 || access(gp_buf_str(&path), F_OK) == -1) {
		gp_because(why, "not in the recording '%s'", dir);
	} else if (gp_file_read(path.p, &meta, why) == 0 &&
	    restore(gp_buf_span(&meta), &c->reply, why) == 0) {
		name(&path, dir, key, n, "body");
		r = gp_file_read(gp_buf_str(&path), &c->reply.body, why);
	}
	gp_buf_release(&path);
	gp_buf_release(&meta);
	return r;
}
