#include "net/preview.h"

#include <stdlib.h>
#include <string.h>

#include "net/preview_inner.h"

struct gp_preview *
gp_preview_new(void)
{
	struct gp_preview *p = calloc(1, sizeof(*p));

	if (p == NULL)
		return NULL;
	p->inner = calloc(1, sizeof(*p->inner));
	if (p->inner != NULL)
		p->inner->json = gp_json_new();
	if (p->inner != NULL && p->inner->json != NULL) {
		p->pool = &p->inner->pool;
		return p;
	}
	gp_preview_free(p);
	return NULL;
}

void
gp_preview_free(struct gp_preview *p)
{
	if (p == NULL)
		return;
	if (p->inner != NULL) {
		gp_pool_release(&p->inner->pool);
		gp_json_free(p->inner->json);
		free(p->inner);
	}
	free(p->message);
	free(p);
}

/* The page's last words are the mark that it came whole. */
static int
is_whole(struct gp_span s)
{
	static const char mark[] = "<!-- page generated in ";
	size_t tail = s.n < 256 ? s.n : 256;

	return memmem(s.p + s.n - tail, tail, mark, sizeof(mark) - 1) != NULL;
}

static int64_t
query_number(const char *href, const char *key)
{
	const char *p = href != NULL ? strstr(href, key) : NULL;
	long long n = p != NULL ? strtoll(p + strlen(key), NULL, 10) : 0;

	return n > 0 ? n : 0;
}

/*
 * Neighbouring pages: <link rel=prev|next>, or the "more" links. Never
 * rel=canonical: it names the page itself.
 */
static void
paging(struct gp_preview *p, struct _xmlNode *n)
{
	const char *rel = gp_html_attr(n, "rel");

	if (rel != NULL && strcmp(gp_html_name(n), "link") == 0) {
		if (strcmp(rel, "prev") == 0)
			p->before =
			    query_number(gp_html_attr(n, "href"), "before=");
		else if (strcmp(rel, "next") == 0)
			p->after =
			    query_number(gp_html_attr(n, "href"), "after=");
		return;
	}
	if (!gp_html_class(n, "tme_messages_more"))
		return;
	if (p->before == 0)
		p->before = query_number(gp_html_attr(n, "data-before"), "");
	if (p->after == 0)
		p->after = query_number(gp_html_attr(n, "data-after"), "");
}

static void
counter(struct gp_preview *p, struct _xmlNode *n)
{
	static const struct {
		const char *word;
		size_t off;
	} kinds[] = { { "subscriber", offsetof(struct gp_page, subscribers) },
		{ "member", offsetof(struct gp_page, subscribers) },
		{ "photo", offsetof(struct gp_page, photos) },
		{ "video", offsetof(struct gp_page, videos) },
		{ "file", offsetof(struct gp_page, files) },
		{ "link", offsetof(struct gp_page, links) } };
	struct _xmlNode *value = gp_html_find(n, "counter_value");
	struct _xmlNode *type = gp_html_find(n, "counter_type");
	struct gp_span word;
	size_t i;

	if (value == NULL || type == NULL)
		return;
	word = gp_html_text(&p->inner->pool, type);
	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (strncmp(word.p, kinds[i].word, strlen(kinds[i].word)) == 0)
			gp_figure_parse(gp_html_text(&p->inner->pool, value),
			    (struct gp_figure *)(void *)((char *)&p->page +
				kinds[i].off));
}

/* "NAME" in what stands behind `start`; the first one found counts. */
static void
name_behind(struct gp_preview *p, const char *s, const char *start)
{
	size_t n = strlen(start);

	if (p->name.n > 0 || s == NULL || strncmp(s, start, n) != 0)
		return;
	n = gp_preview_name(s += n);
	if (n > 0)
		p->name =
		    gp_pool_copy(&p->inner->pool, (struct gp_span){ s, n });
}

/* 1: the title or the description, read. The mark may stand in the title. */
static int
said(struct gp_preview *p, struct _xmlNode *n, const char *title,
    const char *about)
{
	if (gp_html_class(n, title)) {
		p->page.title = gp_html_text(&p->inner->pool, n);
		p->page.verified |= gp_html_find(n, "verified-icon") != NULL;
	} else if (gp_html_class(n, about)) {
		p->page.about = gp_html_text(&p->inner->pool, n);
	} else {
		p->page.verified |= gp_html_class(n, "verified-icon");
		return 0;
	}
	return 1;
}

static void
header(struct gp_preview *p, struct _xmlNode *top)
{
	struct gp_pool *pool = &p->inner->pool;
	struct _xmlNode *n = top;
	int over;

	for (; n != NULL; n = gp_html_next(n, top, over)) {
		over = 1;
		if (said(p, n, "tgme_channel_info_header_title",
			"tgme_channel_info_description"))
			continue;
		if (gp_html_class(n, "tgme_channel_info_counter"))
			counter(p, n);
		else if (gp_html_class(n, "tgme_channel_info_header_username"))
			name_behind(p, gp_html_text(pool, n).p, "@");
		else
			over = 0;
	}
}

/*
 * "1 474 933 subscribers" is a channel, "2 620 members, 18 online" a group. In
 * 2021 channels had members too, but never anybody online, and a link to
 * their preview. Without a number it is a person or nobody, and what has users
 * a month is a bot.
 */
static void
card(struct gp_preview *p, struct _xmlNode *extra, int preview_link)
{
	struct gp_span s = gp_html_text(&p->inner->pool, extra);
	size_t n = strspn(s.p, "0123456789 ,.KM\xc2\xa0");

	while (n > 0 && strchr("0123456789KM", s.p[n - 1]) == NULL)
		n--;
	if (strstr(s.p, "user") != NULL ||
	    gp_figure_parse((struct gp_span){ s.p, n }, &p->page.subscribers) ==
		-1)
		p->kind = GP_PREVIEW_LANDING_MISSING;
	else if (strstr(s.p, "online") != NULL ||
	    (strstr(s.p, "subscriber") == NULL && !preview_link))
		p->kind = GP_PREVIEW_LANDING_GROUP;
	else
		p->kind = GP_PREVIEW_LANDING_CHANNEL;
}

static void
landing(struct gp_preview *p, struct _xmlNode *top)
{
	struct _xmlNode *extra = NULL, *n = top;
	int link = 0, over;

	for (; n != NULL; n = gp_html_next(n, top, over)) {
		const char *href = gp_html_attr(n, "href");

		over = said(p, n, "tgme_page_title", "tgme_page_description");
		if (gp_html_class(n, "tgme_page_extra"))
			extra = n;
		name_behind(p, href, "tg://resolve?domain=");
		link |= href != NULL &&
		    (strncmp(href, "/s/", 3) == 0 ||
			strstr(href, "t.me/s/") != NULL);
	}
	if (extra == NULL)
		p->kind = GP_PREVIEW_LANDING_MISSING;
	else
		card(p, extra, link);
	p->linked = link;
}

static int
add_message(struct gp_preview *p, struct _xmlNode *n)
{
	struct gp_preview_message *m;

	if (p->n == p->inner->cap) {
		m = realloc(p->message, (p->n * 2 + 32) * sizeof(*m));
		if (m == NULL)
			return -1;
		p->message = m;
		p->inner->cap = p->n * 2 + 32;
	}
	m = &p->message[p->n];
	memset(m, 0, sizeof(*m));
	if (gp_preview_message_read(p->inner, n, m) == -1)
		return -1;
	p->n += m->number != 0;
	return 0;
}

static int
walk(struct gp_preview *p, struct _xmlNode *top)
{
	struct _xmlNode *n = top;
	int over = 0, frame = 0, page = 0, gone = 0;

	for (; n != NULL; n = gp_html_next(n, top, over)) {
		const char *class = gp_html_attr(n, "class");

		over = 0;
		paging(p, n);
		if (class == NULL || strchr(class, '_') == NULL)
			continue;
		if (gp_html_attr(n, "data-post") != NULL &&
		    gp_html_class(n, "tgme_widget_message")) {
			if (add_message(p, n) == -1)
				return -1;
			over = 1;
		} else if (gp_html_class(n, "tgme_channel_info")) {
			header(p, n);
			frame = over = 1;
		} else if (gp_html_class(n, "tgme_channel_history")) {
			frame = 1;
		} else if (gp_html_class(n, "tme_no_messages_found")) {
			p->none = 1;
		} else if (gp_html_class(n, "tgme_widget_message_error")) {
			gone = 1;
		} else if (gp_html_class(n, "tgme_page")) {
			landing(p, n);
			page = over = 1;
		}
	}
	if (frame)
		p->kind = GP_PREVIEW_PAGE;
	else if (p->n > 0)
		p->kind = GP_PREVIEW_EMBED;
	else if (gone)
		p->kind = GP_PREVIEW_GONE;
	else if (!page)
		p->kind = GP_PREVIEW_UNKNOWN;
	return 0;
}

int
gp_preview_read(struct gp_preview *p, struct gp_span s, struct gp_why *why)
{
	struct gp_html *html;
	int r;

	gp_pool_reset(&p->inner->pool);
	p->kind = GP_PREVIEW_UNKNOWN;
	p->none = 0;
	p->linked = 0;
	p->before = p->after = 0;
	p->n = 0;
	p->inner->made = 0;
	p->name = (struct gp_span){ NULL, 0 };
	memset(&p->page, 0, sizeof(p->page));
	p->page.source = gp_span_of("preview");
	p->whole = is_whole(s);
	html = gp_html_parse(s);
	if (html == NULL)
		return gp_because(why, "the page holds no HTML");
	p->whole &= !gp_html_cut(html);
	r = walk(p, gp_html_root(html));
	gp_html_free(html);
	p->made = p->inner->made;
	if (p->name.n == 0 && p->n > 0)
		name_behind(p, p->message[0].item.page.p, "telegram:");
	if (r == -1 || p->inner->pool.bad)
		return gp_because(why, "no memory for the page");
	return 0;
}
