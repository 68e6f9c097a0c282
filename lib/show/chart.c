#include "show/chart.h"

#include <string.h>

#include "base/utf8.h"

/* In units of the picture; text is 13 high. */
enum {
	WIDTH = 720,
	LINE = 26,
	NAMES = 230, /* columns of names end here, bars begin */
	FIGURES = 70,
	NAME_COLUMNS = 30,
};

void
gp_chart_init(struct gp_chart *c)
{
	memset(c, 0, sizeof(*c));
	gp_pool_init(&c->pool);
}

void
gp_chart_release(struct gp_chart *c)
{
	gp_pool_release(&c->pool);
	c->n = 0;
}

void
gp_chart_reset(struct gp_chart *c)
{
	gp_pool_reset(&c->pool);
	c->n = 0;
}

void
gp_chart_add(struct gp_chart *c, struct gp_span name, struct gp_span figure,
    const struct gp_cell *value)
{
	double v = value->type == GP_CELL_REAL ? value->real : (double)value->n;

	if ((value->type != GP_CELL_INT && value->type != GP_CELL_REAL) ||
	    !(v >= 0) || c->n == GP_BARS || name.n == 0)
		return;
	c->bar[c->n++] = (struct gp_bar){ gp_pool_copy(&c->pool, name),
		gp_pool_copy(&c->pool, figure), v };
}

void
gp_show_html(struct gp_buf *to, struct gp_span s)
{
	size_t i;

	for (i = 0; i < s.n; i++)
		switch (s.p[i]) {
		case '<':
			gp_buf_adds(to, "&lt;");
			break;
		case '>':
			gp_buf_adds(to, "&gt;");
			break;
		case '&':
			gp_buf_adds(to, "&amp;");
			break;
		case '"':
			gp_buf_adds(to, "&quot;");
			break;
		case '\'':
			gp_buf_adds(to, "&#39;");
			break;
		default:
			gp_buf_addc(to, s.p[i]);
		}
}

static void
name(struct gp_buf *to, struct gp_span s)
{
	struct gp_span fits = gp_utf8_fit(s, NAME_COLUMNS);

	if (fits.n < s.n)
		fits = gp_utf8_fit(s, NAME_COLUMNS - 1);
	gp_show_html(to, fits);
	if (fits.n < s.n)
		gp_buf_adds(to, "…");
}

static void
bar(struct gp_buf *to, const struct gp_bar *b, size_t i, double most)
{
	int y = (int)i * LINE;
	int room = WIDTH - NAMES - FIGURES;
	int width = most > 0 ? (int)(b->value / most * room + 0.5) : 0;

	gp_buf_addf(
	    to, "<text class=\"name\" x=\"%d\" y=\"%d\">", NAMES - 10, y + 18);
	name(to, b->name);
	gp_buf_addf(to,
	    "</text><rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" "
	    "rx=\"2\"/><text x=\"%d\" y=\"%d\">",
	    NAMES, y + 4, width > 0 ? width : 1, LINE - 8, NAMES + width + 8,
	    y + 18);
	gp_show_html(to, b->figure);
	gp_buf_adds(to, "</text>\n");
}

void
gp_chart_put(
    struct gp_buf *to, const struct gp_chart *c, const char *title, size_t id)
{
	double most = 0;
	size_t i;

	if (c->n < 2)
		return;
	for (i = 0; i < c->n; i++)
		if (c->bar[i].value > most)
			most = c->bar[i].value;
	gp_buf_addf(to,
	    "<svg role=\"img\" aria-labelledby=\"c%zu\" viewBox=\"0 0 %d %d\">"
	    "<title id=\"c%zu\">",
	    id, WIDTH, (int)c->n * LINE, id);
	gp_show_html(to, gp_span_of(title));
	gp_buf_adds(to, "</title>\n");
	for (i = 0; i < c->n; i++)
		bar(to, &c->bar[i], i, most);
	gp_buf_adds(to, "</svg>\n");
}
