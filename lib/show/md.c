/* Markdown, with tables as GitHub and many others read them. */
#include "show/format.h"

#include <string.h>

/* What would be read as anything but text gets a backslash. */
static void
put(struct gp_buf *to, struct gp_span s)
{
	size_t i;

	for (i = 0; i < s.n; i++) {
		if (s.p[i] == '<')
			gp_buf_adds(to, "&lt;");
		else if (s.p[i] == '&')
			gp_buf_adds(to, "&amp;");
		else if (strchr("\\`*_{}[]()#+!|~>", s.p[i]) != NULL &&
		    s.p[i] != '\0') {
			gp_buf_addc(to, '\\');
			gp_buf_addc(to, s.p[i]);
		} else {
			gp_buf_addc(to, s.p[i]);
		}
	}
}

static void
put_str(struct gp_buf *to, const char *s)
{
	put(to, gp_span_of(s));
}

static int
is_number(const struct gp_show *show, size_t i)
{
	return (show->table->col[i].flags & GP_COL_NUMBER) != 0;
}

static void
head(struct gp_show *show)
{
	size_t i;

	gp_buf_addc(&show->out, '|');
	for (i = 0; i < show->table->n; i++) {
		if (!gp_show_has(show, i))
			continue;
		gp_buf_addc(&show->out, ' ');
		put_str(&show->out, gp_show_title(show, i));
		gp_buf_adds(&show->out, " |");
	}
	gp_buf_adds(&show->out, "\n|");
	for (i = 0; i < show->table->n; i++)
		if (gp_show_has(show, i))
			gp_buf_adds(&show->out,
			    is_number(show, i) ? " ---: |" : " --- |");
	gp_buf_addc(&show->out, '\n');
}

static void
begin(struct gp_show *show)
{
	const char *title = show->table->title[show->how.lang];

	if (show->tables > 0)
		gp_buf_addc(&show->out, '\n');
	if (title != NULL) {
		gp_buf_adds(&show->out, "## ");
		put_str(&show->out, title);
		gp_buf_adds(&show->out, "\n\n");
	}
	if (show->about != NULL && show->about->note != NULL) {
		put_str(&show->out, show->about->note);
		gp_buf_adds(&show->out, "\n\n");
	}
}

static void
row(struct gp_show *show, const struct gp_cell *cell)
{
	struct gp_buf b;
	size_t i;

	if (show->rows == 1)
		head(show);
	gp_buf_init(&b, 0);
	gp_buf_addc(&show->out, '|');
	for (i = 0; i < show->table->n; i++) {
		if (!gp_show_has(show, i))
			continue;
		gp_buf_reset(&b);
		gp_cell_print(&b, &cell[i], show->table->col[i].places,
		    show->how.lang == GP_RU ? ',' : '.', show->how.lang);
		gp_buf_addc(&show->out, ' ');
		put(&show->out, gp_buf_span(&b));
		gp_buf_adds(&show->out, " |");
	}
	gp_buf_addc(&show->out, '\n');
	if (b.bad)
		show->bad = 2;
	gp_buf_release(&b);
}

static void
end(struct gp_show *show)
{
	const char *empty = show->table->empty[show->how.lang];
	size_t i;

	if (show->rows == 0 && empty != NULL) {
		put_str(&show->out, empty);
		gp_buf_addc(&show->out, '\n');
	}
	if (show->about == NULL || show->about->terms == 0 || show->rows == 0)
		return;
	gp_buf_addc(&show->out, '\n');
	for (i = 0; i < show->about->terms; i++) {
		gp_buf_adds(&show->out, "- **");
		put_str(&show->out, show->about->term[i].title);
		gp_buf_adds(&show->out, "**: ");
		put_str(&show->out, show->about->term[i].text);
		gp_buf_addc(&show->out, '\n');
	}
}

const struct gp_format gp_format_md = {
	.name = "md",
	.document = 1,
	.shows = GP_IN_TABLE,
	.begin = begin,
	.row = row,
	.end = end,
};
