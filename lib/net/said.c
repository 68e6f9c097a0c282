#include "net/said.h"

#include "base/utf8.h"

struct gp_said
gp_said_of(struct gp_span text)
{
	return (struct gp_said){ .text = text };
}

/* -- entities -------------------------------------------------------------- */

static const char *const entity[] = { "bold", "italic", "code", "text_link",
	"blockquote" };

void
gp_said_entities(struct gp_jw *w, const struct gp_said *said)
{
	size_t i, at = 0, units = 0;
	const struct gp_said_span *s;
	struct gp_span part;

	gp_jw_open(w, '[');
	for (i = 0; i < said->spans; i++) {
		s = &said->span[i];
		part = (struct gp_span){ said->text.p + at, s->from - at };
		units += gp_utf8_units(part);
		at = s->from;
		part = (struct gp_span){ said->text.p + at, s->n };
		gp_jw_open(w, '{');
		gp_jw_kstr(w, "type", entity[s->kind]);
		gp_jw_kint(w, "offset", (int64_t)units);
		gp_jw_kint(w, "length", (int64_t)gp_utf8_units(part));
		if (s->kind == GP_SAID_LINK)
			gp_jw_ktext(w, "url", s->url);
		gp_jw_close(w, '}');
	}
	gp_jw_close(w, ']');
}

/* -- texts with the spans in them ------------------------------------------ */

struct weaving {
	struct gp_buf *to;
	const struct gp_said *said;
	void (*words)(struct gp_buf *, struct gp_span);
	void (*begin)(struct gp_buf *, const struct gp_said_span *);
	void (*end)(struct gp_buf *, const struct gp_said_span *,
	    const struct gp_said *);
};

/*
 * Words from `at` to `end` with the spans that begin there, inner ones
 * within; *i is the next span. The spans nest, so the depth is that of the
 * markup: one of each kind.
 */
static void
weave(const struct weaving *v, size_t at, size_t end, size_t *i)
{
	const struct gp_said *said = v->said;
	const struct gp_said_span *s;

	while (*i < said->spans && said->span[*i].from < end) {
		s = &said->span[(*i)++];
		v->words(
		    v->to, (struct gp_span){ said->text.p + at, s->from - at });
		v->begin(v->to, s);
		weave(v, s->from, s->from + s->n, i);
		v->end(v->to, s, said);
		at = s->from + s->n;
	}
	v->words(v->to, (struct gp_span){ said->text.p + at, end - at });
}

static void
woven(const struct weaving *v)
{
	size_t i = 0;

	weave(v, 0, v->said->text.n, &i);
}

static void
html_words(struct gp_buf *to, struct gp_span s)
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
		default:
			gp_buf_addc(to, s.p[i]);
		}
}

static const char *const tag[] = { "b", "i", "code", "a", "blockquote" };

static void
html_begin(struct gp_buf *to, const struct gp_said_span *s)
{
	gp_buf_addf(to, "<%s", tag[s->kind]);
	if (s->kind == GP_SAID_LINK) {
		gp_buf_adds(to, " href=\"");
		html_words(to, s->url);
		gp_buf_addc(to, '"');
	}
	gp_buf_addc(to, '>');
}

static void
html_end(
    struct gp_buf *to, const struct gp_said_span *s, const struct gp_said *said)
{
	(void)said;
	gp_buf_addf(to, "</%s>", tag[s->kind]);
}

void
gp_said_html(struct gp_buf *to, const struct gp_said *said)
{
	woven(&(struct weaving){ to, said, html_words, html_begin, html_end });
}

static void
plain_words(struct gp_buf *to, struct gp_span s)
{
	gp_buf_add(to, s.p, s.n);
}

static void
plain_begin(struct gp_buf *to, const struct gp_said_span *s)
{
	(void)to;
	(void)s;
}

static void
plain_end(
    struct gp_buf *to, const struct gp_said_span *s, const struct gp_said *said)
{
	struct gp_span words = { said->text.p + s->from, s->n };

	if (s->kind != GP_SAID_LINK || gp_span_eq(words, s->url))
		return;
	gp_buf_adds(to, " (");
	gp_buf_add(to, s->url.p, s->url.n);
	gp_buf_addc(to, ')');
}

void
gp_said_plain(struct gp_buf *to, const struct gp_said *said)
{
	woven(
	    &(struct weaving){ to, said, plain_words, plain_begin, plain_end });
}
