#include "check/table.h"

#include <string.h>

/* clang-format off */
static const struct gp_column columns[] = {
	{ "level", { "уровень", "level" }, GP_IN_TABLE | GP_IN_CSV, 0 },
	{ "of", { "запись", "record" }, GP_IN_TABLE | GP_IN_CSV | GP_COL_ID | GP_COL_GIVES, 0 },
	{ "line", { "строка", "line" }, GP_IN_TABLE | GP_IN_CSV | GP_COL_NUMBER | GP_COL_DROPS, 0 },
	{ "words", { "слова", "words" }, GP_IN_TABLE | GP_IN_CSV | GP_COL_GIVES, 0 },
	{ "message", { "что не так", "what is wrong" }, GP_IN_TABLE | GP_IN_CSV | GP_COL_GIVES, 0 },
	{ "better", { "как лучше", "better" }, GP_IN_TABLE | GP_IN_CSV | GP_COL_GIVES | GP_COL_LAST, 0 },
	{ "rule", { "правило", "rule" }, GP_IN_TABLE | GP_IN_CSV | GP_COL_DROPS, 0 },
};
enum { COLUMNS = sizeof(columns) / sizeof(columns[0]) };
const struct gp_table gp_check_table = { "check", NULL, { NULL, NULL },
	{ "Замечаний нет", "Nothing was found" }, columns, COLUMNS };

static const struct gp_column rule_columns[] = {
	{ "rule", { "правило", "rule" }, GP_IN_TABLE | GP_IN_CSV | GP_IN_NDJSON, 0 },
	{ "level", { "уровень", "level" }, GP_IN_TABLE | GP_IN_CSV | GP_IN_NDJSON, 0 },
	{ "for", { "для", "for" }, GP_IN_TABLE | GP_IN_CSV | GP_IN_NDJSON, 0 },
	{ "message", { "что не так", "what is wrong" }, GP_IN_TABLE | GP_IN_CSV | GP_IN_NDJSON | GP_COL_GIVES, 0 },
	{ "why", { "почему", "why" }, GP_IN_CSV | GP_IN_NDJSON, 0 },
	{ "better", { "как лучше", "better" }, GP_IN_CSV | GP_IN_NDJSON, 0 },
	{ "source", { "основание", "source" }, GP_IN_CSV | GP_IN_NDJSON, 0 },
};
enum { RULE_COLUMNS = sizeof(rule_columns) / sizeof(rule_columns[0]) };
static const struct gp_table rule_table = { "rules", NULL, { NULL, NULL },
	{ "Правил нет", "There are no rules" }, rule_columns, RULE_COLUMNS };
/* clang-format on */

static const char *
level_name(const struct gp_show *show, const char *level)
{
	static const char *const word[][2] = { { "error", "ошибка" },
		{ "warning", "внимание" }, { "note", "заметка" },
		{ "unknown", "неизвестно" } };
	size_t i;

	for (i = 0; show->how.lang == GP_RU && i < 4; i++)
		if (strcmp(word[i][0], level) == 0)
			return word[i][1];
	return level;
}

static struct gp_cell
cell_of(const struct gp_show *show, const struct gp_json_obj *o, size_t i,
    struct gp_buf *b)
{
	struct gp_json v = gp_json_get(o, columns[i].key);
	int64_t n;

	if (gp_json_int(v, &n) == 0)
		return gp_cell_int(n);
	gp_buf_reset(b);
	if (gp_json_text(v, b) == -1)
		return gp_cell_str(NULL);
	if (i == 0)
		return gp_cell_str(level_name(show, gp_buf_str(b)));
	return gp_cell_text((struct gp_span){ gp_buf_str(b), b->n });
}

static int
add_row(
    struct gp_show *show, struct gp_json_reader *reader, struct gp_span line)
{
	struct gp_cell cell[COLUMNS];
	struct gp_buf b[COLUMNS];
	struct gp_json_obj o;
	struct gp_why why;
	size_t i;

	if (gp_json_open(reader, line, 0, &o, &why) == -1)
		return -1;
	for (i = 0; i < COLUMNS; i++) {
		gp_buf_init(&b[i], 0);
		cell[i] = cell_of(show, &o, i, &b[i]);
	}
	gp_show_row(show, cell);
	for (i = 0; i < COLUMNS; i++)
		gp_buf_release(&b[i]);
	return 0;
}

int
gp_check_rows(
    struct gp_show *show, struct gp_json_reader *reader, struct gp_span lines)
{
	const char *end = gp_span_end(lines), *nl;
	struct gp_buf line;
	int r = 0;

	gp_buf_init(&line, 2 * GP_MAX_LINE);
	for (; r == 0 && lines.p < end; lines.p = nl + 1) {
		nl = memchr(lines.p, '\n', (size_t)(end - lines.p));
		if (nl == NULL)
			break;
		gp_buf_reset(&line);
		gp_buf_add(&line, lines.p, (size_t)(nl - lines.p));
		r = add_row(show, reader, gp_buf_span(&line));
	}
	gp_buf_release(&line);
	return show->bad ? -1 : r;
}

static void
put_kinds(struct gp_buf *b, unsigned kinds)
{
	static const char *const name[] = { "draft", "reply", "post", "page" };
	size_t i;

	gp_buf_reset(b);
	for (i = 0; i < 4; i++)
		if (kinds & (1u << i))
			gp_buf_addf(b, "%s%s", b->n > 0 ? "," : "", name[i]);
}

int
gp_check_list(struct gp_show *show, const struct gp_standard *s)
{
	struct gp_cell cell[RULE_COLUMNS];
	const struct gp_check_rule *r;
	struct gp_buf kinds;
	size_t i;

	gp_buf_init(&kinds, 0);
	gp_show_begin(show, &rule_table);
	for (i = 0; i < s->rules; i++) {
		r = &s->rule[i];
		if (r->off)
			continue;
		put_kinds(&kinds, r->kinds);
		cell[0] = gp_cell_str(r->id);
		cell[1] = gp_cell_str(show->how.format->shows != GP_IN_NDJSON
			? level_name(show, gp_check_level_name(r->level))
			: gp_check_level_name(r->level));
		cell[2] = gp_cell_str(gp_buf_str(&kinds));
		cell[3] = gp_cell_str(r->title);
		cell[4] = gp_cell_str(r->why);
		cell[5] = gp_cell_str(r->better);
		cell[6] = gp_cell_str(r->source);
		gp_show_row(show, cell);
	}
	gp_buf_release(&kinds);
	return gp_show_end(show);
}
