#include "sim/markup.h"

#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

#define CONFIRM                               \
	" target=\"_blank\" rel=\"noopener\"" \
	" onclick=\"return confirm('Open this link?\\n\\n'+this.href);\""

static void
escape(struct gp_buf *b, int c)
{
	switch (c) {
	case '&':
		gp_buf_adds(b, "&amp;");
		break;
	case '<':
		gp_buf_adds(b, "&lt;");
		break;
	case '>':
		gp_buf_adds(b, "&gt;");
		break;
	case '"':
		gp_buf_adds(b, "&quot;");
		break;
	case '\'':
		gp_buf_adds(b, "&#39;");
		break;
	case '!':
		gp_buf_adds(b, "&#33;");
		break;
	case '$':
		gp_buf_adds(b, "&#036;");
		break;
	default:
		gp_buf_addc(b, c);
	}
}

void
gp_sim_html_plain(struct gp_buf *b, struct gp_span s)
{
	size_t i;

	for (i = 0; i < s.n; i++)
		escape(b, s.p[i]);
}

/* 1: a code point that is drawn as a picture by itself. */
static int
pictured(uint32_t c)
{
	return (c >= 0x1f000 && c <= 0x1faff) ||
	    (c >= 0x2600 && c <= 0x27bf && c != 0x2713 && c != 0x2717) ||
	    (c >= 0x2b05 && c <= 0x2b55) || (c >= 0x231a && c <= 0x231b) ||
	    (c >= 0x23e9 && c <= 0x23fa) || (c >= 0x25fb && c <= 0x25fe) ||
	    c == 0x3030 || c == 0x303d;
}

static int
joins(uint32_t c)
{
	return c == 0xfe0f || c == 0x200d || c == 0x20e3 ||
	    (c >= 0x1f3fb && c <= 0x1f3ff);
}

/* The end of the emoji that begins at p; p itself: none does. */
static const char *
emoji_end(const char *p, const char *end)
{
	const char *q = p, *was;
	uint32_t first, c, last;

	if ((unsigned char)*p < 0xe2)
		return p;
	first = last = gp_utf8_next(&q, end);
	if (!pictured(first))
		return p;
	while (q < end) {
		was = q;
		c = gp_utf8_next(&q, end);
		if (joins(c) || last == 0x200d ||
		    (first >= 0x1f1e6 && first <= 0x1f1ff && c >= 0x1f1e6 &&
			c <= 0x1f1ff && last == first && was - p == 4)) {
			last = c;
			continue;
		}
		return was;
	}
	return q;
}

void
gp_sim_html_emoji(struct gp_buf *b, struct gp_span s)
{
	size_t i;

	gp_buf_adds(b,
	    "<i class=\"emoji\" style=\"background-image:"
	    "url('//telegram.org/img/emoji/40/");
	for (i = 0; i < s.n; i++) {
		if (strncmp(s.p + i, "\xef\xb8\x8f", 3) == 0) {
			i += 2;
			continue;
		}
		gp_buf_addf(b, "%02X", (unsigned char)s.p[i]);
	}
	gp_buf_adds(b, ".png')\"><b>");
	gp_buf_add(b, s.p, s.n);
	gp_buf_adds(b, "</b></i>");
}

void
gp_sim_html_words(struct gp_buf *b, struct gp_span s)
{
	const char *p = s.p, *end = gp_span_end(s), *q;

	while (p < end) {
		q = emoji_end(p, end);
		if (q > p) {
			gp_sim_html_emoji(
			    b, (struct gp_span){ p, (size_t)(q - p) });
			p = q;
		} else if (*p == '\n') {
			gp_buf_adds(b, "<br/>");
			p++;
		} else {
			escape(b, *p++);
		}
	}
}

static void
percent(struct gp_buf *b, struct gp_span s)
{
	size_t i;

	for (i = 0; i < s.n; i++)
		gp_buf_addf(b, "%%%02X", (unsigned char)s.p[i]);
}

static void
link_open(struct gp_buf *b, const char *before, struct gp_span url)
{
	gp_buf_adds(b, "<a href=\"");
	gp_buf_adds(b, before);
	gp_sim_html_plain(b, url);
	gp_buf_adds(b, "\"" CONFIRM ">");
}

/* Marks that are one element each. */
static const char *
tag_of(const char *type)
{
	static const char *const tags[][2] = { { "bold", "b" },
		{ "italic", "i" }, { "underline", "u" },
		{ "strikethrough", "s" }, { "spoiler", "tg-spoiler" },
		{ "code", "code" }, { "pre", "pre" },
		{ "blockquote", "blockquote" },
		{ "expandable_blockquote", "blockquote" } };
	size_t i;

	for (i = 0; i < sizeof(tags) / sizeof(tags[0]); i++)
		if (strcmp(tags[i][0], type) == 0)
			return tags[i][1];
	return NULL;
}

static void
open_entity(struct gp_buf *b, const struct gp_sim_entity *e, struct gp_span in)
{
	const char *tag = tag_of(e->type);

	if (tag != NULL) {
		gp_buf_addf(b, "<%s>", tag);
	} else if (strcmp(e->type, "hashtag") == 0) {
		gp_buf_adds(b, "<a href=\"?q=%23");
		percent(b, (struct gp_span){ in.p + 1, in.n - 1 });
		gp_buf_adds(b, "\">");
	} else if (strcmp(e->type, "mention") == 0) {
		gp_buf_adds(b, "<a href=\"https://t.me/");
		gp_buf_add(b, in.p + 1, in.n - 1);
		gp_buf_adds(b, "\" target=\"_blank\">");
	} else if (strcmp(e->type, "text_link") == 0) {
		link_open(b, "", gp_span_of(e->arg != NULL ? e->arg : ""));
	} else if (strcmp(e->type, "url") == 0) {
		link_open(
		    b, memchr(in.p, ':', in.n) != NULL ? "" : "http://", in);
	} else if (strcmp(e->type, "email") == 0) {
		gp_buf_adds(b, "<a href=\"mailto:");
		gp_sim_html_plain(b, in);
		gp_buf_adds(b, "\">");
	} else if (strcmp(e->type, "phone_number") == 0) {
		gp_buf_adds(b, "<a href=\"tel:");
		gp_sim_html_plain(b, in);
		gp_buf_adds(b, "\">");
	} else if (strcmp(e->type, "custom_emoji") == 0) {
		gp_buf_addf(b, "<tg-emoji emoji-id=\"%s\">",
		    e->arg != NULL ? e->arg : "");
	}
}

static void
close_entity(struct gp_buf *b, const struct gp_sim_entity *e)
{
	const char *tag = tag_of(e->type);

	if (tag != NULL)
		gp_buf_addf(b, "</%s>", tag);
	else if (strcmp(e->type, "custom_emoji") == 0)
		gp_buf_adds(b, "</tg-emoji>");
	else if (strcmp(e->type, "bot_command") != 0 &&
	    strcmp(e->type, "cashtag") != 0)
		gp_buf_adds(b, "</a>");
}

/* Entities i.. that lie inside [from, to): each opens, repeats, closes. */
static size_t
nest(struct gp_buf *b, const struct gp_sim_text *t, size_t i, size_t from,
    size_t to)
{
	while (i < t->ne && t->e[i].from < to) {
		const struct gp_sim_entity *e = &t->e[i];
		size_t stop = e->from + e->n < to ? e->from + e->n : to;

		if (e->from < from) { /* overlaps the one before */
			i++;
			continue;
		}
		gp_sim_html_words(
		    b, (struct gp_span){ t->s + from, e->from - from });
		open_entity(b, e, (struct gp_span){ t->s + e->from, e->n });
		i = nest(b, t, i + 1, e->from, stop);
		close_entity(b, e);
		from = stop;
	}
	gp_sim_html_words(b, (struct gp_span){ t->s + from, to - from });
	return i;
}

void
gp_sim_html_text(struct gp_buf *b, const struct gp_sim_text *t)
{
	if (t->s != NULL)
		nest(b, t, 0, 0, t->n);
}

void
gp_sim_html_short(struct gp_buf *b, int64_t n)
{
	int64_t unit = n >= 1000000 ? 1000000 : 1000;
	int64_t whole = n / unit, part;
	int places = whole < 10 ? 2 : 1;

	if (n < 1000) {
		gp_buf_add64(b, n);
		return;
	}
	part = n % unit * (places == 2 ? 100 : 10) / unit;
	if (places == 2 && part % 10 == 0) {
		part /= 10;
		places = 1;
	}
	gp_buf_add64(b, whole);
	if (part > 0)
		gp_buf_addf(b, ".%0*d", places, (int)part);
	gp_buf_addc(b, unit == 1000 ? 'K' : 'M');
}

void
gp_sim_html_exact(struct gp_buf *b, int64_t n)
{
	char digits[24];
	size_t k, i;

	snprintf(digits, sizeof(digits), "%lld", (long long)n);
	k = strlen(digits);
	for (i = 0; i < k; i++) {
		if (i > 0 && (k - i) % 3 == 0)
			gp_buf_addc(b, ' ');
		gp_buf_addc(b, digits[i]);
	}
}

uint64_t
gp_sim_mix(uint64_t z)
{
	z += 0x9e3779b97f4a7c15ull;
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
	return z ^ (z >> 31);
}

uint64_t
gp_sim_hash(struct gp_span s, uint64_t seed)
{
	uint64_t h = 14695981039346656037ull ^ seed;
	size_t i;

	for (i = 0; i < s.n; i++)
		h = (h ^ (unsigned char)s.p[i]) * 1099511628211ull;
	return h ^ h >> 29;
}

void
gp_sim_html_file(
    struct gp_buf *b, const char *page, int64_t id, int part, const char *kind)
{
	uint64_t h =
	    gp_sim_hash(gp_span_of(page), (uint64_t)id * 31 + (uint64_t)part);

	gp_buf_addf(b, "https://cdn4.telesco.pe/file/%016llx%s.%s",
	    (unsigned long long)h, strcmp(kind, "mp4") == 0 ? "v" : "", kind);
}

void
gp_sim_html_end(struct gp_buf *b)
{
	gp_buf_addf(b, "<!-- page generated in %d.%02dms -->\n",
	    8 + (int)(b->n % 40), (int)(b->n % 100));
}
