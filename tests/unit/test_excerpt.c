/* A config cut down to some of its pages: what is left means what it meant. */
#include "config/excerpt.h"

#include "unit.h"

/* As people write it, and as they should not. */
static const char town[] =
    "%YAML 1.1\n"
    "---\n"
    "# ours\n"
    "zone: Europe/Moscow\n"
    "vk: {rate: 3}\n"
    "pages: # many\n"
    "\n"
    "  # the first one\n"
    "  town: {network: vk, name: 1,\n"
    "         tokens: {service: {file: tokens/vk}}}\n"
    "\n"
    "  'village: \xd0\xb0':\n"
    "    network: vk\n"
    "    name: 2\n"
    "# a remark where none belongs\n"
    "    centre: |+\n"
    "      north\n"
    "\n"
    "\n"
    "  \"channel\\x21\":   # with an escape\n"
    "    network:\n"
    "      telegram\n"
    "    name: \"a\\\n"
    "      dm\"\n"
    "  \xd0\xb3\xd0\xbe\xd1\x80\xd0\xbe\xd0\xb4: {network: ok, name: 4}\n"
    "contact: me\n"
    "...\n";

static const char *const names[] = { "town", "village: \xd0\xb0", "channel!",
	"\xd0\xb3\xd0\xbe\xd1\x80\xd0\xbe\xd0\xb4" };

static void
load(struct gp_config *c, const char *text)
{
	char path[64];
	struct gp_why why;

	unit_file(path, gp_span_of(text));
	if (gp_config_load(path, c, &why) == -1)
		fail_msg("%s\n%s", why.msg, text);
	unit_unfile(path);
}

static void
same(const struct gp_yaml *a, const struct gp_yaml *b)
{
	size_t i;

	assert_int_equal(a->type, b->type);
	assert_int_equal(a->n, b->n);
	assert_int_equal(a->plain, b->plain);
	if (a->text.p == NULL || b->text.p == NULL)
		assert_true(a->text.p == b->text.p);
	else
		unit_span("value", a->text, b->text);
	for (i = 0; a->type != GP_YAML_SCALAR && i < a->n; i++) {
		if (a->type == GP_YAML_MAP)
			unit_span("key", a->key[i].text, b->key[i].text);
		same(&a->item[i], &b->item[i]);
	}
}

static const struct gp_yaml *
member(const struct gp_yaml *map, const char *key)
{
	size_t i;

	for (i = 0; i < map->n; i++)
		if (gp_span_is(map->key[i].text, key))
			return &map->item[i];
	return NULL;
}

/* The excerpt has what it is to have, and all of it as in the whole. */
static void
holds(const char *text, const struct gp_config *whole, unsigned which)
{
	const struct gp_yaml *a = gp_yaml_root(whole->doc), *b, *pages;
	struct gp_config some;
	size_t i, n = 0;

	load(&some, text);
	b = gp_yaml_root(some.doc);
	pages = member(b, "pages");
	assert_int_equal(b->n, a->n);
	for (i = 0; i < a->n; i++)
		if (!gp_span_is(a->key[i].text, "pages")) {
			unit_span("root", b->key[i].text, a->key[i].text);
			same(&b->item[i], &a->item[i]);
		}
	for (i = 0; i < COUNT(names); i++) {
		if ((which >> i & 1) == 0)
			continue;
		n++;
		assert_non_null(member(pages, names[i]));
		same(member(pages, names[i]),
		    member(member(a, "pages"), names[i]));
	}
	assert_int_equal(some.page.n, n);
	gp_config_release(&some);
}

static void
all_subsets(const char *text)
{
	struct gp_excerpt e;
	struct gp_config c;
	struct gp_buf ask, b;
	unsigned which;
	size_t i;

	load(&c, text);
	assert_int_equal(gp_excerpt_init(&e, &c), 1);
	gp_buf_init(&ask, 0);
	gp_buf_init(&b, 0);
	for (which = 0; which < 1u << COUNT(names); which++) {
		gp_buf_reset(&ask);
		gp_buf_reset(&b);
		gp_buf_adds(&ask, "nobody\n"); /* is passed over */
		for (i = COUNT(names); i-- > 0;)
			if ((which >> i & 1) != 0)
				gp_buf_addf(&ask, "%s\n", names[i]);
		gp_excerpt_write(&e, gp_buf_span(&ask), &b);
		holds(gp_buf_str(&b), &c, which);
	}
	gp_buf_release(&ask);
	gp_buf_release(&b);
	gp_excerpt_release(&e);
	gp_config_release(&c);
}

static void
any_pages(void **state)
{
	struct gp_buf b;
	const char *p;

	(void)state;
	all_subsets(town);
	/* The same with lines that end as on Windows. */
	gp_buf_init(&b, 0);
	for (p = town; *p != '\0'; p++)
		gp_buf_adds(&b, *p == '\n' ? "\r\n" : (char[2]){ *p, '\0' });
	all_subsets(gp_buf_str(&b));
	/* Pages last, and no end of the last line. */
	gp_buf_reset(&b);
	gp_buf_add(&b, town, (size_t)(strstr(town, "contact") - town) - 1);
	all_subsets(gp_buf_str(&b));
	gp_buf_release(&b);
}

/* Bytes, not only their meaning: a remark goes with the page it stands in. */
static void
by_lines(void **state)
{
	struct gp_excerpt e;
	struct gp_config c;
	struct gp_buf b;

	(void)state;
	load(&c, town);
	assert_int_equal(gp_excerpt_init(&e, &c), 1);
	gp_config_release(&c); /* it is not needed any more */
	gp_buf_init(&b, 0);
	gp_excerpt_write(&e, SPAN("village: \xd0\xb0"), &b);
	assert_string_equal(gp_buf_str(&b),
	    "%YAML 1.1\n---\n# ours\nzone: Europe/Moscow\nvk: {rate: 3}\n"
	    "pages: # many\n\n  # the first one\n"
	    "  'village: \xd0\xb0':\n    network: vk\n    name: 2\n"
	    "# a remark where none belongs\n"
	    "    centre: |+\n      north\n\n\n"
	    "contact: me\n...\n");
	gp_buf_release(&b);
	gp_excerpt_release(&e);
}

static void
whole(void **state)
{
	static const char *const texts[] = {
		"",
		"zone: Europe/Moscow\n",
		"pages:\n",
		"pages: {a: {network: vk, name: 1}}\n",
		"pages: {\n  a: {network: vk, name: 1}, b: {network: vk, name: 1}}\n",
		"{pages: {a: {network: vk, name: 1}}}\n",
		"? pages\n: a: {network: vk, name: 1}\n",
		"pages:\n  ? a\n  : {network: vk, name: 1}\n",
		"pages:\n  a: {network: vk, name: 1}\n? contact\n: me\n",
		"# a\rpages:\n  a: {network: vk, name: 1}\n",
		"# a\xc2\x85pages:\n  a: {network: vk, name: 1}\n",
		"# a\xe2\x80\xa8pages:\n  a: {network: vk, name: 1}\n",
	};
	struct gp_excerpt e;
	struct gp_config c;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(texts); i++) {
		load(&c, texts[i]);
		if (gp_excerpt_init(&e, &c) != 0)
			fail_msg("it was cut: %s", texts[i]);
		gp_excerpt_release(&e);
		gp_config_release(&c);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(any_pages),
		cmocka_unit_test(by_lines),
		cmocka_unit_test(whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
