/* The light markup: what stands out, and what becomes of it in each network. */
#include "unit.h"

#include "plan/markup.h"

static const struct markup_case {
	const char *in, *text, *entities;
	const char *html; /* NULL: as the text */
} cases[] = {
	{ "", "", "[]", NULL },
	{ "Просто текст", "Просто текст", "[]", NULL },
	{ "**Вода** будет", "Вода будет",
	    "[{\"type\":\"bold\",\"offset\":0,\"length\":4}]",
	    "<b>Вода</b> будет" },
	/* An emoji counts two units, and four bytes. */
	{ "🚰🚰 _вечером_ 🚰", "🚰🚰 вечером 🚰",
	    "[{\"type\":\"italic\",\"offset\":5,\"length\":7}]",
	    "🚰🚰 <i>вечером</i> 🚰" },
	{ "**жирный _оба_ 👍**!", "жирный оба 👍!",
	    "[{\"type\":\"bold\",\"offset\":0,\"length\":13},"
	    "{\"type\":\"italic\",\"offset\":7,\"length\":3}]",
	    "<b>жирный <i>оба</i> 👍</b>!" },
	{ "_**оба**_", "оба",
	    "[{\"type\":\"italic\",\"offset\":0,\"length\":3},"
	    "{\"type\":\"bold\",\"offset\":0,\"length\":3}]",
	    "<i><b>оба</b></i>" },
	{ "[запись](https://e.org/a_b?x=1&y=2) открыта", "запись открыта",
	    "[{\"type\":\"text_link\",\"offset\":0,\"length\":6,"
	    "\"url\":\"https://e.org/a_b?x=1&y=2\"}]",
	    "<a href=\"https://e.org/a_b?x=1&amp;y=2\">запись</a> открыта" },
	{ "[**жирно**](https://e.org/x(1))", "жирно",
	    "[{\"type\":\"text_link\",\"offset\":0,\"length\":5,"
	    "\"url\":\"https://e.org/x(1)\"},"
	    "{\"type\":\"bold\",\"offset\":0,\"length\":5}]",
	    "<a href=\"https://e.org/x(1)\"><b>жирно</b></a>" },
	{ "код `a **b** _c_` тут", "код a **b** _c_ тут",
	    "[{\"type\":\"code\",\"offset\":4,\"length\":11}]",
	    "код <code>a **b** _c_</code> тут" },
	{ "> Спасибо, **дорогу** сделали\n> вовремя\nОтвечаем:",
	    "Спасибо, дорогу сделали\nвовремя\nОтвечаем:",
	    "[{\"type\":\"blockquote\",\"offset\":0,\"length\":31},"
	    "{\"type\":\"bold\",\"offset\":9,\"length\":6}]",
	    "<blockquote>Спасибо, <b>дорогу</b> сделали\nвовремя"
	    "</blockquote>\nОтвечаем:" },
	/* What is no mark stays. */
	{ "снежный_ком и 2 * 2 ** 3", "снежный_ком и 2 * 2 ** 3", "[]", NULL },
	{ "_не закрыто и **тоже", "_не закрыто и **тоже", "[]", NULL },
	{ "** пусто ** и _ пусто _", "** пусто ** и _ пусто _", "[]", NULL },
	{ "**** и __ и `` и []()", "**** и __ и `` и []()", "[]", NULL },
	{ "[слова](не адрес) и [слова](javascript:x)",
	    "[слова](не адрес) и [слова](javascript:x)", "[]", NULL },
	{ "**начало\n\nконец**", "**начало\n\nконец**", "[]", NULL },
	{ "https://e.org/_a_/**b/_c_ и _d_", "https://e.org/_a_/**b/_c_ и d",
	    "[{\"type\":\"italic\",\"offset\":28,\"length\":1}]",
	    "https://e.org/_a_/**b/_c_ и <i>d</i>" },
	{ "см. **https://e.org/a_b_c**", "см. https://e.org/a_b_c",
	    "[{\"type\":\"bold\",\"offset\":4,\"length\":19}]",
	    "см. <b>https://e.org/a_b_c</b>" },
	{ "5 > 3\nа>б", "5 > 3\nа>б", "[]", "5 &gt; 3\nа&gt;б" },
	{ "#тег_один_два", "#тег_один_два", "[]", NULL },
	/* A backslash. */
	{ "\\**не жирно\\*\\* \\_и\\_ \\[a](https://b) \\> \\\\ \\q",
	    "**не жирно** _и_ [a](https://b) > \\ \\q", "[]",
	    "**не жирно** _и_ [a](https://b) &gt; \\ \\q" },
	{ "\\> не цитата", "> не цитата", "[]", "&gt; не цитата" },
	{ "_a\\_ b_", "a_ b",
	    "[{\"type\":\"italic\",\"offset\":0,\"length\":4}]",
	    "<i>a_ b</i>" },
	/* White space at the ends, and lines of Windows. */
	{ "\n\nодин\r\nдва\r\n\r\n**три** \r\n", "один\nдва\n\nтри",
	    "[{\"type\":\"bold\",\"offset\":10,\"length\":3}]",
	    "один\nдва\n\n<b>три</b>" },
	{ "> \n> цитата\n>\n", "цитата",
	    "[{\"type\":\"blockquote\",\"offset\":0,\"length\":6}]",
	    "<blockquote>цитата</blockquote>" },
	{ "<b>\"&", "<b>\"&", "[]", "&lt;b&gt;&quot;&amp;" },
};

static void
one(const struct markup_case *c)
{
	struct gp_pool pool;
	struct gp_said said;
	struct gp_why why;
	struct gp_buf b;
	struct gp_jw w;

	gp_pool_init(&pool);
	gp_buf_init(&b, 0);
	assert_int_equal(
	    gp_markup_read(gp_span_of(c->in), &pool, &said, &why), 0);
	unit_span("text", said.text, gp_span_of(c->text));
	gp_jw_init(&w, &b);
	gp_said_entities(&w, &said);
	unit_span(c->in, gp_buf_span(&b), gp_span_of(c->entities));
	gp_buf_reset(&b);
	gp_said_html(&b, &said);
	unit_span("html", gp_buf_span(&b),
	    gp_span_of(c->html != NULL ? c->html : c->text));
	gp_buf_release(&b);
	gp_pool_release(&pool);
}

static void
marks(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cases); i++)
		one(&cases[i]);
}

/* Where there are no spans, links are written out. */
static void
plain(void **state)
{
	static const struct {
		const char *in, *out;
	} texts[] = {
		{ "**Вода** [здесь](https://e.org/в)",
		    "Вода здесь (https://e.org/в)" },
		{ "[https://e.org](https://e.org)", "https://e.org" },
		{ "> [**a** b](https://e.org) c", "a b (https://e.org) c" },
	};
	struct gp_pool pool;
	struct gp_said said;
	struct gp_why why;
	struct gp_buf b;
	size_t i;

	(void)state;
	gp_pool_init(&pool);
	gp_buf_init(&b, 0);
	for (i = 0; i < COUNT(texts); i++) {
		gp_buf_reset(&b);
		assert_int_equal(
		    gp_markup_read(gp_span_of(texts[i].in), &pool, &said, &why),
		    0);
		gp_said_plain(&b, &said);
		unit_span("plain", gp_buf_span(&b), gp_span_of(texts[i].out));
	}
	gp_buf_release(&b);
	gp_pool_release(&pool);
}

/* What is escaped is read as it was. */
static void
escaped(void **state)
{
	struct gp_pool pool;
	struct gp_said said;
	struct gp_why why;
	struct gp_buf b;
	size_t i;

	(void)state;
	gp_pool_init(&pool);
	gp_buf_init(&b, 0);
	for (i = 0; i < COUNT(cases); i++) {
		gp_buf_reset(&b);
		gp_markup_escape(&b, gp_span_of(cases[i].text));
		assert_int_equal(
		    gp_markup_read(gp_buf_span(&b), &pool, &said, &why), 0);
		unit_span("escaped", said.text, gp_span_of(cases[i].text));
		assert_int_equal(said.spans, 0);
	}
	gp_buf_release(&b);
	gp_pool_release(&pool);
}

/* Texts that are all marks take no time that grows with their square. */
static void
hostile(void **state)
{
	static const char *const piece[] = { "**a ", "_a ", "[", "[a](", "`",
		"> ", ">\n", "[a](https://", "**_", "\\", "h", "_a_ **",
		"https://" };
	struct gp_pool pool;
	struct gp_said said;
	struct gp_why why;
	struct gp_buf b;
	size_t i;

	(void)state;
	gp_pool_init(&pool);
	gp_buf_init(&b, 0);
	for (i = 0; i < COUNT(piece); i++) {
		gp_buf_reset(&b);
		while (b.n + 20 < GP_MARKUP_MAX)
			gp_buf_adds(&b, piece[i]);
		assert_int_equal(
		    gp_markup_read(gp_buf_span(&b), &pool, &said, &why), 0);
		gp_pool_reset(&pool);
	}
	gp_buf_room(&b, 2 * GP_MARKUP_MAX);
	gp_buf_used(&b, 2 * GP_MARKUP_MAX);
	assert_int_equal(
	    gp_markup_read(gp_buf_span(&b), &pool, &said, &why), -1);
	assert_non_null(strstr(why.msg, "too long"));
	assert_int_equal(gp_markup_read(SPAN("\xff"), &pool, &said, &why), -1);
	assert_string_equal(why.msg, "the text is not UTF-8");
	gp_buf_release(&b);
	gp_pool_release(&pool);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(marks),
		cmocka_unit_test(plain),
		cmocka_unit_test(escaped),
		cmocka_unit_test(hostile),
	};

	return cmocka_run_group_tests_name("markup", tests, NULL, NULL);
}
