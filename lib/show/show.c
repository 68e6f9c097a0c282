#include "show/show.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "show/format.h"

static const struct gp_format *const formats[] = {
	&gp_format_table,
	&gp_format_ndjson,
	&gp_format_csv,
	&gp_format_md,
	&gp_format_html,
	&gp_format_xlsx,
};

const struct gp_format *
gp_format_find(const char *name)
{
	size_t i;

	for (i = 0; i < sizeof(formats) / sizeof(formats[0]); i++)
		if (strcmp(formats[i]->name, name) == 0)
			return formats[i];
	return NULL;
}

void
gp_show_init(struct gp_show *show, const struct gp_show_how *how)
{
	memset(show, 0, sizeof(*show));
	show->how = *how;
	gp_buf_init(&show->out, 4 * GP_MAX_LINE);
	gp_pool_init(&show->pool);
}

void
gp_show_release(struct gp_show *show)
{
	if (show->how.format != NULL && show->how.format->release != NULL)
		show->how.format->release(show);
	show->state = NULL;
	gp_buf_release(&show->out);
	gp_pool_release(&show->pool);
	free(show->text);
	show->text = NULL;
	show->texts = show->cap = 0;
}

void
gp_show_flush(struct gp_show *show, size_t least)
{
	if (show->out.bad || show->pool.bad)
		show->bad = 2;
	if (!show->bad && show->out.n > least &&
	    show->how.write(show->how.ctx, gp_buf_span(&show->out)) == -1)
		show->bad = 1;
	if (show->out.n > least)
		gp_buf_reset(&show->out);
}

void
gp_show_about(struct gp_show *show, const struct gp_about *about)
{
	show->about = about;
}

void
gp_show_begin(struct gp_show *show, const struct gp_table *table)
{
	show->table = table;
	show->rows = 0;
	if (show->how.format->begin != NULL)
		show->how.format->begin(show);
	show->tables++;
}

void
gp_show_row(struct gp_show *show, const struct gp_cell *cell)
{
	show->rows++;
	if (show->bad)
		return;
	show->how.format->row(show, cell);
	gp_show_flush(show, GP_SHOW_PIECE);
}

int
gp_show_end(struct gp_show *show)
{
	if (show->how.format->end != NULL && !show->bad)
		show->how.format->end(show);
	gp_show_flush(show, 0);
	show->about = NULL;
	return show->bad ? -1 : 0;
}

int
gp_show_close(struct gp_show *show)
{
	if (show->how.format->close != NULL && !show->bad)
		show->how.format->close(show);
	gp_show_flush(show, 0);
	return show->bad ? -1 : 0;
}

int
gp_show_has(const struct gp_show *show, size_t column)
{
	return (show->table->col[column].flags & show->how.format->shows) != 0;
}

const char *
gp_show_title(const struct gp_show *show, size_t column)
{
	const struct gp_column *c = &show->table->col[column];
	const char *title = c->title[show->how.lang];

	return title != NULL ? title : c->key;
}

struct gp_cell
gp_cell_text(struct gp_span s)
{
	return (struct gp_cell){
		.type = s.p != NULL ? GP_CELL_TEXT : GP_CELL_NONE, .text = s
	};
}

struct gp_cell
gp_cell_str(const char *s)
{
	return gp_cell_text(
	    s != NULL ? gp_span_of(s) : (struct gp_span){ NULL, 0 });
}

struct gp_cell
gp_cell_int(int64_t n)
{
	return (struct gp_cell){ .type = GP_CELL_INT, .n = n };
}

struct gp_cell
gp_cell_real(double real)
{
	return (struct gp_cell){ .type = isfinite(real) ? GP_CELL_REAL
							: GP_CELL_NONE,
		.real = real };
}

struct gp_cell
gp_cell_instant(gp_instant t)
{
	return (struct gp_cell){ .type = GP_CELL_INSTANT, .n = t };
}

struct gp_cell
gp_cell_bool(int v)
{
	return (struct gp_cell){ .type = GP_CELL_BOOL, .n = v != 0 };
}

struct gp_cell
gp_cell_words(struct gp_span s)
{
	return (struct gp_cell){ .type = s.n > 0 ? GP_CELL_WORDS : GP_CELL_NONE,
		.text = s };
}

static void
print_words(struct gp_buf *to, struct gp_span s)
{
	const char *p = s.p, *end = gp_span_end(s);
	size_t n;

	for (; p < end; p += n + 1) {
		n = strnlen(p, (size_t)(end - p));
		if (p > s.p)
			gp_buf_addc(to, ' ');
		gp_utf8_plain(to, (struct gp_span){ p, n });
	}
}

static void
print_real(struct gp_buf *to, double real, int places, int point)
{
	char *dot;
	size_t at = to->n;

	gp_buf_addf(to, "%.*f", places, real);
	if (to->bad || point == '.')
		return;
	dot = memchr(to->p + at, '.', to->n - at);
	if (dot != NULL)
		*dot = (char)point;
}

void
gp_cell_print(struct gp_buf *to, const struct gp_cell *c, int places, int point,
    enum gp_lang lang)
{
	static const char *const words[GP_LANGS][2] = {
		[GP_RU] = { "нет", "да" },
		[GP_EN] = { "no", "yes" },
	};
	char when[GP_INSTANT_LEN];

	switch (c->type) {
	case GP_CELL_TEXT:
		gp_utf8_plain(to, c->text);
		break;
	case GP_CELL_INT:
		gp_buf_add64(to, c->n);
		break;
	case GP_CELL_REAL:
		print_real(to, c->real, places, point);
		break;
	case GP_CELL_INSTANT:
		gp_buf_adds(to, gp_instant_local(c->n, when));
		break;
	case GP_CELL_BOOL:
		gp_buf_adds(to, words[lang][c->n != 0]);
		break;
	case GP_CELL_WORDS:
		print_words(to, c->text);
		break;
	case GP_CELL_NONE:
		break;
	}
}
