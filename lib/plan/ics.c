#include "plan/ics.h"

#include <string.h>

#include "base/opt.h"
#include "base/utf8.h"
#include "plan/markup.h"

enum {
	FOLD = 75 /* octets of a line at the most, RFC 5545, 3.1 */
};

/* A line, folded between characters. */
static void
line(struct gp_buf *to, struct gp_buf *b)
{
	size_t i, n = 0, k;

	for (i = 0; i < b->n; i += k) {
		for (k = 1; i + k < b->n &&
		     ((unsigned char)b->p[i + k] & 0xc0) == 0x80;
		     k++)
			;
		if (n + k > FOLD) {
			gp_buf_adds(to, "\r\n ");
			n = 1;
		}
		gp_buf_add(to, b->p + i, k);
		n += k;
	}
	gp_buf_adds(to, "\r\n");
	to->bad |= b->bad;
	gp_buf_reset(b);
}

/* TEXT, 3.3.11; other control characters may not stand there. */
static void
text(struct gp_buf *b, struct gp_span s)
{
	size_t i;

	for (i = 0; i < s.n; i++)
		switch (s.p[i]) {
		case '\\':
		case ';':
		case ',':
			gp_buf_addc(b, '\\');
			gp_buf_addc(b, s.p[i]);
			break;
		case '\n':
			gp_buf_adds(b, "\\n");
			break;
		default:
			if ((unsigned char)s.p[i] >= ' ' && s.p[i] != 0x7f)
				gp_buf_addc(b, s.p[i]);
		}
}

/* 20261107T070000Z */
static void
stamp(struct gp_buf *b, const char *key, gp_instant t)
{
	char utc[GP_INSTANT_LEN];
	const char *p;

	gp_buf_addf(b, "%s:", key);
	for (p = gp_instant_utc(t, utc); *p != '\0'; p++)
		if (*p != '-' && *p != ':')
			gp_buf_addc(b, *p);
}

struct event {
	const struct gp_plan_entry *entry;
	const char *page; /* NULL: all of the entry but those of their own */
	gp_instant at, now;
	const char *text;
};

static int
own_time(const struct gp_plan_entry *e, const struct gp_plan_over *o)
{
	return !o->skip && o->at != NULL && o->when != e->when;
}

static void
pages(struct gp_buf *b, const struct event *v)
{
	const struct gp_plan_over *o = v->entry->over.v;
	const char *const *page = v->entry->page.v;
	size_t i, k, n = 0;

	if (v->page != NULL) {
		text(b, gp_span_of(v->page));
		return;
	}
	for (i = 0; i < v->entry->page.n; i++) {
		for (k = 0; k < v->entry->over.n; k++)
			if (strcmp(o[k].of, page[i]) == 0 &&
			    (o[k].skip || own_time(v->entry, &o[k])))
				break;
		if (k < v->entry->over.n)
			continue;
		gp_buf_adds(b, n++ > 0 ? " " : "");
		text(b, gp_span_of(page[i]));
	}
}

/* The first line of the text, or the question. */
static void
summary(struct gp_buf *b, const struct event *v, struct gp_span words)
{
	const char *nl = memchr(words.p, '\n', words.n);

	if (v->entry->gone)
		gp_buf_adds(b, "[удалить] ");
	if (words.n == 0 && v->entry->poll != NULL)
		words = gp_span_of(v->entry->poll->question);
	else if (words.n == 0)
		words = gp_span_of(v->entry->id);
	else if (nl != NULL)
		words.n = (size_t)(nl - words.p);
	text(b, gp_utf8_fit(words, 80));
}

static void
event(struct gp_buf *to, const struct event *v)
{
	struct gp_pool pool;
	struct gp_said said;
	struct gp_why why;
	struct gp_buf b;

	gp_pool_init(&pool);
	gp_buf_init(&b, 0);
	if (gp_markup_read(gp_span_of(v->text != NULL ? v->text : ""), &pool,
		&said, &why) == -1)
		said = gp_said_of(gp_span_of(""));
	gp_buf_adds(to, "BEGIN:VEVENT\r\n");
	gp_buf_adds(&b, "UID:");
	text(&b, gp_span_of(v->entry->id));
	if (v->page != NULL) {
		gp_buf_addc(&b, '.');
		text(&b, gp_span_of(v->page));
	}
	gp_buf_adds(&b, "@gp-post");
	line(to, &b);
	stamp(&b, "DTSTAMP", v->now);
	line(to, &b);
	stamp(&b, "DTSTART", v->at);
	line(to, &b);
	gp_buf_adds(&b, "SUMMARY:");
	summary(&b, v, said.text);
	line(to, &b);
	if (said.text.n > 0) {
		gp_buf_adds(&b, "DESCRIPTION:");
		text(&b, said.text);
		line(to, &b);
	}
	gp_buf_adds(&b, "LOCATION:");
	pages(&b, v);
	line(to, &b);
	gp_buf_adds(to, "END:VEVENT\r\n");
	to->bad |= pool.bad;
	gp_buf_release(&b);
	gp_pool_release(&pool);
}

void
gp_plan_ics_begin(struct gp_buf *b)
{
	gp_buf_adds(b,
	    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"
	    "PRODID:-//gp//gp-post " GP_VERSION "//RU\r\n"
	    "CALSCALE:GREGORIAN\r\n");
}

void
gp_plan_ics_entry(
    struct gp_buf *b, const struct gp_plan_entry *e, gp_instant now)
{
	const struct gp_plan_over *o = e->over.v;
	size_t i;

	if (e->when != 0)
		event(b, &(struct event){ e, NULL, e->when, now, e->text });
	for (i = 0; i < e->over.n; i++)
		if (own_time(e, &o[i]))
			event(b,
			    &(struct event){ e, o[i].of, o[i].when, now,
				o[i].text != NULL ? o[i].text : e->text });
}

void
gp_plan_ics_end(struct gp_buf *b)
{
	gp_buf_adds(b, "END:VCALENDAR\r\n");
}
