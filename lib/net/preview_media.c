#include <string.h>

#include "net/preview_inner.h"

/* A text of 4096 characters holds fewer links; more are left out. */
enum {
	MOST_ATTACHMENTS = 4096
};

struct gp_attachment *
gp_preview_attach(struct gp_reading *r, const char *kind)
{
	struct gp_attachment *a;

	if (r->attachments == MOST_ATTACHMENTS)
		return NULL;
	a = gp_preview_grow(r->in, r->attachment, r->attachments,
	    &r->attachment_cap, sizeof(*a));
	if (a == NULL)
		return NULL;
	r->attachment = a;
	a = &r->attachment[r->attachments++];
	memset(a, 0, sizeof(*a));
	a->kind = kind;
	return a;
}

int64_t
gp_preview_duration(struct gp_span s)
{
	int64_t total = 0, part = 0;
	size_t i;

	for (i = 0; i < s.n; i++)
		if (s.p[i] == ':' && total < 100000) {
			total = (total + part) * 60;
			part = 0;
		} else if (s.p[i] >= '0' && s.p[i] <= '9' && part < 100000) {
			part = part * 10 + (s.p[i] - '0');
		} else {
			return 0;
		}
	return total + part;
}

/* Of background-image:url('...') in a style. */
static struct gp_span
style_url(struct gp_reading *r, struct _xmlNode *n)
{
	const char *p = gp_html_attr(n, "style");
	struct gp_span s;

	p = p != NULL ? strstr(p, "url(") : NULL;
	if (p == NULL)
		return (struct gp_span){ NULL, 0 };
	p += 4;
	p += strspn(p, "'\"");
	s = (struct gp_span){ p, strcspn(p, "'\")") };
	return gp_preview_url(r->in, gp_pool_copy(&r->in->pool, s).p);
}

static struct gp_span
address(struct gp_reading *r, struct _xmlNode *n, const char *name)
{
	return gp_preview_url(r->in, n != NULL ? gp_html_attr(n, name) : NULL);
}

static struct gp_span
words(struct gp_reading *r, struct _xmlNode *n, const char *class)
{
	struct _xmlNode *at = gp_html_find(n, class);

	if (at == NULL)
		return (struct gp_span){ NULL, 0 };
	return gp_html_text(&r->in->pool, at);
}

/* A part of an album names its own number: ".../ID?single". */
static void
part_of_album(struct gp_reading *r, struct _xmlNode *n)
{
	const char *href = gp_html_attr(n, "href");
	int64_t id = gp_preview_number(href), *v;

	if (href == NULL || strstr(href, "?single") == NULL || id == 0 ||
	    id == r->m->number)
		return;
	v = gp_preview_grow(r->in, r->also, r->nalso, &r->also_cap, sizeof(*v));
	if (v == NULL)
		return;
	r->also = v;
	r->also[r->nalso++] = id;
}

static void
photo(struct gp_reading *r, struct _xmlNode *n)
{
	struct gp_attachment *a = gp_preview_attach(r, "photo");

	if (a == NULL)
		return;
	a->url = style_url(r, n);
	part_of_album(r, n);
}

/* Too big for the browser: no src, and the page says so. */
static void
video(struct gp_reading *r, struct _xmlNode *n, const char *kind)
{
	struct gp_attachment *a = gp_preview_attach(r, kind);
	struct _xmlNode *v = gp_html_child(n, "video");
	struct _xmlNode *t = gp_html_child(n, "time");

	if (a == NULL)
		return;
	a->url = address(r, v, "src");
	if (a->url.n == 0)
		a->description =
		    words(r, n, "message_media_not_supported_label");
	if (t != NULL)
		a->duration =
		    gp_preview_duration(gp_html_text(&r->in->pool, t));
	part_of_album(r, n);
}

static void
voice(struct gp_reading *r, struct _xmlNode *n)
{
	struct gp_attachment *a = gp_preview_attach(r, "voice");
	struct _xmlNode *t = gp_html_child(n, "time");

	if (a == NULL)
		return;
	a->url = address(r, gp_html_child(n, "audio"), "src");
	if (t != NULL)
		a->duration =
		    gp_preview_duration(gp_html_text(&r->in->pool, t));
}

static void
document(struct gp_reading *r, struct _xmlNode *n)
{
	struct _xmlNode *icon =
	    gp_html_find(n, "tgme_widget_message_document_icon");
	int audio = icon != NULL && gp_html_class(icon, "audio");
	struct gp_attachment *a =
	    gp_preview_attach(r, audio ? "audio" : "file");

	if (a == NULL)
		return;
	a->title = words(r, n, "tgme_widget_message_document_title");
	a->description = words(r, n, "tgme_widget_message_document_extra");
	part_of_album(r, n);
}

static void
sticker(struct gp_reading *r, struct _xmlNode *n)
{
	struct _xmlNode *i = gp_html_child(n, "i");
	struct gp_attachment *a = gp_preview_attach(r, "sticker");

	if (a != NULL)
		a->url = address(r, i, "data-webp");
}

static void
location(struct gp_reading *r, struct _xmlNode *n)
{
	struct gp_attachment *a = gp_preview_attach(r, "location");

	if (a == NULL)
		return;
	a->url = address(r, n, "href");
	a->title = words(r, n, "tgme_widget_message_location_title");
	a->description = words(r, n, "tgme_widget_message_location_address");
}

/* Its words are the linked page's, not the post's. */
static void
link_preview(struct gp_reading *r, struct _xmlNode *n)
{
	struct gp_attachment *a = NULL;
	struct gp_span url = address(r, n, "href");
	size_t i;

	for (i = 0; i < r->attachments && url.n > 0; i++)
		if (strcmp(r->attachment[i].kind, "link") == 0 &&
		    gp_span_eq(r->attachment[i].url, url))
			a = &r->attachment[i];
	if (a == NULL)
		a = gp_preview_attach(r, "link");
	if (a == NULL)
		return;
	a->url = url;
	a->title = words(r, n, "link_preview_title");
	if (a->title.n == 0)
		a->title = words(r, n, "link_preview_site_name");
	a->description = words(r, n, "link_preview_description");
}

static void
button(struct gp_reading *r, struct _xmlNode *n)
{
	struct gp_attachment *a = gp_preview_attach(r, "link");

	if (a == NULL)
		return;
	a->url = address(r, n, "href");
	a->title = words(r, n, "tgme_widget_message_inline_button_text");
}

static void
option(struct gp_reading *r, struct _xmlNode *n, struct gp_poll_option *o)
{
	struct gp_span percent =
	    words(r, n, "tgme_widget_message_poll_option_percent");

	o->text = words(r, n, "tgme_widget_message_poll_option_text");
	if (o->text.p == NULL)
		o->text = gp_span_of("");

	if (percent.n > 0 && percent.p[percent.n - 1] == '%')
		percent.n--;
	gp_figure_parse(percent, &o->percent);
	if (o->percent.n > 100)
		o->percent.set = 0;
}

/* Percentages only, and never the right answer of a quiz. */
static void
poll(struct gp_reading *r, struct _xmlNode *top)
{
	struct gp_poll *p = gp_pool_alloc(&r->in->pool, sizeof(*p));
	struct gp_poll_option *list = NULL;
	struct gp_span type = words(r, top, "tgme_widget_message_poll_type");
	struct _xmlNode *n = top;
	size_t cap = 0;
	int over = 0;

	if (p == NULL)
		return;
	p->question = words(r, top, "tgme_widget_message_poll_question");
	if (p->question.p == NULL)
		p->question = gp_span_of("");

	p->quiz = type.n > 0 && strstr(type.p, "Quiz") != NULL;
	p->closed = type.n > 0 && strstr(type.p, "Final") != NULL;
	while ((n = gp_html_next(n, top, over)) != NULL) {
		over = gp_html_class(n, "tgme_widget_message_poll_option");
		if (!over)
			continue;
		list = gp_preview_grow(r->in, list, p->n, &cap, sizeof(*list));
		if (list == NULL)
			return;
		option(r, n, &list[p->n++]);
	}
	p->option = list;
	r->poll = p;
}

/*
 * What is shown has a hidden "not supported" in it or behind it; alone it
 * means that only the application shows what is there.
 */
static void
unsupported(struct gp_reading *r, struct _xmlNode *n)
{
	struct gp_attachment *a;
	size_t i;

	for (i = 0; i < r->attachments; i++)
		if (strcmp(r->attachment[i].kind, "link") != 0)
			return;
	if (r->poll != NULL)
		return;

	a = gp_preview_attach(r, "other");
	if (a != NULL)
		a->description =
		    words(r, n, "message_media_not_supported_label");
}

int
gp_preview_media(struct gp_reading *r, struct _xmlNode *n, const char *suffix)
{
	if (strcmp(suffix, "photo_wrap") == 0)
		photo(r, n);
	else if (strcmp(suffix, "video_player") == 0)
		video(r, n, "video");
	else if (strcmp(suffix, "roundvideo_player") == 0)
		video(r, n, "round_video");
	else if (strcmp(suffix, "voice_player") == 0)
		voice(r, n);
	else if (strcmp(suffix, "document_wrap") == 0)
		document(r, n);
	else if (strcmp(suffix, "sticker_wrap") == 0 ||
	    strcmp(suffix, "tgsticker_wrap") == 0 ||
	    strcmp(suffix, "videosticker_wrap") == 0)

		sticker(r, n);
	else if (strcmp(suffix, "location_wrap") == 0)
		location(r, n);
	else if (strcmp(suffix, "link_preview") == 0)
		link_preview(r, n);
	else if (strcmp(suffix, "inline_button") == 0)
		button(r, n);
	else if (strcmp(suffix, "poll") == 0)
		poll(r, n);
	else if (strcmp(suffix, "unsupported") == 0)
		unsupported(r, n);
	else
		return 0;
	return 1;
}
