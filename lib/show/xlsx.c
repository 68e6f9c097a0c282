/*
 * A workbook: a sheet a table, its head frozen and with filters, and a last
 * sheet with what the figures mean. Texts are written as texts, never as
 * formulas or links; ids too, so that none is rounded; instants as dates.
 */
#include "show/format.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "base/utf8.h"

enum {
	MOST_COLUMNS = 512,
	MOST_ROWS = 1048576,
	MOST_TEXT = 32767, /* UTF-16 units of a cell */
	WIDEST = 60,
};

struct book {
	char path[64]; /* of a file that is made, read, and gone */
	lxw_workbook *book;
	lxw_worksheet *sheet;
	lxw_format *head, *date, *day, *text, *whole;
	lxw_format *real[4]; /* by decimals */
	lxw_row_t row;
	size_t sheets;
	size_t width[MOST_COLUMNS];
	struct gp_buf b;
	struct gp_pool pool;
	struct gp_said { /* what the last sheet says */
		const char *title, *text;
	} * said;
	size_t n, cap;
};

static lxw_format *
style(struct book *k, const char *number)
{
	lxw_format *f = workbook_add_format(k->book);

	if (f == NULL)
		return NULL;
	format_set_align(f, LXW_ALIGN_VERTICAL_TOP);
	if (number != NULL)
		format_set_num_format(f, number);
	return f;
}

static int
open_book(struct gp_show *show, struct book *k)
{
	lxw_workbook_options how = { .constant_memory = LXW_FALSE };
	static const char *const reals[4] = { "0", "0.0", "0.00", "0.000" };
	int fd, i;

	snprintf(k->path, sizeof(k->path), "/tmp/gp-report.XXXXXX");
	fd = mkstemp(k->path);
	if (fd == -1)
		return -1;
	close(fd);
	k->book = workbook_new_opt(k->path, &how);
	if (k->book == NULL)
		return -1;
	k->head = style(k, NULL);
	k->text = style(k, "@");
	k->date = style(k, "yyyy-mm-dd hh:mm");
	k->day = style(k, "yyyy-mm-dd");
	k->whole = style(k, "0");
	for (i = 0; i < 4; i++)
		k->real[i] = style(k, reals[i]);
	if (k->head == NULL || k->real[3] == NULL)
		return -1;
	format_set_bold(k->head);
	format_set_text_wrap(k->head);
	format_set_bottom(k->head, LXW_BORDER_THIN);
	gp_buf_init(&k->b, 0);
	gp_pool_init(&k->pool);
	show->state = k;
	return 0;
}

/* A name Excel takes: 31 signs, some of them not, and no namesake. */
static void
sheet_name(const struct gp_show *show, char *to, size_t n)
{
	struct book *k = show->state;
	const char *title = show->table->title[show->how.lang];
	struct gp_span s =
	    gp_span_of(title != NULL ? title : show->table->report);
	size_t i;

	s = gp_utf8_fit(s, 27);
	if (s.n >= n - 4)
		s.n = 0;
	snprintf(to, n, "%.*s", (int)s.n, s.p);
	for (i = 0; to[i] != '\0'; i++)
		if (strchr("[]:*?/\\'", to[i]) != NULL)
			to[i] = ' ';
	if (++k->sheets > 1)
		snprintf(to + strlen(to), n - strlen(to), " %zu", k->sheets);
}

/* An own copy: the report's words are gone when the last sheet is written. */
static void
say(struct gp_show *show, const char *title, const char *text)
{
	struct book *k = show->state;
	struct gp_said *p;
	size_t cap = k->cap == 0 ? 32 : k->cap * 2, i;

	for (i = 0; i < k->n; i++)
		if (strcmp(k->said[i].title, title) == 0 &&
		    strcmp(k->said[i].text, text) == 0)
			return;
	if (k->n == k->cap) {
		p = realloc(k->said, cap * sizeof(*p));
		if (p == NULL) {
			show->bad = 2;
			return;
		}
		k->said = p;
		k->cap = cap;
	}
	k->said[k->n++] =
	    (struct gp_said){ gp_pool_copy(&k->pool, gp_span_of(title)).p,
		    gp_pool_copy(&k->pool, gp_span_of(text)).p };
}

static void
put_text(struct book *k, lxw_col_t col, struct gp_span s, lxw_format *f)
{
	gp_buf_reset(&k->b);
	gp_utf8_plain(&k->b, s);
	if (k->b.n > MOST_TEXT)
		k->b.n = gp_utf8_fit(gp_buf_span(&k->b), MOST_TEXT / 4).n;
	gp_buf_addc(&k->b, '\0');
	if (!k->b.bad)
		worksheet_write_string(k->sheet, k->row, col, k->b.p, f);
}

static void
begin_sheet(struct gp_show *show)
{
	struct book *k = show->state;
	char name[160];
	lxw_col_t col = 0;
	size_t i;

	sheet_name(show, name, sizeof(name));
	k->sheet = workbook_add_worksheet(k->book, name);
	if (k->sheet == NULL)
		k->sheet = workbook_add_worksheet(k->book, NULL);
	if (k->sheet == NULL) {
		show->bad = 2;
		return;
	}
	k->row = 0;
	memset(k->width, 0, sizeof(k->width));
	for (i = 0; i < show->table->n && col < MOST_COLUMNS; i++) {
		struct gp_span s = gp_span_of(gp_show_title(show, i));

		if (!gp_show_has(show, i))
			continue;
		k->width[col] = gp_utf8_width(s);
		put_text(k, col++, s, k->head);
	}
	k->row = 1;
	worksheet_freeze_panes(k->sheet, 1, 0);
}

static void
begin(struct gp_show *show)
{
	struct book *k = show->state;
	const char *title;
	size_t i;

	if (k == NULL) {
		k = calloc(1, sizeof(*k));
		if (k == NULL || open_book(show, k) == -1) {
			free(k);
			show->bad = 2;
			return;
		}
	}
	title = show->table->title[show->how.lang];
	if (show->about != NULL && show->about->note != NULL)
		say(show, title != NULL ? title : "", show->about->note);
	for (i = 0; show->about != NULL && i < show->about->terms; i++)
		say(show, show->about->term[i].title,
		    show->about->term[i].text);
	begin_sheet(show);
}

/* "2026-10-31 18:00" in the zone, as a spreadsheet's clock has it. */
static int
clock_of(const char *s, lxw_datetime *to)
{
	memset(to, 0, sizeof(*to));
	return sscanf(s, "%4d-%2d-%2d %2d:%2d", &to->year, &to->month, &to->day,
	    &to->hour, &to->min);
}

static int
is_day(struct gp_span s)
{
	size_t i;

	if (s.n != 10)
		return 0;
	for (i = 0; i < 10; i++)
		if (i == 4 || i == 7 ? s.p[i] != '-'
				     : s.p[i] < '0' || s.p[i] > '9')
			return 0;
	return 1;
}

static void
put_cell(struct gp_show *show, lxw_col_t col, size_t i, const struct gp_cell *c)
{
	struct book *k = show->state;
	const struct gp_column *column = &show->table->col[i];
	int places = column->places < 3 ? column->places : 3;
	char when[GP_INSTANT_LEN];
	lxw_datetime t;

	if (c->type == GP_CELL_INT) {
		worksheet_write_number(
		    k->sheet, k->row, col, (double)c->n, k->whole);
	} else if (c->type == GP_CELL_REAL) {
		worksheet_write_number(
		    k->sheet, k->row, col, c->real, k->real[places]);
	} else if (c->type == GP_CELL_INSTANT) {
		clock_of(gp_instant_local(c->n, when), &t);
		worksheet_write_datetime(k->sheet, k->row, col, &t, k->date);
	} else if (c->type == GP_CELL_TEXT && is_day(c->text) &&
	    !(column->flags & GP_COL_ID)) {
		snprintf(when, sizeof(when), "%.10s", c->text.p);
		clock_of(when, &t);
		worksheet_write_datetime(k->sheet, k->row, col, &t, k->day);
	} else if (c->type == GP_CELL_TEXT) {
		put_text(k, col, c->text, k->text);
	}
}

static void
end_sheet(struct gp_show *show)
{
	struct book *k = show->state;
	const char *empty = show->table->empty[show->how.lang];
	lxw_col_t col = 0;
	size_t i;

	if (show->rows == 0 && empty != NULL)
		put_text(k, 0, gp_span_of(empty), NULL);
	for (i = 0; i < show->table->n && col < MOST_COLUMNS; i++) {
		size_t width = k->width[col] + 2;

		if (!gp_show_has(show, i))
			continue;
		worksheet_set_column(k->sheet, col, col,
		    (double)(width < WIDEST ? width : WIDEST), NULL);
		col++;
	}
	if (show->rows > 0)
		worksheet_autofilter(
		    k->sheet, 0, 0, k->row - 1, (lxw_col_t)(col - 1));
}

static void
row(struct gp_show *show, const struct gp_cell *cell)
{
	struct book *k = show->state;
	struct gp_buf b;
	lxw_col_t col = 0;
	size_t i, width;

	if (k->row == MOST_ROWS) { /* no sheet has more */
		end_sheet(show);
		begin_sheet(show);
		if (show->bad)
			return;
	}
	gp_buf_init(&b, 0);
	for (i = 0; i < show->table->n && col < MOST_COLUMNS; i++) {
		if (!gp_show_has(show, i))
			continue;
		gp_buf_reset(&b);
		gp_cell_print(&b, &cell[i], show->table->col[i].places, ',',
		    show->how.lang);
		width = gp_utf8_width(gp_buf_span(&b));
		if (width > k->width[col])
			k->width[col] = width;
		if (cell[i].type == GP_CELL_BOOL ||
		    cell[i].type == GP_CELL_WORDS)
			put_text(k, col, gp_buf_span(&b), k->text);
		else
			put_cell(show, col, i, &cell[i]);
		col++;
	}
	gp_buf_release(&b);
	k->row++;
}

static void
last_sheet(struct gp_show *show, struct book *k)
{
	size_t i;

	k->sheet = workbook_add_worksheet(
	    k->book, show->how.lang == GP_RU ? "Определения" : "Definitions");
	if (k->sheet == NULL || k->n == 0)
		return;
	worksheet_set_column(k->sheet, 0, 0, 40, NULL);
	worksheet_set_column(k->sheet, 1, 1, 100, NULL);
	for (i = 0; i < k->n; i++) {
		k->row = (lxw_row_t)i;
		put_text(k, 0, gp_span_of(k->said[i].title), k->head);
		put_text(k, 1, gp_span_of(k->said[i].text), NULL);
	}
}

static int
copy(struct gp_show *show, const char *path)
{
	char piece[64 * 1024];
	FILE *f = fopen(path, "rb");
	size_t n;

	if (f == NULL)
		return -1;
	while ((n = fread(piece, 1, sizeof(piece), f)) > 0) {
		gp_buf_add(&show->out, piece, n);
		gp_show_flush(show, GP_SHOW_PIECE);
	}
	n = (size_t)ferror(f);
	fclose(f);
	return n == 0 ? 0 : -1;
}

static void
close_book(struct gp_show *show)
{
	struct book *k = show->state;
	lxw_error bad;

	if (k == NULL)
		return;
	last_sheet(show, k);
	bad = workbook_close(k->book);
	k->book = NULL;
	if (bad != LXW_NO_ERROR || copy(show, k->path) == -1)
		show->bad = 2;
}

static void
release(struct gp_show *show)
{
	struct book *k = show->state;

	if (k == NULL)
		return;
	if (k->book != NULL)
		lxw_workbook_free(k->book);
	unlink(k->path);
	gp_buf_release(&k->b);
	gp_pool_release(&k->pool);
	free(k->said);
	free(k);
}

const struct gp_format gp_format_xlsx = {
	.name = "xlsx",
	.document = 1,
	.shows = GP_IN_CSV,
	.begin = begin,
	.row = row,
	.end = end_sheet,
	.close = close_book,
	.release = release,
};
