/*
 * Pages that are not as the network sends them: saved by a browser, nested
 * beyond measure, in a wrong encoding, with addresses that nobody should open.
 */
#include "unit.h"

#include "net/preview.h"

#define FRAME                                       \
	"<html><head><meta charset='windows-1251'>" \
	"</head><body><section class='tgme_channel_history'>"
#define END "</section></body></html><!-- page generated in 1.0ms -->"
#define POST(n, inside)                                           \
	"<div class='tgme_widget_message' data-post='adm/" n "'>" \
	"<div class='tgme_widget_message_text'>" inside "</div></div>"

static struct gp_preview *page;

static void
load(const struct gp_buf *b)
{
	struct gp_why why;

	assert_false(b->bad);
	assert_int_equal(gp_preview_read(page, gp_buf_span(b), &why), 0);
	assert_int_equal(page->kind, GP_PREVIEW_PAGE);
}

static void
load_text(const char *text)
{
	struct gp_buf b;

	gp_buf_init(&b, 0);
	gp_buf_adds(&b, text);
	load(&b);
	gp_buf_release(&b);
}

static void
repeat(struct gp_buf *b, const char *s, int n)
{
	while (n-- > 0)
		gp_buf_adds(b, s);
}

/* What the parser gives up on is lost, so the page may not pass for whole. */
static void
too_deep_is_not_whole(void **state)
{
	const int depth[] = { 100, GP_MAX_HTML_DEPTH + 44 };
	struct gp_buf b;
	size_t i;

	(void)state;
	gp_buf_init(&b, 0);
	for (i = 0; i < COUNT(depth); i++) {
		gp_buf_reset(&b);
		gp_buf_adds(&b, FRAME POST("1", "a"));
		repeat(&b, "<div>", depth[i]);
		repeat(&b, "</div>", depth[i]);
		gp_buf_adds(&b, POST("2", "b") END);
		load(&b);
		assert_int_equal(page->n, i == 0 ? 2 : 1);
		assert_int_equal(page->whole, i == 0);
	}
	gp_buf_release(&b);
}

static void
blocks_stand_on_lines_of_their_own(void **state)
{
	(void)state;
	load_text(FRAME POST("1",
	    "a<pre>x = 1\n  y = 2</pre>b<blockquote>q</blockquote>c"
	    "<br/><blockquote>d</blockquote><br/><pre><code>e  f</code></pre>"
	    "<pre></pre>g") END);
	assert_int_equal(page->n, 1);
	unit_span("text", page->message[0].item.text,
	    SPAN("a\nx = 1\n  y = 2\nb\nq\nc\nd\n\ne  f\ng"));
}

/* A browser that saves a page makes addresses whole and pictures local. */
static void
as_a_browser_saves_it(void **state)
{
	const struct gp_item *it;

	(void)state;
	load_text(FRAME POST("1",
	    "<a href='https://t.me/s/adm?q=%23voda'>#voda</a> "
	    "<a href='https://example.org/#a'>#a</a>"
	    "<a class='tgme_widget_message_photo_wrap' "
	    "style=\"background-image:url('./adm_files/1.jpg')\"></a>") "<div class='tgme_widget_message' data-post='adm/2'>"
									"<a class='tgme_widget_message_photo_wrap' "
									"style=\"background-image:url(&quot;//cdn/2.jpg&quot;)\"></a>"
									"<a class='tgme_widget_message_photo_wrap' "
									"style=\"background-image:url('./adm_files/3.jpg')\"></a>"
									"</div>" END);
	assert_int_equal(page->n, 2);
	it = &page->message[0].item;
	assert_int_equal(it->attachments, 1);
	unit_span(
	    "link", it->attachment[0].url, SPAN("https://example.org/#a"));
	it = &page->message[1].item;
	assert_int_equal(it->attachments, 2);
	unit_span("photo", it->attachment[0].url, SPAN("https://cdn/2.jpg"));
	assert_int_equal(it->attachment[1].url.n, 0);
}

static void
addresses_nobody_should_open(void **state)
{
	const struct gp_attachment *a;

	(void)state;
	load_text(FRAME "<div class='tgme_widget_message' data-post='adm/1'>"
			"<a class='tgme_widget_message_inline_button' "
			"href='javascript:alert(1)'><span class="
			"'tgme_widget_message_inline_button_text'>b</span></a>"
			"<a class='tgme_widget_message_link_preview' "
			"href='data:text/html,x'></a>"
			"<a class='tgme_widget_message_inline_button' "
			"href='tg://resolve?domain=adm'></a></div>" END);
	assert_int_equal(page->n, 1);
	assert_int_equal(page->message[0].item.attachments, 3);
	a = page->message[0].item.attachment;
	assert_int_equal(a[0].url.n, 0);
	unit_span("title", a[0].title, SPAN("b"));
	assert_int_equal(a[1].url.n, 0);
	unit_span("url", a[2].url, SPAN("tg://resolve?domain=adm"));
}

/* Pages are UTF-8, whatever they say; broken bytes spoil nothing else. */
static void
encodings(void **state)
{
	struct gp_buf b;

	(void)state;
	gp_buf_init(&b, 0);
	gp_buf_adds(&b, FRAME "<a href='\xff\xfe'>\xd0</a>");
	gp_buf_adds(&b,
	    POST("1",
		"a\xff"
		"b"));
	gp_buf_add(&b, "x\0y", 3);
	gp_buf_adds(&b, POST("2", "Вода") END);
	load(&b);
	assert_int_equal(page->n, 2);
	assert_int_equal(page->whole, 1);
	unit_span("text", page->message[1].item.text, SPAN("Вода"));
	gp_buf_release(&b);
}

static void
pages_lie_ahead_and_behind_only(void **state)
{
	(void)state;
	load_text("<link rel=prev href='/s/adm?before=-5'>" FRAME
		  "<a class=tme_messages_more data-after='-7'></a>" END);
	assert_int_equal(page->before, 0);
	assert_int_equal(page->after, 0);
}

/* Each is looked for among those before it: their number has a ceiling. */
static void
attachments_without_end(void **state)
{
	struct gp_buf b;
	int i;

	(void)state;
	gp_buf_init(&b, 0);
	gp_buf_adds(&b,
	    FRAME "<div class='tgme_widget_message' "
		  "data-post='adm/1'>");
	for (i = 0; i < 5000; i++)
		gp_buf_addf(&b,
		    "<a class='tgme_widget_message_link_preview' "
		    "href='https://example.org/%d'></a>",
		    i);
	gp_buf_adds(&b, "</div>" END);
	load(&b);
	assert_int_equal(page->n, 1);
	assert_int_equal(page->message[0].item.attachments, 4096);
	gp_buf_release(&b);
}

/* The mark of a verified channel may stand in its title, and is no text. */
static void
verified_in_the_title(void **state)
{
	(void)state;
	load_text("<div class=tgme_channel_info>"
		  "<div class=tgme_channel_info_header_title><span>Село</span>"
		  "<i class=verified-icon> ✔</i></div></div>" FRAME END);
	unit_span("title", page->page.title, SPAN("Село"));
	assert_int_equal(page->page.verified, 1);
	load_text(FRAME END);
	assert_int_equal(page->page.verified, 0);
}

static int
up(void **state)
{
	(void)state;
	page = gp_preview_new();
	return page == NULL;
}

static int
down(void **state)
{
	(void)state;
	gp_preview_free(page);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(too_deep_is_not_whole),
		cmocka_unit_test(blocks_stand_on_lines_of_their_own),
		cmocka_unit_test(as_a_browser_saves_it),
		cmocka_unit_test(addresses_nobody_should_open),
		cmocka_unit_test(encodings),
		cmocka_unit_test(pages_lie_ahead_and_behind_only),
		cmocka_unit_test(attachments_without_end),
		cmocka_unit_test(verified_in_the_title),
	};

	return cmocka_run_group_tests_name("preview_saved", tests, up, down);
}
