/*
 * One file for people: no script, nothing from elsewhere, and a policy that
 * would not let it in. Tables can be read by ear and by keyboard; colours keep
 * a contrast of 4.5 in the light and in the dark; paper gets no colours.
 */
#include "show/format.h"

#include <stdlib.h>
#include <string.h>

#include "show/chart.h"

struct page {
	struct gp_chart chart;
	struct gp_buf text;
};

static const char head[] =
    "<meta charset=\"utf-8\">\n"
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src "
    "'none'; style-src 'unsafe-inline'\">\n"
    "<meta name=\"viewport\" content=\"width=device-width, "
    "initial-scale=1\">\n"
    "<meta name=\"color-scheme\" content=\"light dark\">\n"
    "<link rel=\"icon\" href=\"data:,\">\n";

static const char style[] =
    "<style>\n"
    ":root{color-scheme:light dark;--ink:#1b2330;--dim:#4d5866;--page:#fff;"
    "--line:#d5dbe3;--head:#eef2f7;--bar:#2b62b8;--link:#1a4fa0}\n"
    "@media(prefers-color-scheme:dark){:root{--ink:#e7ebf1;--dim:#b3bdca;"
    "--page:#14181f;--line:#39424f;--head:#212833;--bar:#7fb0ff;"
    "--link:#9cc2ff}}\n"
    "body{margin:0;background:var(--page);color:var(--ink);font:16px/1.5 "
    "system-ui,-apple-system,\"Segoe UI\",Roboto,\"Noto Sans\",sans-serif}\n"
    "main{max-width:72rem;margin:0 auto;padding:1.5rem 1rem 3rem}\n"
    "h1{font-size:1.7rem;line-height:1.2;margin:0 0 1rem}\n"
    "h2{font-size:1.25rem;line-height:1.3;margin:2.2rem 0 .3rem}\n"
    ".note{color:var(--dim);margin:0 0 .8rem}\n"
    ".wide{overflow-x:auto}\n"
    ".wide:focus-visible,a:focus-visible,summary:focus-visible{outline:3px "
    "solid var(--bar);outline-offset:2px}\n"
    "table{border-collapse:collapse;width:100%;font-size:.94rem;"
    "font-variant-numeric:tabular-nums}\n"
    "caption{position:absolute;width:1px;height:1px;overflow:hidden;"
    "clip-path:inset(50%)}\n"
    "th,td{padding:.4rem .6rem;border-bottom:1px solid var(--line);"
    "text-align:left;vertical-align:top;overflow-wrap:break-word;"
    "min-width:3rem}\n"
    "thead th{background:var(--head);font-weight:600}\n"
    "tbody th{font-weight:500;min-width:9rem}\n"
    ".n{text-align:right;overflow-wrap:normal}.w{min-width:11rem}\n"
    "a{color:var(--link)}\n"
    "svg{display:block;width:100%;max-width:45rem;height:auto;"
    "margin:.6rem 0 1rem}\n"
    "svg text{font-size:13px;fill:var(--ink)}svg .name{text-anchor:end}"
    "svg rect{fill:var(--bar)}\n"
    "details{margin:.8rem 0}summary{cursor:pointer}\n"
    "dt{font-weight:600;margin-top:.5rem}dd{margin:0 0 0 1.2rem}\n"
    "@media print{:root{--ink:#000;--dim:#333;--page:#fff;--line:#999;"
    "--head:#fff;--bar:#555;--link:#000}main{max-width:none;padding:0}"
    "body{font-size:10pt}table{font-size:8pt}.w,tbody th{min-width:0}thead{display:table-header-group}tr,svg{"
    "break-inside:avoid}h2{break-after:avoid}.wide{overflow:visible}"
    "@page{size:A4 landscape;margin:12mm}}\n"
    "</style>\n";

static const char *const words_report[GP_LANGS] = { "Отчёт", "Report" };
static const char *const words_terms[GP_LANGS] = { "Что значат показатели",
	"What the figures mean" };

static void
text(struct gp_show *show, const char *s)
{
	gp_show_html(&show->out, gp_span_of(s));
}

static const char *
title_of(const struct gp_show *show)
{
	const char *title = show->table->title[show->how.lang];

	return title != NULL ? title : words_report[show->how.lang];
}

static void
open_page(struct gp_show *show, struct page *page)
{
	gp_chart_init(&page->chart);
	gp_buf_init(&page->text, 0);
	show->state = page;
	gp_buf_addf(&show->out, "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n",
	    show->how.lang == GP_RU ? "ru" : "en");
	gp_buf_adds(&show->out, head);
	gp_buf_adds(&show->out, "<title>");
	text(show, title_of(show));
	gp_buf_adds(&show->out, "</title>\n");
	gp_buf_adds(&show->out, style);
	gp_buf_adds(&show->out, "</head>\n<body>\n<main>\n<h1 id=\"t0\">");
	text(show, title_of(show));
	gp_buf_adds(&show->out, "</h1>\n");
}

static void
begin(struct gp_show *show)
{
	struct page *page = show->state;

	if (page == NULL) {
		page = calloc(1, sizeof(*page));
		if (page == NULL) {
			show->bad = 2;
			return;
		}
		open_page(show, page);
	}
	gp_chart_reset(&page->chart);
	gp_buf_reset(&page->text);
	gp_buf_addf(
	    &show->out, "<section aria-labelledby=\"t%zu\">\n", show->tables);
	if (show->tables > 0) { /* the first one's title is the page's */
		gp_buf_addf(&show->out, "<h2 id=\"t%zu\">", show->tables);
		text(show, title_of(show));
		gp_buf_adds(&show->out, "</h2>\n");
	}
	if (show->about != NULL && show->about->note != NULL) {
		gp_buf_adds(&show->out, "<p class=\"note\">");
		text(show, show->about->note);
		gp_buf_adds(&show->out, "</p>\n");
	}
}

static void
begin_table(struct gp_show *show)
{
	struct page *page = show->state;
	size_t i;

	gp_buf_addf(&page->text,
	    "<div class=\"wide\" tabindex=\"0\" role=\"group\" "
	    "aria-labelledby=\"t%zu\">\n<table>\n<caption>",
	    show->tables - 1);
	gp_show_html(&page->text, gp_span_of(title_of(show)));
	gp_buf_adds(&page->text, "</caption>\n<thead>\n<tr>");
	for (i = 0; i < show->table->n; i++) {
		if (!gp_show_has(show, i))
			continue;
		gp_buf_addf(&page->text, "<th scope=\"col\"%s>",
		    show->table->col[i].flags & GP_COL_NUMBER ? " class=\"n\""
							      : "");
		gp_show_html(&page->text, gp_span_of(gp_show_title(show, i)));
		gp_buf_adds(&page->text, "</th>");
	}
	gp_buf_adds(&page->text, "</tr>\n</thead>\n<tbody>\n");
}

static void
print(struct gp_show *show, size_t i, const struct gp_cell *c, struct gp_buf *b)
{
	gp_buf_reset(b);
	gp_cell_print(b, c, show->table->col[i].places,
	    show->how.lang == GP_RU ? ',' : '.', show->how.lang);
}

/* Texts get room to be read, numbers stand right. */
static const char *
class_of(const struct gp_show *show, size_t i, const struct gp_cell *c)
{
	int flags = show->table->col[i].flags;

	if (flags & GP_COL_NUMBER || c->type == GP_CELL_INT ||
	    c->type == GP_CELL_REAL)
		return " class=\"n\"";
	return flags & GP_COL_GIVES ? " class=\"w\"" : "";
}

/* A link only where the text is an address of the web. */
static void
put_cell(struct gp_buf *to, struct gp_span s)
{
	int link = (s.n > 8 && memcmp(s.p, "https://", 8) == 0) ||
	    (s.n > 7 && memcmp(s.p, "http://", 7) == 0);

	if (s.n == 0) {
		gp_buf_adds(to, "<span aria-hidden=\"true\">—</span>");
		return;
	}
	if (link) {
		gp_buf_adds(to, "<a rel=\"noopener noreferrer\" href=\"");
		gp_show_html(to, s);
		gp_buf_adds(to, "\">");
	}
	gp_show_html(to, s);
	if (link)
		gp_buf_adds(to, "</a>");
}

static void
chart_row(struct gp_show *show, const struct gp_cell *cell)
{
	const struct gp_about *a = show->about;
	struct page *page = show->state;
	struct gp_buf name, figure;
	const struct gp_cell *value = NULL;
	size_t i;

	if (a == NULL || a->chart_name == NULL || a->chart_value == NULL)
		return;
	gp_buf_init(&name, 0);
	gp_buf_init(&figure, 0);
	for (i = 0; i < show->table->n; i++) {
		if (!gp_show_has(show, i))
			continue;
		if (strcmp(show->table->col[i].key, a->chart_name) == 0)
			print(show, i, &cell[i], &name);
		if (strcmp(show->table->col[i].key, a->chart_value) == 0) {
			print(show, i, &cell[i], &figure);
			value = &cell[i];
		}
	}
	if (value != NULL)
		gp_chart_add(&page->chart, gp_buf_span(&name),
		    gp_buf_span(&figure), value);
	gp_buf_release(&name);
	gp_buf_release(&figure);
}

static void
row(struct gp_show *show, const struct gp_cell *cell)
{
	struct page *page = show->state;
	struct gp_buf b;
	size_t i, n = 0;

	if (show->rows == 1)
		begin_table(show);
	gp_buf_init(&b, 0);
	gp_buf_adds(&page->text, "<tr>");
	for (i = 0; i < show->table->n; i++) {
		const char *tag = n == 0 ? "th" : "td";

		if (!gp_show_has(show, i))
			continue;
		print(show, i, &cell[i], &b);
		gp_buf_addf(&page->text, "<%s%s%s>", tag,
		    n == 0 ? " scope=\"row\"" : "",
		    class_of(show, i, &cell[i]));
		put_cell(&page->text, gp_buf_span(&b));
		gp_buf_addf(&page->text, "</%s>", tag);
		n++;
	}
	gp_buf_adds(&page->text, "</tr>\n");
	if (b.bad || page->text.bad)
		show->bad = 2;
	gp_buf_release(&b);
	chart_row(show, cell);
}

static void
put_terms(struct gp_show *show)
{
	const struct gp_about *a = show->about;
	size_t i;

	if (a == NULL || a->terms == 0)
		return;
	gp_buf_adds(&show->out, "<details>\n<summary>");
	text(show, words_terms[show->how.lang]);
	gp_buf_adds(&show->out, "</summary>\n<dl>\n");
	for (i = 0; i < a->terms; i++) {
		gp_buf_adds(&show->out, "<dt>");
		text(show, a->term[i].title);
		gp_buf_adds(&show->out, "</dt><dd>");
		text(show, a->term[i].text);
		gp_buf_adds(&show->out, "</dd>\n");
	}
	gp_buf_adds(&show->out, "</dl>\n</details>\n");
}

static void
end(struct gp_show *show)
{
	struct page *page = show->state;
	const char *empty = show->table->empty[show->how.lang];

	if (show->rows == 0) {
		gp_buf_adds(&show->out, "<p>");
		text(show, empty != NULL ? empty : "—");
		gp_buf_adds(&show->out, "</p>\n");
	} else {
		gp_chart_put(
		    &show->out, &page->chart, title_of(show), show->tables);
		gp_buf_add(&show->out, page->text.p, page->text.n);
		gp_buf_adds(&show->out, "</tbody>\n</table>\n</div>\n");
		put_terms(show);
	}
	gp_buf_adds(&show->out, "</section>\n");
}

static void
close_page(struct gp_show *show)
{
	if (show->state != NULL)
		gp_buf_adds(&show->out, "</main>\n</body>\n</html>\n");
}

static void
release(struct gp_show *show)
{
	struct page *page = show->state;

	if (page == NULL)
		return;
	gp_chart_release(&page->chart);
	gp_buf_release(&page->text);
	free(page);
}

const struct gp_format gp_format_html = {
	.name = "html",
	.document = 1,
	.shows = GP_IN_TABLE,
	.begin = begin,
	.row = row,
	.end = end,
	.close = close_page,
	.release = release,
};
