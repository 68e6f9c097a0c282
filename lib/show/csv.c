/*
 * CSV by RFC 4180, or as a Russian Excel opens it by a double click: with a
 * BOM, semicolons and decimal commas.
 *
 * A cell of a citizen's must never be run as a formula, and a number that is
 * a name must not be rounded: both get an apostrophe in front. Excel shows it,
 * which is the price of a file without formulas of our own.
 */
#include "show/format.h"

#include <ctype.h>
#include <string.h>

static const char formula[] = "=+-@\t\r";

/* -12 or 3.5 or 3,5: nothing a spreadsheet could run. */
static int
is_number(struct gp_span s)
{
	size_t i = s.n > 0 && s.p[0] == '-', digits = 0, points = 0;

	for (; i < s.n; i++) {
		if (isdigit((unsigned char)s.p[i]))
			digits++;
		else if ((s.p[i] == '.' || s.p[i] == ',') && digits > 0)
			points++;
		else
			return 0;
	}
	return digits > 0 && points <= 1 &&
	    isdigit((unsigned char)s.p[s.n - 1]);
}

static int
starts_formula(struct gp_span s)
{
	return s.n > 0 && s.p[0] != '\0' && strchr(formula, s.p[0]) != NULL;
}

/* `raw` is what came, `plain` what will be written. */
static int
wants_apostrophe(struct gp_span raw, struct gp_span plain, int id)
{
	if (plain.n == 0)
		return 0;
	if (is_number(plain))
		return id;
	return starts_formula(raw) || starts_formula(plain);
}

/* Line ends are spaces by now: gp_cell_print makes its text plain. */
static void
quoted(struct gp_buf *out, struct gp_span s, int separator, int apostrophe)
{
	int quotes = memchr(s.p, '"', s.n) != NULL ||
	    memchr(s.p, separator, s.n) != NULL;
	size_t i;

	if (quotes)
		gp_buf_addc(out, '"');
	if (apostrophe)
		gp_buf_addc(out, '\'');
	for (i = 0; i < s.n; i++) {
		if (s.p[i] == '"')
			gp_buf_addc(out, '"');
		gp_buf_addc(out, s.p[i]);
	}
	if (quotes)
		gp_buf_addc(out, '"');
}

static void
put(struct gp_show *show, const struct gp_cell *c, int flags, int places)
{
	struct gp_buf b;
	struct gp_span s;
	int excel = show->how.excel;

	gp_buf_init(&b, 0);
	gp_cell_print(&b, c, places, excel ? ',' : '.', show->how.lang);
	s = (struct gp_span){ gp_buf_str(&b), b.n };
	quoted(&show->out, s, excel ? ';' : ',',
	    c->type == GP_CELL_TEXT &&
		wants_apostrophe(c->text, s, flags & GP_COL_ID));
	if (b.bad)
		show->bad = 2;
	gp_buf_release(&b);
}

static void
row(struct gp_show *show, const struct gp_cell *cell)
{
	const struct gp_table *t = show->table;
	size_t i, n = 0;

	for (i = 0; i < t->n; i++) {
		if (!gp_show_has(show, i))
			continue;
		if (n++ > 0)
			gp_buf_addc(&show->out, show->how.excel ? ';' : ',');
		put(show, &cell[i], t->col[i].flags, t->col[i].places);
	}
	gp_buf_add(&show->out, "\r\n", 2);
}

static void
begin(struct gp_show *show)
{
	size_t i, n = 0;

	if (show->tables == 0 && show->how.excel)
		gp_buf_adds(&show->out, "\xef\xbb\xbf");
	if (show->tables > 0)
		gp_buf_add(&show->out, "\r\n", 2);
	for (i = 0; i < show->table->n; i++) {
		struct gp_cell c = gp_cell_str(gp_show_title(show, i));

		if (!gp_show_has(show, i))
			continue;
		if (n++ > 0)
			gp_buf_addc(&show->out, show->how.excel ? ';' : ',');
		put(show, &c, 0, 0);
	}
	gp_buf_add(&show->out, "\r\n", 2);
}

const struct gp_format gp_format_csv = {
	.name = "csv",
	.shows = GP_IN_CSV,
	.single = 1,
	.begin = begin,
	.row = row,
};
