#include "sim/bubble.h"

#include <openssl/evp.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/utf8.h"
#include "sim/markup.h"

struct gp_span
gp_sim_initial(const char *title)
{
	const char *p = title;

	if (*p != '\0')
		gp_utf8_next(&p, title + strlen(title));
	return (struct gp_span){ title, (size_t)(p - title) };
}

/* Base64 with - and _ and no padding, as data-view has it. */
static void
base64url(struct gp_buf *b, const char *s, size_t n)
{
	unsigned char out[512];
	size_t i, k;

	k = (size_t)EVP_EncodeBlock(out, (const unsigned char *)s, (int)n);
	for (i = 0; i < k && out[i] != '='; i++)
		gp_buf_addc(b,
		    out[i] == '+'       ? '-'
			: out[i] == '/' ? '_'
					: out[i]);
}

static void
data_view(const struct gp_sim_part *x)
{
	char json[256], id[32];
	uint64_t h = gp_sim_hash(gp_span_of(x->v->c->name), (uint64_t)x->m->id);

	/* Without its -100: -1001413275904 is -1413275904 here. */
	snprintf(id, sizeof(id), x->m->album != 0 ? "\"%lldg\"" : "%lld",
	    (long long)x->m->id);
	snprintf(json, sizeof(json),
	    "{\"c\":%lld,\"p\":%s,\"t\":%lld,\"h\":\"%016llx%02x\"}",
	    (long long)x->v->c->id + 1000000000000LL, id, (long long)x->v->now,
	    (unsigned long long)h, (unsigned)(h >> 7 & 0xff));
	base64url(x->b, json, strlen(json));
}

static void
title(const struct gp_sim_part *x)
{
	gp_buf_adds(x->b, "<span dir=\"auto\">");
	gp_sim_html_words(x->b, gp_span_of(x->v->c->title));
	gp_buf_adds(x->b, "</span>");
}

static void
userpic(const struct gp_sim_part *x)
{
	struct gp_span first = gp_sim_initial(x->v->c->title);

	gp_buf_addf(x->b,
	    "  <div class=\"tgme_widget_message_user\">"
	    "<a href=\"https://t.me/%s\"><i class=\"tgme_widget_message_user_"
	    "photo bgcolor2\" data-content=\"",
	    x->v->c->name);
	gp_sim_html_plain(x->b, first);
	gp_buf_adds(x->b, "\"><img src=\"");
	gp_sim_html_file(x->b, x->v->c->name, 0, 0, "jpg");
	gp_buf_adds(x->b,
	    "\"></i></a></div>\n"
	    "  <div class=\"tgme_widget_message_bubble\">\n    ");
	if (x->embed)
		gp_buf_adds(x->b,
		    "<a class=\"tgme_widget_message_bubble_logo"
		    "\" href=\"//core.telegram.org/widgets\"></a>\n");
	gp_buf_adds(x->b,
	    "        <i class=\"tgme_widget_message_bubble_tail"
	    "\">\n    </i>\n    <div class=\"tgme_widget_message_author "
	    "accent_color\"><a class=\"tgme_widget_message_owner_name\" "
	    "href=\"https://t.me/");
	gp_buf_addf(x->b, "%s\">", x->v->c->name);
	title(x);
	gp_buf_adds(x->b, "</a></div>\n\n\n");
}

static void
forwarded(const struct gp_sim_part *x)
{
	const struct gp_sim_forward *f = x->m->post->forward;

	gp_buf_adds(x->b,
	    "<div class=\"tgme_widget_message_forwarded_from "
	    "accent_color\">Forwarded from&nbsp;");
	if (f->name != NULL)
		gp_buf_addf(x->b,
		    "<a class=\"tgme_widget_message_forwarded_"
		    "from_name\" href=\"https://t.me/%s/%lld\">",
		    f->name, (long long)f->post);
	else
		gp_buf_adds(x->b,
		    "<span class=\"tgme_widget_message_"
		    "forwarded_from_name\">");
	gp_buf_adds(x->b, "<span dir=\"auto\">");
	gp_sim_html_words(x->b, gp_span_of(f->title));
	gp_buf_addf(
	    x->b, "</span></%s></div>\n", f->name != NULL ? "a" : "span");
}

/* The start of a text, on one line, cut between characters. */
static void
start_of(struct gp_buf *b, const struct gp_sim_message *m, size_t max)
{
	struct gp_span s = gp_sim_text_span(&m->text);
	const char *p = s.p, *end = gp_span_end(s);

	while (p != NULL && p < end && *p != '\n' && (size_t)(p - s.p) < max)
		gp_utf8_next(&p, end);
	if (p != NULL)
		gp_sim_html_words(
		    b, (struct gp_span){ s.p, (size_t)(p - s.p) });
}

static void
reply(const struct gp_sim_part *x)
{
	const struct gp_sim_message *to;
	size_t i;

	to = gp_sim_view_find(x->v, x->m->reply_to, &i);
	if (to == NULL) {
		gp_buf_adds(x->b,
		    "<a class=\"tgme_widget_message_reply\">"
		    "<div class=\"tgme_widget_message_metatext\" dir=\"auto\">"
		    "Deleted message</div></a>");
		return;
	}
	gp_buf_addf(x->b,
	    "<a class=\"tgme_widget_message_reply "
	    "user-color-default\" href=\"https://t.me/%s/%lld\">\n"
	    "<div class=\"tgme_widget_message_author accent_color\">"
	    "<span class=\"tgme_widget_message_author_name\" dir=\"auto\">",
	    x->v->c->name, (long long)to->id);
	gp_sim_html_words(x->b, gp_span_of(x->v->c->title));
	gp_buf_addf(x->b, "</span></div>\n<div class=\"%s\" dir=\"auto\">",
	    to->text.s != NULL
		? "tgme_widget_message_text js-message_reply_text"
		: "tgme_widget_message_metatext js-message_reply_text");
	if (to->text.s != NULL)
		start_of(x->b, to, 120);
	else
		gp_buf_adds(x->b, to->photo ? "Photo" : "Message");
	gp_buf_adds(x->b, "</div>\n</a>");
}

static void
number(struct gp_buf *b, const char *class, int64_t n, const char *word)
{
	gp_buf_addf(b, "<span class=\"%s\">", class);
	gp_sim_html_short(b, n);
	gp_buf_addf(b, "</span><span class=\"copyonly\"> %s%s</span>", word,
	    n == 1 ? "" : "s");
}

static void
date(const struct gp_sim_part *x)
{
	time_t t = (time_t)x->m->at;
	char iso[40], show[40];
	struct tm tm;

	gmtime_r(&t, &tm);
	strftime(iso, sizeof(iso), "%Y-%m-%dT%H:%M:%S+00:00", &tm);
	strftime(
	    show, sizeof(show), x->embed ? "%b %e at %H:%M" : "%H:%M", &tm);
	gp_buf_addf(x->b,
	    "<a class=\"tgme_widget_message_date\" "
	    "href=\"https://t.me/%s/%lld\"><time datetime=\"%s\" class=\"%s\">"
	    "%s</time></a>",
	    x->v->c->name, (long long)x->m->id, iso,
	    x->embed ? "datetime" : "time", show);
}

static void
footer(const struct gp_sim_part *x)
{
	const struct gp_sim_post *p = x->m->post;

	gp_buf_addf(x->b,
	    "\n<div class=\"tgme_widget_message_footer%s "
	    "js-message_footer\">\n  \n  <div class=\"tgme_widget_message_info"
	    "%s js-message_info\">\n    ",
	    x->embed ? "" : " compact", x->embed ? "" : " short");
	if (p != NULL && p->poll != NULL)
		number(x->b, "tgme_widget_message_voters", p->poll->voters,
		    "voter");
	if (p == NULL || p->service == NULL)
		number(x->b, "tgme_widget_message_views",
		    p != NULL ? p->views : 1, "view");
	gp_buf_adds(x->b, "<span class=\"tgme_widget_message_meta\">");
	if (p != NULL && p->signature != NULL) {
		gp_buf_adds(x->b,
		    "<span class=\"tgme_widget_message_from_"
		    "author\" dir=\"auto\">");
		gp_sim_html_words(x->b, gp_span_of(p->signature));
		gp_buf_adds(x->b, "</span>,&nbsp;");
	}
	if (x->m->edited != 0)
		gp_buf_adds(x->b, "edited &nbsp;");
	date(x);
	gp_buf_adds(x->b, "</span>\n  </div>\n</div>\n");
}

static void
service(const struct gp_sim_part *x)
{
	const struct gp_sim_message *to;
	size_t i;

	if (strcmp(x->m->post->service, "photo_changed") == 0) {
		gp_buf_addf(x->b,
		    "<a class=\"tgme_widget_message_service_"
		    "photo\" href=\"https://t.me/%s/%lld\"><img src=\"",
		    x->v->c->name, (long long)x->m->id);
		gp_sim_html_file(x->b, x->v->c->name, x->m->id, 0, "jpg");
		gp_buf_adds(x->b,
		    "\"></a><div class=\"tgme_widget_message_"
		    "text js-message_text\" dir=\"auto\">Channel photo updated"
		    "</div>");
		return;
	}
	gp_buf_addf(x->b,
	    "<div class=\"tgme_widget_message_text "
	    "js-message_text\" dir=\"auto\"><a class=\"tgme_widget_message_"
	    "author_name\" href=\"https://t.me/%s\">",
	    x->v->c->name);
	title(x);
	to = gp_sim_view_find(x->v, x->m->reply_to, &i);
	if (to != NULL && to->text.s != NULL) {
		gp_buf_adds(x->b,
		    "</a> pinned «<span class=\"tgme_widget_"
		    "service_strong_text\" dir=\"auto\">");
		start_of(x->b, to, 80);
		gp_buf_adds(x->b, "</span>»</div>");
	} else {
		gp_buf_adds(x->b, "</a> pinned a message</div>");
	}
}

static void
content(const struct gp_sim_part *x)
{
	const struct gp_sim_post *p = x->m->post;

	if (p != NULL && p->service != NULL) {
		service(x);
		return;
	}
	if (p != NULL && p->forward != NULL)
		forwarded(x);
	if (x->m->reply_to != 0)
		reply(x);
	gp_sim_bubble_media(x);
	if (x->m->text.s != NULL) {
		gp_buf_adds(x->b,
		    "<div class=\"tgme_widget_message_text "
		    "js-message_text\" dir=\"auto\">");
		gp_sim_html_text(x->b, &x->m->text);
		gp_buf_adds(x->b, "</div>");
	}
	if (p != NULL && p->poll != NULL)
		gp_sim_bubble_poll(x);
	if (p != NULL && p->link != NULL)
		gp_sim_bubble_link(x);
	if (p != NULL && p->reactions.n > 0)
		gp_sim_bubble_reactions(x);
}

void
gp_sim_bubble(
    struct gp_buf *b, const struct gp_sim_view *v, size_t i, int embed)
{
	struct gp_sim_part x = { b, v, v->m[i], i, embed };
	const struct gp_sim_post *p = x.m->post;
	const char *kind = p == NULL || p->service == NULL ? ""
	    : strcmp(p->service, "photo_changed") == 0
	    ? " service_message service_message_photo"
	    : " service_message";

	if (!embed)
		gp_buf_adds(b,
		    "<div class=\"tgme_widget_message_wrap "
		    "js-widget_message_wrap\">");
	gp_buf_addf(b,
	    "<div class=\"tgme_widget_message "
	    "text_not_supported_wrap%s js-widget_message\" "
	    "data-post=\"%s/%lld\" data-view=\"",
	    kind, v->c->name, (long long)x.m->id);
	data_view(&x);
	gp_buf_adds(b, "\">\n");
	userpic(&x);
	content(&x);
	footer(&x);
	gp_buf_adds(b, "  </div>\n  \n</div>");
	if (!embed)
		gp_buf_adds(b, "</div>");
}
