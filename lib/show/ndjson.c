/* A row is a record of the type "figure". */
#include "show/format.h"

#include <string.h>

#include "json/write.h"

static void
words(struct gp_jw *w, struct gp_span s)
{
	const char *p = s.p, *end = gp_span_end(s);
	size_t n;

	gp_jw_open(w, '[');
	for (; p < end; p += n + 1) {
		n = strnlen(p, (size_t)(end - p));
		gp_jw_text(w, (struct gp_span){ p, n });
	}
	gp_jw_close(w, ']');
}

static void
value(struct gp_jw *w, const struct gp_cell *c, int places)
{
	char when[GP_INSTANT_LEN];

	switch (c->type) {
	case GP_CELL_TEXT:
		gp_jw_text(w, c->text);
		break;
	case GP_CELL_INT:
		gp_jw_int(w, c->n);
		break;
	case GP_CELL_REAL:
		gp_jw_real(w, c->real, places);
		break;
	case GP_CELL_INSTANT:
		gp_jw_str(w, gp_instant_utc(c->n, when));
		break;
	case GP_CELL_BOOL:
		gp_jw_bool(w, c->n != 0);
		break;
	case GP_CELL_WORDS:
		words(w, c->text);
		break;
	case GP_CELL_NONE:
		break;
	}
}

/*
 * Columns "a.b" and "a.c" that stand together share one object. `in` is the
 * part before the dot of the object that is open; returns what is open then.
 */
static struct gp_span
enter(struct gp_jw *w, struct gp_span in, const char *key)
{
	const char *dot = strchr(key, '.');
	struct gp_span to = { key, dot != NULL ? (size_t)(dot - key) : 0 };
	char name[64];

	if (gp_span_eq(in, to))
		return in;
	if (in.n > 0)
		gp_jw_close(w, '}');
	if (to.n == 0 || to.n >= sizeof(name))
		return (struct gp_span){ "", 0 };
	memcpy(name, to.p, to.n);
	name[to.n] = '\0';
	gp_jw_key(w, name);
	gp_jw_open(w, '{');
	return to;
}

static void
row(struct gp_show *show, const struct gp_cell *cell)
{
	const struct gp_table *t = show->table;
	struct gp_span in = { "", 0 };
	struct gp_jw w;
	size_t i;

	gp_jw_init(&w, &show->out);
	gp_jw_open(&w, '{');
	gp_jw_kstr(&w, "type", "figure");
	gp_jw_kstr(&w, "report", t->report);
	gp_jw_kstr(&w, "table", t->name);
	for (i = 0; i < t->n; i++) {
		const char *key = t->col[i].key;

		if (!gp_show_has(show, i) || cell[i].type == GP_CELL_NONE)
			continue;
		in = enter(&w, in, key);
		gp_jw_key(&w, in.n > 0 ? key + in.n + 1 : key);
		value(&w, &cell[i], t->col[i].places);
	}
	if (in.n > 0)
		gp_jw_close(&w, '}');
	gp_jw_close(&w, '}');
	gp_buf_addc(&show->out, '\n');
}

const struct gp_format gp_format_ndjson = {
	.name = "ndjson",
	.shows = GP_IN_NDJSON,
	.row = row,
};
