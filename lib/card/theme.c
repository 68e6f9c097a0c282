#include "card/theme.h"

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"

#define MOST_LOGO  (4 * GP_MIB)
#define MOST_SIDE  4096 /* pixels of a logo */
#define RING_SHARE 0.14

struct colours {
	const struct gp_yaml *background, *panel, *text, *muted, *accent,
	    *on_accent, *cover, *on_cover, *good, *bad;
};

struct file {
	int64_t version;
	const char *page, *address, *font;
	struct gp_yaml_list fallback;
	const struct gp_yaml *logo_at;
	struct colours *light, *dark;
};

/* clang-format off */
#define COLOUR(name) \
	{ #name, GP_Y_NODE, offsetof(struct colours, name), 1, NULL, NULL, 0 }
static const struct gp_yaml_field colour_fields[] = {
	COLOUR(background), COLOUR(panel), COLOUR(text), COLOUR(muted),
	COLOUR(accent), COLOUR(on_accent), COLOUR(cover), COLOUR(on_cover),
	COLOUR(good), COLOUR(bad),
	{ NULL, GP_Y_END, 0, 0, NULL, NULL, 0 },
};

static const struct gp_yaml_field file_fields[] = {
	{ "theme", GP_Y_INT, offsetof(struct file, version), 1, NULL, NULL, 0 },
	{ "page", GP_Y_TEXT, offsetof(struct file, page), 0, NULL, NULL, 0 },
	{ "address", GP_Y_TEXT, offsetof(struct file, address), 0, NULL, NULL, 0 },
	{ "logo", GP_Y_NODE, offsetof(struct file, logo_at), 0, NULL, NULL, 0 },
	{ "font", GP_Y_TEXT, offsetof(struct file, font), 1, NULL, NULL, 0 },
	{ "fallback", GP_Y_TEXTS, offsetof(struct file, fallback), 0, NULL, NULL, 0 },
	{ "light", GP_Y_OPT, offsetof(struct file, light), 1, NULL, colour_fields, sizeof(struct colours) },
	{ "dark", GP_Y_OPT, offsetof(struct file, dark), 0, NULL, colour_fields, sizeof(struct colours) },
	{ NULL, GP_Y_END, 0, 0, NULL, NULL, 0 },
};

/* What stands on what, and how much of a difference that takes. */
#define AT(name) offsetof(struct gp_scheme, name)
static const struct pair {
	const char *front, *back;
	size_t front_at, back_at, node_at;
	double least;
} pairs[] = {
	{ "text", "background", AT(text), AT(background), offsetof(struct colours, text), GP_CONTRAST_TEXT },
	{ "text", "panel", AT(text), AT(panel), offsetof(struct colours, text), GP_CONTRAST_TEXT },
	{ "muted", "background", AT(muted), AT(background), offsetof(struct colours, muted), GP_CONTRAST_TEXT },
	{ "muted", "panel", AT(muted), AT(panel), offsetof(struct colours, muted), GP_CONTRAST_TEXT },
	{ "accent", "background", AT(accent), AT(background), offsetof(struct colours, accent), GP_CONTRAST_LARGE },
	{ "accent", "panel", AT(accent), AT(panel), offsetof(struct colours, accent), GP_CONTRAST_LARGE },
	{ "on_accent", "accent", AT(on_accent), AT(accent), offsetof(struct colours, on_accent), GP_CONTRAST_LARGE },
	{ "on_cover", "cover", AT(on_cover), AT(cover), offsetof(struct colours, on_cover), GP_CONTRAST_TEXT },
	{ "on_cover", "cover with its rings", AT(on_cover), AT(ring), offsetof(struct colours, on_cover), GP_CONTRAST_TEXT },
	{ "good", "background", AT(good), AT(background), offsetof(struct colours, good), GP_CONTRAST_LARGE },
	{ "bad", "background", AT(bad), AT(background), offsetof(struct colours, bad), GP_CONTRAST_LARGE },
};
/* clang-format on */

static const void *
member(const void *of, size_t off)
{
	return (const char *)of + off;
}

static int
colour(const struct gp_yaml_doc *doc, const struct gp_yaml *v,
    struct gp_colour *to, struct gp_why *why)
{
	if (v->type != GP_YAML_SCALAR || v->text.p == NULL)
		return gp_yaml_because(
		    doc, v, why, "a colour is like \"#0b57d0\", in quotes");
	if (gp_colour_parse(v->text, to) == -1)
		return gp_yaml_because(doc, v, why,
		    "'%.32s' is not a colour like \"#0b57d0\"", v->text.p);
	return 0;
}

static void
put_colour(struct gp_colour c, char to[8])
{
	snprintf(to, 8, "#%02x%02x%02x", (unsigned)(c.r * 255 + 0.5) & 255,
	    (unsigned)(c.g * 255 + 0.5) & 255,
	    (unsigned)(c.b * 255 + 0.5) & 255);
}

/* Rounded down: 4.499 is not shown as the 4.5 it does not reach. */
static int
check(const struct gp_yaml_doc *doc, const struct colours *from,
    const struct gp_scheme *s, const struct pair *p, struct gp_why *why)
{
	const struct gp_colour *front = member(s, p->front_at);
	const struct gp_colour *back = member(s, p->back_at);
	const struct gp_yaml *const *node = member(from, p->node_at);
	double ratio = gp_colour_contrast(*front, *back);
	char a[8], b[8];

	if (ratio >= p->least)
		return 0;
	put_colour(*front, a);
	put_colour(*back, b);
	return gp_yaml_because(doc, *node, why,
	    "'%s' %s on '%s' %s: contrast %d.%02d:1, at least %.1f:1 is "
	    "needed",
	    p->front, a, p->back, b, (int)ratio, (int)(ratio * 100) % 100,
	    p->least);
}

static int
scheme(const struct gp_yaml_doc *doc, const struct colours *from,
    struct gp_scheme *s, struct gp_why *why)
{
	size_t i;

	if (colour(doc, from->background, &s->background, why) == -1 ||
	    colour(doc, from->panel, &s->panel, why) == -1 ||
	    colour(doc, from->text, &s->text, why) == -1 ||
	    colour(doc, from->muted, &s->muted, why) == -1 ||
	    colour(doc, from->accent, &s->accent, why) == -1 ||
	    colour(doc, from->on_accent, &s->on_accent, why) == -1 ||
	    colour(doc, from->cover, &s->cover, why) == -1 ||
	    colour(doc, from->on_cover, &s->on_cover, why) == -1 ||
	    colour(doc, from->good, &s->good, why) == -1 ||
	    colour(doc, from->bad, &s->bad, why) == -1)
		return -1;
	s->ring = gp_colour_blend(s->cover, s->on_cover, RING_SHARE);
	s->plate = gp_colour_lighter(s->cover, s->on_cover);
	for (i = 0; i < sizeof(pairs) / sizeof(*pairs); i++)
		if (check(doc, from, s, &pairs[i], why) == -1)
			return -1;
	return 0;
}

static uint32_t
big_endian(const char *p)
{
	const unsigned char *u = (const unsigned char *)p;

	return (uint32_t)u[0] << 24 | (uint32_t)u[1] << 16 |
	    (uint32_t)u[2] << 8 | u[3];
}

/* The size is looked at before anything is unpacked: a small file may be a
 * huge picture. The header is that of PNG, RFC 2083, 11.2. */
static int
is_logo(const struct gp_buf *b)
{
	uint32_t w, h;

	if (b->n < 33 || memcmp(b->p, "\x89PNG\r\n\x1a\n", 8) != 0 ||
	    memcmp(b->p + 12, "IHDR", 4) != 0)
		return 0;
	w = big_endian(b->p + 16);
	h = big_endian(b->p + 20);
	return w > 0 && h > 0 && w <= MOST_SIDE && h <= MOST_SIDE;
}

static int
load_logo(struct gp_theme *t, const struct gp_yaml *at, const char *dir,
    struct gp_why *why)
{
	struct gp_why inner;
	struct gp_buf path;
	int r;

	if (at->type != GP_YAML_SCALAR || at->text.p == NULL)
		return gp_yaml_because(
		    t->doc, at, why, "'logo' is the path of a PNG");
	gp_buf_init(&path, 0);
	if (at->text.n > 0 && at->text.p[0] != '/')
		gp_buf_addf(&path, "%s/", dir);
	gp_buf_adds(&path, at->text.p);
	r = path.bad ? gp_because(&inner, "no memory")
		     : gp_file_read(path.p, &t->logo, &inner);
	gp_buf_release(&path);
	if (r == -1)
		return gp_yaml_because(t->doc, at, why, "%s", inner.msg);
	if (!is_logo(&t->logo))
		return gp_yaml_because(t->doc, at, why,
		    "'%s' is not a PNG of at most %d by %d pixels", at->text.p,
		    MOST_SIDE, MOST_SIDE);
	return 0;
}

static int
fill(struct gp_theme *t, const char *dir, struct gp_why *why)
{
	const struct gp_yaml *root = gp_yaml_root(t->doc);
	struct file f = { .version = 0 };

	if (gp_yaml_fill(t->doc, root, file_fields, &f, why) == -1)
		return -1;
	if (f.version != 1)
		return gp_yaml_because(
		    t->doc, root, why, "only 'theme: 1' is known");
	t->page = f.page;
	t->address = f.address;
	t->font = f.font;
	t->fallback = f.fallback;
	t->has_dark = f.dark != NULL;
	if (scheme(t->doc, f.light, &t->light, why) == -1 ||
	    (f.dark != NULL && scheme(t->doc, f.dark, &t->dark, why) == -1))
		return -1;
	return f.logo_at == NULL ? 0 : load_logo(t, f.logo_at, dir, why);
}

static int
take(struct gp_theme *t, const char *dir, struct gp_why *why)
{
	gp_buf_init(&t->logo, MOST_LOGO);
	if (t->doc != NULL && fill(t, dir, why) == 0)
		return 0;
	gp_theme_release(t);
	return -1;
}

int
gp_theme_parse(struct gp_span s, const char *name, const char *dir,
    struct gp_theme *t, struct gp_why *why)
{
	memset(t, 0, sizeof(*t));
	t->doc = gp_yaml_parse(s, name, why);
	return take(t, dir, why);
}

int
gp_theme_load(const char *path, struct gp_theme *t, struct gp_why *why)
{
	const char *slash = strrchr(path, '/');
	char *dir;
	int r;

	memset(t, 0, sizeof(*t));
	dir = slash == NULL
	    ? strdup(".")
	    : strndup(path, slash == path ? 1 : (size_t)(slash - path));
	if (dir == NULL)
		return gp_because(why, "no memory");
	t->doc = gp_yaml_read(path, why);
	r = take(t, dir, why);
	free(dir);
	return r;
}

void
gp_theme_release(struct gp_theme *t)
{
	gp_buf_release(&t->logo);
	gp_yaml_free(t->doc);
	t->doc = NULL;
}
