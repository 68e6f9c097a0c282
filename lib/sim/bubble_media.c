#include "sim/bubble.h"

#include <string.h>

#include "sim/markup.h"

static void
one_photo(const struct gp_sim_part *x, int64_t id, int part, const char *also)
{
	gp_buf_addf(x->b,
	    "<a class=\"tgme_widget_message_photo_wrap %s%016llx "
	    "%lld_456239%lld\" href=\"https://t.me/%s/%lld%s\" "
	    "style=\"width:800px;background-image:url('",
	    also,
	    (unsigned long long)gp_sim_hash(gp_span_of("photo"), (uint64_t)id),
	    (long long)x->v->c->id, (long long)id, x->v->c->name, (long long)id,
	    *also != '\0' ? "?single" : "");
	gp_sim_html_file(x->b, x->v->c->name, id, part, "jpg");
	gp_buf_adds(x->b, "')\">");
	gp_buf_adds(x->b,
	    *also != '\0'
		? "<div class=\"grouped_media_helper\" style=\"left:0;right:"
		  "0px;top:0;bottom:0;\"><div class=\"tgme_widget_message_"
		  "photo grouped_media\" style=\"width:100%;height:100%;"
		  "\"></div></div></a>"
		: "\n  <div class=\"tgme_widget_message_photo\" "
		  "style=\"padding-top:75%\"></div>\n</a>");
}

static void
album(const struct gp_sim_part *x)
{
	size_t i;

	gp_buf_adds(x->b,
	    "<div class=\"tgme_widget_message_grouped_wrap "
	    "js-message_grouped_wrap\" data-margin-w=\"2\" data-margin-h=\"2\" "
	    "style=\"width:453px;\">\n  <div class=\"tgme_widget_message_"
	    "grouped js-message_grouped\" style=\"padding-top:66.666%\">\n"
	    "    <div class=\"tgme_widget_message_grouped_layer "
	    "js-message_grouped_layer\" style=\"width:453px;height:302px\">\n");
	for (i = x->i; i < x->v->n && x->v->m[i]->album == x->m->album; i++)
		if (!x->v->m[i]->deleted)
			one_photo(x, x->v->m[i]->id, x->v->m[i]->part,
			    "grouped_media_wrap blured js-message_photo ");
	gp_buf_adds(x->b, "</div>\n  </div>\n</div>");
}

static void
video(const struct gp_sim_part *x)
{
	int64_t secs = x->m->post->video;

	gp_buf_addf(x->b,
	    "<a class=\"tgme_widget_message_video_player "
	    "js-message_video_player\" href=\"https://t.me/%s/%lld\">"
	    "<i class=\"tgme_widget_message_video_thumb\" "
	    "style=\"background-image:url('",
	    x->v->c->name, (long long)x->m->id);
	gp_sim_html_file(x->b, x->v->c->name, x->m->id, 0, "jpg");
	gp_buf_adds(x->b,
	    "')\"></i>\n\n<div class=\"tgme_widget_message_video_"
	    "wrap\" style=\"width:1280px;padding-top:56.25%\">\n"
	    "  <video src=\"");
	gp_sim_html_file(x->b, x->v->c->name, x->m->id, 0, "mp4");
	gp_buf_addf(x->b,
	    "?token=%016llx\" class=\"tgme_widget_message_video "
	    "js-message_video\" width=\"100%%\" height=\"100%%\"></video>\n"
	    "</div>\n<div class=\"message_video_play js-message_video_play\">"
	    "</div>\n<time class=\"message_video_duration "
	    "js-message_video_duration\">%lld:%02lld</time>\n",
	    (unsigned long long)gp_sim_hash(
		gp_span_of("token"), (uint64_t)x->m->id),
	    (long long)secs / 60, (long long)secs % 60);
	gp_buf_adds(x->b,
	    "<div class=\"message_media_not_supported_wrap\">\n"
	    "  <div class=\"message_media_not_supported\">\n"
	    "    <div class=\"message_media_not_supported_label\">This media "
	    "is not supported in your browser</div>\n"
	    "    <span class=\"message_media_view_in_telegram\">VIEW IN "
	    "TELEGRAM</span>\n  </div>\n</div></a>");
}

static void
size_of(struct gp_buf *b, int64_t n)
{
	if (n >= 1048576)
		gp_buf_addf(b, "%.1f MB", (double)n / 1048576);
	else if (n >= 1024)
		gp_buf_addf(b, "%.1f KB", (double)n / 1024);
	else
		gp_buf_addf(b, "%lld B", (long long)n);
}

static void
document(const struct gp_sim_part *x)
{
	const struct gp_sim_document *d = x->m->post->document;

	gp_buf_addf(x->b,
	    "<a class=\"tgme_widget_message_document_wrap\" "
	    "href=\"https://t.me/%s/%lld\">\n"
	    "  <div class=\"tgme_widget_message_document_icon accent_bg\">"
	    "</div>\n  <div class=\"tgme_widget_message_document\">\n"
	    "    <div class=\"tgme_widget_message_document_title accent_color\""
	    " dir=\"auto\">",
	    x->v->c->name, (long long)x->m->id);
	gp_sim_html_words(x->b, gp_span_of(d->title));
	gp_buf_adds(x->b,
	    "</div>\n    <div class=\"tgme_widget_message_"
	    "document_extra\" dir=\"auto\">");
	size_of(x->b, d->size);
	gp_buf_adds(x->b, "</div>\n  </div>\n</a>");
}

static void
location(const struct gp_sim_part *x)
{
	const struct gp_sim_location *l = x->m->post->location;

	gp_buf_addf(x->b,
	    "<a class=\"tgme_widget_message_location_wrap\" "
	    "href=\"https://maps.google.com/maps?q=%.6f,%.6f&ll=%.6f,%.6f"
	    "&z=16\"><div class=\"tgme_widget_message_location\" "
	    "style=\"background-image:url('https://static-maps.yandex.ru/1.x/"
	    "?l=map&ll=%.6f,%.6f&z=15&size=600,300&scale=1.5&pt=%.6f,%.6f,"
	    "comma&lang=en_US')\"></div>",
	    l->lat, l->lon, l->lat, l->lon, l->lon, l->lat, l->lon, l->lat);
	if (l->title != NULL) {
		gp_buf_adds(x->b,
		    "<div class=\"tgme_widget_message_location_"
		    "info\"><div class=\"tgme_widget_message_location_title\" "
		    "dir=\"auto\">");
		gp_sim_html_words(x->b, gp_span_of(l->title));
		gp_buf_adds(x->b, "</div></div>");
	}
	gp_buf_adds(x->b, "</a>");
}

static const char *
poll_type(const struct gp_sim_message *m)
{
	if (m->closed)
		return "Final Results";
	return strcmp(m->post->poll->type, "quiz") == 0 ? "Anonymous Quiz"
							: "Anonymous Poll";
}

void
gp_sim_bubble_poll(const struct gp_sim_part *x)
{
	const struct gp_sim_poll *p = x->m->post->poll;
	const struct gp_sim_option *o = p->options.v;
	size_t i;
	int part;

	gp_buf_adds(x->b,
	    "<div class=\"tgme_widget_message_poll js-poll\">\n"
	    "  <div class=\"tgme_widget_message_poll_question\">");
	gp_sim_html_words(x->b, gp_span_of(p->question));
	gp_buf_addf(x->b,
	    "</div>\n  <div class=\"tgme_widget_message_poll_"
	    "type\">%s</div>\n  <a class=\"tgme_widget_message_poll_options\" "
	    "href=\"https://t.me/%s/%lld\">",
	    poll_type(x->m), x->v->c->name, (long long)x->m->id);
	for (i = 0; i < p->options.n; i++) {
		part = p->voters == 0
		    ? 0
		    : (int)((o[i].votes * 200 + p->voters) / (2 * p->voters));
		gp_buf_addf(x->b,
		    "  <div class=\"tgme_widget_message_poll_"
		    "option\">\n    <div class=\"tgme_widget_message_poll_"
		    "option_percent\">%d%%</div>\n    <div class=\"tgme_widget_"
		    "message_poll_option_value\">\n      <div class=\"tgme_"
		    "widget_message_poll_option_text\">",
		    part);
		gp_sim_html_words(x->b, gp_span_of(o[i].text));
		gp_buf_addf(x->b,
		    "</div>\n      <div class=\"tgme_widget_"
		    "message_poll_option_bar accent_bg\" style=\"width:%d%%\">"
		    "</div>\n    </div>\n  </div>",
		    part);
	}
	gp_buf_adds(x->b, "</a>\n</div>");
}

void
gp_sim_bubble_media(const struct gp_sim_part *x)
{
	const struct gp_sim_post *p = x->m->post;

	if (x->m->album != 0)
		album(x);
	else if (x->m->photo)
		one_photo(x, x->m->id, 0, "");
	if (p == NULL)
		return;
	if (p->video > 0)
		video(x);
	if (p->document != NULL)
		document(x);
	if (p->location != NULL)
		location(x);
}

static void
preview_part(struct gp_buf *b, const char *class, const char *words)
{
	if (words == NULL)
		return;
	gp_buf_addf(b, "\n  <div class=\"%s\" dir=\"auto\">", class);
	gp_sim_html_words(b, gp_span_of(words));
	gp_buf_adds(b, "</div>");
}

void
gp_sim_bubble_link(const struct gp_sim_part *x)
{
	const struct gp_sim_link *l = x->m->post->link;

	gp_buf_adds(x->b,
	    "<a class=\"tgme_widget_message_link_preview\" "
	    "href=\"");
	gp_sim_html_plain(x->b, gp_span_of(l->url));
	gp_buf_adds(x->b, "\">");
	preview_part(x->b, "link_preview_site_name accent_color", l->site);
	preview_part(x->b, "link_preview_title", l->title);
	preview_part(x->b, "link_preview_description", l->description);
	gp_buf_adds(x->b, "\n</a>");
}

void
gp_sim_bubble_reactions(const struct gp_sim_part *x)
{
	const struct gp_sim_reaction *r = x->m->post->reactions.v;
	size_t i;

	gp_buf_adds(x->b,
	    "<div class=\"tgme_widget_message_reactions "
	    "js-message_reactions\">");
	for (i = 0; i < x->m->post->reactions.n; i++) {
		int paid = strcmp(r[i].emoji, "paid") == 0;

		gp_buf_addf(x->b, "<span class=\"tgme_reaction%s\">",
		    paid ? " tgme_reaction_paid" : "");
		if (paid)
			gp_buf_adds(x->b,
			    "<i class=\"icon icon-telegram-stars"
			    "\"></i>");
		else if (strncmp(r[i].emoji, "custom:", 7) == 0)
			gp_buf_addf(x->b,
			    "<tg-emoji emoji-id=\"%s\">"
			    "</tg-emoji>",
			    r[i].emoji + 7);
		else
			gp_sim_html_emoji(x->b, gp_span_of(r[i].emoji));
		gp_sim_html_short(x->b, r[i].n);
		gp_buf_adds(x->b, "</span>");
	}
	gp_buf_adds(x->b, "</div>");
}
