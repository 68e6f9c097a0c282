#include "config/excerpt.h"

#include <stdlib.h>

/* Where a line begins, asked for in the order of the text. */
struct scan {
	struct gp_span text;
	unsigned line; /* from 1 */
	size_t at;
};

static void
go_to(struct scan *s, unsigned line)
{
	const char *end;

	for (; s->line < line && s->at < s->text.n; s->line++) {
		end = memchr(s->text.p + s->at, '\n', s->text.n - s->at);
		s->at = end != NULL ? (size_t)(end - s->text.p) + 1 : s->text.n;
	}
}

/* YAML ends lines by more than LF: then our numbers are not libyaml's. */
static int
plain_lines(struct gp_span s)
{
	const char *p = s.p, *end = gp_span_end(s);

	for (; p < end; p++) {
		if (*p == '\r' && (p + 1 == end || p[1] != '\n'))
			return 0;
		if (*p == '\xc2' && end - p > 1 && p[1] == '\x85') /* NEL */
			return 0;
		if (*p == '\xe2' && end - p > 2 && p[1] == '\x80' &&
		    (p[2] == '\xa8' || p[2] == '\xa9')) /* LS, PS */
			return 0;
	}
	return 1;
}

/* Nothing but spaces before it; then its line can be cut before it. */
static int
alone(struct scan *s, const struct gp_yaml *key)
{
	size_t i;

	go_to(s, key->line);
	for (i = 0; i + 1 < key->col; i++)
		if (s->at + i >= s->text.n || s->text.p[s->at + i] != ' ')
			return 0;
	return 1;
}

/* A map in braces begins before its first key. */
static int
is_block(const struct gp_yaml *map)
{
	return map->type == GP_YAML_MAP && map->n > 0 &&
	    map->line == map->key[0].line && map->col == map->key[0].col;
}

static int
by_name(const void *a, const void *b)
{
	const struct gp_excerpt_page *x = a, *y = b;
	size_t n = x->name.n < y->name.n ? x->name.n : y->name.n;
	int r = memcmp(x->name.p, y->name.p, n);

	return r != 0 ? r : (x->name.n > y->name.n) - (x->name.n < y->name.n);
}

/* `next`: the key behind them all, NULL: they are the last. 1: it is done. */
static int
cut(struct gp_excerpt *e, const struct gp_yaml *pages,
    const struct gp_yaml *next)
{
	struct scan s = { gp_buf_span(&e->text), 1, 0 };
	struct gp_excerpt_page *p = e->page;
	size_t i;

	for (i = 0; i < pages->n; i++, p++) {
		if (!alone(&s, &pages->key[i]))
			return 0;
		p->name = gp_pool_copy(&e->pool, pages->key[i].text);
		p->at = s.at;
		if (i > 0)
			p[-1].n = p->at - p[-1].at;
	}
	e->from = e->page[0].at;
	e->to = e->text.n;
	if (next != NULL) {
		if (!alone(&s, next))
			return 0;
		e->to = s.at;
	}
	p[-1].n = e->to - p[-1].at;
	return 1;
}

int
gp_excerpt_init(struct gp_excerpt *e, const struct gp_config *c)
{
	const struct gp_yaml *root, *pages = NULL, *next = NULL;
	struct gp_span text;
	size_t i;

	memset(e, 0, sizeof(*e));
	gp_buf_init(&e->text, GP_MAX_YAML);
	gp_pool_init(&e->pool);
	if (c->doc == NULL)
		return 0;
	root = gp_yaml_root(c->doc);
	text = gp_yaml_text(c->doc);
	for (i = 0; root->type == GP_YAML_MAP && i < root->n; i++)
		if (gp_span_is(root->key[i].text, "pages")) {
			pages = &root->item[i];
			next = i + 1 < root->n ? &root->key[i + 1] : NULL;
		}
	if (pages == NULL || !is_block(root) || !is_block(pages) ||
	    !plain_lines(text))
		return 0;
	gp_buf_add(&e->text, text.p, text.n);
	e->n = pages->n;
	e->page = calloc(e->n, sizeof(*e->page));
	if (e->page == NULL || e->text.bad)
		return -1;
	if (!cut(e, pages, next))
		return 0;
	qsort(e->page, e->n, sizeof(*e->page), by_name);
	return e->pool.bad ? -1 : 1;
}

void
gp_excerpt_release(struct gp_excerpt *e)
{
	gp_buf_release(&e->text);
	gp_pool_release(&e->pool);
	free(e->page);
	e->page = NULL;
	e->n = 0;
}

void
gp_excerpt_write(
    const struct gp_excerpt *e, struct gp_span names, struct gp_buf *to)
{
	const struct gp_excerpt_page *found;
	struct gp_excerpt_page key = { 0 };
	const char *p = names.p, *end = gp_span_end(names), *eol;

	gp_buf_add(to, e->text.p, e->from);
	for (; p < end; p = eol + 1) {
		eol = memchr(p, '\n', (size_t)(end - p));
		if (eol == NULL)
			eol = end;
		key.name = (struct gp_span){ p, (size_t)(eol - p) };
		found = bsearch(&key, e->page, e->n, sizeof(*e->page), by_name);
		if (found == NULL)
			continue;
		gp_buf_add(to, e->text.p + found->at, found->n);
		if (to->n > 0 && to->p[to->n - 1] != '\n')
			gp_buf_addc(to, '\n'); /* the file's last line */
	}
	gp_buf_add(to, e->text.p + e->to, e->text.n - e->to);
}
