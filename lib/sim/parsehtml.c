/* parse_mode HTML, with the complaints of the real server. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/utf8.h"
#include "sim/entity.h"

#define DEPTH 32

struct open {
	const char *type;
	char tag[24];
	size_t from; /* in the text so far */
	struct gp_span arg;
};

struct parse {
	const char *all, *p, *end;
	struct gp_buf out;
	struct gp_sim_text *to;
	struct open open[DEPTH];
	size_t depth;
	struct gp_why *why;
};

static const char *const tags[][2] = { { "b", "bold" }, { "strong", "bold" },
	{ "i", "italic" }, { "em", "italic" }, { "u", "underline" },
	{ "ins", "underline" }, { "s", "strikethrough" },
	{ "strike", "strikethrough" }, { "del", "strikethrough" },
	{ "tg-spoiler", "spoiler" }, { "span", "spoiler" },
	{ "a", "text_link" }, { "code", "code" }, { "pre", "pre" },
	{ "blockquote", "blockquote" }, { "tg-emoji", "custom_emoji" } };

static int
complain(struct parse *x, const char *what, const char *at)
{
	return gp_because(x->why, "can't parse entities: %s at byte offset %zu",
	    what, (size_t)(at - x->all));
}

static const char *
type_of(const char *tag)
{
	size_t i;

	for (i = 0; i < sizeof(tags) / sizeof(tags[0]); i++)
		if (strcasecmp(tags[i][0], tag) == 0)
			return tags[i][1];
	return NULL;
}

/* &lt; &gt; &amp; &quot; and numbers; another & is a letter like any. */
static void
reference(struct parse *x)
{
	static const char *const known[][2] = { { "&lt;", "<" },
		{ "&gt;", ">" }, { "&amp;", "&" }, { "&quot;", "\"" } };
	size_t i, n;
	long code;
	char *stop;

	for (i = 0; i < 4; i++) {
		n = strlen(known[i][0]);
		if ((size_t)(x->end - x->p) < n ||
		    strncmp(x->p, known[i][0], n) != 0)
			continue;
		gp_buf_adds(&x->out, known[i][1]);
		x->p += n;
		return;
	}
	if (x->end - x->p > 3 && x->p[1] == '#') {
		int hex = x->p[2] == 'x' || x->p[2] == 'X';

		code = strtol(x->p + 2 + hex, &stop, hex ? 16 : 10);
		if (*stop == ';' && code > 0 && code < 0x110000 &&
		    (code < 0xd800 || code > 0xdfff)) {
			gp_utf8_put(&x->out, (uint32_t)code);
			x->p = stop + 1;
			return;
		}
	}
	gp_buf_addc(&x->out, *x->p++);
}

/* The value of an attribute inside a tag; n 0: it is not there. */
static struct gp_span
attribute(struct gp_span tag, const char *name)
{
	struct gp_span none = { NULL, 0 };
	const char *p = memmem(tag.p, tag.n, name, strlen(name));
	const char *end = tag.p + tag.n, *stop;

	if (p == NULL)
		return none;
	p += strlen(name);
	if (end - p < 3 || p[0] != '=' || (p[1] != '"' && p[1] != '\''))
		return none;
	stop = memchr(p + 2, p[1], (size_t)(end - p - 2));
	if (stop == NULL)
		return none;
	return (struct gp_span){ p + 2, (size_t)(stop - p - 2) };
}

static int
open_tag(struct parse *x, struct gp_span tag, const char *at)
{
	struct open *o = &x->open[x->depth];
	char what[96];
	size_t n = 0;

	while (n < tag.n && strchr(" \t\n/", tag.p[n]) == NULL)
		n++;
	snprintf(what, sizeof(what), "Unsupported start tag \"%.*s\"",
	    n < 32 ? (int)n : 32, tag.p);
	if (n >= sizeof(o->tag))
		return complain(x, what, at);
	if (x->depth == DEPTH)
		return complain(x, "Too many nested tags", at);
	snprintf(o->tag, sizeof(o->tag), "%.*s", (int)n, tag.p);
	o->type = type_of(o->tag);
	o->arg = (struct gp_span){ NULL, 0 };
	o->from = x->out.n;
	if (o->type == NULL)
		return complain(x, what, at);
	if (strcmp(o->type, "text_link") == 0)
		o->arg = attribute(tag, "href");
	if (strcmp(o->type, "custom_emoji") == 0)
		o->arg = attribute(tag, "emoji-id");
	if (strcasecmp(o->tag, "span") == 0 &&
	    !gp_span_is(attribute(tag, "class"), "tg-spoiler"))
		return complain(x,
		    "Tag \"span\" must have class "
		    "\"tg-spoiler\"",
		    at);
	if (strcmp(o->type, "blockquote") == 0 &&
	    memmem(tag.p, tag.n, "expandable", 10) != NULL)
		o->type = "expandable_blockquote";
	x->depth++;
	return 0;
}

static int
close_tag(struct parse *x, struct gp_span tag, const char *at)
{
	struct gp_span none = { NULL, 0 };
	struct open *o;
	char what[128];
	size_t n;

	if (x->depth == 0)
		return complain(x, "Unexpected end tag", at);
	o = &x->open[x->depth - 1];
	if (tag.n != strlen(o->tag) || strncasecmp(tag.p, o->tag, tag.n) != 0) {
		snprintf(what, sizeof(what),
		    "Unmatched end tag, expected \"</%.24s>\", found \"</%.*s>\"",
		    o->tag, tag.n < 32 ? (int)tag.n : 32, tag.p);
		return complain(x, what, at);
	}
	x->depth--;
	n = x->out.n - o->from;
	/* A link without an address is plain text, as on the server. */
	if (n == 0 || (strcmp(o->type, "text_link") == 0 && o->arg.n == 0))
		return 0;
	if (gp_sim_text_mark(
		x->to, o->type, o->from, n, o->arg.n > 0 ? o->arg : none) == -1)
		return gp_because(x->why, "no memory");
	return 0;
}

static int
tag(struct parse *x)
{
	const char *at = x->p, *close;
	struct gp_span in;

	close = memchr(at, '>', (size_t)(x->end - at));
	if (close == NULL)
		return complain(x, "Unclosed start tag", at);
	x->p = close + 1;
	if (at[1] == '/') {
		in = (struct gp_span){ at + 2, (size_t)(close - at - 2) };
		return close_tag(x, in, at);
	}
	in = (struct gp_span){ at + 1, (size_t)(close - at - 1) };
	return open_tag(x, in, at);
}

int
gp_sim_text_html(struct gp_sim_text *t, struct gp_span s, struct gp_why *why)
{
	struct parse x = { s.p, s.p, s.p + s.n, { 0 }, t, { { 0 } }, 0, why };
	char what[96];
	int r = 0;

	gp_sim_text_release(t);
	gp_buf_init(&x.out, 0);
	while (r == 0 && x.p < x.end) {
		if (*x.p == '<')
			r = tag(&x);
		else if (*x.p == '&')
			reference(&x);
		else
			gp_buf_addc(&x.out, *x.p++);
	}
	if (r == 0 && x.depth > 0) {
		snprintf(what, sizeof(what),
		    "Can't find end tag corresponding "
		    "to start tag \"%.24s\"",
		    x.open[x.depth - 1].tag);
		r = gp_because(why, "can't parse entities: %s", what);
	}
	t->n = x.out.n;
	t->s = gp_buf_detach(&x.out);
	if (r == -1)
		return -1;
	if (t->s == NULL || gp_sim_text_find(t) == -1)
		return gp_because(why, "no memory");
	return 0;
}
