#include "config/yaml.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <yaml.h>

#include "base/file.h"
#include "base/pool.h"

struct gp_yaml_doc {
	char *name;
	struct gp_yaml root;
	struct gp_buf text;
	struct gp_pool pool;
	size_t nodes;
};

/* State of one reading: libyaml's events come one by one. */
struct reading {
	yaml_parser_t parser;
	struct gp_span text;
	struct gp_yaml_doc *doc;
	struct gp_why *why;
};

void *
gp_yaml_alloc(struct gp_yaml_doc *doc, size_t size)
{
	return gp_pool_alloc(&doc->pool, size);
}

int
gp_yaml_because(const struct gp_yaml_doc *doc, const struct gp_yaml *at,
    struct gp_why *why, const char *fmt, ...)
{
	va_list ap;
	int n;

	n = snprintf(why->msg, sizeof(why->msg), "%s:%u:%u: ", doc->name,
	    at->line, at->col);
	if (n < 0 || (size_t)n >= sizeof(why->msg))
		return -1;
	va_start(ap, fmt);
	vsnprintf(why->msg + n, sizeof(why->msg) - (size_t)n, fmt, ap);
	va_end(ap);
	return -1;
}

static int
fail(struct reading *rd, const yaml_mark_t *mark, const char *what)
{
	return gp_because(rd->why, "%s:%zu:%zu: %s", rd->doc->name,
	    mark->line + 1, mark->column + 1, what);
}

/* libyaml knows the byte only; people look for a line and a column. */
static int
unreadable(struct reading *rd)
{
	size_t at = rd->parser.problem_offset, i;
	const char *problem = rd->parser.problem;
	yaml_mark_t mark = { 0, 0, 0 };

	for (i = 0; i < at && i < rd->text.n; i++) {
		mark.column += ((unsigned char)rd->text.p[i] & 0xc0) != 0x80;
		if (rd->text.p[i] != '\n')
			continue;
		mark.line++;
		mark.column = 0;
	}
	return fail(rd, &mark,
	    problem != NULL && strstr(problem, "control") != NULL
		? "a control character"
		: "not UTF-8");
}

static int
event(struct reading *rd, yaml_event_t *ev)
{
	const char *problem;

	if (yaml_parser_parse(&rd->parser, ev))
		return 0;
	problem = rd->parser.problem;
	if (rd->parser.error == YAML_MEMORY_ERROR)
		return gp_because(rd->why, "%s: no memory", rd->doc->name);
	if (rd->parser.error == YAML_READER_ERROR)
		return unreadable(rd);
	return fail(rd, &rd->parser.problem_mark,
	    problem != NULL ? problem : "not YAML");
}

static int
scalar(struct reading *rd, const yaml_event_t *ev, struct gp_yaml *to)
{
	static const char *const nulls[] = { "", "~", "null", "Null", "NULL" };
	size_t n = ev->data.scalar.length, i;
	char *p;

	if (ev->data.scalar.anchor != NULL || ev->data.scalar.tag != NULL)
		return fail(
		    rd, &ev->start_mark, "anchors and tags are not taken here");
	if (memchr(ev->data.scalar.value, '\0', n) != NULL)
		return fail(rd, &ev->start_mark, "a NUL character");
	to->type = GP_YAML_SCALAR;
	to->plain = ev->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
	p = gp_yaml_alloc(rd->doc, n + 1);
	if (p == NULL)
		return fail(rd, &ev->start_mark, "no memory");
	memcpy(p, ev->data.scalar.value, n);
	to->text = (struct gp_span){ p, n };
	for (i = 0; to->plain && i < 5; i++)
		if (strcmp(p, nulls[i]) == 0)
			to->text.p = NULL;
	return 0;
}

static int node(struct reading *, const yaml_event_t *, struct gp_yaml *, int);

/* The values of a map or list while they come; counted out into the doc when
 * their number is known, for there may be a million of small ones. */
struct growing {
	struct gp_yaml *item, *key;
	size_t cap;
};

static int
widen(struct growing *g, size_t n, int map)
{
	size_t more = g->cap == 0 ? 8 : g->cap * 2;
	struct gp_yaml *v;

	if (n < g->cap)
		return 0;
	v = realloc(g->item, more * sizeof(*v));
	if (v == NULL)
		return -1;
	g->item = v;
	if (map) {
		v = realloc(g->key, more * sizeof(*v));
		if (v == NULL)
			return -1;
		g->key = v;
	}
	g->cap = more;
	return 0;
}

static struct gp_yaml *
counted_out(struct reading *rd, const struct gp_yaml *v, size_t n)
{
	struct gp_yaml *own = gp_yaml_alloc(rd->doc, n * sizeof(*own));

	if (own != NULL && n > 0)
		memcpy(own, v, n * sizeof(*own));
	return own;
}

static int
by_text(const void *a, const void *b)
{
	const struct gp_yaml *const *x = a, *const *y = b;
	int r = strcmp((*x)->text.p, (*y)->text.p);

	if (r == 0) /* the one written first stands first */
		r = (*x)->line != (*y)->line
		    ? ((*x)->line < (*y)->line ? -1 : 1)
		    : (int)((*x)->col - (*y)->col);
	return r;
}

static int
no_twins(struct reading *rd, const struct gp_yaml *map)
{
	const struct gp_yaml **sorted;
	size_t i;
	int r = 0;

	if (map->n < 2)
		return 0;
	sorted = calloc(map->n, sizeof(*sorted));
	if (sorted == NULL)
		return gp_because(rd->why, "no memory");
	for (i = 0; i < map->n; i++)
		sorted[i] = &map->key[i];
	qsort(sorted, map->n, sizeof(*sorted), by_text);
	for (i = 1; i < map->n && r == 0; i++)
		if (strcmp(sorted[i]->text.p, sorted[i - 1]->text.p) == 0)
			r = gp_yaml_because(rd->doc, sorted[i], rd->why,
			    "'%s' stands twice, first in line %u",
			    sorted[i]->text.p, sorted[i - 1]->line);
	free(sorted);
	return r;
}

static int
key_of(struct reading *rd, const yaml_event_t *ev, struct gp_yaml *key)
{
	if (ev->type != YAML_SCALAR_EVENT)
		return fail(rd, &ev->start_mark, "a key must be a word");
	if (scalar(rd, ev, key) == -1)
		return -1;
	key->line = (unsigned)ev->start_mark.line + 1;
	key->col = (unsigned)ev->start_mark.column + 1;
	if (key->text.p == NULL)
		key->text.p = "";
	return 0;
}

/* One value, with its key. */
static int
entry(struct reading *rd, struct growing *g, size_t n, yaml_event_t *ev,
    int map, int depth)
{
	if (widen(g, n, map) == -1)
		return gp_because(rd->why, "no memory");
	memset(&g->item[n], 0, sizeof(*g->item));
	if (map) {
		memset(&g->key[n], 0, sizeof(*g->key));
		if (key_of(rd, ev, &g->key[n]) == -1)
			return -1;
		yaml_event_delete(ev);
		if (event(rd, ev) == -1) {
			memset(ev, 0, sizeof(*ev));
			return -1;
		}
	}
	return node(rd, ev, &g->item[n], depth + 1);
}

static int
entries(struct reading *rd, struct growing *g, size_t *n, int map, int depth)
{
	yaml_event_t ev;
	int r = 0, done = 0;

	while (r == 0 && !done) {
		if (event(rd, &ev) == -1)
			return -1;
		done = ev.type == YAML_SEQUENCE_END_EVENT ||
		    ev.type == YAML_MAPPING_END_EVENT;
		if (!done)
			r = entry(rd, g, *n, &ev, map, depth);
		*n += !done && r == 0;
		yaml_event_delete(&ev);
	}
	return r;
}

static int
collection(struct reading *rd, struct gp_yaml *to, int map, int depth)
{
	struct growing g = { 0 };
	int r;

	if (depth > GP_MAX_YAML_DEPTH)
		return gp_yaml_because(rd->doc, to, rd->why, "too deep");
	r = entries(rd, &g, &to->n, map, depth);
	if (r == 0) {
		to->item = counted_out(rd, g.item, to->n);
		to->key = map ? counted_out(rd, g.key, to->n) : NULL;
		if (to->item == NULL || (map && to->key == NULL))
			r = gp_because(rd->why, "no memory");
	}
	free(g.item);
	free(g.key);
	return r == 0 && map ? no_twins(rd, to) : r;
}

static int
node(struct reading *rd, const yaml_event_t *ev, struct gp_yaml *to, int depth)
{
	to->line = (unsigned)ev->start_mark.line + 1;
	to->col = (unsigned)ev->start_mark.column + 1;
	if (++rd->doc->nodes > GP_MAX_YAML_NODES)
		return fail(rd, &ev->start_mark, "too many values");
	switch (ev->type) {
	case YAML_SCALAR_EVENT:
		return scalar(rd, ev, to);
	case YAML_SEQUENCE_START_EVENT:
		to->type = GP_YAML_LIST;
		if (ev->data.sequence_start.anchor == NULL &&
		    ev->data.sequence_start.tag == NULL)
			return collection(rd, to, 0, depth);
		break;
	case YAML_MAPPING_START_EVENT:
		to->type = GP_YAML_MAP;
		if (ev->data.mapping_start.anchor == NULL &&
		    ev->data.mapping_start.tag == NULL)
			return collection(rd, to, 1, depth);
		break;
	case YAML_ALIAS_EVENT:
		return fail(rd, &ev->start_mark, "aliases are not taken here");
	default:
		return fail(rd, &ev->start_mark, "not expected here");
	}
	return fail(rd, &ev->start_mark, "anchors and tags are not taken here");
}

/* One document of one node: stream start, document start, node, ends. */
static int
document(struct reading *rd)
{
	yaml_event_t ev;
	int r = 0, roots = 0;

	for (;;) {
		if (event(rd, &ev) == -1)
			return -1;
		if (ev.type == YAML_STREAM_END_EVENT) {
			yaml_event_delete(&ev);
			break;
		}
		if (ev.type == YAML_DOCUMENT_START_EVENT && roots > 0)
			r = fail(rd, &ev.start_mark, "a second document");
		else if (ev.type != YAML_STREAM_START_EVENT &&
		    ev.type != YAML_DOCUMENT_START_EVENT &&
		    ev.type != YAML_DOCUMENT_END_EVENT) {
			r = node(rd, &ev, &rd->doc->root, 0);
			roots++;
		}
		yaml_event_delete(&ev);
		if (r == -1)
			return -1;
	}
	if (roots == 0) { /* an empty file is an empty map */
		rd->doc->root.type = GP_YAML_MAP;
		rd->doc->root.line = rd->doc->root.col = 1;
	}
	return 0;
}

struct gp_yaml_doc *
gp_yaml_parse(struct gp_span text, const char *name, struct gp_why *why)
{
	struct reading rd = { .text = text, .why = why };
	int r;

	rd.doc = calloc(1, sizeof(*rd.doc));
	if (rd.doc != NULL)
		rd.doc->name = strdup(name);
	if (rd.doc == NULL || rd.doc->name == NULL ||
	    !yaml_parser_initialize(&rd.parser)) {
		gp_yaml_free(rd.doc);
		gp_because(why, "%s: no memory", name);
		return NULL;
	}
	yaml_parser_set_encoding(&rd.parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(
	    &rd.parser, (const unsigned char *)text.p, text.n);
	r = document(&rd);
	yaml_parser_delete(&rd.parser);
	if (r == 0)
		return rd.doc;
	gp_yaml_free(rd.doc);
	return NULL;
}

struct gp_yaml_doc *
gp_yaml_read(const char *path, struct gp_why *why)
{
	struct gp_yaml_doc *doc = NULL;
	struct gp_buf b;

	gp_buf_init(&b, GP_MAX_YAML);
	if (gp_file_read(path, &b, why) == 0)
		doc = gp_yaml_parse(gp_buf_span(&b), path, why);
	if (doc != NULL)
		doc->text = b;
	else
		gp_buf_release(&b);
	return doc;
}

void
gp_yaml_free(struct gp_yaml_doc *doc)
{
	if (doc == NULL)
		return;
	gp_pool_release(&doc->pool);
	gp_buf_release(&doc->text);
	free(doc->name);
	free(doc);
}

const struct gp_yaml *
gp_yaml_root(const struct gp_yaml_doc *doc)
{
	return &doc->root;
}

struct gp_span
gp_yaml_text(const struct gp_yaml_doc *doc)
{
	return gp_buf_span(&doc->text);
}
