#include "sim/page.h"

#include <string.h>

#include "base/utf8.h"
#include "sim/markup.h"

/* What stands on the page: indices of posts, oldest first. */
struct choice {
	size_t at[GP_SIM_PAGE_POSTS];
	size_t n;
	int older, newer;
};

int
gp_sim_shown(const struct gp_sim_message *m)
{
	return !m->deleted && m->part == 0;
}

static size_t
lower(const struct gp_sim_view *v, int64_t id)
{
	size_t lo = 0, hi = v->n, mid;

	while (lo < hi) {
		mid = lo + (hi - lo) / 2;
		if (v->m[mid]->id < id)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

const struct gp_sim_message *
gp_sim_view_find(const struct gp_sim_view *v, int64_t id, size_t *i)
{
	*i = lower(v, id);
	if (*i == v->n || v->m[*i]->id != id || v->m[*i]->deleted)
		return NULL;
	return v->m[*i];
}

int64_t
gp_sim_last_id(const struct gp_sim_view *v, size_t i)
{
	int64_t album = v->m[i]->album;

	while (album != 0 && i + 1 < v->n && v->m[i + 1]->album == album)
		i++;
	return v->m[i]->id;
}

/* Fills from the posts at `from` and later; keeps what is there. */
static void
forward(const struct gp_sim_view *v, struct choice *c, size_t from, size_t max)
{
	for (; from < v->n; from++) {
		if (!gp_sim_shown(v->m[from]))
			continue;
		if (c->n == max)
			return;
		c->at[c->n++] = from;
	}
}

/* Fills with the posts just before `to`. */
static void
backward(const struct gp_sim_view *v, struct choice *c, size_t to, size_t max)
{
	size_t i;

	for (i = to; i > 0; i--) {
		if (!gp_sim_shown(v->m[i - 1]))
			continue;
		if (c->n == max)
			return;
		memmove(c->at + 1, c->at, c->n * sizeof(c->at[0]));
		c->at[0] = i - 1;
		c->n++;
	}
}

static int
any_shown(const struct gp_sim_view *v, size_t from, size_t to)
{
	for (; from < to; from++)
		if (gp_sim_shown(v->m[from]))
			return 1;
	return 0;
}

/* Small letters of Latin and Cyrillic, for a search that forgives. */
static void
small(struct gp_buf *to, struct gp_span s)
{
	const char *p = s.p, *end = gp_span_end(s);
	uint32_t c;

	while (p < end) {
		c = gp_utf8_next(&p, end);
		if ((c >= 'A' && c <= 'Z') || (c >= 0x410 && c <= 0x42f))
			c += 32;
		else if (c == 0x401)
			c = 0x451;
		gp_utf8_put(to, c);
	}
}

static void
search(const struct gp_sim_view *v, struct choice *c, struct gp_span words)
{
	struct gp_buf want, text;
	size_t i;

	gp_buf_init(&want, 0);
	gp_buf_init(&text, 0);
	small(&want, words);
	for (i = v->n; i > 0 && c->n < GP_SIM_PAGE_POSTS; i--) {
		const struct gp_sim_message *m = v->m[i - 1];

		if (!gp_sim_shown(m) || m->text.s == NULL)
			continue;
		gp_buf_reset(&text);
		small(&text, gp_sim_text_span(&m->text));
		if (strstr(gp_buf_str(&text), gp_buf_str(&want)) == NULL)
			continue;
		memmove(c->at + 1, c->at, c->n * sizeof(c->at[0]));
		c->at[0] = i - 1;
		c->n++;
	}
	gp_buf_release(&want);
	gp_buf_release(&text);
}

static void
choose(
    const struct gp_sim_view *v, const struct gp_sim_ask *a, struct choice *c)
{
	const size_t all = GP_SIM_PAGE_POSTS;
	size_t first, last;

	if (a->none)
		return;
	if (a->search.p != NULL) {
		search(v, c, a->search);
		return;
	}
	if (a->before != 0) {
		backward(v, c, lower(v, a->before), all);
	} else if (a->after != 0) {
		forward(v, c, lower(v, a->after + 1), all);
	} else if (a->around != 0) {
		backward(v, c, lower(v, a->around), all / 2);
		forward(v, c, lower(v, a->around), all);
	} else {
		backward(v, c, v->n, all);
	}
	if (c->n == 0)
		return;
	first = c->at[0];
	last = c->at[c->n - 1];
	c->older = any_shown(v, 0, first);
	c->newer = any_shown(v, last + 1, v->n);
}

static void
counter(struct gp_buf *b, int64_t n, const char *word)
{
	if (n == 0)
		return;
	gp_buf_adds(b,
	    "<div class=\"tgme_channel_info_counter\">"
	    "<span class=\"counter_value\">");
	gp_sim_html_short(b, n);
	gp_buf_addf(b, "</span> <span class=\"counter_type\">%s%s</span></div>",
	    word, n == 1 ? "" : "s");
}

static void
head(struct gp_buf *b, const struct gp_sim_view *v, const struct choice *c)
{
	const struct gp_sim_channel *ch = v->c;
	struct gp_span title = gp_span_of(ch->title);
	struct gp_span about = gp_span_of(ch->about != NULL ? ch->about : "");

	gp_buf_adds(b,
	    "<!DOCTYPE html>\n<html>\n  <head>\n"
	    "    <meta charset=\"utf-8\">\n    <title>");
	gp_sim_html_plain(b, title);
	gp_buf_adds(b,
	    " – Telegram</title>\n"
	    "    <meta name=\"viewport\" content=\"width=device-width, "
	    "initial-scale=1.0\">\n    \n"
	    "<meta property=\"og:title\" content=\"");
	gp_sim_html_plain(b, title);
	gp_buf_adds(b, "\">\n<meta property=\"og:image\" content=\"");
	gp_sim_html_file(b, ch->name, 0, 0, "jpg");
	gp_buf_adds(b,
	    "\">\n<meta property=\"og:site_name\" "
	    "content=\"Telegram\">\n"
	    "<meta property=\"og:description\" content=\"");
	gp_sim_html_plain(b, about);
	gp_buf_addf(b,
	    "\">\n<meta property=\"al:ios:url\" "
	    "content=\"tg://resolve?domain=%s\">\n",
	    ch->name);
	if (c->older)
		gp_buf_addf(b,
		    "<link rel=\"prev\" href=\"/s/%s?before=%lld\">"
		    "\n",
		    ch->name, (long long)v->m[c->at[0]]->id);
	if (c->newer)
		gp_buf_addf(b,
		    "<link rel=\"next\" href=\"/s/%s?after=%lld\">"
		    "\n",
		    ch->name, (long long)gp_sim_last_id(v, c->at[c->n - 1]));
	if (c->n > 0)
		gp_buf_addf(b,
		    "<link rel=\"canonical\" "
		    "href=\"/s/%s?before=%lld\">\n",
		    ch->name,
		    (long long)gp_sim_last_id(v, c->at[c->n - 1]) + 1);
	gp_buf_adds(b,
	    "    <link rel=\"shortcut icon\" "
	    "href=\"//telegram.org/favicon.ico?3\" type=\"image/x-icon\" />\n"
	    "  </head>\n");
}

static void
picture(struct gp_buf *b, const struct gp_sim_channel *c)
{
	struct gp_span first = gp_sim_initial(c->title);

	gp_buf_adds(b,
	    "<i class=\"tgme_page_photo_image bgcolor2\" "
	    "data-content=\"");
	gp_sim_html_plain(b, first);
	gp_buf_adds(b, "\"><img src=\"");
	gp_sim_html_file(b, c->name, 0, 0, "jpg");
	gp_buf_adds(b, "\"></i>");
}

static void
about_text(struct gp_buf *b, const char *about)
{
	struct gp_sim_text t = { 0 };
	struct gp_span s = gp_span_of(about != NULL ? about : "");

	while (s.n > 0 && s.p[s.n - 1] == '\n')
		s.n--;
	if (gp_sim_text_read(&t, s) == 0)
		gp_sim_html_text(b, &t);
	gp_sim_text_release(&t);
}

static void
info(struct gp_buf *b, const struct gp_sim_channel *c)
{
	gp_buf_adds(b,
	    "<div class=\"tgme_channel_info\">\n"
	    "<div class=\"tgme_channel_info_header\">\n");
	picture(b, c);
	gp_buf_adds(b,
	    "\n<div class=\"tgme_channel_info_header_title_wrap\">\n"
	    "<div class=\"tgme_channel_info_header_title\">"
	    "<span dir=\"auto\">");
	gp_sim_html_words(b, gp_span_of(c->title));
	gp_buf_addf(b,
	    "</span></div>\n"
	    "<div class=\"tgme_channel_info_header_labels\">%s</div>\n</div>\n",
	    c->verified ? "<i class=\"verified-icon\"> ✔</i>" : "");
	gp_buf_addf(b,
	    "<div class=\"tgme_channel_info_header_username\">"
	    "<a href=\"https://t.me/%s\">@%s</a></div>\n</div>\n"
	    "<div class=\"tgme_channel_info_counters\">",
	    c->name, c->name);
	counter(b, c->subscribers, "subscriber");
	counter(b, c->photos, "photo");
	counter(b, c->videos, "video");
	counter(b, c->files, "file");
	counter(b, c->links, "link");
	gp_buf_adds(b, "</div>\n<div class=\"tgme_channel_info_description\">");
	about_text(b, c->about);
	gp_buf_adds(b, "</div>\n</div>\n");
}

static void
top(struct gp_buf *b, const struct gp_sim_channel *c)
{
	gp_buf_addf(b,
	    "<body class=\"widget_frame_base tgme_webpreview "
	    "emoji_image thin_box_shadow tme_mode no_transitions\">\n"
	    "<header class=\"tgme_header search_collapsed\">\n"
	    "<div class=\"tgme_container\">\n"
	    "<div class=\"tgme_header_search\">\n"
	    "<form class=\"tgme_header_search_form\" action=\"/s/%s\">\n"
	    "<input class=\"tgme_header_search_form_input js-header_search\" "
	    "placeholder=\"Search\" name=\"q\" autocomplete=\"off\" "
	    "value=\"\" />\n</form>\n</div>\n"
	    "<div class=\"tgme_header_right_column\">\n"
	    "<section class=\"tgme_right_column\">\n",
	    c->name);
	info(b, c);
	gp_buf_addf(b,
	    "</section>\n</div>\n<div class=\"tgme_header_info\">\n"
	    "<a class=\"tgme_header_link\" href=\"https://t.me/%s\">\n",
	    c->name);
	picture(b, c);
	gp_buf_adds(b,
	    "\n<div class=\"tgme_header_title_wrap\">\n"
	    "<div class=\"tgme_header_title\"><span dir=\"auto\">");
	gp_sim_html_words(b, gp_span_of(c->title));
	gp_buf_addf(b,
	    "</span></div>\n<div class=\"tgme_header_labels\">%s"
	    "</div>\n</div>\n<div class=\"tgme_header_counter\">",
	    c->verified ? "<i class=\"verified-icon\"> ✔</i>" : "");
	gp_sim_html_short(b, c->subscribers);
	gp_buf_addf(b, " subscriber%s</div>\n</a>\n</div>\n</div>\n</header>\n",
	    c->subscribers == 1 ? "" : "s");
}

static void
more(struct gp_buf *b, const char *name, const char *what, int64_t id)
{
	gp_buf_addf(b,
	    "<div class=\"tgme_widget_message_wrap "
	    "js-widget_message_wrap\"><div class=\"tgme_widget_message_centered "
	    "js-messages_more_wrap\"><a href=\"/s/%s?%s=%lld\" "
	    "class=\"tme_messages_more js-messages_more\" data-%s=\"%lld\">"
	    "</a></div></div>",
	    name, what, (long long)id, what, (long long)id);
}

void
gp_sim_page(
    struct gp_buf *b, const struct gp_sim_view *v, const struct gp_sim_ask *a)
{
	struct choice c = { { 0 }, 0, 0, 0 };
	size_t i;

	choose(v, a, &c);
	head(b, v, &c);
	top(b, v->c);
	gp_buf_addf(b,
	    "<main class=\"tgme_main\" data-url=\"/%s\">\n"
	    "  <div class=\"tgme_container\">\n"
	    "    <section class=\"tgme_channel_history js-message_history\">\n"
	    "      ",
	    v->c->name);
	if (c.older)
		more(b, v->c->name, "before", v->m[c.at[0]]->id);
	for (i = 0; i < c.n; i++)
		gp_sim_bubble(b, v, c.at[i], 0);
	if (c.newer)
		more(b, v->c->name, "after", gp_sim_last_id(v, c.at[c.n - 1]));
	if (c.n == 0)
		gp_buf_adds(b,
		    "<div class=\"tgme_widget_message_wrap "
		    "js-widget_message_wrap\">"
		    "<div class=\"tgme_widget_message_centered\">"
		    "<div class=\"tme_no_messages_found\">No posts found</div>"
		    "</div></div>");
	gp_buf_adds(b,
	    "\n    </section>\n  </div>\n</main>\n"
	    "<script src=\"//telegram.org/js/widget-frame.js?63\"></script>\n"
	    "  </body>\n</html>\n");
	gp_sim_html_end(b);
}
