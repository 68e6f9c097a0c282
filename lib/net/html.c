#include "net/html.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include <libxml/HTMLparser.h>

struct gp_html {
	xmlDoc *doc;
	int cut;
};

static void
parse(struct gp_html *h, struct gp_span s)
{
	const int options = HTML_PARSE_RECOVER | HTML_PARSE_NOERROR |
	    HTML_PARSE_NOWARNING | HTML_PARSE_NONET | HTML_PARSE_NODEFDTD |
	    HTML_PARSE_COMPACT;
	htmlParserCtxt *in = htmlNewParserCtxt();

	if (in == NULL)
		return;
	h->doc = htmlCtxtReadMemory(in, s.p, (int)s.n, NULL, "UTF-8", options);
	/* Set where the parser gave up: too deep, or no memory. */
	h->cut = in->disableSAX != 0;
	htmlFreeParserCtxt(in);
}

struct gp_html *
gp_html_parse(struct gp_span s)
{
	struct gp_html *h;

	if (s.n == 0 || s.n > INT_MAX)
		return NULL;
	h = calloc(1, sizeof(*h));
	if (h == NULL)
		return NULL;
	parse(h, s);
	if (h->doc != NULL && xmlDocGetRootElement(h->doc) != NULL)
		return h;
	gp_html_free(h);
	return NULL;
}

int
gp_html_cut(const struct gp_html *h)
{
	return h->cut;
}

void
gp_html_free(struct gp_html *h)
{
	if (h == NULL)
		return;
	xmlFreeDoc(h->doc);
	free(h);
}

struct _xmlNode *
gp_html_root(const struct gp_html *h)
{
	return xmlDocGetRootElement(h->doc);
}

/* Any node, not only elements, in the order of the page. */
static xmlNode *
step(xmlNode *n, const xmlNode *top, int over)
{
	if (!over && n->children != NULL && n->type == XML_ELEMENT_NODE)
		return n->children;
	while (n != NULL && n != top) {
		if (n->next != NULL)
			return n->next;
		n = n->parent;
	}
	return NULL;
}

struct _xmlNode *
gp_html_next(struct _xmlNode *n, struct _xmlNode *top, int over)
{
	do {
		n = step(n, top, over);
		over = 0;
	} while (n != NULL && n->type != XML_ELEMENT_NODE);
	return n;
}

const char *
gp_html_name(const struct _xmlNode *n)
{
	return (const char *)n->name;
}

const char *
gp_html_attr(const struct _xmlNode *n, const char *name)
{
	const xmlAttr *a;

	for (a = n->properties; a != NULL; a = a->next)
		if (strcmp((const char *)a->name, name) == 0)
			return a->children != NULL &&
				a->children->content != NULL
			    ? (const char *)a->children->content
			    : "";
	return NULL;
}

int
gp_html_class(const struct _xmlNode *n, const char *class)
{
	const char *p = gp_html_attr(n, "class");
	size_t len = strlen(class), k;

	if (p == NULL)
		return 0;
	for (p += strspn(p, " \t\n"); *p != '\0'; p += strspn(p, " \t\n")) {
		k = strcspn(p, " \t\n");
		if (k == len && memcmp(p, class, k) == 0)
			return 1;
		p += k;
	}
	return 0;
}

struct _xmlNode *
gp_html_find(struct _xmlNode *top, const char *class)
{
	xmlNode *n;

	for (n = top; n != NULL; n = gp_html_next(n, top, 0))
		if (gp_html_class(n, class))
			return n;
	return NULL;
}

struct _xmlNode *
gp_html_child(struct _xmlNode *top, const char *name)
{
	xmlNode *n = top;

	while ((n = gp_html_next(n, top, 0)) != NULL)
		if (strcmp(gp_html_name(n), name) == 0)
			return n;
	return NULL;
}

static int
white(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Appends, runs of white space being one space and none after a line end. */
static void
add_text(struct gp_buf *b, const char *s)
{
	const char *from;

	while (*s != '\0') {
		for (from = s; *s != '\0' && !white(*s); s++)
			continue;
		gp_buf_add(b, from, (size_t)(s - from));
		if (*s == '\0')
			return;
		while (white(*s))
			s++;
		if (b->n > 0 && !white(b->p[b->n - 1]))
			gp_buf_addc(b, ' ');
	}
}

static void
end_line(struct gp_buf *b)
{
	while (b->n > 0 && b->p[b->n - 1] == ' ')
		b->n--;
	if (b->p != NULL)
		b->p[b->n] = '\0';
	gp_buf_addc(b, '\n');
}

static struct gp_span
trimmed(struct gp_pool *pool, struct gp_buf *b)
{
	struct gp_span s = gp_buf_span(b);

	while (s.n > 0 && white(s.p[s.n - 1]))
		s.n--;
	while (s.n > 0 && white(s.p[0])) {
		s.p++;
		s.n--;
	}
	s = gp_pool_copy(pool, s);
	gp_buf_release(b);
	return s;
}

static int
named(const xmlNode *n, const char *name)
{
	return n->type == XML_ELEMENT_NODE &&
	    strcmp((const char *)n->name, name) == 0;
}

/* What stands on lines of its own; what follows it begins a new one too. */
static void
block(struct gp_buf *b, const xmlNode *n)
{
	if ((named(n, "pre") || named(n, "blockquote")) && b->n > 0 &&
	    b->p[b->n - 1] != '\n')
		end_line(b);
}

/* 1: in <pre>, or in <code> in it. */
static int
preformatted(const xmlNode *text)
{
	const xmlNode *n = text->parent;

	if (n != NULL && named(n, "code"))
		n = n->parent;
	return n != NULL && named(n, "pre");
}

/* 1: what is inside is to be left out. */
static int
enter(struct gp_buf *b, const xmlNode *n)
{
	if (n->type == XML_TEXT_NODE && n->content != NULL) {
		if (preformatted(n))
			gp_buf_adds(b, (const char *)n->content);
		else
			add_text(b, (const char *)n->content);
	}
	if (n->type != XML_ELEMENT_NODE)
		return 0;
	if (named(n, "br"))
		end_line(b);
	block(b, n);
	return gp_html_class(n, "copyonly") ||
	    gp_html_class(n, "verified-icon");
}

struct gp_span
gp_html_text(struct gp_pool *pool, struct _xmlNode *top)
{
	struct gp_buf b;
	xmlNode *n = top->children;

	gp_buf_init(&b, GP_MAX_REPLY);
	while (n != NULL && n != top) {
		if (!enter(&b, n) && n->type == XML_ELEMENT_NODE &&
		    n->children != NULL) {
			n = n->children;
			continue;
		}
		block(&b, n);
		while (n != top && n->next == NULL) {
			n = n->parent;
			if (n != top)
				block(&b, n);
		}
		if (n != top)
			n = n->next;
	}
	return trimmed(pool, &b);
}

struct gp_span
gp_html_own_text(struct gp_pool *pool, struct _xmlNode *top)
{
	struct gp_buf b;
	xmlNode *n;

	gp_buf_init(&b, GP_MAX_REPLY);
	for (n = top->children; n != NULL; n = n->next)
		if (n->type == XML_TEXT_NODE && n->content != NULL)
			add_text(&b, (const char *)n->content);
	return trimmed(pool, &b);
}
