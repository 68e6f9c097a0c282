#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "net/preview_inner.h"

static const char PREFIX[] = "tgme_widget_message_";

/* Foreign numbers above are no numbers; sums of those below stay whole. */
static const int64_t MOST = 1000000000000;

void *
gp_preview_grow(
    struct gp_preview_inner *in, void *list, size_t n, size_t *cap, size_t size)
{
	size_t more = *cap == 0 ? 4 : *cap * 2;
	void *p;

	if (n < *cap)
		return list;
	p = gp_pool_alloc(&in->pool, more * size);
	if (p == NULL)
		return NULL;
	if (n > 0)
		memcpy(p, list, n * size);
	*cap = more;
	return p;
}

int64_t
gp_preview_number(const char *url)
{
	const char *p = url != NULL ? strrchr(url, '/') : NULL;
	long long n;
	char *end;

	if (p == NULL)
		return 0;
	n = strtoll(p + 1, &end, 10);
	return n > 0 && n < MOST && (*end == '\0' || *end == '?') ? n : 0;
}

size_t
gp_preview_name(const char *s)
{
	const char *p = s;

	if ((*p | 0x20) < 'a' || (*p | 0x20) > 'z')
		return 0;
	while (*p == '_' || (*p >= '0' && *p <= '9') ||
	    ((*p | 0x20) >= 'a' && (*p | 0x20) <= 'z'))
		p++;
	return (size_t)(p - s);
}

/* Behind the host of an address; NULL: it is not Telegram's. */
static const char *
behind_host(const char *s)
{
	static const char *const hosts[] = { "t.me/", "telegram.me/",
		"telegram.dog/" };
	size_t i, n;

	s += strncmp(s, "https:", 6) == 0 ? 6 : 0;
	s += strncmp(s, "http:", 5) == 0 ? 5 : 0;
	s += strncmp(s, "//", 2) == 0 ? 2 : 0;
	for (i = 0; i < sizeof(hosts) / sizeof(hosts[0]); i++) {
		n = strlen(hosts[i]);
		if (strncmp(s, hosts[i], n) == 0)
			return s + n;
	}
	return NULL;
}

struct gp_span
gp_preview_link(struct gp_preview_inner *in, const char *href)
{
	const char *p = href != NULL ? behind_host(href) : NULL;
	int64_t id = gp_preview_number(href);
	int64_t chat;
	char *end;
	size_t n;

	if (p == NULL || id == 0)
		return (struct gp_span){ NULL, 0 };
	if (strncmp(p, "c/", 2) == 0) {
		chat = strtoll(p + 2, &end, 10);
		if (chat > 0 && chat < MOST && *end == '/')
			return gp_pool_fmt(&in->pool,
			    "telegram:%" PRId64 "/%" PRId64, -MOST - chat, id);
		return (struct gp_span){ NULL, 0 };
	}
	p += strncmp(p, "s/", 2) == 0 ? 2 : 0;
	n = gp_preview_name(p);
	if (n == 0 || p[n] != '/')
		return (struct gp_span){ NULL, 0 };
	return gp_pool_fmt(&in->pool, "telegram:%s/%" PRId64,
	    gp_pool_lower(&in->pool, (struct gp_span){ p, n }).p, id);
}

struct gp_span
gp_preview_url(struct gp_preview_inner *in, const char *s)
{
	if (s != NULL && s[0] == '/' && s[1] == '/')
		return gp_pool_fmt(&in->pool, "https:%s", s);
	if (s == NULL ||
	    (strncmp(s, "https://", 8) != 0 && strncmp(s, "http://", 7) != 0 &&
		strncmp(s, "tg://", 5) != 0))
		return (struct gp_span){ NULL, 0 };
	return gp_pool_copy(&in->pool, gp_span_of(s));
}

/* The words of the channel's id are base64url without padding. */
static size_t
base64url(const char *s, char *to, size_t max)
{
	static const char set[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnop"
				  "qrstuvwxyz0123456789-_";
	unsigned bits = 0, have = 0;
	const char *at;
	size_t n = 0;

	for (; *s != '\0' && n < max; s++) {
		at = strchr(set, *s);
		if (at == NULL)
			break;
		bits = bits << 6 | (unsigned)(at - set);
		have += 6;
		if (have >= 8) {
			have -= 8;
			to[n++] = (char)(bits >> have & 0xff);
		}
	}
	return n;
}

/*
 * data-view holds {"c":-1413275904,"t":1793458800,..}: the Bot API's id without
 * its -100, and when the page was made.
 */
static void
channel(struct gp_reading *r, const char *view)
{
	char text[512 + GP_PAD] = { 0 };
	struct gp_span json = { text, 0 };
	struct gp_json_obj o;
	int64_t c, t;

	if (view == NULL)
		return;
	json.n = base64url(view, text, 512);
	if (gp_json_open(r->in->json, json, 0, &o, NULL) == -1)
		return;
	if (gp_json_int(gp_json_get(&o, "c"), &c) == 0 && c < 0 && c > -MOST)
		r->m->item.chat =
		    gp_pool_fmt(&r->in->pool, "telegram:%" PRId64, c - MOST);
	if (gp_json_int(gp_json_get(&o, "t"), &t) == 0 && t > r->in->made &&
	    t < MOST)
		r->in->made = t;
}

/* Links whose words hide where they lead. Hashtags and names are none. */
static void
links(struct gp_reading *r, struct _xmlNode *top)
{
	struct _xmlNode *n = top;
	struct gp_attachment *a;
	struct gp_span words, url;
	const char *href;

	while ((n = gp_html_next(n, top, 0)) != NULL) {
		href = gp_html_attr(n, "href");
		if (href == NULL || strcmp(gp_html_name(n), "a") != 0)
			continue;
		words = gp_html_text(&r->in->pool, n);
		url = gp_preview_url(r->in, href);
		/* A browser that saves a page makes "?q=%23tag" whole. */
		if (url.n == 0 || href[0] != 'h' ||
		    (words.n > 0 && words.p[0] == '@') ||
		    (words.n > 0 && words.p[0] == '#' &&
			strstr(href, "?q=%23") != NULL))
			continue;
		a = gp_preview_attach(r, "link");
		if (a == NULL)
			return;
		a->url = url;
		if (!gp_span_eq(words, a->url))
			a->title = words;
	}
}

/* The innermost block of text counts, once; a quoted one is not ours. */
static int
text(struct gp_reading *r, struct _xmlNode *n)
{
	struct gp_item *it = &r->m->item;
	struct _xmlNode *in = gp_html_next(n, n, 0);

	if (gp_html_class(n, "js-message_reply_text") || r->texts)
		return 1;
	for (; in != NULL; in = gp_html_next(in, n, 0))
		if (gp_html_class(in, "tgme_widget_message_text"))
			return 0;
	r->texts = 1;
	if (r->service) {
		it->service = gp_html_text(&r->in->pool, n);
		return 1;
	}
	it->text = gp_html_text(&r->in->pool, n);
	links(r, n);
	return 1;
}

static void
meta(struct gp_reading *r, struct _xmlNode *n)
{
	struct gp_span own = gp_html_own_text(&r->in->pool, n);

	r->m->item.edited = strstr(own.p, "edited") != NULL;
}

static void
date(struct gp_reading *r, struct _xmlNode *n)
{
	struct _xmlNode *t = gp_html_child(n, "time");
	const char *at = t != NULL ? gp_html_attr(t, "datetime") : NULL;

	if (at == NULL ||
	    gp_instant_parse(gp_span_of(at), &r->m->item.at) == -1)
		r->m->item.at = 0;
}

static void
one_reaction(struct gp_reading *r, struct _xmlNode *n)
{
	struct gp_pool *pool = &r->in->pool;
	struct _xmlNode *custom = gp_html_child(n, "tg-emoji");
	struct _xmlNode *b = gp_html_child(n, "b");
	struct gp_figure count = { 0, 0, 0 };
	struct gp_reaction *v;
	struct gp_span own = gp_html_own_text(pool, n);

	if (gp_figure_parse(own, &count) == -1 || count.n > MOST)
		return;
	v = gp_preview_grow(
	    r->in, r->reaction, r->reactions, &r->reaction_cap, sizeof(*v));
	if (v == NULL)
		return;
	r->reaction = v;
	v = &r->reaction[r->reactions++];
	memset(v, 0, sizeof(*v));
	v->n = count.n;
	v->approx = count.approx;
	v->paid = gp_html_class(n, "tgme_reaction_paid");
	if (custom != NULL && gp_html_attr(custom, "emoji-id") != NULL)
		v->custom = gp_pool_copy(
		    pool, gp_span_of(gp_html_attr(custom, "emoji-id")));
	else if (b != NULL)
		v->emoji = gp_html_text(pool, b);
}

static void
reactions(struct gp_reading *r, struct _xmlNode *top)
{
	struct _xmlNode *n = top;
	int over = 0;

	while ((n = gp_html_next(n, top, over)) != NULL) {
		over = gp_html_class(n, "tgme_reaction");
		if (over)
			one_reaction(r, n);
	}
}

static void
forwarded(struct gp_reading *r, struct _xmlNode *n)
{
	struct gp_item *it = &r->m->item;
	const char *href = gp_html_attr(n, "href");

	it->repost_name = gp_html_text(&r->in->pool, n);
	it->repost_url = gp_preview_url(r->in, href);
	it->repost_id = gp_preview_link(r->in, href);
}

/* 1: what is inside has been read. */
static int
element(struct gp_reading *r, struct _xmlNode *n, const char *suffix)
{
	struct gp_item *it = &r->m->item;
	struct gp_pool *pool = &r->in->pool;
	struct gp_figure voters = { 0, 0, 0 };

	if (strcmp(suffix, "text") == 0)
		return text(r, n);
	if (strcmp(suffix, "reply") == 0)
		it->parent = gp_preview_link(r->in, gp_html_attr(n, "href"));
	else if (strcmp(suffix, "reactions") == 0)
		reactions(r, n);
	else if (strcmp(suffix, "views") == 0)
		gp_figure_parse(gp_html_text(pool, n), &it->views);
	else if (strcmp(suffix, "from_author") == 0)
		it->signature = gp_html_text(pool, n);
	else if (strcmp(suffix, "forwarded_from_name") == 0)
		forwarded(r, n);
	else if (strcmp(suffix, "date") == 0)
		date(r, n);
	else if (strcmp(suffix, "voters") == 0) {
		gp_figure_parse(gp_html_text(pool, n), &voters);
		if (r->poll != NULL)
			r->poll->voters = voters;
	} else if (strcmp(suffix, "meta") == 0) {
		meta(r, n);
		return 0;
	} else {
		return gp_preview_media(r, n, suffix);
	}
	return 1;
}

static void
walk(struct gp_reading *r, struct _xmlNode *top)
{
	const size_t n = sizeof(PREFIX) - 1;
	struct _xmlNode *at = top;
	char suffix[48];
	const char *p;
	int over = 0;
	size_t k;

	while ((at = gp_html_next(at, top, over)) != NULL) {
		over = 0;
		p = gp_html_attr(at, "class");
		if (p != NULL &&
		    strstr(p, "message_media_not_supported_wrap") != NULL)
			over = gp_preview_media(r, at, "unsupported");
		while (!over && p != NULL && (p = strstr(p, PREFIX)) != NULL) {
			p += n;
			k = strcspn(p, " \t\n");
			if (k >= sizeof(suffix))
				continue;
			memcpy(suffix, p, k);
			suffix[k] = '\0';
			over = element(r, at, suffix);
			p += k;
		}
	}
}

int
gp_preview_message_read(struct gp_preview_inner *in, struct _xmlNode *n,
    struct gp_preview_message *m)
{
	struct gp_reading r = { .in = in, .m = m };
	const char *post = gp_html_attr(n, "data-post");
	size_t name = gp_preview_name(post);
	struct gp_item *it = &m->item;
	struct gp_span lower;

	if (name > 0 && post[name] == '/' &&
	    strpbrk(post + name + 1, "/?") == NULL)
		m->number = gp_preview_number(post + name);
	if (m->number == 0)
		return 0;
	it->type = "post";
	/* Names are one in large and small letters; in ids they are small. */
	lower = gp_pool_lower(&in->pool, (struct gp_span){ post, name });
	it->id =
	    gp_pool_fmt(&in->pool, "telegram:%s/%" PRId64, lower.p, m->number);
	it->page = gp_pool_fmt(&in->pool, "telegram:%s", lower.p);
	it->url = gp_pool_fmt(&in->pool, "https://t.me/%.*s/%" PRId64,
	    (int)name, post, m->number);

	it->source = gp_span_of("preview");
	r.service = gp_html_class(n, "service_message");
	channel(&r, gp_html_attr(n, "data-view"));
	walk(&r, n);
	it->attachment = r.attachment;
	it->attachments = r.attachments;
	it->reaction = r.reaction;
	it->reactions = r.reactions;
	it->poll = r.poll;
	m->also = r.also;
	m->nalso = r.nalso;
	return in->pool.bad ? -1 : 0;
}
