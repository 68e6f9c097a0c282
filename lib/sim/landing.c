/* What stands behind t.me/NAME, and posts shown by themselves. */
#include <string.h>

#include "sim/markup.h"
#include "sim/page.h"

static void
head(struct gp_buf *b, const char *verb, const char *name, const char *title)
{
	gp_buf_addf(b,
	    "<!DOCTYPE html>\n<html>\n  <head>\n"
	    "    <meta charset=\"utf-8\">\n"
	    "    <title>Telegram: %s @%s</title>\n"
	    "    <meta name=\"viewport\" content=\"width=device-width, "
	    "initial-scale=1.0\">\n",
	    verb, name);
	if (title == NULL)
		gp_buf_adds(b,
		    "    <meta name=\"robots\" content=\"noindex, "
		    "nofollow\">\n");
	gp_buf_adds(b, "<meta property=\"og:title\" content=\"");
	if (title != NULL)
		gp_sim_html_plain(b, gp_span_of(title));
	else
		gp_buf_addf(b, "Telegram: %s @%s", verb, name);
	gp_buf_addf(b,
	    "\">\n<meta property=\"og:site_name\" "
	    "content=\"Telegram\">\n<meta property=\"al:ios:url\" "
	    "content=\"tg://resolve?domain=%s\">\n  </head>\n",
	    name);
	gp_buf_adds(b,
	    "  <body class=\"no_transition\">\n"
	    "    <div class=\"tgme_page_wrap\">\n"
	    "      <div class=\"tgme_body_wrap\">\n"
	    "        <div class=\"tgme_page\">\n");
}

static void
card(struct gp_buf *b, const char *name, const char *title)
{
	gp_buf_addf(b,
	    "<div class=\"tgme_page_photo\">\n"
	    "  <a href=\"tg://resolve?domain=%s\">"
	    "<img class=\"tgme_page_photo_image\" src=\"",
	    name);
	gp_sim_html_file(b, name, 0, 0, "jpg");
	gp_buf_adds(b,
	    "\"></a>\n</div>\n"
	    "<div class=\"tgme_page_title\" dir=\"auto\">\n"
	    "  <span dir=\"auto\">");
	gp_sim_html_words(b, gp_span_of(title));
	gp_buf_adds(b, "</span>\n</div>\n<div class=\"tgme_page_extra\">");
}

static void
foot(struct gp_buf *b)
{
	gp_buf_adds(b,
	    "        </div>\n        \n      </div>\n    </div>\n\n"
	    "    <div id=\"tgme_frame_cont\"></div>\n  </body>\n</html>\n");
	gp_sim_html_end(b);
}

static void
button(struct gp_buf *b, const char *name, const char *title)
{
	gp_buf_addf(b,
	    "<div class=\"tgme_page_action\">\n"
	    "  <a class=\"tgme_action_button_new shine\" "
	    "href=\"tg://resolve?domain=%s\">View in Telegram</a>\n</div>\n"
	    "<!-- WEBOGRAM_BTN -->\n",
	    name);
	gp_buf_adds(b,
	    "<div class=\"tgme_page_additional\">\n"
	    "  If you have <strong>Telegram</strong>, you can view and join "
	    "<br><strong>");
	gp_sim_html_words(b, gp_span_of(title));
	gp_buf_adds(b, "</strong> right away.\n</div>\n");
}

void
gp_sim_landing_channel(struct gp_buf *b, const struct gp_sim_channel *c)
{
	struct gp_sim_text about = { 0 };

	head(b, "View", c->name, c->title);
	card(b, c->name, c->title);
	gp_sim_html_exact(b, c->subscribers);
	gp_buf_addf(b, " subscriber%s</div>\n", c->subscribers == 1 ? "" : "s");
	if (c->about != NULL &&
	    gp_sim_text_read(&about, gp_span_of(c->about)) == 0) {
		gp_buf_adds(b,
		    "<div class=\"tgme_page_description\" "
		    "dir=\"auto\">");
		gp_sim_html_text(b, &about);
		gp_buf_adds(b, "</div>\n");
	}
	gp_sim_text_release(&about);
	button(b, c->name, c->title);
	if (c->preview)
		gp_buf_addf(b,
		    "<div class=\"tgme_page_action tgme_page_"
		    "context_action\"><div class=\"tgme_page_context_btn\">"
		    "<a class=\"tgme_action_button_new\" href=\"/s/%s\">"
		    "<span class=\"tgme_action_button_label\">Preview channel"
		    "</span></a></div></div>\n",
		    c->name);
	foot(b);
}

void
gp_sim_landing_group(struct gp_buf *b, const struct gp_sim_group *g)
{
	head(b, "View", g->name, g->title);
	card(b, g->name, g->title);
	gp_sim_html_exact(b, g->members);
	gp_buf_adds(b, " members");
	if (g->online > 0) {
		gp_buf_adds(b, ", ");
		gp_sim_html_exact(b, g->online);
		gp_buf_adds(b, " online");
	}
	gp_buf_adds(b, "</div>\n");
	button(b, g->name, g->title);
	foot(b);
}

void
gp_sim_landing_missing(struct gp_buf *b, const char *name)
{
	head(b, "Contact", name, NULL);
	gp_buf_addf(b,
	    "<div class=\"tgme_page_icon\">\n"
	    "  <i class=\"tgme_icon_user\"></i>\n</div>\n"
	    "<div class=\"tgme_page_description\">\n"
	    "  If you have <strong>Telegram</strong>, you can contact "
	    "<a class=\"tgme_username_link\" href=\"tg://resolve?domain=%s\">"
	    "@%s</a> right away.\n</div>\n<div class=\"tgme_page_action\">\n"
	    "  <a class=\"tgme_action_button_new\" "
	    "href=\"tg://resolve?domain=%s\">Send Message</a>\n</div>\n"
	    "<!-- WEBOGRAM_BTN -->\n",
	    name, name, name);
	foot(b);
}

static void
widget_open(struct gp_buf *b)
{
	gp_buf_adds(b,
	    "<!DOCTYPE html>\n<html>\n  <head>\n"
	    "    <meta charset=\"utf-8\">\n"
	    "    <title>Telegram Widget</title>\n"
	    "    <base target=\"_blank\">\n"
	    "    <meta name=\"robots\" content=\"noindex, nofollow\" />\n"
	    "  </head>\n  <body class=\"widget_frame_base tgme_widget "
	    "body_widget_post emoji_image nodark\">\n    ");
}

static void
widget_close(struct gp_buf *b)
{
	gp_buf_adds(b, "\n  </body>\n</html>\n");
	gp_sim_html_end(b);
}

static void
not_found(struct gp_buf *b)
{
	gp_buf_adds(b,
	    "<div class=\"tgme_widget_message "
	    "text_not_supported_wrap err_message js-widget_message\">\n"
	    "  <div class=\"tgme_widget_message_user\">"
	    "<i class=\"tgme_widget_message_user_photo\" data-content=\"!\">"
	    "</i></div>\n  <div class=\"tgme_widget_message_bubble\">\n"
	    "    <a class=\"tgme_widget_message_bubble_logo\" "
	    "href=\"//core.telegram.org/widgets\"></a>\n"
	    "        <i class=\"tgme_widget_message_bubble_tail\">\n    </i>\n"
	    "    <div class=\"tgme_widget_message_error\" dir=\"auto\">"
	    "Post not found</div>\n  </div>\n  \n</div>");
}

void
gp_sim_embed(struct gp_buf *b, const struct gp_sim_view *v, int64_t id)
{
	size_t i;

	widget_open(b);
	if (gp_sim_view_find(v, id, &i) == NULL)
		not_found(b);
	else
		gp_sim_bubble(b, v, i, 1);
	widget_close(b);
}

/* A view whose page is the group and whose author is who wrote. */
void
gp_sim_embed_group(struct gp_buf *b, struct gp_sim_world *w, int64_t id)
{
	const struct gp_sim_message *m = gp_sim_find(w, GP_SIM_IN_GROUP, id);
	struct gp_sim_channel as = { .id = w->s->group->id,
		.name = w->s->group->name,
		.title = w->s->group->title };
	struct gp_sim_view v = { &as, w->chat[GP_SIM_IN_GROUP].m,
		w->chat[GP_SIM_IN_GROUP].n, w->now };

	if (m != NULL && m->from != NULL)
		as.title = m->from->name;
	else if (m != NULL && m->as == GP_SIM_BOT)
		as.title = w->s->bot.name;
	else if (m != NULL && m->as != GP_SIM_GROUP)
		as.title = w->s->channel.title;
	gp_sim_embed(b, &v, id);
}
