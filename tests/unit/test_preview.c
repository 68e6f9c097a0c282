/*
 * The public pages of Telegram, as observed: every part of a message, every
 * kind of page. The pages in tests/fixtures/preview are invented.
 */
#include "unit.h"

#include "base/file.h"
#include "net/preview.h"

static struct gp_preview *page;

static int
read_span(struct gp_span s)
{
	char *p = unit_pad(s);
	struct gp_why why;
	int r = gp_preview_read(page, (struct gp_span){ p, s.n }, &why);

	free(p);
	return r;
}

static void
read_file(const char *name, struct gp_buf *b)
{
	char path[128];
	struct gp_why why;

	snprintf(path, sizeof(path), "tests/fixtures/preview/%s.html", name);
	gp_buf_init(b, 0);
	if (gp_file_read(path, b, &why) == -1)
		fail_msg("%s", why.msg);
}

static void
load(const char *name)
{
	struct gp_buf b;

	read_file(name, &b);
	assert_int_equal(read_span(gp_buf_span(&b)), 0);
	gp_buf_release(&b);
}

/* The record with ` for each quote, without what all of them have. */
static void
unit_message(const struct gp_preview_message *m, struct gp_buf *b)
{
	struct gp_item it = m->item;
	size_t i;

	it.network = "telegram";
	gp_item_write(b, &it);
	for (i = 0; i < b->n; i++)
		if (b->p[i] == '"')
			b->p[i] = '`';
}

static void
has_message(const struct gp_preview_message *m, int number, const char *want)
{
	struct gp_buf got, all;

	gp_buf_init(&got, 0);
	gp_buf_init(&all, 0);
	unit_message(m, &got);
	gp_buf_addf(&all,
	    "{`type`:`post`,`id`:`telegram:lugovoe_adm/%d`,"
	    "`network`:`telegram`,`page`:`telegram:lugovoe_adm`,"
	    "`at`:`2026-10-30T06:0%d:00Z`,"
	    "`url`:`https://t.me/lugovoe_adm/%d`,"
	    "`chat`:`telegram:-1001000000003`,%s,`source`:`preview`}\n",
	    number, number == 102, number, want);
	assert_int_equal(m->number, number);
	assert_string_equal(gp_buf_str(&got), gp_buf_str(&all));
	gp_buf_release(&got);
	gp_buf_release(&all);
}

static void
every_part_of_a_message(void **state)
{
	/* clang-format off */
	static const struct {
		int number, also[4];
		const char *json;
	} want[] = {
		{ 101, { 0 },
		    "`signature`:`Пресс-служба & Ко`,`text`:`Завтра, 31 "
		    "октября, с 9:00 до 17:00 на улице Садовой не будет "
		    "воды.\\n\\nПодвоз: у дома 5! \\`Водовозка\\` & бочка $0, "
		    "'да'. 👍\\n#вода @vodokanal_l график "
		    "https://example.org/plain тайна 🚰\\na  b\\n1 < 2`,"
		    "`hashtags`:[`вода`],`attachments`:[{`kind`:`link`,"
		    "`url`:`https://example.org/grafik`,`title`:`график`},"
		    "{`kind`:`link`,`url`:`https://example.org/plain`}],"
		    "`counts`:{`views`:1520,`reactions`:7045,`approx`:[`views`,`reactions`]},"
		    "`reactions`:[{`paid`:true,`n`:7030},{`emoji`:`👍`,`n`:12},"
		    "{`custom`:`5465000000000000002`,`n`:3}],`edited`:true" },
		{ 102, { 0 },
		    "`service`:`Луговое pinned «Завтра»`" },
		{ 103, { 0 },
		    "`service`:`Channel photo updated`" },
		{ 104, { 0 },
		    "`attachments`:[{`kind`:`photo`,"
		    "`url`:`https://cdn4.telesco.pe/file/photo104.jpg`}],"
		    "`counts`:{`views`:505900,`approx`:[`views`]}" },
		{ 105, { 106, 107 },
		    "`text`:`Субботник: три снимка`,"
		    "`attachments`:[{`kind`:`photo`,"
		    "`url`:`https://cdn4.telesco.pe/file/photo105.jpg`},"
		    "{`kind`:`photo`,"
		    "`url`:`https://cdn4.telesco.pe/file/photo106.jpg`},"
		    "{`kind`:`video`,"
		    "`url`:`https://cdn4.telesco.pe/file/video107.mp4?token=t`,"
		    "`duration`:10}],`counts`:{`views`:1520,`approx`:[`views`]}" },
		{ 108, { 0 },
		    "`text`:`Прямая линия`,`attachments`:[{`kind`:`video`,"
		    "`url`:`https://cdn4.telesco.pe/file/video108.mp4?token=t`,"
		    "`duration`:3723}],`counts`:{`views`:17100,`approx`:[`views`]}" },
		{ 109, { 0 },
		    "`attachments`:[{`kind`:`video`,`description`:`Media is "
		    "too big`,`duration`:3723}],`counts`:{`views`:2080000,"
		    "`approx`:[`views`]}" },
		{ 110, { 0 },
		    "`attachments`:[{`kind`:`round_video`,"
		    "`url`:`https://cdn4.telesco.pe/file/round.mp4?token=t`,"
		    "`duration`:5}],`counts`:{`views`:1520,`approx`:[`views`]}" },
		{ 111, { 0 },
		    "`attachments`:[{`kind`:`voice`,"
		    "`url`:`https://cdn4.telesco.pe/file/voice.ogg?token=t`,"
		    "`duration`:75}],`counts`:{`views`:1520,`approx`:[`views`]}" },
		{ 112, { 113 },
		    "`attachments`:[{`kind`:`file`,`title`:`Постановление.pdf`,"
		    "`description`:`1.2 MB`},{`kind`:`audio`,`title`:`Гимн "
		    "села`,`description`:`Хор`}],`counts`:{`views`:1520,"
		    "`approx`:[`views`]}" },
		{ 114, { 0 },
		    "`attachments`:[{`kind`:`sticker`,"
		    "`url`:`https://cdn4.telesco.pe/file/sticker.webp`}],"
		    "`counts`:{`views`:1520,`approx`:[`views`]}" },
		{ 115, { 0 },
		    "`counts`:{`views`:1520,`approx`:[`views`]},"
		    "`poll`:{`question`:`Нужна ли остановка у школы?`,"
		    "`options`:[{`text`:`Да`,`percent`:60},{`text`:`Нет`,"
		    "`percent`:40}],`voters`:1100,`approx`:true,`quiz`:false,"
		    "`closed`:false}" },
		{ 116, { 0 },
		    "`counts`:{`views`:1520,`approx`:[`views`]},"
		    "`poll`:{`question`:`Когда основано село?`,"
		    "`options`:[{`text`:`1790`,`percent`:0},{`text`:`1861`,"
		    "`percent`:100}],`voters`:7,`quiz`:true,`closed`:false}" },
		{ 117, { 0 },
		    "`counts`:{`views`:1520,`approx`:[`views`]},"
		    "`poll`:{`question`:`Куда посадить липы?`,"
		    "`options`:[{`text`:`Парк`,`percent`:34},{`text`:`Школа`,"
		    "`percent`:33},{`text`:`Берег`,`percent`:33}],`voters`:0,"
		    "`quiz`:false,`closed`:true}" },
		{ 118, { 0 },
		    "`attachments`:[{`kind`:`location`,"
		    "`url`:`https://maps.google.com/maps?q=45.1,40.2&ll=45.1,40.2&z=16`,"
		    "`title`:`Дом культуры`,`description`:`ул. Садовая, 1`}],"
		    "`counts`:{`views`:1520,`approx`:[`views`]}" },
		{ 119, { 0 },
		    "`text`:`Читайте: https://example.org/new`,"
		    "`attachments`:[{`kind`:`link`,"
		    "`url`:`https://example.org/new`,`title`:`Новости района`,"
		    "`description`:`Что\\nнового`},{`kind`:`link`,"
		    "`url`:`https://example.org/form`,`title`:`Подать "
		    "заявку`}],`counts`:{`views`:1520,`approx`:[`views`]}" },
		{ 120, { 0 },
		    "`text`:`Чиним.`,`counts`:{`views`:1520,`approx`:[`views`]},"
		    "`repost_of`:{`id`:`telegram:vodokanal_l/7`,"
		    "`name`:`Водоканал`,`url`:`https://t.me/vodokanal_l/7`}" },
		{ 121, { 0 },
		    "`text`:`Спасибо!`,`counts`:{`views`:1520,`approx`:[`views`]},"
		    "`repost_of`:{`name`:`Житель села`}" },
		{ 122, { 0 },
		    "`parent`:`telegram:lugovoe_adm/101`,`text`:`Воду дали "
		    "раньше.`,`counts`:{`views`:1520,`approx`:[`views`]}" },
		{ 123, { 0 },
		    "`text`:`Ответ на удалённое`,`counts`:{`views`:1520,"
		    "`approx`:[`views`]}" },
		{ 124, { 0 },
		    "`attachments`:[{`kind`:`other`,`description`:`Please open "
		    "Telegram to view this post`}],`counts`:{`views`:1520,"
		    "`approx`:[`views`]}" },
		{ 125, { 0 },
		    "`parent`:`telegram:-1001000000002/55`,`text`:`Ссылка без "
		    "номера`,`counts`:{`views`:1520,`approx`:[`views`]},"
		    "`repost_of`:{`name`:`Водоканал`,"
		    "`url`:`https://t.me/vodokanal_l`}" },
	};
	/* clang-format on */
	size_t i, k;

	(void)state;
	load("page");
	assert_int_equal(page->n, COUNT(want));
	for (i = 0; i < COUNT(want); i++) {
		has_message(&page->message[i], want[i].number, want[i].json);
		for (k = 0; want[i].also[k] != 0; k++)
			assert_int_equal(
			    page->message[i].also[k], want[i].also[k]);
		assert_int_equal(page->message[i].nalso, k);
	}
}

/* What a page is, where its neighbours are, what its header says. */
static void
every_kind_of_page(void **state)
{
	static const struct {
		const char *name;
		enum gp_preview_kind kind;
		int whole, none, before, after, n;
		const char *title, *public;
		long subscribers; /* -1: none */
		int approx, verified;
	} want[] = {
		{ "page", GP_PREVIEW_PAGE, 1, 0, 101, 125, 22, "Луговое 🌾",
		    "lugovoe_adm", 1520, 1, 1 },
		{ "first", GP_PREVIEW_PAGE, 1, 0, 0, 2, 2, "Луговое 🌾",
		    "lugovoe_adm", 1, 0, 1 },
		{ "page-2020", GP_PREVIEW_PAGE, 1, 0, 10, 0, 1,
		    "Луговое: новости", "lugovoe_adm", 60000, 1, 0 },
		{ "no-posts", GP_PREVIEW_PAGE, 1, 1, 0, 0, 0, "Луговое 🌾",
		    "lugovoe_adm", 617, 0, 1 },
		{ "embed", GP_PREVIEW_EMBED, 1, 0, 0, 0, 1, "", "lugovoe_adm",
		    -1, 0, 0 },
		{ "fragment", GP_PREVIEW_EMBED, 0, 0, 0, 0, 1, "",
		    "lugovoe_adm", -1, 0, 0 },
		{ "embed-gone", GP_PREVIEW_GONE, 1, 0, 0, 0, 0, "", "", -1, 0,
		    0 },
		{ "card-channel", GP_PREVIEW_LANDING_CHANNEL, 1, 0, 0, 0, 0,
		    "Луговое", "lugovoe_adm", 1474933, 0, 1 },
		{ "card-channel-2021", GP_PREVIEW_LANDING_CHANNEL, 1, 0, 0, 0,
		    0, "Луговое", "lugovoe_adm", 4821, 0, 0 },
		{ "card-group", GP_PREVIEW_LANDING_GROUP, 1, 0, 0, 0, 0,
		    "Луговое: разговоры", "lugovoe_chat", 2620, 0, 0 },
		{ "card-missing", GP_PREVIEW_LANDING_MISSING, 1, 0, 0, 0, 0, "",
		    "lugovoe_none", -1, 0, 0 },
		{ "card-missing-2021", GP_PREVIEW_LANDING_MISSING, 1, 0, 0, 0,
		    0, "", "lugovoe_none", -1, 0, 0 },
		{ "card-person", GP_PREVIEW_LANDING_MISSING, 1, 0, 0, 0, 0,
		    "Иван", "lugovoe_ivan", -1, 0, 0 },
		{ "card-bot", GP_PREVIEW_LANDING_MISSING, 1, 0, 0, 0, 0,
		    "Луговое: бот", "lugovoe_bot", -1, 0, 0 },
		{ "robots", GP_PREVIEW_UNKNOWN, 0, 0, 0, 0, 0, "", "", -1, 0,
		    0 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(want); i++) {
		load(want[i].name);
		if (page->kind != want[i].kind)
			fail_msg("%s: kind %d", want[i].name, page->kind);
		assert_int_equal(page->whole, want[i].whole);
		assert_int_equal(page->none, want[i].none);
		assert_int_equal(page->before, want[i].before);
		assert_int_equal(page->after, want[i].after);
		assert_int_equal(page->n, want[i].n);
		unit_span(
		    want[i].name, page->page.title, gp_span_of(want[i].title));
		unit_span(want[i].name, page->name, gp_span_of(want[i].public));
		assert_int_equal(
		    page->page.subscribers.set, want[i].subscribers != -1);
		if (want[i].subscribers != -1)
			assert_int_equal(
			    page->page.subscribers.n, want[i].subscribers);
		assert_int_equal(page->page.subscribers.approx, want[i].approx);
		assert_int_equal(page->page.verified, want[i].verified);
		assert_int_equal(page->made, page->n > 0 ? 1793458800 : 0);
	}
}

static void
the_header(void **state)
{
	(void)state;
	load("page");
	unit_span("about", page->page.about,
	    SPAN("Официальная страница сельского поселения.\n"
		 "Приёмная: 8 000 000-00-00 & сайт"));
	assert_int_equal(page->page.photos.n, 46);
	assert_int_equal(page->page.videos.n, 1);
	assert_int_equal(page->page.files.n, 2);
	assert_int_equal(page->page.links.n, 479);
	load("first"); /* a counter of 0 is absent */
	assert_int_equal(page->page.photos.set, 1);
	assert_int_equal(page->page.files.set, 0);
}

/* rel=canonical names the page itself: following it would never end. */
static void
paging_by_the_links_alone(void **state)
{
	static const char more[] =
	    "<link rel=canonical href='/s/adm?before=99'>"
	    "<section class='tgme_channel_history'>"
	    "<a class='tme_messages_more' data-before='20'></a>"
	    "<a class='tme_messages_more' data-after='40'></a></section>";

	(void)state;
	assert_int_equal(read_span(gp_span_of(more)), 0);
	assert_int_equal(page->kind, GP_PREVIEW_PAGE);
	assert_int_equal(page->before, 20);
	assert_int_equal(page->after, 40);
	load("first");
	assert_int_equal(page->before, 0);
}

/* Cut anywhere, the page is never taken for a whole one. */
static void
cut_anywhere(void **state)
{
	struct gp_buf b;
	size_t i;

	(void)state;
	read_file("page", &b);
	for (i = 1; i < b.n - 24; i += 997) {
		read_span((struct gp_span){ b.p, i });
		assert_false(page->whole);
		assert_true(page->n <= 22);
	}
	assert_int_equal(read_span(gp_buf_span(&b)), 0);
	assert_true(page->whole);
	gp_buf_release(&b);
}

static void
no_page_at_all(void **state)
{
	static const struct gp_span none[] = { T(""), T(" "), T("\0\0") };
	struct gp_why why;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(none); i++) {
		char *p = unit_pad(none[i]);

		assert_int_equal(gp_preview_read(page,
				     (struct gp_span){ p, none[i].n }, &why),
		    -1);
		assert_string_equal(why.msg, "the page holds no HTML");
		free(p);
	}
}

/* Pieces that a page may hold without being sound. */
static void
hostile(void **state)
{
#define MESSAGE(post, inner) \
	"<div class='tgme_widget_message' data-post='" post "'>" inner "</div>"
	static const struct {
		const char *html, *json; /* NULL: no message */
	} cases[] = {
		{ MESSAGE("adm/0", ""), NULL },
		{ MESSAGE("adm/-5", ""), NULL },
		{ MESSAGE("adm", ""), NULL },
		{ MESSAGE("/5", ""), NULL },
		{ MESSAGE("a b/5", ""), NULL },
		{ MESSAGE("adm/5/6", ""), NULL },
		{ MESSAGE("adm/99999999999999999999", ""), NULL },
		{ MESSAGE("adm/5?single", ""), NULL },
		{ MESSAGE("adm/5", ""), "" },
		/* durations, counts and percents beyond all measure */
		{ MESSAGE("adm/5",
		      "<a class='tgme_widget_message_video_player'>"
		      "<time>99999:::::::::::::::::::9</time></a>"),
		    ",`attachments`:[{`kind`:`video`}]" },
		{ MESSAGE("adm/5",
		      "<div class='tgme_widget_message_reactions'>"
		      "<span class='tgme_reaction'>9000000000000000</span>"
		      "<span class='tgme_reaction'>x</span></div>"),
		    "" },
		{ MESSAGE("adm/5",
		      "<div class='tgme_widget_message_poll'><div "
		      "class='tgme_widget_message_poll_option'><div class="
		      "'tgme_widget_message_poll_option_percent'>101%</div>"
		      "</div></div>"),
		    ",`poll`:{`question`:``,`options`:[{`text`:``}],"
		    "`quiz`:false,`closed`:false}" },
		/* links that lead to no message of Telegram */
		{ MESSAGE("adm/5",
		      "<a class='tgme_widget_message_reply' "
		      "href='https://evil-t.me/adm/4'></a>"),
		    "" },
		{ MESSAGE("adm/5",
		      "<a class='tgme_widget_message_reply' "
		      "href='//telegram.me/s/adm/4?x=1'></a>"),
		    ",`parent`:`telegram:adm/4`" },
		{ MESSAGE("adm/5",
		      "<div class='tgme_widget_message_text'>"
		      "<a href='javascript:1'>a</a> <a href='tg://x'>b</a>"
		      "</div>"),
		    ",`text`:`a b`" },
		/* a foreign data-view */
		{ "<div class=tgme_widget_message data-post=adm/5 "
		  "data-view='eyJjIjo5fQ'></div>",
		    "" },
		{ "<div class=tgme_widget_message data-post=adm/5 "
		  "data-view='!!!!'></div>",
		    "" },
	};
	struct gp_buf got, want;
	size_t i;

	(void)state;
	gp_buf_init(&got, 0);
	gp_buf_init(&want, 0);
	for (i = 0; i < COUNT(cases); i++) {
		assert_int_equal(read_span(gp_span_of(cases[i].html)), 0);
		if (cases[i].json == NULL) {
			assert_int_equal(page->n, 0);
			continue;
		}
		assert_int_equal(page->n, 1);
		gp_buf_reset(&got);
		gp_buf_reset(&want);
		unit_message(&page->message[0], &got);
		gp_buf_addf(&want,
		    "{`type`:`post`,`id`:`telegram:adm/5`,"
		    "`network`:`telegram`,`page`:`telegram:adm`,"
		    "`url`:`https://t.me/adm/5`%s,`source`:`preview`}\n",
		    cases[i].json);
		assert_string_equal(gp_buf_str(&got), gp_buf_str(&want));
	}
	gp_buf_release(&got);
	gp_buf_release(&want);
}

/* Depth is bounded, and a page of nothing but openings is none of ours. */
static void
very_deep(void **state)
{
	struct gp_buf b;
	int i;

	(void)state;
	gp_buf_init(&b, 0);
	for (i = 0; i < 20000; i++)
		gp_buf_adds(&b, "<div><b>");
	read_span(gp_buf_span(&b));
	assert_int_equal(page->kind, GP_PREVIEW_UNKNOWN);
	gp_buf_release(&b);
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
		cmocka_unit_test(every_part_of_a_message),
		cmocka_unit_test(every_kind_of_page),
		cmocka_unit_test(the_header),
		cmocka_unit_test(paging_by_the_links_alone),
		cmocka_unit_test(cut_anywhere),
		cmocka_unit_test(no_page_at_all),
		cmocka_unit_test(hostile),
		cmocka_unit_test(very_deep),
	};

	return cmocka_run_group_tests_name("preview", tests, up, down);
}
