/* Plans: moments, tables, YAML, what differs from page to page, media. */
#include "unit.h"

#include "base/instant.h"
#include "plan/ics.h"
#include "plan/media.h"
#include "plan/plan.h"
#include "plan/when.h"

static void
moments(void **state)
{
	/* Warsaw's clocks go forward on 2026-03-29 and back on 2026-10-25;
	 * Lord Howe's by half an hour. */
	static const struct {
		const char *zone, *in, *utc, *why;
	} cases[] = {
		{ "Europe/Moscow", "2026-11-07 10:00", "2026-11-07T07:00:00Z",
		    NULL },
		{ "Europe/Moscow", "07.11.2026 10:00", "2026-11-07T07:00:00Z",
		    NULL },
		{ "Europe/Moscow", "07.11.2026 9:05", "2026-11-07T06:05:00Z",
		    NULL },
		{ "Europe/Moscow", "2026-11-07T10:00:30",
		    "2026-11-07T07:00:30Z", NULL },
		{ "Europe/Moscow", "2026-11-07T10:00:00+05:00",
		    "2026-11-07T05:00:00Z", NULL },
		{ "Europe/Moscow", "2026-11-07", NULL,
		    "'2026-11-07' has no time of day" },
		{ "Europe/Moscow", "завтра", NULL, "no time: 'завтра'" },
		{ "Europe/Moscow", "31.11.2026 10:00", NULL,
		    "no time: '31.11.2026 10:00'" },
		{ "Europe/Moscow", "07.11.2026 24:00", NULL,
		    "no time: '07.11.2026 24:00'" },
		{ "Europe/Moscow", "", NULL, "no time: ''" },
		{ "Europe/Warsaw", "2026-03-29 01:59", "2026-03-29T00:59:00Z",
		    NULL },
		{ "Europe/Warsaw", "2026-03-29 02:30", NULL,
		    "'2026-03-29 02:30' does not exist: the clocks go past "
		    "it" },
		{ "Europe/Warsaw", "2026-03-29 03:00", "2026-03-29T01:00:00Z",
		    NULL },
		{ "Europe/Warsaw", "2026-10-25 02:30", NULL,
		    "'2026-10-25 02:30' comes twice, as the clocks go back: "
		    "write it with its offset" },
		{ "Europe/Warsaw", "2026-10-25 03:00", "2026-10-25T02:00:00Z",
		    NULL },
		{ "Australia/Lord_Howe", "2026-04-05 01:45", NULL,
		    "'2026-04-05 01:45' comes twice, as the clocks go back: "
		    "write it with its offset" },
	};
	char utc[GP_INSTANT_LEN];
	struct gp_why why;
	gp_instant t;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		assert_int_equal(gp_zone_set(cases[i].zone, &why), 0);
		if (gp_when_read(cases[i].in, &t, &why) == -1) {
			assert_non_null(cases[i].why);
			assert_string_equal(why.msg, cases[i].why);
			continue;
		}
		if (cases[i].utc == NULL)
			fail_msg("%s was read", cases[i].in);
		assert_string_equal(gp_instant_utc(t, utc), cases[i].utc);
	}
	assert_int_equal(gp_zone_set("UTC", &why), 0);
}

static const struct gp_plan_entry *
entry(const struct gp_plan *p, size_t i)
{
	const struct gp_plan_entry *e = p->entry.v;

	assert_true(i < p->entry.n);
	return &e[i];
}

static const char *
word(struct gp_yaml_list l, size_t i)
{
	const char *const *v = l.v;

	assert_true(i < l.n);
	return v[i];
}

/* As Excel saves it: a mark before, semicolons, lines of Windows, quotes, a
 * line end in a cell, empty rows at the end. */
static void
excel(void **state)
{
	static const char table[] =
	    "\xef\xbb\xbfкод;дата;время;страницы;текст;текст:vk;файлы;описания;"
	    "вопрос;варианты;верный;закрыть\r\n"
	    "a;07.11.2026;9:00;tg, vk;\"Два слова; \"\"и\"\"\r\nещё\";;"
	    "a.png|b.png;Парк|Река;;;;\r\n"
	    ";;;;;;;;;;;\r\n"
	    "b;08.11.2026;10:30;tg;;-;;;Где?;Тут | Там;2;09.11.2026 10:00\r\n"
	    ";;;;;;;;;;;\r\n";
	const struct gp_plan_entry *e;
	const struct gp_plan_over *o;
	struct gp_plan p;
	struct gp_why why;

	(void)state;
	assert_int_equal(gp_plan_csv(&p, SPAN(table), "t.csv", &why), 0);
	assert_int_equal(p.entry.n, 2);
	e = entry(&p, 0);
	assert_string_equal(e->id, "a");
	assert_string_equal(e->text, "Два слова; \"и\"\r\nещё");
	assert_int_equal(e->line, 2);
	assert_int_equal(e->page.n, 2);
	assert_string_equal(word(e->page, 1), "vk");
	assert_int_equal(e->file.n, 2);
	assert_string_equal(e->file.v[1].path, "b.png");
	assert_string_equal(e->file.v[1].alt, "Река");
	assert_int_equal(e->when, 1794042000); /* 2026-11-07 09:00 UTC */
	e = entry(&p, 1);
	assert_int_equal(e->line, 5);
	assert_string_equal(e->poll->question, "Где?");
	assert_string_equal(word(e->poll->option, 1), "Там");
	assert_int_equal(e->poll->correct, 2);
	o = e->over.v;
	assert_int_equal(e->over.n, 1);
	assert_true(o->skip);
	assert_string_equal(o->of, "vk");
	gp_plan_release(&p);
}

static void
bad_tables(void **state)
{
	static const struct {
		const char *in, *why;
	} cases[] = {
		{ "", "t:1: the table is empty" },
		{ "id,txt\n", "t:1: no such column: 'txt'" },
		{ "id,,text\n", "t:1: column 2 has no name" },
		{ "id,text,id\n", "t:1: the column 'id' stands twice" },
		{ "id,pages:vk\n",
		    "t:1: 'pages:vk' cannot differ from page to page" },
		{ "id,text,pages\nа,б,в,г\n",
		    "t:2: cell 4 is under no column" },
		{ "id,text,pages\n,б,в\n", "t:2: an entry has no 'id'" },
		{ "id,text,pages\na b,б,в\n",
		    "t:2: 'id' may hold no white space, quotes, \\, @ or #: "
		    "'a b'" },
		{ "id,text,pages\na,б,\n", "t:2: 'a' names no pages" },
		{ "id,text,pages\na,,p\n", "t:2: 'a' has nothing to post" },
		{ "id,text,pages\na,x,p\n\n\nb,\"x\ny\",p\na,y,p\n",
		    "t:7: 'id' 'a' stands twice, first in line 2" },
		{ "id,text,pages\na,\"x,p\n",
		    "t:2: error parsing data while strict checking enabled" },
		{ "id,at,text,pages\na,10:00,x,p\n",
		    "t:2: 'a': at: no time: '10:00'" },
		{ "id,question,options,pages\na,x,1,p\n",
		    "t:2: 'a': a poll has two options at least" },
		{ "id,question,options,correct,pages\na,x,1|2,3,p\n",
		    "t:2: 'a': 'correct' must be one of 1 to 2, the number "
		    "of an option" },
		{ "id,text\na,\xcf\xf0\xe8\n",
		    "t: not UTF-8: save the table as \"CSV UTF-8\"" },
	};
	struct gp_plan p;
	struct gp_why why;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		if (gp_plan_csv(&p, gp_span_of(cases[i].in), "t", &why) == 0)
			fail_msg("%s was read", cases[i].in);
		assert_string_equal(why.msg, cases[i].why);
		gp_plan_release(&p);
	}
}

static void
yaml(void **state)
{
	static const char text[] =
	    "zone: Europe/Moscow\n"
	    "late: 2h\n"
	    "pages: [tg, vk]\n"
	    "posts:\n"
	    "- id: a\n"
	    "  at: 2026-11-07 10:00\n"
	    "  text: |\n"
	    "    раз\n"
	    "    два\n"
	    "  files: [a.png, {path: b.mp4, kind: video, alt: Река}]\n"
	    "  per:\n"
	    "    vk: {at: 2026-11-07 11:00, files: []}\n"
	    "- {id: b, pages: [vk], delete: yes}\n";
	const struct gp_plan_entry *e;
	const struct gp_plan_over *o;
	struct gp_plan p;
	struct gp_why why;

	(void)state;
	assert_int_equal(gp_plan_yaml(&p, SPAN(text), "p", &why), 0);
	assert_int_equal(p.late, 7200);
	e = entry(&p, 0);
	assert_string_equal(e->text, "раз\nдва\n");
	assert_int_equal(e->page.n, 2);
	assert_int_equal(e->when, 1794034800); /* 07:00 UTC */
	assert_int_equal(e->file.n, 2);
	assert_null(e->file.v[0].alt);
	assert_string_equal(e->file.v[1].kind, "video");
	o = e->over.v;
	assert_int_equal(o->when, e->when + 3600);
	assert_true(o->file.set && o->file.n == 0);
	assert_true(entry(&p, 1)->gone);
	gp_plan_release(&p);
	assert_int_equal(gp_zone_set("UTC", &why), 0);
}

static void
bad_yaml(void **state)
{
	static const struct {
		const char *in, *why;
	} cases[] = {
		{ "posts:\n- {id: a, txt: b}\n", "p:2:11: unknown key 'txt'" },
		{ "pages: [x]\n", "p:1:1: " },
		{ "zone: Europe/Nowhere\nposts: []\n",
		    "p: no such zone: 'Europe/Nowhere'" },
		{ "pages: [x]\nposts:\n- {id: a, text: б, files: a.png}\n",
		    "p:3:27: 'files' must be a list" },
		{ "pages: [x]\nposts:\n- {id: a, text: б, files: [[]]}\n",
		    "p:3:28: a file is a name or a map with 'path'" },
		{ "pages: [x]\nposts:\n- {id: a, text: б, at: later}\n",
		    "p:3: 'a': at: no time: 'later'" },
		{ "pages: [x]\nposts:\n- {id: a, text: б}\n- {id: a, text: б}\n",
		    "p:4: 'id' 'a' stands twice, first in line 3" },
	};
	struct gp_plan p;
	struct gp_why why;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		if (gp_plan_yaml(&p, gp_span_of(cases[i].in), "p", &why) == 0)
			fail_msg("%s was read", cases[i].in);
		if (strncmp(why.msg, cases[i].why, strlen(cases[i].why)) != 0)
			fail_msg("'%s', not '%s'", why.msg, cases[i].why);
		gp_plan_release(&p);
	}
}

static void
media(void **state)
{
	static const struct {
		struct gp_span head;
		const char *format;
		int video;
		int64_t w, h;
	} cases[] = {
		{ T("\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\x05\x00\0\0\x02\xd0"),
		    "png", 0, 1280, 720 },
		{ T("\xff\xd8\xff\xe0\0\x04JF\xff\xc0\0\x11\x08\x02\xd0\x05\0"
		    "\x03"),
		    "jpeg", 0, 1280, 720 },
		{ T("\xff\xd8\xff\xe0\0\0"), "jpeg", 0, 0, 0 },
		{ T("GIF89a\x10\x00\x20\x00"), "gif", 0, 16, 32 },
		{ T("RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\xff\x04\0\xcf\x02"
		    "\0"),
		    "webp", 0, 1280, 720 },
		{ T("\0\0\0\x18"
		    "ftypisom"),
		    "mp4", 1, 0, 0 },
		{ T("\0\0\0\x14"
		    "ftypqt  "),
		    "mov", 1, 0, 0 },
		{ T("\0\0\0\x18"
		    "ftypheic"),
		    "heic", 0, 0, 0 },
		{ T("\x1a\x45\xdf\xa3"), "webm", 1, 0, 0 },
		{ T("<svg/>"), NULL, 0, 0, 0 },
		{ T(""), NULL, 0, 0, 0 },
	};
	struct gp_media m;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		gp_media_head(cases[i].head, &m);
		if (cases[i].format == NULL) {
			assert_null(m.format);
			continue;
		}
		assert_non_null(m.format);
		assert_string_equal(m.format, cases[i].format);
		assert_int_equal(m.video, cases[i].video);
		assert_int_equal(m.width, cases[i].w);
		assert_int_equal(m.height, cases[i].h);
	}
}

/* Lines of at most 75 octets, between characters; what means something there
 * is escaped. */
static void
calendar(void **state)
{
	static const char text[] =
	    "pages: [tg, vk]\nposts:\n- id: a\n  at: 2026-11-07 10:00\n"
	    "  text: \"**Вода**, тепло; и \\\\ свет.\\nПодробности завтра, "
	    "следите за новостями района и звоните в диспетчерскую\"\n"
	    "  per: {vk: {at: 2026-11-07 11:00}}\n";
	const char *p, *e;
	struct gp_plan plan;
	struct gp_why why;
	struct gp_buf b;

	(void)state;
	assert_int_equal(gp_plan_yaml(&plan, SPAN(text), "p", &why), 0);
	gp_buf_init(&b, 0);
	gp_plan_ics_entry(&b, entry(&plan, 0), 0);
	assert_int_equal(b.bad, 0);
	for (p = gp_buf_str(&b); *p != '\0'; p = e + 2) {
		e = strstr(p, "\r\n");
		assert_non_null(e);
		assert_true(e - p <= 75);
		assert_true(((unsigned char)*p & 0xc0) != 0x80);
	}
	p = gp_buf_str(&b);
	assert_non_null(strstr(p, "SUMMARY:Вода\\, тепло\\; и \\\\ свет.\r\n"));
	assert_non_null(strstr(p, "DTSTART:20261107T100000Z\r\n"));
	assert_non_null(strstr(p, "LOCATION:tg\r\n"));
	assert_non_null(strstr(p, "UID:a.vk@gp-post\r\n"));
	assert_non_null(strstr(p, "DTSTART:20261107T110000Z\r\n"));
	gp_buf_release(&b);
	gp_plan_release(&plan);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(moments),
		cmocka_unit_test(excel),
		cmocka_unit_test(bad_tables),
		cmocka_unit_test(yaml),
		cmocka_unit_test(bad_yaml),
		cmocka_unit_test(media),
		cmocka_unit_test(calendar),
	};

	setenv("TZ", "UTC", 1);
	return cmocka_run_group_tests_name("plan", tests, NULL, NULL);
}
