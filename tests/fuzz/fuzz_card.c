/*
 * Themes, files of cards, and records of cards: read, or refused with a
 * reason. A theme that is taken has colours that can be told apart; text that
 * is set is UTF-8 without control characters; and a card that is taken has
 * words for its picture. The first byte says which; records are drawn in one
 * of eight, small, as that takes a thousand times longer than to read them.
 */
#include "fuzz.h"

#include "base/utf8.h"
#include "card/album.h"
#include "card/alt.h"
#include "card/make.h"
#include "card/theme.h"
#include "card/type.h"

static const char *const fallback[] = { "DejaVu Sans" };

static struct gp_theme
plain_theme(void)
{
	struct gp_colour white = { 1, 1, 1 }, black = { 0, 0, 0 };
	struct gp_theme t = { .font = "PT Sans",
		.fallback = { (void *)(uintptr_t)fallback, 1 } };

	t.light = (struct gp_scheme){ white, white, black, black, black, white,
		black, white, black, black, black, white };
	return t;
}

static void
theme(struct gp_span s)
{
	struct gp_theme t;
	struct gp_why why = { "" };

	if (gp_theme_parse(s, "t", "/nonexistent", &t, &why) == -1) {
		HOLDS(why.msg[0] != '\0');
		return;
	}
	HOLDS(gp_colour_contrast(t.light.text, t.light.background) >= 4.5);
	HOLDS(gp_colour_contrast(t.light.on_cover, t.light.ring) >= 4.5);
	gp_theme_release(&t);
}

static void
nobody(void *ctx, const char *place, const char *why)
{
	(void)ctx;
	HOLDS(place[0] != '\0' && why[0] != '\0');
}

static void
draw(struct gp_album *a)
{
	struct gp_theme t = plain_theme();
	struct gp_album_how how = {
		.theme = &t, .w = 320, .h = 320, .jobs = 1, .refused = nobody
	};
	struct gp_why why;

	HOLDS(gp_album_draw(a, &how, &why) == 0);
}

static void
tell(struct gp_album *a)
{
	struct gp_album_how how = { .w = 320, .h = 320 };
	struct gp_json_reader *r = gp_json_new();
	struct gp_json_obj o;
	struct gp_why why;
	struct gp_buf b;
	char *line;

	gp_buf_init(&b, 0);
	gp_album_posts(a, &how, "d", &b);
	HOLDS(!b.bad && gp_utf8_valid(gp_buf_span(&b)));
	if (b.n > 0) {
		line = memchr(b.p, '\n', b.n);
		HOLDS(line != NULL);
		HOLDS(gp_json_open(r,
			  (struct gp_span){ b.p, (size_t)(line - b.p) },
			  GP_JSON_STRICT, &o, &why) == 0);
	}
	gp_buf_release(&b);
	gp_json_free(r);
}

static void
one(struct gp_span line, struct gp_json_reader *r, struct gp_album *a,
    struct gp_card_rows *rows)
{
	struct gp_why why = { "" };
	struct gp_json_obj o;
	struct gp_card card;

	if (gp_json_open(r, line, GP_JSON_DEEP, &o, &why) == -1)
		return;
	if (gp_json_is(gp_json_get(&o, "type"), "figure")) {
		HOLDS(gp_card_rows_add(rows, r, &o, &why) == 0 || why.msg[0]);
		return;
	}
	if (gp_card_read(&card, &a->pool, r, &o, &why) == -1 ||
	    gp_album_add(a, &card, GP_FROM_PERSON, &why) == -1)
		HOLDS(why.msg[0] != '\0');
}

static void
records(struct gp_span s, const struct gp_spec *spec, int drawn)
{
	struct gp_json_reader *r = gp_json_new();
	const char *p = s.p, *end = gp_span_end(s), *nl;
	struct gp_album a;
	struct gp_card_rows rows;
	struct gp_why why;

	HOLDS(r != NULL && gp_album_init(&a, GP_RU) == 0);
	gp_card_rows_init(&rows);
	for (; p < end; p = nl + 1) {
		struct gp_span line;

		nl = memchr(p, '\n', (size_t)(end - p));
		nl = nl != NULL ? nl : end;
		line = fuzz_pad((const uint8_t *)p, (size_t)(nl - p));
		one(line, r, &a, &rows);
		free((char *)(uintptr_t)line.p);
	}
	if (spec != NULL) {
		struct gp_making mk = { spec, &rows, &rows, &a, 2, GP_RU,
			nobody, NULL };

		HOLDS(gp_make_all(&mk, &why) == 0);
	}
	if (drawn)
		draw(&a);
	tell(&a);
	gp_card_rows_release(&rows);
	gp_album_release(&a);
	gp_json_free(r);
}

/* Cards to a line of dashes, records behind it. */
static void
cards(struct gp_span s, int drawn)
{
	const char *cut = memmem(s.p, s.n, "\n---\n", 5);
	struct gp_span yaml = s, rest = { NULL, 0 };
	struct gp_why why = { "" };
	struct gp_spec spec;

	if (cut != NULL) {
		yaml.n = (size_t)(cut - s.p);
		rest = (struct gp_span){ cut + 5, s.n - yaml.n - 5 };
	}
	if (gp_spec_parse(yaml, "c", &spec, &why) == -1) {
		HOLDS(why.msg[0] != '\0');
		return;
	}
	records(rest, &spec, drawn);
	gp_spec_release(&spec);
}

static void
text(struct gp_span s)
{
	struct gp_why why = { "" };
	struct gp_buf b;
	size_t i;

	gp_buf_init(&b, 0);
	if (gp_type_set(&b, s, GP_RU, &why) == 0) {
		HOLDS(gp_utf8_valid(gp_buf_span(&b)));
		for (i = 0; i < b.n; i++)
			HOLDS((unsigned char)b.p[i] >= 0x20);
	} else {
		HOLDS(why.msg[0] != '\0');
	}
	gp_buf_release(&b);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct gp_span s = fuzz_pad(data, n), in = s;
	int which = n > 0 ? data[0] : 0;

	if (n > 0) {
		in.p++;
		in.n--;
	}
	if (which % 4 == 0)
		theme(in);
	else if (which % 4 == 1)
		cards(in, which / 4 % 8 == 0);
	else if (which % 4 == 2)
		records(in, NULL, which / 4 % 8 == 0);
	else
		text(in);
	free((char *)(uintptr_t)s.p);
	return 0;
}
