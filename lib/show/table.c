/*
 * A table for people. All rows are kept until the end, when the widths are
 * known; widths are counted by grapheme, so Cyrillic and emoji stand in line.
 */
#include "show/format.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

static const char gap[] = "  ";
static const char ellipsis[] = "…";

/* Of a column that gives way. */
enum {
	READABLE = 28,
	NARROWEST = 12
};

struct gp_show_text {
	struct gp_span s;
	size_t width;
	int right;
};

static void
keep(struct gp_show *show, struct gp_span s, int right)
{
	struct gp_show_text *p;
	size_t cap = show->cap == 0 ? 256 : show->cap * 2;

	if (show->texts == show->cap) {
		p = realloc(show->text, cap * sizeof(*p));
		if (p == NULL) {
			show->bad = 2;
			return;
		}
		show->text = p;
		show->cap = cap;
	}
	show->text[show->texts++] =
	    (struct gp_show_text){ gp_pool_copy(&show->pool, s),
		    gp_utf8_width(s), right };
}

static void
begin(struct gp_show *show)
{
	size_t i;

	gp_pool_reset(&show->pool);
	show->texts = 0;
	for (i = 0; i < show->table->n && !show->bad; i++)
		keep(show, gp_span_of(gp_show_title(show, i)),
		    show->table->col[i].flags & GP_COL_NUMBER);
}

static void
row(struct gp_show *show, const struct gp_cell *cell)
{
	struct gp_buf b;
	size_t i;

	gp_buf_init(&b, 0);
	for (i = 0; i < show->table->n && !show->bad; i++) {
		const struct gp_column *c = &show->table->col[i];

		gp_buf_reset(&b);
		if (gp_show_has(show, i))
			gp_cell_print(&b, &cell[i], c->places,
			    show->how.lang == GP_RU ? ',' : '.',
			    show->how.lang);
		keep(show, (struct gp_span){ gp_buf_str(&b), b.n },
		    cell[i].type == GP_CELL_INT ||
			cell[i].type == GP_CELL_REAL);
		if (b.bad)
			show->bad = 2;
	}
	gp_buf_release(&b);
}

/* The widest cell of each column; 0 for those that are not shown. */
static void
measure(const struct gp_show *show, size_t *width)
{
	size_t n = show->table->n, i;

	for (i = 0; i < show->texts; i++)
		if (gp_show_has(show, i % n) &&
		    show->text[i].width > width[i % n])
			width[i % n] = show->text[i].width;
}

static size_t
total_of(const struct gp_show *show, const size_t *width)
{
	size_t total = 0, i;

	for (i = 0; i < show->table->n; i++)
		if (width[i] > 0)
			total += width[i] + strlen(gap);
	return total > 0 ? total - strlen(gap) : 0;
}

/* Narrows the widest column that gives way and is wider than `least`. */
static int
narrow(const struct gp_show *show, size_t *width, size_t least)
{
	size_t n = show->table->n, most = n, i;

	for (i = 0; i < n; i++)
		if ((show->table->col[i].flags & GP_COL_GIVES) &&
		    width[i] > least && (most == n || width[i] > width[most]))
			most = i;
	if (most == n)
		return 0;
	width[most]--;
	return 1;
}

static int
drop(const struct gp_show *show, size_t *width, int flag)
{
	size_t i;

	for (i = 0; i < show->table->n; i++)
		if ((show->table->col[i].flags & flag) && width[i] > 0) {
			width[i] = 0;
			return 1;
		}
	return 0;
}

/*
 * Too wide for the terminal: texts get narrower as long as they can be read,
 * then columns go that say least, then the texts are cut hard.
 */
static void
fit(const struct gp_show *show, size_t *width)
{
	while (show->how.width > 0 && total_of(show, width) > show->how.width &&
	    (narrow(show, width, READABLE) || drop(show, width, GP_COL_DROPS) ||
		narrow(show, width, NARROWEST) ||
		drop(show, width, GP_COL_LAST)))
		continue;
}

static void
spaces(struct gp_buf *b, size_t n)
{
	for (; n > 0; n--)
		gp_buf_addc(b, ' ');
}

/* Puts s, cut with an ellipsis to at most `most` columns; what it took. */
static size_t
cut(struct gp_buf *b, struct gp_span s, size_t width, size_t most)
{
	struct gp_span fits;

	if (width <= most) {
		gp_buf_add(b, s.p, s.n);
		return width;
	}
	if (most == 0)
		return 0;
	fits = gp_utf8_fit(s, most - 1);
	gp_buf_add(b, fits.p, fits.n);
	gp_buf_adds(b, ellipsis);
	return gp_utf8_width(fits) + 1;
}

static void
line_of(const struct gp_show *show, struct gp_buf *b,
    const struct gp_show_text *t, const size_t *width)
{
	size_t i, due = 0, took;

	for (i = 0; i < show->table->n; i++) {
		if (width[i] == 0)
			continue;
		if (t[i].right && t[i].width < width[i])
			due += width[i] - t[i].width;
		if (t[i].s.n > 0) {
			spaces(b, due);
			due = 0;
		}
		took = cut(b, t[i].s, t[i].width, width[i]);
		if (!t[i].right)
			due += width[i] - took;
		due += strlen(gap);
	}
}

/* A line that is still too wide is cut; no line has spaces at its end. */
static void
put_line(struct gp_show *show, struct gp_span s)
{
	size_t width = gp_utf8_width(s);

	cut(&show->out, s, width,
	    show->how.width > 0 ? show->how.width : width);
	gp_buf_addc(&show->out, '\n');
}

static void
put_str(struct gp_show *show, const char *s)
{
	if (s != NULL)
		put_line(show, gp_span_of(s));
}

static void
put_rows(struct gp_show *show, size_t *width)
{
	struct gp_buf b;
	size_t i;

	measure(show, width);
	fit(show, width);
	gp_buf_init(&b, 0);
	for (i = 0; i + show->table->n <= show->texts; i += show->table->n) {
		gp_buf_reset(&b);
		line_of(show, &b, &show->text[i], width);
		put_line(show, (struct gp_span){ gp_buf_str(&b), b.n });
		gp_show_flush(show, GP_SHOW_PIECE);
	}
	if (b.bad)
		show->bad = 2;
	gp_buf_release(&b);
}

static void
end(struct gp_show *show)
{
	size_t *width;

	if (show->tables > 1)
		gp_buf_addc(&show->out, '\n');
	put_str(show, show->table->title[show->how.lang]);
	if (show->about != NULL)
		put_str(show, show->about->note);
	if (show->rows == 0) {
		put_str(show, show->table->empty[show->how.lang]);
		return;
	}
	width = calloc(show->table->n, sizeof(*width));
	if (width == NULL) {
		show->bad = 2;
		return;
	}
	put_rows(show, width);
	free(width);
}

const struct gp_format gp_format_table = {
	.name = "table",
	.shows = GP_IN_TABLE,
	.begin = begin,
	.row = row,
	.end = end,
};
