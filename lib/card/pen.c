#include "card/pen.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

struct gp_pen {
	PangoFontMap *map;
	PangoContext *context;
	struct gp_buf family; /* "PT Sans,DejaVu Sans" */
};

enum {
	STEPS = 8,    /* sizes that are tried */
	HALVINGS = 7, /* of the width, when lines are balanced */
};

static int
has_letters(struct gp_pen *pen, const char *family)
{
	static const char needed[] = "ЯёЖщ«—№";
	PangoFontDescription *want = pango_font_description_new();
	const char *p = needed, *end = needed + sizeof(needed) - 1;
	PangoFont *font;
	int has;

	pango_font_description_set_family(want, family);
	pango_font_description_set_absolute_size(want, 20 * PANGO_SCALE);
	font = pango_font_map_load_font(pen->map, pen->context, want);
	for (has = font != NULL; has && p < end;)
		has = pango_font_has_char(font, gp_utf8_next(&p, end));
	if (font != NULL)
		g_object_unref(font);
	pango_font_description_free(want);
	return has;
}

static int
is_installed(struct gp_pen *pen, const char *name)
{
	PangoFontFamily **v = NULL;
	int i, n = 0, found = 0;

	pango_font_map_list_families(pen->map, &v, &n);
	for (i = 0; i < n && !found; i++)
		found = g_ascii_strcasecmp(
			    pango_font_family_get_name(v[i]), name) == 0;
	g_free(v);
	return found;
}

static void
consider(struct gp_pen *pen, const char *name, struct gp_buf *missing)
{
	if (is_installed(pen, name) && has_letters(pen, name))
		gp_buf_addf(
		    &pen->family, "%s%s", pen->family.n > 0 ? "," : "", name);
	else
		gp_buf_addf(
		    missing, "%s'%.60s'", missing->n > 0 ? ", " : "", name);
}

static int
choose(struct gp_pen *pen, const struct gp_theme *t, struct gp_why *why)
{
	const char *const *other = t->fallback.v;
	struct gp_buf missing;
	size_t i;
	int r = 0;

	gp_buf_init(&missing, 0);
	consider(pen, t->font, &missing);
	for (i = 0; i < t->fallback.n; i++)
		consider(pen, other[i], &missing);
	if (pen->family.bad)
		r = gp_because(why, "no memory");
	else if (pen->family.n == 0)
		r = gp_because(why,
		    "no font with Cyrillic letters among %.300s; "
		    "Debian: apt-get install fonts-paratype",
		    gp_buf_str(&missing));
	gp_buf_release(&missing);
	return r;
}

static void
settle(PangoContext *context)
{
	cairo_font_options_t *o = cairo_font_options_create();

	cairo_font_options_set_antialias(o, CAIRO_ANTIALIAS_GRAY);
	cairo_font_options_set_hint_style(o, CAIRO_HINT_STYLE_NONE);
	cairo_font_options_set_hint_metrics(o, CAIRO_HINT_METRICS_OFF);
	pango_cairo_context_set_font_options(context, o);
	cairo_font_options_destroy(o);
	pango_cairo_context_set_resolution(context, 72);
	pango_context_set_round_glyph_positions(context, FALSE);
	pango_context_set_base_dir(context, PANGO_DIRECTION_LTR);
	pango_context_set_language(context, pango_language_from_string("ru"));
}

struct gp_pen *
gp_pen_new(const struct gp_theme *theme, struct gp_why *why)
{
	struct gp_pen *pen = calloc(1, sizeof(*pen));

	if (pen == NULL) {
		gp_because(why, "no memory");
		return NULL;
	}
	gp_buf_init(&pen->family, 0);
	pen->map = pango_cairo_font_map_new();
	pen->context = pango_font_map_create_context(pen->map);
	settle(pen->context);
	if (choose(pen, theme, why) == 0)
		return pen;
	gp_pen_free(pen);
	return NULL;
}

void
gp_pen_free(struct gp_pen *pen)
{
	if (pen == NULL)
		return;
	g_object_unref(pen->context);
	g_object_unref(pen->map);
	gp_buf_release(&pen->family);
	free(pen);
}

void
gp_fitted_release(struct gp_fitted *f)
{
	if (f->layout != NULL)
		g_object_unref(f->layout);
	f->layout = NULL;
}

static void
dress(struct gp_pen *pen, PangoLayout *l, const struct gp_style *s, double size)
{
	PangoFontDescription *d = pango_font_description_new();

	pango_font_description_set_family(d, pen->family.p);
	pango_font_description_set_weight(
	    d, s->bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
	pango_font_description_set_absolute_size(d, size * PANGO_SCALE);
	pango_layout_set_font_description(l, d);
	pango_font_description_free(d);
}

static void
measure(PangoLayout *l, double *w, double *h)
{
	PangoRectangle r;

	pango_layout_get_extents(l, NULL, &r);
	*w = (double)r.width / PANGO_SCALE;
	*h = (double)r.height / PANGO_SCALE;
}

static int
is_inside(PangoLayout *l, const struct gp_style *s, double w, double h)
{
	double tw, th;

	measure(l, &tw, &th);
	if (s->lines > 0 && (size_t)pango_layout_get_line_count(l) > s->lines)
		return 0;
	return tw <= w + 0.01 && th <= h + 0.01;
}

/* The narrowest width that gives no more lines than the whole one. */
static void
balance(PangoLayout *l, double w)
{
	int i, lines = pango_layout_get_line_count(l);
	double low = w / 2, high = w, tw, th;

	for (i = 0; lines > 1 && i < HALVINGS; i++) {
		double mid = (low + high) / 2;

		pango_layout_set_width(l, (int)(mid * PANGO_SCALE));
		measure(l, &tw, &th);
		if (pango_layout_get_line_count(l) > lines || tw > mid)
			low = mid;
		else
			high = mid;
	}
	pango_layout_set_width(l, (int)(high * PANGO_SCALE));
}

/* The first character that no font has. */
static uint32_t
unknown(PangoLayout *l)
{
	PangoLayoutIter *i = pango_layout_get_iter(l);
	const char *text = pango_layout_get_text(l);
	uint32_t c = 0xfffd;
	int k;

	do {
		PangoLayoutRun *run = pango_layout_iter_get_run_readonly(i);
		const PangoGlyphString *g = run != NULL ? run->glyphs : NULL;

		for (k = 0; g != NULL && k < g->num_glyphs; k++) {
			const char *p =
			    text + run->item->offset + g->log_clusters[k];

			if (!(g->glyphs[k].glyph & PANGO_GLYPH_UNKNOWN_FLAG) ||
			    g->glyphs[k].glyph == PANGO_GLYPH_EMPTY)
				continue;
			c = gp_utf8_next(&p, text + strlen(text));
			goto out;
		}
	} while (pango_layout_iter_next_run(i));
out:
	pango_layout_iter_free(i);
	return c;
}

static int
too_large(const char *member, struct gp_span s, struct gp_why *why)
{
	struct gp_span part = gp_utf8_fit(s, 60);

	return gp_because(why,
	    "'%s' does not fit even in the smallest letters; "
	    "shorten it, or put soft hyphens into long words: \"%.*s%s\"",
	    member, (int)part.n, part.p, part.n < s.n ? "…" : "");
}

static int
fit(struct gp_pen *pen, PangoLayout *l, const struct gp_style *s, double w,
    double h, double *size)
{
	int i;

	for (i = 0; i < STEPS; i++) {
		*size = s->size - (s->size - s->least) * i / (STEPS - 1);
		dress(pen, l, s, *size);
		pango_layout_set_width(l, (int)(w * PANGO_SCALE));
		if (!is_inside(l, s, w, h))
			continue;
		if (s->balance)
			balance(l, w);
		return 0;
	}
	return -1;
}

int
gp_pen_fit(struct gp_pen *pen, const char *member, struct gp_span text,
    const struct gp_style *s, double w, double h, struct gp_fitted *to,
    struct gp_why *why)
{
	*to = (struct gp_fitted){ NULL, 0, 0, s->size };
	if (text.n == 0)
		return 0;
	to->layout = pango_layout_new(pen->context);
	pango_layout_set_text(to->layout, text.p, (int)text.n);
	pango_layout_set_wrap(to->layout, PANGO_WRAP_WORD);
	pango_layout_set_line_spacing(to->layout, s->bold ? 0.95f : 1.0f);
	if (s->centre)
		pango_layout_set_alignment(to->layout, PANGO_ALIGN_CENTER);
	if (fit(pen, to->layout, s, w, h, &to->size) == -1) {
		gp_fitted_release(to);
		return too_large(member, text, why);
	}
	if (pango_layout_get_unknown_glyphs_count(to->layout) > 0) {
		gp_because(why, "'%s' has U+%04X, which no font here has",
		    member, (unsigned)unknown(to->layout));
		gp_fitted_release(to);
		return -1;
	}
	measure(to->layout, &to->w, &to->h);
	return 0;
}
